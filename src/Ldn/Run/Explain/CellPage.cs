using System.Text;
using Ldn.Reports;
using Ldn.Reports.Page;

namespace Ldn.Run.Explain;

/// <summary>
/// A page of cells that needs nothing but itself and runs no script: what <see cref="CellLines"/> says, with each period's years
/// drawn.
/// </summary>
public static class CellPage
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

        PeriodStory[] periods = [.. story.Periods.Values];
        return new View
        {
            ["head"] = parts[0][0].Text,
            ["facts"] = Lines(parts[0].Skip(1)),
            ["periods"] = periods.Select((period, i) => new View
            {
                ["head"] = parts[i + 1][0].Text,
                ["charts"] = Charts(period, texts).ToArray(),
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
