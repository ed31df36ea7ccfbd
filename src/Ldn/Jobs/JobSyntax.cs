using System.Globalization;
using System.Text.RegularExpressions;

namespace Ldn.Jobs;

/// <summary>
/// Walks through a text that is no JSON to the first place that forbids it, and tells what a person did there: a comma too many
/// or too few, a bracket that stays open, a quote, sign or space of another script. Used only when the parser has refused the
/// text.
/// </summary>
internal sealed partial class JobSyntax(string text)
{
    private const string Quotes =
        "\u201C\u201D\u201E\u201F\u00AB\u00BB\u2018\u2019\u201A\u2032\u2033\uFF02\u300C\u300D\u300E\u300F`";
    private const int Deepest = 64;

    private static readonly (string What, string Cure) s_noObject =
        ("the file does not begin with '{'", "a job is one JSON object, { \"name\": … }; 'ldn init DIR' writes one");

    private readonly Stack<int> _open = new();
    private int _at;

    /// <summary>Where the last value or key began and ended.</summary>
    private int _from, _to;

    private enum Awaited { Key, Colon, Value, Comma, Nothing }

    /// <summary>Its offset, what is wrong, and the cure; null where nothing is wrong that this knows.</summary>
    public (int At, string What, string Cure)? FirstFault()
    {
        Awaited awaited = Awaited.Value;
        while (true)
        {
            if (Blanks() is { } open)
                return open;
            if (_at >= text.Length)
                return awaited == Awaited.Nothing ? null : Unclosed();
            char found = text[_at];
            bool inObject = _open.Count > 0 && text[_open.Peek()] == '{';
            switch (awaited)
            {
                case Awaited.Key when found == '"':
                    awaited = Awaited.Colon;
                    if (Text() is { } fault)
                        return fault;
                    break;
                case Awaited.Colon when found == ':':
                    (awaited, _at) = (Awaited.Value, _at + 1);
                    break;
                case Awaited.Value when found == '"':
                    awaited = After();
                    if (Text() is { } other)
                        return other;
                    break;
                case Awaited.Value when found is '{' or '[':
                    _open.Push(_at++);
                    if (_open.Count > Deepest)
                        return (_at - 1, "values are nested too deeply", "a job needs a few levels");
                    awaited = found == '{' ? Awaited.Key : Awaited.Value;
                    break;
                case Awaited.Value when OfAnotherScript(found) is null
                    && (char.IsLetterOrDigit(found) || found is '-' or '+' or '.' or '_' or '$') && !At("--") && !At("..."):
                    awaited = After();
                    if (Word() is { } word)
                        return word;
                    break;
                case Awaited.Comma when found == ',':
                    (awaited, _at) = (inObject ? Awaited.Key : Awaited.Value, _at + 1);
                    break;
                case Awaited.Key or Awaited.Comma when found == '}' && inObject:
                case Awaited.Comma when found == ']' && _open.Count > 0 && !inObject:
                case Awaited.Value when found == ']' && _open.Count > 0 && !inObject && Before() is '[' or ',':
                    _open.Pop();
                    (_from, _to) = (_at, ++_at);
                    awaited = After();
                    break;
                default:
                    (string what, string cure) = Wrong(awaited, found, inObject);
                    return (_at, what, cure);
            }
        }
    }

    private Awaited After() => _open.Count == 0 ? Awaited.Nothing : Awaited.Comma;

    /// <summary>Goes on to what is neither blank nor comment; a comment without an end is a fault.</summary>
    private (int, string, string)? Blanks()
    {
        while (true)
        {
            if (_at < text.Length && text[_at] is (' ' or '\t' or '\r' or '\n'))
                _at++;
            else if (At("//"))
                _at = text.IndexOf('\n', _at) is >= 0 and int line ? line : text.Length;
            else if (!At("/*"))
                return null;
            else if (text.IndexOf("*/", _at + 2, StringComparison.Ordinal) is >= 0 and int end)
                _at = end + 2;
            else
                return (_at, "a comment starts here and never ends", "close it with */");
        }
    }

    /// <summary>Reads a text in double quotes.</summary>
    private (int, string, string)? Text()
    {
        _from = _at;
        for (int i = _at + 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                _at = _to = i + 1;
                return null;
            }

            if (text[i] is '\n' or '\r')
            {
                return text.AsSpan(i).Contains('"')
                    ? (i, "a text does not end on its line", "close it with a double quote") : Open();
            }

            if (text[i] < ' ')
                return (i, "a control character stands in a text", "replace it; a tab is \\t");
            if (text[i] != '\\')
                continue;
            if (!Escape().IsMatch(text.AsSpan(i, Math.Min(6, text.Length - i))))
            {
                return (i, "a backslash in a text starts an escape",
                    "write paths with slashes, \"C:/data/lc.tif\", or each backslash twice, \"C:\\\\data\\\\lc.tif\"");
            }

            i++;
        }

        return Open();
        (int, string, string) Open() => (_from, "a text starts here and never ends", "close it with a double quote");
    }

    /// <summary>Reads a number or one of the three words of JSON; all else between two separators is a fault.</summary>
    private (int, string, string)? Word()
    {
        _from = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && !",:;{}[]\"'=#".Contains(text[_at], StringComparison.Ordinal)
            && !At("//") && !At("/*"))
            _at++;
        _to = _at;
        string word = text[_from.._to];
        if (word is "true" or "false" or "null" || Number().IsMatch(word))
            return null;
        if (_open.Count == 0)
            return (_from, s_noObject.What, s_noObject.Cure);
        int percent = word.IndexOf('%', StringComparison.Ordinal);
        if (percent > 0 && double.TryParse(word.AsSpan(0, percent), NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            return (_from + percent, "a sign of per cent after a number", $"numbers stand alone: {word[..percent]}, not {word}");
        if (OtherNumber(word) is { } number)
            return (_from, $"the number {word} is not written as JSON writes numbers", $"write {number}");
        string cure = word switch
        {
            "True" or "False" or "TRUE" or "FALSE" => $"write {word.ToLowerInvariant()}",
            "yes" or "Yes" or "on" => "write true, or a text in double quotes",
            "no" or "No" or "off" => "write false, or a text in double quotes",
            "None" or "nil" or "NULL" or "Null" or "NaN" or "nan" or "NA" or "undefined" or "Infinity" or "-Infinity" =>
                "write null, or leave the key out",
            _ => $"texts stand in double quotes: \"{Bare().Match(text, _from).Value.Trim().Replace('\\', '/')}\"",
        };
        return (_from, $"the value {word} is neither a text in quotes, a number, true, false nor null", cure);
    }

    /// <summary>A number of another custom as JSON writes it; null where the word is none.</summary>
    private static string? OtherNumber(string word)
    {
        if (word.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return long.TryParse(word.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out long hex)
                ? hex.ToString(CultureInfo.InvariantCulture) : null;
        }

        string plain = word.Replace("_", "", StringComparison.Ordinal).TrimStart('+');
        return double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value) ? value.ToString(CultureInfo.InvariantCulture) : null;
    }

    private (string What, string Cure) Wrong(Awaited awaited, char found, bool inObject)
    {
        if (OfAnotherScript(found) is { } script)
            return script;
        if (found == '#' || At("--") || At("<!--"))
            return ($"'{(found == '#' ? "#" : found == '-' ? "--" : "<!--")}' starts no comment here", "comments start with //");
        if (At("..."))
            return ("three dots stand here", "write what belongs here, or leave them out");
        bool starts = found is '"' or '{' or '[' or '-' || char.IsLetterOrDigit(found);
        char before = Before();
        switch (awaited)
        {
            case Awaited.Nothing when found is '{' && text[_from] == '}':
                return ("a second job stands after the first", "one file holds one job; 'ldn compute' takes several files");
            case Awaited.Nothing:
                return ("text stands after the closing brace of the job" + (found is '}' or ']' ? $": a '{found}' too many" : ""),
                    found is '}' or ']' ? "remove it" : "remove it, or move the brace to the end");
            case Awaited.Key or Awaited.Value when found == ',' && before != ':':
                return ("a comma too many", "remove it");
            case Awaited.Value when before == ':' && found is ',' or '}' or ']':
                return ($"the key {text[_from.._to]} has no value", "give it one after the colon, or remove the key");
            case Awaited.Key when char.IsAsciiDigit(found) && text[_at - 1] == ',' && char.IsAsciiDigit(text[_to - 1]):
                return ($"a comma stands inside a number, {text[_from.._to]},{Word(_at)}",
                    "decimals follow a point, 7.5, and thousands stand without a sign between them");
            case Awaited.Key when found is '{' or '[':
                return ($"'{found}' where a key was expected", $"give what it holds a key, \"key\": {found} …, or remove it");
            case Awaited.Key when starts:
                return ($"the key {Word(_at)} stands without quotes", $"write \"{Word(_at)}\": …");
            case Awaited.Colon when found is ',' or '}':
                return ($"the key {text[_from.._to]} has no value",
                    $"write {text[_from.._to]}: and its value; if it is a value, its key is missing");
            case Awaited.Colon when found == '=':
                return ("'=' between key and value", "write a colon: \"key\": value");
            case Awaited.Colon when starts:
                return ("a colon is missing between key and value", "write \"key\": value");
            case Awaited.Comma when found == ';':
                return ("a semicolon between values", "separate them with commas");
            case Awaited.Comma when found == ':' && !inObject:
                return ($"the key {text[_from.._to]} stands inside of the list that the '[' on line {Line(_open.Peek())} opens",
                    "close the list with ']' before the key");
            case Awaited.Comma when found == ':':
                return ("a colon after a value", "a comma, or the value of the key before it, is missing");
            case Awaited.Comma when char.IsAsciiDigit(text[_to - 1]) && found == '%':
                return ("a sign of per cent after a number", $"numbers stand alone: {text[_from.._to]}, not {text[_from.._to]}%");
            case Awaited.Comma when char.IsAsciiDigit(text[_to - 1]) && char.IsLetter(found):
                return ($"a unit stands after the number {text[_from.._to]}", $"numbers stand alone: {text[_from.._to]}");
            case Awaited.Comma when starts && text[_at - 1] == '"' && found != '"':
                return text[_from.._to].Contains("\\\"", StringComparison.Ordinal)
                    ? ("a backslash before a double quote makes it part of the text", "write paths with slashes, \"data/lc.tif\"")
                    : ("a double quote inside of a text ends it", "write \\\" for a quote that belongs to the text");
            case Awaited.Comma when starts:
                return MissingComma();
        }

        return found switch
        {
            '}' or ']' when _open.Count > 0 && text[_open.Peek()] == (found == '}' ? '[' : '{') =>
                ($"'{found}' does not close the '{text[_open.Peek()]}' of line {Line(_open.Peek())}",
                    $"close that first, with '{(found == '}' ? ']' : '}')}'"),
            '<' => ("'<' stands where a value belongs", "put the name of the file, or the value, in its place, in double quotes"),
            '/' => ("a slash alone starts nothing", "comments start with //, and paths stand in double quotes"),
            _ when awaited == Awaited.Key => ($"'{found}' where a key was expected",
                "a key stands in double quotes, followed by a colon and its value"),
            _ when _open.Count == 0 => s_noObject,
            _ => ($"'{found}' cannot stand here", "compare with 'ldn schema job'"),
        };
    }

    /// <summary>Quotes, signs, digits and spaces that look like those of JSON and are others.</summary>
    private static (string What, string Cure)? OfAnotherScript(char found)
    {
        if (found == '\'' || Quotes.Contains(found, StringComparison.Ordinal))
        {
            return (found == '\'' ? "a text in single quotes" : $"a typographic quotation mark, {found}",
                "texts and keys stand in plain double quotes, \"like this\"");
        }

        if (found > '\u007F' && (char.IsWhiteSpace(found) || char.GetUnicodeCategory(found) is UnicodeCategory.Format))
            return ($"an invisible character (U+{(int)found:X4}) stands here", "delete it; between words a plain space belongs");
        char plain = found switch
        {
            >= '\uFF01' and <= '\uFF5E' => (char)(found - 0xFEE0),
            '\u3001' => ',',
            '\u3002' => '.',
            _ => found,
        };
        return plain == found ? null
            : ($"a full-width {found} where a plain {plain} belongs", $"type {plain} with the input method switched off");
    }

    /// <summary>The line of the value that the comma belongs after is where a person looks, not the next one.</summary>
    private (string, string) MissingComma()
    {
        int next = _at;
        int line = Line(next);
        string shown = Shown(next);
        _at = _to;
        return (line == Line(_to) ? $"a comma is missing before {shown}"
            : $"a comma is missing at the end of the line, before {shown} on line {line}",
            "put a comma between one value and the next");
    }

    /// <summary>The file ends too early: told is the innermost bracket that stays open.</summary>
    private (int, string, string) Unclosed() => _open.Count > 0
        ? (_open.Peek(), $"the '{text[_open.Peek()]}' here is never closed",
            $"add the '{(text[_open.Peek()] == '{' ? '}' : ']')}' that belongs to it")
        : (text.TrimEnd().Length, "the file ends in the middle of a value", "it may be cut off: complete it");

    private bool At(string start) => text.AsSpan(_at).StartsWith(start, StringComparison.Ordinal);

    /// <summary>The last character that is no blank.</summary>
    private char Before() => text.AsSpan(0, _at).TrimEnd() is [.., var last] ? last : '\0';

    private int Line(int at) => JobText.Place(text, at).Line;

    private string Word(int at) => Name().Match(text, at).Value;

    private string Shown(int at)
    {
        int end = at + 1;
        while (end < text.Length && end < at + 24 && text[end] is not ('\n' or '\r' or ':' or ',')
            && !(text[at] == '"' && text[end - 1] == '"' && end > at + 1))
            end++;
        return text[at..end].Trim();
    }

    [GeneratedRegex("""^\\(["\\/bfnrt]|u[0-9A-Fa-f]{4})""")]
    private static partial Regex Escape();

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$")]
    private static partial Regex Number();

    [GeneratedRegex("""\G[^,"{}\[\]\r\n]*""")]
    private static partial Regex Bare();

    [GeneratedRegex(@"\G[\p{L}\p{Nd}_.$/-]*")]
    private static partial Regex Name();
}
