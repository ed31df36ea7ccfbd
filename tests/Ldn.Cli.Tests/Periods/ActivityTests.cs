using Ldn.Gdal;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Periods;

/// <summary>
/// Activities on the small job: the same figures as if each were a zone, and everything that can be wrong with them.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ActivityTests
{
    private static readonly (string Id, double[][][] Polygons)[] s_projects =
    [
        ("P1", Workspace.Rectangle(100.5, 48.2, 101.5, 49.1)),
        ("P2", Workspace.Rectangle(101.2, 48.6, 102.4, 49.4)),
        ("P3", Workspace.Rectangle(100.52, 47.52, 100.53, 47.53)),
    ];

    private static string Properties(string id, string start = "2010") =>
        $"\"id\":\"{id}\",\"name\":\"Project {id}\",\"stakeholder\":\"agency\",\"type\":\"fencing\",\"start_year\":\"{start}\"";

    private static SmallJob Job(string extra = "")
    {
        var job = new SmallJob();
        job.Work.Zones("projects.geojson", s_projects.Select(p => (Properties(p.Id), p.Polygons)));
        job.Work.Text("job.json", SmallJob.JobFile.Replace("\"rules\"", $$"""
            "activities": { "file": "projects.geojson"{{extra}} }, "strata": { "climate": true }, "rules"
            """, StringComparison.Ordinal));
        return job;
    }

    private static LdnResult Run(SmallJob job, params string[] extra) =>
        LdnProcess.Run(job.Work.Folder, ["compute", "job.json", "--out", "result", .. extra]);

    /// <summary>The second route: the same polygons as zones of a run of their own.</summary>
    [Test]
    public void AnActivityHasTheFiguresOfAZone()
    {
        using SmallJob job = Job();
        LdnResult result = Run(job).Succeeded();
        Assert.That(result.Error, Does.Contain("activity P3: no cell"));
        job.Work.Text(
            "zones.json",
            SmallJob.JobFile.Replace(
                "\"file\": \"zones.geojson\", \"id\": \"iso3\", \"name\": \"name\"",
                "\"file\": \"projects.geojson\", \"id\": \"id\"", StringComparison.Ordinal));
        LdnProcess.Run(job.Work.Folder, ["compute", "zones.json", "--out", "zones"]).Succeeded();
        List<CsvLine> activities = CsvRows.Read(job["result/activities.csv"]), zones = CsvRows.Read(job["zones/headline.csv"]);
        foreach (string id in new[] { "P1", "P2" })
        {
            CsvLine zone = zones.Single(z => z["zone_id"] == id);
            CsvLine[] parts = [
                .. activities.Where(a => a["activity_id"] == id && a["part"] == "inside" && a["zone_id"] is "MNG" or "CHN")];
            parts = [.. parts.Where(a => a["activity_id"] == id && a["part"] == "inside")];
            foreach (string figure in new[] { "land_km2", "degraded_km2", "stable_km2", "improved_km2", "no_data_km2" })
                Assert.That(parts.Sum(p => p.Number(figure)), Is.EqualTo(zone.Number(figure)).Within(1e-5), $"{id} {figure}");
            double[] stocks = [
                .. CsvRows.Read(job["zones/soc_by_land_cover.csv"]).Where(r => r["zone_id"] == id).GroupBy(r => r["year"])
                    .OrderBy(g => g.Key).Select(g => g.Sum(r => r.Number("soc_t")))];
            Assert.That(parts.Sum(p => p.Number("soc_change_t")), Is.EqualTo(stocks[1] - stocks[0]).Within(1e-3), $"{id} carbon");
        }

        Assert.That(activities.Where(a => a["activity_id"] == "P3"), Is.Empty);
    }

    /// <summary>Inside the union and outside it are the zone: nothing counted twice, nothing left out.</summary>
    [Test]
    public void TheUnionAndTheRestAreTheZone()
    {
        using SmallJob job = Job();
        Run(job).Succeeded();
        List<CsvLine> rows = CsvRows.Read(job["result/activities_by_type.csv"]), zones = CsvRows.Read(job["result/headline.csv"]),
        climate = CsvRows.Read(job["result/climate.csv"]);
        foreach (string id in new[] { "MNG", "CHN", "EDGE" })
        {
            CsvLine[] both = [.. rows.Where(r => r["zone_id"] == id)];
            Assert.That(both.Select(r => r["part"]), Is.EqualTo(new[] { "inside", "surroundings" }));
            Assert.That(
                both.Sum(r => r.Number("degraded_km2")),
                Is.EqualTo(zones.Single(z => z["zone_id"] == id).Number("degraded_km2")).Within(1e-5));
            Assert.That(
                both.Sum(r => r.Number("land_km2")),
                Is.EqualTo(zones.Single(z => z["zone_id"] == id).Number("land_km2")).Within(1e-5));
            CsvLine carbon = climate.Single(c => c["zone_id"] == id && c["class"] == "all");
            Assert.That(both.Sum(r => r.Number("soc_change_t")), Is.EqualTo(carbon.Number("soc_change_t")).Within(1e-3));
            Assert.That(carbon.Number("soc_change_t_co2e"), Is.EqualTo(carbon.Number("soc_change_t") * 44 / 12).Within(1e-3));
        }
    }

    /// <summary>
    /// Every cell whose centre is clearly within 25 km of P1 on the sphere is in its ring, and none that is clearly farther.
    /// </summary>
    [Test]
    public void ARingHasItsWidthOnTheGround()
    {
        using SmallJob job = Job(", \"ringKm\": 25");
        Run(job).Succeeded();
        (double least, double most) = (0, 0);
        for (int row = 0; row < SmallJob.Height; row++)
        {
            for (int column = 0; column < SmallJob.Width; column++)
            {
                double x = SmallJob.West + ((column + 0.5) * SmallJob.Cell), y = SmallJob.North - ((row + 0.5) * SmallJob.Cell);
                bool inside = s_projects.Any(p => Distance(p.Polygons[0][0], x, y) == 0);
                double area = Math.Pow(111.2 * SmallJob.Cell, 2) * Math.Cos(y * Math.PI / 180),
                km = Distance(s_projects[0].Polygons[0][0], x, y);
                least += !inside && km < 24.8 ? area : 0;
                most += !inside && km < 25.2 ? area : 0;
            }
        }

        // Without the water of the corner, which the ring does not reach.
        double ring = CsvRows.Read(job["result/activities.csv"])
            .Where(r => r["activity_id"] == "P1" && r["part"] == "surroundings" && r["zone_id"] is "MNG" or "CHN")
            .Where(r => r["activity_id"] == "P1" && r["part"] == "surroundings").Sum(r => r.Number("land_km2"));
        Assert.That(ring, Is.InRange(least * 0.99, most * 1.01));
        Assert.That(least, Is.GreaterThan(5000));
    }

    /// <summary>
    /// Kilometres from a point to a rectangle, on the plane at its latitude: good to a tenth of a per cent here.
    /// </summary>
    private static double Distance(double[] ring, double x, double y)
    {
        double dx = Math.Max(Math.Max(ring[0] - x, 0), x - ring[2]), dy = Math.Max(Math.Max(ring[1] - y, 0), y - ring[5]);
        return Math.Sqrt(Math.Pow(dx * 111.32 * Math.Cos(y * Math.PI / 180), 2) + Math.Pow(dy * 111.2, 2));
    }

    [Test]
    public void TheSharedLayerOpensWithItsFigures()
    {
        using SmallJob job = Job(", \"ringKm\": 25");
        job.Work.Text("job.json", File.ReadAllText(job["job.json"]));
        Run(job).Succeeded();
        VectorLayer layer = new GdalGeodata().ReadPolygons(job["result/activities.gpkg"], null);
        Assert.That(layer.Features.Select(f => f.Attributes[0]), Is.EqualTo(new[] { "P1", "P2", "P3" }));
        int land = layer.Fields.ToList().IndexOf("baseline_land_km2");
        double[] rows = [
            .. CsvRows.Read(job["result/activities.csv"])
                .Where(r => r["activity_id"] == "P2" && r["part"] == "inside" && r["zone_id"] != "EDGE")
                    .Select(r => r.Number("land_km2"))];
        Assert.That(
            double.Parse(layer.Features[1].Attributes[land]!, System.Globalization.CultureInfo.InvariantCulture),
            Is.EqualTo(rows.Sum()).Within(1e-4));
        Assert.That(layer.Fields, Does.Contain("ring_baseline_degraded_km2"));
    }

    [Test]
    public void WrongActivitiesAreRefused()
    {
        using SmallJob job = Job(", \"ringKm\": 0");
        Refused("above 0");
        job.Work.Text("job.json", File.ReadAllText(job["job.json"]).Replace(", \"ringKm\": 0", "", StringComparison.Ordinal));
        job.Work.Zones("projects.geojson", [(Properties("P1", "soon"), s_projects[0].Polygons)]);
        Refused("activity P1, start_year: 'soon' is not a year");
        job.Work.Zones("projects.geojson", [("\"ident\":\"P1\"", s_projects[0].Polygons)]);
        Refused("has no attribute 'id'");
        job.Work.Zones(
            "projects.geojson", [(Properties("P1"), s_projects[0].Polygons), (Properties("P1"), s_projects[1].Polygons)]);
        Assert.That(Run(job).Error, Does.Contain("same id 'P1'"));

        void Refused(string message)
        {
            LdnResult result = Run(job);
            Assert.That(result.ExitCode, Is.EqualTo(2), result.Error);
            Assert.That(result.Error, Does.Contain(message));
        }
    }
}
