using Ldn.Counting;
using Ldn.Reports;
using Ldn.Tables;

namespace Ldn.Compare;

/// <summary>compare_attribution.csv and compare_cells.csv (firmness U8).</summary>
internal static class ComparisonTables
{
    private static readonly Column<string> s_quantity = Column.Text("quantity", "Column of headline.csv."),
    s_factor = Column.Text(
        "factor",
        "What was replaced: zones, grid, land_cover, productivity, soil_organic_carbon, water, rules, corrections; period is the "
            + "change from the last period of the run before to a later one."),
    s_before = Column.Text("before", "Class in the run before; water; outside, where the cell is not in the zone there."),
    s_after = Column.Text("after", "Class in the run after, likewise."),
    s_periodBefore = Column.Text("period_before", "The period of the run before that it is held against.");

    private static readonly Column<Area> s_areaBefore = Column.Area("before_km2", "The figure of the run before."),
    s_areaAfter = Column.Area("after_km2", "The figure of the run after."),
    s_contribution = Column.Area(
        "contribution_km2",
        "Shapley value of the factor, its mean effect over all orders; those of a figure add up to its difference."),
    s_first = Column.Area("first_in_km2", "Effect of the factor where it alone is replaced; empty for a later period."),
    s_last = Column.Area("last_in_km2", "Effect of the factor where all others are replaced already."),
    s_low = Column.Area("low_km2", "Smallest effect in any order."),
    s_high = Column.Area("high_km2", "Largest effect in any order.");

    private static readonly Column<double> s_points = Column.Number(
        "contribution_points", "The same of the share of land in percentage points, of degraded_km2 alone.");

    /// <summary>The tables without rows, in the order of the files.</summary>
    public static IReadOnlyList<ResultTable> Kinds => [TableComparison.Kind, CellsKind, AttributionKind];

    private static ResultTable CellsKind => Columns.Table("compare_cells", "Cells by what they were and are",
    [
        Columns.ZoneId, Columns.ZoneName, Columns.ZoneKind, Columns.Period.Meaning("Period of the run after."),
        Columns.Basis.Meaning("condition, of the period itself; or status, against the baseline."), s_before, s_after,
        Columns.Pixels.Meaning("Cells of the run's grid; of the finer one where they differ."), Columns.TrueArea, s_periodBefore,
    ]);

    private static ResultTable AttributionKind => Columns.Table("compare_attribution", "Why the figures differ",
    [
        Columns.ZoneId, Columns.ZoneKind, Columns.Period.Meaning("Period of the run after."), s_quantity, s_areaBefore,
        s_areaAfter, s_factor, s_contribution, s_first, s_last, s_low, s_high, s_periodBefore, s_points,
    ]);

    /// <summary>The parts of every difference; no row where nothing differs.</summary>
    public static ResultTable Attribution(Comparison comparison)
    {
        ResultTable table = AttributionKind;
        foreach (HeadlineChange change in comparison.Changes)
        {
            foreach (FigureChange figure in change.Figures)
            {
                foreach (Part part in figure.Parts)
                {
                    table.Add(
                    [
                        .. Keys(comparison, change.Zone, change.Pair), s_quantity.Is(figure.Quantity),
                        s_areaBefore.Is(figure.Before), s_areaAfter.Is(figure.After), s_factor.Is(part.Factor.Name()),
                        s_contribution.Is(part.Contribution), s_first.Is(part.FirstIn), s_last.Is(part.LastIn),
                        s_low.Is(part.Low), s_high.Is(part.High), s_points.Is(part.Points),
                    ]);
                }
            }
        }

        return table;
    }

    /// <summary>The cross-tables of conditions and status.</summary>
    internal static ResultTable Cells(
        Attribution attribution, IReadOnlyList<PeriodPair> pairs, IReadOnlyList<CommonZone> zones, Side before, Side after)
    {
        ResultTable table = CellsKind;
        foreach ((CellChange change, Amount amount) in attribution.Cells.OrderBy(c => c.Key.Zone).ThenBy(c => c.Key.Pair)
            .ThenBy(c => c.Key.Basis, StringComparer.Ordinal).ThenBy(c => Order(c.Key.Before)).ThenBy(c => Order(c.Key.After)))
        {
            table.Add(
            [
                .. Keys(before, after, zones[change.Zone], pairs[change.Pair]), Columns.Basis.Is(change.Basis),
                s_before.Is(change.Before), s_after.Is(change.After), .. Columns.Of(amount),
            ]);
        }

        return table;
    }

    private static Cell[] Keys(Comparison comparison, CommonZone zone, PeriodPair pair) =>
        Keys(comparison.Before, comparison.After, zone, pair);

    private static Cell[] Keys(Side before, Side after, CommonZone zone, PeriodPair pair) =>
    [
        Columns.ZoneId.Is(zone.Id), Columns.ZoneName.Is(zone.Name), Columns.ZoneKind.Is(zone.Kind),
        Columns.Period.Is(after.Periods[pair.Final].Id), s_periodBefore.Is(before.Periods[pair.Before].Id),
        Columns.Years.Is(YearsOf(after, zone.Id, after.Periods[pair.Final])),
    ];

    private static string? YearsOf(Side side, string zone, DocumentPeriod period) =>
        side.Headline.Has(Columns.Years) ? side.Figures(zone, period.Id)?[Columns.Years] : period.Label;

    /// <summary>Classes in the order of every table.</summary>
    private static int Order(string name)
    {
        string[] order =
        [
            .. Enum.GetValues<Indicator.Status>().Skip(1).Select(Indicator.StatusLaw.Name), "degraded", "stable", "improved",
            "no_data", "water", "outside",
        ];
        return Array.IndexOf(order, name);
    }
}
