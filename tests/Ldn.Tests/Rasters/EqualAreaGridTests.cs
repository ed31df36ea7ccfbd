using Ldn.Rasters;

namespace Ldn.Tests.Rasters;

/// <summary>Hotspot cells: nearly one area, and compact wherever they lie.</summary>
internal sealed class EqualAreaGridTests
{
    /// <summary>
    /// A meridian of the authalic sphere (R = 6371.007 km) is 20,015 km from pole to pole: 200 rows of 100 km; the row at the
    /// equator goes round in 400 cells.
    /// </summary>
    [Test]
    public void RowsAndColumnsFollowFromTheSphereOfTheSameArea()
    {
        var grid = new EqualAreaGrid(100);
        Assert.That((grid.Rows, grid.Columns(99), grid.Columns(0)), Is.EqualTo((200, 400, 3)));
        Assert.That(
            Enumerable.Range(0, grid.Rows).Sum(r => grid.Columns(r) * grid.AreaKm2(grid.Code(r, 0))),
            Is.EqualTo(510_065_621.7).Within(1), "the whole Earth");
    }

    /// <summary>
    /// At 65° N as elsewhere: sides within 3 % of each other, areas within 1 % of 10,000 km² (on the cylindrical projection cells
    /// were 49 km by 204).
    /// </summary>
    [TestCase(0)]
    [TestCase(47)]
    [TestCase(65)]
    [TestCase(-72)]
    public void CellsAreCompactAtEveryLatitude(double latitude)
    {
        var grid = new EqualAreaGrid(100);
        int row = grid.Row(latitude);
        uint code = grid.Code(row, EqualAreaGrid.Turn(30));
        double height = 20_015.1 / grid.Rows, width = grid.AreaKm2(code) / height;
        Assert.That(width / height, Is.EqualTo(1).Within(0.03));
        Assert.That(grid.AreaKm2(code), Is.EqualTo(10_000).Within(300));
    }

    [Test]
    public void LongitudesAreTakenModulo360()
    {
        var grid = new EqualAreaGrid(100);
        Assert.That(
            new[] { 104.0, 104 - 360, 104 + 360 }.Select(l => grid.Code(40, EqualAreaGrid.Turn(l))).Distinct().Count(),
            Is.EqualTo(1));
        Assert.That(grid.Place(grid.Code(40, EqualAreaGrid.Turn(180))), Is.EqualTo((40, 0)));
    }

    [Test]
    public void TheCentreOfACellLiesInIt([Values(25.0, 100.0, 333.0)] double km)
    {
        var grid = new EqualAreaGrid(km);
        for (int row = 0; row < grid.Rows; row += 3)
        {
            for (int column = 0; column < grid.Columns(row); column += 7)
            {
                uint code = grid.Code(row, (column + 0.5) / grid.Columns(row));
                (double longitude, double latitude) = grid.Centre(code);
                Assert.That((grid.Row(latitude), grid.Code(row, EqualAreaGrid.Turn(longitude))), Is.EqualTo((row, code)));
                Assert.That(grid.Place(code), Is.EqualTo((row, column)));
            }
        }
    }
}
