using System.Runtime.InteropServices;
using Ldn.Productivity;
using Ldn.Rasters;

namespace Ldn.Tests.Productivity;

/// <summary>A block of stored layers and what the laws say of it, decoded here by other means than the product's.</summary>
internal sealed class SeriesBlock
{
    private readonly Func<int, int, double> _physical;

    private SeriesBlock(ReadOnlyMemory<byte>[] layers, LayerEncoding encoding, int pixels, Func<int, int, double> physical)
    {
        (Layers, Pixels, _physical) = (layers, pixels, physical);
        Encodings = [.. layers.Select(_ => encoding)];
    }

    public ReadOnlyMemory<byte>[] Layers { get; }

    public LayerEncoding[] Encodings { get; }

    public int Pixels { get; }

    /// <summary>
    /// Random layers: pixels without gaps, with gaps, without any data, constant, with few levels (ties), with infinities; the
    /// no-data value is 250 in every type.
    /// </summary>
    public static SeriesBlock Random(CellType type, int years, int pixels, int seed, double scale = 0.01, double offset = 0)
    {
        var random = new Random(seed);
        var values = new double[years, pixels];
        for (int p = 0; p < pixels; p++)
        {
            int kind = random.Next(8);
            double missing = kind switch { 0 or 1 => 0.15, 2 => 0.5, 3 => 1, _ => 0 };
            double[] series = RandomSeries.Next(random, years, missing, levels: kind is 1 or 4 ? 8 : 0);
            if (kind == 5)
                Array.Fill(series, random.NextDouble());
            for (int t = 0; t < years; t++)
            {
                double value = Math.Clamp((series[t] * 80) + 40, 0, 120);
                values[t, p] = !double.IsFinite(series[t]) ? (type.IsFloatingPoint() && random.Next(2) == 0 ? series[t] : 250)
                    : type.IsFloatingPoint() ? value : Math.Round(value);
                if (type is CellType.SByte && values[t, p] == 250)
                    values[t, p] = -7;
            }
        }

        double noData = type == CellType.SByte ? -7 : 250;
        var layers = new ReadOnlyMemory<byte>[years];
        for (int t = 0; t < years; t++)
        {
            double[] layer = [.. Enumerable.Range(0, pixels).Select(p => values[t, p])];
            layers[t] = Stored(type, layer);
        }

        double Physical(int t, int p)
        {
            double stored = type == CellType.Float32 ? (float)values[t, p] : values[t, p];
            return stored == noData || !double.IsFinite(stored) ? double.NaN : (stored * scale) + offset;
        }

        return new SeriesBlock(layers, new LayerEncoding(type, scale, offset, [noData, 1e300, 0.5]), pixels, Physical);
    }

    public double[] Series(int pixel) => [.. Enumerable.Range(0, Layers.Length).Select(t => _physical(t, pixel))];

    public static byte[] Stored(CellType type, double[] values) => type switch
    {
        CellType.Byte => [.. values.Select(v => (byte)v)],
        CellType.SByte => Bytes(values, v => (sbyte)v),
        CellType.UInt16 => Bytes(values, v => (ushort)v),
        CellType.Int16 => Bytes(values, v => (short)v),
        CellType.UInt32 => Bytes(values, v => (uint)v),
        CellType.Int32 => Bytes(values, v => (int)v),
        CellType.UInt64 => Bytes(values, v => (ulong)v),
        CellType.Int64 => Bytes(values, v => (long)v),
        CellType.Float32 => Bytes(values, v => (float)v),
        _ => Bytes(values, v => v),
    };

    private static byte[] Bytes<T>(double[] values, Func<double, T> convert)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(values.Select(convert).ToArray()).ToArray();
}
