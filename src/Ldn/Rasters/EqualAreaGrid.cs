namespace Ldn.Rasters;

/// <summary>
/// Square cells of one size on the cylindrical equal-area projection of WGS 84 with standard parallels ±30° (the grid of EPSG:6933), counted from
/// 180° W and 90° N row by row; the last of a row and of a column may be cut.
/// </summary>
public sealed class EqualAreaGrid
{
    private const double SemiMajor = 6378137, SemiMinor = 6356752.3142;
    private const double E2 = 1 - (SemiMinor * SemiMinor / (SemiMajor * SemiMajor));
    private readonly double _e = Math.Sqrt(E2);
    private readonly double _k0;
    private readonly double _halfWidth;
    private readonly double _halfHeight;
    private readonly double _size;

    /// <param name="cellKm">Side of a cell in km.</param>
    public EqualAreaGrid(double cellKm)
    {
        CellKm = cellKm;
        _size = cellKm * 1000;
        _k0 = Math.Cos(Math.PI / 6) / Math.Sqrt(1 - (E2 * 0.25));
        _halfWidth = SemiMajor * _k0 * Math.PI;
        _halfHeight = Northing(90);
        Columns = (int)Math.Ceiling(2 * _halfWidth / _size);
        Rows = (int)Math.Ceiling(2 * _halfHeight / _size);
    }

    public double CellKm { get; }

    public int Columns { get; }

    public int Rows { get; }

    /// <summary>Column of a longitude in degrees, taken modulo 360.</summary>
    public int Column(double longitude)
    {
        double turned = longitude - (360 * Math.Floor((longitude + 180) / 360));
        return Math.Clamp((int)Math.Floor(((SemiMajor * _k0 * turned * Math.PI / 180) + _halfWidth) / _size), 0, Columns - 1);
    }

    /// <summary>Row of a geodetic latitude in degrees.</summary>
    public int Row(double latitude) => Math.Clamp((int)Math.Floor((_halfHeight - Northing(latitude)) / _size), 0, Rows - 1);

    /// <summary>Number of a cell.</summary>
    public uint Code(int column, int row) => ((uint)row * (uint)Columns) + (uint)column;

    /// <summary>Longitude and latitude of a cell's centre, in degrees.</summary>
    public (double Longitude, double Latitude) Centre(uint code)
    {
        (uint row, uint column) = Math.DivRem(code, (uint)Columns);
        double x = ((column + 0.5) * _size) - _halfWidth, y = Math.Clamp(_halfHeight - ((row + 0.5) * _size), -_halfHeight, _halfHeight);
        double south = -90, north = 90;
        for (int step = 0; step < 60; step++)
        {
            double middle = (south + north) / 2;
            if (Northing(middle) < y)
                south = middle;
            else
                north = middle;
        }

        return (Math.Min(180, x / (SemiMajor * _k0) * 180 / Math.PI), (south + north) / 2);
    }

    /// <summary>Metres north of the equator on the projection.</summary>
    private double Northing(double latitude)
    {
        double s = Math.Sin(latitude * Math.PI / 180);
        double q = (1 - E2) * ((s / (1 - (E2 * s * s))) + (Math.Atanh(_e * s) / _e));
        return SemiMajor * q / (2 * _k0);
    }
}
