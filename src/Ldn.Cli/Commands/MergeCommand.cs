using System.CommandLine;
using Ldn.Gdal;
using Ldn.Run;
using Ldn.Run.Shards;

namespace Ldn.Cli.Commands;

/// <summary><c>ldn merge</c>: the parts of a plan become the result that a single process would have written.</summary>
internal static class MergeCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("PLAN") { Description = "The plan whose shards are computed" };
        var cog = new Option<bool>("--cog") { Description = "Join the parts of each raster to one Cloud-Optimized GeoTIFF; otherwise a virtual raster (VRT) reads from them" };
        var failOn = ComputeCommand.FailOnOption();
        var command = new Command("merge", "Merge the parts of all shards of a plan into a result") { path, cog, failOn };
        command.WithCommonOptions();
        command.SetAction(parsed =>
        {
            FailOn[] checks = FailOn.Parse(parsed.GetValue(failOn));
            ShardPlan plan = ShardPlan.Load(parsed.GetValue(path)!);
            string folder = parsed.GetValue(CommonOptions.Out) ?? Path.Combine(Path.GetDirectoryName(plan.Path)!, "result");
            var how = new ComputeOptions(
                folder, parsed.GetValue(CommonOptions.Overwrite), CommonOptions.ThreadCount(parsed), CommonOptions.MemoryBytes(parsed), plan.Options);
            ComputeResult result = MergeRun.Execute(plan, parsed.GetValue(cog), how, new GdalGeodata(), CommandLine.Cancellation);
            ComputeCommand.Say(result, parsed);
            foreach (FailOn check in checks)
                check.Require(result.Job);
            string[] failures = [.. checks.SelectMany(check => check.Failures(result))];
            return failures.Length == 0 ? (int)ExitCode.Success : throw LdnException.Check($"a check failed: {string.Join("; ", failures)}");
        });
        return command;
    }
}
