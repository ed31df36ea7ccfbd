using System.Runtime.InteropServices;
using Ldn.Lanes;
using MathNet.Numerics;

namespace Ldn.Drought;

/// <summary>
/// The steps of an index that pay in vectors, written once for every width; each gives the same bits at all of them.
/// </summary>
internal abstract class IndexLanes
{
    public static IndexLanes Create(SimdLevel level) => level switch
    {
        SimdLevel.Vector512 => new Of<Lanes512<double>>(),
        SimdLevel.Vector256 => new Of<Lanes256<double>>(),
        SimdLevel.Vector128 => new Of<Lanes128<double>>(),
        _ => new Scalar(),
    };

    /// <summary>Values added to sums, cell by cell.</summary>
    public abstract void Add(ReadOnlySpan<double> values, Span<double> sums);

    /// <summary>The lowest value of each cell, and the sum and number of those that are not missing.</summary>
    public abstract void Watch(ReadOnlySpan<double> values, Span<double> lowest, Span<double> sums, Span<double> counts);

    /// <summary>
    /// Σ cₙ tⁿ for many t, by Horner's rule.
    /// </summary>
    /// <param name="coefficients">c₀, c₁, …; at least one.</param>
    /// <param name="t">As many as <paramref name="sums"/>.</param>
    /// <param name="sums">The results.</param>
    public abstract void Polynomial(ReadOnlySpan<double> coefficients, ReadOnlySpan<double> t, Span<double> sums);

    private sealed class Scalar : IndexLanes
    {
        public override void Add(ReadOnlySpan<double> values, Span<double> sums)
        {
            for (int i = 0; i < sums.Length; i++)
                sums[i] += values[i];
        }

        public override void Watch(ReadOnlySpan<double> values, Span<double> lowest, Span<double> sums, Span<double> counts)
        {
            for (int i = 0; i < values.Length; i++)
            {
                double value = values[i];
                lowest[i] = value < lowest[i] ? value : lowest[i];
                sums[i] += double.IsNaN(value) ? 0 : value;
                counts[i] += double.IsNaN(value) ? 0 : 1;
            }
        }

        public override void Polynomial(ReadOnlySpan<double> coefficients, ReadOnlySpan<double> t, Span<double> sums)
        {
            for (int i = 0; i < sums.Length; i++)
            {
                double sum = coefficients[^1];
                for (int n = coefficients.Length - 2; n >= 0; n--)
                    sum = (sum * t[i]) + coefficients[n];
                sums[i] = sum;
            }
        }
    }

    private sealed class Of<TLanes> : IndexLanes
        where TLanes : struct, ILanes<TLanes, double>
    {
        private readonly Scalar _rest = new();

        public override void Add(ReadOnlySpan<double> values, Span<double> sums)
        {
            ref double from = ref MemoryMarshal.GetReference(values);
            ref double to = ref MemoryMarshal.GetReference(sums[..values.Length]);
            int i = 0;
            for (; i <= values.Length - TLanes.Count; i += TLanes.Count)
                TLanes.Store(TLanes.Load(ref to, i) + TLanes.Load(ref from, i), ref to, i);
            _rest.Add(values[i..], sums[i..values.Length]);
        }

        public override void Watch(ReadOnlySpan<double> values, Span<double> lowest, Span<double> sums, Span<double> counts)
        {
            int count = values.Length, i = 0;
            ref double from = ref MemoryMarshal.GetReference(values);
            ref double low = ref MemoryMarshal.GetReference(lowest[..count]);
            ref double sum = ref MemoryMarshal.GetReference(sums[..count]);
            ref double number = ref MemoryMarshal.GetReference(counts[..count]);
            TLanes one = TLanes.Broadcast(1);
            for (; i <= count - TLanes.Count; i += TLanes.Count)
            {
                TLanes value = TLanes.Load(ref from, i), before = TLanes.Load(ref low, i), there = TLanes.Equal(value, value);
                TLanes.Store(TLanes.Select(TLanes.Less(value, before), value, before), ref low, i);
                TLanes.Store(TLanes.Load(ref sum, i) + TLanes.Select(there, value, TLanes.Zero), ref sum, i);
                TLanes.Store(TLanes.Load(ref number, i) + TLanes.Select(there, one, TLanes.Zero), ref number, i);
            }

            _rest.Watch(values[i..], lowest[i..count], sums[i..count], counts[i..count]);
        }

        public override void Polynomial(ReadOnlySpan<double> coefficients, ReadOnlySpan<double> t, Span<double> sums)
        {
            int count = sums.Length, step = 4 * TLanes.Count, i = 0;
            ref double at = ref MemoryMarshal.GetReference(t[..count]);
            ref double to = ref MemoryMarshal.GetReference(sums);

            // Four vectors together hide how long one multiplication waits for the other.
            for (; i <= count - step; i += step)
            {
                TLanes t0 = TLanes.Load(ref at, i), t1 = TLanes.Load(ref at, i + TLanes.Count);
                TLanes t2 = TLanes.Load(ref at, i + (2 * TLanes.Count)), t3 = TLanes.Load(ref at, i + (3 * TLanes.Count));
                TLanes s0 = TLanes.Broadcast(coefficients[^1]), s1 = s0, s2 = s0, s3 = s0;
                for (int n = coefficients.Length - 2; n >= 0; n--)
                {
                    TLanes c = TLanes.Broadcast(coefficients[n]);
                    (s0, s1, s2, s3) = ((s0 * t0) + c, (s1 * t1) + c, (s2 * t2) + c, (s3 * t3) + c);
                }

                TLanes.Store(s0, ref to, i);
                TLanes.Store(s1, ref to, i + TLanes.Count);
                TLanes.Store(s2, ref to, i + (2 * TLanes.Count));
                TLanes.Store(s3, ref to, i + (3 * TLanes.Count));
            }

            for (; i <= count - TLanes.Count; i += TLanes.Count)
            {
                TLanes t0 = TLanes.Load(ref at, i), s0 = TLanes.Broadcast(coefficients[^1]);
                for (int n = coefficients.Length - 2; n >= 0; n--)
                    s0 = (s0 * t0) + TLanes.Broadcast(coefficients[n]);
                TLanes.Store(s0, ref to, i);
            }

            if (i < count)
                _rest.Polynomial(coefficients, t[i..count], sums[i..]);
        }
    }
}

/// <summary>
/// P(α, x/β) of <see cref="GammaLaw"/> for the years of one cell at once. The power series
/// P = tᵅ e⁻ᵗ / Γ(α+1) · Σ tⁿ/((α+1)…(α+n)) has coefficients that all years share, so that each
/// year costs one polynomial; what it would need too many terms for is left to the law.
/// </summary>
internal sealed class GammaYears(IndexLanes lanes)
{
    private const int MostTerms = 400;
    private const double LargestShape = 2000, Negligible = 1e-17;

    private readonly double[] _coefficients = new double[MostTerms];
    private double[] _ratios = [];
    private double[] _sums = [];

    /// <summary>Writes the share below each total; NaN where it is missing, 0 where it is not above zero.</summary>
    public void Below(ReadOnlySpan<double> totals, in ReferenceFit fit, Span<double> below)
    {
        if (_ratios.Length < totals.Length)
            (_ratios, _sums) = (new double[totals.Length], new double[totals.Length]);
        double largest = 0;
        foreach (double total in totals)
            largest = total > largest ? total : largest;
        double shape = fit.A, most = largest / fit.B;
        int terms = most > 0 && shape <= LargestShape ? Terms(shape, most) : 0;
        if (terms == 0)
        {
            for (int y = 0; y < totals.Length; y++)
                below[y] = totals[y] > 0 ? GammaLaw.Below(totals[y], fit) : double.IsNaN(totals[y]) ? double.NaN : 0;
            return;
        }

        Span<double> ratios = _ratios.AsSpan(0, totals.Length), sums = _sums.AsSpan(0, totals.Length);
        for (int y = 0; y < totals.Length; y++)
            ratios[y] = totals[y] > 0 ? totals[y] / largest : 0;
        lanes.Polynomial(_coefficients.AsSpan(0, terms), ratios, sums);
        double factor = SpecialFunctions.GammaLn(shape + 1);
        for (int y = 0; y < totals.Length; y++)
        {
            double t = totals[y] / fit.B;
            below[y] = t > 0 ? Math.Min(1, Math.Exp((shape * Math.Log(t)) - t - factor) * sums[y])
                : double.IsNaN(t) ? double.NaN : 0;
        }
    }

    /// <summary>
    /// The terms of the series at the largest argument: coefficients in powers of the ratio to it, smaller arguments needing no
    /// more. 0 where they are too many.
    /// </summary>
    private int Terms(double shape, double largest)
    {
        double term = 1, sum = 1;
        _coefficients[0] = 1;
        for (int n = 1; n < MostTerms; n++)
        {
            term *= largest / (shape + n);
            _coefficients[n] = term;
            sum += term;
            if (term < Negligible * sum)
                return n + 1;
        }

        return 0;
    }
}
