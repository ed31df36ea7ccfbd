using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Ldn.Jobs;

/// <summary>
/// The text of a job file: its encoding and its JSON, with what is wrong told as an editor shows it, lines and columns from 1.
/// </summary>
internal static class JobText
{
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

    /// <summary>What is wrong and where: the first place that is no JSON, in words.</summary>
    private static LdnException Explained(string text, int at, string name, JsonException cause)
    {
        // What JSON's own rules do not name, such as half of a surrogate pair, is told by the parser's place alone.
        (int place, string what, string cure) = new JobSyntax(text).FirstFault()
            ?? (at, "this is no JSON", "compare with 'ldn schema job'");
        (int line, int column) = Place(text, place);
        return Fault.JobFile.Error($"job file {name}, line {line}, column {column}: {what}", cure, cause);
    }
}
