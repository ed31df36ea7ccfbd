namespace Ldn.Samples;

/// <summary>Kinds of cover in the order in which they border each other; towns lie in fields, wetlands round water.</summary>
internal enum CoverKind
{
    Water,
    Wetland,
    Tree,
    Bare,
    Grass,
    Crop,
    Town,
}

/// <summary>
/// Land cover in ESA CCI codes. A cell's rank among the kinds of its biome moves with the years inside patches of change, so that
/// kinds grow or shrink at their borders: fields into grass, towns into fields, forest back over grass.
/// </summary>
internal static class SampleLandCover
{
    /// <summary>The years, oldest first.</summary>
    public static readonly int[] Years = [2000, 2015, 2016, 2019, 2022];

    /// <summary>Code of water bodies, also of the sea.</summary>
    public const byte Water = 210;

    // How far ranks have moved by each year, in 1000ths, for change before and after 2015.
    private static readonly int[] Early = [0, 1000, 1000, 1000, 1000];
    private static readonly int[] Late = [0, 0, 150, 600, 1000];

    // Upper ranks of the kinds, per mille, by biome.
    private static readonly int[][] Shares =
    [
        [10, 20, 22, 850, 990, 996, 1000],
        [45, 160, 250, 480, 993, 998, 1000],
        [35, 110, 745, 790, 925, 993, 1000],
        [28, 45, 420, 428, 600, 972, 1000],
        [12, 20, 65, 190, 780, 989, 1000],
        [6, 9, 14, 870, 955, 994, 1000],
        [28, 42, 480, 486, 610, 968, 1000],
    ];

    private static readonly byte[][] Wetlands = [[180], [180], [160, 180, 180], [180, 160], [180], [180], [170, 160, 180]];

    private static readonly byte[][] Trees =
    [
        [81], [80, 81, 71], [70, 71, 72, 80, 81, 82, 90], [60, 61, 62, 70, 90, 100], [60, 100, 71], [100],
        [50, 60, 62, 70, 90, 100],
    ];

    private static readonly byte[][] Bares = [
        [220, 220, 200], [200, 202, 201], [200, 202], [200, 202], [200, 201, 202], [200, 201, 202, 200], [200, 202]];

    private static readonly byte[][] Grasses =
    [
        [140, 150], [140, 150, 152, 121, 153], [120, 122, 130, 110], [130, 120, 110], [130, 122, 150, 130, 151], [150, 153, 130],
        [120, 121, 130, 110],
    ];

    private static readonly byte[][] Crops = [
        [10], [11], [10, 30, 40], [10, 11, 30, 40], [10, 11, 30], [20, 10], [10, 12, 20, 30, 40]];

    private static readonly int[][] Limits = [.. Shares.Select(shares => shares.Select(share => share * 65536 / 1000).ToArray())];

    // Codes by kind and biome.
    private static readonly byte[][][] Codes =
    [
        [.. Wetlands.Select(_ => new[] { Water })], Wetlands, Trees, Bares, Grasses, Crops,
        [.. Wetlands.Select(_ => new byte[] { 190 })],
    ];

    /// <summary>
    /// How far the rank of cell <paramref name="x"/> has moved by a year (index into <see cref="Years"/>); mostly 0.
    /// </summary>
    public static int Movement(int x, int year, SampleRow row) =>
        ((Direction(row.EarlyChange[x]) * Early[year]) + (Direction(row.LateChange[x]) * Late[year])) / 1000;

    /// <summary>The kind of a cell whose rank has moved.</summary>
    public static CoverKind Kind(Biome biome, int rank, int movement)
    {
        int[] limits = Limits[(int)biome];
        CoverKind kind = KindAt(limits, rank);
        // Nobody takes a town down.
        return movement == 0 || kind == CoverKind.Town ? kind : KindAt(limits, rank + movement);
    }

    /// <summary>The ESA CCI code of a kind in a biome.</summary>
    public static byte Code(Biome biome, CoverKind kind, int variety)
    {
        byte[] codes = Codes[(int)kind][(int)biome];
        return codes[variety * codes.Length / 65536];
    }

    // Patches where ranks rise towards field and town, patches where they fall towards forest, and most of the land at rest.
    private static int Direction(int rank) => rank switch
    {
        > 53000 => 600 + ((rank - 53000) / 10),
        < 8500 => -400 - ((8500 - rank) / 12),
        _ => 0,
    };

    private static CoverKind KindAt(int[] limits, int rank)
    {
        int kind = 0;
        while (kind < (int)CoverKind.Town && rank >= limits[kind])
            kind++;
        return (CoverKind)kind;
    }
}
