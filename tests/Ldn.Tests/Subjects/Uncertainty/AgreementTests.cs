using Ldn.Counting;
using Ldn.Subjects.Uncertainty;

namespace Ldn.Tests.Subjects.Uncertainty;

internal sealed class AgreementTests
{
    /// <summary>
    /// The example of Fleiss (1971) as it is widely reprinted: 10 subjects, 14 raters, 5 categories, kappa 0.210.
    /// </summary>
    [Test]
    public void FleissFindsThePublishedKappa()
    {
        int[][] counts =
        [
            [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1], [7, 7, 0, 0, 0], [3, 2, 6, 3,
                0],
            [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
        ];
        var agreement = new Agreement(14, 5);
        foreach (int[] subject in counts)
            agreement.Add([.. subject.SelectMany((n, c) => Enumerable.Repeat(c, n))], new Area(3));
        Assert.That(agreement.Fleiss(), Is.EqualTo(0.210).Within(5e-4));
        Assert.That(agreement.Full, Is.EqualTo(new Area(3)));
    }

    /// <summary>
    /// Two raters, yes or no: 20, 5, 10, 15 have kappa 0.4; they differ by 10 % in quantity and 20 % in allocation.
    /// </summary>
    [Test]
    public void TwoRatersAgreeAsInTheTextbook()
    {
        var agreement = new Agreement(2, 2);
        foreach ((int a, int b, long area) in new[] { (0, 0, 20L), (0, 1, 5L), (1, 0, 10L), (1, 1, 15L) })
            agreement.Add([a, b], new Area(area));
        agreement.Add([-1, 0], new Area(1000));
        Assert.That(agreement.Kappa(0, 1), Is.EqualTo(0.4).Within(1e-12));
        Assert.That(agreement.Disagreement(0, 1)!.Value.Quantity, Is.EqualTo((Ratio)10m));
        Assert.That(agreement.Disagreement(0, 1)!.Value.Allocation, Is.EqualTo((Ratio)20m));
    }

    [Test]
    public void WhatIsUndefinedIsNothing()
    {
        var agreement = new Agreement(2, 3);
        Assert.That((agreement.Fleiss(), agreement.Kappa(0, 1), agreement.Disagreement(0, 1)), Is.EqualTo(((double?)null,
            (double?)null, ((Ratio, Ratio)?)null)));
        agreement.Add([1, 1], new Area(5));
        Assert.That((agreement.Fleiss(), agreement.Kappa(0, 1)), Is.EqualTo(((double?)null, (double?)null)), "one class alone");
        agreement.Add([2, 2], new Area(5));
        Assert.That((agreement.Fleiss(), agreement.Kappa(0, 1)), Is.EqualTo(((double?)1, (double?)1)));
    }
}
