using System.Text.Json.Nodes;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Outputs;

/// <summary>What goes to which stream, exit codes of checks, and where options come from.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class StreamTests
{
    private static readonly string[] Commands = ["compute", "sample", "validate", "info", "legend", "schema"];

    [Test]
    public void ByDefaultOnlyStandardErrorSpeaks()
    {
        using var job = new SmallJob();
        LdnResult result = job.Run().Succeeded();
        Assert.That(result.Out, Is.Empty);
        Assert.That(result.Error, Does.Contain("Mongolia").And.Contains("written: "));
        Assert.That(result.Error, Does.Not.Contain("\r").And.Not.Contains("\u001b"));
    }

    [Test]
    public void JsonOnStandardOutputAndNothingElse()
    {
        using var job = new SmallJob();
        LdnResult result = job.Run("--json").Succeeded();
        JsonArray rows = JsonNode.Parse(result.Out)!["headline"]!.AsArray();
        List<CsvLine> headline = CsvRows.Read(job["result/headline.csv"]);
        Assert.That(rows, Has.Count.EqualTo(headline.Count));
        Assert.That((double)rows[1]!["degraded_km2"]!, Is.EqualTo(headline[1].Number("degraded_km2")));
        Assert.That(rows[1]!["degraded_change_km2"], Is.Null);
    }

    /// <summary>
    /// A standard error that is closed or full takes no exit code with it; a standard output that takes nothing is told where it
    /// was asked for.
    /// </summary>
    [TestCase("2>&-", 0)]
    [TestCase("2>/dev/full", 0)]
    [TestCase(">&- 2>&-", 0)]
    [TestCase("--json >/dev/full", 75)]
    [TestCase("--json >&-", 75)]
    [TestCase("--legend nosuch 2>&-", 2)]
    [Platform("Linux")]
    public void StreamsThatTakeNothing(string how, int exitCode)
    {
        using var job = new SmallJob();
        string command = string.Join(' ', LdnProcess.Program.Concat(job.Arguments("--rasters", "none")).Select(a => $"'{a}'"));
        LdnResult result = LdnProcess.Tool(job.Work.Folder, "sh", "-c", $"{command} {how}");
        Assert.That(result.ExitCode, Is.EqualTo(exitCode), result.Error);
        Assert.That(result.Error, Does.Not.Contain("   at "));
        Assert.That(File.Exists(job["result/provenance.json"]), Is.EqualTo(exitCode != 2));
    }

    /// <summary>Nothing of a name or a file moves the cursor or turns the writing round.</summary>
    [Test]
    public void NamesReachTheTerminalPrintable()
    {
        using var job = new SmallJob();
        job.Work.Zones(
            "zones.geojson",
            [(SmallJob.Properties("A\\u001b[2J\\u202e", "red\\u001b[31m\\u0007"), Workspace.Rectangle(100, 47, 104, 50))]);
        LdnResult result = job.Run("--rasters", "none").Succeeded();
        Assert.That(
            result.Error,
            Does.Contain("\\u{1b}[31m").And.Not.Contains("\u001b").And.Not.Contains("\u202e").And.Not.Contains("\u0007"));
        LdnResult refused = LdnProcess.Run(
            job.Work.Folder, ["info", "a\u001b]0;title\u0007\u202egpj.tif" + new string('x', 9_000)]);
        Assert.That(refused.Error, Does.Not.Contain("\u001b").And.Not.Contains("\u202e").And.Not.Contains("\u0007"));
        Assert.That(refused.Error, Has.Length.LessThan(10_000));
    }

    [Test]
    public void QuietSaysNothing()
    {
        using var job = new SmallJob();
        LdnResult result = job.Run("-q").Succeeded();
        Assert.That(result.Out + result.Error, Is.Empty);
        LdnResult both = job.Run("-q", "--json", "--overwrite").Succeeded();
        Assert.That(both.Error, Is.Empty);
        Assert.That(JsonNode.Parse(both.Out), Is.Not.Null);
    }

    [Test]
    public void ProgressAsEvents()
    {
        using var job = new SmallJob();
        LdnResult result = job.Run("--progress", "json").Succeeded();
        JsonNode[] events = [.. result.Error.Split('\n').Where(l => l.StartsWith('{')).Select(l => JsonNode.Parse(l)!)];
        string[] names = [.. events.Select(e => (string)e["event"]!)];
        Assert.That(names[0], Is.EqualTo("phase"));
        Assert.That(names.Count(n => n == "start"), Is.EqualTo(1));
        Assert.That(names[^1], Is.EqualTo("end"));
        Assert.That(
            events.Where(e => (string)e["event"]! == "phase").Select(e => (string)e["phase"]!),
            Is.EqualTo(new[] { "inputs", "pass", "rasters", "reports" }));
        JsonNode last = events.Last(e => (string)e["event"]! == "progress"),
        start = events.First(e => (string)e["event"]! == "start");
        Assert.That((long)last["done"]!, Is.EqualTo((long)last["total"]!));
        Assert.That((int)start["width"]!, Is.EqualTo(SmallJob.Width));
        Assert.That((string)events[^1]["out"]!, Is.EqualTo("result"));

        // As the published schema says: no key it does not know, none missing that it asks for.
        JsonNode schema = JsonNode.Parse(LdnProcess.Run(job.Work.Folder, ["schema", "progress"]).Succeeded().Out)!;
        var known = schema["properties"]!.AsObject().Select(p => p.Key).ToHashSet();
        foreach (JsonNode e in events)
        {
            JsonNode rule = schema["allOf"]!.AsArray()
                .Single(r => (string)r!["if"]!["properties"]!["event"]!["const"]! == (string)e["event"]!)!;
            string[] keys = [.. e.AsObject().Select(p => p.Key)];
            Assert.That(keys, Is.SubsetOf(known).And.SupersetOf(rule["then"]!["required"]!.AsArray().Select(r => (string)r!)));
        }
    }

    /// <summary>What -v promises in its help: readers, alignment, rules, questions, files.</summary>
    [Test]
    public void VerboseExplains()
    {
        using var job = new SmallJob();
        job.Work.Raster(
            "lpd.tif", Workspace.Grid(80, 60, 100, 50, 0.05), CellType.Byte,
            [.. Enumerable.Range(0, 4800).Select(i => 1.0 + (i % 5))], 0);
        string said = job.Run("-v", "--rasters", "indicator", "--reader", "gdal").Succeeded().Error;
        foreach (string part in new[]
        {
            "grid: 40 x 30 cells of 0.1 x 0.1 in WGS 84, like landCover", "read by GDAL (GTiff); on the run's grid",
            "2 x 2 source cells a cell of the run: the source cell that holds each centre",
            "legend unccd-7 of 7 classes", "table prais-2026", "a loss of more than 10 %", "missing sub-indicators strict",
            "zones: 3, groups: 0", "rasters: baseline_indicator", "bytes  headline.csv",
        })
            Assert.That(said, Does.Contain(part));
        Assert.That(job.Run("-v", "--overwrite").Succeeded().Error, Does.Contain("read by ldn's own TIFF decoder"));
        Assert.That(job.Run("--overwrite").Succeeded().Error, Does.Not.Contain("read by"));
    }

    /// <summary>Of a baseline and its reports the table tells that its figures count by two different things.</summary>
    [Test]
    public void TheClosingTableTellsWhatItsFiguresCountBy()
    {
        using var job = new SmallJob();
        string periods = SmallJob.JobFile.Replace("\"productivity\": [2000, 2015], \"soilCarbon\": [2000, 2015] }",
            "\"productivity\": [2000, 2015], \"soilCarbon\": [2000, 2015] }, "
            + "\"report_1\": { \"landCover\": [2000, 2015], \"productivity\": [2004, 2019], \"soilCarbon\": [2000, 2015] }",
            StringComparison.Ordinal)
            .Replace(
                "\"baseline\": \"lpd.tif\"", "\"baseline\": \"lpd.tif\", \"report_1\": \"lpd.tif\"", StringComparison.Ordinal);
        const string says = "degraded, improved: baseline by its own condition, reports by status against the baseline";
        Assert.That(job.RunFile(periods, "--rasters", "indicator").Succeeded().Error, Does.Contain(says));
        LdnResult info = LdnProcess.Tool(job.Work.Folder, "gdalinfo", job["result/report_1_indicator.tif"]);
        Assert.That(info.Out, Does.Contain("condition by SDG indicator 15.3.1 in report_1 alone"));
        Assert.That(job.RunFile(SmallJob.JobFile, "--overwrite").Succeeded().Error, Does.Not.Contain("by status"));
    }

    /// <summary>A line at the start, and colours only where they are asked for: never on a pipe, by a word also there.</summary>
    [Test]
    public void ColoursAsAskedFor()
    {
        using var job = new SmallJob();
        var noColor = new Dictionary<string, string> { ["NO_COLOR"] = "1" };
        string plain = job.Run("--rasters", "none", "--color", "auto").Succeeded().Error;
        Assert.That(
            plain,
            Does.Match(@"^  ldn \d+\.\d+\.\d+, GDAL \d.*, 40 x 30 cells, 1200 to read, \d+ threads?, about \d+ MB, (no )?SIMD")
                .And.Not.Contains("\u001b"));
        string coloured = job.RunWith(noColor, "--rasters", "none", "--color", "always", "--overwrite").Succeeded().Error;
        Assert.That(coloured, Does.Contain("\u001b[2m"));
        Assert.That(
            string.Concat(System.Text.RegularExpressions.Regex.Split(coloured, "\u001b\\[[0-9;]*m")), Does.Contain("Mongolia"));
        Assert.That(
            job.RunWith(noColor, "--rasters", "none", "--color=never", "--overwrite").Succeeded().Error,
            Does.Not.Contain("\u001b"));
        Assert.That(job.Run("--no-such-option", "--color=always").Error, Does.StartWith("\u001b[1;31mldn:\u001b[0m no option"));
        Assert.That(job.Run("--no-such-option").Error, Does.StartWith("ldn: no option"));
    }

    /// <summary>
    /// A terminal is sent text, line ends and, unless it is told not to, colours: no other code, at any width in time.
    /// </summary>
    [TestCase(40, "")]
    [TestCase(80, "")]
    [TestCase(120, "1")]
    [Platform("Linux")]
    public void ATerminalIsSentNoOtherCodes(int columns, string noColor)
    {
        using var job = new SmallJob();
        string command = string.Join(' ', LdnProcess.Program.Concat(job.Arguments("--rasters", "none")).Select(a => $"'{a}'"));
        LdnResult result = LdnProcess.Tool(
            job.Work.Folder, "script", "-qec", $"stty cols {columns}; NO_COLOR={noColor} TERM=xterm-256color {command}",
            "/dev/null");
        Assert.That(result.ExitCode, Is.Zero, result.Out);
        Assert.That(
            System.Text.RegularExpressions.Regex.Replace(result.Out, "\u001b\\[[0-9;]*m", ""), Does.Not.Contain("\u001b"));
        Assert.That(result.Out.Contains('\u001b'), Is.EqualTo(noColor.Length == 0));
        Assert.That(result.Out, Does.Not.Contain("[39;49m").And.Contains("Mongolia"));
        string[] lines = System.Text.RegularExpressions.Regex.Replace(result.Out, "\u001b\\[[0-9;]*m", "").Split(['\r', '\n']);
        Assert.That(
            lines.Where(l => !l.Contains("written:") && !l.Contains("warning:") && !l.Contains("note:"))
                .Max(l => l.TrimEnd().Length),
            Is.LessThanOrEqualTo(columns));
    }

    [Test]
    public void AFailedCheckIsSaidAfterTheResultIsWritten()
    {
        using var job = new SmallJob();
        LdnResult result = job.Run("--fail-on", "no_data_pct>99,degraded_pct_of_land>1");
        Assert.That(result.ExitCode, Is.EqualTo((int)ExitCode.CheckFailed));
        Assert.That(result.Out, Is.Empty);
        Assert.That(result.Error, Does.Contain("MNG").And.Contains("degraded_pct_of_land").And.Not.Contains("no_data_pct "));
        Assert.That(File.Exists(job["result/provenance.json"]));
        job.Run("--fail-on", "degraded_pct_of_land>100", "--overwrite").Succeeded();
    }

    [Test]
    public void Help()
    {
        LdnResult root = LdnProcess.Run(Path.GetTempPath(), ["--help"]).Succeeded();
        foreach (string command in Commands)
        {
            Assert.That(root.Out, Does.Contain(command));
            LdnResult help = LdnProcess.Run(Path.GetTempPath(), [command, "--help"]).Succeeded();
            Assert.That(help.Out, Does.Contain(command));
            Assert.That(help.Error, Is.Empty);
        }

        Assert.That(
            LdnProcess.Run(Path.GetTempPath(), ["compute", "--help"]).Out,
            Does.Contain("--land-cover-initial").And.Contains("--overwrite").And.Contains("--fail-on"));
    }

    [Test]
    public void Version()
    {
        LdnResult result = LdnProcess.Run(Path.GetTempPath(), ["--version"]).Succeeded();
        Assert.That(result.Out.Trim(), Does.Match(@"^\d+\.\d+\.\d+"));
        Assert.That(result.Error, Is.Empty);
    }

    [Test]
    public void FlagBeforeVariableBeforeJobFile()
    {
        using var job = new SmallJob();
        string file = SmallJob.JobFile.Replace("\"missing\": \"strict\"", "\"missing\": \"available\"", StringComparison.Ordinal);
        var variable = new Dictionary<string,
        string>
        { ["LDN_MISSING"] = "precautionary", ["LDN_SOC_INCLUSIVE"] = "true", ["LDN_THREADS"] = "1" };
        job.Work.Text("job.json", file);
        string Missing(IReadOnlyDictionary<string, string> environment, params string[] extra)
        {
            LdnProcess.Run(job.Work.Folder, ["compute", "job.json", "--out", "result", "--overwrite", .. extra], environment)
                .Succeeded();
            JsonNode json = JsonNode.Parse(File.ReadAllText(job["result/provenance.json"]))!;
            Assert.That((bool)json["rules"]!["soc_inclusive"]!, Is.EqualTo(environment.Count > 0));
            return (string)json["rules"]!["missing"]!;
        }

        Assert.That(Missing(new Dictionary<string, string>()), Is.EqualTo("available"));
        Assert.That(Missing(variable), Is.EqualTo("precautionary"));
        Assert.That(Missing(variable, "--missing", "strict"), Is.EqualTo("strict"));
        Assert.That(Missing(variable, "--missing=strict"), Is.EqualTo("strict"));
    }

    [Test]
    public void VariablesForEveryOption()
    {
        using var job = new SmallJob();
        var environment = job.Flags.ToDictionary(f => "LDN_" + f.Key[2..].Replace('-', '_').ToUpperInvariant(), f => f.Value!);
        environment["LDN_WITHOUT"] = "productivity";
        environment["LDN_RASTERS"] = "none";
        LdnProcess.Run(job.Work.Folder, ["compute"], environment).Succeeded();
        Assert.That(CsvRows.Read(job["result/summary.csv"]).Select(r => r["indicator"]), Has.None.EqualTo("productivity"));
        environment["LDN_LEGEND"] = "none-such";
        LdnResult wrong = LdnProcess.Run(job.Work.Folder, ["compute", "--overwrite"], environment);
        BadInput.Refusal.Said(wrong, ExitCode.Usage, "none-such");
    }

    [Test]
    public void SeveralJobsEachInAFolderOfItsOwn()
    {
        using var job = new SmallJob();
        job.Work.Text("first.json", SmallJob.JobFile);
        job.Work.Text("second.json", SmallJob.JobFile.Replace("strict", "available", StringComparison.Ordinal));
        LdnProcess.Run(job.Work.Folder, ["compute", "first.json", "second.json", "--out", "result"]).Succeeded();
        Assert.That(File.Exists(job["result/first/provenance.json"]) && File.Exists(job["result/second/provenance.json"]));
        Assert.That(
            File.ReadAllText(job["result/first/summary.csv"]),
            Is.Not.EqualTo(File.ReadAllText(job["result/second/summary.csv"])));
    }

    [Test]
    public void AJobFileGivesTheSameTablesAsTheFlags()
    {
        using var job = new SmallJob();
        job.Run("--years", "2000-2015", "--rasters", "indicator", "--name", "small").Succeeded();
        LdnProcess.Run(
            Path.GetTempPath(),
            ["compute", job.Work.Text("job.json", "// a comment\n" + SmallJob.JobFile), "--out", job["other"]]).Succeeded();
        foreach (
            string file in Directory.GetFiles(job["result"]).Select(f => Path.GetFileName(f)!).Where(f => f != "provenance.json"))
            Assert.That(File.ReadAllBytes(job["other/" + file]), Is.EqualTo(File.ReadAllBytes(job["result/" + file])), file);
    }
}
