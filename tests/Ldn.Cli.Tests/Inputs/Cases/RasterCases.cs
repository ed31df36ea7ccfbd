using System.IO.Compression;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Inputs.Cases;

/// <summary>Rasters as portals and programs leave them: masks, bands, archives, values and grids.</summary>
internal static class RasterCases
{
    private const string Masks = "Masks", Bands = "Bands", Values = "Values", Names = "Names of data sets", Grids = "Grids";

    private const int Fill = -9999;

    public static IEnumerable<InputCase> All =>
    [
        new(Masks, "validity in a mask inside the file, in a `.msk` beside it, or in an alpha band (`gdalwarp -dstalpha`)",
            "takes masked cells for no data; `ldn info` tells of the mask", "–", job =>
        {
            job.Work.Raster("tag.tif", SmallJob.Grid, CellType.Int16, SmallJob.Values((c, r) => c < 9 && r < 9 ? Fill : 100),
                Fill);
            job.Flags["--soc-initial"] = "tag.tif";
            InputCase.Computed(job);
            string expected = File.ReadAllText(job["result/summary.csv"]);
            Gdal(job, "gdalwarp", "-q", "-dstalpha", "-dstnodata", "None", "tag.tif", "alpha.tif");
            Gdal(job, "gdal_translate", "-q", "-b", "1", "-mask", "2", "alpha.tif", "in.tif", "--config",
                "GDAL_TIFF_INTERNAL_MASK", "YES");
            Gdal(job, "gdal_translate", "-q", "-b", "1", "-mask", "2", "alpha.tif", "by.tif", "--config",
                "GDAL_TIFF_INTERNAL_MASK", "NO");
            foreach (string file in new[] { "alpha.tif", "in.tif", "by.tif" })
            {
                job.Flags["--soc-initial"] = file;
                InputCase.Computed(job);
                Assert.That(File.ReadAllText(job["result/summary.csv"]), Is.EqualTo(expected), file);
                Assert.That(InputCase.Call(job, ["info", file]).Succeeded().Out, Does.Contain("mask "), file);
            }
        }),
        new(Masks, "a mask beside a declared no-data value", "takes both for no data", "–", job =>
        {
            double Stock(int c, int r) => c < 9 && r < 9 ? Fill : c < 20 && r < 4 ? -7 : 100;
            job.Work.Raster("both.tif", SmallJob.Grid, CellType.Int16,
                SmallJob.Values((c, r) => Stock(c, r) < 0 ? Fill : 100), Fill);
            job.Flags["--soc-initial"] = "both.tif";
            InputCase.Computed(job);
            string expected = File.ReadAllText(job["result/summary.csv"]);
            job.Work.Raster("mask.tif", SmallJob.Grid, CellType.Byte,
                SmallJob.Values((c, r) => Stock(c, r) == Fill ? 0 : 255), 1);
            job.Work.Raster("some.tif", SmallJob.Grid, CellType.Int16,
                SmallJob.Values((c, r) => Stock(c, r) == Fill ? 55 : Stock(c, r)), -7);
            Gdal(job, "gdalbuildvrt", "-q", "-separate", "two.vrt", "some.tif", "mask.tif");
            Gdal(job, "gdal_translate", "-q", "-b", "1", "-mask", "2", "-a_nodata", "-7", "two.vrt", "both.tif", "--config",
                "GDAL_TIFF_INTERNAL_MASK", "YES");
            InputCase.Computed(job);
            Assert.That(File.ReadAllText(job["result/summary.csv"]), Is.EqualTo(expected));
        }),
        new(Masks, "a `.msk` that is damaged", "refuses it: no cell is known to be valid", "get it again", job =>
        {
            job.Work.Text("soc0.tif.msk", "no mask");
            InputCase.Refused(job, "soc0.tif.msk", "mask");
            Assert.That(InputCase.Call(job, ["info", "soc0.tif"]).ExitCode, Is.EqualTo(3));
        }),
        new(Bands, "a band of opacity beside the one that is meant", "asks for no band", "–", job =>
        {
            Gdal(job, "gdalwarp", "-q", "-dstalpha", "lc0.tif", "alpha.tif");
            job.Flags["--land-cover-initial"] = "alpha.tif";
            InputCase.Read(job);
        }),
        new(Bands, "a file of several bands whose descriptions tell what they are, as those of Trends.Earth",
            "proposes the band of the layer, and `ldn info` tells each", "the name that is proposed", job =>
        {
            Gdal(job, "gdalbuildvrt", "-q", "-separate", "te.vrt", "soc0.tif", "lpd.tif");
            string text = File.ReadAllText(job["te.vrt"]);
            const string Dynamics = "Land Productivity Dynamics, 2001-2015";
            foreach ((int band, string said) in new[] { (1, "Soil organic carbon, 2000"), (2, Dynamics) })
                text = text.Insert(text.IndexOf('>', text.IndexOf($"band=\"{band}\"", StringComparison.Ordinal)) + 1,
                    $"<Description>{said}</Description>");
            job.Flags["--lpd"] = job.Work.Text("te.vrt", text);
            InputCase.Refused(job, "Soil organic carbon, 2000", "te.vrt#band=2");
            Assert.That(InputCase.Call(job, ["info", "te.vrt"]).Succeeded().Out, Does.Contain(Dynamics));
        }),
        new(Bands, "one band for two years", "refuses it: nothing could change", "`file.tif#band=2`, `standIns`", job =>
        {
            foreach (string name in new[] { "lc0.tif", "lc0.tif#band=1" })
            {
                job.Flags["--land-cover-final"] = name;
                InputCase.Refused(job, "lc0.tif", "initial", "final");
            }
        }),
        new(Bands, "a file of several bands where one is meant", "refuses it, with the bands and the names to give",
            "`file.tif#band=2`", job =>
        {
            Gdal(job, "gdalbuildvrt", "-q", "-separate", "two.vrt", "lpd.tif", "lc0.tif");
            job.Flags["--lpd"] = "two.vrt";
            InputCase.Refused(job, "2 bands where one is meant", "two.vrt#band=1");
            job.Flags["--lpd"] = "two.vrt#band=1";
            InputCase.Read(job);
        }),
        new(Values, "values that cannot be: stocks below 0, infinite ones", "refuses them with value, cells and area",
            "`--nodata soc=VALUE`, or a scale", job =>
        {
            foreach (double bad in new[] { Fill, -0.5, double.PositiveInfinity })
            {
                job.Spoil("soc0.tif", CellType.Float32, (_, _) => 100, -1, bad);
                InputCase.Refused(job, "soc0.tif", "(1 pixels)", "km2", "--nodata soc=");
            }
        }),
        new(Values, "land cover given as productivity, or codes of another legend", "refuses it, and says what it looks like",
            "the right file, `--legend`", job =>
        {
            job.Work.Raster("esa.tif", SmallJob.Grid, CellType.Byte, SmallJob.Values((c, _) => c % 2 == 0 ? 130 : 210), 0);
            job.Flags["--lpd"] = "esa.tif";
            InputCase.Refused(job, "esa.tif", "look like land cover of legend esa-cci");
        }),
        new(Values, "codes of one built-in legend under another", "refuses them, and names the legend", "`--legend igbp`", job =>
        {
            foreach (string file in new[] { "lc0.tif", "lc1.tif" })
                job.Work.Raster(file, SmallJob.Grid, CellType.Byte, SmallJob.Values((c, r) => 1 + ((c + r) % 17)), 255);
            job.Flags["--legend"] = "esa-cci";
            InputCase.Refused(job, "look like legend igbp", "give --legend igbp");
            job.Flags["--legend"] = "igbp";
            job.Flags["--land-cover-final"] = "lpd.tif";
            InputCase.Computed(job);
        }),
        new(Values, "conditions (−1, 0, 1) given as classes of dynamics, classes that were averaged",
            "refuses them, and calls them so", "`--productivity-condition`; `gdalwarp -r near`", job =>
        {
            foreach ((Func<int, int, double> value, string said) in new (Func<int, int, double>, string)[]
            {
                ((c, r) => ((c + r) % 3) - 1, "give the file as --productivity-condition"),
                ((c, r) => c == 0 ? -32768 : ((c + r) % 3) - 1, "give the file as --productivity-condition"),
                ((c, r) => 1.25 + ((c + r) % 4 * 0.5), "resample the classes again by nearest neighbour"),
            })
            {
                job.Work.Raster("x.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values(value), 99);
                job.Flags["--lpd"] = "x.tif";
                Assert.That(InputCase.Refused(job, said).Error, Does.Not.Contain("--nodata"));
            }
        }),
        new(Values, "stocks of two years in different units, land cover given as a stock",
            "computes them, with a warning of both averages; `ldn validate` tells it too", "kg/m² × 10; the right file", job =>
        {
            job.Work.Raster("kg.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values((_, _) => 10), -1);
            foreach ((string file, string mean) in new[] { ("kg.tif", "is 10 t"), ("lc0.tif", "is 3.") })
            {
                job.Flags["--soc-initial"] = file;
                InputCase.Computed(job, "soil carbon initial " + mean, "in t C/ha");
                job.Work.Text("job.json", SmallJob.JobFile.Replace("soc0.tif", file, StringComparison.Ordinal));
                LdnResult validated = InputCase.Call(job, ["validate", "job.json"]).Succeeded();
                Assert.That(validated.Error, Does.Contain("soil carbon 2000 " + mean));
            }
        }),
        new(Values, "stocks beyond 1,000 t C/ha", "computes them, with a warning of the unit", "kg/m² × 10", job =>
        {
            job.Spoil("soc0.tif", CellType.Int16, (_, _) => 100, -32768, 1500);
            InputCase.Computed(job, "more than 1000 in 1 cells");
        }),
        new(Names, "parts of files: `NETCDF:f.nc:var`, `\"…\"` round the file, a netCDF of one variable", "reads them", "–",
            job =>
        {
            Gdal(job, "gdal_translate", "-q", "-of", "netCDF", "lc0.tif", "lc.nc");
            foreach (string name in new[] { "NETCDF:lc.nc:Band1", "NETCDF:\"lc.nc\":Band1", "lc.nc" })
            {
                job.Flags["--land-cover-initial"] = name;
                InputCase.Read(job);
            }
        }),
        new(Names, "archives as they are: `.zip`, `.tif.gz`, `/vsizip/…`", "reads the one data set in them",
            "of several, name one", job =>
        {
            using (ZipArchive zip = ZipFile.Open(job["lc.zip"], ZipArchiveMode.Create))
                zip.CreateEntryFromFile(job["lc0.tif"], "in/lc0.tif");
            using (FileStream gz = File.Create(job["lc.tif.gz"]))
            using (var packed = new GZipStream(gz, CompressionLevel.Fastest))
                packed.Write(File.ReadAllBytes(job["lc0.tif"]));
            foreach (string name in new[] { "lc.zip", "lc.tif.gz", "/vsizip/lc.zip/in/lc0.tif" })
            {
                job.Flags["--land-cover-initial"] = name;
                InputCase.Read(job);
            }
        }),
        new(Names, "a Git LFS pointer, a log-in page, an empty file or Parquet under a raster's name",
            "refuses it, and says what it is", "get the file itself", job =>
        {
            foreach ((string text, string word) in new[]
            {
                ("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", "Git LFS"),
                    ("<!DOCTYPE html><html></html>\n", "web page"),
                ("", "empty"), ("PAR1xxxxPAR1", "Parquet"),
            })
            {
                job.Flags["--lpd"] = job.Work.Text("x.tif", text);
                InputCase.Refused(job, word);
            }
        }),
        new(Grids, "metres labelled as degrees, latitude and longitude exchanged", "refuses them, also in `ldn info`",
            "`gdal_edit.py -a_srs`, `-a_ullr`", job =>
        {
            foreach (Grid grid in new[]
            {
                Workspace.Grid(SmallJob.Width, SmallJob.Height, 500_000, 4_600_000, 100), Workspace.Grid(SmallJob.Width,
                    SmallJob.Height, 46, 101, 0.01),
            })
            {
                job.Work.Raster("off.tif", grid, CellType.Byte, SmallJob.Values(SmallJob.CoverBefore), 0);
                job.Flags["--land-cover-initial"] = "off.tif";
                InputCase.Refused(job, "off.tif", "Earth");
                Assert.That(InputCase.Call(job, ["info", "off.tif"]).ExitCode, Is.EqualTo(3));
            }
        }),
        new(Grids, "a layer half a cell beside the run's grid", "uses each row and column once, and says which", "–", job =>
        {
            job.Work.Raster("half.tif", Workspace.Grid(SmallJob.Width, SmallJob.Height, SmallJob.West, SmallJob.North - 0.05,
                SmallJob.Cell), CellType.Byte,
                SmallJob.Values(SmallJob.Lpd), 0);
            job.Flags["--lpd"] = "half.tif";
            InputCase.Computed(job, "half a cell beside the run's grid");
        }),
    ];

    private static void Gdal(SmallJob job, string tool, params string[] arguments) =>
        LdnProcess.Tool(job.Work.Folder, tool, arguments).Succeeded();
}
