using System.Globalization;
using System.Text.Json.Nodes;
using Ldn.Cli.Tests.Explain;

namespace Ldn.Cli.Tests.Regions;

/// <summary>
/// A run by region is the runs of each region's rules alone, pasted (drought §6): every raster cell by cell, read here by
/// themselves, and the tables of zones that lie in one region.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class RegionTests
{
    private const string Periods = """
        "periods": { "baseline": { "landCover": [2000, 2015], "soilCarbon": [2000, 2015], "productivity": [2000, 2015] },
          "report_1": { "landCover": [2015, 2019], "soilCarbon": [2015, 2019], "productivity": [2004, 2019] } },
        "landCover": { "legend": "unccd-7", "years": { "2000": "lc0.tif", "2015": "lc1.tif", "2019": "lc2.tif" } },
        "zones": [ { "file": "parts.geojson", "id": "id" } ]
        """;

    private const string Lpd = """
        "productivity": { "kind": "lpd", "periods": { "baseline": "lpd0.tif", "report_1": "lpd1.tif" } }
        """;

    private const string Stocks = """
        "soilCarbon": { "kind": "stocks", "years": { "2000": "soc0.tif", "2015": "soc1.tif", "2019": "soc2.tif" } }
        """;

    private const string Model = """
        "soilCarbon": { "kind": "reference", "reference": "soc0.tif", "referenceYear": 2000, "climateZones": "climate.tif" }
        """;

    private const string Parts = """
        "kind": "parts", "periods": {
          "baseline": { "trend": "condition0.tif", "state": "condition1.tif", "performance": "performance.tif" },
          "report_1": { "trend": "condition1.tif", "state": "condition0.tif", "performance": "performance.tif" } }
        """;

    private const string Condition = """
        "kind": "condition", "periods": { "baseline": "condition0.tif", "report_1": "condition1.tif" }
        """;

    private static string Years => string.Join(", ", Enumerable.Range(2000, 20).Select(y => $"\"{y}\": \"y{y}.tif\""));

    private static string Series => $$"""
        "productivity": { "kind": "series", "years": { {{Years}} },
          "periods": { "baseline": [2000, 2015], "report_1": [2004, 2019] }, "scale": 0.0001, "units": ["units.tif"] }
        """;

    private static readonly string[] s_tables =
        ["summary", "headline", "land_cover_transitions", "crosstab_subindicators", "crosstab_status", "soc_by_land_cover"];

    private static IEnumerable<TestCaseData> Jobs()
    {
        yield return new TestCaseData(
            $"{{ {Periods}, {Lpd}, {Stocks} }}", """{ "rules": { "socThreshold": 3 } }""", "{}",
            """{ "rules": { "socThreshold": 7.5, "socInclusive": true }, "landCover": { "matrix": "bad.csv" } }""")
            .SetName("thresholds and matrices");
        yield return new TestCaseData(
            $"{{ {Periods}, {Lpd}, {Model} }}", """{ "soilCarbon": { "factor": 0.7, "placement": "start" } }""",
            """
            { "rules": { "socThreshold": 4 }, "soilCarbon": { "management": "management.tif",
              "organic": { "mask": "wetland", "factors": "zoned.csv", "fires": { "2010": "fire.tif" } } } }
            """,
            """{ "soilCarbon": { "reference": "soc1.tif", "placement": "end" } }""").SetName("models");
        yield return new TestCaseData(
            $"{{ {Periods}, {Lpd}, {Model} }}", $$"""{ "productivity": { {{Parts}} } }""",
            $$"""{ "productivity": { {{Condition}} }, "soilCarbon": { "factor": 0.5 }, "rules": { "socThreshold": 12 } }""",
            """{ "productivity": { "periods": { "baseline": "lpd1.tif", "report_1": "lpd0.tif" } } }""")
            .SetName("products of three kinds");
        yield return new TestCaseData(
            $$"""{ {{Periods}}, "productivity": { {{Parts}} }, {{Stocks}} }""", """{ "rules": { "lpdTable": "gpg-v1" } }""", "{}",
            """{ "rules": { "lpdTable": "gpg-v2", "socInclusive": true } }""").SetName("tables of parts");
        string series =
            $"{{ {Periods.Replace("parts.geojson", "apart.geojson", StringComparison.Ordinal)}, {Series}, {Stocks} }}";
        yield return new TestCaseData(
            series, "{ \"productivity\": { \"slope\": \"theil-sen\", \"state\": \"zscore\", \"minYears\": 10 } }",
            $$"""{ "productivity": { {{Condition}} } }""", "{ \"productivity\": { \"lpdMethod\": \"fao-wocat\" } }")
            .SetName("series by other rules, classes, FAO-WOCAT");
        yield return new TestCaseData(
            series, "{ \"rules\": { \"lpdTable\": \"gpg-v1\" } }", "{}",
            "{ \"productivity\": { \"units\": [\"types.tif\"], \"performanceScope\": \"run\" }, \"rules\": { \"socThreshold\": "
                + "4 } }")
            .SetName("one series by several tables, and other units");
        yield return new TestCaseData(
            $"{{ {Periods.Replace("parts.geojson", "apart.geojson", StringComparison.Ordinal)}, {Lpd}, {Stocks} }}", "{}",
            $"{{ {Series} }}", $"{{ {Series.Replace("0.0001", "0.00015", StringComparison.Ordinal)} }}")
            .SetName("series of another scale beside a product");
    }

    [TestCaseSource(nameof(Jobs))]
    public void TheWholeIsItsRegionsPasted(string job, string west, string middle, string east)
    {
        using var jobs = new RegionJobs(job, west, middle, east);
        string whole = jobs.Whole("whole");
        string[] alone = [.. RegionJobs.Ids.Select(id => jobs.Alone(id, id))];
        int compared = 0;
        foreach (string raster in Directory.GetFiles(whole, "*.tif").Select(f => Path.GetFileName(f)))
        {
            double[] values = Workspace.Read(Path.Combine(whole, raster)).Values;
            double[]?[] of = [.. alone.Select(folder => File.Exists(Path.Combine(folder, raster))
                ? Workspace.Read(Path.Combine(folder, raster)).Values : null)];
            for (int i = 0; i < values.Length; i++)
            {
                // A region of ready classes writes no raster of what others make on the way.
                if (of[RegionJobs.Of(i % ExplainJobs.Width)] is not { } region)
                    continue;
                if (!values[i].Equals(region[i]))
                    Assert.Fail($"{raster}, cell {i}: {values[i]}, in the region alone {region[i]}");
                compared++;
            }
        }

        Assert.That(compared, Is.GreaterThan(7 * ExplainJobs.Width * ExplainJobs.Height));
        foreach ((string zone, int region) in new[] { ("inWest", 0), ("inMiddle", 1), ("inEast", 2) })
            foreach (string table in s_tables)
                Assert.That(Rows(whole, table, zone), Is.EqualTo(Rows(alone[region], table, zone)), $"{table} of {zone}");
        RegionsSumToZones(whole);
    }

    [Test]
    public void PolygonsAndRasterThreadsAndMemoryGiveTheSameBytes()
    {
        using var jobs = new RegionJobs(
            $"{{ {Periods}, {Lpd}, {Model} }}", """{ "soilCarbon": { "factor": 0.7 } }""",
            $$"""{ "productivity": { {{Condition}} } }""", """{ "rules": { "socThreshold": 4 } }""");
        string one = jobs.Whole("one", "--threads", "1");
        foreach (string folder in new[]
        {
            jobs.Whole("three", "--threads", "3", "--memory", "64M"),
            jobs.Numbered("raster"),
        })
        {
            foreach (string file in Directory.GetFiles(one, "*.tif").Concat(
                s_tables.Select(t => Path.Combine(one, t + ".csv"))))
                Assert.That(
                    File.ReadAllBytes(Path.Combine(folder, Path.GetFileName(file))), Is.EqualTo(File.ReadAllBytes(file)), file);
        }
    }

    [TestCase("\"outside\":\"error\",", 3, "LDN308", TestName = "land in no region")]
    [TestCase("\"outside\":\"default\",", 0, "", TestName = "land in no region takes the job's rules")]
    public void LandInNoRegion(string outside, int exit, string says)
    {
        using var jobs = new RegionJobs(
            $"{{ {Periods}, {Lpd}, {Stocks} }}", "{}", "{}", """{ "rules": { "socThreshold": 4 } }""");
        jobs.Work.Zones("holes.geojson",
            [("\"region\":\"east\"", Workspace.Rectangle(102.7, 47, 104, 50))]);
        LdnResult result = Run(jobs.Work, $$"""
            { {{Periods}}, {{Lpd}}, {{Stocks}}, "regions": { "zones": "holes.geojson", {{outside}} "id": "region",
              "define": { "east": { "rules": { "socThreshold": 4 } } } } }
            """);
        Assert.That(result.ExitCode, Is.EqualTo(exit), result.Error);
        Assert.That(result.Error, Does.Contain(says));
        if (exit != 0)
            return;
        string east = jobs.Alone("east", "alone-east"), rest = jobs.Alone("west", "alone-rest");
        double[] Soil(string folder) => Workspace.Read(Path.Combine(folder, "baseline_soil_organic_carbon.tif")).Values;
        double[] values = Soil(jobs.Work["result"]), inEast = Soil(east), inRest = Soil(rest);
        for (int i = 0; i < values.Length; i++)
            Assert.That(values[i], Is.EqualTo((i % ExplainJobs.Width >= RegionJobs.East ? inEast : inRest)[i]));
        Assert.That(File.ReadAllText(jobs.Work["result/regions.csv"]), Does.Contain("\ndefault,default,across"));
    }

    /// <summary>Where every region has a product of its own, none takes another's.</summary>
    [Test]
    public void ARegionWithoutItsRastersDoesNotTakeAnothers()
    {
        using var jobs = new RegionJobs($"{{ {Periods}, {Lpd}, {Stocks} }}", "{}", "{}", "{}");
        const string Whole = "{ \"productivity\": { \"kind\": \"lpd\", \"periods\": "
            + "{ \"baseline\": \"lpd0.tif\", \"report_1\": \"lpd1.tif\" } } }";
        LdnResult result = Run(jobs.Work, $$"""
            { {{Periods}}, {{Stocks}}, "regions": { "zones": "three.geojson", "id": "region",
              "define": { "west": {{Whole}}, "middle": {{Whole}}, "east": { "productivity": { "kind": "lpd" } } } } }
            """);
        Assert.That(result.ExitCode, Is.EqualTo(2), result.Error);
        Assert.That(result.Error, Does.Contain("productivity of period baseline is missing"));
    }

    [TestCase("{ \"west\": {}, \"middle\": {} }", 2, "region 'east' of three.geojson is not in regions.define")]
    [TestCase("{ \"west\": {}, \"middle\": {}, \"east\": {}, \"north\": {} }", 2, "'north', which is no region of three.geojson")]
    [TestCase("{ \"west\": { \"soilCarbon\": { \"factor\": 0.8 } }, \"middle\": {}, \"east\": {} }", 2,
        "region west: soilCarbon describes a model of stocks")]
    [TestCase("{ \"west\": { \"rules\": { \"missing\": \"strict\" } }, \"middle\": {}, \"east\": {} }", 2, "missing")]
    [TestCase("{ \"west\": { \"productivity\": { \"periods\": { \"baseline\": \"lpd1.tif\" } } }, \"middle\": {}, \"east\": {} }",
        2, "productivity of period report_1 is missing")]
    [TestCase("{ \"west\": { \"productivity\": { \"kind\": \"condition\", \"periods\": { \"baseline\": \"lpd1.tif\", "
        + "\"report_1\": \"lpd1.tif\" } } }, \"middle\": {}, \"east\": {} }", 2, "is read as")]
    [TestCase("{}", 2, "regions have no 'define'")]
    public void WhatIsWrongIsToldWithItsCure(string define, int exit, string says)
    {
        using var jobs = new RegionJobs($"{{ {Periods}, {Lpd}, {Stocks} }}", "{}", "{}", "{}");
        LdnResult result = Run(jobs.Work, $$"""
            { {{Periods}}, {{Lpd}}, {{Stocks}}, "regions": { "zones": "three.geojson", "id": "region", "define": {{define}} } }
            """);
        Assert.That(result.ExitCode, Is.EqualTo(exit), result.Error);
        Assert.That(result.Error, Does.Contain(says));
    }

    [Test]
    public void RegionsThatOverlapAreNamed()
    {
        using var jobs = new RegionJobs($"{{ {Periods}, {Lpd}, {Stocks} }}", "{}", "{}", "{}");
        jobs.Work.Zones("overlap.geojson",
        [
            ("\"region\":\"a\"", Workspace.Rectangle(100, 47, 102, 50)),
            ("\"region\":\"b\"", Workspace.Rectangle(101.9, 47, 104, 50)),
        ]);
        LdnResult result = Run(jobs.Work, $$"""
            { {{Periods}}, {{Lpd}}, {{Stocks}}, "regions": { "zones": "overlap.geojson", "id": "region",
              "define": { "a": {}, "b": { "rules": { "socThreshold": 1 } } } } }
            """);
        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Error, Does.Contain("LDN308").And.Contain("lie in more than one region: a, b"));
    }

    [Test]
    public void TheReportSaysWhichRegionHadWhichRules()
    {
        using var jobs = new RegionJobs(
            $"{{ {Periods}, {Lpd}, {Stocks} }}", """{ "rules": { "socThreshold": 3 } }""", "{}",
            """{ "landCover": { "matrix": "bad.csv" } }""");
        string whole = jobs.Whole("whole", "--tables", "csv,json,html,prais,xlsx");
        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllText(Path.Combine(whole, "region_parameters.csv")),
                Does.Contain("west,The west,soil_organic_carbon,socThreshold,3\n")
                    .And.Contain("east,The east,land_cover,matrix,bad.csv\n")
                    .And.Contain("east,The east,soil_organic_carbon,socThreshold,10\n"));
            Assert.That(
                File.ReadAllText(Path.Combine(whole, "report.html")), Does.Contain("The region with the highest degraded share"));
            JsonNode prais = JsonNode.Parse(File.ReadAllText(Path.Combine(whole, "prais.json")))!;
            Assert.That(prais.ToJsonString(), Does.Contain("SO1.subnational").And.Contain("west;middle;east"));
            JsonNode provenance = JsonNode.Parse(File.ReadAllText(Path.Combine(whole, "provenance.json")))!;
            Assert.That((string?)provenance["regions"]!["west"]!["soil_organic_carbon"]!["socThreshold"], Is.EqualTo("3"));
            Assert.That((string?)provenance["rules"]!["soc_threshold"], Is.EqualTo("by_region"));
            Assert.That(File.ReadAllText(Path.Combine(whole, "sensitivity.csv")), Does.Contain("soc_threshold,by_region"));
        });
    }

    /// <summary>Pixels and areas of the regions of a zone against those of summary.csv.</summary>
    private static void RegionsSumToZones(string folder)
    {
        static Dictionary<string, decimal> Sums(IEnumerable<Dictionary<string, string>> rows) => rows
            .Where(r => !r["indicator"].EndsWith("expanded", StringComparison.Ordinal))
            .GroupBy(r => $"{r["zone_id"]} {r["period"]} {r["indicator"]} {r["class"]}")
            .ToDictionary(g => g.Key, g => g.Sum(r => decimal.Parse(r["pixels"], CultureInfo.InvariantCulture)));
        Assert.That(Sums(Table(folder, "regions")), Is.EquivalentTo(Sums(Table(folder, "summary"))));
    }

    private static IEnumerable<Dictionary<string, string>> Table(string folder, string table)
    {
        string[] lines = File.ReadAllLines(Path.Combine(folder, table + ".csv"));
        string[] head = lines[0].Split(',');
        return lines.Skip(1).Select(l => l.Split(',').Select((cell, i) => (head[i], cell))
            .ToDictionary(c => c.Item1, c => c.cell));
    }

    private static string[] Rows(string folder, string table, string zone) =>
        [.. File.ReadAllLines(Path.Combine(folder, table + ".csv"))
            .Where(l => l.StartsWith(zone + ",", StringComparison.Ordinal))];

    private static LdnResult Run(Workspace work, string job) => LdnProcess.Run(
        work.Folder,
        ["compute", work.Text("bad.json", job), "--out", "result", "--tables", "csv", "--rasters", "sub-indicators"]);
}
