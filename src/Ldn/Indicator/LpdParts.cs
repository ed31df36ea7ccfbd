namespace Ldn.Indicator;

/// <summary>
/// Trend, state and performance of a pixel as one byte, so that every combination table is a lookup of 19 entries and a tally
/// that keeps the byte can apply any of them later: 0 no data (any of the three is), else 1 + 6·t + 2·s + p with t, s = 0
/// degraded, 1 stable, 2 improved and p = 0 degraded, 1 not: 1…18 in the order (−,−,−), (−,−,0), (−,0,−), … (+,+,0).
/// </summary>
public static class LpdParts
{
    /// <summary>Number of codes, no data included.</summary>
    public const int Codes = 19;

    private static readonly byte[] s_byConditions = ByConditions();

    /// <param name="trend">0 no data, 1 degraded, 2 stable, 3 improved.</param>
    /// <param name="state">Same.</param>
    /// <param name="performance">0 no data, 1 degraded, 2 not degraded. Performance is never improved.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value beyond these.</exception>
    public static byte Encode(byte trend, byte state, byte performance)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(trend, ConditionCode.Improved);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(state, ConditionCode.Improved);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(performance, ConditionCode.Stable);
        if (trend == 0 || state == 0 || performance == 0)
            return 0;
        return (byte)(1 + (6 * (trend - 1)) + (2 * (state - 1)) + (performance - 1));
    }

    /// <summary>The three conditions of a code 1…18; all 0 for 0.</summary>
    public static (byte Trend, byte State, byte Performance) Decode(byte code)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(code, Codes);
        return code == 0
            ? default
            : ((byte)(((code - 1) / 6) + 1), (byte)(((code - 1) / 2 % 3) + 1), (byte)(((code - 1) % 2) + 1));
    }

    /// <summary>Encodes pixel by pixel; conditions must be in range (0…3, performance 0…2). All spans of one length.</summary>
    /// <exception cref="LdnException">Exit 3: a performance of 3 (improved).</exception>
    public static void Encode(ReadOnlySpan<byte> trend, ReadOnlySpan<byte> state, ReadOnlySpan<byte> performance, Span<byte> codes)
    {
        state = state[..trend.Length];
        performance = performance[..trend.Length];
        codes = codes[..trend.Length];
        byte[] table = s_byConditions;
        int worst = 0;
        for (int i = 0; i < trend.Length; i++)
        {
            worst |= performance[i] + 1;
            codes[i] = table[(trend[i] & 3) | ((state[i] & 3) << 2) | ((performance[i] & 3) << 4)];
        }

        if (worst > 3)
        {
            throw Fault.Values.Error("performance is improved (3) in some pixels; it can only be degraded or not",
                "give 1 degraded, 2 not degraded, 0 no data");
        }
    }

    /// <summary>Looks each code up in a table of 19 entries.</summary>
    public static void Apply(ReadOnlySpan<byte> table, ReadOnlySpan<byte> codes, Span<byte> results)
    {
        table = table[..Codes];
        results = results[..codes.Length];
        for (int i = 0; i < codes.Length; i++)
            results[i] = table[codes[i]];
    }

    private static byte[] ByConditions()
    {
        var table = new byte[64];
        for (byte trend = 0; trend < 4; trend++)
            for (byte state = 0; state < 4; state++)
                for (byte performance = 0; performance < 3; performance++)
                    table[trend | (state << 2) | (performance << 4)] = Encode(trend, state, performance);
        return table;
    }
}
