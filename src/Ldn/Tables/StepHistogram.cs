using System.Numerics;
using Ldn.Counting;

namespace Ldn.Tables;

/// <summary>
/// Values of a layer in whole steps with the area that holds each: mean, spread and quantiles weighted by area (method §11).
/// Everything but the last division is exact, so the figures do not depend on the order of adding.
/// </summary>
internal sealed class StepHistogram
{
    private readonly SortedDictionary<long, Area> _areas = [];

    /// <summary>Area with a value.</summary>
    public Area Area { get; private set; }

    public bool IsEmpty => _areas.Count == 0;

    /// <summary>Smallest and largest value, in steps.</summary>
    public long Lowest => _areas.Keys.First();

    public long Highest => _areas.Keys.Last();

    public void Add(long steps, Area area)
    {
        _areas[steps] = _areas.GetValueOrDefault(steps) + area;
        Area += area;
    }

    /// <summary>Mean and standard deviation (of the whole, not of a sample), in steps.</summary>
    public (double Mean, double Deviation) Moments()
    {
        // About the lowest value: squares stay small and nothing cancels.
        BigInteger first = 0, second = 0, area = Area.SquareMillimetres;
        foreach ((long steps, Area cells) in _areas)
        {
            BigInteger distance = steps - Lowest, weighted = distance * cells.SquareMillimetres;
            first += weighted;
            second += distance * weighted;
        }

        double variance = new Ratio((second * area) - (first * first), area * area).ToDouble();
        return (Lowest + new Ratio(first, area).ToDouble(), Math.Sqrt(Math.Max(0, variance)));
    }

    /// <summary>The mean in steps, exactly.</summary>
    public Ratio Mean() => new(
        _areas.Aggregate(BigInteger.Zero, (sum, a) => sum + ((BigInteger)a.Key * a.Value.SquareMillimetres)),
        Area.SquareMillimetres);

    /// <summary>The smallest value, in steps, up to which at least so many per cent of the area lie.</summary>
    public long Quantile(int percent)
    {
        Int128 below = 0;
        foreach ((long steps, Area area) in _areas)
        {
            below += area.SquareMillimetres;
            if (below * 100 >= Area.SquareMillimetres * percent)
                return steps;
        }

        return Highest;
    }
}
