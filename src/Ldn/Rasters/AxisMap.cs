namespace Ldn.Rasters;

/// <summary>
/// The law that ties two grids together, one axis at a time (method §9): a position belongs to the cell ⌊(x − x₀)/Δx⌋, longitudes
/// modulo 360°. Evaluated in double, position by position; nothing is accumulated or interpolated. A position on an edge belongs
/// to the cell that begins there, as in exact arithmetic: of grids half a cell apart every centre lies on an edge, and rounding
/// would send it now to one side, now to the other.
/// </summary>
internal static class AxisMap
{
    /// <summary>
    /// Nearer to an edge than this part of a cell a position lies on it: far above what rounding does to coordinates, far below
    /// what anybody means.
    /// </summary>
    private const double OnEdge = 1e-7;

    /// <summary>
    /// The cell of an axis that holds a position, or −1. A position inside the axis is never shifted, others by whole turns if
    /// the axis is of longitudes.
    /// </summary>
    public static int Holding(double position, double origin, double step, int count, bool periodic)
    {
        double cell = Cell(position - origin, step);
        if (cell >= 0 && cell < count)
            return (int)cell;
        if (!periodic)
            return -1;
        cell = Cell(Canonical(position, origin) - origin, step);
        return cell >= 0 && cell < count ? (int)cell : -1;
    }

    /// <summary>For every cell of one axis, the cell of another that holds its centre, or −1.</summary>
    public static int[] Holders(Axis axis, Axis other, bool periodic)
    {
        int[] map = new int[axis.Count];
        for (int i = 0; i < map.Length; i++)
            map[i] = Holding(axis.Centre(i), other.Origin, other.Step, other.Count, periodic);
        return map;
    }

    /// <summary>
    /// The same position <paramref name="turn"/> times round the Earth from the first at or after the origin; the cell there, or
    /// −1. An axis of more than 360° holds a position more than once: once a turn.
    /// </summary>
    public static int HoldingInTurn(double position, in Axis axis, bool periodic, int turn)
    {
        double at = periodic ? Canonical(position, axis.Origin) + (360 * turn) : position;
        double cell = Cell(at - axis.Origin, axis.Step);
        return cell >= 0 && cell < axis.Count ? (int)cell : -1;
    }

    /// <summary>How many turns an axis needs.</summary>
    public static int Turns(in Axis axis, bool periodic) =>
        periodic ? Math.Max(1, (int)Math.Ceiling(axis.Step * axis.Count / 360)) : 1;

    /// <summary>Whether the entries count up by one throughout, none of them −1: a constant shift.</summary>
    public static bool IsShift(ReadOnlySpan<int> map)
    {
        int first = map[0];
        if (first < 0)
            return false;
        for (int i = 1; i < map.Length; i++)
            if (map[i] != first + i)
                return false;
        return true;
    }

    /// <summary>Whether the centres of one axis lie on the edges of another of as large cells.</summary>
    public static bool IsHalfBeside(in Axis axis, in Axis run)
    {
        double beside = Math.Abs((run.Origin - axis.Origin) / axis.Step);
        return Math.Abs((run.Step / axis.Step) - 1) < OnEdge && Math.Abs(beside - Math.Floor(beside) - 0.5) < 1e-4;
    }

    private static double Cell(double distance, double step)
    {
        double cells = distance / step, edge = Math.Round(cells);
        return Math.Abs(cells - edge) < OnEdge ? edge : Math.Floor(cells);
    }

    private static double Canonical(double longitude, double origin)
    {
        double turns = Math.Floor((longitude - origin) / 360);
        double shifted = turns == 0 ? longitude : longitude - (360 * turns);
        // A hair west of the origin rounds to a full turn east of it.
        return shifted - origin >= 360 ? shifted - 360 : shifted;
    }
}

/// <summary>One axis of a grid: outer edge of cell 0, signed cell size, number of cells.</summary>
internal readonly record struct Axis(double Origin, double Step, int Count)
{
    public static Axis Columns(Grid grid) => new(grid.OriginX, grid.CellWidth, grid.Width);

    public static Axis Rows(Grid grid) => new(grid.OriginY, grid.CellHeight, grid.Height);

    public double Centre(int cell) => Origin + ((cell + 0.5) * Step);
}
