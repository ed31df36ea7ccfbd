using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;

namespace Ldn.Cli.Tests.Reports;

/// <summary>
/// prais_&lt;zone&gt;.xlsx beside prais.json: the figures of one country under the heads of the forms, and the checklist before
/// them.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class PraisWorkbookTests
{
    private static readonly XNamespace s_main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    [Test]
    public void EachCountryHasItsFormsAndAChecklist()
    {
        using var job = new SmallJob();
        job.Work.Text("people.csv", "zone_id,year,female,male,total\nMNG,2015,1500000,1400000,2900000\nCHN,2015,,,5000\n");
        job.Work.Raster("people.tif", SmallJob.Grid, Ldn.Rasters.CellType.Float32, SmallJob.Values((c, r) => (c + r) % 4), -1);
        job.RunFile(SmallJob.JobFile.Replace("\"rules\"", """
            "strata": { "population": { "2015": { "total": "people.tif" } }, "officialPopulation": "people.csv" },
            "sources": { "landCover": {
              "title": "Cover", "publisher": "Agency", "doi": "10.1/a_b", "citation": "Agency: Cover" } },
            "rules"
            """, StringComparison.Ordinal).Replace("\"rasters\": [\"indicator\"]", "\"rasters\": [\"none\"], \"tables\": [\"prais\", \"xlsx\"]", StringComparison.Ordinal)).Succeeded();
        foreach (string zone in new[] { "MNG", "CHN", "EDGE" })
            Assert.That(File.Exists(job[$"result/prais_{zone}.xlsx"]), zone);
        Dictionary<string, string[][]> sheets = Sheets(job["result/prais_MNG.xlsx"]);
        Assert.That(sheets.Keys.First(), Is.EqualTo("Checklist"));
        Assert.That(
            sheets.Keys,
            Does.Contain("CP-1.T1").And.Contain("CP-1.T2").And.Contain("SO1-1.T7").And.Contain("sources")
                .And.Not.Contain("SO3-1.T1"));
        string[][] checklist = sheets["Checklist"];
        Assert.That(checklist.Single(r => r.FirstOrDefault() == "SO1-1.T7")[2], Is.EqualTo("yes"));
        Assert.That(
            checklist.Single(r => r.FirstOrDefault() == "SO3-1.T1")[2..],
            Is.EqualTo(new[] { "no", "", "no strata.drought in the job" }));

        using JsonDocument prais = JsonDocument.Parse(File.ReadAllText(job["result/prais.json"]));
        JsonElement Row(string table) => prais.RootElement.GetProperty("tables").GetProperty(table).GetProperty("rows")
            .EnumerateArray().First(r => r.GetProperty("zone_id").GetString() == "MNG");
        string[] degraded = sheets["SO1-1.T7"].Single(r => r.FirstOrDefault() == "Land area with degraded land cover");
        Assert.That(
            double.Parse(degraded[1], System.Globalization.CultureInfo.InvariantCulture),
            Is.EqualTo(Row("SO1-1.T7").GetProperty("degraded_km2").GetDouble()));
        Assert.That(sheets["SO1-1.T7"].Single(r => r.Contains("Percent of total country area (%)")), Has.Length.EqualTo(3));
        Assert.That(sheets["CP-1.T2"][2], Is.EqualTo(new[] { "2015", "2900.000000", "1400.000000", "1500.000000", "official" }));
        Assert.That(Row("CP-1.T2").GetProperty("total_thousands").GetDouble(), Is.EqualTo(2900));
        Assert.That(
            Row("SO2-3.T1").GetProperty("total_exposed_pct_of_official").GetDouble(),
            Is.EqualTo(Row("SO2-3.T1").GetProperty("total_exposed_persons").GetDouble() / 29000).Within(1e-6));
        JsonElement source = prais.RootElement.GetProperty("tables").GetProperty("sources").GetProperty("rows")[0];
        Assert.That(source.GetProperty("form").GetString(), Is.EqualTo("CP-1, SO1-1"));
        Assert.That(source.GetProperty("link").GetString(), Is.EqualTo("https://doi.org/10.1/a_b"));
        double[] totals = [
            .. sheets["SO1-1.T5"].Single(r => r.FirstOrDefault() == "Total")[1..]
                .Select(v => double.Parse(v, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.That(totals[..^1].Sum(), Is.EqualTo(totals[^1]).Within(1e-4), "changes add up to the country");
    }

    /// <summary>
    /// In every language the checklist tells country and forms in its words, years are years and not amounts, a stand-in is told
    /// beside the figure, and what the user wrote stays as it was written.
    /// </summary>
    [TestCase("en", "Checklist", "Year", "Tree-covered areas (km²)", "2015 (for 2016)", "Grassland")]
    [TestCase("mn", "Шалгах хуудас", "Он", "Мод бүрхсэн (км²)", "2015 (2016-ийн оронд)", "Бэлчээр, өвслөг газар")]
    [TestCase("zh", "清单", "年份", "林木覆盖（平方公里）", null, null)]
    public void FormsSpeakTheLanguage(
        string language, string checklist, string year, string covers, string? standIn, string? grass)
    {
        using var job = new SmallJob();
        string text = SmallJob.JobFile;
        foreach ((string old, string changed) in new[]
        {
            ("\"landCover\": [2000, 2015]", "\"landCover\": [2000, 2016]"),
            ("\"2015\": \"lc1.tif\" }", "\"2015\": \"lc1.tif\" }, \"standIns\": { \"2016\": 2015 }"),
            ("\"rasters\": [\"indicator\"]", "\"rasters\": [\"none\"], \"tables\": [\"prais\", \"xlsx\"]"),
            ("\"rules\"", "\"sources\": { \"landCover\": { \"title\": \"a_b\", \"doi\": \"10.1/a_b\" } }, \"rules\""),
        })
        {
            Assert.That(text, Does.Contain(old));
            text = text.Replace(old, changed, StringComparison.Ordinal);
        }

        job.RunFile(text, "--language", language).Succeeded();
        Dictionary<string, string[][]> sheets = Sheets(job["result/prais_MNG.xlsx"]);
        Assert.That(sheets.Keys.First(), Is.EqualTo(checklist));
        Assert.That(sheets[checklist][0][0], Does.EndWith("Mongolia (MNG)"));
        Assert.That(sheets["SO1-1.T4"][1][..2], Is.EqualTo(new[] { year, covers }));
        Assert.That(sheets["SO1-1.T4"].Select(r => r[0]), Does.Contain("2000").And.Contain("2016"));
        Assert.That(sheets["sources"][2], Does.Contain("https://doi.org/10.1/a_b").And.Contain("a_b"));
        if (standIn is not null)
            Assert.That(sheets["CP-1.T1"].Single(r => r[0] == "2016"), Does.Contain(standIn));
        if (grass is not null)
            Assert.That(sheets["SO1-1.T3"][1].Select(h => h.Split(" (")[0]), Does.Contain(grass));
        int sheet = sheets.Keys.ToList().IndexOf("CP-1.T1") + 1;
        XDocument areas = Part(job["result/prais_MNG.xlsx"], $"xl/worksheets/sheet{sheet}.xml");
        XElement cell = areas.Descendants(s_main + "c").First(c => c.Element(s_main + "v")?.Value == "2016");
        Assert.That((string?)cell.Attribute("s"), Is.EqualTo("0"), "no thousands set apart");
    }

    private static XDocument Part(string path, string name)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        using Stream stream = zip.GetEntry(name)!.Open();
        return XDocument.Load(stream);
    }

    /// <summary>Sheets by name, rows of texts.</summary>
    private static Dictionary<string, string[][]> Sheets(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        XDocument Part(string name)
        {
            using Stream stream = zip.GetEntry(name)!.Open();
            return XDocument.Load(stream);
        }

        return Part("xl/workbook.xml").Descendants(s_main + "sheet")
            .Select((sheet, i) => (Name: (string)sheet.Attribute("name")!, Rows: Part($"xl/worksheets/sheet{i + 1}.xml")))
            .ToDictionary(s => s.Name, s => s.Rows.Descendants(s_main + "row").Select(r => r.Elements(s_main + "c")
                .Select(c => c.Descendants(s_main + "t").FirstOrDefault()?.Value ?? c.Element(s_main + "v")?.Value ?? "")
                    .ToArray()).ToArray());
    }
}
