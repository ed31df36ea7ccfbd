using Ldn.Counting;
using Ldn.Indicator;

namespace Ldn.Tables.Prais;

/// <summary>PRAIS SO1-3.T1: soil organic carbon by land-cover class and year.</summary>
internal static class PraisCarbon
{
    public static ResultTable ByClass(PraisFrame frame, CoverClasses classes)
    {
        var table = new ResultTable("SO1-3.T1" + classes.Suffix, "Soil organic carbon by land-cover class and year",
        [
            PraisFrame.ZoneColumn, new("year", ColumnType.Integer, "Row of the form."),
            new("land_cover", ColumnType.Text, "Class of the land cover beside the stock."),
            new("soc_t_per_ha", ColumnType.Number, "Mean stock where it is known, 0–30 cm, t C/ha."),
            new("soc_area_km2", ColumnType.Area, "Area with a known stock."),
            PraisFrame.DataYearColumn, PraisFrame.AskedColumn,
            .. classes.IsOwn ? new Column[] { new("code", ColumnType.Integer, "Code in the country's legend.") } : [],
        ]);
        foreach ((int year, int question) in Years(frame))
        {
            var sums = new (Int128 Stock, Area Known)[frame.Run.Zones.Count, classes.Count + 1];
            var there = new bool[frame.Run.Zones.Count, classes.Count + 1];
            foreach (TallyRow row in frame.Run.Result.Carbon[question].Rows())
            {
                int c = classes[row.Plane(0)];
                foreach (int zone in frame.Run.ZonesOf(row))
                {
                    (Int128 stock, Area known) = sums[zone, c];
                    (sums[zone, c], there[zone, c]) = ((stock + row.Sums.Span[0], known + new Area(row.Sums.Span[1])), true);
                }
            }

            foreach ((int z, SummaryZone zone) in frame.Zones)
                for (int c = 1; c <= classes.Count; c++)
                    if (there[z, c] && !classes.IsWater(c))
                        table.Add(
                        [
                            zone.Id, (long)year, classes.Name(c),
                            sums[z, c].Known.IsZero
                                ? null
                                : (double)sums[z, c].Stock * CarbonTables.TonnesPerUnit / sums[z, c].Known.Hectares,
                                sums[z, c].Known,
                            (long)frame.Run.Carbon[question].StockYear, frame.AsksYear(SubIndicator.SoilCarbon, year),
                            .. classes.IsOwn ? [classes.Code(c)] : Array.Empty<object?>(),
                        ]);
        }

        return frame.Sorted(table);
    }

    /// <summary>The rows of the form, each with the tally of its stock over the land cover of its own period.</summary>
    private static IEnumerable<(int Year, int Question)> Years(PraisFrame frame)
    {
        var questions = frame.Run.Carbon.ToList();
        var wanted = frame.Periods.Where(p => p.SoilCarbon is not null)
            .SelectMany(p => new[] { (p.SoilCarbon!.First, p.LandCover?.First), (p.SoilCarbon.Last, p.LandCover?.Last) })
                .DistinctBy(y => y.Item1).OrderBy(y => y.Item1);
        foreach ((int year, int? cover) in wanted)
        {
            int stock = frame.Serving(SubIndicator.SoilCarbon, year);
            int? map = cover is { } known ? frame.Serving(SubIndicator.LandCover, known) : null;
            int exact = questions.FindIndex(q => q.StockYear == stock && q.CoverYear == map);
            if ((exact >= 0 ? exact : questions.FindIndex(q => q.StockYear == stock)) is >= 0 and int question)
                yield return (year, question);
        }
    }
}
