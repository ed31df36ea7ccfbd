using System.Text;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Rasters;
using Ldn.Subjects;
using Ldn.Subjects.Uncertainty;
using Ldn.Tests.LandCover;

namespace Ldn.Tests.Jobs;

internal sealed class JobResolverTests
{
    /// <summary>A complete job of the 2026 cycle; tests change one thing.</summary>
    private const string Whole = """
        {
          "preset": "unccd-2026",
          "landCover": { "legend": "esa-cci", "years": { "2000": "c2000.tif", "2015": "c2015.tif", "2016": "c2016.tif", "2019": "c2019.tif", "2022": "c2022.tif" }, "standIns": { "2023": 2022 } },
          "productivity": { "periods": { "baseline": "p0.tif", "report_1": "p1.tif", "report_2": "p2.tif" } },
          "soilCarbon": { "years": { "2000": "s2000.tif", "2015": "s2015.tif", "2019": "s2019.tif", "2023": "s2023.tif" }, "standIns": { "2016": 2015 } },
          "zones": [ { "file": "zones.geojson", "id": "iso3" } ]
        }
        """;

    private static Job Resolve(string text) =>
        JobResolver.Resolve(
            JobReader.Parse(Encoding.UTF8.GetBytes(text), "job.json", AllSubjects.InOrder), "folder", AllSubjects.InOrder);

    private static string With(string old, string replacement)
    {
        if (!Whole.Contains(old))
            Assert.Fail($"the job does not hold {old}");
        return Whole.Replace(old, replacement);
    }

    [Test]
    public void AWholeJobHasEveryDefault()
    {
        Job job = Resolve(Whole);
        Assert.That(
            job.Notes, Is.EqualTo(new[] { "land cover of 2022 stands in for 2023", "soil carbon of 2015 stands in for 2016" }));
        Assert.That(job.SubIndicators, Is.EqualTo(Enum.GetValues<SubIndicator>()));
        Assert.That(
            job.Rules,
            Is.EqualTo(
                new Rules("default", MissingDataPolicy.Strict, "prais-2026", 10, false, false, true, StatusRule.Addendum2025)));
        Assert.That(
            job.Grid,
            Is.EqualTo(new GridOptions("landCover", false, Resampling.Nearest, Resampling.Nearest, Resampling.Nearest)));
        Assert.That(job.Outputs.Rasters, Is
            .EqualTo(
                RasterOutputs.Indicator | RasterOutputs.SubIndicators | RasterOutputs.Status | RasterOutputs.Neutrality
                | RasterOutputs.Response));
        Assert.That((job.Outputs.SignedEncoding, job.Outputs.Compression), Is.EqualTo((false, RasterCompression.Lzw)));
        Assert.That(job.Outputs.Tables, Is.EquivalentTo(new[] { "csv", "json", "html", "xlsx", "gpkg", "prais" }));
        Assert.That(
            job.LandCover!.Years.Files[2000], Is.EqualTo(Path.Combine("folder", "c2000.tif")), "paths are relative to the job");
        Assert.That(job.LandCover.Years.Serving(2023), Is.EqualTo(2022));
        Assert.That(job.Zones[0].File, Is.EqualTo(Path.Combine("folder", "zones.geojson")));
    }

    [Test]
    public void NamesOfGdalAndAbsolutePathsPassAsTheyAre()
    {
        string absolute = Path.GetFullPath("s.tif");
        Job job = Resolve(
            With("p0.tif", "/vsizip/a.zip/p0.tif").Replace("p1.tif", "NETCDF:\\\"f.nc\\\":lpd").Replace(
                "s2000.tif", absolute.Replace("\\", "\\\\")));
        Assert.That(job.Productivity!.Periods["baseline"][0], Is.EqualTo("/vsizip/a.zip/p0.tif"));
        Assert.That(
            job.Productivity.Periods["report_1"][0], Is.EqualTo($"NETCDF:\"{Path.Combine("folder", "f.nc")}\":lpd"),
            "the file within starts at the job");
        Assert.That(job.SoilCarbon!.Years.Files[2000], Is.EqualTo(absolute));
    }

    private static Job WithStrata(string strata) => Resolve(With("\"zones\":", $"\"strata\": {strata}, \"zones\":"));

    [Test]
    public void LandTypesAreFilesOrLayersThatSayMore()
    {
        Job job = WithStrata("""{ "landTypes": [ "soils.tif#band=2", { "file": "types.gpkg", "layer": "l", "id": "code", "name": "types" } ], "hotspots": { "cellKm": 50 } }""");
        Assert.That(job.Asks<LandTypesAsked>()!.Layers.Select(l => (l.File, l.Layer, l.Id, l.Name, l.IsPolygons)), Is
            .EqualTo(new (string, string?, string?, string, bool)[]
        {
            (Path.Combine("folder", "soils.tif#band=2"), null, null, "soils", false),
            (Path.Combine("folder", "types.gpkg"), "l", "code", "types", true),
        }));
        Assert.That(
            job.Asked.Skip(1).Take(3),
            Is.EqualTo(new IAsked[] { new TargetsAsked(null, [], 2030), new ResponseAsked(null), new HotspotsAsked(50, null) }));
        Assert.That(
            Resolve(Whole).Asked.Select(a => a.GetType()), Is.EqualTo(new[] { typeof(FirmnessAsked) }),
            "a job that asks for nothing has what every run tells alone");
        Assert.That(job.Asked.Skip(4).Select(a => a.GetType()), Is.EqualTo(new[] { typeof(FirmnessAsked) }));
    }

    [TestCase("""{ "landTypes": [ 5 ] }""", "strata.landTypes[0] is no layer")]
    [TestCase("""{ "landTypes": [ { "name": "x" } ] }""", "strata.landTypes[0] has no file")]
    [TestCase("""{ "landTypes": [ { "file": "a.tif", "nam": "x" } ] }""", "unknown key 'nam' in strata.landTypes[0]; did you mean 'name'?")]
    [TestCase("""{ "landTypes": [ { "file": 5 } ] }""", "strata.landTypes[0]")]
    [TestCase("""{ "landTypes": [ "a.tif", "b/a.tif" ] }""", "two layers of land types are called 'a'")]
    [TestCase("""{ "hotspots": { } }""", "strata.hotspots names neither cells nor polygons")]
    [TestCase("""{ "hotspots": { "cellKm": 0.5 } }""", "strata.hotspots.cellKm is 0.5")]
    [TestCase("""{ "hotspots": { "polygons": { "file": "p.tif" } } }""", "strata.hotspots.polygons names no attribute")]
    public void WhatIsWrongWithStrataIsSaid(string strata, string says) =>
        Assert.That(() => WithStrata(strata), UsageError.With(says));

    [TestCase("unccd-2018", "baseline 2000-2015 2000-2015 2000-2015")]
    [TestCase("unccd-2022", "baseline 2000-2015 2000-2015 2000-2015|report_1 2016-2019 2004-2019 2016-2019")]
    [TestCase("unccd-2026", "baseline 2000-2015 2000-2015 2000-2015|report_1 2016-2019 2004-2019 2016-2019|report_2 2016-2023 "
        + "2008-2023 2016-2023")]
    [TestCase("yearly", "baseline 2000-2015 2000-2015 2000-2015|report_1 2016-2017 2002-2017 2016-2017|report_2 2016-2019 "
        + "2004-2019 2016-2019|report_3 2016-2023 2008-2023 2016-2023")]
    public void PresetsHaveThePeriodsOfTheMethod(string preset, string periods)
    {
        IEnumerable<string> found = Presets.Periods(preset, [2017, 2019, 2023])
            .Select(p => $"{p.Id} {p.LandCover} {p.Productivity} {p.SoilCarbon}");
        Assert.That(string.Join('|', found), Is.EqualTo(periods));
    }

    [Test]
    public void YearlyTakesAYearWithAStandInOnceAlsoWhereTheFileIsThere()
    {
        Job job = Resolve(With("unccd-2026", "yearly").Replace("\"2023\": 2022", "\"2022\": 2019, \"2023\": 2022").Replace(
            "\"2023\": \"s2023.tif\"", "\"2022\": \"s2022.tif\", \"2023\": \"s2023.tif\"").Replace("\"report_2\": \"p2.tif\"",
            "\"report_2\": \"p2.tif\", \"report_3\": \"p3.tif\""));
        Assert.That(job.Periods.Select(p => p.LandCover!.Last), Is.EqualTo(new[] { 2015, 2019, 2022, 2023 }));
    }

    [Test]
    public void AnUnknownPresetNamesThoseThereAre() => Assert.That(
        Assert.Throws<LdnException>(() => Resolve(With("unccd-2026", "unccd-2030")))!.Remedy,
        Does.Contain("unccd-2018, unccd-2022, unccd-2026, yearly"));

    [TestCase("\"2019\": \"c2019.tif\", ", "", "land cover of 2019, needed by period report_1, is missing; there are 2000, "
        + "2015, 2016, 2022")]
    [TestCase(", \"standIns\": { \"2023\": 2022 }", "", "land cover of 2023, needed by period report_2, is missing; there are "
        + "2000, 2015, 2016, 2019, 2022")]
    [TestCase("\"2023\": 2022", "\"2023\": 2021", "land cover of 2023, needed by period report_2, is missing")]
    [TestCase(", \"standIns\": { \"2016\": 2015 }", "", "soil carbon of 2016, needed by period report_1, is missing; there are "
        + "2000, 2015, 2019, 2023")]
    [TestCase("\"2000\": \"c2000.tif\"", "\"two thousand\": \"c2000.tif\"", "landCover: 'two thousand' is not a year")]
    [TestCase("\"report_1\": \"p1.tif\"", "\"report_7\": \"p1.tif\"", "productivity of period report_1 is missing")]
    public void AMissingYearListsWhatIsThere(string old, string replacement, string message) =>
        Assert.That(() => Resolve(With(old, replacement)), UsageError.With(message));

    [Test]
    public void TheHintNamesTheNearestYearAsStandIn() => Assert.That(
        Assert.Throws<LdnException>(() => Resolve(With(", \"standIns\": { \"2016\": 2015 }", "")))!.Remedy,
        Does.Contain("\"2016\": 2015"));

    [TestCase("\"preset\": \"unccd-2026\"", "\"preset\": \"unccd-2026\", \"periods\": { \"baseline\": {} }", "both 'preset' and "
        + "'periods'")]
    [TestCase("\"preset\": \"unccd-2026\",", "", "neither 'preset' nor 'periods'")]
    [TestCase("\"preset\": \"unccd-2026\"", "\"periods\": { \"report_1\": { \"landCover\": [2016, 2019], \"soilCarbon\": [2016, "
        + "2019] } }", "no baseline")]
    [TestCase("\"preset\": \"unccd-2026\"", "\"periods\": {}", "no baseline")]
    [TestCase("\"preset\": \"unccd-2026\"", "\"periods\": { \"baseline\": {}, \"report\": {} }", "period 'report' is not named")]
    [TestCase("\"preset\": \"unccd-2026\"", "\"periods\": { \"baseline\": {}, \"report_0\": {} }", "period 'report_0' is not "
        + "named")]
    [TestCase("\"preset\": \"unccd-2026\"", "\"periods\": { \"baseline\": {}, \"report_-1\": {} }", "period 'report_-1' is not "
        + "named")]
    [TestCase("\"preset\": \"unccd-2026\"", "\"periods\": { \"Baseline\": {} }", "period 'Baseline' is not named")]
    [TestCase("\"preset\": \"unccd-2026\"", "\"periods\": { \"baseline\": { \"landCover\": [2015, 2000] } }", "first and its last year")]
    [TestCase("\"preset\": \"unccd-2026\"", "\"periods\": { \"baseline\": { \"landCover\": [2000] } }", "first and its last "
        + "year")]
    [TestCase("\"preset\": \"unccd-2026\"", "\"periods\": { \"baseline\": {} }", "names no years of land cover")]
    [TestCase("\"legend\": \"esa-cci\", ", "", "no legend")]
    [TestCase("\"zones\": [ { \"file\": \"zones.geojson\", ", "\"zones\": [ { ", "no 'file'")]
    [TestCase("\"zones\":", "\"water\": \"w.tif\", \"zones\":", "water mask is given beside land cover")]
    [TestCase("\"zones\":", "\"without\": [ \"land-cover\", \"productivity\", \"soil-carbon\" ], \"zones\":", "all three sub-indicators are left out")]
    public void WhatDoesNotFitTogetherIsAUsageError(string old, string replacement, string message) =>
        Assert.That(() => Resolve(With(old, replacement)), UsageError.With(message));

    [TestCase("land-cover", "\"landCover\"")]
    [TestCase("productivity", "\"productivity\"")]
    [TestCase("soil-carbon", "\"soilCarbon\"")]
    public void ASubIndicatorIsLeftOutOnlyOnPurpose(string name, string key)
    {
        string text = string.Join(
            '\n', Whole.Split('\n').Where(line => !line.TrimStart().StartsWith(key, StringComparison.Ordinal)));
        Assert.That(() => Resolve(text), UsageError.With($"no input for {name}"));
        Job job = Resolve(text.Replace("\"zones\":", $"\"without\": [ \"{name}\" ], \"zones\":"));
        Assert.That(
            job.SubIndicators.Select(s => s.OptionName()),
            Is.EquivalentTo(new[] { "land-cover", "productivity", "soil-carbon" }.Where(n => n != name)));
        SubIndicator left = Enum.GetValues<SubIndicator>().Single(s => s.OptionName() == name);
        Assert.That(job.Periods.Select(p => p.Of(left)), Is.All.Null);
        Assert.That(job.Notes, Does.Contain($"partial: computed without {left.Name()}"));
        Assert.That(
            Resolve(Whole.Replace("\"zones\":", $"\"without\": [ \"{name}\" ], \"zones\":")).SubIndicators,
            Does.Not.Contain(left), "given and left out: left out");
    }

    [TestCase("\"missing\": \"strikt\"", "missing", "strict, precautionary, available", "strict")]
    [TestCase("\"profile\": \"trendsearth\"", "profile", "default, trends-earth", "trends-earth")]
    [TestCase("\"lpdTable\": \"gpg\"", "lpdTable", "prais-2026, gpg-v2, gpg-v1", "gpg-v2")]
    [TestCase("\"unmapped\": \"noData\"", "unmapped", "error, nodata", "nodata")]
    [TestCase("\"status\": \"progress2022\"", "status", "addendum-2025, progress-2022", "progress-2022")]
    public void AWrongRuleNamesTheOptions(string rule, string option, string options, string nearest) =>
        WrongChoice($"\"rules\": {{ {rule} }}", option, options, nearest);

    [TestCase("\"without\": [ \"landcover\" ]", "without", "land-cover, productivity, soil-carbon", "land-cover")]
    [TestCase("\"grid\": { \"extent\": \"zone\" }", "extent", "zones, full", "zones")]
    [TestCase("\"grid\": { \"resampling\": { \"landCover\": \"average\" } }", "grid.resampling.landCover", "nearest, mode", null)]
    [TestCase("\"grid\": { \"resampling\": { \"soilCarbon\": \"mode\" } }", "grid.resampling.soilCarbon", "nearest, average", null)]
    [TestCase("\"outputs\": { \"rasters\": [ \"indicators\" ] }", "rasters", "indicator, sub-indicators, status, parts, prais, "
        + "neutrality, response, drought, none", "indicator")]
    [TestCase("\"outputs\": { \"encoding\": \"sign\" }", "encoding", "byte, signed", "signed")]
    [TestCase(
        "\"outputs\": { \"tables\": [ \"CSV\" ] }", "tables", "csv, json, html, xlsx, gpkg, prais, trends-earth, parquet, qgis",
        "csv")]
    [TestCase("\"outputs\": { \"compress\": \"zst\" }", "compress", "lzw, deflate, zstd", "zstd")]
    public void AWrongChoiceNamesTheOptions(string text, string option, string options, string? nearest) =>
        WrongChoice(text, option, options, nearest);

    [Test]
    public void AWrongKindNamesTheKinds()
    {
        LdnException productivity = Assert.Throws<LdnException>(
            () => Resolve(With("\"productivity\": {", "\"productivity\": { \"kind\": \"ldp\",")))!;
        Assert.That(
            (productivity.ExitCode, productivity.Remedy),
            Is.EqualTo((ExitCode.Usage, "use one of lpd, condition, parts, series")));
        LdnException soil = Assert.Throws<LdnException>(
            () => Resolve(With("\"soilCarbon\": {", "\"soilCarbon\": { \"kind\": \"stock\",")))!;
        Assert.That(
            (soil.Message, soil.Remedy),
            Is.EqualTo(
                ("soilCarbon.kind: unknown value 'stock'; did you mean 'stocks'?", "use one of stocks, change, reference")));
    }

    [Test]
    public void PeriodsComeInTheirOrderHoweverTheyAreWritten()
    {
        string periods = string.Join(
            ", ",
            new[]
            {
                "report_10", "report_2", "baseline", "report_1"
            }.Select(id => $"\"{id}\": {{ \"landCover\": [2000, 2015], \"soilCarbon\": [2000, 2015] }}"));
        Job job = Resolve(
            With("\"preset\": \"unccd-2026\"", $"\"periods\": {{ {periods} }}").Replace(
                "\"report_1\": \"p1.tif\"", "\"report_1\": \"p1.tif\", \"report_10\": \"p10.tif\""));
        Assert.That(job.Periods.Select(p => p.Id), Is.EqualTo(new[] { "baseline", "report_1", "report_2", "report_10" }));
        Assert.That(job.Periods[0].Productivity, Is.Null, "ready rasters need no years");
    }

    [Test]
    public void WhatIsAskedOfStrataIsComputed() => Assert.That(
        WithStrata("""{ "landTypes": [], "aridity": "a.tif" }""").Notes, Has.None.Contains("strata").And.None.Contains("not computed"));

    /// <summary>Method §13; an explicit option overrides the profile.</summary>
    [Test]
    public void TheProfileOfTrendsEarthSetsItsDefaults()
    {
        Job job = Resolve(With("\"zones\":", "\"rules\": { \"profile\": \"trends-earth\" }, \"zones\":"));
        Assert.That(
            job.Rules,
            Is.EqualTo(
                new Rules(
                    "trends-earth", MissingDataPolicy.Strict, "prais-2026", 10, true, false, false, StatusRule.Addendum2025)));
        Assert.That(job.Grid.Like, Is.EqualTo("finest"));
        Assert.That(job.Periods.Select(p => $"{p.LandCover} {p.Productivity} {p.SoilCarbon}"), Is.EqualTo(new[]
        {
            "2000-2015 2000-2015 2000-2015", "2015-2019 2004-2019 2015-2019", "2015-2023 2008-2023 2015-2023",
        }));
        Assert.That(job.Notes, Is.EqualTo(new[] { "land cover of 2022 stands in for 2023" }), "2016 is not asked for");
        Job own = Resolve(
            With(
                "\"zones\":",
                "\"rules\": { \"profile\": \"trends-earth\", \"socInclusive\": false }, \"grid\": { \"like\": \"soilCarbon\" }, "
                    + "\"zones\":"));
        Assert.That((own.Rules.SocInclusive, own.Grid.Like), Is.EqualTo((false, "soilCarbon")));
    }

    [Test]
    public void ChangesAndPartsComeByPeriod()
    {
        Job job = Resolve("""
            {
              "periods": { "baseline": {} },
              "without": [ "land-cover" ], "water": "w.tif",
              "productivity": { "kind": "parts", "periods": { "baseline": { "trend": "t.tif", "state": "s.tif", "performance": "p.tif" } } },
              "soilCarbon": { "kind": "change", "periods": { "baseline": "c.tif" } }
            }
            """);
        Assert.That(
            job.Productivity!.Periods["baseline"].Select(Path.GetFileName), Is.EqualTo(new[] { "t.tif", "s.tif", "p.tif" }));
        Assert.That(job.SoilCarbon!.Periods["baseline"], Does.EndWith("c.tif"));
        Assert.That((job.Grid.Like, Path.GetFileName(job.WaterMask)), Is.EqualTo(("productivity", "w.tif")));
    }

    private static void WrongChoice(string text, string option, string options, string? nearest)
    {
        string given = text.Split('"')[^2];
        LdnException error = Assert.Throws<LdnException>(() => Resolve(With("\"zones\":", text + ", \"zones\":")))!;
        Assert.That(error.ExitCode, Is.EqualTo(ExitCode.Usage));
        Assert.That(error.Message, Does.Contain($"{option}: unknown value '{given}'"));
        if (nearest is not null)
            Assert.That(error.Message, Does.EndWith($"; did you mean '{nearest}'?"));
        Assert.That(error.Remedy, Is.EqualTo($"use one of {options}"));
    }
}
