using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Pass;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>
/// Degradation by aridity class, which in drylands is desertification, and how aridity itself changes (method §11). Land only.
/// </summary>
internal static class DrylandTables
{
    private static readonly AridityClass[] s_classes =
        [AridityClass.HyperArid, AridityClass.Arid, AridityClass.SemiArid, AridityClass.DrySubHumid, AridityClass.Humid,
            AridityClass.NoData];

    public static Column<long> AridityYear { get; } = Column.Integer(
        "aridity_year", "Date of the aridity: the closest to the period's final year, the earlier of two.");

    public static Column<string> FromAridity { get; } = Column.Text("from_aridity", "Class at the earlier date, or no_data.");

    public static Column<string> ToAridity { get; } = Column.Text("to_aridity", "Class at the later date, or no_data.");

    /// <summary>drylands.csv: each class, then drylands in the Convention's sense, with hyper-arid land, and all land.</summary>
    public static ResultTable Desertification(RunStatistics run, IReadOnlyList<int?> years)
    {
        var table = Columns.Table("drylands", "Degradation by aridity class: desertification",
        [
            Columns.ZoneId, Columns.ZoneKind, Columns.Period, AridityYear,
            Columns.Aridity.Meaning("Class; drylands (arid, semi-arid and dry sub-humid), drylands_and_hyper_arid, all."),
            Columns.Land,
            Columns.Degraded.Meaning("By condition in the baseline, by status afterwards; in drylands, desertified land."),
            Columns.Stable,
            Columns.Improved, Columns.NoData, Columns.DegradedOfLand.Meaning("Degraded share of the land of the class."),
            Columns.Basis,
        ]);
        for (int p = 0; p < run.Job.Periods.Count; p++)
        {
            if (run.Answer(DrylandsInquiry.Question(run.Job.Periods[p].Id)) is not { } answer)
                continue;
            var sums = new Area[run.Zones.Count, AridityClasses.Count, ReportedClasses.Count];
            foreach (TallyRow row in answer.Rows)
                foreach (int zone in run.ZonesOf(row))
                    sums[zone, answer.Code(row, 1), ReportedClasses.Of(answer.Code(row, 0), p, run.Job.Rules.Status)] += row.Area;
            for (int z = 0; z < run.Zones.Count; z++)
            {
                int? year = years[Inquiry.Serving(years, run.Job.Periods[p].FinalYear)];
                Cell[] keys = [
                    .. Columns.Of(run.Zones[z]), .. Columns.Of(run.Job, p), AridityYear.Is(year), Columns.AsReported(p)];
                foreach (AridityClass aridity in s_classes)
                    Add(table, keys, aridity.Name(), sums, z, aridity);
                Add(table, keys, "drylands", sums, z, [.. s_classes.Where(c => c.IsDryland())]);
                Add(
                    table, keys, "drylands_and_hyper_arid", sums, z,
                    [.. s_classes.Where(c => c.IsDryland() || c == AridityClass.HyperArid)]);
                Add(table, keys, "all", sums, z, s_classes);
            }
        }

        run.SortByZone(table);
        return table;
    }

    /// <summary>aridity.csv: area of each class at each date.</summary>
    public static ResultTable ByDate(RunStatistics run, IReadOnlyList<int?> years)
    {
        var table = Columns.Table("aridity", "Aridity classes by date",
        [
            Columns.ZoneId, Columns.ZoneKind, Columns.Year.Meaning("Date of the aridity; empty for a single one without a year."),
            Columns.Aridity, Columns.Pixels, Columns.TrueArea.Meaning("Land without water of the baseline's initial year."),
            Columns.ShareOfLand.Meaning("Of that land."),
        ]);
        if (run.Answer(DrylandsInquiry.Dates) is not { } answer)
            return table;
        for (int d = 0; d < years.Count; d++)
        {
            Amount[,] sums = Land(run, answer, row => (int)answer.Code(row, d + 1), AridityClasses.Count);
            for (int z = 0; z < run.Zones.Count; z++)
            {
                Amount land = s_classes.Aggregate(new Amount(), (sum, c) => sum + sums[z, (int)c]);
                foreach (AridityClass c in s_classes)
                {
                    table.Add(
                    [
                        .. Columns.Of(run.Zones[z]), Columns.Year.Is(years[d]), Columns.Aridity.Is(c.Name()),
                        .. Columns.Of(sums[z, (int)c]),
                        Columns.ShareOfLand.Is(sums[z, (int)c].ShareOf(land)),
                    ]);
                }
            }
        }

        run.SortByZone(table);
        return table;
    }

    /// <summary>
    /// aridity_transitions.csv: from each date to the next, and from the first to the last; zero rows left out.
    /// </summary>
    public static ResultTable Transitions(RunStatistics run, IReadOnlyList<int?> years)
    {
        var table = Columns.Table("aridity_transitions", "Transitions between aridity classes",
        [
            Columns.ZoneId, Columns.ZoneKind, Columns.FromYear, Columns.ToYear, FromAridity, ToAridity, Columns.Pixels,
            Columns.TrueArea.Meaning("Land without water of the baseline's initial year."),
        ]);
        if (run.Answer(DrylandsInquiry.Dates) is not { } answer)
            return table;
        IEnumerable<(int From, int To)> pairs = Enumerable.Range(0, years.Count - 1).Select(i => (i, i + 1));
        foreach ((int from, int to) in years.Count > 2 ? pairs.Append((0, years.Count - 1)) : pairs)
        {
            const int n = AridityClasses.Count;
            Amount[,] sums = Land(
                run, answer, row => ((int)answer.Code(row, from + 1) * n) + (int)answer.Code(row, to + 1), n * n);
            for (int z = 0; z < run.Zones.Count; z++)
                foreach (AridityClass before in s_classes)
                    foreach (AridityClass after in s_classes)
                        if (sums[z, ((int)before * n) + (int)after] is { Pixels: > 0 } amount)
                        {
                            table.Add(
                            [
                                .. Columns.Of(run.Zones[z]), Columns.FromYear.Is(years[from]), Columns.ToYear.Is(years[to]),
                                FromAridity.Is(before.Name()), ToAridity.Is(after.Name()), .. Columns.Of(amount),
                            ]);
                        }
        }

        run.SortByZone(table);
        return table;
    }

    /// <summary>Land of the baseline's initial year by zone and a class of the row.</summary>
    internal static Amount[,] Land(RunStatistics run, Answer answer, Func<TallyRow, int> classOf, int classes)
    {
        var sums = new Amount[run.Zones.Count, classes];
        foreach (TallyRow row in answer.Rows)
            if (ReportedClasses.IsLand(answer.Code(row, 0)))
                foreach (int zone in run.ZonesOf(row))
                    sums[zone, classOf(row)] += RunStatistics.AmountOf(row);
        return sums;
    }

    private static void Add(ResultTable table, Cell[] keys, string name, Area[,,] sums, int zone, params AridityClass[] classes)
    {
        Area Of(Condition condition) => Area.Sum(classes.Select(c => sums[zone, (int)c, (int)condition]));
        Area land = Area.Sum(Enum.GetValues<Condition>().Select(Of));
        table.Add(
        [
            .. keys, Columns.Aridity.Is(name), Columns.Land.Is(land), .. Columns.Of(Of),
            Columns.DegradedOfLand.Is(Of(Condition.Degraded).PercentOf(land)),
        ]);
    }
}
