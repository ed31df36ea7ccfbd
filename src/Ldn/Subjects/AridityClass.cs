namespace Ldn.Subjects;

/// <summary>Class of an aridity index P/PET (method §11), as coded in planes of the pass.</summary>
internal enum AridityClass : byte
{
    NoData = 0,
    HyperArid = 1,
    Arid = 2,
    SemiArid = 3,
    DrySubHumid = 4,
    Humid = 5,
}

/// <summary>Bounds, names and kinds of the aridity classes (method §11).</summary>
internal static class AridityClasses
{
    /// <summary>One more than the largest code.</summary>
    public const int Count = 6;

    /// <summary>
    /// The class of an index; lower bounds belong to the moister class. Compared in single precision, in which an index stored as
    /// 0.65 is 0.65, whether in a 32-bit raster or as 6500 with scale 0.0001. NaN is no data; an index below 0 is impossible and
    /// counts as no data here.
    /// </summary>
    public static AridityClass Of(double index) => (float)index switch
    {
        >= 0.65f => AridityClass.Humid,
        >= 0.50f => AridityClass.DrySubHumid,
        >= 0.20f => AridityClass.SemiArid,
        >= 0.05f => AridityClass.Arid,
        >= 0 => AridityClass.HyperArid,
        _ => AridityClass.NoData,
    };

    /// <summary>
    /// Whether degradation there is desertification: arid, semi-arid and dry sub-humid, in the words of the Convention.
    /// </summary>
    public static bool IsDryland(this AridityClass aridity) =>
        aridity is AridityClass.Arid or AridityClass.SemiArid or AridityClass.DrySubHumid;

    public static string Name(this AridityClass aridity) => aridity switch
    {
        AridityClass.HyperArid => "hyper_arid",
        AridityClass.Arid => "arid",
        AridityClass.SemiArid => "semi_arid",
        AridityClass.DrySubHumid => "dry_sub_humid",
        AridityClass.Humid => "humid",
        _ => "no_data",
    };
}
