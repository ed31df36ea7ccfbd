using Ldn.Indicator;
using Ldn.Lanes;
using Ldn.Tests.Lanes;

namespace Ldn.Tests.Indicator;

internal sealed class IndicatorKernelTests
{
    private static readonly byte[] AllLand = [.. Enumerable.Range(0, 256 * 32).Select(i => (byte)(i >> 5))];
    private static readonly byte[] AllSoil = [.. Enumerable.Range(0, 256 * 32).Select(i => (byte)(i & 31))];

    private static IEnumerable<SimdLevel> Levels => SimdTests.Available;

    /// <summary>
    /// Every rule set that differs in kind: three policies, every choice of sub-indicators, arbitrary evidence.
    /// </summary>
    private static IEnumerable<IndicatorTables> RuleSets()
    {
        var random = new Random(15);
        foreach (MissingDataPolicy policy in Enum.GetValues<MissingDataPolicy>())
        {
            for (int used = 1; used < 8; used++)
            {
                yield return new IndicatorTables(
                    (used & 1) != 0, (used & 2) != 0 ? Conditions(random) : null, (used & 4) != 0 ? Conditions(random) : null,
                    policy, used % 3 != 0);
            }
        }
    }

    [TestCaseSource(nameof(Levels))]
    public void EveryJointCodeGivesWhatTheScalarLawSays(SimdLevel level)
    {
        var indicator = new byte[AllLand.Length];
        foreach (IndicatorTables tables in RuleSets())
        {
            IndicatorKernel.Indicator(AllLand, AllSoil, indicator, tables, level);
            for (int i = 0; i < indicator.Length; i++)
                if (indicator[i] != (byte)tables.Of(AllLand[i], AllSoil[i]).Indicator)
                    Assert.Fail($"{tables.Policy}: land {AllLand[i]}, soil {AllSoil[i]} gives {indicator[i]}");
        }
    }

    /// <summary>The law itself, spelled out for the default rules: LPD classes and one threshold.</summary>
    [Test]
    public void TheScalarLawReadsTheJointCode()
    {
        Condition[] lpd = new Condition[32], soil = new Condition[32];
        (lpd[1], lpd[2], lpd[3], lpd[4], lpd[5]) = (
            Condition.Degraded, Condition.Degraded, Condition.Stable, Condition.Stable, Condition.Improved);
        (soil[1], soil[2], soil[5]) = (Condition.Degraded, Condition.Stable, Condition.Improved);
        var tables = new IndicatorTables(true, lpd, soil, MissingDataPolicy.Strict);
        Assert.That(tables.Of(Evidence.Land(Condition.Stable, false, 4), 5), Is.EqualTo(
            new Outcome(false, Condition.Stable, Condition.Stable, Condition.Improved, Condition.Improved)));
        Assert.That(tables.Of(Evidence.Land(Condition.Improved, false, 2), 5), Is.EqualTo(
            new Outcome(false, Condition.Improved, Condition.Degraded, Condition.Improved, Condition.Degraded)));
        Assert.That(tables.Of(Evidence.Land(Condition.Stable, true, 5), 1), Is.EqualTo(
            new Outcome(
                true, Condition.Stable, Condition.Improved, Condition.Degraded,
                Condition.NoData)), "water: before the mask, without indicator");
        Assert.That(
            tables.Of(Evidence.Land(Condition.Degraded, false, 0), 2).Indicator, Is.EqualTo(Condition.NoData),
            "strict, productivity missing");
        Assert.That(Evidence.Land(Condition.Improved, true, 18), Is.EqualTo((18 << 3) | 4 | 3));
    }

    [TestCaseSource(nameof(Levels))]
    public void EveryLengthAndAlignmentGivesTheSameAndTouchesNothingElse(SimdLevel level)
    {
        IndicatorTables tables = RuleSets().ElementAt(6);
        var random = new Random(7);
        byte[] land = new byte[512], soil = new byte[512], target = new byte[512];
        random.NextBytes(land);
        for (int i = 0; i < soil.Length; i++)
            soil[i] = (byte)random.Next(32);
        for (int length = 0; length <= 257; length++)
        {
            for (int alignment = 0; alignment < 64; alignment++)
            {
                int soilAt = 63 - alignment, targetAt = (alignment * 7) % 64;
                target.AsSpan().Fill(0xEE);
                IndicatorKernel.Indicator(
                    land.AsSpan(alignment, length), soil.AsSpan(soilAt, length), target.AsSpan(targetAt, length), tables, level);
                for (int i = 0; i < target.Length; i++)
                {
                    bool inside = i >= targetAt && i < targetAt + length;
                    int expected = inside
                        ? (int)tables.Of(land[alignment + i - targetAt], soil[soilAt + i - targetAt]).Indicator
                        : 0xEE;
                    if (target[i] != expected)
                        Assert.Fail(
                            $"length {length}, alignment {alignment}: byte {i - targetAt} is {target[i]}, not {expected}");
                }
            }
        }
    }

    [TestCaseSource(nameof(Levels))]
    public void NothingBeyondTheBuffersIsTouched(SimdLevel level)
    {
        GuardedMemory.Require();
        IndicatorTables tables = RuleSets().ElementAt(6);
        using GuardedMemory landMemory = new(600), soilMemory = new(600), targetMemory = new(600);
        for (int length = 0; length <= 257; length++)
        {
            foreach (bool last in new[] { true, false })
            {
                Span<byte> land = last ? landMemory.Last<byte>(length) : landMemory.First<byte>(length);
                Span<byte> soil = last ? soilMemory.Last<byte>(length) : soilMemory.First<byte>(length);
                Span<byte> target = last ? targetMemory.Last<byte>(length) : targetMemory.First<byte>(length);
                for (int i = 0; i < length; i++)
                    (land[i], soil[i]) = ((byte)(i * 37), (byte)(i % 32));
                IndicatorKernel.Indicator(land, soil, target, tables, level);
                for (int i = 0; i < length; i++)
                    if (target[i] != (byte)tables.Of(land[i], soil[i]).Indicator)
                        Assert.Fail($"length {length}, byte {i}");
            }
        }
    }

    [Test]
    public void LengthsThatDifferAreRefused()
    {
        IndicatorTables tables = RuleSets().First();
        Assert.That(
            () => IndicatorKernel.Indicator(new byte[3], new byte[4], new byte[3], tables),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => IndicatorKernel.Indicator(new byte[3], new byte[3], new byte[4], tables),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    /// <summary>Sub-indicator rasters: water is blank; where the rules mask it not, in soil carbon alone (method §13).</summary>
    [Test]
    public void SubIndicatorsAreBlankOnWater([Values] bool maskWater)
    {
        Condition[] evidence = Conditions(new Random(3));
        var tables = new IndicatorTables(true, evidence, evidence, MissingDataPolicy.Available, maskWater);
        byte[] landCover = new byte[AllLand.Length], productivity = new byte[AllLand.Length], soil = new byte[AllLand.Length];
        IndicatorKernel.LandCover(AllLand, landCover, tables);
        IndicatorKernel.Productivity(AllLand, productivity, tables);
        IndicatorKernel.SoilCarbon(AllLand, AllSoil, soil, tables);
        for (int i = 0; i < AllLand.Length; i++)
        {
            bool water = (AllLand[i] & 4) != 0;
            bool right = landCover[i] == (water && maskWater ? 0 : AllLand[i] & 3)
                && productivity[i] == (water && maskWater ? 0 : (int)evidence[AllLand[i] >> 3])
                && soil[i] == (water ? 0 : (int)evidence[AllSoil[i]]);
            if (!right)
                Assert.Fail($"land {AllLand[i]}, soil {AllSoil[i]}: {landCover[i]} {productivity[i]} {soil[i]}");
        }
    }

    [Test]
    public void StatusOfEveryPairOfIndicators([Values] StatusRule rule)
    {
        byte[] baseline = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3],
        period = [0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3];
        var status = new byte[16];
        IndicatorKernel.Status(baseline, period, status, rule);
        byte degradedThenImproved = (byte)(rule == StatusRule.Progress2022 ? 4 : 6);
        Assert.That(status, Is.EqualTo(new byte[] { 0, 0, 0, 0, 0, 1, 3, degradedThenImproved, 0, 2, 4, 6, 0, 2, 5, 7 }));
    }

    private static Condition[] Conditions(Random random) => [.. Enumerable.Range(0, 32).Select(_ => (Condition)random.Next(4))];
}
