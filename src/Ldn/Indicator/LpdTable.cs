namespace Ldn.Indicator;

/// <summary>
/// One of the three tables that combine trend, state and performance (method §4.2). Each is indexed by <see cref="LpdParts"/>
/// code. The <c>gpg</c> tables give a condition and no LPD classes.
/// </summary>
public sealed class LpdTable
{
    private readonly byte[] _classes;
    private readonly byte[] _conditions;

    private LpdTable(string name, Func<int, int, int, (int Lpd, int Condition)> rule, bool hasClasses)
    {
        Name = name;
        _classes = new byte[LpdParts.Codes];
        _conditions = new byte[LpdParts.Codes];
        for (byte code = 1; code < LpdParts.Codes; code++)
        {
            (byte trend, byte state, byte performance) = LpdParts.Decode(code);
            (int lpd, int condition) = rule(
                trend - ConditionCode.Stable, state - ConditionCode.Stable, performance - ConditionCode.Stable);
            _classes[code] = (byte)lpd;
            _conditions[code] = hasClasses ? LpdClasses.Conditions[lpd] : (byte)(condition + ConditionCode.Stable);
        }

        HasClasses = hasClasses;
    }

    /// <summary>Five classes, as reported in the 2026 cycle (default).</summary>
    public static LpdTable Prais2026 { get; } = new("prais-2026", (t, s, p) => (Row(t, s, p).Lpd, 0), hasClasses: true);

    /// <summary>Good Practice Guidance version 2 (2021).</summary>
    public static LpdTable GpgV2 { get; } = new("gpg-v2", (t, s, p) => (0, Row(t, s, p).V2), hasClasses: false);

    /// <summary>Good Practice Guidance version 1 (2017).</summary>
    public static LpdTable GpgV1 { get; } = new("gpg-v1", (t, s, p) => (0, Row(t, s, p).V1), hasClasses: false);

    /// <summary>Every table, the default first.</summary>
    public static IReadOnlyList<LpdTable> All { get; } = [Prais2026, GpgV2, GpgV1];

    /// <summary>Name in jobs and on the command line: <c>prais-2026</c>, <c>gpg-v2</c>, <c>gpg-v1</c>.</summary>
    public string Name { get; }

    /// <summary>Whether the table gives LPD classes.</summary>
    public bool HasClasses { get; }

    /// <summary>LPD class 1…5 of each code, 0 for no data; all 0 where <see cref="HasClasses"/> is false.</summary>
    public ReadOnlySpan<byte> Classes => _classes;

    /// <summary>Condition (byte encoding of §1) of each code, 0 for no data.</summary>
    public ReadOnlySpan<byte> Conditions => _conditions;

    /// <exception cref="LdnException">Exit 2: no such table.</exception>
    public static LpdTable ByName(string name) => All.FirstOrDefault(table => table.Name == name)
        ?? throw Fault.Series.Error($"no LPD table '{name}'", $"one of {string.Join(", ", All.Select(table => table.Name))}");

    /// <summary>The table of method §4.2, row by row: T, S, P in −1, 0, +1 (P −1 or 0).</summary>
    private static (int Lpd, int V2, int V1) Row(int t, int s, int p) => (t, s, p) switch
    {
        (1, 1 or 0, _) => (5, 1, 1),
        (1, _, 0) => (5, 1, 1),
        (1, _, _) => (2, -1, -1),
        (0, 1, _) => (4, 0, 0),
        (0, 0, 0) => (4, 0, 0),
        (0, 0, _) => (3, -1, 0),
        (0, _, 0) => (2, 0, 0),
        (0, _, _) => (1, -1, -1),
        (_, 1, _) => (1, -1, -1),
        (_, 0, 0) => (1, 0, -1),
        (_, 0, _) => (1, -1, -1),
        (_, _, _) => (1, -1, -1),
    };
}

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
    public static void Encode(
        ReadOnlySpan<byte> trend, ReadOnlySpan<byte> state, ReadOnlySpan<byte> performance, Span<byte> codes)
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

/// <summary>Land productivity dynamics (method §1).</summary>
public enum LpdClass : byte
{
    /// <summary>Not known.</summary>
    NoData = 0,

    /// <summary>Declining: degraded.</summary>
    Declining = 1,

    /// <summary>Moderate decline: degraded.</summary>
    ModerateDecline = 2,

    /// <summary>Stressed: stable.</summary>
    Stressed = 3,

    /// <summary>Stable.</summary>
    Stable = 4,

    /// <summary>Increasing: improved.</summary>
    Increasing = 5,
}

/// <summary>What the classes of land productivity dynamics mean (method §4.1).</summary>
public static class LpdClasses
{
    /// <summary>
    /// Condition of a class (method §4.1): 1 and 2 degraded, 3 and 4 stable, 5 improved, 0 no data; indexed by class, in the byte
    /// encoding of §1.
    /// </summary>
    public static ReadOnlySpan<byte> Conditions =>
    [
        ConditionCode.NoData, ConditionCode.Degraded, ConditionCode.Degraded, ConditionCode.Stable, ConditionCode.Stable,
        ConditionCode.Improved,
    ];

    /// <summary>Condition 0…3 of a class.</summary>
    public static byte Condition(this LpdClass lpd) => Conditions[(int)lpd];
}
