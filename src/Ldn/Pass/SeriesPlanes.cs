using System.Runtime.InteropServices;
using Ldn.Indicator;
using Ldn.Productivity.Laws;
using Ldn.Productivity.Vectors;

namespace Ldn.Pass;

/// <summary>
/// What a productivity series comes to in a period: conditions of its three parts; of the trend slope, Mann–Kendall S, Z and
/// probability of Z.
/// </summary>
internal enum SeriesPart
{
    Trend,
    State,
    Performance,
    Slope,
    S,
    Z,
    P,
}

/// <summary>
/// What the pixels of a slice come to in one period, plane by plane; those that nobody writes are empty and not computed. As a
/// record for <see cref="SeriesSpool"/> the planes follow each other, the means first.
/// </summary>
internal sealed class SeriesPlanes(int capacity, Func<SeriesPart, bool> wanted)
{
    private readonly float[] _slope = new float[wanted(SeriesPart.Slope) ? capacity : 0];
    private readonly short[] _s = new short[wanted(SeriesPart.S) ? capacity : 0];
    private readonly float[] _z = new float[wanted(SeriesPart.Z) ? capacity : 0];
    private readonly float[] _p = new float[wanted(SeriesPart.P) ? capacity : 0];

    /// <summary>The parts that are written of a period.</summary>
    public static Func<SeriesPart, bool> Wanted(IReadOnlyList<OpenOutput> outputs, int period) =>
        part => outputs.Any(o => o.Output.Fill.Part == (part, period));

    /// <summary>Bytes of a record, per cell.</summary>
    public static int CellBytes(Func<SeriesPart, bool> wanted) =>
        sizeof(double) + 2 + (wanted(SeriesPart.S) ? sizeof(short) : 0)
        + (sizeof(float) * ((SeriesPart[])[SeriesPart.Slope, SeriesPart.Z, SeriesPart.P]).Count(wanted));

    /// <summary>Conditions of the trend, the state and the performance.</summary>
    public byte[] Trend { get; } = new byte[capacity];

    public byte[] State { get; } = new byte[capacity];

    public byte[] Performance { get; } = new byte[capacity];

    /// <summary>Productivity evidence: codes of <see cref="LpdParts"/>, or LPD classes of the FAO-WOCAT rule.</summary>
    public byte[] Codes { get; } = new byte[capacity];

    /// <summary>The planes as the kernel fills them; mean and LPD classes are the caller's.</summary>
    public ProductivityOutputs Outputs(int count, bool withState) => new()
    {
        Trend = Trend.AsSpan(0, count),
        State = State.AsSpan(0, withState ? count : 0),
        Slope = _slope.AsSpan(0, Math.Min(count, _slope.Length)),
        S = _s.AsSpan(0, Math.Min(count, _s.Length)),
        Z = _z.AsSpan(0, Math.Min(count, _z.Length)),
        P = _p.AsSpan(0, Math.Min(count, _p.Length)),
    };

    /// <summary>No data everywhere, codes aside.</summary>
    public void Clear()
    {
        foreach (byte[] conditions in (ReadOnlySpan<byte[]>)[Trend, State, Performance])
            Array.Clear(conditions);
        foreach (float[] values in (ReadOnlySpan<float[]>)[_slope, _z, _p])
            Array.Fill(values, float.NaN);
        Array.Fill(_s, TrendLaw.NoS);
    }

    /// <summary>Takes some cells of other planes with the same ones wanted, codes aside.</summary>
    public void Take(SeriesPlanes from, int start, int end)
    {
        Take(from.Trend, Trend);
        Take(from.State, State);
        Take(from.Performance, Performance);
        Take(from._slope, _slope);
        Take(from._z, _z);
        Take(from._p, _p);
        Take(from._s, _s);

        void Take<T>(T[] plane, T[] into)
        {
            if (into.Length > 0)
                plane.AsSpan(start, end - start).CopyTo(into.AsSpan(start));
        }
    }

    /// <summary>Writes the planes and the means of a slice into a record and returns what of it was filled.</summary>
    public ReadOnlySpan<byte> Save(ReadOnlySpan<double> means, Span<byte> record)
    {
        int end = 0, count = means.Length;
        Put(MemoryMarshal.AsBytes(means), record);
        Put(Trend.AsSpan(0, count), record);
        Put(State.AsSpan(0, count), record);
        foreach (float[] plane in (ReadOnlySpan<float[]>)[_slope, _z, _p])
            Put(MemoryMarshal.AsBytes(plane.AsSpan(0, Math.Min(count, plane.Length))), record);
        Put(MemoryMarshal.AsBytes(_s.AsSpan(0, Math.Min(count, _s.Length))), record);
        return record[..end];

        void Put(ReadOnlySpan<byte> plane, Span<byte> into)
        {
            plane.CopyTo(into[end..]);
            end += plane.Length;
        }
    }

    /// <summary>Takes the planes and the means of a slice from a record of <see cref="Save"/>.</summary>
    public void Load(ReadOnlySpan<byte> record, Span<double> means)
    {
        int start = 0, count = means.Length;
        Take(record, MemoryMarshal.AsBytes(means));
        Take(record, Trend.AsSpan(0, count));
        Take(record, State.AsSpan(0, count));
        foreach (float[] plane in (ReadOnlySpan<float[]>)[_slope, _z, _p])
            Take(record, MemoryMarshal.AsBytes(plane.AsSpan(0, Math.Min(count, plane.Length))));
        Take(record, MemoryMarshal.AsBytes(_s.AsSpan(0, Math.Min(count, _s.Length))));

        void Take(ReadOnlySpan<byte> from, Span<byte> plane)
        {
            from.Slice(start, plane.Length).CopyTo(plane);
            start += plane.Length;
        }
    }

    /// <summary>The conditions of an output raster.</summary>
    public ReadOnlySpan<byte> Conditions(SeriesPart part) =>
        part == SeriesPart.Trend ? Trend : part == SeriesPart.State ? State : Performance;

    /// <summary>The values of a continuous output raster, NaN no data.</summary>
    public void Write(SeriesPart part, Span<float> values)
    {
        if (part != SeriesPart.S)
        {
            (part == SeriesPart.Slope ? _slope : part == SeriesPart.Z ? _z : _p).AsSpan(0, values.Length).CopyTo(values);
            return;
        }

        for (int i = 0; i < values.Length; i++)
            values[i] = _s[i] == TrendLaw.NoS ? float.NaN : _s[i];
    }
}
