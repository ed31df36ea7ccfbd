using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Tables;
using Ldn.Tables.Prais;

namespace Ldn.Subjects;

/// <summary>
/// The forms of places and words that a run knows: corrections (SO1-4.T3), targets (SO1-VT.T1), activities (SO1.IA.T1).
/// </summary>
internal static class PraisPlaces
{
    private static readonly (string Name, Func<Outcome, Condition> Of)[] s_layers =
    [
        ("indicator", o => o.Indicator), (SubIndicator.LandCover.Name(), o => o.LandCover),
        (SubIndicator.Productivity.Name(), o => o.Productivity),
        (SubIndicator.SoilCarbon.Name(), o => o.Water ? Condition.NoData : o.SoilCarbon),
    ];

    /// <summary>
    /// Each polygon in each zone it meets, by period and recoded condition: where it is, what it says, and what the map says
    /// there before it.
    /// </summary>
    public static ResultTable Corrections(PraisFrame frame, IReadOnlyList<Correction> corrections)
    {
        var table = new ResultTable("SO1-4.T3", "False positives and negatives",
        [
            new("correction_id", ColumnType.Text, "Polygon."), PraisFrame.PeriodColumn,
            new("layer", ColumnType.Text, "Indicator or sub-indicator that it recodes."),
            new("from_condition", ColumnType.Text, "Condition as computed."),
            new("to_condition", ColumnType.Text, "Condition that the polygon gives it."),
            new("pixels", ColumnType.Integer, "Cells of the polygon that have the condition, land alone."),
            new("area_km2", ColumnType.Area, "Area of the polygon in the zone."),
            new("justification", ColumnType.Text, "Why."), new("process", ColumnType.Text, "Process that the map missed."),
            new("basis", ColumnType.Text, "What the judgement rests on."),
            PraisFrame.ZoneColumn, new("location_name", ColumnType.Text, "The polygon's id."),
            new(
                "type", ColumnType.Text,
                "false negative: wrongly degraded; false positive: wrongly not degraded; empty: neither, and no type of the "
                    + "platform."),
            new("form_period", ColumnType.Text, "baseline, reporting or both."),
            new("recoded_km2", ColumnType.Area, "Area of the polygon that has the condition, land alone."),
            .. s_layers.SelectMany(l => new Column[]
            {
                new($"{l.Name}_degraded_pct", ColumnType.Percent, "Share of the polygon, before corrections."),
                new($"{l.Name}_improved_pct", ColumnType.Percent, "Share of the polygon, before corrections."),
            }),
        ]);
        foreach (Correction correction in corrections)
            foreach (int period in correction.Periods)
                AddRows(table, frame, correction, period);
        return table;
    }

    private static void AddRows(ResultTable table, PraisFrame frame, Correction correction, int period)
    {
        RunStatistics run = frame.Run;
        var areas = new Area[run.Zones.Count, s_layers.Length, 4];
        var moved = new Amount[run.Zones.Count, 4];
        foreach ((_, Outcome outcome, TallyRow row) in run.Outcomes(period, run.Tables, corrected: false))
        {
            if (!run.Places.Contains(row.Place, correction.Member))
                continue;
            foreach (int zone in run.ZonesOf(row))
            {
                for (int l = 0; l < s_layers.Length; l++)
                    areas[zone, l, (int)s_layers[l].Of(outcome)] += row.Area;
                if (!outcome.Water)
                    moved[
                        zone,
                        (int)(correction.Layer is { } sub ? outcome.Of(sub) : outcome.Indicator)] += RunStatistics.AmountOf(row);
            }
        }

        string form = correction.Periods.Contains(0) ? correction.Periods.Any(p => p > 0) ? "both" : "baseline" : "reporting";
        foreach ((int z, SummaryZone zone) in frame.Zones)
        {
            var all = Area.Sum(Enumerable.Range(0, 4).Select(c => areas[z, 0, c]));
            for (int c = 1; c <= 3 && !all.IsZero; c++)
            {
                if (correction.To[c - 1] is not { } to || to == (Condition)c)
                    continue;
                string type = (
                    Condition)c == Condition.Degraded ? "false negative" : to == Condition.Degraded ? "false positive" : "";
                table.Add(
                [
                    correction.Id, frame.Periods[period].Id, correction.Layer is { } layer ? layer.Name() : "indicator",
                    ((Condition)c).Name(), to.Name(), moved[z, c].Pixels, all,
                    correction.Justification, correction.Process, correction.Basis, zone.Id, correction.Id, type, form,
                    moved[z, c].Area,
                    .. Enumerable.Range(0, s_layers.Length).SelectMany(l => new object?[]
                        { areas[z, l, (int)Condition.Degraded].PercentOf(all), areas[z, l, (int)Condition.Improved]
                            .PercentOf(all) }),
                ]);
            }
        }
    }

    public static ResultTable Targets(PraisFrame frame, IReadOnlyList<Target> targets, ResultTable judged)
    {
        var table = new ResultTable("SO1-VT.T1", "Voluntary targets",
        [
            new("text", ColumnType.Text, "What the target says."), new("year", ColumnType.Integer, "Year by which."),
            new("zone_id", ColumnType.Text, "Zone or group it is set for."),
            new("level", ColumnType.Text, "national, or sub-national."),
            new("area_km2", ColumnType.Area, "Area of a sub-national target's zone, water too."),
            new("status", ColumnType.Text, "Verdict of targets.csv."),
        ]);
        Column verdict = judged.Column("verdict")!;
        for (int t = 0; t < targets.Count; t++)
        {
            int zone = frame.Run.Zones.Select(z => z.Id).ToList().IndexOf(targets[t].ZoneId);
            bool national = zone < 0 || frame.Run.Zones[zone].Kind == "group" || frame.IsFirstLayer(zone);
            PeriodFigures? figures = zone < 0 ? null : frame.Figures(zone)[0];
            table.Add(
                targets[t].Text, (long)targets[t].Year, targets[t].ZoneId, national ? "national" : "sub-national",
                national || figures is null ? null : figures.Land.Area + figures.Water.Area, judged.Rows[t][verdict]);
        }

        return table;
    }

    public static ResultTable Activities(PraisFrame frame, IReadOnlyList<Activity> activities)
    {
        var table = new ResultTable("SO1.IA.T1", "Implemented actions",
        [
            new("id", ColumnType.Text, "Activity."), new("name", ColumnType.Text, "Its name."),
            new("start_year", ColumnType.Integer, "When it began."),
            new("area_km2", ColumnType.Area, "Area in the zone, water too."),
            new("funding", ColumnType.Text, "Source of funding, where the file tells it."), PraisFrame.ZoneColumn,
        ]);
        foreach (Activity activity in activities)
        {
            var areas = new Area[frame.Run.Zones.Count];
            foreach ((_, _, TallyRow row) in frame.Run.Outcomes(0, frame.Run.Tables))
                if (frame.Run.Places.Contains(row.Place, activity.Member))
                    foreach (int zone in frame.Run.ZonesOf(row))
                        areas[zone] += row.Area;
            foreach ((int z, SummaryZone zone) in frame.Zones)
                if (!areas[z].IsZero)
                    table.Add(
                        activity.Id, activity.Name, (long?)activity.StartYear, areas[z],
                        activity.Funding.Length > 0 ? activity.Funding : null, zone.Id);
        }

        return table;
    }
}
