namespace Ldn.LandCover;

/// <summary>
/// The seven land cover classes of UNCCD reporting (method §2); the value is the code in rasters and tables. 0 is no data and no
/// class.
/// </summary>
public enum UnccdClass : byte
{
    /// <summary>Tree-covered areas.</summary>
    TreeCovered = 1,

    /// <summary>Grassland.</summary>
    Grassland = 2,

    /// <summary>Cropland.</summary>
    Cropland = 3,

    /// <summary>Wetland.</summary>
    Wetland = 4,

    /// <summary>Artificial surfaces.</summary>
    Artificial = 5,

    /// <summary>Other land: bare, snow, ice.</summary>
    OtherLand = 6,

    /// <summary>Water bodies.</summary>
    WaterBody = 7,
}

/// <summary>Names and colours of the seven classes (method §1).</summary>
public static class UnccdClasses
{
    private static readonly (string Id, string Name, string Color)[] Known =
    [
        ("tree_covered", "Tree-covered", "#787F1B"),
        ("grassland", "Grassland", "#FFAC42"),
        ("cropland", "Cropland", "#FFFB6E"),
        ("wetland", "Wetland", "#00DB84"),
        ("artificial", "Artificial", "#E60017"),
        ("other_land", "Other land", "#FFF3D7"),
        ("water_body", "Water body", "#0053C4"),
    ];

    /// <summary>Number of classes.</summary>
    public const int Count = 7;

    /// <summary>The classes in the order of their codes 1…7.</summary>
    public static IReadOnlyList<UnccdClass> All { get; } = [.. Enumerable.Range(1, Count).Select(code => (UnccdClass)code)];

    /// <summary>True for 1…7.</summary>
    public static bool IsCode(int code) => code is >= 1 and <= Count;

    /// <summary>Name in tables and machine-readable results, in snake case.</summary>
    public static string Id(this UnccdClass unccd) => Known[(int)unccd - 1].Id;

    /// <summary>Name for people.</summary>
    public static string DisplayName(this UnccdClass unccd) => Known[(int)unccd - 1].Name;

    /// <summary>Colour as <c>#RRGGBB</c>.</summary>
    public static string Color(this UnccdClass unccd) => Known[(int)unccd - 1].Color;
}
