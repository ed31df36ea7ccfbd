using Ldn.Cli.Flags;
using Ldn.Cli.Terminal;
using Ldn.Gdal;
using Ldn.Run;
using Ldn.Run.Shards;

namespace Ldn.Cli.Verbs;

/// <summary><c>ldn compute --plan</c>: one shard of a plan; everything else is in the plan.</summary>
internal static class ShardRuns
{
    /// <summary>The plan file, or null for a run of a job.</summary>
    public static string? PlanOf(Call call)
    {
        if (call.Of(ShardFlags.Plan) is { } plan)
            return plan;
        return call.Has(ShardFlags.Shard) || call.Has(ShardFlags.Stage)
            ? throw LdnException.Usage(
                "--shard and --stage go with --plan", "name the plan that 'ldn plan' wrote with --plan FILE")
            : null;
    }

    /// <summary>Computes the shard.</summary>
    /// <param name="path">The plan file.</param>
    /// <param name="beside">Jobs and flags of jobs given beside it, which a plan does not take.</param>
    /// <param name="call">The call.</param>
    public static int Run(string path, IReadOnlyList<string> beside, Call call)
    {
        if (beside.Count > 0 || call.Has(RunFlags.Out))
        {
            throw LdnException.Usage(
                $"'{(beside.Count > 0 ? beside[0] : "out")}' is given beside --plan",
                "the plan holds the whole job, and its parts lie beside it: leave it out, or make another plan");
        }

        int shard = call.Of(ShardFlags.Shard) ?? throw LdnException.Usage("--plan needs --shard", "shards are numbered from 0");
        ShardPlan plan = ShardPlan.Load(path);
        ComputeOptions how = ComputeVerb.How(call, plan.PartsFolder, plan.Options) with { Overwrite = true };
        bool computed;
        using (ConsoleProgress? progress = ConsoleProgress.Create(call))
            computed = ShardRun.Execute(
                plan, shard, call.Of(ShardFlags.Stage), how with { Begins = progress is null ? null : progress.Begins },
                new GdalGeodata(), progress?.Heard, CommandLine.Cancellation);
        if (!call.Quiet)
            Console.Error.WriteLine(computed ? $"shard {shard}: done" : $"shard {shard}: done before, nothing to do");
        return (int)ExitCode.Success;
    }
}
