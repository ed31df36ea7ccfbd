using Ldn.Jobs;

namespace Ldn.Discovery;

/// <summary>What a job is to hold, chosen of what was found. Names are as the finder gave them.</summary>
internal sealed class JobChoices
{
    /// <summary>Fewest years of which a series is made.</summary>
    private const int FewestYears = 8;

    /// <summary>A stand-in from further away than this is not proposed.</summary>
    private const int FarthestStandIn = 2;

    private readonly IReadOnlyList<Finding> _all;

    private JobChoices(IReadOnlyList<Finding> all) => _all = all;

    public SortedDictionary<int, string> Covers { get; private set; } = [];

    public string? Legend { get; private set; }

    /// <summary>Land cover by year in codes of no legend that is there; empty where any land cover can be taken.</summary>
    public SortedDictionary<int, string> Unnamed { get; private set; } = [];

    /// <summary>The codes met in it.</summary>
    public IReadOnlyList<double> UnnamedCodes { get; private set; } = [];

    /// <summary>A table of transitions in legend codes.</summary>
    public string? Matrix { get; private set; }

    public SortedDictionary<int, string> Stocks { get; private set; } = [];

    /// <summary>stocks, change, reference, or null without soil carbon.</summary>
    public string? SoilKind { get; private set; }

    /// <summary>The stock without which no reference is made, and its year where its name tells one.</summary>
    public (string File, int? Year)? Reference { get; private set; }

    public string? ClimateZones { get; private set; }

    public IReadOnlyList<Finding> SoilChanges { get; private set; } = [];

    /// <summary>lpd, condition, parts, series, layers (a stack), or null without productivity.</summary>
    public string? ProductivityKind { get; private set; }

    public IReadOnlyList<Finding> Lpd { get; private set; } = [];

    public IReadOnlyList<Finding> Conditions { get; private set; } = [];

    /// <summary>Trend, state, performance; empty unless all three are there.</summary>
    public IReadOnlyList<Finding> Parts { get; private set; } = [];

    /// <summary>The years of a series without a gap, and what they measure.</summary>
    public SortedDictionary<int, string> Series { get; private set; } = [];

    public Finding? SeriesFinding { get; private set; }

    /// <summary>Of a series with several layers a year: the first of its files, with the years of all.</summary>
    public Finding? StackFinding { get; private set; }

    /// <summary>Its files.</summary>
    public IReadOnlyList<string> StackFiles { get; private set; } = [];

    /// <summary>Rainfall by month.</summary>
    public IReadOnlyList<Finding> MonthlyRain { get; private set; } = [];

    public SortedDictionary<int, string> Rain { get; private set; } = [];

    /// <summary>The layer of zones taken, and the others that could be.</summary>
    public Finding? Zones { get; private set; }

    public IReadOnlyList<Finding> OtherZones { get; private set; } = [];

    /// <summary>A preset whose every input is there, or null where the periods are told by themselves.</summary>
    public string? Preset { get; private set; }

    /// <summary>First and last year by sub-indicator, of the baseline; where <see cref="Preset"/> is null.</summary>
    public IReadOnlyList<(string Key, int First, int Last)> Baseline { get; private set; } = [];

    /// <summary>A larger preset and the stand-ins it would need, by sub-indicator: missing year, nearest year.</summary>
    public (string Preset, IReadOnlyList<(string Key, int Missing, int Nearest)> StandIns)? Larger { get; private set; }

    public IReadOnlyList<string> Without => [
        .. Covers.Count == 0 ? ["land-cover"] : Array.Empty<string>(),
            .. ProductivityKind is null ? ["productivity"] : Array.Empty<string>(),
        .. SoilKind is null ? ["soil-carbon"] : Array.Empty<string>()];

    /// <summary>What is left over of a kind.</summary>
    public IReadOnlyList<Finding> Of(LayerKind kind) => [.. _all.Where(f => f.Kind == kind)];

    public string? First(LayerKind kind) => _all.FirstOrDefault(f => f.Kind == kind)?.File;

    /// <param name="all">What was found.</param>
    /// <param name="zones">The zones that were named, or null to choose among those found.</param>
    public static JobChoices Make(IReadOnlyList<Finding> all, Finding? zones)
    {
        var choices = new JobChoices(all);
        choices.ChooseLandCover();
        choices.ChooseProductivity();
        choices.ChooseSoil();
        Finding[] layers = [.. all.Where(f => f is { Kind: LayerKind.Zones, Zones.Id: not null }).OrderBy(f => f.Zones!.Count)];
        choices.Zones = zones ?? layers.FirstOrDefault();
        choices.OtherZones = [.. layers.Where(f => f != choices.Zones)];
        choices.ChoosePeriods();
        return choices;
    }

    private static IEnumerable<(int Year, string File)> Dated(Finding finding) => finding.BandYears.Count > 0
        ? finding.BandYears.Select((year, i) => (year, $"{finding.File}#band={i + 1}"))
        : finding.Years is [int only] ? [(only, finding.File)] : [];

    private static SortedDictionary<int, string> ByYear(IEnumerable<Finding> findings)
    {
        var years = new SortedDictionary<int, string>();
        foreach ((int year, string file) in findings.SelectMany(Dated))
            years.TryAdd(year, file);
        return years;
    }

    private void ChooseLandCover()
    {
        string? own = First(LayerKind.Legend);
        var byLegend = Of(LayerKind.LandCover).Where(f => f.Detail is not null || own is not null).GroupBy(f => f.Detail ?? own!)
            .Select(g => (Legend: g.Key, Years: ByYear(g))).Where(g => g.Years.Count >= 2).OrderByDescending(g => g.Years.Count)
                .ToList();
        if (byLegend.Count == 0)
        {
            Finding[] unnamed = [.. Of(LayerKind.LandCover).Where(f => f.Detail is null && f.Codes.Count > 0)];
            (Unnamed, UnnamedCodes) = (ByYear(unnamed), [.. unnamed.SelectMany(f => f.Codes).Distinct().Order()]);
            return;
        }

        (Legend, Covers) = byLegend[0];
        Matrix = First(LayerKind.Matrix);
    }

    private void ChooseProductivity()
    {
        Lpd = Of(LayerKind.Lpd);
        Conditions = Of(LayerKind.Condition);
        Finding?[] parts = [.. new[] { LayerKind.Trend, LayerKind.State,
            LayerKind.Performance }.Select(k => _all.FirstOrDefault(f => f.Kind == k))];
        Parts = parts.Contains(null) ? [] : [.. parts.OfType<Finding>()];
        foreach (var variable in Of(LayerKind.Series).GroupBy(f => (f.Detail, f.Scale)).OrderByDescending(g => ByYear(g).Count))
        {
            SortedDictionary<int, string> run = LongestRun(ByYear(variable));
            if (run.Count < FewestYears || Series.Count > 0)
                continue;
            (Series, SeriesFinding) = (run, variable.First());
        }

        Rain = ByYear(Of(LayerKind.Rain).Where(f => f.Detail != Finding.Monthly));
        MonthlyRain = [.. Of(LayerKind.Rain).Where(f => f.Detail == Finding.Monthly)];
        ChooseStack();
        ProductivityKind = Lpd.Count > 0 ? "lpd" : Conditions.Count > 0 ? "condition" : Parts.Count > 0 ? "parts"
            : Series.Count > 0 ? "series" : StackFinding is not null ? "layers" : null;
    }

    /// <summary>One file with every date, or files with a date or a year each.</summary>
    private void ChooseStack()
    {
        IReadOnlyList<Finding> stacks = Of(LayerKind.Stack);
        if (stacks.FirstOrDefault(f => f.Years.Count >= FewestYears) is { } whole)
        {
            (StackFinding, StackFiles) = (whole, [whole.File]);
            return;
        }

        foreach (var files in stacks.Where(f => f.Years.Count == 1).GroupBy(f => (f.Detail, f.Scale)))
        {
            int[] years = [.. files.Select(f => f.Years[0]).Distinct().Order()];
            if (years.Length < FewestYears || (StackFinding is not null && StackFinding.Detail == "ndvi"))
                continue;
            // Of NDVI and EVI side by side the usual one.
            if (StackFinding is null || files.Key.Detail == "ndvi")
                (StackFinding, StackFiles) = (files.First() with { Years = years }, [.. files.Select(f => f.File)]);
        }
    }

    private static SortedDictionary<int, string> LongestRun(SortedDictionary<int, string> years)
    {
        var best = new SortedDictionary<int, string>();
        var run = new SortedDictionary<int, string>();
        foreach ((int year, string file) in years)
        {
            if (run.Count > 0 && !run.ContainsKey(year - 1))
                run = [];
            run[year] = file;
            if (run.Count > best.Count)
                best = new SortedDictionary<int, string>(run);
        }

        return best;
    }

    private void ChooseSoil()
    {
        Finding[] stocks = [.. Of(LayerKind.SoilStock)];
        Stocks = ByYear(stocks);
        SoilChanges = Of(LayerKind.SoilChange);
        ClimateZones = First(LayerKind.ClimateZones);
        Reference = stocks.Length == 0 ? null : (stocks[0].File, stocks[0].Years is [int year] ? year : null);
        SoilKind = Stocks.Count >= 2 ? "stocks" : SoilChanges.Count > 0 ? "change" : Reference is not null
            && ClimateZones is not null && Covers.Count > 0 ? "reference" : null;
    }

    private void ChoosePeriods()
    {
        foreach (string preset in Presets.Names.Where(p => p != Presets.Yearly))
        {
            IReadOnlyList<(string Key, int Missing, int Nearest)>? missing = Missing(preset);
            if (missing is { Count: 0 })
                (Preset, Larger) = (preset, null);
            else if (missing is not null && missing.All(m => Math.Abs(m.Missing - m.Nearest) <= FarthestStandIn))
                Larger = (preset, missing);
        }

        if (Preset is not null)
            return;
        var spans = new List<(string, int, int)>();
        (int First, int Last)? cover = Covers.Count > 0 ? (Covers.Keys.First(), Covers.Keys.Last()) : null;
        if (cover is { } c)
            spans.Add(("landCover", c.First, c.Last));
        IReadOnlyList<int> classes = ProductivityKind switch
        {
            "lpd" => Lpd[0].Years,
            "condition" => Conditions[0].Years,
            "parts" => Parts[0].Years,
            "series" => [.. Series.Keys],
            "layers" => StackFinding!.Years,
            _ => [],
        };
        if (classes.Count > 1)
            spans.Add(("productivity", classes[0], classes[^1]));
        else if (ProductivityKind is not null && (cover ?? (classes is [int only] ? (only, only) : null)) is { } p)
            spans.Add(("productivity", p.Item1, p.Item2));
        (int First, int Last)? soil = SoilKind switch
        {
            "stocks" => (Stocks.Keys.First(), Stocks.Keys.Last()),
            "change" => SoilChanges[0].Years.Count > 1 ? (SoilChanges[0].Years[0], SoilChanges[0].Years[^1]) : cover,
            "reference" => (Math.Max(cover!.Value.First, Reference!.Value.Year ?? cover.Value.First), cover.Value.Last),
            _ => null,
        };
        if (soil is { } s)
            spans.Add(("soilCarbon", s.First, s.Last));
        Baseline = spans;
    }

    /// <summary>
    /// The years a preset lacks and the nearest that are there; null where a sub-indicator cannot serve it at all.
    /// </summary>
    private List<(string Key, int Missing, int Nearest)>? Missing(string preset)
    {
        var missing = new List<(string, int, int)>();
        foreach (Period period in Presets.Periods(preset, []))
        {
            if (Covers.Count > 0 && !Dates("landCover", Covers, period.LandCover!))
                return null;
            if (SoilKind == "stocks" && !Dates("soilCarbon", Stocks, period.SoilCarbon!))
                return null;
            if ((SoilKind == "change" && !Serves(SoilChanges, period))
                || (SoilKind == "reference" && Reference!.Value.Year is not (null or <= 2000)))
                return null;
            bool productivity = ProductivityKind switch
            {
                null => true,
                "lpd" => Serves(Lpd, period),
                "condition" => Serves(Conditions, period),
                "parts" => period.IsBaseline && preset == "unccd-2018",
                "series" => Covered(period.Productivity!, [.. Series.Keys]),
                _ => Covered(period.Productivity!, StackFinding!.Years),
            };
            if (!productivity)
                return null;
        }

        // Without any year to hold it against, a preset says nothing.
        return Covers.Count == 0 && SoilKind != "stocks" && ProductivityKind is null ? null : missing;

        bool Dates(string key, SortedDictionary<int, string> there, YearSpan span)
        {
            foreach (int year in new[] { span.First,
                span.Last }.Where(y => !there.ContainsKey(y) && !missing.Exists(m => m.Item1 == key && m.Item2 == y)))
                missing.Add((key, year, there.Keys.MinBy(y => Math.Abs(y - year))));
            return true;
        }
    }

    private static bool Covered(YearSpan span, IReadOnlyList<int> years) =>
        Enumerable.Range(span.First, span.Last - span.First + 1).All(years.Contains);

    /// <summary>A file that ends with the period, or the only one there is for a baseline.</summary>
    private static bool Serves(IReadOnlyList<Finding> files, Period period) =>
        ServingPeriod(files, period.Id, period.Productivity!.Last) is not null;

    /// <summary>The file of a period, by its last year, or the only one without years.</summary>
    public static Finding? ServingPeriod(IReadOnlyList<Finding> files, string period, int? last) =>
        files.FirstOrDefault(f => f.Years.Count > 0 && f.Years[^1] == last)
            ?? (period == "baseline" && files is [{ Years.Count: 0 } only] ? only : null);
}
