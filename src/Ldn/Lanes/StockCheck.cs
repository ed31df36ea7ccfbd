using System.Numerics;

namespace Ldn.Lanes;

/// <summary>Looks for stocks below zero, which no soil has.</summary>
public static class StockCheck
{
    /// <summary>Whether any stored value but the no-data value is below zero.</summary>
    public static bool AnyNegative(ReadOnlySpan<short> stocks, int noData)
    {
        int i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            // A no-data value outside the type's range equals no lane.
            var fill = new Vector<short>(noData is >= short.MinValue and <= short.MaxValue ? (short)noData : (short)0);
            Vector<short> bad = Vector<short>.Zero;
            for (; i <= stocks.Length - Vector<short>.Count; i += Vector<short>.Count)
            {
                var v = new Vector<short>(stocks[i..]);
                bad |= Vector.AndNot(Vector.LessThan(v, Vector<short>.Zero), Vector.Equals(v, fill));
            }

            if (bad != Vector<short>.Zero)
                return true;
        }

        for (; i < stocks.Length; i++)
            if (stocks[i] < 0 && stocks[i] != noData)
                return true;
        return false;
    }

    /// <summary>Whether any value is below zero; NaN is not.</summary>
    public static bool AnyNegative<T>(ReadOnlySpan<T> stocks)
        where T : unmanaged, IFloatingPoint<T>
    {
        int i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            for (; i <= stocks.Length - Vector<T>.Count; i += Vector<T>.Count)
                if (Vector.LessThanAny(new Vector<T>(stocks[i..]), Vector<T>.Zero))
                    return true;
        }

        for (; i < stocks.Length; i++)
            if (stocks[i] < T.Zero)
                return true;
        return false;
    }
}
