using Ldn.Counting;

namespace Ldn.Tables;

/// <summary>Pixels and area of something, as an exact sum.</summary>
/// <param name="Area">True area, in whole mm².</param>
internal readonly record struct Amount(long Pixels, Area Area)
{
    public static Amount operator +(Amount left, Amount right) => new(left.Pixels + right.Pixels, left.Area + right.Area);

    public static Amount operator -(Amount left, Amount right) => new(left.Pixels - right.Pixels, left.Area - right.Area);

    public static Amount Add(Amount left, Amount right) => left + right;

    public static Amount Subtract(Amount left, Amount right) => left - right;

    /// <summary>This area as an exact share of another in per cent; null where the other is zero.</summary>
    public Ratio? ShareOf(Amount whole) => Area.PercentOf(whole.Area);
}
