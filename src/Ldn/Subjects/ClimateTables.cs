using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>climate.csv: change of soil carbon over each period in t C and t CO₂e (method §11), on land where both its stocks are known.</summary>
public static class ClimateTables
{
    private const string All = "all";
    private static readonly string[] s_classes = [All, .. new[] { Condition.Degraded, Condition.Stable, Condition.Improved, Condition.NoData }.Select(c => c.Name())];

    public static ResultTable Change(RunStatistics run)
    {
        var table = new ResultTable("climate", "Soil organic carbon change and its carbon dioxide equivalent",
        [
            new("zone_id", ColumnType.Text, "Zone or group."),
            new("zone_kind", ColumnType.Text, "zone or group."),
            new("period", ColumnType.Text, "baseline, report_1, …"),
            new("first_year", ColumnType.Integer, "Year of the initial stock."),
            new("last_year", ColumnType.Integer, "Year of the final stock."),
            new("class", ColumnType.Text, "Condition in the period itself, or all land."),
            new("soc_area_km2", ColumnType.Area, "Land where both stocks are known."),
            new("soc_initial_t", ColumnType.Number, "Soil organic carbon at the beginning, t C."),
            new("soc_final_t", ColumnType.Number, "At the end."),
            new("soc_change_t", ColumnType.Number, "The difference."),
            new("soc_change_t_co2e", ColumnType.Number, "The same in t of carbon dioxide (× 44/12); above 0 is carbon taken up."),
            new("soc_change_t_per_ha", ColumnType.Number, "Change of the density, t C/ha."),
        ]);
        for (int p = 0; p < run.Job.Periods.Count; p++)
        {
            if (run.Answer(Questions.CarbonChange(run.Job.Periods[p].Id)) is not { } answer)
                continue;
            var sums = new Int128[run.Zones.Count, s_classes.Length, 3];
            foreach (TallyRow row in answer.Rows)
            {
                var pair = new ConditionPair((byte)answer.Code(row, 0));
                if (pair.PeriodWater)
                    continue;
                foreach (int zone in run.ZonesOf(row))
                {
                    for (int s = 0; s < 3; s++)
                    {
                        sums[zone, 0, s] += row.Sums.Span[s];
                        sums[zone, Array.IndexOf(s_classes, pair.Period.Name()), s] += row.Sums.Span[s];
                    }
                }
            }

            for (int z = 0; z < run.Zones.Count; z++)
                for (int c = 0; c < s_classes.Length; c++)
                    Add(table, run, z, p, s_classes[c], sums[z, c, 0], sums[z, c, 1], sums[z, c, 2]);
        }

        CrossTables.SortByZone(table, run);
        return table;
    }

    private static void Add(ResultTable table, RunStatistics run, int zone, int period, string name, Int128 initial, Int128 final, Int128 area)
    {
        double change = (double)(final - initial) * CarbonTables.TonnesPerUnit;
        table.Add(
            run.Zones[zone].Id, run.Zones[zone].Kind, run.Job.Periods[period].Id,
            (long?)run.Job.Periods[period].SoilCarbon?.First, (long?)run.Job.Periods[period].SoilCarbon?.Last, name, area,
            (double)initial * CarbonTables.TonnesPerUnit, (double)final * CarbonTables.TonnesPerUnit, change, change * CarbonTables.CarbonDioxide,
            area == 0 ? null : change / ((double)area / 1e10));
    }
}
