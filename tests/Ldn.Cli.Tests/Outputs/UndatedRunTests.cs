using System.Text.Json;

namespace Ldn.Cli.Tests.Outputs;

/// <summary>
/// A period without <c>--years</c> has none, and none is made up: tables, documents, names of rasters, inputs and workbook say
/// initial and final, and a target has no year of its figures.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class UndatedRunTests
{
    private static readonly string[] s_told = ["initial", "final", ""];

    [Test]
    public void NoYearIsToldWhereNoneWasGiven()
    {
        using var job = new SmallJob();
        job.Work.Text("targets.csv", "id,zone_id,text,metric,comparator,value,year\na,MNG,,land_cover_pct:1,>=,1,2030\n"
            + "b,MNG,,soc_t,>=,1,2030\nc,MNG,,lpd_pct:1,<=,99,2030\nd,MNG,,degraded_pct,<=,1,2030\n");
        LdnResult result = job.Run("--targets", "targets.csv", "--rasters", "indicator,prais,parts").Succeeded();
        Assert.That(File.Exists(job["result/stac-item.json"]), Is.False, "an item must say when");
        Assert.That(result.Error, Does.Contain("--years"));
        string folder = job["result"];
        foreach (string raster in new[] { "land_cover_initial", "land_cover_final", "soc_initial", "soc_final" })
            foreach (string file in new[] { ".tif", ".qml", ".quicklook.png" })
                Assert.That(File.Exists(Path.Combine(folder, raster + file)), raster + file);
        Assert.That(Directory.EnumerateFiles(folder).Select(Path.GetFileNameWithoutExtension), Has.None.Match("_[12]$"));
        foreach (string csv in Directory.EnumerateFiles(folder, "*.csv"))
            foreach (CsvLine row in CsvRows.Read(csv))
                foreach (string column in row.Columns.Where(IsYear))
                    Assert.That(s_told.Contains(row[column]) || row[column] == "2030", $"{csv} {column}: {row[column]}");
        foreach (string document in new[] { "summary.json", "prais.json" })
            using (JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, document))))
                Assert.That(Years(json.RootElement).Except([.. s_told, "2030"]), Is.Empty, document);
        List<CsvLine> stocks = CsvRows.Read(job["result/soc_by_land_cover.csv"]);
        Assert.That(stocks.Select(r => r["year"]).Distinct(), Is.EquivalentTo(s_told[..2]));
        string provenance = File.ReadAllText(job["result/provenance.json"]);
        Assert.That(provenance, Does.Contain("\"land cover initial\"").And.Contain("\"soil carbon final\""));
        Assert.That(
            File.ReadAllText(job["result/report.html"]),
            Does.Contain("initial").And.Not.Match(">1–2<|>1-2<|0001-|data-n=[12]>(initial|final)"));
        LdnResult cell = LdnProcess.Run(job.Work.Folder, ["explain", "result", "--at", "101.05,48.05"]).Succeeded();
        Assert.That(cell.Out, Does.Contain("initial ").And.Contain("final ").And.Not.Match(@"\. 1\s|[;,] 2\s"));
        LdnResult told = LdnProcess.Run(job.Work.Folder, ["explain", "result", "--at", "101.05,48.05", "--json"]).Succeeded();
        using (JsonDocument json = JsonDocument.Parse(told.Out))
            Assert.That(Years(json.RootElement).Distinct(), Is.EquivalentTo(s_told[..2]));

        // What is read back is told the same.
        byte[] page = File.ReadAllBytes(job["result/report.html"]), workbook = File.ReadAllBytes(job["result/prais_MNG.xlsx"]);
        LdnProcess.Run(job.Work.Folder, ["report", "result"]).Succeeded();
        Assert.That(File.ReadAllBytes(job["result/report.html"]), Is.EqualTo(page));
        Assert.That(File.ReadAllBytes(job["result/prais_MNG.xlsx"]), Is.EqualTo(workbook));
    }

    /// <summary>The archive names years, and without any it is refused before anything is computed.</summary>
    [Test]
    public void AnArchiveWithoutYearsIsRefused()
    {
        using var job = new SmallJob();
        LdnResult result = job.Run("--tables", "csv,trends-earth");
        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("names years").And.Contain("leave trends-earth out"));
        Assert.That(Directory.Exists(job["result"]), Is.False);
    }

    private static bool IsYear(string name) => name == "year" || name.EndsWith("_year", StringComparison.Ordinal);

    /// <summary>Every value of a member that is a year, however deep.</summary>
    private static IEnumerable<string> Years(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(
            m => IsYear(m.Name) ? [m.Value.ToString()] : Years(m.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Years),
        _ => [],
    };
}
