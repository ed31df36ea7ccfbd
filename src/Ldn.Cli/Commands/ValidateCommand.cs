using System.CommandLine;
using Ldn.Gdal;
using Ldn.Run;

namespace Ldn.Cli.Commands;

/// <summary><c>ldn validate</c>: everything that can be checked without computing.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var jobs = new Argument<string[]>("JOB") { Description = "Job files", Arity = ArgumentArity.OneOrMore };
        var options = new JobOptions();
        var command = new Command("validate", "Check a job without computing it") { jobs };
        options.AddTo(command);
        command.WithCommonOptions();
        command.SetAction(parsed =>
        {
            foreach (string file in parsed.GetValue(jobs)!)
            {
                using RunPlan plan = RunPlanner.Plan(ComputeCommand.Read(file, options, parsed), new GdalGeodata());
                if (!parsed.GetValue(CommonOptions.Quiet))
                {
                    Console.Error.WriteLine(
                        $"{file}: valid; {plan.Job.Periods.Count} periods, {plan.Pass.Inputs.Count} rasters, {plan.Zones.Count} zones and groups, "
                        + $"grid {plan.Pass.Extent.Width} x {plan.Pass.Extent.Height}");
                    foreach (string note in plan.Job.Notes.Concat(plan.Warnings))
                        Console.Error.WriteLine($"  note: {note}");
                }
            }

            return (int)ExitCode.Success;
        });
        return command;
    }
}
