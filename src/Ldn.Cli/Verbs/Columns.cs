namespace Ldn.Cli.Verbs;

/// <summary>Plain tables for a terminal or a log: columns as wide as they need, the last one as it comes.</summary>
internal static class Columns
{
    private const int Widest = 48;

    public static void Write(TextWriter writer, string[] heads, IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. heads.Select((h, c) => Math.Min(Widest, rows.Select(r => Plain(r[c]).Length).Append(h.Length).Max()))];
        foreach (string[] row in rows.Prepend(heads))
            writer.WriteLine(string.Join("  ",
                row.Select((cell, c) => c == row.Length - 1 ? Plain(cell) : Fitted(Plain(cell), widths[c]))).TrimEnd());
    }

    private static string Fitted(string text, int width) => text.Length <= width ? text.PadRight(width)
        : text[..(width - 1)] + "…";

    /// <summary>Names of files and attributes are not trusted to be free of what steers a terminal.</summary>
    public static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
