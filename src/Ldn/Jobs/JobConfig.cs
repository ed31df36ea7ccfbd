using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Ldn.Jobs;

/// <summary>
/// A job file as written (interface contract §2): every member optional, names as in JSON. <see cref="JobReader"/> reads it,
/// <see cref="JobResolver"/> makes a checked <see cref="Job"/> of it. <see cref="JobSchema"/> is generated from these types.
/// </summary>
internal sealed record JobConfig
{
    [JsonPropertyName("$schema")]
    [JobKey("Where the schema of job files lies, for editors that check against it", "\"job.schema.json\"")]
    public string? Schema { get; init; }

    [JobKey("Title of the run, as reports print it", "\"Mongolia, 2026 cycle\"")]
    public string? Name { get; init; }

    [JobKey("The periods of a reporting cycle; in place of periods", "\"unccd-2026\"", "unccd-2018", "unccd-2022", "unccd-2026",
        "yearly")]
    public string? Preset { get; init; }

    [JobKey("The periods by id: baseline, report_1, report_2, …; in place of preset",
        "{ \"baseline\": { \"landCover\": [2000, 2015], \"productivity\": [2000, 2015], \"soilCarbon\": [2000, 2015] } }")]
    public Dictionary<string, PeriodConfig>? Periods { get; init; }

    [JobKey("Land cover: its legend, and a raster for each year",
        "{ \"legend\": \"esa-cci\", \"years\": { \"2000\": \"lc2000.tif\", \"2015\": \"lc2015.tif\" } }")]
    public LandCoverConfig? LandCover { get; init; }

    [JobKey("Land productivity: ready classes by period, or the annual series they are made of",
        "{ \"kind\": \"lpd\", \"periods\": { \"baseline\": \"lpd2015.tif\" } }")]
    public ProductivityConfig? Productivity { get; init; }

    [JobKey("Soil organic carbon: stocks by year, a change by period, or a reference stock that land cover carries on",
        "{ \"kind\": \"stocks\", \"years\": { \"2000\": \"soc2000.tif\", \"2015\": \"soc2015.tif\" } }")]
    public SoilCarbonConfig? SoilCarbon { get; init; }

    [JobKey("Sub-indicators deliberately left out; the result is called partial", "[\"soil-carbon\"]", "land-cover",
        "productivity", "soil-carbon")]
    public List<string>? Without { get; init; }

    [JobKey("Water mask, non-zero is water, for runs without land cover", "\"water.tif\"")]
    public string? Water { get; init; }

    [JobKey("Layers of zones: polygons with an id, or a raster of whole numbers",
        "[ { \"file\": \"countries.geojson\", \"id\": \"iso3\", \"name\": \"name\" } ]")]
    public List<ZoneConfig>? Zones { get; init; }

    [JobKey("A group of all zones of the first layer", "{ \"id\": \"MNG\", \"name\": \"Mongolia\" }")]
    public TotalConfig? Total { get; init; }

    [JobKey("Encoding of attribute tables and CSV files that declare none and are not UTF-8: CP1251, CP949, CP932, GBK, Big5, …",
        "\"CP1251\"")]
    public string? TextEncoding { get; init; }

    [JobKey("Where the data come from, by layer (landCover, productivity, soilCarbon or any other name), as provenance tells it",
        "{ \"landCover\": { \"title\": \"ESA CCI land cover\", \"publisher\": \"ESA\", \"link\": "
            + "\"https://www.esa-landcover-cci.org\" } }")]
    public Dictionary<string, SourceConfig>? Sources { get; init; }

    [JobKey("The rules in force", "{ \"missing\": \"strict\", \"socThreshold\": 10 }")]
    public RulesConfig? Rules { get; init; }

    [JobKey("The run's grid and how inputs are brought onto it", "{ \"like\": \"landCover\", \"extent\": \"zones\" }")]
    public GridConfig? Grid { get; init; }

    [JobKey("What is written", "{ \"rasters\": [\"indicator\", \"status\"], \"tables\": [\"csv\", \"json\", \"html\"] }")]
    public OutputsConfig? Outputs { get; init; }

    [JobKey("Undeclared fill values by layer (land-cover, productivity, soc, …) or file name", "{ \"soc\": [-9999] }")]
    public Dictionary<string, List<double>>? NoData { get; init; }

    /// <summary>The sections of subjects (<see cref="SectionKey"/>) as written, by the first part of their key.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Sections { get; set; }

    /// <summary>What stands under a key such as <c>strata.population</c>; null where that is nothing, or null.</summary>
    public JsonElement? Section(string path)
    {
        string[] parts = path.Split('.');
        if (Sections is null || !Sections.TryGetValue(parts[0], out JsonElement element))
            return null;
        foreach (string part in parts.Skip(1))
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(part, out element))
                return null;
        return element.ValueKind == JsonValueKind.Null ? null : element;
    }

    /// <summary>What stands under a key, or null.</summary>
    /// <exception cref="LdnException">Exit 2: unknown key, a value of the wrong type.</exception>
    public T? Get<T>(SectionKey<T> key) =>
        Section(key.Path) is { } element ? JobReader.Part(element, key.Type, key.Path, key.About) : default;

    /// <summary>The job with another value under a key, whatever stood there; the sections round it stay.</summary>
    public JobConfig With(string path, JsonNode value)
    {
        string[] parts = path.Split('.');
        JsonObject root = Sections is null ? [] : new JsonObject(Sections.Select(s => KeyValuePair.Create(s.Key, Node(s.Value))));
        JsonObject at = root;
        foreach (string part in parts.SkipLast(1))
        {
            if (at[part] is not JsonObject)
                at[part] = new JsonObject();
            at = (JsonObject)at[part]!;
        }

        at[parts[^1]] = value;
        return this with { Sections = root.ToDictionary(s => s.Key, s => JsonElement.Parse(s.Value?.ToJsonString() ?? "null")) };
    }

    private static JsonNode? Node(JsonElement element) => JsonNode.Parse(element.GetRawText());
}

/// <summary>First and last year of a period, per sub-indicator.</summary>
internal sealed record PeriodConfig
{
    [JobKey("First and last year of land cover", "[2000, 2015]")]
    public int[]? LandCover { get; init; }

    [JobKey("First and last year of productivity", "[2000, 2015]")]
    public int[]? Productivity { get; init; }

    [JobKey("First and last year of soil carbon", "[2000, 2015]")]
    public int[]? SoilCarbon { get; init; }
}

internal sealed record LandCoverConfig
{
    [JobKey("A built-in legend (ldn legend lists them) or a CSV of code,name,color,unccd", "\"esa-cci\"")]
    public string? Legend { get; init; }

    [JobKey("A CSV of transitions in legend codes, cells -1, 0, 1; the default matrix without it", "\"matrix.csv\"")]
    public string? Matrix { get; init; }

    [JobKey("Matrices by region", "{ \"zones\": \"regions.geojson\", \"matrices\": \"matrices.csv\" }")]
    public RegionsConfig? Regions { get; init; }

    [JobKey("A raster for each year", "{ \"2000\": \"lc2000.tif\", \"2015\": \"lc2015.tif\" }")]
    public Dictionary<string, string>? Years { get; init; }

    [JobKey("Years that are missing, and which year stands in for each", "{ \"2023\": 2022 }")]
    public Dictionary<string, int>? StandIns { get; init; }
}

/// <summary>Polygons (attribute <c>region</c>) or an integer raster, and the table of one matrix a region.</summary>
internal sealed record RegionsConfig
{
    [JobKey("Polygons with an attribute region, or a raster of whole numbers", "\"regions.geojson\"")]
    public string? Zones { get; init; }

    [JobKey("Layer of the file, where it has several", "\"regions\"")]
    public string? Layer { get; init; }

    [JobKey("A CSV of region,matrix, the matrix a CSV each", "\"matrices.csv\"")]
    public string? Matrices { get; init; }

    [JobKey("What happens to land in no region", "\"error\"", "error", "default")]
    public string? Outside { get; init; }
}

internal sealed record ProductivityConfig
{
    [JobKey("What the files are", "\"lpd\"", "lpd", "condition", "parts", "series")]
    public string? Kind { get; init; }

    [JobKey("By period id or its last year: a file; for parts an object of trend, state and performance; for series the years "
        + "of a window",
        "{ \"baseline\": \"lpd2015.tif\", \"report_1\": \"lpd2019.tif\" }")]
    public Dictionary<string, JsonElement>? Periods { get; init; }

    [JobKey("Of kind series: a raster, or a band as file.tif#band=2, for each year",
        "{ \"2001\": \"ndvi2001.tif\", \"2002\": \"ndvi2002.tif\" }")]
    public Dictionary<string, string>? Years { get; init; }

    [JobKey("Years that are missing, and which year stands in for each", "{ \"2023\": 2022 }")]
    public Dictionary<string, int>? StandIns { get; init; }

    [JobKey("What the series measures", "\"ndvi\"", "ndvi", "evi", "npp", "gpp")]
    public string? Variable { get; init; }

    [JobKey("Physical value = stored value × scale + offset", "0.0001")]
    public double? Scale { get; init; }

    [JobKey("Physical value = stored value × scale + offset", "0")]
    public double? Offset { get; init; }

    [JobKey("Series that the trend is of: the values, or those freed of climate", "\"trend\"", "trend", "restrend", "rue", "wue")]
    public string? Method { get; init; }

    [JobKey("A climate raster for each year, for restrend, rue and wue", "{ \"2001\": \"rain2001.tif\" }")]
    public Dictionary<string, string>? Climate { get; init; }

    [JobKey("Estimator of the slope", "\"ols\"", "ols", "theil-sen")]
    public string? Slope { get; init; }

    [JobKey("When a trend counts", "\"two-sided\"", "two-sided", "trends-earth")]
    public string? Significance { get; init; }

    [JobKey("How recent years are compared with those before", "\"percentile\"", "percentile", "zscore")]
    public string? State { get; init; }

    [JobKey("Rasters of ecological units for performance", "[\"units.tif\"]")]
    public List<string>? Units { get; init; }

    /// <summary>
    /// No key of a job: whether trend and state alone are an answer, as they are to <c>ldn productivity</c>.
    /// </summary>
    [JsonIgnore]
    public bool UnitsOptional { get; init; }

    [JobKey("Where performance compares: within each zone, or over the whole run", "\"zone\"", "zone", "run")]
    public string? PerformanceScope { get; init; }

    [JobKey("How classes are made of the series", "\"combination\"", "combination", "fao-wocat")]
    public string? LpdMethod { get; init; }

    [JobKey("Fewest valid years of a cell", "8")]
    public int? MinYears { get; init; }

    [JobKey("In place of years: files of a stack of several layers a year, each layer dated", "[\"ndvi_16day.tif\"]")]
    public List<string>? Layers { get; init; }

    [JobKey("What the layers of a year become; only with layers", "{ \"statistic\": \"mean\" }")]
    public IntegrationConfig? Integrate { get; init; }

    [JobKey("Raster of the window's greatest NDVI by period, for the deserts of fao-wocat", "{ \"baseline\": \"max2015.tif\" }")]
    public Dictionary<string, string>? Greatest { get; init; }

    [JobKey("Initial biomass up to which fao-wocat calls it low and medium", "[0.4, 0.7]")]
    public double[]? BiomassLimits { get; init; }

    [JobKey("Greatest NDVI up to which fao-wocat sees a desert", "0.25")]
    public double? DesertLimit { get; init; }

    [JobKey("Difference of means up to which state sees no change, in units of the series", "0.01")]
    public double? StateMinimum { get; init; }

    [JobKey("Step to which means are rounded before performance, in units of the series", "0.0001")]
    public double? Quantum { get; init; }
}

/// <summary>How the layers of a year become one.</summary>
internal sealed record IntegrationConfig
{
    [JobKey("What the valid layers of a year become", "\"mean\"", "mean", "sum")]
    public string? Statistic { get; init; }

    [JobKey("A CSV of layer,date; without it the dates are in the names of bands or files", "\"dates.csv\"")]
    public string? Dates { get; init; }

    [JobKey("Month with which a year starts, 1 to 12", "1")]
    public int? StartMonth { get; init; }

    [JobKey("Fewest valid layers of a cell in a year; half of them without it", "12")]
    public int? MinCount { get; init; }
}

internal sealed record SoilCarbonConfig
{
    [JobKey("What the files are", "\"stocks\"", "stocks", "change", "reference")]
    public string? Kind { get; init; }

    [JobKey("Of kind stocks: a raster in t C/ha for each year", "{ \"2000\": \"soc2000.tif\", \"2015\": \"soc2015.tif\" }")]
    public Dictionary<string, string>? Years { get; init; }

    [JobKey("Of kind change: a raster in per cent by period id or its last year", "{ \"baseline\": \"soc_change.tif\" }")]
    public Dictionary<string, string>? Periods { get; init; }

    [JobKey("Years that are missing, and which year stands in for each", "{ \"2016\": 2015 }")]
    public Dictionary<string, int>? StandIns { get; init; }

    [JobKey("Of kind reference: the stock of the reference year, in t C/ha", "\"soc2000.tif\"")]
    public string? Reference { get; init; }

    [JobKey("The year of the reference stock", "2000")]
    public int? ReferenceYear { get; init; }

    [JobKey("A raster of IPCC climate zones, 1 to 12; or give factor", "\"climate_zones.tif\"")]
    public string? ClimateZones { get; init; }

    [JobKey("A constant factor of cropping in place of climate zones", "0.8")]
    public double? Factor { get; init; }

    [JobKey("A CSV of from,to,factor in place of the default table", "\"factors.csv\"")]
    public string? Factors { get; init; }

    [JobKey("Classes that the table of factors is written in", "\"unccd\"", "unccd", "legend")]
    public string? FactorClasses { get; init; }

    [JobKey("Where between two dated covers the change is placed", "\"middle\"", "middle", "start", "end")]
    public string? Placement { get; init; }

    [JobKey("A raster of management factors", "\"management.tif\"")]
    public string? Management { get; init; }

    [JobKey("A raster of input factors", "\"input.tif\"")]
    public string? Input { get; init; }

    [JobKey("Organic soils, which emit by a table in place of the factors of change",
        "{ \"mask\": \"peat.tif\", \"factors\": \"emissions.csv\" }")]
    public OrganicConfig? Organic { get; init; }

    [JobKey("For rules.socTest interval: a raster of the standard error of the baseline's mean stock, t C/ha", "\"soc_se.tif\"")]
    public string? StandardError { get; init; }

    [JobKey("Further years to write stocks of, beside those the periods need", "[2005, 2010]")]
    public List<int>? OutputYears { get; init; }
}

/// <summary>Organic soils of a stock model (drought §7).</summary>
internal sealed record OrganicConfig
{
    [JobKey("A raster that is not 0 on organic soils, or wetland: wetlands of the reference year", "\"peat.tif\"")]
    public string? Mask { get; init; }

    [JobKey("A CSV of land_cover,climate_zone,t_c_per_ha_year", "\"emissions.csv\"")]
    public string? Factors { get; init; }

    [JobKey("Rasters of what fire took in a year, t C/ha, by year", "{ \"2010\": \"fire2010.tif\" }")]
    public Dictionary<string, string>? Fires { get; init; }
}

internal sealed record ZoneConfig
{
    [JobKey("Polygons of any format GDAL reads, or a raster of whole numbers", "\"countries.geojson\"")]
    public string? File { get; init; }

    [JobKey("Layer of the file, where it has several", "\"adm1\"")]
    public string? Layer { get; init; }

    [JobKey("Attribute with the id of each zone; may be left out where one attribute alone can be", "\"iso3\"")]
    public string? Id { get; init; }

    [JobKey("Attribute with the name of each zone", "\"name\"")]
    public string? Name { get; init; }

    [JobKey("A CSV of group_id,group_name,zone_id, or north-east-asia or m49", "\"groups.csv\"")]
    public string? Groups { get; init; }

    [JobKey("A CSV of zone_id,land_km2, the official land areas", "\"land.csv\"")]
    public string? LandArea { get; init; }

    [JobKey("Whether features that share an id are one zone", "true")]
    public bool? Dissolve { get; init; }
}

internal sealed record TotalConfig
{
    [JobKey("Id of the group, of no zone", "\"MNG\"")]
    public string? Id { get; init; }

    [JobKey("Its name; the id without an answer", "\"Mongolia\"")]
    public string? Name { get; init; }
}

/// <summary>A data source as the UNCCD's forms ask for it (Annex II).</summary>
internal sealed record SourceConfig
{
    [JobKey("Title of the product", "\"ESA CCI land cover\"")]
    public string? Title { get; init; }

    [JobKey("Author or publisher", "\"ESA Climate Change Initiative\"")]
    public string? Publisher { get; init; }

    [JobKey("Where it can be had", "\"https://www.esa-landcover-cci.org\"")]
    public string? Link { get; init; }

    [JobKey("Digital object identifier", "\"10.5067/MODIS/MCD12Q1.061\"")]
    public string? Doi { get; init; }

    [JobKey("Full citation", "\"Friedl and Sulla-Menashe (2022): MCD12Q1 v061. NASA LP DAAC.\"")]
    public string? Citation { get; init; }

    [JobKey("Licence of the data", "\"CC BY 4.0\"")]
    public string? Licence { get; init; }

    [JobKey("Date of publication or of download", "\"2026-05-01\"")]
    public string? Date { get; init; }
}

internal sealed record RulesConfig
{
    [JobKey("A set of rules together; each can be overridden", "\"default\"", "default", "trends-earth")]
    public string? Profile { get; init; }

    [JobKey("What a missing sub-indicator does to the indicator", "\"strict\"", "strict", "precautionary", "available")]
    public string? Missing { get; init; }

    [JobKey("How trend, state and performance combine", "\"prais-2026\"", "prais-2026", "gpg-v2", "gpg-v1")]
    public string? LpdTable { get; init; }

    [JobKey("Change of soil carbon in per cent beyond which it counts", "10")]
    public double? SocThreshold { get; init; }

    [JobKey("Whether a change of exactly the threshold counts", "false")]
    public bool? SocInclusive { get; init; }

    [JobKey("How soil carbon of a reporting period is judged: by the threshold, or by a test against the baseline's yearly "
        + "stocks",
        "\"threshold\"", "threshold", "interval")]
    public string? SocTest { get; init; }

    [JobKey("Level of confidence of the test, above 0 and below 1", "0.95")]
    public double? SocLevel { get; init; }

    [JobKey("What values in no legend do: stop the run, or count as no data", "\"error\"", "error", "nodata")]
    public string? Unmapped { get; init; }

    [JobKey(
        "How condition rasters are read that hold only 1s, and any others (default: as their values tell)", "\"byte\"", "byte",
        "signed")]
    public string? ConditionEncoding { get; init; }

    [JobKey("How the condition of a period becomes a status", "\"addendum-2025\"", "addendum-2025", "progress-2022")]
    public string? Status { get; init; }
}

internal sealed record GridConfig
{
    [JobKey("The run's grid: landCover (its first raster), productivity, soilCarbon, finest, or a file", "\"landCover\"")]
    public string? Like { get; init; }

    [JobKey("Extent of the rasters", "\"zones\"", "zones", "full")]
    public string? Extent { get; init; }

    [JobKey("How inputs are brought onto the grid", "{ \"landCover\": \"mode\", \"soilCarbon\": \"average\" }")]
    public ResamplingConfig? Resampling { get; init; }
}

internal sealed record ResamplingConfig
{
    [JobKey("Of land cover", "\"nearest\"", "nearest", "mode")]
    public string? LandCover { get; init; }

    [JobKey("Of productivity: mode for classes, average for series", "\"nearest\"", "nearest", "mode", "average")]
    public string? Productivity { get; init; }

    [JobKey("Of soil carbon", "\"nearest\"", "nearest", "average")]
    public string? SoilCarbon { get; init; }
}

internal sealed record OutputsConfig
{
    [JobKey("Rasters to write", "[\"indicator\", \"status\"]", "indicator", "sub-indicators", "status", "parts", "neutrality",
        "response", "prais", "drought", "none")]
    public List<string>? Rasters { get; init; }

    [JobKey("Codes of condition rasters: 1, 2, 3 or -1, 0, 1", "\"byte\"", "byte", "signed")]
    public string? Encoding { get; init; }

    [JobKey("Tables to write; csv, json and provenance are always written", "[\"csv\", \"json\", \"html\", \"xlsx\"]")]
    public List<string>? Tables { get; init; }

    [JobKey("Compression of rasters", "\"lzw\"", "lzw", "deflate", "zstd")]
    public string? Compress { get; init; }

    [JobKey("Whether the zones are areas affected: the archive for PRAIS says so and has no rasters", "true")]
    public bool? AffectedAreasOnly { get; init; }

    [JobKey("Date of the archive for PRAIS, year-month-day; without it the end of the last period", "\"2026-11-30\"")]
    public string? ReportDate { get; init; }

    [JobKey("Zones that page, workbook and forms of PRAIS tell of at most; the tables hold all", "1000")]
    public int? ReportZones { get; init; }
}

/// <summary>Serialisation of job files without reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JobConfig))]
[JsonSerializable(typeof(RegionsSection))]
[JsonSerializable(typeof(string))]
internal sealed partial class JobJson : JsonSerializerContext;
