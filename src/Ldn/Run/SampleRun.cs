using Ldn.Pass;
using Ldn.Productivity;
using Ldn.Rasters;

namespace Ldn.Run;

/// <summary>
/// The pass of a run over a sample of its cells, evenly spread over the units that zones touch: what the run would refuse of them
/// is refused before it is begun, and what it would doubt is told. Small runs are looked at whole.
/// </summary>
internal static class SampleRun
{
    /// <summary>As much as is read in a second or two, of any number of inputs.</summary>
    private const long MostCells = 1 << 21, Memory = 1L << 30;

    /// <summary>Fewest rows of a window: blocks of strips are read whole anyhow.</summary>
    private const int FewestRows = 16;

    /// <summary>What is doubtful among the values met.</summary>
    /// <exception cref="LdnException">Exit 3: values without meaning inside the zones.</exception>
    public static IReadOnlyList<string> Doubts(RunPlan plan, IReadOnlyList<Window> units)
    {
        IReadOnlyList<Window> some = Windows(plan.Pass, units);
        if (some.Count == 0)
            return [];
        // Limits of performance need the whole run; without any the stage that finds them is left out, and with it its file.
        PassPlan sampled = plan.Pass.Series is { HasPerformance: true, Limits.Count: 0 } series
            ? plan.Pass with
            {
                Series = series with { Limits = [.. plan.Pass.Periods.Select(_ => new PerformanceHistograms().Limits())] },
            }
            : plan.Pass;
        using RunPass pass = RunPass.Sample(sampled, some, Memory);
        PassResult result = pass.Execute("", null, null, CancellationToken.None);
        _ = RunChecks.Unmapped(sampled, result.Finds, isSample: !ReferenceEquals(some, units));
        return RunChecks.Doubtful(plan, result);
    }

    /// <summary>Whole units where all fit into the sample; else the middle rows of some.</summary>
    private static IReadOnlyList<Window> Windows(PassPlan plan, IReadOnlyList<Window> units)
    {
        if (units.Sum(u => (long)u.Width * u.Height) <= MostCells)
            return units;
        int width = units.Max(u => u.Width);
        int rows = (int)Math.Clamp(MostCells / 8 / width, FewestRows, IndicatorPass.UnitCells);
        long taken = Math.Clamp(MostCells / ((long)width * rows), 1, units.Count);
        var windows = new List<Window>();
        for (long i = 0; i < taken; i++)
        {
            Window unit = units[(int)(((2 * i) + 1) * units.Count / (2 * taken))];
            int height = Math.Min(rows, unit.Height);
            Window middle = unit with { Row = unit.Row + ((unit.Height - height) / 2), Height = height };
            windows.Add(plan.Places.Touches(middle) ? middle : unit with { Height = height });
        }

        return [.. windows.Where(plan.Places.Touches)];
    }
}
