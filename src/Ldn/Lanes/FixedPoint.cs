using System.Numerics;

namespace Ldn.Lanes;

/// <summary>Sums of fixed-point values: integers, so that no order of adding changes them (method §9).</summary>
public static class FixedPoint
{
    /// <summary>The fixed-point value that stands for no data.</summary>
    public const int None = int.MinValue;

    /// <summary>value[i] = cell × <paramref name="quanta"/>; <see cref="None"/> for a negative cell and for <paramref name="noData"/> (<see cref="int.MinValue"/> where there is none).</summary>
    public static void OfShorts(ReadOnlySpan<short> cells, int noData, int quanta, Span<int> values)
    {
        int i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            var fill = new Vector<short>((short)(noData is >= 0 and <= short.MaxValue ? noData : -1));
            var (factor, none) = (new Vector<int>(quanta), new Vector<int>(None));
            for (; i <= values.Length - Vector<short>.Count; i += Vector<short>.Count)
            {
                var v = new Vector<short>(cells[i..]);
                Vector.Widen(v, out Vector<int> low, out Vector<int> high);
                Vector.Widen(Vector.LessThan(v, Vector<short>.Zero) | Vector.Equals(v, fill), out Vector<int> noLow, out Vector<int> noHigh);
                Vector.ConditionalSelect(noLow, none, low * factor).CopyTo(values[i..]);
                Vector.ConditionalSelect(noHigh, none, high * factor).CopyTo(values[(i + Vector<int>.Count)..]);
            }
        }

        for (; i < values.Length; i++)
            values[i] = cells[i] == noData || cells[i] < 0 ? None : cells[i] * quanta;
    }

    /// <summary>Sum and number of the values that are not <see cref="None"/>.</summary>
    public static (long Sum, int Known) SumKnown(ReadOnlySpan<int> values)
    {
        long sum = 0;
        int known = 0, i = 0;
        if (Vector.IsHardwareAccelerated && values.Length >= Vector<int>.Count)
        {
            var none = new Vector<int>(None);
            Vector<long> low = Vector<long>.Zero, high = Vector<long>.Zero;
            Vector<int> missing = Vector<int>.Zero;
            for (; i <= values.Length - Vector<int>.Count; i += Vector<int>.Count)
            {
                var v = new Vector<int>(values[i..]);
                Vector<int> isNone = Vector.Equals(v, none);
                missing += isNone;
                Vector.Widen(Vector.AndNot(v, isNone), out Vector<long> l, out Vector<long> h);
                low += l;
                high += h;
            }

            sum = Vector.Sum(low + high);
            known = i + Vector.Sum(missing);
        }

        for (; i < values.Length; i++)
        {
            if (values[i] == None)
                continue;
            sum += values[i];
            known++;
        }

        return (sum, known);
    }
}
