using Ldn.Counting;
using Ldn.Tables;

namespace Ldn.Tests.Tables;

internal sealed class StepHistogramTests
{
    /// <summary>
    /// 1 on 1 mm², 2 on 2, 6 on 1: mean 11/4; variance (1·49/16 + 2·9/16 + 1·169/16)/4 = 236/64; half of the area is reached at
    /// 2.
    /// </summary>
    [Test]
    public void ByHand()
    {
        var h = new StepHistogram();
        h.Add(6, new Area(1));
        h.Add(1, new Area(1));
        h.Add(2, new Area(1));
        h.Add(2, new Area(1));
        (double mean, double deviation) = h.Moments();
        Assert.That(mean, Is.EqualTo(2.75));
        Assert.That(deviation, Is.EqualTo(Math.Sqrt(236 / 64.0)).Within(1e-15));
        Assert.That(new[] { 1, 25, 26, 50, 75, 76, 100 }.Select(h.Quantile), Is.EqualTo(new long[] { 1, 1, 2, 2, 2, 6, 6 }));
        Assert.That((h.Lowest, h.Highest, h.Area), Is.EqualTo((1L, 6L, new Area(4))));
    }

    /// <summary>Large values that differ little: a naive difference of squares would have no digit left.</summary>
    [Test]
    public void NothingCancels()
    {
        const long Large = 400_000_000_000;
        var h = new StepHistogram();
        var area = new Area(9_000_000_000_000_000_000);
        h.Add(Large, area);
        h.Add(Large + 2, area);
        Assert.That(h.Moments(), Is.EqualTo(((double)(Large + 1), 1.0)));
        var one = new StepHistogram();
        one.Add(-7, new Area(3));
        Assert.That(one.Moments(), Is.EqualTo((-7.0, 0.0)));
        Assert.That(one.Quantile(5), Is.EqualTo(-7));
    }
}
