using Ldn.Cli.Tests.Cluster;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Faults;

/// <summary>
/// A run that is to be disturbed: what it is told, and what of its folder it may write. What lies there before it runs must lie
/// there again after a run that fails.
/// </summary>
/// <param name="Work">The folder with the inputs.</param>
/// <param name="Arguments">Of the program.</param>
/// <param name="Outputs">Files and folders that it writes.</param>
internal sealed record FaultScene(Workspace Work, string[] Arguments, params string[] Outputs) : IDisposable
{
    private const string Result = "result";

    private static readonly string[] s_common = ["-q", "--threads", "1"];

    /// <summary>Vector formats, by the file that GDAL makes of the small job's zones.</summary>
    private static readonly Dictionary<string, string> s_vectors = new()
    {
        ["GeoJSONSeq"] = "zones.geojsonl",
        ["GPKG"] = "zones.gpkg",
        ["ESRI Shapefile"] = "zones.shp",
        ["FlatGeobuf"] = "zones.fgb",
        ["GML"] = "zones.gml",
        ["MapInfo File"] = "zones.tab",
    };

    /// <summary>Raster formats, by the file that GDAL makes of the small job's productivity.</summary>
    private static readonly Dictionary<string, string> s_rasters = new()
    {
        ["ENVI"] = "lpd.img",
        ["RST"] = "lpd.rst",
        ["HFA"] = "lpd_hfa.img",
        ["netCDF"] = "lpd.nc",
        ["EHdr"] = "lpd.bil",
        ["AAIGrid"] = "lpd.asc",
        ["SAGA"] = "lpd.sdat",
        ["PNG"] = "lpd.png",
        ["VRT"] = "lpd.vrt",
        ["COG"] = "lpd_cog.tif",
    };

    private static readonly Dictionary<string, Func<FaultScene>> s_others = new()
    {
        ["every writer"] = () => Compute(new SmallJob(), "--rasters", "indicator", "--tables", "csv,json,xlsx,gpkg,html"),
        ["every writer over a result"] = () =>
        {
            var job = new SmallJob();
            job.Run([.. s_common, "--rasters", "indicator", "--soc-threshold", "20"]).Succeeded();
            return Compute(job, "--rasters", "indicator", "--tables", "csv,json,xlsx,gpkg,html", "--overwrite");
        },
        ["GDAL's own reading of a GeoTIFF"] = () => Compute(
            new SmallJob(), "--reader", "gdal", "--rasters", "indicator", "--tables", "csv"),
        ["side files"] = SideFiles,
        ["an archive"] = Archive,
        ["every subject"] = () => Sample(everything: true, _ => { },
            ["compute", "data/job.json", "--out", Result, "--rasters", "none", "--tables", "csv", .. s_common], Result),
        ["plan"] = () => Sample(everything: false, _ => { },
            ["plan", "data/job.json", "--shards", "2", "-o", "run/plan.json", "-q"], "run"),
        ["shard"] = () => Sample(everything: false, job => job.Plan(2).Succeeded(),
            ["compute", "--plan", "run/plan.json", "--shard", "1", .. s_common], "run"),
        ["merge"] = () => Sample(everything: false, Sharded, ["merge", "run/plan.json", "-q", "--out", Result], Result, "run"),
        ["merge to single files"] = () => Sample(everything: false, Sharded,
            ["merge", "run/plan.json", "-q", "--cog", "--out", Result], Result, "run"),
        ["report"] = () => OfResult(["report", "first", "--language", "mn", "--out", Result, "-q"], Result),
        ["neutrality"] = () => OfResult(["neutrality", "first", "--hotspot-km", "500", "--out", Result, .. s_common], Result),
        ["compare"] = () => OfResult(["compare", "first", "first", "--out", Result, .. s_common], Result),
        ["explain"] = () => OfResult(["explain", "first", "--at", "101,48.5", "--page", "cell.html", "-q"], "cell.html"),
        ["summarize"] = () => OfResult(
            ["summarize", "--condition", "first/baseline_indicator.tif", "--zones", "zones.geojson", "--zone-id", "iso3", "--out",
                Result, .. s_common], Result),
        ["sample"] = () => new FaultScene(
            new Workspace(), ["sample", Result, "--width", "60", "--height", "45", "-q"], Result),
        ["init"] = () => Sample(everything: false, job => File.Delete(job.Work["data/job.json"]),
            ["init", "data", "--yes", "-q", "-o", "made.json"], "made.json"),
    };

    /// <summary>All scenes by their names.</summary>
    public static IEnumerable<string> Names => [.. s_others.Keys, .. s_vectors.Keys, .. s_rasters.Keys];

    public static FaultScene Of(string name) => s_others.TryGetValue(name, out Func<FaultScene>? make) ? make()
        : s_vectors.TryGetValue(name, out string? file)
            ? Converted("ogr2ogr", "--zones", ["-f", name, file, "zones.geojson"], file)
        : Converted("gdal_translate", "--lpd", ["-q", "-of", name, "lpd.tif", s_rasters[name]], s_rasters[name]);

    /// <summary>Removes what a run wrote and puts back what lay there before.</summary>
    public void Restore(IReadOnlyDictionary<string, byte[]> before)
    {
        foreach (string output in Outputs)
        {
            if (Directory.Exists(Work[output]))
                Directory.Delete(Work[output], recursive: true);
            File.Delete(Work[output]);
        }

        foreach ((string name, byte[] bytes) in before)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Work[name])!);
            File.WriteAllBytes(Work[name], bytes);
        }
    }

    /// <summary>What lies at the outputs, by name.</summary>
    public Dictionary<string, byte[]> Left() => Outputs.SelectMany(output => File.Exists(Work[output]) ? [Work[output]]
            : Directory.Exists(Work[output]) ? Directory.GetFiles(Work[output], "*", SearchOption.AllDirectories) : [])
        .ToDictionary(file => Path.GetRelativePath(Work.Folder, file), File.ReadAllBytes);

    public void Dispose() => Work.Dispose();

    private static FaultScene Compute(SmallJob job, params string[] more)
    {
        job.Flags["--groups"] = "groups.csv";
        job.Work.Text("groups.csv", "group_id,group_name,zone_id\nG,Both,MNG\nG,Both,CHN\n");
        return new FaultScene(job.Work, [.. job.Arguments([.. s_common, .. more])], Result);
    }

    private static FaultScene Converted(string tool, string flag, string[] arguments, string file)
    {
        var job = new SmallJob();
        LdnProcess.Tool(job.Work.Folder, tool, arguments).Succeeded();
        job.Flags[flag] = file;
        return Compute(job, "--rasters", "none", "--tables", "csv");
    }

    /// <summary>No-data value, scale and place beside the rasters, texts and system beside the zones.</summary>
    private static FaultScene SideFiles()
    {
        var job = new SmallJob();
        string plain = job["plain.tif"];
        LdnProcess.Tool(
            job.Work.Folder, "gdal_translate", "-q", "-of", "GTiff", "-co", "PROFILE=BASELINE", "-co", "TFW=YES",
            "-a_nodata", "0", "lpd.tif", plain).Succeeded();
        LdnProcess.Tool(
            job.Work.Folder, "ogr2ogr", "-f", "ESRI Shapefile", "-lco", "ENCODING=CP1251", "zones.shp", "zones.geojson")
            .Succeeded();
        Assert.That(File.Exists(plain + ".aux.xml"), "no side file");
        job.Work.Raster("soc1.tif", SmallJob.Grid, CellType.Int16, SmallJob.Values((c, r) => 160 + (2 * ((c * r) % 41))), -32768);
        job.Work.Text(
            "soc1.tif.aux.xml", "<PAMDataset><PAMRasterBand band=\"1\"><Scale>0.5</Scale></PAMRasterBand></PAMDataset>");
        (job.Flags["--lpd"], job.Flags["--zones"]) = ("plain.tif", "zones.shp");
        return Compute(job, "--rasters", "none", "--tables", "csv");
    }

    private static FaultScene Archive()
    {
        var job = new SmallJob();
        using (var zip = System.IO.Compression.ZipFile.Open(job["in.zip"], System.IO.Compression.ZipArchiveMode.Create))
            foreach (string name in new[] { "lpd.tif", "zones.geojson" })
                System.IO.Compression.ZipFileExtensions.CreateEntryFromFile(zip, job[name], name);
        job.Flags["--lpd"] = $"/vsizip/{job["in.zip"]}/lpd.tif";
        job.Flags["--zones"] = $"/vsizip/{job["in.zip"]}/zones.geojson";
        return Compute(job, "--rasters", "none", "--tables", "csv");
    }

    private static FaultScene Sample(
        bool everything, Action<ShardedJob> prepare, string[] arguments, params string[] outputs)
    {
        ShardedJob job = ShardedJob.Sample(everything ? 120 : 700, 90);
        if (everything)
            job = ShardedJob.WithEverything(job);
        prepare(job);
        return new FaultScene(job.Work, arguments, outputs);
    }

    private static void Sharded(ShardedJob job)
    {
        job.Plan(2).Succeeded();
        job.Shards(2);
    }

    private static FaultScene OfResult(string[] arguments, params string[] outputs)
    {
        var job = new SmallJob();
        job.Flags["--out"] = "first";
        job.Run("-q", "--rasters", "indicator").Succeeded();
        return new FaultScene(job.Work, arguments, outputs);
    }
}
