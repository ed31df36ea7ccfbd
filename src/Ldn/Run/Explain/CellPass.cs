using System.Runtime.InteropServices;
using Ldn.Indicator;
using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Run.Explain;

/// <summary>
/// The pass of a run over one cell and its neighbours: the same workers, readers and kernels that wrote the result's rasters,
/// with every raster kept in memory, and the joint code of each cell beside them.
/// </summary>
internal sealed class CellPass
{
    private static readonly RasterKind s_bytes = new("bytes", "{0}", RasterLook.Classed());

    private readonly PassPlan _plan;
    private readonly Dictionary<string, byte[]> _planes = [];
    private readonly (byte[] Cells, byte[] Outside)[] _inputs;
    private readonly int _centre;

    private CellPass(PassPlan plan, int centre) =>
        (_plan, _centre, _inputs) = (plan, centre, new (byte[], byte[])[plan.Inputs.Count]);

    /// <summary>All outputs that can be asked of a cell.</summary>
    /// <param name="plan">A run whose job asks for every raster of the indicator and its parts.</param>
    public static IReadOnlyList<Output> Outputs(RunPlan plan)
    {
        Grid grid = plan.Pass.Grid.Crop(plan.Pass.Extent);
        var outputs = new List<Output>(RunOutputs.Of(plan, 1));
        for (int p = 0; p < plan.Job.Periods.Count; p++)
        {
            int period = p;
            Add(LandOf(p), (slice, classes) => slice.Land(period).CopyTo(classes));
            Add(SoilOf(p), (slice, classes) => slice.Soil(period).CopyTo(classes));
        }

        return outputs;

        void Add(string name, ClassFill fill) => outputs.Add(Bytes(name, grid, fill));
    }

    /// <summary>Computes a cell of the run's grid and those around it.</summary>
    public static CellPass Run(PassPlan plan, IReadOnlyList<Output> outputs, int column, int row, CancellationToken cancellation)
    {
        Window window = new Window(column - 1, row - 1, 3, 3).Intersect(plan.Grid.Extent);
        var pass = new CellPass(plan, ((row - window.Row) * window.Width) + column - window.Column);
        Output cells = Bytes("cells", plan.Grid, (slice, _) => pass.Keep(slice.Cells));
        var open = new List<OpenOutput>();
        foreach (Output output in outputs.Append(cells))
        {
            pass._planes[output.Name] = new byte[window.Width * window.Height * output.CellSize];
            open.Add(new OpenOutput(output, new MemorySink(pass._planes[output.Name])));
        }

        if (plan.Places.Touches(window))
            _ = IndicatorPass.Run(plan, [window], open, 1, null, cancellation);
        return pass;
    }

    /// <summary>The stored cell of an input that the pass read; the cell must lie in a zone, for others are not read.</summary>
    public SliceCells Cells(int input)
    {
        int size = _plan.Inputs[input].Raster.OutputType.Size();
        (byte[] cells, byte[] outside) = _inputs[input];
        return new SliceCells(
            cells.AsMemory(_centre * size, size), outside.Length == 0 ? default : outside.AsSpan(_centre, 1));
    }

    /// <summary>Land byte of the joint code of the cell (<see cref="Evidence"/>).</summary>
    public byte Land(int period) => _planes[LandOf(period)][_centre];

    /// <summary>Soil byte of the joint code.</summary>
    public byte Soil(int period) => _planes[SoilOf(period)][_centre];

    /// <summary>Class of the cell in a raster of the result; null where the run makes none of this name.</summary>
    public byte? Class(RasterKind kind, string of) =>
        _planes.TryGetValue(kind.Name(of), out byte[]? plane) ? plane[_centre] : null;

    /// <summary>Condition of the cell in a raster of the result.</summary>
    public Condition Condition(RasterKind kind, string of) => (Condition)(Class(kind, of) ?? 0);

    /// <summary>
    /// Value of the cell in a raster of the result; NaN for no data, null where the run makes none of this name.
    /// </summary>
    public float? Value(RasterKind kind, string of) =>
        _planes.TryGetValue(kind.Name(of), out byte[]? plane) ? MemoryMarshal.Cast<byte, float>(plane)[_centre] : null;

    /// <summary>The cells around whose condition is the cell's own, another, or none.</summary>
    public NeighbourStory Neighbours(string period)
    {
        byte[] plane = _planes[IndicatorOutputs.Indicator.Name(period)];
        return Neighbourhood.Of(plane, _centre);
    }

    /// <summary>Keeps what the slice, which is all of the window, read of the inputs.</summary>
    private void Keep(CellsOf cells)
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            SliceCells read = cells(i);
            _inputs[i] = (read.Cells.ToArray(), read.Outside.ToArray());
        }
    }

    private static Output Bytes(string name, Grid grid, ClassFill fill) =>
        Output.Of(s_bytes, name, "", OutputFill.OfClasses(fill), false, grid, RasterCompression.Lzw, 1);

    private static string LandOf(int period) => $"land {period}";

    private static string SoilOf(int period) => $"soil {period}";

    /// <summary>Keeps what is written of the window, of which every write is the whole.</summary>
    private sealed class MemorySink(byte[] cells) : IRasterSink
    {
        public void Write(Window window, ReadOnlySpan<byte> values) => values.CopyTo(cells);

        public void Complete()
        {
        }

        public void Dispose()
        {
        }
    }
}

/// <summary>Agreement of a cell with those around it.</summary>
internal static class Neighbourhood
{
    /// <param name="conditions">The cell and those around it, as far as there are any.</param>
    /// <param name="centre">Which of them is the cell.</param>
    public static NeighbourStory Of(ReadOnlySpan<byte> conditions, int centre)
    {
        int same = 0, other = 0;
        for (int i = 0; i < conditions.Length; i++)
        {
            if (i == centre || conditions[i] == 0)
                continue;
            if (conditions[i] == conditions[centre])
                same++;
            else
                other++;
        }

        return new NeighbourStory(same, other, 8 - same - other);
    }
}
