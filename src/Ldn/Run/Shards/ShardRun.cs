using System.Text.Json;
using Ldn.Pass;
using Ldn.Productivity;
using Ldn.Rasters;

namespace Ldn.Run.Shards;

/// <summary>
/// <c>ldn compute --plan P --shard I</c>: one shard of a plan. It may be run any number of times, on several machines at once: a
/// valid part is kept, a new one takes its place whole or not at all.
/// </summary>
public static class ShardRun
{
    /// <summary>Computes a shard's part.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="shard">From 0.</param>
    /// <param name="stage">1 or 2 of a plan with two stages; the last when null.</param>
    /// <param name="how">Threads and memory.</param>
    /// <returns>False where a valid part is there already and nothing was done.</returns>
    /// <exception cref="LdnException">Exit 2: no such shard or stage; 3: an input has changed or is damaged; 5: the stage before
    /// is not complete; 75: try again.</exception>
    public static bool Execute(
        ShardPlan plan, int shard, int? stage, ComputeOptions how, IGeodata geodata, IProgress<PassProgress>? progress,
        CancellationToken cancellation)
    {
        if (shard < 0 || shard >= plan.Shards.Count)
            throw Fault.Plan.Error($"the plan has no shard {shard}", $"shards are numbered from 0 to {plan.Shards.Count - 1}");
        if (stage is < 1 || stage > plan.Stages)
            throw Fault.Plan.Error(
                $"the plan has no stage {stage}",
                plan.Stages == 1 ? "it has one stage: leave --stage out" : $"stages are numbered from 1 to {plan.Stages}");
        bool first = stage < plan.Stages;
        string file = first ? Part.Histograms : Part.Result;
        if (Part.IsValid(plan, shard, file))
            return false;
        using ShardWork work = ShardWork.Open(plan, geodata);
        using OutputFolder folder = OutputFolder.OpenPart(Part.Folder(plan, shard), file);
        IReadOnlyList<Window> units = work.UnitsOf(shard);
        if (first)
        {
            int workers = IndicatorPass.Workers(work.Run.Pass, units, [], how.Threads, how.MemoryBytes);
            how.Begins?.Invoke(new RunBeginning(work.Run, work.Run.Pass, units, [], workers));
            IReadOnlyList<PerformanceHistograms> histograms = PerformancePass.Run(
                work.Run.Pass, units, [], workers, new ProgressScale(progress, (RunPhase.Limits, units.Count * 1000L)).Stage(0),
                cancellation);
            Seal(folder, file, plan, shard, json => FirstStage.Write(json, histograms));
        }
        else
        {
            using var pass = RunPass.Open(
                FirstStage.Complete(work.Run.Pass, work.Plan), units, RunOutputs.Of(work.Run, how.Threads),
                o => PartRaster.Create(o, folder[o.Name + ".tif"], work.Run.Pass.Extent, work.Box(shard), geodata), how);
            how.Begins?.Invoke(new RunBeginning(work.Run, pass.Plan, units, pass.Outputs, pass.Workers));
            PassResult result = pass.Execute(
                folder[SeriesSpool.Name], null, new ProgressScale(progress, (RunPhase.Pass, units.Count * 1000L)).Stage(0),
                cancellation);
            pass.CompleteRasters(null, cancellation);
            string[] rasters = [.. pass.Outputs.Select(o => o.Output.Name + ".tif")];
            Seal(folder, file, plan, shard, json =>
            {
                WriteRasters(json, folder, rasters);
                PassResultJson.Write(json, result, work.Run.PlaceIndex);
            });
        }

        // What was read must have been the plan's inputs to the end.
        plan.CheckFiles(geodata);
        folder.Publish();
        return true;
    }

    private static void Seal(OutputFolder folder, string file, ShardPlan plan, int shard, Action<Utf8JsonWriter> content) =>
        SealedJson.Write(folder[file], json =>
    {
        Part.WriteHead(json, plan, shard);
        content(json);
    });

    private static void WriteRasters(Utf8JsonWriter json, OutputFolder folder, string[] rasters)
    {
        json.WriteStartArray("rasters");
        foreach (string raster in rasters)
        {
            FileHash hash = FileHash.Of(folder[raster]);
            json.WriteStartObject();
            json.WriteString("name", raster);
            json.WriteNumber("bytes", hash.Bytes);
            json.WriteString("sha256", hash.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
