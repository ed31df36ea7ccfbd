using Ldn.Csv;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Neutrality;

/// <summary><c>ldn neutrality</c> on a finished run: the same answers as when the job asks for them itself.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class NeutralityRunTests
{
    private const string Unasked = "\"strata\": { \"landTypes\": [\"types.tif\"] },";

    [TestCase("byte")]
    [TestCase("signed")]
    public void AFinishedRunGivesTheSameTablesAndRasters(string encoding)
    {
        using var world = new SmallNeutrality();
        world.Work.Text("targets.csv", "id,zone_id,text,metric,comparator,value,year\nmet,all,,degraded_pct,<=,25,2030\nline,all,,degraded_pct,>=,70.83,2030\n");
        world.Run(SmallNeutrality.Job, "--targets", "targets.csv").Succeeded();
        LdnProcess.Run(world.Work.Folder,
            ["compute", world.Work.Text("plain.json", SmallNeutrality.Job.Replace(Unasked, "")), "--out", "plain", "--encoding",
            encoding]).Succeeded();
        LdnProcess.Run(world.Work.Folder, ["neutrality", "plain", "--land-types", "types.tif", "--targets", "targets.csv"])
            .Succeeded();
        foreach (string table in new[] { "neutrality", "projection", "targets", "response_hierarchy", "headline" })
            Assert.That(
                File.ReadAllText(world.Work[$"plain/neutrality/{table}.csv"]),
                Is.EqualTo(File.ReadAllText(world.Work[$"result/{table}.csv"])), table);
        foreach (
            string raster in new[] { "gains_losses_report_1", "neutrality_report_1", "response_baseline", "response_report_1" })
            Assert.That(
                File.ReadAllBytes(world.Work[$"plain/neutrality/{raster}.tif"]),
                Is.EqualTo(File.ReadAllBytes(world.Work[$"result/{raster}.tif"])), raster);
    }

    /// <summary>A run of initial and final rasters whose years nobody named.</summary>
    [Test]
    public void ARunWithoutYearsIsAskedLikeAnyOther()
    {
        using var job = new SmallJob();
        job.Flags["--out"] = "first";
        job.Run("-q", "--rasters", "indicator").Succeeded();
        LdnProcess.Run(job.Work.Folder, ["neutrality", "first", "--hotspot-km", "500", "--out", "asked"]).Succeeded();
        Assert.That(File.Exists(job.Work["asked/hotspots.csv"]));
        CsvTable asked = CsvTable.Read(job.Work["asked/headline.csv"]), first = CsvTable.Read(job.Work["first/headline.csv"]);
        Assert.That(asked.Rows, Has.Count.EqualTo(first.Rows.Count));
        foreach (string column in new[] { "zone_id", "land_km2", "degraded_km2", "improved_km2", "degraded_pct_of_land" })
            Assert.That(
                asked.Rows.Select(r => asked.Text(r, column)), Is.EqualTo(first.Rows.Select(r => first.Text(r, column))), column);
    }

    /// <summary>A merge of shards may leave virtual rasters over their parts.</summary>
    [Test]
    public void VirtualRastersOfARunAreTheSame()
    {
        using var world = new SmallNeutrality();
        world.Run(SmallNeutrality.Job, "--rasters", "indicator").Succeeded();
        string[] ask = ["neutrality", "result", "--land-types", "types.tif", "--rasters", "none", "--out"];
        LdnProcess.Run(world.Work.Folder, [.. ask, "plain"]).Succeeded();
        foreach (string period in new[] { "baseline", "report_1" })
        {
            string raster = world.Work[$"result/{period}_indicator.tif"], part = world.Work[$"{period}_part.tif"];
            File.Move(raster, part);
            world.Work.Virtual(
                $"result/{period}_indicator.vrt", part, SmallNeutrality.Cells, 1, extra: "<NoDataValue>0</NoDataValue>");
        }

        LdnProcess.Run(world.Work.Folder, [.. ask, "virtual"]).Succeeded();
        foreach (string table in new[] { "neutrality", "headline", "projection" })
            Assert.That(
                File.ReadAllText(world.Work[$"virtual/{table}.csv"]),
                Is.EqualTo(File.ReadAllText(world.Work[$"plain/{table}.csv"])), table);
    }

    /// <summary>
    /// Land, water, groups and the group of all zones are the run's own: the land cover's water of each period, told from land
    /// without data. Once the land cover has changed, they cannot be told apart, and that is said.
    /// </summary>
    [Test]
    public void DenominatorsAndGroupsAreTheRuns()
    {
        using var job = new SmallJob();
        job.Work.Raster("types.tif", SmallJob.Grid, CellType.Byte, SmallJob.Values((c, r) => 1 + (c * r % 3)), 0);
        job.Work.Raster("lpd2.tif", SmallJob.Grid, CellType.Byte, SmallJob.Values((c, r) => SmallJob.Lpd(c + 2, r)), 0);
        double[] flooded = SmallJob.Values((c, r) => c == 30 ? 7 : SmallJob.CoverAfter(c, r));
        job.Work.Raster("lc2.tif", SmallJob.Grid, CellType.Byte, flooded, 0);
        job.Work.Text("groups.csv", "group_id,group_name,zone_id\nG,Both,MNG\nG,Both,CHN\n");
        string text = SmallJob.JobFile;
        foreach ((string old, string changed) in new[]
        {
            ("\"soilCarbon\": [2000, 2015] } }", "\"soilCarbon\": [2000, 2015] }, \"report_1\": { \"landCover\": [2016, 2019], "
                + "\"productivity\": [2004, 2019], \"soilCarbon\": [2000, 2015] } }"),
            ("\"2015\": \"lc1.tif\" }", "\"2015\": \"lc1.tif\", \"2016\": \"lc2.tif\", \"2019\": \"lc3.tif\" }"),
            ("\"baseline\": \"lpd.tif\" }", "\"baseline\": \"lpd.tif\", \"report_1\": \"lpd2.tif\" }"),
            ("\"name\": \"name\" } ]", "\"name\": \"name\", \"groups\": \"groups.csv\" } ], \"total\": { \"id\": \"T\" }"),
        })
        {
            Assert.That(text, Does.Contain(old));
            text = text.Replace(old, changed, StringComparison.Ordinal);
        }

        File.Copy(job["lc1.tif"], job["lc3.tif"]);
        job.RunFile(text, "--land-types", "types.tif").Succeeded();
        LdnResult same = LdnProcess.Run(job.Work.Folder, ["neutrality", "result", "--land-types", "types.tif"]).Succeeded();
        Assert.That(same.Error, Does.Not.Contain("water counts as land"));
        Same("neutrality", "zone_id", "period", "land_type", "gains_km2", "losses_km2", "neutral", "land_km2", "no_data_km2");
        Same("projection", "zone_id", "land_type", "baseline_degraded_km2", "latest_degraded_km2", "projected_degraded_km2");
        Same("headline", "zone_id", "period", "land_km2", "valid_km2", "water_km2", "no_data_km2", "degraded_km2");
        List<CsvLine> headline = CsvRows.Read(job["result/neutrality/headline.csv"]);
        Assert.That(headline.Max(r => r.Number("water_km2")), Is.GreaterThan(0));
        Assert.That(headline.Select(r => r["zone_id"]), Does.Contain("G").And.Contain("T"));

        job.Work.Raster("lc2.tif", SmallJob.Grid, CellType.Byte, SmallJob.Values((_, _) => 1), 0);
        LdnResult after = LdnProcess.Run(
            job.Work.Folder, ["neutrality", "result", "--land-types", "types.tif", "--out", "after"]).Succeeded();
        Assert.That(after.Error, Does.Contain("water counts as land without data").And.Contain("lc2.tif has changed"));

        void Same(string table, params string[] columns) => Assert.That(
            CsvRows.Read(job[$"result/neutrality/{table}.csv"]).Select(r => r.Key(columns)),
            Is.EqualTo(CsvRows.Read(job[$"result/{table}.csv"]).Select(r => r.Key(columns))), table);
    }

    [Test]
    public void AFailedCheckExits4()
    {
        using var world = new SmallNeutrality();
        world.Run(SmallNeutrality.Job.Replace(Unasked, "")).Succeeded();
        Assert.That(
            LdnProcess.Run(
                world.Work.Folder,
                ["neutrality", "result", "--land-types", "types.tif", "--fail-on", "not-neutral", "--out", "asked"]).ExitCode,
            Is.EqualTo(4));
        Assert.That(File.Exists(world.Work["asked/neutrality.csv"]), Is.True);
    }

    [Test]
    public void WhatARunCannotTellIsSaid()
    {
        using var world = new SmallNeutrality();
        world.Run(SmallNeutrality.Job.Replace(Unasked, ""), "--rasters", "none").Succeeded();
        Check(2, "nothing is asked of the run", "neutrality", "result");
        Check(3, "baseline_indicator.tif is not there", "neutrality", "result", "--land-types", "types.tif");
        Check(2, "severity and cost need the sub-indicators", "neutrality", "result", "--severity", "default");
        Check(3, "holds no finished run", "neutrality", "nowhere", "--land-types", "types.tif");

        void Check(int code, string says, params string[] arguments)
        {
            LdnResult result = LdnProcess.Run(world.Work.Folder, arguments);
            Assert.That(result.ExitCode, Is.EqualTo(code), result.Error);
            Assert.That(result.Error, Does.Contain(says));
        }
    }
}
