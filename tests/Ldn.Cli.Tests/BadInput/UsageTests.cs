using System.Text.Json.Nodes;

namespace Ldn.Cli.Tests.BadInput;

/// <summary>Options that are wrong, missing or contradict each other.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class UsageTests
{
    [TestCase("--unknown", "1", "--unknown")]
    [TestCase("--threads", "none", "none")]
    [TestCase("--threads", "0", "--threads")]
    [TestCase("--memory", "much", "--memory")]
    [TestCase("--years", "2015-2000", "--years")]
    [TestCase("--soc-threshold", "ten", "ten")]
    [TestCase("--soc-threshold", "100", "100")]
    [TestCase("--soc-threshold", "-1", "-1")]
    [TestCase("--missing", "lenient", "lenient")]
    [TestCase("--profile", "trends", "trends-earth")]
    [TestCase("--encoding", "bits", "bits")]
    [TestCase("--rasters", "everything", "everything")]
    [TestCase("--tables", "pdf", "pdf")]
    [TestCase("--extent", "world", "world")]
    [TestCase("--compress", "zip", "zip")]
    [TestCase("--unmapped", "ignore", "ignore")]
    [TestCase("--without", "water", "water")]
    [TestCase("--nodata", "soc", "--nodata")]
    [TestCase("--nodata", "soc=x", "x")]
    [TestCase("--nodata", "sco=-1", "sco")]
    [TestCase("--progress", "bar", "bar")]
    [TestCase("--reader", "mine", "auto, gdal")]
    [TestCase("--fail-on", "degraded", "degraded")]
    [TestCase("--fail-on", "degraded_pct>20", "degraded_pct")]
    [TestCase("--groups", "m94", "m94")]
    [TestCase("--water", "lc0.tif", "water")]
    [TestCase("--soc-change", "soc1.tif", "--soc-change")]
    [TestCase("--productivity-condition", "lpd.tif", "--productivity-condition")]
    public void WrongOption(string option, string value, string word)
    {
        using var job = new SmallJob();
        LdnResult result = job.Run(option, value);
        Refusal.Said(result, ExitCode.Usage, word);
        Assert.That(Path.Exists(job["result"]), Is.False);
    }

    [TestCase("--land-cover-initial", "land-cover")]
    [TestCase("--soc-final", "soc")]
    [TestCase("--lpd", "--without productivity")]
    [TestCase("--legend", "legend")]
    [TestCase("--out", "--out")]
    public void MissingOption(string option, string word)
    {
        using var job = new SmallJob();
        job.Flags.Remove(option);
        job.Run().Refused(job, ExitCode.Usage, word);
    }

    /// <summary>At least no change is every change: refused rather than taken for the exclusive rule.</summary>
    [Test]
    public void InclusiveThresholdOfZero()
    {
        using var job = new SmallJob();
        job.Run("--soc-threshold", "0", "--soc-inclusive").Refused(
            job, ExitCode.Usage, "threshold of 0", "--soc-inclusive", "[LDN208]");
        job.Run("--soc-threshold", "0", "--profile", "trends-earth").Refused(job, ExitCode.Usage, "threshold of 0");
        job.Run("--soc-threshold", "0", "--rasters", "none").Succeeded();
        Assert.That(
            CsvRows.Read(job["result/sensitivity.csv"]).Where(r => r["rule"] == "soc_inclusive").Select(r => r["option"])
                .Distinct(),
            Is.EqualTo(new[] { "false" }));
    }

    [TestCase("--lpd", "nowhere.tif", "LDN301")]
    [TestCase("--missing", "lenient", "LDN202")]
    [TestCase("--threads", "none", "LDN200")]
    public void EveryErrorCarriesItsCode(string option, string value, string code)
    {
        using var job = new SmallJob();
        job.Flags[option] = value;
        Assert.That(job.Run().Error.Split('\n')[0], Does.StartWith("ldn: ").And.EndsWith($" [{code}]"));
    }

    [Test]
    public void ErrorsAsJson()
    {
        using var job = new SmallJob();
        job.Flags["--lpd"] = "nowhere.tif";
        LdnResult result = job.Run("--json");
        JsonNode error = JsonNode.Parse(result.Out)!["error"]!;
        Assert.That(((string?)error["code"], (int)error["exit"]!, result.ExitCode), Is.EqualTo(("LDN301", 3, 3)));
        Assert.That(result.Error, Does.Contain((string)error["message"]!).And.Contains((string)error["remedy"]!));
    }

    [Test]
    public void NothingLeftToCompute()
    {
        using var job = new SmallJob();
        job.Run("--without", "land-cover", "--without", "productivity", "--without", "soil-carbon")
            .Refused(job, ExitCode.Usage, "left out");
    }

    [Test]
    public void UnknownCommand()
    {
        LdnResult result = LdnProcess.Run(Path.GetTempPath(), ["compote"]);
        Assert.That(result.ExitCode, Is.EqualTo((int)ExitCode.Usage));
        Assert.That(result.Out, Is.Empty);
        Assert.That(result.Error, Does.Contain("compote"));
    }

    [Test]
    public void FolderUnderAFile()
    {
        using var job = new SmallJob();
        job.Flags["--out"] = "lc0.tif/result";
        byte[] before = File.ReadAllBytes(job["lc0.tif"]);
        job.Run().Refused(job, ExitCode.Usage, "lc0.tif");
        Assert.That(File.ReadAllBytes(job["lc0.tif"]), Is.EqualTo(before));
    }

    [Test]
    public void FileInPlaceOfTheFolder()
    {
        using var job = new SmallJob();
        job.Flags["--out"] = "lc0.tif";
        byte[] before = File.ReadAllBytes(job["lc0.tif"]);
        job.Run("--overwrite").Refused(job, ExitCode.Usage, "lc0.tif");
        Assert.That(File.ReadAllBytes(job["lc0.tif"]), Is.EqualTo(before));
    }

    [Test]
    public void FoldersMadeForTheResultGoWithIt()
    {
        using var job = new SmallJob();
        job.Flags["--out"] = "new/deep/result";
        job.Flags["--lpd"] = "nowhere.tif";
        Refusal.Said(job.Run(), ExitCode.Input, "nowhere.tif");
        Assert.That(Path.Exists(job["new"]), Is.False);
    }

    [Test]
    public void VerboseAddsDetails()
    {
        using var job = new SmallJob();
        job.Flags["--lpd"] = "nowhere.tif";
        LdnResult result = job.Run("-v");
        Assert.That(result.ExitCode, Is.EqualTo((int)ExitCode.Input));
        Assert.That(result.Error, Does.Contain("   at "));
    }
}
