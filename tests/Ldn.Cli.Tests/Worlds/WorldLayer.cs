using Ldn.Rasters;

namespace Ldn.Cli.Tests.Worlds;

/// <summary>One raster of a random world: stored values on a grid of its own, and which of them are no data.</summary>
internal sealed record WorldLayer(string Name, CellType Type, Grid Grid, double[] Stored, double NoData)
{
    /// <summary>No-data values beyond the file's tag.</summary>
    public HashSet<double> Fills { get; init; } = [];

    public double Scale { get; init; } = 1;

    public double Offset { get; init; }

    public string File => Layout is 'v' ? Name + ".vrt" : Name + ".tif";

    /// <summary>t tiles of 512, s strips of one row, c Cloud-Optimized, v a virtual raster over strips.</summary>
    public char Layout { get; init; } = 't';

    /// <summary>Stored value of the cell that holds a point; null outside of the raster and for no data.</summary>
    public double? At(double x, double y)
    {
        double east = x - Grid.OriginX;
        if (Grid.Crs.IsGeographic)
            east -= 360 * Math.Floor(east / 360);
        double column = Math.Floor(east / Grid.CellWidth), row = Math.Floor((y - Grid.OriginY) / Grid.CellHeight);
        if (!(column >= 0 && column < Grid.Width && row >= 0 && row < Grid.Height))
            return null;
        double value = Stored[((int)row * Grid.Width) + (int)column];
        return double.IsNaN(value) || value == NoData || Fills.Contains(value) ? null : value;
    }

    /// <summary>The value in physical units.</summary>
    public double? Physical(double x, double y) => At(x, y) is { } stored ? (stored * Scale) + Offset : null;

    public void Write(Workspace work)
    {
        RasterLayout layout = Layout switch { 't' => RasterLayout.Tiled, 'c' => RasterLayout.Cog, _ => RasterLayout.Striped };
        string file = work.Raster(Name + ".tif", Grid, Type, Stored, NoData, layout);
        if (Layout != 'v')
            return;
        string type = Type switch { CellType.SByte => throw new NotSupportedException(), _ => Type.ToString() };
        work.Virtual(File, file, Grid.Width, Grid.Height, type, crs: Grid.Crs.Wkt.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal),
            extra: FormattableString.Invariant($"<NoDataValue>{(double.IsNaN(NoData) ? "nan" : $"{NoData:R}")}</NoDataValue><Offset>{Offset:R}</Offset><Scale>{Scale:R}</Scale>"));
    }
}

/// <summary>A zone as polygons (rings of x, y, …; the first one outer) or as a value of a raster.</summary>
internal sealed record WorldZone(string Id, string Name, double[][][] Polygons, WorldLayer? Raster = null, double Value = 0)
{
    public bool Contains(double x, double y, bool geographic)
    {
        if (Raster is not null)
            return Raster.At(x, y) == Value;
        if (Polygons.Length == 0)
            return true;
        return Polygons.Any(p => Inside(p, x, y) || (geographic && (Inside(p, x + 360, y) || Inside(p, x - 360, y))));
    }

    /// <summary>Whether a ray to the east crosses the rings an odd number of times.</summary>
    private static bool Inside(double[][] rings, double x, double y)
    {
        bool inside = false;
        foreach (double[] ring in rings)
        {
            for (int i = 0; i + 3 < ring.Length; i += 2)
            {
                double x1 = ring[i], y1 = ring[i + 1], x2 = ring[i + 2], y2 = ring[i + 3];
                if ((y1 > y) != (y2 > y) && x < x1 + ((y - y1) / (y2 - y1) * (x2 - x1)))
                    inside = !inside;
            }
        }

        return inside;
    }
}

/// <summary>A period with its years and, by kind of productivity, its one raster or its trend, state and performance.</summary>
internal sealed record WorldPeriod(string Id, int First, int Last, WorldLayer[] Productivity, WorldLayer? SoilChange);

/// <summary>Everything a run is made of; null or empty where it is left out.</summary>
internal sealed record World
{
    public required int Seed { get; init; }

    public required string CrsCode { get; init; }

    /// <summary>
    /// Whether a cell's area is its width times its height: the cylindrical, azimuthal and conic equal-area systems used here.
    /// </summary>
    public bool IsEqualArea => CrsCode is "EPSG:6933" or "EPSG:3035" or "EPSG:5070";

    public required WorldPeriod[] Periods { get; init; }

    /// <summary>Built-in name, or legend.csv.</summary>
    public string Legend { get; init; } = "";

    /// <summary>UNCCD class by code.</summary>
    public Dictionary<int, int> Nesting { get; init; } = [];

    /// <summary>Condition by pair of codes; null for the default matrix.</summary>
    public Dictionary<(int From, int To), int>? Matrix { get; init; }

    public Dictionary<int, WorldLayer> Covers { get; init; } = [];

    /// <summary>lpd, condition, parts or empty.</summary>
    public string Productivity { get; init; } = "";

    /// <summary>stocks, change or empty.</summary>
    public string SoilCarbon { get; init; } = "";

    public Dictionary<int, WorldLayer> Stocks { get; init; } = [];

    public WorldLayer? Water { get; init; }

    /// <summary>Zones in layers; empty for none.</summary>
    public required WorldZone[][] ZoneLayers { get; init; }

    public Dictionary<string, string[]> Groups { get; init; } = [];

    public required WorldRules Rules { get; init; }

    /// <summary>landCover, productivity or soilCarbon: whose first raster gives the run's grid.</summary>
    public required string Like { get; init; }

    public Dictionary<string, double> UndeclaredFills { get; init; } = [];

    /// <summary>A year that has no file is served by the one before.</summary>
    public static WorldLayer Serving(Dictionary<int, WorldLayer> layers, int year) =>
        layers.TryGetValue(year, out WorldLayer? layer) ? layer : layers[2015];

    public Grid RunGrid => Like switch
    {
        "landCover" => Covers[Covers.Keys.Min()].Grid,
        "productivity" => Periods[0].Productivity[0].Grid,
        _ => SoilCarbon == "change" ? Periods[0].SoilChange!.Grid : Stocks[Stocks.Keys.Min()].Grid,
    };

    public IEnumerable<WorldLayer> Layers => Covers.Values.Concat(Stocks.Values).Concat(Periods.SelectMany(p => p.Productivity))
        .Concat(Periods.Select(p => p.SoilChange).Append(Water).OfType<WorldLayer>())
            .Concat(ZoneLayers.SelectMany(z => z).Select(z => z.Raster).OfType<WorldLayer>())
        .Distinct();
}

internal sealed record WorldRules(
    string Missing, double Threshold, bool Inclusive, string LpdTable, bool UnmappedIsNoData, bool TrendsEarth, string Status,
    int Threads);
