using Ldn.Cli.Tests.Worlds;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Periods;

/// <summary>
/// People, drylands, drivers, categories, drought and statistics on the small job, whose zones MNG and CHN make up the whole
/// grid.
/// </summary>
[Parallelizable(ParallelScope.Children)]
internal sealed class DriverTests
{
    private static readonly double[] s_bounds = [0.01, 0.05, 0.1, 0.2, 0.4, 0.5, 0.6, 0.65, 2];
    private static readonly double[] s_spi = [0.5, 0, -0.5, -1, -1.2, -1.5, -1.8, -2, -3];

    private SmallJob _job = null!;

    [OneTimeSetUp]
    public void Compute()
    {
        _job = new SmallJob();
        Workspace work = _job.Work;
        Grid coarse = Workspace.Grid(7, 5, 100, 50.3, 0.6), fine = Workspace.Grid(160, 120, 100, 50, 0.025);
        work.Raster("women.tif", fine, CellType.Float32, Enumerable.Repeat(0.5, 160 * 120).ToArray(), -9999);
        work.Raster(
            "men.tif", coarse with { Height = 6, OriginY = 50.1 }, CellType.Float32,
            [.. Enumerable.Range(0, 42).Select(i => i % 5 == 0 ? -9999 : i * 1.25)], -9999);
        work.Raster("ai1.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values((c, r) => s_bounds[(c + r) % 9]), -9999);
        work.Raster("ai2.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values((c, r) => s_bounds[((2 * c) + r) % 9]), -9999);
        work.Raster(
            "spi1.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values((c, r) => r == 0 ? -9999 : s_spi[(c + r) % 9]), -9999);
        work.Raster("spi2.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values((c, r) => s_spi[((c * r) + 3) % 9]), -9999);
        work.Raster("rain.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values(Rain), -9999);
        work.Raster("herds.tif", fine, CellType.Int16, [.. Enumerable.Range(0, 160 * 120).Select(i => (double)(i % 11))], -1);
        work.Raster("tenure.tif", SmallJob.Grid, CellType.Byte, SmallJob.Values(Tenure), 0);
        work.Text("tenure.csv", "code,name\n1,state\n2,commons\n");
        work.Text(
            "statistics.csv",
            "zone_id,year,variable,value,unit\nMNG,2010,livestock,70.5,million heads\nMNG,2020,livestock,67.3,million heads\n");
        work.Text("targets.csv", """
            id,zone_id,text,metric,comparator,value,year
            T1,MNG,Less state land,category_km2:tenure:1,>=,1,2030
            T2,MNG,Rain everywhere,mean:rain,>,1,2030
            T3,MNG,Rain on grassland,mean:rain:2,>,1,2030
            T4,MNG,Works,activity_km2:trees,>=,1,2030
            T5,MNG,Dams,activity_km2:dams,>=,1,2030

            """);
        work.Zones("works.geojson", [("\"id\":\"W\",\"type\":\"trees\"", Workspace.Rectangle(100.5, 48.5, 101, 49))]);
        work.Text("job.json", SmallJob.JobFile.Replace("\"rules\"", """
            "strata": {
              "population": { "2015": { "female": "women.tif", "male": "men.tif" } },
              "aridity": { "1990": "ai1.tif", "2020": "ai2.tif" },
              "drought": { "2001": "spi1.tif", "2003": "spi2.tif" },
              "drivers": [ { "file": "rain.tif", "name": "rain", "unit": "mm" }, { "file": "herds.tif", "name": "herds", "kind": "count" } ],
              "categories": [ { "file": "tenure.tif", "name": "tenure", "classes": "tenure.csv" }, { "file": "zones.geojson", "id": "iso3", "name": "state" } ],
              "statistics": "statistics.csv"
            },
            "activities": { "file": "works.geojson" },
            "targets": "targets.csv",
            "rules"
            """, StringComparison.Ordinal));
        LdnProcess.Run(work.Folder, ["compute", "job.json", "--out", "result"]).Succeeded();
    }

    [OneTimeTearDown]
    public void Remove() => _job.Dispose();

    private static double Rain(int column, int row) => row == 5 ? -9999 : ((column * 37) + (row * 11)) % 40 / 8.0;

    private static double Tenure(int column, int row) => (column / 3) % 3;

    private List<CsvLine> Table(string name) => CsvRows.Read(_job[$"result/{name}.csv"]);

    private double[] Indicator() => Workspace.Read(_job["result/baseline_indicator.tif"]).Values;

    private static bool IsWater(int column, int row) => SmallJob.CoverBefore(column, row) == 7;

    private static double CellKm2(int row) =>
        ReferenceArea.Cell(SmallJob.North - ((row + 1) * SmallJob.Cell), SmallJob.North - (row * SmallJob.Cell), SmallJob.Cell);

    /// <summary>Everybody is somewhere: the two zones are the grid, and half a person a cell is 9600 women.</summary>
    [Test]
    public void NobodyIsLost()
    {
        List<CsvLine> rows = Table("population");
        double People(string zone, string sex) => rows.Where(r => r["zone_id"] == zone && r["sex"] == sex)
            .Sum(r => r.Number("persons"));
        double men = Enumerable.Range(0, 42).Where(i => i % 5 != 0).Sum(i => i * 1.25);
        Assert.That(People("MNG", "female") + People("CHN", "female"), Is.EqualTo(9600).Within(1e-5));
        Assert.That(People("MNG", "male") + People("CHN", "male"), Is.EqualTo(men).Within(1e-5));
        foreach (string zone in new[] { "MNG", "CHN", "EDGE" })
            Assert.That(People(zone, "total"), Is.EqualTo(People(zone, "female") + People(zone, "male")).Within(1e-5));

        // 16 women a cell of the run's grid: counted where the map says degraded.
        double[] map = Indicator();
        int degraded = Enumerable.Range(0, map.Length).Count(i => map[i] == 1 && i % SmallJob.Width < 20);
        Assert.That(
            rows.Single(r => r["zone_id"] == "MNG" && r["sex"] == "female" && r["class"] == "degraded").Number("persons"),
            Is.EqualTo(8 * degraded).Within(1e-5));
    }

    /// <summary>
    /// Every class of aridity together is the zone; desertified land is the degraded land of three of them, bounds included.
    /// </summary>
    [Test]
    public void DrylandsAreTheirClasses()
    {
        double[] map = Indicator();
        List<CsvLine> rows = Table("drylands"), headline = Table("headline");
        CsvLine Row(string zone, string aridity) => rows.Single(r => r["zone_id"] == zone && r["aridity"] == aridity);
        foreach (string zone in new[] { "MNG", "CHN", "EDGE" })
        {
            CsvLine whole = headline.Single(h => h["zone_id"] == zone);
            foreach (string figure in new[] { "land_km2", "degraded_km2", "stable_km2", "improved_km2", "no_data_km2" })
            {
                Assert.That(Row(zone, "all").Number(figure), Is.EqualTo(whole.Number(figure)).Within(1e-5));
                Assert.That(
                    new[]
                    {
                        "hyper_arid", "arid", "semi_arid", "dry_sub_humid", "humid", "no_data"
                    }.Sum(a => Row(zone, a).Number(figure)), Is.EqualTo(whole.Number(figure)).Within(1e-5));
            }
        }

        double expected = Cells().Where(x => x.C < 20 && map[x.I] == 1 && s_bounds[((2 * x.C) + x.R) % 9] is >= 0.05 and < 0.65)
            .Sum(x => CellKm2(x.R));
        Assert.That(Row("MNG", "drylands").Number("degraded_km2"), Is.EqualTo(expected).Within(1e-4));
        Assert.That(
            rows.Select(r => r["aridity_year"]).Distinct(), Is.EqualTo(new[] { "2020" }),
            "closer to the end of the baseline than 1990");

        double moved = Cells()
            .Where(
                x => x.C < 20 && !IsWater(x.C, x.R) && s_bounds[(x.C + x.R) % 9] == 0.65
                    && s_bounds[((2 * x.C) + x.R) % 9] == 0.2).Sum(x => CellKm2(x.R));
        double humid = Table("aridity_transitions")
            .Where(r => r["zone_id"] == "MNG" && r["from_aridity"] == "humid" && r["to_aridity"] == "semi_arid").Sum(r => r.Area);
        double plain = Cells()
            .Where(
                x => x.C < 20 && !IsWater(x.C, x.R) && s_bounds[(x.C + x.R) % 9] >= 0.65
                    && s_bounds[((2 * x.C) + x.R) % 9] is >= 0.2 and < 0.5).Sum(x => CellKm2(x.R));
        Assert.That(moved, Is.GreaterThan(0));
        Assert.That(humid, Is.EqualTo(plain).Within(1e-4));
        foreach (string year in new[] { "1990", "2020" })
            Assert.That(
                Table("aridity").Where(r => r["zone_id"] == "CHN" && r["year"] == year).Sum(r => r.Number("share_of_land_pct")),
                Is.EqualTo(100).Within(1e-4));
    }

    /// <summary>Mean, deviation and quantiles by plain sums over the cells of the map.</summary>
    [Test]
    public void DriversAreWeightedByArea()
    {
        double[] map = Indicator();
        List<CsvLine> rows = [.. Table("drivers").Where(r => r["driver"] == "rain" && r["zone_id"] == "CHN")];
        foreach ((double code, string name) in new[] { (1.0, "degraded"), (2, "stable"), (3, "improved") })
        {
            (double Value, double Area)[] cells = [
                .. Cells().Where(x => x.C >= 20 && map[x.I] == code && x.R != 5).Select(x => (Rain(x.C, x.R), CellKm2(x.R)))
                    .OrderBy(x => x.Item1)];
            double area = cells.Sum(x => x.Area), mean = cells.Sum(x => x.Value * x.Area) / area;
            CsvLine row = rows.Single(r => r["class"] == name);
            Assert.That(row.Area, Is.EqualTo(area).Within(1e-4), name);
            Assert.That(row.Number("mean"), Is.EqualTo(mean).Within(2e-6), name);
            Assert.That(
                row.Number("sd"), Is.EqualTo(Math.Sqrt(cells.Sum(x => x.Area * Math.Pow(x.Value - mean, 2)) / area)).Within(2e-6),
                name);
            foreach (int percent in new[] { 5, 25, 50, 75, 95 })
            {
                double below = 0;
                double quantile = cells.First(x => (below += x.Area) * 100 >= (area * percent) - 1e-7).Value;
                Assert.That(row.Number($"p{percent:D2}"), Is.EqualTo(quantile).Within(1e-6), $"{name} {percent}");
            }

            Assert.That(row.Number("min"), Is.EqualTo(cells[0].Value).Within(1e-6));
            Assert.That(row.Number("max"), Is.EqualTo(cells[^1].Value).Within(1e-6));
        }
    }

    /// <summary>Sixteen finer cells make one of the run's: all herds, but those on water, are on some land.</summary>
    [Test]
    public void CountsAreSummed()
    {
        List<CsvLine> rows = [.. Table("drivers").Where(r => r["driver"] == "herds")];
        double land = Enumerable.Range(0, 160 * 120).Where(i => !IsWater(i % 160 / 4, i / 160 / 4)).Sum(i => i % 11);
        Assert.That(
            rows.Where(r => r["class"] == "all" && r["zone_id"] is "MNG" or "CHN").Where(r => r["class"] == "all")
                .Sum(r => r.Number("sum")),
            Is.EqualTo(land).Within(1e-5));
        Assert.That(
            rows.Where(r => r["zone_id"] == "CHN" && r["class"] != "all").Sum(r => r.Number("sum")),
            Is.EqualTo(rows.Single(r => r["zone_id"] == "CHN" && r["class"] == "all").Number("sum")).Within(1e-5));
    }

    /// <summary>Rasters and polygons alike: the categories together are the zone, land in none included.</summary>
    [Test]
    public void CategoriesTogetherAreTheZone()
    {
        List<CsvLine> rows = Table("categories");
        foreach (string layer in new[] { "tenure", "state" })
            foreach (string zone in new[] { "MNG", "CHN" })
                foreach (string name in new[] { "degraded", "stable", "improved", "no_data", "water" })
                    Assert.That(
                        rows.Where(r => r["layer"] == layer && r["zone_id"] == zone && r["class"] == name).Sum(r => r.Pixels),
                        Is.EqualTo(
                            Table("summary")
                                .Single(r => r["zone_id"] == zone && r["indicator"] == "sdg_15_3_1" && r["class"] == name)
                                    .Pixels), $"{layer} {zone} {name}");
        long commons = Cells().Count(x => x.C < 20 && Tenure(x.C, x.R) == 2);
        Assert.That(
            rows.Where(r => r["layer"] == "tenure" && r["zone_id"] == "MNG" && r["category_name"] == "commons")
                .Sum(r => r.Pixels),
            Is.EqualTo(commons));
        Assert.That(
            rows.Where(r => r["layer"] == "tenure" && r["zone_id"] == "MNG" && r["category"] == "none").Sum(r => r.Pixels),
            Is.EqualTo(Cells().Count(x => x.C < 20 && Tenure(x.C, x.R) == 0)));
    }

    /// <summary>Classes by the bounds themselves; the worst of the block, where a year without data hides nothing.</summary>
    [Test]
    public void DroughtHasTheBoundsInTheWorseClass()
    {
        static string Class(double spi) =>
            spi switch { > 0 => "none", > -1 => "mild", > -1.5 => "moderate", > -2 => "severe", _ => "extreme" };
        string[] order = ["none", "mild", "moderate", "severe", "extreme"];
        double First(int c, int r) => s_spi[(c + r) % 9];
        double Second(int c, int r) => s_spi[((c * r) + 3) % 9];
        List<CsvLine> years = Table("drought"), blocks = Table("drought_blocks");
        foreach (string name in order)
        {
            int year = Cells().Count(x => x.C < 20 && x.R > 0 && !IsWater(x.C, x.R) && Class(First(x.C, x.R)) == name);
            Assert.That(
                years.Single(r => r["zone_id"] == "MNG" && r["year"] == "2001" && r["drought"] == name).Pixels, Is.EqualTo(year),
                name);
            int block = Cells().Count(x => x.C < 20 && !IsWater(x.C, x.R)
                && Math.Max(
                    x.R > 0 ? Array.IndexOf(order, Class(First(x.C, x.R))) : -1,
                    Array.IndexOf(order, Class(Second(x.C, x.R)))) == Array.IndexOf(order, name));
            Assert.That(
                blocks.Single(r => r["zone_id"] == "MNG" && r["drought"] == name).Pixels, Is.EqualTo(block), "block " + name);
        }

        Assert.That(
            blocks.Select(r => r.Key("first_year", "last_year", "years")).Distinct(), Is.EqualTo(new[] { "2000/2003/2" }));
        Assert.That(
            years.Where(r => r["zone_id"] == "MNG" && r["year"] == "2003").Sum(r => r.Number("total_persons")),
            Is.EqualTo(
                Table("population").Where(r => r["zone_id"] == "MNG" && r["sex"] == "total" && r["class"] != "water")
                    .Sum(r => r.Number("persons"))).Within(1e-4),
            "people without those on water");
        Assert.That(blocks.Select(r => r["population_years"]).Distinct(), Is.EqualTo(new[] { "2015" }));
    }

    [Test]
    public void TrendsEarthPutsTheBoundsInTheMilderClass()
    {
        LdnProcess.Run(_job.Work.Folder, ["compute", "job.json", "--out", "milder", "--profile", "trends-earth", "--like", "landCover", "--tables", "csv,json", "--rasters", "none"]).Succeeded();
        int mild = Cells().Count(x => x.C < 20 && x.R > 0 && !IsWater(x.C, x.R) && s_spi[(x.C + x.R) % 9] is -0.5 or -1);
        mild = Cells()
            .Count(
                x => x.C < 20 && x.R > 0 && !IsWater(x.C, x.R)
                    && (s_spi[(x.C + x.R) % 9] == -0.5 || s_spi[(x.C + x.R) % 9] == -1));
        Assert.That(
            CsvRows.Read(_job["milder/drought.csv"])
                .Single(r => r["zone_id"] == "MNG" && r["year"] == "2001" && r["drought"] == "mild").Pixels,
            Is.EqualTo(mild));
    }

    [Test]
    public void StatisticsStandBesideTheirPeriod()
    {
        List<CsvLine> rows = Table("statistics");
        Assert.That(
            rows.Select(r => r.Key("zone_id", "year", "variable", "period")),
            Is.EqualTo(new[] { "MNG/2010/livestock/baseline", "MNG/2020/livestock/baseline" }));
        Assert.That(rows[0]["degraded_km2"], Is.EqualTo(Table("headline").Single(r => r["zone_id"] == "MNG")["degraded_km2"]));
        Assert.That(rows[0].Number("value"), Is.EqualTo(70.5));
    }

    /// <summary>Targets of layers beside the indicator, from plain sums over the cells.</summary>
    [Test]
    public void TargetsSeeTheLayers()
    {
        Dictionary<string, CsvLine> rows = Table("targets").ToDictionary(r => r["id"]);
        double tenure = Cells().Where(x => x.C < 20 && Tenure(x.C, x.R) == 1).Sum(x => CellKm2(x.R));
        Assert.That(rows["T1"].Number("latest"), Is.EqualTo(tenure).Within(1e-4));
        double Mean(Func<int, int, bool> counts)
        {
            (int C, int R, int I)[] cells = [.. Cells().Where(x => x.C < 20 && x.R != 5 && counts(x.C, x.R))];
            return cells.Sum(x => Rain(x.C, x.R) * CellKm2(x.R)) / cells.Sum(x => CellKm2(x.R));
        }

        Assert.That(rows["T2"].Number("latest"), Is.EqualTo(Mean((c, r) => !IsWater(c, r))).Within(2e-6));
        Assert.That(rows["T3"].Number("latest"), Is.EqualTo(Mean((c, r) => SmallJob.CoverAfter(c, r) == 2)).Within(2e-6));
        Assert.That(
            rows["T4"].Number("latest"),
            Is.EqualTo(Cells().Where(x => x.C is >= 5 and < 10 && x.R is >= 10 and < 15).Sum(x => CellKm2(x.R))).Within(1e-4));
        Assert.That((rows["T4"]["verdict"], rows["T5"]["verdict"]), Is.EqualTo(("met", "not_assessable")));
    }

    [Test]
    public void PraisHasItsTables()
    {
        using var prais = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(_job["result/prais.json"]));
        foreach (string name in new[] { "SO2-3.T1", "SO3-1.T1", "SO3-1.T2", "SO3-2.T1", "SO3-2.T2", "SO3-2.T3" })
            Assert.That(prais.RootElement.GetProperty("tables").TryGetProperty(name, out _), name);
        System.Text.Json.JsonElement row = prais.RootElement.GetProperty("tables").GetProperty("SO3-1.T2").GetProperty("rows")[0];
        double drought = Table("drought")
            .Where(
                r => r["zone_id"] == "MNG" && r["year"] == "2001"
                    && r["drought"] is "mild" or "moderate" or "severe" or "extreme")
            .Where(r => r["zone_id"] == "MNG" && r["year"] == "2001").Sum(r => r.Area);
        Assert.That(row.GetProperty("drought_km2").GetDouble(), Is.EqualTo(drought).Within(1e-4));
    }

    /// <summary>Threads, memory and blocks change no byte of any table.</summary>
    [Test]
    public void WorkersChangeNothing()
    {
        LdnProcess.Run(_job.Work.Folder, ["compute", "job.json", "--out", "other", "--threads", "3", "--memory", "64M"])
            .Succeeded();
        foreach (string table in new[] { "population", "drivers", "drought", "categories", "drylands" })
            Assert.That(
                File.ReadAllBytes(_job[$"other/{table}.csv"]), Is.EqualTo(File.ReadAllBytes(_job[$"result/{table}.csv"])), table);
    }

    [TestCase("\"population\": { \"2015\": {} }", 2, "strata.population.2015 names no raster")]
    [TestCase("\"population\": { \"now\": { \"total\": \"women.tif\" } }", 2, "'now' is not a year")]
    [TestCase("\"population\": { \"2015\": { \"total\": \"bad.tif\" } }", 3,
        "impossible values (a number of people is 0 or more) inside the zones: -5 (1 pixels of the file)")]
    [TestCase("\"aridity\": \"bad.tif\"", 3, "inside the zones: -5 (")]
    [TestCase("\"aridity\": 7", 2, "neither a file nor files by year")]
    [TestCase("\"drought\": { \"2001\": \"fill.tif\" }", 3, "inside the zones: -9999 (")]
    [TestCase("\"drivers\": [ { \"file\": \"rain.tif\", \"kind\": \"median\" } ]", 2, "unknown value 'median'")]
    [TestCase("\"drivers\": [ { \"file\": \"rain.tif\", \"quantum\": 0 } ]", 2, "quantum is 0")]
    [TestCase("\"drivers\": [ { \"file\": \"rain.tif\" } ], \"categories\": [ { \"file\": \"tenure.tif\", \"name\": \"rain\" } "
        + "]", 2, "two layers of strata are called 'rain'")]
    [TestCase("\"drivers\": [ { \"fil\": \"rain.tif\" } ]", 2, "did you mean 'file'?")]
    [TestCase("\"statistics\": \"stray.csv\"", 2, "'MNGO' is no zone or group of the run; did you mean 'MNG'?")]
    public void WhatIsWrongIsNamed(string strata, int exit, string message)
    {
        using var job = new SmallJob();
        job.Work.Raster("women.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values((_, _) => 1), -9999);
        job.Work.Raster("rain.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values(Rain), -9999);
        job.Work.Raster("tenure.tif", SmallJob.Grid, CellType.Byte, SmallJob.Values(Tenure), 0);
        job.Work.Raster("bad.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values((c, r) => c == 5 && r == 6 ? -5 : 1), -9999);
        job.Work.Raster("fill.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values((c, r) => c == 5 && r == 6 ? -9999 : 1), -1);
        job.Work.Text("stray.csv", "zone_id,year,variable,value,unit\nMNGO,2010,livestock,1,heads\n");
        LdnResult result = job.RunFile(
            SmallJob.JobFile.Replace("\"rules\"", $"\"strata\": {{ {strata} }}, \"rules\"", StringComparison.Ordinal));
        Assert.That(result.ExitCode, Is.EqualTo(exit), result.Error);
        Assert.That(result.Error, Does.Contain(message));
    }

    private static IEnumerable<(int C, int R, int I)> Cells() =>
        Enumerable.Range(0, SmallJob.Width * SmallJob.Height).Select(i => (i % SmallJob.Width, i / SmallJob.Width, i));
}
