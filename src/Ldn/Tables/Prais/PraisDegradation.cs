using Ldn.Counting;
using Ldn.Indicator;

namespace Ldn.Tables.Prais;

/// <summary>
/// What the forms ask of degradation (prais-forms.md §1–3): of each sub-indicator what changed within the period, its own
/// assessment; status in SO1-4 alone.
/// </summary>
internal static class PraisDegradation
{
    private static readonly Condition[] s_classes = [Condition.Degraded, Condition.Stable, Condition.Improved, Condition.NoData];

    private static readonly Column[] s_figures =
    [
        PraisFrame.ZoneColumn, PraisFrame.PeriodColumn,
        new("land_km2", ColumnType.Area, "Total land area of CP-1.T1 in the period's final year."),
        .. s_classes.Select(
            c => new Column($"{c.Name()}_km2", ColumnType.Area, "By what changed within the period, also in reporting periods.")),
    ];

    /// <summary>
    /// SO1-1.T7: what the transition matrix makes of every cell, initial water too; shares of the country's area.
    /// </summary>
    public static ResultTable LandCover(PraisFrame frame) => Own(
        frame, SubIndicator.LandCover, "SO1-1.T7", "Land-cover degradation", "country_km2",
        "Country area: the sum of the four, of which the shares are.", (period, zone) => null);

    /// <summary>SO1-2.T3 and SO1-3.T2: land of the period's initial year; shares of the land of its final year.</summary>
    public static ResultTable OnLand(PraisFrame frame, SubIndicator sub, string name, string title) => Own(
        frame, sub, name, title, "assessed_km2",
        "Land of the period's initial year: the sum of the four. The shares are of land_km2.",
        (period, zone) => frame.FinalLand(period, zone));

    private static ResultTable Own(
        PraisFrame frame, SubIndicator sub, string name, string title, string sumName, string sumMeaning, Func<int, int,
        Area?> whole)
    {
        var table = new ResultTable(name, title,
        [
            .. s_figures,
            .. s_classes.Select(
                c => new Column(
                    $"{c.Name()}_pct", ColumnType.Percent, sub == SubIndicator.LandCover ? "Of country_km2." : "Of land_km2.")),
            new(sumName, ColumnType.Area, sumMeaning), PraisFrame.YearsColumn, PraisFrame.AskedColumn,
        ]);
        for (int p = 0; p < frame.Periods.Count; p++)
        {
            Area[,] sums = Conditions(frame, sub, p, initialWater: sub == SubIndicator.LandCover);
            foreach ((int z, SummaryZone zone) in frame.Zones)
            {
                Area sum = Area.Sum(s_classes.Select(c => sums[z, (int)c]));
                table.Add(
                [
                    zone.Id, frame.Periods[p].Id, frame.FinalLand(p, z), .. s_classes.Select(c => (object?)sums[z, (int)c]),
                    .. s_classes.Select(c => (object?)sums[z, (int)c].PercentOf(whole(p, z) ?? sum)), sum, frame.Years(sub, p),
                    frame.Asks(p),
                ]);
            }
        }

        return frame.Sorted(table);
    }

    /// <summary>Area by zone and condition of a period's own assessment, corrections of the sub-indicator included.</summary>
    private static Area[,] Conditions(PraisFrame frame, SubIndicator sub, int period, bool initialWater)
    {
        var sums = new Area[frame.Run.Zones.Count, s_classes.Length];
        foreach ((_, Outcome now, TallyRow row) in frame.Run.Outcomes(period, frame.Run.Tables))
        {
            if (now.Water && !initialWater)
                continue;
            foreach (int zone in frame.Run.ZonesOf(row))
                sums[zone, (int)now.Of(sub)] += row.Area;
        }

        return sums;
    }

    /// <summary>
    /// SO1-4.T1: condition in the baseline × the period's own, after corrections; every combination has a row. Land that is water
    /// in neither.
    /// </summary>
    public static ResultTable StatusMatrix(PraisFrame frame)
    {
        var table = new ResultTable("SO1-4.T1", "Status matrix of SDG indicator 15.3.1",
        [
            PraisFrame.ZoneColumn, PraisFrame.PeriodColumn,
            new("baseline_condition", ColumnType.Text, "Condition in the baseline."),
            new("period_condition", ColumnType.Text, "The period's own condition."),
            new("status", ColumnType.Text, "Status that both make."),
            new("area_km2", ColumnType.Area, "True area."), PraisFrame.YearsColumn, PraisFrame.AskedColumn,
        ]);
        for (int p = 1; p < frame.Periods.Count; p++)
        {
            var sums = new Area[frame.Run.Zones.Count, s_classes.Length, s_classes.Length];
            foreach ((Outcome baseline, Outcome now, TallyRow row) in frame.Run.Outcomes(p, frame.Run.Tables))
            {
                if (baseline.Water || now.Water)
                    continue;
                foreach (int zone in frame.Run.ZonesOf(row))
                    sums[zone, (int)baseline.Indicator, (int)now.Indicator] += row.Area;
            }

            foreach ((int z, SummaryZone zone) in frame.Zones)
                foreach (Condition before in s_classes)
                    foreach (Condition now in s_classes)
                        table.Add(
                            zone.Id, frame.Periods[p].Id, before.Name(), now.Name(),
                            StatusLaw.Of(before, now, frame.Run.Job.Rules.Status).Name(),
                            sums[z, (int)before, (int)now], Years(frame, p), frame.AsksStatus(p));
        }

        return frame.Sorted(table);
    }

    /// <summary>
    /// SO1-4.T2: what is reported, by condition in the baseline and by status after, as a share of the land of CP-1.T1.
    /// </summary>
    public static ResultTable DegradedLand(PraisFrame frame)
    {
        var table = new ResultTable("SO1-4.T2", "Degraded land (SDG indicator 15.3.1)",
        [
            PraisFrame.ZoneColumn, PraisFrame.PeriodColumn,
            new("year", ColumnType.Integer, "Final year of the period, where it is told."),
            new("land_km2", ColumnType.Area, "Total land area of CP-1.T1 in the period's final year."),
            new("degraded_km2", ColumnType.Area, "Total degraded land, as in headline.csv."),
            new("degraded_pct", ColumnType.Percent, "Of land_km2."),
            new("change_km2", ColumnType.Area, "Minus the baseline's."),
            new("change_pct", ColumnType.Percent, "Percentage points."),
            PraisFrame.YearsColumn, PraisFrame.AskedColumn,
        ]);
        foreach ((int z, SummaryZone zone) in frame.Zones)
        {
            Area first = Degraded(0, z);
            Ratio? before = first.PercentOf(frame.FinalLand(0, z));
            for (int p = 0; p < frame.Periods.Count; p++)
            {
                Area degraded = Degraded(p, z), land = frame.FinalLand(p, z);
                Ratio? share = degraded.PercentOf(land);
                table.Add(
                    zone.Id, frame.Periods[p].Id, (long?)frame.Periods[p].FinalYear, land, degraded, share,
                    p == 0 ? null : degraded - first, p == 0 ? null : share - before,
                    Years(frame, p), frame.AsksStatus(p));
            }
        }

        return table;

        Area Degraded(int period, int zone) => frame.Figures(zone)[period].Reported(period == 0).Of(Condition.Degraded).Area;
    }

    /// <summary>SO1-4: how sure the figure is.</summary>
    /// <param name="frame">The run as PRAIS asks for it.</param>
    /// <param name="of">Level of a zone's id and a period's, null where it was not assessed, with the reasons.</param>
    public static ResultTable Confidence(PraisFrame frame, Func<string, string, (string? Level, string Reason)> of)
    {
        var table = new ResultTable("SO1-4.confidence", "Level of confidence in the degraded land",
        [
            PraisFrame.ZoneColumn, PraisFrame.PeriodColumn,
            new("level", ColumnType.Text, "high, medium or low, as a proposal to the country."),
            new("reason", ColumnType.Text, "Why."), PraisFrame.AskedColumn,
        ]);
        foreach ((int _, SummaryZone zone) in frame.Zones)
        {
            for (int p = 0; p < frame.Periods.Count; p++)
            {
                (string? level, string reason) = of(zone.Id, frame.Periods[p].Id);
                table.Add(zone.Id, frame.Periods[p].Id, level, reason, frame.AsksStatus(p));
            }
        }

        return table;
    }

    /// <summary>The years of all sub-indicators of a period, those alike told once.</summary>
    private static string? Years(PraisFrame frame, int period)
    {
        var years = frame.Run.Job.SubIndicators.Select(s => (Sub: s, Years: frame.Years(s, period)))
            .Where(y => y.Years is not null).GroupBy(y => y.Years).ToList();
        return years.Count switch
        {
            0 => null,
            1 => years[0].Key,
            _ => string.Join(
                "; ", years.Select(g => $"{string.Join(", ", g.Select(s => s.Sub.Name().Replace('_', ' ')))} {g.Key}")),
        };
    }
}
