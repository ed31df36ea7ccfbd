using Ldn.Cli.Tests.Inputs.Cases;
using Ldn.Cli.Tests.Usage;

namespace Ldn.Cli.Tests.Inputs;

/// <summary>docs/inputs.md: every row is a case, and every case is run.</summary>
[NonParallelizable]
internal sealed class InputsPageTests
{
    private const string Start = "<!-- rows: written by InputsPageTests -->\n", End = "<!-- rows end -->\n";

    private static IEnumerable<InputCase> Cases => [.. EncodingCases.All, .. FieldCases.All, .. PolygonCases.All,
        .. SeriesCases.All, .. RasterCases.All, .. ValueCases.All, .. UnitCases.All, .. ToolCases.All, .. RemoteCases.All];

    private static IEnumerable<TestCaseData> Rows => Cases.Select(c => new TestCaseData(c).SetArgDisplayNames(c.ToString()));

    [TestCaseSource(nameof(Rows))]
    public void TheRowIsTrue(InputCase row)
    {
        using var job = new SmallJob();
        row.Holds(job);
    }

    /// <summary>One case of a kind may be a lucky one: every kind of input has three at least.</summary>
    [Test]
    public void EveryKindHasThreeCases()
    {
        var kinds = Cases.GroupBy(c => c.Kind).ToDictionary(k => k.Key, k => k.Count());
        Assert.That(kinds.Keys, Is.SupersetOf(new[]
        {
            "Masks", "Bands", "Condition rasters", "Values", "Names and encodings", "Attributes and columns",
            "Names of data sets", "Grids", "Polygons", "Series", "Locked, moving and remote files",
        }));
        Assert.That(kinds.Where(k => k.Value < 3), Is.Empty);
    }

    /// <summary>With LDN_WRITE_DOCS=1 the rows are written anew instead.</summary>
    [Test]
    public void ThePublishedRowsAreTheCases()
    {
        string page = Path.Combine(FlagTests.Root(), "docs", "inputs.md"), text = File.ReadAllText(page);
        int from = text.IndexOf(Start, StringComparison.Ordinal) + Start.Length, to = text.IndexOf(End, StringComparison.Ordinal);
        const string Header = "| what there is | what ldn does | how to mend it |\n|---|---|---|\n";
        string rows = string.Concat(Cases.GroupBy(c => c.Kind).Select(
            kind => $"\n## {kind.Key}\n\n{Header}{string.Join('\n', kind.Select(c => c.Row))}\n")) + "\n";
        if (Environment.GetEnvironmentVariable("LDN_WRITE_DOCS") == "1")
            File.WriteAllText(page, text = text[..from] + rows + text[to..]);
        to = text.IndexOf(End, StringComparison.Ordinal);
        Assert.That(text[from..to], Is.EqualTo(rows),
            "write them anew: LDN_WRITE_DOCS=1 dotnet test artifacts/bin/Ldn.Cli.Tests/release/Ldn.Cli.Tests.dll "
            + "--filter Name=ThePublishedRowsAreTheCases");
    }
}
