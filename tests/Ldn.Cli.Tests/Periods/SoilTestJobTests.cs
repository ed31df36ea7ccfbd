using System.Globalization;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Periods;

/// <summary>
/// The statistical test of soil carbon through the whole program, against a plain second computation of every cell; by region,
/// with a standard error, of a model; and what is refused.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class SoilTestJobTests
{
    private const int Width = 30, Height = 20;

    /// <summary>Student's t at 0.975 by degrees of freedom, from a printed table.</summary>
    private static readonly double[] s_t = [double.NaN, double.NaN, 4.30265, 3.18245, 2.77645];

    private static readonly int[] s_years = [2000, 2005, 2010, 2013, 2015, 2017, 2019];

    private static Grid Grid => Workspace.Grid(Width, Height, 100, 50, 0.1);

    private static double Stock(int i, int year) => ((i * 31) + (year * 7)) % 19 == 0 ? -1
        : 60 + (i % 23) + ((((i * 7919) ^ (year * 104729)) & 63) / 8.0) + (year > 2015 ? ((i % 5) - 2) * 2.5 : 0);

    private static Workspace World()
    {
        var work = new Workspace();
        void Raster(string name, Func<int, double> value) =>
            work.Raster(name, Grid, CellType.Float32, [.. Enumerable.Range(0, Width * Height).Select(value)], -1);
        foreach (int year in s_years)
            Raster($"soc{year}.tif", i => Stock(i, year));
        Raster("se.tif", i => i % 17 == 0 ? -1 : 0.5 + (i % 4));
        foreach (int year in new[] { 2000, 2015, 2019 })
            work.Raster(
                $"lc{year}.tif", Grid, CellType.Byte,
                [.. Enumerable.Range(0, Width * Height).Select(i => 1.0 + ((i + year) % 3))], 0);
        work.Zones("zones.geojson", [("\"id\":\"Z\"", Workspace.Rectangle(100, 48, 103, 50))]);
        work.Zones("halves.geojson",
        [
            ("\"region\":\"w\"", Workspace.Rectangle(100, 48, 101.5, 50)),
            ("\"region\":\"e\"", Workspace.Rectangle(101.5, 48, 103, 50)),
        ]);
        return work;
    }

    private static string Job(string soil, string rules, string more = "") => $$"""
        {
          "periods": { "baseline": { "landCover": [2000, 2015], "soilCarbon": [2000, 2015] },
            "report_1": { "landCover": [2015, 2019], "soilCarbon": [2017, 2019] } },
          "without": ["productivity"],
          "landCover": { "legend": "unccd-7", "years": { "2000": "lc2000.tif", "2015": "lc2015.tif", "2019": "lc2019.tif" } },
          "soilCarbon": {{soil}}, "zones": [ { "file": "zones.geojson", "id": "id" } ],
          "rules": { {{rules}} }{{more}}
        }
        """;

    private static string Stocks(string more = "") => "{ \"kind\": \"stocks\", \"years\": { "
        + string.Join(", ", s_years.Select(y => $"\"{y}\": \"soc{y}.tif\"")) + $" }}{more} }}";

    private static double[] Run(Workspace work, string job, string to = "d", params string[] flags)
    {
        work.Text("job.json", job);
        LdnProcess.Run(
            work.Folder,
            ["compute", "job.json", "--out", to, "--tables", "csv,html", "--overwrite", .. flags]).Succeeded();
        return Workspace.Read(work[$"{to}/report_1_soil_organic_carbon.tif"]).Values;
    }

    /// <summary>1 degraded, 2 stable, 3 improved, 0 no data.</summary>
    private static double Plain(int i, double? z)
    {
        double[] baseline = [.. s_years.Where(y => y <= 2015).Select(y => (double)(float)Stock(i, y)).Where(v => v != -1)];
        double[] later = [.. s_years.Where(y => y > 2015).Select(y => (double)(float)Stock(i, y)).Where(v => v != -1)];
        if (later.Length == 0 || baseline.Length == 0 || (z is null && baseline.Length < 3) || (z is not null && i % 17 == 0))
            return 0;
        double mean = baseline.Average();
        double half = z is { } of ? of * (0.5 + (i % 4))
            : s_t[baseline.Length - 1] * Math.Sqrt(
                baseline.Sum(b => (b - mean) * (b - mean)) / (baseline.Length - 1) / baseline.Length);
        return later.Average() < mean - half ? 1 : later.Average() > mean + half ? 3 : 2;
    }

    [Test]
    public void EveryCellIsThatOfAPlainComputation()
    {
        using Workspace work = World();
        double[] found = Run(work, Job(Stocks(), "\"socTest\": \"interval\""));
        Assert.That(found, Is.EqualTo(Enumerable.Range(0, found.Length).Select(i => Plain(i, null))));
        Assert.That(found.Distinct(), Is.SupersetOf(new double[] { 1, 2, 3 }));

        // The baseline keeps the threshold, and so does everything where no test is asked for.
        double[] baseline = Workspace.Read(work["d/baseline_soil_organic_carbon.tif"]).Values;
        string table = File.ReadAllText(work["d/sensitivity.csv"]);
        double[] plain = Run(work, Job(Stocks(), ""), "p");
        Assert.That(Workspace.Read(work["p/baseline_soil_organic_carbon.tif"]).Values, Is.EqualTo(baseline));
        Assert.That(plain, Is.Not.EqualTo(found));
        Assert.That(File.ReadAllText(work["d/report.html"]), Does.Contain("the bounds of the baseline"));
        Assert.That(File.ReadAllText(work["d/summary.json"]), Does.Contain("\"soc_test\""));
        Assert.That(table, Does.Contain("soc_threshold"));
        Assert.That(Run(work, Job(Stocks(), ""), "f", "--soc-test", "interval", "--soc-level", "0.95"), Is.EqualTo(found));
    }

    [Test]
    public void AStandardErrorStandsForTheYears()
    {
        using Workspace work = World();
        double[] found = Run(
            work, Job(Stocks(", \"standardError\": \"se.tif\""), "\"socTest\": \"interval\", \"socLevel\": 0.9"));
        Assert.That(found, Is.EqualTo(Enumerable.Range(0, found.Length).Select(i => Plain(i, 1.6448536269514722))));
    }

    [Test]
    public void RegionsMayJudgeByDifferentRules()
    {
        using Workspace work = World();
        double[] test = Run(work, Job(Stocks(), "\"socTest\": \"interval\""), "t"), plain = Run(work, Job(Stocks(), ""), "p");
        double[] both = Run(work, Job(Stocks(), "", """
            , "regions": { "zones": "halves.geojson", "id": "region",
              "define": { "w": { "rules": { "socTest": "interval" } }, "e": { } } }
            """), "r");
        Assert.That(both, Is.EqualTo(both.Select((_, i) => i % Width < 15 ? test[i] : plain[i])));
        Assert.That(
            File.ReadAllText(work["r/region_parameters.csv"]), Does.Contain("w,w,soil_organic_carbon,socTest,interval\n"));
    }

    [Test]
    public void AModelIsTestedByItsYearsAndAStandardError()
    {
        using Workspace work = World();
        double[] found = Run(
            work,
            Job(
                "{ \"kind\": \"reference\", \"reference\": \"soc2000.tif\", \"referenceYear\": 2000, \"factor\": 0.7, "
                    + "\"standardError\": \"se.tif\" }", "\"socTest\": \"interval\""),
            "m", "--rasters", "sub-indicators,parts");
        double[][] Years(int first, int last) =>
            [.. Enumerable.Range(first, last - first + 1).Select(y => Workspace.Read(work[$"m/soc_{y}.tif"]).Values)];
        (double[][] before, double[][] after) = (Years(2000, 2015), Years(2017, 2019));
        for (int i = 0; i < found.Length; i++)
        {
            double mean = before.Average(y => y[i]), later = after.Average(y => y[i]);
            double half = 1.959963984540054 * (0.5 + (i % 4));
            double expected = double.IsNaN(mean) || i % 17 == 0 ? 0 : later < mean - half ? 1 : later > mean + half ? 3 : 2;
            Assert.That(found[i], Is.EqualTo(expected), i.ToString(CultureInfo.InvariantCulture));
        }
    }

    [Test]
    public void ExplainTellsTheTest()
    {
        using Workspace work = World();
        _ = Run(work, Job(Stocks(), "\"socTest\": \"interval\""));
        string told = LdnProcess.Run(work.Folder, ["explain", "d", "--at", "100.15,49.95"]).Succeeded().Out;
        Assert.That(told, Does.Contain("test at 95 %").And.Contain("mean of the baseline"));
    }

    [TestCase("{ \"kind\": \"change\", \"periods\": { \"baseline\": \"se.tif\", \"report_1\": \"se.tif\" } }",
        "\"socTest\": \"interval\"", "needs stocks")]
    [TestCase("{ \"kind\": \"stocks\", \"years\": { \"2000\": \"soc2000.tif\", \"2015\": \"soc2015.tif\", \"2017\": "
        + "\"soc2017.tif\", "
        + "\"2019\": \"soc2019.tif\" } }", "\"socTest\": \"interval\"", "at least 3 years")]
    [TestCase("{ \"kind\": \"reference\", \"reference\": \"soc2000.tif\", \"factor\": 0.7 }", "\"socTest\": \"interval\"",
        "soilCarbon.standardError")]
    [TestCase("{ \"kind\": \"reference\", \"reference\": \"soc2000.tif\", \"factor\": 0.7, \"standardError\": \"se.tif\" }", "",
        "which only the statistical test uses")]
    [TestCase("{ \"kind\": \"reference\", \"reference\": \"soc2000.tif\", \"factor\": 0.7 }", "\"socLevel\": 95", "socLevel 95")]
    public void WhatIsWrongIsToldWithItsCure(string soil, string rules, string says)
    {
        using Workspace work = World();
        work.Text("job.json", Job(soil, rules));
        BadInput.Refusal.Said(
            LdnProcess.Run(work.Folder, ["compute", "job.json", "--out", "d", "-q"]), ExitCode.Usage, says);
    }
}
