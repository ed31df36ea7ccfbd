using Ldn.Counting;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>
/// Drought by year and by four-year block (SO3, method §11): land and people in each class. Land is that of the baseline's
/// initial year.
/// </summary>
internal static class DroughtTables
{
    private static readonly string[] s_sexes = ["female", "male", "total"];
    private static readonly DroughtClass[] s_classes = [
        DroughtClass.None, DroughtClass.Mild, DroughtClass.Moderate, DroughtClass.Severe, DroughtClass.Extreme,
        DroughtClass.NoData];

    private static readonly (string Sex, Column<double> Column)[] s_persons =
        [.. s_sexes.Select(s => (s, Column.Number($"{s}_persons", $"People there, {s}, without those on water.")))];

    public static Column<string> Drought { get; } = Column.Text("drought", "none, mild, moderate, severe, extreme, or no_data.");

    /// <summary>People in the class, of both sexes.</summary>
    public static Column<double> Persons => s_persons[^1].Column;

    public static Column<long> FirstYear { get; } = Column.Integer("first_year", "First year of the block: 2000, 2004, …");

    public static Column<long> LastYear { get; } = Column.Integer("last_year", "Its last year.");

    public static Column<long> Years { get; } = Column.Integer("years", "Years of the block that are given.");

    public static Column<string> PopulationYears { get; } = Column.Text(
        "population_years", "Years of the population: each cell counts its people of the year of its lowest index.");

    private static readonly (string Sex, Column<Ratio> Share, Column<double> OfOfficial)[] s_shares =
    [
        .. s_sexes.Select(s => (
            s, Column.Percent($"{s}_pct", $"Share of the zone's people, {s}, in the same rows."),
            Column.Number($"{s}_pct_of_official", "The same of its official people of the year, of a block of its last year."))),
    ];

    /// <summary>What the tables gained later, behind their other columns.</summary>
    private static readonly Column[] s_further = [
        .. s_shares.Select(s => s.Share), .. s_shares.Select(s => s.OfOfficial)];

    private static readonly Column[] s_figures =
    [
        Drought, Columns.Pixels, Columns.TrueArea.Meaning("Land in the class."), Columns.ShareOfLand,
        Columns.PopulationYear.Meaning(
            "Year of the population: the closest to the drought, the earlier of two; empty without population, and where "
                + "several years of a block have one of their own."),
        .. s_persons.Select(p => p.Column),
    ];

    /// <summary>drought.csv: each year.</summary>
    public static ResultTable ByYear(
        RunStatistics run, IReadOnlyList<int> years, IReadOnlyList<PopulationLayer> population,
        IReadOnlyList<OfficialPeople> official)
    {
        var table = Columns.Table("drought", "Land and people in drought by year",
        [
            Columns.ZoneId, Columns.ZoneKind, Columns.Year.Meaning("Year of the index."), .. s_figures, .. s_further,
        ]);
        foreach (int year in years)
            AddRows(table, run, OfYear(run, year, population), Official(official, year), [Columns.Year.Is(year)]);
        run.SortByZone(table);
        return table;
    }

    /// <summary>drought_blocks.csv: the worst class of each four years, years without data ignored.</summary>
    public static ResultTable ByBlock(
        RunStatistics run, IReadOnlyList<int> years, IReadOnlyList<PopulationLayer> population,
        IReadOnlyList<OfficialPeople> official)
    {
        var table = Columns.Table("drought_blocks", "Land and people by the worst drought of four years",
        [
            Columns.ZoneId, Columns.ZoneKind, FirstYear, LastYear, Years, .. s_figures, PopulationYears, .. s_further,
        ]);
        foreach ((int first, int last, IReadOnlyList<int> inBlock) in DroughtClasses.Blocks(years))
        {
            DroughtExposure exposure = Exposure(
                run, DroughtInquiry.BlockQuestion(first), PopulationLayer.OfBlock(population, inBlock, last))!;
            string? dates = exposure.PopulationYears.Count == 0 ? null : string.Join(';', exposure.PopulationYears);
            AddRows(
                table, run, exposure, Official(official, last),
                [FirstYear.Is(first), LastYear.Is(last), Years.Is(inBlock.Count), PopulationYears.Is(dates)]);
        }

        run.SortByZone(table);
        return table;
    }

    /// <summary>Land and people of one year.</summary>
    internal static DroughtExposure OfYear(RunStatistics run, int year, IReadOnlyList<PopulationLayer> population) =>
        Exposure(run, DroughtInquiry.Question(year), PopulationLayer.At(population, year) is { } people ? [people] : [])!;

    /// <summary>
    /// Land by zone and class, and people by sex, zone and class, both without water; null where the question was not asked.
    /// Where several dates of people may serve, the second byte of the drought's code tells which does.
    /// </summary>
    private static DroughtExposure? Exposure(RunStatistics run, string question, IReadOnlyList<PopulationLayer> dates)
    {
        if (run.Answer(question) is not { } answer)
            return null;
        int Class(TallyRow row) => (byte)answer.Code(row, 1);
        Amount[,] land = DrylandTables.Land(run, answer, Class, DroughtClasses.Count);
        string[] sexes = [.. s_sexes.Where(s => dates.Count > 0 && dates.All(d => d.Sexes.Any(x => x.Sex == s)))];
        var people = sexes.ToDictionary(s => s, _ => new Int128[run.Zones.Count, DroughtClasses.Count]);
        var served = new SortedSet<int>();
        foreach (TallyRow row in answer.Rows)
        {
            if (dates.Count == 0 || !ReportedClasses.IsLand(answer.Code(row, 0)))
                continue;
            int date = dates.Count == 1
                ? 0
                : (int)(answer.Code(row, 1) >> 8) - 1, before = dates.Take(date).Sum(d => d.Rasters.Count);
            served.Add(dates[date].Year);
            foreach (string sex in sexes)
            {
                Int128 sum = 0;
                foreach (int raster in dates[date].Sexes.First(s => s.Sex == sex).Rasters)
                    sum += row.Sums.Span[before + raster];
                foreach (int zone in run.ZonesOf(row))
                    people[sex][zone, Class(row)] += sum;
            }
        }

        return new DroughtExposure(land, dates.Count == 1 ? [dates[0].Year] : [.. served], people);
    }

    /// <summary>The official people of a zone in a year by sex, null where they are not told.</summary>
    internal static Func<SummaryZone, string, double?> Official(IReadOnlyList<OfficialPeople> official, int year) =>
        (zone, sex) => official.FirstOrDefault(o => o.ZoneId == zone.Id && o.Year == year)?.Of(sex);

    private static void AddRows(
        ResultTable table, RunStatistics run, DroughtExposure exposure, Func<SummaryZone, string, double?> official, Cell[] keys)
    {
        for (int z = 0; z < run.Zones.Count; z++)
        {
            foreach (DroughtClass c in s_classes)
            {
                Amount amount = exposure.Land[z, (int)c];
                double? Persons(string sex) =>
                    exposure.People.TryGetValue(sex, out Int128[,]? people) ? PopulationTables.Persons(people[z, (int)c]) : null;
                table.Add(
                [
                    .. Columns.Of(run.Zones[z]), .. keys, Drought.Is(c.Name()), .. Columns.Of(amount),
                    Columns.ShareOfLand.Is(amount.ShareOf(exposure.TotalLand(z))),
                    Columns.PopulationYear.Is(exposure.PopulationYear),
                    .. s_persons.Select(p => p.Column.Is(Persons(p.Sex))),
                    .. s_shares.Select(x => x.Share.Is(exposure.ShareOf(z, c, x.Sex))),
                    .. s_shares.Select(x => x.OfOfficial.Is(
                        Persons(x.Sex) is { } people && official(run.Zones[z], x.Sex) is { } of and > 0
                            ? people / of * 100 : null)),
                ]);
            }
        }
    }
}

/// <summary>
/// Land by zone and drought class, and people by sex, zone and class, in parts of a person; neither with water.
/// </summary>
internal sealed record DroughtExposure(
    Amount[,] Land, IReadOnlyList<int> PopulationYears, IReadOnlyDictionary<string, Int128[,]> People)
{
    /// <summary>The year of the people where there is but one.</summary>
    public int? PopulationYear => PopulationYears is [int only] ? only : null;

    public Amount TotalLand(int zone) =>
        Enumerable.Range(0, DroughtClasses.Count).Aggregate(new Amount(), (sum, c) => sum + Land[zone, c]);

    /// <summary>Share in per cent of a sex's people of a zone in a class; null where it is not told or there is nobody.</summary>
    public Ratio? ShareOf(int zone, DroughtClass drought, string sex) => People.TryGetValue(sex, out Int128[,]? people)
        ? Ratio.Percent(
            people[zone, (int)drought],
            Enumerable.Range(0, DroughtClasses.Count).Aggregate((Int128)0, (sum, c) => sum + people[zone, c]))
        : null;

    /// <summary>Land in any drought, mild included.</summary>
    public Amount InDrought(int zone) =>
        Enumerable.Range((int)DroughtClass.Mild, 4).Aggregate(new Amount(), (sum, c) => sum + Land[zone, c]);
}
