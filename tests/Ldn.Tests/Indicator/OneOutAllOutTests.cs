using Ldn.Indicator;

namespace Ldn.Tests.Indicator;

/// <summary>
/// One-out-all-out against tables typed from method §6, in the order no data, degraded, stable, improved: . - 0 +
/// </summary>
internal sealed class OneOutAllOutTests
{
    private const string Order = ".-0+";

    /// <summary>
    /// One block a condition of the first sub-indicator, one line a condition of the second, one sign a condition of the third.
    /// </summary>
    private static readonly Dictionary<MissingDataPolicy, string> Three = new()
    {
        [MissingDataPolicy.Strict] = """
            .... .... .... ....
            .... .--- .--- .---
            .... .--- .-0+ .-++
            .... .--- .-++ .-++
            """,
        [MissingDataPolicy.Precautionary] = """
            .-.. ---- .-.. .-..
            ---- ---- ---- ----
            .-.. ---- .-0+ .-++
            .-.. ---- .-++ .-++
            """,
        [MissingDataPolicy.Available] = """
            .-0+ ---- 0-0+ +-++
            ---- ---- ---- ----
            0-0+ ---- 0-0+ +-++
            +-++ ---- +-++ +-++
            """,
    };

    private static readonly Dictionary<MissingDataPolicy, string> Two = new()
    {
        [MissingDataPolicy.Strict] = ".... .--- .-0+ .-++",
        [MissingDataPolicy.Precautionary] = ".-.. ---- .-0+ .-++",
        [MissingDataPolicy.Available] = ".-0+ ---- 0-0+ +-++",
    };

    [Test]
    public void ThreeSubIndicatorsFollowTheTypedTable([Values] MissingDataPolicy policy)
    {
        string table = Signs(Three[policy]);
        Assert.That(table, Has.Length.EqualTo(64));
        for (int i = 0; i < 64; i++)
        {
            Condition[] three = [(Condition)(i >> 4), (Condition)(i >> 2 & 3), (Condition)(i & 3)];
            Assert.That(Order[(int)OneOutAllOut.Combine(three, policy)], Is.EqualTo(table[i]), string.Join(", ", three));
        }
    }

    [Test]
    public void ASubIndicatorLeftOutIsNotMissing([Values] MissingDataPolicy policy)
    {
        string table = Signs(Two[policy]);
        for (int i = 0; i < 16; i++)
        {
            Condition[] two = [(Condition)(i >> 2), (Condition)(i & 3)];
            Assert.That(Order[(int)OneOutAllOut.Combine(two, policy)], Is.EqualTo(table[i]), string.Join(", ", two));
        }

        for (int i = 0; i < 4; i++)
            Assert.That(OneOutAllOut.Combine([(Condition)i], policy), Is.EqualTo((Condition)i));
        Assert.That(OneOutAllOut.Combine([], policy), Is.EqualTo(Condition.NoData));
    }

    /// <summary>Index bit 0: no data among the considered, bit 1 degraded, bit 2 stable, bit 3 improved.</summary>
    [TestCase(MissingDataPolicy.Strict, ". . - . 0 . - . + . - . + . - .")]
    [TestCase(MissingDataPolicy.Precautionary, ". . - - 0 . - - + . - - + . - -")]
    [TestCase(MissingDataPolicy.Available, ". . - - 0 0 - - + + - - + + - -")]
    public void TheTableOverSetsSaysTheSame(MissingDataPolicy policy, string expected) =>
        Assert.That(OneOutAllOut.Table(policy).Select(c => Order[c]), Is.EqualTo(Signs(expected)));

    [Test]
    public void EveryCombinationIsFoundThroughItsSet([Values] MissingDataPolicy policy)
    {
        byte[] bySet = OneOutAllOut.Table(policy);
        string table = Signs(Three[policy]);
        for (int i = 0; i < 64; i++)
        {
            int set = 1 << (i >> 4) | 1 << (i >> 2 & 3) | 1 << (i & 3);
            Assert.That(Order[bySet[set]], Is.EqualTo(table[i]), $"combination {i}");
        }
    }

    private static string Signs(string text) => string.Concat(text.Where(Order.Contains));
}
