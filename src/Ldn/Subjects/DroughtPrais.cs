using Ldn.Counting;
using Ldn.Jobs;
using Ldn.Tables;
using Ldn.Tables.Prais;

namespace Ldn.Subjects;

/// <summary>PRAIS SO3-1.T1 and T2 (land in drought), SO3-2.T1 to T3 (people in drought, in all and by sex).</summary>
internal static class DroughtPrais
{
    private const int FirstYear = 2000;
    private static readonly string[] s_sexes = ["total", "female", "male"];
    private static readonly DroughtClass[] s_droughts = [
        DroughtClass.None, DroughtClass.Mild, DroughtClass.Moderate, DroughtClass.Severe, DroughtClass.Extreme,
        DroughtClass.NoData];

    /// <param name="frame">The run.</param>
    /// <param name="years">Years of the index; the forms ask for those from 2000 to the latest that is reported.</param>
    /// <param name="population">People by year.</param>
    /// <param name="official">Official people, of which the platform takes shares.</param>
    /// <param name="series">Of what the index is computed; null where it is given.</param>
    public static IEnumerable<ResultTable> All(
        PraisFrame frame, IReadOnlyList<int> years, IReadOnlyList<PopulationLayer> population,
        IReadOnlyList<OfficialPeople> official, DroughtSeries? series)
    {
        int last = frame.Periods.Max(p => p.FinalYear) ?? int.MaxValue;
        (int Year, DroughtExposure Exposure)[] droughts = [
            .. years.Where(y => y >= FirstYear && y <= last).Select(y => (y, DroughtTables.OfYear(frame.Run, y, population)))];
        yield return LandByClass(frame, droughts);
        yield return LandInDrought(frame, droughts);
        yield return Method(frame, series);
        for (int s = 0; s < s_sexes.Length; s++)
            if (droughts.Any(d => d.Exposure.People.ContainsKey(s_sexes[s])))
                yield return People(frame, droughts, official, s_sexes[s], $"SO3-2.T{s + 1}");
    }

    /// <summary>SO3-1.method: which index, of what, by which fit.</summary>
    private static ResultTable Method(PraisFrame frame, DroughtSeries? series)
    {
        var table = new ResultTable("SO3-1.method", "How the drought index is made",
        [
            new("form", ColumnType.Text, "SO3-1."), new("index", ColumnType.Text, "SPI, SPEI, or given."),
            new("months", ColumnType.Integer, "Months that a value adds up."),
            new("end_month", ColumnType.Integer, "Month that ends it."),
            new("reference", ColumnType.Text, "First and last year of the reference."),
            new("fit", ColumnType.Text, "How the reference is fitted."),
            new("product", ColumnType.Text, "Where precipitation, or the index, comes from."),
        ]);
        IReadOnlyDictionary<string, SourceConfig> sources = frame.Run.Job.Sources;
        string? product = (sources.GetValueOrDefault("drought") ?? sources.GetValueOrDefault("precipitation"))?.Title;
        if (series?.Options is { } o)
            table.Add(
                "SO3-1", o.Index.ToString().ToUpperInvariant(), (long)o.Months, (long)o.TableMonth,
                FormattableString.Invariant($"{o.FirstReference}-{o.LastReference}"), DroughtFit.FitName(o.Fit), product);
        else
            table.Add("SO3-1", "given", null, null, null, null, product);
        return table;
    }

    private static ResultTable LandByClass(PraisFrame frame, (int Year, DroughtExposure Exposure)[] droughts)
    {
        var table = new ResultTable("SO3-1.T1", "Land area in each drought intensity class",
        [
            PraisFrame.ZoneColumn, new("year", ColumnType.Integer, "Year of the index."),
            .. s_droughts.Select(c => new Column($"{c.Name()}_km2", ColumnType.Area, "Land in the class.")),
            .. s_droughts.Select(c => new Column($"{c.Name()}_pct", ColumnType.Percent, "Of total land.")),
        ]);
        foreach ((int year, DroughtExposure exposure) in droughts)
            foreach ((int z, SummaryZone zone) in frame.Zones)
                table.Add(
                [
                    zone.Id, (long)year, .. s_droughts.Select(c => (object?)exposure.Land[z, (int)c].Area),
                    .. s_droughts.Select(c => (object?)exposure.Land[z, (int)c].ShareOf(exposure.TotalLand(z))),
                ]);
        return frame.Sorted(table);
    }

    private static ResultTable LandInDrought(PraisFrame frame, (int Year, DroughtExposure Exposure)[] droughts)
    {
        var table = new ResultTable("SO3-1.T2", "Land under drought",
        [
            PraisFrame.ZoneColumn, new("year", ColumnType.Integer, "Year of the index."),
            new("drought_km2", ColumnType.Area, "Land in any class of drought, mild included."),
            new("drought_pct", ColumnType.Percent, "Of total land."),
        ]);
        foreach ((int year, DroughtExposure exposure) in droughts)
            foreach ((int z, SummaryZone zone) in frame.Zones)
                table.Add(zone.Id, (long)year, exposure.InDrought(z).Area, exposure.InDrought(z).ShareOf(exposure.TotalLand(z)));
        return frame.Sorted(table);
    }

    private static ResultTable People(
        PraisFrame frame, (int Year, DroughtExposure Exposure)[] droughts, IReadOnlyList<OfficialPeople> official, string sex,
        string name)
    {
        var table = new ResultTable(name, $"Population in each drought intensity class, {sex}",
        [
            PraisFrame.ZoneColumn, new("year", ColumnType.Integer, "Year of the index."),
            new("population_year", ColumnType.Integer, "Year of the population."),
            .. s_droughts.SelectMany(
                c => new Column[]
                {
                    new($"{c.Name()}_persons", ColumnType.Number, "People in the class."),
                    new($"{c.Name()}_pct", ColumnType.Percent, "Share of all.")
                }),
            new("exposed_persons", ColumnType.Number, "People in any class of drought, mild included."),
            new("exposed_pct", ColumnType.Percent, "Share of all."),
            .. s_droughts.Select(c => new Column(
                $"{c.Name()}_pct_of_official", ColumnType.Number, "Share of the official people of CP-1.T2 of that year.")),
            new("exposed_pct_of_official", ColumnType.Number, "Share of the official people of CP-1.T2 of that year."),
        ]);
        foreach ((int year, DroughtExposure exposure) in droughts.Where(d => d.Exposure.People.ContainsKey(sex)))
        {
            Int128[,] people = exposure.People[sex];
            foreach ((int z, SummaryZone zone) in frame.Zones)
            {
                object? OfOfficial(Int128 parts) =>
                    DroughtTables.Official(official, year)(zone, sex) is { } of and > 0
                        ? PopulationTables.Persons(parts) / of * 100 : null;
                Int128 all = s_droughts.Aggregate((Int128)0, (sum, c) => sum + people[z, (int)c]);
                Int128 exposed = s_droughts.Where(c => c >= DroughtClass.Mild).Aggregate(
                    (Int128)0, (sum, c) => sum + people[z, (int)c]);
                table.Add(
                    [
                        zone.Id, (long)year, (long?)exposure.PopulationYear,
                        .. s_droughts.SelectMany(
                            c => new object?[]
                            {
                                PopulationTables.Persons(people[z, (int)c]), Ratio.Percent(people[z, (int)c], all)
                            }),
                        PopulationTables.Persons(exposed), Ratio.Percent(exposed, all),
                        .. s_droughts.Select(c => OfOfficial(people[z, (int)c])), OfOfficial(exposed),
                    ]);
            }
        }

        return frame.Sorted(table);
    }
}
