namespace Ldn.Indicator;

/// <summary>
/// The joint code of one pixel and period, two bytes from which every rule follows by table: <c>land</c> holds the land-cover
/// condition (bits 0–1), water (bit 2) and the productivity evidence (bits 3–7); <c>soil</c> the soil-carbon evidence. Evidence
/// is what the inputs say before a rule is chosen: an LPD class, a combination of trend, state and performance, the rank of a
/// carbon change among thresholds. 0 is no data in each.
/// </summary>
public static class Evidence
{
    /// <summary>The bit of the first byte that says water.</summary>
    public const int WaterBit = 4;
    /// <summary>Where the evidence of productivity begins in the first byte: bits 3 to 7.</summary>
    public const int ProductivityShift = 3;

    /// <summary>One more than the largest evidence value of productivity and of soil carbon.</summary>
    public const int Limit = 32;

    /// <summary>
    /// Soil-carbon evidence of a period that the statistical test has judged: the verdict itself, whatever the threshold
    /// (drought §7). No rank of a run is as high.
    /// </summary>
    public static byte Tested(Condition verdict) =>
        (byte)(verdict == Condition.NoData ? 0 : Limit - 4 + (int)verdict);

    /// <summary>Whether soil-carbon evidence is a verdict of the test.</summary>
    public static bool IsTested(int soil) => soil > Limit - 4;

    /// <summary>Conditions of soil-carbon evidence with those of verdicts.</summary>
    internal static Condition[] WithVerdicts(Condition[] conditions)
    {
        foreach (Condition verdict in (ReadOnlySpan<Condition>)[Condition.Degraded, Condition.Stable, Condition.Improved])
            conditions[Tested(verdict)] = verdict;
        return conditions;
    }

    /// <summary>Number of joint codes as <see cref="Code"/> counts them.</summary>
    public const int Codes = 256 * Limit;

    /// <summary>Both bytes of a joint code as one number.</summary>
    public static int Code(byte land, byte soil) => (land * Limit) + soil;

    /// <summary>The condition of land cover in a first byte.</summary>
    public static Condition LandCover(byte land) => (Condition)(land & 3);

    /// <summary>Whether a first byte is of water.</summary>
    public static bool Water(byte land) => (land & WaterBit) != 0;

    /// <summary>The evidence of productivity in a first byte, 0…31, 0 no data.</summary>
    public static int Productivity(byte land) => land >> ProductivityShift;

    /// <summary>The first byte of a joint code.</summary>
    /// <param name="landCover">Condition of land cover.</param>
    /// <param name="water">Whether the cell is water.</param>
    /// <param name="productivity">0…31: an LPD class 1…5 or another code the run's tables know; 0 no data.</param>
    public static byte Land(Condition landCover, bool water, int productivity) =>
        (byte)((int)landCover | (water ? WaterBit : 0) | productivity << ProductivityShift);
}

/// <summary>
/// Everything <see cref="IndicatorKernel"/> looks up, made once per rule set. A sub-indicator that is left out contributes to no
/// lookup.
/// </summary>
public sealed class IndicatorTables
{
    /// <param name="productivity">Condition of each productivity evidence, <see cref="Evidence.Limit"/> entries; null when left
    /// out.</param>
    /// <param name="soilCarbon">Condition of each soil-carbon evidence, likewise.</param>
    /// <param name="usesLandCover">Whether land cover takes part in the indicator (water does in any case).</param>
    /// <param name="maskWater">Whether water pixels are blanked in the sub-indicators too (method §6), not only in the
    /// indicator.</param>
    public IndicatorTables(
        bool usesLandCover, Condition[]? productivity, Condition[]? soilCarbon, MissingDataPolicy policy, bool maskWater = true)
    {
        UsesLandCover = usesLandCover;
        ProductivityConditions = productivity;
        SoilCarbonConditions = soilCarbon;
        Policy = policy;
        MaskWater = maskWater;
        Combine = OneOutAllOut.Table(policy);
        for (int bits = 0; bits < 8; bits++)
        {
            bool water = (bits & Evidence.WaterBit) != 0;
            LandCoverSet[bits] = (byte)((usesLandCover ? 1 << (bits & 3) : 0) | (water ? 0x80 : 0));
            LandCoverCondition[bits] = water && maskWater ? (byte)0 : (byte)(bits & 3);
        }

        for (int evidence = 0; evidence < Evidence.Limit; evidence++)
        {
            ProductivitySet[evidence] = OneHot(productivity, evidence);
            SoilCarbonSet[evidence] = OneHot(soilCarbon, evidence);
            ProductivityCondition[evidence] = (byte)(productivity?[evidence] ?? Condition.NoData);
            SoilCarbonCondition[evidence] = (byte)(soilCarbon?[evidence] ?? Condition.NoData);
        }
    }

    /// <summary>Whether land cover takes part in the indicator.</summary>
    public bool UsesLandCover { get; }

    /// <summary>The condition of each evidence of productivity, 32 entries; null where it takes no part.</summary>
    public Condition[]? ProductivityConditions { get; }

    /// <summary>The same of soil carbon, <see cref="Evidence.Limit"/> entries; null where it takes no part.</summary>
    public Condition[]? SoilCarbonConditions { get; }

    /// <summary>What a missing sub-indicator does.</summary>
    public MissingDataPolicy Policy { get; }

    /// <summary>Whether water is no data in every condition.</summary>
    public bool MaskWater { get; }

    /// <summary>Set of conditions present → indicator (<see cref="OneOutAllOut.Table"/>).</summary>
    internal byte[] Combine { get; }

    /// <summary>Low three bits of <c>land</c> → set with one condition, bit 7 for water. The others: evidence → set.</summary>
    internal byte[] LandCoverSet { get; } = new byte[16];

    internal byte[] ProductivitySet { get; } = new byte[Evidence.Limit];

    internal byte[] SoilCarbonSet { get; } = new byte[Evidence.Limit];

    internal byte[] LandCoverCondition { get; } = new byte[16];

    internal byte[] ProductivityCondition { get; } = new byte[Evidence.Limit];

    internal byte[] SoilCarbonCondition { get; } = new byte[Evidence.Limit];

    /// <summary>The scalar law: what one joint code means under these rules.</summary>
    public Outcome Of(byte land, byte soil)
    {
        bool water = Evidence.Water(land);
        Condition landCover = Evidence.LandCover(land);
        Condition productivity = (Condition)ProductivityCondition[Evidence.Productivity(land)];
        Condition soilCarbon = (Condition)SoilCarbonCondition[soil];
        Condition indicator = water ? Condition.NoData : Combined(landCover, productivity, soilCarbon);
        return new Outcome(water, landCover, productivity, soilCarbon, indicator);
    }

    /// <summary>One-out-all-out over the sub-indicators in use, on land.</summary>
    public Condition Combined(Condition landCover, Condition productivity, Condition soilCarbon)
    {
        Span<Condition> considered = stackalloc Condition[3];
        int count = 0;
        if (UsesLandCover)
            considered[count++] = landCover;
        if (ProductivityConditions is not null)
            considered[count++] = productivity;
        if (SoilCarbonConditions is not null)
            considered[count++] = soilCarbon;
        return OneOutAllOut.Combine(considered[..count], Policy);
    }

    private static byte OneHot(Condition[]? conditions, int evidence) =>
        conditions is null ? (byte)0 : (byte)(1 << (int)conditions[evidence]);
}

/// <summary>
/// Conditions of one joint code; the sub-indicators as they are before the water mask, the indicator no data on water.
/// </summary>
/// <param name="Water">Whether the cell is water.</param>
/// <param name="LandCover">Of land cover.</param>
/// <param name="Productivity">Of land productivity.</param>
/// <param name="SoilCarbon">Of soil organic carbon.</param>
/// <param name="Indicator">Of the indicator, one-out-all-out (method §6).</param>
public readonly record struct Outcome(
    bool Water, Condition LandCover, Condition Productivity, Condition SoilCarbon, Condition Indicator)
{
    /// <summary>The condition of a sub-indicator, before the water mask.</summary>
    public Condition Of(SubIndicator sub) => sub switch
    {
        SubIndicator.LandCover => LandCover,
        SubIndicator.Productivity => Productivity,
        _ => SoilCarbon,
    };
}
