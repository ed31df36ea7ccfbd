using Ldn.Reports.Page;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>What lies on degraded, stable and improved land, side by side; never that one is the cause of the other.</summary>
public sealed class DriversSection : PageSection
{
    private static readonly string[] s_classes = ["degraded", "stable", "improved"];

    /// <inheritdoc/>
    public override string Table => "drivers";

    internal override SectionContent? Of(SectionPage page)
    {
        var drivers = page.Latest(Table).Where(r => s_classes.Contains(r[Columns.Class]) && r[DriverTables.Mean] is not null)
            .GroupBy(r => r[DriverTables.Driver]!).ToList();
        if (drivers.Count == 0)
            return null;
        return new SectionContent(
            page.Texts["section.drivers"], null,
            new SmallTable(
                [page.Name(DriverTables.Driver), page.Name(Columns.Class), ("", false), page.Number(DriverTables.Mean)],
                [.. drivers.SelectMany(Lines)]),
            page.Texts["section.drivers.note"]);

        IEnumerable<object[]> Lines(IGrouping<string, Row> driver)
        {
            string unit = driver.First()[DriverTables.Unit] is { Length: > 0 } told ? $" ({told})" : "";
            double most = driver.Max(r => Math.Abs(r[DriverTables.Mean]!.Value));
            return driver.OrderBy(r => Array.IndexOf(s_classes, r[Columns.Class])).Select((r, i) => new object[]
            {
                i == 0 ? driver.Key + unit : "", page.Texts.Class(r[Columns.Class]!),
                Charts.Single(Math.Abs(r[DriverTables.Mean]!.Value), most, Palette.Of(r[Columns.Class]!), strong: true),
                page.Numbers.Of(r[DriverTables.Mean]!.Value, "#,0.###"),
            });
        }
    }
}
