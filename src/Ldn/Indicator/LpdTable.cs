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
            (int lpd, int condition) = rule(trend - ConditionCode.Stable, state - ConditionCode.Stable, performance - ConditionCode.Stable);
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

    public static IReadOnlyList<LpdTable> All { get; } = [Prais2026, GpgV2, GpgV1];

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
