using System.Numerics;

namespace Ldn.Tables;

/// <summary>
/// Values of a layer in whole steps with the area that holds each: mean, spread and quantiles weighted by area (method §11). Everything but the last division is
/// exact, so the figures do not depend on the order of adding.
/// </summary>
internal sealed class StepHistogram
{
    private readonly SortedDictionary<long, UInt128> _areas = [];

    /// <summary>Area with a value, mm².</summary>
    public UInt128 Area { get; private set; }

    public bool IsEmpty => _areas.Count == 0;

    /// <summary>Smallest and largest value, in steps.</summary>
    public long Lowest => _areas.Keys.First();

    public long Highest => _areas.Keys.Last();

    public void Add(long steps, UInt128 area)
    {
        _areas[steps] = _areas.GetValueOrDefault(steps) + area;
        Area += area;
    }

    /// <summary>Mean and standard deviation (of the whole, not of a sample), in steps.</summary>
    public (double Mean, double Deviation) Moments()
    {
        // About the lowest value: squares stay small and nothing cancels.
        BigInteger first = 0, second = 0, area = Area;
        foreach ((long steps, UInt128 cells) in _areas)
        {
            BigInteger distance = steps - Lowest, weighted = distance * cells;
            first += weighted;
            second += distance * weighted;
        }

        double variance = Ratio((second * area) - (first * first), area * area);
        return (Lowest + Ratio(first, area), Math.Sqrt(Math.Max(0, variance)));
    }

    /// <summary>The smallest value, in steps, up to which at least so many per cent of the area lie.</summary>
    public long Quantile(int percent)
    {
        UInt128 below = 0;
        foreach ((long steps, UInt128 area) in _areas)
        {
            below += area;
            if (below * 100 >= Area * (uint)percent)
                return steps;
        }

        return Highest;
    }

    /// <summary>Quotient of whole numbers of any size, to double precision.</summary>
    private static double Ratio(BigInteger numerator, BigInteger denominator)
    {
        int shift = (int)Math.Max(0, 64 - (numerator.GetBitLength() - denominator.GetBitLength()));
        return Math.ScaleB((double)((numerator << shift) / denominator), -shift);
    }
}
