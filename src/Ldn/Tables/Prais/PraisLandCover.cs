using Ldn.Counting;
using Ldn.Indicator;
using Ldn.LandCover;

namespace Ldn.Tables.Prais;

/// <summary>
/// CP-1.T1 and the forms of SO1-1 but for its degradation: areas by class and year, changes by class, legend and matrix.
/// </summary>
internal static class PraisLandCover
{
    private static readonly Column s_code = new("code", ColumnType.Integer, "Code in the country's legend.");

    public static IEnumerable<ResultTable> All(PraisFrame frame, Legend legend)
    {
        yield return TotalArea(frame, legend);
        if (!legend.IsBuiltIn)
            yield return LegendTable(legend);
        yield return Matrices(frame.Run, legend);
        foreach (CoverClasses classes in CoverClasses.Of(legend))
        {
            yield return ByYear(frame, classes);
            yield return Changes(frame, classes, 5, "Land-cover change in the baseline", [0]);
            if (frame.Periods.Count > 1)
                yield return Changes(
                    frame, classes, 6, "Land-cover change in the reporting periods",
                    [.. Enumerable.Range(1, frame.Periods.Count - 1)]);
        }
    }

    private static ResultTable TotalArea(PraisFrame frame, Legend legend)
    {
        var table = new ResultTable("CP-1.T1", "Land area and water area by year",
        [
            PraisFrame.ZoneColumn, new("year", ColumnType.Integer, "Row of the form."),
            new("land_km2", ColumnType.Area, "Total land area."),
            new("water_km2", ColumnType.Area, "Water bodies."), new("total_km2", ColumnType.Area, "Country area in the run."),
            PraisFrame.DataYearColumn, PraisFrame.AskedColumn,
        ]);
        CoverClasses classes = CoverClasses.Of(legend).First();
        foreach ((int year, int period, int plane) in frame.CoverYears())
        {
            Area[,] areas = classes.Areas(frame.Run, period, plane);
            foreach ((int z, SummaryZone zone) in frame.Zones)
            {
                Area total = Area.Sum(Enumerable.Range(0, classes.Count + 1).Select(c => areas[z, c]));
                Area water = areas[z, (int)UnccdClass.WaterBody];
                table.Add(
                    zone.Id, (long)year, total - water, water, total, (long)frame.Serving(SubIndicator.LandCover, year),
                    frame.AsksYear(SubIndicator.LandCover, year));
            }
        }

        return frame.Sorted(table);
    }

    private static ResultTable LegendTable(Legend legend)
    {
        var table = new ResultTable("SO1-1.T2", "Land-cover legend and its nesting in the UNCCD classes",
        [
            s_code, new("name", ColumnType.Text, "Name of the class."), new("unccd", ColumnType.Text, "UNCCD class."),
        ]);
        foreach (LegendClass c in legend.Classes)
            table.Add((long)c.Code, c.Name, c.Unccd.Id());
        return table;
    }

    /// <summary>
    /// The country's matrix: over its own legend, or over the seven classes. A built-in legend is no country's; a matrix written
    /// for one, which does more than nest, is still told whole.
    /// </summary>
    private static ResultTable Matrices(RunStatistics run, Legend legend)
    {
        var table = new ResultTable("SO1-1.T3", "Land-cover transition matrix",
        [
            new("region", ColumnType.Text, "Region of the matrix; all where there is one."),
            new("from", ColumnType.Integer, "Initial code."),
            new("to", ColumnType.Integer, "Final code."), new("condition", ColumnType.Text, "degraded, stable or improved."),
            new("from_name", ColumnType.Text, "Initial class."), new("to_name", ColumnType.Text, "Final class."),
        ]);
        Legend seven = Legend.BuiltIn("unccd-7");
        foreach ((string region, TransitionMatrix given) in LandCoverMatrices.Of(run.Job).All)
        {
            TransitionMatrix matrix = legend.IsBuiltIn
                && given.ConditionTable.AsSpan().SequenceEqual(TransitionMatrix.Default(legend).ConditionTable)
                ? TransitionMatrix.Default(seven) : given;
            for (int from = 1; from <= matrix.Count; from++)
            {
                for (int to = 1; to <= matrix.Count; to++)
                {
                    LegendClass initial = matrix.Legend.ClassAt(from), final = matrix.Legend.ClassAt(to);
                    table.Add(
                        region, (long)initial.Code, (long)final.Code, ((Condition)(matrix[from, to] + 2)).Name(), initial.Name,
                        final.Name);
                }
            }
        }

        return table;
    }

    private static ResultTable ByYear(PraisFrame frame, CoverClasses classes)
    {
        var table = new ResultTable("SO1-1.T4" + classes.Suffix, "Land cover by class and year",
        [
            PraisFrame.ZoneColumn, new("year", ColumnType.Integer, "Row of the form."),
            new("land_cover", ColumnType.Text, "Class, or no_data."),
            new("area_km2", ColumnType.Area, "True area."), PraisFrame.DataYearColumn, PraisFrame.AskedColumn,
            .. classes.IsOwn ? [s_code] : Array.Empty<Column>(),
        ]);
        foreach ((int year, int period, int plane) in frame.CoverYears())
        {
            Area[,] areas = classes.Areas(frame.Run, period, plane);
            foreach ((int z, SummaryZone zone) in frame.Zones)
                foreach (int c in Enumerable.Range(1, classes.Count).Append(0))
                    table.Add(
                    [
                        zone.Id, (long)year, classes.Name(c), areas[z, c], (long)frame.Serving(SubIndicator.LandCover, year),
                        true,
                        .. classes.IsOwn ? [classes.Code(c)] : Array.Empty<object?>(),
                    ]);
        }

        return frame.Sorted(table);
    }

    private static ResultTable Changes(PraisFrame frame, CoverClasses classes, int number, string title, int[] periods)
    {
        var table = new ResultTable($"SO1-1.T{number}{classes.Suffix}", title,
        [
            PraisFrame.ZoneColumn, PraisFrame.PeriodColumn,
            new("from", ColumnType.Text, "Class in the initial year, or no_data."),
            new("to", ColumnType.Text, "Class in the final year, or no_data."), new("area_km2", ColumnType.Area, "True area."),
            PraisFrame.YearsColumn, PraisFrame.AskedColumn,
            .. classes.IsOwn ? new Column[] { s_code with { Name = "from_code" }, s_code with { Name = "to_code" } } : [],
        ]);
        foreach (int p in periods)
        {
            var sums = new Dictionary<(int Zone, int From, int To), Amount>();
            foreach (TallyRow row in frame.Run.Result.Transitions[p].Rows())
                foreach (int zone in frame.Run.ZonesOf(row))
                    CrossTables.Add(sums, (zone, classes[row.Plane(0)], classes[row.Plane(1)]), RunStatistics.AmountOf(row));
            foreach (
                ((int z, int from, int to), Amount amount) in sums.Where(s => frame.Run.Zones[s.Key.Zone].Kind == "zone")
                    .OrderBy(s => s.Key))
                table.Add(
                [
                    frame.Run.Zones[z].Id, frame.Periods[p].Id, classes.Name(from), classes.Name(to), amount.Area,
                    frame.Years(SubIndicator.LandCover, p), frame.Asks(p),
                    .. classes.IsOwn ? new[] { classes.Code(from), classes.Code(to) } : [],
                ]);
        }

        return frame.Sorted(table);
    }
}
