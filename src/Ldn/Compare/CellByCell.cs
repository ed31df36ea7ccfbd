using Ldn.Counting;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Run;

namespace Ldn.Compare;

/// <summary>The part of a comparison that reads both runs' inputs again: cells, causes, and the rasters of these.</summary>
internal static class CellByCell
{
    private const double MetresPerDegree = 111_320;

    /// <summary>
    /// The comparison with cells and, where they are not said to be missing, causes; and the names of the rasters written.
    /// </summary>
    public static (Comparison Found, IReadOnlyList<string> Rasters) Explain(
        Comparison found, PairedPlans[] grids, OutputFolder? output, ComputeOptions how, IGeodata geodata,
        IProgress<PassProgress>? progress, CancellationToken cancellation)
    {
        PeriodPair[] pairs = [.. found.Pairs.Where(p => p.New is null)];
        string[] zones = [.. found.Zones.Select(z => z.Id)];
        int shown = grids.Length > 1 && IsFiner(grids[1].Grid, grids[0].Grid) ? 1 : 0;
        var scale = new ProgressScale(progress, [.. grids.Select(_ => (RunPhase.Pass, 1L))]);
        var tallied = new List<(Tally[] Tallies, PairGame Game)>();
        IReadOnlyList<string> rasters = [];
        int declared = 0;
        for (int g = 0; g < grids.Length; g++)
        {
            PairedPlans plans = grids[g];
            var rules = new PairRules(plans);
            declared = rules.Declared;
            var places = new PlacePairs();
            var game = new PairGame(plans, rules, places, zones);
            OpenOutput[] outputs = output is null || g != shown ? [] : Rasters(plans, pairs, found.After, output, how, geodata);
            try
            {
                if (g == 0)
                    how.Begins?.Invoke(Beginning(plans, outputs, how));
                tallied.Add(
                    (
                        PairPass.Run(
                            plans, rules, pairs, places, outputs,
                            (p, place, key) => Attribution.ChangedBy(game, rules.Declared, pairs[p], place, key), how.Threads,
                            how.MemoryBytes, scale.Stage(g), cancellation),
                        game));
                foreach (OpenOutput raster in outputs)
                    raster.Sink.Complete(null, cancellation);
                rasters = outputs.Length == 0 ? rasters : [.. outputs.Select(o => o.Output.Name)];
            }
            finally
            {
                foreach (OpenOutput raster in outputs)
                    raster.Sink.Dispose();
            }
        }

        var attribution = Attribution.Of(tallied, declared, pairs, zones, shown);
        found = found with { Cells = ComparisonTables.Cells(attribution, pairs, found.Zones, found.Before, found.After) };
        if (found.Missing is not null)
            return (found, rasters);
        if (Comparison.Contradiction(attribution, found) is { } why)
            return (found with { Missing = why, Cells = null }, rasters);
        return (
            found with
            {
                Changes = [.. found.Zones.SelectMany((zone, z) => found.Pairs.Select(pair => CompareRun.Headline(
                    found.Before, found.After, zone, pair,
                    Comparison.Explain(
                        attribution, Array.FindIndex(pairs, p => p.After == pair.After), z, pair, zone, found.After))))],
            },
            rasters);
    }

    private static RunBeginning Beginning(PairedPlans plans, OpenOutput[] outputs, ComputeOptions how)
    {
        IReadOnlyList<Window> units = IndicatorPass.Units(plans.BeforePass);
        int workers = IndicatorPass.Workers(plans.BeforePass, units, outputs, how.Threads, how.MemoryBytes);
        return new RunBeginning(plans.Before, plans.BeforePass, units, outputs, workers);
    }

    private static OpenOutput[] Rasters(
        PairedPlans plans, PeriodPair[] pairs, Side after, OutputFolder output, ComputeOptions how, IGeodata geodata)
    {
        Grid grid = plans.Grid.Crop(plans.BeforePass.Extent);
        return [.. pairs.Select(pair =>
        {
            string period = after.Periods[pair.After].Id;
            var raster = Output.Of(
                Factors.Changed, period, $"what changed the reported condition of each cell, {period}",
                OutputFill.OfClasses((_, _) => { }), false, grid, plans.After.Job.Outputs.Compression, how.Threads);
            return raster.Create(output[raster.Name + ".tif"], geodata);
        })];
    }

    /// <summary>Which of two grids has the smaller cells; of equal ones always the same, whichever is named first.</summary>
    private static bool IsFiner(Grid grid, Grid than) => (Size(grid), grid.OriginX, grid.OriginY, grid.Width, grid.Height)
        .CompareTo((Size(than), than.OriginX, than.OriginY, than.Width, than.Height)) < 0;

    private static double Size(Grid grid) =>
        Math.Abs(grid.CellWidth * grid.CellHeight) * (grid.Crs.IsGeographic ? MetresPerDegree * MetresPerDegree : 1);
}
