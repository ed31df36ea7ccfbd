using Ldn.Counting;
using Ldn.Csv;
using Ldn.Subjects;
using Ldn.Tests.LandCover;

namespace Ldn.Tests.Subjects;

internal sealed class TargetTests
{
    private const string Header = "id,zone_id,text,metric,comparator,value,year\n";

    private static Target Target(string comparator, double value, int year = 2030) =>
        new("t", "MNG", "", new TargetMetric(TargetMetricKind.DegradedPercent), comparator, value, year);

    /// <summary>From 30 % in 2015 to 26 % in 2023: half a point a year, so 22.5 % in 2030.</summary>
    private static TargetFigures Falling => new(2015, 30, 2023, 26);

    [TestCase("<=", 26, TargetVerdict.Met, null)]
    [TestCase("<", 26, TargetVerdict.OnTrack, 22.5)]
    [TestCase("<=", 22.5, TargetVerdict.OnTrack, 22.5)]
    [TestCase("<", 22.5, TargetVerdict.OffTrack, 22.5)]
    [TestCase("<=", 20, TargetVerdict.OffTrack, 22.5)]
    [TestCase(">=", 26, TargetVerdict.MetNowAtRisk, 22.5)]
    [TestCase(">=", 22, TargetVerdict.Met, null)]
    [TestCase(">", 26, TargetVerdict.OffTrack, 22.5)]
    public void VerdictsFollowTheLine(string comparator, double value, TargetVerdict verdict, double? projected)
    {
        TargetResult result = Target(comparator, value).Judge(Falling);
        Assert.That((result.Verdict, result.Projected?.ToDouble()), Is.EqualTo((verdict, projected)));
    }

    /// <summary>Exactly 7 of 100 cells, and the line to exactly 7.1: bounds are met as they are written.</summary>
    [Test]
    public void ABoundThatIsReachedExactlyIsMet()
    {
        var cell = new Area(7_654_321_987_654_321);
        Ratio Share(int cells) => new Area(cell.SquareMillimetres * cells)
            .PercentOf(new Area(cell.SquareMillimetres * 100))!.Value;
        var figures = new TargetFigures(2015, Share(8), 2023, Share(7));
        Assert.That(Target("<=", 7).Judge(figures).Verdict, Is.EqualTo(TargetVerdict.Met));
        Assert.That(Target(">=", 7).Judge(figures).Verdict, Is.EqualTo(TargetVerdict.MetNowAtRisk));
        Assert.That(Target("<", 7).Judge(figures).Verdict, Is.EqualTo(TargetVerdict.OnTrack));
        var slow = new TargetFigures(2015, 7.9m, 2023, 7.5m);
        Assert.That(Target("<=", 7.1, 2031).Judge(slow), Is.EqualTo(new TargetResult(TargetVerdict.OnTrack, 7.1m, "")));
        Assert.That(Target("<", 7.1, 2031).Judge(slow).Verdict, Is.EqualTo(TargetVerdict.OffTrack));
    }

    [Test]
    public void ATargetWhoseYearIsReachedIsMetOrOffTrack()
    {
        Assert.That(Target("<=", 26, 2023).Judge(Falling).Verdict, Is.EqualTo(TargetVerdict.Met));
        TargetResult missed = Target("<=", 25.9, 2023).Judge(Falling);
        Assert.That((missed.Verdict, missed.Reason), Is.EqualTo((TargetVerdict.OffTrack, "its year is reached")));
    }

    /// <summary>30 % in 2015, 24 % in 2019, 26 % in 2023: of two as near the earlier.</summary>
    [TestCase(2022, 25, TargetVerdict.OffTrack, 2023)]
    [TestCase(2021, 25, TargetVerdict.Met, 2019)]
    [TestCase(2018, 25, TargetVerdict.Met, 2019)]
    [TestCase(2017, 25, TargetVerdict.OffTrack, 2015)]
    [TestCase(2010, 30, TargetVerdict.Met, 2015)]
    public void APastTargetIsJudgedByThePeriodThatEndsNearestToIt(int year, double value, TargetVerdict verdict, int judged)
    {
        var figures = new TargetFigures(2015, 30, 2023, 26) { Dated = [new(2015, 30), new(2019, 24), new(2023, 26)] };
        TargetResult result = Target("<=", value, year).Judge(figures);
        Assert.That((result.Verdict, result.Reason), Is.EqualTo((verdict, $"its year is past: judged by {judged}")));
    }

    [Test]
    public void WhatHasNoFiguresOrASingleDateIsNotAssessable()
    {
        Assert.That(
            Target("<=", 1).Judge(TargetFigures.None("no layer")),
            Is.EqualTo(new TargetResult(TargetVerdict.NotAssessable, null, "no layer")));
        var once = new TargetFigures(null, null, 2015, 30);
        Assert.That(Target("<=", 30).Judge(once).Verdict, Is.EqualTo(TargetVerdict.Met), "what holds needs no line");
        Assert.That(Target("<=", 20).Judge(once).Verdict, Is.EqualTo(TargetVerdict.NotAssessable));
        Assert.That(
            Target("<=", 20).Judge(new TargetFigures(2015, 30, 2015, 30)).Verdict, Is.EqualTo(TargetVerdict.NotAssessable));
        Assert.That(
            Target("<=", 20).Judge(new TargetFigures(null, 30, null, 29)).Verdict, Is.EqualTo(TargetVerdict.NotAssessable));
    }

    [TestCase("degraded_pct")]
    [TestCase("degraded_km2")]
    [TestCase("improved_km2")]
    [TestCase("net_km2")]
    [TestCase("soc_t")]
    [TestCase("land_cover_km2:70")]
    [TestCase("land_cover_pct:70")]
    [TestCase("land_cover_pct:unccd-1")]
    [TestCase("mean:ndvi:unccd-7")]
    [TestCase("lpd_pct:1")]
    [TestCase("category_km2:sandy:2")]
    [TestCase("mean:ndvi")]
    [TestCase("mean:ndvi:130")]
    [TestCase("activity_km2:restoration")]
    public void EveryMetricOfTheContractIsKnown(string text)
    {
        (TargetMetric? metric, string? wrong) = TargetMetric.Parse(text);
        Assert.That(wrong, Is.Null);
        Assert.That(metric!.ToString(), Is.EqualTo(text));
    }

    [TestCase("degraded", "degraded_pct")]
    [TestCase("", "known: degraded_pct, degraded_km2")]
    [TestCase("land_cover_km2", "of the form land_cover_km2:CODE")]
    [TestCase("land_cover_km2:x", "of the form land_cover_km2:CODE")]
    [TestCase("land_cover_pct:unccd-8", "of the form land_cover_pct:CODE")]
    [TestCase("lpd_pct:unccd-1", "of the form lpd_pct:CLASS")]
    [TestCase("degraded_pct:1", "of the form degraded_pct")]
    [TestCase("category_km2:sandy", "of the form category_km2:LAYER:VALUE")]
    [TestCase("mean::130", "of the form mean:LAYER[:CODE]")]
    [TestCase("activity_km2", "of the form activity_km2:TYPE")]
    public void AWrongMetricIsAnErrorThatNamesTheKnownOnes(string metric, string says) => Assert.That(
        () => TargetTable.Parse(CsvTable.Parse($"{Header}a,MNG,x,{metric},<=,5,2030\n", "t.csv")),
        UsageError.With("t.csv", "row 2", "column metric", says));

    [TestCase(",MNG,x,degraded_pct,<=,5,2030", "column id")]
    [TestCase("a,,x,degraded_pct,<=,5,2030", "column zone_id")]
    [TestCase("a,MNG,x,degraded_pct,=,5,2030", "column comparator", "<=, <, >=, >")]
    [TestCase("a,MNG,x,degraded_pct,<=,five,2030", "column value")]
    [TestCase("a,MNG,x,degraded_pct,<=,5,soon", "column year")]
    [TestCase("a,MNG,x,degraded_pct,<=,5,2030\na,MNG,x,degraded_pct,<=,5,2030", "row 3", "column id")]
    public void AWrongRowIsAnErrorThatSaysWhere(string rows, params string[] says) =>
        Assert.That(() => TargetTable.Parse(CsvTable.Parse(Header + rows + "\n", "t.csv")), UsageError.With([.. says, "t.csv"]));

    [Test]
    public void JsonHoldsTheSameTable()
    {
        string folder = Directory.CreateTempSubdirectory("ldn-targets-").FullName;
        try
        {
            string json = Path.Combine(folder, "t.json");
            File.WriteAllText(json, """[ { "id": "a", "zone_id": "MNG", "metric": "lpd_pct:1", "comparator": "<", "value": 5.5, "year": 2030 }, ]""");
            Assert.That(
                TargetTable.Load(json),
                Is.EqualTo(TargetTable.Parse(CsvTable.Parse(Header + "a,MNG,,lpd_pct:1,<,5.5,2030\n", "t.csv"))));
            File.WriteAllText(json, """[ { "id": "a", "zone": "MNG" } ]""");
            Assert.That(() => TargetTable.Load(json), UsageError.With("unknown key 'zone'", "did you mean 'zone_id'?"));
            File.WriteAllText(json, """{ "id": "a" }""");
            Assert.That(() => TargetTable.Load(json), UsageError.With("is no list of targets"));
            File.WriteAllText(json, "[");
            Assert.That(() => TargetTable.Load(json), UsageError.With("cannot be read"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
