using Ldn.Subjects;

namespace Ldn.Tests.Subjects;

internal sealed class AridityClassTests
{
    /// <summary>Both sides of every bound, the bound itself in both precisions.</summary>
    [TestCase(0, AridityClass.HyperArid)]
    [TestCase(0.04999, AridityClass.HyperArid)]
    [TestCase(0.05, AridityClass.Arid)]
    [TestCase(0.05f, AridityClass.Arid)]
    [TestCase(0.19999, AridityClass.Arid)]
    [TestCase(0.20, AridityClass.SemiArid)]
    [TestCase(0.20f, AridityClass.SemiArid)]
    [TestCase(0.49999, AridityClass.SemiArid)]
    [TestCase(0.50, AridityClass.DrySubHumid)]
    [TestCase(0.64999, AridityClass.DrySubHumid)]
    [TestCase(0.65, AridityClass.Humid)]
    [TestCase(0.65f, AridityClass.Humid)]
    [TestCase(40, AridityClass.Humid)]
    [TestCase(double.PositiveInfinity, AridityClass.Humid)]
    [TestCase(-0.001, AridityClass.NoData)]
    [TestCase(double.NaN, AridityClass.NoData)]
    public void LowerBoundsBelongToTheMoisterClass(double index, AridityClass expected) =>
        Assert.That(AridityClasses.Of(index), Is.EqualTo(expected));

    [TestCase(500, AridityClass.Arid)]
    [TestCase(2000, AridityClass.SemiArid)]
    [TestCase(5000, AridityClass.DrySubHumid)]
    [TestCase(6500, AridityClass.Humid)]
    [TestCase(6499, AridityClass.DrySubHumid)]
    public void ScaledIntegersFallAsTheirDecimalsDo(int stored, AridityClass expected) =>
        Assert.That(AridityClasses.Of(stored * 0.0001), Is.EqualTo(expected));

    [Test]
    public void DrylandsAreTheThreeOfTheConvention() => Assert.That(
        Enum.GetValues<AridityClass>().Where(c => c.IsDryland()),
        Is.EqualTo(new[] { AridityClass.Arid, AridityClass.SemiArid, AridityClass.DrySubHumid }));
}
