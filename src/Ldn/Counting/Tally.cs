using System.Numerics;
using System.Runtime.CompilerServices;

namespace Ldn.Counting;

/// <summary>
/// A mergeable table of integers: (place, key) → pixels, area, and optionally fixed-point sums. Integer addition is associative,
/// so the content never depends on threads, tiles or shards. A key is up to eight bytes, one a plane of the question asked, the
/// first plane lowest. Open addressing; one writer at a time.
/// </summary>
internal sealed class Tally
{
    private const int InitialCapacity = 256;
    private Entry[] _entries = new Entry[InitialCapacity];
    private Int128[] _sums;
    private int _shift = 64 - BitOperations.Log2(InitialCapacity);
    private int _count;

    private readonly IReadOnlyList<bool>? _greatest;

    /// <param name="sumCount">Number of fixed-point sums kept beside count and area.</param>
    /// <param name="greatest">By sum whether the greatest of numbers from 0 is kept instead; null: of none.</param>
    public Tally(int sumCount = 0, IReadOnlyList<bool>? greatest = null)
    {
        (SumCount, _greatest) = (sumCount, greatest);
        _sums = new Int128[InitialCapacity * sumCount];
    }

    public int SumCount { get; }

    /// <summary>Number of different (place, key) pairs.</summary>
    public int Count => _count;

    /// <summary>Adds <paramref name="pixels"/> cells of <paramref name="area"/> in all.</summary>
    public void Add(int place, ulong key, long pixels, Area area)
    {
        int slot = Slot(place, key);
        ref Entry entry = ref _entries[slot];
        entry.Pixels += pixels;
        entry.Area += area;
    }

    /// <summary>Adds cells and, for each sum of the tally, a fixed-point amount.</summary>
    public void Add(int place, ulong key, long pixels, Area area, ReadOnlySpan<Int128> sums)
    {
        int slot = Slot(place, key);
        _entries[slot].Pixels += pixels;
        _entries[slot].Area += area;
        for (int i = 0; i < SumCount; i++)
        {
            ref Int128 kept = ref _sums[(slot * SumCount) + i];
            kept = _greatest is not null && _greatest[i] ? Int128.Max(kept, sums[i]) : checked(kept + sums[i]);
        }
    }

    /// <summary>
    /// Adds another table of the same question, place numbers translated by <paramref name="place"/> (identity when null).
    /// </summary>
    public void Merge(Tally other, Func<int, int>? place = null)
    {
        // Rows come in the order of their hashes: in a table too small for both they would crowd together and each take a long
        // search.
        while (_count + other._count > _entries.Length / 2)
            Grow();
        foreach (TallyRow row in other.Rows())
            Add(place?.Invoke(row.Place) ?? row.Place, row.Key, row.Pixels, row.Area, row.Sums.Span);
    }

    /// <summary>Forgets every row and keeps the room.</summary>
    public void Clear()
    {
        Array.Clear(_entries);
        Array.Clear(_sums);
        _count = 0;
    }

    /// <summary>The joint code of one cell of some byte planes, the first plane lowest.</summary>
    internal static ulong Key(byte[][] planes, int at)
    {
        ulong key = 0;
        for (int plane = planes.Length - 1; plane >= 0; plane--)
            key = (key << 8) | planes[plane][at];
        return key;
    }

    /// <summary>Every row, in no particular order.</summary>
    public IEnumerable<TallyRow> Rows()
    {
        for (int i = 0; i < _entries.Length; i++)
            if (_entries[i].Used)
                yield return At(i);
    }

    /// <summary>Its rows by place.</summary>
    /// <param name="places">Number of places: those of the rows are below it.</param>
    public PlacedRows ByPlace(int places) => new(this, places);

    /// <summary>Number of slots, which hold a row each or none.</summary>
    internal int Slots => _entries.Length;

    /// <summary>The place of the row in a slot; -1 where it holds none.</summary>
    internal int PlaceAt(int slot) => _entries[slot].Used ? _entries[slot].Place : -1;

    /// <summary>The row in a slot that holds one.</summary>
    internal TallyRow At(int slot)
    {
        ref readonly Entry entry = ref _entries[slot];
        return new TallyRow(entry.Place, entry.Key, entry.Pixels, entry.Area, _sums.AsMemory(slot * SumCount, SumCount));
    }

    private int Slot(int place, ulong key)
    {
        while (true)
        {
            Entry[] entries = _entries;
            int mask = entries.Length - 1;
            for (int i = Hash(place, key); ; i = (i + 1) & mask)
            {
                ref Entry entry = ref entries[i];
                if (entry.Used)
                {
                    if (entry.Key == key && entry.Place == place)
                        return i;
                    continue;
                }

                if (_count >= entries.Length / 2)
                    break;
                entry.Used = true;
                entry.Key = key;
                entry.Place = place;
                _count++;
                return i;
            }

            Grow();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Hash(int place, ulong key) => (int)(((key + ((ulong)(uint)place << 40)) * 0x9E3779B97F4A7C15UL) >> _shift);

    private void Grow()
    {
        (Entry[] entries, Int128[] sums) = (_entries, _sums);
        _entries = new Entry[entries.Length * 2];
        _sums = new Int128[sums.Length * 2];
        _shift--;
        _count = 0;
        for (int i = 0; i < entries.Length; i++)
        {
            if (!entries[i].Used)
                continue;
            int slot = Slot(entries[i].Place, entries[i].Key);
            _entries[slot] = entries[i];
            sums.AsSpan(i * SumCount, SumCount).CopyTo(_sums.AsSpan(slot * SumCount));
        }
    }

    private struct Entry
    {
        public ulong Key;
        public int Place;
        public bool Used;
        public long Pixels;
        public Area Area;
    }
}

/// <summary>One row of a tally. <see cref="Sums"/> in the fixed-point quantum of each value layer.</summary>
/// <param name="Area">True area of the pixels, in whole mm².</param>
internal readonly record struct TallyRow(int Place, ulong Key, long Pixels, Area Area, ReadOnlyMemory<Int128> Sums)
{
    /// <summary>The byte of plane <paramref name="plane"/> in the key.</summary>
    public byte Plane(int plane) => (byte)(Key >> (8 * plane));
}

/// <summary>
/// The rows of a tally by place, so that a zone's are found without walking all of them. Four bytes a row and a place; to be read
/// while nothing is added to the tally.
/// </summary>
internal sealed class PlacedRows
{
    private readonly Tally _tally;
    private readonly int[] _starts;
    private readonly int[] _slots;

    internal PlacedRows(Tally tally, int places)
    {
        _tally = tally;
        _starts = new int[places + 1];
        _slots = new int[tally.Count];
        for (int slot = 0; slot < tally.Slots; slot++)
            if (tally.PlaceAt(slot) is >= 0 and int place)
                _starts[place + 1]++;
        for (int place = 0; place < places; place++)
            _starts[place + 1] += _starts[place];
        int[] next = _starts[..^1];
        for (int slot = 0; slot < tally.Slots; slot++)
            if (tally.PlaceAt(slot) is >= 0 and int place)
                _slots[next[place]++] = slot;
    }

    /// <summary>The rows of a place, in no particular order.</summary>
    public IEnumerable<TallyRow> Of(int place)
    {
        for (int i = _starts[place]; i < _starts[place + 1]; i++)
            yield return _tally.At(_slots[i]);
    }
}
