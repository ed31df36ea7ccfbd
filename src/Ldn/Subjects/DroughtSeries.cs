using System.Text.Json;
using Ldn.Drought;
using Ldn.Jobs;

namespace Ldn.Subjects;

/// <summary>An index computed from monthly rasters, as a job writes it (drought §8).</summary>
internal sealed record DroughtConfig
{
    [JobKey("Which index: of precipitation, or of precipitation less evapotranspiration", "\"spi\"", "spi", "spei")]
    public string? Index { get; init; }

    [JobKey("Monthly precipitation, mm", "{ \"layers\": [\"pr.tif\"] }")]
    public MonthlyConfig? Precipitation { get; init; }

    [JobKey("Monthly potential evapotranspiration, for spei",
        "{ \"method\": \"thornthwaite\", \"mean\": { \"layers\": [\"t.tif\"] } }")]
    public EvapotranspirationConfig? Pet { get; init; }

    [JobKey("Months that a value adds up, 1 to 48", "12")]
    public int? Months { get; init; }

    [JobKey("Month that ends it, 1 to 12, or every", "12")]
    public JsonElement? EndMonth { get; init; }

    [JobKey("First and last year of the reference", "[1981, 2010]")]
    public int[]? Reference { get; init; }

    [JobKey("First and last year of the index; without it all that can be", "[2000, 2023]")]
    public int[]? Years { get; init; }

    [JobKey("How the reference is fitted: thom or ml for spi, ub-pwm or pp-pwm for spei", "\"thom\"", "thom", "ml", "ub-pwm",
        "pp-pwm")]
    public string? Fit { get; init; }

    [JobKey("What a total of zero stands for", "\"mckee\"", "mckee", "centre")]
    public string? Zeros { get; init; }

    [JobKey("Fewest years of the reference with a value; without it 85 %", "26")]
    public int? MinYears { get; init; }

    [JobKey("Fewest of them above zero, for spi", "10")]
    public int? MinPositive { get; init; }

    [JobKey("Monthly precipitation below this many mm counts as 0", "0")]
    public double? Trace { get; init; }

    [JobKey("Bound of the index, 3 to 8.21", "3.09")]
    public double? Clip { get; init; }
}

/// <summary>A stack of monthly layers: bands, files, or a netCDF file with a time axis.</summary>
internal sealed record MonthlyConfig
{
    [JobKey("Files of the stack; each band or file is a month", "[\"pr.tif\"]")]
    public List<string>? Layers { get; init; }

    [JobKey("A CSV of layer,date; without it the dates are in the names of bands or files", "\"dates.csv\"")]
    public string? Dates { get; init; }

    [JobKey("Physical value = stored value × scale + offset", "0.1")]
    public double? Scale { get; init; }

    [JobKey("Physical value = stored value × scale + offset", "-273.15")]
    public double? Offset { get; init; }
}

/// <summary>How potential evapotranspiration comes about.</summary>
internal sealed record EvapotranspirationConfig
{
    [JobKey("given: layers, in mm; of mean temperature; of lowest and highest temperature", "\"thornthwaite\"", "given",
        "thornthwaite", "hargreaves")]
    public string? Method { get; init; }

    [JobKey("Of method given: files of the stack, mm a month", "[\"pet.tif\"]")]
    public List<string>? Layers { get; init; }

    [JobKey("Of method given: a CSV of layer,date", "\"dates.csv\"")]
    public string? Dates { get; init; }

    [JobKey("Of method given: physical value = stored value × scale + offset", "0.1")]
    public double? Scale { get; init; }

    [JobKey("Of method given: physical value = stored value × scale + offset", "0")]
    public double? Offset { get; init; }

    [JobKey("Mean temperature, °C", "{ \"layers\": [\"tmean.tif\"] }")]
    public MonthlyConfig? Mean { get; init; }

    [JobKey("Mean of the daily lowest temperature, °C, for hargreaves", "{ \"layers\": [\"tmin.tif\"] }")]
    public MonthlyConfig? Minimum { get; init; }

    [JobKey("Mean of the daily highest temperature, °C, for hargreaves", "{ \"layers\": [\"tmax.tif\"] }")]
    public MonthlyConfig? Maximum { get; init; }
}

/// <summary>Files of a quantity whose bands or files are months; dates from a table or, without one, from names.</summary>
/// <param name="Scale">Physical value of a stored 1; null: as the files say.</param>
/// <param name="Offset">Physical value of a stored 0; null: as the files say.</param>
internal sealed record MonthlyFiles(IReadOnlyList<string> Files, string? Dates, double? Scale, double? Offset);

/// <summary>An index computed from monthly rasters, checked; no raster is open yet.</summary>
/// <param name="Options">What is computed.</param>
/// <param name="Precipitation">Mm a month.</param>
/// <param name="Method">How evapotranspiration comes about; null for the SPI.</param>
/// <param name="Evapotranspiration">Where it is given, else null; likewise the temperatures.</param>
/// <param name="Years">First and last year of the index; null: all that can be.</param>
internal sealed record DroughtSeries(
    IndexOptions Options, MonthlyFiles Precipitation, EvapotranspirationMethod? Method, MonthlyFiles? Evapotranspiration,
    MonthlyFiles? Mean, MonthlyFiles? Minimum, MonthlyFiles? Maximum, YearSpan? Years)
{
    private const int FewestReference = 20;
    private const double LowestClip = 3, HighestClip = 8.21;

    /// <summary>Every file of it, for the record.</summary>
    public IEnumerable<(string Layer, string File)> Files
    {
        get
        {
            (string Layer, MonthlyFiles? Stack)[] stacks =
            [
                ("precipitation", Precipitation), ("evapotranspiration", Evapotranspiration), ("mean temperature", Mean),
                ("minimum temperature", Minimum), ("maximum temperature", Maximum),
            ];
            foreach ((string layer, MonthlyFiles? stack) in stacks)
            {
                foreach (string file in stack?.Files ?? [])
                    yield return (layer, file);
                if (stack?.Dates is { } dates)
                    yield return ($"dates of {layer}", dates);
            }
        }
    }

    /// <summary>Checks what can be wrong without the rasters.</summary>
    /// <exception cref="LdnException">Exit 2, one message for each thing.</exception>
    internal static DroughtSeries Read(DroughtConfig config, string path, JobFiles files)
    {
        DroughtIndex index = JobResolver.Choice(
            $"{path}.index", config.Index ?? "spi", [("spi", DroughtIndex.Spi), ("spei", DroughtIndex.Spei)]);
        bool balance = index == DroughtIndex.Spei;
        YearSpan reference = Span(config.Reference, $"{path}.reference") ?? new YearSpan(1981, 2010);
        var options = new IndexOptions
        {
            Index = index,
            Months = Within(config.Months ?? 12, 1, IndexOptions.MostMonths, $"{path}.months"),
            EndMonth = Ending(config.EndMonth, $"{path}.endMonth"),
            FirstReference = reference.First,
            LastReference = reference.Last,
            Fit = Fit(config.Fit, balance, $"{path}.fit"),
            Zeros = JobResolver.Choice(
                $"{path}.zeros", config.Zeros ?? "mckee", [("mckee", ZeroRule.McKee), ("centre", ZeroRule.Centre)]),
            MinYears = config.MinYears is { } years
                ? Within(years, 4, reference.Last - reference.First + 1, $"{path}.minYears") : null,
            MinPositive = Within(config.MinPositive ?? 10, 3, 255, $"{path}.minPositive"),
            Trace = config.Trace ?? 0,
            Clip = config.Clip ?? 3.09,
        };
        if (!(options.Trace is >= 0 and < 100))
            throw Fault.Job.Error($"{path}.trace is {options.Trace}", "give a few mm at most, for example 0.1");
        if (!(options.Clip is >= LowestClip and <= HighestClip))
            throw Fault.Job.Error(
                FormattableString.Invariant($"{path}.clip is {options.Clip}"), "give a bound from 3 to 8.21, for example 3.09");
        if (options.ReferenceYears is > 255 || (options.ReferenceYears < FewestReference && options.MinYears is null))
            throw Fault.Job.Error(
                $"{path}.reference: {reference} are {options.ReferenceYears} years, and an index needs at least "
                    + $"{FewestReference}, better 30",
                "give a longer reference (--reference 1981-2010), or say how few years will do with minYears (--min-years)");
        MonthlyFiles precipitation = Stack(config.Precipitation, $"{path}.precipitation", files)
            ?? throw Fault.Job.Error(
                $"{path} has no precipitation", "give --precipitation FILE…, in a job precipitation.layers: a layer a month");
        if (!balance)
            return new DroughtSeries(
                options, precipitation, null, null, null, null, null, Span(config.Years, $"{path}.years"));
        EvapotranspirationConfig pet = config.Pet ?? throw Fault.Job.Error(
            $"{path}: spei needs evapotranspiration",
            "give --pet FILE…, or --pet-method thornthwaite --temperature FILE…, in a job pet");
        return OfBalance(options, precipitation, pet, $"{path}.pet", files) with { Years = Span(config.Years, $"{path}.years") };
    }

    private static DroughtSeries OfBalance(
        IndexOptions options, MonthlyFiles precipitation, EvapotranspirationConfig pet, string path, JobFiles files)
    {
        MonthlyFiles? given = Stack(
            pet.Layers is null ? null
                : new MonthlyConfig { Layers = pet.Layers, Dates = pet.Dates, Scale = pet.Scale, Offset = pet.Offset }, path,
            files);
        MonthlyFiles? mean = Stack(pet.Mean, $"{path}.mean", files), low = Stack(pet.Minimum, $"{path}.minimum", files),
            high = Stack(pet.Maximum, $"{path}.maximum", files);
        EvapotranspirationMethod method = JobResolver.Choice(
            $"{path}.method", pet.Method ?? (given is not null ? "given" : low is not null ? "hargreaves" : "thornthwaite"),
            [
                ("given", EvapotranspirationMethod.Given), ("thornthwaite", EvapotranspirationMethod.Thornthwaite),
                ("hargreaves", EvapotranspirationMethod.Hargreaves),
            ]);
        string? lacks = method switch
        {
            EvapotranspirationMethod.Given => given is null ? "its layers (--pet FILE…)" : null,
            EvapotranspirationMethod.Thornthwaite => mean is null ? "mean temperature (--temperature FILE…)" : null,
            _ => low is null || high is null
                ? "lowest and highest temperature (--temperature-minimum FILE… --temperature-maximum FILE…)" : null,
        };
        if (lacks is not null)
            throw Fault.Job.Error($"{path}: evapotranspiration needs {lacks}", "give it, or choose another method");
        bool isGiven = method == EvapotranspirationMethod.Given, sunny = method == EvapotranspirationMethod.Hargreaves;
        return new DroughtSeries(
            options, precipitation, method, isGiven ? given : null, isGiven ? null : mean, sunny ? low : null,
            sunny ? high : null, null);
    }

    private static MonthlyFiles? Stack(MonthlyConfig? config, string path, JobFiles files)
    {
        if (config is null)
            return null;
        if (config.Layers is not { Count: > 0 } layers)
            throw Fault.Job.Error($"{path} has no layers", "name its files: a layer a month");
        if (config.Scale is { } scale && !(double.IsFinite(scale) && scale != 0))
            throw Fault.Job.Error($"{path}.scale is {scale}", "give a number other than 0");
        return new MonthlyFiles(
            [.. layers.Select(files.Resolved)], config.Dates is { } dates ? files.Resolved(dates) : null, config.Scale,
            config.Offset);
    }

    private static IndexFit Fit(string? fit, bool balance, string path)
    {
        (string, IndexFit)[] known = balance
            ? [("ub-pwm", IndexFit.UnbiasedMoments), ("pp-pwm", IndexFit.PlottingPositions)]
            : [("thom", IndexFit.Thom), ("ml", IndexFit.MaximumLikelihood)];
        return JobResolver.Choice(path, fit ?? known[0].Item1, known);
    }

    private static int? Ending(JsonElement? month, string path) => month switch
    {
        null => 12,
        { ValueKind: JsonValueKind.String } text when text.GetString() == "every" => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out int of) => Within(of, 1, 12, path),
        _ => throw Fault.Job.Error($"{path} is no month", "give 1 to 12, or \"every\""),
    };

    private static YearSpan? Span(int[]? years, string path) => years switch
    {
        null => null,
        [int first, int last] when first <= last && first > 0 && last < 9999 => new YearSpan(first, last),
        _ => throw Fault.Job.Error($"{path} must be its first and its last year", "for example [1981, 2010]"),
    };

    private static int Within(int value, int least, int most, string path) => value >= least && value <= most
        ? value
        : throw Fault.Job.Error($"{path} is {value}", $"give a whole number from {least} to {most}");
}
