using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Ldn.Gdal;
using Ldn.Jobs;
using Ldn.Rasters;

namespace Ldn.Cli;

/// <summary>The flags of <c>ldn productivity</c> that describe the series and how it is judged (method §4.2). Each is defined once.</summary>
internal sealed partial class SeriesOptions : OptionSet
{
    private readonly Option<string[]> _series, _climate, _units;
    private readonly Option<string?> _variable, _method, _slope, _significance, _state, _scope, _lpdMethod;
    private readonly Option<double?> _scale, _offset, _stateMinimum, _quantum;
    private readonly Option<int?> _minYears, _yearStart, _minCount;
    private readonly Option<string?> _integrate, _dates, _biomass;
    private readonly Option<string[]> _greatest;
    private readonly Option<double?> _desert;

    public SeriesOptions()
    {
        _series = Files("--series", "The series: a file a year in the order of --years, YEAR=FILE, or one file with a band a year");
        _integrate = Name("--integrate", "The series is a stack of dated layers, bands or files, of which each year's mean or sum is taken");
        _dates = Text("--dates", "FILE", "CSV layer,date of the stack (default: the dates in the names of bands or files)");
        _yearStart = Add(new Option<int?>("--year-start") { HelpName = "MONTH", Description = "Month with which a year of the stack starts, 1 to 12 (default: 1)" });
        _minCount = Add(new Option<int?>("--min-count") { HelpName = "N", Description = "Fewest valid layers of a pixel in a year of the stack (default: half of them)" });
        _climate = Files("--climate", "Climate of the same years for restrend, rue and wue, given in the same ways");
        _units = Files("--units", "Rasters whose combination is the ecological unit of performance");
        _variable = Name("--variable", "ndvi (default), evi, npp, gpp");
        _scale = Number("--scale", "Physical value of a stored 1 (default: the file's)");
        _offset = Number("--offset", "Physical value of a stored 0 (default: the file's)");
        _method = Name("--method", "Trend of the series (trend, default), or of restrend, rue, wue");
        _slope = Name("--slope", "ols (default) or theil-sen");
        _significance = Name("--significance", "two-sided (default) or trends-earth");
        _state = Name("--state", "percentile (default) or zscore");
        _stateMinimum = Number("--state-minimum", "Difference of means up to which state sees no change (default: 0.01 for ndvi and evi, else 0)");
        _scope = Name("--performance-scope", "Percentiles per zone of the first layer (zone, default) or of the whole run (run)");
        _quantum = Number("--quantum", "Step to which means are rounded before performance (default: 0.0001)");
        _lpdMethod = Name("--lpd-method", "combination (default) or fao-wocat");
        _greatest = Add(new Option<string[]>("--greatest")
        {
            HelpName = "[PERIOD=]FILE",
            Description = "Greatest NDVI of the window, for the deserts of fao-wocat",
            DefaultValueFactory = _ => [],
        });
        _biomass = Text("--biomass-limits", "LOW,MEDIUM", "Initial biomass up to which fao-wocat calls it low and medium (default: 0.4,0.7)");
        _desert = Number("--desert-limit", "Greatest NDVI up to which fao-wocat sees a desert (default: 0.25)");
        _minYears = Add(new Option<int?>("--min-years") { HelpName = "N", Description = "Fewest valid years of a pixel (default: 8)" });
    }

    public void AddTo(Command command)
    {
        foreach (Option option in All)
            command.Options.Add(option);
    }

    /// <summary>The options as given on the command line, for the record.</summary>
    public IEnumerable<(string Name, string Value)> Given(ParseResult parsed) =>
        from option in All
        where parsed.GetResult(option) is { Implicit: false }
        select (option.Name.TrimStart('-'), string.Join(',', parsed.GetResult(option)!.Tokens.Select(t => t.Value)));

    /// <summary>Lays the flags over the productivity of a job; <paramref name="years"/> are those of --years.</summary>
    public ProductivityConfig Overlay(ProductivityConfig? job, (int First, int Last)? years, ParseResult parsed)
    {
        ProductivityConfig config = job ?? new ProductivityConfig();
        string? integrate = parsed.GetValue(_integrate);
        bool stack = integrate is not null && parsed.GetValue(_series) is { Length: > 0 };
        Dictionary<string, string>? series = stack ? null : Years("--series", parsed.GetValue(_series)!, years), climate = Years("--climate", parsed.GetValue(_climate)!, years);
        return config with
        {
            Kind = "series",
            Years = stack ? null : series ?? config.Years,
            Layers = stack ? [.. parsed.GetValue(_series)!.Select(FromHere)] : series is null ? config.Layers : null,
            Integrate = Integration(config.Integrate, integrate, parsed),
            Greatest = Greatest(parsed.GetValue(_greatest)!) ?? config.Greatest,
            BiomassLimits = parsed.GetValue(_biomass) is { } limits ? Limits(limits) : config.BiomassLimits,
            DesertLimit = parsed.GetValue(_desert) ?? config.DesertLimit,
            Climate = climate ?? config.Climate,
            Units = parsed.GetValue(_units) is { Length: > 0 } units ? [.. units.Select(FromHere)] : config.Units,
            Variable = parsed.GetValue(_variable) ?? config.Variable,
            Scale = parsed.GetValue(_scale) ?? config.Scale,
            Offset = parsed.GetValue(_offset) ?? config.Offset,
            Method = parsed.GetValue(_method) ?? config.Method,
            Slope = parsed.GetValue(_slope) ?? config.Slope,
            Significance = parsed.GetValue(_significance) ?? config.Significance,
            State = parsed.GetValue(_state) ?? config.State,
            StateMinimum = parsed.GetValue(_stateMinimum) ?? config.StateMinimum,
            PerformanceScope = parsed.GetValue(_scope) ?? config.PerformanceScope,
            Quantum = parsed.GetValue(_quantum) ?? config.Quantum,
            LpdMethod = parsed.GetValue(_lpdMethod) ?? config.LpdMethod,
            MinYears = parsed.GetValue(_minYears) ?? config.MinYears,
        };
    }

    /// <summary>First and last year of a series that names its years itself, YEAR=FILE.</summary>
    public (int First, int Last)? NamedYears(ParseResult parsed)
    {
        int[] years = [.. parsed.GetValue(_series)!.Select(item => Dated().Match(item)).Where(m => m.Success).Select(m => Year(m))];
        return years.Length > 0 ? (years.Min(), years.Max()) : null;
    }

    private IntegrationConfig? Integration(IntegrationConfig? job, string? statistic, ParseResult parsed)
    {
        (string? dates, int? start, int? count) = (parsed.GetValue(_dates), parsed.GetValue(_yearStart), parsed.GetValue(_minCount));
        if (statistic is null && dates is null && start is null && count is null)
            return job;
        IntegrationConfig config = job ?? new IntegrationConfig();
        return config with
        {
            Statistic = statistic ?? config.Statistic,
            Dates = dates is null ? config.Dates : FromHere(dates),
            StartMonth = start ?? config.StartMonth,
            MinCount = count ?? config.MinCount,
        };
    }

    private static Dictionary<string, string>? Greatest(string[] given) => given.Length == 0 ? null : given
        .Select(item => item.Split('=', 2) is [string period, string file] && PeriodName().IsMatch(period) ? (period, file) : ("baseline", item))
        .ToDictionary(g => g.Item1, g => FromHere(g.Item2));

    private static double[] Limits(string text) => [.. text.Split(',').Select(t =>
        double.TryParse(t, NumberStyles.Float, CultureInfo.InvariantCulture, out double limit) ? limit : throw Fault.Usage.Error($"--biomass-limits: '{t}' is not a number"))];

    /// <summary>A raster or band for each year.</summary>
    private static Dictionary<string, string>? Years(string option, string[] given, (int First, int Last)? years)
    {
        if (given.Length == 0)
            return null;
        var files = new Dictionary<string, string>();
        if (given.Any(item => Dated().IsMatch(item)))
        {
            foreach (string item in given)
            {
                if (Dated().Match(item) is not { Success: true } dated)
                    throw LdnException.Usage($"{option} {item} names no year, as others do", "give every file as YEAR=FILE, or none and --years A-B");
                if (!files.TryAdd($"{Year(dated)}", FromHere(dated.Groups[2].Value)))
                    throw LdnException.Usage($"{option}: the year {Year(dated)} is given twice", "give one raster or band for each year");
            }

            return files;
        }

        if (years is not var (first, last))
            throw LdnException.Usage($"{option} names no years", "give --years A-B, the first and the last, or every file as YEAR=FILE");
        int count = last - first + 1;
        string[] layers = [.. given.Select(FromHere)];
        if (layers is [string only] && !only.Contains("#band=", StringComparison.Ordinal))
            layers = [.. Enumerable.Range(1, ((IGeodata)new GdalGeodata()).BandNames(only).Count).Select(band => $"{only}#band={band}")];
        if (layers.Length != count)
        {
            throw LdnException.Usage(
                $"{option}: {layers.Length} {(given.Length == 1 ? "bands" : "files")} for the {count} years {first}-{last}",
                "give one file a year in order, one file with a band a year, or YEAR=FILE; a year without observations can be a raster without data");
        }

        for (int i = 0; i < count; i++)
            files[$"{first + i}"] = layers[i];
        return files;
    }

    private static int Year(Match dated) => int.Parse(dated.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>A file named on the command line is relative to where it is typed, whatever the job's folder; GDAL's own names pass.</summary>
    internal static string FromHere(string name) =>
        name.StartsWith("/vsi", StringComparison.Ordinal) || name.Contains(":\"", StringComparison.Ordinal) ? name : Path.GetFullPath(name);

    [GeneratedRegex(@"^(\d{4})=(.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Dated();

    [GeneratedRegex(@"^(baseline|report_\d+|\d{4})$", RegexOptions.CultureInvariant)]
    private static partial Regex PeriodName();

    private Option<string[]> Files(string name, string description) =>
        Add(new Option<string[]>(name) { HelpName = "FILE", Description = description, AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] });

    private Option<string?> Name(string name, string description) => Text(name, "NAME", description);

    private Option<double?> Number(string name, string description) => Add(new Option<double?>(name) { HelpName = "NUMBER", Description = description });
}
