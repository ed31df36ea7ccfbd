namespace Ldn.Productivity.Laws;

/// <summary>
/// The significance rule of Trends.Earth (method §4.2): tabulated values of |S|, one-sided 95 %, without tie correction.
/// </summary>
public static class TrendsEarthSignificance
{
    /// <summary>Most years the table covers.</summary>
    public const int MostYears = 50;

    private static ReadOnlySpan<byte> K95 =>
    [
        4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 31, 33, 36, 40, 43, 47, 50, 54, 59,
        63, 66, 70, 75, 79, 84, 88, 93, 97, 102, 106, 111, 115, 120, 126, 131, 137, 142, 146, 151, 157, 162, 168, 173, 179, 186, 190, 197,
    ];

    /// <summary>
    /// Smallest |S| that counts with <paramref name="validYears"/> (4…50): the table's value, above it for 4 and 5 years.
    /// </summary>
    public static int CriticalS(int validYears) => K95[validYears - ProductivityOptions.FewestYears] + (validYears <= 5 ? 1 : 0);
}
