using Ldn.Indicator;
using Ldn.Productivity;
using Ldn.Productivity.Laws;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Productivity;

/// <summary>Annual series through the whole program, on a small world.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class SeriesTests
{
    private static readonly string[] s_rasters = [
        "trend", "trend_slope", "trend_s", "trend_z", "trend_p", "state", "performance", "lpd"];

    /// <summary>Without units trend and state come as with them, to the byte; what needs units is not there.</summary>
    [Test]
    public void WithoutUnitsThereIsTrendAndState()
    {
        using var series = new SmallSeries();
        string[] alone = [.. SmallSeries.Arguments("--zones", "zones.geojson", "--zone-id", "id")];
        LdnProcess.Run(series.Work.Folder, [.. alone, "--out", "with"]).Succeeded();
        int units = Array.IndexOf(alone, "--units");
        LdnResult result = LdnProcess.Run(
            series.Work.Folder, [.. alone[..units], .. alone[(units + 2)..], "--out", "without"]).Succeeded();
        Assert.That(result.Error, Does.Contain("trend and state alone").And.Contain("--units"));
        foreach (string part in new[] { "trend", "trend_slope", "trend_s", "trend_z", "trend_p", "state" })
            Assert.That(Bytes("without", part), Is.EqualTo(Bytes("with", part)), part);
        foreach (string part in new[] { "performance", "lpd" })
        {
            Assert.That(File.Exists(series.Work[$"with/baseline_{part}.tif"]), part);
            Assert.That(File.Exists(series.Work[$"without/baseline_{part}.tif"]), Is.False, part);
        }

        foreach (CsvLine row in CsvRows.Read(series.Work["without/headline.csv"]))
            Assert.That((row.Number("valid_km2"), row.Number("no_data_pct")), Is.EqualTo((0.0, 100.0)));
        LdnResult compute = LdnProcess.Run(series.Work.Folder, ["compute", series.Work.Text("job.json", $$"""
            { "periods": { "baseline": { "productivity": [2000, 2015] } }, "without": ["land-cover", "soil-carbon"],
              "productivity": { "kind": "series", "years": {{SmallSeries.JobYears("y{0}.tif")}} } }
            """), "--out", "indicator"]);
        Assert.That((compute.ExitCode, compute.Error), Is.EqualTo((2, compute.Error)));
        Assert.That(compute.Error, Does.Contain("no ecological units"));

        byte[] Bytes(string folder, string part) => File.ReadAllBytes(series.Work[$"{folder}/baseline_{part}.tif"]);
    }

    [Test]
    public void EveryPixelIsThatOfTheLaws()
    {
        using SmallSeries series = new SmallSeries().Run("out", "--zones", "zones.geojson", "--zone-id", "id");
        Dictionary<string, double[]> rasters = s_rasters.ToDictionary(r => r, r => series.Read($"out/baseline_{r}.tif"));
        var options = new ProductivityOptions();
        double[][] pixels = [.. Enumerable.Range(0, SmallSeries.Width * SmallSeries.Height).Select(Pixel)];
        double[] limits = [.. Enumerable.Range(0, pixels.Length).Select(i => Limit(pixels, i, options))];
        Assert.Multiple(() =>
        {
            for (int i = 0; i < pixels.Length; i++)
            {
                TrendResult trend = TrendLaw.Evaluate(pixels[i], options);
                Assert.That(rasters["trend"][i], Is.EqualTo(trend.Condition), $"trend {i}");
                Assert.That(rasters["trend_slope"][i], Is.EqualTo((double)(float)trend.Slope), $"slope {i}");
                Assert.That(rasters["trend_s"][i], Is.EqualTo(trend.S == TrendLaw.NoS ? double.NaN : trend.S), $"S {i}");
                Assert.That(rasters["trend_z"][i], Is.EqualTo((double)(float)trend.Z), $"Z {i}");
                Assert.That(rasters["trend_p"][i], Is.EqualTo((double)(float)trend.P), $"p {i}");
                byte state = StateLaw.Evaluate(pixels[i], options).Condition;
                Assert.That(rasters["state"][i], Is.EqualTo(state), $"state {i}");
                double mean = Rounded(pixels[i], options);
                int performance = double.IsNaN(mean) || double.IsNaN(limits[i]) ? 0 : mean / limits[i] < 0.5 ? 1 : 2;
                Assert.That(rasters["performance"][i], Is.EqualTo(performance), $"performance {i}");
                Assert.That(
                    rasters["lpd"][i],
                    Is.EqualTo(LpdTable.Prais2026.Classes[LpdParts.Encode(trend.Condition, state, (byte)performance)]),
                    $"lpd {i}");
            }
        });
        Assert.That(rasters["lpd"].Distinct().Count(), Is.GreaterThanOrEqualTo(5), "most classes occur");
        Assert.That(rasters["performance"].Distinct().Count(), Is.EqualTo(3));
    }

    [Test]
    public void FaoWocatTakesDesertsAndLimitsOfItsOwn()
    {
        using var series = new SmallSeries();

        // Desert in the west; in the east unknown, or just above the limit.
        series.Work.Raster(
            "greatest.tif", SmallSeries.Grid, CellType.Int16, SmallSeries.Values((c, r) => c < 20 ? 3000 : c < 30 ? -1 : 3001),
            -1);
        series.Work.Text("greatest.vrt", File.ReadAllText(series.Work.Virtual(
            "plain.vrt", series.Work["greatest.tif"], SmallSeries.Width, SmallSeries.Height, "Int16",
            extra: "<NoDataValue>-1</NoDataValue><Scale>0.0001</Scale>")));
        // Ten years, over which most trends do not count: it is then that the initial biomass decides.
        int[] years = [.. SmallSeries.Years.TakeLast(10)];
        LdnProcess.Run(series.Work.Folder,
        [
            "productivity", "--series", .. years.Select(SmallSeries.File), "--years", $"{years[0]}-{years[^1]}", "--scale",
            "0.0001", "--lpd-method", "fao-wocat",
            "--greatest", "greatest.vrt", "--desert-limit", "0.3", "--biomass-limits", "0.1,0.15", "--out", "out",
        ]).Succeeded();
        var options = new ProductivityOptions
        {
            LpdMethod = LpdMethod.FaoWocat,
            FaoWocatDesert = 0.3,
            FaoWocatLow = 0.1,
            FaoWocatMedium = 0.15
        };
        double[] lpd = series.Read("out/baseline_lpd.tif");
        var usual = new List<int>();
        for (int i = 0; i < lpd.Length; i++)
        {
            double[] pixel = Pixel(i)[^10..];
            byte trend = TrendLaw.Evaluate(pixel, options).Condition;
            double greatest = (i % SmallSeries.Width) switch { < 20 => 0.3, < 30 => double.NaN, _ => 0.3001 };
            Assert.That(lpd[i], Is.EqualTo(FaoWocatLaw.Lpd(pixel, trend, greatest, options)), $"pixel {i}");
            usual.Add(FaoWocatLaw.Lpd(pixel, trend, double.NaN, new ProductivityOptions { LpdMethod = LpdMethod.FaoWocat }));
        }

        Assert.That(lpd.Where((_, i) => i % SmallSeries.Width < 20).Distinct(), Is.EquivalentTo(new double[] { 0, 4 }));
        Assert.That(
            Enumerable.Range(0, lpd.Length).Any(i => i % SmallSeries.Width >= 20 && lpd[i] != usual[i]),
            "the limits matter here");
    }

    [Test]
    public void TheGreatestNdviWithoutFaoWocatIsRefused()
    {
        using var series = new SmallSeries();
        LdnResult result = LdnProcess.Run(
            series.Work.Folder, [.. SmallSeries.Arguments("--greatest", "units.tif"), "--out", "out"]);
        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("only LPD method fao-wocat uses"));
    }

    [Test]
    public void PartsReadBackGiveTheSameRun()
    {
        using SmallSeries series = new SmallSeries().Run("out");
        series.Work.Text("job.json", """
            {
              "name": "Land productivity", "periods": { "baseline": { "productivity": [2000, 2015] } }, "without": ["land-cover", "soil-carbon"],
              "productivity": { "kind": "parts", "periods": { "baseline": {
                "trend": "out/baseline_trend.tif", "state": "out/baseline_state.tif", "performance": "out/baseline_performance.tif" } } },
              "outputs": { "rasters": ["parts"] }
            }
            """);
        LdnProcess.Run(series.Work.Folder, ["compute", "job.json", "--out", "again"]).Succeeded();
        foreach (
            string file in new[]
            {
                "baseline_lpd.tif", "summary.csv", "sensitivity.csv", "headline.csv", "crosstab_subindicators.csv"
            })
            Assert.That(
                File.ReadAllBytes(series.Work[$"again/{file}"]), Is.EqualTo(File.ReadAllBytes(series.Work[$"out/{file}"])), file);
        Assert.That(CsvRows.Read(series.Work["out/sensitivity.csv"]).Count(r => r["rule"] == "lpd_table"), Is.EqualTo(3));
    }

    [TestCase("striped")]
    [TestCase("finer")]
    [TestCase("bands")]
    [TestCase("smaller")]
    public void LayoutAndGridOfTheYearsChangeNothing(string variant)
    {
        using SmallSeries series = new SmallSeries().Run("plain", "--zones", "zones.geojson", "--zone-id", "id");
        string[] given = variant == "bands" ? ["stack.vrt"] : [.. SmallSeries.Years.Select(y => "v" + SmallSeries.File(y))];
        foreach (int year in SmallSeries.Years)
        {
            string name = "v" + SmallSeries.File(year);
            if (variant == "striped")
                series.Work.Raster(
                    name, SmallSeries.Grid, CellType.UInt16, SmallSeries.Values((c, r) => SmallSeries.Index(year, c, r)),
                    SmallSeries.Gap, RasterLayout.Striped);
            else if (variant == "finer")
            {
                series.Work.Raster(name, Workspace.Grid(2 * SmallSeries.Width, 2 * SmallSeries.Height, 100, 50, 0.05),
                    CellType.Int32,
                    [.. Enumerable.Range(0, 4 * SmallSeries.Width * SmallSeries.Height).Select(
                        i => SmallSeries.Index(
                            year, i % (2 * SmallSeries.Width) / 2, i / (2 * SmallSeries.Width) / 2))], SmallSeries.Gap);
            }
            else if (variant == "smaller")
            {
                // The last row, all gaps, is left to the raster's extent.
                series.Work.Raster(name, Workspace.Grid(SmallSeries.Width, SmallSeries.Height - 1, 100, 50, 0.1), CellType.Int32,
                    SmallSeries.Values((c, r) => SmallSeries.Index(year, c, r))[..^SmallSeries.Width], SmallSeries.Gap);
            }
        }

        if (variant == "bands")
            series.Work.Text("stack.vrt", Stack(series.Work));
        LdnProcess.Run(series.Work.Folder,
        [
            "productivity", "--series", .. given, "--years", "2000-2015", "--scale", "0.0001", "--units", "units.tif", "--like",
            "units.tif",
            "--zones", "zones.geojson", "--zone-id", "id", "--out", "varied",
        ]).Succeeded();
        string[] compared = [.. s_rasters.Select(r => $"baseline_{r}.tif"), "summary.csv", "sensitivity.csv"];
        foreach (string file in compared)
        {
            if (file.EndsWith(".tif", StringComparison.Ordinal))
                Assert.That(series.Read($"varied/{file}"), Is.EqualTo(series.Read($"plain/{file}")), file);
            else
                Assert.That(
                    File.ReadAllText(series.Work[$"varied/{file}"]), Is.EqualTo(File.ReadAllText(series.Work[$"plain/{file}"])),
                    file);
        }
    }

    [Test]
    public void BeyondARasterIsNoDataWhereItsTypeHasNoValueForThat()
    {
        using var series = new SmallSeries();
        foreach (int year in SmallSeries.Years)
        {
            double[] values = SmallSeries.Values(
                (c, r) => r == SmallSeries.Height - 1 ? SmallSeries.Gap : SmallSeries.Complete(year, c, r));
            series.Work.Raster(SmallSeries.File(year), SmallSeries.Grid, CellType.UInt16, values, SmallSeries.Gap);

            // No cell of 16 unsigned bits is -1.
            series.Work.Raster(
                "v" + SmallSeries.File(year), Workspace.Grid(SmallSeries.Width, SmallSeries.Height - 1, 100, 50, 0.1),
                CellType.UInt16,
                values[..^SmallSeries.Width], -1);
        }

        series.Run("plain");
        LdnProcess.Run(series.Work.Folder,
        [
            "productivity", "--series", .. SmallSeries.Years.Select(y => "v" + SmallSeries.File(y)), "--years", "2000-2015",
            "--scale", "0.0001",
            "--units", "units.tif", "--like", "units.tif", "--out", "varied",
        ]).Succeeded();
        foreach (string raster in s_rasters)
            Assert.That(
                series.Read($"varied/baseline_{raster}.tif"), Is.EqualTo(series.Read($"plain/baseline_{raster}.tif")), raster);
        Assert.That(series.Read("varied/baseline_trend.tif")[^1], Is.Zero);
    }

    [Test]
    public void WaterIsLeftOutOfThePercentiles()
    {
        using var series = new SmallSeries();
        series.Work.Raster("lc.tif", SmallSeries.Grid, CellType.Byte, SmallSeries.Values(SmallSeries.Cover), 0);
        series.Work.Raster(
            "water.tif", SmallSeries.Grid, CellType.Byte, SmallSeries.Values((c, r) => SmallSeries.Cover(c, r) == 7 ? 1 : 0),
            255);
        series.Run("dry").Run("masked", "--water", "water.tif");
        string years = SmallSeries.JobYears("y{0}.tif");
        series.Work.Text("job.json", $$"""
            {
              "periods": { "baseline": { "landCover": [2000, 2015], "productivity": [2000, 2015] } }, "without": ["soil-carbon"],
              "landCover": { "legend": "unccd-7", "years": { "2000": "lc.tif" }, "standIns": { "2015": 2000 } },
              "productivity": { "kind": "series", "years": {{years}}, "scale": 0.0001, "units": ["units.tif"] },
              "outputs": { "rasters": ["parts"] }
            }
            """);
        LdnProcess.Run(series.Work.Folder, ["compute", "job.json", "--out", "computed"]).Succeeded();
        Assert.That(series.Read("computed/baseline_performance.tif"), Is.EqualTo(series.Read("masked/baseline_performance.tif")));
        Assert.That(
            series.Read("computed/baseline_performance.tif").SequenceEqual(series.Read("dry/baseline_performance.tif")),
            Is.False);
        Assert.That(series.Read("computed/baseline_lpd.tif"), Is.EqualTo(series.Read("masked/baseline_lpd.tif")));
    }

    [Test]
    public void WindowsOverlapAndEachPeriodHasItsOwn()
    {
        using var series = new SmallSeries();
        series.Work.Text("job.json", $$"""
            {
              "periods": { "baseline": { "productivity": [2000, 2011] }, "report_1": {} },
              "productivity": { "kind": "series", "years": {{SmallSeries.JobYears("y{0}.tif")}}, "scale": 0.0001, "units": ["units.tif"],
                "periods": { "report_1": [2004, 2015] } }
            }
            """);
        LdnProcess.Run(series.Work.Folder, ["productivity", "job.json", "--out", "both", "--threads", "3"]).Succeeded();
        LdnProcess.Run(series.Work.Folder,
        [
            "productivity", "--series", .. Enumerable.Range(2004, 12).Select(SmallSeries.File), "--years", "2004-2015", "--scale",
            "0.0001", "--units", "units.tif",
            "--out", "last",
        ]).Succeeded();
        foreach (string raster in s_rasters)
            Assert.That(
                series.Read($"both/report_1_{raster}.tif"), Is.EqualTo(series.Read($"last/baseline_{raster}.tif")), raster);
        Assert.That(series.Read("both/baseline_trend_s.tif"), Is.Not.EqualTo(series.Read("both/report_1_trend_s.tif")));
    }

    [Test]
    public void ThreadsChangeNoByte()
    {
        using SmallSeries series = new SmallSeries().Run("one", "--threads", "1").Run("three", "--threads", "3");
        foreach (
            string file in Directory.EnumerateFiles(series.Work["one"]).Select(f => Path.GetFileName(f)!)
                .Where(f => f != "provenance.json"))
            Assert.That(
                File.ReadAllBytes(series.Work[$"three/{file}"]), Is.EqualTo(File.ReadAllBytes(series.Work[$"one/{file}"])), file);
    }

    private static string Stack(Workspace work) => $"""
        <VRTDataset rasterXSize="{SmallSeries.Width}" rasterYSize="{SmallSeries.Height}">
          <SRS>EPSG:4326</SRS><GeoTransform>100, 0.1, 0, 50, 0, -0.1</GeoTransform>
          {string.Concat(SmallSeries.Years.Select((y, i) => $"""
            <VRTRasterBand dataType="UInt16" band="{i + 1}"><NoDataValue>{SmallSeries.Gap}</NoDataValue>
              <SimpleSource><SourceFilename relativeToVRT="0">{work[SmallSeries
                  .File(y)]}</SourceFilename><SourceBand>1</SourceBand></SimpleSource>
            </VRTRasterBand>
            """))}
        </VRTDataset>
        """;

    private static double[] Pixel(int i) =>
        [.. SmallSeries.Years.Select(y => SmallSeries.Index(y, i % SmallSeries.Width, i / SmallSeries.Width))
            .Select(v => v == SmallSeries.Gap ? double.NaN : v * 0.0001)];

    private static double Rounded(double[] pixel, ProductivityOptions options) =>
        Math.Round(PerformanceLaw.WindowMean(pixel, options) / 0.0001) * 0.0001;

    /// <summary>The 90th percentile of the pixel's unit in its zone, by sorting.</summary>
    private static double Limit(double[][] pixels, int pixel, ProductivityOptions options)
    {
        (double Unit, bool West) Of(int i) => (
            SmallSeries.Unit(i % SmallSeries.Width, i / SmallSeries.Width), i % SmallSeries.Width < SmallSeries.Width / 2);
        if (Of(pixel).Unit == 255)
            return double.NaN;
        double[] sorted = [
            .. Enumerable.Range(0, pixels.Length).Where(i => Of(i) == Of(pixel)).Select(i => Rounded(pixels[i], options))
                .Where(m => !double.IsNaN(m)).Order()];
        double position = 0.9 * (sorted.Length - 1);
        int low = (int)position;
        return sorted[low] + ((position - low) * (sorted[Math.Min(low + 1, sorted.Length - 1)] - sorted[low]));
    }
}
