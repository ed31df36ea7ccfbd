namespace Ldn.Indicator;

/// <summary>Land productivity dynamics (method §1).</summary>
public enum LpdClass : byte
{
    NoData = 0,
    Declining = 1,
    ModerateDecline = 2,
    Stressed = 3,
    Stable = 4,
    Increasing = 5,
}

public static class LpdClasses
{
    /// <summary>
    /// Condition of a class (method §4.1): 1 and 2 degraded, 3 and 4 stable, 5 improved, 0 no data; indexed by class, in the byte
    /// encoding of §1.
    /// </summary>
    public static ReadOnlySpan<byte> Conditions =>
    [
        ConditionCode.NoData, ConditionCode.Degraded, ConditionCode.Degraded, ConditionCode.Stable, ConditionCode.Stable, ConditionCode.Improved,
    ];

    /// <summary>Condition 0…3 of a class.</summary>
    public static byte Condition(this LpdClass lpd) => Conditions[(int)lpd];
}
