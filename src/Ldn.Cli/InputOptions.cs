using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ldn.Jobs;

namespace Ldn.Cli;

/// <summary>The flags that name the rasters and tables of a single period: a job without a job file. Each is defined once.</summary>
internal sealed class InputOptions : OptionSet
{
    public InputOptions()
    {
        LandCoverInitial = Text("--land-cover-initial", "FILE", "Land cover of the first year");
        LandCoverFinal = Text("--land-cover-final", "FILE", "Land cover of the last year");
        Legend = Text("--legend", "NAME|FILE", "Legend: unccd-7, esa-cci, igbp, copernicus-lc100 or a CSV");
        Matrix = Text("--matrix", "FILE", "Transition matrix in legend codes (default: the UNCCD's, through the nesting)");
        Lpd = Text("--lpd", "FILE", "Land productivity dynamics, classes 1 to 5");
        ProductivityCondition = Text("--productivity-condition", "FILE", "Productivity as a condition raster, in place of --lpd");
        SocInitial = Text("--soc-initial", "FILE", "Soil organic carbon of the first year, t C/ha");
        SocFinal = Text("--soc-final", "FILE", "Soil organic carbon of the last year");
        SocChange = Text("--soc-change", "FILE", "Soil organic carbon change in per cent, in place of the two stocks");
        Years = Text("--years", "A-B", "First and last year, as labels");
        Regions = Text("--regions", "FILE", "Regions of the transition matrices: polygons with attribute region, or a raster");
        RegionMatrices = Text("--region-matrices", "FILE", "CSV region,matrix");
        OutsideRegions = Text("--outside-regions", "error|default", "What land in no region takes (default: error)");
    }

    private Option<string?> LandCoverInitial { get; }

    private Option<string?> LandCoverFinal { get; }

    private Option<string?> Legend { get; }

    private Option<string?> Matrix { get; }

    private Option<string?> Lpd { get; }

    private Option<string?> ProductivityCondition { get; }

    private Option<string?> SocInitial { get; }

    private Option<string?> SocFinal { get; }

    private Option<string?> SocChange { get; }

    private Option<string?> Years { get; }

    private Option<string?> Regions { get; }

    private Option<string?> RegionMatrices { get; }

    private Option<string?> OutsideRegions { get; }

    public string? LegendOf(ParseResult parsed) => parsed.GetValue(Legend);

    /// <summary>First and last year of --years, or null when it is not given.</summary>
    public (int First, int Last)? YearsOf(ParseResult parsed) => parsed.GetValue(Years) is { } text ? YearsOf(text) : null;

    /// <summary>One period from flags. Without --years the two dates are called 1 and 2; they are labels only.</summary>
    public JobConfig Job(ParseResult parsed)
    {
        string? Get(Option<string?> option) => parsed.GetValue(option);
        (int first, int last) = YearsOf(Get(Years));
        int[] years = [first, last];
        Dictionary<string, string>? Dated(string what, string? a, string? b) => (a, b) switch
        {
            (null, null) => null,
            ({ } initial, { } final) => new() { [$"{first}"] = initial, [$"{last}"] = final },
            _ => throw LdnException.Usage($"{what} needs both its first and its last raster", $"give --{what}-initial and --{what}-final"),
        };
        Dictionary<string, string>? covers = Dated("land-cover", Get(LandCoverInitial), Get(LandCoverFinal));
        Dictionary<string, string>? stocks = Dated("soc", Get(SocInitial), Get(SocFinal));
        if (stocks is not null && Get(SocChange) is not null)
            throw LdnException.Usage("both soil carbon stocks and a change are given", "give the two stocks or --soc-change");
        if (Get(Lpd) is not null && Get(ProductivityCondition) is not null)
            throw LdnException.Usage("both --lpd and --productivity-condition are given", "give one of them");
        string? productivity = Get(Lpd) ?? Get(ProductivityCondition);
        return new JobConfig
        {
            Periods = new() { ["baseline"] = new PeriodConfig { LandCover = years, Productivity = years, SoilCarbon = years } },
            LandCover = covers is null ? null : new LandCoverConfig
            {
                Legend = Get(Legend),
                Matrix = Get(Matrix),
                Years = covers,
                Regions = Get(Regions) is null && Get(RegionMatrices) is null ? null
                    : new RegionsConfig { Zones = Get(Regions), Matrices = Get(RegionMatrices), Outside = Get(OutsideRegions) },
            },
            Productivity = productivity is null ? null : new ProductivityConfig
            {
                Kind = Get(Lpd) is null ? "condition" : "lpd",
                Periods = new() { ["baseline"] = JsonSerializer.SerializeToElement(productivity, CliJson.Default.String) },
            },
            SoilCarbon = stocks is not null ? new SoilCarbonConfig { Kind = "stocks", Years = stocks }
                : Get(SocChange) is { } change ? new SoilCarbonConfig { Kind = "change", Periods = new() { ["baseline"] = change } } : null,
        };
    }

    /// <summary>The layer's name in a table of fills: the first and the last land cover of the short form are known by their files.</summary>
    public string Layer(string name, ParseResult parsed) => name switch
    {
        "land-cover-initial" => parsed.GetValue(LandCoverInitial) ?? name,
        "land-cover-final" => parsed.GetValue(LandCoverFinal) ?? name,
        _ => name,
    };

    private static (int First, int Last) YearsOf(string? text)
    {
        if (text is null)
            return (1, 2);
        return text.Split('-') is [string a, string b] && int.TryParse(a, NumberStyles.None, null, out int first)
            && int.TryParse(b, NumberStyles.None, null, out int last) && first < last
            ? (first, last)
            : throw LdnException.Usage($"--years {text} is not a first and a last year", "for example --years 2001-2010");
    }
}
