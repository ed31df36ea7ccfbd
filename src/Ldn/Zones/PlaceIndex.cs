using System.Collections.Concurrent;

namespace Ldn.Zones;

/// <summary>
/// Numbers for sets of members (a member is one polygon, zone, region, correction or activity of any layer, counted through by
/// the caller). Place 0 is the empty set. Thread-safe; a lookup that hits takes no lock. Which number a set gets depends on who
/// asks first, so nothing that is written may depend on it: results are keyed by <see cref="Members"/>.
/// </summary>
internal sealed class PlaceIndex
{
    private readonly ConcurrentDictionary<int[], int> _places;
    private readonly ConcurrentDictionary<int[], int>.AlternateLookup<ReadOnlySpan<int>> _lookup;
    private readonly ConcurrentDictionary<long, int> _with = new();
    private readonly Lock _growing = new();
    private volatile int[][] _members = [[]];
    private volatile int _count = 1;

    public PlaceIndex()
    {
        _places = new ConcurrentDictionary<int[], int>(new MemberComparer());
        _places[[]] = 0;
        _lookup = _places.GetAlternateLookup<ReadOnlySpan<int>>();
    }

    /// <summary>Places numbered so far, the empty one included: valid places are 0 … Count − 1.</summary>
    public int Count => _count;

    /// <summary>The place of a set of members, given in ascending order without repeats.</summary>
    public int Intern(ReadOnlySpan<int> sortedMembers)
    {
        if (_lookup.TryGetValue(sortedMembers, out int place))
            return place;
        for (int i = 0; i < sortedMembers.Length; i++)
            if (sortedMembers[i] < 0 || (i > 0 && sortedMembers[i] <= sortedMembers[i - 1]))
                throw new ArgumentException("members must be ascending, distinct and not negative", nameof(sortedMembers));
        lock (_growing)
        {
            if (_lookup.TryGetValue(sortedMembers, out place))
                return place;
            place = _count;
            int[] members = sortedMembers.ToArray();
            int[][] table = _members;
            if (place == table.Length)
                Array.Resize(ref table, 2 * place);
            table[place] = members;

            // The table first, then the number: whoever holds a number finds its members.
            _members = table;
            _count = place + 1;
            _places[members] = place;
            return place;
        }
    }

    /// <summary>The members of a place, ascending.</summary>
    public ReadOnlySpan<int> Members(int place) => _members[place];

    /// <summary>The place of a place's members and one more (the same place where it is among them already).</summary>
    public int With(int place, int member)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(member);
        long key = ((long)place << 32) | (uint)member;
        if (_with.TryGetValue(key, out int joined))
            return joined;
        ReadOnlySpan<int> members = Members(place);
        int at = members.BinarySearch(member);
        if (at >= 0)
            joined = place;
        else
        {
            at = ~at;
            int[] more = [.. members[..at], member, .. members[at..]];
            joined = Intern(more);
        }

        _with[key] = joined;
        return joined;
    }

    /// <summary>Whether a place holds a member.</summary>
    public bool Contains(int place, int member) => Members(place).BinarySearch(member) >= 0;

    private sealed class MemberComparer : IEqualityComparer<int[]>, IAlternateEqualityComparer<ReadOnlySpan<int>, int[]>
    {
        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<int> alternate, int[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<int> alternate)
        {
            uint hash = 17;
            foreach (int member in alternate)
                hash = (System.Numerics.BitOperations.RotateLeft(hash, 5) ^ (uint)member) * 0x9E3779B1;
            return (int)hash;
        }

        public int[] Create(ReadOnlySpan<int> alternate) => alternate.ToArray();
    }
}
