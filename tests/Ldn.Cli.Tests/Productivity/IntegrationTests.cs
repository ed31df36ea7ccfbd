using System.Globalization;
using Ldn.Cli.Tests.BadInput;
using Ldn.Rasters;
using Ldn.Tests;

namespace Ldn.Cli.Tests.Productivity;

/// <summary>
/// A stack of several layers a year: the run must be that of the yearly rasters which the test makes of the layers itself.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class IntegrationTests
{
    private const string Stack = "modis-evi-slovenia/evi_16day_2000_2015.tif";
    private static readonly string[] s_evi = [
        "--variable", "evi", "--scale", "0.0001", "--lpd-method", "fao-wocat", "--threads", "2"];
    private static readonly string[] s_rasters = ["trend", "trend_slope", "trend_s", "trend_z", "trend_p", "lpd"];

    [TestCase("mean", 1, 2001, 2015, null)]
    [TestCase("sum", 10, 2001, 2014, 14)]
    [TestCase("mean", 4, 2002, 2012, 5)]
    public void TheYearsOfAStackAreThoseOfItsLayers(string statistic, int start, int first, int last, int? fewest)
    {
        using var work = new Workspace();
        string stack = TestData.Real(Stack);

        // A sum of composites that stays an index: one beyond 1.5 is refused.
        double scale = statistic == "sum" ? 0.00001 : 0.0001;
        string[] scaled = [.. s_evi[..3], scale.ToString("F5", CultureInfo.InvariantCulture), .. s_evi[4..]];
        Dictionary<int, double[]> years = Integrate(stack, statistic, start, fewest, out Grid grid, scale);
        foreach (int year in Enumerable.Range(first, last - first + 1))
            work.Raster($"y{year}.tif", grid, CellType.Float64, years[year], -1e30);
        string window = string.Create(CultureInfo.InvariantCulture, $"{first}-{last}");
        LdnProcess.Run(work.Folder,
            ["productivity", "--series", .. Enumerable.Range(first, last - first + 1).Select(y => $"y{y}.tif"), "--years",
                window, .. s_evi[..2], .. s_evi[4..], "--out", "yearly"]).Succeeded();
        LdnProcess.Run(work.Folder,
        [
            "productivity", "--series", stack, "--years", window, "--integrate", statistic, "--year-start", $"{start}",
            .. fewest is null ? [] : new[] { "--min-count", $"{fewest}" }, .. scaled, "--out", "stack",
        ]).Succeeded();
        foreach (string raster in s_rasters)
            Assert.That(
                Workspace.Read(work[$"stack/baseline_{raster}.tif"]).Values,
                Is.EqualTo(Workspace.Read(work[$"yearly/baseline_{raster}.tif"]).Values), raster);
        Assert.That(Workspace.Read(work["stack/baseline_trend_s.tif"]).Values, Has.Some.Not.NaN);
    }

    /// <summary>
    /// The annual means that come with the data, rounded to whole numbers, made by others from the same composites.
    /// </summary>
    [Test]
    public void MeansAreThosePublishedBesideTheStack()
    {
        Dictionary<int, double[]> years = Integrate(TestData.Real(Stack), "mean", 1, 1, out _, scale: 1);
        for (int year = 2001; year <= 2015; year++)
        {
            double[] published = Workspace.Read(
                TestData.Real($"modis-evi-slovenia/evi_annual_mean_2001_2015.tif") + $"#band={year - 2000}").Values;
            for (int i = 0; i < published.Length; i++)
                Assert.That(years[year][i], Is.EqualTo(published[i]).Within(0.51), $"{year}, pixel {i}");
        }
    }

    [Test]
    public void DatesMayStandInATableAndLayersInFiles()
    {
        using var series = new SmallSeries();
        string[] files = [.. SmallSeries.Years.Select(SmallSeries.File)];
        series.Work.Text("dates.csv", "layer,date\n" + string.Concat(SmallSeries.Years.Select(y => $"y{y}.tif,{y}-07-01\n")));
        series.Run("plain", "--lpd-method", "fao-wocat");
        LdnProcess.Run(series.Work.Folder,
        [
            "productivity", "--series", .. files, "--years", "2000-2015", "--scale", "0.0001", "--integrate", "mean", "--dates",
            "dates.csv", "--min-count", "1",
            "--lpd-method", "fao-wocat", "--out", "stack",
        ]).Succeeded();
        foreach (string raster in s_rasters)
            Assert.That(
                series.Read($"stack/baseline_{raster}.tif"), Is.EqualTo(series.Read($"plain/baseline_{raster}.tif")), raster);
    }

    [Test]
    public void AJobIntegratesToo()
    {
        using var work = new Workspace();
        string stack = TestData.Real(Stack);
        work.Text("job.json", $$"""
            {
              "name": "Land productivity", "periods": { "baseline": { "productivity": [2001, 2015] } }, "without": ["land-cover", "soil-carbon"],
              "productivity": { "kind": "series", "layers": ["{{stack}}"], "integrate": { "statistic": "mean", "minCount": 10 },
                "variable": "evi", "scale": 0.0001, "lpdMethod": "fao-wocat" },
              "outputs": { "rasters": ["parts"], "tables": ["csv"] }
            }
            """);
        LdnProcess.Run(work.Folder, ["compute", "job.json", "--out", "job"]).Succeeded();
        LdnProcess.Run(work.Folder, ["productivity", "--series", stack, "--years", "2001-2015", "--integrate", "mean", "--min-count", "10", .. s_evi, "--out", "flags"]).Succeeded();
        foreach (string raster in s_rasters)
            Assert.That(
                Workspace.Read(work[$"job/baseline_{raster}.tif"]).Values,
                Is.EqualTo(Workspace.Read(work[$"flags/baseline_{raster}.tif"]).Values), raster);
    }

    [Test]
    public void LayersWithoutADateAreRefused() =>
        Fails(["--integrate", "mean", "--years", "2000-2015"], "no date in its name", "columns layer and date");

    [Test]
    public void AMonthThatIsNoneIsRefused() => FailsOnStack(["--integrate", "mean", "--year-start", "13"], "--year-start: 13");

    [Test]
    public void MoreLayersThanAYearHasAreRefused() =>
        FailsOnStack(["--integrate", "mean", "--min-count", "24"], "no year has more than 23 layers");

    [Test]
    public void AYearOutsideTheStackIsRefused() =>
        Refusal.Said(
            Productivity(["--series", TestData.Real(Stack), "--years", "2001-2016", "--integrate", "mean"]), ExitCode.Usage,
            "no layer for 2016");

    [Test]
    public void OptionsOfAStackWithoutOneAreRefused() =>
        Fails(["--years", "2000-2015", "--year-start", "10"], "productivity.integrate is given without layers");

    private static void Fails(string[] arguments, params string[] said) =>
        Refusal.Said(
            Productivity(["--series", .. SmallSeries.Years.Select(SmallSeries.File), .. arguments]), ExitCode.Usage, said);

    private static void FailsOnStack(string[] arguments, params string[] said) =>
        Refusal.Said(
            Productivity(["--series", TestData.Real(Stack), "--years", "2001-2015", .. arguments]), ExitCode.Usage, said);

    private static LdnResult Productivity(string[] arguments)
    {
        using var series = new SmallSeries();
        return LdnProcess.Run(series.Work.Folder, ["productivity", .. arguments, "--lpd-method", "fao-wocat", "--out", "out"]);
    }

    /// <summary>Pixel by pixel, one layer after the other, in physical units; −1e30 where a year has too few layers.</summary>
    private static Dictionary<int, double[]> Integrate(
        string stack, string statistic, int start, int? fewest, out Grid grid, double scale = 0.0001)
    {
        var layers = new Dictionary<int, List<double[]>>();
        grid = Workspace.Read(stack + "#band=1").Grid;
        IReadOnlyList<string> names = ((IGeodata)new Ldn.Gdal.GdalGeodata()).BandNames(stack);
        for (int band = 0; band < names.Count; band++)
        {
            int year = int.Parse(names[band][1..5], CultureInfo.InvariantCulture),
            day = int.Parse(names[band][5..8], CultureInfo.InvariantCulture);
            int month = new DateTime(year, 1, 1).AddDays(day - 1).Month;
            int named = month < start ? year - 1 : year;
            if (!layers.TryGetValue(named, out List<double[]>? list))
                layers[named] = list = [];
            list.Add(Workspace.Read($"{stack}#band={band + 1}").Values);
        }

        return layers.ToDictionary(l => l.Key, l => Enumerable.Range(0, l.Value[0].Length).Select(i =>
        {
            double sum = 0;
            int count = 0;
            foreach (double[] layer in l.Value)
            {
                if (layer[i] == -32768)
                    continue;
                sum += layer[i] * scale;
                count++;
            }

            return count < (fewest ?? (l.Value.Count + 1) / 2) ? -1e30 : statistic == "sum" ? sum : sum / count;
        }).ToArray());
    }
}
