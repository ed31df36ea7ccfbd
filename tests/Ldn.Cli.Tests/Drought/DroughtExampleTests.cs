using System.Globalization;
using Ldn.Cli.Tests.Cluster;
using Ldn.Tests;

namespace Ldn.Cli.Tests.Drought;

/// <summary>The worked examples of drought-and-regions.md through the whole program: rasters, tables, people.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class DroughtExampleTests
{
    private const double OfRasters = 1e-6;
    private const int First = 1980, Last = 2023;

    private static string File(string name) => TestData.Real(Path.Combine("drought-examples", "raster", name));

    private static string[] Zones => ["--zones", File("zones.geojson"), "--zone-id", "code", "--tables", "csv"];

    /// <summary>Cells of a year among the expected bands.</summary>
    private static double[] Expected(string file, int year) => [
        .. Workspace.Read($"{File(file)}#band={year - First + 1}").Values.Select(v => v < -100 ? double.NaN : v)];

    [TestCase("expected_spi12.tif", "spi12")]
    [TestCase("expected_spei12_thornthwaite.tif", "spei12", "--index", "spei", "--pet-method", "thornthwaite", "--temperature",
        "tmean.tif")]
    [TestCase("expected_spei12_hargreaves.tif", "spei12", "--index", "spei", "--temperature-minimum", "tmin.tif",
        "--temperature-maximum", "tmax.tif")]
    public void RastersAreThoseExpected(string expected, string name, params string[] flags)
    {
        using var work = new Workspace();
        LdnProcess.Run(
            work.Folder,
            [
                "drought", "--precipitation", File("precipitation.tif"), .. flags.Select(f => f.EndsWith(".tif") ? File(f) : f),
                .. Zones, "--out", "d",
            ]).Succeeded();
        for (int year = First; year <= Last; year++)
        {
            double[] cells = Expected(expected, year);
            if (year == First && name == "spi12")
                Assert.That(cells, Has.Some.Not.NaN);
            Assert.That(Workspace.Read(work[$"d/{name}_{year}.tif"]).Values, Is.EqualTo(cells).Within(OfRasters), $"{year}");
        }
    }

    [Test]
    public void LandAndPeopleAreThoseExpected()
    {
        using var work = new Workspace();
        work.Text("job.json", PeopleJob());
        LdnProcess.Run(work.Folder, ["drought", "job.json", "--tables", "csv,prais", "--out", "d"]).Succeeded();
        Dictionary<string, CsvLine> rows = CsvRows.Read(work["d/drought.csv"])
            .ToDictionary(r => r.Key("zone_id", "year", "drought"));
        string expected = TestData.Real(Path.Combine("drought-examples", "expected_drought.csv"));
        string[] columns = CsvRows.Columns(expected);
        foreach (CsvLine row in CsvRows.Read(expected))
            foreach (string column in columns)
                Assert.That(
                    rows[row.Key("zone_id", "year", "drought")][column], Is.EqualTo(row[column]),
                    row.Key("zone_id", "year", "drought") + " " + column);

        // Blocks by station: each cell's people of the year of its lowest index, added up over the zone.
        List<CsvLine> stations = CsvRows.Read(TestData.Real(Path.Combine("drought-examples", "expected_blocks.csv")));
        Dictionary<string, string> zoneOf = CsvRows.Read(TestData.Real(Path.Combine("drought-examples", "stations.csv")))
            .ToDictionary(r => r["station"], r => r.Number("latitude") > 0 ? "N" : "S");
        foreach (CsvLine row in CsvRows.Read(work["d/drought_blocks.csv"]))
        {
            double women = stations.Where(s => zoneOf[s["station"]] == row["zone_id"] && s["first_year"] == row["first_year"]
                && (s["class"].Length == 0 ? "no_data" : s["class"]) == row["drought"]).Sum(s => s.Number("female_persons"));
            Assert.That(
                row.Number("female_persons"), Is.EqualTo(women).Within(1e-6), row.Key("zone_id", "first_year", "drought"));
        }

        CsvLine share = rows["N/2010/none"];
        double all = rows.Values.Where(r => r["zone_id"] == "N" && r["year"] == "2010").Sum(r => r.Number("total_persons"));
        Assert.That(share.Number("total_pct"), Is.EqualTo(share.Number("total_persons") / all * 100).Within(1e-6));
        Assert.That(share.Number("total_pct_of_official"), Is.EqualTo(share.Number("total_persons") / 50000 * 100).Within(1e-6));
    }

    [Test]
    public void ShardsGiveTheSameBytes()
    {
        var work = new Workspace();
        work.Text("job.json", ComputeJob());
        using var job = new ShardedJob(work) { Job = "job.json" };
        Dictionary<string, byte[]> single = job.Single();
        Assert.That(
            single.Keys,
            Is.SupersetOf(new[] { "spi12_1981.tif", "drought_2003.tif", "drought_fit.csv", "drought_fit_12_d.tif" }));
        job.Plan(1).Succeeded();
        job.Shards(1);
        job.Merge("--cog", "--out", "merged").Succeeded();
        ShardedJob.Same(job.Contents("merged"), single);
        LdnProcess.Run(work.Folder, ["drought", "job.json", "--out", "alone", "--tables", "csv"]).Succeeded();
        foreach (string file in new[] { "drought.csv", "drought_blocks.csv", "drought_fit.csv", "spi12_1999.tif" })
            Assert.That(System.IO.File.ReadAllBytes(work["alone/" + file]), Is.EqualTo(single[file]), file);
    }

    private static string Drought => $$"""
        "drought": { "index": "spi", "precipitation": { "layers": ["{{File("precipitation.tif")}}"] } }
        """;

    private static string PeopleJob()
    {
        string people = string.Join(',', new[] { 2000, 2011, 2020 }.Select(y => string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            "{{y}}": { "female": "{{File($"female_{y}.tif")}}", "male": "{{File($"male_{y}.tif")}}" }
            """)));
        string official = Path.Combine(Path.GetTempPath(), $"official-{Guid.NewGuid():N}.csv");
        System.IO.File.WriteAllText(official, "zone_id,year,female,male,total\nN,2010,,,50000\n");
        return $$"""
            {
              "zones": [ { "file": "{{File("zones.geojson")}}", "id": "code" } ],
              "strata": { {{Drought}}, "population": { {{people}} }, "officialPopulation": "{{official}}" }
            }
            """;
    }

    /// <summary>The index beside a sub-indicator: any raster of conditions will do.</summary>
    private static string ComputeJob() => $$"""
        {
          "zones": [ { "file": "{{File("zones.geojson")}}", "id": "code" } ],
          "periods": { "baseline": { "productivity": [2000, 2015] } },
          "without": [ "land-cover", "soil-carbon" ],
          "productivity": { "kind": "series", "method": "trend", "lpdMethod": "fao-wocat", "variable": "npp",
            "layers": ["{{File("precipitation.tif")}}"], "integrate": { "statistic": "sum" } },
          "grid": { "like": "productivity" },
          "outputs": { "rasters": ["indicator", "drought", "parts"], "tables": ["csv", "prais"] },
          "strata": { {{Drought}} }
        }
        """;
}
