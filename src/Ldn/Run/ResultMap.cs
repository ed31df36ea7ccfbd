using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Reports;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Run;

/// <summary>
/// A class raster of a finished run in the zones of that run: the map that is held against what is seen on the ground.
/// </summary>
internal sealed class ResultMap : IDisposable
{
    private readonly ResultRaster _raster;
    private readonly PlaceSpans _places;
    private readonly int[][] _zonesOfPlace;
    private readonly GridPlaces _cells;

    private ResultMap(ResultRaster raster, PlaceSpans places, int[][] zonesOfPlace, IGeodata geodata)
    {
        (_raster, _places, _zonesOfPlace) = (raster, places, zonesOfPlace);
        _cells = new GridPlaces(raster.Grid, geodata);
        Areas = CellArea.Create(raster.Grid, geodata);
    }

    public required string Period { get; init; }

    /// <summary>Names of the classes as in the tables; code i + 1 is class i.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Zones and groups as lines of the tables.</summary>
    public required IReadOnlyList<SummaryZone> Zones { get; init; }

    public Grid Grid => _raster.Grid;

    public CellArea Areas { get; }

    /// <summary>Opens the status of a reporting period, or the indicator's condition of any.</summary>
    /// <param name="folder">Folder of a finished run.</param>
    /// <param name="period">Its id; the last one without.</param>
    /// <param name="condition">The period's own condition, even where there is a status.</param>
    /// <param name="groups">A table of groups or the name of a built-in one; null for none.</param>
    /// <param name="geodata">Opens rasters and zones.</param>
    /// <exception cref="LdnException">Exit 3: no finished run, or its raster is not there; exit 2: no such period.</exception>
    public static ResultMap Open(string folder, string? period, bool condition, string? groups, IGeodata geodata)
    {
        string[] periods = [.. RunDocument.Parse(OutputFolder.SummaryOf(folder), [], "", []).Periods.Select(p => p.Id)];
        period ??= periods[^1];
        if (!periods.Contains(period))
            throw Fault.Run.Error($"the run has no period '{period}'", $"its periods are {string.Join(", ", periods)}");
        bool status = !condition && period != periods[0];
        RasterKind kind = status ? IndicatorOutputs.Status : IndicatorOutputs.Indicator;
        string file = ResultRaster.File(folder, kind, period, status ? "status" : "indicator");
        var raster = ResultRaster.Open(file, geodata);
        string zones = Path.Combine(folder, "zones.geojson");
        ZoneLayerInput[] layers =
            File.Exists(zones) ? [new ZoneLayerInput(zones, null, "zone_id", "zone_name", groups, null, Dissolve: true)] : [];
        var set = ZoneSet.Create(layers, raster.Grid, geodata);
        var index = new PlaceIndex();
        PlaceSpans places = set.Build(index);
        return new ResultMap(raster, places, SummaryZone.OfPlaces(set.Zones, index), geodata)
        {
            Period = period,
            Zones = set.Zones,
            Classes = status
                ? [.. Enum.GetValues<Status>().Where(s => s != Status.NoData).Select(s => s.Name())]
                : [Condition.Degraded.Name(), Condition.Stable.Name(), Condition.Improved.Name()],
        };
    }

    /// <summary>
    /// Goes through every cell that has a class, block by block: column, row, code, zones and groups, area in mm².
    /// </summary>
    public void ForEach(Action<int, int, int, int[], ulong> cell, CancellationToken cancellation)
    {
        (int width, int height) = _raster.Block;
        var areas = new ulong[width];
        for (int top = 0; top < Grid.Height; top += height)
        {
            for (int left = 0; left < Grid.Width; left += width)
            {
                cancellation.ThrowIfCancellationRequested();
                Window block = new Window(left, top, width, height).Intersect(Grid.Extent);
                int row = -1;
                foreach (PlaceRun run in _places.Inside(block))
                {
                    if (run.Start / block.Width != row)
                    {
                        row = run.Start / block.Width;
                        Areas.Fill(top + row, left, areas.AsSpan(0, block.Width));
                    }

                    for (int i = run.Start; i < run.End; i++)
                    {
                        int column = i - (row * block.Width);
                        if (_raster.Class(left + column, top + row) is > 0 and int code)
                            cell(left + column, top + row, code, _zonesOfPlace[run.Place], areas[column]);
                    }
                }
            }
        }
    }

    /// <summary>Longitude and latitude of a cell's centre on the grid's own datum, degrees.</summary>
    public (double Longitude, double Latitude) Centre(int column, int row) => _cells.Centre(column, row);

    /// <summary>Class and zones of the cell that holds a point; code 0 beyond the map or where it has no class.</summary>
    public (int Code, int[] Zones) At(double longitude, double latitude) =>
        _cells.CellAt(longitude, latitude) is var (column, row) && _places.PlaceAt(row, column) is > 0 and var place
            ? (_raster.Class(column, row), _zonesOfPlace[place]) : (0, []);

    public void Dispose()
    {
        _cells.Dispose();
        Areas.Dispose();
        _raster.Dispose();
    }
}
