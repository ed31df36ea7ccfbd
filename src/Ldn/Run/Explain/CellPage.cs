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
    /// <param name="path">The file.</param>
    /// <param name="stories">The cells, at least one.</param>
    public static void Write(string path, IReadOnlyList<CellStory> stories)
    {
        var template = new Template(Template.Resource, Texts.Load("en"));
        using var writer = new StreamWriter(path, false, new UTF8Encoding(false)) { NewLine = "\n" };
        template.Render(writer, "cell.html", new View
        {
            ["title"] = stories.Count == 1 ? "Why this cell is what it is" : $"Why these {stories.Count} cells are what they are",
            ["cells"] = stories.Select(Cell).ToArray(),
        });
    }

    private static View Cell(CellStory story)
    {
        // Blank lines part the cell itself, its periods, and what cannot be told with the caveat.
        var parts = new List<List<CellLine>> { new() };
        foreach (CellLine line in CellLines.Of(story, whole: true))
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
                ["charts"] = Charts(period).ToArray(),
                ["lines"] = Lines(parts[i + 1].Skip(1)),
            }).ToArray(),
            ["rest"] = Lines(parts.Skip(periods.Length + 1).SkipLast(1).SelectMany(p => p)),
            ["caveat"] = story.Caveat,
        };
    }

    private static View[] Lines(IEnumerable<CellLine> lines) =>
        [.. lines.Select(l => new View { ["line"] = l.Text, ["indent"] = $"{l.Indent}" })];

    private static IEnumerable<View> Charts(PeriodStory period)
    {
        if (period.Productivity?.Series is { } series && CellChart.Of(series) is { } drawn)
        {
            string state = series.State is null ? ""
                : "; the recent years are shaded, with their mean and that of the years before"
                    + (series.State.Limits is null ? "" : ", thin lines are the limits of state's ten classes");
            string trend = series.Trend is { Method: "trend", Slope: not null } ? "; dashed: the trend" : "";
            yield return new View { ["svg"] = drawn, ["caption"] = $"{series.Variable} by year{trend}{state}." };
        }

        if (period.SoilOrganicCarbon?.Model is { } model && CellChart.Of(model) is { } stocks)
            yield return new View
            {
                ["svg"] = stocks,
                ["caption"] = "Soil organic carbon by year, t C/ha, as the model carries it on."
            };
    }
}
