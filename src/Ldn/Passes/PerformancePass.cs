using Ldn.Grids;
using Ldn.Kernels;
using Ldn.Productivity;

namespace Ldn.Passes;

/// <summary>
/// The first stage of performance (method §4.2): a pass over the series alone that finds how productive each ecological unit of a zone can
/// be. Histograms of parts of a run merge into those of the whole.
/// </summary>
public static class PerformancePass
{
    /// <summary>The plan with the limits it needs; the plan itself where nothing needs them.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled between two blocks.</exception>
    public static PassPlan Complete(
        PassPlan plan, IReadOnlyList<Window> units, int threads, IProgress<PassProgress>? progress, CancellationToken cancellation) =>
        plan.Series is not { HasPerformance: true } series
            ? plan
            : plan with { Series = series with { Limits = [.. Run(plan, units, threads, progress, cancellation).Select(h => h.Limits())] } };

    /// <summary>Histograms of the means of each period.</summary>
    public static IReadOnlyList<PerformanceHistograms> Run(
        PassPlan plan, IReadOnlyList<Window> units, int threads, IProgress<PassProgress>? progress, CancellationToken cancellation)
    {
        UnitShape shape = UnitShape.Of(plan, units);
        IReadOnlyList<PerformanceWorker> workers = UnitWorkers.Run(units, threads, () => new PerformanceWorker(plan, shape), progress, cancellation);
        foreach (PerformanceWorker other in workers.Skip(1))
            for (int p = 0; p < other.Histograms.Length; p++)
                workers[0].Histograms[p].Merge(other.Histograms[p]);
        return workers[0].Histograms;
    }
}

/// <summary>One worker of the stage: reads series, unit rasters and the water of each period's first year, nothing else.</summary>
internal sealed class PerformanceWorker : IUnitWorker
{
    private readonly PassPlan _plan;
    private readonly UnitShape _shape;
    private readonly StepReader _reader;
    private readonly SliceSeries _series;
    private readonly byte[] _water;

    public PerformanceWorker(PassPlan plan, UnitShape shape)
    {
        (_plan, _shape) = (plan, shape);
        var wanted = new HashSet<int>(plan.Series!.Units);
        foreach (SeriesPeriod period in plan.Series.Periods)
            wanted.UnionWith(period.Years.SelectMany(year => plan.Series.Years[year]));
        foreach (PeriodPlan period in plan.Periods)
            if (period.FromCover >= 0)
                wanted.Add(plan.Covers[period.FromCover].Input);
        if (plan.WaterInput >= 0)
            wanted.Add(plan.WaterInput);
        _series = new SliceSeries(plan, shape.SliceCells, [], meansOnly: true);
        _water = new byte[shape.SliceCells];
        Histograms = [.. plan.Periods.Select(_ => new PerformanceHistograms())];
        _reader = new StepReader(plan, shape.StepCells, wanted);
    }

    public PerformanceHistograms[] Histograms { get; }

    public void Process(Window unit, CancellationToken cancellation)
    {
        for (int row = unit.Row; row < unit.EndRow; row += _shape.StepRows)
        {
            cancellation.ThrowIfCancellationRequested();
            var step = new Window(unit.Column, row, unit.Width, Math.Min(_shape.StepRows, unit.EndRow - row));
            if (!_plan.Places.Touches(step))
                continue;
            _reader.Read(step, cancellation);
            for (int first = 0; first < step.Height; first += _shape.SliceRows)
                ProcessSlice(new Window(step.Column, step.Row + first, step.Width, Math.Min(_shape.SliceRows, step.Height - first)), first * step.Width);
        }
    }

    public void Dispose() => _reader.Dispose();

    private void ProcessSlice(Window slice, int offset)
    {
        if (!_plan.Places.Touches(slice))
            return;
        int count = slice.Width * slice.Height;
        _reader.Move(offset, count);
        _series.Read(count, _reader.Cells);
        Span<byte> water = _water.AsSpan(0, count);
        for (int p = 0; p < Histograms.Length; p++)
        {
            Water(_plan.Periods[p].FromCover, water);
            _series.AddMeans(p, slice, water, Histograms[p]);
        }
    }

    /// <summary>Water of a period's first year, from its land cover or from the mask.</summary>
    private void Water(int cover, Span<byte> water)
    {
        if (cover < 0)
        {
            if (_plan.WaterInput >= 0)
                SliceEvidence.Water(_reader.Cells(_plan.WaterInput), _plan.Inputs[_plan.WaterInput], water);
            return;
        }

        SliceCells slice = _reader.Cells(_plan.Covers[cover].Input);
        _ = _plan.Covers[cover].Recoder.Recode(slice.Cells, slice.Outside, water);

        // Whether a transition starts in water depends on its first class alone, under every matrix.
        byte[] transitions = _plan.Transitions[0];
        for (int i = 0; i < water.Length; i++)
            water[i] = (byte)(transitions[water[i] << 8] & Evidence.WaterBit);
    }
}
