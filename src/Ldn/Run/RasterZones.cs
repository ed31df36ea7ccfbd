using System.Globalization;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Run;

/// <summary>
/// Turns a raster of integer zones into row spans, once, before the pass: afterwards zones are spans wherever they came from.
/// </summary>
internal static class RasterZones
{
    private const int BandCells = 4 << 20;

    /// <summary>
    /// The zones, ordered by value, with their spans. The value is the id; no data is in no zone. Takes the source over.
    /// </summary>
    /// <exception cref="LdnException">Exit 3: values that are not whole numbers.</exception>
    public static (
        IReadOnlyList<Zone> Zones, IReadOnlyList<RowSpan[]> Spans) Read(IRasterSource source, Grid grid, IGeodata geodata)
    {
        using var raster = new AlignedRaster(source, grid, geodata);
        var spans = new SortedDictionary<double, List<RowSpan>>();
        double? none = source.NoData is { } fill ? source.CellType.AsStored(fill) : null;
        int rows = Math.Clamp(BandCells / grid.Width, 1, grid.Height);
        var cells = new byte[grid.Width * rows * source.CellType.Size()];
        var outside = new byte[grid.Width * rows];
        for (int first = 0; first < grid.Height; first += rows)
        {
            var band = new Window(0, first, grid.Width, Math.Min(rows, grid.Height - first));
            bool inside = raster.Read(band, cells, outside);
            for (int row = 0; row < band.Height; row++)
            {
                int start = 0;
                double current = double.NaN;
                for (int column = 0; column <= grid.Width; column++)
                {
                    int at = (row * grid.Width) + column;
                    double value = column == grid.Width
                        || (!inside && outside[at] != 0) ? double.NaN : Cells.Value(cells, source.CellType, at);
                    if (value == none)
                        value = double.NaN;
                    if (value.Equals(current))
                        continue;
                    Close(spans, source.Name, current, new RowSpan(first + row, start, column));
                    (start, current) = (column, value);
                }

                Close(spans, source.Name, current, new RowSpan(first + row, start, grid.Width));
            }
        }

        return (
            [.. spans.Keys.Select(
                v => new Zone(v.ToString(CultureInfo.InvariantCulture), v.ToString(CultureInfo.InvariantCulture)))],
            [.. spans.Values.Select(s => s.ToArray())]);
    }

    private static void Close(SortedDictionary<double, List<RowSpan>> spans, string name, double value, RowSpan span)
    {
        if (double.IsNaN(value) || span.Length == 0)
            return;
        if (value != Math.Floor(value))
            throw Fault.Values.Error($"zone raster {name} holds {value}, which is no whole number", "zones are integers");
        if (!spans.TryGetValue(value, out List<RowSpan>? list))
            spans[value] = list = [];
        list.Add(span);
    }
}
