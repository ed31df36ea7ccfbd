using System.Diagnostics;
using Ldn.Cli.Tests.BadInput;

namespace Ldn.Cli.Tests.Inputs;

/// <summary>
/// The fifteen cases of ../shared/faults, each with the inputs of its own maker and the figures or words that it says are right.
/// <see cref="MadeFaultTests"/> runs the same fifteen with inputs made here, and the page docs/inputs.md their relatives.
/// </summary>
[NonParallelizable]
internal sealed class SharedFaultTests
{
    private static readonly double[] s_fillsAndRest = [200, 1400];

    [Test]
    public void Case01Masks()
    {
        using var given = SharedFault.Of("01-masks");
        const double degraded = 4398.10, noData = 673.50;
        foreach (LdnResult result in new[] { "soc_tag.tif", "soc_mask_inside.tif", "soc_mask_beside.tif" }
            .Select(soc => given.Five("lc0.tif", "lc1.tif", "lpd.tif", soc, "s1.tif"))
            .Append(given.Five("lc0.tif", "lc1.tif", "lpd_alpha.tif", "s0.tif", "s1.tif")))
        {
            Assert.That(given.Headline(result, "degraded_km2"), Is.EqualTo(degraded).Within(0.005));
            Assert.That(given.Headline(result, "no_data_km2"), Is.EqualTo(noData).Within(0.005));
        }

        double land = given.Headline(given.Plain(), "land_km2");
        double inside = given.Headline(given.Plain("--zones", "zones_mask.tif"), "land_km2");
        Assert.That(land - inside, Is.EqualTo(noData).Within(0.005));
        string info = given.Run("info", "soc_mask_inside.tif").Succeeded().Out;
        Assert.That(info, Does.Contain("mask").And.Contain("inside the file"));
    }

    [Test]
    public void Case02SeriesValues()
    {
        using var given = SharedFault.Of("02-series-values");
        LdnResult Series(string name, params string[] more) => given.Run(
            ["productivity", "--years", "2001-2016", "--units", "units.tif", "--tables", "csv", "--overwrite", "--no-progress",
                "--out", "o", .. more, "--series", .. Enumerable.Range(2001, 16).Select(y => $"{name}{y}.tif")]);
        Series("fill", "--scale", "0.0001", "--nodata", "productivity=65535").Succeeded();
        IReadOnlyDictionary<double, int> performance = given.Cells("baseline_performance");
        Assert.That(new double[] { performance[0], performance[2] }, Is.EqualTo(s_fillsAndRest), "no cell is degraded by it");
        Assert.That(given.Cells("baseline_lpd")[0], Is.EqualTo(200));
        Refusal.Said(Series("ndvi"), ExitCode.Input, "ndvi2001.tif", "impossible values", "--scale 0.0001");
        Refusal.Said(
            Series("fill", "--scale", "0.0001"), ExitCode.Input, "65535 = 6.5535 (200 pixels)", "--nodata productivity=65535");
        Assert.That(
            Series("minus", "--scale", "0.0001").Succeeded().Error,
            Does.Contain("-3000 = -0.3 in every year in 200 cells").And.Contain("--nodata productivity=-3000"));
    }

    [Test]
    public void Case04GdalNames()
    {
        using var given = SharedFault.Of("04-gdal-names");
        string expected = given.Figures(given.Plain());
        LdnResult Cover(string name) => given.Five(name, "lc1.tif", "lpd.tif", "s0.tif", "s1.tif");
        LdnResult parts = Cover("two.gpkg");
        Refusal.Said(parts, ExitCode.Input, "GPKG:", "two.gpkg:a", "two.gpkg:b");
        string proposed = parts.Error.Split("one of its parts: ")[1].Split(',')[0].Trim('\'');
        foreach (string name in new[]
        {
            proposed, "GPKG:two.gpkg:a", $"GPKG:{given["two.gpkg"]}:a", "NETCDF:lc.nc:Band1", "NETCDF:\"lc.nc\":Band1",
            "file://" + given["lc0.tif"],
        })
            Assert.That(given.Figures(Cover(name)), Is.EqualTo(expected), name);
        LdnResult database = given.Plain("--zones", "PG:dbname=gis host=127.0.0.1 port=1", "--zone-id", "id");
        Assert.That(database.ExitCode, Is.EqualTo(3).Or.EqualTo(75));
        Assert.That(database.Error, Does.Contain("PG:dbname=gis").And.Not.Contain("no such file"));
    }

    [Test]
    public void Case06Aridity10000()
    {
        using var given = SharedFault.Of("06-aridity-10000");
        given.Run("compute", "ai.json", "--out", "o", "--no-progress").Succeeded();
        Assert.That(
            given.Rows("drylands").Take(5).Select(r => r.Number("land_km2")),
            Is.EqualTo(new[] { 265.86, 855.75, 1871.81, 991.80, 3449.81 }).Within(0.005));
        foreach (string verb in new[] { "compute", "validate" })
        {
            LdnResult refused = given.Run([verb, "ai_v3.json", .. verb == "compute" ? ["--out", "p"] : Array.Empty<string>()]);
            Assert.That(refused.ExitCode, Is.EqualTo(3), verb);
            Assert.That(
                refused.Error,
                Does.Contain("ai_v3.tif").And.Contain("impossible values").And.Contain("gdal_translate -a_scale 0.0001"), verb);
        }
    }

    [Test]
    public void Case08ShapefileRealIds()
    {
        using var given = SharedFault.Of("08-shapefile-real-ids");
        string expected = given.Figures(given.Plain("--zones", "z.gpkg", "--zone-id", "adcode"));
        Assert.That(given.Figures(given.Plain("--zones", "z.shp", "--zone-id", "adcode")), Is.EqualTo(expected));
        given.Plain("--zones", "z.shp", "--zone-id", "adcode", "--groups", "g.csv").Succeeded();
        Assert.That(given.Rows("headline").Select(r => r["zone_id"]), Is.EqualTo(new[] { "110000", "120000", "N" }));
    }

    [Test]
    public void Case09ActivityFields()
    {
        using var given = SharedFault.Of("09-activity-fields");
        foreach (string file in new[] { "plain.gpkg", "cut.shp", "capitals.gpkg" })
        {
            given.Plain("--zones", "z.geojson", "--zone-id", "id", "--activities", file).Succeeded();
            Assert.That(
                given.Rows("activities")[0].Key("activity_id", "activity_name", "stakeholder", "type", "start_year"),
                Is.EqualTo("a1/Shelter belt/Forest agency/planting/2005"), file);
        }
    }

    [Test]
    public void Case10ConditionFloat()
    {
        using var given = SharedFault.Of("10-condition-float");
        LdnResult Condition(string file, params string[] more) =>
            given.Run(["summarize", "--condition", file, "--out", "o", "--overwrite", "--no-progress", .. more]);
        string expected = given.Figures(Condition("byte.tif"));
        Assert.That(given.Rows("headline")[0].Number("degraded_km2"), Is.EqualTo(2922).Within(0.5));
        foreach (string file in new[] { "float.tif", "int32.tif" })
            Assert.That(given.Figures(Condition(file)), Is.EqualTo(expected), file);
        Assert.That(given.Figures(Condition("float.tif", "--unmapped", "nodata")), Is.EqualTo(expected));
        Refusal.Said(Condition("one.tif"), ExitCode.Input, "--condition-encoding byte", "--condition-encoding signed");
    }

    [Test]
    public void Case11ImpossibleGrid()
    {
        using var given = SharedFault.Of("11-impossible-grid");
        Refusal.Said(given.Plain(), ExitCode.Input, "lc0.tif", "Earth", "-a_srs");
        Refusal.Said(
            given.Five("swapped/lc0.tif", "swapped/lc1.tif", "swapped/lpd.tif", "swapped/s0.tif", "swapped/s1.tif"),
            ExitCode.Input, "swapped/lc0.tif", "Earth", "exchanged");
        Refusal.Said(given.Run("info", "lc0.tif"), ExitCode.Input, "lc0.tif", "Earth");
    }

    [Test]
    public void Case12NetcdfWithoutCrs()
    {
        using var given = SharedFault.Of("12-netcdf-without-crs");
        string expected = given.Figures(given.Plain());
        LdnResult result = given.Five("lc0.tif", "lc1.tif", "lpd.tif", "soc.nc", "s1.tif");
        Assert.That(given.Figures(result), Is.EqualTo(expected));
        Assert.That(result.Error, Does.Contain("soc.nc").And.Contain("taken as WGS 84"));
    }

    [Test]
    public void Case14HalfCellShift()
    {
        using var given = SharedFault.Of("14-half-cell-shift");
        given.Run("compute", "job.json", "--out", "o", "--no-progress").Succeeded();
        var area = given.Rows("categories").Where(r => r["category"].All(char.IsDigit)).GroupBy(r => r["category"])
            .ToDictionary(g => g.Key, g => g.Sum(r => r.Area));
        double one = area.Values.Order().ElementAt(area.Count / 2);
        Assert.That(area, Has.Count.EqualTo(100), "every row is used");
        Assert.That(area.Values.Select(a => Math.Round(a / one)), Has.All.EqualTo(1), "and none twice");
    }

    /// <summary>The lock is held for as long as the program runs, and then given up.</summary>
    [Test]
    public void Case17LockedGeopackage()
    {
        MadeFaultTests.WhenAllIsRun();
        using var given = SharedFault.Of("17-locked-geopackage");
        using (Process editor = MadeFaultTests.Lock(given["z.gpkg"]))
        {
            Refusal.Said(
                given.Plain("--zones", "z.gpkg", "--zone-id", "id"), ExitCode.Temporary, "z.gpkg", "another program",
                "run again");
            editor.StandardInput.Close();
            editor.WaitForExit();
        }

        given.Plain("--zones", "z.gpkg", "--zone-id", "id").Succeeded();
    }

    [Test]
    public void Case18JobTypeErrors()
    {
        using var given = SharedFault.Of("18-job-type-errors");
        foreach ((string name, string[] words) in new (string, string[])[]
        {
            ("pair", ["periods.baseline must be an object", "landCover, productivity, soilCarbon"]),
            ("text", ["rules.socThreshold must be a number, without quotes", "write 10"]),
            ("years", ["periods.baseline.landCover[0] must be a number", "write 2000"]),
            ("utf16", ["UTF-16", "save it as UTF-8"]),
            ("empty", ["is empty", "ldn init"]),
        })
        {
            LdnResult refused = given.Run("compute", $"{name}.json", "--out", "p", "--no-progress");
            Refusal.Said(refused, ExitCode.Usage, words);
            Assert.That(refused.Error, Does.Contain($"{name}.json").And.Not.Contain("System.").And.Not.Contain("Ldn."));
        }

        // Forms that can mean one thing alone are taken: one name for a list of names, one layer for a list of layers.
        given.Run("compute", "tables.json", "--out", "o", "--no-progress").Succeeded();
        Refusal.Said(
            given.Run("compute", "zones.json", "--out", "p", "--no-progress"), ExitCode.Input, "z.geojson: no such file");
    }

    [Test]
    public void Case19Archives()
    {
        using var given = SharedFault.Of("19-archives");
        string expected = given.Figures(given.Plain());
        foreach (string name in new[] { "lc.zip", "lc.tif.gz" })
            Assert.That(
                given.Figures(given.Five(name, "lc1.tif", "lpd.tif", "s0.tif", "s1.tif")), Is.EqualTo(expected), name);
        string zones = given.Figures(given.Plain("--zones", "z.shp", "--zone-id", "id"));
        foreach (string name in new[] { "z.zip", "/vsizip/z.zip" })
            Assert.That(given.Figures(given.Plain("--zones", name, "--zone-id", "id")), Is.EqualTo(zones), name);
        foreach ((string name, string word) in new[] { ("pointer.tif", "Git LFS"), ("page.tif", "web page") })
            Refusal.Said(
                given.Five(name, "lc1.tif", "lpd.tif", "s0.tif", "s1.tif"), ExitCode.Input, name, word, "get the file");
    }

    [Test]
    public void Case22SmallMessages()
    {
        using var given = SharedFault.Of("22-small-messages");
        File.WriteAllText(given["plain.csv"], File.ReadAllText(given["m.csv"]).Replace('\u2212', '-'));
        string expected = given.Figures(given.Plain("--matrix", "plain.csv"));
        Assert.That(given.Figures(given.Plain("--matrix", "m.csv")), Is.EqualTo(expected));
        LdnResult Stock(params string[] more) => given.Five("lc0.tif", "lc1.tif", "lpd.tif", "inf.tif", "s1.tif", more);
        LdnResult infinite = Stock();
        Refusal.Said(infinite, ExitCode.Input, "inf.tif", "Infinity (1 pixels)", "--nodata soc=Infinity");
        foreach (string name in new[] { "soc=Infinity", "soc=inf", "soc=INF", "soc=+inf" })
            Stock("--nodata", name).Succeeded();
        Refusal.Said(given.Plain("--zones", "point.gpkg", "--zone-id", "id"), ExitCode.Input, "feature 1 is a POINT");
        Refusal.Said(given.Plain("--zones", "twice.gpkg", "--zone-id", "id"), ExitCode.Input, "features 1 and 2", "'A'");
        Assert.That(
            given.Plain("--zones", "zones.tif", "--zone-id", "id").Succeeded().Error, Does.Contain("attribute id is not used"));
    }

    [Test]
    public void Case23RemedyLosesZones()
    {
        using var given = SharedFault.Of("23-remedy-loses-zones");
        LdnResult mixed = given.Plain("--zones", "mix.geojson", "--zone-id", "id");
        string[] zones = [.. given.Rows("headline").Select(r => r["zone_id"])];
        Assert.That(zones, Is.EqualTo(new[] { "A", "M" }));
        Assert.That(mixed.Error, Does.Contain("feature 1 (POINT) is left out").And.Not.Contain("OGR_GEOMETRY='POLYGON'"));
    }
}
