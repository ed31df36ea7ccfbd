using System.Globalization;
using System.Text;
using Ldn.Jobs;
using Ldn.Reports;
using Ldn.Reports.Page;

namespace Ldn.Run.Explain;

/// <summary>
/// A page of cells that needs nothing but itself and runs no script: what <see cref="CellLines"/> says, with each period's years
/// drawn.
/// </summary>
internal static class CellPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="stories">The cells, at least one.</param>
    /// <param name="texts">The language.</param>
    public static void Write(Stream stream, IReadOnlyList<CellStory> stories, Texts texts)
    {
        var template = new Template(Template.Resource, texts);
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        template.Render(writer, "cell.html", new View
        {
            ["language"] = texts.Language,
            ["title"] = stories.Count == 1 ? texts["cell.title"] : texts.Format("cell.titles", stories.Count),
            ["cells"] = stories.Select(s => Cell(s, texts)).ToArray(),
        });
    }

    private static View Cell(CellStory story, Texts texts)
    {
        // Blank lines part the cell itself, its periods, and what cannot be told with the caveat.
        var parts = new List<List<CellLine>> { new() };
        foreach (CellLine line in CellLines.Of(story, whole: true, texts))
        {
            if (line.Text.Length == 0)
                parts.Add([]);
            else
                parts[^1].Add(line);
        }

        (string Id, PeriodStory Story)[] periods = [.. story.Periods.Select(p => (p.Key, p.Value))];
        return new View
        {
            ["head"] = char.ToUpperInvariant(parts[0][0].Text[0]) + parts[0][0].Text[1..],
            ["facts"] = Lines(parts[0].Skip(1)),
            ["periods"] = periods.Select((period, i) => new View
            {
                // Scripts know periods by their ids, readers of a page by their names.
                ["head"] = parts[i + 1][0].Text is var head && head.StartsWith(period.Id, StringComparison.Ordinal)
                    ? texts.Period(period.Id) + head[period.Id.Length..] : head,
                ["charts"] = Charts(period.Story, texts).ToArray(),
                ["lines"] = Lines(parts[i + 1].Skip(1)),
            }).ToArray(),
            ["rest"] = Lines(parts.Skip(periods.Length + 1).SkipLast(1).SelectMany(p => p)),
            ["caveat"] = texts["cell.caveat"],
        };
    }

    private static View[] Lines(IEnumerable<CellLine> lines) =>
        [.. lines.Select(l => new View { ["line"] = l.Text, ["indent"] = $"{l.Indent}" })];

    private static IEnumerable<View> Charts(PeriodStory period, Texts texts)
    {
        if (period.Productivity?.Series is { } series && CellChart.Of(series, texts) is { } drawn)
        {
            string state = series.State is null ? ""
                : texts["cell.chart.state"] + (series.State.Limits is null ? "" : texts["cell.chart.limits"]);
            string trend = series.Trend is { Method: "trend", Slope: not null } ? texts["cell.chart.trend"] : "";
            yield return new View
            {
                ["svg"] = drawn,
                ["caption"] = texts.Format("cell.chart.series", series.Variable) + trend + state + ".",
            };
        }

        if (period.SoilOrganicCarbon?.Model is { } model && CellChart.Of(model, texts) is { } stocks)
            yield return new View { ["svg"] = stocks, ["caption"] = texts["cell.chart.soil"] };
    }
}

/// <summary>
/// A cell's years drawn as inline SVG: values of a series with its trend, the recent years, the means and class limits of its
/// state; or the stocks of the soil model. Colours are the page's, so that it reads in the dark too.
/// </summary>
internal sealed class CellChart
{
    private const double Width = 720, Height = 240, Left = 56, Right = 24, Top = 12, Bottom = 28;
    private const int LabelledYears = 10;

    private readonly StringBuilder _svg = new();
    private readonly Numbers _numbers;
    private readonly int _first;
    private readonly int _last;
    private readonly double _low;
    private readonly double _high;

    private CellChart(Texts texts, string spoken, int first, int last, IEnumerable<double> shown)
    {
        _numbers = texts.Numbers;
        double[] values = [.. shown];
        (double low, double high) = values.Length == 0 ? (0, 1) : (values.Min(), values.Max());
        double room = high > low ? (high - low) * 0.06 : Math.Max(1e-3, Math.Abs(high) * 0.05);
        (_first, _last, _low, _high) = (first, last, low - room, high + room);
        _svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg role=\"img\" aria-label=\"{Html.Escape(spoken)}\" viewBox=\"0 0 {Width} {Height}\">");
    }

    /// <summary>A productivity series; null where no year has a value.</summary>
    public static Html? Of(SeriesStory series, Texts texts)
    {
        double[] values = [.. series.Years.Select(y => y.Value).OfType<double>()];
        if (values.Length == 0)
            return null;
        (int first, int last) = (series.Years[0].Year, series.Years[^1].Year);
        StateStory? state = series.State;
        TrendStory trend = series.Trend;

        // A line through residuals or efficiencies is not one through the values.
        bool line = trend is { Method: "trend", Intercept: not null, Slope: not null };
        double[] ends = line ? [trend.Intercept!.Value, trend.Intercept.Value + (trend.Slope!.Value * (last - first))] : [];
        IEnumerable<double> limits = state?.Limits ?? [];
        var chart = new CellChart(
            texts,
            texts.Format(
                "cell.chart.spoken", series.Variable, series.Window, values.Length, series.Years.Count,
                new Term(trend.Condition).In(texts)),
            first, last, values.Concat(limits).Concat(ends));
        if (state is not null)
            chart.State(state);
        chart.Axes();
        if (line)
            chart.Segment("trend", first, ends[0], last, ends[1]);
        chart.Values([.. series.Years.Select(y => (y.Year, y.Value))]);
        return chart.Done();
    }

    /// <summary>Stocks of the model by year; null where there are none.</summary>
    public static Html? Of(StockModelStory model, Texts texts)
    {
        double[] stocks = [.. model.Steps.Select(s => s.Stock).OfType<double>()];
        if (stocks.Length == 0)
            return null;
        var chart = new CellChart(
            texts, texts["cell.chart.soil"], model.Steps[0].Year, model.Steps[^1].Year, stocks);
        chart.Axes();
        chart.Values([.. model.Steps.Select(s => (s.Year, s.Stock))]);
        return chart.Done();
    }

    private double X(double year) =>
        Left + ((year - _first) / Math.Max(1, _last - _first) * (Width - Left - Right));

    private double Y(double value) => Top + ((_high - value) / (_high - _low) * (Height - Top - Bottom));

    /// <summary>The recent years shaded, the class limits, and both means over their years.</summary>
    private void State(StateStory state)
    {
        YearSpan recent = YearSpan.Parse(state.RecentYears)!, history = YearSpan.Parse(state.HistoryYears)!;
        double from = X(recent.First - 0.5);
        Add($"<rect class=\"shade\" x=\"{N(from)}\" y=\"{N(Top)}\" width=\"{N(Math.Min(X(recent.Last + 0.5), Width) - from)}\" "
            + $"height=\"{N(Height - Top - Bottom)}\"/>");
        foreach (double limit in state.Limits ?? [])
            Segment("limit", _first, limit, _last, limit);
        if (state.HistoryMean is { } before)
            Segment("mean", history.First, before, history.Last, before);
        if (state.RecentMean is { } after)
            Segment("mean", recent.First, after, recent.Last, after);
    }

    private void Axes()
    {
        Segment("axis", _first, _low, _last, _low);
        foreach (double share in (double[])[0.05, 0.5, 0.95])
        {
            double value = _low + (share * (_high - _low));
            Add($"<text x=\"{N(Left - 6)}\" y=\"{N(Y(value) + 4)}\" text-anchor=\"end\">{_numbers.Of(value, "0.###")}</text>");
        }

        int step = Math.Max(1, (int)Math.Ceiling((_last - _first + 1) / (double)LabelledYears));
        for (int year = _first; year <= _last; year += step)
            Add($"<text x=\"{N(X(year))}\" y=\"{N(Height - 8)}\" text-anchor=\"middle\">{year}</text>");
    }

    /// <summary>A line that a missing year breaks, and a dot a year with its value as a tip.</summary>
    private void Values(IReadOnlyList<(int Year, double? Value)> years)
    {
        var path = new StringBuilder();
        bool down = false;
        foreach ((int year, double? value) in years)
        {
            if (value is { } v)
                path.Append(down ? 'L' : 'M').Append(N(X(year))).Append(' ').Append(N(Y(v)));
            down = value is not null;
        }

        Add($"<path class=\"values\" d=\"{path}\"/>");
        foreach ((int year, double? value) in years)
            if (value is { } v)
                Add($"<circle class=\"dot\" cx=\"{N(X(year))}\" cy=\"{N(Y(v))}\" r=\"3.5\"><title>{year}: "
                    + $"{_numbers.Of(v, "0.######")}</title>"
                    + "</circle>");
    }

    private void Segment(string of, double fromYear, double fromValue, double toYear, double toValue) =>
        Add(
            $"<line class=\"{of}\" x1=\"{N(X(fromYear))}\" y1=\"{N(Y(fromValue))}\" x2=\"{N(X(toYear))}\" "
                + $"y2=\"{N(Y(toValue))}\"/>");

    private Html Done() => new(_svg.Append("</svg>").ToString());

    private void Add(string markup) => _svg.Append(markup);

    private static string N(double number) => Numbers.Svg(number);
}
