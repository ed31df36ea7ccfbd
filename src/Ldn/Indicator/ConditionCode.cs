namespace Ldn.Indicator;

/// <summary>The codes of <see cref="Condition"/> as the bytes that the kernels compute with (method §1).</summary>
internal static class ConditionCode
{
    public const byte NoData = (byte)Condition.NoData;
    public const byte Degraded = (byte)Condition.Degraded;
    public const byte Stable = (byte)Condition.Stable;
    public const byte Improved = (byte)Condition.Improved;
}
