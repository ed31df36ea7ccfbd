using System.Runtime.CompilerServices;

namespace Ldn.Productivity;

/// <summary><see cref="StateLaw"/> for a chunk.</summary>
internal sealed class SimdState
{
    private readonly ProductivityOptions _options;
    private readonly int _history;
    private readonly int _fewest;
    private readonly SimdPercentileClasses _classes;

    public SimdState(ProductivityOptions options, int years, int lanes)
    {
        _options = options;
        _history = years - options.RecentYears;
        _fewest = StateLaw.FewestHistoryYears(_history, options);
        _classes = new SimdPercentileClasses(0, _history, extended: true, lanes);
    }

    /// <summary>Fills <see cref="SeriesChunk.Change"/>: classes of change, or z; NaN where there is no data.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TLanes>(SeriesChunk chunk)
        where TLanes : struct, ILanes<TLanes, double>
    {
        for (int p = 0; p < chunk.Pixels; p += TLanes.Count)
        {
            ref double plane = ref chunk.Series.Span[p];
            (TLanes history, TLanes historyYears) = SimdMeans.Of<TLanes>(ref plane, 0, _history);
            (TLanes recent, TLanes recentYears) = SimdMeans.Of<TLanes>(ref plane, _history, chunk.Years);
            TLanes known = TLanes.LessOrEqual(TLanes.Broadcast(_fewest), historyYears)
                & TLanes.LessOrEqual(TLanes.Broadcast(StateLaw.FewestRecentYears), recentYears);
            TLanes change = TLanes.Zero;
            if (TLanes.Any(known))
            {
                change = _options.State == StateMethod.ZScore
                    ? ZScore(ref plane, history, historyYears, recent)
                    : Change(ref plane, history, historyYears, recent);
            }

            TLanes.Store(TLanes.Select(known, change, TLanes.Broadcast(double.NaN)), ref chunk.Change.First, p);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private TLanes Change<TLanes>(ref double plane, TLanes history, TLanes historyYears, TLanes recent)
        where TLanes : struct, ILanes<TLanes, double>
    {
        TLanes noise = _classes.Sort<TLanes>(ref plane);
        TLanes moved = TLanes.Less(TLanes.Broadcast(_options.StateMinimumInForce) + noise, TLanes.Abs(recent - history));
        return moved & _classes.Change(recent, history, noise, historyYears, _fewest);
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
