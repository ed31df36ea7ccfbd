using System.Diagnostics;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Reports;
using Ldn.Tables;

namespace Ldn.Run;

/// <summary>A finished computation: its tables and what the user should know.</summary>
public sealed record ComputeResult(
    Job Job, IReadOnlyList<SummaryZone> Zones, IReadOnlyList<ResultTable> Tables, IReadOnlyList<string> Warnings, string Folder)
{
    public ResultTable Table(string name) => Tables.First(t => t.Name == name);
}

/// <summary>
/// <c>ldn compute</c>: the plan, the pass over all units, and what follows it (<see cref="RunCompletion"/>), in one process.
/// </summary>
public static class ComputeRun
{
    /// <summary>Runs a job into a folder; after any failure or cancellation the folder is as it was.</summary>
    /// <exception cref="LdnException">Whatever the user can mend.</exception>
    public static ComputeResult Execute(
        Job job, ComputeOptions options, IGeodata geodata, IProgress<PassProgress>? progress, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        progress?.Report(new PassProgress(0, 1, RunPhase.Inputs));
        using OutputFolder folder = OutputFolder.Open(options.OutputFolder, options.Overwrite);
        var stamps = InputStamps.Before(job, geodata);
        using RunPlan plan = RunPlanner.Plan(job, geodata);
        stamps.Add(plan, options.HashRemote, cancellation);
        folder.Protect(stamps.Files, RunOutputs.FileNames(plan, options.Threads));
        IReadOnlyList<Window> units = IndicatorPass.Units(plan.Pass);
        try
        {
            using var pass = RunPass.Open(
                plan.Pass, units, RunOutputs.Of(plan, options.Threads), o => o.Create(folder[o.Name + ".tif"], geodata), options);
            options.Begins?.Invoke(new RunBeginning(plan, pass.Plan, units, pass.Outputs, pass.Workers));
            bool reports = new ReportOptions(job.Outputs.Tables).Any;
            var scale = new ProgressScale(progress, [.. RunWork.Of(pass.Plan, units, pass.Outputs, reports, pass.Workers)])
            {
                Ending = RunWork.Ending(reports),
            };
            PassResult result = pass.Execute(folder[SeriesSpool.Name], scale.Stage(0), scale.Stage(1), cancellation);
            IProgress<PassProgress>? last = null;
            var completion = new RunCompletion(
                plan, folder, options, geodata, () =>
                {
                    pass.CompleteRasters(scale.Stage(2), cancellation);
                    last = scale.Stage(3);
                })
            {
                KnownHash = path => stamps.Hash(path, cancellation),
                KnownRemote = stamps.Remote,
                SideFiles = () => stamps.SideHashes(cancellation),
                BeforePublishing = stamps.CheckAll,
                Limits = pass.Limits,
            };
            ComputeResult complete = completion.Complete(result, () => Stopwatch.GetElapsedTime(started), cancellation);
            last?.Report(new PassProgress(1, 1));
            return complete;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw folder.Failure(e);
        }
    }
}
