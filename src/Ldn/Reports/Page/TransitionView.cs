using Ldn.Counting;

namespace Ldn.Reports.Page;

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
