using Ldn.Counting;
using Ldn.Lanes;
using Ldn.Pass;

namespace Ldn.Questions;

/// <summary>
/// Change of soil carbon where two of the plan's stocks are both known: Σ initial × area and Σ final × area (quantum
/// <see cref="PassResult.StockQuantum"/> t C/ha × mm²), and the area in mm². The stocks must be among those that the plan sums by
/// land cover.
/// </summary>
internal sealed record StockChangeSum(int Initial, int Final) : Sum(3)
{
    internal override SumFiller Open(PassPlan plan, int capacity) => new Filler(Initial, Final);

    private sealed class Filler(int initial, int final) : SumFiller
    {
        private int[] _before = [];
        private int[] _after = [];

        public override void Fill(SliceAtHand slice) =>
            (_before, _after) = (slice.Evidence.Quanta[initial], slice.Evidence.Quanta[final]);

        public override void Add(int from, int to, int rowStart, RowAreas areas, Span<Int128> sums)
        {
            ReadOnlySpan<int> before = _before.AsSpan(from, to - from), after = _after.AsSpan(from, to - from);
            if (areas.Constant)
            {
                long first = 0, last = 0, known = 0;
                for (int i = 0; i < before.Length && i < after.Length; i++)
                {
                    if (before[i] == FixedPoint.None || after[i] == FixedPoint.None)
                        continue;
                    first += before[i];
                    last += after[i];
                    known++;
                }

                sums[0] += (Int128)first * areas.Cell;
                sums[1] += (Int128)last * areas.Cell;
                sums[2] += (Int128)known * areas.Cell;
                return;
            }

            for (int i = 0; i < before.Length; i++)
            {
                if (before[i] == FixedPoint.None || after[i] == FixedPoint.None)
                    continue;
                Int128 area = areas.Of(from + i - rowStart, from + i - rowStart + 1).SquareMillimetres;
                sums[0] += before[i] * area;
                sums[1] += after[i] * area;
                sums[2] += area;
            }
        }
    }
}
