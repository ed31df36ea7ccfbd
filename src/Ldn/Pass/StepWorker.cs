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

/// <summary>
/// Reads inputs of a plan step by step and hands out the slice at hand. One a worker: its readers are forks, its buffers are made
/// once.
/// </summary>
internal sealed class StepReader : IDisposable
{
    private readonly AlignedRaster?[] _readers;
    private readonly byte[][] _cells;
    private readonly byte[][] _outside;
    private readonly bool[] _inside;
    private readonly Func<Window, bool> _needed;
    private int _offset;
    private int _count;

    /// <param name="plan">Plan whose inputs are read.</param>
    /// <param name="stepCells">Cells of the largest step.</param>
    /// <param name="wanted">Which inputs; null for all.</param>
    public StepReader(PassPlan plan, int stepCells, IReadOnlySet<int>? wanted = null)
    {
        int inputs = plan.Inputs.Count;
        _needed = plan.Needed();
        (_readers, _cells, _outside) = (new AlignedRaster?[inputs], new byte[inputs][], new byte[inputs][]);
        (_inside, Covered) = (new bool[inputs], new bool[inputs]);
        for (int i = 0; i < inputs; i++)
        {
            bool read = wanted?.Contains(i) ?? true;
            _readers[i] = read ? plan.Inputs[i].Raster.Fork() : null;
            _cells[i] = new byte[read ? stepCells * plan.Inputs[i].Raster.OutputType.Size() : 0];
            _outside[i] = new byte[read ? stepCells : 0];
        }

        Cells = Slice;
    }

    /// <summary>Stored cells of an input over the slice at hand.</summary>
    public CellsOf Cells { get; }

    /// <summary>Per input: whether it covers any cell read so far.</summary>
    public bool[] Covered { get; }

    /// <summary>
    /// Reads a window of the run's grid, and of it what is needed: cells of other blocks have no meaning.
    /// </summary>
    public void Read(Window step, CancellationToken cancellation)
    {
        int count = step.Width * step.Height;
        for (int i = 0; i < _readers.Length; i++)
        {
            if (_readers[i] is not { } reader)
                continue;
            cancellation.ThrowIfCancellationRequested();
            Span<byte> outside = _outside[i].AsSpan(0, count);
            _inside[i] = reader.Read(step, _cells[i].AsSpan(0, count * reader.OutputType.Size()), outside, _needed);
            Covered[i] |= _inside[i] || outside.Contains((byte)0);
        }
    }

    /// <summary>Moves to a slice: so many cells of the step from an offset on.</summary>
    public void Move(int offset, int count) => (_offset, _count) = (offset, count);

    public void Dispose()
    {
        foreach (AlignedRaster? reader in _readers)
            reader?.Dispose();
    }

    private SliceCells Slice(int input)
    {
        int size = _readers[input]!.OutputType.Size();
        return new SliceCells(
            _cells[input].AsMemory(_offset * size, _count * size),
            _inside[input] ? default : _outside[input].AsSpan(_offset, _count));
    }
}
