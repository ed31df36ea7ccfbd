using System.Net;
using System.Text.RegularExpressions;
using Ldn.Reports;
using Ldn.Reports.Page;
using Ldn.Subjects;
using Ldn.Tests.Reports;

namespace Ldn.Tests.Subjects;

/// <summary>What the sections of the page say, from rows as a run writes them; and that they are silent without any.</summary>
internal sealed partial class PageSectionTests
{
    private const string Zone = "'zone_id':'Z0','zone_kind':'zone'", Period = Zone + ",'period':'baseline'";

    private static readonly (string Table, string Rows, string Says)[] s_sections =
    [
        ("population",
            People("female", 10, 30) + "," + People("male", 8, 32) + "," + People("total", 18, 62),
            "18 people live on degraded land, 22.5 % of all: 10 women and girls, 8 men and boys. Degraded Stable women and "
                + "girls"),
        ("drylands",
            Dry("humid", 0, 50) + "," + Dry("drylands", 10, 30) + "," + Dry("all", 10, 80),
            "In drylands 25.0 % of the land is degraded, which is desertification; over all land it is 11.1 %."),
        ("drought",
            Drought(2001, "none", 90) + "," + Drought(2001, "severe", 10) + "," + Drought(2002, "none", 70) + ","
                + Drought(2002, "severe", 20) + "," + Drought(2002, "extreme", 10),
            "The driest year is 2002: 30.0 % of the land in severe or extreme drought."),
        ("vulnerability",
            Index("", 2010, "total", "0.5") + "," + Index("U1", 2020, "total", "1") + "," + Index("", 2020, "total", "0.3") + ","
                + Index("", 2020, "female", "0.4"),
            "Drought vulnerability index of 2020, from 0 (least) to 1 (most vulnerable): 0.300; of 2010: 0.500. Year All people "
                + "Women and girls 2010 0.500 2020 0.300 0.400"),
        ("drivers",
            Driver("degraded", "250.5") + "," + Driver("stable", "300") + "," + Driver("improved", "1234.5"),
            "What is found on degraded, stable and improved land Driver Class Mean rain (mm) Degraded 250.5 Stable 300 Improved "
                + "1,234.5"),
        ("regions",
            Region("north", "sdg_15_3_1", "degraded", 5) + "," + Region("north", "sdg_15_3_1", "stable", 15) + ","
                + Region("south", "sdg_15_3_1", "degraded", 1) + "," + Region("south", "sdg_15_3_1", "stable", 19),
            "The region with the highest degraded share is “North”: 25.0 %."),
        ("categories",
            Category(
                "1", "sand <b>", "degraded",
                5) + "," + Category("1", "sand <b>", "stable", 15) + "," + Category("2", "", "stable", 30),
            "Of the largest categories, “sand <b>” has the highest degraded share: 25.0 %."),
        ("activities",
            Activity("a", "inside", 30) + "," + Activity("a", "surroundings", 20) + "," + Activity("b", "inside", 10) + ","
                + Activity("b", "surroundings", 20),
            "Activities whose land improved more than their surroundings: 1 of 2."),
        ("climate",
            Carbon("all", -1000) + "," + Carbon("degraded", -1500) + "," + Carbon("improved", 500),
            "Soil carbon lost from 2015 to 2023: 1,000 t C, which is 3,667 t CO₂e. Class losses | gains"),
        ("hotspots",
            Spot("r1c1", "", 1, 2, 80) + "," + Spot("r2c2", "", 2, 1, 40),
            "The first hotspot is 10.0° N, 20.0° W: 80.0 % of its land is degraded."),
        ("response_hierarchy",
            Response("reverse", 20) + "," + Response("reduce", 5) + "," + Response("avoid", 75),
            "Land to protect (avoid): 75.0 %; to use with care (reduce): 5.0 %; to restore (reverse): 20.0 %."),
        ("severity",
            Severity("weak", 60) + "," + Severity("very_strong", 40),
            "The heaviest grade, “very strong”, holds 40.0 % of the degraded land."),
        ("cost",
            Cost("10", "weak", 40) + "," + Cost("10", "strong", 2) + "," + Cost("all", "all", 42),
            "The degradation costs 42 USD a year by the table given. Land cover Cost, USD a year 10 42"),
        ("projection",
            Row(
                $"{Zone},'land_type':'all','baseline_year':2015,'baseline_degraded_km2':10.0,'latest_year':2023,"
                    + "'latest_degraded_km2':14.0,'target_year':2030,'projected_degraded_km2':17.5,'shortfall_km2':7.5,"
                    + "'out_of_range':''"),
            "If the pace continues, 18 km² will be degraded in 2030, more than the 10.0 km² of 2015."),
        ("firmness",
            Row(
                $"{Period},'question':'figure','answer':'25','verdict':'open','confidence':'low','low':20.5,'high':31.25,"
                    + "'combinations':24,'agreeing_pct':40.0,'no_data_low':25.0,'no_data_high':35.0,'chance_low':14.0,"
                    + "'chance_high':26.0,'sample_low':null,'sample_high':null,'soil_low':null,'soil_high':null,"
                    + "'not_tried':'sample'"),
            "Open: 25.0 % of the land is degraded by the rules in force, which is not sure to one percentage point. Only 40.0 % "
                + "of the alternatives tried keep it. The land without data leaves room for a whole point or more. No single "
                + "change that was tried moves the figure. That is no certainty: it says how little was tried. With the order "
                + "of the years shuffled the same data give 14.0 % to 26.0 %; the observed 25.0 % lies inside: this figure alone "
                + "is no sign of a change. What is changed Kind from to Missing data range 25.0 % 25.0 % All rules and products "
                + "together range 20.5 % 31.2 % No data bounds 25.0 % 35.0 % chance (shuffled years) band of chance 14.0 % "
                + "26.0 %"),
    ];

    public static IEnumerable<string> Tables => s_sections.Select(s => s.Table);

    [TestCaseSource(nameof(Tables))]
    public void SaysItsSentence(string table)
    {
        (_, string rows, string says) = s_sections.First(s => s.Table == table);
        Assert.That(Text(Section($"\"{table}\":[{rows}]", table, "en")), Does.Contain(says));
        foreach (string language in Texts.Languages)
            Assert.That(
                Section($"\"{table}\":[{rows}]", table, language), Does.Not.Contain("{").And.Contain($"href=\"#table-{table}\""));
    }

    /// <summary>Land types and targets have a test of their own beside the page's.</summary>
    [Test]
    public void EverySectionIsTested() => Assert.That(
        AllSubjects.Sections.Select(s => s.Table), Is.EquivalentTo(Tables.Concat(["neutrality", "targets"])),
        "add a line to PageSectionTests");

    [TestCaseSource(nameof(Tables))]
    public void IsNotThereWithoutRows(string table) =>
        Assert.That(Page($"\"{table}\":[]", "en"), Does.Not.Contain("data-section="));

    private static string Section(string tables, string table, string language)
    {
        Match section = Regex.Match(
            Page(tables, language), $"<figure class=\"section\" data-section=\"{table}\">.*?</figure>", RegexOptions.Singleline);
        Assert.That(section.Success, table);
        return section.Value;
    }

    private static string Page(string tables, string language)
    {
        string path = Path.GetTempFileName();
        try
        {
            HtmlReport.Write(
                path, Documents.WithTables(tables), [], [], Texts.Load(language), new Rasters.FakeGeodata(),
                new PageOptions(_ => [], AllSubjects.Sections));
            return File.ReadAllText(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Text(string html) =>
        WebUtility.HtmlDecode(Space().Replace(Tag().Replace(html, " "), " ")).Replace('\u00A0', ' ');

    private static string People(string sex, int degraded, int stable) =>
        string.Join(
            ",", new[] { ("degraded", degraded), ("stable", stable) }.Select(c => Row(
                $"{Period},'population_year':2015,'sex':'{sex}','class':'{c.Item1}','persons':{c.Item2}.000000,"
                    + $"'share_pct':{Share(c.Item2, degraded + stable)}")));

    private static string Dry(string aridity, int degraded, int stable) => Row(
        $"{Period},'aridity':'{aridity}','land_km2':{degraded + stable}.0,'degraded_km2':{degraded}.0,'stable_km2':{stable}.0,"
            + $"'improved_km2':0.0,'no_data_km2':0.0,'degraded_pct_of_land':{Share(degraded, degraded + stable)}");

    private static string Index(string unit, int year, string sex, string dvi) => Row(
        $"{Zone},'unit_id':'{unit}','year':{year},'sex':'{sex}','social':{dvi},'economic':{dvi},'infrastructural':{dvi},"
            + $"'dvi':{dvi},'tier':3");

    private static string Drought(int year, string name, int share) =>
        Row($"{Zone},'year':{year},'drought':'{name}','area_km2':{share}.0,'share_of_land_pct':{share}.0");

    private static string Driver(string name, string mean) =>
        Row($"'driver':'rain','kind':'mean','unit':'mm',{Period},'class':'{name}','area_km2':1.0,'mean':{mean}");

    private static string Region(string id, string indicator, string condition, int area) => Row(
        $"'region_id':'{id}','region_name':'{char.ToUpperInvariant(id[0])}{id[1..]}',{Period},'indicator':'{indicator}',"
            + $"'class':'{condition}','area_km2':{area}.0");

    private static string Category(string id, string name, string condition, int area) => Row(
        $"'layer':'soil',{Period},'category':'{id}','category_name':'{name}','class':'{condition}','area_km2':{area}.0");

    private static string Activity(string id, string part, int improved) => Row(
        $"'activity_id':'{id}','activity_name':'',{Period},'part':'{part}','improved_pct_of_land':{improved}.0,"
            + "'degraded_pct_of_land':1.0");

    private static string Carbon(string name, int change) => Row(
        $"{Period},'first_year':2015,'last_year':2023,'class':'{name}','soc_area_km2':10.0,'soc_change_t':{change}.0,"
            + $"'soc_change_t_co2e':{Number(change * 44.0 / 12)},'soc_change_t_per_ha':{change / 1000}.0");

    private static string Spot(string id, string name, int hot, int bright, int share) => Row(
        $"{Period},'spot_kind':'cell','spot_id':'{id}','spot_name':'{name}','longitude':-20.0,'latitude':10.0,"
            + $"'degraded_pct':{share}.0,'improved_pct':3.0,'hotspot_rank':{hot},'brightspot_rank':{bright}");

    private static string Response(string name, int share) =>
        Row($"{Period},'response':'{name}','area_km2':{share}.0,'share_of_land_pct':{share}.0");

    private static string Severity(string grade, int share) =>
        Row($"{Period},'grade':'{grade}','area_km2':{share}.0,'share_of_degraded_pct':{share}.0");

    private static string Cost(string cover, string grade, int usd) => Row(
        $"{Period},'land_cover':'{cover}','grade':'{grade}','area_km2':1.0,'usd_per_year':{usd}.0,'land_cover_name':''");

    /// <summary>A row as JSON, of text with single quotes.</summary>
    private static string Row(string members) => "{" + members.Replace('\'', '"') + "}";

    private static string Share(int part, int whole) => Number(100.0 * part / whole);

    private static string Number(double value) => value.ToString("F6", System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex("<title>.*?</title>|<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
