using Ldn.Cli.Terminal;
using Ldn.Cli.Verbs;
using Ldn.Counting;
using Ldn.Tables;

namespace Ldn.Cli.Tests.Outputs;

/// <summary>The table that closes a run, on terminals of several widths.</summary>
public sealed class ClosingSummaryTests
{
    private static readonly string[] s_whole =
    [
        "  zone             period          land   degraded  degraded   improved  no data",
        "                                    km2        km2         %        km2        %",
        "  North-East Asia  baseline  27,438,257  4,245,027     15.47  6,540,648     2.45",
        "  Korea            report_1      96,236                 4.98     37,845     0.49",
    ];

    [TestCase(int.MaxValue)]
    [TestCase(80)]
    public void EverythingIsShownWhereThereIsRoom(int width)
    {
        Assert.That(s_whole.Max(l => l.Length), Is.EqualTo(80));
        Assert.That(ClosingSummary.Lines(Headline(), width), Is.EqualTo(s_whole));
    }

    [TestCase(79, 69)]
    [TestCase(69, 69)]
    [TestCase(68, 60)]
    [TestCase(59, 48)]
    [TestCase(47, 37)]
    [TestCase(37, 37)]
    public void NarrowTerminalsLoseColumnsNeverTheShare(int width, int longest)
    {
        IReadOnlyList<string> lines = ClosingSummary.Lines(Headline(), width);
        Assert.That(lines.Max(l => l.Length), Is.EqualTo(longest));
        Assert.That(lines[2], Does.StartWith("  North-East Asia  baseline").And.Contain(" 15.47"));
    }

    /// <summary>Where even name, period and share have no room, the name is broken, never a figure.</summary>
    [TestCase(36)]
    [TestCase(28)]
    public void VeryNarrowTerminalsBreakNames(int width)
    {
        IReadOnlyList<string> lines = ClosingSummary.Lines(Headline(), width);
        Assert.That(lines.Max(l => l.Length), Is.LessThanOrEqualTo(width));
        Assert.That(string.Join(' ', lines), Does.Contain("North").And.Contain(" 15.47").And.Contain("baseline"));
    }

    /// <summary>Chinese and Korean letters take two columns each: the figures stand below each other all the same.</summary>
    [Test]
    public void NamesOfAnyScriptAlign()
    {
        ResultTable table = Headline();
        foreach (string name in new[] { "中华人民共和国", "대한민국", "Монгол Улс", "a [red]trap[/] [0]" })
            table.Add("x", name, "baseline", Area.OfSquareKilometres(1), null, null, (Ratio)7.5m, (Ratio)0m);
        string[] lines = [.. ClosingSummary.Lines(table, 200).Skip(2)];
        int[] columns = [
            .. lines.Select(
                l => Screen.WidthOf(
                    l[
                        ..l.IndexOf(
                            l.Contains("baseline", StringComparison.Ordinal) ? "baseline" : "report_1",
                            StringComparison.Ordinal)]))];
        Assert.That(columns.Distinct(), Has.Exactly(1).Items, string.Join('\n', lines));
        Assert.That(lines[^1], Does.StartWith("  a [red]trap[/] [0]"));
        Assert.That(ClosingSummary.Lines(table, 200, colours: true)[^1], Does.Contain("a [red]trap[/] [0]"));
    }

    [Test]
    public void JobsInATable()
    {
        BatchRow[] jobs = [
            new("north", "failed LDN301", 3, "", false, 0),
            new("a-very-long-name-of-a-province", "failed LDN302", 3, "", false, 0)];
        Assert.That(ClosingSummary.Lines(jobs, 200), Has.Count.EqualTo(3).And.Some.Contains("failed LDN301"));
        Assert.That(ClosingSummary.Lines(jobs, 40).Max(l => l.Length), Is.LessThanOrEqualTo(40));
        Assert.That(
            string.Concat(ClosingSummary.Lines(jobs, 40, colours: true)), Does.Contain("\u001b[").And.Contain("failed LDN302"));
    }

    private static ResultTable Headline()
    {
        static Area Km2(long area) => Area.OfSquareKilometres(area);
        var table = new ResultTable("headline", "",
        [
            new("zone_id", ColumnType.Text, ""), new("zone_name", ColumnType.Text, ""), new("period", ColumnType.Text, ""),
            new("land_km2", ColumnType.Area, ""),
            new("degraded_km2", ColumnType.Area, ""), new("improved_km2", ColumnType.Area, ""),
            new("degraded_pct_of_land", ColumnType.Percent, ""), new("no_data_pct", ColumnType.Percent, ""),
        ]);
        table.Add("nea", "North-East Asia", "baseline", Km2(27438257), Km2(4245027), Km2(6540648), (Ratio)15.47m, (Ratio)2.45m);
        table.Add("KOR", "Korea", "report_1", Km2(96236), null, Km2(37845), (Ratio)4.98m, (Ratio)0.49m);
        return table;
    }
}
