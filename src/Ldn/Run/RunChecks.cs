using System.Globalization;
using Ldn.Counting;
using Ldn.Discovery;
using Ldn.Indicator;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Subjects;
using Ldn.Tables;

namespace Ldn.Run;

/// <summary>What must hold of a finished pass before anything is published.</summary>
internal static class RunChecks
{
    private const int MostListed = 12, Examples = 4;

    /// <summary>
    /// Values without meaning inside zones (method §2): an error that names them, or notes when they count as no data.
    /// </summary>
    /// <param name="plan">What is computed.</param>
    /// <param name="finds">What was found of values.</param>
    /// <param name="isSample">Whether only a sample of the cells was looked at.</param>
    public static IReadOnlyList<string> Unmapped(PassPlan plan, ValueFinds finds, bool isSample = false)
    {
        var notes = new List<string>();
        string seen = isSample ? " of a sample of cells" : "";
        foreach (var layer in finds.Unmapped.Rows.GroupBy(r => r.Input))
        {
            RasterInput input = plan.Inputs[layer.Key];
            var rows = layer.OrderByDescending(r => !double.IsNaN(r.Value)).ThenByDescending(r => r.Pixels).ToList();
            bool few = rows.Count <= MostListed;
            // Codes are worth a list; of numbers with decimals some tell as much as a dozen.
            int listed = few || (input.Recoder is not null && rows[0].Value % 1 == 0) ? MostListed : Examples;
            string values = string.Join(", ", rows.Take(listed).Select(
                r =>
                    $"{(double.IsNaN(r.Value) ? "others" : LayerValues.Told(r.Value, input.Scale, input.Offset))} ({r.Pixels} "
                        + "pixels)"));
            string more = few ? "" : $" and {(double.IsNaN(rows[^1].Value) ? "many" : $"{rows.Count - listed}")} more values, "
                + $"{rows.Sum(r => r.Pixels)} pixels in all";
            var area = Area.Sum(rows.Select(r => r.Area));
            string meaning = input.Values.Impossible;
            if (plan.UnmappedIsNoData && input.Values.MayBeUnmapped)
            {
                notes.Add(Fault.Unmapped.Say($"{input.Layer}: {meaning} taken as no data: {values}{more}, {area} km2"));
                continue;
            }

            string declare = $"declare fills with --nodata {input.Option}={Text(rows[0].Value)}";
            // Land cover given as productivity, soil carbon as land cover: the cure is the right file, no declaration.
            Likeness? like = input.Recoder is null ? null
                : Likeness.Of([.. rows.Where(r => !double.IsNaN(r.Value)).Select(r => r.Value)], input.Option);
            throw Fault.Values.Error(
                $"{input.Layer} ({input.File}) has {meaning} inside the zones: {values}{more}, {area} km2{seen}{like?.Told}",
                like?.Cure is { } cure ? like.MayBeFills ? $"{cure}; else {declare}" : cure
                    : input.Values.HasLegend
                    ? $"{declare}, add them to the legend, or accept them as no data with --unmapped nodata"
                    // One value in many cells is a fill; many values are numbers in another unit.
                    : input.Values.Rescale is { } rescale ? few ? $"{declare}; or {rescale}" : rescale : declare);
        }

        return notes;
    }

    /// <summary>A likely fill is a warning from this part of the zones on, and wherever cells hold it in every year.</summary>
    private const double LeastShare = 0.01;

    /// <summary>
    /// Values that are possible and yet doubtful (method §1): likely fills that nobody declared, stocks in another unit.
    /// </summary>
    public static IReadOnlyList<string> Doubtful(RunPlan plan, PassResult result, IGeodata geodata)
    {
        var notes = new List<string>();
        long land = result.Conditions[^1].Rows().Sum(r => r.Pixels);
        foreach ((int number, double value, long pixels, Area area) in result.Finds.Constant.Rows)
        {
            RasterInput input = plan.Pass.Inputs[number];
            notes.Add(Fault.Doubt.Say(
                $"productivity holds {LayerValues.Told(value, input.Scale, input.Offset)} in every year in {pixels} cells "
                + $"({area} km2), which is a usual fill; if it is one, declare it with --nodata {input.Option}={Text(value)}"));
        }

        notes.AddRange(UnitDoubts.Of(plan, result, geodata));
        HashSet<double> known = [.. result.Finds.Constant.Rows.Select(r => r.Value)];
        foreach (var layer in result.Finds.Doubtful.Rows.GroupBy(r => r.Input))
        {
            RasterInput input = plan.Pass.Inputs[layer.Key];
            double[] suspects = ValueWatch.Suspects(input);
            foreach (
                (_, double value, long pixels, Area area) in layer.Where(
                    r => suspects.Contains(r.Value) && !known.Contains(r.Value) && r.Pixels > LeastShare * land))
            {
                if (value == 0 && !LosesAll(plan.Pass, result, pixels, land))
                    continue;
                notes.Add(Fault.Doubt.Say(
                    $"{input.Layer} ({Path.GetFileName(input.File)}) holds {LayerValues.Told(value, input.Scale, input.Offset)} "
                        + $"in {pixels} cells "
                    + $"({area} km2), which is a usual fill; if it is one, declare it with --nodata "
                    + $"{input.Option}={Text(value)}"));
            }

            var large = layer.Where(r => !suspects.Contains(r.Value)).ToList();
            long cells = large.Sum(r => r.Pixels);
            if (cells > input.Values.DoubtfulShare * land)
            {
                notes.Add(Fault.Doubt.Say(
                    $"{input.Layer} ({Path.GetFileName(input.File)}) holds more than {Text(input.Values.Doubtful)} in {cells} "
                    + $"cells, such as {Text(input.Physical(large[0].Value))}: {input.Values.Usual}; check the unit, or declare "
                    + $"a fill with --nodata {input.Option}=VALUE"));
            }
        }

        return notes;
    }

    /// <summary>
    /// Whether so many cells without any stock are more than another year has: rock and ice have none in any year, while soil
    /// that has one once has lost or won all of it.
    /// </summary>
    private static bool LosesAll(PassPlan plan, PassResult result, long cells, long land) => plan.Inputs.Index()
        .Where(i => i.Item.Values == LayerValues.Stocks && i.Item.Option == "soc").Any(i => cells - result.Finds.Doubtful.Rows
            .Where(r => r.Input == i.Index && r.Value == 0).Sum(r => r.Pixels) > LeastShare * land);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>
    /// Every input of the indicator must cover some cell of the zones; a layer beyond it (method §11) that does not is a note,
    /// for it keeps nobody from the indicator.
    /// </summary>
    public static IReadOnlyList<string> Coverage(RunPlan plan, PassResult result)
    {
        var notes = new List<string>();
        for (int i = 0; i < plan.Pass.Inputs.Count; i++)
        {
            if (result.Covered[i])
                continue;
            RasterInput input = plan.Pass.Inputs[i];
            if (!IsBeyondTheIndicator(input))
                throw Fault.Coverage.Error(
                    $"{input.Layer} ({input.File}) does not overlap the zones",
                    "check coordinates and CRS of both with 'ldn info'");
            // Notes stand in results, which know no folders.
            notes.Add(Fault.NoOverlap.Say($"{input.Layer} ({Path.GetFileName(input.File)}) does not overlap the zones"));
        }

        return notes;
    }

    private static bool IsBeyondTheIndicator(RasterInput input) => AllSubjects.Inputs.Any(i => i.Name == input.Option);

    /// <summary>The indicator's area from the tallies must equal that counted from the rasters: two routes, one figure.</summary>
    /// <exception cref="InvalidOperationException">They differ: a defect of the program.</exception>
    public static void TwoRoutes(RunStatistics run)
    {
        for (int p = 0; p < run.Job.Periods.Count; p++)
        {
            var areas = new Area[4];
            foreach ((_, Outcome outcome, TallyRow row) in run.Outcomes(p, run.Tables))
                if (!outcome.Water)
                    areas[(int)outcome.Indicator] += row.Area;
            for (Condition c = Condition.Degraded; c <= Condition.Improved; c++)
                if (areas[(int)c] != run.Result.RasterAreas[p][(int)c])
                    throw new InvalidOperationException(
                        $"{run.Job.Periods[p].Id}: {c.Name()} area from tables {areas[(int)c].SquareMillimetres} mm2, from the "
                            + $"raster {run.Result.RasterAreas[p][(int)c].SquareMillimetres} mm2");
        }
    }
}
