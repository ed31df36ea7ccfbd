using Ldn.Indicator;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Questions;

/// <summary>What is brought to coarser cells (firmness U6).</summary>
internal enum CoarseWay
{
    /// <summary>The inputs, of which the conditions are told again.</summary>
    Inputs,

    /// <summary>The conditions of the run.</summary>
    Condition,
}

/// <summary>
/// The indicator of each period, a byte a period as <see cref="ReworkedPlane"/> has it, as it would be with cells that many times
/// as wide and high, in blocks counted from the corner of the run's grid: each cell has the state of its block, so that zones
/// split blocks exactly. Of a block stands the most frequent value with data, the first in reading order of those as frequent.
/// </summary>
internal sealed record CoarsePlane(int Factor, CoarseWay Way, int Periods) : Plane(Periods)
{
    /// <summary>Factors there are: all divide a unit, and the largest is how many rows a slice must hold together.</summary>
    public static IReadOnlyList<int> Factors { get; } = [2, 4, 8];

    internal override bool ReadsSeries => Way == CoarseWay.Inputs;

    internal override int CellsTogether => Factors[^1];

    internal override PlaneFiller Open(PassPlan plan, int capacity) => new Filler(plan, this, capacity);

    private sealed class Filler : PlaneFiller
    {
        private const byte Nothing = 255;

        private readonly PassPlan _plan;
        private readonly CoarsePlane _plane;
        private readonly SliceEvidence? _evidence;
        private readonly byte[] _states;
        private readonly (byte[] Cells, byte[] Outside, bool Done)[] _inputs;
        private readonly ulong[] _values = new ulong[64];
        private readonly int[] _counts = new int[64];
        private SliceAtHand _slice = null!;

        public Filler(PassPlan plan, CoarsePlane plane, int capacity)
            : base(Buffers(plane.Periods, capacity))
        {
            (_plan, _plane, _states) = (plan, plane, new byte[capacity]);
            _inputs = new (byte[], byte[], bool)[plan.Inputs.Count];
            _evidence = plane.Way == CoarseWay.Inputs ? new SliceEvidence(plan, capacity, []) : null;
        }

        public override void Fill(SliceAtHand slice)
        {
            _slice = slice;
            int count = slice.Count;
            if (_evidence is null)
            {
                for (int p = 0; p < Bytes.Length; p++)
                    OfConditions(p, Bytes[p].AsSpan(0, count));
                return;
            }

            for (int i = 0; i < _inputs.Length; i++)
                _inputs[i].Done = false;
            _evidence.Compute(slice.Window, CoarseCells);
            for (int p = 0; p < Bytes.Length; p++)
            {
                ReadOnlySpan<byte> land = _evidence.Land[p].AsSpan(0, count), soil = _evidence.Soil[p].AsSpan(0, count);
                Span<byte> states = Bytes[p].AsSpan(0, count);
                IndicatorKernel.Indicator(land, soil, states, _plan.Tables);
                if (_plan.Recodes.Count > 0)
                    foreach (PlaceRun run in _plan.Places.Inside(slice.Window))
                        if (_plan.Recodes[run.Place] is { } recode)
                            for (int i = run.Start; i < run.End; i++)
                                states[i] = (byte)recode.Apply(_plan.Tables, p, land[i], soil[i]).Indicator;
                for (int i = 0; i < count; i++)
                    if (Evidence.Water(land[i]))
                        states[i] = Evidence.WaterBit;
            }
        }

        /// <summary>Land outside the zones has no condition; no data stands only where a block has nothing else.</summary>
        private void OfConditions(int period, Span<byte> coarse)
        {
            Span<byte> states = _states.AsSpan(0, coarse.Length);
            states.Fill(Nothing);
            byte[] land = _slice.Evidence.Land[period], indicator = _slice.Indicators[period];
            foreach (PlaceRun run in _plan.Places.Inside(_slice.Window))
                for (int i = run.Start; i < run.End; i++)
                    states[i] = Evidence.Water(land[i]) ? (byte)Evidence.WaterBit : indicator[i];
            ForEachBlock(block =>
            {
                int values = 0;
                Span<byte> of = _states;
                foreach (int cell in block)
                    if (of[cell] is not (Nothing or 0))
                        Count(of[cell], ref values);
                byte mode = values > 0 ? (byte)_values[Most(values)] : (byte)0;
                foreach (int cell in block)
                    Bytes[period][cell] = mode;
            });
        }

        /// <summary>An input with the cells of each block alike.</summary>
        private SliceCells CoarseCells(int number)
        {
            ref (byte[] Cells, byte[] Outside, bool Done) coarse = ref _inputs[number];
            int size = _plan.Inputs[number].Raster.OutputType.Size(), count = _slice.Count;
            if (!coarse.Done)
            {
                if (coarse.Cells is null)
                    coarse = (new byte[_states.Length * size], new byte[_states.Length], true);
                coarse.Done = true;
                Coarsen(_plan.Inputs[number], number, size, coarse.Cells, coarse.Outside);
            }

            return new SliceCells(coarse.Cells.AsMemory(0, count * size), coarse.Outside.AsSpan(0, count));
        }

        private void Coarsen(RasterInput input, int number, int size, byte[] cells, byte[] outside) => ForEachBlock(block =>
        {
            SliceCells from = _slice.Cells(number);
            int values = 0, first = block[0];
            foreach (int cell in block)
            {
                double value = Cells.Value(from.Cells, input.Raster.OutputType, cell);
                bool known = (from.Outside.IsEmpty || from.Outside[cell] == 0) && !double.IsNaN(value)
                    && !input.NoData.Contains(value);
                if (known)
                    Count(Bits(from.Cells.Slice(cell * size, size)), ref values);
            }

            // Without any data the block is outside of the input, whatever is stored.
            ulong bits = values > 0 ? _values[Most(values)] : Bits(from.Cells.Slice(first * size, size));
            foreach (int cell in block)
            {
                for (int b = 0; b < size; b++)
                    cells[(cell * size) + b] = (byte)(bits >> (8 * b));
                outside[cell] = values > 0 ? (byte)0 : (byte)1;
            }
        });

        private static ulong Bits(ReadOnlySpan<byte> cell)
        {
            ulong bits = 0;
            for (int b = 0; b < cell.Length; b++)
                bits |= (ulong)cell[b] << (8 * b);
            return bits;
        }

        /// <summary>The cells of each block in reading order; blocks at the end of the grid have fewer.</summary>
        private void ForEachBlock(Action<List<int>> act)
        {
            Window window = _slice.Window;
            int factor = _plane.Factor;
            if (window.Row % factor != 0 || window.Column % factor != 0)
                throw new InvalidOperationException($"a slice at {window.Row}, {window.Column} cuts blocks of {factor}");
            var block = new List<int>(factor * factor);
            for (int row = 0; row < window.Height; row += factor)
            {
                for (int column = 0; column < window.Width; column += factor)
                {
                    block.Clear();
                    for (int r = row; r < Math.Min(row + factor, window.Height); r++)
                        for (int c = column; c < Math.Min(column + factor, window.Width); c++)
                            block.Add((r * window.Width) + c);
                    act(block);
                }
            }
        }

        private void Count(ulong value, ref int values)
        {
            for (int v = 0; v < values; v++)
            {
                if (_values[v] == value)
                {
                    _counts[v]++;
                    return;
                }
            }

            (_values[values], _counts[values]) = (value, 1);
            values++;
        }

        private int Most(int values)
        {
            int most = 0;
            for (int v = 1; v < values; v++)
                if (_counts[v] > _counts[most])
                    most = v;
            return most;
        }
    }
}
