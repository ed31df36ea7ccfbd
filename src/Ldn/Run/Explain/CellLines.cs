using System.Globalization;

namespace Ldn.Run.Explain;

/// <summary>A line of what a cell says, as far in as it belongs under those above; an empty one parts periods.</summary>
public readonly record struct CellLine(int Indent, string Text);

/// <summary>What one cell says of itself in sentences, for the terminal and the page alike.</summary>
public sealed class CellLines
{
    private const int ShownFlips = 3;

    private readonly List<CellLine> _lines = [];
    private readonly bool _whole;

    private CellLines(bool whole) => _whole = whole;

    /// <param name="story">The cell.</param>
    /// <param name="whole">Every year, step, flip and combination.</param>
    public static IReadOnlyList<CellLine> Of(CellStory story, bool whole)
    {
        var lines = new CellLines(whole);
        lines.Write(story);
        return lines._lines;
    }

    private void Write(CellStory s)
    {
        Line(0, (s.Point is null ? "" : $"{s.Point}: ")
            + $"cell at {N(s.Longitude)}, {N(s.Latitude)}: column {s.Cell.Column}, row {s.Cell.Row} of the rasters, "
            + $"{s.AreaKm2.ToString("F6", CultureInfo.InvariantCulture)} km², centre {N(s.Cell.Longitude)}, "
            + $"{N(s.Cell.Latitude)}.");
        if (s.Zones.Count > 0)
            Line(0, $"Zones: {string.Join("; ", s.Zones.Select(z => z.Name == z.Id ? z.Id : $"{z.Name} ({z.Id})"))}.");
        if (s.Region is { } region)
            Line(0, $"Region: {region}, whose rules hold here.");
        if (s.LandType is { } type)
            Line(0, $"Land type: {type.Code}{(type.Name == type.Code ? "" : $" ({type.Name})")}.");
        if (s.Reason is { } reason)
            Line(0, $"Nothing to tell: {reason}.");
        foreach ((string id, PeriodStory period) in s.Periods)
            Period(id, period);
        if (s.CannotTell.Count > 0)
        {
            Line(0, "");
            Line(0, "Told from the rasters of the result. What they cannot tell:");
            foreach (string what in s.CannotTell)
                Line(2, what);
        }

        Line(0, "");
        Line(0, s.Caveat);
    }

    private void Period(string id, PeriodStory p)
    {
        Line(0, "");
        string status = p.Status is { } s
            ? $"; status {Words(s.Class)}{(s.Reason is { } why ? $" ({why})" : $" ({Words(s.Condition)})")}" : "";
        string deciding = p.Indicator.Deciding.Count == 0 ? ""
            : $", by {string.Join(" and ", p.Indicator.Deciding.Select(Words))}";
        Line(0, $"{id}{(p.Years is { } years ? ", " + years : "")}: {Words(p.Indicator.Condition).ToUpperInvariant()}"
            + $"{(p.Indicator.Reason is { } reason ? $", {reason}" : deciding)}{status}.");
        if (p.Indicator.Uncorrected is { } before)
            Line(2, $"Before corrections: {Words(before)}.");
        if (p.Indicator.Source is { } given)
            Source(given);
        if (p.LandCover is { } cover)
            LandCover(cover);
        if (p.Productivity is { } productivity)
            Productivity(productivity);
        if (p.SoilOrganicCarbon is { } soil)
            Soil(soil);
        foreach (CorrectionStory c in p.Corrections ?? [])
            Line(2, $"Correction {c.Id} of {Words(c.Layer)}: "
                + (
                    !c.Counts ? "does not count here" : c.From == c.To ? $"leaves {Words(c.From)}" : $"{Words(c.From)} becomes "
                        + $"{Words(c.To)}")
                + $" ({c.Justification}).");
        Flips(p);
        Combinations(p);
        if (p.Neighbours is { } n)
            Line(2, $"Around it: {n.Same} of 8 cells have the same condition, {n.Other} another, {n.None} none.");
    }

    private void LandCover(LandCoverStory l)
    {
        string change = l is { From: { } from, To: { } to }
            ? $" {Cover(from)}; {Cover(to)}. The matrix ({l.Matrix}) gives {Words(l.MatrixCondition!)}." : "";
        Line(2, $"Land cover: {Words(l.Condition)}{Was(l)}.{change}");
        Sources(new[] { l.From?.Value, l.To?.Value }.OfType<SourceValue>());

        static string Cover(CoverStory c) =>
            $"{c.Year}{(c.StandsFor is { } year ? $" (for {year})" : "")} "
            + (c.Class is null ? "no data" : $"{c.Class} (UNCCD {c.Unccd}, {c.UnccdName})");
    }

    private void Productivity(ProductivityStory p)
    {
        string lpd = p.Lpd is { } c ? $" Land productivity dynamics of class {c} ({p.LpdName})." : "";
        string parts = p.Trend is null || p.State is null ? ""
            : $" Trend {Words(p.Trend)}, state {Words(p.State)}, performance {Words(p.Performance ?? "unknown")}"
                + $"{(p.LpdTable is { } table ? $"; table {table}" : "")}.";
        Line(2, $"Productivity: {Words(p.Condition)}{Was(p)}.{lpd}{parts}");
        Sources(p.Sources ?? []);
        if (p.Series is { } series)
            Series(series);
    }

    private void Series(SeriesStory s)
    {
        Line(4, $"{s.Variable} {s.Window}: "
            + string.Join(", ", s.Years.Select(y => $"{y.Year} {(y.Value is { } v ? N(v) : "–")}"
                + (y.Climate is { } c ? $" (climate {N(c)})" : ""))) + ".");
        TrendStory t = s.Trend;
        Line(4, $"Trend ({t.Method}): {Words(t.Condition)}. {t.N} valid years of at least {t.MinYears}"
            + (t.S is null ? "." : $"; S {t.S}, Var(S) {N(t.Variance)}, Z {N(t.Z)}, p {N(t.P)}, slope {N(t.Slope)} a year "
                + $"({t.SlopeMethod}); {t.Significance}, from {(t.Significance == "two-sided" ? "|Z|" : "|S|")} {N(t.Critical)} "
                + "on."));
        if (s.State is { } state)
        {
            Line(4, $"State ({state.Method}): {Words(state.Condition)}. Mean of {state.RecentYears} {N(state.RecentMean)}"
                + $"{(state.RecentClass is { } rc ? $", class {rc}" : "")}; of {state.HistoryYears} {N(state.HistoryMean)}"
                + $"{(state.HistoryClass is { } hc ? $", class {hc}" : "")}"
                + $"{(state.Z is { } z ? $"; z {N(z)}" : "")}; up to {N(state.Minimum)} apart is no change"
                + $"{(state.Limits is { } limits ? $"; class limits {string.Join(", ", limits.Select(l => N(l)))}" : "")}.");
        }

        if (s.Performance is { } p)
        {
            Line(4, $"Performance: {Words(p.Condition)}. Mean {N(p.Mean)}, 90th percentile of unit {p.Unit ?? "none"}"
                + $"{(p.Zone is { } zone ? $" in {zone}" : "")} {N(p.P90)}, ratio {N(p.Ratio)}; "
                + $"{(p.Inclusive ? "at or below" : "below")} {N(p.Limit)} is degraded.");
        }

        if (s.FaoWocat is { } f)
            Line(4, $"FAO-WOCAT: steadiness {f.Steadiness}, initial biomass {N(f.InitialBiomass)} (class {f.Biomass}), "
                + $"{f.ClassChange} percentile classes (emerging state {f.EmergingState}), code {f.Code}"
                + $"{(f.GreatestNdvi is { } g ? $", greatest NDVI {N(g)}{(f.Desert ? ", a desert" : "")}" : "")}.");
        if (_whole)
            Sources(s.Years.SelectMany(y => y.Sources));
    }

    private void Soil(SoilStory s)
    {
        string stocks = s is { Initial: { } a, Final: { } b } ? $" {Stock(a)}, {Stock(b)}" : "";
        string change = s.ChangePct is { } pct ? $"{(stocks.Length > 0 ? ": " : " ")}{N(Math.Round(pct, 4))} %" : "";
        string rule = s.Threshold is { } t ? $"; {(s.Inclusive == true ? "at or beyond" : "beyond")} ±{N(t)} % counts" : "";
        Line(
            2, $"Soil organic carbon: {Words(s.Condition)}{Was(s)}.{stocks}{change}{(stocks + change == "" ? "" : rule + ".")}");
        Sources(s.Sources ?? []);
        if (s.Model is { } model)
            Model(model);

        static string Stock(StockStory of) => $"{of.Year}{(of.StandsFor is { } year ? $" (for {year})" : "")} "
            + (of.Stock is { } stock ? $"{N(Math.Round(stock, 4))} t C/ha" : "no data");
    }

    private void Model(StockModelStory m)
    {
        Line(4, $"From the stock of {m.ReferenceYear}"
            + $"{(m.ClimateZone is { } zone ? $", climate zone {zone}" : "")}{(m.CropFactor is { } f ? $", f {N(f)}" : "")}"
            + $"{(m.Practice is { } practice ? $", management × input {N(practice)}" : "")}:");

        // A year that changes nothing is told only where every year is asked for.
        StockStep? before = null;
        foreach (StockStep step in m.Steps)
        {
            if (_whole || before is null || step.Factor is not null || step.Lost is > 0 or < 0 || step.Class != before.Class)
                Line(6,
                    $"{step.Year} {step.Class?.Name ?? "no data"}: {(step.Stock is { } s ? $"{N(s)} t C/ha" : "no stock")}"
                    + $"{(step.Lost is { } lost && lost != 0 ? $", {N(-Math.Round(lost, 6))}" : "")}"
                    + $"{(step.Factor is { } factor ? $" (factor {N(factor)} over 20 years)" : "")}");
            before = step;
        }
    }

    private void Flips(PeriodStory p)
    {
        if (p.Flips is not { } flips)
            return;
        if (flips.Count == 0)
        {
            Line(2, "No single change of an input or a rule would give it another condition.");
            return;
        }

        Line(2, "It would have another condition with:");
        foreach (FlipStory flip in flips.Take(_whole ? flips.Count : ShownFlips))
            Line(4, $"{flip.What}: {Words(flip.Becomes)}.");
        if (!_whole && flips.Count > ShownFlips)
            Line(4, $"and {flips.Count - ShownFlips} more single changes (--verbose).");
    }

    private void Combinations(PeriodStory p)
    {
        if (p.Combinations is not { Count: > 0 } all)
            return;
        IEnumerable<string> counts = all.GroupBy(c => c.Condition).OrderByDescending(g => g.Count())
            .Select(g => $"{Words(g.Key)} under {g.Count()}");
        Line(2, $"Of {all.Count} combinations of rules: {string.Join(", ", counts)}.");
        if (!_whole)
            return;
        foreach (CombinationStory c in all)
            Line(4, string.Join(", ", new[]
            {
                c.Missing, c.SocThreshold is { } t ? $"soil {N(t)} %{(c.SocInclusive == true ? " inclusive" : "")}" : null,
                c.LpdTable,
            }.OfType<string>()) + $": {Words(c.Condition)}");
    }

    private void Sources(IEnumerable<SourceValue> sources)
    {
        foreach (SourceValue source in sources)
            Source(source);
    }

    private void Source(SourceValue s) => Line(4, $"{s.Layer}: "
        + (s.Stored is { } stored ? N(stored) : "nothing")
        + (s.Value is null && s.Stored is not null ? ", no data" : s.Value != s.Stored ? $", {N(s.Value)}" : "")
        + (s.Column is null ? ", outside of" : $" in column {s.Column}, row {s.Row} of")
        + $" {s.File}{(s.Resampling is { } method ? $" ({method} of several cells)" : "")}");

    private static string Was(SubIndicatorStory s) => s.Uncorrected is { } before ? $" ({Words(before)} before corrections)" : "";

    private static string Words(string name) => name.Replace('_', ' ');

    private static string N(double? number) => number is { } n ? n.ToString("0.######", CultureInfo.InvariantCulture) : "no data";

    private void Line(int indent, string text) => _lines.Add(new CellLine(indent, text));
}
