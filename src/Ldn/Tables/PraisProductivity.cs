using Ldn.Counting;
using Ldn.Indicator;
using Ldn.LandCover;

namespace Ldn.Tables;

/// <summary>PRAIS SO1-2.T1 and T2: land productivity dynamics within each land-cover class, baseline and reporting periods.</summary>
internal static class PraisProductivity
{
    private static readonly string[] s_lpd = ["no_data_km2", "declining_km2", "moderate_decline_km2", "stressed_km2", "stable_km2", "increasing_km2"];

    /// <summary>
    /// A row a class for land whose class is the same in both years, and the row <c>changed</c> for land that changed; initial water is left out.
    /// </summary>
    public static IEnumerable<ResultTable> ByCover(RunStatistics run, Legend legend, byte[] lpdClasses)
    {
        for (int t = 1; t <= 2; t++)
        {
            int[] periods = t == 1 ? [0] : [.. Enumerable.Range(1, run.Job.Periods.Count - 1)];
            var table = new ResultTable($"SO1-2.T{t}", t == 1 ? "Land productivity dynamics by land cover, baseline" : "Land productivity dynamics by land cover, reporting periods",
            [
                new("zone_id", ColumnType.Text, "Reporting country or zone."), new("period", ColumnType.Text, "baseline, report_1, …"),
                new("land_cover", ColumnType.Text, "UNCCD class in both years; changed; no_data."),
                .. s_lpd.Skip(1).Append(s_lpd[0]).Select(n => new Column(n, ColumnType.Area, "True area of the LPD class.")),
            ]);
            foreach (int p in periods)
                AddRows(table, run, legend, lpdClasses, p);
            CrossTables.SortByZone(table, run);
            if (periods.Length > 0)
                yield return table;
        }
    }

    private static void AddRows(ResultTable table, RunStatistics run, Legend legend, byte[] lpdClasses, int period)
    {
        const int changed = UnccdClasses.Count + 1;
        byte[] nesting = legend.UnccdTable();
        var sums = new Int128[run.Zones.Count, changed + 1, s_lpd.Length];
        foreach (TallyRow row in run.Result.Transitions[period].Rows().Where(r => !Evidence.Water(r.Plane(2))))
        {
            int from = nesting[row.Plane(0)], to = nesting[row.Plane(1)], cover = from == 0 || to == 0 ? 0 : from == to ? from : changed;
            foreach (int zone in run.ZonesOf(row))
                sums[zone, cover, lpdClasses[Evidence.Productivity(row.Plane(2))]] += (Int128)row.Area;
        }

        foreach ((int z, SummaryZone zone) in PraisTables.Reporting(run))
        {
            foreach (int cover in Enumerable.Range(1, changed).Append(0).Where(c => c != (int)UnccdClass.WaterBody))
            {
                table.Add(
                [
                    zone.Id, run.Job.Periods[period].Id, cover == changed ? "changed" : PraisTables.ClassName(cover),
                    .. Enumerable.Range(1, 5).Append(0).Select(lpd => (object?)sums[z, cover, lpd]),
                ]);
            }
        }
    }
}
