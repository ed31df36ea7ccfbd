using System.CommandLine;
using Ldn.Jobs;
using Ldn.Run;

namespace Ldn.Cli.Commands;

/// <summary><c>ldn neutrality</c>: asks a finished run about land types, targets, activities, response and hotspots.</summary>
internal static class NeutralityCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("RUN_DIR") { Description = "Folder of a finished run with its indicator rasters" };
        Option<string?> failOn = ComputeCommand.FailOnOption();
        var options = new JobOptions(JobOptions.ForNeutrality);
        var command = new Command("neutrality", "Land types, targets, response hierarchy, hotspots and projection for a finished run") { run, failOn };
        options.AddTo(command);
        command.WithCommonOptions();
        command.SetAction(parsed =>
        {
            string folder = parsed.GetValue(run)!;
            FailOn[] checks = FailOn.Parse(parsed.GetValue(failOn));
            Job job = NeutralityRun.Job(folder, options.Overlay(new JobConfig { Zones = NeutralityRun.Zones(Path.GetFullPath(folder)) }, parsed));
            return ComputeCommand.RunChecked(job, parsed.GetValue(CommonOptions.Out) ?? Path.Combine(folder, "neutrality"), options, checks, parsed);
        });
        return command;
    }
}
