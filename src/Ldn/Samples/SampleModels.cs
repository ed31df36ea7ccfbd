namespace Ldn.Samples;

/// <summary>
/// Land productivity dynamics 1…5 (0 no data): ordered belts of a field, lower where cover was degraded and higher where forest
/// came back.
/// </summary>
internal static class SampleProductivity
{
    /// <summary>The class in a period: 0 baseline, 1 and 2 the reporting periods.</summary>
    public static byte Class(int x, int period, SampleRow row, Biome biome, CoverKind before, CoverKind after)
    {
        if (after == CoverKind.Water || biome == Biome.Ice)
            return 0;
        int rank = row.Productivity[x] + ((row.LateProductivity[x] - 32768) * period / 6);
        int step = after - before;
        rank -= step > 0 ? 16000 : step < 0 ? -16000 : 0;
        return rank switch
        {
            < 2600 => 1,
            < 8300 => 2,
            < 14000 => 3,
            < 51500 => 4,
            _ => 5,
        };
    }
}

/// <summary>Soil organic carbon stocks of 0–30 cm in tenths of t/ha.</summary>
internal static class SampleCarbon
{
    /// <summary>Years of the stocks, and the land cover year (index) that each follows.</summary>
    public static readonly int[] Years = [2000, 2015, 2019, 2023];

    public static readonly int[] CoverYears = [0, 1, 3, 4];

    // Stocks by biome and kind, t/ha; water has none.
    private static readonly int[][] Stocks =
    [
        [0, 60, 40, 8, 20, 20, 10],
        [0, 240, 130, 25, 110, 60, 20],
        [0, 260, 145, 30, 115, 90, 35],
        [0, 190, 110, 25, 95, 72, 30],
        [0, 140, 90, 20, 78, 65, 25],
        [0, 90, 45, 9, 24, 36, 12],
        [0, 170, 88, 22, 72, 58, 26],
    ];

    // Per mille kept by a change of kind: rows before, columns after (water to town).
    private static readonly int[][] Kept =
    [
        [1000, 1000, 1000, 1000, 1000, 1000, 1000],
        [1000, 1000, 800, 350, 740, 690, 400],
        [1000, 1000, 1000, 320, 900, 690, 400],
        [1000, 1400, 1500, 1000, 1300, 1150, 800],
        [1000, 1060, 1080, 300, 1000, 790, 420],
        [1000, 1200, 1250, 400, 1180, 1000, 480],
        [1000, 1000, 1300, 700, 1300, 1100, 1000],
    ];

    /// <summary>The stock of 2000; 0 where there is no data.</summary>
    public static int Initial(int x, SampleRow row, Biome biome, CoverKind kind) =>
        row.Soil[x] < 90 ? 0 : Stocks[(int)biome][(int)kind] * (6000 + ((row.Soil[x] + (row.Variety[x] / 4)) / 9)) / 1000;

    /// <summary>
    /// The next stock: what a change of cover leaves, times what good or bad use of the land does in some patches.
    /// </summary>
    public static int Next(int stock, CoverKind before, CoverKind after, int patch)
    {
        if (before == CoverKind.Water || after == CoverKind.Water)
            return after == CoverKind.Water ? 0 : stock;
        int used = after is CoverKind.Grass or CoverKind.Crop ? patch > 60500 ? 850 : patch < 4000 ? 1130 : 1000 : 1000;
        return stock * Kept[(int)before][(int)after] / 1000 * used / 1000;
    }
}

/// <summary>People, land types: layers that the indicator is crossed with.</summary>
internal static class SampleStrata
{
    // Persons a km² by kind.
    private static readonly double[] Density = [0, 1.5, 3, 0.2, 7, 95, 1400];

    private static readonly double[] BiomeFactor = [0.001, 0.02, 0.12, 1, 0.4, 0.6, 2.2];

    /// <summary>Persons in a cell of the given area, in 64ths.</summary>
    public static double People(int x, SampleRow row, Biome biome, CoverKind kind, double squareKilometres)
    {
        double density = Density[(int)kind] * BiomeFactor[(int)biome] * (0.4 + (row.Soil[x] / 54000.0));
        return Math.Floor(density * squareKilometres * 64);
    }

    /// <summary>The women among them: 48 to 52 of a hundred.</summary>
    public static double Women(int x, SampleRow row, double people) =>
        Math.Floor(people * (0.48 + (row.Relief[x] * 0.04 / 65536)));

    /// <summary>A land type 1…14: the biome, on high or low ground.</summary>
    public static byte LandType(Biome biome, int relief) => (byte)(1 + ((int)biome * 2) + (relief > 36000 ? 1 : 0));

    /// <summary>
    /// Area of a cell near a latitude, km²; the cosine as a series, for library functions differ between machines.
    /// </summary>
    public static double CellArea(double latitude, double width, double height)
    {
        double t = latitude * 0.017453292519943295;
        double q = t * t;
        double cosine = 1 - (q / 2 * (1 - (q / 12 * (1 - (q / 30 * (1 - (q / 56 * (1 - (q / 90)))))))));
        return 12391 * width * height * (cosine < 0 ? 0 : cosine);
    }
}
