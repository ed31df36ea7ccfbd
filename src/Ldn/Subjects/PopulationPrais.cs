using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Tables;
using Ldn.Tables.Prais;

namespace Ldn.Subjects;

/// <summary>PRAIS CP-1.T2 (people of the country) and SO2-3.T1 (people on degraded land).</summary>
internal sealed class PopulationPrais(IReadOnlyList<PopulationLayer> layers, IReadOnlyList<OfficialPeople> official)
{
    private static readonly string[] s_sexes = ["total", "female", "male"];

    /// <summary>
    /// CP-1.T2: people of the country in thousands, the official ones where they are given, else those of the rasters.
    /// </summary>
    public ResultTable OfCountry(PraisFrame frame)
    {
        var table = new ResultTable("CP-1.T2", "Population by year, in thousands",
        [
            PraisFrame.ZoneColumn, new("year", ColumnType.Integer, "Year."),
            .. s_sexes.Select(s => new Column($"{s}_thousands", ColumnType.Number, $"Thousands of people, {s}.")),
            new("source", ColumnType.Text, "official, or rasters."),
        ]);
        foreach ((int z, SummaryZone zone) in frame.Zones)
        {
            OfficialPeople[] told = [.. official.Where(o => o.ZoneId == zone.Id).OrderBy(o => o.Year)];
            foreach (OfficialPeople people in told)
                table.Add([zone.Id, (long)people.Year, .. s_sexes.Select(s => (object?)(people.Of(s) / 1000)), "official"]);
            var seen = told.Select(o => o.Year).ToHashSet();
            for (int p = 0; p < frame.Periods.Count; p++)
            {
                if (PopulationTables.Sums(frame.Run, p, layers) is not { } people || !seen.Add(people.Year))
                    continue;
                object? Thousands(string sex) => people.Sexes.FirstOrDefault(x => x.Sex == sex).Sums is { } sums
                    ? PopulationTables.Persons(
                        Enumerable.Range(0, ReportedClasses.Count).Aggregate(
                            (Int128)0, (sum, c) => sum + sums[z, c])) / 1000 : null;
                table.Add([zone.Id, (long)people.Year, .. s_sexes.Select(Thousands), "rasters"]);
            }
        }

        return table;
    }

    public ResultTable OnDegradedLand(PraisFrame frame)
    {
        var table = new ResultTable("SO2-3.T1", "Population exposed to land degradation",
        [
            PraisFrame.ZoneColumn, PraisFrame.PeriodColumn,
            new("population_year", ColumnType.Integer, "Year of the population."),
            .. s_sexes.SelectMany(s => new Column[]
            {
                new($"{s}_persons", ColumnType.Number, $"People in all, {s}."),
                new($"{s}_exposed_persons", ColumnType.Number, "On degraded land."),
                new($"{s}_exposed_pct", ColumnType.Percent, "Share of them."),
            }),
            .. s_sexes.Select(
                s => new Column(
                    $"{s}_exposed_pct_of_official", ColumnType.Number, "Share of the official people of CP-1.T2 of that year.")),
            PraisFrame.YearsColumn, PraisFrame.AskedColumn,
        ]);
        for (int p = 0; p < frame.Periods.Count; p++)
        {
            if (PopulationTables.Sums(frame.Run, p, layers) is not { } people)
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
                            Int128 all = Enumerable.Range(0, ReportedClasses.Count).Aggregate(
                                (Int128)0, (sum, c) => sum + sums[z, c]), exposed = sums[z, (int)Condition.Degraded];
                            return [
                                PopulationTables.Persons(all), PopulationTables.Persons(exposed), Ratio.Percent(exposed, all)];
                        }),
                        .. s_sexes.Select(s => people.Sexes.FirstOrDefault(x => x.Sex == s).Sums is { } sums
                            && OfficialAt(zone.Id, people.Year, s) is { } of and > 0
                            ? (object?)(PopulationTables.Persons(sums[z, (int)Condition.Degraded]) / of * 100) : null),
                        frame.Years(SubIndicator.Productivity, p), frame.Asks(p),
                    ]);
            }
        }

        return frame.Sorted(table);
    }

    private double? OfficialAt(string zone, int year, string sex) =>
        official.FirstOrDefault(o => o.ZoneId == zone && o.Year == year)?.Of(sex);
}
