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
}
