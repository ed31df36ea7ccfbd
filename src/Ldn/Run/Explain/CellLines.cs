using Ldn.Reports;

namespace Ldn.Run.Explain;

/// <summary>A line of what a cell says, as far in as it belongs under those above; an empty one parts periods.</summary>
internal readonly record struct CellLine(int Indent, string Text);

/// <summary>What one cell says of itself in sentences, for the terminal and the page alike.</summary>
internal sealed class CellLines
{
    private const int ShownFlips = 3;

    private readonly List<CellLine> _lines = [];
    private readonly bool _whole;
    private readonly Texts _texts;

    private CellLines(bool whole, Texts texts) => (_whole, _texts) = (whole, texts);

    /// <param name="story">The cell.</param>
    /// <param name="whole">Every year, step, flip and combination.</param>
    /// <param name="texts">The language.</param>
    public static IReadOnlyList<CellLine> Of(CellStory story, bool whole, Texts texts)
    {
        var lines = new CellLines(whole, texts);
        lines.Write(story);
        return lines._lines;
    }

    private void Write(CellStory s)
    {
        Line(0, (s.Point is null ? "" : $"{s.Point}: ") + T(
            "at", N(s.Longitude), N(s.Latitude), s.Cell.Column, s.Cell.Row, _texts.Numbers.Of(s.AreaKm2, "F6"),
            N(s.Cell.Longitude), N(s.Cell.Latitude)));
        if (s.Zones.Count > 0)
            Line(0, T("zones", string.Join("; ", s.Zones.Select(z => z.Name == z.Id ? z.Id : $"{z.Name} ({z.Id})"))));
        if (s.Region is { } region)
            Line(0, T("region", region));
        if (s.LandType is { } type)
            Line(0, T("land_type", type.Code + (type.Name == type.Code ? "" : $" ({type.Name})")));
        if (s.Reason is { } reason)
            Line(0, T("nothing", reason.In(_texts)));
        foreach ((string id, PeriodStory period) in s.Periods)
            Period(id, period);
        if (s.CannotTell.Count > 0)
        {
            Line(0, "");
            Line(0, T("rasters"));
            foreach (Saying what in s.CannotTell)
                Line(2, what.In(_texts));
        }

        Line(0, "");
        Line(0, T("caveat"));
    }

    private void Period(string id, PeriodStory p)
    {
        Line(0, "");
        string status = p.Status is { } s
            ? T("status", Words(s.Class), s.Reason is { } why ? why.In(_texts) : Words(s.Condition)) : "";
        string deciding = p.Indicator.Deciding.Count == 0 ? ""
            : T("by", p.Indicator.Deciding.Select(Words).Aggregate((a, b) => T("and", a, b)));
        string name = _texts.Language == "en" ? id : _texts.Period(id);
        Line(0, $"{name}{(p.Years is { } years ? ", " + _texts.Years(years) : "")}: "
            + Words(p.Indicator.Condition).ToUpperInvariant()
            + $"{(p.Indicator.Reason is { } reason ? $", {reason.In(_texts)}" : deciding)}{status}.");
        if (p.Indicator.Uncorrected is { } before)
            Line(2, T("before", Words(before)));
        if (p.Indicator.Source is { } given)
            Source(given);
        if (p.LandCover is { } cover)
            LandCover(cover);
        if (p.Productivity is { } productivity)
            Productivity(productivity);
        if (p.SoilOrganicCarbon is { } soil)
            Soil(soil);
        foreach (CorrectionStory c in p.Corrections ?? [])
        {
            string does = !c.Counts ? T("correction.idle") : c.From == c.To ? T("correction.leaves", Words(c.From))
                : T("correction.becomes", Words(c.From), Words(c.To));
            Line(2, T("correction", c.Id, Words(c.Layer), does, c.Justification));
        }

        Flips(p);
        Combinations(p);
        if (p.Neighbours is { } n)
            Line(2, T("neighbours", n.Same, n.Other, n.None));
    }

    private void LandCover(LandCoverStory l)
    {
        string change = l is { From: { } from, To: { } to }
            ? " " + T("cover_change", Cover(from), Cover(to), l.Matrix!, Words(l.MatrixCondition!)) : "";
        Line(2, T("land_cover", Condition(l)) + change);
        Sources(new[] { l.From?.Value, l.To?.Value }.OfType<SourceValue>());

        string Cover(CoverStory c) => Year(c.Year, c.StandsFor) + " " + (c.Class is null ? T("no_data")
            : $"{c.Class} (UNCCD {c.Unccd}, {(_texts.Language == "en" ? c.UnccdName : _texts[$"unccd.{c.Unccd}"])})");
    }

    private void Productivity(ProductivityStory p)
    {
        string lpd = p.Lpd is { } c ? " " + T("lpd", c, _texts.Language == "en" ? p.LpdName! : Words(p.LpdName!)) : "";
        string parts = p.Trend is null || p.State is null ? "" : " " + T(
            "parts", Words(p.Trend), Words(p.State), p.Performance is null ? T("unknown") : Words(p.Performance),
            p.LpdTable is { } table ? T("table", table) : "");
        Line(2, T("productivity", Condition(p)) + lpd + parts);
        Sources(p.Sources ?? []);
        if (p.Series is { } series)
            Series(series);
    }

    private void Series(SeriesStory s)
    {
        Line(4, $"{s.Variable} {s.Window}: "
            + string.Join(", ", s.Years.Select(y => $"{y.Year} {(y.Value is { } v ? N(v) : "–")}"
                + (y.Climate is { } c ? $" ({T("climate", N(c))})" : ""))) + ".");
        TrendStory t = s.Trend;
        Line(4, T("trend", t.Method, Words(t.Condition), t.N, t.MinYears) + (t.S is null ? "." : T(
            "trend.figures", N(t.S), N(t.Variance), N(t.Z), N(t.P), N(t.Slope), t.SlopeMethod, t.Significance,
            t.Significance == "two-sided" ? "|Z|" : "|S|", N(t.Critical))));
        if (s.State is { } state)
        {
            Line(4, T(
                "state", state.Method, Words(state.Condition), state.RecentYears, N(state.RecentMean), Of(state.RecentClass),
                state.HistoryYears, N(state.HistoryMean), Of(state.HistoryClass), state.Z is { } z ? $"; z {N(z)}" : "",
                N(state.Minimum), state.Limits is { } limits
                    ? T("state.limits", string.Join(_texts.Language == "en" ? ", " : "; ", limits.Select(l => N(l)))) : ""));
        }

        if (s.Performance is { } p)
        {
            Line(4, T(
                "performance", Words(p.Condition), N(p.Mean), p.Unit ?? T("none"), p.Zone is { } zone ? T("in_zone", zone) : "",
                N(p.P90), N(p.Ratio), T(p.Inclusive ? "performance.at_below" : "performance.below", N(p.Limit))));
        }

        if (s.FaoWocat is { } f)
            Line(4, T(
                "fao_wocat", f.Steadiness, N(f.InitialBiomass), f.Biomass, f.ClassChange, f.EmergingState, f.Code,
                f.GreatestNdvi is { } g ? T("greatest", N(g)) + (f.Desert ? T("desert") : "") : ""));
        if (_whole)
            Sources(s.Years.SelectMany(y => y.Sources));
    }

    private void Soil(SoilStory s)
    {
        string stocks = s is { Initial: { } a, Final: { } b } ? $" {Stock(a)}, {Stock(b)}" : "";
        string change = s.ChangePct is { } pct ? $"{(stocks.Length > 0 ? ": " : " ")}{N(Math.Round(pct, 4))} %" : "";
        string rule = s.Threshold is { } t ? T(s.Inclusive == true ? "soil.at_beyond" : "soil.beyond", N(t)) : "";
        Line(2, T("soil", Condition(s)) + stocks + change + (stocks + change == "" ? "" : rule + "."));
        if (s.Test is { } test)
            Line(4, T(
                "soil.test", N(Math.Round(100 * test.Level, 4)), Figure(test.BaselineMean), Figure(test.Low), Figure(test.High),
                Figure(test.PeriodMean)));
        Sources(s.Sources ?? []);
        if (s.Model is { } model)
            Model(model);

        string Figure(double? stock) => stock is { } known ? N(Math.Round(known, 4)) : T("no_data");

        string Stock(StockStory of) => Year(of.Year, of.StandsFor) + " "
            + (of.Stock is { } stock ? $"{N(Math.Round(stock, 4))} t C/ha" : T("no_data"));
    }

    private void Model(StockModelStory m)
    {
        Line(4, T("model", m.ReferenceYear)
            + (m.ClimateZone is { } zone ? T("model.zone", zone) : "") + (m.CropFactor is { } f ? $", f {N(f)}" : "")
            + (m.Organic is null ? "" : T("model.organic"))
            + (m.Practice is { } practice ? T("model.practice", N(practice)) : "") + ":");

        // A year that changes nothing is told only where every year is asked for.
        StockStep? before = null;
        foreach (StockStep step in m.Steps)
        {
            if (_whole || before is null || step.Factor is not null || step.Lost is > 0 or < 0 || step.Class != before.Class)
                Line(6,
                    $"{step.Year} {step.Class?.Name ?? T("no_data")}: {(step.Stock is { } s ? $"{N(s)} t C/ha" : T("no_stock"))}"
                    + (step.Lost is { } lost && lost != 0 ? $", {N(-Math.Round(lost, 6))}" : "")
                    + (step.Factor is { } factor ? T("model.factor", N(factor)) : ""));
            before = step;
        }
    }

    private void Flips(PeriodStory p)
    {
        if (p.Flips is not { } flips)
            return;
        if (flips.Count == 0)
        {
            Line(2, T("no_flips"));
            return;
        }

        Line(2, T("flips"));
        foreach (FlipStory flip in flips.Take(_whole ? flips.Count : ShownFlips))
            Line(4, $"{flip.What.In(_texts)}: {Words(flip.Becomes)}.");
        if (!_whole && flips.Count > ShownFlips)
            Line(4, T("more_flips", flips.Count - ShownFlips));
    }

    private void Combinations(PeriodStory p)
    {
        if (p.Combinations is not { Count: > 0 } all)
            return;
        IEnumerable<string> counts = all.GroupBy(c => c.Condition).OrderByDescending(g => g.Count())
            .Select(g => T("under", Words(g.Key), g.Count()));
        Line(2, T("combinations", all.Count, string.Join(", ", counts)));
        if (!_whole)
            return;
        foreach (CombinationStory c in all)
            Line(4, string.Join(", ", new[]
            {
                c.Missing, c.SocThreshold is { } t ? T(c.SocInclusive == true ? "soil_inclusive" : "soil_threshold", N(t)) : null,
                c.LpdTable,
            }.OfType<string>()) + $": {Words(c.Condition)}");
    }

    private void Sources(IEnumerable<SourceValue> sources)
    {
        foreach (SourceValue source in sources)
            Source(source);
    }

    private void Source(SourceValue s) => Line(4, $"{s.Layer}: "
        + (s.Stored is { } stored ? N(stored) : T("source.nothing"))
        + (s.Value is null && s.Stored is not null ? ", " + T("no_data") : s.Value != s.Stored ? $", {N(s.Value)}" : "")
        + (s.Column is null ? T("source.outside") : T("source.at", s.Column, s.Row!))
        + $" {s.File}{(s.Resampling is { } method ? T("source.several", method) : "")}");

    /// <summary>Its condition, and that before corrections.</summary>
    private string Condition(SubIndicatorStory s) =>
        Words(s.Condition) + (s.Uncorrected is { } before ? T("was", Words(before)) : "");

    private string Year(int year, int? standsFor) =>
        standsFor is { } wanted ? _texts.Format("report.years_for", year, wanted) : _texts.Year(year);

    private string Of(int? of) => of is { } number ? T("class", number) : "";

    private string T(string key, params object[] values) => _texts.Format("cell." + key, values);

    private string Words(string name) => new Term(name).In(_texts);

    private string N(double? number) => number is { } n ? _texts.Numbers.Of(n, "0.######") : T("no_data");

    private void Line(int indent, string text) => _lines.Add(new CellLine(indent, text));
}
