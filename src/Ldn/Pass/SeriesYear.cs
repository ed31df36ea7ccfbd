using System.Runtime.InteropServices;
using Ldn.Productivity;
using Ldn.Rasters;

namespace Ldn.Pass;

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

    /// <param name="plan">Plan with a series.</param>
    /// <param name="inputs">The year's inputs, in order of date.</param>
    /// <param name="capacity">Cells of the largest slice.</param>
    public SeriesYear(PassPlan plan, IReadOnlyList<int> inputs, int capacity)
    {
        SeriesPlan series = plan.Series!;
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
