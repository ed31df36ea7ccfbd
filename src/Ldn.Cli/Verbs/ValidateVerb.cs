using Ldn.Cli.Flags;
using Ldn.Gdal;
using Ldn.Run;

namespace Ldn.Cli.Verbs;

/// <summary><c>ldn validate</c>: everything that can be checked without computing.</summary>
internal static class ValidateVerb
{
    public static Verb Verb { get; } = new("validate", "Check jobs without computing them")
    {
        Run = Run,
        Doc = "Opens every input, checks grids, legends, zones and rules, and reads no more than it must. Nothing is written.",
        Operands = [new("JOB", "Job files", 1, Operand.Any)],
        Flags = [.. ComputeVerb.JobFlags, .. RunFlags.Saying],
        Examples = [new("validate job.json", "one job"), new("validate provinces/*.json", "many")],
    };

    private static int Run(Call call)
    {
        foreach (string file in call.Operands)
        {
            using RunPlan plan = RunPlanner.Plan(call.Job(file), new GdalGeodata());
            if (call.Quiet)
                continue;
            Console.Error.WriteLine(
                $"{file}: valid; {plan.Job.Periods.Count} periods, {plan.Pass.Inputs.Count} rasters, {plan.Zones.Count} zones and groups, "
                + $"grid {plan.Pass.Extent.Width} x {plan.Pass.Extent.Height}");
            foreach (string note in plan.Job.Notes.Concat(plan.Warnings))
                Console.Error.WriteLine($"  note: {note}");
        }

        return (int)ExitCode.Success;
    }
}
