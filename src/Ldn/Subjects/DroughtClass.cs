namespace Ldn.Subjects;

/// <summary>
/// Class of a standardised precipitation index (method §11), as coded in planes of the pass; a larger code is a worse drought.
/// </summary>
internal enum DroughtClass : byte
{
    NoData = 0,
    None = 1,
    Mild = 2,
    Moderate = 3,
    Severe = 4,
    Extreme = 5,
}

/// <summary>To which class an index of exactly 0, −1, −1.5 or −2 belongs (method §11, §13).</summary>
internal enum DroughtBounds
{
    /// <summary>To the worse one, as the UNCCD's guidance has it: 0 is mild.</summary>
    Default,

    /// <summary>To the milder one, as Trends.Earth has it: 0 is none.</summary>
    TrendsEarth,
}

/// <summary>The drought classes of SO3 (method §11).</summary>
internal static class DroughtClasses
{
    /// <summary>One more than the largest code.</summary>
    public const int Count = 6;

    /// <summary>Years of a reporting epoch of SO3.</summary>
    public const int BlockYears = 4;

    private const int FirstBlockYear = 2000;

    /// <summary>
    /// The class of an index; NaN is no data. Compared in single precision, in which −1500 with scale 0.001 is −1.5 exactly.
    /// </summary>
    public static DroughtClass Of(double index, DroughtBounds bounds = DroughtBounds.Default)
    {
        float x = (float)index;
        if (float.IsNaN(x))
            return DroughtClass.NoData;
        return bounds == DroughtBounds.Default
            ? x switch
            {
                > 0f => DroughtClass.None,
                > -1f => DroughtClass.Mild,
                > -1.5f => DroughtClass.Moderate,
                > -2f => DroughtClass.Severe,
                _ => DroughtClass.Extreme
            }
            : x switch
            {
                >= 0f => DroughtClass.None,
                >= -1f => DroughtClass.Mild,
                >= -1.5f => DroughtClass.Moderate,
                >= -2f => DroughtClass.Severe,
                _ => DroughtClass.Extreme
            };
    }

    /// <summary>
    /// The four-year blocks of some years: fixed at 2000–2003, 2004–2007, … whatever years are given, earlier ones alike; each
    /// with those of its years that are there; a block without any is left out.
    /// </summary>
    public static IReadOnlyList<(int First, int Last, IReadOnlyList<int> Years)> Blocks(IEnumerable<int> years)
    {
        return
        [
            .. years.Distinct().Order()
                .GroupBy(year => FirstBlockYear + (BlockYears * (int)Math.Floor((year - FirstBlockYear) / (double)BlockYears)))
                .Select(block => (block.Key, block.Key + BlockYears - 1, (IReadOnlyList<int>)[.. block])),
        ];
    }

    public static string Name(this DroughtClass drought) => drought switch
    {
        DroughtClass.None => "none",
        DroughtClass.Mild => "mild",
        DroughtClass.Moderate => "moderate",
        DroughtClass.Severe => "severe",
        DroughtClass.Extreme => "extreme",
        _ => "no_data",
    };
}
