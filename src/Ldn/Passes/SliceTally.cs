using Ldn.Grids;
using Ldn.Kernels;
using Ldn.Tallies;
using Ldn.Zones;

namespace Ldn.Passes;

/// <summary>Adds the joint codes of a slice to the tallies, run by run inside each span of one place.</summary>
internal sealed class SliceTally
{
    private readonly PassPlan _plan;
    private readonly PassResult _result;
    private readonly SliceEvidence _evidence;
    private readonly SliceStrata? _strata;
    private readonly RowAreas _areas;
    private readonly int[] _ends;
    private readonly List<(Tally Tally, byte[][] Planes)> _questions = [];

    public SliceTally(PassPlan plan, PassResult result, SliceEvidence evidence, SliceStrata? strata, int unitWidth)
    {
        _plan = plan;
        _result = result;
        _evidence = evidence;
        _strata = strata;
        _areas = new RowAreas(plan.Areas, unitWidth);
        _ends = new int[unitWidth];
        for (int p = 0; p < plan.Periods.Count; p++)
        {
            // Where there are reporting periods, the baseline's own codes are the marginal of any of their pairs.
            if (p > 0)
                _questions.Add((result.Conditions[p], [evidence.Land[0], evidence.Soil[0], evidence.Land[p], evidence.Soil[p]]));
            else if (plan.Periods.Count == 1)
                _questions.Add((result.Conditions[0], [evidence.Land[0], evidence.Soil[0]]));
            PeriodPlan period = plan.Periods[p];
            if (period.FromCover >= 0)
                _questions.Add((result.Transitions[p], [evidence.Covers[period.FromCover], evidence.Covers[period.ToCover], evidence.Land[p]]));
        }

        for (int g = 0; g < plan.Gaps.Count; g++)
            _questions.Add((result.Gaps[g], [evidence.Covers[plan.Gaps[g].FromCover], evidence.Covers[plan.Gaps[g].ToCover]]));
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
                foreach ((Tally tally, byte[][] planes) in _questions)
                    AddRuns(tally, planes, place, rowStart, start, end);
                for (int c = 0; c < _plan.Carbon.Count; c++)
                    AddCarbon(c, place, rowStart, start, end);
                _strata?.Add(place, rowStart, start, end, _areas);
                for (int p = 0; p < indicators.Length; p++)
                    CrossCheck(_result.RasterAreas[p], indicators[p], rowStart, start, end);
            }
        }
    }

    /// <summary>Counts, inside zones, the values of a slice that have no meaning.</summary>
    public void CountUnmapped(Window slice, CellsOf cells)
    {
        for (int row = 0; row < slice.Height; row++)
        {
            _areas.Move(slice.Row + row, slice.Column, slice.Width);
            foreach (PlaceRun run in _plan.Places.Inside(slice with { Row = slice.Row + row, Height = 1 }))
                for (int column = run.Start; column < run.End; column++)
                    CountUnmapped((row * slice.Width) + column, _areas.Of(column, column + 1), cells);
        }
    }

    private void CountUnmapped(int index, UInt128 area, CellsOf cells)
    {
        for (int input = 0; input < _plan.Inputs.Count; input++)
        {
            SliceCells slice = cells(input);
            if (!slice.Outside.IsEmpty && slice.Outside[index] != 0)
                continue;
            double value = Cells.Value(slice.Cells, _plan.Inputs[input].Raster.OutputType, index);
            if (_plan.Inputs[input].IsMeaningless(value))
                _result.Unmapped.Add(input, value, 1, area);
        }
    }

    /// <summary>The joint code of one cell, the first plane lowest.</summary>
    internal static ulong Key(byte[][] planes, int at)
    {
        ulong key = 0;
        for (int plane = planes.Length - 1; plane >= 0; plane--)
            key = (key << 8) | planes[plane][at];
        return key;
    }

    private void AddRuns(Tally tally, byte[][] planes, int place, int rowStart, int start, int end)
    {
        int runs = Runs.Find(planes, rowStart + start, rowStart + end, _ends);
        int from = rowStart + start;
        for (int r = 0; r < runs; r++)
        {
            int to = _ends[r];
            tally.Add(place, Key(planes, from), to - from, _areas.Of(from - rowStart, to - rowStart));
            from = to;
        }
    }

    /// <summary>Carbon by land-cover class: the stock is summed along each run of one class.</summary>
    private void AddCarbon(int question, int place, int rowStart, int start, int end)
    {
        CarbonPlan carbon = _plan.Carbon[question];
        byte[] cover = carbon.Cover >= 0 ? _evidence.Covers[carbon.Cover] : _evidence.NoCover;
        int runs = Runs.Find([cover], rowStart + start, rowStart + end, _ends);
        int from = rowStart + start;
        Span<Int128> sums = stackalloc Int128[2];
        for (int r = 0; r < runs; r++)
        {
            int to = _ends[r];
            ReadOnlySpan<int> stocks = _evidence.Quanta[carbon.Stock].AsSpan(from, to - from);
            if (_areas.Constant)
            {
                (long sum, int known) = FixedPoint.SumKnown(stocks);
                sums[0] = (Int128)sum * _areas.Cell;
                sums[1] = (Int128)known * _areas.Cell;
            }
            else
            {
                sums.Clear();
                for (int i = 0; i < stocks.Length; i++)
                {
                    if (stocks[i] == FixedPoint.None)
                        continue;
                    Int128 area = (Int128)_areas.Of(from - rowStart + i, from - rowStart + i + 1);
                    sums[0] += stocks[i] * area;
                    sums[1] += area;
                }
            }

            _result.Carbon[question].Add(place, cover[from], to - from, _areas.Of(from - rowStart, to - rowStart), sums);
            from = to;
        }
    }

    private void CrossCheck(UInt128[] totals, byte[] indicator, int rowStart, int start, int end)
    {
        if (_areas.Constant)
        {
            Span<long> counts = stackalloc long[4];
            ClassCount.Add(indicator.AsSpan(rowStart + start, end - start), counts);
            for (int c = 1; c <= 3; c++)
                totals[c] += (UInt128)_areas.Cell * (ulong)counts[c];
            return;
        }

        for (int column = start; column < end; column++)
            totals[indicator[rowStart + column]] += _areas.Of(column, column + 1);
    }
}
