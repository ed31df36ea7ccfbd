using System.Globalization;
using System.Text.Json;

namespace Ldn.Run.Shards;

/// <summary>All parts of a plan together.</summary>
internal static class PartSet
{
    private const int MostListed = 20;

    /// <summary>
    /// Hands out every part, verified, in the order of the shards; nothing is computed with some of them missing.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="file">Which of a shard's sealed files.</param>
    /// <param name="stage">What to add to the command that makes one.</param>
    /// <param name="use">Takes a part in; <see cref="InvalidDataException"/> where it does not fit.</param>
    /// <exception cref="LdnException">Exit 5, with the names of the shards whose parts are missing or damaged.</exception>
    public static void ForEach(ShardPlan plan, string file, string stage, Action<JsonElement> use)
    {
        var missing = new List<int>();
        var damaged = new List<(int Shard, string Why)>();
        for (int shard = 0; shard < plan.Shards.Count; shard++)
        {
            if (!File.Exists(Path.Combine(Part.Folder(plan, shard), file)))
            {
                missing.Add(shard);
                continue;
            }

            try
            {
                using JsonDocument part = Part.Open(plan, shard, file);
                if (missing.Count + damaged.Count == 0)
                    use(part.RootElement);
            }
            catch (InvalidDataException e)
            {
                damaged.Add((shard, e.Message));
            }
        }

        if (missing.Count + damaged.Count == 0)
            return;
        var said = new List<string>();
        if (missing.Count > 0)
            said.Add($"shard{(missing.Count > 1 ? "s" : "")} {List(missing.Select(Number))} missing");
        if (damaged.Count > 0)
            said.Add($"damaged: {List(damaged.Select(d => $"shard {Number(d.Shard)} ({d.Why})"))}");
        throw LdnException.Incomplete(
            $"{missing.Count + damaged.Count} of {plan.Shards.Count} parts of {plan.Path} cannot be merged: "
                + $"{string.Join("; ", said)}",
            $"compute these shards again: ldn compute --plan {plan.Path} --shard I{stage}");
    }

    private static string Number(int shard) => shard.ToString(CultureInfo.InvariantCulture);

    private static string List(IEnumerable<string> items)
    {
        string[] all = [.. items];
        return string.Join(", ", all.Take(MostListed)) + (all.Length > MostListed ? $" and {all.Length - MostListed} more" : "");
    }
}
