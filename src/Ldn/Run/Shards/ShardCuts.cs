using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Run.Shards;

/// <summary>The units of one shard: a run of the pass's units in their order.</summary>
/// <param name="LandCells">Cells of these units that lie in some zone.</param>
public sealed record ShardUnits(int First, int Count, long LandCells);

/// <summary>Cuts the units of a pass into shards of about the same number of cells inside zones.</summary>
internal static class ShardCuts
{
    /// <summary>
    /// Cuts between units only, each shard at least one unit, each cut where the cells so far come nearest to their share.
    /// </summary>
    /// <exception cref="LdnException">Exit 2: fewer units than shards.</exception>
    public static IReadOnlyList<ShardUnits> Cut(IReadOnlyList<Window> units, PlaceSpans places, int shards)
    {
        if (shards > units.Count)
        {
            throw Fault.Plan.Error(
                $"{shards} shards for a run of {units.Count} windows",
                $"give --shards {units.Count} or fewer");
        }

        var before = new long[units.Count + 1];
        for (int i = 0; i < units.Count; i++)
            before[i + 1] = before[i] + places.CellCount(units[i]);
        var cuts = new List<ShardUnits>();
        int first = 0;
        for (int shard = 1; shard <= shards; shard++)
        {
            // The product can pass 64 bits: 10¹² cells, 10⁸ shards.
            long goal = (long)((Int128)before[^1] * shard / shards);
            int last = units.Count - (shards - shard), end = first + 1;
            while (end < last && (shard == shards || goal - before[end] >= before[end + 1] - goal))
                end++;
            cuts.Add(new ShardUnits(first, end - first, before[end] - before[first]));
            first = end;
        }

        return cuts;
    }
}
