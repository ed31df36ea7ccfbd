namespace Ldn.Tables;

/// <summary>Pixels and area (mm²) of something, as an exact sum.</summary>
public readonly record struct Amount(long Pixels, Int128 Area)
{
    public static Amount operator +(Amount left, Amount right) => new(left.Pixels + right.Pixels, left.Area + right.Area);

    public static Amount Add(Amount left, Amount right) => left + right;

    /// <summary>This area as a share of another in per cent; null where the other is zero.</summary>
    public double? ShareOf(Amount whole) => Share(Area, whole.Area);

    /// <summary>part ÷ whole × 100; null where whole is zero.</summary>
    public static double? Share(Int128 part, Int128 whole) => whole == 0 ? null : (double)part / (double)whole * 100;
}
