using Ldn.Questions;
using Ldn.Subjects.Uncertainty;

namespace Ldn.Tests.Subjects.Uncertainty;

internal sealed class SoilErrorTests
{
    /// <summary>The formula against worlds that are drawn: a shared error, and one of each cell.</summary>
    [TestCase(0.05)]
    [TestCase(0.2)]
    [TestCase(0.6)]
    public void TheIntervalIsThatOfSimulations(double rho)
    {
        const int Worlds = 400, Cells = 2000;
        var random = new Random(3);
        double[] margins = [.. Enumerable.Range(0, Cells).Select(_ => -1 + (0.6 * Normal()))];
        double[] shares = new double[Worlds];
        for (int w = 0; w < Worlds; w++)
        {
            double z = Math.Sqrt(rho) * Normal();
            shares[w] = margins.Count(m => z + (Math.Sqrt(1 - rho) * Normal()) < m) / (double)Cells;
        }

        Array.Sort(shares);
        (double, double)[] byMargin = [.. margins.Select(m => (m, 1.0 / Cells))];
        double low = SoilErrorFigures.Share(byMargin, 0, rho, 1.96),
            high = SoilErrorFigures.Share(byMargin, 0, rho, -1.96);
        Assert.That(low, Is.EqualTo(shares[10]).Within(0.025));
        Assert.That(high, Is.EqualTo(shares[389]).Within(0.025));
        Assert.That(low, Is.LessThan(shares[Worlds / 2]).And.GreaterThan(0));

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    /// <summary>
    /// Errors of each cell alone leave a point, errors that are all one a step; certain land stays where it is.
    /// </summary>
    [Test]
    public void TheEndsOfRho()
    {
        (double, double)[] margins = [(-3, 0.2), (0, 0.2), (3, 0.2), (double.PositiveInfinity, 0.1)];
        double point = SoilErrorFigures.Share(margins, 0.1, 0, 1.96);
        Assert.That(point, Is.EqualTo(0.1 + 0.1 + (0.2 * (0.00134990 + 0.5 + 0.99865010))).Within(1e-7));
        Assert.That(SoilErrorFigures.Share(margins, 0.1, 0, -1.96), Is.EqualTo(point));
        Assert.That(SoilErrorFigures.Share(margins, 0.1, 1, 1.96), Is.EqualTo(0.4).Within(1e-12));
        Assert.That(SoilErrorFigures.Share(margins, 0.1, 1, -1.96), Is.EqualTo(0.6).Within(1e-12));
    }

    [Test]
    public void StepsOfTheMarginGoThereAndBack()
    {
        double half = SoilMarginPlane.Reach / (SoilMarginPlane.Bins - 2);
        for (double m = -5.999; m < 6; m += 0.0137)
            Assert.That(Back(SoilMarginPlane.Bin(m)), Is.EqualTo(m).Within(half + 1e-12));
        Assert.That(Back(SoilMarginPlane.Bin(-6)), Is.EqualTo(double.NegativeInfinity));
        Assert.That(Back(SoilMarginPlane.Bin(double.PositiveInfinity)), Is.EqualTo(double.PositiveInfinity));

        static double Back(int bin) => SoilMarginPlane.Read((ulong)bin).Margin;
    }
}
