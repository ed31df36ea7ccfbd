using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Productivity;
using Ldn.Rasters;
using Ldn.Reports;
using Ldn.Run.TrendsEarth;
using Ldn.Subjects;
using Ldn.Tables;
using Ldn.Tables.Prais;

namespace Ldn.Run;

/// <summary>
/// What follows the pass: checks, tables, reports, provenance, publication. A run in one process and the merge of a run in shards
/// come here with the same merged tallies, and from here on nothing knows which of the two it was.
/// </summary>
/// <param name="plan">The run.</param>
/// <param name="folder">Where the result is written; its class rasters go there in <paramref name="completeRasters"/>.</param>
/// <param name="options">How the run is carried out.</param>
/// <param name="geodata">Opens and writes what is no table.</param>
/// <param name="completeRasters">Lays the rasters out; called once the figures are found to be sound.</param>
internal sealed class RunCompletion(
    RunPlan plan, OutputFolder folder, ComputeOptions options, IGeodata geodata, Action completeRasters)
{
    /// <summary>Identifies the plan of a run in shards in the provenance; null for a run in one process.</summary>
    public string? PlanId { get; init; }

    /// <summary>Size and SHA-256 of a local file where they are known already; null where it has to be read for them.</summary>
    public Func<string, FileHash?> KnownHash { get; init; } = _ => null;

    /// <summary>What is known of a remote input, by its name without a band.</summary>
    public Func<string, RemoteStamp?> KnownRemote { get; init; } = _ => null;

    /// <summary>Size and SHA-256 of what was read beside the inputs, such as attribute tables and tables of rules.</summary>
    public Func<IReadOnlyList<(string Path, FileHash Hash)>> SideFiles { get; init; } = () => [];

    /// <summary>The limits that performance was judged by, for the record; none without performance.</summary>
    public IReadOnlyList<PerformanceLimits> Limits { get; init; } = [];

    /// <summary>Last changes before publication, when every report has been rendered.</summary>
    public Action BeforePublishing { get; init; } = () => { };

    /// <summary>
    /// Checks the merged result of the whole pass, writes everything that is derived from it and publishes the folder.
    /// </summary>
    /// <exception cref="LdnException">Exit 3: values without meaning, an input beside the zones, land in no region or in
    /// two.</exception>
    /// <exception cref="InvalidOperationException">The two routes to an area differ: a defect of the program.</exception>
    public ComputeResult Complete(PassResult result, Func<TimeSpan> wall, CancellationToken cancellation) => MemoryLimit.Within(
        () => $"the tables of {plan.Zones.Count} zones and groups",
        "take fewer zones or groups at once, or only --tables csv", () => Completed(result, wall, cancellation));

    private ComputeResult Completed(PassResult result, Func<TimeSpan> wall, CancellationToken cancellation)
    {
        Job job = plan.Job with { Notes = [.. plan.Job.Notes, .. plan.Subjects.SelectMany(s => s.Notes)] };
        GiveBackMemory();
        List<string> notes = [
            .. job.Notes, .. RunChecks.Coverage(plan, result), .. RunChecks.Unmapped(plan.Pass, result.Finds),
            .. RunChecks.Doubtful(plan, result, geodata), .. InputDoubts.OfLoss(plan.Pass.Inputs, geodata),
            .. InputDoubts.OfNames(job)];
        plan.Regions?.Check(result.Conditions);
        var run = new RunStatistics(
            job with { Notes = notes }, plan.Zones, plan.PlaceIndex, plan.Pass.Recodes, plan.Pass.Tables,
            plan.Pass.SoilEvidence, result,
            [.. plan.Pass.Carbon.Select(
                c => new CarbonQuestion(plan.Pass.Stocks[c.Stock].Year, c.Cover < 0 ? null : plan.Pass.Covers[c.Cover].Year))],
            [.. plan.Pass.Gaps.Select(g => (plan.Pass.Covers[g.FromCover].Year, plan.Pass.Covers[g.ToCover].Year))],
            plan.Pass.Questions)
        {
            FirstLayerCount = plan.FirstLayerCount,
            Regions = plan.Regions,
        };
        notes.AddRange(plan.Subjects.SelectMany(s => s.Doubts(run)));
        RunChecks.TwoRoutes(run);
        plan.Subjects.ForEach(s => s.Check(run));
        completeRasters();
        var late = new LateRasters(plan.Pass, run, name => folder[name], geodata, options.Threads, cancellation);
        plan.Subjects.ForEach(s => s.WriteLateRasters(late));

        IReadOnlyList<ResultTable> tables = [.. RunTables.All(run), .. plan.Subjects.SelectMany(s => s.Report(run))];
        var told = ToldZones.Of(plan.Zones, job.Outputs.ReportZones);
        ReadOnlyMemory<byte>? summary = TableFiles.Write(
            run, tables, name => folder[name], new ReportOptions(job.Outputs.Tables).Any ? told : null);
        if (PerformanceTable.Of(plan, Limits) is { } limits)
            CsvReport.Write(folder[PerformanceTable.FileName], limits);
        ZoneRows.Write(name => folder[name], plan);
        byte[]? prais = null;
        string[] refused = [];
        if (job.Outputs.Tables.Contains("prais"))
        {
            IReadOnlyList<ResultTable> forms = [
                .. PraisTables.All(run, form => plan.Subjects.SelectMany(s => s.Prais(form)), told.Told).Select(told.Of)];
            refused = [.. PraisChecks.Of(forms).Select(r => Fault.PraisRefuses.Say(r))];
            prais = PraisJson.Write(job.Name, notes, forms);
            File.WriteAllBytes(folder["prais.json"], prais);
        }

        IReadOnlyList<string> packed = [];
        if (job.Outputs.Tables.Contains(TrendsEarthArchive.Name))
        {
            var source = new ArchiveSource(
                plan.Pass, plan.FirstLayerCount, ArchiveBands.Of(job, plan.Pass, plan.Subjects), plan.Subjects);
            packed = TrendsEarthArchive.Write(
                run, source, name => folder[name], geodata, Provenance.ProgramVersion, Provenance.Released, cancellation);
            folder.Remove(ArchiveBands.Prefix);
        }

        run.GiveBack();
        if (told.Cut)
            GiveBackMemory();
        cancellation.ThrowIfCancellationRequested();
        IReadOnlyList<InputRecord> inputs = Provenance.Inputs(plan, run.Job, KnownHash, KnownRemote);
        IReadOnlyList<string> remarks = RunReports.Write(
            folder, plan.Subjects, run, tables, summary, told, prais, inputs, options, geodata);
        cancellation.ThrowIfCancellationRequested();
        IReadOnlyList<(string Path, FileHash Hash)> sideFiles = SideFiles();
        BeforePublishing();
        Provenance.Write(folder, plan, run.Job, options, inputs, geodata, wall(), PlanId, sideFiles);
        folder.Publish();
        return new ComputeResult(
            run.Job, plan.Zones, tables, [.. plan.Warnings, .. notes.Except(job.Notes), .. refused, .. packed, .. remarks],
            options.OutputFolder);
    }

    /// <summary>
    /// Gives what the pass, or tables of very many zones, have left back to the system before reports are made, so that these
    /// never take memory on top of it.
    /// </summary>
    private void GiveBackMemory()
    {
        if (new ReportOptions(plan.Job.Outputs.Tables).Any)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}

/// <summary>The reports of a run that is still in its temporary folder.</summary>
internal static class RunReports
{
    /// <summary>Writes the reports the job asks for; returns what the user should know.</summary>
    public static IReadOnlyList<string> Write(
        OutputFolder folder, Inquiries subjects, RunStatistics run, IReadOnlyList<ResultTable> tables,
        ReadOnlyMemory<byte>? summary, ToldZones told, byte[]? prais, IReadOnlyList<InputRecord> inputs, ComputeOptions how,
        IGeodata geodata)
    {
        var options = new ReportOptions(run.Job.Outputs.Tables, how.Language) { Threads = how.Threads };
        if (!options.Any || summary is not { } bytes)
            return [];
        RunDocument document = RunDocument.Parse(
            bytes, [.. inputs.Select(Document)], "ldn " + Provenance.ProgramVersion, tables, prais)
            .CutTo(told, tables);
        if (options.Tables.Contains("gpkg"))
            foreach ((string file, VectorTable layer) in subjects.SelectMany(s => s.Layers(run)))
                geodata.WriteGeoPackage(folder[file], layer);
        IReadOnlyList<ZoneShape> shapes = options.NeedsShapes ? ZoneShapes.Collect(run.Job, run.Zones, geodata) : [];
        return [
            .. told.Cut ? [told.Note] : Array.Empty<string>(),
            .. ReportSet.Write(
                folder.Files, name => folder[name], name => folder[name], document, shapes, options, RunOutputs.OfReports,
                geodata),
        ];
    }

    /// <summary>Reports name files, never folders.</summary>
    private static DocumentInput Document(InputRecord input) =>
        new(input.Layer, DocumentInput.FileName(input.Path), input.Bytes, input.Sha256);
}
