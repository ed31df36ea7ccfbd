using Ldn.Counting;
using Ldn.Lanes;
using Ldn.Rasters;

namespace Ldn.Pass;

/// <summary>Adds the joint codes of a slice to the tallies, run by run inside each span of one place.</summary>
internal sealed class SliceTally
{
    private readonly PassPlan _plan;
    private readonly PassResult _result;
    private readonly SliceQuestions? _strata;
    private readonly RowAreas _areas;
    private readonly List<JointTally> _questions = [];
    private readonly CarbonTally[] _carbon;

    public SliceTally(PassPlan plan, PassResult result, SliceEvidence evidence, SliceQuestions? strata, int unitWidth)
    {
        _plan = plan;
        _result = result;
        _strata = strata;
        _areas = new RowAreas(plan.Areas, unitWidth);
        _carbon = [.. plan.Carbon.Select((c, i) =>
            new CarbonTally(
                result.Carbon[i], c.Cover >= 0 ? evidence.Covers[c.Cover] : evidence.NoCover, evidence.Quanta[c.Stock],
                unitWidth))];
        for (int p = 0; p < plan.Periods.Count; p++)
        {
            var questions = new List<(Tally, byte[][])>();

            // Where there are reporting periods, the baseline's own codes are the marginal of any of their pairs.
            if (p > 0)
                questions.Add((result.Conditions[p], [evidence.Land[0], evidence.Soil[0], evidence.Land[p], evidence.Soil[p]]));
            else if (plan.Periods.Count == 1)
                questions.Add((result.Conditions[0], [evidence.Land[0], evidence.Soil[0]]));
            PeriodPlan period = plan.Periods[p];
            if (period.FromCover >= 0)
                questions.Add(
                    (
                        result.Transitions[p],
                        [evidence.Covers[period.FromCover], evidence.Covers[period.ToCover], evidence.Land[p]]));
            if (questions.Count > 0)
                _questions.Add(new JointTally(unitWidth, questions));
        }

        for (int g = 0; g < plan.Gaps.Count; g++)
            _questions.Add(
                new JointTally(
                    unitWidth,
                    (result.Gaps[g], [evidence.Covers[plan.Gaps[g].FromCover], evidence.Covers[plan.Gaps[g].ToCover]])));
    }

    /// <summary>Adds a slice; <paramref name="indicators"/> are the indicator rasters per period, for the cross-check.</summary>
    public void Add(Window slice, byte[][] indicators)
    {
        for (int row = 0; row < slice.Height; row++)
        {
            if (_plan.Places.Row(slice.Row + row).IsEmpty)
                continue;
            _areas.Move(slice.Row + row, slice.Column, slice.Width);
            int rowStart = row * slice.Width;
            foreach ((int start, int end, int place) in _plan.Places.Inside(slice with { Row = slice.Row + row, Height = 1 }))
            {
                foreach (JointTally questions in _questions)
                    questions.Add(place, rowStart, start, end, _areas);
                foreach (CarbonTally carbon in _carbon)
                    carbon.Add(place, rowStart, start, end, _areas);
                _strata?.Add(place, rowStart, start, end, _areas);
                for (int p = 0; p < indicators.Length; p++)
                    CrossCheck(_result.RasterAreas[p], indicators[p], rowStart, start, end);
            }
        }
    }

    /// <summary>Brings the tallies of the result up to what was added.</summary>
    public void Flush()
    {
        foreach (JointTally questions in _questions)
            questions.Flush();
    }

    private void CrossCheck(Area[] totals, byte[] indicator, int rowStart, int start, int end)
    {
        if (_areas.Constant)
        {
            Span<long> counts = stackalloc long[4];
            ClassCount.Add(indicator.AsSpan(rowStart + start, end - start), counts);
            for (int c = 1; c <= 3; c++)
                totals[c] += _areas.Of((int)counts[c]);
            return;
        }

        for (int column = start; column < end; column++)
            totals[indicator[rowStart + column]] += _areas.Of(column, column + 1);
    }
}

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
