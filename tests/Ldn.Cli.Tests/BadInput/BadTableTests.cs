namespace Ldn.Cli.Tests.BadInput;

/// <summary>Zones, groups, legends, matrices and job files that cannot be used.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class BadTableTests
{
    [Test]
    public void TwoZonesOfOneId()
    {
        using var job = new SmallJob();
        job.Work.Zones(
            "zones.geojson",
            [SmallJob.Zones[0], SmallJob.Zones[1], (SmallJob.Properties("MNG", "Again"), SmallJob.Zones[2].Polygons)]);
        job.Run().Refused(job, ExitCode.Input, "zones.geojson", "'MNG'", "--dissolve");
        job.Run("--dissolve").Succeeded();
    }

    [Test]
    public void OneIdInTwoLayers()
    {
        using var job = new SmallJob();
        job.Work.Zones("more.geojson", [SmallJob.Zones[0]]);
        string two = SmallJob.JobFile.Replace("\"zones\": [", """ "zones": [ { "file": "more.geojson", "id": "iso3" }, """, StringComparison.Ordinal);
        job.RunFile(two).Refused(job, ExitCode.Input, "'MNG'");
    }

    [TestCase("--zone-id")]
    [TestCase("--zone-name")]
    public void UnknownAttribute(string flag)
    {
        using var job = new SmallJob();
        job.Flags[flag] = "nane";
        job.Run().Refused(job, ExitCode.Usage, "zones.geojson", "'nane'", "name");
    }

    [Test]
    public void NoAttributeNamed()
    {
        using var job = new SmallJob();
        job.Flags.Remove("--zone-id");
        job.Run().Refused(job, ExitCode.Usage, "zones.geojson", "--zone-id");
    }

    [Test]
    public void GroupOfAnUnknownZone()
    {
        using var job = new SmallJob();
        job.Flags["--groups"] = job.Work.Text("groups.csv", "group_id,group_name,zone_id\neast,East,CHN\neast,East,MNH\n");
        job.Run().Refused(job, ExitCode.Usage, "groups.csv", "MNH", "MNG");
    }

    [Test]
    public void GroupOfAZonesId()
    {
        using var job = new SmallJob();
        job.Flags["--groups"] = job.Work.Text("groups.csv", "group_id,group_name,zone_id\nCHN,East,CHN\n");
        job.Run().Refused(job, ExitCode.Usage, "CHN");
    }

    [TestCase("group_id,zone_id\na,CHN\n", "group_name")]
    [TestCase("group_id,group_name,zone_id\na,A\n", "groups.csv")]
    [TestCase("group_id,group_name,zone_id\na,\"A,CHN\n", "groups.csv")]
    [TestCase("", "groups.csv")]
    public void MalformedGroups(string text, string word)
    {
        using var job = new SmallJob();
        job.Flags["--groups"] = job.Work.Text("groups.csv", text);
        job.Run().Refused(job, ExitCode.Usage, "groups.csv", word);
    }

    [TestCase("code,name\n1,Trees\n", "unccd")]
    [TestCase("code,name,color,unccd\n1,Trees,#00ff00,9\n", "9")]
    [TestCase("code,name,color,unccd\none,Trees,#00ff00,1\n", "one")]
    [TestCase("code,name,color,unccd\n1,Trees,#00ff00,1\n1,Trees,#00ff00,1\n", "1")]
    public void MalformedLegend(string text, string word)
    {
        using var job = new SmallJob();
        job.Flags["--legend"] = job.Work.Text("legend.csv", text);
        job.Run().Refused(job, ExitCode.Usage, "legend.csv", word);
    }

    [TestCase("from,1,2\n1,0,2\n2,0,0\n", "'2'")]
    [TestCase("from,1,2\n1,0,1\n", "2")]
    public void MalformedMatrix(string text, string word)
    {
        using var job = new SmallJob();
        job.Flags["--legend"] = job.Work.Text("legend.csv", "code,name,color,unccd\n1,Trees,#00ff00,1\n2,Grass,#ffff00,2\n");
        job.Flags["--matrix"] = job.Work.Text("matrix.csv", text);
        job.Run().Refused(job, ExitCode.Usage, "matrix.csv", word);
    }

    [Test]
    public void UnknownLegend()
    {
        using var job = new SmallJob();
        job.Flags["--legend"] = "esa-ccl";
        job.Run().Refused(job, ExitCode.Usage, "esa-ccl");
    }

    [TestCase("{\"type\":\"FeatureCollection\",\"features\":[{\"type\"")]
    [TestCase("zones")]
    [TestCase("")]
    [TestCase("{\"type\":\"FeatureCollection\",\"features\":[]}")]
    public void MalformedGeoJson(string text)
    {
        using var job = new SmallJob();
        job.Work.Text("zones.geojson", text);
        LdnResult result = job.Run();
        // A file that no driver knows is unreadable; without features there is no attribute either.
        result.Refused(
            job, text.EndsWith("[]}", StringComparison.Ordinal) ? (ExitCode)result.ExitCode : ExitCode.Input, "zones.geojson");
        Assert.That(result.ExitCode, Is.AnyOf((int)ExitCode.Input, (int)ExitCode.Usage));
    }

    [Test]
    public void MissingZones()
    {
        using var job = new SmallJob();
        job.Flags["--zones"] = "nowhere.geojson";
        job.Run().Refused(job, ExitCode.Input, "nowhere.geojson");
    }

    [TestCase("{ \"periods\": ", "job.json")]
    [TestCase("[]", "job.json")]
    [TestCase("", "job.json")]
    [TestCase("null", "job.json")]
    [TestCase("{ \"landcover\": {} }", "'landcover'", "landCover")]
    [TestCase("{ \"rules\": { \"mising\": \"strict\" } }", "'mising'", "missing")]
    [TestCase("{ \"rules\": { \"socThreshold\": \"ten\" } }", "job.json", "socThreshold")]
    [TestCase("{ \"name\": \"a\", \"name\": \"b\" }", "job.json", "name")]
    public void MalformedJobFile(string text, params string[] words)
    {
        using var job = new SmallJob();
        job.RunFile(text).Refused(job, ExitCode.Usage, words);
    }

    [Test]
    public void MissingJobFile()
    {
        using var job = new SmallJob();
        LdnProcess.Run(job.Work.Folder, ["compute", "nowhere.json", "--out", "result"])
            .Refused(job, ExitCode.Usage, "nowhere.json");
    }

    [TestCase("\"missing\": \"strict\"", "\"missing\": \"strikt\"", "strikt", "strict")]
    [TestCase("\"indicator\"", "\"indikator\"", "indikator", "indicator")]
    [TestCase("\"legend\": \"unccd-7\",", "", "legend")]
    [TestCase("\"2015\": \"lc1.tif\"", "\"2014\": \"lc1.tif\"", "2015", "2014")]
    [TestCase("\"2015\": \"soc1.tif\"", "\"year\": \"soc1.tif\"", "year")]
    [TestCase("\"baseline\": \"lpd.tif\"", "\"report_1\": \"lpd.tif\"", "baseline")]
    [TestCase("\"landCover\": [2000, 2015]", "\"landCover\": [2015, 2000]", "landCover")]
    [TestCase("\"kind\": \"lpd\"", "\"kind\": \"ldp\"", "ldp", "lpd")]
    public void WrongValuesOfAJobFile(string from, string to, params string[] words)
    {
        using var job = new SmallJob();
        string text = SmallJob.JobFile.Replace(from, to, StringComparison.Ordinal);
        Assert.That(text, Is.Not.EqualTo(SmallJob.JobFile));
        job.RunFile(text).Refused(job, ExitCode.Usage, words);
    }
}
