using Ldn.Cli.Terminal;

namespace Ldn.Cli.Tests.Outputs;

/// <summary>The bar and the line at the start fit any terminal.</summary>
internal sealed class ProgressTests
{
    [Test]
    public void TheBarFitsAnyWidth([Range(1, 160)] int width)
    {
        foreach (string left in new[] { "", "12:03:07 left" })
        {
            foreach (double share in new[] { 0, 0.004, 0.42, 1 })
            {
                string bar = ConsoleProgress.Bar(width, share, "laying out rasters", left, "123.4 M cells/s", "12345 MB");
                Assert.That(bar, Has.Length.LessThan(width));
                if (width > 6)
                    Assert.That(bar, Does.Contain($"{Math.Floor(share * 100)} %"));
                string drawn = bar.Contains('[') ? bar[(bar.IndexOf('[') + 1)..bar.IndexOf(']')] : "";
                Assert.That(drawn.Count(c => c == '#'), Is.EqualTo((int)(share * drawn.Length)));
            }
        }
    }

    [TestCase(24, "  [###..........]  25 %")]
    [TestCase(40, "  [###............]  25 %  0:00:09 left")]
    [TestCase(60, "  computing  [######..................]  25 %  0:00:09 left")]
    [TestCase(80, "  computing  [#####...............]  25 %  0:00:09 left  12.3 M cells/s  512 MB")]
    [TestCase(120, "  computing  [#######.......................]  25 %  0:00:09 left  12.3 M cells/s  512 MB")]
    public void WhereThereIsNoRoomLessIsTold(int width, string expected)
    {
        string bar = ConsoleProgress.Bar(width, 0.25, "computing", "0:00:09 left", "12.3 M cells/s", "512 MB");
        Assert.That(bar, Is.EqualTo(expected));
    }

    /// <summary>Whatever computes, merges or compares says first what with, on what and how much.</summary>
    [Test]
    public void EveryRunBeginsWithALine()
    {
        using var job = new SmallJob();
        const string Versions = "  ldn ";
        void Begins(string[] arguments, params string[] words)
        {
            string[] lines = LdnProcess.Run(job.Work.Folder, arguments).Succeeded().Error.Split('\n');
            Assert.That(lines[0], Does.StartWith(Versions).And.Contain("GDAL").And.Contain("thread").And.Contain("SIMD"));
            foreach (string word in words)
                Assert.That(lines[0], Does.Contain(word));
        }

        string[] rest = ["--rasters", "indicator", "--no-progress", "--tables", "csv,json"];
        Begins([.. job.Arguments(rest)], "40 x 30 cells", "1200 to read");
        job.Work.Text("job.json", SmallJob.JobFile);
        LdnProcess.Run(job.Work.Folder, ["plan", "job.json", "--shards", "1", "-o", "run/plan.json"]).Succeeded();
        LdnProcess.Run(job.Work.Folder, ["compute", "--plan", "run/plan.json", "--shard", "0"]).Succeeded();
        Begins(["merge", "run/plan.json"], "40 x 30 cells", "1 part to merge");
        Begins(["compare", "result", "result"], "40 x 30 cells", "to read");
        Begins(["compare", "result/headline.csv", "result"], "tables alone");
        Begins(["summarize", "--condition", "result/baseline_indicator.tif", "--out", "again"], "40 x 30 cells");
    }

    [TestCase(20)]
    [TestCase(40)]
    [TestCase(80)]
    [TestCase(400)]
    public void TheLineAtTheStartBreaksBetweenParts(int width)
    {
        string[] parts = ["ldn 1.2.3", "GDAL 3.6.2", "800 x 600 cells", "455 k to read", "2 threads"];
        IReadOnlyList<string> lines = ConsoleProgress.Wrapped(parts, width);
        Assert.That(lines.Max(l => l.Length), Is.LessThanOrEqualTo(width));
        Assert.That(string.Join(' ', lines.Select(l => l.Trim())), Is.EqualTo(string.Join(", ", parts)));
        Assert.That(lines, Has.Count.EqualTo(1).Or.Count.GreaterThan(width < 100 ? 1 : 0));
    }
}
