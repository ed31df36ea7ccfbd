using System.Text.Json;
using System.Text.Json.Nodes;
using Ldn.Gdal;
using Ldn.Jobs;
using Ldn.Run;
using Ldn.Samples;
using Ldn.Subjects;

namespace Ldn.Cli.Tests.Reports;

/// <summary>
/// A small synthetic run of three periods with every report, computed once for all tests, and folders to compute it again in.
/// </summary>
internal static class ReportRuns
{
    private static readonly Lazy<string> s_root = new(() => Directory.CreateTempSubdirectory("ldn-reports-").FullName);
    private static readonly Lazy<string> s_job = new(MakeJob);
    private static readonly Lazy<string> s_run = new(() => Compute("run"));

    /// <summary>The folder of the run.</summary>
    public static string Folder => s_run.Value;

    public static string Root => s_root.Value;

    public static string File(string name) => Path.Combine(Folder, name);

    /// <summary>Computes the job into a folder of its own.</summary>
    public static string Compute(string name, params string[] tables)
    {
        string folder = Path.Combine(Root, name);
        JobConfig config = JobReader.Read(s_job.Value, AllSubjects.InOrder) with { Sections = null };
        if (tables.Length > 0)
            config = config with { Outputs = new OutputsConfig { Tables = [.. tables] } };
        Job job = JobResolver.Resolve(config, Path.GetDirectoryName(s_job.Value)!, AllSubjects.InOrder);
        var options = new ComputeOptions(folder, true, 2, 1L << 30, new Dictionary<string, string>());
        ComputeRun.Execute(job, options, new GdalGeodata(), null, CancellationToken.None);
        return folder;
    }

    /// <summary>
    /// The same with nine periods of the same years, as a country has that looks every year, and pages of every zone.
    /// </summary>
    public static string ComputeManyPeriods()
    {
        JsonObject job = JsonNode.Parse(
            System.IO.File.ReadAllText(s_job.Value), null, new() { CommentHandling = JsonCommentHandling.Skip })!.AsObject();
        var periods = new JsonObject();
        JsonObject products = job["productivity"]!["periods"]!.AsObject();
        string latest = products["report_2"]!.GetValue<string>();
        for (int p = 0; p <= 8; p++)
        {
            string id = p == 0 ? "baseline" : $"report_{p}";
            periods[id] = JsonNode.Parse(p == 0
                ? """{ "landCover": [2000, 2015], "soilCarbon": [2000, 2015], "productivity": [2000, 2015] }"""
                : """{ "landCover": [2016, 2023], "soilCarbon": [2016, 2023], "productivity": [2008, 2023] }""");
            products[id] ??= latest;
        }

        job.Remove("preset");
        job["periods"] = periods;
        string file = Path.Combine(Path.GetDirectoryName(s_job.Value)!, "many.json"), folder = Path.Combine(Root, "many");
        System.IO.File.WriteAllText(file, job.ToJsonString());
        Job resolved = JobResolver.Resolve(
            JobReader.Read(file, AllSubjects.InOrder) with { Outputs = new OutputsConfig { Tables = ["json"] } },
            Path.GetDirectoryName(file)!, AllSubjects.InOrder);
        ComputeRun.Execute(
            resolved, new ComputeOptions(folder, true, 2, 1L << 30, new Dictionary<string, string>()), new GdalGeodata(), null,
            CancellationToken.None);
        return folder;
    }

    /// <summary>Removes everything; called when all tests have run.</summary>
    public static void Remove()
    {
        if (s_root.IsValueCreated)
            Directory.Delete(Root, recursive: true);
    }

    private static string MakeJob()
    {
        string folder = Path.Combine(Root, "sample");
        SampleWorld.Write(folder, new SampleOptions(300, 225, Seed: 5), new GdalGeodata(), null, CancellationToken.None);
        return Path.Combine(folder, "job.json");
    }
}
