using System.Runtime.InteropServices;
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
public sealed class ResultMap : IDisposable
{
    private readonly IRasterSource _raster;
    private readonly PlaceSpans _places;
    private readonly int[][] _zonesOfPlace;
    private readonly ICoordinateTransform _toGrid;
    private readonly ICoordinateTransform _toGeographic;
    private readonly byte[] _block;
    private int _read = -1;

    private ResultMap(IRasterSource raster, PlaceSpans places, int[][] zonesOfPlace, IGeodata geodata)
    {
        (_raster, _places, _zonesOfPlace) = (raster, places, zonesOfPlace);
        Crs geographic = geodata.GeographicOf(raster.Grid.Crs);
        (_toGrid, _toGeographic) =
            (geodata.CreateTransform(geographic, raster.Grid.Crs), geodata.CreateTransform(raster.Grid.Crs, geographic));
        Areas = CellArea.Create(raster.Grid, geodata);
        _block = new byte[raster.BlockWidth * raster.BlockHeight * raster.CellType.Size()];
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
        string name = Path.Combine(folder, kind.Name(period));
        string file = new[] { name + ".tif", name + ".vrt" }.FirstOrDefault(File.Exists) ?? throw Fault.Run.Error(
            $"{name}.tif is not there", $"compute the run with --rasters {(status ? "status" : "indicator")}");
        IRasterSource raster = geodata.OpenRaster(file);
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
        var areas = new ulong[_raster.BlockWidth];
        for (int top = 0; top < Grid.Height; top += _raster.BlockHeight)
        {
            for (int left = 0; left < Grid.Width; left += _raster.BlockWidth)
            {
                cancellation.ThrowIfCancellationRequested();
                Window block = new Window(left, top, _raster.BlockWidth, _raster.BlockHeight).Intersect(Grid.Extent);
                if (!_places.Touches(block))
                    continue;
                Read(left / _raster.BlockWidth, top / _raster.BlockHeight);
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
                        if (Code((row * _raster.BlockWidth) + column) is > 0 and int code)
                            cell(left + column, top + row, code, _zonesOfPlace[run.Place], areas[column]);
                    }
                }
            }
        }
    }

    /// <summary>Longitude and latitude of a cell's centre on the grid's own datum, degrees.</summary>
    public (double Longitude, double Latitude) Centre(int column, int row)
    {
        double[] x = [Grid.CentreX(column)], y = [Grid.CentreY(row)];
        _toGeographic.Transform(x, y);
        return (x[0], y[0]);
    }

    /// <summary>Class and zones of the cell that holds a point; code 0 beyond the map or where it has no class.</summary>
    public (int Code, int[] Zones) At(double longitude, double latitude)
    {
        double[] x = [longitude], y = [latitude];
        _toGrid.Transform(x, y);
        int column = (int)Math.Floor((x[0] - Grid.OriginX) / Grid.CellWidth),
        row = (int)Math.Floor((y[0] - Grid.OriginY) / Grid.CellHeight);
        if (double.IsNaN(x[0]) || column < 0 || column >= Grid.Width || row < 0 || row >= Grid.Height)
            return (0, []);
        foreach (PlaceSpan span in _places.Row(row))
        {
            if (span.Start > column || column >= span.End)
                continue;
            Read(column / _raster.BlockWidth, row / _raster.BlockHeight);
            return (
                Code((row % _raster.BlockHeight * _raster.BlockWidth) + (column % _raster.BlockWidth)),
                _zonesOfPlace[span.Place]);
        }

        return (0, []);
    }

    public void Dispose()
    {
        _toGrid.Dispose();
        _toGeographic.Dispose();
        Areas.Dispose();
        _raster.Dispose();
    }

    /// <summary>The class of a cell of the block at hand, from 1, in either encoding; 0 no data.</summary>
    private int Code(int cell) => _raster.CellType == CellType.Byte
        ? _block[cell]
        : MemoryMarshal.Cast<byte,
        short>(_block)[cell] is var signed && signed == ConditionEncoding.SignedNoData ? 0 : signed + 2;

    private void Read(int column, int row)
    {
        int block = (row * ((Grid.Width / _raster.BlockWidth) + 1)) + column;
        if (block == _read)
            return;
        _raster.ReadBlock(column, row, _block);
        _read = block;
    }
}
