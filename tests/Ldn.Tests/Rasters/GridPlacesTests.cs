using Ldn.Rasters;

namespace Ldn.Tests.Rasters;

/// <summary>Cells of points, in grids whose longitudes go from −180° or from 0°, and in a projected one.</summary>
internal sealed class GridPlacesTests
{
    private static readonly Projection s_map = new(
        "map", 6378137, 6356752.3, (lon, lat) => lat > 80 ? (double.NaN, double.NaN) : (1000 * lon, 1000 * lat),
        (x, y) => (x / 1000, y / 1000));

    [TestCase(-180, 100.5, 280, 70)]
    [TestCase(0, 100.5, 100, 70)]
    [TestCase(0, -79.5, 280, 70)]
    [TestCase(-180, 280.5, 100, 70)]
    public void LongitudesAreTheSameAfterAWholeTurn(double west, double longitude, int column, int row)
    {
        using var places = new GridPlaces(new Grid(360, 180, west, 90, 1, -1, FakeGeodata.Wgs84), new FakeGeodata());
        Assert.That(places.CellAt(longitude, 19.5), Is.EqualTo((column, row)));
        (double east, double north) = places.Centre(column, row);
        Assert.That((Math.IEEERemainder(east - longitude, 360), north), Is.EqualTo((0, 19.5)));
    }

    [TestCase(10.5, 20.5, 0, 9)]
    [TestCase(19.999, 29.999, 9, 0)]
    [TestCase(9.9, 25, null, null)]
    [TestCase(370.5, 25, null, null)]
    [TestCase(15, 30.1, null, null)]
    [TestCase(15, 85, null, null)]
    [TestCase(double.NaN, 25, null, null)]
    public void APointBeyondTheGridIsInNoCell(double longitude, double latitude, int? column, int? row)
    {
        using var places = new GridPlaces(new Grid(10, 10, 10_000, 30_000, 1000, -1000, s_map.Crs), new FakeGeodata(s_map));
        Assert.That(places.CellAt(longitude, latitude), Is.EqualTo(column is { } c && row is { } r ? (c, r) : ((int, int)?)null));
    }
}
