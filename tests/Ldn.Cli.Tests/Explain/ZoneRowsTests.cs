using System.Security.Cryptography;
using Ldn.Gdal;
using Ldn.Rasters;
using Ldn.Run;
using Ldn.Run.Explain;

namespace Ldn.Cli.Tests.Explain;

/// <summary>
/// What a run leaves of its zones for <c>ldn explain</c> tells of each cell the zones that polygons and rasters tell, and nothing
/// else is ever taken for it.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ZoneRowsTests
{
    private const string Rows = "zone_rows.bin";
    private const int Cells = 150;

    [TestCase("zones in layers")]
    [TestCase("another system")]
    public void TellsTheZonesThatPolygonsTell(string name)
    {
        using var jobs = new ExplainJobs();
        string folder = jobs.Run(name);
        var geodata = new GdalGeodata();
        string[] left = Told(folder, geodata);
        File.Delete(Path.Combine(folder, Rows));
        Assert.That(left, Is.EqualTo(Told(folder, geodata)));
        Assert.That(left.Distinct().Count(), Is.GreaterThan(2), "sets of zones");
    }

    /// <summary>Without the inputs, and without outlines in the result, the zones of a cell are known all the same.</summary>
    [Test]
    public void TellsTheZonesWhereInputsAreGone()
    {
        using var jobs = new ExplainJobs();
        string folder = jobs.Run("zones in layers");
        var geodata = new GdalGeodata();
        string[] told = [.. Told(folder, geodata).Select(t => string.Join(';', t.Split(';').Where(z => z.EndsWith("zone"))))];
        File.Delete(jobs.Work["lpd0.tif"]);
        File.Delete(jobs.Work["zones.geojson"]);
        File.Delete(Path.Combine(folder, "zones.geojson"));
        Assert.That(Told(folder, geodata, whyRasters: "gone"), Is.EqualTo(told));
        File.Delete(Path.Combine(folder, Rows));
        Assert.That(Told(folder, geodata, whyRasters: "gone"), Is.All.Empty);
    }

    [Test]
    public void SparesToReadThePolygons()
    {
        using var jobs = new ExplainJobs();
        string folder = jobs.Run("lpd");
        string polygons = jobs.Work["zones.geojson"];
        DateTime written = File.GetLastWriteTimeUtc(polygons);

        // Of the recorded size and date: only who reads it finds it is none.
        File.WriteAllText(polygons, new string(' ', (int)new FileInfo(polygons).Length));
        File.SetLastWriteTimeUtc(polygons, written);
        var geodata = new GdalGeodata();
        using (ExplainRun run = Open(folder, geodata))
        {
            Assert.That(run.WhyRasters, Is.Null);
            CellStory story = run.Tell(101, 49, null, CancellationToken.None);
            Assert.That(story.Zones.Select(z => z.Id), Is.EqualTo(new[] { "W" }));
        }

        // Damaged it is not taken, and then the polygons are asked.
        string rows = Path.Combine(folder, Rows);
        byte[] bytes = File.ReadAllBytes(rows);
        bytes[^1] ^= 1;
        File.WriteAllBytes(rows, bytes);
        using ExplainRun again = Open(folder, geodata);
        Assert.That(again.WhyRasters, Does.Contain("zones.geojson"));
    }

    /// <summary>A file that claims more than it holds, with the hash that the run records, asks for no memory.</summary>
    [Test]
    public void AFileThatClaimsMoreThanItHoldsIsLeftAside()
    {
        using var jobs = new ExplainJobs();
        string folder = jobs.Run("lpd"), rows = Path.Combine(folder, Rows), provenance = Path.Combine(folder, "provenance.json");
        byte[] bytes = File.ReadAllBytes(rows);
        var geodata = new GdalGeodata();
        int mark = 1 + bytes[0];
        foreach (int cut in new[] { 0, mark, mark + 1, bytes.Length / 2, bytes.Length - 1 })
        {
            // A count of 268 million, wherever the file is cut.
            byte[] claims = [.. bytes.AsSpan(0, cut), 0xff, 0xff, 0xff, 0x7f];
            string recorded = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(rows)));
            File.WriteAllBytes(rows, claims);
            File.WriteAllText(provenance, File.ReadAllText(provenance).Replace(
                recorded, Convert.ToHexStringLower(SHA256.HashData(claims)), StringComparison.Ordinal));
            using ExplainRun run = Open(folder, geodata);
            Assert.That(run.WhyRasters, Is.Null, $"{cut}");
            CellStory story = run.Tell(101, 49, null, CancellationToken.None);
            Assert.That(story.Zones.Select(z => z.Id), Is.EqualTo(new[] { "W" }), $"{cut}");
        }
    }

    /// <summary>The zones of cells of the result at random, by the centres of its rasters.</summary>
    private static string[] Told(string folder, GdalGeodata geodata, string? whyRasters = null)
    {
        Grid grid = Workspace.Read(Path.Combine(folder, "baseline_indicator.tif")).Grid;
        using ExplainRun run = Open(folder, geodata);
        Assert.That(run.WhyRasters, whyRasters is null ? Is.Null : Does.Contain(whyRasters));
        using ICoordinateTransform transform = geodata.CreateTransform(grid.Crs, geodata.GeographicOf(grid.Crs));
        var random = new Random(1);
        var told = new string[Cells];
        for (int i = 0; i < told.Length; i++)
        {
            int cell = random.Next(grid.Width * grid.Height);
            double[] x = [grid.CentreX(cell % grid.Width)], y = [grid.CentreY(cell / grid.Width)];
            transform.Transform(x, y);
            IEnumerable<StoryZone> zones = run.Tell(x[0], y[0], null, CancellationToken.None).Zones;
            told[i] = string.Join(';', zones.Select(z => $"{z.Id} {z.Name} {z.Kind}"));
        }

        return told;
    }

    private static ExplainRun Open(string folder, GdalGeodata geodata) =>
        ExplainRun.Open(folder, FileCheck.Dates, geodata, CancellationToken.None);
}
