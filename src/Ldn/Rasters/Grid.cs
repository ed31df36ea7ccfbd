namespace Ldn.Rasters;

/// <summary>
/// A coordinate reference system as the pure library sees it. <paramref name="Wkt"/> is its full definition, understood by
/// <see cref="IGeodata"/>; the ellipsoid (or sphere) is its own, in metres. Two systems are the same when
/// <see cref="IGeodata.SameCrs"/> says so.
/// </summary>
/// <param name="Wkt">Its full definition.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="IsGeographic">Whether coordinates are longitude and latitude in degrees.</param>
/// <param name="SemiMajorAxis">Of its ellipsoid, in metres.</param>
/// <param name="SemiMinorAxis">Of its ellipsoid, in metres.</param>
public sealed record Crs(string Wkt, string Name, bool IsGeographic, double SemiMajorAxis, double SemiMinorAxis);

/// <summary>
/// A north-up or south-up raster grid. <paramref name="OriginX"/>/<paramref name="OriginY"/> is the outer corner of cell (0, 0);
/// <paramref name="CellWidth"/> &gt; 0; <paramref name="CellHeight"/> &lt; 0 on the usual north-up grid, &gt; 0 on a south-up
/// one. Units are those of the CRS (degrees or metres).
/// </summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="OriginX">X of the outer corner of cell (0, 0), in units of the CRS.</param>
/// <param name="OriginY">Y of it.</param>
/// <param name="CellWidth">In units of the CRS, above 0.</param>
/// <param name="CellHeight">In units of the CRS, below 0 where north is up.</param>
/// <param name="Crs">The system of its coordinates.</param>
public sealed record Grid(int Width, int Height, double OriginX, double OriginY, double CellWidth, double CellHeight, Crs Crs)
{
    /// <summary>X of the centre of a column.</summary>
    public double CentreX(int column) => OriginX + ((column + 0.5) * CellWidth);

    /// <summary>Y of the centre of a row.</summary>
    public double CentreY(int row) => OriginY + ((row + 0.5) * CellHeight);

    /// <summary>The whole grid as a window.</summary>
    public Window Extent => new(0, 0, Width, Height);

    /// <summary>The grid of a part of this one: same cells, moved origin.</summary>
    public Grid Crop(Window window) => this with
    {
        Width = window.Width,
        Height = window.Height,
        OriginX = OriginX + (window.Column * CellWidth),
        OriginY = OriginY + (window.Row * CellHeight),
    };
}

/// <summary>A rectangle of cells.</summary>
/// <param name="Column">First column, from 0.</param>
/// <param name="Row">First row, from 0.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public readonly record struct Window(int Column, int Row, int Width, int Height)
{
    /// <summary>The column behind the last one.</summary>
    public int EndColumn => Column + Width;

    /// <summary>The row behind the last one.</summary>
    public int EndRow => Row + Height;

    /// <summary>Whether it holds no cell.</summary>
    public bool IsEmpty => Width <= 0 || Height <= 0;

    /// <summary>The cells of both; empty where there are none.</summary>
    public Window Intersect(Window other)
    {
        int column = Math.Max(Column, other.Column), row = Math.Max(Row, other.Row);
        return new Window(column, row, Math.Min(EndColumn, other.EndColumn) - column, Math.Min(EndRow, other.EndRow) - row);
    }
}
