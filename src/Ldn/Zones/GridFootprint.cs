using Ldn.Rasters;

namespace Ldn.Zones;

/// <summary>
/// Where a projected grid lies in longitude and latitude: polygons are cut to it before they are projected, so that what lies
/// beyond the domain of the projection, or across its seam on the far side of the earth, can neither fail nor smear over the
/// grid. Found from the transforms alone, by a lattice of points over the grid (a little beyond its edges), so it holds for any
/// projection; generous by a lattice step or more.
/// </summary>
internal sealed class GridFootprint
{
    private const int Lattice = 64;
    private const int Bins = 720;

    private GridFootprint(double south, double north, List<Strip> strips, bool hasSeam)
    {
        South = south;
        North = north;
        Strips = strips;
        HasSeam = hasSeam;
    }

    public double South { get; }

    public double North { get; }

    /// <summary>Strips of longitude, together at most a whole turn; none is crossed by the projection's seam.</summary>
    public IReadOnlyList<Strip> Strips { get; }

    /// <summary>Whether strips end at a seam, where points must keep to their own side of it.</summary>
    public bool HasSeam { get; }

    /// <summary>Finds the footprint of a projected grid.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="inverse">From the grid's CRS to longitude and latitude.</param>
    /// <param name="forward">From longitude and latitude to the grid's CRS.</param>
    public static GridFootprint Of(Grid grid, ICoordinateTransform inverse, ICoordinateTransform forward)
    {
        (double[] lon, double[] lat) = Sample(grid, inverse, forward);
        bool[] taken = new bool[Bins];
        double south = 90, north = -90, southStep = 0, northStep = 0, lonStep = 0;
        foreach (double value in lat)
            if (!double.IsNaN(value))
                (south, north) = (Math.Min(south, value), Math.Max(north, value));
        for (int i = 0; i < lon.Length; i++)
        {
            if (double.IsNaN(lon[i]))
                continue;
            foreach (int j in (ReadOnlySpan<int>)[(i % (Lattice + 1)) < Lattice ? i + 1 : -1, i + Lattice + 1])
            {
                if (j < 0 || j >= lon.Length || double.IsNaN(lon[j]))
                    continue;
                double latStep = Math.Abs(lat[j] - lat[i]);

                // Steps at the edge only: on a Mercator grid those of the equator would reach the pole, which has no place on it.
                southStep = Math.Min(lat[i], lat[j]) <= south ? Math.Max(southStep, latStep) : southStep;
                northStep = Math.Max(lat[i], lat[j]) >= north ? Math.Max(northStep, latStep) : northStep;
                lonStep = Math.Max(lonStep, Math.Abs(Math.IEEERemainder(lon[j] - lon[i], 360)));
                Take(taken, lon[i], Math.IEEERemainder(lon[j] - lon[i], 360));
            }
        }

        if (south > north)
            return new GridFootprint(-90, 90, [new Strip(-180, 180)], false);
        south = Math.Max(-90, south - southStep);
        north = Math.Min(90, north + northStep);
        double seam = FindSeam(forward, (south + north) / 2);
        bool southPole = Holds(grid, forward, -90), northPole = Holds(grid, forward, 90);
        Strip strip = southPole || northPole ? new Strip(-180, 180) : Widest(taken, lonStep);
        return new GridFootprint(southPole ? -90 : south, northPole ? 90 : north, Split(strip, seam), !double.IsNaN(seam));
    }

    /// <summary>
    /// Longitudes and latitudes of the lattice; NaN where there is nothing, or a point that does not lead back to where it came
    /// from.
    /// </summary>
    private static (double[] Lon, double[] Lat) Sample(Grid grid, ICoordinateTransform inverse, ICoordinateTransform forward)
    {
        int count = (Lattice + 1) * (Lattice + 1);
        double stepX = grid.Width * grid.CellWidth / (Lattice - 2), stepY = grid.Height * grid.CellHeight / (Lattice - 2);
        double[] x = new double[count], y = new double[count];
        for (int i = 0; i < count; i++)
        {
            x[i] = grid.OriginX + (((i % (Lattice + 1)) - 1) * stepX);
            y[i] = grid.OriginY + (((i / (Lattice + 1)) - 1) * stepY);
        }

        double[] lon = [.. x], lat = [.. y];
        inverse.Transform(lon, lat);
        double[] backX = [.. lon], backY = [.. lat];
        forward.Transform(backX, backY);
        for (int i = 0; i < count; i++)
            if (
                !(
                    Math.Abs(backX[i] - x[i]) <= stepX / 100 && Math.Abs(backY[i] - y[i]) <= Math.Abs(stepY) / 100
                        && Math.Abs(lat[i]) <= 90))
                lon[i] = lat[i] = double.NaN;
        return (lon, lat);
    }

    private static bool Holds(Grid grid, ICoordinateTransform forward, double pole)
    {
        double[] x = [0], y = [pole];
        forward.Transform(x, y);
        double column = (x[0] - grid.OriginX) / grid.CellWidth, row = (y[0] - grid.OriginY) / grid.CellHeight;
        double slackX = 1 + (grid.Width / (double)Lattice), slackY = 1 + (grid.Height / (double)Lattice);
        return column >= -slackX && column <= grid.Width + slackX && row >= -slackY && row <= grid.Height + slackY;
    }

    private static void Take(bool[] taken, double lon, double step)
    {
        double from = Math.Min(lon, lon + step), to = Math.Max(lon, lon + step);
        for (double bin = Math.Floor(from * Bins / 360); bin <= Math.Floor(to * Bins / 360); bin++)
            taken[(int)(((bin % Bins) + Bins) % Bins)] = true;
    }

    /// <summary>What is left of the circle without its widest gap, with a margin of a lattice step.</summary>
    private static Strip Widest(bool[] taken, double margin)
    {
        int bestStart = 0, best = 0, run = 0;
        for (int i = 0; i < 2 * Bins; i++)
        {
            run = taken[i % Bins] ? 0 : run + 1;
            if (run > best && run <= Bins)
                (best, bestStart) = (run, i - run + 1);
        }

        const double BinWidth = 360.0 / Bins;
        double gapStart = (bestStart * BinWidth) + margin, gapEnd = ((bestStart + best) * BinWidth) - margin;
        if (gapEnd - gapStart < BinWidth)
            return new Strip(-180, 180);
        double west = gapEnd - (360 * Math.Floor((gapEnd + 180) / 360));
        return new Strip(west, west + 360 - (gapEnd - gapStart));
    }

    private static List<Strip> Split(Strip strip, double seam)
    {
        if (double.IsNaN(seam))
            return [strip];
        double inside = seam + (360 * Math.Ceiling((strip.West - seam) / 360));
        if (inside >= strip.East)
            return [strip];
        return strip.East - strip.West >= 360 ? [new Strip(inside, inside + 360)]
            : inside == strip.West ? [strip]
            : [new Strip(strip.West, inside), new Strip(inside, strip.East)];
    }

    /// <summary>
    /// The meridian on which the projection is torn open, or NaN where it is not (polar azimuthal): the place along a parallel
    /// where neighbouring points stay apart however near they are.
    /// </summary>
    private static double FindSeam(ICoordinateTransform forward, double parallel)
    {
        double[] x = new double[361], y = new double[361];
        for (int i = 0; i <= 360; i++)
            (x[i], y[i]) = (Normal(i - 179.5), parallel);
        forward.Transform(x, y);
        int widest = -1;
        double jump = 0;
        for (int i = 0; i < 360; i++)
            if (Distance(x[i], y[i], x[i + 1], y[i + 1]) is var distance && distance > jump)
                (widest, jump) = (i, distance);
        if (widest < 0)
            return double.NaN;
        double low = widest - 179.5, high = low + 1;
        (double X, double Y) atLow = (x[widest], y[widest]), atHigh = (x[widest + 1], y[widest + 1]);
        double[] midX = new double[1], midY = new double[1];
        for (int step = 0; step < 48; step++)
        {
            double middle = (low + high) / 2;
            (midX[0], midY[0]) = (Normal(middle), parallel);
            forward.Transform(midX, midY);
            bool left = Distance(atLow.X, atLow.Y, midX[0], midY[0]) > Distance(midX[0], midY[0], atHigh.X, atHigh.Y);
            if (left)
                (high, atHigh) = (middle, (midX[0], midY[0]));
            else
                (low, atLow) = (middle, (midX[0], midY[0]));
        }

        if (!(Distance(atLow.X, atLow.Y, atHigh.X, atHigh.Y) > jump / 2))
            return double.NaN;

        // Central meridians are round numbers; the search ends within rounding of them.
        return Math.Round((low + high) / 2, 10);
    }

    /// <summary>
    /// The longitude in (−180, 180]: one meridian, one number, so that both sides of a cut that is no seam project to the same
    /// points.
    /// </summary>
    internal static double Normal(double lon) => lon - (360 * Math.Ceiling((lon - 180) / 360));

    private static double Distance(double x0, double y0, double x1, double y1) =>
        Math.Sqrt(((x1 - x0) * (x1 - x0)) + ((y1 - y0) * (y1 - y0)));
}

/// <summary>A strip of longitudes, in degrees, West ≤ East ≤ West + 360.</summary>
internal readonly record struct Strip(double West, double East);
