using System.Globalization;
using Ldn.Counting;

namespace Ldn.Tables;

/// <summary>soc_by_land_cover.csv: soil carbon by land-cover class and year, from fixed-point sums (method §9, §11).</summary>
public static class CarbonTables
{
    /// <summary>Mass of carbon in t of one quantum (t/ha) × mm²: a hectare has 10¹⁰ mm².</summary>
    public const double TonnesPerUnit = PassResult.StockQuantum / 1e10;

    /// <summary>Mass of carbon dioxide of one mass of carbon (method §11).</summary>
    public const double CarbonDioxide = 44.0 / 12;

    public static ResultTable ByLandCover(RunStatistics run)
    {
        var table = new ResultTable("soc_by_land_cover", "Soil organic carbon by land-cover class",
        [
            new("zone_id", ColumnType.Text, "Zone or group."),
            new("zone_kind", ColumnType.Text, "zone or group."),
            new("year", ColumnType.Integer, "Year of the stock."),
            new("land_cover", ColumnType.Text, "Legend code in the land cover beside it, no_data, or all where the run has no land cover."),
            new("land_cover_year", ColumnType.Integer, "Year of that land cover."),
            new("pixels", ColumnType.Integer, "Cells of the run's grid."),
            new("area_km2", ColumnType.Area, "True area of the class."),
            new("soc_area_km2", ColumnType.Area, "Of which with a known stock."),
            new("soc_t", ColumnType.Number, "Soil organic carbon, t C."),
            new("soc_t_per_ha", ColumnType.Number, "Its density where it is known, t C/ha."),
            new("unccd", ColumnType.Integer, "UNCCD class 1 to 7 that the code is nested in; empty without one."),
        ]);
        for (int q = 0; q < run.Carbon.Count; q++)
        {
            var sums = new Dictionary<(int Zone, byte Cover), (Amount Amount, Int128 Stock, Int128 Known)>();
            foreach (TallyRow row in run.Result.Carbon[q].Rows())
            {
                foreach (int zone in run.ZonesOf(row))
                {
                    (Amount amount, Int128 stock, Int128 known) = sums.GetValueOrDefault((zone, row.Plane(0)));
                    sums[(zone, row.Plane(0))] = (amount + RunStatistics.AmountOf(row), stock + row.Sums.Span[0], known + row.Sums.Span[1]);
                }
            }

            foreach (((int zone, byte cover), (Amount amount, Int128 stock, Int128 known)) in sums.OrderBy(s => s.Key))
            {
                string code = run.Carbon[q].CoverYear is null || run.Legend is null ? "all"
                    : cover == 0 ? "no_data" : run.Legend.ClassAt(cover).Code.ToString(CultureInfo.InvariantCulture);
                double tonnes = (double)stock * TonnesPerUnit;
                table.Add(
                    run.Zones[zone].Id, run.Zones[zone].Kind, (long)run.Carbon[q].StockYear, code, (long?)run.Carbon[q].CoverYear, amount.Pixels, amount.Area,
                    known, tonnes, known == 0 ? null : tonnes / ((double)known / 1e10),
                    code is "all" or "no_data" ? null : (long)run.Legend!.ClassAt(cover).Unccd);
            }
        }

        CrossTables.SortByZone(table, run);
        return table;
    }
}

/// <summary>What a carbon tally of the pass asked: the stock of one year over the land cover of one.</summary>
public sealed record CarbonQuestion(int StockYear, int? CoverYear);
