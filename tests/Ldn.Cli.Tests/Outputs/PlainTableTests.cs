using Ldn.Cli.Terminal;
using Spectre.Console;

namespace Ldn.Cli.Tests.Outputs;

internal sealed class PlainTableTests
{
    private static readonly string[] s_heads = ["zone", "what"];

    /// <summary>
    /// A letter of these scripts is two columns wide: what follows still begins below its head, whole letters alone are cut off.
    /// </summary>
    [Test]
    public void NamesOfAnyScriptAlign()
    {
        string[] names = ["Mongolia", "中国", "대한민국", new string('国', 40), string.Concat(Enumerable.Repeat("\U0001F30D", 40))];
        using var writer = new StringWriter();
        PlainTable.Write(writer, s_heads, [.. names.Select(name => new[] { name, "x" })]);
        string[] lines = writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.That(lines, Has.Length.EqualTo(6));
        int at = lines[0].IndexOf("what", StringComparison.Ordinal);
        foreach (string line in lines[1..])
        {
            Assert.That(line, Does.EndWith("  x"));
            Assert.That(line[..^1].GetCellWidth(), Is.EqualTo(at), line);
            Assert.That(line.EnumerateRunes().Contains(System.Text.Rune.ReplacementChar), Is.False, line);
        }
    }

    /// <summary>On any terminal nothing is wider than it, and no word is lost.</summary>
    [TestCase(24)]
    [TestCase(40)]
    [TestCase(80)]
    [TestCase(120)]
    public void FitsTheTerminal(int columns)
    {
        string[] heads = ["layer", "file", "grid", "CRS", "zones", "values in a sample", "no data"];
        string[][] rows =
        [
            ["land cover 2000", "lc0.tif", "100 x 100, 0.01", "WGS 84", "100 %", "values 1, 2, 3, 4, 5, 6, 7", "0"],
            ["人口 2015", "内蒙古自治区_人口_总数_二零一五年.tif", "4320 x 828, 0.08333", "WGS 84", "99.5 %", "0 to 526", "-32768"],
        ];
        using var writer = new StringWriter();
        PlainTable.Write(writer, heads, rows, columns);
        string text = writer.ToString();
        Assert.That(text.Split('\n').Max(Screen.WidthOf), Is.LessThan(columns), text);
        string bare = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        if (columns < 60)
            foreach (string cell in rows.SelectMany(r => r))
                Assert.That(bare, Does.Contain(cell.Replace(" ", "", StringComparison.Ordinal)));
        else
            foreach (string word in rows.SelectMany(r => r).SelectMany(c => c.Split(' ')).Where(w => w.Length < 8))
                Assert.That(text, Does.Contain(word));
    }
}
