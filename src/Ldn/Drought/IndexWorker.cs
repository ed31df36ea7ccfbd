using Ldn.Lanes;
using Ldn.Rasters;

namespace Ldn.Drought;

/// <summary>
/// Computes blocks of an index: months are read one after the other and added to the totals they belong to, oldest first; then
/// every cell is fitted. Holds handles and scratch memory: one a thread.
/// </summary>
internal sealed class IndexWorker : IDisposable
{
    /// <summary>Cells whose totals are turned together: two cache lines of a row.</summary>
    private const int Together = 16;

    private readonly IndexOptions _options;
    private readonly MonthlyInputs _inputs;
    private readonly int[] _all;
    private readonly int[] _told;
    private readonly IGeodata _geodata;
    private readonly MonthlyReader _reader;
    private readonly IndexLanes _lanes = IndexLanes.Create(Simd.Widest);
    private readonly IndexKernel _kernel;
    private readonly Dictionary<int, MonthlyLayer>[] _layers;
    private readonly double[] _totals;
    private readonly double[] _index;
    private double[] _sums = [];
    private double[][] _planes = [];
    private BlockClimate? _climate;

    /// <param name="options">What is computed.</param>
    /// <param name="inputs">Of what.</param>
    /// <param name="all">Years whose totals are needed, ascending.</param>
    /// <param name="told">Years among them that are told.</param>
    /// <param name="geodata">Brings quantities onto the grid.</param>
    public IndexWorker(IndexOptions options, MonthlyInputs inputs, int[] all, IReadOnlyList<int> told, IGeodata geodata)
    {
        (_options, _inputs, _all, _geodata) = (options, inputs, all, geodata);
        _told = [.. told.Select(year => Array.IndexOf(all, year))];
        _reader = new MonthlyReader(inputs, geodata);
        _kernel = new IndexKernel(options, all, _lanes);
        _layers = [.. inputs.Quantities.Select(q => q.ToDictionary(l => l.Month))];
        (_totals, _index) = (new double[Together * all.Length], new double[all.Length]);
    }

    public void Dispose() => _reader.Dispose();

    /// <summary>
    /// A block: by month that ends a value each year that is told, then years, zeros, D and state of the fit; at last the facts
    /// of the cell (<see cref="CellFact"/>).
    /// </summary>
    public float[] Compute(Window window, int layers)
    {
        int cells = window.Width * window.Height;
        Prepare(window, cells);
        AddUp(window, cells);
        float[] block = new float[layers * cells];
        int ends = _options.EndMonths.Count, ofMonth = (_told.Length + 4) * cells;
        for (int end = 0; end < ends; end++)
            Fit(_sums.AsSpan(end * _all.Length * cells, _all.Length * cells), cells, block.AsSpan(end * ofMonth, ofMonth));
        Facts(cells, block.AsSpan(ends * ofMonth));
        return block;
    }

    private void Prepare(Window window, int cells)
    {
        int needed = _options.EndMonths.Count * _all.Length * cells;
        if (_sums.Length < needed)
            _sums = new double[needed];
        if (_planes.Length == 0 || _planes[0].Length < cells)
            _planes = [.. Enumerable.Range(0, 10).Select(_ => new double[cells])];
        foreach (Plane plane in Enum.GetValues<Plane>())
            Of(plane, cells).Fill(plane switch
            {
                Plane.LowestPrecipitation or Plane.LowestTemperature or Plane.LeastRange or Plane.HighestTurned
                    => double.PositiveInfinity,
                _ => 0,
            });
        if (_inputs.Method is EvapotranspirationMethod.Thornthwaite or EvapotranspirationMethod.Hargreaves)
        {
            _climate ??= new BlockClimate(_inputs, _geodata);
            _climate.Move(window);
            if (_inputs.Method == EvapotranspirationMethod.Thornthwaite)
                _climate.AddUpHeat(
                    _reader, _layers[2], _options.FirstReference, _options.LastReference, window, Of(Plane.Values, cells));
        }
    }

    /// <summary>Months that any total needs, each read once and added to every total it is part of.</summary>
    private void AddUp(Window window, int cells)
    {
        (int End, int Year, int Last)[] totals = [.. _options.EndMonths.SelectMany((month, end) => _all.Select(
            (year, y) => (end, y, MonthlyLayer.Number(year, month))))];
        int first = totals.Min(t => t.Last) - _options.Months + 1, last = totals.Max(t => t.Last);
        ILookup<int, (int End, int Year, int Last)> ofLast = totals.ToLookup(t => t.Last);
        for (int month = first; month <= last; month++)
        {
            var wanted = Enumerable.Range(month, _options.Months).SelectMany(t => ofLast[t]).ToList();
            if (wanted.Count == 0)
                continue;
            Span<double> values = Of(Plane.Values, cells);
            Balance(month, window, values);
            foreach ((int end, int year, int ending) in wanted)
            {
                Span<double> sums = _sums.AsSpan(((end * _all.Length) + year) * cells, cells);
                if (month == ending - _options.Months + 1)
                    values.CopyTo(sums);
                else
                    _lanes.Add(values, sums);
            }
        }
    }

    /// <summary>Precipitation of a month, less evapotranspiration where the index is of the balance.</summary>
    private void Balance(int month, Window window, Span<double> values)
    {
        int cells = values.Length;
        _reader.Read(Layer(0, month), window, values);
        _lanes.Watch(
            values, Of(Plane.LowestPrecipitation, cells), Of(Plane.Precipitation, cells), Of(Plane.PrecipitationCount, cells));
        if (_options.Trace > 0)
            for (int i = 0; i < values.Length; i++)
                if (values[i] < _options.Trace)
                    values[i] = 0;
        if (_inputs.Method is not { } method)
            return;
        Span<double> given = Of(Plane.Other, cells);
        if (method == EvapotranspirationMethod.Given)
            _reader.Read(Layer(1, month), window, given);
        else if (method == EvapotranspirationMethod.Thornthwaite)
        {
            _reader.Read(Layer(2, month), window, given);
            WatchTemperature(given, given);
            _climate!.Thornthwaite(month % 12, given);
        }
        else
        {
            Span<double> low = Of(Plane.Low, cells), high = Of(Plane.High, cells);
            _reader.Read(Layer(3, month), window, low);
            _reader.Read(Layer(4, month), window, high);
            if (_inputs.Mean.Count > 0)
                _reader.Read(Layer(2, month), window, given);
            else
                for (int i = 0; i < cells; i++)
                    given[i] = (low[i] + high[i]) / 2;
            WatchTemperature(low, high);
            Span<double> range = Of(Plane.LeastRange, cells);
            for (int i = 0; i < cells; i++)
                range[i] = high[i] - low[i] < range[i] ? high[i] - low[i] : range[i];
            _climate!.Hargreaves(month % 12, low, high, given);
        }

        for (int i = 0; i < cells; i++)
            values[i] -= given[i];
    }

    private void WatchTemperature(ReadOnlySpan<double> low, ReadOnlySpan<double> high)
    {
        Span<double> lowest = Of(Plane.LowestTemperature, low.Length), turned = Of(Plane.HighestTurned, low.Length);
        for (int i = 0; i < low.Length; i++)
        {
            lowest[i] = low[i] < lowest[i] ? low[i] : lowest[i];
            turned[i] = -high[i] < turned[i] ? -high[i] : turned[i];
        }
    }

    /// <summary>Fits every cell to its totals, year after year in <paramref name="sums"/>.</summary>
    private void Fit(ReadOnlySpan<double> sums, int cells, Span<float> planes)
    {
        int years = _all.Length, told = _told.Length;
        for (int first = 0; first < cells; first += Together)
        {
            int count = Math.Min(Together, cells - first);
            for (int y = 0; y < years; y++)
            {
                ReadOnlySpan<double> row = sums.Slice((y * cells) + first, count);
                for (int i = 0; i < count; i++)
                    _totals[(i * years) + y] = row[i];
            }

            for (int i = 0; i < count; i++)
            {
                int cell = first + i;
                ReferenceFit fit = _kernel.Run(_totals.AsSpan(i * years, years), _index, out double distance);
                for (int y = 0; y < told; y++)
                    planes[(y * cells) + cell] = (float)_index[_told[y]];
                planes[(told * cells) + cell] = fit.Years;
                planes[((told + 1) * cells) + cell] = fit.Zeros;
                planes[((told + 2) * cells) + cell] = (float)distance;
                planes[((told + 3) * cells) + cell] = (int)(fit.Years == 0 ? FitState.None : fit.State);
            }
        }
    }

    private void Facts(int cells, Span<float> facts)
    {
        Plane[] planes =
        [
            Plane.LowestPrecipitation, Plane.Precipitation, Plane.LowestTemperature, Plane.HighestTurned, Plane.LeastRange,
        ];
        ReadOnlySpan<double> counts = Of(Plane.PrecipitationCount, cells);
        for (int p = 0; p < planes.Length; p++)
        {
            ReadOnlySpan<double> values = Of(planes[p], cells);
            for (int i = 0; i < cells; i++)
            {
                double value = planes[p] switch
                {
                    Plane.Precipitation => values[i] / counts[i] * 12,
                    Plane.HighestTurned => -values[i],
                    _ => values[i],
                };
                facts[(p * cells) + i] = double.IsFinite(value) ? (float)value : float.NaN;
            }
        }
    }

    private MonthlyLayer? Layer(int quantity, int month) => _layers[quantity].GetValueOrDefault(month);

    private Span<double> Of(Plane plane, int cells) => _planes[(int)plane].AsSpan(0, cells);

    private enum Plane
    {
        Values,
        Other,
        Low,
        High,
        LowestPrecipitation,
        Precipitation,
        PrecipitationCount,
        LowestTemperature,
        HighestTurned,
        LeastRange,
    }
}

/// <summary>
/// What evapotranspiration needs to know of the cells of a block beside the month's temperature (drought §1.6).
/// </summary>
internal sealed class BlockClimate(MonthlyInputs inputs, IGeodata geodata)
{
    private double[] _sun = [];
    private double[] _heat = [];
    private double[] _exponents = [];
    private double[] _sums = [];
    private double[] _counts = [];
    private int _cells;

    /// <summary>Daylight or radiation of every cell and calendar month of a block.</summary>
    public void Move(Window window)
    {
        _cells = window.Width * window.Height;
        if (_heat.Length < _cells)
            (_sun, _heat, _exponents, _sums, _counts) = (
                new double[12 * _cells], new double[_cells], new double[_cells], new double[_cells], new double[_cells]);
        Grid grid = inputs.Grid;
        double[] x = new double[window.Width], y = new double[window.Width];
        using ICoordinateTransform? transform =
            grid.Crs.IsGeographic ? null : geodata.CreateTransform(grid.Crs, geodata.GeographicOf(grid.Crs));
        bool daylight = inputs.Method == EvapotranspirationMethod.Thornthwaite;
        for (int row = 0; row < window.Height; row++)
        {
            for (int c = 0; c < window.Width; c++)
                (x[c], y[c]) = (grid.CentreX(window.Column + c), grid.CentreY(window.Row + row));
            transform?.Transform(x, y);
            for (int month = 0; month < 12; month++)
            {
                Span<double> sun = _sun.AsSpan((month * _cells) + (row * window.Width), window.Width);
                for (int c = 0; c < sun.Length; c++)
                    sun[c] = c > 0 && y[c] == y[c - 1] ? sun[c - 1]
                        : daylight ? Evapotranspiration.Daylight(y[c], month + 1) : Evapotranspiration.Radiation(y[c], month + 1);
            }
        }
    }

    /// <summary>Thornthwaite's heat index of the reference, of means of each calendar month.</summary>
    public void AddUpHeat(
        MonthlyReader reader, Dictionary<int, MonthlyLayer> mean, int firstYear, int lastYear, Window window, Span<double> values)
    {
        Span<double> heat = _heat.AsSpan(0, _cells), sums = _sums.AsSpan(0, _cells), counts = _counts.AsSpan(0, _cells);
        heat.Clear();
        for (int month = 1; month <= 12; month++)
        {
            sums.Clear();
            counts.Clear();
            for (int year = firstYear; year <= lastYear; year++)
            {
                if (!mean.TryGetValue(MonthlyLayer.Number(year, month), out MonthlyLayer? layer))
                    continue;
                reader.Read(layer, window, values);
                for (int i = 0; i < values.Length; i++)
                    if (!double.IsNaN(values[i]))
                        (sums[i], counts[i]) = (sums[i] + values[i], counts[i] + 1);
            }

            for (int i = 0; i < heat.Length; i++)
                heat[i] += Evapotranspiration.Heat(sums[i] / counts[i]);
        }

        for (int i = 0; i < heat.Length; i++)
            _exponents[i] = Evapotranspiration.Exponent(heat[i]);
    }

    /// <summary>Temperature becomes evapotranspiration; months count from 0.</summary>
    public void Thornthwaite(int month, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = Evapotranspiration.Thornthwaite(
                values[i], month + 1, _sun[(month * _cells) + i], _heat[i], _exponents[i]);
    }

    /// <summary>Mean temperature becomes evapotranspiration.</summary>
    public void Hargreaves(int month, ReadOnlySpan<double> low, ReadOnlySpan<double> high, Span<double> mean)
    {
        for (int i = 0; i < mean.Length; i++)
            mean[i] = Evapotranspiration.Hargreaves(low[i], high[i], mean[i], month + 1, _sun[(month * _cells) + i]);
    }
}
