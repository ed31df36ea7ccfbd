using System.Diagnostics;
using System.Text;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Reports;
using Ldn.Subjects;
using Ldn.Tables;

namespace Ldn.Run;

/// <summary>A finished computation: its tables and what the user should know.</summary>
public sealed record ComputeResult
{
    internal ComputeResult(
        Job job, IReadOnlyList<SummaryZone> zones, IReadOnlyList<ResultTable> tables, IReadOnlyList<string> warnings,
        string folder)
    {
        Job = job;
        Zones = zones;
        Tables = tables;
        Warnings = warnings;
        Folder = folder;
    }

    internal Job Job { get; }

    /// <summary>The zones in the order of the job, then the groups.</summary>
    public IReadOnlyList<SummaryZone> Zones { get; }

    /// <summary>Every table that was made; <c>docs/tables.md</c> says what each holds.</summary>
    public IReadOnlyList<ResultTable> Tables { get; internal init; }

    /// <summary>What the user should know, a sentence each with its code: <c>… [LDN901]</c>; empty where all is well.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; }

    /// <summary>Where the files are.</summary>
    public string Folder { get; }

    /// <summary>The table of a name, such as <c>headline</c>.</summary>
    /// <exception cref="InvalidOperationException">The run made no such table.</exception>
    public ResultTable Table(string name) => Tables.First(t => t.Name == name);
}

/// <summary>
/// <c>ldn compute</c>: the plan, the pass over all units, and what follows it (<see cref="RunCompletion"/>), in one process.
/// </summary>
public static class ComputeRun
{
    /// <summary>
    /// Runs the job of a file into a folder of rasters, tables and reports; after any failure or cancellation the folder is as it
    /// was. Paths in the job start from the file's own folder.
    /// </summary>
    /// <param name="jobFile">A job as <c>ldn schema job</c> describes it.</param>
    /// <param name="options">Where the result goes, and how the run is carried out.</param>
    /// <param name="geodata">What reads and writes files: <c>GdalGeodata</c> of the package Ldn.Gdal.</param>
    /// <param name="progress">Told how far the run is, from any thread; null for nobody.</param>
    /// <param name="cancellation">Stops the run, within a second or so.</param>
    /// <exception cref="LdnException">Whatever the user can mend: exit 2 the job, 3 an input, 75 storage that may come
    /// back.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ComputeResult Execute(
        string jobFile, ComputeOptions options, IGeodata geodata, IProgress<PassProgress>? progress = null,
        CancellationToken cancellation = default) =>
        Execute(
            JobResolver.ResolveFile(
                JobReader.Read(jobFile, AllSubjects.InOrder), Path.GetDirectoryName(Path.GetFullPath(jobFile))!,
                AllSubjects.InOrder),
            options, geodata, progress, cancellation);

    /// <summary>The same for a job that no file holds.</summary>
    /// <param name="json">The job as text, comments allowed.</param>
    /// <param name="folder">Where its paths start from.</param>
    /// <inheritdoc cref="Execute(string, ComputeOptions, IGeodata, IProgress{PassProgress}?, CancellationToken)"/>
    public static ComputeResult ExecuteText(
        string json, string folder, ComputeOptions options, IGeodata geodata, IProgress<PassProgress>? progress = null,
        CancellationToken cancellation = default) =>
        Execute(
            JobResolver.ResolveFile(
                JobReader.Parse(Encoding.UTF8.GetBytes(json), "in memory", AllSubjects.InOrder), folder, AllSubjects.InOrder),
            options, geodata, progress, cancellation);

    internal static ComputeResult Execute(
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

/// <summary>What the stages of a run cost beside each other (<see cref="PassWork"/>): the scale of its progress.</summary>
internal static class RunWork
{
    /// <summary>
    /// Nanoseconds, as <see cref="PassWork"/> counts, of making and writing the tables and the reports of a run of usual size.
    /// </summary>
    private const long Tables = 400_000_000, Reports = 800_000_000;

    /// <summary>
    /// First stage of performance (0 where there is none), pass, layout of the rasters, tables and reports. Tables and reports,
    /// which one thread makes alone, weigh as often as there are workers to share the rest.
    /// </summary>
    public static IEnumerable<(RunPhase Phase, long Work)> Of(
        PassPlan plan, IReadOnlyList<Window> units, IReadOnlyList<OpenOutput> outputs, bool reports, int workers)
    {
        yield return (
            RunPhase.Limits, plan.Series.Any(s => s.HasPerformance) ? PassWork.OfPerformance(plan).Of(units) : 0);
        yield return (RunPhase.Pass, PassWork.Of(plan, outputs).Of(units));
        yield return (RunPhase.Rasters, PassWork.OfLayout(outputs, (long)plan.Extent.Width * plan.Extent.Height));
        yield return (RunPhase.Reports, workers * (Tables + (reports ? Reports : 0)));
    }

    /// <summary>Time that tables and reports take, whatever the pace of the pass.</summary>
    public static TimeSpan Ending(bool reports) => TimeSpan.FromMicroseconds((Tables + (reports ? Reports : 0)) / 1000);

    /// <summary>Nanoseconds of reading a shard's part, and of a cell of a raster that is put together.</summary>
    private const long Part = 20_000_000, RasterCell = 10;

    /// <summary>A merge: reading the parts, putting rasters together, tables and reports.</summary>
    public static IReadOnlyList<(RunPhase Phase, long Work)> OfMerge(int parts, IReadOnlyList<Output> rasters, bool reports) =>
    [
        (RunPhase.Pass, parts * Part),
        (RunPhase.Rasters, rasters.Sum(r => (long)r.Raster.Grid.Width * r.Raster.Grid.Height * RasterCell * r.CellSize)),
        (RunPhase.Reports, Tables + (reports ? Reports : 0)),
    ];
}

/// <summary>How a run is carried out; nothing here changes a figure.</summary>
/// <param name="OutputFolder">Folder of the result.</param>
/// <param name="Overwrite">Whether an existing result may be replaced.</param>
/// <param name="Threads">Workers, at least 1.</param>
/// <param name="MemoryBytes">Memory the run may plan for.</param>
/// <param name="Options">The options in force as the user gave them, for the record.</param>
public sealed record ComputeOptions(
    string OutputFolder, bool Overwrite, int Threads, long MemoryBytes, IReadOnlyDictionary<string, string> Options)
{
    /// <summary>Language of the reports, a code of <see cref="Reports.Texts.Languages"/>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>
    /// What the job is (<see cref="DoneBefore.JobHash"/>), for the record; null where nobody will ask whether it is done.
    /// </summary>
    internal string? JobHash { get; init; }

    /// <summary>Told what the run is about to do once its plan stands, before the first cell; null for nobody.</summary>
    internal Action<RunBeginning>? Begins { get; init; }

    /// <summary>
    /// Whether remote inputs are read through for their SHA-256, as local ones are; else their size and time of change stand for
    /// them.
    /// </summary>
    public bool HashRemote { get; init; }
}
