namespace Ldn.Productivity.Laws;

/// <summary>
/// Counts of whole-number keys, sparse and mergeable; quantiles are exact. Keys lie within ±2⁵³. Merging is commutative and
/// associative, so the result depends neither on tiles, threads nor shards (method §4.2, performance). Not thread-safe: one a
/// worker, merged at the end.
/// </summary>
public sealed class PercentileHistogram
{
    // Means of one ecological unit lie close together: pages of neighbouring keys make an increment an array access, most often
    // in the page of the pixel before.
    private const int PageBits = 6;
    private const int PageSize = 1 << PageBits;

    private readonly Dictionary<long, long[]> _pages = [];
    private long _lastPage = long.MinValue;
    private long[] _lastCounts = [];

    /// <summary>Number of values.</summary>
    public long Count { get; private set; }

    /// <summary>Adds <paramref name="count"/> values with one key.</summary>
    public void Add(long key, long count = 1)
    {
        long page = key >> PageBits;
        if (page != _lastPage)
        {
            if (!_pages.TryGetValue(page, out long[]? counts))
                _pages.Add(page, counts = new long[PageSize]);
            (_lastPage, _lastCounts) = (page, counts);
        }

        _lastCounts[key & (PageSize - 1)] += count;
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
