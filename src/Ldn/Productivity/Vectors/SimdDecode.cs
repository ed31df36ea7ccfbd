using System.Runtime.CompilerServices;
using Ldn.Lanes;

namespace Ldn.Productivity.Vectors;

/// <summary>Marks missing cells and scales the others, a vector at a time.</summary>
internal static class SimdDecode
{
    /// <summary>
    /// From stored values in single precision to the same with NaN for no-data values and infinities, and to physical = stored ×
    /// scale + offset. Lengths are whole vectors; <paramref name="stored"/> and <paramref name="cells"/> may be the same memory.
    /// True when nothing is missing.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Run<TSingle, TDouble>(ReadOnlySpan<float> stored, LayerDecoder layer, Span<float> cells, Span<double> physical)
        where TSingle : struct, ILanes<TSingle, float>
        where TDouble : struct, ILanes<TDouble, double>
    {
        if (stored.IsEmpty)
            return true;
        ref float source = ref Unsafe.AsRef(in stored[0]);
        ref float cell = ref cells[..stored.Length][0];
        ref double destination = ref physical[..stored.Length][0];
        ReadOnlySpan<float> noData = layer.SingleNoData;
        TSingle missing = TSingle.Broadcast(float.NaN), largest = TSingle.Broadcast(float.MaxValue);
        TDouble scale = TDouble.Broadcast(layer.Scale), offset = TDouble.Broadcast(layer.Offset);
        TSingle complete = TSingle.Equal(largest, largest);
        for (int p = 0; p < stored.Length; p += TSingle.Count)
        {
            TSingle value = TSingle.Load(ref source, p);
            TSingle known = TSingle.LessOrEqual(TSingle.Abs(value), largest);
            TSingle result = TSingle.Select(known, value, missing);
            for (int i = 0; i < noData.Length; i++)
                result = TSingle.Select(TSingle.Equal(value, TSingle.Broadcast(noData[i])), missing, result);
            complete &= TSingle.Equal(result, result);
            TSingle.Store(result, ref cell, p);
            for (int half = p; half < p + TSingle.Count; half += TDouble.Count)
                TDouble.Store((TDouble.LoadSingles(ref cell, half) * scale) + offset, ref destination, half);
        }

        return TSingle.All(complete);
    }
}
