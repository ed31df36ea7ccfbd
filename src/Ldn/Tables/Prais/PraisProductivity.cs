using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.LandCover;

namespace Ldn.Tables.Prais;

/// <summary>
/// PRAIS SO1-2.T1 and T2: land productivity dynamics within each land-cover class, baseline and reporting periods.
/// </summary>
internal static class PraisProductivity
{
    private static readonly string[] s_lpd = [
        "no_data_km2", "declining_km2", "moderate_decline_km2", "stressed_km2", "stable_km2", "increasing_km2"];

    /// <summary>
    /// A row a class for land whose class is the same in both years, and the row <c>changed</c> for land that changed; initial
    /// water is left out.
    /// </summary>
    public static IEnumerable<ResultTable> ByCover(PraisFrame frame, Legend legend, byte[] lpdClasses)
    {
        foreach (CoverClasses classes in CoverClasses.Of(legend))
        {
            for (int t = 1; t <= Math.Min(2, frame.Periods.Count); t++)
            {
                var table = new ResultTable(
                    $"SO1-2.T{t}{classes.Suffix}",
                    t == 1
                        ? "Land productivity dynamics by land cover, baseline"
                        : "Land productivity dynamics by land cover, reporting periods",
                [
                    PraisFrame.ZoneColumn, PraisFrame.PeriodColumn,
                    new("land_cover", ColumnType.Text, "Class in both years; changed; no_data."),
                    .. s_lpd.Skip(1).Append(s_lpd[0]).Select(n => new Column(n, ColumnType.Area, "True area of the LPD class.")),
                    PraisFrame.YearsColumn, PraisFrame.AskedColumn,
                    .. classes.IsOwn ? new Column[] { new("code", ColumnType.Integer, "Code in the country's legend.") } : [],
                    .. ProductivityEvidence.HasUnclassified(frame.Run.Job)
                        ? new Column[] { new("unclassified", ColumnType.Area, "Land of regions without LPD classes.") } : [],
                ]);
                for (int p = t == 1 ? 0 : 1; p < (t == 1 ? 1 : frame.Periods.Count); p++)
                    AddRows(table, frame, classes, lpdClasses, p);
                yield return frame.Sorted(table);
            }
        }
    }

    private static void AddRows(ResultTable table, PraisFrame frame, CoverClasses classes, byte[] lpdClasses, int period)
    {
        int changed = classes.Count + 1;
        var sums = new Area[frame.Run.Zones.Count, changed + 1, ProductivityEvidence.Unclassified + 1];
        foreach (TallyRow row in frame.Run.Result.Transitions[period].Rows().Where(r => !Evidence.Water(r.Plane(2))))
        {
            int from = classes[row.Plane(0)], to = classes[row.Plane(1)], cover = from == 0
                || to == 0 ? 0 : from == to ? from : changed;
            foreach (int zone in frame.Run.ZonesOf(row))
                sums[zone, cover, lpdClasses[Evidence.Productivity(row.Plane(2))]] += row.Area;
        }

        foreach ((int z, SummaryZone zone) in frame.Zones)
        {
            foreach (int cover in Enumerable.Range(1, changed).Append(0).Where(c => c == changed || !classes.IsWater(c)))
            {
                table.Add(
                [
                    zone.Id, frame.Periods[period].Id, cover == changed ? "changed" : classes.Name(cover),
                    .. Enumerable.Range(1, 5).Append(0).Select(lpd => (object?)sums[z, cover, lpd]),
                    frame.Years(SubIndicator.Productivity, period), frame.Asks(period),
                    .. classes.IsOwn ? [cover == changed ? null : classes.Code(cover)] : Array.Empty<object?>(),
                    .. ProductivityEvidence.HasUnclassified(frame.Run.Job)
                        ? [(object?)sums[z, cover, ProductivityEvidence.Unclassified]] : Array.Empty<object?>(),
                ]);
            }
        }
    }
}
