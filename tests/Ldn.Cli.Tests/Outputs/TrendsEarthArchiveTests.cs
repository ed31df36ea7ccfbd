using System.Text.Json.Nodes;
using Ldn.Cli.Tests.Reports;
using Ldn.Rasters;
using Ldn.Tests;

namespace Ldn.Cli.Tests.Outputs;

/// <summary>
/// The archive that PRAIS imports, read back by a reader in another language (tests/archive/read_archive.py) that knows the
/// published shape and the sums which must hold;
/// figure by figure beside the reference engine's own output where there is one.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class TrendsEarthArchiveTests
{
    private static string Corrected(string periods, string to, string layer) =>
        $"\"periods\":\"{periods}\",\"degraded_to\":\"{to}\",\"stable_to\":\"degraded\",\"improved_to\":\"\",\"layer\":\"{layer}\",\"justification\":\"seen\",\"process\":\"felling\",\"basis\":\"visit\"";

    [TestCase("01-mongolia-steppe", 2000, 2000, "\"kind\": \"lpd\", \"periods\": { \"baseline\": \"{0}lpd.tif\" }")]
    [TestCase("03-taymyr-high-latitude", 2001, 2008,
        "\"kind\": \"parts\", \"periods\": { \"baseline\": { \"trend\": \"{0}trajectory.tif\", \"state\": \"{0}state.tif\", "
            + "\"performance\": \"{0}performance.tif\" } }")]
    public void FiguresAndMapsAreThoseOfTheReferenceEngine(string scene, int first, int firstOfProductivity, string productivity)
    {
        string expected = TestData.Real($"trends-earth-scenes/{scene}/expected/engine_summary.json");
        string input = Path.GetDirectoryName(TestData.Real($"trends-earth-scenes/{scene}/input/aoi.geojson"))! + "/";
        using var work = new Workspace();
        work.Text("job.json", $$"""
            {
              "periods": { "baseline": { "landCover": [{{first}}, 2015], "soilCarbon": [{{first}}, 2015], "productivity": [{{firstOfProductivity}}, 2015] } },
              "landCover": { "legend": "unccd-7", "years": { "{{first}}": "{{input}}land_cover_{{first}}.tif", "2015": "{{input}}land_cover_2015.tif" } },
              "productivity": { {{productivity.Replace("{0}", input, StringComparison.Ordinal)}} },
              "soilCarbon": { "years": { "{{first}}": "{{input}}soc_{{first}}.tif", "2015": "{{input}}soc_2015.tif" } },
              "strata": { "population": { "2015": { "total": "{{input}}population_total.tif" } } },
              "zones": [ { "file": "{{input}}aoi.geojson", "id": "name" } ],
              "rules": { "profile": "trends-earth" },
              "outputs": { "rasters": ["none"], "tables": ["trends-earth"], "reportDate": "2026-11-30" }
            }
            """);
        LdnProcess.Run(work.Folder, ["compute", "job.json", "--out", "result"]).Succeeded();
        JsonNode read = Read(work["result/trends-earth.tar.gz"], "--engine", expected);
        Assert.That((double)read["worst"]!, Is.LessThan(1e-9));
        Assert.That(
            File.ReadAllText(work["result/trends-earth/area-of-interest_sdg-15-3-1-summary_summary.json"]),
            Does.Contain("\"date\": \"2026-11-30T00:00:00+00:00\""));

        // Cell by cell in the polygon: band, the raster of the reference.
        string[] bands = [.. read["bands"]!.AsArray().Select(b => (string)b!)];
        string raster = work["result/trends-earth/area-of-interest_sdg-15-3-1-summary.tif"];
        foreach ((string band, string reference) in new[]
        {
            ("SDG 15.3.1 Indicator", "expected/sdg.tif"), ("Land cover (degradation)", "input/derived/lc_degradation.tif"),
            ("Land cover transitions", "input/derived/lc_transitions.tif"),
            ("Soil organic carbon (degradation)", "input/derived/soc_percent_change.tif"),
        })
        {
            (Grid grid, double[] ours, _) = Workspace.Read($"{raster}#band={Array.IndexOf(bands, band) + 1}");
            (Grid other, double[] theirs, _) = Workspace.Read(TestData.Real($"trends-earth-scenes/{scene}/{reference}"));
            int across = (int)Math.Round((grid.OriginX - other.OriginX) / grid.CellWidth),
            down = (int)Math.Round((grid.OriginY - other.OriginY) / grid.CellHeight), compared = 0;
            for (int i = 0; i < ours.Length; i++)
            {
                (int row, int column) = (i / grid.Width + down, i % grid.Width + across);
                if (ours[i] == -32768 || row < 0 || column < 0 || row >= other.Height || column >= other.Width)
                    continue;
                compared++;
                if (ours[i] != theirs[(row * other.Width) + column])
                    Assert.Fail($"{band}, cell {i}: {ours[i]} for {theirs[(row * other.Width) + column]}");
            }

            Assert.That(compared, Is.GreaterThan(40_000), band);
        }
    }

    /// <summary>
    /// No engine's output of two periods is given: figures of both, status, change and people, and every cell of every band
    /// beside a slow second opinion (tests/archive/two_periods.py) over a scene and the same maps turned over.
    /// </summary>
    [Test]
    public void TwoPeriodsAreThoseOfASlowSecondOpinion()
    {
        string input = Path.GetDirectoryName(TestData.Real("trends-earth-scenes/01-mongolia-steppe/input/aoi.geojson"))! + "/";
        string python = Tool.Find("python3"), scene = Path.GetDirectoryName(Path.GetDirectoryName(input))!;
        _ = Tool.Find("gdal_translate");
        string script = Path.Combine(TestData.Root, "tests", "archive", "two_periods.py");
        using var work = new Workspace();
        Assert.That(Tool.Run(python, script, "make", scene, work.Folder).Errors, Is.Empty);
        work.Text("job.json", $$"""
            {
              "periods": { "baseline": { "landCover": [2000, 2015], "soilCarbon": [2000, 2015], "productivity": [2000, 2015] },
                           "report_1": { "landCover": [2015, 2019], "soilCarbon": [2015, 2019], "productivity": [2004, 2019] } },
              "landCover": { "legend": "unccd-7",
                             "years": { "2000": "{{input}}land_cover_2000.tif", "2015": "{{input}}land_cover_2015.tif",
                                        "2019": "cover_2019.tif" } },
              "productivity": { "kind": "lpd", "periods": { "baseline": "{{input}}lpd.tif", "report_1": "lpd_2019.tif" } },
              "soilCarbon": { "years": { "2000": "{{input}}soc_2000.tif", "2015": "{{input}}soc_2015.tif",
                                         "2019": "soc_2019.tif" } },
              "strata": { "population": { "2015": { "total": "{{input}}population_total.tif" },
                                          "2019": { "total": "people_2019.tif" } } },
              "zones": [ { "file": "{{input}}aoi.geojson", "id": "name" } ],
              "rules": { "profile": "trends-earth" },
              "outputs": { "rasters": ["none"], "tables": ["trends-earth"] }
            }
            """);
        LdnProcess.Run(work.Folder, ["compute", "job.json", "--out", "result"]).Succeeded();
        (string output, string errors) = Tool.Run(
            python, script, "compare", scene, work.Folder, work["result/trends-earth"]);
        Assert.That(errors, Is.Empty);
        JsonNode read = JsonNode.Parse(output)!;
        Assert.Multiple(() =>
        {
            Assert.That(read["wrong"]!.AsArray().Select(w => (string)w!), Is.Empty);
            Assert.That(read["missing"]!.AsArray(), Is.Empty);
            Assert.That((int)read["above_zero"]!, Is.GreaterThan(600), "figures that say something");
            Assert.That(read["bands"]!.AsArray(), Has.Count.EqualTo(24));
            Assert.That((double)read["worst"]!, Is.LessThan(1e-9));
        });
    }

    /// <summary>
    /// Two periods, a legend of the country's own, polygons of corrections, people and drought; the same bytes from one worker
    /// and from three.
    /// </summary>
    [Test]
    public void EverythingThatAnArchiveCanHold()
    {
        using SmallJob job = Full();
        job.RunFile(FullJob).Succeeded();
        foreach (string zone in new[] { "MNG", "CHN", "EDGE" })
        {
            JsonNode read = Read(job[$"result/trends-earth-{zone}.tar.gz"]);
            Assert.That(read["files"]!.AsArray(), Has.Count.EqualTo(7), zone);
            Assert.That(read["bands"]!.AsArray().Select(b => (string)b!),
                Does.Contain("Minimum SPI over period").And.Contain("Population at maximum drought")
                .And.Contain("Soil organic carbon degradation (status)")
                    .And.Contain("Population affected by degradation (number of people)"));
        }

        Assert.That(
            Directory.EnumerateFiles(job["result"], "band-of-*"), Is.Empty, "the rasters that the bands come from go again");
        foreach (
            string map in new[]
            {
                "land_cover_2000", "land_cover_2019", "land_cover_change_report_1", "baseline_lpd", "soc_2015",
                "soc_change_report_1", "population_exposed_report_1_total", "drought_block_2000", "drought_exposed_2000_total"
            })
            Assert.That(File.Exists(job[$"result/{map}.tif"]), map);
        JsonNode recode = JsonNode.Parse(File.ReadAllText(job["result/trends-earth/MNG_sdg-15-3-1-summary_summary.json"]))!["land_condition"]!["report_1"]!["period_assessment"]!["error_recode"]!;
        JsonNode properties = recode["features"]!.AsArray().Single()!["properties"]!;
        Assert.That(
            (string)properties["location_name"]!, Is.EqualTo("A"),
            "the polygon of a sub-indicator is in its figures, and no recode of the indicator");
        Assert.That(
            (string)properties["uuid"]!, Is.EqualTo("73aa5fae-e1db-53b3-8a78-a62a7b3da1f8"),
            "uuid5 of ldn:correction:A, by Python");
        Assert.That(properties["periods_affected"]!.AsArray().Select(p => (string)p!), Is.EqualTo(new[] { "report_1" }));

        JsonNode drought = JsonNode.Parse(
            File.ReadAllText(job["result/trends-earth/MNG_drought-vulnerability-summary_summary.json"]))!["drought"]!;
        Assert.That(
            drought["tier_three"]!.ToJsonString(), Is.EqualTo("{\"2018\":{\"name\":\"Mean value\",\"value\":0.25}}"),
            "the index of the country, years without one left out");

        job.RunFile(FullJob, "--threads", "3", "--memory", "64M", "--overwrite").Succeeded();
        byte[] again = File.ReadAllBytes(job["result/trends-earth-MNG.tar.gz"]);
        job.RunFile(FullJob, "--threads", "1", "--overwrite").Succeeded();
        Assert.That(File.ReadAllBytes(job["result/trends-earth-MNG.tar.gz"]), Is.EqualTo(again));
    }

    [Test]
    public void AreasAffectedHaveNoRasters()
    {
        using SmallJob job = Full();
        job.RunFile(FullJob, "--affected-areas-only").Succeeded();
        Assert.That(Read(job["result/trends-earth-MNG.tar.gz"])["bands"]!.AsArray(), Is.Empty);
        Assert.That(Directory.EnumerateFiles(job["result/trends-earth"], "*.tif"), Is.Empty);
    }

    /// <summary>An index that the run computes is called what it is, and by the months that it adds up.</summary>
    [Test]
    public void AComputedIndexIsCalledWhatItIs()
    {
        string monthly = TestData.Real(Path.Combine("drought-examples", "raster", "precipitation.tif"));
        string temperature = monthly.Replace("precipitation", "tmean", StringComparison.Ordinal);
        using var work = new Workspace();
        (Grid grid, double[] first, _) = Workspace.Read(monthly + "#band=1");
        foreach ((string name, double value) in new[] { ("c0", 2.0), ("c1", 3), ("lpd", 4), ("s0", 50), ("s1", 51) })
            work.Raster(name + ".tif", grid, CellType.Byte, [.. first.Select(_ => value)], 0);
        work.Text("job.json", $$"""
            {
              "periods": { "baseline": { "landCover": [2000, 2015], "productivity": [2000, 2015], "soilCarbon": [2000, 2015] } },
              "landCover": { "legend": "unccd-7", "years": { "2000": "c0.tif", "2015": "c1.tif" } },
              "productivity": { "kind": "lpd", "periods": { "baseline": "lpd.tif" } },
              "soilCarbon": { "years": { "2000": "s0.tif", "2015": "s1.tif" } },
              "strata": { "drought": { "index": "spei", "months": 6, "precipitation": { "layers": ["{{monthly}}"] },
                                       "pet": { "method": "thornthwaite", "mean": { "layers": ["{{temperature}}"] } } } },
              "outputs": { "rasters": ["none"], "tables": ["trends-earth"] }
            }
            """);
        LdnProcess.Run(work.Folder, ["compute", "job.json", "--out", "result"]).Succeeded();
        Read(work["result/trends-earth.tar.gz"]);
        string key = Directory.EnumerateFiles(
            work["result/trends-earth"], "*_drought-vulnerability-summary_band_key.json").Single();
        JsonArray bands = JsonNode.Parse(File.ReadAllText(key))!["bands"]!.AsArray();
        Assert.That(bands.Select(b => (string)b!["name"]!), Has.All.EqualTo("Minimum SPEI over period"));
        Assert.That(bands.Select(b => (int)b!["metadata"]!["lag"]!), Has.All.EqualTo(6));
        Assert.That(
            bands.Select(b => (int)b!["metadata"]!["year_initial"]!), Is.EqualTo(new[] { 2000, 2004, 2008, 2012, 2016, 2020 }));
    }

    /// <summary>Zones of a raster: the border of the archive is the outline of their cells, of the same area.</summary>
    [Test]
    public void ZonesOfARasterHaveTheOutlineOfTheirCells()
    {
        using var job = new SmallJob();
        job.Work.Raster(
            "zones.tif", SmallJob.Grid, CellType.Byte,
            SmallJob.Values(
                (c, r) => (c is >= 5 and < 20 && r is >= 5 and < 20 && !(c is >= 8 and < 10 && r is >= 8 and < 12))
                    || (c == 20 && r == 20) ? 7 : 0),
            0);
        job.RunFile(SmallJob.JobFile.Replace("{ \"file\": \"zones.geojson\", \"id\": \"iso3\", \"name\": \"name\" }", "{ \"file\": \"zones.tif\" }", StringComparison.Ordinal)
            .Replace("\"outputs\": {", "\"outputs\": { \"tables\": [\"trends-earth\"],", StringComparison.Ordinal)).Succeeded();
        Read(job["result/trends-earth.tar.gz"]);
        JsonNode border = JsonNode.Parse(
            File.ReadAllText(job["result/trends-earth/7_sdg-15-3-1-summary_aoi.geojson"]))!["features"]![0]!["geometry"]!;
        JsonArray polygons = border["coordinates"]!.AsArray();
        Assert.That(
            ((string)border["type"]!, polygons.Count, polygons[0]!.AsArray().Count), Is.EqualTo(("MultiPolygon", 2, 2)),
            "the square with its hole, and the cell that touches a corner");
        double area = polygons.SelectMany(
            p => p!.AsArray().Select((ring, i) => (i == 0 ? 1 : -1) * Math.Abs(Shoelace(ring!.AsArray())))).Sum();
        Assert.That(area, Is.EqualTo(((15 * 15) - 8 + 1) * 0.01).Within(1e-9));
    }

    [TestCase("\"without\": [\"soil-carbon\"],", "no soil-carbon")]
    public void APartialRunIsRefusedBeforeAnythingIsComputed(string change, string expected)
    {
        using var job = new SmallJob();
        LdnResult result = job.RunFile(
            SmallJob.JobFile.Replace("\"name\": \"small\",", change, StringComparison.Ordinal), "--tables", "trends-earth");
        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain(expected).And.Contain("leave trends-earth out"));
        Assert.That(Directory.Exists(job["result"]), Is.False);
    }

    private const string FullJob = """
        {
          "name": "small",
          "periods": { "baseline": { "landCover": [2000, 2015], "productivity": [2000, 2015], "soilCarbon": [2000, 2015] },
                       "report_1": { "landCover": [2015, 2023], "productivity": [2008, 2023], "soilCarbon": [2015, 2023] } },
          "landCover": { "legend": "own.csv", "years": { "2000": "lc0.tif", "2015": "lc1.tif", "2019": "lc2.tif" }, "standIns": { "2023": 2019 } },
          "productivity": { "kind": "lpd", "periods": { "baseline": "lpd.tif", "report_1": "lpd2.tif" } },
          "soilCarbon": { "kind": "stocks", "years": { "2000": "soc0.tif", "2015": "soc1.tif", "2023": "soc2.tif" } },
          "zones": [ { "file": "zones.geojson", "id": "iso3", "name": "name" } ],
          "strata": { "population": { "2000": { "total": "people.tif" }, "2015": { "total": "more.tif" } },
                      "drought": { "2001": "spi1.tif", "2003": "spi2.tif" }, "vulnerability": { "ready": "dvi.tif" } },
          "corrections": { "file": "fix.geojson" },
          "outputs": { "rasters": ["none"], "tables": ["csv", "trends-earth", "gpkg"] }
        }
        """;

    private static SmallJob Full()
    {
        var job = new SmallJob();
        Workspace work = job.Work;
        work.Text(
            "own.csv",
            "code,name,color,unccd\n1,Forest of larch and "
                + "pine,#787f1b,1\n2,Steppe,#ffac42,2\n3,Wheat,#fffb6e,3\n4,Reed,#00db84,4\n5,Town,#e60017,5\n6,Forest of larch "
                + "and piny sand,#fff3d7,6\n7,Lake,#0053c4,7\n");
        work.Raster(
            "lc2.tif", SmallJob.Grid, CellType.Byte, SmallJob.Values((c, r) => c == 30 ? 7 : SmallJob.CoverBefore(c + 1, r)), 0);
        work.Raster("lpd2.tif", SmallJob.Grid, CellType.Byte, SmallJob.Values((c, r) => SmallJob.Lpd(c + 2, r)), 0);
        work.Raster("soc2.tif", SmallJob.Grid, CellType.Int16, SmallJob.Values((c, r) => 90 + ((c + (3 * r)) % 30)), -32768);
        work.Raster("people.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values((c, r) => (c + r) % 4 * 1.3), -1);
        work.Raster("more.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values((c, r) => (c + r) % 5 * 2.5), -1);
        work.Raster(
            "spi1.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values((c, r) => c == 9 ? -9999 : ((c + r) % 9 * 0.5) - 2.5),
            -9999);
        work.Raster(
            "spi2.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values((c, r) => c == 9 ? -9999 : ((c * r) % 7 * 0.5) - 2),
            -9999);
        work.Raster("dvi.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values((c, _) => c < 20 ? 0.25 : -1), -1);
        work.Zones("fix.geojson",
        [
            ("\"id\":\"A\"," + Corrected("report_1", "stable", "indicator"), Workspace.Rectangle(100.2, 47, 101, 50)),
            (
                "\"id\":\"B\"," + Corrected("baseline;report_1", "improved", "productivity"),
                Workspace.Rectangle(100.5, 48, 103, 49)),
        ]);
        return job;
    }

    private static JsonNode Read(string archive, params string[] more)
    {
        string python = Tool.Find("python3");
        _ = Tool.Find("gdalinfo");
        (string output, string errors) = Tool.Run(
            python, [Path.Combine(TestData.Root, "tests", "archive", "read_archive.py"), archive, .. more]);
        Assert.That(errors, Is.Empty);
        return JsonNode.Parse(output)!;
    }

    private static double Shoelace(JsonArray ring)
    {
        double twice = 0;
        for (int i = 0; i + 1 < ring.Count; i++)
            twice += ((double)ring[i]![0]! * (double)ring[i + 1]![1]!) - ((double)ring[i + 1]![0]! * (double)ring[i]![1]!);
        return twice / 2;
    }
}
