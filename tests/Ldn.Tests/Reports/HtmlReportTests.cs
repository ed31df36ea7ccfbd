using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Ldn.Reports;
using Ldn.Reports.Page;
using Ldn.Subjects;
using Ldn.Tables;
using Ldn.Tests.Rasters;

namespace Ldn.Tests.Reports;

internal sealed partial class HtmlReportTests
{
    private const string Attack = "<script>alert(1)</script>\"'&";
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ldn-html-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void NothingOfTheDataBecomesMarkup()
    {
        string page = Render(Documents.Of(Attack, Attack, "O'Brien & <i>co</i>"));
        string body = page[
            page.IndexOf("<body>", StringComparison.Ordinal)..page.LastIndexOf("<script>", StringComparison.Ordinal)];
        Assert.Multiple(() =>
        {
            Assert.That(Regex.Count(page, "<script"), Is.EqualTo(1), "the page's own script");
            Assert.That(body, Does.Not.Contain("<i>co").And.Not.Contain("<b>markup").And.Not.Contain("a<b>.tif"));
            Assert.That(body, Does.Contain(WebUtility.HtmlEncode(Attack)).And.Contain("a&lt;b&gt;.tif"));
        });
    }

    [Test]
    public void RefersToNothingOutsideItself()
    {
        string page = Render(Documents.Of("x", "a", "b"));
        Assert.Multiple(() =>
        {
            Assert.That(
                page,
                Does.Not.Match("https?://").And.Not.Match(@"url\((?!#)").And.Not.Contain("@import").And.Not.Contain("fetch("));
            foreach (Match reference in Reference().Matches(page))
                Assert.That(reference.Groups[1].Value, Does.StartWith("#").Or.StartWith("data:").Or.Match("^[a-z0-9_]+\\.csv$"));
        });
    }

    [Test]
    public void CarbonLandTypesAndTargetsAreShownForTheZoneThatHasThem()
    {
        string page = Render(Documents.WithNeutrality());
        string[] sections = [
            .. Regex.Matches(page, "<section class=\"subject\".*?</section>", RegexOptions.Singleline).Select(m => m.Value)];
        string text = WebUtility.HtmlDecode(
            Regex.Replace(Regex.Replace(sections[0], "<title>.*?</title>|<[^>]+>", " "), @"\s+", " "));
        Assert.Multiple(() =>
        {
            // 5,000 t and 27,000 t on 100 and 300 hectares are 80 t a hectare, not the mean of 50 and 90.
            Assert.That(text, Does.Contain("2000 2015 Cropland 80.0 40.4"));
            Assert.That(text, Does.Contain("Neutral: no. Land types that lose more than they gain: 1 of 3.")
                .And.Contain("Net over all land +19.0 km²"));
            Assert.That(text, Does.Contain("Steppe <wide> +20.0 yes 2 −1.0 no untyped 0"));
            Assert.That(
                WebUtility.HtmlDecode(sections[0]),
                Does.Contain("gains 30.0 km², losses 10.0 km²").And.Contain("x=\"33.333%\" width=\"16.667%\"")
                    .And.Contain("x=\"50%\" width=\"50%\""));
            Assert.That(text, Does.Contain("Less than a tenth degraded_pct <= 10 (2030) off track 25 2015 27.5 2023"));
            Assert.That(text, Does.Contain("T2 category_km2:sand:1 >= 27,000 (2030) not assessable no layer of that name – –"));
            Assert.That(text, Does.Contain("Targets: 2. Met: 0; on track: 0; off track: 1; not assessable: 1."));
            Assert.That(
                sections[1],
                Does.Not.Contain("data-section=\"").And.Not.Contain("Soil organic carbon by land cover")
                    .And.Not.Contain("Neutrality by land type").And.Not.Contain("Targets"));
        });
    }

    [Test]
    public void EveryTableEqualsItsCsv()
    {
        RunDocument document = Documents.Of("x", "a", Attack, "=HYPERLINK()");
        string page = Render(document);
        var texts = Texts.Load("en");
        foreach (ResultTable table in document.Tables)
        {
            string html = Regex.Match(
                page, $"<table class=\"data sortable\" data-name=\"{table.Name}\">.*?</table>", RegexOptions.Singleline).Value;
            string[][] rows = [.. Row().Matches(html).Select(r => Cell().Matches(r.Value).Select(Exact).ToArray())];
            string[][] expected = [.. table.Rows.Select(r => r.Values.Select((v, c) =>
                v is string text ? texts.Word(table.Columns[c].Name, text) ?? text : Ldn.Tables.Cell.Format(v)).ToArray())];
            Assert.That(rows, Is.EqualTo(expected), table.Name);
            Assert.That(
                Head().Matches(html).Select(h => h.Groups[1].Value), Is.EqualTo(table.Columns.Select(c => c.Name)), table.Name);

            string download = Regex.Match(page, $"download=\"{table.Name}\\.csv\" href=\"data:text/csv;charset=utf-8,([^\"]*)\"")
                .Groups[1].Value;
            CsvReport.Write(Path.Combine(_folder, "t.csv"), table);
            Assert.That(
                Uri.UnescapeDataString(WebUtility.HtmlDecode(download)),
                Is.EqualTo(File.ReadAllText(Path.Combine(_folder, "t.csv"))), table.Name);
        }
    }

    [TestCase("en", "SDG indicator 15.3.1: land that is degraded", "Land with data, km²")]
    [TestCase("zh", "可持续发展目标指标 15.3.1：退化土地", "有数据土地，km²")]
    [TestCase("ja", "SDG 指標 15.3.1：劣化した土地", "データのある土地、km²")]
    [TestCase("ko", "SDG 지표 15.3.1: 황폐화된 토지", "자료 있는 토지, km²")]
    [TestCase("mn", "ТХЗ-ын 15.3.1 үзүүлэлт: доройтсон газар", "Өгөгдөлтэй газар, км²")]
    [TestCase("ru", "Показатель ЦУР 15.3.1: деградировавшие земли", "Суша с данными, км²")]
    public void TablesAreHeadedInTheLanguageAndTheirCsvIsNot(string language, string title, string caption)
    {
        RunDocument document = Documents.Of("x", "a");
        string page = WebUtility.HtmlDecode(Render(document, language));
        Assert.That(
            page,
            Does.Contain($"<h3>{title}</h3>").And.Match($"data-column=\"valid_km2\" title=\"valid_km2[^\"]*\">{caption}</th>"));
        Assert.That(
            page, Does.Contain("zone_id%2Czone_name").Or.Contain("zone_id,zone_name"), "the file to download keeps its names");
    }

    [Test]
    public void LongTablesAreCutAndSayWhereTheRestIs()
    {
        RunDocument document = Documents.Of("x", [.. Enumerable.Range(0, 250).Select(i => $"zone {i}")]);
        string page = Render(document);
        string summary = Regex.Match(page, "data-name=\"summary\">.*?</table>", RegexOptions.Singleline).Value;
        Assert.Multiple(() =>
        {
            Assert.That(Regex.Count(summary, "<tr><td"), Is.EqualTo(TableView.MostRows));
            Assert.That(page, Does.Contain("The first 1000 of 5000 rows; all are in summary.csv")
                .And.Contain("href=\"summary.csv\""));
            Assert.That(Regex.Count(page, "<details open>"), Is.Zero, "250 sections start closed");
            Assert.That(page.Length, Is.LessThan(6_000_000));
        });
    }

    [Test]
    public void HeadlineShowsBothDenominators()
    {
        string page = Render(Documents.Of("x", "a"));
        Assert.That(page, Does.Contain("<b>25.0\u00A0%</b>").Or.Contain("<b>25.0&#160;%</b>"));
        Assert.That(page, Does.Match("27\\.8(\u00A0|&#160;)% of land with data"));
    }

    [Test]
    public void TheMessageComesFirstAndWhatIsDoubtfulIsSaid()
    {
        string page = WebUtility.HtmlDecode(Render(Documents.Of("x", "O'Brien <b>", "b")));
        Assert.Multiple(() =>
        {
            Assert.That(page, Does.Contain("O'Brien <b>:</b> About one quarter of the land (25.0\u00A0%) is degraded in 2015."));
            string gap = "10.0\u00A0% of the land has no data; were all of it degraded, the share would be 35.0\u00A0%.";
            Assert.That(Regex.Count(page, Regex.Escape(gap)), Is.EqualTo(3), "once a zone, and in the page's message");
            Assert.That(page, Does.Contain("compute again with --total NAME"), "two zones and nobody's sum");
            Assert.That(page, Does.Contain("Confidence: not assessed."));
            Assert.That(page, Does.Contain("O'Brien <b>, Baseline 2000–2015: 10.0\u00A0% of the land has no data."));
            Assert.That(page, Does.Not.Contain("class=\"explain\""), "a baseline alone has one figure");
        });
    }

    [Test]
    public void ConfidenceIsWhatTheVerdictSays()
    {
        string page = WebUtility.HtmlDecode(Render(Documents.WithTables("""
            "firmness":[{"zone_id":"Z0","zone_kind":"zone","period":"baseline","question":"figure","answer":"25",
            "verdict":"likely","confidence":"medium","low":20.5,"high":31.25,"not_tried":"sample;soil_error"}]
            """)));
        Assert.That(page, Does.Contain(
            "Confidence: medium. Range under the alternatives tried, which is no probability: 20.5\u00A0% to 31.2\u00A0%. "
                + "Not tried: a sample on the ground, errors of soil carbon."));
        Assert.That(page, Does.Contain("Confidence: not assessed."), "the other zone");
    }

    [Test]
    public void TheShortFormIsASheetAZoneAndRunsNothing()
    {
        string path = Path.Combine(_folder, "brief.html");
        HtmlReport.Write(
            path, Documents.Of(Attack, "a", Attack), [], [], Texts.Load("en"), new FakeGeodata(),
            new PageOptions(_ => [], AllSubjects.Sections, Brief: true));
        string page = File.ReadAllText(path);
        Assert.Multiple(() =>
        {
            Assert.That(Regex.Count(page, "<section class=\"sheet\""), Is.EqualTo(2));
            Assert.That(page, Does.Not.Contain("<script").And.Not.Contain("script-src").And.Contain("default-src 'none'"));
            Assert.That(page, Does.Not.Contain("class=\"data").And.Contain("About one quarter of the land"));
        });
    }

    [Test]
    public void EveryGraphicHasATextAndTheLanguageIsTold([Values] bool japanese)
    {
        string page = Render(Documents.Of("x", "a"), japanese ? "ja" : "en");
        Assert.That(page, Does.Contain(japanese ? "<html lang=\"ja\">" : "<html lang=\"en\">"));
        foreach (Match svg in Regex.Matches(page, "<svg[^>]*>"))
            Assert.That(svg.Value, Does.Contain("aria-label=\"").Or.Contain("aria-hidden=\"true\""));
    }

    [Test]
    public void SyntheticDataAreLabelled()
    {
        Assert.That(Render(Documents.Of("x", "a")), Does.Not.Contain("Synthetic data"));
        Assert.That(Render(Documents.Of("A SYNTHETIC world", "a")), Does.Contain("Synthetic data"));
    }

    /// <summary>Whatever is read has the comma; what is copied to a machine keeps the point.</summary>
    [Test]
    public void ARussianPageWritesNoDecimalPoint()
    {
        string page = Render(Documents.WithNeutrality(), "ru");
        string body = page[page.IndexOf("<body>", StringComparison.Ordinal)..page.IndexOf(
            "<section id=\"methods\"", StringComparison.Ordinal)];
        string text = WebUtility.HtmlDecode(Regex.Replace(body, "<title>|<[^>]+>", " "));
        string[] spoken = [
            .. Regex.Matches(body, "(?:aria-label|data-say|title)=\"([^\"]*)\"")
                .Select(m => WebUtility.HtmlDecode(m.Groups[1].Value))];
        Assert.That(spoken.Append(text), Has.None.Match(@"(?<![\d.])\d+\.\d+(?![\d.])"));
        Assert.That(text, Does.Match(@"\d,\d\u00A0%"));
        Assert.That(page, Does.Match(@"data:text/csv[^""]*\d\.\d").And.Contain("data-decimal=\",\""));
    }

    private string Render(RunDocument document, string language = "en")
    {
        string path = Path.Combine(_folder, "report.html");
        HtmlReport.Write(
            path, document, [], [], Texts.Load(language), new FakeGeodata(), new PageOptions(_ => [], AllSubjects.Sections));
        return File.ReadAllText(path, Encoding.UTF8);
    }

    /// <summary>What the file holds: the number or word that a cell carries, else what it shows.</summary>
    private static string Exact(Match cell) => WebUtility.HtmlDecode(
        new[] { "number", "shown" }.Select(name => cell.Groups[name]).First(group => group.Success).Value);

    [GeneratedRegex("(?:href|src)=\"([^\"]{0,40})")]
    private static partial Regex Reference();

    [GeneratedRegex("^ *<tr><td.*$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("<th [^>]*data-column=\"([^\"]*)\"")]
    private static partial Regex Head();

    [GeneratedRegex("<td(?: data-n=(?<number>[^>]*))?>(?<shown>[^<]*)")]
    private static partial Regex Cell();
}
