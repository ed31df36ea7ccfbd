using Ldn.Counting;
using Ldn.Tables;
using Ldn.Tables.Prais;

namespace Ldn.Subjects;

/// <summary>PRAIS SO3-1.T1 and T2 (land in drought), SO3-2.T1 to T3 (people in drought, in all and by sex).</summary>
internal static class DroughtPrais
{
    private static readonly string[] s_sexes = ["total", "female", "male"];
    private static readonly DroughtClass[] s_droughts = [
        DroughtClass.None, DroughtClass.Mild, DroughtClass.Moderate, DroughtClass.Severe, DroughtClass.Extreme,
        DroughtClass.NoData];

    public static IEnumerable<ResultTable> All(
        PraisFrame frame, IReadOnlyList<int> years, IReadOnlyList<PopulationLayer> population)
    {
        (int Year, DroughtExposure Exposure)[] droughts = [
            .. years.Select(y => (y, DroughtTables.OfYear(frame.Run, y, population)))];
        yield return LandByClass(frame, droughts);
        yield return LandInDrought(frame, droughts);
        for (int s = 0; s < s_sexes.Length; s++)
            if (droughts.Any(d => d.Exposure.People.ContainsKey(s_sexes[s])))
                yield return People(frame, droughts, s_sexes[s], $"SO3-2.T{s + 1}");
    }

    private static ResultTable LandByClass(PraisFrame frame, (int Year, DroughtExposure Exposure)[] droughts)
    {
        var table = new ResultTable("SO3-1.T1", "Land area in each drought intensity class",
        [
            PraisFrame.ZoneColumn, new("year", ColumnType.Integer, "Year of the index."),
            .. s_droughts.Select(c => new Column($"{c.Name()}_km2", ColumnType.Area, "Land in the class.")),
        ]);
        foreach ((int year, DroughtExposure exposure) in droughts)
            foreach ((int z, SummaryZone zone) in frame.Zones)
                table.Add([zone.Id, (long)year, .. s_droughts.Select(c => (object?)exposure.Land[z, (int)c].Area)]);
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

    private static ResultTable People(PraisFrame frame, (int Year, DroughtExposure Exposure)[] droughts, string sex, string name)
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
        ]);
        foreach ((int year, DroughtExposure exposure) in droughts.Where(d => d.Exposure.People.ContainsKey(sex)))
        {
            Int128[,] people = exposure.People[sex];
            foreach ((int z, SummaryZone zone) in frame.Zones)
            {
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
                    ]);
            }
        }

        return frame.Sorted(table);
    }
}
