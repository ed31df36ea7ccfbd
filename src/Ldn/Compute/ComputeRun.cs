using System.Diagnostics;
using Ldn.Grids;
using Ldn.Jobs;
using Ldn.Passes;
using Ldn.Summaries;

namespace Ldn.Compute;

/// <summary>A finished computation: its tables and what the user should know.</summary>
public sealed record ComputeResult(Job Job, IReadOnlyList<SummaryZone> Zones, IReadOnlyList<ResultTable> Tables, IReadOnlyList<string> Warnings, string Folder)
{
    public ResultTable Table(string name) => Tables.First(t => t.Name == name);
}

/// <summary><c>ldn compute</c>: the plan, the pass over all units, and what follows it (<see cref="RunCompletion"/>), in one process.</summary>
public static class ComputeRun
{
    /// <summary>Runs a job into a folder; after any failure or cancellation the folder is as it was.</summary>
    /// <exception cref="LdnException">Whatever the user can mend.</exception>
    public static ComputeResult Execute(
        Job job, ComputeOptions options, IGeodata geodata, IProgress<PassProgress>? progress, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        using OutputFolder folder = OutputFolder.Open(options.OutputFolder, options.Overwrite);
        using RunPlan plan = RunPlanner.Plan(job, geodata);
        IReadOnlyList<Window> units = IndicatorPass.Units(plan.Pass);
        IReadOnlyList<OutputPlan> outputs = [];
        try
        {
            outputs = [.. RunOutputs.Of(plan, options.Threads).Select(o => o.Create(folder[o.Name + ".tif"], geodata))];
            PassPlan pass = IndicatorPass.InBands(plan.Pass, outputs, options.MemoryBytes);
            int workers = IndicatorPass.Workers(pass, outputs, options.Threads, options.MemoryBytes);
            pass = PerformancePass.Complete(pass, units, workers, progress, cancellation);
            PassResult result = IndicatorPass.Run(pass, units, outputs, workers, progress, cancellation);
            return new RunCompletion(plan, folder, options, geodata, CompleteRasters).Complete(result, () => Stopwatch.GetElapsedTime(started), cancellation);
        }
        finally
        {
            foreach (OutputPlan output in outputs)
                output.Sink.Dispose();
        }

        void CompleteRasters()
        {
            foreach (OutputPlan output in outputs)
            {
                cancellation.ThrowIfCancellationRequested();
                output.Sink.Complete();
            }
        }
    }
}
