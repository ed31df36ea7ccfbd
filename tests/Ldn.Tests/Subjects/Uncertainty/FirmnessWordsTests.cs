using Ldn.Reports;
using Ldn.Subjects.Uncertainty;

namespace Ldn.Tests.Subjects.Uncertainty;

/// <summary>
/// The sentences of firmness over extreme worlds in every language: they end, hold the numbers they were given, agree with them,
/// and never call a range an interval or a band a range.
/// </summary>
internal sealed class FirmnessWordsTests
{
    private static readonly FirmnessFigures s_usual = new(
        "open", 9, 24, 62.5, new Spread(9, 12.3), new Spread(3, 24), new Spread(7.5, 10.25), new Spread(8, 11),
        ("Missing data", new Spread(9, 14.2)));

    [Test]
    public void AUsualWorldIsSaidInFull()
    {
        var texts = Texts.Load("en");
        Assert.That(FirmnessWords.Verdict(s_usual, texts).Replace('\u00A0', ' '), Is.EqualTo(
            "Open: 9.0 % of the land is degraded by the rules in force, which is not sure to one percentage point. Only 62.5 % "
                + "of the alternatives tried keep it. The land without data leaves room for a whole point or more. The errors of "
                + "soil carbon alone can move it by more than a point."));
        Assert.That(string.Join("|", FirmnessWords.More(s_usual, texts)).Replace('\u00A0', ' '), Is.EqualTo(
            "Moved most by a single change: Missing data, from 9.0 % to 14.2 %.|With the order of the years shuffled the same "
                + "data give 3.0 % to 24.0 %; the observed 9.0 % lies inside: this figure alone is no sign of a change.|By the "
                + "points looked at, with 95 % confidence: 7.5 % to 10.2 % of the land.|By the errors of soil carbon, with 95 % "
                + "confidence: 8.0 % to 11.0 % of the land, if the errors of any two cells are alike to 0.3. The data do not "
                + "tell how alike they are."));
    }

    [Test]
    public void EveryWorldIsSaidInEveryLanguage([Values("en", "zh", "ja", "ko", "mn", "ru")] string language)
    {
        var texts = Texts.Load(language);
        double[] shares = [0, 0.01, 9.96, 50, 99.96, 100];
        Spread?[] spreads = [null, new Spread(0, 0), new Spread(0, 100), new Spread(9, 9.95), new Spread(100, 100)];
        string[] verdicts = ["firm", "likely", "open"];
        int worlds = 0;
        foreach (double share in shares)
            foreach (double agreeing in new[] { 0, 89.9, 90, 100.0 })
                foreach (Spread? chance in spreads)
                    foreach (Spread? sample in spreads)
                        foreach (Spread? soil in spreads)
                            foreach (string verdict in verdicts)
                            {
                                worlds++;
                                Check(
                                    new FirmnessFigures(
                                        verdict, share, agreeing > 0 ? 18 : 1, agreeing, new Spread(share, 100), chance, sample,
                                        soil, worlds % 2 == 0 ? null : ("a (b)", new Spread(0, 100)))
                                    { SoilByFactors = worlds % 3 == 0 },
                                    texts);
                            }

        Assert.That(worlds, Is.EqualTo(6 * 4 * 125 * 3));
    }

    private static void Check(FirmnessFigures f, Texts texts)
    {
        string verdict = FirmnessWords.Verdict(f, texts);
        string[] more = [.. FirmnessWords.More(f, texts)];
        string all = verdict + string.Concat(more);
        if (all.Contains('{') || more.Append(verdict).Any(s => s[^1] is not ('.' or '。')))
            Assert.Fail(all);
        Assert.That(verdict, Does.Contain(texts.Numbers.Percent(f.Figure)));
        if (f.Verdict == "open" && f.Agreeing < 90)
            Assert.That(verdict, Does.Contain(texts.Numbers.Percent(f.Agreeing)));
        Assert.That(more, Has.Length.EqualTo(1 + Count(f.Chance) + Count(f.Sample) + Count(f.Soil)));
        foreach (string sentence in more)
            if (sentence.Contains(texts["section.firmness.range"], StringComparison.OrdinalIgnoreCase)
                || sentence.Contains(texts["section.firmness.interval"], StringComparison.OrdinalIgnoreCase))
                Assert.Fail("a kind is told in the table, not in a sentence: " + sentence);

        static int Count(Spread? spread) => spread is null ? 0 : 1;
    }

    /// <summary>What lies outside is seen to lie outside, however near.</summary>
    [TestCase(24.01, "3.00 % to 24.00 %; the observed 24.01 %")]
    [TestCase(24.0004, "3.0000 % to 24.0000 %; the observed 24.0004 %")]
    [TestCase(2.96, "3.00 % to 24.00 %; the observed 2.96 %")]
    [TestCase(2.9, "3.0 % to 24.0 %; the observed 2.9 %")]
    public void AFigureOutsideIsSeenOutside(double figure, string says)
    {
        string[] said = [.. FirmnessWords.More(s_usual with { Figure = figure }, Texts.Load("en"))];
        Assert.That(said[1].Replace('\u00A0', ' '), Does.Contain(says).And.Contain("lies outside"));
    }

    [Test]
    public void FewOrdersAreNoSignEither([Values("en", "zh", "ja", "ko", "mn", "ru")] string language)
    {
        var texts = Texts.Load(language);
        string said = FirmnessWords.More(s_usual with { Figure = 30, FewOrders = true }, texts).ElementAt(1);
        Assert.That(said, Is.Not.EqualTo(FirmnessWords.More(s_usual with { Figure = 30 }, texts).ElementAt(1)));
        Assert.That(said, Does.Contain(texts.Numbers.Percent(30)).And.Not.Contain("{"));
        if (language == "en")
            Assert.That(said, Does.EndWith("so few orders make no band: this figure alone is no sign of a change."));
    }

    /// <summary>Four kinds, four words, in every language.</summary>
    [Test]
    public void KindsAreNeverCalledTheSame([Values("en", "zh", "ja", "ko", "mn", "ru")] string language)
    {
        var texts = Texts.Load(language);
        Assert.That(
            new[] { "range", "bounds", "band", "interval" }.Select(k => texts["section.firmness." + k]), Is.Unique);
    }

    [Test]
    public void ReasonsAreOnlyOfWhatIsOpen()
    {
        Assert.That((s_usual with { Verdict = "likely" }).Reasons(), Is.Empty);
        FirmnessFigures alone = new("open", 9, 1, 100, new Spread(9, 9), null, null, null, null);
        Assert.That(alone.Reasons(), Is.EqualTo(new[] { "nothing" }));
        Assert.That((alone with { Sample = new Spread(10.2, 12) }).Reasons(), Is.EqualTo(new[] { "sample" }));
        Assert.That((alone with { Sample = new Spread(9.5, 12) }).Reasons(), Is.Empty);
    }
}
