using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ldn.Jobs.Flags;

/// <summary>
/// Flags of the rasters and tables that the indicator is made of. Most of them describe a single period, a job without a job
/// file.
/// </summary>
internal static class InputFlags
{
    public static TextFlag LandCoverInitial { get; } = new("--land-cover-initial", "FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "Land cover of the first year",
        Example = "lc2000.tif",
        Field = "landCover.years",
        WithoutJobFile = true,
        Lay = (job, file, given) => Cover(job, c => c with { Years = Dated(c.Years, YearsOf(given).First, file, given) }),
    };

    public static TextFlag LandCoverFinal { get; } = new("--land-cover-final", "FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "Land cover of the last year",
        Example = "lc2015.tif",
        Field = "landCover.years",
        WithoutJobFile = true,
        Lay = (job, file, given) => Cover(job, c => c with { Years = Dated(c.Years, YearsOf(given).Last, file, given) }),
    };

    public static TextFlag Legend { get; } = new("--legend", "NAME|FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "Legend of the land cover: a built-in one, or a CSV code,name,color,unccd",
        Values = LandCover.Legend.BuiltInNames,
        Example = "esa-cci",
        Field = "landCover.legend",
        Lay = (job, name, given) => OfCover(
            job, c => c with { Legend = LandCover.Legend.BuiltInNames.Contains(name) ? name : given.Path(name) }),
    };

    public static TextFlag Matrix { get; } = new("--matrix", "FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "Transition matrix in codes of the legend, CSV",
        Default = "the UNCCD's, through the nesting of the legend",
        Example = "matrix.csv",
        Field = "landCover.matrix",
        Lay = (job, file, given) => OfCover(job, c => c with { Matrix = given.Path(file) }),
    };

    public static TextFlag Lpd { get; } = new("--lpd", "FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "Land productivity dynamics, classes 1 to 5",
        Example = "lpd.tif",
        Field = "productivity.periods",
        WithoutJobFile = true,
        Lay = (job, file, given) => job with { Productivity = OfBaseline("lpd", file, given) },
    };

    public static TextFlag ProductivityCondition { get; } = new("--productivity-condition", "FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "Productivity as a raster of conditions, in place of --lpd",
        Example = "condition.tif",
        Field = "productivity.periods",
        WithoutJobFile = true,
        Lay = (job, file, given) => job with { Productivity = OfBaseline("condition", file, given) },
    };

    public static TextFlag SocInitial { get; } = new("--soc-initial", "FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "Soil organic carbon of the first year, t C/ha",
        Example = "soc2000.tif",
        Field = "soilCarbon.years",
        WithoutJobFile = true,
        Lay = (job, file, given) => Stocks(job, YearsOf(given).First, file, given),
    };

    public static TextFlag SocFinal { get; } = new("--soc-final", "FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "Soil organic carbon of the last year, t C/ha",
        Example = "soc2015.tif",
        Field = "soilCarbon.years",
        WithoutJobFile = true,
        Lay = (job, file, given) => Stocks(job, YearsOf(given).Last, file, given),
    };

    public static TextFlag SocChange { get; } = new("--soc-change", "FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "Change of soil organic carbon in per cent, in place of the two stocks",
        Example = "change.tif",
        Field = "soilCarbon.periods",
        WithoutJobFile = true,
        Lay = (
            job, file,
            given) => job with
            {
                SoilCarbon = new SoilCarbonConfig
                {
                    Kind = "change",
                    Periods = new() { ["baseline"] = given.Path(file) }
                }
            },
    };

    public static YearsFlag Years { get; } = new("--years")
    {
        Group = FlagGroup.Inputs,
        Doc = "First and last year, as labels",
        Example = "2000-2015",
        Field = "periods",
        WithoutJobFile = true,
        Lay = (job, years, _) => job with { Periods = new() { ["baseline"] = OfAll(years) } },
    };

    public static TextFlag Water { get; } = new("--water", "FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "Water mask, non-zero is water; only where there is no land cover",
        Example = "water.tif",
        Field = "water",
        Lay = (job, file, given) => job with { Water = given.Path(file) },
    };

    public static TextFlag Regions { get; } = new("--regions", "FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "Regions with transition matrices of their own: polygons with an attribute region, or a raster",
        Example = "regions.geojson",
        Field = "landCover.regions.zones",
        Lay = (job, file, given) => OfRegions(job, r => r with { Zones = given.Path(file) }),
    };

    public static TextFlag RegionMatrices { get; } = new("--region-matrices", "FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "Matrix of each region, CSV region,matrix",
        Example = "matrices.csv",
        Field = "landCover.regions.matrices",
        Lay = (job, file, given) => OfRegions(job, r => r with { Matrices = given.Path(file) }),
    };

    public static TextFlag OutsideRegions { get; } = new("--outside-regions", "WHAT")
    {
        Group = FlagGroup.Inputs,
        Doc = "What land in no region takes: it is an error, or the default matrix holds there",
        Values = ["error", "default"],
        Default = "error",
        Example = "default",
        Field = "landCover.regions.outside",
        Lay = (job, what, _) => OfRegions(job, r => r with { Outside = what }),
    };

    public static TextFlag Corrections { get; } = new("--corrections", "FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "Correction polygons",
        Example = "corrections.geojson",
        Field = "corrections.file",
        Lay = (job, file, given) => job.With("corrections", new JsonObject { ["file"] = given.Path(file) }),
    };

    public static IReadOnlyList<Flag> All { get; } =
    [
        LandCoverInitial, LandCoverFinal, Legend, Matrix, Lpd, ProductivityCondition, SocInitial, SocFinal, SocChange, Years,
        Water, Regions, RegionMatrices,
        OutsideRegions, Corrections,
    ];

    /// <summary>What a job without a job file starts from; the flags are then laid over it.</summary>
    /// <exception cref="LdnException">Exit 2: flags that contradict each other, or one of a pair.</exception>
    public static JobConfig SinglePeriod(IGiven given)
    {
        Pair("land-cover", given.Has(LandCoverInitial), given.Has(LandCoverFinal));
        Pair("soc", given.Has(SocInitial), given.Has(SocFinal));
        if (given.Has(SocInitial) && given.Has(SocChange))
            throw LdnException.Usage("both soil carbon stocks and a change are given", "give the two stocks or --soc-change");
        if (given.Has(Lpd) && given.Has(ProductivityCondition))
            throw LdnException.Usage("both --lpd and --productivity-condition are given", "give one of them");
        return new JobConfig { Periods = new() { ["baseline"] = OfAll(YearSpan.Unnamed) } };
    }

    private static void Pair(string what, bool first, bool last)
    {
        if (first != last)
            throw LdnException.Usage(
                $"{what} needs both its first and its last raster", $"give --{what}-initial and --{what}-final");
    }

    private static YearSpan YearsOf(IGiven given) => given.Of(Years) ?? YearSpan.Unnamed;

    private static PeriodConfig OfAll(YearSpan years)
    {
        int[] both = [years.First, years.Last];
        return new PeriodConfig { LandCover = both, Productivity = both, SoilCarbon = both };
    }

    private static Dictionary<string, string> Dated(Dictionary<string, string>? years, int year, string file, IGiven given) =>
        new(years ?? []) { [year.ToString(CultureInfo.InvariantCulture)] = given.Path(file) };

    private static JobConfig Cover(JobConfig job, Func<LandCoverConfig, LandCoverConfig> change) =>
        job with { LandCover = change(job.LandCover ?? new LandCoverConfig()) };

    /// <summary>Where there is land cover at all: a legend alone is none.</summary>
    private static JobConfig OfCover(JobConfig job, Func<LandCoverConfig, LandCoverConfig> change) =>
        job.LandCover is null ? job : Cover(job, change);

    private static JobConfig OfRegions(JobConfig job, Func<RegionsConfig, RegionsConfig> change) =>
        OfCover(job, c => c with { Regions = change(c.Regions ?? new RegionsConfig()) });

    private static JobConfig Stocks(JobConfig job, int year, string file, IGiven given) =>
        job with { SoilCarbon = new SoilCarbonConfig { Kind = "stocks", Years = Dated(job.SoilCarbon?.Years, year, file, given) } };

    private static ProductivityConfig OfBaseline(string kind, string file, IGiven given) => new()
    {
        Kind = kind,
        Periods = new() { ["baseline"] = JsonSerializer.SerializeToElement(given.Path(file), JobJson.Default.String) },
    };
}

/// <summary>A first and a last year, as 2000-2015.</summary>
internal sealed record YearsFlag(string Name) : Flag<YearSpan>(Name, "A-B")
{
    public override object Read(string said, IReadOnlyList<string> texts)
    {
        return texts[^1].Split('-', '–') is [string a, string b]
            && int.TryParse(a, NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            && int.TryParse(b, NumberStyles.None, CultureInfo.InvariantCulture, out int last) && first < last
            ? new YearSpan(first, last)
            : throw Fault.Usage.Error($"{said} {texts[^1]} is not a first and a last year", $"for example {Name} 2001-2010");
    }
}
