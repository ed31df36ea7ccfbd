using System.Runtime.CompilerServices;
using Ldn.Lanes;
using Ldn.Productivity.Laws;

namespace Ldn.Productivity.Vectors;

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
