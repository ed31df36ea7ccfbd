using System.Globalization;
using Ldn.Indicator;

namespace Ldn.Jobs;

/// <summary>The periods of a job (method §7): those it names, or those of its preset.</summary>
/// <param name="job">The whole job.</param>
/// <param name="files">Resolves names.</param>
/// <param name="covers">Land cover by year.</param>
/// <param name="without">Sub-indicators that are left out, whose years are null.</param>
/// <param name="profile">The profile in force.</param>
/// <param name="notes">Takes the years that <c>yearly</c> cannot report.</param>
internal sealed class PeriodResolver(
    JobConfig job, JobFiles files, DatedFiles covers, IReadOnlySet<SubIndicator> without, string profile, List<string> notes)
{
    /// <exception cref="LdnException">Exit 2: neither or both of preset and periods, a wrong name, no baseline, or no year to
    /// report.</exception>
    public IReadOnlyList<Period> Resolve()
    {
        IReadOnlyList<Period> periods = (job.Preset, job.Periods) switch
        {
            (not null, not null) => throw Fault.Job.Error("the job has both 'preset' and 'periods'", "keep one of them"),
            ({ } preset, null) => OfPreset(preset),
            (null, { } given) => Named(given),
            _ => throw Fault.Job.Error(
                "the job has neither 'preset' nor 'periods'", $"name a preset: {string.Join(", ", Presets.Names)}"),
        };
        return [.. periods.Select(p => p with
        {
            LandCover = without.Contains(SubIndicator.LandCover) ? null : p.LandCover,
            Productivity = without.Contains(SubIndicator.Productivity) ? null : p.Productivity,
            SoilCarbon = without.Contains(SubIndicator.SoilCarbon) ? null : p.SoilCarbon,
        })];
    }

    private IReadOnlyList<Period> OfPreset(string preset)
    {
        IReadOnlyList<Period> periods = Presets.Periods(preset, preset == Presets.Yearly ? ReportableYears() : []);
        return profile != "trends-earth" ? periods
            : [.. periods.Select(p => p.IsBaseline ? p
                : p with { LandCover = p.LandCover! with { First = 2015 }, SoilCarbon = p.SoilCarbon! with { First = 2015 } })];
    }

    private static IReadOnlyList<Period> Named(Dictionary<string, PeriodConfig> given)
    {
        Period[] periods = [.. given.Select(p => new Period(
            p.Key,
            Span(p.Key, "landCover", p.Value.LandCover),
            Span(p.Key, "productivity", p.Value.Productivity),
            Span(p.Key, "soilCarbon", p.Value.SoilCarbon))).OrderBy(p => !p.IsBaseline).ThenBy(p => p.Id.Length)
                .ThenBy(p => p.Id, StringComparer.Ordinal)];
        string? wrong = periods.Select(p => p.Id).FirstOrDefault(
            id => id != "baseline"
                && !(
                    id.StartsWith("report_", StringComparison.Ordinal)
                        && int.TryParse(id[7..], NumberStyles.None, null, out int n) && n > 0));
        if (wrong is not null)
            throw Fault.Job.Error($"period '{wrong}' is not named as periods are", "call them baseline, report_1, report_2, …");
        return periods is [{ IsBaseline: true }, ..] ? periods
            : throw Fault.Job.Error("the job has no baseline period", "every run needs one; status is always against it");
    }

    private static YearSpan? Span(string period, string layer, int[]? years) => years switch
    {
        null => null,
        [int first, int last] when first <= last => new YearSpan(first, last),
        _ => throw Fault.Job.Error($"period {period}: {layer} must be its first and its last year", "for example [2000, 2015]"),
    };

    /// <summary>The years after 2016 for which every layer with dated inputs has one.</summary>
    private IReadOnlyList<int> ReportableYears()
    {
        (SubIndicator Layer, IReadOnlySet<int> Years)[] layers =
        [
            .. new (SubIndicator Layer, IReadOnlySet<int>? Years)[]
            {
                (SubIndicator.LandCover, Years(covers)), (SubIndicator.Productivity, ProductivityYears()),
                (SubIndicator.SoilCarbon, SoilCarbonYears()),
            }.Where(l => l.Years is not null && !without.Contains(l.Layer)).Select(l => (l.Layer, l.Years!)),
        ];
        int[] wanted = [.. layers.SelectMany(l => l.Years).Where(y => y > Presets.FirstReportingYear).Distinct().Order()];
        int[] there = [.. wanted.Where(y => layers.All(l => l.Years.Contains(y)))];
        foreach ((SubIndicator layer, IReadOnlySet<int> years) in layers)
            if (wanted.Where(y => !years.Contains(y)).ToArray() is { Length: > 0 } missing)
                notes.Add($"no report for {string.Join(", ", missing)}: no {layer.Name().Replace('_', ' ')}");
        return there.Length > 0 ? there : throw Fault.Job.Error(
            $"no year after {Presets.FirstReportingYear} has all the inputs that preset {Presets.Yearly} needs",
            string.Join("; ", layers.Select(l => $"{l.Layer.OptionName()} has {string.Join(", ", l.Years.Order())}")));
    }

    private static HashSet<int> Years(DatedFiles dated) => [.. dated.Files.Keys, .. dated.StandIns.Keys];

    /// <summary>
    /// Years that end a complete window of a series, or that name the rasters of periods; null where these are named by period.
    /// </summary>
    private HashSet<int>? ProductivityYears()
    {
        if (job.Productivity is not { } productivity)
            return null;
        if (productivity.Kind != "series" || productivity.Periods is not null)
            return NamedYears(productivity.Periods?.Keys);
        HashSet<int> years = Years(files.Dated(productivity.Years, productivity.StandIns, "productivity"));
        return [
            .. years.Where(last => Enumerable.Range(last - Presets.SeriesYears + 1, Presets.SeriesYears).All(years.Contains))];
    }

    private HashSet<int>? SoilCarbonYears() => job.SoilCarbon switch
    {
        null or { Kind: "reference" } => null,
        { Kind: "change" } change => NamedYears(change.Periods?.Keys),
        { } stocks => Years(files.Dated(stocks.Years, stocks.StandIns, "soilCarbon")),
    };

    private static HashSet<int>? NamedYears(IEnumerable<string>? keys) =>
        (keys ?? []).Select(JobFiles.Year).OfType<int>().ToHashSet() is { Count: > 0 } years ? years : null;
}

/// <summary>The period presets of method §7.</summary>
internal static class Presets
{
    /// <summary>A report for every year that has inputs.</summary>
    public const string Yearly = "yearly";

    /// <summary>First year of land cover and soil carbon in every reporting period.</summary>
    public const int FirstReportingYear = 2016;

    /// <summary>Years in a window of productivity.</summary>
    public const int SeriesYears = 16;

    public static IReadOnlyList<string> Names { get; } = ["unccd-2018", "unccd-2022", "unccd-2026", Yearly];

    /// <summary>
    /// Periods of a preset; <paramref name="years"/> are those to report, ascending, of <see cref="Yearly"/> alone.
    /// </summary>
    public static IReadOnlyList<Period> Periods(string preset, IReadOnlyList<int> years)
    {
        int[] ends = preset switch
        {
            "unccd-2018" => [],
            "unccd-2022" => [2019],
            "unccd-2026" => [2019, 2023],
            Yearly => [.. years],
            _ => throw Fault.Job.Error(
                $"unknown preset '{preset}'", $"use one of {string.Join(", ", Names)}, or name the periods yourself"),
        };
        var baseline = new YearSpan(2000, 2015);
        return
        [
            new Period("baseline", baseline, baseline, baseline),
            .. ends.Select(
                (end, i) => new Period(
                    $"report_{i + 1}", new(FirstReportingYear, end), new(end - SeriesYears + 1, end),
                    new(FirstReportingYear, end))),
        ];
    }
}
