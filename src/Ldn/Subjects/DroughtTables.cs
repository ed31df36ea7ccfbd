using Ldn.Counting;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>Drought by year and by four-year block (SO3, method §11): land and people in each class. Land is that of the baseline's initial year.</summary>
public static class DroughtTables
{
    private static readonly string[] s_sexes = ["female", "male", "total"];
    private static readonly DroughtClass[] s_classes = [DroughtClass.None, DroughtClass.Mild, DroughtClass.Moderate, DroughtClass.Severe, DroughtClass.Extreme, DroughtClass.NoData];

    private static readonly Column[] s_figures =
    [
        new("drought", ColumnType.Text, "none, mild, moderate, severe, extreme, or no_data."),
        new("pixels", ColumnType.Integer, "Cells of the run's grid."),
        new("area_km2", ColumnType.Area, "Land in the class."),
        new("share_of_land_pct", ColumnType.Percent, "Of total land."),
        new("population_year", ColumnType.Integer, "Year of the population: the latest not after the drought, else the earliest; empty without population."),
        .. s_sexes.Select(s => new Column($"{s}_persons", ColumnType.Number, $"People there, {s}.")),
    ];

    /// <summary>drought.csv: each year.</summary>
    public static ResultTable ByYear(RunStatistics run)
    {
        var table = new ResultTable("drought", "Land and people in drought by year",
        [
            new("zone_id", ColumnType.Text, "Zone or group."), new("zone_kind", ColumnType.Text, "zone or group."), new("year", ColumnType.Integer, "Year of the index."),
            .. s_figures,
        ]);
        foreach (int year in run.Strata?.Drivers?.DroughtYears ?? [])
            AddRows(table, run, Exposure(run, Questions.Drought(year), year)!, [(long)year]);
        CrossTables.SortByZone(table, run);
        return table;
    }

    /// <summary>drought_blocks.csv: the worst class of each four years, years without data ignored.</summary>
    public static ResultTable ByBlock(RunStatistics run)
    {
        var table = new ResultTable("drought_blocks", "Land and people by the worst drought of four years",
        [
            new("zone_id", ColumnType.Text, "Zone or group."), new("zone_kind", ColumnType.Text, "zone or group."),
            new("first_year", ColumnType.Integer, "First year of the block; blocks are counted from the first year given."), new("last_year", ColumnType.Integer, "Its last year."),
            new("years", ColumnType.Integer, "Years of the block that are given."), .. s_figures,
        ]);
        foreach ((int first, int last, IReadOnlyList<int> years) in DroughtClasses.Blocks(run.Strata?.Drivers?.DroughtYears ?? []))
            AddRows(table, run, Exposure(run, Questions.DroughtBlock(first), last)!, [(long)first, (long)last, (long)years.Count]);
        CrossTables.SortByZone(table, run);
        return table;
    }

    /// <summary>Land by zone and class, and people by sex, zone and class; null where the question was not asked.</summary>
    internal static DroughtExposure? Exposure(RunStatistics run, string question, int moment)
    {
        if (run.Answer(question) is not { } answer)
            return null;
        PopulationLayer? population = run.Strata!.Drivers!.PopulationAt(moment);
        Amount[,] land = DrylandTables.Land(run, answer, row => (int)answer.Code(row, 1), DroughtClasses.Count);
        var rasters = new Int128[population?.Rasters.Count ?? 0][,];
        for (int r = 0; r < rasters.Length; r++)
            rasters[r] = new Int128[run.Zones.Count, DroughtClasses.Count];
        foreach (TallyRow row in answer.Rows)
            foreach (int zone in run.ZonesOf(row))
                for (int r = 0; r < rasters.Length; r++)
                    rasters[r][zone, answer.Code(row, 1)] += row.Sums.Span[r];
        return new DroughtExposure(
            land, population?.Year, population?.Sexes.ToDictionary(s => s.Sex, s => PopulationTables.Together(s.Rasters.Select(r => rasters[r]))) ?? []);
    }

    private static void AddRows(ResultTable table, RunStatistics run, DroughtExposure exposure, object?[] keys)
    {
        for (int z = 0; z < run.Zones.Count; z++)
        {
            foreach (DroughtClass c in s_classes)
            {
                Amount amount = exposure.Land[z, (int)c];
                table.Add(
                    [
                        run.Zones[z].Id, run.Zones[z].Kind, .. keys, c.Name(), amount.Pixels, amount.Area, amount.ShareOf(exposure.TotalLand(z)), (long?)exposure.PopulationYear,
                        .. s_sexes.Select(s => exposure.People.TryGetValue(s, out Int128[,]? people) ? (object?)PopulationTables.Persons(people[z, (int)c]) : null),
                    ]);
            }
        }
    }
}

/// <summary>Land by zone and drought class, and people (water included, where some live) by sex, zone and class, in parts of a person.</summary>
internal sealed record DroughtExposure(Amount[,] Land, int? PopulationYear, IReadOnlyDictionary<string, Int128[,]> People)
{
    public Amount TotalLand(int zone) => Enumerable.Range(0, DroughtClasses.Count).Aggregate(new Amount(), (sum, c) => sum + Land[zone, c]);

    /// <summary>Land in any drought, mild included.</summary>
    public Amount InDrought(int zone) => Enumerable.Range((int)DroughtClass.Mild, 4).Aggregate(new Amount(), (sum, c) => sum + Land[zone, c]);
}
