using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Ldn.Rasters;
using Ldn.Tests;

namespace Ldn.Cli.Tests.Inputs;

/// <summary>
/// The fifteen cases of ../shared/faults once more, with inputs made here: wherever that folder is not, and as a first relative
/// of each. The figures must be those of the same job as it should have been given.
/// </summary>
[NonParallelizable]
internal sealed class MadeFaultTests
{
    private static IEnumerable<TestCaseData> Cases() => new (string Folder, Action<SmallJob> Holds)[]
    {
        ("01-masks", job =>
        {
            MaskTests.Tag(job, "soc1.tif");
            string expected = Figures(job);
            MaskTests.Mask(job.Work, "soc1.tif", "beside", "LZW");
            Assert.That(Figures(job), Is.EqualTo(expected));
        }),
        ("02-series-values", job =>
        {
            for (int year = 2001; year <= 2010; year++)
                job.Work.Raster(
                    $"ndvi{year}.tif", SmallJob.Grid, CellType.UInt16,
                    SmallJob.Values((c, r) => c < 3 ? 65535 : 3000 + (40 * ((c * r * year) % 7))), 1);
            string[] series =
            [
                "productivity", "--years", "2001-2010", "--units", "lc0.tif", "--out", "series", "--no-progress", "--rasters",
                "none", "--series", .. Enumerable.Range(2001, 10).Select(y => $"ndvi{y}.tif"),
            ];
            InputCase.Refuses(InputCase.Call(job, series), ExitCode.Input, "impossible values", "--scale 0.0001");
            InputCase.Refuses(
                InputCase.Call(job, [.. series, "--scale", "0.0001"]), ExitCode.Input, "65535 = 6.5535 (90 pixels)",
                "--nodata productivity=65535");
            InputCase.Call(job, [.. series, "--scale", "0.0001", "--nodata", "productivity=65535"]).Succeeded();
        }),
        ("04-gdal-names", job =>
        {
            Tool(job, "gdal_translate", "-q", "-of", "netCDF", "lc0.tif", "lc.nc");
            foreach (string name in new[] { "NETCDF:lc.nc:Band1", "NETCDF:\"lc.nc\":Band1", "file://" + job["lc0.tif"] })
            {
                job.Flags["--land-cover-initial"] = name;
                InputCase.Read(job);
            }
        }),
        ("06-aridity-10000", job =>
        {
            job.Work.Raster("ai.tif", SmallJob.Grid, CellType.Int32, SmallJob.Values((c, r) => 200 * (c + r)), -1);
            string text = SmallJob.JobFile.Replace(
                "\"rules\"", "\"strata\": { \"aridity\": \"ai.tif\" }, \"rules\"", StringComparison.Ordinal);
            job.Work.Text("job.json", text);
            foreach (string verb in new[] { "validate", "compute" })
                InputCase.Refuses(
                    InputCase.Call(job, [verb, "job.json", .. Out(verb)]), ExitCode.Input, "ai.tif", "gdal_translate -a_scale");
            Tool(job, "gdal_translate", "-q", "-a_scale", "0.0001", "ai.tif", "scaled.tif");
            job.Work.Text("job.json", text.Replace("ai.tif", "scaled.tif", StringComparison.Ordinal));
            InputCase.Call(job, ["compute", "job.json", "--out", "result", "--rasters", "none"]).Succeeded();
            Assert.That(
                CsvRows.Read(job["result/drylands.csv"]).Skip(1).Take(4).Select(r => r.Number("land_km2")), Has.All.Positive,
                "every class but hyper-arid, which lies under water");
        }),
        ("08-shapefile-real-ids", job =>
        {
            job.Work.Zones("n.geojson", [
                ("\"code\": 110000.0", Workspace.Rectangle(100, 47, 102, 50)),
                ("\"code\": 120000.5", Workspace.Rectangle(102, 47, 104, 50))]);
            Tool(job, "ogr2ogr", "-f", "ESRI Shapefile", "z.shp", "n.geojson");
            (job.Flags["--zones"], job.Flags["--zone-id"], job.Flags["--zone-name"]) = ("z.shp", "code", "code");
            Figures(job);
            Assert.That(InputCase.Names(job), Is.EqualTo(new[] { "110000", "120000.5" }));
        }),
        ("09-activity-fields", job =>
        {
            job.Work.Zones(
                "a.geojson",
                [("\"ID\":\"a1\",\"Name\":\"Belt\",\"Stakeholder\":\"Agency\",\"TYPE\":\"planting\",\"start_year\":\"2005\"",
                    Workspace.Rectangle(100.5, 48, 102, 49))]);
            Tool(job, "ogr2ogr", "-f", "ESRI Shapefile", "a.shp", "a.geojson");
            job.Flags["--activities"] = "a.shp";
            Figures(job);
            Assert.That(
                CsvRows.Read(job["result/activities.csv"])[0].Key(
                    "activity_id", "activity_name", "stakeholder", "type", "start_year"),
                Is.EqualTo("a1/Belt/Agency/planting/2005"));
        }),
        ("10-condition-float", job =>
        {
            string[] found = [.. new[] { CellType.Byte, CellType.Float32, CellType.Int32 }.Select(type =>
            {
                job.Work.Raster("c.tif", SmallJob.Grid, type, SmallJob.Values((c, r) => 1 + ((c + r) % 3)), 0);
                InputCase.Call(job, ["summarize", "--condition", "c.tif", "--out", "o", "--overwrite"]).Succeeded();
                return File.ReadAllText(job["o/summary.csv"]);
            })];
            Assert.That(found, Has.All.EqualTo(found[0]));
            CsvLine degraded = CsvRows.Read(job["o/summary.csv"])
                .Single(r => r["indicator"] == "sdg_15_3_1" && r["class"] == "degraded");
            Assert.That(degraded.Pixels, Is.EqualTo(400));
        }),
        ("11-impossible-grid", job =>
        {
            job.Work.Raster(
                "lpd.tif", Workspace.Grid(40, 30, 300_000, 5_300_000, 250), CellType.Byte, SmallJob.Values(SmallJob.Lpd), 0);
            InputCase.Refused(job, "lpd.tif", "Earth", "-a_srs");
        }),
        ("12-netcdf-without-crs", job =>
            Assert.That(NetcdfTests.WithoutMapping(job, "soc0.tif"), Does.Contain("taken as WGS 84"))),
        ("14-half-cell-shift", job =>
        {
            job.Work.Raster(
                "lpd.tif", SmallJob.Grid with { OriginX = SmallJob.West - (SmallJob.Cell / 2) }, CellType.Byte,
                SmallJob.Values((c, _) => 1 + (c % 5)), 0);
            InputCase.Computed(job, "half a cell beside the run's grid");
        }),
        ("17-locked-geopackage", job =>
        {
            WhenAllIsRun();
            InputCase.Convert(job, "z.gpkg", "GPKG");
            job.Flags["--zones"] = "z.gpkg";
            using (Process editor = Lock(job["z.gpkg"]))
            {
                InputCase.Refuses(InputCase.Run(job), ExitCode.Temporary, "z.gpkg", "another program");
                editor.StandardInput.Close();
                editor.WaitForExit();
            }

            InputCase.Read(job);
        }),
        ("18-job-type-errors", job =>
        {
            foreach ((string of, string to, string says) in new[]
            {
                ("\"baseline\": {", "\"baseline\": [2000, 2015], \"report_1\": {", "periods.baseline must be an object"),
                ("\"strict\"", "\"strict\", \"socThreshold\": \"10\"", "must be a number, without quotes"),
                ("\"landCover\": [2000, 2015]", "\"landCover\": \"2000-2015\"", "periods.baseline.landCover"),
            })
            {
                job.Work.Text("job.json", SmallJob.JobFile.Replace(of, to, StringComparison.Ordinal));
                InputCase.Refuses(InputCase.Call(job, ["compute", "job.json", "--out", "result"]), ExitCode.Usage, says);
            }

            File.WriteAllText(job["job.json"], SmallJob.JobFile, Encoding.Unicode);
            InputCase.Refuses(InputCase.Call(job, ["compute", "job.json", "--out", "result"]), ExitCode.Usage, "UTF-16");
        }),
        ("19-archives", job =>
        {
            using (ZipArchive zip = ZipFile.Open(job["soc.zip"], ZipArchiveMode.Create))
                zip.CreateEntryFromFile(job["soc0.tif"], "deep/er/soc0.tif");
            job.Flags["--soc-initial"] = "soc.zip";
            InputCase.Read(job);
        }),
        ("22-small-messages", job =>
        {
            job.Spoil("lpd.tif", CellType.Float32, SmallJob.Lpd, 0, double.NegativeInfinity);
            InputCase.Refused(job, "lpd.tif", "--nodata productivity=-Infinity");
            job.Flags["--nodata"] = "productivity=-inf";
            InputCase.Computed(job);
        }),
        ("23-remedy-loses-zones", job =>
        {
            string text = File.ReadAllText(job["zones.geojson"]);
            int end = text.LastIndexOf(']');
            const string Point = """
                ,{"type":"Feature","properties":{"iso3":"PNT"},"geometry":{"type":"Point","coordinates":[101,48]}}
                """;
            job.Work.Text("zones.geojson", text[..end] + Point + text[end..]);
            InputCase.Read(job, "feature 4 (POINT) is left out");
        }),
    }.Select(c => new TestCaseData(c.Holds).SetArgDisplayNames(c.Folder));

    [TestCaseSource(nameof(Cases))]
    public void Holds(Action<SmallJob> holds)
    {
        using var job = new SmallJob();
        holds(job);
    }

    /// <summary>A lock is waited for most of a minute; in every check NameTests.LockedGeoPackageMayBeTriedAgain does.</summary>
    internal static void WhenAllIsRun()
    {
        FullRun.Only("waits for a lock");
    }

    /// <summary>Holds a GeoPackage as an edit session does, until standard input is closed.</summary>
    internal static Process Lock(string file)
    {
        var editor = Process.Start(new ProcessStartInfo(
            "python3",
            ["-c", "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('BEGIN EXCLUSIVE'); print('held', "
                + "flush=True); sys.stdin.read()", file])
        { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Assert.That(editor.StandardOutput.ReadLine(), Is.EqualTo("held"));
        return editor;
    }

    private static string[] Out(string verb) => verb == "compute" ? ["--out", "result"] : [];

    private static string Figures(SmallJob job)
    {
        InputCase.Computed(job);
        return File.ReadAllText(job["result/summary.csv"]);
    }

    private static void Tool(SmallJob job, string tool, params string[] arguments) =>
        LdnProcess.Tool(job.Work.Folder, tool, arguments).Succeeded();
}
