using System.Diagnostics;
using Ldn.Grids;
using Ldn.Jobs;
using Ldn.Passes;
using Ldn.Reports;
using Ldn.Summaries;

namespace Ldn.Compute;

/// <summary>A finished computation: its tables and what the user should know.</summary>
public sealed record ComputeResult(Job Job, IReadOnlyList<SummaryZone> Zones, IReadOnlyList<ResultTable> Tables, IReadOnlyList<string> Warnings, string Folder)
{
    public ResultTable Table(string name) => Tables.First(t => t.Name == name);
}

/// <summary><c>ldn compute</c>: plan, pass, tables, files.</summary>
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
            outputs = RunOutputs.Create(plan, folder, geodata, options.Threads);
            int workers = IndicatorPass.Workers(plan.Pass, outputs, options.Threads, options.MemoryBytes);
            PassPlan pass = PerformancePass.Complete(plan.Pass, units, workers, progress, cancellation);
            PassResult result = IndicatorPass.Run(pass, units, outputs, workers, progress, cancellation);
            RunChecks.Coverage(plan, result);
            List<string> notes = [.. job.Notes, .. RunChecks.Unmapped(plan, result)];
            RunChecks.Regions(plan, result);
            var run = new RunStatistics(
                job with { Notes = notes }, plan.Zones, plan.PlaceIndex, plan.Pass.Recodes, plan.Pass.Tables, plan.Pass.SoilCarbonRank, result,
                [.. plan.Pass.Carbon.Select(c => new CarbonQuestion(plan.Pass.Stocks[c.Stock].Year, c.Cover < 0 ? null : plan.Pass.Covers[c.Cover].Year))],
                [.. plan.Pass.Gaps.Select(g => (plan.Pass.Covers[g.FromCover].Year, plan.Pass.Covers[g.ToCover].Year))]);
            RunChecks.TwoRoutes(run);
            foreach (OutputPlan output in outputs)
            {
                cancellation.ThrowIfCancellationRequested();
                output.Sink.Complete();
            }

            IReadOnlyList<ResultTable> tables = RunTables.All(run, plan.Corrections);
            foreach (ResultTable table in tables)
                CsvReport.Write(folder[table.Name + ".csv"], table);
            byte[] summary = SummaryJson.Write(run, tables);
            File.WriteAllBytes(folder["summary.json"], summary);
            if (job.Outputs.Tables.Contains("prais"))
                File.WriteAllBytes(folder["prais.json"], PraisJson.Write(job.Name, notes, PraisTables.All(run, tables.FirstOrDefault(t => t.Name == "corrections"))));
            cancellation.ThrowIfCancellationRequested();
            IReadOnlyList<InputRecord> inputs = Provenance.Inputs(plan, run.Job);
            IReadOnlyList<string> remarks = RunReports.Write(folder, run, summary, inputs, options.Language, geodata);
            cancellation.ThrowIfCancellationRequested();
            Provenance.Write(folder, plan, run.Job, options, inputs, geodata, Stopwatch.GetElapsedTime(started));
            folder.Publish();
            return new ComputeResult(run.Job, plan.Zones, tables, [.. plan.Warnings, .. notes.Except(job.Notes), .. remarks], options.OutputFolder);
        }
        finally
        {
            foreach (OutputPlan output in outputs)
                output.Sink.Dispose();
        }
    }
}
