using Ldn.Lanes;

namespace Ldn.Tests.Lanes;

[Category("Slow")]
internal sealed class ModeReductionTests
{
    [TestCase(new byte[] { 1, 1, 2, 3 }, 1, Description = "two of four")]
    [TestCase(new byte[] { 3, 1, 3, 1 }, 1, Description = "of two equally frequent the smaller")]
    [TestCase(new byte[] { 4, 3, 2, 1 }, 1, Description = "of four equally frequent the smallest")]
    [TestCase(new byte[] { 1, 2, 3, 3 }, 3, Description = "the only pair, though the largest")]
    [TestCase(new byte[] { 0, 0, 0, 7 }, 7, Description = "no data does not count")]
    [TestCase(new byte[] { 0, 0, 255, 7 }, 7)]
    [TestCase(new byte[] { 0, 255, 0, 255 }, 255)]
    [TestCase(new byte[] { 0, 0, 0, 0 }, 0, Description = "unless all are")]
    public void FourCells(byte[] cells, int expected)
    {
        var target = new byte[1];
        ModeReduction.Row(cells.AsSpan(0, 2), cells.AsSpan(2, 2), target);
        Assert.That(target[0], Is.EqualTo(expected));
    }

    /// <summary>
    /// All of four cells out of no data, the smallest, two middle and the largest values, at every place of a vector.
    /// </summary>
    [TestCaseSource(typeof(SimdTests), nameof(SimdTests.Available))]
    public void EveryStateAtEveryPlace(SimdLevel level)
    {
        byte[] values = [0, 1, 2, 5, 254, 255];
        int states = values.Length * values.Length * values.Length * values.Length;
        byte[] upper = new byte[2 * (states + 70)], lower = new byte[upper.Length], target = new byte[states + 70];
        for (int shift = 0; shift < 70; shift++)
        {
            for (int state = 0; state < states; state++)
            {
                int i = 2 * (state + shift);
                upper[i] = values[state % 6];
                upper[i + 1] = values[state / 6 % 6];
                lower[i] = values[state / 36 % 6];
                lower[i + 1] = values[state / 216];
            }

            ModeReduction.Row(upper, lower, target, level);
            for (int state = 0; state < states; state++)
            {
                int i = 2 * (state + shift);
                if (target[state + shift] != Plain([upper[i], upper[i + 1], lower[i], lower[i + 1]]))
                    Assert.Fail(
                        $"{upper[i]} {upper[i + 1]} {lower[i]} {lower[i + 1]} gave {target[state + shift]} at {state + shift}");
            }
        }
    }

    [TestCaseSource(typeof(SimdTests), nameof(SimdTests.Available))]
    public void EveryLength(SimdLevel level)
    {
        GuardedMemory.Require();
        using GuardedMemory upper = new(300), lower = new(300), target = new(300);
        var random = new Random(5);
        for (int length = 0; length <= 257; length++)
        {
            Span<byte> u = upper.Last<byte>(length), l = lower.Last<byte>(length), t = target.Last<byte>((length + 1) / 2);
            for (int i = 0; i < length; i++)
                (u[i], l[i]) = ((byte)random.Next(4), (byte)random.Next(4));
            ModeReduction.Row(u, l, t, level);
            for (int i = 0; i < t.Length; i++)
            {
                byte[] cells = 2 * i + 1 < length ? [u[2 * i], u[2 * i + 1], l[2 * i], l[2 * i + 1]] : [u[2 * i], l[2 * i]];
                Assert.That(t[i], Is.EqualTo(Plain(cells)), $"cell {i} of {length}");
            }
        }
    }

    [Test]
    public void RowsOfOtherLengthsAreRefused()
    {
        Assert.That(
            () => ModeReduction.Row(new byte[4], new byte[5], new byte[2]), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => ModeReduction.Row(new byte[5], new byte[5], new byte[2]), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static byte Plain(byte[] cells) =>
        cells.Where(c => c != 0).GroupBy(c => c).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Select(g => g.Key)
            .FirstOrDefault();
}
