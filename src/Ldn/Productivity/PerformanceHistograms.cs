using Ldn.Productivity.Laws;

namespace Ldn.Productivity;

/// <summary>
/// The first stage of performance: a histogram of quantised means for every (zone, ecological unit) met, method §4.2. Not
/// thread-safe: one a worker, merged at the end. Rows come sorted, so what is written of them is the same however it was
/// gathered.
/// </summary>
internal sealed class PerformanceHistograms
{
    private readonly Dictionary<(int Zone, long Unit), PercentileHistogram> _histograms = [];

    /// <summary>The histogram of a unit, made on first use.</summary>
    /// <param name="zone">Index of the zone, or any one number under <see cref="PerformanceScope.Run"/>.</param>
    /// <param name="unit">From <see cref="EcologicalUnit.Combine"/>.</param>
    public PercentileHistogram Of(int zone, long unit)
    {
        if (!_histograms.TryGetValue((zone, unit), out PercentileHistogram? histogram))
            _histograms.Add((zone, unit), histogram = new PercentileHistogram());
        return histogram;
    }

    /// <summary>
    /// Adds a run of pixels of one zone. Pixels to be left out (water, outside the zones) are left out by their unit
    /// <see cref="EcologicalUnit.None"/> or a mean of NaN.
    /// </summary>
    public void Add(int zone, ReadOnlySpan<long> units, ReadOnlySpan<double> means, double quantum)
    {
        means = means[..units.Length];
        long unit = EcologicalUnit.None;
        PercentileHistogram? histogram = null;
        for (int i = 0; i < units.Length; i++)
        {
            if (units[i] == EcologicalUnit.None || double.IsNaN(means[i]))
                continue;
            if (histogram is null || units[i] != unit)
            {
                unit = units[i];
                histogram = Of(zone, unit);
            }

            histogram.Add(PerformanceLaw.Key(means[i], quantum));
        }
    }

    public void Merge(PerformanceHistograms other)
    {
        foreach (((int zone, long unit), PercentileHistogram histogram) in other._histograms)
            Of(zone, unit).Merge(histogram);
    }

    /// <summary>Everything, sorted by zone, unit and key; <see cref="AddRow"/> takes it back.</summary>
    public IEnumerable<(int Zone, long Unit, long Key, long Count)> Rows() =>
        from entry in _histograms.OrderBy(e => e.Key)
        from row in entry.Value.Rows()
        select (entry.Key.Zone, entry.Key.Unit, row.Key, row.Count);

    public void AddRow(int zone, long unit, long key, long count) => Of(zone, unit).Add(key, count);

    /// <summary>The 90th percentile of every unit in tenths of a quantum, for <see cref="PerformanceLaw.Condition"/>.</summary>
    public PerformanceLimits Limits() => new(_histograms.Where(e => e.Value.Count > 0)
        .ToDictionary(e => e.Key, e => e.Value.QuantileTenths(PerformanceLaw.Tenth)));
}

/// <summary>The limits found by the first stage of performance; read-only, shared by all workers of the second.</summary>
internal sealed class PerformanceLimits
{
    private readonly Dictionary<(int Zone, long Unit), long> _tenths;

    internal PerformanceLimits(Dictionary<(int Zone, long Unit), long> tenths) => _tenths = tenths;

    /// <summary>Takes rows of <see cref="Rows"/> back.</summary>
    public static PerformanceLimits From(IEnumerable<(int Zone, long Unit, long Tenths)> rows) =>
        new(rows.ToDictionary(r => (r.Zone, r.Unit), r => r.Tenths));

    /// <summary>Everything, sorted by zone and unit.</summary>
    public IEnumerable<(int Zone, long Unit, long Tenths)> Rows() =>
        _tenths.OrderBy(e => e.Key).Select(e => (e.Key.Zone, e.Key.Unit, e.Value));

    /// <summary>The limit of a unit, <see cref="PerformanceLaw.NoLimit"/> where it has no pixels or the pixel no unit.</summary>
    public long Of(int zone, long unit) =>
        unit != EcologicalUnit.None && _tenths.TryGetValue((zone, unit), out long tenths) ? tenths : PerformanceLaw.NoLimit;

    /// <summary>Looks the limits of a run of pixels of one zone up.</summary>
    public void Find(int zone, ReadOnlySpan<long> units, Span<long> limitTenths)
    {
        limitTenths = limitTenths[..units.Length];
        long unit = EcologicalUnit.None, limit = PerformanceLaw.NoLimit;
        for (int i = 0; i < units.Length; i++)
        {
            if (units[i] != unit)
            {
                unit = units[i];
                limit = Of(zone, unit);
            }

            limitTenths[i] = limit;
        }
    }
}

/// <summary>
/// Counts of whole-number keys, sparse and mergeable; quantiles are exact. Keys lie within ±2⁵³. Merging is commutative and
/// associative, so the result depends neither on tiles, threads nor shards (method §4.2, performance). Not thread-safe: one a
/// worker, merged at the end.
/// </summary>
internal sealed class PercentileHistogram
{
    // Means of one ecological unit lie close together: pages of neighbouring keys make an increment an array access, most often
    // in one of the pages last met.
    private const int PageBits = 6;
    private const int PageSize = 1 << PageBits;
    private const int LastPages = 16;

    private readonly Dictionary<long, long[]> _pages = [];
    private readonly (long Page, long[]? Counts)[] _last = new (long, long[]?)[LastPages];

    /// <summary>Number of values.</summary>
    public long Count { get; private set; }

    /// <summary>Adds <paramref name="count"/> values with one key.</summary>
    public void Add(long key, long count = 1)
    {
        long page = key >> PageBits;
        ref (long Page, long[]? Counts) last = ref _last[page & (LastPages - 1)];
        if (last.Page != page || last.Counts is null)
        {
            if (!_pages.TryGetValue(page, out long[]? counts))
                _pages.Add(page, counts = new long[PageSize]);
            last = (page, counts);
        }

        last.Counts[key & (PageSize - 1)] += count;
        Count += count;
    }

    /// <summary>Adds everything <paramref name="other"/> holds.</summary>
    public void Merge(PercentileHistogram other)
    {
        foreach ((long key, long count) in other.Rows())
            Add(key, count);
    }

    /// <summary>Keys that occur, ascending, and their counts; adding them to an empty histogram gives this one again.</summary>
    public IEnumerable<(long Key, long Count)> Rows()
    {
        foreach (long page in _pages.Keys.Order())
        {
            long[] counts = _pages[page];
            for (int i = 0; i < PageSize; i++)
                if (counts[i] != 0)
                    yield return ((page << PageBits) + i, counts[i]);
        }
    }

    /// <summary>
    /// The quantile at probability <paramref name="tenth"/> ÷ 10 (0…10), Hyndman–Fan type 7, in tenths of a key: exact, because
    /// type 7 at a tenth lies a whole number of tenths between two keys.
    /// </summary>
    /// <exception cref="InvalidOperationException">No values.</exception>
    public long QuantileTenths(int tenth)
    {
        if (Count == 0)
            throw new InvalidOperationException("an empty histogram has no quantiles");
        long position = (Count - 1) * tenth;
        long rank = position / 10, remainder = position % 10;
        (long low, long high) = Neighbours(rank);
        return (10 * low) + (remainder * (high - low));
    }

    /// <summary>The keys at a rank (from 0) and at the one after it, which is the same at the end.</summary>
    private (long Low, long High) Neighbours(long rank)
    {
        long below = 0, low = 0;
        bool found = false;
        foreach ((long key, long count) in Rows())
        {
            if (found)
                return (low, key);
            below += count;
            if (below <= rank)
                continue;
            if (below > rank + 1)
                return (key, key);
            (low, found) = (key, true);
        }

        return (low, low);
    }
}
