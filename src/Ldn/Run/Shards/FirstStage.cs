using System.Text.Json;
using Ldn.Pass;
using Ldn.Productivity;

namespace Ldn.Run.Shards;

/// <summary>
/// The stage before the pass where a figure of the whole run feeds the pixels (method §4.2): every shard leaves its histograms;
/// the first shard of the pass that finds them all joins them into the limits, which the others then read.
/// </summary>
internal static class FirstStage
{
    private const string Limits = "limits.json";

    public static bool IsNeeded(PassPlan plan) => plan.Series.Any(s => s.HasPerformance);

    /// <summary>Writes the histograms of a shard, one a period: rows of zone, unit, key, count.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<PerformanceHistograms> histograms)
    {
        json.WriteStartArray("histograms");
        foreach (PerformanceHistograms histogram in histograms)
            WriteRows(json, histogram.Rows().Select(r => new[] { r.Zone, r.Unit, r.Key, r.Count }));
        json.WriteEndArray();
    }

    /// <summary>The plan of the pass with the limits of all shards; the plan itself where it needs none.</summary>
    /// <exception cref="LdnException">Exit 5: histograms of some shards are missing or damaged.</exception>
    public static PassPlan Complete(PassPlan pass, ShardPlan plan)
    {
        if (!IsNeeded(pass))
            return pass;
        string path = Path.Combine(plan.PartsFolder, Limits);
        IReadOnlyList<PerformanceLimits> limits = ReadLimits(path, plan) ?? WriteLimits(path, plan, Merge(pass, plan));
        return pass.WithLimits(limits);
    }

    private static List<PerformanceLimits> Merge(PassPlan pass, ShardPlan plan)
    {
        PerformanceHistograms[] merged = [.. pass.Periods.Select(_ => new PerformanceHistograms())];
        PartSet.ForEach(plan, Part.Histograms, " --stage 1", part =>
        {
            JsonElement histograms = part.GetProperty("histograms");
            if (histograms.GetArrayLength() != merged.Length)
                throw new InvalidDataException("its periods are those of another run");
            for (int p = 0; p < merged.Length; p++)
                foreach (JsonElement row in histograms[p].EnumerateArray())
                    merged[p].AddRow(row[0].GetInt32(), row[1].GetInt64(), row[2].GetInt64(), row[3].GetInt64());
        });
        return [.. merged.Select(h => h.Limits())];
    }

    private static List<PerformanceLimits> WriteLimits(string path, ShardPlan plan, List<PerformanceLimits> limits)
    {
        SealedJson.Write(path, json =>
        {
            json.WriteNumber("schema_version", 1);
            json.WriteString("plan", plan.Id);
            json.WriteStartArray("limits");
            foreach (PerformanceLimits limit in limits)
                WriteRows(json, limit.Rows().Select(r => new[] { r.Zone, r.Unit, r.Tenths }));
            json.WriteEndArray();
        });
        return limits;
    }

    /// <summary>The limits that another shard has joined; null where there are none of this plan.</summary>
    private static List<PerformanceLimits>? ReadLimits(string path, ShardPlan plan)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            using JsonDocument document = SealedJson.Read(path).Document;
            return document.RootElement.GetProperty("plan").GetString() != plan.Id ? null
                : [.. document.RootElement.GetProperty("limits").EnumerateArray().Select(p => PerformanceLimits.From(
                    p.EnumerateArray().Select(row => (row[0].GetInt32(), row[1].GetInt64(), row[2].GetInt64()))))];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static void WriteRows(Utf8JsonWriter json, IEnumerable<long[]> rows)
    {
        json.WriteStartArray();
        foreach (long[] row in rows)
        {
            json.WriteStartArray();
            foreach (long number in row)
                json.WriteNumberValue(number);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
