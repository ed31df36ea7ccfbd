using System.Globalization;
using System.Text.RegularExpressions;
using Ldn.Rasters;

namespace Ldn.Jobs.Flags;

/// <summary>Flags of the annual series that productivity is computed from, and of how it is judged (method §4.2).</summary>
internal static partial class SeriesFlags
{
    public static TextFlag Integrate { get; } = new("--integrate", "NAME")
    {
        Group = FlagGroup.Inputs,
        Doc = "The series is a stack of dated layers, bands or files, of which each year's mean or sum is taken",
        Values = ["mean", "sum"],
        Example = "mean",
        Field = "productivity.integrate.statistic",
        Lay = (job, statistic, _) => Stack(job, i => i with { Statistic = statistic }),
    };

    public static SeveralFlag Series { get; } = new("--series", "FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "The series: a file a year in the order of --years, YEAR=FILE, or one file with a band a year",
        Example = "2001=ndvi2001.tif",
        Many = true,
        Field = "productivity.years",
        Lay = (job, files, given) => OfSeries(job, p => given.Has(Integrate)
            ? p with { Years = null, Layers = [.. files.Select(given.Path)] }
            : p with { Years = OfYears("--series", files, given), Layers = null }),
    };

    /// <summary>In place of the flag of the same name that labels a single period.</summary>
    public static YearsFlag Years { get; } = new("--years")
    {
        Group = FlagGroup.Inputs,
        Doc = "First and last year of the series",
        Example = "2001-2016",
        Field = "periods.baseline.productivity",
    };

    public static TextFlag Dates { get; } = new("--dates", "FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "Dates of the stack's layers, CSV layer,date",
        Default = "the dates in the names of bands or files",
        Example = "dates.csv",
        Field = "productivity.integrate.dates",
        Lay = (job, file, given) => Stack(job, i => i with { Dates = given.Path(file) }),
    };

    public static WholeFlag YearStart { get; } = new("--year-start", "MONTH")
    {
        Group = FlagGroup.Inputs,
        Doc = "Month with which a year of the stack starts",
        Default = "1",
        Range = (1, 12),
        Example = "10",
        Field = "productivity.integrate.startMonth",
        Lay = (job, month, _) => Stack(job, i => i with { StartMonth = month }),
    };

    public static WholeFlag MinCount { get; } = new("--min-count", "N")
    {
        Group = FlagGroup.Inputs,
        Doc = "Fewest valid layers of a pixel in a year of the stack",
        Default = "half of them",
        Example = "12",
        Field = "productivity.integrate.minCount",
        Lay = (job, count, _) => Stack(job, i => i with { MinCount = count }),
    };

    public static SeveralFlag Climate { get; } = new("--climate", "FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "Climate of the same years for restrend, rue and wue, given as the series is",
        Example = "2001=rain2001.tif",
        Many = true,
        Field = "productivity.climate",
        Lay = (job, files, given) => OfSeries(job, p => p with { Climate = OfYears("--climate", files, given) }),
    };

    public static SeveralFlag Units { get; } = new("--units", "FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "Rasters whose combination is the ecological unit of performance",
        Example = "units.tif",
        Many = true,
        Field = "productivity.units",
        Lay = (job, files, given) => OfSeries(job, p => p with { Units = [.. files.Select(given.Path)] }),
    };

    public static SeveralFlag Greatest { get; } = new("--greatest", "[PERIOD=]FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "Greatest NDVI of the window, for the deserts of fao-wocat",
        Example = "baseline=ndvi_max.tif",
        Field = "productivity.greatest",
        Lay = (job, files, given) => OfSeries(
            job, p => p with { Greatest = files.Select(Named).ToDictionary(f => f.Period, f => given.Path(f.File)) }),
    };

    public static TextFlag Variable { get; } = Name(
        "--variable", "What the series measures", "variable", "evi", (p, name) => p with { Variable = name }, "ndvi", "evi",
        "npp", "gpp");

    public static NumberFlag Scale { get; } = Number(
        "--scale", "Physical value of a stored 1", "scale", "0.0001", "the file's", (p, number) => p with { Scale = number });

    public static NumberFlag Offset { get; } = Number(
        "--offset", "Physical value of a stored 0", "offset", "0", "the file's", (p, number) => p with { Offset = number });

    public static TextFlag Method { get; } = Name(
        "--method", "Trend of the series itself, of its residuals on climate, or of its rain- or water-use efficiency", "method",
        "restrend",
        (p, name) => p with { Method = name }, "trend", "restrend", "rue", "wue");

    public static TextFlag Slope { get; } = Name(
        "--slope", "How the yearly change is estimated", "slope", "theil-sen", (p, name) => p with { Slope = name }, "ols",
        "theil-sen");

    public static TextFlag Significance { get; } = Name(
        "--significance", "When a trend counts", "significance", "trends-earth", (p, name) => p with { Significance = name },
        "two-sided", "trends-earth");

    public static TextFlag State { get; } = Name(
        "--state", "How the recent years are compared with those before", "state", "zscore", (p, name) => p with { State = name },
        "percentile", "zscore");

    public static NumberFlag StateMinimum { get; } = Number(
        "--state-minimum", "Difference of means up to which state sees no change", "stateMinimum", "0.02",
        "0.01 for ndvi and evi, else 0",
        (p, number) => p with { StateMinimum = number });

    public static TextFlag PerformanceScope { get; } = Name(
        "--performance-scope", "Percentiles per zone of the first layer, or of the whole run", "performanceScope", "run",
        (p, name) => p with { PerformanceScope = name }, "zone", "run");

    public static NumberFlag Quantum { get; } = Number(
        "--quantum", "Step to which means are rounded before performance", "quantum", "0.001", "0.0001",
        (p, number) => p with { Quantum = number });

    public static TextFlag LpdMethod { get; } = Name(
        "--lpd-method", "How the five classes are made: from trend, state and performance, or by the FAO-WOCAT rule", "lpdMethod",
        "fao-wocat",
        (p, name) => p with { LpdMethod = name }, "combination", "fao-wocat");

    public static TextFlag BiomassLimits { get; } = new("--biomass-limits", "LOW,MEDIUM")
    {
        Group = FlagGroup.Rules,
        Doc = "Initial biomass up to which fao-wocat calls it low and medium",
        Default = "0.4,0.7",
        Example = "0.3,0.6",
        Field = "productivity.biomassLimits",
        Lay = (job, limits, _) => OfSeries(job, p => p with { BiomassLimits = [.. limits.Split(',').Select(Limit)] }),
    };

    public static NumberFlag DesertLimit { get; } = Number(
        "--desert-limit", "Greatest NDVI up to which fao-wocat sees a desert", "desertLimit", "0.2", "0.25",
        (p, number) => p with { DesertLimit = number });

    public static WholeFlag MinYears { get; } = new("--min-years", "N")
    {
        Group = FlagGroup.Rules,
        Doc = "Fewest valid years of a pixel",
        Default = "8",
        Example = "10",
        Field = "productivity.minYears",
        Lay = (job, years, _) => OfSeries(job, p => p with { MinYears = years }),
    };

    public static IReadOnlyList<Flag> All { get; } =
    [
        Series, Years, Integrate, Dates, YearStart, MinCount, Climate, Units, Greatest, Variable, Scale, Offset, Method, Slope,
        Significance, State, StateMinimum,
        PerformanceScope, Quantum, LpdMethod, BiomassLimits, DesertLimit, MinYears,
    ];

    /// <summary>First and last year of the series: of --years, or of a series that names its years itself, YEAR=FILE.</summary>
    public static YearSpan? YearsOf(IGiven given)
    {
        if (given.Of(Years) is { } years)
            return years;
        int[] named = [.. (given.Of(Series) ?? []).Select(item => Dated().Match(item)).Where(m => m.Success).Select(Year)];
        return named.Length > 0 ? new YearSpan(named.Min(), named.Max()) : null;
    }

    private static JobConfig OfSeries(JobConfig job, Func<ProductivityConfig, ProductivityConfig> change) =>
        job with { Productivity = change(job.Productivity ?? new ProductivityConfig { Kind = "series" }) };

    private static JobConfig Stack(JobConfig job, Func<IntegrationConfig, IntegrationConfig> change) =>
        OfSeries(job, p => p with { Integrate = change(p.Integrate ?? new IntegrationConfig()) });

    private static TextFlag Name(
        string name, string doc, string field, string example, Func<ProductivityConfig, string, ProductivityConfig> lay,
        params string[] values) =>
        new(name, "NAME")
        {
            Group = FlagGroup.Rules,
            Doc = doc,
            Values = values,
            Default = values[0],
            Example = example,
            Field = "productivity." + field,
            Lay = (job, text, _) => OfSeries(job, p => lay(p, text)),
        };

    private static NumberFlag Number(
        string name, string doc, string field, string example, string otherwise, Func<ProductivityConfig, double?,
        ProductivityConfig> lay) =>
        new(name, "NUMBER")
        {
            Group = FlagGroup.Rules,
            Doc = doc,
            Default = otherwise,
            Example = example,
            Field = "productivity." + field,
            Lay = (job, number, _) => OfSeries(job, p => lay(p, number)),
        };

    private static (string Period, string File) Named(string item) =>
        item.Split('=', 2) is [string period, string file] && PeriodName().IsMatch(period) ? (period, file) : ("baseline", item);

    private static double Limit(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double limit)
        ? limit
        : throw Fault.Usage.Error($"--biomass-limits: '{text}' is not a number", "for example --biomass-limits 0.4,0.7");

    /// <summary>A raster or band for each year.</summary>
    private static Dictionary<string, string> OfYears(string option, IReadOnlyList<string> items, IGiven given)
    {
        var files = new Dictionary<string, string>();
        if (items.Any(item => Dated().IsMatch(item)))
        {
            foreach (string item in items)
            {
                if (Dated().Match(item) is not { Success: true } dated)
                    throw LdnException.Usage(
                        $"{option} {item} names no year, as others do", "give every file as YEAR=FILE, or none and --years A-B");
                if (!files.TryAdd($"{Year(dated)}", given.Path(dated.Groups[2].Value)))
                    throw LdnException.Usage(
                        $"{option}: the year {Year(dated)} is given twice", "give one raster or band for each year");
            }

            return files;
        }

        if (YearsOf(given) is not var (first, last))
            throw LdnException.Usage(
                $"{option} names no years", "give --years A-B, the first and the last, or every file as YEAR=FILE");
        int count = last - first + 1;
        string[] layers = [.. items.Select(given.Path)];
        IReadOnlyList<string> names = items;
        if (layers is [string only] && RasterName.Parse(only) is { Band: null } stack)
        {
            names = given.BandNames(only);
            layers = [.. Enumerable.Range(1, names.Count).Select(band => $"{stack.OfBand(band)}")];
        }

        if (layers.Length != count)
        {
            throw LdnException.Usage(
                $"{option}: {layers.Length} {(items.Count == 1 ? "bands" : "files")} for the {count} years {first}-{last}",
                "give one file a year in order, one file with a band a year, or YEAR=FILE; a year without observations can be a "
                    + "raster without data");
        }

        foreach ((int i, string layer) in SeriesOrder.ByYear(option, names, layers, first).Index())
            files[$"{first + i}"] = layer;
        return files;
    }

    private static int Year(Match dated) => int.Parse(dated.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\d{4})=(.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Dated();

    [GeneratedRegex(@"^(baseline|report_\d+|\d{4})$", RegexOptions.CultureInvariant)]
    private static partial Regex PeriodName();
}
