using System.Globalization;
using System.Text.Json;
using Ldn.Productivity;

namespace Ldn.Jobs;

/// <summary>
/// Checks the part of a job that makes productivity of annual series: years, windows, climate, units and options.
/// </summary>
internal sealed class SeriesResolver(
    ProductivityConfig config, Func<string, string> resolved, List<string> notes, JobFaults faults)
{
    /// <exception cref="LdnException">Exit 2, one message for each thing that can be wrong.</exception>
    public SeriesInput Resolve(IReadOnlyList<Period> periods, string profile)
    {
        ProductivityOptions options = Options(profile == "trends-earth");
        SortedDictionary<int, string> files = Dated(config.Years, "series");
        StackInput? stack = Stack();
        if (files.Count == 0 && stack is null)
            throw Fault.Job.Error(
                "productivity of kind series has no years",
                "give productivity.years: one raster, or one band as file.tif#band=N, for each year");
        if (options.NeedsClimate && config.Climate is not { Count: > 0 })
        {
            throw Fault.Job.Error(
                $"trend method {config.Method} needs a climate series",
                "give --climate FILE…, in a job productivity.climate, one layer a year");
        }

        SortedDictionary<int, string> climate = options.NeedsClimate ? Dated(config.Climate, "climate series") : [];
        if (!options.NeedsClimate && config.Climate is { Count: > 0 })
            notes.Add("the climate series is not used by trend method trend");
        var windows = new Dictionary<string, SeriesWindow>();
        foreach (Period period in periods)
        {
            SeriesWindow window = Window(period);
            options.Validate(window);
            if (stack is null)
            {
                StandIn(files, window);
                _ = window.Find([.. files.Keys], "series");
            }

            if (options.NeedsClimate)
                _ = window.Find([.. climate.Keys], "climate series");
            windows[period.Id] = window;
        }

        string? unknown = config.Periods?.Keys.FirstOrDefault(id => !windows.ContainsKey(id));
        if (unknown is not null)
            throw Fault.Job.Error(
                $"productivity.periods has '{unknown}', which is no period of the job",
                $"there are {string.Join(", ", windows.Keys)}");
        return new SeriesInput(files, climate, Units(options), config.Scale, config.Offset, options, windows)
        {
            Stack = stack,
            Greatest = Greatest(options, periods),
        };
    }

    /// <summary>Dates are found when the files are open; here only what can be wrong without them.</summary>
    private StackInput? Stack()
    {
        if (config.Layers is not { Count: > 0 } layers)
        {
            return config.Integrate is null ? null
                : throw Fault.Job.Error(
                    "productivity.integrate is given without layers", "give productivity.layers: the files of the stack");
        }

        if (config.Years is not null)
            throw Fault.Job.Error("productivity has both years and layers", "give one raster a year, or layers to integrate");
        IntegrationConfig integrate = config.Integrate ?? new IntegrationConfig();
        return new StackInput([.. layers.Select(resolved)], integrate.Dates is { } dates ? resolved(dates) : null,
            new AnnualIntegration
            {
                Statistic = Choice(
                "integrate.statistic", integrate.Statistic ?? "mean",
                [("mean", AnnualStatistic.Mean), ("sum", AnnualStatistic.Sum)]),
                StartMonth = integrate.StartMonth ?? 1,
                MinimumCount = integrate.MinCount,
            });
    }

    private Dictionary<string, string> Greatest(ProductivityOptions options, IReadOnlyList<Period> periods)
    {
        if (config.Greatest is not { Count: > 0 } given)
            return [];
        if (options.LpdMethod != LpdMethod.FaoWocat)
            throw Fault.Job.Error(
                "a raster of the greatest NDVI is given, which only LPD method fao-wocat uses",
                "leave it out, or give --lpd-method fao-wocat");
        return periods.ToDictionary(
            p => p.Id, p => resolved(LayerResolver.OfPeriod("productivity.greatest", given, p.Id, p.Productivity)));
    }

    private ProductivityOptions Options(bool trendsEarth)
    {
        var variable = Choice("variable", config.Variable ?? "ndvi",
            [("ndvi", ProductivityVariable.Ndvi), ("evi", ProductivityVariable.Evi), ("npp", ProductivityVariable.Npp),
                ("gpp", ProductivityVariable.Gpp)]);
        var options = new ProductivityOptions
        {
            Variable = variable,
            Method = Choice("method", config.Method ?? "trend",
                [("trend", TrendMethod.Trend), ("restrend", TrendMethod.Restrend), ("rue", TrendMethod.Rue), ("wue", TrendMethod.Wue)]),
            Slope = Choice("slope", config.Slope ?? "ols", [("ols", SlopeEstimator.Ols), ("theil-sen", SlopeEstimator.TheilSen)]),
            Significance = Choice("significance", config.Significance ?? (trendsEarth ? "trends-earth" : "two-sided"),
                [("two-sided", TrendSignificance.TwoSided), ("trends-earth", TrendSignificance.TrendsEarth)]),
            State = Choice(
                "state", config.State ?? "percentile", [("percentile", StateMethod.Percentile), ("zscore", StateMethod.ZScore)]),
            PerformanceScope = Choice(
                "performanceScope", config.PerformanceScope ?? "zone",
                [("zone", PerformanceScope.Zone), ("run", PerformanceScope.Run)]),
            LpdMethod = Choice("lpdMethod", config.LpdMethod ?? "combination",
                [("combination", LpdMethod.Combination), ("fao-wocat", LpdMethod.FaoWocat)]),
            PerformanceInclusive = trendsEarth,
            StateMinimum = config.StateMinimum,
            FaoWocatLow = BiomassLimit(0, 0.4),
            FaoWocatMedium = BiomassLimit(1, 0.7),
            FaoWocatDesert = config.DesertLimit ?? 0.25,
        };
        options = options with { MinYears = config.MinYears ?? options.MinYears, Quantum = config.Quantum ?? options.Quantum };
        if (options.LpdMethod == LpdMethod.FaoWocat && variable != ProductivityVariable.Ndvi)
            notes.Add("the FAO-WOCAT limits of initial biomass are made for ndvi, and the series is of " + config.Variable);
        return options;
    }

    private double BiomassLimit(int index, double otherwise) => config.BiomassLimits switch
    {
        null => otherwise,
        [_, _] limits => limits[index],
        _ => throw Fault.Job.Error(
            "productivity.biomassLimits must be two numbers, the limits of low and of medium initial biomass",
            "for example [0.4, 0.7]"),
    };

    private List<string> Units(ProductivityOptions options)
    {
        List<string> units = config.Units ?? [];
        if (options.LpdMethod == LpdMethod.FaoWocat)
        {
            if (units.Count > 0)
                notes.Add("the ecological units are not used by LPD method fao-wocat");
            return [];
        }

        return units.Count switch
        {
            0 when config.UnitsOptional => WithoutUnits(),
            0 => throw Fault.Job.Error(
                "no ecological units: LPD of trend, state and performance needs them for performance",
                "give --units FILE…, in a job productivity.units, such as land cover or soil types; or --lpd-method fao-wocat, "
                    + "which needs none"),
            > EcologicalUnit.MostRasters => throw Fault.Job.Error(
                $"{units.Count} rasters of ecological units", $"combine 1 to {EcologicalUnit.MostRasters}"),
            _ => [.. units.Select(resolved)],
        };
    }

    private List<string> WithoutUnits()
    {
        notes.Add(
            "no ecological units: trend and state alone; performance, and with it land productivity dynamics, needs units "
                + "(--units FILE…, such as land cover or soil types)");
        return [];
    }

    private SeriesWindow Window(Period period)
    {
        if (config.Periods?.TryGetValue(period.Id, out JsonElement years) == true)
        {
            return years is { ValueKind: JsonValueKind.Array } && years.GetArrayLength() == 2
                && years[0].ValueKind == JsonValueKind.Number && years[0].TryGetInt32(out int first)
                && years[1].ValueKind == JsonValueKind.Number && years[1].TryGetInt32(out int last)
                ? new SeriesWindow(first, last)
                : throw Fault.Job.Error(
                    $"productivity of period {period.Id} must be the first and the last year of its window",
                    "for example [2000, 2015]");
        }

        return period.Productivity is { } span
            ? new SeriesWindow(span.First, span.Last)
            : throw Fault.Job.Error(
                $"period {period.Id} names no years of productivity",
                "give them in the period or in productivity.periods, for example [2000, 2015]");
    }

    private SortedDictionary<int, string> Dated(Dictionary<string, string>? given, string what)
    {
        var files = new SortedDictionary<int, string>();
        foreach ((string text, string name) in given ?? [])
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int year))
                throw Fault.Job.Error($"{what}: '{text}' is not a year");
            string file = resolved(name);
            int other = files.FirstOrDefault(f => f.Value == file).Key;
            if (!files.TryAdd(year, file))
                throw Fault.Job.Error($"{what}: the year {year} is given twice", "give one raster or band for each year");
            if (other != 0)
            {
                throw Fault.Job.Error(
                    $"{what}: {name} is given for {other} and for {year}",
                    "give each year its own raster or band (file.tif#band=N); a year that another stands for goes into standIns");
            }
        }

        return files;
    }

    private void StandIn(SortedDictionary<int, string> files, SeriesWindow window)
    {
        foreach ((string text, int other) in config.StandIns ?? [])
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int year))
                throw Fault.Job.Error($"productivity: '{text}' is not a year");
            if (year < window.FirstYear || year > window.LastYear || files.ContainsKey(year))
                continue;
            files[year] = files.TryGetValue(other, out string? file) ? file
                : throw Fault.Job.Error(
                    $"productivity of {other} is to stand in for {year}, but is missing",
                    $"there are {string.Join(", ", files.Keys)}");
            notes.Add($"productivity of {other} stands in for {year}");
        }
    }

    private T Choice<T>(string option, string given, (string Name, T Value)[] choices) =>
        faults.Choice("productivity." + option, given, choices);
}
