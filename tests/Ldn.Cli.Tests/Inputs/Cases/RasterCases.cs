using System.IO.Compression;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Inputs.Cases;

/// <summary>Rasters as portals and programs leave them: masks, bands, archives, values and grids.</summary>
internal static class RasterCases
{
    private const string Masks = "Masks and bands", Values = "Values", Names = "Names of data sets", Grids = "Grids";

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
        new(Masks, "a file of several bands where one is meant", "refuses it, with the bands and the names to give",
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
