namespace Ldn.Rasters;

/// <summary>
/// The areal scale of a projection: m² of the ellipsoid per square unit of the CRS, |∂r/∂x × ∂r/∂y| of the geocentric position r
/// (method §9). That equals |∂(λ, Q(φ))/∂(x, y)| and has neither poles nor a date line to stumble over. Not thread-safe.
/// </summary>
/// <remarks>
/// Sixth-order central differences over ±3 steps of 2 km. Measured with PROJ 9.1 on 2000 random points each of UTM, Albers, LAEA,
/// Lambert conformal, Mollweide, Eckert IV, sinusoidal, Mercator, polar stereographic, polyconic and Goode: noise of the inverse
/// makes at most 1e-10 of the scale at 1 km, 5e-11 at 5 km; truncation is below 1e-12 up to 20 km wherever the map is smooth. Two
/// kilometres keep both far below 1e-7 and leave the map's edges and seams to the shorter steps of the second attempt.
/// </remarks>
internal sealed class ArealScale : IDisposable
{
    private const int Batch = 64;
    private const int Arms = 12;
    private const double Step = 2000;
    private const double Agreement = 1e-8;
    private static readonly double[] ShorterSteps = [1, 1 / 8.0, 1 / 64.0];

    private readonly Ellipsoid _ellipsoid;
    private readonly ICoordinateTransform _toGeographic;
    private readonly ICoordinateTransform _toProjected;
    private readonly double _step;
    private readonly double _tolerance;
    private readonly double[] _lon = new double[Batch * Arms];
    private readonly double[] _lat = new double[Batch * Arms];
    private readonly bool[] _onMap = new bool[Batch];
    private readonly Cartesian[] _arms = new Cartesian[Arms];

    public ArealScale(Grid grid, IGeodata geodata)
    {
        Crs geographic = geodata.GeographicOf(grid.Crs);
        _ellipsoid = new Ellipsoid(grid.Crs.SemiMajorAxis, grid.Crs.SemiMinorAxis);
        _toGeographic = geodata.CreateTransform(grid.Crs, geographic);
        _toProjected = geodata.CreateTransform(geographic, grid.Crs);
        double cell = Math.Min(grid.CellWidth, Math.Abs(grid.CellHeight));
        double reach = Math.Max(
            Math.Max(Math.Abs(grid.OriginX), Math.Abs(grid.OriginX + (grid.Width * grid.CellWidth))),
            Math.Max(Math.Abs(grid.OriginY), Math.Abs(grid.OriginY + (grid.Height * grid.CellHeight))));
        _tolerance = (1e-3 * cell) + (1e-9 * reach);
        MetresPerUnit = Calibrate(grid);
        _step = Step / MetresPerUnit;
    }

    /// <summary>Ground metres to one unit of the CRS, roughly: the median over the grid.</summary>
    public double MetresPerUnit { get; }

    public void Dispose()
    {
        _toGeographic.Dispose();
        _toProjected.Dispose();
    }

    /// <summary>
    /// Whether points lie on the map: they have a geographic position which the projection brings back to where it came from.
    /// Beyond its edge many an inverse wraps the longitude instead of failing. Where meridians run straight along y the map
    /// repeats sideways (Mercator past 180°) and such points do count.
    /// </summary>
    public void OnMap(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<bool> onMap)
    {
        for (int start = 0; start < x.Length; start += _lon.Length)
        {
            int n = Math.Min(_lon.Length, x.Length - start);
            Span<double> u = _lon.AsSpan(0, n), v = _lat.AsSpan(0, n);
            ReadOnlySpan<double> px = x.Slice(start, n), py = y.Slice(start, n);
            px.CopyTo(u);
            py.CopyTo(v);
            _toGeographic.Transform(u, v);
            _toProjected.Transform(u, v);
            for (int i = 0; i < n; i++)
            {
                bool sameY = Math.Abs(v[i] - py[i]) <= _tolerance;
                bool sameX = Math.Abs(u[i] - px[i]) <= _tolerance;
                onMap[start + i] = sameY && (sameX || (double.IsFinite(u[i]) && Repeats(px[i], py[i])));
            }
        }
    }

    /// <summary>The scale at each point, NaN where the point is not on the map.</summary>
    public void Sample(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> scale)
    {
        for (int start = 0; start < x.Length; start += Batch)
        {
            int n = Math.Min(Batch, x.Length - start);
            SampleBatch(x.Slice(start, n), y.Slice(start, n), scale.Slice(start, n));
        }
    }

    private void SampleBatch(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> scale)
    {
        int n = x.Length;
        OnMap(x, y, _onMap.AsSpan(0, n));
        Span<double> lon = _lon.AsSpan(0, n * Arms), lat = _lat.AsSpan(0, n * Arms);
        for (int i = 0, k = 0; i < n; i++)
            for (int arm = 0; arm < Arms; arm++, k++)
            {
                // Arms 0–2 to the right, 3–5 to the left, 6–8 up, 9–11 down.
                double offset = (arm % 3 + 1) * (arm % 6 < 3 ? _step : -_step);
                lon[k] = arm < 6 ? x[i] + offset : x[i];
                lat[k] = arm < 6 ? y[i] : y[i] + offset;
            }
        _toGeographic.Transform(lon, lat);
        ulong retry = 0;
        for (int i = 0; i < n; i++)
        {
            scale[i] = double.NaN;
            if (!_onMap[i])
                continue;
            for (int arm = 0; arm < Arms; arm++)
                _arms[arm] = _ellipsoid.Position(lon[(i * Arms) + arm], lat[(i * Arms) + arm]);
            Derivative alongX = Central(_arms.AsSpan(0, 6), _step), alongY = Central(_arms.AsSpan(6, 6), _step);
            if (alongX.Error <= Agreement && alongY.Error <= Agreement)
                scale[i] = Cartesian.Cross(alongX.Value, alongY.Value).Length;
            else
                retry |= 1UL << i;
        }
        for (int i = 0; retry != 0; i++, retry >>= 1)
            if ((retry & 1) != 0)
                scale[i] = Cartesian.Cross(Best(x[i], y[i], 1, 0), Best(x[i], y[i], 0, 1)).Length;
    }

    /// <summary>
    /// The derivative by whichever stencil agrees best with the one of lower order: shorter and shorter central ones, then
    /// one-sided ones, for points near an edge, a seam or a kink of the map.
    /// </summary>
    private Cartesian Best(double x, double y, double dx, double dy)
    {
        Derivative best = new(new Cartesian(double.NaN, double.NaN, double.NaN), double.PositiveInfinity);
        foreach (double fraction in ShorterSteps)
        {
            double h = _step * fraction;
            Line(x, y, dx * h, dy * h, [1, 2, 3, -1, -2, -3]);
            Keep(Central(_arms.AsSpan(0, 6), h));
            if (best.Error <= Agreement)
                return best.Value;
            Line(x, y, dx * h, dy * h, [0, 1, 2, 3, 4]);
            Keep(OneSided(_arms.AsSpan(0, 5), h));
            Line(x, y, dx * h, dy * h, [0, -1, -2, -3, -4]);
            Keep(OneSided(_arms.AsSpan(0, 5), -h));
            if (best.Error <= Agreement)
                return best.Value;
        }
        return best.Value;

        void Keep(Derivative candidate)
        {
            if (candidate.Error < best.Error)
                best = candidate;
        }
    }

    private void Line(double x, double y, double dx, double dy, ReadOnlySpan<int> steps)
    {
        Span<double> lon = _lon.AsSpan(0, steps.Length), lat = _lat.AsSpan(0, steps.Length);
        for (int i = 0; i < steps.Length; i++)
            (lon[i], lat[i]) = (x + (steps[i] * dx), y + (steps[i] * dy));
        _toGeographic.Transform(lon, lat);
        for (int i = 0; i < steps.Length; i++)
            _arms[i] = _ellipsoid.Position(lon[i], lat[i]);
    }

    /// <summary>
    /// From positions at +1, +2, +3, −1, −2, −3 steps; the error is the distance from the fourth-order value, relative.
    /// </summary>
    private static Derivative Central(ReadOnlySpan<Cartesian> r, double h)
    {
        Cartesian d1 = r[0] - r[3], d2 = r[1] - r[4], d3 = r[2] - r[5];
        return Derivative.Of(1 / (60 * h) * ((45 * d1) - (9 * d2) + d3), 1 / (12 * h) * ((8 * d1) - d2));
    }

    /// <summary>
    /// From positions at 0, 1, 2, 3, 4 steps of signed length <paramref name="h"/>; the error is the distance from the
    /// third-order value.
    /// </summary>
    private static Derivative OneSided(ReadOnlySpan<Cartesian> r, double h) => Derivative.Of(
        1 / (12 * h) * ((-25 * r[0]) + (48 * r[1]) - (36 * r[2]) + (16 * r[3]) - (3 * r[4])),
        1 / (6 * h) * ((-11 * r[0]) + (18 * r[1]) - (9 * r[2]) + (2 * r[3])));

    private bool Repeats(double x, double y)
    {
        Span<double> lon = [x, x, x], lat = [y, y + _step, y - _step];
        _toGeographic.Transform(lon, lat);
        return Math.Abs(Math.IEEERemainder(lon[1] - lon[0], 360)) < 1e-9
            && Math.Abs(Math.IEEERemainder(lon[2] - lon[0], 360)) < 1e-9;
    }

    private double Calibrate(Grid grid)
    {
        const int Side = 9;
        var lengths = new List<double>(Side * Side);
        for (int i = 0; i < Side * Side; i++)
        {
            double x = grid.OriginX + (((i % Side) + 0.5) / Side * grid.Width * grid.CellWidth);
            double y = grid.OriginY + (((i / Side) + 0.5) / Side * grid.Height * grid.CellHeight);
            Span<double> lon = [x, x + grid.CellWidth, x], lat = [y, y, y + grid.CellHeight];
            _toGeographic.Transform(lon, lat);
            Cartesian origin = _ellipsoid.Position(lon[0], lat[0]);
            double area = Cartesian.Cross(
                _ellipsoid.Position(lon[1], lat[1]) - origin, _ellipsoid.Position(lon[2], lat[2]) - origin).Length;
            double length = Math.Sqrt(area / Math.Abs(grid.CellWidth * grid.CellHeight));
            if (length > 0 && double.IsFinite(length))
                lengths.Add(length);
        }
        lengths.Sort();
        return lengths.Count == 0 ? 1 : lengths[lengths.Count / 2];
    }

    private readonly record struct Derivative(Cartesian Value, double Error)
    {
        public static Derivative Of(Cartesian value, Cartesian coarser)
        {
            double error = (value - coarser).Length / value.Length;
            return new Derivative(value, double.IsNaN(error) ? double.PositiveInfinity : error);
        }
    }
}
