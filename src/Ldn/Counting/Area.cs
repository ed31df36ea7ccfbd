using System.Globalization;
using System.Text;

namespace Ldn.Counting;

/// <summary>
/// An area in whole square millimetres, or a difference of two (method §9): the one type of areas, from the row of a raster to
/// the printed figure. Sums are exact and do not depend on their order; 128 bits hold the Earth 10¹⁷ times.
/// </summary>
/// <param name="SquareMillimetres">mm², for laws that multiply areas with something else.</param>
public readonly record struct Area(Int128 SquareMillimetres) : IComparable<Area>
{
    private const long SquareMillimetresPerSquareMetre = 1_000_000;

    /// <summary>mm² of a hectare.</summary>
    public const long PerHectare = 10_000_000_000;

    /// <summary>mm² of a square kilometre.</summary>
    public const long PerSquareKilometre = 1_000_000_000_000;

    /// <summary>0 mm².</summary>
    public static Area Zero => default;

    /// <summary>The nearest double, for reading, drawing and laws in floating point; never to be compared with a bound.</summary>
    public double SquareKilometres => (double)SquareMillimetres / PerSquareKilometre;

    /// <summary>The same in hectares.</summary>
    public double Hectares => (double)SquareMillimetres / PerHectare;

    /// <summary>Whether it is exactly 0 mm².</summary>
    public bool IsZero => SquareMillimetres == 0;

    /// <summary>Whether it is below 0, as a difference can be.</summary>
    public bool IsNegative => SquareMillimetres < 0;

    /// <summary>The sum, exact.</summary>
    public static Area operator +(Area left, Area right) => new(left.SquareMillimetres + right.SquareMillimetres);

    /// <summary>The difference, exact.</summary>
    public static Area operator -(Area left, Area right) => new(left.SquareMillimetres - right.SquareMillimetres);

    /// <summary>The same size with the other sign.</summary>
    public static Area operator -(Area area) => new(-area.SquareMillimetres);

    /// <summary>Whether the left one is less, exactly.</summary>
    public static bool operator <(Area left, Area right) => left.SquareMillimetres < right.SquareMillimetres;

    /// <summary>Whether the left one is greater, exactly.</summary>
    public static bool operator >(Area left, Area right) => left.SquareMillimetres > right.SquareMillimetres;

    /// <summary>Whether the left one is not greater.</summary>
    public static bool operator <=(Area left, Area right) => left.SquareMillimetres <= right.SquareMillimetres;

    /// <summary>Whether the left one is not less.</summary>
    public static bool operator >=(Area left, Area right) => left.SquareMillimetres >= right.SquareMillimetres;

    /// <summary>The sum, exact.</summary>
    public static Area Add(Area left, Area right) => left + right;

    /// <summary>The difference, exact; may be negative.</summary>
    public static Area Subtract(Area left, Area right) => left - right;

    /// <summary>The same size with the other sign.</summary>
    public static Area Negate(Area area) => -area;

    /// <summary>The greater of the two.</summary>
    public static Area Max(Area left, Area right) => left > right ? left : right;

    /// <summary>So many km², to the nearest mm² half away from zero.</summary>
    /// <exception cref="OverflowException">Beyond 7.9 × 10¹⁶ km².</exception>
    public static Area OfSquareKilometres(decimal km2) =>
        new((Int128)decimal.Round(km2 * PerSquareKilometre, 0, MidpointRounding.AwayFromZero));

    /// <summary>The sum, exact whatever the order; 0 of none.</summary>
    public static Area Sum(IEnumerable<Area> areas) => areas.Aggregate(Zero, Add);

    /// <summary>This area as an exact share of another, in per cent; null where the other is zero.</summary>
    public Ratio? PercentOf(Area whole) => Ratio.Percent(SquareMillimetres, whole.SquareMillimetres);

    /// <inheritdoc/>
    public int CompareTo(Area other) => SquareMillimetres.CompareTo(other.SquareMillimetres);

    /// <summary>The same text as <see cref="ToString"/> in UTF-8.</summary>
    internal bool TryFormat(Span<byte> utf8, out int written)
    {
        Int128 absolute = IsNegative ? -SquareMillimetres : SquareMillimetres;
        if (absolute > long.MaxValue)
            return Encoding.UTF8.TryGetBytes(ToString(), utf8, out written);
        return Decimals6.TryFormat(
            IsNegative, ((ulong)absolute + (SquareMillimetresPerSquareMetre / 2)) / SquareMillimetresPerSquareMetre, utf8,
            out written);
    }

    /// <summary>km² with 6 decimals (one unit of the last is a square metre), rounded half away from zero in integers.</summary>
    public override string ToString()
    {
        Int128 absolute = IsNegative ? -SquareMillimetres : SquareMillimetres;
        Int128 squareMetres = (absolute + (SquareMillimetresPerSquareMetre / 2)) / SquareMillimetresPerSquareMetre;
        (Int128 whole, Int128 rest) = Int128.DivRem(squareMetres, 1_000_000);
        string sign = IsNegative && squareMetres != 0 ? "-" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{whole}.{(long)rest:D6}");
    }
}
