using System.Globalization;
using System.Text;

namespace Ldn.Cli.Terminal;

/// <summary>
/// Text of others (names, contents of files, words of libraries) as it may reach a terminal: no character of it moves the cursor,
/// colours, renames the window or turns the direction of writing, and none of it is endless.
/// </summary>
internal static class Printable
{
    /// <summary>Characters of a line that are shown, and lines of a message.</summary>
    private const int LongestLine = 4000, MostLines = 200;

    /// <summary>Join and part letters in scripts that need it.</summary>
    private const char NonJoiner = '\u200c', Joiner = '\u200d';

    /// <summary>A message; its further lines are indented, so that none can pass for one of the program's own.</summary>
    public static string Of(string text)
    {
        string[] lines = text.Split('\n');
        if (lines.Length == 1)
            return Line(text);
        IEnumerable<string> shown = lines.Take(MostLines)
            .Select((line, i) => i == 0 || line.Length == 0 || line[0] == ' ' ? Line(line) : "  " + Line(line));
        return string.Join('\n', shown) + (lines.Length > MostLines ? $"\n  … ({lines.Length - MostLines} more lines)" : "");
    }

    private static string Line(string text)
    {
        ReadOnlySpan<char> line = text.AsSpan().TrimEnd('\r');
        ReadOnlySpan<char> shown = line[..Math.Min(line.Length, LongestLine)];
        if (shown.Length == line.Length && !Needs(shown))
            return line.Length == text.Length ? text : line.ToString();
        var safe = new StringBuilder(shown.Length + 16);
        foreach (Rune rune in shown.EnumerateRunes())
        {
            if (IsSafe(rune))
                safe.Append(rune);
            else
                safe.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
        }

        return shown.Length == line.Length ? safe.ToString()
            : safe.Append(CultureInfo.InvariantCulture, $"… ({line.Length - shown.Length} more characters)").ToString();
    }

    private static bool Needs(ReadOnlySpan<char> text)
    {
        foreach (Rune rune in text.EnumerateRunes())
            if (!IsSafe(rune))
                return true;
        return false;
    }

    private static bool IsSafe(Rune rune) => rune.Value is NonJoiner or Joiner || Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse);
}
