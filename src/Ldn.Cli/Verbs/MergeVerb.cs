using Ldn.Cli.Flags;
using Ldn.Cli.Terminal;
using Ldn.Gdal;
using Ldn.Run;
using Ldn.Run.Shards;

namespace Ldn.Cli.Verbs;

/// <summary><c>ldn merge</c>: the parts of a plan become the result that a single process would have written.</summary>
internal static class MergeVerb
{
    public static Verb Verb { get; } = new("merge", "Merge the parts of all shards of a plan into a result")
    {
        Run = Run,
        Doc = "Verifies all parts first; exit 5 names those that are missing or damaged. The result comes to the folder result "
            + "beside the plan without --out.",
        Operands = [new("PLAN", "The plan whose shards are computed")],
        Flags = [ShardFlags.Cog, RunFlags.FailOn, .. RunFlags.Common],
        Examples = [new("merge run/plan.json --cog", "the result with rasters of one file each")],
    };

    private static int Run(Call call)
    {
        FailOn[] checks = FailOn.Parse(call.Of(RunFlags.FailOn));
        ShardPlan plan = ShardPlan.Load(call.Operand!);
        string folder = call.Of(RunFlags.Out) ?? Path.Combine(Path.GetDirectoryName(plan.Path)!, "result");
        ComputeResult result;
        using (ConsoleProgress? progress = ConsoleProgress.Create(call))
        {
            result = MergeRun.Execute(
                plan, call.Is(ShardFlags.Cog),
                ComputeVerb.How(call, folder, plan.Options) with { Begins = progress is null ? null : progress.Begins },
                new GdalGeodata(), progress?.Heard, CommandLine.Cancellation);
            progress?.Ends(folder);
        }

        ComputeVerb.Say(result, call);
        foreach (FailOn check in checks)
            check.Require(result.Job);
        return ComputeVerb.Ended([.. checks.SelectMany(check => check.Failures(result))]);
    }
}
