using Ldn.Rasters;

namespace Ldn.Pass;

/// <summary>
/// Productivity of a slice where regions have series of their own, or combine them by tables of their own: each is computed where
/// some of its regions lie, and pasted there (drought §6). One a worker.
/// </summary>
internal sealed class PastedSeries
{
    private readonly PassPlan _plan;
    private readonly SliceSeries[] _series;
    private readonly SeriesPlanes[] _planes;
    private readonly byte[] _own;

    /// <param name="plan">The run, with regions and series.</param>
    /// <param name="capacity">Cells of the largest slice.</param>
    /// <param name="outputs">Rasters that are written of it.</param>
    public PastedSeries(PassPlan plan, int capacity, IReadOnlyList<OpenOutput> outputs)
    {
        _plan = plan;
        _series = [.. plan.Series.Select(series => new SliceSeries(plan, series, capacity, outputs))];
        _planes = [.. plan.Periods.Select((_, p) => new SeriesPlanes(capacity, SeriesPlanes.Wanted(outputs, p)))];
        _own = new byte[capacity];
    }

    /// <summary>What a period's pixels came to in the last <see cref="AddEvidence"/>; no data where no series is.</summary>
    public SeriesPlanes Planes(int period) => _planes[period];

    /// <summary>Takes the cells of a slice, for all periods.</summary>
    public void Read(int count, CellsOf cells, SliceRegions regions)
    {
        for (int s = 0; s < _series.Length; s++)
            if (RegionsOf(s, regions).Any())
                _series[s].Read(count, cells);
    }

    /// <summary>Computes a period and adds its evidence to the joint codes.</summary>
    public void AddEvidence(int period, Window slice, CellsOf cells, SliceRegions regions, Span<byte> land)
    {
        Span<byte> own = _own.AsSpan(0, land.Length);
        _planes[period].Clear();
        for (int s = 0; s < _series.Length; s++)
        {
            bool computed = false;
            foreach (int region in RegionsOf(s, regions))
            {
                if (!computed)
                {
                    own.Clear();
                    _series[s].AddEvidence(period, slice, cells, own);
                    computed = true;
                }

                regions.Paste(region, own, land);
                foreach ((int start, int end) in regions.Runs(region))
                    _planes[period].Take(_series[s].Planes(period), start, end);
            }
        }
    }

    private IEnumerable<int> RegionsOf(int series, SliceRegions regions) =>
        regions.Present.Where(region => _plan.Regions[region].Series == series);
}
