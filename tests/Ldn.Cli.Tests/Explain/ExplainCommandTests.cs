using System.Text.Json;
using System.Text.Json.Nodes;
using Ldn.Cli.Terminal;
using Ldn.Gdal;
using Ldn.Reports;
using Ldn.Run;
using Ldn.Run.Explain;

namespace Ldn.Cli.Tests.Explain;

/// <summary>
/// The command as a user calls it: its document against the published schema, its text, inputs that are gone, mistakes.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ExplainCommandTests
{
    private const string Judge = """
        import json, sys
        try:
            from jsonschema import Draft202012Validator
        except ImportError as e:
            sys.exit("No module named " + str(e))
        schema = json.load(open(sys.argv[1]))
        Draft202012Validator.check_schema(schema)
        for file in sys.argv[2:]:
            for error in Draft202012Validator(schema).iter_errors(json.load(open(file))):
                print(file, error.json_path, [e.message for e in error.context][:4] or error.message)
        """;

    [Test]
    public void DocumentsFollowTheSchemaWhateverTheJob()
    {
        using var jobs = new ExplainJobs();
        string[
] files = [.. ((string[])["lpd", "condition, change, regions, signed", "series and reference", "fao-wocat",
            "by region"])
                .Select((name, i) =>
        {
            using ExplainRun run = Open(jobs.Run(name));
            CellStory[] stories = [
                .. Enumerable.Range(0, 12)
                    .Select(c => run.Tell(100.15 + (0.3 * c), 49.85 - (0.2 * c), c == 3 ? "p" : null, CancellationToken.None))];
            return jobs.Work.Text($"{i}.json", Text(stories, single: false));
        })];
        jobs.Work.Text("one.json", Text([Open(jobs.Work["result"]).Tell(101, 49, null, CancellationToken.None)], single: true));
        jobs.Work.Text("schema.json", Schemas.Get("explain"));
        string[] found = Errors(jobs.Work, [.. files, "one.json"]);
        Assert.That(found, Is.Empty);

        // A schema that accepts everything would pass the check above.
        JsonObject spoilt = JsonNode.Parse(File.ReadAllText(jobs.Work["one.json"]))!.AsObject();
        spoilt["periods"]!["baseline"]!["indicator"]!["condition"] = "bad";
        jobs.Work.Text("one.json", spoilt.ToJsonString());
        Assert.That(Errors(jobs.Work, "one.json"), Is.Not.Empty);
    }

    [Test]
    public void InputsThatAreGoneLeaveTheRasters()
    {
        using var jobs = new ExplainJobs();
        string folder = jobs.Run("lpd");
        CellStory before;
        using (ExplainRun run = Open(folder))
            before = run.Tell(101.25, 48.75, null, CancellationToken.None);
        Assert.That(before.ToldFrom, Is.EqualTo("inputs"));
        File.Delete(jobs.Work["soc1.tif"]);
        using ExplainRun gone = Open(folder);
        Assert.That(gone.WhyRasters, Does.Contain("soc1.tif"));
        CellStory after = gone.Tell(101.25, 48.75, null, CancellationToken.None);
        using IDisposable all = Assert.EnterMultipleScope();
        Assert.That(after.ToldFrom, Is.EqualTo("rasters"));
        Assert.That(after.CannotTell, Is.Not.Empty);
        Assert.That(after.Zones, Is.EqualTo(before.Zones));
        Assert.That(after.AreaKm2, Is.EqualTo(before.AreaKm2));
        Assert.That(after.Cell, Is.EqualTo(before.Cell));
        foreach ((string id, PeriodStory period) in before.Periods)
        {
            Assert.That(after.Periods[id].Indicator.Condition, Is.EqualTo(period.Indicator.Condition));
            Assert.That(after.Periods[id].Neighbours, Is.EqualTo(period.Neighbours));
            Assert.That(after.Periods[id].SoilOrganicCarbon!.Condition, Is.EqualTo(period.SoilOrganicCarbon!.Condition));
            Assert.That(after.Periods[id].Status?.Class, Is.EqualTo(period.Status?.Class));
        }
    }

    [Test]
    public void AnInputWrittenToSinceIsReadThroughAndAChangedOneIsNotBelieved()
    {
        using var jobs = new ExplainJobs();
        string folder = jobs.Run("lpd"), input = jobs.Work["lpd0.tif"];
        File.SetLastWriteTimeUtc(input, DateTime.UtcNow.AddHours(1));
        using (ExplainRun touched = Open(folder))
            Assert.That(touched.WhyRasters, Is.Null, "the same bytes, only touched");
        byte[] bytes = File.ReadAllBytes(input);
        bytes[^1] ^= 1;
        File.WriteAllBytes(input, bytes);
        File.SetLastWriteTimeUtc(input, DateTime.UtcNow.AddHours(1));
        using (ExplainRun changed = Open(folder))
            Assert.That(changed.WhyRasters, Does.Contain("lpd0.tif"));

        // Dated back it is found by reading it through alone.
        File.SetLastWriteTimeUtc(input, DateTime.UtcNow.AddDays(-1));
        using ExplainRun verified = ExplainRun.Open(folder, FileCheck.Bytes, new GdalGeodata(), CancellationToken.None);
        Assert.That(verified.WhyRasters, Does.Contain("lpd0.tif"));
    }

    [Test]
    public void WaterNoDataAndPlacesOutsideSayWhy()
    {
        using var jobs = new ExplainJobs();
        using ExplainRun run = Open(jobs.Run("lpd"));
        CellStory water = run.Tell(100.05, 49.05, null, CancellationToken.None);
        CellStory outside = run.Tell(103.95, 47.05, null, CancellationToken.None);
        CellStory missing = Enumerable.Range(0, 400)
            .Select(i => run.Tell(100.55 + (0.1 * (i % 30)), 49.95 - (0.1 * (i / 30)), null, CancellationToken.None))
            .First(
                s => s.Periods.TryGetValue("baseline", out PeriodStory? p)
                    && p.Indicator is { Condition: "no_data", Reason: { } r }
                        && r.ToString().StartsWith("no data", StringComparison.Ordinal));
        using IDisposable all = Assert.EnterMultipleScope();
        Assert.That(water.Periods["baseline"].Indicator.Condition, Is.EqualTo("no_data"));
        Assert.That(water.Periods["baseline"].Indicator.Reason?.ToString(), Does.StartWith("water").And.Contain("2000"));
        Assert.That(water.Periods["baseline"].Indicator.Deciding, Is.Empty);
        Assert.That(water.Periods["report_1"].Status!.Reason?.ToString(), Does.StartWith("water"));
        Assert.That(outside.Reason?.ToString(), Does.StartWith("outside"));
        Assert.That(outside.Periods, Is.Empty);
        Assert.That(outside.AreaKm2, Is.Positive);
        Assert.That(missing.Periods["baseline"].Indicator.Reason?.ToString(), Does.Contain("strict"));
        Assert.That(missing.Periods["baseline"].Indicator.Deciding, Is.Not.Empty);
        Assert.That(CellText.Of(water, 80, false, Texts.Load("en")), Does.Contain("water"));
        Assert.That(CellText.Of(outside, 80, false, Texts.Load("en")), Does.Contain("Nothing to tell"));
    }

    [Test]
    public void TextFitsItsWidth()
    {
        using var jobs = new ExplainJobs();
        using ExplainRun run = Open(jobs.Run("series and reference"));
        for (int i = 0; i < 10; i++)
        {
            CellStory story = run.Tell(100.75 + (0.2 * i), 49.55 - (0.2 * i), null, CancellationToken.None);
            foreach ((int width, bool whole) in ((int, bool)[])[(40, false), (40, true), (80, true), (120, true)])
            {
                string text = CellText.Of(story, width, whole, Texts.Load("en"));
                Assert.That(text.Split('\n').Select(Screen.WidthOf), Is.All.LessThanOrEqualTo(width), text);
                Assert.That(
                    string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)),
                    Does.Contain("no proof of degradation"));
            }
        }
    }

    [Test]
    public void MistakesAreTold()
    {
        using var jobs = new ExplainJobs();
        jobs.Run("lpd");
        foreach ((int exit, string said, string[] arguments) in ((int, string, string[])[])
            [
                (2, "not LON,LAT", ["--at", "101"]), (2, "not LON,LAT", ["--at", "a,b"]),
                (2, "no place on Earth", ["--at", "48,101"]),
                (2, "no place is asked about", []), (3, "outside the grid", ["--at", "-5.5,20"]),
                (2, "no column longitude", ["--points", "regions.csv"]), (3, "not a point", ["--points", "zones.geojson"]),
                (2, "is there already", ["--at", "101,49", "--page", "regions.csv"]),
            ])
        {
            LdnResult result = LdnProcess.Run(jobs.Work.Folder, ["explain", "result", .. arguments]);
            Assert.That(result.ExitCode, Is.EqualTo(exit), result.Error);
            Assert.That(result.Error, Does.Contain(said));
            Assert.That(result.Out, Is.Empty);
        }
    }

    [Test]
    public void PointsOfTablesAndVectorFilesAreTheSame()
    {
        using var jobs = new ExplainJobs();
        jobs.Run("lpd");
        jobs.Work.Text("p.csv", "id,longitude,latitude\nfirst,101.25,48.75\nsecond,103.05,48.05\n");
        jobs.Work.Text("p.geojson", """
            {"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"id":"first"},"geometry":{"type":"Point","coordinates":[101.25,48.75]}},
            {"type":"Feature","properties":{"id":"second"},"geometry":{"type":"Point","coordinates":[103.05,48.05]}}]}
            """);
        string table = LdnProcess.Run(jobs.Work.Folder, ["explain", "result", "--points", "p.csv", "--json"]).Succeeded().Out;
        string layer = LdnProcess.Run(jobs.Work.Folder, ["explain", "result", "--points", "p.geojson", "--json"]).Succeeded().Out;
        Assert.That(layer, Is.EqualTo(table));
        using var document = JsonDocument.Parse(table);
        Assert.That(
            document.RootElement.EnumerateArray().Select(s => s.GetProperty("point").GetString()),
            Is.EqualTo(new[] { "first", "second" }));
        string one = LdnProcess.Run(jobs.Work.Folder, ["explain", "result", "--at", "101.25,48.75", "--json"]).Succeeded().Out;
        using var single = JsonDocument.Parse(one);
        Assert.That(
            single.RootElement.GetProperty("periods").EnumerateObject().Select(p => p.Name),
            Is.EqualTo(new[] { "baseline", "report_1" }));
        Assert.That(single.RootElement.GetProperty("zones")[0].GetProperty("id").GetString(), Is.EqualTo("W"));
    }

    [Test]
    public void FoldersThatHoldNoResultAndFormsOfOtherVersionsAreRefused()
    {
        using var jobs = new ExplainJobs();
        string folder = jobs.Run("lpd"), provenance = Path.Combine(folder, "provenance.json");
        Assert.That(
            () => Open(jobs.Work.Folder), Throws.TypeOf<LdnException>().With.Property("ExitCode").EqualTo(ExitCode.Input));
        JsonObject other = JsonNode.Parse(File.ReadAllText(provenance))!.AsObject();
        other["schema_version"] = 99;
        File.WriteAllText(provenance, other.ToJsonString());
        Assert.That(() => Open(folder), Throws.TypeOf<LdnException>().With.Property("ExitCode").EqualTo(ExitCode.Input));
    }

    private static ExplainRun Open(string folder) =>
        ExplainRun.Open(folder, FileCheck.Dates, new GdalGeodata(), CancellationToken.None);

    private static string Text(IReadOnlyList<CellStory> stories, bool single)
    {
        using var stream = new MemoryStream();
        StoryDocument.Write(stream, stories, single);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string[] Errors(Workspace work, params string[] files)
    {
        LdnResult result = LdnProcess.Tool(work.Folder, "/usr/bin/python3", ["-c", Judge, "schema.json", .. files]);
        if (result.Error.Contains("No module named", StringComparison.Ordinal))
            Assert.Ignore("python3-jsonschema is not installed");
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        return result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
