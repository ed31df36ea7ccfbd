using Ldn.Gdal;
using Ldn.Run;

namespace Ldn.Cli.Tests.Usage;

/// <summary>Mistakes of job files and of the files they name: what is wrong, and the cure, before anything is computed.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class JobMistakeTests
{
    [TestCase("\"lpd.tif\"", "\"~/lpd.tif\"", "~/lpd.tif: no such file", "~ is replaced by shells alone")]
    [TestCase("\"lpd.tif\"", "\"$DATA/lpd.tif\"", "no such file", "variables are not replaced")]
    [TestCase("\"lpd.tif\"", "\"%DATA%/lpd.tif\"", "no such file", "variables are not replaced")]
    [TestCase("\"lpd.tif\"", "\"lp*.tif\"", "no such file", "patterns are not expanded")]
    [TestCase("\"lpd.tif\"", "\"data\\\\lpd.tif\"", "no such file", "a file of that name lies near: lpd.tif")]
    [TestCase("\"lpd.tif\"", "\"lpd1.tif\"", "no such file: paths in a job start at its folder", "did you mean lpd.tif")]
    [TestCase("\"lpd.tif\"", "\"zones.geojson\"", "cannot be opened as a raster: a JSON text", "check that it is the raster")]
    [TestCase("\"lpd.tif\"", "\"table.csv\"", "a text, such as a table (CSV)", "name the raster")]
    [TestCase("\"lpd.tif\"", "\".\"", "it is a folder", "name the raster in it")]
    [TestCase("\"2015\": \"lc1.tif\"", "\"15\": \"lc1.tif\"", "'15' is not a year of four digits", "\"2015\"")]
    [TestCase("\"2015\": \"lc1.tif\"", "\"year 2015\": \"lc1.tif\"", "'year 2015' is not a year", "all four digits")]
    [TestCase("\"2015\": \"lc1.tif\" }", "\"2016\": \"lc1.tif\" }, \"standIns\": { \"2015\": 2019 }", "and so is 2019, which is "
        + "to stand in", "2000, 2016")]
    [TestCase("\"2015\": \"lc1.tif\" }", "\"2016\": \"lc1.tif\" }, \"standIns\": { \"2016\": 2015 }",
        "stands in for 2016", "\"standIns\": { \"2015\": 2016 }")]
    [TestCase("\"id\": \"iso3\", ", "", "name no attribute with their ids", "--zone-id iso3, in a job with \"id\": \"iso3\"")]
    [TestCase("\"name\": \"name\" }", "\"name\": \"name\", \"groups\": \"tabs.csv\" }", "separated by tabs: no column group_id",
        "use commas", "tr '\\t' ',' < tabs.csv")]
    [TestCase("\"name\": \"name\" }", "\"name\": \"name\", \"groups\": \"g.xlsx\" }",
        "is a workbook or an archive, not a CSV", "save its sheet")]
    [TestCase("\"name\": \"name\" }", "\"name\": \"name\", \"groups\": \"g.csv\" }", "'MGN' is not a zone of this run; did you "
        + "mean 'MNG'?")]
    [TestCase("\"strict\"", "\"strict\", \"socThreshold\": 10%", "a sign of per cent after a number", "10, not 10%")]
    [TestCase("\"unccd-7\"", "\"unccd\"", "the nearest is unccd-7", "name one of these")]
    public void IsToldWithItsCure(string of, string to, params string[] words)
    {
        using var job = new SmallJob();
        job.Work.Text("tabs.csv", "group_id\tgroup_name\tzone_id\nA\tAll\tMNG\n");
        job.Work.Text("table.csv", "a,b\n1,2\n");
        job.Work.Text("g.xlsx", "PK\u0003\u0004 and so on");
        job.Work.Text("g.csv", "group_id,group_name,zone_id\nA,All,MGN\n");
        Assert.That(SmallJob.JobFile, Does.Contain(of));
        JobReview review = JobReview.Of(
            job.Work.Text("job.json", SmallJob.JobFile.Replace(of, to, StringComparison.Ordinal)), null, new GdalGeodata());
        string said = string.Join('\n', review.Faults.Select(f => f.Error.Message + "\n" + f.Error.Remedy));
        foreach (string word in words)
            Assert.That(said, Does.Contain(word));
    }

    [TestCase("group_id,group_name,zone_id\nA,All,MNG\n", "is a table (CSV), not a job")]
    [TestCase("a;b;c\n1;2;3\n", "is a table (CSV), not a job")]
    [TestCase("PK\u0003\u0004", "a ZIP archive or an office document, not a job")]
    public void WhatIsNoJobIsCalledWhatItIs(string text, string says)
    {
        using var work = new Workspace();
        JobReview review = JobReview.Of(work.Text("job.json", text), null, new GdalGeodata());
        Assert.That(review.Faults.Single().Error.Message, Does.Contain(says));
    }

    /// <summary>
    /// A wrong figure with exit 0 is the worst: names that contradict the years are told by every run and in its outputs.
    /// </summary>
    [Test]
    public void SwappedYearsAreDoubtedByTheRunToo()
    {
        using var job = new SmallJob();
        foreach ((string from, string to) in new[] { ("lc0.tif", "lc2000.tif"), ("lc1.tif", "lc2015.tif") })
            File.Move(job[from], job[to]);
        (job.Flags["--land-cover-initial"], job.Flags["--land-cover-final"]) = ("lc2015.tif", "lc2000.tif");
        string said = job.Run("--rasters", "none").Succeeded().Error;
        Assert.That(said, Does.Contain("say 2015 for the initial and 2000 for the final year: swapped?"));
        Assert.That(said.Split("swapped?"), Has.Length.EqualTo(2), "once");
        Assert.That(File.ReadAllText(job["result/summary.json"]), Does.Contain("swapped?"));
        (job.Flags["--land-cover-initial"], job.Flags["--land-cover-final"]) = ("lc2000.tif", "lc2015.tif");
        Assert.That(job.Run("--rasters", "none", "--overwrite").Succeeded().Error, Does.Not.Contain("swapped"));
    }

    [TestCase("taken")]
    [TestCase("taken/deeper")]
    public void AFileInTheWayOfTheResult(string folder)
    {
        using var job = new SmallJob();
        job.Work.Text("taken", "mine");
        job.Flags["--out"] = folder;
        BadInput.Refusal.Said(job.Run(), ExitCode.Usage, "taken is a file, not a folder", "choose another --out");
        Assert.That(File.ReadAllText(job["taken"]), Is.EqualTo("mine"));
    }

    /// <summary>The cure of a file of another layer is the right file, not a declaration.</summary>
    [Test]
    public void LandCoverGivenAsProductivity()
    {
        using var job = new SmallJob();
        job.Work.Raster(
            "lpd.tif", SmallJob.Grid, Ldn.Rasters.CellType.Byte,
            SmallJob.Values((c, r) => new[] { 10.0, 30, 60, 130, 200, 210 }[(c + r) % 6]), 0);
        LdnResult result = job.Run("--rasters", "none");
        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(
            result.Error,
            Does.Contain("no classes of land productivity dynamics (1 to 5").And.Contain("look like land cover of legend esa-cci")
                .And.Contain("name the file that is meant; else"));
        Assert.That(Path.Exists(job["result"]), Is.False);
    }
}
