using Ldn.Compare;
using Ldn.Subjects;
using Ldn.Tables;

namespace Ldn.Tests.Tables;

/// <summary>
/// What every table of a run owes its readers (interface contract §4), and the published dictionary of their columns.
/// </summary>
internal sealed class TableDictionaryTests
{
    private static readonly string Page = Path.Combine(TestData.Root, "docs", "tables.md");

    private static IEnumerable<string> Names => AllSubjects.Kinds().Select(t => t.Name).Distinct();

    [TestCaseSource(nameof(Names))]
    public void ATableThatHasZonesNamesThemAndOneWithPeriodsTellsTheirYears(string name)
    {
        ResultTable table = AllSubjects.Kinds().First(t => t.Name == name);
        Assert.That(
            table.Has(Columns.ZoneName) && table.Has(Columns.ZoneKind), Is.EqualTo(table.Has(Columns.ZoneId)),
            "zone_name, zone_kind");
        if (table.Has(Columns.Period))
            Assert.That(table.Has(Columns.Years), Is.True, "years");
        foreach (
            Column code in table.Columns.Where(
                c => c.Name is "from_class" or "to_class" or "lpd" or "unccd" or "land_type" or "category"))
            Assert.That(table.Column(code.Name + "_name"), Is.Not.Null, $"{code.Name}_name");
        Assert.That(
            table.Columns.Select(c => c.Description), Has.All.Matches<string>(d => d is [.., '.' or '…']),
            "each column says what it holds");
    }

    /// <summary>
    /// A table that counts by condition or status says by which; in corrections.csv the column tells what a judgement rests on.
    /// </summary>
    [TestCaseSource(nameof(Names))]
    public void ATableThatCountsByConditionOrStatusSaysWhich(string name)
    {
        ResultTable table = AllSubjects.Kinds().First(t => t.Name == name);
        bool counts = table.Columns.Any(
            c => c.Name is "class" or "degraded_km2" or "gains_km2" or "status" or "condition" or "response" or "grade");
        Assert.That(table.Has(Columns.Basis), Is.EqualTo(
            counts || name is "crosstab_subindicators" or "corrections" or "new_losses"));
    }

    [Test]
    public void ThePublishedDictionaryIsThatOfTheTables()
    {
        string page = "# Tables\n\nEvery table of a run is a CSV file of its name, a member of `tables` in `summary.json` and a "
            + "sheet of `summary.xlsx`. Areas are in km² and shares in per cent,\n"
            + "with 6 decimals; what is undefined is empty. Columns that come later stand behind those there are.\n"
            + string.Concat(AllSubjects.Kinds().DistinctBy(t => t.Name).Select(Section))
            + "\n# Tables of a comparison\n\nWhat `ldn compare A B --out DIR` writes of two results.\n"
            + string.Concat(ComparisonTables.Kinds.Select(Section));
        if (Environment.GetEnvironmentVariable("LDN_WRITE_DOCS") == "1")
            File.WriteAllText(Page, page);
        Assert.That(File.ReadAllText(Page), Is.EqualTo(page),
            "write it anew: LDN_WRITE_DOCS=1 dotnet test artifacts/bin/Ldn.Tests/release/Ldn.Tests.dll --filter "
                + "Name=ThePublishedDictionaryIsThatOfTheTables");
    }

    private static string Section(ResultTable table) =>
        $"\n## {table.Name}.csv\n\n{table.Title}\n\n| column | holds | |\n|---|---|---|\n" + string.Concat(table.Columns.Select(
            c => $"| `{c.Name}` | {c.Type switch { ColumnType.Text => "text", ColumnType.Integer => "whole number", ColumnType.Area => "km²", ColumnType.Percent => "%", ColumnType.Flag => "true or false", _ => "number" }} | {c.Description.Replace("|", "\\|", StringComparison.Ordinal)} |\n"));
}
