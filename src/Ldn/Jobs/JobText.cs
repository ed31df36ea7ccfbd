using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Ldn.Jobs;

/// <summary>
/// The text of a job file: its encoding and its JSON, with what is wrong told as an editor shows it, lines and columns from 1.
/// </summary>
internal static class JobText
{
    private const string Quotes = "\u201C\u201D\u201E\u201F\u00AB\u00BB\u2018\u2019\u201A\u2032\u2033\uFF02`";

    private static readonly JsonDocumentOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip
    };

    /// <summary>Parses a job.</summary>
    /// <exception cref="LdnException">Exit 2: another encoding, another kind of file, not JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8, string name)
    {
        CheckEncoding(utf8.Span, name);
        try
        {
            return JsonDocument.Parse(utf8, Options);
        }
        catch (JsonException e)
        {
            string text = Encoding.UTF8.GetString(utf8.Span);
            int at = Offset(utf8.Span, e.LineNumber ?? 0, e.BytePositionInLine ?? 0);
            throw Explained(text, Encoding.UTF8.GetCharCount(utf8.Span[..at]), name, e);
        }
    }

    /// <summary>Where a character stands, as an editor tells it.</summary>
    public static (int Line, int Column) Place(ReadOnlySpan<char> text, int at)
    {
        ReadOnlySpan<char> before = text[..Math.Min(at, text.Length)];
        return (before.Count('\n') + 1, at - before.LastIndexOf('\n'));
    }

    private static void CheckEncoding(ReadOnlySpan<byte> bytes, string name)
    {
        ReadOnlySpan<byte> start = bytes[..Math.Min(bytes.Length, 64)];
        if (bytes.TrimStart(" \t\r\n"u8).Length == 0)
            throw Fault.JobFile.Error($"job file {name} is empty", "'ldn init DIR' writes one from the files of a folder");
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
            || start is [0, not 0, ..] or [not 0, 0, ..])
            throw Fault.JobFile.Error($"job file {name} is saved as UTF-16 (Notepad calls it Unicode)", "save it as UTF-8");
        string? other = start switch
        {
            [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => "a TIFF raster",
            [(byte)'P', (byte)'K', 3, 4, ..] => "a ZIP archive or an office document",
            [(byte)'S', (byte)'Q', (byte)'L', (byte)'i', ..] => "a GeoPackage or another SQLite database",
            [(byte)'{', (byte)'\\', (byte)'r', (byte)'t', (byte)'f', ..] => "a document of a word processor (RTF)",
            _ when bytes.TrimStart(" \t\r\n"u8).StartsWith("<"u8) => "XML or a web page",
            _ when start.Contains((byte)0) => "a binary file",
            _ when IsTable(bytes) => "a table (CSV)",
            _ => null,
        };
        if (other is not null)
            throw Fault.JobFile.Error($"job file {name} is {other}, not a job",
                "a job file is plain text in JSON; 'ldn init DIR' writes one");
        if (new UTF8Encoding(false, true) is var strict)
        {
            try
            {
                _ = strict.GetCharCount(bytes);
            }
            catch (DecoderFallbackException e)
            {
                string read = Encoding.UTF8.GetString(bytes[..Math.Max(0, e.Index)]);
                (int line, int column) = Place(read, read.Length);
                throw Fault.JobFile.Error(
                    $"job file {name}, line {line}, column {column}: byte "
                        + $"0x{(e.BytesUnknown is [var first, ..] ? first : 0):X2} is not UTF-8", "save the file as UTF-8", e);
            }
        }
    }

    private static readonly SearchValues<byte> s_json = SearchValues.Create("{}[]:/'"u8);

    /// <summary>Whether the first line is names between separators and nothing that JSON begins with.</summary>
    private static bool IsTable(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOfAny("\r\n"u8);
        ReadOnlySpan<byte> line = end < 0 ? bytes : bytes[..end];
        return line.IndexOfAny(",;\t"u8) > 0 && !line.ContainsAny(s_json) && line.TrimStart(" \t"u8)[0] != (byte)'"';
    }

    private static int Offset(ReadOnlySpan<byte> utf8, long line, long column)
    {
        int at = 0;
        for (; line > 0 && utf8[at..].IndexOf((byte)'\n') is >= 0 and int next; line--)
            at += next + 1;
        return (int)Math.Min(at + column, utf8.Length);
    }

    private static LdnException Explained(string text, int at, string name, JsonException cause)
    {
        string message = cause.Message;
        if (Has(message, "maximum configured depth"))
            return At(text, at, name, "values are nested too deeply", "a job needs a few levels", cause);
        if (Has(message, "after a single JSON value")
            || (Has(message, "is invalid after") && Has(message, "JSON value") && Has(message, "single")))
            return At(text, at, name, "text stands after the closing brace of the job",
                "remove it, or move the brace to the end", cause);
        if (Backslash(text, at) is { } bad && Has(message, "escap"))
        {
            return At(text, bad, name, "a backslash in a text starts an escape",
                "write paths with slashes, \"C:/data/lc.tif\", or each backslash twice, \"C:\\\\data\\\\lc.tif\"", cause);
        }

        if (at >= text.TrimEnd().Length || Has(message, "Expected depth to be zero") || Has(message, "Expected end of string"))
            return Unclosed(text, name, cause);
        char found = text[at];
        if (Has(message, "within a JSON string"))
        {
            return At(text, at, name,
                found is '\n' or '\r' ? "a text does not end on its line" : "a control character stands in a text",
                found is '\n' or '\r' ? "close it with a double quote" : "replace it; a tab is \\t", cause);
        }

        if (found == '\'' || Quotes.Contains(found, StringComparison.Ordinal))
        {
            return At(text, at, name, found == '\'' ? "a text in single quotes" : $"a typographic quotation mark, {found}",
                "texts and keys stand in plain double quotes, \"like this\"", cause);
        }

        if (found is '"' or '{' or '[' or '-' || char.IsLetterOrDigit(found))
        {
            if (Has(message, "after a value") || Has(message, "Expected either ','"))
                return MissingComma(text, at, name, cause);
            if (Has(message, "after a property name") || Has(message, "Expected a ':'"))
                return At(text, at, name, "a colon is missing between key and value", "write \"key\": value", cause);
        }

        string word = new([.. text.AsSpan(at).ToString()
            .TakeWhile(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '-' or '/' or '$')]);
        if (Has(message, "start of a property name") || Has(message, "Expected a '\"'"))
        {
            return word.Length > 0 ? At(text, at, name, $"the key {word} stands without quotes", $"write \"{word}\": …", cause)
                : At(text, at, name, $"'{found}' where a key was expected",
                    "a key stands in double quotes, followed by a colon and its value", cause);
        }

        if (word.Length > 0)
        {
            string cure = word switch
            {
                "True" or "False" or "TRUE" or "FALSE" => $"write {word.ToLowerInvariant()}",
                "None" or "nil" or "NULL" or "Null" or "NaN" or "nan" or "NA" => "write null, or leave the key out",
                _ => $"texts stand in double quotes: \"{word}\"",
            };
            return At(text, at, name, $"the value {word} is neither a text in quotes, a number, true, false nor null", cure,
                cause);
        }

        return found switch
        {
            '=' => At(text, at, name, "'=' between key and value", "write a colon: \"key\": value", cause),
            ';' => At(text, at, name, "a semicolon between values", "separate them with commas", cause),
            '}' or ']' => At(text, at, name, $"'{found}' closes what it did not open, or a value is missing before it",
                "give the value, and check that brackets come in pairs", cause),
            ',' => At(text, at, name, "a comma too many, or a value missing before it", "remove the comma, or give the value",
                cause),
            '%' => At(text, at, name, "a sign of per cent after a number", "numbers stand alone: 10, not 10%", cause),
            '#' => At(text, at, name, "'#' starts no comment here", "comments start with //", cause),
            _ => At(text, at, name, $"'{found}' cannot stand here", "compare with 'ldn schema job'", cause),
        };
    }

    private static bool Has(string message, string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);

    private static int? Backslash(string text, int at)
    {
        for (int i = Math.Min(at, text.Length - 1); i >= 0 && i >= at - 6 && text[i] != '\n'; i--)
            if (text[i] == '\\')
                return i;
        return null;
    }

    /// <summary>The line of the value that the comma belongs after is where a person looks, not the next one.</summary>
    private static LdnException MissingComma(string text, int at, string name, JsonException cause)
    {
        int end = at;
        while (end > 0 && char.IsWhiteSpace(text[end - 1]))
            end--;
        (int line, _) = Place(text, at);
        (int before, int column) = Place(text, end);
        return Fault.JobFile.Error(
            $"job file {name}, line {before}, column {column}: a comma is missing"
                + (line == before ? $" before {Shown(text, at)}"
                : $" at the end of the line, before {Shown(text, at)} on line {line}"),
            "put a comma between one value and the next", cause);
    }

    /// <summary>The file ends too early: told is the innermost bracket or text that stays open.</summary>
    private static LdnException Unclosed(string text, string name, JsonException cause)
    {
        var open = new Stack<int>();
        int quote = -1;
        for (int i = 0; i < text.Length; i++)
        {
            if (quote >= 0)
            {
                if (text[i] == '\\')
                    i++;
                else if (text[i] == '"')
                    quote = -1;
            }
            else if (text[i] == '"')
            {
                quote = i;
            }
            else if (text[i] == '/' && i + 1 < text.Length && text[i + 1] == '/')
            {
                while (i < text.Length && text[i] != '\n')
                    i++;
            }
            else if (text[i] == '/' && i + 1 < text.Length && text[i + 1] == '*')
            {
                i = text.IndexOf("*/", i + 2, StringComparison.Ordinal) is >= 0 and int end ? end + 1 : text.Length;
            }
            else if (text[i] is '{' or '[')
            {
                open.Push(i);
            }
            else if (text[i] is '}' or ']' && open.Count > 0)
            {
                open.Pop();
            }
        }

        if (quote >= 0)
            return At(text, quote, name, "a text starts here and never ends", "close it with a double quote", cause);
        return open.Count > 0
            ? At(text, open.Peek(), name, $"the '{text[open.Peek()]}' here is never closed",
                $"add the '{(text[open.Peek()] == '{' ? '}' : ']')}' that belongs to it", cause)
            : At(text, text.TrimEnd().Length, name, "the file ends in the middle of a value", "it may be cut off: complete it",
                cause);
    }

    private static string Shown(string text, int at)
    {
        int end = at + 1;
        while (end < text.Length && end < at + 24 && text[end] is not ('\n' or '\r' or ':' or ',')
            && !(text[at] == '"' && text[end - 1] == '"' && end > at + 1))
            end++;
        return text[at..end].Trim();
    }

    private static LdnException At(string text, int at, string name, string what, string cure, JsonException cause)
    {
        (int line, int column) = Place(text, at);
        return Fault.JobFile.Error($"job file {name}, line {line}, column {column}: {what}", cure, cause);
    }
}
