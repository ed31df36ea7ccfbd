using System.Text.RegularExpressions;
using Ldn.Reports;
using Ldn.Reports.Page;

namespace Ldn.Tests.Reports;

/// <summary>
/// The sentences of a zone: right for every world, in every language, and no figure in them is another than it was given.
/// </summary>
internal sealed partial class LeadTests
{
    private static readonly LeadFigures s_usual = new(
        true, 21.3, 2.4, 6.2, "in 2023", "in 2015",
        [("Land cover", 1.14), ("Land productivity", 18.06), ("Soil organic carbon", 2.3)], 8.7, 9.04);

    public static IEnumerable<TestCaseData> Worlds()
    {
        yield return World("usual", s_usual,
            "About one fifth of the land (21.3\u00A0%) is degraded in 2023. That is 6.2 percentage points more than in 2015. "
                + "Land productivity weighs most: it is degraded on 18.1\u00A0% of the land "
            + "(Soil organic carbon 2.3\u00A0%, Land cover 1.1\u00A0%). Newly degraded since the baseline: 8.7\u00A0% of the "
            + "land; newly improved: 9.0\u00A0%. "
            + "2.4\u00A0% of the land has no data; were all of it degraded, the share would be 23.7\u00A0%.");
        yield return World("causes", s_usual with
        {
            Parts = [],
            Change = null,
            NoData = 0,
            Causes = [("Land productivity", 75.24), ("several together", 20), ("Land cover", 4.76)],
        },
            "About one fifth of the land (21.3\u00A0%) is degraded in 2023. Newly degraded since the baseline: 8.7\u00A0% of the "
                + "land; newly improved: 9.0\u00A0%. What is degraded where land was newly lost: Land productivity "
                + "75.2\u00A0%, several together 20.0\u00A0%, Land cover 4.8\u00A0%.");
        yield return World(
            "nothing degraded",
            s_usual with
            {
                Degraded = 0,
                NoData = 0,
                Change = -6.2,
                Parts = [("Land cover", 0), ("Land productivity", 0)],
                Lost = 0,
                Won = 0
            },
            "No degraded land is found in 2023. That is 6.2 percentage points less than in 2015.");
        yield return World("everything degraded",
            s_usual with { Degraded = 100, NoData = 0, Change = 0.04, Parts = [("Land productivity", 100)], Lost = 0, Won = 0 },
            "All of the land is degraded in 2023. The share is the same as in 2015.");
        yield return World("hardly any",
            s_usual with { Degraded = 0.04, NoData = 0.04, Change = null, Before = null, Parts = [], Lost = null, Won = null },
            "Less than 0.1 % of the land is degraded in 2023.");
        yield return World(
            "all without data", s_usual with { NoData = 100 },
            "No land has data in 2023: nothing can be said about its degradation.");
        yield return World(
            "no share", s_usual with { Degraded = null }, "No land has data in 2023: nothing can be said about its degradation.");
        yield return World(
            "only water", s_usual with { HasLand = false }, "There is no land here, only water or nothing at all.");
        yield return World("the baseline alone",
            new LeadFigures(
                true, 15.3, 0, null, "in “Baseline”", null, [("Land cover", 2), ("Land productivity", 2.01)], null, null),
            "15.3\u00A0% of the land is degraded in “Baseline”. Degraded by sub-indicator: Land productivity 2.0\u00A0%, Land "
                + "cover 2.0\u00A0%.");
        yield return World("one sub-indicator",
            s_usual with { Parts = [("Land productivity", 21.3)], NoData = 0, Lost = 0.2, Won = 0 },
            "About one fifth of the land (21.3\u00A0%) is degraded in 2023. That is 6.2 percentage points more than in 2015. "
                + "Newly degraded since the baseline: 0.2\u00A0% of the land; newly improved: 0.0\u00A0%.");
        static TestCaseData World(string name, LeadFigures figures, string said) =>
            new TestCaseData(figures, said).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Worlds))]
    public void SaysWhatTheFiguresSay(object figures, string said) =>
        Assert.That(string.Join(" ", Lead.Sentences((LeadFigures)figures, Texts.Load("en"))), Is.EqualTo(said));

    /// <summary>
    /// What the forms say of confidence, of which the run tells the English, is said in the language of the forms.
    /// </summary>
    [Test]
    public void ReasonsOfConfidenceAreSaidInTheLanguage([Values("zh", "ja", "ko", "mn", "ru")] string language)
    {
        const string told = "verdict open: 15.13 % under the rules in force; 13.36 to 15.18 % under the 18 combinations tried (a "
            + "range, no probability), of which 66.67 % keep the figure to 1 point; 15.13 to 15.44 % whatever land without data "
            + "is; 1.20 to 2.40 % with the years shuffled; not tried: products, sample, soil error, resolution";
        var texts = Texts.Load(language);
        string said = texts.Reason(told);
        foreach (string number in (string[])["15.13", "13.36", "15.18", "66.67", "15.44", "1.20", "2.40"])
            Assert.That(said, Does.Contain(number.Replace(".", texts.Numbers.Decimal, StringComparison.Ordinal)));
        Assert.That(said, Does.Contain("18").And.Contain(texts["untried.soil_error"]).And.Contain(texts["verdict.open"]));
        Assert.That(said, Does.Not.Match("[a-z]{3}"));
        Assert.That(said.Split("; "), Has.Length.EqualTo(5));
        Assert.That(texts.Reason("what nobody knows; not assessed in this run"), Does.StartWith("what nobody knows; "));
        Assert.That(Texts.Load("en").Reason(told), Is.EqualTo(told));
    }

    [Test]
    public void NumbersFollowTheCustomOfTheLanguage() => Assert.Multiple(() =>
    {
        Numbers english = Texts.Load("mn").Numbers, russian = Texts.Load("ru").Numbers;
        Assert.That(english.Percent(12.34), Is.EqualTo("12.3\u00A0%"));
        Assert.That(english.Whole(1234567), Is.EqualTo("1,234,567"));
        Assert.That(russian.Percent(12.34), Is.EqualTo("12,3\u00A0%"));
        Assert.That(russian.Percent(0.01), Is.EqualTo("<0,1\u00A0%"));
        Assert.That(russian.Whole(1234567), Is.EqualTo("1\u202F234\u202F567"));
        Assert.That(russian.Area(Ldn.Counting.Area.OfSquareKilometres(1.5m)), Is.EqualTo("1,5"));
        Assert.That(russian.Change(-Ldn.Counting.Area.OfSquareKilometres(12345)), Is.EqualTo("−12\u202F345"));
        Assert.That(english.InWords(999_999), Is.EqualTo("999,999"));
        Assert.That(russian.InWords(1_903_636_920), Is.EqualTo("1,9\u00A0млрд"));
        Assert.That(Texts.Load("en").Numbers.InWords(999_600_000), Is.EqualTo("1\u00A0billion"));
        Assert.That(Texts.Load("en").Numbers.InWords(-6_980_002_039), Is.EqualTo("-6.98\u00A0billion"));
        Assert.That(Texts.Load("zh").Numbers.InWords(153_726_875), Is.EqualTo("1.54亿"));
        Assert.That(Texts.Load("zh").Numbers.InWords(12_345_678), Is.EqualTo("1,230万"));
        Assert.That(Texts.Load("ja").Numbers.InWords(2.5e12), Is.EqualTo("2.5兆"));
        Assert.That(Texts.Load("ko").Numbers.InWords(1_000_000), Is.EqualTo("100만"));
        Assert.That(english.InWords(307_620_022), Is.EqualTo("308\u00A0сая"));
        Assert.That(Texts.Load("zh").Latitude(-12.5, "0.##") + Texts.Load("ru").Longitude(12.5, "0.##"),
            Is.EqualTo("南纬12.5°12,5° в. д."));
        Assert.That(Texts.Load("mn").Latitude(0, "F1"), Is.EqualTo("0.0°"));
        Assert.That(Numbers.Svg(1.5), Is.EqualTo("1.5"), "places on a drawing are no numbers to be read");
    });

    /// <summary>
    /// Over a grid of worlds that holds every rule and its borders: sentences end, places are filled, and the numbers said are
    /// those given.
    /// </summary>
    [Test]
    public void EveryWorldIsSaidInEveryLanguage([Values("en", "zh", "ja", "ko", "mn", "ru")] string language)
    {
        var texts = Texts.Load(language);
        double?[] shares = [null, 0, 0.01, 0.05, 9.96, 12.4, 33.3, 50, 66.7, 99.94, 99.96, 100];
        double?[] changes = [null, -100, -0.06, -0.049, 0, 0.049, 0.051, 1, 55.55];
        double?[] gaps = [null, 0, 0.049, 0.5, 99.9, 100];
        foreach (double? share in shares)
        {
            foreach (double? change in changes)
            {
                foreach (double? gap in gaps)
                {
                    var figures = new LeadFigures(
                        true, share, gap, change, texts.Format("lead.when_year", 2023),
                        change is null ? null : texts.Format("lead.when_year", 2015), [("a", share ?? 0), ("b", 0)], 1.25, 0);
                    string[] said = [.. Lead.Sentences(figures, texts)];
                    Assert.That(said, Is.Not.Empty.And.All.Match(@"[.。]$").And.All.Not.Contain("{"));
                    if (share is null || gap is null or 100)
                        Assert.That(said, Has.Length.EqualTo(1));
                    else if (share >= 0.05 && share < 100)
                        Assert.That(said[0], Does.Contain(texts.Numbers.Percent(share)));
                    if (share is not null && gap is > 0.05 and < 100)
                        Assert.That(
                            said[^1],
                            Does.Contain(texts.Numbers.Percent(gap))
                                .And.Contain(texts.Numbers.Percent(Math.Min(100, share.Value + gap.Value))));
                    Assert.That(Year().Matches(string.Concat(said)).Select(m => m.Value), Is.SubsetOf(new[] { "2023", "2015" }));
                }
            }
        }
    }

    [Test]
    public void WordsOfATableAreTranslatedAndNamesAreNot()
    {
        var texts = Texts.Load("ru");
        Assert.Multiple(() =>
        {
            Assert.That(texts.Word("class", "degraded"), Is.EqualTo(texts["class.degraded"]));
            Assert.That(
                texts.Word("indicator", "status_land_cover"),
                Is.EqualTo($"{texts["indicator.status"]}: {texts["indicator.land_cover"]}"));
            Assert.That(texts.Word("period", "report_2"), Is.EqualTo(texts.Period("report_2")));
            Assert.That(texts.Word("zone_name", "degraded"), Is.Null);
            Assert.That(texts.Word("land_cover", "10"), Is.Null);
            Assert.That(
                texts.Note("land cover of 2022 stands in for 2023"),
                Is.EqualTo("Земной покров: 2022 год вместо 2023").Or.Contain("2022 год вместо 2023"));
            Assert.That(texts.Note("partial: computed without productivity"), Does.Contain(texts.Indicator("productivity")));
            Assert.That(texts.Note("a note of another kind"), Is.EqualTo("a note of another kind"));
        });
    }

    [GeneratedRegex(@"\b(?:19|20)\d\d\b")]
    private static partial Regex Year();
}
