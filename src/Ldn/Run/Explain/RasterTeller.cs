using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Reports;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Run.Explain;

/// <summary>
/// Tells cells of a finished run from its rasters alone, where its inputs are not what they were: conditions, status and whatever
/// parts were written, and what rasters cannot tell.
/// </summary>
internal sealed class RasterTeller : IDisposable
{
    private readonly FinishedRun _run;
    private readonly Dictionary<string, ResultRaster> _rasters;
    private readonly CellArea _areas;
    private readonly PlaceSpans? _places;
    private readonly IReadOnlyList<SummaryZone> _zones = [];
    private readonly int[][] _zonesOfPlace = [];
    private readonly SubIndicator[] _subs;

    private RasterTeller(FinishedRun run, string why, Dictionary<string, ResultRaster> rasters, IGeodata geodata)
    {
        (_run, _rasters, Why) = (run, rasters, why);
        Grid = rasters.Values.First().Grid;
        _areas = CellArea.Create(Grid, geodata);
        _subs = [.. Enum.GetValues<SubIndicator>().Where(s => run.Document.SubIndicators.Contains(s.Name()))];
        ZoneRows? rows = ZoneRows.Read(run)?.OnRasters();
        string zones = Path.Combine(run.Folder, "zones.geojson");
        if (rows?.Of(Grid, rows.Layers) is null)
            rows = null;
        if (rows is null && !File.Exists(zones))
            return;
        var file = new ZoneLayerInput(zones, null, "zone_id", "zone_name", null, null, Dissolve: true);
        var set = ZoneSet.Create([.. Enumerable.Repeat(file, rows?.Layers ?? 1)], Grid, geodata, null, rows);
        var index = new PlaceIndex();
        _places = set.Build(index);
        _zones = set.Zones;
        _zonesOfPlace = SummaryZone.OfPlaces(_zones, index);
    }

    /// <summary>Why the inputs cannot be asked.</summary>
    public string Why { get; }

    /// <summary>Of the rasters.</summary>
    public Grid Grid { get; }

    /// <summary>Opens every raster of a result that says something of a cell.</summary>
    /// <exception cref="LdnException">Exit 3: there is none.</exception>
    public static RasterTeller Open(FinishedRun run, string why, IGeodata geodata)
    {
        var rasters = new Dictionary<string, ResultRaster>();
        try
        {
            foreach (DocumentPeriod period in run.Document.Periods)
            {
                foreach (RasterKind kind in IndicatorOutputs.Kinds.Where(k => !k.OfYear))
                {
                    if (ResultRaster.File(run.Folder, kind, period.Id) is { } file)
                        rasters[kind.Name(period.Id)] = ResultRaster.Open(file, geodata);
                }
            }

            return rasters.Count > 0 ? new RasterTeller(run, why, rasters, geodata) : throw Fault.Run.Error(
                $"{run.Folder} holds no rasters to tell a cell from, and its inputs cannot be asked: {why}",
                "bring the inputs back as they were, or compute the run again with its rasters (--rasters indicator)");
        }
        catch
        {
            foreach (ResultRaster raster in rasters.Values)
                raster.Dispose();
            throw;
        }
    }

    /// <summary>Tells a cell of the rasters.</summary>
    public CellStory Tell(string folder, double longitude, double latitude, string? point, CellPlace cell)
    {
        var area = new ulong[1];
        _areas.Fill(cell.Row, cell.Column, area);
        StoryZone[] zones = Zones(cell);
        bool inside = _places is null || zones.Length > 0;
        Saying[] unknown = _places is null && _run.Document.Table("headline")?.Rows.Any(r => r[Columns.ZoneId] != "all") != false
            ? [new Saying("why.zones")] : [];
        return new CellStory
        {
            Result = folder,
            Point = point,
            Longitude = longitude,
            Latitude = latitude,
            ToldFrom = "rasters",
            Cell = cell,
            AreaKm2 = new Area(area[0]).SquareKilometres,
            Zones = zones,
            Reason = inside ? null : ExplainRun.OutsideZones,
            Periods = inside ? _run.Document.Periods.ToDictionary(p => p.Id, p => Period(p, cell))
                : new Dictionary<string, PeriodStory>(),
            CannotTell =
            [
                new Saying("why.inputs", Why),
                new Saying("why.rules"), .. unknown,
            ],
            Notes = _run.Document.Notes,
        };
    }

    public void Dispose()
    {
        _areas.Dispose();
        foreach (ResultRaster raster in _rasters.Values)
            raster.Dispose();
    }

    private StoryZone[] Zones(CellPlace cell) => _places is null ? []
        : [.. _zonesOfPlace[_places.PlaceAt(cell.Row, cell.Column)].Select(z => _zones[z])
            .Select(z => new StoryZone(z.Id, z.Name, z.Kind))];

    private PeriodStory Period(DocumentPeriod period, CellPlace cell)
    {
        string id = period.Id;
        Condition[] subs = [.. _subs.Select(s => Condition(IndicatorOutputs.Of(s), id, cell) ?? Indicator.Condition.NoData)];
        bool known = _subs.All(s => _rasters.ContainsKey(IndicatorOutputs.Of(s).Name(id)));
        Condition? indicator = Condition(IndicatorOutputs.Indicator, id, cell);
        string? Sub(SubIndicator sub) => Condition(IndicatorOutputs.Of(sub), id, cell)?.Name();
        return new PeriodStory
        {
            Years = period.Label,
            LandCover = Sub(SubIndicator.LandCover) is { } cover ? new LandCoverStory { Condition = cover } : null,
            Productivity = Productivity(id, cell, Sub(SubIndicator.Productivity)),
            SoilOrganicCarbon = Sub(SubIndicator.SoilCarbon) is { } soil
                ? new SoilStory { Condition = soil, Kind = "rasters", ChangePct = Value(IndicatorOutputs.StockChange, id, cell) }
                : null,
            Indicator = new IndicatorStory
            {
                Condition = indicator is { } c ? c.Name() : "unknown",
                Deciding = known && indicator is not null
                    ? [.. _subs.Where((_, i) => subs[i] == indicator).Select(s => s.Name())] : [],
                Reason = indicator switch
                {
                    null => new Saying("why.no_raster"),
                    Indicator.Condition.NoData => new Saying("why.rasters"),
                    _ => null,
                },
            },
            Status = Class(IndicatorOutputs.Status, id, cell) is { } status
                ? new StatusStory(
                    ((Status)status).Name(), ((Status)status).ThreeClass().Name(),
                    status == 0 ? new Saying("why.status_rasters") : null)
                : null,
            Neighbours = indicator is null or Indicator.Condition.NoData ? null : Neighbours(id, cell),
        };
    }

    private ProductivityStory? Productivity(string id, CellPlace cell, string? condition)
    {
        int? lpd = Class(IndicatorOutputs.Lpd, id, cell);
        string? trend = Condition(IndicatorOutputs.Trend, id, cell)?.Name();
        return condition is null && lpd is null && trend is null ? null : new ProductivityStory
        {
            Condition = condition ?? "unknown",
            Kind = "rasters",
            Lpd = lpd is > 0 ? lpd : null,
            LpdName = lpd is > 0 ? IndicatorOutputs.Lpd.Look.NamedClasses[lpd.Value - 1].Name : null,
            Trend = trend,
            State = Condition(IndicatorOutputs.State, id, cell)?.Name(),
            Performance = Condition(IndicatorOutputs.Performance, id, cell)?.Name(),
        };
    }

    private NeighbourStory Neighbours(string id, CellPlace cell)
    {
        var around = new byte[9];
        for (int i = 0; i < around.Length; i++)
            around[i] = (byte)(Class(
                IndicatorOutputs.Indicator, id, cell with { Column = cell.Column + (i % 3) - 1, Row = cell.Row + (i / 3) - 1 })
                ?? 0);
        return Neighbourhood.Of(around, 4);
    }

    private Condition? Condition(RasterKind kind, string id, CellPlace cell) =>
        Class(kind, id, cell) is { } code ? (Condition)code : null;

    private int? Class(RasterKind kind, string id, CellPlace cell) =>
        _rasters.TryGetValue(kind.Name(id), out ResultRaster? raster) ? raster.Class(cell.Column, cell.Row) : null;

    private double? Value(RasterKind kind, string id, CellPlace cell) =>
        _rasters.TryGetValue(kind.Name(id), out ResultRaster? raster)
            ? CellInputs.Known(raster.Value(cell.Column, cell.Row)) : null;
}
