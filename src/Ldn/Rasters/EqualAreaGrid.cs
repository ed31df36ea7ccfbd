namespace Ldn.Rasters;

/// <summary>
/// Compact cells of nearly one area on WGS 84 (an integerised sinusoidal grid): rows of equal steps in authalic latitude, counted
/// from 90° N, each with as many columns, counted from 180° W, as make its cells nearest to square, at every latitude.
/// </summary>
internal sealed class EqualAreaGrid
{
    private const double SemiMajor = 6378137, SemiMinor = 6356752.3142;
    private const double E2 = 1 - (SemiMinor * SemiMinor / (SemiMajor * SemiMajor));
    private static readonly double s_e = Math.Sqrt(E2), s_pole = Q(90);

    /// <summary>Radius of the sphere of the same area, in m.</summary>
    private static readonly double s_radius = SemiMajor * Math.Sqrt(s_pole / 2);

    /// <summary>Number of the first cell of each row, and behind the last row the number of all.</summary>
    private readonly uint[] _first;

    /// <param name="cellKm">Side of a cell in km; rows are cut so that a whole number of them reaches from pole to pole.</param>
    public EqualAreaGrid(double cellKm)
    {
        Rows = Math.Max(1, (int)Math.Round(Math.PI * s_radius / (cellKm * 1000)));
        _first = new uint[Rows + 1];
        for (int row = 0; row < Rows; row++)
            _first[row + 1] = _first[row] + (uint)Math.Max(
                1, (int)Math.Round(2 * Rows * Math.Cos((Math.PI / 2) - ((row + 0.5) * Math.PI / Rows))));
    }

    public int Rows { get; }

    /// <summary>Cells of a row.</summary>
    public int Columns(int row) => (int)(_first[row + 1] - _first[row]);

    /// <summary>Row of a geodetic latitude in degrees.</summary>
    public int Row(double latitude) =>
        Math.Clamp((int)Math.Floor(((Math.PI / 2) - Authalic(latitude)) / Math.PI * Rows), 0, Rows - 1);

    /// <summary>Share of the way round from 180° W to a longitude in degrees, taken modulo 360: 0 or more, below 1.</summary>
    public static double Turn(double longitude)
    {
        double turn = (longitude + 180) / 360;
        return turn - Math.Floor(turn);
    }

    /// <summary>Number of the cell in a row at a share of the way round (<see cref="Turn"/>).</summary>
    public uint Code(int row, double turn) => _first[row] + (uint)Math.Min(Columns(row) - 1, (int)(turn * Columns(row)));

    /// <summary>Row and column of a cell.</summary>
    public (int Row, int Column) Place(uint code)
    {
        int row = Array.BinarySearch(_first, code);
        row = row < 0 ? ~row - 1 : row;
        return (row, (int)(code - _first[row]));
    }

    /// <summary>True area of a cell in km².</summary>
    public double AreaKm2(uint code)
    {
        int row = Place(code).Row;
        double north = Math.Sin((Math.PI / 2) - (row * Math.PI / Rows)),
        south = Math.Sin((Math.PI / 2) - ((row + 1) * Math.PI / Rows));
        return 2 * Math.PI * s_radius * s_radius * (north - south) / Columns(row) / 1e6;
    }

    /// <summary>Longitude and latitude of a cell's centre, in degrees.</summary>
    public (double Longitude, double Latitude) Centre(uint code)
    {
        (int row, int column) = Place(code);
        double wanted = (Math.PI / 2) - ((row + 0.5) * Math.PI / Rows), south = -90, north = 90;
        for (int step = 0; step < 60; step++)
        {
            double middle = (south + north) / 2;
            if (Authalic(middle) < wanted)
                south = middle;
            else
                north = middle;
        }

        return (((column + 0.5) / Columns(row) * 360) - 180, (south + north) / 2);
    }

    /// <summary>Authalic latitude in radians of a geodetic one in degrees.</summary>
    private static double Authalic(double latitude) => Math.Asin(Math.Clamp(Q(latitude) / s_pole, -1, 1));

    private static double Q(double latitude)
    {
        double s = Math.Sin(latitude * Math.PI / 180);
        return (1 - E2) * ((s / (1 - (E2 * s * s))) + (Math.Atanh(s_e * s) / s_e));
    }
}
