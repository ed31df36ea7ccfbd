using Ldn.Rasters;

namespace Ldn.Cli.Tests.Outputs;

/// <summary><c>ldn summarize</c> on the rasters of a run must give the figures of that run.</summary>
public sealed class SummarizeTests
{
    /// <summary>Two periods whose initial years have water in different places.</summary>
    private const string TwoPeriods = """
        {
          "periods": { "baseline": { "landCover": [2000, 2015], "soilCarbon": [2000, 2015] }, "report_1": { "landCover": [2016, 2019], "soilCarbon": [2016, 2019] } },
          "landCover": { "legend": "unccd-7", "years": { "2000": "lc0.tif", "2015": "lc1.tif", "2016": "lc16.tif", "2019": "lc19.tif" } },
          "productivity": { "kind": "lpd", "periods": { "baseline": "lpd.tif", "report_1": "lpd.tif" } },
          "soilCarbon": { "kind": "stocks", "years": { "2000": "soc0.tif", "2015": "soc1.tif", "2016": "soc16.tif", "2019": "soc19.tif" } },
          "zones": [ { "file": "zones.geojson", "id": "iso3", "name": "name" } ],
          "outputs": { "tables": ["csv"] }
        }
        """;

    private static readonly string[] s_zones = [
        "--zones", "zones.geojson", "--zone-id", "iso3", "--zone-name", "name", "--out", "again", "--overwrite"];

    /// <summary>A raster serves one year: the later ones are copies.</summary>
    private static void RunTwoPeriods(SmallJob job)
    {
        foreach ((string from, string to) in new[] { ("lc1", "lc16"), ("lc0", "lc19"), ("soc1", "soc16"), ("soc0", "soc19") })
            File.Copy(job[from + ".tif"], job[to + ".tif"]);
        job.RunFile(TwoPeriods).Succeeded();
    }

    [TestCase("byte")]
    [TestCase("signed")]
    public void AConditionRasterOfEitherEncodingGivesTheRunsHeadline(string encoding)
    {
        using var job = new SmallJob();
        job.Run("--encoding", encoding).Succeeded();
        Water(job, SmallJob.CoverBefore);
        Summarize(job, "--condition", "result/baseline_indicator.tif");
        Assert.That(Headline(job, "again", "baseline"), Is.EqualTo(Headline(job, "result", "baseline")));
        Assert.That(CsvRows.Read(job["again/headline.csv"])[0].Number("water_km2"), Is.GreaterThan(0));
    }

    [Test]
    public void AFileOfSeveralBandsIsAPeriodABand()
    {
        using var job = new SmallJob();
        RunTwoPeriods(job);
        Water(job, (c, r) => SmallJob.CoverBefore(c, r) == 7 || SmallJob.CoverAfter(c, r) == 7 ? 7 : 1);
        job.Work.Text("both.vrt", $"""
            <VRTDataset rasterXSize="{SmallJob.Width}" rasterYSize="{SmallJob.Height}">
              <SRS>EPSG:4326</SRS><GeoTransform>{SmallJob.West}, {SmallJob.Cell}, 0, {SmallJob.North}, 0, -{SmallJob.Cell}</GeoTransform>
              {Band(1, "result/baseline_indicator.tif")}{Band(2, "result/report_1_indicator.tif")}
            </VRTDataset>
            """);
        Summarize(job, "--condition", "both.vrt");
        Assert.That(Headline(job, "again", "report_1"), Is.EqualTo(Headline(job, "result", "report_1")));
        Assert.That(Status(job, "again"), Is.EqualTo(Status(job, "result")));
    }

    [Test]
    public void AStatusRasterGivesTheRunsStatus()
    {
        using var job = new SmallJob();
        RunTwoPeriods(job);
        Water(job, (c, r) => SmallJob.CoverBefore(c, r) == 7 || SmallJob.CoverAfter(c, r) == 7 ? 7 : 1);
        Summarize(job, "--status", "report_1=result/status_report_1.tif");
        Assert.That(Status(job, "again"), Is.EqualTo(Status(job, "result")));
        Assert.That(Headline(job, "again", "report_1"), Is.EqualTo(Headline(job, "result", "report_1")));

        LdnResult both = LdnProcess.Run(
            job.Work.Folder, [
                "summarize", "--condition", "result/baseline_indicator.tif", "--condition", "result/report_1_indicator.tif",
                "--status", "result/status_report_1.tif", .. s_zones]);
        Assert.That(both.ExitCode, Is.EqualTo(2));
        Assert.That(both.Error, Does.Contain("the status of period 'report_1' is given"));
    }

    [Test]
    public void TheGroupOfAllZonesIsTheRuns()
    {
        using var job = new SmallJob();
        job.Run("--total", "T=All").Succeeded();
        Water(job, SmallJob.CoverBefore);
        LdnProcess.Run(
            job.Work.Folder, ["summarize", "--condition", "result/baseline_indicator.tif", "--water", "water.tif", "--total",
                "T=All", .. s_zones]).Succeeded();
        string[] headline = [.. Headline(job, "again", "baseline")];
        Assert.That(headline, Is.EqualTo(Headline(job, "result", "baseline")));
        Assert.That(CsvRows.Read(job["again/headline.csv"]).Select(r => r["zone_id"]), Does.Contain("T"));
    }

    private static string Band(int band, string file) => $"""
        <VRTRasterBand dataType="Byte" band="{band}"><NoDataValue>0</NoDataValue>
          <SimpleSource><SourceFilename relativeToVRT="1">{file}</SourceFilename><SourceBand>1</SourceBand>
            <SrcRect xOff="0" yOff="0" xSize="{SmallJob.Width}" ySize="{SmallJob.Height}"/><DstRect xOff="0" yOff="0" xSize="{SmallJob.Width}" ySize="{SmallJob.Height}"/>
          </SimpleSource></VRTRasterBand>
        """;

    private static void Water(SmallJob job, Func<int, int, double> cover) =>
        job.Work.Raster("water.tif", SmallJob.Grid, CellType.Byte, SmallJob.Values((c, r) => cover(c, r) == 7 ? 1 : 0), 255);

    private static void Summarize(SmallJob job, params string[] rasters) =>
        LdnProcess.Run(job.Work.Folder, ["summarize", .. rasters, "--water", "water.tif", .. s_zones]).Succeeded();

    private static IEnumerable<string> Headline(SmallJob job, string folder, string period) =>
        CsvRows.Read(job[$"{folder}/headline.csv"]).Where(r => r["period"] == period).Select(r => r.Key(
            "zone_id", "land_km2", "valid_km2", "water_km2", "no_data_km2", "degraded_km2", "stable_km2", "improved_km2",
            "degraded_pct_of_land", "degraded_pct_of_valid"));

    private static IEnumerable<string> Status(SmallJob job, string folder) =>
        CsvRows.Read(job[$"{folder}/summary.csv"]).Where(r => r["indicator"] is "status" or "status_expanded").Select(r => r.Key(
            "zone_id", "zone_name", "period", "indicator", "class", "pixels", "area_km2", "share_of_land_pct",
            "share_of_valid_pct"));
}
