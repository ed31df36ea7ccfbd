using System.Globalization;
using Ldn.Counting;
using Ldn.LandCover;
using Ldn.Pass;

namespace Ldn.Tables;

/// <summary>soc_by_land_cover.csv: soil carbon by land-cover class and year, from fixed-point sums (method §9, §11).</summary>
internal static class CarbonTables
{
    /// <summary>Mass of carbon in t of one quantum (t/ha) × mm².</summary>
    public const double TonnesPerUnit = PassResult.StockQuantum / Area.PerHectare;

    /// <summary>Mass of carbon dioxide of one mass of carbon (method §11).</summary>
    public const double CarbonDioxide = 44.0 / 12;

    public static Column<string> LandCover { get; } = Column.Text(
        "land_cover", "Legend code in the land cover beside it, no_data, or all where the run has no land cover.");

    public static Column<long> LandCoverYear { get; } = Column.Integer("land_cover_year", "Year of that land cover.");

    public static Column<double> Stock { get; } = Column.Number("soc_t", "Soil organic carbon, t C.");

    public static Column<double> Density { get; } = Column.Number("soc_t_per_ha", "Its density where it is known, t C/ha.");

    public static Column<long> Unccd { get; } = Column.Integer(
        "unccd", "UNCCD class 1 to 7 that the code is nested in; empty without one.");

    public static Column<string> UnccdName { get; } = Column.Text("unccd_name", "Name of that class.");

    public static ResultTable ByLandCover(RunStatistics run) => Columns.Table(
        "soc_by_land_cover", "Soil organic carbon by land-cover class",
        [
            Columns.ZoneId, Columns.ZoneKind, Columns.Year.Meaning("Year of the stock."), LandCover, LandCoverYear,
            Columns.Pixels,
            Columns.TrueArea.Meaning("True area of the class."), Columns.SoilArea.Meaning("Of which with a known stock."), Stock,
            Density, Unccd,
            Columns.LandCoverName, UnccdName,
        ]).MadeBy(run.Zones.Count, (table, zone) =>
    {
        for (int q = 0; q < run.Carbon.Count; q++)
        {
            var sums = new SortedDictionary<byte, (Amount Amount, Int128 Stock, Area Known)>();
            foreach (TallyRow row in run.RowsOf(zone, run.Result.Carbon[q]))
            {
                (Amount amount, Int128 stock, Area known) = sums.GetValueOrDefault(row.Plane(0));
                sums[row.Plane(0)] = (
                    amount + RunStatistics.AmountOf(row), stock + row.Sums.Span[0], known + new Area(row.Sums.Span[1]));
            }

            foreach ((byte cover, (Amount amount, Int128 stock, Area known)) in sums)
            {
                string code = run.Carbon[q].CoverYear is null || run.Legend is null ? "all"
                    : cover == 0 ? "no_data" : run.Legend.ClassAt(cover).Code.ToString(CultureInfo.InvariantCulture);
                double tonnes = (double)stock * TonnesPerUnit;
                table.Add(
                [
                    .. Columns.Of(run.Zones[zone]), Columns.Year.Is(run.Carbon[q].StockYear), LandCover.Is(code),
                    LandCoverYear.Is(run.Carbon[q].CoverYear), .. Columns.Of(amount), Columns.SoilArea.Is(known),
                    Stock.Is(tonnes),
                    Density.Is(known.IsZero ? null : tonnes / known.Hectares),
                    Unccd.Is(code is "all" or "no_data" ? null : (long)run.Legend!.ClassAt(cover).Unccd),
                    Columns.LandCoverName.Is(code == "all" ? "all" : CrossTables.ClassName(run.Legend!, cover)),
                    UnccdName.Is(code is "all" or "no_data" ? null : run.Legend!.ClassAt(cover).Unccd.Id()),
                ]);
            }
        }
    });
}

/// <summary>What a carbon tally of the pass asked: the stock of one year over the land cover of one.</summary>
internal sealed record CarbonQuestion(int StockYear, int? CoverYear);
