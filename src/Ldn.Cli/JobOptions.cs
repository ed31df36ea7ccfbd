using System.CommandLine;
using System.Globalization;
using Ldn.Jobs;
using Ldn.Subjects;

namespace Ldn.Cli;

/// <summary>
/// The flags that describe a job: the short form for one period, and the scalars of a job file that flags override. Each is defined once.
/// </summary>
internal sealed class JobOptions : OptionSet
{
    /// <summary>Flags for rasters made elsewhere.</summary>
    public static IReadOnlyCollection<string> ForGivenRasters { get; } =
        ["--zones", "--zone-layer", "--zone-id", "--zone-name", "--dissolve", "--groups", "--land-area", "--water", "--nodata", "--name", "--unmapped", "--like", "--hash-remote"];

    /// <summary>Flags for what is asked of a finished run.</summary>
    public static IReadOnlyCollection<string> ForNeutrality { get; } =
    [
        "--zones", "--zone-layer", "--zone-id", "--zone-name", "--dissolve", "--groups", "--land-area", "--water", "--nodata", "--name", "--activities", "--land-types", "--targets",
        "--risk", "--severity", "--cost", "--hotspot-km", "--target-year", "--rasters", "--compress", "--hash-remote",
    ];

    /// <summary>Flags for productivity alone.</summary>
    public static IReadOnlyCollection<string> ForProductivity { get; } =
    [
        "--zones", "--zone-layer", "--zone-id", "--zone-name", "--dissolve", "--groups", "--land-area", "--years", "--water", "--corrections", "--nodata",
        "--name", "--preset", "--profile", "--missing", "--lpd-table", "--status", "--rasters", "--tables", "--extent", "--like", "--encoding", "--compress", "--hash-remote",
    ];

    private readonly InputOptions _inputs = new();
    private readonly NeutralityOptions _neutrality = new();
    private readonly IReadOnlyList<Option> _taken;

    /// <param name="only">The flags that have a meaning for the command; null for all.</param>
    public JobOptions(IReadOnlyCollection<string>? only = null)
    {
        Zones = Text("--zones", "FILE", "Zones: polygons of any OGR format, or a raster of integers; without: one zone, all");
        ZoneLayer = Text("--zone-layer", "LAYER", "Layer of the zones, where the file has several");
        ZoneId = Text("--zone-id", "FIELD", "Attribute with the zones' ids");
        ZoneName = Text("--zone-name", "FIELD", "Attribute with the zones' names (default: the id)");
        Dissolve = Flag("--dissolve", "Take features that share an id as one zone");
        Groups = Text("--groups", "NAME|FILE", "Groups of zones: north-east-asia, m49 or a CSV");
        LandArea = Text("--land-area", "FILE", "Official land areas, CSV zone_id,land_km2");
        Water = Text("--water", "FILE", "Water mask, non-zero is water; only without land cover");
        Corrections = Text("--corrections", "FILE", "Correction polygons");
        Activities = Text("--activities", "FILE", "Polygons of restoration and control projects: id, name, stakeholder, type, start_year");
        Without = List("--without", "NAME", "Leave a sub-indicator out: land-cover, productivity, soil-carbon");
        NoData = List("--nodata", "LAYER=V[,V]", "Undeclared fill values of a layer");
        Name = Text("--name", "TEXT", "Name of the job");
        Preset = Text("--preset", "NAME", "Periods: unccd-2018, unccd-2022, unccd-2026, yearly");
        Profile = Text("--profile", "NAME", "default or trends-earth");
        Missing = Text("--missing", "POLICY", "Missing data: strict (default), precautionary, available");
        LpdTable = Text("--lpd-table", "NAME", "prais-2026 (default), gpg-v2, gpg-v1; for productivity given as parts");
        SocThreshold = Text("--soc-threshold", "PERCENT", "Soil carbon threshold (default: 10)");
        SocInclusive = Flag("--soc-inclusive", "A change of exactly the threshold counts");
        StatusRule = Text("--status", "RULE", "addendum-2025 (default) or progress-2022");
        Unmapped = Text("--unmapped", "error|nodata", "Values in no legend (default: error)");
        Rasters = Text("--rasters", "LIST", "indicator, sub-indicators, status, neutrality, response, parts, none (default: all but parts)");
        Tables = Text("--tables", "LIST", "csv, json, html, xlsx, gpkg, prais (default: all; csv, json and provenance are always written)");
        Extent = Text("--extent", "zones|full", "Extent of the rasters (default: zones)");
        Like = Text("--like", "LAYER|FILE", "The run's grid: landCover (default), productivity, soilCarbon, finest or a file");
        Encoding = Text("--encoding", "byte|signed", "Condition rasters as 1, 2, 3 (default) or -1, 0, 1");
        Compress = Text("--compress", "NAME", "lzw (default), deflate, zstd");
        HashRemote = Flag("--hash-remote", "Read remote inputs through for their SHA-256 (default: their size and time of change stand for them)");
        _taken = [.. _inputs.All.Concat(All).Concat(_neutrality.All).Where(option => only is null || only.Contains(option.Name))];
    }

    private Option<string?> Zones { get; }

    private Option<string?> ZoneLayer { get; }

    private Option<string?> ZoneId { get; }

    private Option<string?> ZoneName { get; }

    private Option<bool?> Dissolve { get; }

    private Option<string?> Groups { get; }

    private Option<string?> LandArea { get; }

    private Option<string?> Water { get; }

    private Option<string?> Corrections { get; }

    private Option<string?> Activities { get; }

    private Option<string[]> Without { get; }

    private Option<string[]> NoData { get; }

    private Option<string?> Name { get; }

    private Option<string?> Preset { get; }

    private Option<string?> Profile { get; }

    private Option<string?> Missing { get; }

    private Option<string?> LpdTable { get; }

    private Option<string?> SocThreshold { get; }

    private Option<bool?> SocInclusive { get; }

    private Option<string?> StatusRule { get; }

    private Option<string?> Unmapped { get; }

    private Option<string?> Rasters { get; }

    private Option<string?> Tables { get; }

    private Option<string?> Extent { get; }

    private Option<string?> Like { get; }

    private Option<string?> Encoding { get; }

    private Option<string?> Compress { get; }

    private Option<bool?> HashRemote { get; }

    public string? LegendOf(ParseResult parsed) => _inputs.LegendOf(parsed);

    /// <inheritdoc cref="InputOptions.YearsOf(ParseResult)"/>
    public (int First, int Last)? YearsOf(ParseResult parsed) => _inputs.YearsOf(parsed);

    public void AddTo(Command command)
    {
        foreach (Option option in _taken)
            command.Options.Add(option);
    }

    /// <summary>Whether remote inputs are read through for their hash.</summary>
    public bool HashesRemote(ParseResult parsed) => parsed.GetValue(HashRemote) ?? false;

    /// <summary>The job's options as given on the command line, for the record.</summary>
    public SortedDictionary<string, string> Given(ParseResult parsed)
    {
        var given = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (Option option in _taken)
            if (parsed.GetResult(option) is { Implicit: false } result)
                given[option.Name.TrimStart('-')] = string.Join(',', result.Tokens.Select(t => t.Value)) is { Length: > 0 } text ? text : "true";
        return given;
    }

    /// <summary>Lays the flags over a job file, or makes a job of them alone.</summary>
    public JobConfig Overlay(JobConfig? file, ParseResult parsed)
    {
        string? Get(Option<string?> option) => parsed.GetValue(option);
        JobConfig job = file ?? _inputs.Job(parsed);
        ZoneConfig[] zones = Get(Zones) is { } zoneFile ? [new ZoneConfig { File = file is null ? zoneFile : Path.GetFullPath(zoneFile) }] : [.. job.Zones ?? []];
        if (zones.Length > 0)
        {
            zones[0] = zones[0] with
            {
                Layer = Get(ZoneLayer) ?? zones[0].Layer,
                Id = Get(ZoneId) ?? zones[0].Id,
                Name = Get(ZoneName) ?? zones[0].Name,
                Groups = Get(Groups) ?? zones[0].Groups,
                LandArea = Get(LandArea) is { } area ? Path.GetFullPath(area) : zones[0].LandArea,
                Dissolve = parsed.GetValue(Dissolve) ?? zones[0].Dissolve,
            };
        }

        RulesConfig rules = job.Rules ?? new RulesConfig();
        OutputsConfig outputs = job.Outputs ?? new OutputsConfig();
        GridConfig grid = job.Grid ?? new GridConfig();
        return job with
        {
            Name = Get(Name) ?? job.Name,
            Preset = Get(Preset) ?? job.Preset,
            Periods = Get(Preset) is null ? job.Periods : null,
            Zones = [.. zones],
            Water = Get(Water) is { } water ? Path.GetFullPath(water) : job.Water,
            Without = parsed.GetValue(Without) is { Length: > 0 } without ? [.. without] : job.Without,
            Activities = Get(Activities) is { } activities ? (job.Activities ?? new ActivitiesConfig()) with { File = Path.GetFullPath(activities) } : job.Activities,
            Corrections = Get(Corrections) is { } corrections ? new CorrectionsConfig { File = Path.GetFullPath(corrections) } : job.Corrections,
            Strata = _neutrality.Overlay(job.Strata, parsed),
            Targets = _neutrality.TargetsOf(parsed) ?? job.Targets,
            NoData = MergedNoData(job.NoData, parsed),
            Rules = rules with
            {
                Profile = Get(Profile) ?? rules.Profile,
                Missing = Get(Missing) ?? rules.Missing,
                LpdTable = Get(LpdTable) ?? rules.LpdTable,
                SocThreshold = Get(SocThreshold) is { } threshold ? Number("--soc-threshold", threshold) : rules.SocThreshold,
                SocInclusive = parsed.GetValue(SocInclusive) ?? rules.SocInclusive,
                Status = Get(StatusRule) ?? rules.Status,
                Unmapped = Get(Unmapped) ?? rules.Unmapped,
            },
            Outputs = outputs with
            {
                Rasters = Names(Get(Rasters)) ?? outputs.Rasters,
                Tables = Names(Get(Tables)) ?? outputs.Tables,
                Encoding = Get(Encoding) ?? outputs.Encoding,
                Compress = Get(Compress) ?? outputs.Compress,
            },
            Grid = grid with { Like = Get(Like) ?? grid.Like, Extent = Get(Extent) ?? grid.Extent },
        };
    }

    private Dictionary<string, List<double>>? MergedNoData(Dictionary<string, List<double>>? file, ParseResult parsed)
    {
        if (parsed.GetValue(NoData) is not { Length: > 0 } given)
            return file;
        var all = new Dictionary<string, List<double>>(file ?? []);
        foreach (string item in given)
        {
            if (item.Split('=', 2) is not [string layer, string values] || layer.Length == 0)
                throw LdnException.Usage($"--nodata {item} is not LAYER=VALUE", "for example --nodata soc=-9999");
            string key = _inputs.Layer(layer, parsed);
            all[key] = [.. all.GetValueOrDefault(key) ?? [], .. values.Split(',').Select(v => Number("--nodata", v))];
        }

        return all;
    }

    private static double Number(string option, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : throw LdnException.Usage($"{option}: '{text}' is not a number");

    private static List<string>? Names(string? list) => list is null ? null : [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
}
