using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Run;
using Ldn.Tables;

namespace Ldn.Compare;

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
