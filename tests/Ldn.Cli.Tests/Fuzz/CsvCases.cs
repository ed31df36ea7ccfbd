using System.Text;
using Ldn.Csv;
using Ldn.LandCover;

namespace Ldn.Cli.Tests.Fuzz;

/// <summary>
/// Legends as CSV, damaged and dressed up. A table that is accepted holds the fields that a plain reader of RFC 4180 finds.
/// </summary>
internal sealed class CsvCases(string folder) : IFuzzed
{
    private static readonly string[] s_cells =
        ["7", "07", " 3 ", "-1", "1e3", "", "\"\"", "\"a,b\"", "\"say \"\"no\"\"\"", "=1+1", "=cmd|' /C calc'!A0", "@x", "nodata", "#12ab9F", "中国", "\"two\nlines\"", "a;b", "\"open", "mid\"dle", "\0", "\u2028"];

    private readonly string _path = Path.Combine(folder, "case.csv");

    public void Try(int seed)
    {
        var random = new Random(seed);
        byte[] bytes = Encoding.UTF8.GetBytes(Text(random));
        if (random.Next(4) == 0)
            for (int i = random.Next(1, 5); i > 0 && bytes.Length > 0; i--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        if (random.Next(5) == 0)
            bytes = [0xEF, 0xBB, 0xBF, .. bytes];
        File.WriteAllBytes(_path, bytes);
        CsvTable table = CsvTable.Read(_path);
        List<string[]>? plain = Plain(File.ReadAllText(_path));
        if (plain is null)
            throw new WrongFigures("a table with a broken quote was accepted");
        Same(plain[0], [.. table.Columns], "header");
        string[][] rows = [.. plain.Skip(1).Where(r => r is not [""])];
        if (rows.Length != table.Rows.Count)
            throw new WrongFigures($"{table.Rows.Count} rows, not {rows.Length}");
        for (int i = 0; i < rows.Length; i++)
            Same(rows[i], table.Rows[i].Fields, $"row {i}");
        Legend legend = Legend.Load(_path);
        if (legend.Count > rows.Length)
            throw new WrongFigures($"{legend.Count} classes in {rows.Length} rows");
    }

    public void Dispose()
    {
    }

    private static string Text(Random random)
    {
        string end = random.Next(2) == 0 ? "\r\n" : "\n", separator = random.Next(12) == 0 ? ";" : ",";
        string[] header = random.Next(
            8) switch
        {
            0 => ["code", "name", "color"],
            1 => ["code", "name", "code", "unccd"],
            2 => ["\"code\"", "name", "color", "unccd"],
            _ => ["code", "name", "color", "unccd"]
        };
        var text = new StringBuilder(string.Join(separator, header)).Append(end);
        for (int row = random.Next(0, 9); row >= 0; row--)
        {
            string[] cells = [$"{random.Next(300)}", $"class {row}", "", $"{random.Next(1, 8)}"];
            if (random.Next(3) == 0)
                cells[random.Next(4)] = s_cells[random.Next(s_cells.Length)];
            if (random.Next(20) == 0)
                cells = cells[..3];
            text.AppendJoin(separator, cells).Append(row == 0 && random.Next(2) == 0 ? "" : end);
            if (random.Next(10) == 0)
                text.Append(end);
        }

        // One field of ten megabytes in every 250 cases.
        if (random.Next(250) == 0)
            text.Append("1,").Append('x', 10 << 20).Append(",,1").Append(end);
        return text.ToString();
    }

    /// <summary>Fields trimmed as the product trims them; null where a quote stands where none can.</summary>
    private static List<string[]>? Plain(string text)
    {
        var rows = new List<string[]>();
        var row = new List<string>();
        for (int at = 0; at <= text.Length;)
        {
            int start = at;
            while (start < text.Length && text[start] is ' ' or '\t')
                start++;
            string field;
            if (start < text.Length && text[start] == '"')
            {
                var quoted = new StringBuilder();
                for (at = start + 1; ; at++)
                {
                    if (at >= text.Length)
                        return null;
                    if (text[at] != '"')
                        quoted.Append(text[at]);
                    else if (at + 1 < text.Length && text[at + 1] == '"')
                        quoted.Append(text[at++]);
                    else
                        break;
                }

                for (at++; at < text.Length && text[at] is not (',' or '\n' or '\r'); at++)
                    if (!char.IsWhiteSpace(text[at]))
                        return null;
                field = quoted.ToString();
            }
            else
            {
                int end = text.AsSpan(at).IndexOfAny(',', '\n', '\r');
                end = end < 0 ? text.Length : at + end;
                field = text[at..end];
                at = end;
            }

            row.Add(field.Trim());
            if (at >= text.Length || text[at] != ',')
            {
                if (at < text.Length || row is not [""])
                    rows.Add([.. row]);
                row.Clear();
                if (at < text.Length && text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n')
                    at++;
                if (at >= text.Length)
                    break;
            }

            at++;
        }

        return rows;
    }

    private static void Same(string[] expected, string[] actual, string where)
    {
        if (!expected.SequenceEqual(actual.Select(a => a.Trim())))
            throw new WrongFigures($"{where}: {string.Join('|', actual)} is not {string.Join('|', expected)}");
    }
}
