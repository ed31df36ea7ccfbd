using Ldn.Rasters;

namespace Ldn.Tests.Rasters;

/// <summary>Against the figures that PROJ gives for EPSG:6933.</summary>
public class EqualAreaGridTests
{
    /// <summary>The projection's own bounds are ±17367530.45 m and ±7342230.14 m: 348 columns and 147 rows of 100 km.</summary>
    [Test]
    public void TheWorldHasTheProjectionsBounds()
    {
        var grid = new EqualAreaGrid(100);
        Assert.That((grid.Columns, grid.Rows), Is.EqualTo((348, 147)));
    }

    /// <summary>EPSG:6933 of 104° E, 47° N is 10034573.146, 5358567.044: 274.02 and 19.84 cells of 100 km from the north-west corner.</summary>
    [Test]
    public void ACellIsThatOfTheProjection()
    {
        var grid = new EqualAreaGrid(100);
        Assert.That((grid.Column(104), grid.Row(47)), Is.EqualTo((274, 19)));
        Assert.That((grid.Column(104 - 360), grid.Column(180), grid.Column(-180)), Is.EqualTo((274, 0, 0)), "longitudes are taken modulo 360");
    }

    [Test]
    public void TheCentreOfACellLiesInIt([Values(25.0, 100.0, 333.0)] double km)
    {
        var grid = new EqualAreaGrid(km);
        for (int row = 1; row < grid.Rows - 1; row += 5)
        {
            for (int column = 0; column < grid.Columns - 1; column += 7)
            {
                (double longitude, double latitude) = grid.Centre(grid.Code(column, row));
                Assert.That((grid.Column(longitude), grid.Row(latitude)), Is.EqualTo((column, row)));
            }
        }
    }
}
