using System.Runtime.InteropServices;
using Ldn.Jobs;
using Ldn.Productivity;
using Ldn.Rasters;

namespace Ldn.Pass;

/// <summary>
/// One year of a series as the kernel takes it: stored cells, those beyond the raster's extent holding a value that is no data.
/// Where the stored type has no such value, cells are widened to double precision, which has. One a worker.
/// </summary>
internal sealed class SeriesLayer
{
    private readonly CellType _stored;
    private readonly byte[] _fill;
    private readonly bool _widens;
    private readonly byte[] _cells;

    /// <param name="input">The year's raster.</param>
    /// <param name="capacity">Cells of the largest slice.</param>
    public SeriesLayer(RasterInput input, int capacity)
    {
        _stored = input.Raster.OutputType;
        var encoding = new LayerEncoding(_stored, input.Scale, input.Offset, input.NoData);
        byte[]? fill = encoding.Missing();
        Encoding = fill is null ? encoding with { Type = CellType.Float64 } : encoding;
        _widens = fill is null;
        _fill = fill ?? BitConverter.GetBytes(double.NaN);
        _cells = new byte[capacity * _fill.Length];
    }

    public LayerEncoding Encoding { get; }

    /// <summary>The cells of a slice; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Cells(SliceCells slice, int count)
    {
        if (_widens)
        {
            Pass.Cells.ToPhysical(
                slice.Cells, _stored, [], 1, 0, slice.Outside, MemoryMarshal.Cast<byte, double>(_cells.AsSpan())[..count]);
            return _cells.AsMemory(0, count * sizeof(double));
        }

        if (slice.Outside.IsEmpty)
            return slice.Memory;
        Span<byte> cells = _cells.AsSpan(0, count * _fill.Length);
        slice.Cells.CopyTo(cells);
        for (int i = 0; i < count; i++)
            if (slice.Outside[i] != 0)
                _fill.CopyTo(cells[(i * _fill.Length)..]);
        return _cells.AsMemory(0, cells.Length);
    }
}

/// <summary>Productivity from annual series in terms of the plan's inputs (method §4.2).</summary>
/// <param name="Options">Rules in force.</param>
/// <param name="Scale">In place of the files' own; null: theirs.</param>
/// <param name="Offset">Likewise.</param>
/// <param name="Years">Inputs of each year that some window holds: one, or several that are integrated.</param>
/// <param name="Periods">One a period of the run.</param>
/// <param name="Units">Inputs that make the ecological unit, the most significant first; empty without performance.</param>
internal sealed record SeriesPlan(
    ProductivityOptions Options, double? Scale, double? Offset, IReadOnlyList<IReadOnlyList<int>> Years,
    IReadOnlyList<SeriesPeriod> Periods, IReadOnlyList<int> Units)
{
    /// <summary>How the inputs of a year become one; null where each year is one input.</summary>
    public AnnualIntegration? Integration { get; init; }

    /// <summary>
    /// What the pixels of a place share a percentile with: region × zones of the first layer + zone. −1 for a place that is not
    /// judged by the series.
    /// </summary>
    public IReadOnlyList<int> ZoneOfPlace { get; init; } = [];

    /// <summary>Of each period, found by the first stage; empty before it.</summary>
    public IReadOnlyList<PerformanceLimits> Limits { get; init; } = [];

    /// <summary>
    /// Where the first stage leaves trend, state and mean of each pixel for the pass; null where the pass reads the series
    /// itself.
    /// </summary>
    public SeriesSpool? Spool { get; init; }

    /// <summary>Inputs of the years and their climate, which nothing else reads.</summary>
    public IEnumerable<int> YearInputs =>
        Periods.SelectMany(p => p.Years.SelectMany(year => Years[year]).Concat(p.Climate)).Distinct();

    /// <summary>All inputs that it reads.</summary>
    public IEnumerable<int> Inputs => [.. YearInputs, .. Units, .. Periods.Select(p => p.Greatest).Where(i => i >= 0)];

    /// <inheritdoc cref="SeriesInput.HasState"/>
    public bool HasState => Options.LpdMethod == LpdMethod.Combination;

    /// <inheritdoc cref="SeriesInput.HasPerformance"/>
    public bool HasPerformance => Units.Count > 0;
}

/// <summary>
/// The window of one period: its years among the plan's and the inputs of its climate, in year order, and the input of its
/// greatest NDVI, −1 without.
/// </summary>
internal sealed record SeriesPeriod(SeriesWindow Window, IReadOnlyList<int> Years, IReadOnlyList<int> Climate, int Greatest = -1);

/// <summary>
/// One year of a series as the kernel takes it: the stored cells of its raster, or what several layers are integrated to. One a
/// worker.
/// </summary>
internal sealed class SeriesYear
{
    private readonly IReadOnlyList<int> _inputs;
    private readonly SeriesLayer[] _layers;
    private readonly ReadOnlyMemory<byte>[] _cells;
    private readonly AnnualKernel? _kernel;
    private readonly byte[] _values;

    /// <param name="plan">The run.</param>
    /// <param name="series">A series of it.</param>
    /// <param name="inputs">The year's inputs, in order of date.</param>
    /// <param name="capacity">Cells of the largest slice.</param>
    public SeriesYear(PassPlan plan, SeriesPlan series, IReadOnlyList<int> inputs, int capacity)
    {
        _inputs = inputs;
        _layers = [.. inputs.Select(i => new SeriesLayer(plan.Inputs[i], capacity))];
        _cells = new ReadOnlyMemory<byte>[inputs.Count];
        _kernel = series.Integration is { } integration
            ? new AnnualKernel(integration, [.. _layers.Select(l => l.Encoding)])
            : null;
        _values = new byte[_kernel is null ? 0 : capacity * sizeof(double)];
        Encoding = _kernel is null ? _layers[0].Encoding : new LayerEncoding(CellType.Float64, 1, 0, []);
    }

    public LayerEncoding Encoding { get; }

    /// <summary>The cells of a slice; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Cells(CellsOf cells, int count)
    {
        for (int i = 0; i < _layers.Length; i++)
            _cells[i] = _layers[i].Cells(cells(_inputs[i]), count);
        if (_kernel is null)
            return _cells[0];
        _kernel.Run(_cells, MemoryMarshal.Cast<byte, double>(_values.AsSpan())[..count]);
        return _values.AsMemory(0, count * sizeof(double));
    }
}
