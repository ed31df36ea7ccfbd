using Ldn.Cli.Terminal;
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
    [TestCase(10, 37)]
    public void NarrowTerminalsLoseColumnsNeverTheShare(int width, int longest)
    {
        IReadOnlyList<string> lines = ClosingSummary.Lines(Headline(), width);
        Assert.That(lines.Max(l => l.Length), Is.EqualTo(longest));
        Assert.That(lines[2], Does.StartWith("  North-East Asia  baseline").And.Contain(" 15.47"));
    }

    private static ResultTable Headline()
    {
        static Area Km2(long area) => Area.OfSquareKilometres(area);
        var table = new ResultTable("headline", "",
        [
            new("zone_id", ColumnType.Text, ""), new("zone_name", ColumnType.Text, ""), new("period", ColumnType.Text, ""), new("land_km2", ColumnType.Area, ""),
            new("degraded_km2", ColumnType.Area, ""), new("improved_km2", ColumnType.Area, ""), new("degraded_pct_of_land", ColumnType.Percent, ""), new("no_data_pct", ColumnType.Percent, ""),
        ]);
        table.Add("nea", "North-East Asia", "baseline", Km2(27438257), Km2(4245027), Km2(6540648), (Ratio)15.47m, (Ratio)2.45m);
        table.Add("KOR", "Korea", "report_1", Km2(96236), null, Km2(37845), (Ratio)4.98m, (Ratio)0.49m);
        return table;
    }
}
