using Ldn.Rasters;

namespace Ldn.Cli.Tests.Worlds;

/// <summary>Random rasters about a base grid: types, layouts, fills, and grids of their own.</summary>
internal sealed class WorldValues(Random random, Grid ground)
{
    public Dictionary<int, WorldLayer> Covers(int[] years, Dictionary<int, int> nesting, bool unmapped, HashSet<double> fills)
    {
        int[] codes = [.. nesting.Keys];
        var covers = new Dictionary<int, WorldLayer>();
        foreach (int year in years)
        {
            CellType type = Type(codes.Max() + 2);
            double noData = NoData(type);
            Grid grid = year == years[0] ? ground : GridOf();
            WorldLayer? before = covers.Values.FirstOrDefault(l => l.Grid == grid);
            double[
] values = Fill(grid, i => before is not null && random.Next(3) > 0
                    && (before.Stored[i] is var old && !double.IsNaN(old) && nesting.ContainsKey((int)old))
                ? before.Stored[i] : codes[random.Next(codes.Length)]);
            foreach (double fill in fills.Where(f => f < Limit(type)))
                Sprinkle(values, fill, 25);
            if (unmapped)
                Sprinkle(
                    values, codes.Max() + 1 is var odd && !nesting.ContainsKey(odd) && odd < Limit(type) ? odd : codes[0], 30);
            covers[year] = Make($"cover{year}", type, grid, values, noData) with { Fills = fills };
        }

        return covers;
    }

    public WorldLayer[] Productivity(string kind, int period, bool trendsEarth, bool unmapped)
    {
        string[] names = kind switch { "" => [], "parts" => ["trend", "state", "performance"], _ => [kind] };
        return [.. names.Select((name, part) =>
        {
            bool raw = trendsEarth && kind == "parts";
            CellType type = raw ? (random.Next(2) == 0 ? CellType.Int16 : CellType.Float32) : Type(16);
            bool signed = type.IsSigned();
            double noData = kind == "lpd" ? NoData(type) : signed ? (type == CellType.SByte ? -128 : -32768) : 0;
            Grid grid = GridOf();
            double[] values = Fill(grid, _ => (kind, part) switch
            {
                ("lpd", _) => random.Next(0, 6),
                ("parts", 2) => signed ? random.Next(-1, 1) : random.Next(1, 3),
                ("parts", 0) when raw => random.Next(-3, 4),
                ("parts", 1) when raw => random.Next(-10, 11),
                _ => signed ? random.Next(-1, 2) : random.Next(1, 4),
            });
            if (kind == "lpd")
                Sprinkle(values, 15, 40);
            if (unmapped && kind == "lpd")
                Sprinkle(values, 9, 40);

            // Nothing but 1 would be degraded in the one encoding and improved in the other.
            if (kind != "lpd" && !raw && part != 2)
                for (int i = 0; i < values.Length; i += 3)
                    values[i] = signed ? -1 : 2;
            WorldLayer layer = Make($"{name}{period}", type, grid, values, noData);
            return kind == "lpd" ? layer with { Fills = [0, 15] } : layer;
        })];
    }

    public Dictionary<int, WorldLayer> Stocks(int[] years, double threshold)
    {
        var stocks = new Dictionary<int, WorldLayer>();
        double[] factors = [1 - (threshold / 100), 1 + (threshold / 100), 0.95, 1.05, 0.9, 1.1, 1, 0, 1.5];
        CellType type = Type(250);
        foreach (int year in years)
        {
            if (random.Next(2) == 0)
                type = Type(250);
            Grid grid = stocks.Count > 0 && random.Next(2) == 0 ? stocks.Values.First().Grid : GridOf();
            double[] values = Fill(grid, _ =>
            {
                double stock = new double[] { 0, 10, 20, 40, 40, 80, 100, 77 }[random.Next(8)];
                stock = stock == 77 ? 77 : Math.Min(120, stock * factors[random.Next(factors.Length)]);
                return type.IsFloatingPoint()
                    && random.Next(4) == 0 ? stock * (
                        1 + random.NextDouble()) / 2 : type.IsFloatingPoint() ? stock : Math.Round(stock);
            });
            stocks[year] = Make($"stock{year}", type, grid, values, NoData(type));
            if (stocks[year].Layout == 'v')
                stocks[year] = stocks[year] with { Scale = random.Next(2) == 0 ? 1 : 0.25, Offset = random.Next(3) == 0 ? 2 : 0 };
        }

        return stocks;
    }

    public WorldLayer Change(int period, double threshold)
    {
        CellType type = new[]
        {
            CellType.Int16, CellType.Int32, CellType.Float32, CellType.Float64, CellType.SByte
        }[random.Next(5)];
        Grid grid = GridOf();
        double[] values = Fill(grid, _ => random.Next(4) == 0 && (threshold == Math.Floor(threshold) || type.IsFloatingPoint())
            ? (random.Next(2) == 0 ? threshold : -threshold) : random.Next(-100, 101) / (type.IsFloatingPoint() ? 3.7 : 1));
        return Make($"change{period}", type, grid, values, type == CellType.SByte ? -128 : -9999);
    }

    public WorldLayer Water() =>
        Make("water", CellType.Byte, GridOf() is var grid ? grid : ground, Fill(grid, _ => random.Next(4) == 0 ? 1 : 0), 255);

    public WorldLayer ZoneRaster()
    {
        Grid grid = random.Next(2) == 0 ? ground : GridOf();
        return Make(
            "zones", CellType.Int16, grid,
            Fill(grid, i => (i % grid.Width * 3 / grid.Width) + (10 * (i / grid.Width * 2 / grid.Height))), -1);
    }

    /// <summary>
    /// The base grid, or one with cells, corner and extent of its own (in geographic systems perhaps a turn of the globe away).
    /// </summary>
    private Grid GridOf()
    {
        if (ground.Width < 8 || ground.Height < 8 || random.Next(2) == 0)
            return ground;
        double width = ground.Width * ground.CellWidth, height = ground.Height * ground.CellHeight,
        factor = 0.6 + (random.NextDouble() * 1.7);
        double cellWidth = ground.CellWidth * factor,
        cellHeight = ground.CellHeight * factor * (0.9 + (random.NextDouble() * 0.2));
        double x = ground.OriginX + (width * ((random.NextDouble() * 0.4) - 0.2)),
        y = ground.OriginY + (height * random.NextDouble() * 0.2);
        int columns = (int)(width * (0.7 + (random.NextDouble() * 0.5)) / cellWidth) + 1,
        rows = (int)(height * 0.85 / cellHeight) + 1;
        double turn = ground.Crs.IsGeographic && random.Next(4) == 0 ? -360 : 0;
        return new Grid(columns, rows, x + turn, y, cellWidth, cellHeight, ground.Crs);
    }

    private double[] Fill(Grid grid, Func<int, double> value) => [.. Enumerable.Range(0, grid.Width * grid.Height).Select(value)];

    private void Sprinkle(double[] values, double value, int oneIn)
    {
        for (int i = 0; i < values.Length; i++)
            if (random.Next(oneIn) == 0)
                values[i] = value;
    }

    private WorldLayer Make(string name, CellType type, Grid grid, double[] values, double noData)
    {
        Sprinkle(values, noData, 15);
        if (type.IsFloatingPoint() && random.Next(2) == 0)
            Sprinkle(values, double.NaN, 25);
        if (type == CellType.Float32)
            values = [.. values.Select(v => (double)(float)v)];
        char layout = "tscv"[random.Next(type is CellType.SByte or CellType.Int64 or CellType.UInt32 ? 3 : 4)];
        return new WorldLayer(name, type, grid, values, type == CellType.Float32 ? (float)noData : noData) { Layout = layout };
    }

    /// <summary>A type that holds 0 up to a limit.</summary>
    private CellType Type(int most)
    {
        CellType[] all =
        [
            CellType.Byte, CellType.SByte, CellType.UInt16, CellType.Int16, CellType.UInt32, CellType.Int32, CellType.Int64,
            CellType.Float32, CellType.Float64,
        ];
        all = [.. all.Where(t => Limit(t) > Math.Max(most, 100))];
        return all[random.Next(all.Length)];
    }

    private static double Limit(CellType type) =>
        type switch { CellType.Byte => 256, CellType.SByte => 128, CellType.UInt16 => 65536, CellType.Int16 => 32768, _ => 1e6 };

    private double NoData(CellType type) => type switch
    {
        CellType.Byte => random.Next(3) == 0 ? 1 : 255,
        CellType.SByte => -128,
        CellType.UInt16 => 65535,
        CellType.UInt32 => 65537,
        CellType.Float32 or CellType.Float64 => new[] { double.NaN, -9999, -3.4e38 }[random.Next(3)],
        _ => -32768,
    };
}
