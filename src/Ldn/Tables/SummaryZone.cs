using Ldn.Counting;
using Ldn.Zones;

namespace Ldn.Tables;

/// <summary>A line of the tables: a zone or a group of zones, and the members of places it consists of.</summary>
/// <param name="Id">Its id, as in <c>zone_id</c>.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Kind"><c>zone</c> or <c>group</c>.</param>
/// <param name="Members">Member numbers (<see cref="PlaceIndex"/>); a cell belongs when its place holds any of them, and counts
/// once.</param>
/// <param name="OfficialLand">Official land area where a table gives it, above zero.</param>
public sealed record SummaryZone(string Id, string Name, string Kind, IReadOnlyList<int> Members, Area? OfficialLand)
{
    /// <summary>For each place, the indexes of the zones and groups that hold it.</summary>
    internal static int[][] OfPlaces(IReadOnlyList<SummaryZone> zones, PlaceIndex places)
    {
        var ofMember = new Dictionary<int, List<int>>();
        for (int z = 0; z < zones.Count; z++)
        {
            foreach (int member in zones[z].Members)
            {
                if (!ofMember.TryGetValue(member, out List<int>? list))
                    ofMember[member] = list = [];
                list.Add(z);
            }
        }

        var ofPlaces = new int[places.Count][];
        for (int place = 0; place < ofPlaces.Length; place++)
        {
            var set = new SortedSet<int>();
            foreach (int member in places.Members(place))
                set.UnionWith(ofMember.GetValueOrDefault(member) ?? []);
            ofPlaces[place] = [.. set];
        }

        return ofPlaces;
    }
}
