using Ldn.Indicator;
using Ldn.Productivity;
using Ldn.Productivity.Laws;
using Ldn.Productivity.Vectors;
using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Pass;

/// <summary>
/// Productivity of a slice from annual series (method §4.2): trend, state and performance of each period, and what they come to.
/// Holds kernels and planes, one a worker.
/// </summary>
internal sealed class SliceSeries
{
    private readonly PassPlan _plan;
    private readonly SeriesPlan _series;
    private readonly SeriesYear?[] _years;
    private readonly SeriesLayer?[] _climate;
    private readonly ReadOnlyMemory<byte>[] _yearCells;
    private readonly ReadOnlyMemory<byte>[] _climateCells;
    private readonly Period[] _periods;
    private readonly SliceUnits? _units;
    private readonly double[] _means;
    private readonly long[] _limits;
    private readonly float[] _greatest;
    private readonly byte[] _record;
    private readonly int _cellBytes;

    /// <param name="plan">The run.</param>
    /// <param name="series">A series of it.</param>
    /// <param name="capacity">Cells of the largest slice.</param>
    /// <param name="outputs">Rasters that are written of it.</param>
    /// <param name="firstStage">For <see cref="AddMeans"/>, which needs no climate unless it fills the spool.</param>
    public SliceSeries(
        PassPlan plan, SeriesPlan series, int capacity, IReadOnlyList<OpenOutput> outputs, bool firstStage = false)
    {
        _plan = plan;
        _series = firstStage && series.Spool is null ? MeansOnly(series) : series;
        bool computes = firstStage || _series.Spool is null;
        (_years, _yearCells) = (new SeriesYear?[_series.Years.Count], new ReadOnlyMemory<byte>[_series.Years.Count]);
        (_climate, _climateCells) = (new SeriesLayer?[plan.Inputs.Count], new ReadOnlyMemory<byte>[plan.Inputs.Count]);
        foreach (SeriesPeriod period in computes ? _series.Periods : [])
        {
            foreach (int year in period.Years)
                _years[year] ??= new SeriesYear(plan, _series, _series.Years[year], capacity);
            foreach (int year in period.Climate)
                _climate[year] ??= new SeriesLayer(plan.Inputs[year], capacity);
        }

        _greatest = new float[_series.Periods.Any(p => p.Greatest >= 0) ? capacity : 0];
        _periods = [.. _series.Periods.Select((period, p) => new Period(
            period,
            computes ? new ProductivityKernel(
                _series.Options, period.Window, [.. period.Years.Select(y => _years[y]!.Encoding)],
                [.. period.Climate.Select(y => _climate[y]!.Encoding)]) : null,
            new SeriesPlanes(capacity, SeriesPlanes.Wanted(outputs, p))))];
        _cellBytes = _series.Spool?.CellBytes ?? 0;
        _record = new byte[capacity * _cellBytes];
        _units = _series.HasPerformance ? new SliceUnits(plan, _series, capacity) : null;
        _means = new double[capacity];
        _limits = new long[_series.HasPerformance ? capacity : 0];
    }

    /// <summary>Takes the cells of a slice, for all periods.</summary>
    public void Read(int count, CellsOf cells)
    {
        for (int y = 0; y < _years.Length; y++)
            if (_years[y] is { } year)
                _yearCells[y] = year.Cells(cells, count);
        for (int i = 0; i < _climate.Length; i++)
            if (_climate[i] is { } layer)
                _climateCells[i] = layer.Cells(cells(i), count);
        _units?.Compute(count, cells);
    }

    /// <summary>What a period's pixels came to in the last <see cref="AddEvidence"/>.</summary>
    public SeriesPlanes Planes(int period) => _periods[period].Planes;

    /// <summary>Computes a period and adds its evidence to the joint codes.</summary>
    public void AddEvidence(int period, Window slice, CellsOf cells, Span<byte> land)
    {
        int count = land.Length;
        SeriesPlanes planes = _periods[period].Planes;
        ProductivityOutputs outputs = planes.Outputs(count, _series.HasState);
        Span<byte> codes = planes.Codes.AsSpan(0, count);
        if (!_series.HasState)
        {
            outputs.FaoWocat = codes;
            Run(period, count, outputs, Greatest(_series.Periods[period].Greatest, count, cells));
        }
        else if (!_series.HasPerformance)
        {
            // Nobody knows of the performance: its plane stays no data, and so do the classes.
            Run(period, count, outputs);
            LpdParts.Encode(planes.Trend.AsSpan(0, count), planes.State, planes.Performance, codes);
        }
        else
        {
            Span<double> means = _means.AsSpan(0, count);
            outputs.Mean = means;
            if (_series.Spool is { } spool)
                Load(spool, period, slice, means);
            else
                Run(period, count, outputs);
            FindLimits(period, slice);
            PerformanceLaw.Evaluate(means, _limits.AsSpan(0, count), _series.Options, planes.Performance);
            LpdParts.Encode(planes.Trend.AsSpan(0, count), planes.State, planes.Performance, codes);
        }

        for (int i = 0; i < land.Length; i++)
            land[i] |= (byte)(codes[i] << Evidence.ProductivityShift);
    }

    /// <summary>
    /// Evidence of a period with the years in another order or another test of the trend, performance as observed (firmness U2).
    /// After <see cref="AddEvidence"/> of the slice.
    /// </summary>
    /// <param name="period">The period.</param>
    /// <param name="kernel">The kernel of the alternative, and its scratch.</param>
    /// <param name="slice">The slice.</param>
    /// <param name="codes">Takes the productivity evidence, not yet shifted into place.</param>
    public void Rework(int period, ReworkedKernel kernel, SliceAtHand slice, Span<byte> codes)
    {
        if (!_series.HasState)
        {
            Rework(
                period, kernel, codes.Length, new() { FaoWocat = codes },
                Greatest(_series.Periods[period].Greatest, codes.Length, slice.Cells));
            return;
        }

        Span<byte> trend = kernel.Trend.AsSpan(0, codes.Length), state = kernel.State.AsSpan(0, codes.Length);
        Rework(period, kernel, codes.Length, new() { Trend = trend, State = state });
        LpdParts.Encode(trend, state, _periods[period].Planes.Performance, codes);
    }

    /// <summary>What the kernel of an alternative tells of the slice.</summary>
    public void Rework(
        int period, ReworkedKernel kernel, int count, ProductivityOutputs outputs, ReadOnlySpan<float> greatest = default)
    {
        SeriesPeriod plan = _series.Periods[period];
        for (int y = 0; y < kernel.Years.Length; y++)
            kernel.Years[y] = _yearCells[kernel.Order[plan.Years[y]]];
        for (int y = 0; y < kernel.Climate.Length; y++)
            kernel.Climate[y] = _climateCells[kernel.ClimateOf[kernel.Order[plan.Years[y]]]];
        kernel.Run(count, outputs, greatest);
    }

    /// <summary>A kernel for the years in another order, or with another test of the trend.</summary>
    /// <param name="period">The period.</param>
    /// <param name="order">Which year stands in the place of each; null: each in its own.</param>
    /// <param name="autocorrelation">How the trend is tested.</param>
    /// <param name="capacity">Cells of the largest slice.</param>
    public ReworkedKernel Reworked(int period, IReadOnlyList<int>? order, Autocorrelation autocorrelation, int capacity)
    {
        order ??= [.. Enumerable.Range(0, _years.Length)];
        SeriesPeriod plan = _series.Periods[period];
        var climateOf = new int[_years.Length];
        foreach (SeriesPeriod p in _series.Periods.Where(p => p.Climate.Count > 0))
            for (int y = 0; y < p.Years.Count; y++)
                climateOf[p.Years[y]] = p.Climate[y];
        return new ReworkedKernel(
            new ProductivityKernel(
                _series.Options with { Autocorrelation = autocorrelation }, plan.Window,
                [.. plan.Years.Select(y => _years[order[y]]!.Encoding)],
                [.. plan.Climate.Select((_, i) => _climate[climateOf[order[plan.Years[i]]]]!.Encoding)]),
            order, climateOf, plan, capacity);
    }

    /// <summary>Whether the series is to judge any cell of a slice.</summary>
    public bool Judges(Window slice)
    {
        foreach (PlaceRun run in _plan.Places.Inside(slice))
            if (_series.ZoneOfPlace[run.Place] >= 0)
                return true;
        return false;
    }

    /// <summary>The first stage of performance: adds the slice's means to the histograms of its zones and units.</summary>
    /// <param name="period">Index of the period.</param>
    /// <param name="slice">Where.</param>
    /// <param name="water">Non-zero for pixels that are water, which are left out.</param>
    /// <param name="histograms">Of the period.</param>
    public void AddMeans(int period, Window slice, ReadOnlySpan<byte> water, PerformanceHistograms histograms)
    {
        Span<double> means = _means.AsSpan(0, water.Length);
        SeriesPlanes planes = _periods[period].Planes;
        ProductivityOutputs outputs = _series.Spool is null ? default : planes.Outputs(water.Length, withState: true);
        outputs.Mean = means;
        Run(period, water.Length, outputs);
        _series.Spool?.Write(period, slice, planes.Save(means, _record));
        for (int i = 0; i < means.Length; i++)
            if (water[i] != 0)
                means[i] = double.NaN;
        foreach (PlaceRun run in _plan.Places.Inside(slice))
            if (_series.ZoneOfPlace[run.Place] is >= 0 and int zone)
                histograms.Add(
                    zone, _units!.Of(run.Start, run.Length), means.Slice(run.Start, run.Length), _series.Options.Quantum);
    }

    private void Load(SeriesSpool spool, int period, Window slice, Span<double> means)
    {
        SeriesPlanes planes = _periods[period].Planes;
        Span<byte> record = _record.AsSpan(0, means.Length * _cellBytes);
        spool.Read(period, slice, record);
        planes.Load(record, means);
    }

    private void FindLimits(int period, Window slice)
    {
        Array.Fill(_limits, PerformanceLaw.NoLimit);
        foreach (PlaceRun run in _plan.Places.Inside(slice))
            if (_series.ZoneOfPlace[run.Place] is >= 0 and int zone)
                _series.Limits[period].Find(zone, _units!.Of(run.Start, run.Length), _limits.AsSpan(run.Start, run.Length));
    }

    /// <summary>The greatest NDVI of the window, NaN where it is no data; empty where it is not given.</summary>
    private ReadOnlySpan<float> Greatest(int number, int count, CellsOf cells)
    {
        if (number < 0)
            return default;
        Span<float> values = _greatest.AsSpan(0, count);
        RasterInput input = _plan.Inputs[number];
        SliceCells slice = cells(number);
        input.ToPhysical(slice, values);
        return values;
    }

    private void Run(int number, int count, ProductivityOutputs outputs, ReadOnlySpan<float> greatest = default)
    {
        Period period = _periods[number];
        for (int y = 0; y < period.Years.Length; y++)
            period.Years[y] = _yearCells[period.Plan.Years[y]];
        for (int y = 0; y < period.Climate.Length; y++)
            period.Climate[y] = _climateCells[period.Plan.Climate[y]];
        period.Kernel!.Run(period.Years, period.Climate, count, outputs, greatest);
    }

    private static SeriesPlan MeansOnly(SeriesPlan series) => series with
    {
        Options = series.Options with { Method = TrendMethod.Trend },
        Periods = [.. series.Periods.Select(p => p with { Climate = [] })],
    };

    /// <summary>A kernel for an alternative, with its scratch. One a worker, alternative and period.</summary>
    internal sealed class ReworkedKernel(
        ProductivityKernel kernel, IReadOnlyList<int> order, int[] climateOf, SeriesPeriod plan, int capacity)
    {
        /// <summary>Which year stands in the place of each, among the plan's.</summary>
        public IReadOnlyList<int> Order => order;

        /// <summary>Input of the climate of each year.</summary>
        public int[] ClimateOf => climateOf;

        public ReadOnlyMemory<byte>[] Years { get; } = new ReadOnlyMemory<byte>[plan.Years.Count];

        public ReadOnlyMemory<byte>[] Climate { get; } = new ReadOnlyMemory<byte>[plan.Climate.Count];

        public byte[] Trend { get; } = new byte[capacity];

        public byte[] State { get; } = new byte[capacity];

        public void Run(int count, ProductivityOutputs outputs, ReadOnlySpan<float> greatest) =>
            kernel.Run(Years, Climate, count, outputs, greatest);
    }

    private sealed class Period(SeriesPeriod plan, ProductivityKernel? kernel, SeriesPlanes planes)
    {
        public SeriesPeriod Plan { get; } = plan;

        /// <summary>Null where the spool has what it would compute.</summary>
        public ProductivityKernel? Kernel { get; } = kernel;

        public SeriesPlanes Planes { get; } = planes;

        public ReadOnlyMemory<byte>[] Years { get; } = new ReadOnlyMemory<byte>[plan.Years.Count];

        public ReadOnlyMemory<byte>[] Climate { get; } = new ReadOnlyMemory<byte>[plan.Climate.Count];
    }
}
