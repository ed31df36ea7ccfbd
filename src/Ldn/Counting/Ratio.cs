using System.Globalization;
using System.Numerics;
using System.Text;

namespace Ldn.Counting;

/// <summary>
/// An exact rational number: what shares, lines and bounds are until they are printed (method §9). 7 of 100 cells are 7 %, not
/// 7.000000000000001, and a bound of 7 % is met.
/// </summary>
public readonly struct Ratio : IComparable<Ratio>, IEquatable<Ratio>
{
    private const int Decimals = 6;
    private static readonly BigInteger s_unit = BigInteger.Pow(10, Decimals);
    private readonly BigInteger _denominatorMinusOne;

    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public Ratio(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
            throw new DivideByZeroException("a ratio to nothing");
        Numerator = denominator.Sign < 0 ? -numerator : numerator;
        _denominatorMinusOne = BigInteger.Abs(denominator) - 1;
    }

    /// <summary>The numerator; its sign is that of the ratio.</summary>
    public BigInteger Numerator { get; }

    /// <summary>Above zero.</summary>
    public BigInteger Denominator => _denominatorMinusOne + 1;

    /// <summary>A decimal number is a ratio as it stands.</summary>
    public static implicit operator Ratio(decimal number)
    {
        Span<int> bits = stackalloc int[4];
        _ = decimal.GetBits(number, bits);
        BigInteger mantissa = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        return new Ratio(decimal.IsNegative(number) ? -mantissa : mantissa, BigInteger.Pow(10, (bits[3] >> 16) & 0xFF));
    }

    /// <summary>The same size with the other sign.</summary>
    public static implicit operator Ratio(long number) => new(number, 1);

    /// <summary>The same size with the other sign.</summary>
    /// <summary>A whole number.</summary>
    public static implicit operator Ratio(Int128 number) => new(number, 1);

    /// <summary>An area in km².</summary>
    public static implicit operator Ratio(Area area) => new(area.SquareMillimetres, Area.PerSquareKilometre);

    /// <summary>The sum, exact.</summary>
    public static Ratio operator +(Ratio left, Ratio right) =>
        new((left.Numerator * right.Denominator) + (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    /// <summary>The difference, exact.</summary>
    public static Ratio operator -(Ratio left, Ratio right) =>
        new((left.Numerator * right.Denominator) - (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    /// <summary>The product, exact.</summary>
    public static Ratio operator *(Ratio left, Ratio right) =>
        new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    /// <exception cref="DivideByZeroException">The divisor is zero.</exception>
    public static Ratio operator /(Ratio left, Ratio right) =>
        new(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

    /// <summary>Whether the left one is less, exactly.</summary>
    public static bool operator <(Ratio left, Ratio right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one is greater, exactly.</summary>
    public static bool operator >(Ratio left, Ratio right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one is not greater.</summary>
    public static bool operator <=(Ratio left, Ratio right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one is not less.</summary>
    public static bool operator >=(Ratio left, Ratio right) => left.CompareTo(right) >= 0;

    /// <summary>Whether both are the same number.</summary>
    public static bool operator ==(Ratio left, Ratio right) => left.Equals(right);

    /// <summary>Whether they are different numbers.</summary>
    public static bool operator !=(Ratio left, Ratio right) => !left.Equals(right);

    /// <summary>part ÷ whole × 100, exactly; null where the whole is zero.</summary>
    public static Ratio? Percent(Int128 part, Int128 whole) => whole == 0 ? null : new Ratio((BigInteger)part * 100, whole);

    /// <summary>A number as it was written: of 0.0001 one ten-thousandth, not the double nearest to it.</summary>
    /// <exception cref="OverflowException">Not a finite number.</exception>
    public static Ratio AsWritten(double number)
    {
        if (!double.IsFinite(number))
            throw new OverflowException("no ratio is infinite");
        string[] parts = number.ToString("R", CultureInfo.InvariantCulture).Split('E');
        int point = parts[0].IndexOf('.', StringComparison.Ordinal);
        int decimals = point < 0 ? 0 : parts[0].Length - point - 1;
        int exponent = (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0) - decimals;
        BigInteger digits = BigInteger.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        BigInteger power = BigInteger.Pow(10, Math.Abs(exponent));
        return exponent < 0 ? new Ratio(digits, power) : new Ratio(digits * power, 1);
    }

    /// <inheritdoc/>
    public int CompareTo(Ratio other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <inheritdoc/>
    public bool Equals(Ratio other) => CompareTo(other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Ratio other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ToDouble().GetHashCode();

    /// <summary>The nearest double, for reading and drawing.</summary>
    public double ToDouble()
    {
        // 62 or 63 binary digits, whose last says whether anything follows: rounding them to 53 rounds the quotient.
        BigInteger denominator = Denominator, numerator = BigInteger.Abs(Numerator);
        int shift = (int)(62 - (numerator.GetBitLength() - denominator.GetBitLength()));
        BigInteger dividend = shift > 0 ? numerator << shift : numerator,
        divisor = shift < 0 ? denominator << -shift : denominator;
        (BigInteger quotient, BigInteger rest) = BigInteger.DivRem(dividend, divisor);
        double rounded = (long)quotient | (rest.IsZero ? 0L : 1L);
        return Numerator.Sign * Math.ScaleB(rounded, -shift);
    }

    /// <summary>The same text as <see cref="ToString"/> in UTF-8.</summary>
    internal bool TryFormat(Span<byte> utf8, out int written)
    {
        // Of areas smaller than a continent it fits 128 bits, ten times as fast.
        const int mostBits = 104;
        if (Numerator.GetBitLength() <= mostBits && _denominatorMinusOne.GetBitLength() <= mostBits)
        {
            var denominator = (UInt128)Denominator;
            UInt128 units = (((UInt128)BigInteger.Abs(Numerator) * 2_000_000) + denominator) / (denominator * 2);
            if (units <= ulong.MaxValue)
                return Decimals6.TryFormat(Numerator.Sign < 0, (ulong)units, utf8, out written);
        }

        return Encoding.UTF8.TryGetBytes(ToString(), utf8, out written);
    }

    /// <summary>Six decimals, rounded once, half away from zero.</summary>
    public override string ToString()
    {
        BigInteger denominator = Denominator;
        BigInteger units = ((BigInteger.Abs(Numerator) * s_unit * 2) + denominator) / (denominator * 2);
        (BigInteger whole, BigInteger rest) = BigInteger.DivRem(units, s_unit);
        string sign = Numerator.Sign < 0 && !units.IsZero ? "-" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{whole}.{(long)rest:D6}");
    }
}
