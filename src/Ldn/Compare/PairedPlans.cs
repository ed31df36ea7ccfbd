using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Run;
using Ldn.Subjects;

namespace Ldn.Compare;

/// <summary>
/// Both runs on one grid: their plans made again, with one list of inputs, in which a raster that both read stands once, and soil
/// evidence that tells the thresholds of both apart. Disposing closes the inputs.
/// </summary>
internal sealed class PairedPlans : IDisposable
{
    private PairedPlans(RunPlan before, RunPlan after)
    {
        (Before, After) = (before, after);
        Job a = before.Job, b = after.Job;
        // Where thresholds are the regions' own, both have the same (RegionsAlike), and each cell's evidence holds its region's.
        ChangeRank rank = a.Rules.SocThreshold == Rules.ByRegion ? before.Pass.SoilCarbonRank
            : new ChangeRank(a.Rules.SocThreshold, b.Rules.SocThreshold);
        List<RasterInput> inputs = [.. before.Pass.Inputs];
        bool alike = (a.Grid.LandCover, a.Grid.Productivity, a.Grid.SoilCarbon)
            == (b.Grid.LandCover, b.Grid.Productivity, b.Grid.SoilCarbon);
        int[] numbers = [.. after.Pass.Inputs.Select(input =>
        {
            int same = alike ? inputs.FindIndex(i => IsSame(i, input)) : -1;
            if (same >= 0)
                return same;
            inputs.Add(input);
            return inputs.Count - 1;
        })];
        BeforePass = Numbered(before.Pass, inputs, i => i, rank);
        AfterPass = Numbered(after.Pass, inputs, i => numbers[i], rank);
    }

    public RunPlan Before { get; }

    public RunPlan After { get; }

    /// <summary>The pass of the run before, its inputs those of both.</summary>
    public PassPlan BeforePass { get; private set; }

    /// <summary>The pass of the run after, likewise.</summary>
    public PassPlan AfterPass { get; private set; }

    public Grid Grid => BeforePass.Grid;

    public IReadOnlySet<int> Wanted =>
        InputNumbers.OfIndicator(BeforePass).Union(InputNumbers.OfIndicator(AfterPass)).ToHashSet();

    /// <summary>Both runs on the grid of each, where these differ; on the one grid of both otherwise.</summary>
    /// <param name="before">Job of the run before.</param>
    /// <param name="after">Job of the run after.</param>
    /// <param name="sameZones">Whether both have the same zones, so that neither needs the land of the other's.</param>
    /// <param name="geodata">Opens the inputs.</param>
    /// <exception cref="LdnException">Whatever is wrong with inputs by now; zones that lie beyond the other grid.</exception>
    public static PairedPlans[] Open(Job before, Job after, bool sameZones, IGeodata geodata)
    {
        (before, after) = (Bare(before), Bare(after));
        Grid one = GridOf(before, geodata), other = GridOf(after, geodata);
        var opened = new List<PairedPlans>();
        try
        {
            opened.Add(On(one));
            if (!SameGrid(one, other, geodata))
                opened.Add(On(other));
            return [.. opened];
        }
        catch
        {
            opened.ForEach(o => o.Dispose());
            throw;
        }

        PairedPlans On(Grid grid)
        {
            RunPlan first = RunPlanner.Plan(before, geodata, new PlanBeside(grid, sameZones ? null : after.Zones));
            try
            {
                return new PairedPlans(
                    first, RunPlanner.Plan(after, geodata, new PlanBeside(grid, sameZones ? null : before.Zones)));
            }
            catch
            {
                first.Dispose();
                throw;
            }
        }
    }

    /// <summary>The plans with the percentiles that performance is judged by, from a first stage over the series.</summary>
    public void CompleteSeries(IReadOnlyList<Window> units, int threads, CancellationToken cancellation)
    {
        BeforePass = PerformancePass.Complete(BeforePass, units, [], threads, null, cancellation);
        AfterPass = PerformancePass.Complete(AfterPass, units, [], threads, null, cancellation);
    }

    public void Dispose()
    {
        Before.Dispose();
        After.Dispose();
    }

    /// <summary>The job without what it asks beyond the indicator: corrections alone change conditions.</summary>
    private static Job Bare(Job job) => job with
    {
        Asked = [.. job.Asked.Where(a => a is CorrectionsAsked)],
        Outputs = job.Outputs with { Tables = new HashSet<string>() },
    };

    private static Grid GridOf(Job job, IGeodata geodata)
    {
        using RunPlan plan = RunPlanner.Plan(job with { Asked = [] }, geodata);
        return plan.Pass.Grid;
    }

    private static bool SameGrid(Grid a, Grid b, IGeodata geodata) =>
        a with { Crs = b.Crs } == b && geodata.SameCrs(a.Crs, b.Crs);

    private static bool IsSame(RasterInput a, RasterInput b) =>
        a.File == b.File && a.Option == b.Option && a.NoData.AsSpan().SequenceEqual(b.NoData);

    private static PassPlan Numbered(PassPlan plan, IReadOnlyList<RasterInput> inputs, Func<int, int> of, ChangeRank rank) =>
        InputNumbers.Renumbered(plan, inputs, of) with { SoilCarbonRank = rank, Carbon = [], Gaps = [], Questions = [] };
}
