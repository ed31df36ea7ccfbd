using Ldn.Subjects;

namespace Ldn.Tests.Subjects;

/// <summary>Units that monthly rasters say they are in, as climate products write them.</summary>
internal sealed class MonthlyUnitTests
{
    private static string? Doubt(string unit, bool temperature, double? scale = null, double? offset = null) => MonthlyUnit.Doubt(
        new MonthlyFiles(["/data/x.nc"], null, scale, offset), "precipitation", temperature, [("description", "x"), ("unit", unit)]);

    [TestCase("mm")]
    [TestCase("mm month-1")]
    [TestCase("mm/month")]
    [TestCase("kg m-2")]
    [TestCase("")]
    [TestCase("furlongs")]
    public void MillimetresAreTaken(string unit) => Assert.That(Doubt(unit, false), Is.Null);

    [TestCase("mm/day", "by its days")]
    [TestCase("mm d-1", "by its days")]
    [TestCase("mm day**-1", "by its days")]
    [TestCase("m/day", "by its days")]
    [TestCase("kg m-2 s-1", "by its seconds")]
    [TestCase("kg/m^2/s", "by its seconds")]
    [TestCase("mm/hr", "by its hours")]
    [TestCase("m", "scale 1000")]
    [TestCase("m of water equivalent", "scale 1000")]
    [TestCase("cm", "scale 10 ")]
    [TestCase("inches", "scale 25.4")]
    public void OthersAreToldWithTheirCure(string unit, string cure)
    {
        Assert.That(Doubt(unit, false), Does.Contain("LDN915").And.Contain(cure).And.Contain("x.nc").And.Contain(unit));
        Assert.That(Doubt(unit, false, scale: 2), Is.Null, "who gives a scale knows");
    }

    [TestCase("K", "offset -273.15")]
    [TestCase("degrees_F", "offset -17.777778")]
    public void TemperaturesAreCelsius(string unit, string cure)
    {
        Assert.That(Doubt(unit, true), Does.Contain("LDN920").And.Contain(cure));
        Assert.That(Doubt("degC", true), Is.Null);
        Assert.That(Doubt(unit, true, offset: -273.15), Is.Null);
    }
}
