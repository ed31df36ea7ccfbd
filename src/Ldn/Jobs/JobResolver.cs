using System.Globalization;
using System.Text.Json;
using Ldn.Conditions;
using Ldn.Grids;
using Ldn.LandCover;
using Ldn.SoilCarbon;
using Ldn.Tables;

namespace Ldn.Jobs;

/// <summary>Checks a <see cref="JobConfig"/> and fills in defaults, profile and preset. Opens tables of rules, no raster.</summary>
public sealed class JobResolver
{
    private static readonly string[] ProductivityParts = ["trend", "state", "performance"];

    private readonly JobConfig _config;
    private readonly string _folder;
    private readonly List<string> _notes = [];

    private JobResolver(JobConfig config, string folder)
    {
        _config = config;
        _folder = folder;
    }

    /// <param name="config">The job with command-line options already laid over it.</param>
    /// <param name="folder">Folder that relative paths start from.</param>
    /// <exception cref="LdnException">Exit 2 with what is wrong and the choices there are.</exception>
    public static Job Resolve(JobConfig config, string folder) => new JobResolver(config, folder).Resolve();

    private Job Resolve()
    {
        NoteUnsupported();
        HashSet<SubIndicator> without = [.. (_config.Without ?? []).Select(
            w => Choice("without", w, Enum.GetValues<SubIndicator>().Select(s => (s.OptionName(), s))))];
        Rules rules = ResolveRules(_config.Rules ?? new RulesConfig());
        (DatedFiles landCoverYears, bool dated) = (Dated(_config.LandCover?.Years, _config.LandCover?.StandIns, "landCover"), _config.LandCover?.Years is not null);
        IReadOnlyList<Period> periods = ResolvePeriods(landCoverYears, without, rules);
        var job = new Job
        {
            Name = _config.Name ?? "Land degradation",
            Preset = _config.Preset,
            Periods = periods,
            LandCover = Part(SubIndicator.LandCover, without, _config.LandCover, c => ResolveLandCover(c, landCoverYears, periods, dated)),
            Productivity = Part(SubIndicator.Productivity, without, _config.Productivity, c => ResolveProductivity(c, periods, rules)),
            SoilCarbon = Part(SubIndicator.SoilCarbon, without, _config.SoilCarbon, c => ResolveSoilCarbon(c, periods, landCoverYears)),
            WaterMask = _config.Water is { } water ? Resolved(water) : null,
            Zones = [.. (_config.Zones ?? []).Select(ResolveZone)],
            Corrections = _config.Corrections?.File is { } corrections ? Resolved(corrections) : null,
            CorrectionsLayer = _config.Corrections?.Layer,
            Rules = rules,
            Grid = ResolveGrid(_config.Grid ?? new GridConfig(), without, rules),
            Outputs = ResolveOutputs(_config.Outputs ?? new OutputsConfig()),
            NoData = (_config.NoData ?? []).ToDictionary(p => p.Key, p => (IReadOnlyList<double>)p.Value),
            Notes = _notes,
        };
        if (job.Productivity?.Series is { } series)
            job = job with { Periods = [.. periods.Select(p => p with { Productivity = new YearSpan(series.Windows[p.Id].FirstYear, series.Windows[p.Id].LastYear) })] };
        if (!job.SubIndicators.Any())
            throw LdnException.Usage("all three sub-indicators are left out", "keep at least one");
        if (job.LandCover is not null && job.WaterMask is not null)
            throw LdnException.Usage("a water mask is given beside land cover", "water comes from the land cover; drop the mask");
        foreach (SubIndicator sub in without)
            _notes.Add($"partial: computed without {sub.Name()}");
        return job;
    }

    /// <summary>What this version does not compute never blocks a run, but every output says so.</summary>
    private void NoteUnsupported()
    {
        IEnumerable<string> keys = new[] { ("strata", _config.Strata), ("activities", _config.Activities), ("targets", _config.Targets) }
            .SelectMany(k => k.Item2 is { } element ? Given(k.Item1, element) : []);
        _notes.AddRange(keys.Select(key => $"{key}: given in the job, not computed by this version"));

        static IEnumerable<string> Given(string name, JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => [],
            JsonValueKind.Array when element.GetArrayLength() == 0 => [],
            JsonValueKind.Object when name == "strata" => element.EnumerateObject().SelectMany(p => Given($"strata.{p.Name}", p.Value)),
            _ => [name],
        };
    }

    private static T? Part<TConfig, T>(SubIndicator sub, HashSet<SubIndicator> without, TConfig? config, Func<TConfig, T> resolve)
        where TConfig : class
        where T : class
    {
        if (without.Contains(sub))
            return null;
        return config is null
            ? throw LdnException.Usage($"no input for {sub.OptionName()}", $"give it, or leave it out deliberately with --without {sub.OptionName()}")
            : resolve(config);
    }

    private IReadOnlyList<Period> ResolvePeriods(DatedFiles landCover, HashSet<SubIndicator> without, Rules rules)
    {
        IReadOnlyList<Period> periods;
        if (_config.Preset is { } preset)
        {
            if (_config.Periods is not null)
                throw LdnException.Usage("the job has both 'preset' and 'periods'", "keep one of them");
            periods = Presets.Periods(preset, landCover.Files.Keys.Concat(landCover.StandIns.Keys));
            if (rules.Profile == "trends-earth")
                periods = [.. periods.Select(p => p.IsBaseline ? p
                    : p with { LandCover = p.LandCover! with { First = 2015 }, SoilCarbon = p.SoilCarbon! with { First = 2015 } })];
        }
        else
        {
            Dictionary<string, PeriodConfig> given = _config.Periods
                ?? throw LdnException.Usage("the job has neither 'preset' nor 'periods'", $"name a preset: {string.Join(", ", Presets.Names)}");
            periods = [.. given.Select(p => new Period(
                p.Key,
                Span(p.Key, "landCover", p.Value.LandCover),
                Span(p.Key, "productivity", p.Value.Productivity),
                Span(p.Key, "soilCarbon", p.Value.SoilCarbon))).OrderBy(p => !p.IsBaseline).ThenBy(p => p.Id.Length).ThenBy(p => p.Id, StringComparer.Ordinal)];
            string? wrong = periods.Select(p => p.Id).FirstOrDefault(
                id => id != "baseline" && !(id.StartsWith("report_", StringComparison.Ordinal) && int.TryParse(id[7..], NumberStyles.None, null, out int n) && n > 0));
            if (wrong is not null)
                throw LdnException.Usage($"period '{wrong}' is not named as periods are", "call them baseline, report_1, report_2, …");
            if (periods.Count == 0 || !periods[0].IsBaseline)
                throw LdnException.Usage("the job has no baseline period", "every run needs one; status is always against it");
        }

        return [.. periods.Select(p => p with
        {
            LandCover = without.Contains(SubIndicator.LandCover) ? null : p.LandCover,
            Productivity = without.Contains(SubIndicator.Productivity) ? null : p.Productivity,
            SoilCarbon = without.Contains(SubIndicator.SoilCarbon) ? null : p.SoilCarbon,
        })];
    }

    private static YearSpan? Span(string period, string layer, int[]? years) => years switch
    {
        null => null,
        [int first, int last] when first <= last => new YearSpan(first, last),
        _ => throw LdnException.Usage($"period {period}: {layer} must be its first and its last year", "for example [2000, 2015]"),
    };

    private LandCoverInput ResolveLandCover(LandCoverConfig config, DatedFiles years, IReadOnlyList<Period> periods, bool dated)
    {
        foreach (Period period in periods)
        {
            YearSpan span = period.LandCover ?? throw LdnException.Usage($"period {period.Id} names no years of land cover");
            Demand(years, span.First, "land cover", period.Id);
            Demand(years, span.Last, "land cover", period.Id);
        }

        Legend legend = ResolveLegend(config);
        TransitionMatrix matrix = config.Matrix is { } file ? TransitionMatrix.Load(Resolved(file), legend) : TransitionMatrix.Default(legend);
        RegionsInput? regions = config.Regions is null ? null : new RegionsInput(
            Resolved(config.Regions.Zones ?? throw LdnException.Usage("regional matrices need 'zones', the polygons or raster of the regions")),
            config.Regions.Layer,
            RegionMatrices.Load(Resolved(config.Regions.Matrices ?? throw LdnException.Usage("regional matrices need 'matrices', a CSV of region,matrix")), legend),
            Choice("regions.outside", config.Regions.Outside ?? "error", [("error", false), ("default", true)]));
        return new LandCoverInput(legend, matrix, regions, years, dated);
    }

    private ProductivityInput ResolveProductivity(ProductivityConfig config, IReadOnlyList<Period> periods, Rules rules)
    {
        ProductivityKind kind = Choice(
            "productivity.kind", config.Kind ?? "lpd",
            [("lpd", ProductivityKind.Lpd), ("condition", ProductivityKind.Condition), ("parts", ProductivityKind.Parts), ("series", ProductivityKind.Series)]);
        if (kind == ProductivityKind.Series)
        {
            return new ProductivityInput(kind, new Dictionary<string, string[]>())
            {
                Series = new SeriesResolver(config, Resolved, _notes).Resolve(periods, rules.Profile),
            };
        }

        var files = new Dictionary<string, string[]>();
        foreach (Period period in periods)
        {
            if (config.Periods?.TryGetValue(period.Id, out JsonElement value) != true)
            {
                throw LdnException.Usage(
                    $"productivity of period {period.Id} is missing",
                    $"productivity.periods has {string.Join(", ", config.Periods?.Keys.AsEnumerable() ?? ["nothing"])}");
            }

            files[period.Id] = kind == ProductivityKind.Parts
                ? [.. ProductivityParts.Select(part => Text(value, part, period.Id))]
                : [value.ValueKind == JsonValueKind.String ? Resolved(value.GetString()!)
                    : throw LdnException.Usage($"productivity of period {period.Id} must be a file name")];
        }

        return new ProductivityInput(kind, files);
    }

    private string Text(JsonElement value, string part, string period) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(part, out JsonElement file) && file.ValueKind == JsonValueKind.String
            ? Resolved(file.GetString()!)
            : throw LdnException.Usage($"productivity of period {period} has no {part}", "parts need trend, state and performance");

    private SoilCarbonInput ResolveSoilCarbon(SoilCarbonConfig config, IReadOnlyList<Period> periods, DatedFiles covers)
    {
        SoilCarbonKind kind = Choice(
            "soilCarbon.kind", config.Kind ?? "stocks",
            [("stocks", SoilCarbonKind.Stocks), ("change", SoilCarbonKind.Change), ("reference", SoilCarbonKind.Reference)]);
        DatedFiles years = Dated(config.Years, config.StandIns, "soilCarbon");
        var changes = new Dictionary<string, string>();
        foreach (Period period in periods)
        {
            if (kind == SoilCarbonKind.Change)
            {
                changes[period.Id] = config.Periods?.TryGetValue(period.Id, out string? file) == true
                    ? Resolved(file)
                    : throw LdnException.Usage($"soil carbon change of period {period.Id} is missing", "name a per-cent raster for each period");
                continue;
            }

            YearSpan span = period.SoilCarbon ?? throw LdnException.Usage($"period {period.Id} names no years of soil carbon");
            if (kind == SoilCarbonKind.Reference)
                continue;
            Demand(years, span.First, "soil carbon", period.Id);
            Demand(years, span.Last, "soil carbon", period.Id);
        }

        return new SoilCarbonInput(kind, years, changes, kind == SoilCarbonKind.Reference ? ResolveModel(config, covers) : null)
        {
            MoreYears = config.OutputYears ?? [],
        };
    }

    private StockModelInput ResolveModel(SoilCarbonConfig config, DatedFiles covers)
    {
        if (config.ClimateZones is null == config.Factor is null)
            throw LdnException.Usage("soil carbon from land cover needs climate zones or a constant factor", "give exactly one of 'climateZones' and 'factor'");
        Legend legend = ResolveLegend(_config.LandCover ?? throw LdnException.Usage("soil carbon from land cover needs land cover", "give landCover its years and legend"));
        bool inLegend = Choice("soilCarbon.factorClasses", config.FactorClasses ?? "unccd", [("unccd", false), ("legend", true)]);
        StockChangeFactors factors = config.Factors is { } file ? StockChangeFactors.Load(Resolved(file), inLegend ? legend : null)
            : inLegend ? throw LdnException.Usage("factorClasses 'legend' needs a table of factors", "give soilCarbon.factors") : StockChangeFactors.Default;
        return new StockModelInput(
            Resolved(config.Reference ?? throw LdnException.Usage("soil carbon from land cover has no reference stock", "give soilCarbon.reference")),
            config.ReferenceYear ?? 2000,
            config.ClimateZones is { } zones ? Resolved(zones) : null,
            config.Factor is { } f ? StockChangeFactors.CheckedCropFactor(f) : null,
            factors,
            Choice("soilCarbon.placement", config.Placement ?? "middle",
                [("middle", ChangePlacement.Middle), ("start", ChangePlacement.Start), ("end", ChangePlacement.End)]),
            config.Management is { } management ? Resolved(management) : null,
            config.Input is { } input ? Resolved(input) : null,
            legend,
            covers);
    }

    private Legend ResolveLegend(LandCoverConfig config)
    {
        string name = config.Legend ?? throw LdnException.Usage("land cover has no legend", "name a built-in one or a CSV file");
        Legend legend = Legend.Load(Legend.BuiltInNames.Contains(name) ? name : Resolved(name));
        return _config.NoData?.GetValueOrDefault("land-cover") is { } fills ? legend.WithNoData(fills.Select(v => (int)v)) : legend;
    }

    private DatedFiles Dated(Dictionary<string, string>? files, Dictionary<string, int>? standIns, string layer) => new(
        new SortedDictionary<int, string>((files ?? []).ToDictionary(f => Year(f.Key, layer), f => Resolved(f.Value))),
        (standIns ?? []).ToDictionary(s => Year(s.Key, layer), s => s.Value));

    private static int Year(string text, string layer) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int year)
            ? year
            : throw LdnException.Usage($"{layer}: '{text}' is not a year");

    private void Demand(DatedFiles years, int year, string layer, string period)
    {
        if (!years.Has(year))
        {
            int nearest = years.Files.Keys.DefaultIfEmpty(year - 1).MinBy(y => Math.Abs(y - year));
            throw LdnException.Usage(
                $"{layer} of {year}, needed by period {period}, is missing; there are {string.Join(", ", years.Files.Keys)}",
                $"add it, or name its stand-in, such as \"standIns\": {{ \"{year}\": {nearest} }}");
        }

        if (years.Serving(year) is int serving && serving != year)
        {
            string note = $"{layer} of {serving} stands in for {year}";
            if (!_notes.Contains(note))
                _notes.Add(note);
        }
    }

    private ZoneLayerInput ResolveZone(ZoneConfig zone)
    {
        string file = zone.File ?? throw LdnException.Usage("a zone layer has no 'file'");
        bool builtIn = zone.Groups is "north-east-asia" or "m49";
        return new ZoneLayerInput(
            Resolved(file), zone.Layer, zone.Id, zone.Name,
            zone.Groups is null || builtIn ? zone.Groups : Resolved(zone.Groups),
            zone.LandArea is null ? null : Resolved(zone.LandArea), zone.Dissolve ?? false);
    }

    private static Rules ResolveRules(RulesConfig config)
    {
        string profile = Choice("profile", config.Profile ?? "default", [("default", "default"), ("trends-earth", "trends-earth")]);
        bool trendsEarth = profile == "trends-earth";
        return new Rules(
            profile,
            Choice("missing", config.Missing ?? "strict",
                Enum.GetValues<MissingDataPolicy>().Select(p => (p.ToString().ToLowerInvariant(), p))),
            Choice("lpdTable", config.LpdTable ?? "prais-2026", [("prais-2026", "prais-2026"), ("gpg-v2", "gpg-v2"), ("gpg-v1", "gpg-v1")]),
            config.SocThreshold ?? 10,
            config.SocInclusive ?? trendsEarth,
            Choice("unmapped", config.Unmapped ?? "error", [("error", false), ("nodata", true)]),
            !trendsEarth,
            Choice("status", config.Status ?? "addendum-2025",
                [("addendum-2025", StatusRule.Addendum2025), ("progress-2022", StatusRule.Progress2022)]));
    }

    private GridOptions ResolveGrid(GridConfig config, HashSet<SubIndicator> without, Rules rules)
    {
        string[] known = ["landCover", "productivity", "soilCarbon", "finest"];
        string first = !without.Contains(SubIndicator.LandCover) ? "landCover"
            : !without.Contains(SubIndicator.Productivity) ? "productivity" : "soilCarbon";
        string like = config.Like ?? (rules.Profile == "trends-earth" ? "finest" : first);
        ResamplingConfig resampling = config.Resampling ?? new ResamplingConfig();
        (string, Resampling)[] classes = [("nearest", Resampling.Nearest), ("mode", Resampling.Mode)];
        (string, Resampling)[] values = [("nearest", Resampling.Nearest), ("average", Resampling.Average)];
        return new GridOptions(
            known.Contains(like) ? like : Resolved(like),
            Choice("extent", config.Extent ?? "zones", [("zones", false), ("full", true)]),
            Choice("grid.resampling.landCover", resampling.LandCover ?? "nearest", classes),
            Choice("grid.resampling.productivity", resampling.Productivity ?? "nearest", _config.Productivity?.Kind == "series" ? values : classes),
            Choice("grid.resampling.soilCarbon", resampling.SoilCarbon ?? "nearest", values));
    }

    private static OutputOptions ResolveOutputs(OutputsConfig config)
    {
        (string, RasterOutputs)[] rasters =
        [
            ("indicator", RasterOutputs.Indicator), ("sub-indicators", RasterOutputs.SubIndicators), ("status", RasterOutputs.Status),
            ("parts", RasterOutputs.Parts), ("none", RasterOutputs.None),
        ];
        IEnumerable<string> chosen = config.Rasters ?? ["indicator", "sub-indicators", "status"];
        return new OutputOptions(
            chosen.Select(r => Choice("rasters", r, rasters)).Aggregate(RasterOutputs.None, (all, one) => all | one),
            Choice("encoding", config.Encoding ?? "byte", [("byte", false), ("signed", true)]),
            (config.Tables ?? [.. OutputOptions.KnownTables]).Select(
                t => Choice("tables", t, OutputOptions.KnownTables.Select(k => (k, k)))).ToHashSet(),
            Choice("compress", config.Compress ?? "lzw",
                [("lzw", RasterCompression.Lzw), ("deflate", RasterCompression.Deflate), ("zstd", RasterCompression.Zstd)]));
    }

    /// <summary>The value of a name, or an error that lists the names there are.</summary>
    internal static T Choice<T>(string option, string given, IEnumerable<(string Name, T Value)> choices)
    {
        (string Name, T Value)[] all = [.. choices];
        foreach ((string name, T value) in all)
            if (name == given)
                return value;
        string[] names = [.. all.Select(c => c.Name)];
        throw LdnException.Usage($"{option}: unknown value '{given}'{NearestName.Hint(given, names)}", $"use one of {string.Join(", ", names)}");
    }

    /// <summary>Paths are relative to the job; GDAL's own names (/vsi…, NETCDF:"f":v) pass as they are.</summary>
    private string Resolved(string name) =>
        name.StartsWith("/vsi", StringComparison.Ordinal) || name.Contains(":\"", StringComparison.Ordinal) || Path.IsPathRooted(name)
            ? name
            : Path.Combine(_folder, name);
}
