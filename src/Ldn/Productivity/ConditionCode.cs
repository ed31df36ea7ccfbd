namespace Ldn.Productivity;

/// <summary>The default byte encoding of a condition, which the kernels write (method §1).</summary>
internal static class ConditionCode
{
    public const byte NoData = 0;
    public const byte Degraded = 1;
    public const byte Stable = 2;
    public const byte Improved = 3;
}
