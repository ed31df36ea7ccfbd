namespace Ldn.Accuracy;

/// <summary>A place that was looked at.</summary>
/// <param name="Stratum">Index of its stratum, from 0.</param>
/// <param name="Map">Its class on the map, any whole number.</param>
/// <param name="Reference">The class that was seen there.</param>
public readonly record struct SeenPoint(int Stratum, int Map, int Reference);

/// <summary>
/// An estimate as a share (0…1): standard error, the interval of Wald and the one to report, both of 95 %. Null where points do
/// not tell: no point in the denominator, or a stratum with a single point, which has no variance.
/// </summary>
/// <param name="Value">The estimate: a share from 0 to 1, or km² of an area; null where the sample has nothing to say.</param>
/// <param name="StandardError">In the unit of the value.</param>
/// <param name="WaldLow">Lower end of the 95 % interval from the standard error alone; may lie below 0.</param>
/// <param name="WaldHigh">Its upper end.</param>
/// <param name="Low">Lower end of the 95 % interval that is reported, within what is possible.</param>
/// <param name="High">Its upper end.</param>
public readonly record struct Estimate(
    double? Value, double? StandardError, double? WaldLow, double? WaldHigh, double? Low, double? High);

/// <summary>
/// What a stratified random sample says of a map (Stehman 2014, for strata that need not be the map's classes; Olofsson et al.
/// 2014, equations 9 to 11, are the case where they are): areas by what was seen, and the map's accuracy. firmness U4.
/// </summary>
public sealed class StratifiedEstimator
{
    /// <summary>The 97.5 % point of the normal distribution.</summary>
    public const double Z = 1.959963984540054;

    private readonly double[] _weights;
    private readonly SeenPoint[][] _points;

    /// <param name="weights">Area of each stratum, in any unit; only their shares matter.</param>
    /// <param name="points">Points; every stratum with a weight above 0 has at least one.</param>
    public StratifiedEstimator(IReadOnlyList<double> weights, IEnumerable<SeenPoint> points)
    {
        double all = weights.Sum();
        _weights = [.. weights.Select(w => w / all)];
        ILookup<int, SeenPoint> byStratum = points.ToLookup(p => p.Stratum);
        _points = [.. Enumerable.Range(0, weights.Count).Select(h => byStratum[h].ToArray())];
    }

    /// <summary>Share of the area on which the map is right.</summary>
    public Estimate Overall() => Share(p => p.Map == p.Reference);

    /// <summary>Share of the area that is of a class by what was seen.</summary>
    public Estimate Area(int reference) => Share(p => p.Reference == reference);

    /// <summary>Of what the map gives a class, the share that is of it.</summary>
    public Estimate Users(int of) => Ratio(p => p.Map == of && p.Reference == of, p => p.Map == of);

    /// <summary>Of what is of a class, the share that the map shows.</summary>
    public Estimate Producers(int of) => Ratio(p => p.Map == of && p.Reference == of, p => p.Reference == of);

    /// <summary>
    /// Ȳ = Σ W ȳ with V = Σ W² s² / n. The interval to report joins the limits of Wilson of each stratum by the method of
    /// variance estimates recovery (MOVER): Wald's is too narrow for rare classes.
    /// </summary>
    private Estimate Share(Func<SeenPoint, bool> counts)
    {
        double mean = 0, variance = 0, below = 0, above = 0;
        bool single = false;
        for (int h = 0; h < _weights.Length; h++)
        {
            int n = _points[h].Length;
            if (n == 0)
                continue;
            double w = _weights[h], p = (double)_points[h].Count(counts) / n;
            (double low, double high) = Wilson(p, n);
            mean += w * p;
            below += w * w * (p - low) * (p - low);
            above += w * w * (high - p) * (high - p);
            if (n > 1)
                variance += w * w * p * (1 - p) / (n - 1);
            else
                single = true;
        }

        return Of(mean, single ? null : Math.Sqrt(variance), mean - Math.Sqrt(below), mean + Math.Sqrt(above));
    }

    /// <summary>
    /// R = Ŷ / X̂ with V = X̂⁻² Σ W² (s²_y + R² s²_x − 2 R s_xy) / n. The interval to report is Wilson's for the number of points
    /// that would give this variance in a simple sample; where all agree, for the points there are.
    /// </summary>
    private Estimate Ratio(Func<SeenPoint, bool> numerator, Func<SeenPoint, bool> denominator)
    {
        double y = 0, x = 0;
        int of = 0;
        for (int h = 0; h < _weights.Length; h++)
        {
            int n = Math.Max(1, _points[h].Length);
            y += _weights[h] * _points[h].Count(numerator) / n;
            x += _weights[h] * _points[h].Count(denominator) / n;
            of += _points[h].Count(denominator);
        }

        if (x == 0)
            return default;
        double ratio = y / x, variance = 0;
        bool single = false;
        for (int h = 0; h < _weights.Length; h++)
        {
            int n = _points[h].Length;
            single |= n == 1;
            if (n < 2)
                continue;

            // s²_y + R² s²_x − 2 R s_xy is the variance of y − R x.
            double mean = _points[h].Average(Residual);
            double squares = _points[h].Sum(p => (Residual(p) - mean) * (Residual(p) - mean));
            variance += _weights[h] * _weights[h] * squares / (n - 1) / n;
        }

        variance /= x * x;

        // A stratum with a single point has a variance nobody knows: an interval without it would be too narrow.
        if (single)
            return new Estimate(ratio, null, null, null, null, null);
        double effective = variance > 0 ? Math.Min(of, ratio * (1 - ratio) / variance) : of;
        (double low, double high) = Wilson(ratio, effective);
        return Of(ratio, Math.Sqrt(variance), low, high);

        double Residual(SeenPoint p) => (numerator(p) ? 1 : 0) - (denominator(p) ? ratio : 0);
    }

    private static Estimate Of(double value, double? error, double low, double high) =>
        new(value, error, value - (Z * error), value + (Z * error), Math.Max(0, low), Math.Min(1, high));

    /// <summary>Wilson's limits of a share <paramref name="p"/> seen in <paramref name="n"/> points.</summary>
    internal static (double Low, double High) Wilson(double p, double n)
    {
        double z2 = Z * Z, centre = p + (z2 / (2 * n)), half = Z * Math.Sqrt((p * (1 - p) / n) + (z2 / (4 * n * n)));
        return ((centre - half) / (1 + (z2 / n)), (centre + half) / (1 + (z2 / n)));
    }
}
