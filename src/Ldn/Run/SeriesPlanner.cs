using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Productivity;
using Ldn.Rasters;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Run;

/// <summary>Opens the rasters of an annual series, each year once however many windows hold it.</summary>
internal static class SeriesPlanner
{
    /// <summary>Names of the layers in <c>--nodata</c>.</summary>
    public const string Option = "productivity", ClimateOption = "productivity-climate", UnitsOption = "productivity-units",
    GreatestOption = "productivity-greatest";

    /// <summary>The series of a run, each different one once, with the number of that of each region; −1 without.</summary>
    public static (IReadOnlyList<SeriesPlan> Series, IReadOnlyList<int> OfRegion) Open(
        Job job, RegionSet? regions, InputSet inputs, IGeodata geodata)
    {
        SeriesInput?[] all = [.. (regions?.Rules ?? [job]).Select(rules => rules.Productivity?.Series)];
        SeriesInput[] different = [.. all.OfType<SeriesInput>().Distinct()];
        return ([.. different.Select(s => Open(job, s, inputs, geodata))], [.. all.Select(s => Array.IndexOf(different, s))]);
    }

    private static SeriesPlan Open(Job job, SeriesInput series, InputSet inputs, IGeodata geodata)
    {
        SortedDictionary<int, IReadOnlyList<(string Layer, string File)>> files = series.Stack is { } stack
            ? IntegratedYears.Of(stack, geodata)
            : new(
                series.Files.ToDictionary(
                    f => f.Key, f => (IReadOnlyList<(string, string)>)[($"productivity {f.Key}", f.Value)]));
        LayerValues values = series.Options.Variable is ProductivityVariable.Ndvi or ProductivityVariable.Evi
            ? LayerValues.VegetationIndex
            : LayerValues.Quantity;
        var years = new List<IReadOnlyList<int>>();
        var known = new Dictionary<int, int>();
        int Year(int year)
        {
            if (known.TryAdd(year, years.Count))
                years.Add([.. files[year].Select(f => inputs.Open(
                    f.Layer, Option, f.File, job.Grid.Productivity, values, series.Scale, series.Offset))]);
            return known[year];
        }

        var periods = new List<SeriesPeriod>();
        foreach (Period period in job.Periods)
        {
            SeriesWindow window = series.Windows[period.Id];
            _ = window.Find([.. files.Keys], "series");
            int[] all = [.. Enumerable.Range(window.FirstYear, window.Years)];
            periods.Add(new SeriesPeriod(
                window,
                [.. all.Select(Year)],
                series.Options.NeedsClimate
                    ? [
                        .. all.Select(
                            y => inputs.Open(
                                $"climate {y}", ClimateOption, series.Climate[y], job.Grid.Productivity, LayerValues.Quantity))]
                    : [],
                series.Greatest.TryGetValue(period.Id, out string? greatest)
                    ? inputs.Open(
                        $"greatest NDVI, {period.Id}", GreatestOption, greatest, job.Grid.Productivity,
                        LayerValues.VegetationIndex)
                    : -1));
        }

        int[] units = [.. series.Units.Select((file, i) => inputs.Open(
            series.Units.Count == 1 ? "ecological units" : $"ecological units {i + 1}", UnitsOption, file, Resampling.Nearest))];
        if (units.Distinct().Count() < units.Length)
            throw Fault.Job.Error("a raster of ecological units is given twice", "give each once");
        return new SeriesPlan(series.Options, series.Scale, series.Offset, years, periods, units)
        {
            Integration = series.Stack?.Integration
        };
    }

    /// <summary>
    /// What the pixels of a place are judged with: those of its zone of the first layer, or of the whole run, by scope, and of
    /// its region.
    /// </summary>
    /// <exception cref="LdnException">Exit 3: zones of the first layer share pixels, so that these have no zone of their
    /// own.</exception>
    public static int[] ZoneOfPlace(
        ProductivityOptions options, ZoneSet zones, PlaceIndex places, RegionPlaces? regions, IReadOnlyList<bool> isOfRegion)
    {
        int[] zone = ZoneOfPlace(
            options, zones, places, place => regions is null || isOfRegion[regions.RegionOfPlace[place]]);
        if (regions is not { JudgesApart: true })
            return zone;
        // Within its scope each region is judged by itself (drought §6).
        return [.. zone.Select((z, place) => z < 0 ? z : (regions.RegionOfPlace[place] * zones.FirstLayerCount) + z)];
    }

    private static int[] ZoneOfPlace(
        ProductivityOptions options, ZoneSet zones, PlaceIndex places, Func<int, bool> isJudged)
    {
        var zone = new int[places.Count];
        for (int place = 0; place < zone.Length; place++)
        {
            if (options.PerformanceScope == PerformanceScope.Run && isJudged(place))
                continue;
            zone[place] = -1;
            if (!isJudged(place))
                continue;
            foreach (int member in places.Members(place))
            {
                if (member >= zones.FirstLayerCount)
                    continue;
                if (zone[place] >= 0)
                {
                    throw Fault.Overlap.Error(
                        $"zones '{zones.Zones[zone[place]].Id}' and '{zones.Zones[member].Id}' share pixels, whose performance "
                            + "would be judged twice",
                        "mend the zones, or judge all pixels together with --performance-scope run");
                }

                zone[place] = member;
            }
        }

        return zone;
    }

    /// <summary>Years on different grids are brought onto the run's, which the user should know.</summary>
    public static IEnumerable<string> Warnings(SeriesPlan series, InputSet inputs, IGeodata geodata)
    {
        int[] years = [.. series.Years.SelectMany(y => y).Distinct()];
        int other = Array.FindIndex(years, year => !SameGrid(inputs.Source(years[0]).Grid, inputs.Source(year).Grid, geodata));
        if (other >= 0)
            yield return Fault.OtherGrids.Say(
                $"the years of the series lie on different grids ({inputs.File(years[0])}, {inputs.File(years[other])}); each "
                    + "is brought onto the run's");
    }

    private static bool SameGrid(Grid a, Grid b, IGeodata geodata) =>
        (
            a.Width, a.Height, a.OriginX, a.OriginY, a.CellWidth,
            a.CellHeight) == (b.Width, b.Height, b.OriginX, b.OriginY, b.CellWidth, b.CellHeight)
        && geodata.SameCrs(a.Crs, b.Crs);
}

/// <summary>The years of an intra-annual stack: which bands of which files make each.</summary>
internal static class IntegratedYears
{
    /// <summary>By year, the layers in order of date as name for messages and file with band.</summary>
    /// <exception cref="LdnException">Exit 2: a layer without a date or two with the same, no such month or count.</exception>
    public static SortedDictionary<int, IReadOnlyList<(string Layer, string File)>> Of(StackInput stack, IGeodata geodata)
    {
        IReadOnlyList<DatedLayer> layers = DatedLayer.Of(stack.Files, stack.Dates, geodata);
        var years = new SortedDictionary<int, IReadOnlyList<(string, string)>>();
        foreach (YearLayers year in stack.Integration.Plan([.. layers.Select(l => l.Date)]))
            years[year.Year] = [.. year.Layers.Select(i => ($"productivity {layers[i].Date:yyyy-MM-dd}", layers[i].File))];
        return years;
    }
}
