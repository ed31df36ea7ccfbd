using Ldn.Rasters;

namespace Ldn.Tests.Pass;

/// <summary>
/// A network between rasters in memory and their readers: blocks lie row by row in a file, each of as many bytes, and it is noted
/// which were read without having been brought near before.
/// </summary>
internal sealed class MemoryNetwork
{
    /// <summary>More than the gap between two blocks that are fetched together.</summary>
    public const int BlockBytes = 20_000;

    private readonly Lock _lock = new();
    private readonly HashSet<(string File, long Start)> _near = [];
    private readonly HashSet<(string File, long Start)> _read = [];

    public long Holds { get; init; } = 10_000_000;

    /// <summary>What happens to a fetch; true where it comes.</summary>
    public Func<ByteRange, bool> Comes { get; init; } = _ => true;

    public List<ByteRange> Fetched { get; } = [];

    /// <summary>Blocks that were read though nobody had brought them near.</summary>
    public int Missed { get; private set; }

    public int BlocksRead => _read.Count;

    /// <summary>The most bytes that were near and had not been read.</summary>
    public long MostNear { get; private set; }

    public int OpenFetchers { get; private set; }

    public void Read(string file, int column, int row, int across)
    {
        lock (_lock)
        {
            (string, long) block = (file, Start(column, row, across));
            if (_read.Add(block) && !_near.Contains(block))
                Missed++;
        }
    }

    public IBlockFetcher Open(string file, int across)
    {
        lock (_lock)
            OpenFetchers++;
        return new Fetcher(this, file, across);
    }

    private static long Start(int column, int row, int across) => (((long)row * across) + column) * BlockBytes;

    private bool Fetch(ByteRange range)
    {
        lock (_lock)
            Fetched.Add(range);
        if (!Comes(range))
            return false;
        lock (_lock)
        {
            for (long start = range.Start; start < range.End; start += BlockBytes)
                _near.Add((range.File, start));
            MostNear = Math.Max(MostNear, _near.Count(b => !_read.Contains(b)) * (long)BlockBytes);
        }

        return true;
    }

    private sealed class Fetcher(MemoryNetwork network, string file, int across) : IBlockFetcher
    {
        public long Holds => network.Holds;

        public void AddRanges(int blockColumn, int blockRow, ICollection<ByteRange> ranges) =>
            ranges.Add(new ByteRange(file, Start(blockColumn, blockRow, across), BlockBytes));

        public bool Fetch(ByteRange range) => network.Fetch(range);

        public void Dispose()
        {
            lock (network._lock)
                network.OpenFetchers--;
        }
    }
}
