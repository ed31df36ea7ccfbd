namespace Ldn.Cli.Tests.Worlds;

/// <summary>
/// The tables of a world, one pixel at a time, in plain code after the method reference and without anything of the program.
/// Conditions are -1, 0, 1, and null for no data.
/// </summary>
internal sealed class Reference
{
    private const string DefaultMatrix = "0-----0+0+---0+-0---0---0--0++++0+0++++-000000000";
    private readonly World _world;

    public Reference(World world)
    {
        _world = world;
        Compute();
    }

    /// <summary>Pixels and km² by the key columns of each table, joined with slashes.</summary>
    public Dictionary<string, (long Pixels, double Area)> Crosstab { get; } = [];

    public Dictionary<string, (long Pixels, double Area)> Transitions { get; } = [];

    public Dictionary<string, (long Pixels, double Area)> UnccdTransitions { get; } = [];

    public Dictionary<string, (long Pixels, double Area)> Summary { get; } = [];

    public static string Name(int? condition) =>
        condition switch { -1 => "degraded", 0 => "stable", 1 => "improved", _ => "no_data" };

    private void Compute()
    {
        Rasters.Grid grid = _world.RunGrid;
        List<(string Id, WorldZone[] Members)> zones = Zones();
        for (int row = 0; row < grid.Height; row++)
        {
            double y = grid.CentreY(row), top = grid.OriginY + (row * grid.CellHeight), area = Area(grid, top);
            for (int column = 0; column < grid.Width; column++)
            {
                double x = grid.CentreX(column);
                string[] inside = [
                    .. zones.Where(z => z.Members.Any(m => m.Contains(x, y, grid.Crs.IsGeographic))).Select(z => z.Id)];
                if (inside.Length > 0)
                    Pixel(x, y, area, inside);
            }
        }
    }

    private List<(string Id, WorldZone[] Members)> Zones()
    {
        WorldZone[] all = [.. _world.ZoneLayers.SelectMany(z => z)];
        if (all.Length == 0)
            return [("all", [new WorldZone("all", "", [])])];
        return [
            .. all.Select(z => (z.Id, new[] { z })),
            .. _world.Groups.Select(g => (g.Key, all.Where(z => g.Value.Contains(z.Id)).ToArray()))];
    }

    private double Area(Rasters.Grid grid, double top) => _world.CrsCode switch
    {
        _ when _world.IsEqualArea => Math.Abs(grid.CellWidth * grid.CellHeight) / 1e6,
        "EPSG:4284" => ReferenceArea.Cell(top + grid.CellHeight, top, grid.CellWidth, 6378245, 6378245 * (1 - (1 / 298.3))),
        _ => ReferenceArea.Cell(top + grid.CellHeight, top, grid.CellWidth),
    };

    private void Pixel(double x, double y, double area, string[] zones)
    {
        int?[] baseline = [];
        bool baselineWater = false;
        foreach (WorldPeriod period in _world.Periods)
        {
            (bool water, int? cover) = Cover(period, x, y, area, zones);
            int? productivity = _world.Productivity.Length == 0 ? null : ProductivityOf(period, x, y);
            int? soil = _world.SoilCarbon.Length == 0 ? null : SoilOf(period, x, y);
            int? indicator = Combine(
                [.. new[] { (_world.Covers.Count > 0, cover), (_world.Productivity.Length > 0, productivity),
                    (_world.SoilCarbon.Length > 0, soil) }
                    .Where(s => s.Item1).Select(s => s.Item2)]);
            int?[] layers = [indicator, cover, productivity, soil];
            string[] names = ["sdg_15_3_1", "land_cover", "productivity", "soil_organic_carbon"];
            bool[] used = [true, _world.Covers.Count > 0, _world.Productivity.Length > 0, _world.SoilCarbon.Length > 0];
            if (period == _world.Periods[0])
                (baseline, baselineWater) = (layers, water);
            foreach (string zone in zones)
            {
                string Part(int layer) => used[layer] ? Name(layers[layer]) : "";
                Add(
                    Crosstab,
                    $"{zone}/{period.Id}/{(water ? 1 : 0)}/{Part(1)}/{Part(2)}/{Part(3)}/{(water ? "water" : Name(indicator))}",
                    area);
                for (int layer = 0; layer < 4; layer++)
                {
                    if (!used[layer])
                        continue;
                    Add(Summary, $"{zone}/{period.Id}/{names[layer]}/{(water ? "water" : Name(layers[layer]))}", area);
                    if (period == _world.Periods[0])
                        continue;
                    bool anyWater = water || baselineWater;
                    int status = Status(baseline[layer], layers[layer]);
                    string three = anyWater ? "water" : Name(status switch { 0 => null, < 4 => -1, 4 => 0, _ => 1 });
                    Add(Summary, $"{zone}/{period.Id}/{(layer == 0 ? "status" : "status_" + names[layer])}/{three}", area);
                    if (layer == 0)
                        Add(Summary, $"{zone}/{period.Id}/status_expanded/{(anyWater ? "water" : StatusNames[status])}", area);
                }
            }
        }
    }

    private static readonly string[] StatusNames =
    [
        "no_data", "persistent_degradation", "recent_degradation", "baseline_degradation", "stability", "baseline_improvement",
        "recent_improvement",
        "persistent_improvement",
    ];

    private (bool Water, int? Condition) Cover(WorldPeriod period, double x, double y, double area, string[] zones)
    {
        if (_world.Covers.Count == 0)
            return (_world.Water?.At(x, y) is { } mask && mask != 0, null);
        int? Class(int year) => World.Serving(_world.Covers, year).At(x, y) is { } v
            && _world.Nesting.ContainsKey((int)v) ? (int)v : null;
        int? from = Class(period.First), to = Class(period.Last);
        int? condition = null;
        if (from is { } f && to is { } t)
        {
            char sign = DefaultMatrix[((_world.Nesting[f] - 1) * 7) + _world.Nesting[t] - 1];
            condition = _world.Matrix is { } matrix ? matrix[(f, t)] : sign switch { '-' => -1, '+' => 1, _ => 0 };
        }

        static string Code(int? code) => code is { } c ? $"{c}" : "no_data";
        int? Unccd(int? code) => code is { } c ? _world.Nesting[c] : null;
        foreach (string zone in zones)
        {
            Add(Transitions, $"{zone}/{period.Id}/{Code(from)}/{Code(to)}/{Name(condition)}", area);
            Add(UnccdTransitions, $"{zone}/{period.Id}/{Code(Unccd(from))}/{Code(Unccd(to))}/{Name(condition)}", area);
        }

        return (from is { } initial && _world.Nesting[initial] == 7, condition);
    }

    private int? ProductivityOf(WorldPeriod period, double x, double y)
    {
        double?[] values = [.. period.Productivity.Select(l => l.At(x, y))];
        if (_world.Productivity == "lpd")
            return values[0] switch { 1 or 2 => -1, 3 or 4 => 0, 5 => 1, _ => null };
        int?[] conditions = [.. period.Productivity.Select((layer, i) => Signed(layer, values[i]))];
        if (_world.Productivity == "condition")
            return conditions[0];
        if (_world.Rules.TrendsEarth)
            for (int i = 0; i < 2; i++)
                conditions[i] = values[i] switch { null => null, <= -2 => -1, >= 2 => 1, _ => 0 };
        if (conditions.Contains(null))
            return null;
        (int t, int s, int p) = (conditions[0]!.Value, conditions[1]!.Value, conditions[2]!.Value);
        int lpd = (t, s, p) switch
        {
            (1, >= 0, _) or (1, -1, 0) => 5,
            (1, -1, -1) => 2,
            (0, 1, _) or (0, 0, 0) => 4,
            (0, 0, -1) => 3,
            (0, -1, 0) => 2,
            (0, -1, -1) => 1,
            _ => 1,
        };
        return _world.Rules.LpdTable switch
        {
            "gpg-v2" => t == -1 ? (s == 0 && p == 0 ? 0 : -1) : t == 1 ? (s == -1 && p == -1 ? -1 : 1) : (s == 0 && p == -1)
                || (s == -1 && p == -1) ? -1 : 0,
            "gpg-v1" => t == -1 ? -1 : t == 1 ? (s == -1 && p == -1 ? -1 : 1) : s == -1 && p == -1 ? -1 : 0,
            _ => lpd <= 2 ? -1 : lpd == 5 ? 1 : 0,
        };
    }

    /// <summary>A condition coded -1, 0, 1 in signed types and 1, 2, 3 in unsigned ones.</summary>
    private static int? Signed(WorldLayer layer, double? value) => value is not { } v ? null
        : Rasters.CellTypes.IsSigned(layer.Type)
            ? (v is >= -1 and <= 1 ? (int)v : null)
            : (v is >= 1 and <= 3 ? (int)v - 2 : null);

    private int? SoilOf(WorldPeriod period, double x, double y)
    {
        double t = _world.Rules.Threshold;
        bool inclusive = _world.Rules.Inclusive;
        if (_world.SoilCarbon == "change")
        {
            return period.SoilChange!.Physical(x, y) is not { } change ? null
                : change < -t || (inclusive && change == -t) ? -1 : change > t || (inclusive && change == t) ? 1 : 0;
        }

        double? a = World.Serving(_world.Stocks, period.First).Physical(x, y),
        b = World.Serving(_world.Stocks, period.Last).Physical(x, y);
        if (a is not { } initial || b is not { } final || initial == 0)
            return null;
        double left = 100 * final, lower = (100 - t) * initial, upper = (100 + t) * initial;
        return left < lower || (inclusive && left == lower) ? -1 : left > upper || (inclusive && left == upper) ? 1 : 0;
    }

    private int? Combine(int?[] parts)
    {
        bool missing = parts.Contains(null), none = parts.All(p => p is null);
        int? worst = parts.Contains(-1) ? -1 : parts.Contains(1) ? 1 : 0;
        return _world.Rules.Missing switch
        {
            "strict" => missing ? null : worst,
            "precautionary" => worst == -1 ? -1 : missing ? null : worst,
            _ => none ? null : worst,
        };
    }

    private int Status(int? before, int? now)
    {
        if (before is not { } b || now is not { } n)
            return 0;
        if (b == -1 && n == 1 && _world.Rules.Status == "progress-2022")
            return 4;
        return n switch { -1 => b == -1 ? 1 : 2, 0 => b == -1 ? 3 : b == 0 ? 4 : 5, _ => b == 1 ? 7 : 6 };
    }

    private static void Add(Dictionary<string, (long Pixels, double Area)> table, string key, double area)
    {
        (long pixels, double sum) = table.GetValueOrDefault(key);
        table[key] = (pixels + 1, sum + area);
    }
}
