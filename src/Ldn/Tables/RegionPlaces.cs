using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Jobs;

namespace Ldn.Tables;

/// <summary>The regions of a run over its places (drought §6).</summary>
/// <param name="Set">The regions and what holds in each.</param>
/// <param name="Names">Name of each rule set by its number; 0 that of land in no region.</param>
/// <param name="RegionOfPlace">Number of the rules that hold in each place.</param>
/// <param name="RegionsOfPlace">Regions that hold each place, which should be one where there is land.</param>
internal sealed record RegionPlaces(
    RegionSet Set, IReadOnlyList<string> Names, IReadOnlyList<int> RegionOfPlace, IReadOnlyList<int[]> RegionsOfPlace)
{
    /// <summary>Whether more than matrices differ, so that each region is assessed by itself.</summary>
    public bool JudgesApart => !Set.MatricesOnly;

    /// <summary>Id of a rule set by its number.</summary>
    public string Id(int region) => region == 0 ? RegionSet.Default : Set.All[region - 1].Id;

    /// <summary>Numbers of the rule sets in use, in the order of the tables: the regions, then land in none.</summary>
    public IEnumerable<int> Numbers =>
        Set.Outside is null ? Enumerable.Range(1, Set.All.Count) : [.. Enumerable.Range(1, Set.All.Count), 0];

    /// <summary>Every cell of land inside the zones lies in exactly one region (method §3, drought §6).</summary>
    /// <exception cref="LdnException">Exit 3, LDN308: with cells, area and regions.</exception>
    public void Check(IReadOnlyList<Tally> pairs)
    {
        string cure = Set.MatricesOnly ? "give such land the default matrix with --outside-regions default"
            : "give such land the job's own rules with \"outside\": \"default\" in regions";
        foreach (Tally tally in pairs)
        {
            Amount none = default, several = default;
            var ids = new SortedSet<string>(StringComparer.Ordinal);
            foreach (TallyRow row in tally.Rows())
            {
                int planes = tally == pairs[0] ? 1 : 2;
                if (Enumerable.Range(0, planes).All(p => Evidence.Water(row.Plane(2 * p))))
                    continue;
                int[] regions = RegionsOfPlace[row.Place];
                if (regions.Length == 0)
                    none += RunStatistics.AmountOf(row);
                if (regions.Length < 2)
                    continue;
                several += RunStatistics.AmountOf(row);
                ids.UnionWith(regions.Select(Id));
            }

            if (several.Pixels > 0)
                throw Fault.Overlap.Error(
                    $"{several.Pixels} pixels of land ({several.Area} km2) lie in more than one region: {Listed(ids)}",
                    "mend the regions so that they do not overlap");
            if (none.Pixels > 0 && Set.Outside is null)
                throw Fault.Overlap.Error(
                    $"{none.Pixels} pixels of land ({none.Area} km2) lie in no region; regions are "
                        + Listed(Set.All.Select(r => r.Id)),
                    $"extend the regions, or {cure}");
        }
    }

    private static string Listed(IEnumerable<string> ids) =>
        string.Join(", ", ids.Take(12)) + (ids.Skip(12).Any() ? ", …" : "");
}
