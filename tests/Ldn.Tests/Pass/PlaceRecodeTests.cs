using Ldn.Indicator;
using Ldn.Pass;

namespace Ldn.Tests.Pass;

/// <summary>Corrections of method §8 in one place.</summary>
internal sealed class PlaceRecodeTests
{
    private const Condition Bad = Condition.Degraded, Same = Condition.Stable, Good = Condition.Improved, None = Condition.NoData;

    /// <summary>Evidence is the condition itself, for productivity as for soil.</summary>
    private static readonly IndicatorTables Tables = new(true, [.. Codes()], [.. Codes()], MissingDataPolicy.Strict);

    [Test]
    public void LaterPolygonsWinAndTestTheOriginal()
    {
        var recode = new PlaceRecode();
        recode.Add(0, null, Same, null, null);
        recode.Add(0, null, null, Bad, null);
        Assert.That(
            Indicator(recode, 0, Bad, Same, Same), Is.EqualTo(Bad),
            "only the later polygon counts, also where it leaves the original");
        Assert.That(Indicator(recode, 0, Same, Same, Same), Is.EqualTo(Bad));
        recode.Add(0, null, Good, null, None);
        Assert.That(Indicator(recode, 0, Bad, Same, Same), Is.EqualTo(Good), "the later one wins");
        Assert.That(Indicator(recode, 0, Good, Same, Same), Is.EqualTo(None));
        Assert.That(Indicator(recode, 0, Same, Same, Same), Is.EqualTo(Same), "what it leaves is the original");
    }

    [Test]
    public void OtherPeriodsAreLeftAlone()
    {
        var recode = new PlaceRecode();
        recode.Add(1, null, Good, Good, Bad);
        Assert.That(Indicator(recode, 0, Bad, Same, Same), Is.EqualTo(Bad));
        Assert.That(Indicator(recode, 1, Bad, Same, Same), Is.EqualTo(Good));
    }

    [Test]
    public void NoDataAndWaterAreNeverRecoded()
    {
        var recode = new PlaceRecode();
        recode.Add(0, null, Good, Good, Good);
        foreach (SubIndicator sub in Enum.GetValues<SubIndicator>())
            recode.Add(0, sub, Good, Good, Good);
        Assert.That(Indicator(recode, 0, None, Same, Same), Is.EqualTo(None), "strict, and no data stays no data");
        Outcome water = recode.Apply(Tables, 0, Evidence.Land(Bad, true, (int)Bad), (byte)Bad);
        Assert.That(water, Is.EqualTo(new Outcome(true, Bad, Bad, Bad, None)));
    }

    [Test]
    public void ACorrectedSubIndicatorGoesThroughOneOutAllOutAgain()
    {
        var recode = new PlaceRecode();
        recode.Add(0, SubIndicator.Productivity, Good, null, null);
        Assert.That(
            recode.Apply(Tables, 0, Evidence.Land(Same, false, (int)Bad), (byte)Same),
            Is.EqualTo(new Outcome(false, Same, Good, Same, Good)));
        Assert.That(Indicator(recode, 0, Bad, Bad, Same), Is.EqualTo(Bad), "land cover is still degraded");
        recode.Add(0, SubIndicator.SoilCarbon, null, None, null);
        Assert.That(Indicator(recode, 0, Same, Same, Same), Is.EqualTo(None), "strict: a sub-indicator set to no data");
        recode.Add(0, null, null, null, Bad);
        Assert.That(
            Indicator(recode, 0, Same, Bad, Good), Is.EqualTo(Bad), "an indicator correction sees the re-derived indicator");
    }

    private static Condition Indicator(
        PlaceRecode recode, int period, Condition landCover, Condition productivity, Condition soil) =>
        recode.Apply(Tables, period, Evidence.Land(landCover, false, (int)productivity), (byte)soil).Indicator;

    private static IEnumerable<Condition> Codes() => Enumerable.Range(0, Evidence.Limit).Select(i => i < 4 ? (Condition)i : None);
}
