using System.Globalization;

namespace Ldn.Counting;

/// <summary>Numbers with six decimals as UTF-8, from whole millionths.</summary>
internal static class Decimals6
{
    private const int Unit = 1_000_000;

    /// <summary>Writes a number; nothing at all is not negative.</summary>
    public static bool TryFormat(bool negative, ulong millionths, Span<byte> utf8, out int written)
    {
        const int decimals = 6;
        written = 0;
        if (negative && millionths != 0)
        {
            if (utf8.IsEmpty)
                return false;
            utf8[written++] = (byte)'-';
        }

        (ulong whole, ulong rest) = Math.DivRem(millionths, Unit);
        if (!whole.TryFormat(utf8[written..], out int digits, provider: CultureInfo.InvariantCulture)
            || utf8.Length < written + digits + 1 + decimals)
            return false;
        written += digits;
        utf8[written] = (byte)'.';
        for (int i = decimals; i > 0; i--)
        {
            (rest, ulong digit) = Math.DivRem(rest, 10);
            utf8[written + i] = (byte)('0' + digit);
        }

        written += 1 + decimals;
        return true;
    }
}
