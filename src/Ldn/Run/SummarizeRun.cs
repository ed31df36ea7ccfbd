using System.Diagnostics;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Reports;
using Ldn.Tables;

namespace Ldn.Run;

/// <summary>A raster made elsewhere and the period it stands for.</summary>
internal sealed record GivenRaster(string Period, string File);

/// <summary><c>ldn summarize</c>: the tables of a run for condition and status rasters made elsewhere.</summary>
internal static class SummarizeRun
{
    /// <summary>Summarises condition rasters, status rasters, or both; each kind on the grid of its first raster.</summary>
    /// <param name="conditions">Condition rasters in either encoding (method §1); periods in order, each once.</param>
    /// <param name="statuses">Status rasters, classes 1…7.</param>
    /// <param name="zones">Zone layers (none for one zone of everything), and the water mask, without which the rasters' 0 is
    /// land without data.</param>
    /// <exception cref="LdnException">Exit 2: no raster, a period twice; otherwise as for compute.</exception>
    public static ComputeResult Execute(
        IReadOnlyList<GivenRaster> conditions, IReadOnlyList<GivenRaster> statuses, JobConfig zones, ComputeOptions options,
        IGeodata geodata,
        IProgress<PassProgress>? progress, CancellationToken cancellation)
    {
        if (conditions.Count + statuses.Count == 0)
            throw LdnException.Usage("nothing to summarize", "give --condition FILE or --status FILE");
        if (statuses.FirstOrDefault(s => conditions.Skip(1).Any(c => c.Period == s.Period)) is { } both)
            throw LdnException.Usage(
                $"the status of period '{both.Period}' is given, and would follow from its condition too",
                "leave one of the two rasters out, or name its period: PERIOD=FILE");
        long started = Stopwatch.GetTimestamp();
        using OutputFolder folder = OutputFolder.Open(options.OutputFolder, options.Overwrite);
        var tables = new List<ResultTable>();
        var warnings = new List<string>();
        var inputs = new List<InputRecord>();
        var sideFiles = new List<(string Path, FileHash Hash)>();
        RunPlan? last = null;
        RunStatistics? run = null;
        const int conditionStage = 0, statusStage = 1;
        var scale = new ProgressScale(
            progress, (RunPhase.Pass, conditions.Count * 1000L), (RunPhase.Pass, statuses.Count * 1000L));
        try
        {
            foreach (
                (IReadOnlyList<GivenRaster> rasters, ProductivityKind kind) in new[]
                {
                    (conditions, ProductivityKind.Condition), (statuses, ProductivityKind.Status)
                })
            {
                if (rasters.Count == 0)
                    continue;
                last?.Dispose();
                last = RunPlanner.Plan(Job(rasters, kind, zones), geodata);
                var stamps = InputStamps.Of(last, options.HashRemote, geodata, cancellation);
                folder.Protect(stamps.Files, RunOutputs.FileNames(last, options.Threads));
                int stage = kind == ProductivityKind.Status ? statusStage : conditionStage;
                using var pass = RunPass.Open(last.Pass, IndicatorPass.Units(last.Pass), [], o => o.Create("", geodata), options);
                options.Begins?.Invoke(new RunBeginning(last, pass.Plan, IndicatorPass.Units(last.Pass), [], pass.Workers));
                PassResult result = pass.Execute("", null, scale.Stage(stage), cancellation);
                RunChecks.Coverage(last, result);
                Job job = last.Job with { Notes = [.. last.Job.Notes, .. RunChecks.Unmapped(last.Pass, result.Finds)] };
                run = new RunStatistics(job, last.Zones, last.PlaceIndex, [], last.Pass.Tables, last.Pass.SoilCarbonRank, result);
                warnings.AddRange(last.Warnings);
                inputs.AddRange(Provenance.Inputs(last, job, path => stamps.Hash(path, cancellation), stamps.Remote));
                sideFiles.AddRange(stamps.SideHashes(cancellation));
                stamps.CheckAll();
                Merge(tables, kind == ProductivityKind.Status ? StatusResults(run) : ConditionResults(run));
            }

            TableFiles.Write(run!, tables, name => folder[name], told: null);
            Provenance.Write(folder, last!, run!.Job, options, [.. inputs.Distinct()], geodata,
                Stopwatch.GetElapsedTime(started), sideFiles: [.. sideFiles.Distinct()]);
            folder.Publish();
            return new ComputeResult(run.Job, last!.Zones, tables, [.. warnings.Distinct()], options.OutputFolder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw folder.Failure(e);
        }
        finally
        {
            last?.Dispose();
        }
    }

    private static List<ResultTable> ConditionResults(RunStatistics run)
    {
        RunChecks.TwoRoutes(run);
        var tables = new List<ResultTable> {
            ConditionTables.Summary(run), ConditionTables.Headline(run, z => run.FiguresOf(z)) };
        if (run.Job.Periods.Count > 1)
            tables.Add(CrossTables.Status(run));
        return tables;
    }

    private static List<ResultTable> StatusResults(RunStatistics run)
    {
        PeriodFigures[][] figures = ConditionTables.StatusFigures(run);
        return [ConditionTables.StatusSummary(run, figures), ConditionTables.Headline(
            run, z => [.. figures.Select(f => f[z])], statuses: true)];
    }

    private static void Merge(List<ResultTable> all, IEnumerable<ResultTable> more)
    {
        foreach (ResultTable table in more)
        {
            if (all.Find(t => t.Name == table.Name) is { } same)
                same.AddRows(table);
            else
                all.Add(table);
        }
    }

    private static Job Job(IReadOnlyList<GivenRaster> rasters, ProductivityKind kind, JobConfig config)
    {
        string? twice = rasters.GroupBy(r => r.Period).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice is not null)
            throw Fault.Job.Error(
                $"period '{twice}' is given twice", "give each raster a period of its own: --condition PERIOD=FILE");

        JobConfig stand = StandInJob.Of(config) with
        {
            Name = config.Name ?? "Summary of given rasters",
            Outputs = new OutputsConfig { Rasters = ["none"], Tables = ["csv", "json"] },
        };
        Job job = JobResolver.Resolve(stand, Directory.GetCurrentDirectory(), []);
        return job with
        {
            IndicatorIsGiven = true,
            Written = null,
            Notes = [],
            Periods = [.. rasters.Select(r => new Period(r.Period, null, null, null))],
            Productivity = new ProductivityInput(kind, rasters.ToDictionary(r => r.Period, r => new[] { r.File })),
        };
    }
}
