using System.Runtime.InteropServices;
using Ldn.Indicator;

namespace Ldn.Tests.Indicator;

/// <summary>Status, its three classes and the encodings, against what method §1 and §7 print.</summary>
internal sealed class StatusTests
{
    /// <summary>Lines: baseline no data, degraded, stable, improved; columns: the period likewise; 0 is no data.</summary>
    private static readonly Dictionary<StatusRule, string[]> Tables = new()
    {
        [StatusRule.Addendum2025] = ["0000", "0136", "0246", "0257"],
        [StatusRule.Progress2022] = ["0000", "0134", "0246", "0257"],
    };

    [Test]
    public void TheSixteenCellsAreTheTypedOnes([Values] StatusRule rule)
    {
        for (int baseline = 0; baseline < 4; baseline++)
            for (int period = 0; period < 4; period++)
                Assert.That(
                    (int)StatusLaw.Of((Condition)baseline, (Condition)period, rule),
                    Is.EqualTo(Tables[rule][baseline][period] - '0'),
                    $"{(Condition)baseline} then {(Condition)period}");
    }

    /// <summary>§7: − then + counts as stable, + then 0 as improved; both are about the three classes.</summary>
    [Test]
    public void TheLegacyRuleMovesOnlyDegradedThenImproved()
    {
        Assert.That(
            StatusLaw.Of(Condition.Degraded, Condition.Improved, StatusRule.Progress2022).ThreeClass(),
            Is.EqualTo(Condition.Stable));
        Assert.That(
            StatusLaw.Of(Condition.Improved, Condition.Stable, StatusRule.Progress2022).ThreeClass(),
            Is.EqualTo(Condition.Improved));
        Assert.That(
            StatusLaw.Of(Condition.Degraded, Condition.Improved), Is.EqualTo(Status.RecentImprovement),
            "the default is the 2026 rule");
    }

    [Test]
    public void OneToThreeAreDegradedFourStableFiveToSevenImproved() => Assert.That(
        Enum.GetValues<Status>().Select(s => s.ThreeClass()),
        Is.EqualTo(new[]
        {
            Condition.NoData, Condition.Degraded, Condition.Degraded, Condition.Degraded, Condition.Stable,
            Condition.Improved, Condition.Improved, Condition.Improved,
        }));

    [Test]
    public void NamesAndColoursAreThoseOfTheMethod()
    {
        Assert.That(Enum.GetValues<Status>().Skip(1).Select(s => s.Name()), Is.EqualTo(new[]
        {
            "persistent_degradation", "recent_degradation", "baseline_degradation", "stability", "baseline_improvement",
            "recent_improvement",
            "persistent_improvement",
        }));
        Assert.That(Enum.GetValues<Status>().Skip(1).Select(s => s.Color()), Is.EqualTo(
            "#762a83 #af8dc3 #e7d4e8 #f7f7f7 #d9f0d3 #7fbf7b #1b7837".Split(' ')));
        Assert.That(Enum.GetValues<Condition>().Skip(1).Select(c => c.Color()), Is.EqualTo("#9b2779 #ffffe0 #006500".Split(' ')));
        Assert.That(Enum.GetValues<Condition>().Select(c => c.Name()), Is.EqualTo("no_data degraded stable improved".Split(' ')));
        Assert.That(
            Enum.GetValues<SubIndicator>().Select(s => s.Name()),
            Is.EqualTo("land_cover productivity soil_organic_carbon".Split(' ')));
        Assert.That(
            Enum.GetValues<SubIndicator>().Select(s => s.OptionName()),
            Is.EqualTo("land-cover productivity soil-carbon".Split(' ')));
    }

    [TestCase(Condition.NoData, (short)-32768)]
    [TestCase(Condition.Degraded, (short)-1)]
    [TestCase(Condition.Stable, (short)0)]
    [TestCase(Condition.Improved, (short)1)]
    public void SignedValuesAreThoseOfTheMethod(Condition condition, short signed) =>
        Assert.That(ConditionEncoding.Signed(condition), Is.EqualTo(signed));

    [Test]
    public void BytesBecomeSignedCellsInPlaceAtEveryLength()
    {
        short[] signedOf = [short.MinValue, -1, 0, 1];
        var random = new Random(1);
        for (int count = 0; count <= 257; count++)
        {
            var conditions = new byte[count];
            for (int i = 0; i < count; i++)
                conditions[i] = (byte)random.Next(4);
            var buffer = new byte[(2 * count) + 6];
            buffer.AsSpan().Fill(0xA5);
            conditions.CopyTo(buffer, 0);
            ConditionEncoding.Sign(buffer, count);
            Assert.That(
                MemoryMarshal.Cast<byte, short>(buffer)[..count].ToArray(), Is.EqualTo(conditions.Select(c => signedOf[c])),
                $"{count} cells");
            Assert.That(buffer[(2 * count)..], Is.All.EqualTo((byte)0xA5), "beyond the cells nothing changes");
        }
    }
}
