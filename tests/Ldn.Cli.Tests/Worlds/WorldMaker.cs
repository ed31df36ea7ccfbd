using Ldn.Rasters;

namespace Ldn.Cli.Tests.Worlds;

/// <summary>Makes a world of a seed: the same one on every machine.</summary>
internal sealed class WorldMaker
{
    private static readonly string[] Policies = ["strict", "precautionary", "available"],
    LpdTables = ["prais-2026", "gpg-v2", "gpg-v1"];

    private readonly Random _random;
    private readonly int _seed;
    private readonly Grid _base;
    private readonly string _crs;
    private readonly WorldValues _values;

    private WorldMaker(int seed)
    {
        _random = new Random(seed);
        _seed = seed;
        _crs = _random.Next(
            9) switch
        { 0 => "EPSG:6933", 1 => "EPSG:4284", 2 => "EPSG:3035", 3 => "EPSG:5070", _ => "EPSG:4326" };
        // Single cells, small ones, and narrow ones that reach beyond the 512 cells the program works in, some of them for seven
        // shards.
        (int width, int height) = (seed % 8) switch
        {
            7 when seed % 3 == 0 => (_random.Next(300, 601), _random.Next(200, 401)),
            0 => (1, 1),
            1 => (_random.Next(1, 8), _random.Next(1, 8)),
            2 when seed % 16 == 2 => (_random.Next(3600, 4200), _random.Next(2, 9)),
            2 => (_random.Next(500, 1100), _random.Next(8, 40)),
            3 => (_random.Next(8, 40), _random.Next(500, 1100)),
            _ => (_random.Next(8, 301), _random.Next(8, 201)),
        };
        bool southUp = _random.Next(8) == 0;
        if (_crs == "EPSG:6933")
        {
            // This projection's poles lie at 7.3 million metres; cells beyond them are no place on Earth.
            double cell = Math.Min(_random.Next(200, 9000), Math.Min(4_000_000 / height, 10_000_000 / width)),
            x = _random.Next(-9_000_000, 6_000_000), y = _random.Next(-1_000_000, 6_000_000);
            _base = new Grid(
                width, height, x, southUp ? y - (cell * height) : y, cell, southUp ? cell : -cell, Workspace.Crs(_crs));
        }
        else if (_crs is "EPSG:3035" or "EPSG:5070")
        {
            // Europe about 4.3 million east and 3.2 million north; the conterminous United States about 0 east and 1.5 million
            // north.
            double cell = Math.Min(_random.Next(200, 9000), 2_000_000 / Math.Max(width, height)), x = _crs == "EPSG:3035"
                ? _random.Next(3_000_000, 4_500_000)
                : _random.Next(-2_000_000, 500_000);
            double y = _crs == "EPSG:3035" ? _random.Next(3_500_000, 4_800_000) : _random.Next(2_000_000, 3_000_000);
            _base = new Grid(
                width, height, x, southUp ? y - (cell * height) : y, cell, southUp ? cell : -cell, Workspace.Crs(_crs));
        }
        else
        {
            double cell = new[]
            {
                1 / 360.0, 1 / 12.0, 0.1, 0.25, 0.3
            }[_random.Next(width > 2000 ? 1 : Math.Max(width, height) > 500 ? 3 : 5)], x = _random.Next(4) == 0
                ? 175
                : _random.Next(-180, 100);
            double north = Math.Max(-80 + (cell * height), _random.Next(-60, 84));
            _base = new Grid(
                width, height, x, southUp ? north - (cell * height) : north, cell, southUp ? cell : -cell, Workspace.Crs(_crs));
        }

        _values = new WorldValues(_random, _base);
    }

    public static World Make(int seed) => new WorldMaker(seed).Make();

    private World Make()
    {
        bool cover = _random.Next(6) > 0, trendsEarth = _random.Next(5) == 0;
        string productivity = _random.Next(8) switch { 0 => "", 1 or 2 => "condition", 3 or 4 => "parts", _ => "lpd" };
        string soil = _random.Next(8) switch { 0 => "", 1 or 2 => "change", _ => "stocks" };
        if (!cover && productivity.Length == 0 && soil.Length == 0)
            cover = true;
        var rules = new WorldRules(
            Policies[_random.Next(3)], new[] { 10, 10, 5, 7.5, 0, 20 }[_random.Next(6)], _random.Next(2) == 0,
            LpdTables[_random.Next(3)], _random.Next(3) == 0,
            trendsEarth, _random.Next(3) == 0 ? "progress-2022" : "addendum-2025", _random.Next(1, 5));
        if (rules.Threshold == 0)
            rules = rules with { Inclusive = false };
        (int, int)[] spans = [(2000, 2015), (2016, 2019), (2016, 2023)];
        spans = spans[.._random.Next(1, 4)];
        int[] years = [.. spans.SelectMany(s => new[] { s.Item1, s.Item2 }).Distinct()];
        if (_random.Next(2) == 0)
            years = [.. years.Where(y => y != 2016)];
        (string legend, Dictionary<int, int> nesting, double[] ownNoData) = Legend();
        var fills = new Dictionary<string, double>();
        Dictionary<int, WorldLayer> covers = [];
        if (cover)
        {
            HashSet<double> more = [.. ownNoData];
            if (_random.Next(3) == 0)
                more.Add(fills["land-cover"] = 99);
            covers = _values.Covers(years, nesting, rules.UnmappedIsNoData, more);
        }

        Dictionary<int, WorldLayer> stocks = soil == "stocks" ? _values.Stocks(years, rules.Threshold) : [];
        if (soil.Length > 0 && _random.Next(3) == 0)
        {
            fills["soc"] = 77;
            stocks = stocks.ToDictionary(s => s.Key, s => s.Value with { Fills = [77] });
        }

        HashSet<double> changeFills = fills.ContainsKey("soc") ? [77] : [];
        WorldPeriod[] periods = [.. spans.Select((span, i) => new WorldPeriod(
            i == 0 ? "baseline" : $"report_{i}", span.Item1, span.Item2,
            _values.Productivity(productivity, i, trendsEarth, rules.UnmappedIsNoData),
            soil == "change" ? _values.Change(i, rules.Threshold) with { Fills = changeFills } : null))];
        string[] like = [
            .. new[]
            {
                cover ? "landCover" : "", productivity.Length > 0 ? "productivity" : "", soil.Length > 0 ? "soilCarbon" : ""
            }.Where(l => l.Length > 0)];
        WorldZone[][] zones = Zones();
        return new World
        {
            Seed = _seed,
            CrsCode = _crs,
            Periods = periods,
            Legend = legend,
            Nesting = nesting,
            Matrix = cover ? Matrix(nesting) : null,
            Covers = covers,
            Productivity = productivity,
            SoilCarbon = soil,
            Stocks = stocks,
            Water = cover || _random.Next(2) == 0 ? null : _values.Water(),
            ZoneLayers = zones,
            Groups = Groups(zones),
            Rules = rules,
            Like = like[_random.Next(like.Length)],
            UndeclaredFills = fills,
        };
    }

    private (string Name, Dictionary<int, int> Nesting, double[] NoData) Legend()
    {
        static Dictionary<int, int> Nest(params (int Class, int[] Codes)[] classes) =>
            classes.SelectMany(c => c.Codes.Select(code => (code, c.Class))).ToDictionary(c => c.code, c => c.Class);
        switch (_random.Next(4))
        {
            case 0:
                return ("unccd-7", Enumerable.Range(1, 7).ToDictionary(c => c), [0]);
            case 1:
                return (
                    "igbp",
                    Nest(
                        (1, [1, 2, 3, 4, 5, 8]), (2, [6, 7, 9, 10]), (3, [12, 14]), (4, [11]), (5, [13]), (6, [15, 16]),
                        (7, [0, 17])),
                    [254, 255]);
            case 2:
                return ("esa-cci", Nest(
                    (1, [50, 60, 61, 62, 70, 71, 72, 80, 81, 82, 90, 100]),
                    (2, [110, 120, 121, 122, 130, 140, 150, 151, 152, 153]), (3, [10, 11, 12, 20, 30, 40]),
                    (4, [160, 170, 180]), (5, [190]), (6, [200, 201, 202, 220]), (7, [210])), [0]);
            default:
                int limit = new[] { 90, 240, 30_000, 60_000 }[_random.Next(4)], count = _random.Next(1, 40);
                return ("legend.csv",
                    Enumerable.Range(0, count).Select(_ => _random.Next(limit)).Distinct().Where(c => c is not 99)
                        .Append(limit + 1)
                    .ToDictionary(c => c, _ => _random.Next(1, 8)), []);
        }
    }

    private Dictionary<(int From, int To), int>? Matrix(Dictionary<int, int> nesting) => _random.Next(3) > 0 ? null
        : nesting.Keys.SelectMany(f => nesting.Keys.Select(t => (f, t))).ToDictionary(p => p, _ => _random.Next(-1, 2));

    private WorldZone[][] Zones()
    {
        int kind = _random.Next(8);
        if (kind == 0)
            return [];
        if (kind == 1)
        {
            WorldLayer raster = _values.ZoneRaster();
            return [[.. raster.Stored.Where(v => v != raster.NoData).Distinct().Order()
                .Select(v => new WorldZone($"{v}", "", [], raster, v))]];
        }

        double width = _base.Width * _base.CellWidth, height = Math.Abs(_base.Height * _base.CellHeight),
        south = Math.Min(_base.OriginY, _base.OriginY + (_base.Height * _base.CellHeight));
        double Share(double from, double to) => from + (_random.NextDouble() * (to - from));
        double[][][] Place(double[][][] polygons)
        {
            // Degrees end at the poles, and may be a turn of the globe away.
            double turn = !_base.Crs.IsGeographic || _random.Next(4) > 0 ? 0 : 360;
            double latest = _base.Crs.IsGeographic ? 90 : double.PositiveInfinity;
            return [
                .. polygons.Select(
                    p => p.Select(r => r.Select((v, i) => i % 2 == 0 ? v - turn : Math.Clamp(v, -latest, latest)).ToArray())
                        .ToArray())];
        }

        double[] Star(double x, double y, double size, int corners) =>
        [
            .. Enumerable.Range(0, corners).Append(0).Zip(Radii(corners)).SelectMany(p => new[]
            {
                x + (width * size * p.Second * Math.Cos(p.First * 2 * Math.PI / corners)),
                y + (height * size * p.Second * Math.Sin(p.First * 2 * Math.PI / corners)),
            }),
        ];
        double[] Radii(int corners)
        {
            double[] radii = [.. Enumerable.Range(0, corners).Select(_ => Share(0.4, 1))];
            return [.. radii, radii[0]];
        }

        WorldZone[] Layer(string prefix, int count) => [.. Enumerable.Range(0, count).Select(i =>
        {
            double x = _base.OriginX + (width * Share(0.1, 0.9)), y = south + (height * Share(0.1, 0.9));
            double[][][] polygons = (i, _random.Next(3)) switch
            {
                (0, _) => Workspace.Rectangle(
                    _base.OriginX - (width * 0.01), south - (height * 0.01), _base.OriginX + (width * Share(0.99, 1.02)),
                    south + (height * Share(0.9, 1.01))),
                (_, 0) => Workspace.Rectangle(
                    x - (width * 0.2), y - (height * 0.3), x + (width * Share(0.01, 0.3)), y + (height * Share(0.01, 0.2))),
                (_, 1) => [
                    [Star(x, y, 0.3, _random.Next(3, 30)), Star(x, y, 0.1, _random.Next(3, 9))],
                    [Star(x + (2 * width), y, 0.3, 5)]],
                _ => [[Star(x, y, 0.5, _random.Next(3, 12))]],
            };
            return new WorldZone($"{prefix}{i}", $"Zone {prefix} {i}", Place(polygons));
        })];
        return kind == 2 ? [Layer("a", _random.Next(1, 4)), Layer("b", _random.Next(1, 5))] : [Layer("z", _random.Next(1, 7))];
    }

    /// <summary>
    /// None over raster zones: which of these the run's grid meets is not known here, and a group of others is an error.
    /// </summary>
    private Dictionary<string, string[]> Groups(WorldZone[][] zones) =>
        zones.Length == 0 || zones[0][0].Raster is not null
            || _random.Next(2) == 0 ? [] : Enumerable.Range(0, _random.Next(1, 4)).ToDictionary(
        g => $"g{g}", _ => zones.SelectMany(z => z).Select(z => z.Id).Where((_, i) => i == 0 || _random.Next(2) == 0).ToArray());
}
