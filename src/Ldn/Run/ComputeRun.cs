using System.Diagnostics;
using Ldn.Counting;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Reports;
using Ldn.Tables;

namespace Ldn.Run;

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
        var stamps = InputStamps.Of(plan, options.HashRemote, geodata, cancellation);
        IReadOnlyList<Window> units = IndicatorPass.Units(plan.Pass);
        IReadOnlyList<OpenOutput> outputs = [];
        ProgressScale scale = null!;
        try
        {
            outputs = [.. RunOutputs.Of(plan, options.Threads).Select(o => o.Create(folder[o.Name + ".tif"], geodata))];
            PassPlan pass = IndicatorPass.InBands(plan.Pass, units, outputs, options.MemoryBytes);
            using var spool = SeriesSpool.Create(folder[SeriesSpool.Name], pass, outputs);
            if (spool is not null)
                pass = pass with { Series = pass.Series! with { Spool = spool } };
            int workers = IndicatorPass.Workers(pass, units, outputs, options.Threads, options.MemoryBytes);
            scale = new ProgressScale(progress, [.. RunWork.Of(pass, units, outputs, new ReportOptions(job.Outputs.Tables).Any, workers)]);
            pass = PerformancePass.Complete(pass, units, outputs, workers, scale.Stage(0), cancellation);
            PassResult result = IndicatorPass.Run(pass, units, outputs, workers, scale.Stage(1), cancellation);
            spool?.Dispose();
            var completion = new RunCompletion(plan, folder, options, geodata, CompleteRasters)
            {
                KnownHash = path => stamps.Hash(path, cancellation),
                KnownRemote = stamps.Remote,
                BeforePublishing = stamps.CheckAll,
            };
            ComputeResult complete = completion.Complete(result, () => Stopwatch.GetElapsedTime(started), cancellation);
            scale.Stage(3)?.Report(new PassProgress(1, 1));
            return complete;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw folder.Failure(e);
        }
        finally
        {
            foreach (OpenOutput output in outputs)
                output.Sink.Dispose();
        }

        void CompleteRasters()
        {
            IProgress<PassProgress>? laidOut = scale.Stage(2);
            for (int i = 0; i < outputs.Count; i++)
            {
                long done = i * 1000L;
                outputs[i].Sink.Complete(share => laidOut?.Report(new PassProgress(done + (long)(share * 1000), outputs.Count * 1000L)), cancellation);
            }

            laidOut?.Report(new PassProgress(1, 1));
        }
    }
}
