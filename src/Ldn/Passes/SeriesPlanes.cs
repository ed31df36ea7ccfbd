using Ldn.Productivity;

namespace Ldn.Passes;

/// <summary>What the pixels of a slice come to in one period, plane by plane; those that nobody writes are empty and not computed.</summary>
internal sealed class SeriesPlanes(int capacity, Func<OutputKind, bool> wanted)
{
    private readonly float[] _slope = new float[wanted(OutputKind.TrendSlope) ? capacity : 0];
    private readonly short[] _s = new short[wanted(OutputKind.TrendS) ? capacity : 0];
    private readonly float[] _z = new float[wanted(OutputKind.TrendZ) ? capacity : 0];
    private readonly float[] _p = new float[wanted(OutputKind.TrendP) ? capacity : 0];

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

    /// <summary>The conditions of an output raster.</summary>
    public ReadOnlySpan<byte> Conditions(OutputKind kind) =>
        kind == OutputKind.Trend ? Trend : kind == OutputKind.State ? State : Performance;

    /// <summary>The values of a continuous output raster, NaN no data.</summary>
    public void Write(OutputKind kind, Span<float> values)
    {
        if (kind != OutputKind.TrendS)
        {
            (kind == OutputKind.TrendSlope ? _slope : kind == OutputKind.TrendZ ? _z : _p).AsSpan(0, values.Length).CopyTo(values);
            return;
        }

        for (int i = 0; i < values.Length; i++)
            values[i] = _s[i] == TrendLaw.NoS ? float.NaN : _s[i];
    }
}
