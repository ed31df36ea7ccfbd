using Ldn.Counting;
using Ldn.Indicator;
using Ldn.LandCover;
using Ldn.Tables;

namespace Ldn.Reports.Page;

/// <summary>The section of one zone or group: headline, charts, transitions, sensitivity, maps.</summary>
internal static class SubjectView
{
    /// <summary>Sections open from the start: groups and, in a small run, zones.</summary>
    private const int MostOpen = 12;

    /// <summary>What a sheet of paper holds: periods beside the baseline, and sentences of subjects.</summary>
    private const int SheetPeriods = 2, SheetSentences = 16;

    private static readonly string[] s_conditionClasses = ["degraded", "stable", "improved", "no_data"];

    /// <param name="subject">Zone or group.</param>
    /// <param name="document">The run.</param>
    /// <param name="figures">Its figures.</param>
    /// <param name="maps">Draws the maps.</param>
    /// <param name="sections">What the page says beyond the indicator.</param>
    /// <param name="texts">The language.</param>
    /// <param name="most">The greatest degraded share of any subject, the end of the overview's scale.</param>
    /// <param name="brief">Whether a sheet of paper must hold it: of many periods, the baseline and the last.</param>
    public static View Of(
        Subject subject, RunDocument document, Figures figures, MapViews maps, IReadOnlyList<PageSection> sections,
        Texts texts, double most, bool brief)
    {
        string last = document.Periods[^1].Id;
        ZoneMaps? drawn = maps.Of(subject);
        var page = new SectionPage(subject, document, figures, texts, drawn?.Sheet);
        DocumentPeriod[] later = [.. brief ? document.Periods.Skip(1).TakeLast(SheetPeriods) : document.Periods.Skip(1)];
        View[] told = [.. sections.Select(page.View).OfType<View>().Take(brief ? SheetSentences : int.MaxValue)];
        View[] sensitivity = SensitivityView.Of(subject, last, document, figures, texts);
        double? share = figures.Share(subject.Id, last, Columns.DegradedOfLand);
        return new View
        {
            ["anchor"] = figures.AnchorOf(subject),
            ["zone_name"] = subject.Name,
            ["zone_id"] = subject.Id,
            ["kind"] = texts[subject.IsGroup ? "report.group" : "report.zone"],
            ["is_group"] = subject.IsGroup,
            ["open"] = subject.IsGroup || figures.Subjects.Count <= MostOpen,
            ["lead"] = Lead.Of(subject, document, figures, texts),
            ["confidence"] = Lead.Confidence(subject, document, figures, texts),
            ["share"] = texts.Numbers.Percent(share),
            ["share_exact"] = share is { } s ? Cell.Format(s) : "",
            ["share_valid"] = texts.Numbers.Percent(figures.Share(subject.Id, last, ConditionTables.DegradedOfValid)),
            ["no_data"] = texts.Numbers.Percent(figures.Share(subject.Id, last, ConditionTables.NoDataShare)),
            ["land_km2"] = Text(figures.Headline(subject.Id, last)?[Columns.Land], texts),
            ["degraded_km2"] = Text(figures.Headline(subject.Id, last)?[Columns.Degraded], texts),
            ["improved_km2"] = Text(figures.Headline(subject.Id, last)?[Columns.Improved], texts),
            ["overview_bar"] = Charts.Single(share ?? 0, most, Palette.Of("degraded"), subject.IsGroup),
            ["headlines"] = later.Prepend(document.Periods[0]).Select(p => Headline(subject, p, figures, texts)).ToArray(),
            ["conditions"] = document.Periods.Select(p => Conditions(subject, p, document, figures, texts)).ToArray(),
            ["latest_conditions"] = Conditions(subject, document.Periods[^1], document, figures, texts),
            ["condition_legend"] = Legend(s_conditionClasses, texts),
            ["status"] = later.Select(p => new View
            {
                ["label"] = figures.PeriodLabel(p, texts),
                ["bar"] = Stacked(subject, p.Id, "status_expanded", figures.PeriodLabel(p, texts), figures, texts),
            }).ToArray(),
            ["status_legend"] = Legend(
                [.. Enum.GetValues<Status>().Where(s => s != Status.NoData).Select(s => s.Name()), "no_data"], texts),
            ["transitions"] = document.Periods.Select(p => TransitionView.Of(subject, p, figures, texts)).OfType<View>()
                .ToArray(),
            ["carbon"] = CarbonView.Of(subject, figures, texts),
            ["sensitivity"] = sensitivity,
            ["sensitivity_there"] = sensitivity.Length > 0,
            ["status_there"] = document.Periods.Count > 1,
            ["sections"] = told,
            ["viewer"] = drawn?.Viewer,
            ["viewer_legend"] = drawn is null ? null : maps.Legends.FirstOrDefault(),
            ["maps"] = drawn?.Others,
            ["map_legends"] = maps.Legends,
            ["maps_there"] = drawn is not null,
        };
    }

    private static View Headline(Subject subject, DocumentPeriod period, Figures figures, Texts texts)
    {
        Row? row = figures.Headline(subject.Id, period.Id);
        Area? change = row?[ConditionTables.Change];
        double? official = figures.Share(subject.Id, period.Id, ConditionTables.DegradedOfOfficialLand);
        return new View
        {
            ["period"] = figures.PeriodLabel(period, texts),
            ["basis"] = texts[row?[Columns.Basis] == "status" ? "report.basis_status" : "report.basis_condition"],
            ["big"] = texts.Numbers.Percent(figures.Share(subject.Id, period.Id, Columns.DegradedOfLand)),
            ["valid"] = texts.Format(
                "report.headline_valid",
                texts.Numbers.Percent(figures.Share(subject.Id, period.Id, ConditionTables.DegradedOfValid))),
            ["missing"] = texts.Format(
                "report.headline_no_data",
                texts.Numbers.Percent(figures.Share(subject.Id, period.Id, ConditionTables.NoDataShare))),
            ["area"] = texts.Format(
                "report.headline_area", Text(row?[Columns.Degraded], texts), Text(row?[Columns.Land], texts)),
            ["change"] = change is { } c ? texts.Format("report.headline_change", texts.Numbers.Change(c)) : null,
            ["official"] = official is { } share ? texts.Format("report.official", texts.Numbers.Percent(share)) : null,
        };
    }

    private static View Conditions(Subject subject, DocumentPeriod period, RunDocument document, Figures figures, Texts texts)
    {
        return new View
        {
            ["period"] = figures.PeriodLabel(period, texts),
            ["bars"] = document.SubIndicators.Prepend("sdg_15_3_1").Select(i => new View
            {
                ["label"] = Name(i),
                ["main"] = i == "sdg_15_3_1",
                ["bar"] = Stacked(subject, period.Id, i, Name(i), figures, texts),
            }).ToArray(),
        };

        string Name(string indicator) =>
            period.Id == document.Periods[0].Id ? texts.Indicator(indicator) : texts.OwnCondition(indicator);
    }

    private static Html Stacked(Subject subject, string period, string indicator, string label, Figures figures, Texts texts) =>
        Charts.Stacked(
        texts.Numbers, label,
        [.. figures.Classes(subject.Id, period, indicator)
            .Select(c => new Segment(
                texts.Class(c.Class), c.Share, Palette.Of(c.Class), $" ({texts.Numbers.Area(c.Area)} {texts["unit.km2"]})"))]);

    private static View[] Legend(IEnumerable<string> classes, Texts texts) =>
        [
            .. classes.Select(c => new View
            {
                ["class"] = texts.Class(c),
                ["color"] = Palette.Of(c),
                ["loss"] = Palette.IsLoss(Palette.Of(c)),
            }),
        ];

    private static string Text(Area? area, Texts texts) => area is { } km2 ? texts.Numbers.Area(km2) : "–";
}

/// <summary>Soil organic carbon of one zone by UNCCD class: the density in each year, the latest as a bar.</summary>
internal static class CarbonView
{
    public static View? Of(Subject subject, Figures figures, Texts texts)
    {
        (int Class, long Year, double Density)[] all = [.. figures.Carbon(subject.Id)];
        if (all.Length == 0)
            return null;
        long[] years = [.. all.Select(a => a.Year).Distinct().Order()];
        double most = all.Where(a => a.Year == years[^1]).Select(a => a.Density).DefaultIfEmpty().Max();
        return new View
        {
            ["years"] = years.Select(y => new View { ["year"] = texts.Year(y) }).ToArray(),
            ["classes"] = all.GroupBy(a => a.Class).OrderBy(g => g.Key).Select(g => new View
            {
                ["class"] = texts[$"unccd.{g.Key}"],
                ["bar"] = Charts.Single(Last(g, years[^1]) ?? 0, most, Palette.Of(((UnccdClass)g.Key).Id()), strong: false),
                ["densities"] = years.Select(
                    y => new View
                    {
                        ["density"] = Last(g, y) is { } density ? texts.Numbers.Of(density, "F1") : "–",
                    }).ToArray(),
            }).ToArray(),
        };
    }

    private static double? Last(IEnumerable<(int Class, long Year, double Density)> all, long year)
    {
        foreach ((_, long of, double density) in all)
            if (of == year)
                return density;
        return null;
    }
}

/// <summary>The reported share under each alternative rule, one rule after the other, with the option in force marked.</summary>
internal static class SensitivityView
{
    public static View[] Of(Subject subject, string period, RunDocument document, Figures figures, Texts texts)
    {
        (string Rule, string Option, double Share, Area Degraded)[] all = [.. figures.Sensitivity(subject.Id, period)];
        double most = all.Select(a => a.Share).DefaultIfEmpty().Max();
        return [.. all.GroupBy(a => a.Rule).Select(rule => new View
        {
            ["rule"] = texts.Find("rule." + rule.Key) ?? rule.Key,
            ["options"] = rule.Select((o, i) => (Option: o, InForce: IsInForce(o.Rule, o.Option, i))).Select(s => new View
            {
                ["option"] = texts.RuleValue(s.Option.Option),
                ["in_force"] = s.InForce,
                ["bar"] = Charts.Single(s.Option.Share, most, Palette.Of("degraded"), s.InForce),
                ["share"] = texts.Numbers.Percent(s.Option.Share),
                ["area"] = texts.Numbers.Area(s.Option.Degraded),
            }).ToArray(),
        })];

        // A rule that the document does not tell has the option in force first.
        bool IsInForce(string rule, string option, int place) => document.Rule(rule) is { } inForce
            ? string.Equals(inForce, option, StringComparison.OrdinalIgnoreCase) : place == 0;
    }
}

/// <summary>The land-cover transitions of one zone and period as a matrix whose cells are coloured by meaning and size.</summary>
internal static class TransitionView
{
    private const string NoData = "no_data";
    private const string NeutralColor = "#8b93a0";

    /// <summary>Faint enough to read black on, strong enough to be seen.</summary>
    private const double LeastTint = 0.12;

    private const double MostTint = 0.62;

    public static View? Of(Subject subject, DocumentPeriod period, Figures figures, Texts texts)
    {
        var areas = new Dictionary<(string From, string To), Area>();
        var meanings = new Dictionary<(string From, string To), SortedSet<string>>();
        foreach ((string from, string to, Area area, string condition) in figures.Transitions(subject.Id, period.Id))
        {
            areas[(from, to)] = areas.GetValueOrDefault((from, to)) + area;
            if (!meanings.TryGetValue((from, to), out SortedSet<string>? set))
                meanings[(from, to)] = set = new(StringComparer.Ordinal);
            set.Add(condition);
        }

        if (areas.Count == 0)
            return null;
        string[] classes = [
            .. Enumerable.Range(1, 7).Select(c => $"{c}"),
            .. areas.Keys.Any(k => k.From == NoData || k.To == NoData) ? [NoData] : Array.Empty<string>()];
        double largest = areas.Where(a => a.Key.From != a.Key.To).Select(a => a.Value.SquareKilometres).DefaultIfEmpty(1).Max();
        return new View
        {
            ["period"] = figures.PeriodLabel(period, texts),
            ["heads"] = classes.Select(c => new View { ["head"] = texts["unccd." + c] }).ToArray(),
            ["lines"] = classes.Select(from => new View
            {
                ["head"] = texts["unccd." + from],
                ["cells"] = classes.Select(to => Cell(from, to, areas, meanings, largest, texts)).ToArray(),
            }).ToArray(),
        };
    }

    private static View Cell(
        string from, string to, Dictionary<(string From, string To), Area> areas, Dictionary<(string From, string To),
        SortedSet<string>> meanings, double largest, Texts texts)
    {
        if (!areas.TryGetValue((from, to), out Area area))
            return new View { ["area"] = "", ["style"] = null, ["tip"] = null };

        // Regional matrices can read one transition in two ways: such a cell stays neutral and says both.
        string meaning = meanings[(from, to)].Count == 1 ? meanings[(from, to)].First() : "";
        string color = meaning is "degraded" or "improved" ? Palette.Of(meaning) : NeutralColor;
        double strength = from == to
            ? LeastTint
            : LeastTint + ((MostTint - LeastTint) * Math.Sqrt(area.SquareKilometres / largest));
        return new View
        {
            ["area"] = texts.Numbers.Area(area),
            ["style"] = "background:" + Charts.Tint(color, strength),
            ["tip"] = $"{texts["unccd." + from]} → {texts["unccd." + to]}: {texts.Numbers.Area(area)} {texts["unit.km2"]}, "
                + $"{string.Join(" / ", meanings[(from, to)].Select(texts.Class))}",
        };
    }
}
