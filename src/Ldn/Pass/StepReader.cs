using Ldn.Rasters;

namespace Ldn.Pass;

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
