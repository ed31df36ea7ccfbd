namespace Ldn.Indicator;

/// <summary>
/// The joint code of one pixel and period, two bytes from which every rule follows by table: <c>land</c> holds the land-cover condition (bits 0–1),
/// water (bit 2) and the productivity evidence (bits 3–7); <c>soil</c> the soil-carbon evidence. Evidence is what the inputs say before
/// a rule is chosen: an LPD class, a combination of trend, state and performance, the rank of a carbon change among thresholds. 0 is no data in each.
/// </summary>
public static class Evidence
{
    public const int WaterBit = 4;
    public const int ProductivityShift = 3;

    /// <summary>One more than the largest evidence value of productivity and of soil carbon.</summary>
    public const int Limit = 32;

    public static Condition LandCover(byte land) => (Condition)(land & 3);

    public static bool Water(byte land) => (land & WaterBit) != 0;

    public static int Productivity(byte land) => land >> ProductivityShift;

    public static byte Land(Condition landCover, bool water, int productivity) =>
        (byte)((int)landCover | (water ? WaterBit : 0) | productivity << ProductivityShift);
}
