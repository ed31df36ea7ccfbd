using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Subjects;

namespace Ldn.Run.Shards;

/// <summary><c>ldn plan</c>: everything that can be checked is checked, inputs are hashed, windows are shared out.</summary>
internal static class ShardPlanner
{
    /// <summary>Makes a plan and writes it; the same plan that is there already is left as it is.</summary>
    /// <param name="config">The job with all flags laid over it.</param>
    /// <param name="folder">Where its relative paths start.</param>
    /// <param name="shards">Number of shards, from 1.</param>
    /// <param name="path">The plan file.</param>
    /// <param name="how">Options for the record, language, whether another plan may be replaced.</param>
    /// <param name="geodata">Opens the inputs.</param>
    /// <param name="clock">Tells the processor seconds of this process, by which the cost is measured on some of the run's units;
    /// null where it is that of a usual machine.</param>
    /// <exception cref="LdnException">Whatever is wrong with the job or its inputs; exit 2: more shards than windows, another
    /// plan is there.</exception>
    public static (ShardPlan Plan, CostEstimate Cost) Execute(
        JobConfig config, string folder, int shards, string path, ComputeOptions how, IGeodata geodata,
        Func<double>? clock = null)
    {
        path = Path.GetFullPath(path);
        folder = Path.GetFullPath(folder);
        if (shards < 1)
            throw Fault.Plan.Error($"--shards {shards} is not a number of shards", "give a number from 1 on");
        using RunPlan run = RunPlanner.Plan(JobResolver.Resolve(config, folder, AllSubjects.InOrder), geodata);
        IReadOnlyList<Window> units = IndicatorPass.Units(run.Pass);
        double started = clock?.Invoke() ?? 0;
        var plan = new ShardPlan
        {
            Path = path,
            Name = run.Job.Name,
            Stages = FirstStage.IsNeeded(run.Pass) ? 2 : 1,
            Job = config,
            Folder = folder,
            Options = how.Options,
            Language = how.Language,
            Extent = run.Pass.Extent,
            UnitCount = units.Count,
            Files = [.. FileStamp.Paths(run, config, folder, geodata).Select(FileStamp.Of)],
            Remote = FileStamp.Remote(run, how.HashRemote, geodata),
            Shards = ShardCuts.Cut(units, run.Pass.Places, shards),
        };
        var self = FileFacts.Of(path);
        if (plan.Files.FirstOrDefault(f => f.Path == path || FileFacts.Of(f.Path).IsSameFile(self)) is { } input)
            throw Fault.Output.Error(
                $"{path} is an input of the job{(input.Path == path ? "" : $" ({input.Path})")}",
                "choose another name for the plan with -o");
        var cost = CostEstimate.Of(run, units, plan.Shards);
        if (File.Exists(path) && !how.Overwrite)
        {
            string? there = Id(path);
            if (there != plan.FutureId)
                throw Fault.Plan.Error(
                    $"{path} is there already and is another plan", "choose another -o, or replace it with --overwrite");
            return (
                plan with { Id = there },
                clock is null ? cost : Calibration.Of(cost, run, units, started, how, geodata, path, clock));
        }

        // With the folder of the parts there from the start, no shard finds it missing or removes it.
        try
        {
            Directory.CreateDirectory(plan.PartsFolder);
            if (clock is not null)
                cost = Calibration.Of(cost, run, units, started, how, geodata, path, clock);
            return (plan.Save(), cost);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SystemErrors.Writing($"the plan {path}", e);
        }
    }

    private static string? Id(string path)
    {
        try
        {
            return ShardPlan.Load(path).Id;
        }
        catch (LdnException)
        {
            return null;
        }
    }
}
