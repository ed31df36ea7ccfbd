using Ldn.Discovery;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Productivity;
using Ldn.Rasters;
using Ldn.Run.Shards;
using Ldn.Subjects;
using Ldn.Zones;

namespace Ldn.Run;

/// <summary>An input of a run as it was found, for a person to hold against what it should be.</summary>
/// <param name="Layer">What it serves as, such as <c>land cover 2000</c>.</param>
/// <param name="Covered">Share of the zones' cells whose centre lies in the raster.</param>
/// <param name="Sample">Some of its cells, wherever they lie.</param>
/// <param name="NoData">Stored values that are no data.</param>
internal sealed record InputRow(string Layer, string File, Grid Grid, double Covered, RasterSample Sample,
    IReadOnlyList<double> NoData);

/// <summary>
/// A job looked at without computing it: everything that is wrong with it at once or, where nothing is, its inputs, what looks
/// doubtful about them, and what the run will take.
/// </summary>
internal sealed record JobReview(string File, IReadOnlyList<JobFault> Faults)
{
    public IReadOnlyList<InputRow> Inputs { get; private init; } = [];

    /// <summary>Stand-ins, sub-indicators left out, absent members of groups and whatever else outputs will tell.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>What may be wrong though nothing forbids it.</summary>
    public IReadOnlyList<string> Doubts { get; private init; } = [];

    public IReadOnlyList<Period> Periods { get; private init; } = [];

    public int ZoneCount { get; private init; }

    /// <summary>The run's grid, cut to its extent.</summary>
    public Grid? Grid { get; private init; }

    /// <summary>What the run takes on one core; null where the job has faults.</summary>
    public CostEstimate? Cost { get; private init; }

    public ExitCode ExitCode => Faults.Count == 0 ? ExitCode.Success : Faults.Max(f => f.Error.ExitCode);

    /// <param name="file">The job file.</param>
    /// <param name="overlay">Lays options over it.</param>
    /// <param name="geodata">Opens inputs.</param>
    public static JobReview Of(string file, Func<JobConfig, JobConfig>? overlay, IGeodata geodata)
    {
        JobCheck check = JobCheck.Of(file, AllSubjects.InOrder, overlay);
        List<JobFault> faults = [.. check.Faults];
        foreach ((string key, int? line, string path) in check.Files)
            if (Unreadable(path, IsStack(key), geodata) is { } error && !faults.Exists(f => f.Error.Message == error.Message))
                faults.Add(new JobFault(key, error) { Line = line });
        if (faults.Count > 0 || check.Job is not { } job)
            return new JobReview(file, [.. faults.OrderBy(f => f.Line ?? int.MaxValue)]);
        try
        {
            using RunPlan plan = RunPlanner.Plan(job, geodata);
            return Of(file, plan, geodata);
        }
        catch (LdnException e)
        {
            string key = check.Files.FirstOrDefault(f =>
                e.Message.Contains(f.Path, StringComparison.Ordinal)) is { Path: not null } known ? known.Key : "";
            return new JobReview(file, [new JobFault(key, e) { Line = check.LineOf(key) }]);
        }
    }

    /// <exception cref="LdnException">Exit 3: what the run would refuse already of a sample of its cells.</exception>
    private static JobReview Of(string file, RunPlan plan, IGeodata geodata)
    {
        RasterInput[] given = [.. plan.Pass.Inputs.Where(i => !i.IsComputed)];
        InputRow[] inputs = [.. given.Select(input => Row(input, plan, geodata))];
        IReadOnlyList<Window> units = IndicatorPass.Units(plan.Pass);
        IReadOnlyList<string> met = SampleRun.Doubts(plan, units, geodata);
        return new JobReview(file, [])
        {
            Inputs = inputs,
            Notes = [.. plan.Job.Notes, .. plan.Warnings],
            Doubts = [.. inputs.Zip(given, InputDoubts.Of).SelectMany(d => d).Where(d => !met.Any(m => IsOfOneFill(m, d))),
                .. met, .. InputDoubts.OfLoss(given, geodata), .. InputDoubts.OfNames(plan.Job),
                .. InputDoubts.OfBytes(plan.Job)],
            Periods = plan.Job.Periods,
            ZoneCount = plan.Zones.Count,
            Grid = plan.Pass.Grid.Crop(plan.Pass.Extent),
            Cost = CostEstimate.Of(plan, units, ShardCuts.Cut(units, plan.Pass.Places, 1)),
        };
    }

    /// <summary>A fill is told once: as the pass met it inside the zones, rather than as it lies about in the file.</summary>
    private static bool IsOfOneFill(string one, string other) =>
        one.IndexOf("--nodata", StringComparison.Ordinal) is >= 0 and var at
            && other.Contains(one[at..one.LastIndexOf(" [", StringComparison.Ordinal)], StringComparison.Ordinal);

    private static InputRow Row(RasterInput input, RunPlan plan, IGeodata geodata)
    {
        using IRasterSource source = geodata.OpenRaster(input.File);
        return new InputRow(input.Layer, input.File, source.Grid, Covered(plan.Pass, source.Grid, geodata),
            RasterSample.Of(source), [.. input.NoData]);
    }

    /// <summary>Looked at in some thousand cells of the zones, evenly spread over their rows.</summary>
    private static double Covered(PassPlan pass, Grid source, IGeodata geodata)
    {
        const int rows = 64, each = 64;
        if (pass.Places.Bounds is not { } bounds)
            return 0;
        var x = new List<double>();
        var y = new List<double>();
        for (int r = 0; r < rows; r++)
        {
            int row = bounds.Row + (int)(((2 * r) + 1) * (long)bounds.Height / (2 * rows));
            PlaceSpan[] spans = pass.Places.Row(row).ToArray();
            int cells = spans.Sum(s => s.End - s.Start), taken = Math.Min(each, cells);
            for (int i = 0; i < taken; i++)
            {
                int at = (int)(((2 * i) + 1) * (long)cells / (2 * taken));
                foreach (PlaceSpan span in spans)
                {
                    if (at < span.End - span.Start)
                    {
                        x.Add(pass.Grid.CentreX(span.Start + at));
                        y.Add(pass.Grid.CentreY(row));
                        break;
                    }

                    at -= span.End - span.Start;
                }
            }
        }

        double[] xs = [.. x], ys = [.. y];
        if (!geodata.SameCrs(pass.Grid.Crs, source.Crs))
        {
            using ICoordinateTransform transform = geodata.CreateTransform(pass.Grid.Crs, source.Crs);
            transform.Transform(xs, ys);
        }

        int inside = xs.Where((_, i) => IsInside(source, xs[i], ys[i])).Count();
        return xs.Length == 0 ? 0 : (double)inside / xs.Length;
    }

    private static bool IsInside(Grid grid, double x, double y)
    {
        double column = (x - grid.OriginX) / grid.CellWidth, row = (y - grid.OriginY) / grid.CellHeight;
        if (grid.Crs.IsGeographic)
        {
            double around = 360 / grid.CellWidth;
            column -= Math.Floor(column / around) * around;
        }

        return column >= 0 && column < grid.Width && row >= 0 && row < grid.Height;
    }

    /// <summary>Whether the files of a key may have a band a date.</summary>
    private static bool IsStack(string key) => key.Contains("layers", StringComparison.Ordinal);

    /// <summary>A file that can be opened neither as a raster nor as polygons; tables are read by whoever takes them.</summary>
    private static LdnException? Unreadable(string path, bool stack, IGeodata geodata)
    {
        if (Path.GetExtension(path).ToUpperInvariant() is ".CSV" or ".JSON" or ".TXT" or ".XLSX" or ".XLS" or ".ODS")
            return null;
        try
        {
            geodata.OpenRaster(path).Dispose();
            return null;
        }
        catch (LdnException raster)
        {
            if (stack && raster.Fault == Fault.SeveralParts)
                return null;
            try
            {
                _ = geodata.ReadPolygons(path, null);
                return null;
            }
            catch (LdnException vector)
            {
                // Several layers are no fault here: the job may name one.
                return vector.Fault == Fault.ZoneChoice ? null : vector.Fault == Fault.Unreadable ? raster : vector;
            }
        }
    }
}

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
    public static IReadOnlyList<string> Doubts(RunPlan plan, IReadOnlyList<Window> units, IGeodata geodata)
    {
        IReadOnlyList<Window> some = Windows(plan.Pass, units);
        if (some.Count == 0)
            return [];
        // Limits of performance need the whole run; without any the stage that finds them is left out, and with it its file.
        PassPlan sampled = plan.Pass.NeedsLimits
            ? plan.Pass.WithLimits([.. plan.Pass.Periods.Select(_ => new PerformanceHistograms().Limits())])
            : plan.Pass;
        using RunPass pass = RunPass.Sample(sampled, some, Memory);
        PassResult result = pass.Execute("", null, null, CancellationToken.None);
        _ = RunChecks.Unmapped(sampled, result.Finds, isSample: !ReferenceEquals(some, units));
        return RunChecks.Doubtful(plan, result, geodata);
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
