using System.Globalization;
using System.Text.Json.Nodes;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Init;

/// <summary>Rain, temperature and regions in a folder: what init takes them for, and that the job computes.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class MonthlyFolderTests
{
    private const int Width = 8, Height = 6, First = 1981;

    private static Grid Grid => Workspace.Grid(Width, Height, 100, 50, 0.25);

    private static Workspace World(int years, Action<Workspace, Action<string, Func<int, int, double>>> monthly)
    {
        var work = new Workspace();
        Directory.CreateDirectory(work["data/rain"]);
        foreach (int year in new[] { 2000, 2015 })
            work.Raster(
                $"data/lc_{year}.tif", Grid, CellType.Byte, [.. Enumerable.Range(0, Width * Height).Select(i => 1.0 + (i % 7))],
                0);
        monthly(work, (format, value) =>
        {
            for (int m = 0; m < 12 * years; m++)
                work.Raster(
                    "data/" + string.Format(CultureInfo.InvariantCulture, format, First + (m / 12), (m % 12) + 1), Grid,
                    CellType.Float32, [.. Enumerable.Range(0, Width * Height).Select(i => value(i, m))], -9999);
        });
        return work;
    }

    private static double Rain(int cell, int month) => 20 + ((((month * 7919) ^ (cell * 104729)) & 511) / 8.0);

    private static (JsonNode Told, string Job) Init(Workspace work)
    {
        JsonNode told = JsonNode.Parse(LdnProcess.Run(work.Folder, ["init", "data", "--json", "--yes"]).Succeeded().Out)!;
        Assert.That((bool)told["valid"]!, told.ToJsonString());
        return (told, File.ReadAllText(work["data/job.json"]));
    }

    private static string?[] Kinds(JsonNode told, string part) =>
        [.. told["files"]!.AsArray().Where(f => ((string)f!["file"]!).Contains(part))
            .Select(f => (string?)f!["kind"] + "/" + f["detail"]).Distinct()];

    [Test]
    public void ThirtyYearsOfMonthsAreDrought()
    {
        using Workspace work = World(30, (_, write) =>
        {
            write("rain/pr_{0:D4}-{1:D2}.tif", Rain);
            write("tas_{0:D4}{1:D2}.tif", (i, m) => 285 + (i / 10.0) + (10 * Math.Sin((m % 12) * Math.PI / 6)));
        });
        (JsonNode told, string job) = Init(work);
        Assert.That(Kinds(told, "pr_"), Is.EqualTo(new[] { "rain/monthly" }));
        Assert.That(Kinds(told, "tas_"), Is.EqualTo(new[] { "temperature/mean" }));
        Assert.That(told["files"]!.AsArray().All(f => (bool)f!["used"]!), told.ToJsonString());
        Assert.That(
            job,
            Does.Match("(?m)^    \"drought\": \\{ \"index\": \"spi\", \"precipitation\"").And.Contain("rain/pr_2010-12.tif"));
        Assert.That(job, Does.Contain("// Drought with temperature, the SPEI").And.Contain("\"offset\": -273.15"));
        LdnProcess.Run(work.Folder, ["compute", "data/job.json", "--out", "result", "--rasters", "none", "--tables", "csv"])
            .Succeeded();
        Assert.That(CsvRows.Read(work["result/drought.csv"]).Select(r => r["year"]).Distinct().Count(), Is.EqualTo(30));
    }

    /// <summary>The usual reference is not there: which is taken is a person's to say.</summary>
    [Test]
    public void FewYearsAreAComment()
    {
        using Workspace work = World(12, (_, write) =>
        {
            write("rain/pr_{0:D4}-{1:D2}.tif", Rain);
            write("tmin_{0:D4}-{1:D2}.tif", (i, _) => i / 10.0);
            write("tmax_{0:D4}-{1:D2}.tif", (i, _) => 9 + (i / 10.0));
        });
        (JsonNode told, string job) = Init(work);
        Assert.That(
            Kinds(told, "tmin").Concat(Kinds(told, "tmax")), Is.EqualTo(new[] { "temperature/minimum", "temperature/maximum" }));
        Assert.That(job, Does.Not.Match("(?m)^ *\"drought\""));
        Assert.That(
            job, Does.Contain("// Rainfall by month can tell drought").And.Contain("\"reference\": [1981, 1992]")
                .And.Contain("\"method\": \"hargreaves\""));
    }

    /// <summary>A stack of bands by month, as netCDF products give it, is one file.</summary>
    [Test]
    public void AStackOfMonthsIsDroughtToo()
    {
        using Workspace work = World(30, (work, write) =>
        {
            write("rain/pr_{0:D4}-{1:D2}.tif", Rain);
            const string script = """
                import sys, glob, os
                from osgeo import gdal
                files = sorted(glob.glob(sys.argv[1] + '/rain/pr_*.tif'))
                first = gdal.Open(files[0])
                name = sys.argv[1] + '/chirps-v2.0.monthly.tif'
                out = gdal.GetDriverByName('GTiff').Create(name, 8, 6, len(files), gdal.GDT_Float32)
                out.SetGeoTransform(first.GetGeoTransform()); out.SetProjection(first.GetProjection())
                for i, f in enumerate(files):
                    b = out.GetRasterBand(i + 1); b.WriteArray(gdal.Open(f).ReadAsArray()); b.SetNoDataValue(-9999)
                    b.SetDescription(os.path.basename(f)[3:10])
                for f in files: os.remove(f)
                """;
            if (LdnProcess.Tool(work.Folder, "/usr/bin/python3", "-c", "from osgeo import gdal").ExitCode != 0)
                Assert.Ignore("/usr/bin/python3 has no GDAL");
            LdnProcess.Tool(work.Folder, "/usr/bin/python3", "-c", script, work["data"]).Succeeded();
        });
        (JsonNode told, string job) = Init(work);
        Assert.That(Kinds(told, "chirps"), Is.EqualTo(new[] { "rain/monthly" }));
        Assert.That(job, Does.Contain("\"precipitation\": { \"layers\": [\"chirps-v2.0.monthly.tif\"] }"));
    }

    [Test]
    public void RegionsAreProposedByTheirIds()
    {
        using Workspace work = World(0, (work, _) =>
        {
            work.Raster(
                "data/regions.tif", Grid, CellType.Byte,
                [.. Enumerable.Range(0, Width * Height).Select(i => 1.0 + (i % Width / 4))], 0);
        });
        (JsonNode told, string job) = Init(work);
        Assert.That(Kinds(told, "regions"), Is.EqualTo(new[] { "regions/" }));
        Assert.That(job, Does.Contain("// \"regions\": { \"zones\": \"regions.tif\", \"define\": { \"1\": {}, \"2\": {} } },"));
        File.WriteAllText(work["data/job.json"], job.Replace("// \"regions\"", "\"regions\"", StringComparison.Ordinal));
        LdnProcess.Run(work.Folder, ["compute", "data/job.json", "--out", "result", "--rasters", "none", "--tables", "csv"])
            .Succeeded();
        Assert.That(File.ReadAllText(work["result/regions.csv"]), Does.Contain("\n2,2,all,"));
    }
}
