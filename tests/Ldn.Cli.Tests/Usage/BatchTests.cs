using System.Text.Json.Nodes;
using Ldn.Cli.Verbs;

namespace Ldn.Cli.Tests.Usage;

/// <summary>
/// Several jobs in one call: every one runs, a failed one is named, folders never collide, and what is done is left alone.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class BatchTests
{
    [TestCase("a.json b.json", "a b")]
    [TestCase("north/job.json south/job.json", "north south")]
    [TestCase("x/north/job.json y/north/job.json", "x-north y-north")]
    [TestCase("a.json north/a.json south/b.json", "base north b")]
    [TestCase("north/job.json North/job.json", "base-north-job.json-1 base-North-job.json-2")]
    [TestCase("job.json job.JSON", "base-job.json-1 base-job.JSON-2")]
    public void NamesNeverCollide(string files, string expected)
    {
        string[] names = Batch.Names([.. files.Split(' ').Select(f => "/base/" + f)]);
        Assert.That(names, Is.Unique.Using<string>(StringComparer.OrdinalIgnoreCase.Equals));
        Assert.That(names, Is.EqualTo(expected.Split(' ')));
    }

    [Test]
    public void AJobGivenTwiceIsRefused() =>
        Assert.That(Assert.Throws<LdnException>(() => Batch.Names(["a.json", "./a.json"]))!.Message, Does.Contain("twice"));

    [TestCase(0, 4, 4)]
    [TestCase(4, 75, 75)]
    [TestCase(75, 3, 3)]
    [TestCase(2, 3, 2)]
    [TestCase(1, 2, 1)]
    public void TheWorstExitCodeHolds(int a, int b, int worse)
    {
        Assert.That(Failure.Worse(a, b), Is.EqualTo(worse));
        Assert.That(Failure.Worse(b, a), Is.EqualTo(worse));
    }

    [Test]
    public void EveryJobRunsAndAFailedOneIsNamed()
    {
        using var job = new SmallJob();
        Directory.CreateDirectory(job["north"]);
        Directory.CreateDirectory(job["south"]);
        string above = SmallJob.JobFile.Replace(".tif\"", ".tif\"", StringComparison.Ordinal)
            .Replace("\"lc", "\"../lc", StringComparison.Ordinal)
            .Replace("\"lpd.tif", "\"../lpd.tif", StringComparison.Ordinal)
                .Replace("\"soc0", "\"../soc0", StringComparison.Ordinal)
            .Replace("\"soc1", "\"../soc1", StringComparison.Ordinal).Replace(
                "\"zones.", "\"../zones.", StringComparison.Ordinal);
        job.Work.Text("north/job.json", above);
        job.Work.Text("broken.json", SmallJob.JobFile.Replace("lpd.tif", "nowhere.tif", StringComparison.Ordinal));
        job.Work.Text("south/job.json", above.Replace("strict", "available", StringComparison.Ordinal));
        LdnResult result = LdnProcess.Run(
            job.Work.Folder, ["compute", "north/job.json", "broken.json", "south/job.json", "--out", "result"]);
        Assert.That(result.ExitCode, Is.EqualTo((int)ExitCode.Input), result.Error);
        Assert.That(
            result.Error,
            Does.Contain("ldn: broken: ").And.Contains("nowhere.tif").And.Contains("failed LDN301")
                .And.Contains("1/3 north: done"));
        Assert.That(Path.Exists(job["result/broken"]), Is.False);

        List<CsvLine> batch = CsvRows.Read(job["result/batch.csv"]), south = CsvRows.Read(job["result/south/headline.csv"]);
        Assert.That(batch.Select(r => r["job"]).Distinct(), Is.EqualTo(new[] { "north", "south" }));
        Assert.That(
            batch.Where(r => r["job"] == "south").Select(r => r["degraded_km2"]),
            Is.EqualTo(south.Select(r => r["degraded_km2"])));
        Assert.That(
            File.ReadAllText(job["result/north/summary.csv"]), Is.Not.EqualTo(File.ReadAllText(job["result/south/summary.csv"])));
    }

    /// <summary>
    /// Fifty provinces in one command, in folders whose jobs are all called the same but ten; one is broken. The others' figures
    /// are there, each in a folder of its own; a second run computes the mended one alone.
    /// </summary>
    [Test]
    public void FiftyProvincesInOneCommand()
    {
        using var job = new SmallJob();
        string[] jobs = [.. Enumerable.Range(1, 50).Select(i => i <= 10 ? $"province_{i:00}.json" : $"p{i:00}/job.json")];
        for (int i = 0; i < jobs.Length; i++)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(job[jobs[i]])!);
            string above = jobs[i].Contains('/', StringComparison.Ordinal) ? "../" : "";
            job.Work.Text(jobs[i], System.Text.RegularExpressions.Regex.Replace(SmallJob.JobFile, "\"(\\w+\\.(tif|geojson))\"",
                    m => $"\"{above}{(i == 24 && m.Groups[1].Value == "lpd.tif" ? "lost.tif" : m.Groups[1].Value)}\"")
                .Replace("\"strict\"", $"\"strict\", \"socThreshold\": {i + 1}", StringComparison.Ordinal));
        }

        string[] line = ["compute", .. jobs, "--out", "result", "--rasters", "none", "--tables", "csv", "--skip-done"];
        LdnResult first = LdnProcess.Run(job.Work.Folder, line, timeout: 180_000);
        Assert.That(first.ExitCode, Is.EqualTo((int)ExitCode.Input), first.Error);
        Assert.That(first.Error, Does.Contain("ldn: p25: ").And.Contains("lost.tif").And.Contains("50/50 p50: done"));
        string[] closing = [.. first.Error.Split('\n')[^60..]];
        Assert.That(closing.Count(l => l.Contains("failed LDN301", StringComparison.Ordinal)), Is.EqualTo(1), first.Error);
        string[] folders = [.. jobs.Select(j => j[..j.IndexOfAny(['/', '.'])])];
        Assert.That(Directory.GetDirectories(job["result"]).Select(Path.GetFileName),
            Is.EquivalentTo(folders.Where(f => f != "p25")));
        List<CsvLine> batch = CsvRows.Read(job["result/batch.csv"]);
        Assert.That(batch.Select(r => r["job"]).Distinct(), Is.EqualTo(folders.Where(f => f != "p25")));
        // Each has its own threshold, and the figure of a run of its own.
        foreach (string folder in new[] { folders[0], folders[49] })
            Assert.That(batch.Where(r => r["job"] == folder).Select(r => r["degraded_km2"]),
                Is.EqualTo(CsvRows.Read(job[$"result/{folder}/headline.csv"]).Select(r => r["degraded_km2"])));
        Assert.That(batch.Single(r => r["job"] == folders[0] && r["zone_id"] == "MNG").Number("degraded_km2"),
            Is.GreaterThan(batch.Single(r => r["job"] == folders[49] && r["zone_id"] == "MNG").Number("degraded_km2")));

        File.Copy(job["lpd.tif"], job["lost.tif"]);
        LdnResult second = LdnProcess.Run(job.Work.Folder, line, timeout: 180_000).Succeeded();
        Assert.That(second.Error.Split('\n').Count(l => l.StartsWith("  ", StringComparison.Ordinal)
            && l.EndsWith(": done before", StringComparison.Ordinal)), Is.EqualTo(49), second.Error);
        Assert.That(CsvRows.Read(job["result/batch.csv"]).Select(r => r["job"]).Distinct(), Is.EqualTo(folders));
    }

    [Test]
    public void JsonIsALineForEachJob()
    {
        using var job = new SmallJob();
        job.Work.Text("a.json", SmallJob.JobFile);
        job.Work.Text("b.json", SmallJob.JobFile.Replace("lpd.tif", "nowhere.tif", StringComparison.Ordinal));
        LdnResult result = LdnProcess.Run(job.Work.Folder, ["compute", "a.json", "b.json", "--out", "result", "--json"]);
        JsonNode[] lines = [.. result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];
        Assert.That(lines, Has.Length.EqualTo(2));
        Assert.That((string?)lines[0]["job"], Is.EqualTo("a"));
        Assert.That((string?)lines[1]["error"]!["message"], Does.StartWith("b: "));
    }

    [Test]
    public void WhatIsDoneIsLeftAlone()
    {
        using var job = new SmallJob();
        job.Work.Text("a.json", SmallJob.JobFile);
        job.Work.Text("b.json", SmallJob.JobFile.Replace("strict", "available", StringComparison.Ordinal));
        string Run(params string[] more)
        {
            LdnResult result = LdnProcess.Run(
                job.Work.Folder,
                ["compute", "a.json", "b.json", "--out", "result", "--skip-done", "--overwrite", .. more]).Succeeded();
            return string.Join(' ',
                result.Error.Split('\n')
                    .Where(
                        l => l.StartsWith("  1/2", StringComparison.Ordinal) || l.StartsWith("  2/2", StringComparison.Ordinal))
                .Select(l => l.Contains("done before", StringComparison.Ordinal) ? "skipped" : "computed"));
        }

        Assert.That(Run(), Is.EqualTo("computed computed"));
        byte[] table = File.ReadAllBytes(job["result/batch.csv"]);
        Assert.That(Run(), Is.EqualTo("skipped skipped"));
        Assert.That(File.ReadAllBytes(job["result/batch.csv"]), Is.EqualTo(table));

        // The job, a flag, an input that keeps its date and size, a file beside one, an output: each is seen.
        File.WriteAllText(job["a.json"], SmallJob.JobFile.Replace("strict", "precautionary", StringComparison.Ordinal));
        Assert.That(Run(), Is.EqualTo("computed skipped"));
        Assert.That(Run("--soc-threshold", "5"), Is.EqualTo("computed computed"));
        Assert.That(Run("--soc-threshold", "5"), Is.EqualTo("skipped skipped"));
        DateTime written = File.GetLastWriteTimeUtc(job["zones.geojson"]);
        File.WriteAllText(
            job["zones.geojson"],
            File.ReadAllText(job["zones.geojson"]).Replace("Mongolia", "Mongolei", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(job["zones.geojson"], written);
        Assert.That(Run("--soc-threshold", "5"), Is.EqualTo("computed computed"));
        File.Delete(job["result/b/headline.csv"]);
        Assert.That(Run("--soc-threshold", "5"), Is.EqualTo("skipped computed"));
        File.WriteAllText(job["lpd.tif.aux.xml"], "<PAMDataset></PAMDataset>");
        Assert.That(Run("--soc-threshold", "5"), Is.EqualTo("computed computed"));
        Assert.That(Run("--soc-threshold", "5"), Is.EqualTo("skipped skipped"));
    }

    [Test]
    public void ASingleJobToo()
    {
        using var job = new SmallJob();
        job.Work.Text("a.json", SmallJob.JobFile);
        LdnProcess.Run(job.Work.Folder, ["compute", "a.json", "--out", "result", "--skip-done"]).Succeeded();
        Assert.That(
            LdnProcess.Run(job.Work.Folder, ["compute", "a.json", "--out", "result", "--skip-done"]).Succeeded().Error,
            Does.Contain("done before"));
        LdnResult changed = LdnProcess.Run(
            job.Work.Folder, ["compute", "a.json", "--out", "result", "--skip-done", "--missing", "available"]);
        Assert.That((changed.ExitCode, changed.Error), Is.EqualTo((2, changed.Error)));
        Assert.That(changed.Error, Does.Contain("--overwrite"));
    }

    [Test]
    public void ATotalOverAllZones()
    {
        using var job = new SmallJob();
        job.Run("--total", "ALL=Whole land").Succeeded();
        List<CsvLine> rows = CsvRows.Read(job["result/headline.csv"]);
        CsvLine total = rows.Single(r => r["zone_id"] == "ALL");
        Assert.That((total["zone_name"], total["zone_kind"]), Is.EqualTo(("Whole land", "group")));
        // EDGE lies in both others: land of several zones counts once.
        Assert.That(
            total.Number("land_km2"),
            Is.EqualTo(rows.Where(r => r["zone_id"] is "MNG" or "CHN").Sum(r => r.Number("land_km2"))).Within(1e-3));
        BadInput.Refusal.Said(job.Run("--total", "MNG", "--overwrite"), ExitCode.Usage, "'MNG'");
        BadInput.Refusal.Said(
            LdnProcess.Run(
                job.Work.Folder, ["compute", job.Work.Text("job.json", SmallJob.JobFile), "--total", "=x", "--out", "r"]),
            ExitCode.Usage, "total has no id");
    }
}
