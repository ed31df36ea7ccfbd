using System.Globalization;

namespace Ldn.Cli.Tests;

/// <summary>One row of a table that holds no quoted fields, by column name.</summary>
internal sealed class CsvLine(Dictionary<string, string> cells)
{
    public string this[string column] => cells[column];

    public IEnumerable<string> Columns => cells.Keys;

    public long Pixels => long.Parse(this["pixels"], CultureInfo.InvariantCulture);

    public double Area => Number("area_km2");

    public double Number(string column) => double.Parse(this[column], CultureInfo.InvariantCulture);

    public string Key(params string[] columns) => string.Join('/', columns.Select(c => this[c]));
}

/// <summary>Reads tables without the program's own reader.</summary>
internal static class CsvRows
{
    public static List<CsvLine> Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        string[] names = lines[0].Split(',');
        return [.. lines.Skip(1).Where(l => l.Length > 0).Select(line =>
        {
            string[] cells = Cells(line);
            Assert.That(cells, Has.Length.EqualTo(names.Length), line);
            return new CsvLine(names.Zip(cells).ToDictionary(p => p.First, p => p.Second));
        })];
    }

    /// <summary>The cells of a line; a comma between quotes is none that separates.</summary>
    private static string[] Cells(string line)
    {
        if (!line.Contains('"', StringComparison.Ordinal))
            return line.Split(',');
        List<string> cells = [""];
        bool quoted = false;
        foreach (char c in line)
        {
            if (c == '"')
                quoted = !quoted;
            else if (c == ',' && !quoted)
                cells.Add("");
            else
                cells[^1] += c;
        }

        return [.. cells];
    }

    public static string[] Columns(string path) => File.ReadLines(path).First().Split(',');
}
