using Ldn.Indicator;
using Ldn.Rasters;

namespace Ldn.Pass;

/// <summary>
/// A worker of a pass: reads the inputs it wants, unit by unit in steps of rows, and computes in slices that stay in the
/// processor's cache. All buffers belong to the worker and are made once.
/// </summary>
internal abstract class StepWorker(PassPlan plan, UnitShape shape, IReadOnlySet<int> wanted) : IDisposable
{
    private readonly StepReader _reader = new(plan, shape.StepCells, wanted);

    protected PassPlan Plan => plan;

    /// <summary>Stored cells of the inputs over the slice at hand.</summary>
    protected CellsOf Cells => _reader.Cells;

    /// <inheritdoc cref="StepReader.Covered"/>
    protected bool[] Covered => _reader.Covered;

    /// <summary>Does a unit, or a band of its rows.</summary>
    public void Process(Window unit, CancellationToken cancellation)
    {
        Begin();
        bool any = false;
        for (int row = unit.Row; row < unit.EndRow; row += shape.StepRows)
        {
            cancellation.ThrowIfCancellationRequested();
            var step = new Window(unit.Column, row, unit.Width, Math.Min(shape.StepRows, unit.EndRow - row));
            if (!plan.Places.Touches(step))
                continue;
            any = true;
            _reader.Read(step, cancellation);
            for (int first = 0; first < step.Height; first += shape.SliceRows)
            {
                var slice = new Window(step.Column, step.Row + first, step.Width, Math.Min(shape.SliceRows, step.Height - first));
                if (!plan.Places.Touches(slice))
                    continue;
                _reader.Move(first * step.Width, slice.Width * slice.Height);
                ProcessSlice(unit, slice);
            }
        }

        if (any)
            End(unit);
    }

    public virtual void Dispose() => _reader.Dispose();

    /// <summary>The inputs that tell where some periods have water at first: their land cover or the mask.</summary>
    protected static IEnumerable<int> WaterInputs(PassPlan plan, IEnumerable<PeriodPlan> periods)
    {
        foreach (PeriodPlan period in periods)
            if (period.FromCover >= 0)
                yield return plan.Covers[period.FromCover].Input;
        if (plan.WaterInput >= 0)
            yield return plan.WaterInput;
    }

    /// <summary>Before a unit.</summary>
    protected virtual void Begin()
    {
    }

    protected abstract void ProcessSlice(Window unit, Window slice);

    /// <summary>After a unit that some zone touches.</summary>
    protected virtual void End(Window unit)
    {
    }

    /// <summary>
    /// Water of a period's first year, from its land cover or from the mask; <see cref="Evidence.WaterBit"/> or 0.
    /// </summary>
    protected void Water(PeriodPlan period, Span<byte> water)
    {
        if (period.FromCover < 0)
        {
            if (plan.WaterInput >= 0)
                SliceEvidence.Water(Cells(plan.WaterInput), plan.Inputs[plan.WaterInput], water);
            else
                water.Clear();
            return;
        }

        SliceCells slice = Cells(plan.Covers[period.FromCover].Input);
        _ = plan.Covers[period.FromCover].Recoder.Recode(slice.Cells, slice.Outside, water);

        // Whether a transition starts in water depends on its first class alone, under every matrix.
        byte[] transitions = plan.Transitions[0];
        for (int i = 0; i < water.Length; i++)
            water[i] = (byte)(transitions[water[i] << 8] & Evidence.WaterBit);
    }
}
