namespace Ldn.Cli.Terminal;

/// <summary>
/// Plain tables for a terminal or a log: columns as wide as they need, the last one as it comes; on a terminal that is too narrow
/// for that, cells of several lines, or the columns of a row one below the other. Widths are those of a terminal, where a letter
/// of 中国 or 대한민국 takes two columns.
/// </summary>
internal static class PlainTable
{
    private const int Narrowest = 9, Gap = 2;

    /// <param name="writer">Where to.</param>
    /// <param name="heads">Names of the columns.</param>
    /// <param name="rows">Cells, as many in each row.</param>
    /// <param name="columns">Columns of the terminal; endless for a log.</param>
    public static void Write(
        TextWriter writer, string[] heads, IReadOnlyList<string[]> rows, int columns = Screen.Endless)
    {
        int[] whole = [.. heads.Select((h, c) => rows.Select(r => Screen.WidthOf(Plain(r[c]))).Append(h.Length).Max())];
        int gaps = Gap * (heads.Length - 1);
        if (whole.Sum() + gaps >= columns)
        {
            if (whole.Sum(w => Math.Min(w, Narrowest)) + gaps < columns)
                WriteFolded(writer, rows.Prepend(heads), Squeezed(whole, columns - 1 - gaps));
            else
                WriteStacked(writer, heads, rows, columns - 1);
            return;
        }

        foreach (string[] row in rows.Prepend(heads))
            writer.WriteLine(string.Join("  ",
                row.Select((cell, c) => c == row.Length - 1 ? Plain(cell) : Fitted(Plain(cell), whole[c]))).TrimEnd());
    }

    /// <summary>The widest columns give way until all have room.</summary>
    private static int[] Squeezed(int[] widths, int room)
    {
        int[] squeezed = [.. widths];
        while (squeezed.Sum() > room)
            squeezed[Array.IndexOf(squeezed, squeezed.Max())]--;
        return squeezed;
    }

    private static void WriteFolded(TextWriter writer, IEnumerable<string[]> rows, int[] widths)
    {
        foreach (string[] row in rows)
        {
            List<string>[] cells = [.. row.Select((cell, c) => Folded(Plain(cell), widths[c]))];
            for (int line = 0; line < cells.Max(c => c.Count); line++)
                writer.WriteLine(string.Join("  ", cells.Select((cell, c) =>
                    Fitted(line < cell.Count ? cell[line] : "", widths[c]))).TrimEnd());
        }
    }

    private static void WriteStacked(TextWriter writer, string[] heads, IReadOnlyList<string[]> rows, int room)
    {
        const int Further = 2 * Gap;
        foreach (string[] row in rows)
        {
            foreach (string line in Folded(Plain(row[0]), room))
                writer.WriteLine(line);
            for (int c = 1; c < row.Length; c++)
            {
                List<string> lines = row[c].Length == 0 ? []
                    : Folded($"{heads[c]}: {Plain(row[c])}", Math.Max(2, room - Further));
                for (int line = 0; line < lines.Count; line++)
                    writer.WriteLine(new string(' ', line == 0 ? Gap : Further) + lines[line]);
            }
        }
    }

    /// <summary>Words on as many lines as they need; a word longer than a line is broken.</summary>
    private static List<string> Folded(string text, int width)
    {
        List<string> lines = [""];
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string rest = word;
            if (lines[^1].Length > 0 && Screen.WidthOf(lines[^1]) + 1 + Screen.WidthOf(rest) > width)
                lines.Add("");
            lines[^1] += lines[^1].Length > 0 ? " " : "";
            while (Screen.WidthOf(lines[^1]) + Screen.WidthOf(rest) > width)
            {
                int take = CellText.Fitting(rest, width - Screen.WidthOf(lines[^1]));
                if (take >= rest.Length)
                    break;
                // Names of files are broken where they have a joint, if that does not waste half a line.
                if (take > 0 && rest.LastIndexOfAny(['/', '_', '-', '.'], take - 1) is var joint && joint + 1 > take / 2)
                    take = joint + 1;
                lines[^1] += rest[..take];
                rest = rest[take..];
                lines.Add("");
            }

            lines[^1] += rest;
        }

        return lines;
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
