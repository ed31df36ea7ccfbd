using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Ldn.Cli.Tests.Outputs;

/// <summary>The files of a result and their columns, as the interface contract names them.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ResultFilesTests
{
    private static readonly string[] Tables =
    [
        "crosstab_subindicators.csv", "headline.csv", "land_cover_transitions.csv", "land_cover_transitions_unccd7.csv",
        "sensitivity.csv", "summary.csv",
    ];

    private static readonly string[] Rasters = [
        "baseline_indicator", "baseline_land_cover", "baseline_productivity", "baseline_soil_organic_carbon"];

    private static readonly Dictionary<string, string> Columns = new()
    {
        ["summary"] = "zone_id,zone_name,zone_kind,period,indicator,class,pixels,area_km2,share_of_land_pct,share_of_valid_pct",
        ["headline"] = "zone_id,zone_name,zone_kind,period,land_km2,valid_km2,water_km2,no_data_km2,degraded_km2,stable_km2,improved_km2,degraded_pct_of_land,"
            + "degraded_pct_of_valid,no_data_pct,degraded_change_km2,degraded_change_pct_of_land,final_year_land_km2,degraded_pct_of_official_land",
        ["land_cover_transitions"] = "zone_id,period,from_class,to_class,pixels,area_km2,condition",
        ["land_cover_transitions_unccd7"] = "zone_id,period,from_class,to_class,pixels,area_km2,condition",
        ["crosstab_subindicators"] =
            "zone_id,zone_kind,period,water,land_cover,productivity,soil_organic_carbon,indicator,pixels,area_km2",
        ["sensitivity"] = "zone_id,zone_kind,period,rule,option,degraded_km2,stable_km2,improved_km2,no_data_km2",
    };

    [Test]
    public void EveryFileIsThere()
    {
        using var job = new SmallJob();
        job.Run().Succeeded();
        string[] expected =
        [
            .. Tables, "provenance.json", "summary.json",
            .. Rasters.SelectMany(r => new[] { r + ".tif", r + ".tif.aux.xml", r + ".qml" }),
        ];
        Assert.That(Names(job), Is.SupersetOf(expected));
        Assert.That(
            Names(job).Where(n => n.EndsWith(".tif", StringComparison.Ordinal)),
            Is.EquivalentTo(Rasters.Select(r => r + ".tif")));
        foreach ((string table, string columns) in Columns)
        {
            string[] names = CsvRows.Columns(job[$"result/{table}.csv"]), wanted = columns.Split(',');
            Assert.That(names.Where(wanted.Contains), Is.EqualTo(wanted), table);
        }
    }

    [Test]
    public void PlainText()
    {
        using var job = new SmallJob();
        job.Run().Succeeded();
        foreach (string file in Directory.GetFiles(job["result"], "*.csv").Concat(Directory.GetFiles(job["result"], "*.json")))
        {
            byte[] bytes = File.ReadAllBytes(file);
            Assert.That(bytes, Does.Not.Contain((byte)'\r'), file);
            Assert.That(bytes[0], Is.LessThan(128), file);
            if (!file.EndsWith("provenance.json", StringComparison.Ordinal))
                Assert.That(File.ReadAllText(file), Does.Not.Contain(job.Work.Folder), file);
        }
    }

    [Test]
    public void RowsOfTheSummaryInTheirOrder()
    {
        using var job = new SmallJob();
        job.Flags["--groups"] = job.Work.Text("groups.csv", "group_id,group_name,zone_id\nboth,Both,CHN\nboth,Both,MNG\n");
        job.Run().Succeeded();
        string[] zones = ["MNG/zone", "CHN/zone", "EDGE/zone", "both/group"],
        indicators = ["sdg_15_3_1", "land_cover", "productivity", "soil_organic_carbon"];
        string[] classes = ["degraded", "stable", "improved", "no_data", "water"];
        Assert.That(
            CsvRows.Read(job["result/summary.csv"]).Select(r => r.Key("zone_id", "zone_kind", "period", "indicator", "class")),
            Is.EqualTo(zones.SelectMany(z => indicators.SelectMany(i => classes.Select(c => $"{z}/baseline/{i}/{c}")))));
    }

    [Test]
    public void SharesAndHeadlineFollowFromTheSummary()
    {
        using var job = new SmallJob();
        job.Flags["--land-area"] = job.Work.Text("land.csv", "zone_id,land_km2\nMNG,50000\n");
        job.Run().Succeeded();
        List<CsvLine> headline = CsvRows.Read(job["result/headline.csv"]);
        Assert.That(headline.Select(r => r["zone_id"]), Is.EqualTo(new[] { "MNG", "CHN", "EDGE" }));
        using IDisposable all = Assert.EnterMultipleScope();
        foreach (
            IGrouping<string,
            CsvLine> item in CsvRows.Read(job["result/summary.csv"]).GroupBy(r => r.Key("zone_id", "indicator")))
        {
            Dictionary<string, CsvLine> rows = item.ToDictionary(r => r["class"]);
            double valid = rows["degraded"].Area + rows["stable"].Area + rows["improved"].Area,
            land = valid + rows["no_data"].Area;
            foreach (string name in new[] { "degraded", "stable", "improved", "no_data" })
                Assert.That(
                    rows[name].Number("share_of_land_pct"), Is.EqualTo(rows[name].Area / land * 100).Within(1e-6), item.Key);
            foreach (string name in new[] { "degraded", "stable", "improved" })
                Assert.That(
                    rows[name].Number("share_of_valid_pct"), Is.EqualTo(rows[name].Area / valid * 100).Within(1e-6), item.Key);
            Assert.That(
                rows["no_data"]["share_of_valid_pct"] + rows["water"]["share_of_land_pct"] + rows["water"]["share_of_valid_pct"],
                Is.Empty);
            if (!item.Key.EndsWith("/sdg_15_3_1", StringComparison.Ordinal))
                continue;
            CsvLine head = headline.Single(h => h["zone_id"] == rows["water"]["zone_id"]);
            Assert.That(head.Number("land_km2"), Is.EqualTo(land).Within(4e-6));
            Assert.That(head.Number("valid_km2"), Is.EqualTo(valid).Within(3e-6));
            foreach (string name in rows.Keys)
                Assert.That(head[name + "_km2"], Is.EqualTo(rows[name]["area_km2"]));
            Assert.That(head["degraded_pct_of_land"], Is.EqualTo(rows["degraded"]["share_of_land_pct"]));
            Assert.That(head["degraded_pct_of_valid"], Is.EqualTo(rows["degraded"]["share_of_valid_pct"]));
            Assert.That(head["no_data_pct"], Is.EqualTo(rows["no_data"]["share_of_land_pct"]));
            Assert.That(head["degraded_change_km2"] + head["degraded_change_pct_of_land"], Is.Empty);
            string official = head["zone_id"] == "MNG" ? FormattableString.Invariant($"{rows["degraded"].Area / 500:F6}") : "";
            Assert.That(head["degraded_pct_of_official_land"], Is.EqualTo(official));
        }
    }

    [Test]
    public void SummaryJsonHoldsTheTables()
    {
        using var job = new SmallJob();
        job.Run().Succeeded();
        string text = File.ReadAllText(job["result/summary.json"]);
        JsonNode json = JsonNode.Parse(text)!;
        Assert.That(json["schema_version"] ?? json["$schema"], Is.Not.Null);
        CsvLine row = CsvRows.Read(job["result/summary.csv"]).First(r => r.Key("zone_id", "class") == "CHN/degraded");
        Assert.That(text, Does.Contain(row["area_km2"].TrimEnd('0')));
        LdnResult schema = LdnProcess.Run(job.Work.Folder, ["schema", "summary"]).Succeeded();
        Assert.That(JsonNode.Parse(schema.Out)!["$schema"], Is.Not.Null);
    }

    [Test]
    public void ProvenanceKnowsEveryByte()
    {
        using var job = new SmallJob();
        job.RunWith(
            new Dictionary<string, string> { ["SOURCE_DATE_EPOCH"] = "1700000000" }, "--missing", "available", "--threads",
            "2").Succeeded();
        JsonNode json = JsonNode.Parse(File.ReadAllText(job["result/provenance.json"]))!;
        Assert.Multiple(() =>
        {
            Assert.That((string)json["finished"]!, Is.EqualTo("2023-11-14T22:13:20Z"));
            Assert.That((string)json["rules"]!["missing"]!, Is.EqualTo("available"));
            Assert.That((string)json["options"]!["missing"]!, Is.EqualTo("available"));
            Assert.That((int)json["threads"]!, Is.EqualTo(2));
            Assert.That((string)json["program"]!, Does.StartWith("ldn "));
        });
        JsonArray inputs = json["inputs"]!.AsArray(), outputs = json["outputs"]!.AsArray();
        Assert.That(inputs.Select(i => Path.GetFileName((string)i!["path"]!)), Is.EquivalentTo(
            new[] { "lc0.tif", "lc1.tif", "lpd.tif", "soc0.tif", "soc1.tif", "zones.geojson" }));
        foreach (JsonNode? input in inputs)
            Compare(job[Path.GetFileName((string)input!["path"]!)], input);
        Assert.That(outputs.Select(o => (string)o!["name"]!).Append("provenance.json"), Is.EquivalentTo(Names(job)));
        foreach (JsonNode? output in outputs)
            Compare(job["result/" + (string)output!["name"]!], output);
    }

    [TestCase("land-cover", "land_cover")]
    [TestCase("productivity", "productivity")]
    [TestCase("soil-carbon", "soil_organic_carbon")]
    public void APartialResultSaysSoEverywhere(string left, string name)
    {
        using var job = new SmallJob();
        LdnResult result = job.Run("--without", left).Succeeded();
        Assert.That(result.Error, Does.Contain("partial").And.Contains(name));
        foreach (string file in new[] { "summary.json", "provenance.json" })
            Assert.That(File.ReadAllText(job["result/" + file]), Does.Contain("partial: computed without " + name));
        Assert.That(CsvRows.Read(job["result/summary.csv"]).Select(r => r["indicator"]), Has.None.EqualTo(name));
        Assert.That(CsvRows.Read(job["result/crosstab_subindicators.csv"]).Select(r => r[name]), Has.All.Empty);
        Assert.That(Names(job), Has.None.StartsWith("baseline_" + name));
        Assert.That(
            Names(job).Any(n => n.StartsWith("land_cover_transitions", StringComparison.Ordinal)),
            Is.EqualTo(left != "land-cover"));
    }

    [Test]
    public void WaterMaskInPlaceOfLandCover()
    {
        using var job = new SmallJob();
        job.Work.Raster(
            "water.tif", SmallJob.Grid, Ldn.Rasters.CellType.Byte, SmallJob.Values((c, r) => c < 7 && r < 2 ? 3 : 0), 255);
        job.Run("--without", "land-cover", "--water", "water.tif").Succeeded();
        Assert.That(
            CsvRows.Read(job["result/summary.csv"]).Single(r => r.Key("zone_id", "indicator", "class") == "MNG/sdg_15_3_1/water")
                .Pixels,
            Is.EqualTo(14));
    }

    internal static string[] Names(SmallJob job) =>
        [.. Directory.GetFileSystemEntries(job["result"]).Select(f => Path.GetFileName(f)!)];

    private static void Compare(string file, JsonNode record)
    {
        byte[] bytes = File.ReadAllBytes(file);
        Assert.That((long)record["bytes"]!, Is.EqualTo(bytes.Length), file);
        Assert.That((string)record["sha256"]!, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(bytes))), file);
    }
}
