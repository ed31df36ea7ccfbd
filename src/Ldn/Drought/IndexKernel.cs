using Ldn.Lanes;

namespace Ldn.Drought;

/// <summary>
/// Fits the reference of one cell in one calendar month and tells the index of every year, as <see cref="GammaLaw"/> and
/// <see cref="LogLogisticLaw"/> have it. Holds scratch memory: one a worker.
/// </summary>
public sealed class IndexKernel
{
    /// <summary>
    /// Above this the rest 1 − P has lost digits that an index beyond ±4.7 would need, which <see cref="GammaLaw.Above"/> has.
    /// </summary>
    private const double LeastRest = 1e-6, IndexOfLeastRest = 4.7;

    private readonly IndexOptions _options;
    private readonly GammaYears _gamma;
    private readonly int _firstReference;
    private readonly double[] _below;
    private readonly double[] _reference;

    /// <param name="options">What is computed.</param>
    /// <param name="years">Years of the totals, ascending; those of the reference that have data among them.</param>
    public IndexKernel(IndexOptions options, IReadOnlyList<int> years)
        : this(options, years, IndexLanes.Create(Simd.Widest))
    {
    }

    internal IndexKernel(IndexOptions options, IReadOnlyList<int> years, IndexLanes lanes)
    {
        (_options, _gamma) = (options, new GammaYears(lanes));
        int[] inside = [.. Enumerable.Range(0, years.Count).Where(
            y => years[y] >= options.FirstReference && years[y] <= options.LastReference)];
        _firstReference = inside.Length > 0 ? inside[0] : 0;
        (_below, _reference) = (new double[years.Count], new double[inside.Length]);
    }

    /// <summary>Computes one cell.</summary>
    /// <param name="totals">Total or balance of each year, mm, NaN missing.</param>
    /// <param name="index">Takes the index of each year; NaN where there is none.</param>
    /// <param name="distance">D of the fit (drought §1.8); NaN where there is none.</param>
    public ReferenceFit Run(ReadOnlySpan<double> totals, Span<double> index, out double distance) =>
        _options.Index == DroughtIndex.Spi ? Precipitation(totals, index, out distance) : Balance(totals, index, out distance);

    private ReferenceFit Precipitation(ReadOnlySpan<double> totals, Span<double> index, out double distance)
    {
        ReferenceFit fit = GammaLaw.Fit(Reference(totals), _options);
        if (!fit.HasIndex)
            return None(fit, index, out distance);
        Span<double> below = _below;
        _gamma.Below(totals, fit, below);
        int positives = 0;
        for (int y = _firstReference; y < _firstReference + _reference.Length; y++)
            if (totals[y] > 0)
                _reference[positives++] = below[y];
        fit = Judge(fit, _reference.AsSpan(0, positives), out distance);
        for (int y = 0; y < totals.Length; y++)
        {
            double rest = 1 - below[y];
            if (rest < LeastRest && _options.Clip > IndexOfLeastRest)
                rest = GammaLaw.Above(totals[y], fit);
            index[y] = double.IsNaN(totals[y]) ? double.NaN : GammaLaw.Index(totals[y], below[y], rest, fit, _options);
        }

        return fit;
    }

    private ReferenceFit Balance(ReadOnlySpan<double> balances, Span<double> index, out double distance)
    {
        int count = 0;
        foreach (double balance in Reference(balances))
            if (!double.IsNaN(balance))
                _reference[count++] = balance;
        Span<double> sorted = _reference.AsSpan(0, count);
        sorted.Sort();
        ReferenceFit fit = LogLogisticLaw.Fit(sorted, _options);
        if (!fit.HasIndex)
            return None(fit, index, out distance);
        for (int i = 0; i < sorted.Length; i++)
            sorted[i] = LogLogisticLaw.Below(sorted[i], fit);
        fit = Judge(fit, sorted, out distance);
        for (int y = 0; y < balances.Length; y++)
            index[y] = LogLogisticLaw.Index(balances[y], fit, _options);
        return fit;
    }

    private ReadOnlySpan<double> Reference(ReadOnlySpan<double> totals) => totals.Slice(_firstReference, _reference.Length);

    private static ReferenceFit Judge(ReferenceFit fit, Span<double> below, out double distance)
    {
        below.Sort();
        distance = Goodness.Distance(below);
        return Goodness.IsPoor(distance, below.Length) ? fit with { State = FitState.Poor } : fit;
    }

    private static ReferenceFit None(ReferenceFit fit, Span<double> index, out double distance)
    {
        index.Fill(double.NaN);
        distance = double.NaN;
        return fit;
    }
}
