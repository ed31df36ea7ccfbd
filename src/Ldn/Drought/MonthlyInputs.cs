using Ldn.Productivity;
using Ldn.Rasters;

namespace Ldn.Drought;

/// <summary>One month of a quantity: a raster and how its cells are stored.</summary>
/// <param name="Month">Months since the year 0: year × 12 + month − 1.</param>
/// <param name="Source">The open raster; workers reopen it.</param>
/// <param name="Encoding">Type, scale, offset, no data.</param>
internal sealed record MonthlyLayer(int Month, IRasterSource Source, LayerEncoding Encoding)
{
    /// <summary>Months since the year 0.</summary>
    public static int Number(int year, int month) => (year * 12) + month - 1;

    /// <summary>As text: 2003-05.</summary>
    public static string Text(int month) => FormattableString.Invariant($"{month / 12:D4}-{(month % 12) + 1:D2}");
}

/// <summary>
/// The monthly layers that an index is computed of, ascending; a month that is not there is missing everywhere.
/// </summary>
/// <param name="Precipitation">Mm a month; its first layer's grid is the index's.</param>
/// <param name="Method">How evapotranspiration comes about; null for the SPI.</param>
/// <param name="Evapotranspiration">Mm a month, where it is given.</param>
/// <param name="Mean">Mean temperature, °C: for Thornthwaite, and for Hargreaves where it is given.</param>
/// <param name="Minimum">Mean of the daily lowest, for Hargreaves.</param>
/// <param name="Maximum">Mean of the daily highest.</param>
internal sealed record MonthlyInputs(
    IReadOnlyList<MonthlyLayer> Precipitation, EvapotranspirationMethod? Method, IReadOnlyList<MonthlyLayer> Evapotranspiration,
    IReadOnlyList<MonthlyLayer> Mean, IReadOnlyList<MonthlyLayer> Minimum, IReadOnlyList<MonthlyLayer> Maximum)
{
    public Grid Grid => Precipitation[0].Source.Grid;

    /// <summary>Whether any temperature is read.</summary>
    public bool HasTemperature => Mean.Count + Minimum.Count > 0;

    /// <summary>Every quantity that is read.</summary>
    internal IEnumerable<IReadOnlyList<MonthlyLayer>> Quantities => [Precipitation, Evapotranspiration, Mean, Minimum, Maximum];

    /// <summary>The months that every quantity which the index needs has.</summary>
    public IReadOnlySet<int> Months()
    {
        var months = Precipitation.Select(l => l.Month).ToHashSet();
        foreach (IReadOnlyList<MonthlyLayer> needed in Method switch
        {
            EvapotranspirationMethod.Given => new[] { Evapotranspiration },
            EvapotranspirationMethod.Thornthwaite => [Mean],
            EvapotranspirationMethod.Hargreaves => Mean.Count > 0 ? [Minimum, Maximum, Mean] : [Minimum, Maximum],
            _ => [],
        })
            months.IntersectWith(needed.Select(l => l.Month));
        return months;
    }
}

/// <summary>
/// Reads the monthly layers over a window of the index's grid, month by month, as physical values. One a worker, with handles of
/// its own; buffers grow to the largest window.
/// </summary>
internal sealed class MonthlyReader(MonthlyInputs inputs, IGeodata geodata) : IDisposable
{
    private readonly Dictionary<MonthlyLayer, (IRasterSource? Straight, AlignedRaster? Aligned, LayerDecoder Decoder)> _open = [];
    private byte[] _block = [];
    private byte[] _cells = [];
    private byte[] _outside = [];

    /// <summary>Reads a layer; NaN missing. Null: the month is not there, all is missing.</summary>
    public void Read(MonthlyLayer? layer, Window window, Span<double> values)
    {
        if (layer is null)
        {
            values.Fill(double.NaN);
            return;
        }

        var (straight, aligned, decoder) = Open(layer);
        int size = layer.Encoding.Type.Size(), count = window.Width * window.Height;
        if (_cells.Length < count * size)
            _cells = new byte[count * size];
        Span<byte> cells = _cells.AsSpan(0, count * size);
        if (straight is not null)
        {
            Copy(straight, size, window, cells);
            decoder.Decode(cells, 0, values[..count]);
            return;
        }

        if (_outside.Length < count)
            _outside = new byte[count];
        bool inside = aligned!.Read(window, cells, _outside.AsSpan(0, count));
        decoder.Decode(cells, 0, values[..count]);
        for (int i = 0; !inside && i < count; i++)
            if (_outside[i] != 0)
                values[i] = double.NaN;
    }

    public void Dispose()
    {
        foreach (var (straight, aligned, _) in _open.Values)
        {
            straight?.Dispose();
            aligned?.Dispose();
        }
    }

    private (IRasterSource? Straight, AlignedRaster? Aligned, LayerDecoder Decoder) Open(MonthlyLayer layer)
    {
        if (_open.TryGetValue(layer, out var known))
            return known;

        // What lies on the index's grid, as precipitation mostly does, is read block by block; anything else is brought onto it.
        IRasterSource source = layer.Source.Reopen();
        Grid own = source.Grid, grid = inputs.Grid;
        bool same = (own.Width, own.Height, own.OriginX, own.OriginY, own.CellWidth, own.CellHeight)
            == (grid.Width, grid.Height, grid.OriginX, grid.OriginY, grid.CellWidth, grid.CellHeight)
            && geodata.SameCrs(own.Crs, grid.Crs);
        var decoder = new LayerDecoder(layer.Encoding);
        return _open[layer] = same
            ? (source, null, decoder)
            : (null, new AlignedRaster(source, grid, geodata, cacheBytes: 1), decoder);
    }

    private void Copy(IRasterSource source, int size, Window window, Span<byte> cells)
    {
        int width = source.BlockWidth, height = source.BlockHeight;
        if (_block.Length < width * height * size)
            _block = new byte[width * height * size];
        Span<byte> block = _block.AsSpan(0, width * height * size);
        for (int row = window.Row / height; row * height < window.EndRow; row++)
        {
            for (int column = window.Column / width; column * width < window.EndColumn; column++)
            {
                source.ReadBlock(column, row, block);
                Window part = new Window(column * width, row * height, width, height).Intersect(window);
                for (int r = part.Row; r < part.EndRow; r++)
                {
                    int from = (((r - (row * height)) * width) + part.Column - (column * width)) * size;
                    int to = (((r - window.Row) * window.Width) + part.Column - window.Column) * size;
                    block.Slice(from, part.Width * size).CopyTo(cells[to..]);
                }
            }
        }
    }
}
