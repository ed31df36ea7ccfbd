using System.Runtime.CompilerServices;
using Ldn.Indicator;
using Ldn.Lanes;
using Ldn.Productivity.Laws;

namespace Ldn.Productivity.Vectors;

/// <summary>The end of <see cref="TrendLaw"/> for a chunk: from valid years, S, tie term and slope to the condition.</summary>
internal sealed class SimdTrendDecision
{
    private readonly ProductivityOptions _options;
    private readonly double _smallestSlope;
    private readonly SignificanceTable _table;
    private readonly AlignedBuffer<double> _critical;

    public SimdTrendDecision(ProductivityOptions options, int years, int lanes)
    {
        _options = options;
        _smallestSlope = options.Significance == TrendSignificance.TrendsEarth ? TrendLaw.SmallestSlope(options) : -1;
        _table = new SignificanceTable(options, years);
        _critical = new AlignedBuffer<double>(lanes);
    }

    /// <summary>Fills <see cref="SeriesChunk.TrendCondition"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TLanes>(SeriesChunk chunk)
        where TLanes : struct, ILanes<TLanes, double>
    {
        bool withTies = _options.Significance == TrendSignificance.TwoSided;
        TLanes one = TLanes.Broadcast(1), stable = TLanes.Broadcast(ConditionCode.Stable), fewest = TLanes.Broadcast(_options.MinYears);
        TLanes smallest = TLanes.Broadcast(_smallestSlope), complete = TLanes.Broadcast(_table.CriticalS(chunk.Years));
        TLanes criticalZ = TLanes.Broadcast(TrendLaw.CriticalZ);
        for (int p = 0; p < chunk.Pixels; p += TLanes.Count)
        {
            TLanes s = TLanes.LoadSingles(ref chunk.S.First, p), slope = TLanes.Load(ref chunk.Slope.First, p);
            TLanes valid = TLanes.LoadSingles(ref chunk.Valid.First, p), ties = TLanes.LoadSingles(ref chunk.TieTerm.First, p);
            TLanes critical = chunk.Complete ? complete : Critical<TLanes>(chunk, p);
            TLanes significant = TLanes.LessOrEqual(critical, TLanes.Abs(s)) & TLanes.Less(smallest, TLanes.Abs(slope));

            // Ties make |Z| larger, so they can only add to what is significant without them.
            TLanes tied = TLanes.Less(TLanes.Zero, ties);
            if (withTies && TLanes.Any(tied))
                significant |= tied & TLanes.Less(criticalZ, TLanes.Abs(Z(valid, s, ties)));

            TLanes rising = significant & one & TLanes.Less(TLanes.Zero, slope), falling = significant & one & TLanes.Less(slope, TLanes.Zero);
            TLanes.StoreSingles((stable + rising - falling) & TLanes.LessOrEqual(fewest, valid), ref chunk.TrendCondition.First, p);
        }
    }

    /// <summary>Z with tie correction, 0 without variance: whole numbers up to the division, so the bits are the law's.</summary>
    private static TLanes Z<TLanes>(TLanes n, TLanes s, TLanes ties)
        where TLanes : struct, ILanes<TLanes, double>
    {
        TLanes one = TLanes.Broadcast(1);
        TLanes variance = ((n * (n - one) * (n + n + TLanes.Broadcast(5))) - ties) / TLanes.Broadcast(18);
        TLanes sign = (one & TLanes.Less(TLanes.Zero, s)) - (one & TLanes.Less(s, TLanes.Zero));
        return ((s - sign) / TLanes.Sqrt(variance)) & TLanes.Less(TLanes.Zero, variance);
    }

    private TLanes Critical<TLanes>(SeriesChunk chunk, int p)
        where TLanes : struct, ILanes<TLanes, double>
    {
        ReadOnlySpan<float> valid = chunk.Valid.Span.Slice(p, TLanes.Count);
        Span<double> critical = _critical.Span;
        for (int lane = 0; lane < valid.Length; lane++)
            critical[lane] = _table.CriticalS((int)valid[lane]);
        return TLanes.Load(ref _critical.First, 0);
    }
}
