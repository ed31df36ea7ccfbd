using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Reports;
using Ldn.Run;
using Ldn.Tables;

namespace Ldn.Compare;

/// <summary>
/// <c>ldn compare</c>: what moved between two results and why. Tables are compared in any case; cells and causes where both runs'
/// inputs are still what they were.
/// </summary>
internal static class CompareRun
{
    /// <summary>Compares two sides and, where a folder is named, writes what is found into it.</summary>
    /// <param name="before">Folder of a finished run, or a CSV of figures.</param>
    /// <param name="after">Likewise.</param>
    /// <param name="folder">Folder of the result; null for none.</param>
    /// <param name="how">Threads, memory, language, whether an existing result may be replaced.</param>
    /// <exception cref="LdnException">Exit 3: no finished run; exit 2: nothing in common, the folder cannot be
    /// written.</exception>
    public static Comparison Execute(
        string before, string after, string? folder, ComputeOptions how, IGeodata geodata, IProgress<PassProgress>? progress,
        CancellationToken cancellation)
    {
        progress?.Report(new PassProgress(0, 1, RunPhase.Inputs));
        (Side a, Side b) = (Side.Open(before), Side.Open(after));
        CommonZone[] zones = Common(a, b);
        IReadOnlyList<PeriodPair> pairs = PeriodPair.Of(a.Periods, b.Periods);
        if (zones.Length == 0)
        {
            throw Fault.Comparison.Error(
                $"the two results have no zone in common: {Some(a)} against {Some(b)}",
                "compare results for the same zones, whose ids are the same");
        }

        if (pairs.Count == 0)
            throw Fault.Comparison.Error(
                $"the two results have no period in common: {Periods(a)} against {Periods(b)}",
                "compare results of the same periods; a table names them baseline, report_1, report_2, …");
        using OutputFolder? output = folder is null ? null : OutputFolder.Open(folder, how.Overwrite);
        try
        {
            (ResultTable table, long differing) = TableComparison.Of(a, b);
            HeadlineChange[] changes = [.. zones.SelectMany(z => pairs.Select(p => Headline(a, b, z, p, [])))];
            var found = new Comparison(a, b, pairs, zones, changes, table, differing, null, null, [.. Notes(a, b, pairs, zones)]);
            IReadOnlyList<string> rasters = [];
            if (a.Run is null || b.Run is null)
                how.Begins?.Invoke(RunBeginning.OfTables(found.After.Name));
            if (WhyNoCauses(a, b, geodata, cancellation) is { } why)
                found = ResultRasters.Compare(found with { Missing = why }, how, geodata, progress, cancellation);
            else
                (found, rasters) = Explained(found, output, how, geodata, progress, cancellation);
            if (output is not null)
                Write(output, found, rasters, how, geodata);
            return found;
        }
        catch (Exception e) when (output is not null && e is IOException or UnauthorizedAccessException)
        {
            throw output.Failure(e);
        }
    }

    private static (Comparison Found, IReadOnlyList<string> Rasters) Explained(
        Comparison found, OutputFolder? output, ComputeOptions how, IGeodata geodata, IProgress<PassProgress>? progress,
        CancellationToken cancellation)
    {
        PairedPlans[] grids = [];
        try
        {
            (Job a, Job b) = (found.Before.Run!.Job(), found.After.Run!.Job());
            grids = PairedPlans.Open(a, b, SameZones(found.Before.Run, a, found.After.Run, b), geodata);
            return CellByCell.Explain(found, grids, output, how, geodata, progress, cancellation);
        }
        catch (LdnException e) when (e.ExitCode is ExitCode.Usage or ExitCode.Input)
        {
            // What each run could read by itself they need not be able to read together.
            return (found with { Missing = e.Message }, []);
        }
        finally
        {
            foreach (PairedPlans plans in grids)
                plans.Dispose();
        }
    }

    private static CommonZone[] Common(Side a, Side b)
    {
        HashSet<string> known = [.. a.Headline.Rows.Select(r => r[Columns.ZoneId]!)];
        return [.. b.Headline.Rows.DistinctBy(r => r[Columns.ZoneId]).Where(r => known.Contains(r[Columns.ZoneId]!))
            .Select(r => new CommonZone(
                r[Columns.ZoneId]!, Told(b.Headline, r, Columns.ZoneName) ?? r[Columns.ZoneId]!,
                Told(b.Headline, r, Columns.ZoneKind) ?? "zone"))];
    }

    private static string? Told(ResultTable table, Row row, Column<string> column) => table.Has(column) ? row[column] : null;

    private static string Some(Side side) =>
        string.Join(", ", side.Headline.Rows.Select(r => r[Columns.ZoneId]).Distinct().Take(3));

    private static string Periods(Side side) => string.Join(", ", side.Periods.Select(p => p.Id).Take(6));

    /// <summary>The headline's share of land on both sides.</summary>
    internal static HeadlineChange Headline(
        Side before, Side after, CommonZone zone, PeriodPair pair, IReadOnlyList<FigureChange> figures) => new(
            zone, pair, before.Figure(zone.Id, before.Periods[pair.Before].Id, Columns.DegradedOfLand),
            after.Figure(zone.Id, after.Periods[pair.Final].Id, Columns.DegradedOfLand), figures);

    private static IEnumerable<string> Notes(
        Side before, Side after, IReadOnlyList<PeriodPair> pairs, IReadOnlyList<CommonZone> zones)
    {
        foreach (PeriodPair pair in pairs.Where(p => !p.IsSameYears && p.New is null))
        {
            yield return $"{after.Periods[pair.After].Id} is of other years in the two runs: contributions of the inputs hold "
                + "their change too";
        }

        foreach ((Side side, Side other, string which) in new[] { (before, after, "before"), (after, before, "after") })
        {
            string[] alone = [.. side.Headline.Rows.Select(r => r[Columns.ZoneId]!).Distinct()
                .Where(id => zones.All(z => z.Id != id))];
            if (alone.Length > 0)
                yield return $"only in the run {which}: {string.Join(", ", alone.Take(12))}{(alone.Length > 12 ? ", …" : "")}";
            string[] tables = [.. side.Tables.Where(t => other.Tables.All(o => o.Name != t.Name)).Select(t => t.Name)];
            if (tables.Length > 0 && side.Run is not null && other.Run is not null)
                yield return $"tables that only the run {which} has: {string.Join(", ", tables)}";
        }
    }

    private static string? WhyNoCauses(Side before, Side after, IGeodata geodata, CancellationToken cancellation)
    {
        var hashes = new Dictionary<string, string>();
        foreach (Side side in new[] { before, after })
        {
            if (side.Run is null)
                return $"{side.Name} is a table of figures, whose inputs are not known";
            if (side.Run.WhyNotAgain(FileCheck.Bytes, geodata, hashes, cancellation) is { } why)
                return why;
        }

        return RegionsAlike(before.Run!, after.Run!) ? null
            : "regions have thresholds of soil carbon or tables of land productivity of their own, which are not the same in "
                + "both runs: of such rules causes are not told apart";
    }

    /// <summary>
    /// Whether the rules of one run can be put in place of the other's: each run has one set of them for all its regions, or both
    /// have the same in the same regions. What else differs by region is part of its sub-indicator.
    /// </summary>
    private static bool RegionsAlike(FinishedRun runBefore, FinishedRun runAfter)
    {
        (Job before, Job after) = (runBefore.Job(), runAfter.Job());
        return (HasOneSet(before) && HasOneSet(after))
            || (before.Regions is { } a && after.Regions is { } b && (a.Layer, a.Id) == (b.Layer, b.Id)
                && Hash(runBefore, a.Zones) == Hash(runAfter, b.Zones) && Judged(before).SequenceEqual(Judged(after)));

        static bool HasOneSet(Job job) => job.Regions is null || Judged(job).Select(j => j.Rules).Distinct().Count() == 1;

        static IEnumerable<(string Region, (string Table, double Threshold, bool Inclusive) Rules)> Judged(Job job) =>
            job.Regions!.InUse.Select(r => (r.Id, Of(r.Job))).Prepend(("", Of(job)));

        static (string Table, double Threshold, bool Inclusive) Of(Job job) =>
            (job.Rules.LpdTable, job.Rules.SocThreshold, job.Rules.SocInclusive);
    }

    private static bool SameZones(FinishedRun runBefore, Job before, FinishedRun runAfter, Job after) =>
        before.Zones.Count == after.Zones.Count && before.Zones.Zip(after.Zones).All(pair =>
            (pair.First.Layer, pair.First.Id, pair.First.Dissolve) == (pair.Second.Layer, pair.Second.Id, pair.Second.Dissolve)
            && Hash(runBefore, pair.First.File) == Hash(runAfter, pair.Second.File));

    private static string Hash(FinishedRun run, string file) => run.Files.FirstOrDefault(f => f.Path == file)?.Sha256 ?? file;

    private static void Write(
        OutputFolder output, Comparison found, IReadOnlyList<string> rasters, ComputeOptions how, IGeodata geodata)
    {
        CsvReport.Write(output["compare.csv"], found.Table);
        if (found.Cells is { } cells)
            CsvReport.Write(output["compare_cells.csv"], cells);

        if (found.Missing is null)
            CsvReport.Write(output["compare_attribution.csv"], ComparisonTables.Attribution(found));

        string last = found.After.Periods[found.Pairs.Last(p => p.New is null).After].Id, drawn = Factors.Changed.Name(last);
        ComparePage.Write(
            output["compare.html"], found,
            found.Missing is null && rasters.Contains(drawn) ? (output[drawn + ".tif"], last) : null,
            Texts.Load(how.Language), geodata);
        Provenance.WriteOf(output, [Recorded("before", found.Before), Recorded("after", found.After)], how.Options);
        output.Publish();

        static (string, string) Recorded(string which, Side side) => (
            which, side.Run is { } run ? Path.Combine(run.Folder, OutputFolder.Provenance) : side.File);
    }
}

/// <summary>
/// The rasters of two finished runs in place of their inputs, where these are gone: conditions of every cell, which tell no
/// causes, and water apart from land without data as little.
/// </summary>
internal static class ResultRasters
{
    public const string Note =
        "cells are compared by the rasters of both results, which do not tell water from land without data: both are no_data";

    /// <summary>The comparison with its cells; as it was, and why, where the rasters cannot be compared.</summary>
    public static Comparison Compare(
        Comparison found, ComputeOptions how, IGeodata geodata, IProgress<PassProgress>? progress,
        CancellationToken cancellation)
    {
        if (found.Before.Run is null || found.After.Run is null)
            return found;
        PairedPlans[] grids = [];
        try
        {
            grids = PairedPlans.Open(
                Job(found.Before, found.Before.Run, geodata), Job(found.After, found.After.Run, geodata), false, geodata);
            (Comparison cells, _) = CellByCell.Explain(found, grids, null, how, geodata, progress, cancellation);
            return cells with { Notes = [.. found.Notes, Note] };
        }
        catch (LdnException e) when (e.ExitCode is ExitCode.Usage or ExitCode.Input)
        {
            return found with { Notes = [.. found.Notes, $"cells are not compared: {e.Message}"] };
        }
        finally
        {
            foreach (PairedPlans plans in grids)
                plans.Dispose();
        }
    }

    /// <summary>A job whose one condition is the indicator of the run, in the zones that the run left.</summary>
    /// <exception cref="LdnException">Exit 3: a raster or the zones are not there.</exception>
    private static Job Job(Side side, FinishedRun run, IGeodata geodata)
    {
        Dictionary<string, string[]> rasters = side.Periods.ToDictionary(
            p => p.Id, p => new[] { ResultRaster.File(run.Folder, IndicatorOutputs.Indicator, p.Id, "indicator") });
        JobConfig zones = NeutralityRun.Zones(run.Folder, geodata);
        if (zones.Zones is not { Count: > 0 } && side.Headline.Rows.Any(r => r[Columns.ZoneId] != "all"))
            throw Fault.Run.Error($"{run.Folder} holds no zones.geojson", "compute the run with --tables gpkg");
        JobConfig stand = StandInJob.Of(zones) with
        {
            Name = side.Name,
            Rules = new RulesConfig { Status = run.Document.Rule("status") },
            Outputs = new OutputsConfig { Rasters = ["none"], Tables = ["csv", "json"] },
        };
        return JobResolver.Resolve(stand, run.Folder, []) with
        {
            IndicatorIsGiven = true,
            Periods = [.. side.Periods.Select(p => new Period(p.Id, null, null, null))],
            Productivity = new ProductivityInput(ProductivityKind.Condition, rasters),
        };
    }
}
