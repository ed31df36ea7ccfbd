using System.IO.Compression;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Inputs.Cases;

/// <summary>Values and grids whose meaning has to be told from what they are.</summary>
internal static class ValueCases
{
    private const string Conditions = "Condition rasters", Values = "Values", Grids = "Grids", Names = "Names of data sets";

    public static IEnumerable<InputCase> All =>
    [
        new(Conditions, "1 degraded, 2 stable, 3 improved, or -1, 0, 1, in any cell type", "tells the two apart by the values",
            "–", job =>
        {
            string[] found = [.. new[]
            {
                (CellType.Byte, 2), (CellType.Float32, 2), (CellType.Int32, 2), (CellType.SByte, 0), (CellType.Float64, 0),
            }.Select(c => Summarized(job, c.Item1, (column, row) => c.Item2 + ((column + row) % 3) - 1, -9))];
            Assert.That(found, Has.All.EqualTo(found[0]));
        }),
        new(Conditions, "nothing but 1", "asks which it is", "`--condition-encoding byte` or `signed`", job =>
        {
            foreach (CellType type in new[] { CellType.Byte, CellType.Float32, CellType.Int16 })
            {
                job.Work.Raster("c.tif", SmallJob.Grid, type, SmallJob.Values((_, _) => 1), 0);
                InputCase.Refuses(
                    InputCase.Call(job, ["summarize", "--condition", "c.tif", "--out", "o"]), ExitCode.Input,
                    "--condition-encoding byte", "--condition-encoding signed");
            }
        }),
        new(Conditions, "a mixture, such as -1 and 3", "refuses it, whatever else is asked", "write one of the two encodings",
            job =>
        {
            foreach ((int one, int other) in new[] { (-1, 3), (0, 4), (2, -1) })
            {
                job.Work.Raster(
                    "c.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values((c, r) => (c + r) % 2 == 0 ? one : other), -9);
                LdnResult refused = InputCase.Call(
                    job, ["summarize", "--condition", "c.tif", "--out", "o", "--unmapped", "nodata"]);
                InputCase.Refuses(refused, ExitCode.Input, "1 degraded, 2 stable, 3 improved");
                Assert.That(refused.Error, Does.Not.Contain("--unmapped"));
            }
        }),
        new(Values, "an aridity index × 10,000, a vegetation index without its factor, a drought index × 100",
            "refuses them, also in `ldn validate`", "`gdal_translate -a_scale 0.0001`, `--scale`", job =>
        {
            foreach ((string key, double factor) in new[]
            {
                ("\"aridity\": \"x.tif\"", 10_000.0), ("\"drought\": { \"2010\": \"x.tif\" }", 100),
            })
            {
                job.Work.Raster(
                    "x.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values((c, r) => factor * 0.02 * (c + r)), -9999);
                job.Work.Text("job.json", SmallJob.JobFile.Replace(
                    "\"rules\"", $"\"strata\": {{ {key} }}, \"rules\"", StringComparison.Ordinal));
                InputCase.Refuses(
                    InputCase.Call(job, ["validate", "job.json"]), ExitCode.Input, "x.tif", "impossible values", "-a_scale");
            }
        }),
        new(Grids, "a netCDF with axes of degrees and no grid mapping", "takes it for WGS 84, and says so", "–", job =>
        {
            foreach (string order in new[] { "falling", "rising" })
                Assert.That(NetcdfTests.WithoutMapping(job, "soc0.tif", order), Does.Contain("taken as WGS 84"));
        }),
        new(Names, "`.shz`, and quotes round an archive's name", "reads them", "–", job =>
        {
            InputCase.Convert(job, "z.shz", "ESRI Shapefile");
            job.Flags["--zones"] = "z.shz";
            InputCase.Read(job);
            LdnProcess.Tool(job.Work.Folder, "python3", "-m", "zipfile", "-c", "lc.zip", "lc0.tif").Succeeded();
            job.Flags["--land-cover-initial"] = "/vsizip/\"lc.zip\"/lc0.tif";
            InputCase.Read(job);
        }),
        new(Names, "`.kmz` of Google Earth, with pictures beside its places; `/vsizip/z.kmz`", "reads the places", "–", job =>
        {
            InputCase.Convert(job, "z.kml", "KML", "-nln", "places");
            job.Flags["--zone-id"] = "iso3";
            job.Flags["--zone-name"] = "Name";
            job.Flags["--zones"] = "z.kml";
            InputCase.Read(job);
            LdnProcess.Tool(job.Work.Folder, "gdal_translate", "-q", "-of", "PNG", "lc0.tif", "icon.png").Succeeded();
            using (ZipArchive zip = ZipFile.Open(job["z.kmz"], ZipArchiveMode.Create))
                foreach ((string file, string entry) in new[] { ("z.kml", "doc.kml"), ("icon.png", "files/icon.png") })
                    zip.CreateEntryFromFile(job[file], entry);
            foreach (string name in new[] { "z.kmz", "/vsizip/z.kmz", $"/vsizip/{job["z.kmz"]}", "/vsizip/z.kmz/doc.kml" })
            {
                job.Flags["--zones"] = name;
                InputCase.Read(job);
            }

            Assert.That(InputCase.Call(job, ["info", "z.kmz"]).Succeeded().Out, Does.Contain("features  3"));
        }),
        new(Names, "a `.kmz` of several KML files", "refuses it, with the names to give", "name one", job =>
        {
            InputCase.Convert(job, "z.kml", "KML");
            using (ZipArchive zip = ZipFile.Open(job["z.kmz"], ZipArchiveMode.Create))
                foreach (string entry in new[] { "doc.kml", "more.kml" })
                    zip.CreateEntryFromFile(job["z.kml"], entry);
            job.Flags["--zones"] = "z.kmz";
            InputCase.Refused(job, "2 data sets", "/z.kmz/doc.kml", "/z.kmz/more.kml");
        }),
        new(Names, "a shapefile without its `.shx`, or without its `.dbf`", "refuses it, and says which file lacks",
            "all files of the shapefile; `ogrinfo --config SHAPE_RESTORE_SHX YES`", job =>
        {
            InputCase.Convert(job, "z.shp", "ESRI Shapefile");
            job.Flags["--zones"] = "z.shp";
            File.Move(job["z.dbf"], job["kept.dbf"]);
            InputCase.Refused(job, "no attribute 'iso3'", ".dbf");
            File.Move(job["kept.dbf"], job["z.dbf"]);
            File.Delete(job["z.shx"]);
            InputCase.Refused(job, "its index z.shx is missing", "SHAPE_RESTORE_SHX");
            LdnProcess.Tool(job.Work.Folder, "ogrinfo", "--config", "SHAPE_RESTORE_SHX", "YES", job["z.shp"]).Succeeded();
            InputCase.Read(job);
        }),
        new(Names, "a layer named as QGIS does (`z.gpkg\\|layername=zones`)", "refuses it, and says how it is named here",
            "`--zone-layer`", job =>
        {
            job.Flags["--zones"] = "zones.geojson|layername=zones";
            InputCase.Refused(job, "--zone-layer", "zones.geojson");
        }),
    ];

    private static string Summarized(SmallJob job, CellType type, Func<int, int, double> condition, double noData)
    {
        job.Work.Raster("c.tif", SmallJob.Grid, type, SmallJob.Values(condition), type == CellType.Byte ? 0 : noData);
        InputCase.Call(job, ["summarize", "--condition", "c.tif", "--out", "o", "--overwrite"]).Succeeded();
        return File.ReadAllText(job["o/summary.csv"]);
    }
}
