using Ldn.Csv;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.LandCover;
using Ldn.Rasters;
using Ldn.Subjects;
using Ldn.Tests.Rasters;

namespace Ldn.Tests.Pass;

/// <summary>What a random world is made of; everything else follows from the seed.</summary>
internal sealed record WorldOptions(int Seed)
{
    public int Width { get; init; } = 60;

    public int Height { get; init; } = 40;

    /// <summary>geographic, equal-area (one area for all cells) or mercator (areas that vary).</summary>
    public string Map { get; init; } = "geographic";

    public int Periods { get; init; } = 3;

    public bool LandCover { get; init; } = true;

    public ProductivityKind Productivity { get; init; } = ProductivityKind.Lpd;

    /// <summary>int16, float32, scaled, coarse (a grid of its own that ends inside the run's) or change.</summary>
    public string Soil { get; init; } = "int16";

    public MissingDataPolicy Policy { get; init; }

    public StatusRule Status { get; init; }

    public bool MaskWater { get; init; } = true;

    public bool Regions { get; init; }

    public bool Corrections { get; init; }

    public int Block { get; init; } = 512;

    public bool Striped { get; init; }

    public bool FullExtent { get; init; }

    public bool Signed { get; init; }

    /// <summary>
    /// What is asked beyond the indicator; the layers types0 (bytes), types1 (32 bits) and types2 (polygons of columns) are
    /// there.
    /// </summary>
    public IReadOnlyList<IAsked> Asked { get; init; } = [];

    /// <summary>No zone reaches beyond this column.</summary>
    public int ZoneColumns { get; init; } = int.MaxValue;
}

/// <summary>
/// A random world: the raw arrays, which the naive reference reads, and the job and rasters made of them, which the code under
/// test reads.
/// Cells are patches with noise, so that runs of all lengths occur.
/// </summary>
internal sealed class World
{
    /// <summary>Codes of the legend, deliberately not 1…n; the UNCCD class each is nested in; 0 and 99 are no data.</summary>
    public static readonly int[] Codes = [11, 20, 30, 41, 50, 66, 210, 12];

    public static readonly int[] Unccd = [1, 2, 3, 4, 5, 6, 7, 1];

    private readonly Random _random;

    public World(WorldOptions options)
    {
        Options = options;
        _random = new Random(options.Seed);
        Grid = options.Map switch
        {
            "geographic" => new Grid(options.Width, options.Height, 10, 60, 0.125, -0.125, FakeGeodata.Wgs84),
            "equal-area" => new Grid(
                options.Width, options.Height, 500000, 4000000, 1000, -1000, Projections.EqualAreaCylindrical.Crs),
            _ => new Grid(
                options.Width, options.Height, 500000, 4000000, 1000, -1000, Projections.Mercator(6378137, 6356752.3142).Crs),
        };
        Geodata = new MemoryGeodata(Projections.EqualAreaCylindrical, Projections.Mercator(6378137, 6356752.3142));
        int years = options.Periods + 2;
        Covers = [.. Enumerable.Range(0, years).Select(_ => Patches([.. Codes, 0, 99]))];
        WaterMask = Patches([0, 0, 0, 0, 1, 7, 255]);
        Productivity = [.. Enumerable.Range(0, options.Periods).Select(_ => Patches([0, 1, 2, 3, 4, 5, 15]))];
        Parts = [
            .. Enumerable.Range(0, options.Periods)
                .Select(_ => new[] { Patches([0, 1, 2, 3]), Patches([0, 1, 2, 3]), Patches([0, 1, 2]) })];
        Stocks = [.. Enumerable.Range(0, years).Select(_ => Patches([-1, 0, 50, 85, 90, 93, 95, 100, 105, 107, 110, 120, 240]))];
        Changes = [.. Enumerable.Range(0, options.Periods).Select(_ => Patches([-9999, -100, -11, -10, -7, 0, 7, 10, 11, 300]))];
        Layers = [Patches([0, 1, 1, 2, 3, 3]), Patches([0, 0, 10, 11, 12])];
        for (int cell = 0; cell < Cells; cell++)
            if (cell % Grid.Width >= options.ZoneColumns)
                (Layers[0][cell], Layers[1][cell]) = (0, 0);
        RegionOf = Patches([1, 2]);
        Matrices = [
            .. Enumerable.Range(0, 2)
                .Select(_ => Enumerable.Range(0, Codes.Length * Codes.Length).Select(_ => _random.Next(-1, 2)).ToArray())];
        Rectangles = !options.Corrections ? [] : [.. Enumerable.Range(0, 4).Select(i => Correction(i))];
        Types = [Patches([0, 1, 2, 200]), Patches([-5, 0, 70000, 16777])];
        Risk = Patches([-1, 0, 0, 3]);
        FillGeodata();
    }

    public WorldOptions Options { get; }

    public Grid Grid { get; }

    public MemoryGeodata Geodata { get; }

    /// <summary>Legend codes per year; period p runs from year 0 (baseline) or p + 1 to year p + 1 (baseline 1).</summary>
    public int[][] Covers { get; }

    /// <summary>255 is no data, any other value but 0 is water.</summary>
    public int[] WaterMask { get; }

    /// <summary>0 and 15 no data; as conditions 0…3, where 4, 5 and 15 stand for no data.</summary>
    public int[][] Productivity { get; }

    public int[][][] Parts { get; }

    /// <summary>−1 is no data.</summary>
    public int[][] Stocks { get; }

    /// <summary>−9999 is no data.</summary>
    public int[][] Changes { get; }

    /// <summary>Two overlapping layers of zones; 0 is no zone.</summary>
    public int[][] Layers { get; }

    public int[] RegionOf { get; }

    /// <summary>Land types in two rasters: 0 is no data in the first, −5 in the second.</summary>
    public int[][] Types { get; }

    /// <summary>−1 is no data.</summary>
    public int[] Risk { get; }

    /// <summary>
    /// Polygons of land types: columns left of a third are west, those right of two thirds east, between them is none.
    /// </summary>
    public string? PolygonType(int cell) =>
        cell % Grid.Width < Grid.Width / 3 ? "west" : cell % Grid.Width >= Grid.Width * 2 / 3 ? "east" : null;

    /// <summary>One n × n matrix a region, −1, 0, 1.</summary>
    public int[][] Matrices { get; }

    public IReadOnlyList<CorrectionRectangle> Rectangles { get; }

    public int Cells => Grid.Width * Grid.Height;

    /// <summary>
    /// Years of period p among the covers and stocks: the baseline 0–1, then 1–2, 1–3, … so that periods share years.
    /// </summary>
    public static (int First, int Last) YearsOf(int period) => period == 0 ? (0, 1) : (1, period + 1);

    public Job Job(string folder)
    {
        var legend = Legend.Parse(CsvTable.Parse(
            "code,name,color,unccd\n" + string.Concat(Codes.Select((c, i) => $"{c},class {c},#ffffff,{Unccd[i]}\n")) + "0,none,#000000,nodata\n99,none,#000000,nodata\n", "world.csv"));
        RegionsInput? regions = null;
        if (Options.Regions)
        {
            for (int m = 0; m < 2; m++)
                File.WriteAllText(Path.Combine(folder, $"matrix{m + 1}.csv"), MatrixCsv(Matrices[m]));
            regions = new RegionsInput(
                "regions", null,
                RegionMatrices.Parse(
                    CsvTable.Parse("region,matrix\n1,matrix1.csv\n2,matrix2.csv\n", "regions.csv"), folder, legend), false);
        }

        string groups = Path.Combine(folder, "groups.csv");
        File.WriteAllText(
            groups,
            "group_id,group_name,zone_id\nG1,One and ten,1\nG1,One and "
                + "ten,10\nG2,All,1\nG2,All,2\nG2,All,3\nG2,All,10\nG2,All,11\nG2,All,12\n");
        var years = new SortedDictionary<int, string>(
            Enumerable.Range(0, Covers.Length).ToDictionary(y => 2000 + y, y => $"cover{y}"));
        var stocks = new SortedDictionary<int, string>(
            Enumerable.Range(0, Stocks.Length).ToDictionary(y => 2000 + y, y => $"stock{y}"));
        Period[] periods = [.. Enumerable.Range(0, Options.Periods).Select(p =>
        {
            var span = new YearSpan(2000 + YearsOf(p).First, 2000 + YearsOf(p).Last);
            return new Period(p == 0 ? "baseline" : $"report_{p}", span, span, span);
        })];
        return new Job
        {
            Name = "world",
            Periods = periods,
            LandCover = Options.LandCover
                ? new LandCoverInput(
                    legend, TransitionMatrix.Default(legend), regions, new DatedFiles(years, new Dictionary<int, int>()), true)
                : null,
            Productivity = new ProductivityInput(Options.Productivity, periods.Select((p, i) => (p.Id, i)).ToDictionary(
                p => p.Id,
                p => Options.Productivity == ProductivityKind.Parts
                    ? new[] { $"trend{p.i}", $"state{p.i}", $"performance{p.i}" }
                    : [$"productivity{p.i}"])),
            SoilCarbon = new SoilCarbonInput(
                Options.Soil == "change" ? SoilCarbonKind.Change : SoilCarbonKind.Stocks,
                new DatedFiles(stocks, new Dictionary<int, int>()),
                periods.Select((p, i) => (p.Id, i)).ToDictionary(p => p.Id, p => $"change{p.i}"), null),
            WaterMask = Options.LandCover ? null : "water",
            Zones = [
                new ZoneLayerInput("zones0", null, null, null, null, null, false),
                new ZoneLayerInput("zones1", null, null, null, groups, null, false)],
            Asked = Options.Corrections ? [.. Options.Asked, new CorrectionsAsked("corrections", null)] : Options.Asked,
            Rules = new Rules("default", Options.Policy, "gpg-v1", 10, false, false, Options.MaskWater, Options.Status),
            Grid = new GridOptions(
                Options.LandCover ? "landCover" : "productivity", Options.FullExtent, Resampling.Nearest, Resampling.Nearest,
                Resampling.Nearest),
            Outputs = new OutputOptions(
                RasterOutputs.Indicator | RasterOutputs.SubIndicators | RasterOutputs.Status, Options.Signed,
                new HashSet<string>(), RasterCompression.Lzw),
            Notes = [],
        };
    }

    /// <summary>Zone numbers of a cell, over both layers.</summary>
    public IEnumerable<int> ZonesAt(int cell) => Layers.Select(layer => layer[cell]).Where(zone => zone != 0);

    private static string MatrixCsv(int[] matrix) =>
        "from," + string.Join(',', Codes) + "\n" + string.Concat(
            Codes.Select((code, i) => $"{code},{string.Join(',', matrix.Skip(i * Codes.Length).Take(Codes.Length))}\n"));

    private int[] Patches(int[] values)
    {
        var cells = new int[Cells];
        Array.Fill(cells, values[_random.Next(values.Length)]);
        for (int patch = 0; patch < 40; patch++)
        {
            int value = values[_random.Next(values.Length)], column = _random.Next(Grid.Width), row = _random.Next(Grid.Height);
            int endColumn = Math.Min(Grid.Width, column + 1 + _random.Next(1 + (Grid.Width / 2))),
            endRow = Math.Min(Grid.Height, row + 1 + _random.Next(1 + (Grid.Height / 2)));
            for (int r = row; r < endRow; r++)
                cells.AsSpan((r * Grid.Width) + column, endColumn - column).Fill(value);
        }

        for (int noise = 0; noise < Cells / 10; noise++)
            cells[_random.Next(Cells)] = values[_random.Next(values.Length)];
        return cells;
    }

    private CorrectionRectangle Correction(int i)
    {
        int column = _random.Next(Grid.Width / 2), row = _random.Next(Grid.Height / 2);
        var window = new Window(column, row, 1 + _random.Next(Grid.Width - column), 1 + _random.Next(Grid.Height - row));
        int[] periods = [.. Enumerable.Range(0, Options.Periods).Where(p => p == i % Options.Periods || _random.Next(2) == 0)];
        int?[] to = [.. Enumerable.Range(0, 3).Select(_ => _random.Next(5) is var t and < 4 ? t : (int?)null)];
        SubIndicator? layer = i < 2 ? null : i == 2 ? SubIndicator.Productivity : SubIndicator.SoilCarbon;
        return new CorrectionRectangle(window, periods, layer, to);
    }

    private void FillGeodata()
    {
        for (int y = 0; y < Covers.Length; y++)
        {
            Add($"cover{y}", CellType.Int16, Covers[y].Select(v => (short)v).ToArray(), null);
            AddStock($"stock{y}", Stocks[y]);
        }

        for (int p = 0; p < Options.Periods; p++)
        {
            if (Options.Productivity == ProductivityKind.Condition)
                Add($"productivity{p}", CellType.Byte, Productivity[p].Select(v => (byte)(v > 3 ? 0 : v)).ToArray(), null);
            else
                Add($"productivity{p}", CellType.Byte, Productivity[p].Select(v => (byte)v).ToArray(), null);
            string[] parts = ["trend", "state", "performance"];
            for (int part = 0; part < 3; part++)
                Add(
                    $"{parts[part]}{p}", CellType.SByte, Parts[p][part].Select(v => (sbyte)(v == 0 ? -128 : v - 2)).ToArray(),
                    -128);
            Add($"change{p}", CellType.Float32, Changes[p].Select(v => v == -9999 ? float.NaN : v).ToArray(), null);
        }

        Add("water", CellType.UInt16, WaterMask.Select(v => (ushort)v).ToArray(), 255);
        Add("regions", CellType.Byte, RegionOf.Select(v => (byte)v).ToArray(), null);
        Add("zones0", CellType.Int32, Layers[0], 0);
        Add("zones1", CellType.Byte, Layers[1].Select(v => (byte)v).ToArray(), 0);
        Add("types0", CellType.Byte, Types[0].Select(v => (byte)v).ToArray(), 0);
        Add("types1", CellType.Int32, Types[1], -5);
        Add("risk", CellType.Int16, Risk.Select(v => (short)v).ToArray(), -1);
        (int west, int east) = (Grid.Width / 3, Grid.Width * 2 / 3);
        Geodata.Layers["types2"] = new VectorLayer("types2", "types2", Grid.Crs, ["code"],
        [
            new VectorFeature(["west"], [[Ring(new Window(0, 0, west / 2, Grid.Height))]]),
            new VectorFeature(["east"], [[Ring(new Window(east, 0, Grid.Width - east, Grid.Height))]]),
            new VectorFeature(["west"], [[Ring(new Window(west / 2, 0, west - (west / 2), Grid.Height))]]),
        ]);
        Geodata.Layers["corrections"] = new VectorLayer(
            "corrections", "corrections", Grid.Crs,
            ["id", "periods", "degraded_to", "stable_to", "improved_to", "layer", "justification"],
            [.. Rectangles.Select((r, i) => new VectorFeature(
                [$"c{i}", string.Join(";", r.Periods.Select(p => p == 0 ? "baseline" : $"report_{p}")), Name(r.To[0]),
                    Name(r.To[1]), Name(r.To[2]), r.Layer?.Name() ?? "", "seen"],
                [[Ring(r.Cells)]]))]);
    }

    private static string Name(int? condition) => condition is { } c ? ((Condition)c).Name() : "";

    private double[] Ring(Window w)
    {
        double west = Grid.OriginX + (w.Column * Grid.CellWidth), east = Grid.OriginX + (w.EndColumn * Grid.CellWidth);
        double north = Grid.OriginY + (w.Row * Grid.CellHeight), south = Grid.OriginY + (w.EndRow * Grid.CellHeight);
        return [west, north, east, north, east, south, west, south, west, north];
    }

    private void AddStock(string name, int[] stocks)
    {
        switch (Options.Soil)
        {
            case "float32":
                Add(
                    name, CellType.Float32, stocks.Select((v, i) => v >= 0 ? v : i % 2 == 0 ? float.NaN : -3.4e38f).ToArray(),
                    -3.4e38);
                break;
            case "scaled":
                Add(
                    name, CellType.UInt16, stocks.Select(v => (ushort)(v < 0 ? 65535 : (v + 10) * 4)).ToArray(), 65535, 0.25,
                    -10);
                break;
            case "coarse":
                (int width, int height) = (Grid.Width / 3, Grid.Height / 2);
                var coarse = Enumerable.Range(0, width * height)
                    .Select(i => (short)stocks[(i / width * 2 * Grid.Width) + (i % width * 3)]).ToArray();
                Geodata.Rasters[name] = new MemoryRaster(
                    Grid with
                    {
                        Width = width,
                        Height = height,
                        CellWidth = Grid.CellWidth * 3,
                        CellHeight = Grid.CellHeight * 2
                    }, CellType.Int16, coarse)
                { NoData = -1 };
                break;
            default:
                Add(name, CellType.Int16, stocks.Select(v => (short)v).ToArray(), -1);
                break;
        }
    }

    private void Add(string name, CellType type, Array values, double? noData, double scale = 1, double offset = 0) =>
        Geodata.Rasters[name] = new MemoryRaster(Grid, type, values)
        {
            NoData = noData,
            Scale = scale,
            Offset = offset,
            BlockWidth = Options.Striped ? Grid.Width : Options.Block,
            BlockHeight = Options.Striped ? 4 : Options.Block,
        };
}

/// <summary>
/// A correction over a rectangle of cells; <paramref name="To"/> of degraded, stable, improved as 0…3, null leaves.
/// </summary>
internal sealed record CorrectionRectangle(Window Cells, IReadOnlyList<int> Periods, SubIndicator? Layer, IReadOnlyList<int?> To);
