using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Ldn.Indicator;
using Ldn.LandCover;

namespace Ldn.Jobs;

/// <summary>
/// Lays what each region has of its own over the job's blocks, key by key, and checks the result as the job itself is checked
/// (drought §6).
/// </summary>
/// <param name="config">The job as written.</param>
/// <param name="files">Resolves names.</param>
/// <param name="covers">Land cover by year.</param>
/// <param name="notes">Takes the stand-ins that are used.</param>
/// <param name="faults">Takes what is wrong.</param>
internal sealed class RegionsResolver(
    JobConfig config, JobFiles files, DatedFiles covers, List<string> notes, JobFaults faults)
{
    public static SectionKey<RegionsSection> Key { get; } = new(
        "regions", JobJson.Default.RegionsSection,
        "Regions with matrices, productivity, soil-carbon factors and thresholds of their own",
        "{ \"zones\": \"ecoregions.gpkg\", \"id\": \"region\", \"define\": { \"north\": { \"rules\": { \"socThreshold\": 5 } }, "
            + "\"south\": {} } }");

    /// <summary>
    /// The productivity of a job: as written or, where it is not because every region has its own, that of the first region.
    /// </summary>
    public static ProductivityConfig? ProductivityOf(JobConfig config, RegionsSection? regions) => config.Productivity
        ?? (regions is { Define: { Count: > 0 } define, Outside: not RegionSet.Default }
            && define.Values.All(r => r?.Productivity?.Kind is not null) ? define.Values.First().Productivity : null);

    /// <summary>The job with its regions.</summary>
    public Job Resolve(Job job, RegionsSection section)
    {
        string zones = files.Resolved(section.Zones
            ?? throw Fault.Job.Error("regions have no 'zones'", "name their polygons or their raster"));
        if (section.Define is not { Count: > 0 } define)
            throw Fault.Job.Error("regions have no 'define'", "name every region by its id: \"define\": { \"north\": {} }");
        if (job.LandCover?.Regions is not null)
            throw Fault.Job.Error("both regions and landCover.regions are given",
                "keep regions, and give each its matrix there: "
                    + "\"define\": { \"north\": { \"landCover\": { \"matrix\": … } } }");
        bool outside = faults.Choice("regions.outside", section.Outside ?? "error", [("error", false), ("default", true)]);
        if (outside && define.ContainsKey(RegionSet.Default))
            throw Fault.Job.Error("a region is called default, as land in no region is where regions.outside is default",
                "call it otherwise");
        Region[] all = [.. define.Select(d => faults.Try(
            $"regions.define.{d.Key}", () => Of(job, d.Key, d.Value ?? new RegionConfig()), new Region(d.Key, job)))];
        var set = new RegionSet(
            zones, section.Layer, section.Id, section.Name,
            outside ? Of(job, RegionSet.Default, new RegionConfig()) : null, all);
        CheckKinds(set);
        Job first = set.Rules[0];
        Rules rules = first.Rules;
        return job with
        {
            Regions = set,
            Productivity = first.Productivity,
            SoilCarbon = first.SoilCarbon,
            Rules = set.SoilRulesDiffer ? rules with { SocThreshold = Rules.ByRegion, SocInclusive = false } : rules,
        };
    }

    private Region Of(Job job, string id, RegionConfig region)
    {
        RulesConfig under = config.Rules ?? new RulesConfig();
        RulesConfig rulesConfig = region.Rules is { } own
            ? under with
            {
                SocThreshold = own.SocThreshold ?? under.SocThreshold,
                SocInclusive = own.SocInclusive ?? under.SocInclusive,
                SocTest = own.SocTest ?? under.SocTest,
                LpdTable = own.LpdTable ?? under.LpdTable,
            }
            : under;
        var merged = config with
        {
            Rules = rulesConfig,
            Productivity = Laid(config.Productivity, region.Productivity),
            SoilCarbon = region.SoilCarbon is { } soil ? Laid(config.SoilCarbon, soil) : config.SoilCarbon,
        };
        Rules rules = RulesResolver.Rules(rulesConfig, faults);
        var layers = new LayerResolver(merged, files, job.Periods, covers, rules.Profile, notes, faults);
        if (region.SoilCarbon is { } given && given != new RegionSoilConfig { StandardError = given.StandardError }
            && job.SoilCarbon is { Kind: not SoilCarbonKind.Reference })
            throw Fault.Job.Error($"region {id}: soilCarbon describes a model of stocks, but the job's soil carbon is of kind "
                + $"{job.SoilCarbon.Kind.ToString().ToLowerInvariant()}",
                "give the job soilCarbon.kind reference; of ready stocks regions have their own rules.socThreshold alone, and "
                    + "maps that differ are mosaicked first");
        Job holds = job with
        {
            // A sub-indicator that the job leaves out is left out in every region.
            LandCover = region.LandCover?.Matrix is { } matrix && job.LandCover is { } cover
                ? cover with { Matrix = TransitionMatrix.Load(files.Resolved(matrix), cover.Legend) } : job.LandCover,
            // What a region does not change stays one and the same, so that it is computed once for all.
            Productivity = region.Productivity is null || job.Productivity is null
                ? job.Productivity : layers.Productivity(merged.Productivity!),
            SoilCarbon = region.SoilCarbon is null || job.SoilCarbon is null
                ? job.SoilCarbon : layers.SoilCarbon(merged.SoilCarbon!),
            Rules = rules,
        };
        SoilTestRules.Check(holds);
        return new Region(id, holds) { Parameters = [.. Parameters(holds, merged, region.LandCover?.Matrix)] };
    }

    /// <summary>What is in force, with the defaults that the job does not write.</summary>
    private IEnumerable<RegionParameter> Parameters(Job own, JobConfig merged, string? matrix)
    {
        if (own.LandCover is not null)
            yield return new(SubIndicator.LandCover, "matrix", Told(matrix ?? config.LandCover?.Matrix) ?? "default");
        if (own.Productivity is { } productivity)
        {
            JsonObject block = Node(merged.Productivity!, JobJson.Default.ProductivityConfig);
            block["kind"] ??= "lpd";
            if (productivity.Series is { Options: var o })
                foreach ((string key, string value) in new[]
                {
                    ("variable", o.Variable.ToString()), ("method", o.Method.ToString()),
                    ("lpdMethod", "combination"), ("slope", "ols"), ("state", "percentile"), ("performanceScope", "zone"),
                })
                    block[key] ??= value.ToLowerInvariant();
            foreach ((string key, string value) in Flat(block))
                yield return new(SubIndicator.Productivity, key, value);
            if (productivity.EvidenceKind == ProductivityKind.Parts)
                yield return new(SubIndicator.Productivity, "lpdTable", own.Rules.LpdTable);
        }

        if (own.SoilCarbon is not { } soil)
            yield break;
        JsonObject carbon = Node(merged.SoilCarbon!, JobJson.Default.SoilCarbonConfig);
        carbon["kind"] ??= "stocks";
        if (soil.Model is not null)
        {
            carbon["referenceYear"] ??= soil.Model.ReferenceYear;
            carbon["placement"] ??= "middle";
            carbon["factors"] ??= "default";
        }

        foreach ((string key, string value) in Flat(carbon))
            yield return new(SubIndicator.SoilCarbon, key, value);
        yield return new(SubIndicator.SoilCarbon, "socThreshold", own.Rules.SocThreshold.ToString(CultureInfo.InvariantCulture));
        yield return new(SubIndicator.SoilCarbon, "socInclusive", own.Rules.SocInclusive ? "true" : "false");
        if (own.Rules.SocTestLevel is { } level)
            foreach ((string key, string value) in new[]
            {
                ("socTest", "interval"), ("socLevel", level.ToString(CultureInfo.InvariantCulture)),
            })
                yield return new(SubIndicator.SoilCarbon, key, value);
    }

    private static IEnumerable<(string Key, string Value)> Flat(JsonNode? node, string path = "") => node switch
    {
        JsonObject o => o.SelectMany(m => Flat(m.Value, path.Length == 0 ? m.Key : $"{path}.{m.Key}")),
        JsonArray a => a.SelectMany((child, i) => Flat(child, $"{path}.{i}")),
        JsonValue v => [(path, Told(v.TryGetValue(out string? text) ? text : v.ToJsonString())!)],
        _ => [],
    };

    /// <summary>A file by its name where it is named with folders from the root: results know no folders.</summary>
    private static string? Told(string? text) => text is not null && Path.IsPathRooted(text) ? Path.GetFileName(text) : text;

    /// <summary>The values of one raster have one meaning, for they are read once.</summary>
    private static void CheckKinds(RegionSet set)
    {
        var kinds = new Dictionary<string, (ProductivityKind Kind, string Region)>();
        foreach (Region region in set.InUse)
        {
            if (region.Job.Productivity is not { Kind: not ProductivityKind.Parts } productivity)
                continue;
            foreach (string file in productivity.Periods.Values.SelectMany(f => f)
                .Concat(productivity.Series?.Files.Values ?? Enumerable.Empty<string>()))
                if (!kinds.TryAdd(file, (productivity.Kind, region.Id)) && kinds[file].Kind != productivity.Kind)
                    throw Fault.Job.Error(
                        $"{file} is read as {kinds[file].Kind.ToString().ToLowerInvariant()} in region {kinds[file].Region} and "
                            + $"as {productivity.Kind.ToString().ToLowerInvariant()} in region {region.Id}",
                        "one raster has one kind: mend productivity.kind of one of them");
        }
    }

    private static SoilCarbonConfig Laid(SoilCarbonConfig? under, RegionSoilConfig over)
    {
        JsonObject own = Node(over, JobJson.Default.RegionSoilConfig);
        JsonObject all = Node(under ?? new SoilCarbonConfig(), JobJson.Default.SoilCarbonConfig);
        // Climate zones and a factor say the same thing in two ways.
        if (over.Factor is not null)
            all.Remove("climateZones");
        if (over.ClimateZones is not null)
            all.Remove("factor");
        return Over(all, own).Deserialize(JobJson.Default.SoilCarbonConfig)!;
    }

    /// <summary>One block over another, key by key; one of another kind stands alone.</summary>
    private static ProductivityConfig? Laid(ProductivityConfig? under, ProductivityConfig? over)
    {
        if (over is null || under is null)
            return over ?? under;
        JsonTypeInfo<ProductivityConfig> type = JobJson.Default.ProductivityConfig;
        if (over.Kind is { } kind && kind != (under.Kind ?? "lpd"))
            return over;
        JsonObject all = Node(under, type), own = Node(over, type);
        // Files by year and a stack say the same thing in two ways.
        foreach (string gone in over.Years is not null ? ["layers", "integrate"]
            : over.Layers is not null ? new[] { "years", "standIns" } : [])
            all.Remove(gone);
        // Of FAO-WOCAT alone.
        if (over.LpdMethod == "combination")
            all.Remove("greatest");
        return Over(all, own).Deserialize(type);
    }

    private static JsonObject Over(JsonObject all, JsonObject own)
    {
        foreach ((string key, JsonNode? value) in own.ToArray())
            all[key] = value?.DeepClone();
        return all;
    }

    private static JsonObject Node<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToNode(value, type)!.AsObject();
}
