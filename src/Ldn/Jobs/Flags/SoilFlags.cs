using System.Globalization;

namespace Ldn.Jobs.Flags;

/// <summary>Flags of the model that carries a reference stock of soil organic carbon on by land cover (method §5).</summary>
internal static class SoilFlags
{
    public static TextFlag Reference { get; } = new("--reference", "FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "Stock of the reference year, t C/ha",
        Example = "soc2000.tif",
        Field = "soilCarbon.reference",
        Lay = (job, file, given) => Soil(job, s => s with { Reference = given.Path(file) }),
    };

    public static WholeFlag ReferenceYear { get; } = new("--reference-year", "YEAR")
    {
        Group = FlagGroup.Inputs,
        Doc = "Year of the reference stock",
        Default = "the first land cover's",
        Example = "2000",
        Field = "soilCarbon.referenceYear",
        Lay = (job, year, _) => Soil(job, s => s with { ReferenceYear = year }),
    };

    public static SeveralFlag LandCover { get; } = new("--land-cover", "YEAR=FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "Land cover of a year; give it once a year",
        Example = "2000=lc2000.tif",
        Field = "landCover.years",
        Lay = (
            job, files,
            given) => job with { LandCover = (job.LandCover ?? new LandCoverConfig()) with { Years = Years(files, given) } },
    };

    public static TextFlag ClimateZones { get; } = new("--climate-zones", "FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "IPCC climate zones, codes 0 to 12",
        Example = "climate.tif",
        Field = "soilCarbon.climateZones",
        Lay = (job, file, given) => Soil(job, s => s with { ClimateZones = given.Path(file), Factor = null }),
    };

    public static NumberFlag Factor { get; } = new("--factor", "F")
    {
        Group = FlagGroup.Inputs,
        Doc = "One factor f of land use in place of climate zones",
        Example = "0.8",
        Field = "soilCarbon.factor",
        Lay = (job, factor, _) => Soil(job, s => s with { Factor = factor, ClimateZones = null }),
    };

    public static TextFlag Factors { get; } = new("--factors", "FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "Table of factors, CSV from,to,factor",
        Example = "factors.csv",
        Field = "soilCarbon.factors",
        Lay = (job, file, given) => Soil(job, s => s with { Factors = given.Path(file) }),
    };

    public static TextFlag FactorClasses { get; } = new("--factor-classes", "NAME")
    {
        Group = FlagGroup.Rules,
        Doc = "Classes that the table of factors speaks of",
        Values = ["unccd", "legend"],
        Default = "unccd",
        Example = "legend",
        Field = "soilCarbon.factorClasses",
        Lay = (job, name, _) => Soil(job, s => s with { FactorClasses = name }),
    };

    public static TextFlag Placement { get; } = new("--placement", "WHEN")
    {
        Group = FlagGroup.Rules,
        Doc = "When, between two land covers, land is taken to have changed",
        Values = ["middle", "start", "end"],
        Default = "middle",
        Example = "start",
        Field = "soilCarbon.placement",
        Lay = (job, when, _) => Soil(job, s => s with { Placement = when }),
    };

    public static TextFlag Management { get; } = new("--management", "FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "Factors of management",
        Example = "management.tif",
        Field = "soilCarbon.management",
        Lay = (job, file, given) => Soil(job, s => s with { Management = given.Path(file) }),
    };

    public static TextFlag Input { get; } = new("--input", "FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "Factors of carbon input",
        Example = "input.tif",
        Field = "soilCarbon.input",
        Lay = (job, file, given) => Soil(job, s => s with { Input = given.Path(file) }),
    };

    public static IReadOnlyList<Flag> All { get; } =
        [Reference, ReferenceYear, LandCover, ClimateZones, Factor, Factors, FactorClasses, Placement, Management, Input];

    private static JobConfig Soil(JobConfig job, Func<SoilCarbonConfig, SoilCarbonConfig> change) =>
        job with { SoilCarbon = change(job.SoilCarbon ?? new SoilCarbonConfig { Kind = "reference" }) };

    private static Dictionary<string, string> Years(IReadOnlyList<string> items, IGiven given)
    {
        var years = new Dictionary<string, string>();
        foreach (string item in items)
        {
            if (
                item.Split('=', 2) is not [string year, string file]
                    || !int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                throw LdnException.Usage($"--land-cover {item} is not YEAR=FILE", "for example --land-cover 2000=lc2000.tif");
            if (!years.TryAdd(number.ToString(CultureInfo.InvariantCulture), given.Path(file)))
                throw LdnException.Usage($"--land-cover gives {number} twice", "give one raster for each year");
        }

        return years;
    }
}
