using Ldn.Counting;
using Ldn.Lanes;

namespace Ldn.Pass;

/// <summary>Carbon by land-cover class: sums the stocks of a year along runs of one class.</summary>
/// <param name="tally">Land cover; stock × area and area with a known stock (<see cref="PassResult.Carbon"/>).</param>
/// <param name="cover">Dense legend indexes of the slice at hand.</param>
/// <param name="stocks">Stocks in fixed point of the same cells.</param>
/// <param name="longest">Most cells of a call of <see cref="Add"/>.</param>
internal sealed class CarbonTally(Tally tally, byte[] cover, int[] stocks, int longest)
{
    private readonly byte[][] _planes = [cover];
    private readonly int[] _ends = new int[longest];
    private readonly (int Cells, int Known, long Sum)[] _classes = new (int, int, long)[256];
    private readonly byte[] _met = new byte[256];

    /// <summary>
    /// Adds the columns <paramref name="start"/> … <paramref name="end"/> (exclusive) of the row that starts at
    /// <paramref name="rowStart"/>, all in one place.
    /// </summary>
    public void Add(int place, int rowStart, int start, int end, RowAreas areas)
    {
        int runs = Runs.Find(_planes, rowStart + start, rowStart + end, _ends);
        if (areas.Constant)
            AddClasses(place, rowStart + start, runs, areas);
        else
            AddRuns(place, rowStart, start, runs, areas);
    }

    /// <summary>Cells of one area: each class of the row is summed first, and multiplied once.</summary>
    private void AddClasses(int place, int from, int runs, RowAreas areas)
    {
        int met = 0;
        for (int r = 0; r < runs; r++)
        {
            int to = _ends[r];
            ref (int Cells, int Known, long Sum) sums = ref _classes[cover[from]];
            if (sums.Cells == 0)
                _met[met++] = cover[from];
            (long sum, int known) = FixedPoint.SumKnown(stocks.AsSpan(from, to - from));
            sums = (sums.Cells + to - from, sums.Known + known, sums.Sum + sum);
            from = to;
        }

        foreach (byte code in _met.AsSpan(0, met))
        {
            (int cells, int known, long sum) = _classes[code];
            tally.Add(place, code, cells, areas.Of(cells), [(Int128)sum * areas.Cell, (Int128)known * areas.Cell]);
            _classes[code] = default;
        }
    }

    private void AddRuns(int place, int rowStart, int start, int runs, RowAreas areas)
    {
        Span<Int128> sums = stackalloc Int128[2];
        for (int r = 0; r < runs; r++)
        {
            int end = _ends[r] - rowStart;
            sums.Clear();
            for (int column = start; column < end; column++)
            {
                int stock = stocks[rowStart + column];
                if (stock == FixedPoint.None)
                    continue;
                Int128 area = areas.Of(column, column + 1).SquareMillimetres;
                sums[0] += stock * area;
                sums[1] += area;
            }

            tally.Add(place, cover[rowStart + start], end - start, areas.Of(start, end), sums);
            start = end;
        }
    }
}
