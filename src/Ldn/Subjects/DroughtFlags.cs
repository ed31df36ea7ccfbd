using System.Text.Json.Nodes;
using Ldn.Jobs.Flags;

namespace Ldn.Subjects;

/// <summary>Flags of an index that is computed from monthly rasters (drought §8).</summary>
internal static class DroughtFlags
{
    private const string Root = "strata.drought.";

    public static TextFlag Index { get; } = Name("--index", "Which index is computed", "index", "spei", "spi", "spi", "spei");

    public static SeveralFlag Precipitation { get; } = Files(
        "--precipitation", "Monthly precipitation, mm: files, a stack with a band a month, or netCDF with a time axis",
        "precipitation.layers", "pr.tif");

    public static TextFlag Dates { get; } = new("--dates", "FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "Dates of the precipitation's layers, CSV layer,date",
        Default = "the dates in the names of bands or files",
        Example = "dates.csv",
        Field = Root + "precipitation.dates",
        Lay = (job, file, given) => job.With(Root + "precipitation.dates", given.Path(file)),
    };

    public static SeveralFlag Pet { get; } = Files(
        "--pet", "Monthly potential evapotranspiration, mm, for spei", "pet.layers", "pet.tif");

    public static TextFlag PetMethod { get; } = Name(
        "--pet-method", "How potential evapotranspiration comes about, for spei", "pet.method", "thornthwaite", null, "given",
        "thornthwaite", "hargreaves");

    public static SeveralFlag Temperature { get; } = Files(
        "--temperature", "Monthly mean temperature, °C", "pet.mean.layers", "tmean.tif");

    public static SeveralFlag Minimum { get; } = Files(
        "--temperature-minimum", "Monthly mean of the lowest temperature of a day, °C, for hargreaves", "pet.minimum.layers",
        "tmin.tif");

    public static SeveralFlag Maximum { get; } = Files(
        "--temperature-maximum", "Monthly mean of the highest temperature of a day, °C, for hargreaves", "pet.maximum.layers",
        "tmax.tif");

    public static WholeFlag Months { get; } = Whole(
        "--months", "N", "Months that a value adds up", "months", "3", "12", (1, Drought.IndexOptions.MostMonths));

    public static TextFlag EndMonth { get; } = new("--end-month", "MONTH")
    {
        Group = FlagGroup.Rules,
        Doc = "Month that ends a value, 1 to 12, or every; tables of every are of December",
        Default = "12",
        Example = "9",
        Field = Root + "endMonth",
        Lay = (job, month, _) => job.With(
            Root + "endMonth", int.TryParse(month, out int number) ? JsonValue.Create(number) : JsonValue.Create(month)),
    };

    public static YearsFlag Reference { get; } = new("--reference")
    {
        Group = FlagGroup.Rules,
        Doc = "First and last year of the reference, one for all years",
        Default = "1981-2010",
        Example = "1991-2020",
        Field = Root + "reference",
        Lay = (job, years, _) => job.With(Root + "reference", new JsonArray(years.First, years.Last)),
    };

    /// <summary>In place of the flag of the same name that labels a single period.</summary>
    public static YearsFlag Years { get; } = new("--years")
    {
        Group = FlagGroup.Rules,
        Doc = "First and last year of the index",
        Default = "all that can be",
        Example = "2000-2023",
        Field = Root + "years",
        Lay = (job, years, _) => job.With(Root + "years", new JsonArray(years.First, years.Last)),
    };

    public static TextFlag Fit { get; } = Name(
        "--fit", "How the reference is fitted: thom or ml for spi, ub-pwm or pp-pwm for spei", "fit", "ml", "thom, ub-pwm",
        "thom", "ml", "ub-pwm", "pp-pwm");

    public static TextFlag Zeros { get; } = Name(
        "--zeros", "What a total of zero stands for: the share of zeros, or the centre of it", "zeros", "centre", "mckee",
        "mckee", "centre");

    public static WholeFlag MinYears { get; } = Whole(
        "--min-years", "N", "Fewest years of the reference with a value", "minYears", "24", "85 %", (4, 255));

    public static WholeFlag MinPositive { get; } = Whole(
        "--min-positive", "N", "Fewest of them above zero, for spi", "minPositive", "15", "10", (3, 255));

    public static NumberFlag Trace { get; } = Number(
        "--trace", "MM", "Monthly precipitation below this many mm counts as 0", "trace", "0.1", "0");

    public static NumberFlag Clip { get; } = Number("--clip", "BOUND", "Bound of the index, 3 to 8.21", "clip", "8.21", "3.09");

    public static IReadOnlyList<Flag> All { get; } =
    [
        Index, Precipitation, Dates, Pet, PetMethod, Temperature, Minimum, Maximum, Months, EndMonth, Reference, Years, Fit,
        Zeros, MinYears, MinPositive, Trace, Clip,
    ];

    private static SeveralFlag Files(string name, string doc, string key, string example) => new(name, "FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = doc,
        Example = example,
        Many = true,
        Field = Root + key,
        Lay = (job, files, given) => job.With(
            Root + key, new JsonArray([.. files.Select(f => (JsonNode)JsonValue.Create(given.Path(f)))])),
    };

    private static TextFlag Name(string flag, string doc, string key, string example, string? usual, params string[] values) =>
        new(flag, "NAME")
        {
            Group = FlagGroup.Rules,
            Doc = doc,
            Values = values,
            Default = usual,
            Example = example,
            Field = Root + key,
            Lay = (job, name, _) => job.With(Root + key, name),
        };

    private static WholeFlag Whole(
        string flag, string value, string doc, string key, string example, string usual, (int, int) range) => new(flag, value)
        {
            Group = FlagGroup.Rules,
            Doc = doc,
            Default = usual,
            Range = range,
            Example = example,
            Field = Root + key,
            Lay = (job, number, _) => job.With(Root + key, number!.Value),
        };

    private static NumberFlag Number(string flag, string value, string doc, string key, string example, string usual) =>
        new(flag, value)
        {
            Group = FlagGroup.Rules,
            Doc = doc,
            Default = usual,
            Example = example,
            Field = Root + key,
            Lay = (job, number, _) => job.With(Root + key, number!.Value),
        };
}
