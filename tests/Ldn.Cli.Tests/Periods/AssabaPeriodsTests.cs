using Ldn.Tests;

namespace Ldn.Cli.Tests.Periods;

/// <summary>
/// Yearly land cover 2010…2023 as three periods; every expected number was counted with numpy from the rasters.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class AssabaPeriodsTests
{
    private static readonly string[] s_statuses =
    [
        "persistent_degradation", "recent_degradation", "baseline_degradation", "stability", "baseline_improvement",
        "recent_improvement", "persistent_improvement",
    ];

    private static readonly int[] s_years = [2010, 2015, 2016, 2019, 2023];

    [Test]
    public void StatusOfTwoReportingPeriods()
    {
        using var work = new Workspace();
        Run(work);
        Dictionary<string,
        long> pixels = CsvRows.Read(work["result/summary.csv"]).ToDictionary(
            r => r.Key("period", "indicator", "class"), r => r.Pixels);
        Assert.Multiple(() =>
        {
            Conditions(pixels, "baseline", 4_079, 160_305, 3_828);
            Conditions(pixels, "report_1", 9_392, 158_567, 253);
            Conditions(pixels, "report_2", 6_262, 160_622, 1_328);
            Statuses(pixels, "report_1", 510, 8_882, 3_348, 155_008, 211, 252, 1);
            Statuses(pixels, "report_2", 301, 5_961, 2_872, 156_653, 1_097, 1_326, 2);
            Assert.That(pixels["report_1/status/degraded"], Is.EqualTo(510 + 8_882 + 3_348));
            Assert.That(pixels["report_2/status/no_data"], Is.EqualTo(266_273));
            Assert.That(pixels["report_2/status_land_cover/improved"], Is.EqualTo(1_097 + 1_326 + 2));
        });
    }

    [Test]
    public void LegacyRuleMakesRecoveredLandStable()
    {
        using var work = new Workspace();
        Run(work, "--status", "progress-2022");
        Dictionary<string,
        long> pixels = CsvRows.Read(work["result/summary.csv"]).ToDictionary(
            r => r.Key("period", "indicator", "class"), r => r.Pixels);

        // Of the 252 pixels that recently improved by 2019, those degraded in the baseline move to stability; no other class
        // changes.
        Assert.Multiple(() =>
        {
            long moved = 252 - pixels["report_1/status_expanded/recent_improvement"];
            Assert.That(moved, Is.GreaterThan(0));
            Assert.That(pixels["report_1/status_expanded/stability"], Is.EqualTo(155_008 + moved));
            Assert.That(pixels["report_1/status_expanded/recent_degradation"], Is.EqualTo(8_882));
        });
    }

    [Test]
    public void OrderOfPeriodsInTheFileDoesNotMatter()
    {
        using var work = new Workspace();
        Run(work);
        byte[] first = File.ReadAllBytes(work["result/summary.csv"]);
        work.Text("job.json", Job(["report_2", "report_1", "baseline"]));
        LdnProcess.Run(work.Folder, ["compute", "job.json", "--out", "result", "--overwrite"]).Succeeded();
        Assert.That(File.ReadAllBytes(work["result/summary.csv"]), Is.EqualTo(first));
    }

    [Test]
    public void ChangeBetweenPeriodsIsCountedApart()
    {
        using var work = new Workspace();
        Run(work);
        List<CsvLine> rows = CsvRows.Read(work["result/land_cover_between_periods.csv"]);
        Assert.That(rows, Is.Not.Empty);
        Assert.That(rows.Select(r => r.Key("from_year", "to_year")).Distinct(), Is.EqualTo(new[] { "2015/2016" }));
        Assert.That(rows.All(r => r["from_class"] != r["to_class"]));
    }

    private static void Run(Workspace work, params string[] extra)
    {
        work.Text("job.json", Job(["baseline", "report_1", "report_2"]));
        LdnProcess.Run(work.Folder, ["compute", "job.json", "--out", "result", .. extra]).Succeeded();
    }

    private static string Job(string[] order)
    {
        var periods = new Dictionary<string, string>
        {
            ["baseline"] = """ "baseline": { "landCover": [2010, 2015] } """,
            ["report_1"] = """ "report_1": { "landCover": [2016, 2019] } """,
            ["report_2"] = """ "report_2": { "landCover": [2016, 2023] } """,
        };
        string files = string.Join(
            ", ", s_years.Select(y => $"\"{y}\": \"{TestData.Real($"assaba-mauritania/land_cover/{y}LCT.tif")}\""));
        return $$"""
            {
              "periods": { {{string.Join(',', order.Select(p => periods[p]))}} },
              "landCover": { "legend": "igbp", "years": { {{files}} } },
              "without": ["productivity", "soil-carbon"],
              "outputs": { "rasters": ["none"], "tables": ["csv", "json"] }
            }
            """;
    }

    private static void Conditions(Dictionary<string, long> pixels, string period, long degraded, long stable, long improved)
    {
        Assert.That(pixels[$"{period}/sdg_15_3_1/degraded"], Is.EqualTo(degraded), period);
        Assert.That(pixels[$"{period}/sdg_15_3_1/stable"], Is.EqualTo(stable), period);
        Assert.That(pixels[$"{period}/sdg_15_3_1/improved"], Is.EqualTo(improved), period);
    }

    private static void Statuses(Dictionary<string, long> pixels, string period, params long[] expected) =>
        Assert.That(s_statuses.Select(s => pixels[$"{period}/status_expanded/{s}"]), Is.EqualTo(expected), period);
}
