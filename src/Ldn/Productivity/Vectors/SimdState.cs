using System.Runtime.CompilerServices;
using Ldn.Indicator;
using Ldn.Lanes;
using Ldn.Productivity.Laws;

namespace Ldn.Productivity.Vectors;

/// <summary><see cref="StateLaw"/> for a chunk.</summary>
internal sealed class SimdState
{
    private readonly ProductivityOptions _options;
    private readonly int _history;
    private readonly int _fewest;
    private readonly double _minimum;
    private readonly SimdPercentileClasses _classes;

    public SimdState(ProductivityOptions options, int years, int lanes)
    {
        _options = options;
        _history = years - options.RecentYears;
        _minimum = options.StateMinimumInForce;
        _fewest = StateLaw.FewestHistoryYears(_history, options);
        _classes = new SimdPercentileClasses(0, _history, extended: true, lanes);
    }

    /// <summary>
    /// Fills <see cref="SeriesChunk.Change"/> (classes of change, or z; NaN where there is no data) and
    /// <see cref="SeriesChunk.StateCondition"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TSingle, TLanes>(SeriesChunk chunk)
        where TSingle : struct, ILanes<TSingle, float>
        where TLanes : struct, ILanes<TLanes, double>
    {
        bool byScore = _options.State == StateMethod.ZScore;
        TLanes limit = TLanes.Broadcast(byScore ? Math.BitIncrement(StateLaw.CriticalZ) : StateLaw.SmallestChange);
        if (chunk.SeriesComplete && !byScore && chunk.Stored is { } encoding)
        {
            // The second vector may lie beyond the pixels in use, where anything may stand and nobody looks.
            for (int p = 0; p < chunk.Pixels; p += 2 * TSingle.Count)
            {
                _classes.SortStored<TSingle>(ref chunk.Single.Span[p]);
                for (int at = 0; at < 2 * TSingle.Count; at += TLanes.Count)
                    Store(chunk, p + at, Stored<TLanes>(ref chunk.Series.Span[p + at], chunk.Years, at, encoding), limit);
            }

            return;
        }

        for (int p = 0; p < chunk.Pixels; p += TLanes.Count)
        {
            ref double plane = ref chunk.Series.Span[p];
            TLanes change = chunk.SeriesComplete && !byScore
                ? Complete<TLanes>(ref plane, chunk.Years)
                : WithGaps<TLanes>(ref plane, chunk.Years, byScore);
            Store(chunk, p, change, limit);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLanes>(SeriesChunk chunk, int p, TLanes change, TLanes limit)
        where TLanes : struct, ILanes<TLanes, double>
    {
        TLanes.Store(change, ref chunk.Change.First, p);
        TLanes.StoreNarrowed(Condition(change, limit), ref chunk.StateCondition.First, p);
    }

    /// <summary>Of a vector whose sample <see cref="SimdPercentileClasses.SortStored"/> has sorted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private TLanes Stored<TLanes>(ref double plane, int years, int at, (double Scale, double Offset) encoding)
        where TLanes : struct, ILanes<TLanes, double>
    {
        TLanes history = SimdMeans.OfComplete<TLanes>(ref plane, 0, _history);
        TLanes recent = SimdMeans.OfComplete<TLanes>(ref plane, _history, years);
        if (!TLanes.Any(Moved(history, recent, TLanes.Zero)))
            return TLanes.Zero;
        TLanes noise = _classes.TakeSorted<TLanes>(at, encoding);
        return Moved(history, recent, noise) & _classes.ChangeComplete(recent, history, noise);
    }

    /// <summary>2 + 1 from the limit up, 2 − 1 from its opposite down, 0 for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Condition<TLanes>(TLanes change, TLanes limit)
        where TLanes : struct, ILanes<TLanes, double>
    {
        TLanes one = TLanes.Broadcast(1), stable = TLanes.Broadcast(ConditionCode.Stable);
        TLanes up = one & TLanes.LessOrEqual(limit, change), down = one & TLanes.LessOrEqual(change, TLanes.Zero - limit);
        return (stable + up - down) & TLanes.Equal(change, change);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private TLanes Complete<TLanes>(ref double plane, int years)
        where TLanes : struct, ILanes<TLanes, double>
    {
        TLanes history = SimdMeans.OfComplete<TLanes>(ref plane, 0, _history),
        recent = SimdMeans.OfComplete<TLanes>(ref plane, _history, years);
        TLanes noise = _classes.SortComplete<TLanes>(ref plane);
        return Moved(history, recent, noise) & _classes.ChangeComplete(recent, history, noise);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private TLanes WithGaps<TLanes>(ref double plane, int years, bool byScore)
        where TLanes : struct, ILanes<TLanes, double>
    {
        (TLanes history, TLanes historyYears) = SimdMeans.Of<TLanes>(ref plane, 0, _history);
        (TLanes recent, TLanes recentYears) = SimdMeans.Of<TLanes>(ref plane, _history, years);
        TLanes known = TLanes.LessOrEqual(TLanes.Broadcast(_fewest), historyYears)
            & TLanes.LessOrEqual(TLanes.Broadcast(StateLaw.FewestRecentYears), recentYears);
        TLanes change = TLanes.Zero;
        if (TLanes.Any(known))
        {
            change = byScore
                ? ZScore(ref plane, history, historyYears, recent)
                : Change(ref plane, history, historyYears, recent);
        }

        return TLanes.Select(known, change, TLanes.Broadcast(double.NaN));
    }

    /// <summary>Mask: the means differ by more than the minimum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes Moved<TLanes>(TLanes history, TLanes recent, TLanes noise)
        where TLanes : struct, ILanes<TLanes, double> =>
        TLanes.Less(TLanes.Broadcast(_minimum) + noise, TLanes.Abs(recent - history));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private TLanes Change<TLanes>(ref double plane, TLanes history, TLanes historyYears, TLanes recent)
        where TLanes : struct, ILanes<TLanes, double>
    {
        TLanes noise = _classes.Sort<TLanes>(ref plane);
        return Moved(history, recent, noise) & _classes.Change(recent, history, noise, historyYears, _fewest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private TLanes ZScore<TLanes>(ref double plane, TLanes history, TLanes historyYears, TLanes recent)
        where TLanes : struct, ILanes<TLanes, double>
    {
        TLanes squares = TLanes.Zero, largest = TLanes.Zero;
        for (int t = 0; t < _history; t++)
        {
            TLanes value = TLanes.Load(ref plane, t * SeriesChunk.Stride);
            TLanes valid = TLanes.Equal(value, value);
            TLanes difference = (value - history) & valid;
            squares += difference * difference;
            largest = TLanes.Max(largest, TLanes.Abs(value) & valid);
        }

        TLanes sd = TLanes.Sqrt(squares / historyYears), noise = TLanes.Broadcast(ValidValues.Noise) * largest;
        TLanes z = (recent - history) / (sd / TLanes.Broadcast(Math.Sqrt(_options.RecentYears)));
        return TLanes.Select(TLanes.LessOrEqual(sd, noise), TLanes.Zero, z);
    }
}

/// <summary>The figures of <see cref="FaoWocatLaw"/> for a chunk.</summary>
internal sealed class SimdFaoWocat
{
    private readonly int _years;
    private readonly int _compared;
    private readonly int _minYears;
    private readonly SimdPercentileClasses _classes;

    public SimdFaoWocat(ProductivityOptions options, int years, int lanes)
    {
        (_years, _compared, _minYears) = (years, options.FaoWocatYears, options.MinYears);
        _classes = new SimdPercentileClasses(0, years, extended: false, lanes);
    }

    /// <summary>
    /// Fills <see cref="SeriesChunk.Change"/> (classes, NaN where there is no data), <see cref="SeriesChunk.Mean"/> (initial
    /// biomass) and <see cref="SeriesChunk.Mtid"/> (1 where MTID is above 0, else 0).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TLanes>(SeriesChunk chunk)
        where TLanes : struct, ILanes<TLanes, double>
    {
        TLanes two = TLanes.Broadcast(2), one = TLanes.Broadcast(1), nan = TLanes.Broadcast(double.NaN);
        for (int p = 0; p < chunk.Pixels; p += TLanes.Count)
        {
            ref double plane = ref chunk.Series.Span[p];
            (TLanes first, TLanes firstYears) = SimdMeans.Of<TLanes>(ref plane, 0, _compared);
            (TLanes last, TLanes lastYears) = SimdMeans.Of<TLanes>(ref plane, _years - _compared, _years);
            TLanes mtid = TLanes.Zero, years = TLanes.Zero;
            for (int t = 0; t < _years; t++)
            {
                TLanes value = TLanes.Load(ref plane, t * SeriesChunk.Stride);
                TLanes valid = TLanes.Equal(value, value);
                mtid += (last - value) & valid;
                years += one & valid;
            }

            TLanes known = TLanes.LessOrEqual(two, firstYears) & TLanes.LessOrEqual(two, lastYears)
                & TLanes.LessOrEqual(TLanes.Broadcast(_minYears), years);
            TLanes noise = _classes.Sort<TLanes>(ref plane);
            TLanes change = _classes.Change(last, first, noise, years, _minYears);
            TLanes.Store(TLanes.Select(known, change, nan), ref chunk.Change.First, p);
            TLanes.Store(first - noise, ref chunk.Mean.First, p);
            TLanes.Store(one & TLanes.Less(years * noise, mtid), ref chunk.Mtid.First, p);
        }
    }
}
