using Ldn.Zones;

namespace Ldn.Subjects;

/// <summary>
/// Which activities hold each place, and which rings. Land of any activity is in nobody's surroundings (method §10).
/// </summary>
internal sealed class ActivityPlaces
{
    private readonly int[][] _inside;
    private readonly int[][] _around;

    public ActivityPlaces(PlaceIndex places, IReadOnlyList<Activity> activities)
    {
        Dictionary<int, int> ofMember = activities.Select((a, i) => (a.Member, i)).ToDictionary(a => a.Member, a => a.i);
        Dictionary<int,
        int> ofRing = activities.Select((a, i) => (a.RingMember, i)).Where(a => a.RingMember >= 0)
            .ToDictionary(a => a.RingMember, a => a.i);
        HasRings = ofRing.Count > 0;
        (_inside, _around) = (new int[places.Count][], new int[places.Count][]);
        for (int place = 0; place < places.Count; place++)
        {
            int[] members = places.Members(place).ToArray();
            _inside[place] = Among(members, ofMember);
            _around[place] = _inside[place].Length > 0 ? [] : Among(members, ofRing);
        }
    }

    /// <summary>Whether surroundings are rings; otherwise they are the rest of the zone.</summary>
    public bool HasRings { get; }

    /// <summary>Indices of the activities that hold a place.</summary>
    public int[] Inside(int place) => _inside[place];

    /// <summary>Indices of the activities whose rings hold a place that no activity does.</summary>
    public int[] Around(int place) => _around[place];

    private static int[] Among(int[] members, Dictionary<int, int> known) =>
        members.Length == 0 || known.Count == 0 ? [] : [.. members.Where(known.ContainsKey).Select(m => known[m])];
}
