namespace Ldn.Cli.Terminal;

/// <summary>
/// Plain tables for a terminal or a log: columns as wide as they need, the last one as it comes. Widths are those of a terminal,
/// where a letter of 中国 or 대한민국 takes two columns.
/// </summary>
internal static class PlainTable
{
    private const int Widest = 48;

    public static void Write(TextWriter writer, string[] heads, IReadOnlyList<string[]> rows)
    {
        int[] widths =
            [.. heads.Select((h, c) => Math.Min(Widest, rows.Select(r => Screen.WidthOf(Plain(r[c]))).Append(h.Length).Max()))];
        foreach (string[] row in rows.Prepend(heads))
            writer.WriteLine(string.Join("  ",
                row.Select((cell, c) => c == row.Length - 1 ? Plain(cell) : Fitted(Plain(cell), widths[c]))).TrimEnd());
    }

    private static string Fitted(string text, int width)
    {
        int excess = Screen.WidthOf(text) - width;
        if (excess <= 0)
            return text + new string(' ', -excess);
        while (Screen.WidthOf(text) > width - 1)
            text = text[..^(char.IsLowSurrogate(text[^1]) ? 2 : 1)];
        return Fitted(text + "…", width);
    }

    /// <summary>Names of files and attributes are not trusted to be free of what steers a terminal.</summary>
    public static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
