using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ldn.Cli.Tests.Comparisons;

/// <summary>ldn compare as it is called: files, page, JSON, tolerance, figures of a submission, bad input.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class CompareVerbTests
{
    private readonly SmallJob _shared = Two();

    [OneTimeTearDown]
    public void Tidy() => _shared.Dispose();

    [Test]
    public void ThePageSaysTheSentenceAndNeedsNothingButItself([Values("en", "zh", "ja", "ko", "mn", "ru")] string language)
    {
        SmallJob job = _shared;
        Assert.That(Call(job, ["compare", job["a"], job["b"], "--out", language, "--language", language]), Is.Zero);
        string page = File.ReadAllText(job[$"{language}/compare.html"]);
        Assert.That(page, Does.Contain($"<html lang=\"{language}\">").And.Contain("<svg class=\"fall\""));
        Assert.That(page, Does.Contain("data:image/png;base64,"));
        Assert.That(page, Does.Not.Contain("{{").And.Not.Contain("<script").And.Not.Contain(job.Work.Folder));
        // Nothing is asked of anyone: the policy forbids it, and no address stands in the page but that of SVG.
        Assert.That(page, Does.Contain("default-src 'none'"));
        Assert.That(Regex.Matches(page, "(src|href)=\"(?!data:|#)[^\"]*\"").Select(m => m.Value), Is.Empty);
        if (language == "en")
            Assert.That(page, Does.Match("<p class=\"said\">[^<]*: [0-9.]+[^<]*→[^<]*Of [+−][0-9.]+ points, [^<]*come from"));
        string[] names = ["compare.csv", "compare_cells.csv", "compare_attribution.csv", "changed_by_baseline.tif"];
        foreach (string name in names)
            Assert.That(File.Exists(job[$"{language}/{name}"]), name);
    }

    [Test]
    public void ASecondCompareGivesTheSameBytesAndReplacesNothing()
    {
        SmallJob job = _shared;
        Assert.That(Call(job, ["compare", job["a"], job["b"], "--out", "s1", "--threads", "1"]), Is.Zero);
        Assert.That(Call(job, ["compare", job["a"], job["b"], "--out", "s2", "--threads", "3", "--memory", "40M"]), Is.Zero);
        foreach (string file in Directory.GetFiles(job["s1"]).Where(f => Path.GetFileName(f) != "provenance.json"))
            Assert.That(File.ReadAllBytes(file), Is.EqualTo(File.ReadAllBytes(job[$"s2/{Path.GetFileName(file)}"])), file);
        Assert.That(Call(job, ["compare", job["a"], job["b"], "--out", "s1"]), Is.EqualTo((int)ExitCode.Usage));
        Assert.That(Call(job, ["compare", job["a"], job["b"], "--out", "s1", "--overwrite"]), Is.Zero);
    }

    /// <summary>The document has the members of its schema and no others, and says what the headline says.</summary>
    [Test]
    public void TheDocumentIsThatOfItsSchema()
    {
        SmallJob job = _shared;
        LdnResult result = LdnProcess.Run(job.Work.Folder, ["compare", "a", "b", "--tolerance", "0.01", "--json", "-q"]);
        Assert.That(result.ExitCode, Is.EqualTo(4), result.Error);
        JsonNode document = JsonNode.Parse(result.Out.Split('\n')[0])!;
        JsonNode schema = JsonNode.Parse(LdnProcess.Run(job.Work.Folder, ["schema", "compare"]).Succeeded().Out)!;
        AssertShape(document.AsObject(), schema, schema);
        foreach (JsonNode? change in document["headline"]!.AsArray())
            AssertShape(change!.AsObject(), schema["$defs"]!["change"]!, schema);
        JsonNode first = document["headline"]![0]!;
        CsvLine row = CsvRows.Read(job["b/headline.csv"])[0];
        Assert.That((string)first["zone_id"]!, Is.EqualTo(row["zone_id"]));
        Assert.That((double)first["after_pct"]!, Is.EqualTo(row.Number("degraded_pct_of_land")));
        Assert.That(document["beyond"]!.AsArray(), Is.Not.Empty);
        Assert.That(LdnProcess.Run(job.Work.Folder, ["compare", "a", "b", "--tolerance", "100", "-q"]).ExitCode, Is.Zero);
        Assert.That(Call(job, ["compare", job["a"], job["a"], "--tolerance", "0"]), Is.Zero);
    }

    [Test]
    public void FiguresOfASubmissionAreComparedAsTables()
    {
        SmallJob job = _shared;
        job.Work.Text("old.csv", "zone_id,period,degraded_km2,degraded_pct_of_land\nMNG,baseline,1000.5,12.5\nCHN,baseline,,\n");
        LdnResult result = LdnProcess.Run(job.Work.Folder, ["compare", "old.csv", "b", "--out", "f1"]).Succeeded();
        Assert.That(result.Error, Does.Contain("table of figures"));
        CsvLine row = CsvRows.Read(job["f1/compare.csv"]).Single(r => r.Key("zone_id", "column") == "MNG/degraded_km2");
        double now = CsvRows.Read(job["b/headline.csv"]).Single(r => r["zone_id"] == "MNG").Number("degraded_km2");
        Assert.That(row["before"], Is.EqualTo("1000.500000"));
        Assert.That(row.Number("difference"), Is.EqualTo(now - 1000.5).Within(1e-6));
        Assert.That(File.Exists(job["f1/compare_cells.csv"]), Is.False);
        Assert.That(File.ReadAllText(job["f1/compare.html"]), Does.Contain("Causes are not told"));
        Assert.That(Call(job, ["compare", job["old.csv"], job["b"], "--tolerance", "0.1"]), Is.EqualTo(4));

        // Of a reporting period alone, of which the run has none: its baseline is no other period.
        job.Work.Text("later.csv", "zone_id,period,degraded_pct_of_land\nMNG,report_1,12.5\n");
        Assert.That(Call(job, ["compare", job["later.csv"], job["b"]]), Is.EqualTo((int)ExitCode.Usage));
        job.Work.Text("bad.csv", "zone_id,period,degraded_km2\nMNG,baseline,many\n");
        Assert.That(Call(job, ["compare", job["bad.csv"], job["b"]]), Is.EqualTo((int)ExitCode.Usage));
        job.Work.Text("none.csv", "zone_id,period,degraded\nMNG,baseline,1\n");
        Assert.That(Call(job, ["compare", job["none.csv"], job["b"]]), Is.EqualTo((int)ExitCode.Usage));
        job.Work.Text("other.csv", "zone_id,period,degraded_km2\nFRA,baseline,1\n");
        Assert.That(Call(job, ["compare", job["other.csv"], job["b"]]), Is.EqualTo((int)ExitCode.Usage));
    }

    [Test]
    public void WhereAnInputIsGoneTablesAreComparedAndTheFileIsNamed()
    {
        using var job = Two();
        File.Delete(job["lpd.tif"]);
        LdnResult result = LdnProcess.Run(job.Work.Folder, ["compare", "a", "b", "--out", "c"]).Succeeded();
        Assert.That(result.Error, Does.Contain("causes are not told").And.Contain("lpd.tif is gone"));
        Assert.That(File.Exists(job["c/compare.csv"]) && File.Exists(job["c/compare.html"]));
        Assert.That(File.Exists(job["c/compare_attribution.csv"]), Is.False);
        // Cells by the rasters that both runs left.
        var after = CsvRows.Read(job["c/compare_cells.csv"]).GroupBy(r => r.Key("zone_id", "after"))
            .ToDictionary(g => g.Key, g => g.Sum(r => r.Pixels));
        foreach (CsvLine row in CsvRows.Read(job["b/summary.csv"]).Where(r => r["indicator"] == "sdg_15_3_1"))
            if (row["class"] is "degraded" or "stable" or "improved")
                Assert.That(after.GetValueOrDefault(row.Key("zone_id", "class")), Is.EqualTo(row.Pixels), row["class"]);
        Assert.That(File.ReadAllText(job["c/compare.html"]), Does.Contain("lpd.tif is gone").And.Not.Contain(job.Work.Folder));
    }

    [Test]
    public void WhatIsNoResultIsRefused()
    {
        SmallJob job = _shared;
        Assert.That(Call(job, ["compare", job["a"], job.Work.Folder]), Is.EqualTo((int)ExitCode.Input));
        Assert.That(Call(job, ["compare", job["a"], job["nowhere"]]), Is.EqualTo((int)ExitCode.Input));
        Assert.That(Call(job, ["compare", job["a"]]), Is.EqualTo((int)ExitCode.Usage));
        Assert.That(Call(job, ["compare", job["a"], job["b"], "--tolerance", "-1"]), Is.EqualTo((int)ExitCode.Usage));
        Assert.That(Call(job, ["compare", job["a"], job["b"], "--out", "w1"]), Is.Zero);
        Assert.That(Call(job, ["compare", job["a"], job["w1"]]), Is.EqualTo((int)ExitCode.Input));
    }

    private static SmallJob Two()
    {
        var job = new SmallJob();
        job.Flags.Remove("--out");
        Assert.That(Call(job, job.Arguments("--out", "a")), Is.Zero);
        Assert.That(Call(job, job.Arguments("--out", "b", "--soc-threshold", "5", "--missing", "available")), Is.Zero);
        return job;
    }

    private static int Call(SmallJob job, IEnumerable<string> arguments) => InProcess.Run(job.Work, arguments);

    private static void AssertShape(JsonObject value, JsonNode shape, JsonNode schema)
    {
        string[] known = [.. shape["properties"]!.AsObject().Select(p => p.Key)];
        Assert.That(value.Select(v => v.Key).Except(known), Is.Empty);
        Assert.That(shape["required"]!.AsArray().Select(r => (string)r!).Except(value.Select(v => v.Key)), Is.Empty);
        if (value["parts"] is JsonArray parts)
            foreach (JsonNode? part in parts)
                AssertShape(part!.AsObject(), schema["$defs"]!["part"]!, schema);
    }
}
