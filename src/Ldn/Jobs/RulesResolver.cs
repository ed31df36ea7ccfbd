using System.Globalization;
using Ldn.Indicator;
using Ldn.Rasters;

namespace Ldn.Jobs;

/// <summary>
/// Checks the options of a job that are names and numbers: rules, grid and outputs; fills in profile and defaults.
/// </summary>
internal static class RulesResolver
{
    public static Rules Rules(RulesConfig config, JobFaults faults)
    {
        string profile = faults.Choice(
            "rules.profile", config.Profile ?? "default", [("default", "default"), ("trends-earth", "trends-earth")]);
        bool trendsEarth = profile == "trends-earth";
        (double threshold, bool inclusive) = (config.SocThreshold ?? 10, config.SocInclusive ?? trendsEarth);
        if (inclusive && threshold == 0)
        {
            throw Fault.SoilRule.Error(
                "a soil carbon threshold of 0 % cannot be inclusive: it would call unchanged stocks changed",
                "leave --soc-inclusive out, or give --soc-inclusive=false");
        }

        bool tests = faults.Choice(
            "rules.socTest", config.SocTest ?? "threshold", [("threshold", false), ("interval", true)]);
        if (config.SocLevel is { } level && !(level is > 0 and < 1))
            throw Fault.SoilRule.Error(
                FormattableString.Invariant($"rules.socLevel {level} is not between 0 and 1"), "0.95 is usual");
        return new Rules(
            profile,
            faults.Choice("rules.missing", config.Missing ?? "strict",
                Enum.GetValues<MissingDataPolicy>().Select(p => (p.ToString().ToLowerInvariant(), p)).ToArray()),
            faults.Choice(
                "rules.lpdTable", config.LpdTable ?? "prais-2026",
                [("prais-2026", "prais-2026"), ("gpg-v2", "gpg-v2"), ("gpg-v1", "gpg-v1")]),
            threshold,
            inclusive,
            faults.Choice("rules.unmapped", config.Unmapped ?? "error", [("error", false), ("nodata", true)]),
            !trendsEarth,
            faults.Choice("rules.status", config.Status ?? "addendum-2025",
                [("addendum-2025", StatusRule.Addendum2025), ("progress-2022", StatusRule.Progress2022)]))
        {
            SocTestLevel = tests ? config.SocLevel ?? 0.95 : null,
            SignedConditions = config.ConditionEncoding is { } encoding
                ? JobResolver.Choice("conditionEncoding", encoding, [("byte", false), ("signed", true)]) : null,
        };
    }

    public static GridOptions Grid(
        GridConfig config, JobConfig job, IReadOnlySet<SubIndicator> without, Rules rules, JobFiles files, JobFaults faults)
    {
        string[] known = ["landCover", "productivity", "soilCarbon", "finest"];
        string first = !without.Contains(SubIndicator.LandCover) ? "landCover"
            : !without.Contains(SubIndicator.Productivity) ? "productivity" : "soilCarbon";
        string like = config.Like ?? (rules.Profile == "trends-earth" ? "finest" : first);
        ResamplingConfig resampling = config.Resampling ?? new ResamplingConfig();
        (string, Resampling)[] classes = [("nearest", Resampling.Nearest), ("mode", Resampling.Mode)];
        (string, Resampling)[] values = [("nearest", Resampling.Nearest), ("average", Resampling.Average)];
        return new GridOptions(
            known.Contains(like) ? like : files.Resolved(like),
            faults.Choice("grid.extent", config.Extent ?? "zones", [("zones", false), ("full", true)]),
            faults.Choice("grid.resampling.landCover", resampling.LandCover ?? "nearest", classes),
            faults.Choice(
                "grid.resampling.productivity", resampling.Productivity ?? "nearest",
                job.Productivity?.Kind == "series" ? values : classes),
            faults.Choice("grid.resampling.soilCarbon", resampling.SoilCarbon ?? "nearest", values));
    }

    public static OutputOptions Outputs(OutputsConfig config, JobFaults faults)
    {
        (string, RasterOutputs)[] rasters =
        [
            ("indicator", RasterOutputs.Indicator), ("sub-indicators", RasterOutputs.SubIndicators),
            ("status", RasterOutputs.Status),
            ("parts", RasterOutputs.Parts), ("prais", RasterOutputs.Prais), ("neutrality", RasterOutputs.Neutrality),
            ("response", RasterOutputs.Response), ("drought", RasterOutputs.Drought), ("none", RasterOutputs.None),
        ];
        IEnumerable<string> chosen = config.Rasters ?? ["indicator", "sub-indicators", "status", "neutrality", "response"];
        return new OutputOptions(
            chosen.Select(r => faults.Choice("outputs.rasters", r, rasters))
                .Aggregate(RasterOutputs.None, (all, one) => all | one),
            faults.Choice("outputs.encoding", config.Encoding ?? "byte", [("byte", false), ("signed", true)]),
            (config.Tables ?? [.. OutputOptions.UsualTables]).Select(
                t => faults.Choice("outputs.tables", t, [.. OutputOptions.KnownTables.Select(k => (k, k))])).ToHashSet(),
            faults.Choice("outputs.compress", config.Compress ?? "lzw",
                [("lzw", RasterCompression.Lzw), ("deflate", RasterCompression.Deflate), ("zstd", RasterCompression.Zstd)]))
        {
            AffectedAreasOnly = config.AffectedAreasOnly ?? false,
            ReportDate = config.ReportDate is { } date ? Date(date) : null,
            ReportZones = config.ReportZones switch
            {
                null => OutputOptions.UsualReportZones,
                { } zones and >= 1 => zones,
                _ => throw Fault.Job.Error($"outputs.reportZones: {config.ReportZones} is no number of zones", "give 1 or more"),
            },
        };
    }

    private static DateOnly Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? date
            : throw Fault.Job.Error($"outputs.reportDate: '{text}' is no date", "write year-month-day, such as 2026-11-30");
}
