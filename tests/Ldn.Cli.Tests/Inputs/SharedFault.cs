using Ldn.Tests;

namespace Ldn.Cli.Tests.Inputs;

/// <summary>
/// One of the cases that users reported, with inputs of its own maker: five plain rasters of 100 × 100 cells (<c>lc0.tif lc1.tif
/// lpd.tif s0.tif s1.tif</c>) and what the case adds. The figures it must come to stand in the case's own words.
/// </summary>
internal sealed class SharedFault : IDisposable
{
    private readonly SmallJob _job = new();

    /// <exception cref="IgnoreException">The cases, or a Python with GDAL, are not here.</exception>
    public SharedFault(string name)
    {
        string make = Path.GetFullPath(Path.Combine(TestData.Root, "..", "shared", "faults", name, "make.py"));
        if (!File.Exists(make))
            Assert.Ignore($"the case is not here: ../shared/faults/{name}");
        const string python = "/usr/bin/python3";
        if (LdnProcess.Tool(_job.Work.Folder, python, "-c", "import numpy, osgeo.gdal").ExitCode != 0)
            Assert.Ignore($"{python} has no numpy or no GDAL");
        LdnProcess.Tool(_job.Work.Folder, python, make, _job.Work.Folder).Succeeded();
    }

    public string this[string name] => _job[name];

    public static SharedFault Of(string name) => new(name);

    /// <summary>Any command in the folder of the case, on its result folder <c>o</c>.</summary>
    public LdnResult Run(params string[] arguments) => InputCase.Call(_job, arguments);

    /// <summary>A run of one period from five rasters.</summary>
    public LdnResult Five(string cover, string later, string lpd, string before, string after, params string[] more) => Run(
        ["compute", "--land-cover-initial", cover, "--land-cover-final", later, "--legend", "unccd-7", "--lpd", lpd,
            "--soc-initial", before, "--soc-final", after, "--no-progress", "--rasters", "none", "--tables", "csv",
            "--overwrite", "--out", "o", .. more]);

    /// <summary>The five plain rasters.</summary>
    public LdnResult Plain(params string[] more) => Five("lc0.tif", "lc1.tif", "lpd.tif", "s0.tif", "s1.tif", more);

    /// <summary>The figures of a run that must succeed.</summary>
    public string Figures(LdnResult result)
    {
        result.Succeeded();
        return File.ReadAllText(this["o/summary.csv"]);
    }

    /// <summary>A figure of the first line of the headline.</summary>
    public double Headline(LdnResult result, string column)
    {
        result.Succeeded();
        return Rows("headline")[0].Number(column);
    }

    public IReadOnlyList<CsvLine> Rows(string table) => CsvRows.Read(this[$"o/{table}.csv"]);

    /// <summary>How many cells of a raster of the result hold each value.</summary>
    public IReadOnlyDictionary<double, int> Cells(string raster) =>
        Workspace.Read(this[$"o/{raster}.tif"]).Values.CountBy(v => v).ToDictionary();

    public void Dispose() => _job.Dispose();
}
