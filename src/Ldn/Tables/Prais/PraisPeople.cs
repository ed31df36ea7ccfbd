using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Subjects;

namespace Ldn.Tables.Prais;

/// <summary>PRAIS SO2-3.T1 (people on degraded land), SO3-1.T1 and T2 (land in drought), SO3-2.T1 to T3 (people in drought, in all and by sex).</summary>
internal static class PraisPeople
{
    private static readonly string[] s_sexes = ["total", "female", "male"];
    private static readonly DroughtClass[] s_droughts = [DroughtClass.None, DroughtClass.Mild, DroughtClass.Moderate, DroughtClass.Severe, DroughtClass.Extreme, DroughtClass.NoData];

    public static IEnumerable<ResultTable> All(PraisFrame frame)
    {
        DriverFrame drivers = frame.Run.Strata?.Drivers ?? new DriverFrame();
        if (Official(frame).Count > 0 || drivers.Population.Count > 0)
            yield return OfCountry(frame);
        if (drivers.Population.Count > 0)
            yield return OnDegradedLand(frame);
        (int Year, DroughtExposure Exposure)[] droughts = [.. drivers.DroughtYears.Select(y => (y, DroughtTables.OfYear(frame.Run, y)))];
        if (droughts.Length == 0)
            yield break;
        yield return LandByClass(frame, droughts);
        yield return LandInDrought(frame, droughts);
        for (int s = 0; s < s_sexes.Length; s++)
            if (droughts.Any(d => d.Exposure.People.ContainsKey(s_sexes[s])))
                yield return People(frame, droughts, s_sexes[s], $"SO3-2.T{s + 1}");
    }

    /// <summary>CP-1.T2: people of the country in thousands, the official ones where they are given, else those of the rasters.</summary>
    private static ResultTable OfCountry(PraisFrame frame)
    {
        var table = new ResultTable("CP-1.T2", "Population by year, in thousands",
        [
            PraisFrame.ZoneColumn, new("year", ColumnType.Integer, "Year."), .. s_sexes.Select(s => new Column($"{s}_thousands", ColumnType.Number, $"Thousands of people, {s}.")),
            new("source", ColumnType.Text, "official, or rasters."),
        ]);
        foreach ((int z, SummaryZone zone) in frame.Zones)
        {
            OfficialPeople[] official = [.. Official(frame).Where(o => o.ZoneId == zone.Id).OrderBy(o => o.Year)];
            foreach (OfficialPeople people in official)
                table.Add([zone.Id, (long)people.Year, .. s_sexes.Select(s => (object?)(people.Of(s) / 1000)), "official"]);
            var seen = official.Select(o => o.Year).ToHashSet();
            for (int p = 0; p < frame.Periods.Count; p++)
            {
                if (PopulationTables.Sums(frame.Run, p) is not { } people || !seen.Add(people.Year))
                    continue;
                object? Thousands(string sex) => people.Sexes.FirstOrDefault(x => x.Sex == sex).Sums is { } sums
                    ? PopulationTables.Persons(Enumerable.Range(0, ReportedClasses.Count).Aggregate((Int128)0, (sum, c) => sum + sums[z, c])) / 1000 : null;
                table.Add([zone.Id, (long)people.Year, .. s_sexes.Select(Thousands), "rasters"]);
            }
        }

        return table;
    }

    private static IReadOnlyList<OfficialPeople> Official(PraisFrame frame) => frame.Run.Job.Strata?.Drivers.OfficialPopulation ?? [];

    private static double? OfficialAt(PraisFrame frame, string zone, int year, string sex) =>
        Official(frame).FirstOrDefault(o => o.ZoneId == zone && o.Year == year)?.Of(sex);

    private static ResultTable OnDegradedLand(PraisFrame frame)
    {
        var table = new ResultTable("SO2-3.T1", "Population exposed to land degradation",
        [
            PraisFrame.ZoneColumn, PraisFrame.PeriodColumn,
            new("population_year", ColumnType.Integer, "Year of the population."),
            .. s_sexes.SelectMany(s => new Column[]
            {
                new($"{s}_persons", ColumnType.Number, $"People in all, {s}."), new($"{s}_exposed_persons", ColumnType.Number, "On degraded land."),
                new($"{s}_exposed_pct", ColumnType.Percent, "Share of them."),
            }),
            .. s_sexes.Select(s => new Column($"{s}_exposed_pct_of_official", ColumnType.Number, "Share of the official people of CP-1.T2 of that year.")),
            PraisFrame.YearsColumn, PraisFrame.AskedColumn,
        ]);
        for (int p = 0; p < frame.Periods.Count; p++)
        {
            if (PopulationTables.Sums(frame.Run, p) is not { } people)
                continue;
            foreach ((int z, SummaryZone zone) in frame.Zones)
            {
                table.Add(
                    [
                        zone.Id, frame.Periods[p].Id, (long)people.Year,
                        .. s_sexes.SelectMany(s =>
                        {
                            if (people.Sexes.FirstOrDefault(x => x.Sex == s).Sums is not { } sums)
                                return new object?[3];
                            Int128 all = Enumerable.Range(0, ReportedClasses.Count).Aggregate((Int128)0, (sum, c) => sum + sums[z, c]), exposed = sums[z, (int)Condition.Degraded];
                            return [PopulationTables.Persons(all), PopulationTables.Persons(exposed), Ratio.Percent(exposed, all)];
                        }),
                        .. s_sexes.Select(s => people.Sexes.FirstOrDefault(x => x.Sex == s).Sums is { } sums && OfficialAt(frame, zone.Id, people.Year, s) is { } official and > 0
                            ? (object?)(PopulationTables.Persons(sums[z, (int)Condition.Degraded]) / official * 100) : null),
                        frame.Years(SubIndicator.Productivity, p), frame.Asks(p),
                    ]);
            }
        }

        return frame.Sorted(table);
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
            new("drought_km2", ColumnType.Area, "Land in any class of drought, mild included."), new("drought_pct", ColumnType.Percent, "Of total land."),
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
            .. s_droughts.SelectMany(c => new Column[] { new($"{c.Name()}_persons", ColumnType.Number, "People in the class."), new($"{c.Name()}_pct", ColumnType.Percent, "Share of all.") }),
            new("exposed_persons", ColumnType.Number, "People in any class of drought, mild included."), new("exposed_pct", ColumnType.Percent, "Share of all."),
        ]);
        foreach ((int year, DroughtExposure exposure) in droughts.Where(d => d.Exposure.People.ContainsKey(sex)))
        {
            Int128[,] people = exposure.People[sex];
            foreach ((int z, SummaryZone zone) in frame.Zones)
            {
                Int128 all = s_droughts.Aggregate((Int128)0, (sum, c) => sum + people[z, (int)c]);
                Int128 exposed = s_droughts.Where(c => c >= DroughtClass.Mild).Aggregate((Int128)0, (sum, c) => sum + people[z, (int)c]);
                table.Add(
                    [
                        zone.Id, (long)year, (long?)exposure.PopulationYear,
                        .. s_droughts.SelectMany(c => new object?[] { PopulationTables.Persons(people[z, (int)c]), Ratio.Percent(people[z, (int)c], all) }),
                        PopulationTables.Persons(exposed), Ratio.Percent(exposed, all),
                    ]);
            }
        }

        return frame.Sorted(table);
    }
}
