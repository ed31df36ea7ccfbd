using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ldn.Productivity.Laws;

namespace Ldn.Productivity.Vectors;

/// <summary>From the buffers of a chunk to the blocks a caller asked for, no data in each one's own way.</summary>
internal static class ChunkOutputs
{
    /// <summary>Whole numbers 0…255 to bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Bytes(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        values = values[..bytes.Length];
        int i = 0;
        for (; Vector128.IsHardwareAccelerated && i <= values.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            Vector128<short> low = Vector128.Narrow(Whole(values[i..]), Whole(values[(i + 4)..]));
            Vector128<short> high = Vector128.Narrow(Whole(values[(i + 8)..]), Whole(values[(i + 12)..]));
            Vector128.Narrow(low.AsUInt16(), high.AsUInt16()).CopyTo(bytes[i..]);
        }

        for (; i < values.Length; i++)
            bytes[i] = (byte)values[i];
    }

    public static void Singles(ReadOnlySpan<double> values, Span<float> singles)
    {
        values = values[..singles.Length];
        for (int i = 0; i < values.Length; i++)
            singles[i] = (float)values[i];
    }

    /// <summary>Slope, NaN with fewer than the least valid years.</summary>
    public static void Slope(SeriesChunk chunk, int minYears, Span<float> slopes)
    {
        ReadOnlySpan<float> valid = chunk.Valid.Span[..slopes.Length];
        ReadOnlySpan<double> values = chunk.Slope.Span[..slopes.Length];
        for (int p = 0; p < slopes.Length; p++)
            slopes[p] = valid[p] < minYears ? float.NaN : (float)values[p];
    }

    /// <summary>S, <see cref="TrendLaw.NoS"/> with fewer than the least valid years.</summary>
    public static void S(SeriesChunk chunk, int minYears, Span<short> values)
    {
        for (int p = 0; p < values.Length; p++)
            values[p] = chunk.Valid.Span[p] < minYears ? TrendLaw.NoS : (short)chunk.S.Span[p];
    }

    /// <summary>Z, NaN with fewer than the least valid years.</summary>
    public static void Z(SeriesChunk chunk, int minYears, Span<float> values)
    {
        for (int p = 0; p < values.Length; p++)
        {
            int n = (int)chunk.Valid.Span[p];
            values[p] = n < minYears ? float.NaN : (float)SignificanceTable.Z(n, (int)chunk.S.Span[p], (int)chunk.TieTerm.Span[p]);
        }
    }

    /// <summary>P, NaN with fewer than the least valid years.</summary>
    public static void P(SeriesChunk chunk, int minYears, SignificanceTable table, Span<float> values)
    {
        for (int p = 0; p < values.Length; p++)
        {
            int n = (int)chunk.Valid.Span[p];
            values[p] = n < minYears ? float.NaN : (float)table.P(n, (int)chunk.S.Span[p], (int)chunk.TieTerm.Span[p]);
        }
    }

    private static Vector128<int> Whole(ReadOnlySpan<float> values) => Vector128.ConvertToInt32Native(Vector128.Create(values));
}
