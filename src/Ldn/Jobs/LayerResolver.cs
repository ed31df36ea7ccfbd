using System.Text.Json;
using Ldn.LandCover;
using Ldn.SoilCarbon;

namespace Ldn.Jobs;

/// <summary>
/// Checks the three sub-indicators of a job against its periods: the kind of each, its files by year or period, its tables.
/// </summary>
/// <param name="job">The whole job, for the legend that soil carbon shares with land cover.</param>
/// <param name="files">Resolves names.</param>
/// <param name="periods">The periods that each layer must serve.</param>
/// <param name="covers">Land cover by year.</param>
/// <param name="profile">The profile in force.</param>
/// <param name="notes">Takes the stand-ins that are used.</param>
/// <param name="faults">Takes what is wrong; where it throws, the first ends the reading.</param>
internal sealed class LayerResolver(
    JobConfig job, JobFiles files, IReadOnlyList<Period> periods, DatedFiles covers, string profile, List<string> notes,
        JobFaults faults)
{
    private static readonly string[] ProductivityParts = ["trend", "state", "performance"];

    public LandCoverInput LandCover(LandCoverConfig config)
    {
        DemandYears(covers, "landCover", "land cover", p => p.LandCover);

        Legend legend = LegendOf(config);
        TransitionMatrix matrix = config.Matrix is { } file ? TransitionMatrix.Load(files.Resolved(file), legend)
            : TransitionMatrix.Default(legend);
        RegionsInput? regions = config.Regions is null ? null : new RegionsInput(
            files.Resolved(config.Regions.Zones
                ?? throw Fault.Job.Error("regional matrices need 'zones', the polygons or raster of the regions")),
            config.Regions.Layer,
            RegionMatrices.Load(files.Resolved(config.Regions.Matrices
                ?? throw Fault.Job.Error("regional matrices need 'matrices', a CSV of region,matrix")), legend),
            faults.Choice("landCover.regions.outside", config.Regions.Outside ?? "error", [("error", false), ("default", true)]));
        return new LandCoverInput(legend, matrix, regions, covers, config.Years is not null);
    }

    public ProductivityInput Productivity(ProductivityConfig config)
    {
        ProductivityKind kind = faults.Choice(
            "productivity.kind", config.Kind ?? "lpd",
            [("lpd", ProductivityKind.Lpd), ("condition", ProductivityKind.Condition), ("parts", ProductivityKind.Parts),
                ("series", ProductivityKind.Series)]);
        if (kind == ProductivityKind.Series)
        {
            return new ProductivityInput(kind, new Dictionary<string, string[]>())
            {
                Series = new SeriesResolver(config, files.Resolved, notes, faults).Resolve(periods, profile),
            };
        }

        var rasters = new Dictionary<string, string[]>();
        foreach (Period period in periods)
        {
            rasters[period.Id] = faults.Try<string[]>("productivity.periods", () =>
            {
                JsonElement value = OfPeriod("productivity", config.Periods, period.Id, period.Productivity);
                return kind == ProductivityKind.Parts
                    ? [.. ProductivityParts.Select(part => Text(value, part, period.Id))]
                    : [value.ValueKind == JsonValueKind.String ? files.Resolved(value.GetString()!)
                        : throw Fault.Job.Error(
                            $"productivity of period {period.Id} must be a file name where kind is "
                                + $"{kind.ToString().ToLowerInvariant()}",
                            $"write \"{period.Id}\": \"file.tif\", or choose another kind")];
            }, []);
        }

        return new ProductivityInput(kind, rasters);
    }

    private string Text(JsonElement value, string part, string period) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(part, out JsonElement file)
            && file.ValueKind == JsonValueKind.String
            ? files.Resolved(file.GetString()!)
            : throw Fault.Job.Error($"productivity of period {period} has no {part}", "parts need trend, state and performance");

    public SoilCarbonInput SoilCarbon(SoilCarbonConfig config)
    {
        SoilCarbonKind kind = faults.Choice(
            "soilCarbon.kind", config.Kind ?? "stocks",
            [("stocks", SoilCarbonKind.Stocks), ("change", SoilCarbonKind.Change), ("reference", SoilCarbonKind.Reference)]);
        DatedFiles years = files.Dated(config.Years, config.StandIns, "soilCarbon");
        var changes = new Dictionary<string, string>();
        foreach (Period period in periods)
        {
            if (kind == SoilCarbonKind.Change)
            {
                changes[period.Id] = faults.Try(
                    "soilCarbon.periods",
                        () => files.Resolved(OfPeriod("soilCarbon", config.Periods, period.Id, period.SoilCarbon)), "");
            }
        }

        if (kind != SoilCarbonKind.Change)
            DemandYears(kind == SoilCarbonKind.Stocks ? years : null, "soilCarbon", "soil carbon", p => p.SoilCarbon);
        return new SoilCarbonInput(kind, years, changes, kind == SoilCarbonKind.Reference ? Model(config) : null)
        {
            MoreYears = config.OutputYears ?? [],
            StandardError = config.StandardError is { } error ? files.Resolved(error) : null,
        };
    }

    private StockModelInput Model(SoilCarbonConfig config)
    {
        if (config.ClimateZones is null == config.Factor is null)
            throw Fault.Job.Error("soil carbon from land cover needs climate zones or a constant factor",
                "give exactly one of 'climateZones' and 'factor'");
        Legend legend = LegendOf(job.LandCover
            ?? throw Fault.Job.Error("soil carbon from land cover needs land cover", "give landCover its years and legend"));
        bool inLegend = faults.Choice("soilCarbon.factorClasses", config.FactorClasses ?? "unccd",
            [("unccd", false), ("legend", true)]);
        StockChangeFactors factors = config.Factors is { } file
            ? StockChangeFactors.Load(files.Resolved(file), inLegend ? legend : null)
            : inLegend ? throw Fault.Job.Error("factorClasses 'legend' needs a table of factors", "give soilCarbon.factors")
                : StockChangeFactors.Default;
        return new StockModelInput(
            files.Resolved(config.Reference
                ?? throw Fault.Job.Error("soil carbon from land cover has no reference stock", "give soilCarbon.reference")),
            config.ReferenceYear ?? 2000,
            config.ClimateZones is { } zones ? files.Resolved(zones) : null,
            config.Factor is { } f ? StockChangeFactors.CheckedCropFactor(f) : null,
            factors,
            faults.Choice("soilCarbon.placement", config.Placement ?? "middle",
                [("middle", ChangePlacement.Middle), ("start", ChangePlacement.Start), ("end", ChangePlacement.End)]),
            config.Management is { } management ? files.Resolved(management) : null,
            config.Input is { } input ? files.Resolved(input) : null,
            legend,
            covers)
        {
            Organic = config.Organic is { } organic ? Organic(organic, config, inLegend ? legend : null) : null,
        };
    }

    private OrganicInput Organic(OrganicConfig organic, SoilCarbonConfig config, Legend? legend)
    {
        string mask = organic.Mask ?? throw Fault.Job.Error("organic soils have no mask",
            "name a raster that is not 0 there, or \"wetland\" for the wetlands of the reference year");
        var soils = OrganicSoils.Load(files.Resolved(organic.Factors
            ?? throw Fault.Job.Error("organic soils have no table of factors",
                "give soilCarbon.organic.factors, a CSV of land_cover,climate_zone,t_c_per_ha_year")), legend);
        if (soils.UsesZones && config.ClimateZones is null)
            throw Fault.Job.Error("factors of organic soils are by climate zone, and there is no raster of these",
                "give soilCarbon.climateZones, or leave climate_zone empty in the table");
        SortedDictionary<int, string> fires = files.Dated(organic.Fires, null, "soilCarbon.organic.fires").Files;
        int first = config.ReferenceYear ?? 2000;
        int last = periods.Select(p => p.SoilCarbon?.Last ?? first).Concat(config.OutputYears ?? []).DefaultIfEmpty(first).Max();
        // Where the periods have faults of their own, nothing can be said of the fires yet.
        if (periods.Count > 0 && fires.Keys.FirstOrDefault(year => year < first || year >= last) is not 0 and int year)
            throw Fault.Job.Error($"fires of {year} act on no stock of the run, whose years are {first} to {last}",
                $"give fires of {first} to {last - 1}");
        return new OrganicInput(mask == "wetland" ? null : files.Resolved(mask), soils, fires);
    }

    private Legend LegendOf(LandCoverConfig config)
    {
        string name = config.Legend ?? throw Fault.Job.Error("land cover has no legend", "name a built-in one or a CSV file");
        // A name that is no path and no file beside the job is a built-in one, misspelt.
        bool isFile = !Legend.BuiltInNames.Contains(name)
            && (Path.HasExtension(name) || name.AsSpan().ContainsAny('/', '\\') || File.Exists(files.Located(name)));
        Legend legend = Legend.Load(isFile ? files.Resolved(name) : name);
        return job.NoData?.GetValueOrDefault("land-cover") is { } fills ? legend.WithNoData(fills.Select(v => (int)v)) : legend;
    }

    /// <summary>What is given for a period, by its id or by its last year.</summary>
    public static T OfPeriod<T>(string layer, Dictionary<string, T>? given, string id, YearSpan? years) =>
        given?.TryGetValue(id, out T? value) == true || given?.TryGetValue($"{years?.Last}", out value) == true ? value
            : throw Fault.Job.Error(
                $"{layer} of period {id} is missing",
                $"{layer}.periods has {string.Join(", ", given?.Keys.AsEnumerable() ?? ["nothing"])}; name one for each period, "
                    + $"by its id{(years is null ? "" : $" or its last year, {years.Last}")}");

    /// <summary>
    /// The first and last year of every period, each from its file or a stand-in; without <paramref name="years"/> only that the
    /// period names them.
    /// </summary>
    private void DemandYears(DatedFiles? years, string key, string layer, Func<Period, YearSpan?> spanOf)
    {
        foreach (Period period in periods)
        {
            if (spanOf(period) is not { } span)
            {
                faults.Add($"periods.{period.Id}", Fault.Job.Error(
                    $"period {period.Id} names no years of {layer}",
                        $"add \"{key}\": [2000, 2015] to periods.{period.Id}, or leave the sub-indicator out with 'without'"));
                continue;
            }

            foreach (int year in years is null ? [] : new[] { span.First, span.Last }.Distinct())
                faults.Try($"{key}.years", () => Demand(years!, year, layer, period.Id));
        }
    }

    private void Demand(DatedFiles years, int year, string layer, string period)
    {
        if (!years.Has(year))
        {
            string missing = $"{layer} of {year}, needed by period {period}, is missing";
            if (years.StandIns.TryGetValue(year, out int stand))
                throw Fault.Job.Error(
                    $"{missing}, and so is {stand}, which is to stand in for it",
                    $"name a stand-in that is there: {string.Join(", ", years.Files.Keys)}");
            if (years.StandIns.FirstOrDefault(s => s.Value == year && years.Files.ContainsKey(s.Key)) is { Value: not 0 } turned)
                throw Fault.Job.Error(
                    $"{missing}; standIns has it as the year that stands in for {turned.Key}",
                    $"the missing year comes first: \"standIns\": {{ \"{year}\": {turned.Key} }}");
            int nearest = years.Files.Keys.DefaultIfEmpty(year - 1).MinBy(y => Math.Abs(y - year));
            throw Fault.Job.Error(
                $"{missing}; there are {string.Join(", ", years.Files.Keys)}",
                $"add it, or name its stand-in, such as \"standIns\": {{ \"{year}\": {nearest} }}");
        }

        if (years.Serving(year) is int serving && serving != year)
        {
            string note = $"{layer} of {serving} stands in for {year}";
            if (!notes.Contains(note))
                notes.Add(note);
        }
    }
}
