using System.Globalization;
using Ldn.Counting;
using Ldn.Csv;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Questions;
using Ldn.Rasters;
using Ldn.Reports.Page;
using Ldn.Tables;
using Ldn.Tables.Prais;
using Ldn.Zones;

namespace Ldn.Subjects;

/// <summary>
/// People by the condition of the land they live on, by sex (SO2-3, method §11). Job: <c>strata.population</c>, by year rasters
/// of people per cell: female and male, or total. Tables: population.csv, PRAIS SO2-3.T1. Droughts ask it who lives there.
/// </summary>
internal sealed class PopulationSubject : Subject<PopulationAsked>
{
    private const string Option = "population";
    private static readonly SectionKey<Dictionary<string, PopulationConfig>> s_years = new(
        "strata.population", SubjectJson.Default.DictionaryStringPopulationConfig,
        "Rasters of people per cell, by year: female and male, or total",
        "{ \"2015\": { \"female\": \"female2015.tif\", \"male\": \"male2015.tif\" } }");

    private static readonly SectionKey<string> s_official = new(
        "strata.officialPopulation", SubjectJson.Default.String,
        "A CSV of zone_id,year,female,male,total: official people, by which PRAIS divides", "\"people.csv\"");

    /// <inheritdoc/>
    public override IReadOnlyList<SectionKey> Keys => [s_years, s_official];

    /// <inheritdoc/>
    public override IReadOnlyList<InputName> Inputs => [new(Option) { Words = ["population"] }];

    /// <inheritdoc/>
    public override IReadOnlyList<PageSection> Sections => [new PopulationSection()];

    /// <inheritdoc/>
    public override IEnumerable<ResultTable> Kinds(RunStatistics empty) => [PopulationTables.ByCondition(empty, [])];

    /// <inheritdoc/>
    protected override PopulationAsked? Read(JobSections sections)
    {
        PopulationYear[] years = [
            .. (sections.Get(s_years) ?? []).Select(y => Read(y.Key, y.Value, sections.Files)).OrderBy(y => y.Year)];
        OfficialPeople[] official = sections.Get(s_official) is { } file
            ? Official(CsvTable.Read(sections.Files.Resolved(file), "zone_id", "year", "total"))
            : [];
        return years.Length + official.Length == 0 ? null : new PopulationAsked(years, official);
    }

    private static OfficialPeople[] Official(CsvTable table)
    {
        var seen = new HashSet<(string, int)>();
        return [.. table.Rows.Select(row =>
        {
            double? Count(string column) => table.Columns.Contains(column) && table.Text(row, column).Length > 0
                ? table.Number(row, column) is >= 0 and var people
                    ? people : throw table.Wrong(row, column, "a number of people, 0 or more")
                    : null;
            double total = Count("total") ?? throw table.Wrong(row, "total", "a number of people");
            var people = new OfficialPeople(
                table.Text(row, "zone_id"), table.Integer(row, "year"), Count("female"), Count("male"), total);
            return seen.Add((people.ZoneId, people.Year))
                ? people
                : throw table.Wrong(row, "year", "free: the zone has a row of that year already");
        })];
    }

    private static PopulationYear Read(string text, PopulationConfig people, JobFiles files)
    {
        int year = JobFiles.Year(text) ?? throw Fault.Job.Error($"{s_years.Path}: '{text}' is not a year");
        if (people.Female is null && people.Male is null && people.Total is null)
            throw Fault.Job.Error($"{s_years.Path}.{text} names no raster", "give female and male, or total");
        string? File(string? name) => name is null ? null : files.Resolved(name);
        return new PopulationYear(year, File(people.Female), File(people.Male), File(people.Total));
    }

    private protected override Inquiry Open(PopulationAsked asked, Opening opening) =>
        new PopulationInquiry([.. asked.Years.Select(y => Open(y, opening.Inputs))], asked.Official)
        {
            ByCondition = !opening.Job.WithoutIndicator,
        };

    private static PopulationLayer Open(PopulationYear people, IInputs inputs)
    {
        var rasters = new List<CountSum>();
        var sexes = new List<(string, IReadOnlyList<int>)>();
        void Add(string sex, string? file)
        {
            if (file is null)
                return;
            rasters.Add(new CountSum(inputs.Open($"population {people.Year} {sex}", Option, file, Resampling.Share)));
            sexes.Add((sex, [rasters.Count - 1]));
        }

        Add("female", people.Female);
        Add("male", people.Male);
        if (people.Total is null && rasters.Count == 2)
            sexes.Add(("total", [0, 1]));
        Add("total", people.Total);
        return new PopulationLayer(people.Year, rasters, sexes);
    }
}

/// <summary>Rasters of people per cell, as a job names them.</summary>
internal sealed record PopulationConfig
{
    [JobKey("Women and girls per cell", "\"female2015.tif\"")]
    public string? Female { get; init; }

    [JobKey("Men and boys per cell", "\"male2015.tif\"")]
    public string? Male { get; init; }

    [JobKey("All people per cell", "\"people2015.tif\"")]
    public string? Total { get; init; }
}

/// <summary>People by year, ascending, and the official ones of zones.</summary>
internal sealed record PopulationAsked(IReadOnlyList<PopulationYear> Years, IReadOnlyList<OfficialPeople> Official) : IAsked;

/// <summary>Official people of a zone in a year; a sex that is not told is null.</summary>
/// <param name="Female">People; null where not told.</param>
/// <param name="Male">People; null where not told.</param>
/// <param name="Total">People.</param>
internal sealed record OfficialPeople(string ZoneId, int Year, double? Female, double? Male, double Total)
{
    /// <summary>People of a sex, <c>female</c> or <c>male</c>; all of any other word.</summary>
    public double? Of(string sex) => sex switch { "female" => Female, "male" => Male, _ => Total };
}

/// <summary>Rasters of people per cell in a year; <see cref="Total"/> is null where it is the sum of both sexes.</summary>
internal sealed record PopulationYear(int Year, string? Female, string? Male, string? Total);

/// <summary>People of a year: the sums of its rasters, and which of them make up each sex.</summary>
internal sealed record PopulationLayer(
    int Year, IReadOnlyList<CountSum> Rasters, IReadOnlyList<(string Sex, IReadOnlyList<int> Rasters)> Sexes)
{
    /// <summary>The population that stands for a moment, or null.</summary>
    public static PopulationLayer? At(IReadOnlyList<PopulationLayer> layers, int? moment) =>
        Inquiry.Serving([.. layers.Select(p => (int?)p.Year)], moment) is >= 0 and int index ? layers[index] : null;

    /// <summary>The dates of people that serve some year of a block of drought, or its last year, ascending.</summary>
    public static IReadOnlyList<PopulationLayer> OfBlock(
        IReadOnlyList<PopulationLayer> layers, IReadOnlyList<int> years, int last) =>
        [.. years.Append(last).Select(y => At(layers, y)).OfType<PopulationLayer>().Distinct().OrderBy(p => p.Year)];
}

/// <summary>One question a period: conditions; a sum a raster of people.</summary>
internal sealed class PopulationInquiry(IReadOnlyList<PopulationLayer> layers, IReadOnlyList<OfficialPeople> official) : Inquiry
{
    /// <summary>By year, ascending.</summary>
    public IReadOnlyList<PopulationLayer> People => layers;

    /// <summary>Official people of zones.</summary>
    public IReadOnlyList<OfficialPeople> Official => official;

    /// <summary>Whether there is a condition of the land to count people by; others may still ask who lives where.</summary>
    public bool ByCondition { get; init; } = true;

    public static string Question(string period) => "population_" + period;

    public override IEnumerable<Question> Ask(IReadOnlyList<PeriodPlan> periods, PlaceIndex places) =>
        layers.Count == 0 || !ByCondition ? [] : periods.Select((period, p) =>
        new Question(
            Question(period.Period.Id), [new ConditionsPlane(p)],
            [.. PopulationLayer.At(layers, period.Period.FinalYear)!.Rasters]));

    public override IEnumerable<ResultTable> Report(RunStatistics run) =>
        layers.Count == 0 || !ByCondition ? [] : [PopulationTables.ByCondition(run, layers)];

    public override IEnumerable<string> Doubts(RunStatistics run) =>
        layers.Count == 0 || !ByCondition ? []
            : PopulationTables.Doubts(run, layers, official).Distinct().Select(d => Fault.Doubt.Say(d));

    public override IEnumerable<ResultTable> Prais(PraisFrame frame)
    {
        var forms = new PopulationPrais(layers, official);
        yield return forms.OfCountry(frame);
        if (layers.Count > 0 && ByCondition)
            yield return forms.OnDegradedLand(frame);
    }
}

/// <summary>People on degraded land, by sex.</summary>
internal sealed class PopulationSection : PageSection
{
    private static readonly string[] s_classes = ["degraded", "stable", "improved", "no_data", "water"];

    /// <inheritdoc/>
    public override string Table => "population";

    internal override SectionContent? Of(SectionPage page)
    {
        IReadOnlyList<Row> rows = page.Latest(Table);
        string[] sexes = [.. rows.Select(r => r[PopulationTables.Sex]!).Distinct()];
        if (Find(sexes.Contains("total") ? "total" : sexes.FirstOrDefault() ?? "", "degraded") is not { } all)
            return null;
        string people = Told(all), share = page.Numbers.Percent(all[PopulationTables.Share]?.ToDouble());
        string sentence = Find("female", "degraded") is { } women && Find("male", "degraded") is { } men
            ? page.Texts.Format("section.population.sexes", people, share, Told(women), Told(men))
            : page.Texts.Format("section.population", people, share);
        return new SectionContent(
            sentence,
            Charts.Bars(page.Numbers, [.. sexes.Select(sex => (page.Texts.Word("sex", sex) ?? sex, Segments(sex)))]),
            new SmallTable(
                [page.Name(PopulationTables.Sex), (page.Texts["section.population.on_degraded"], true), ("%", true)],
                [
                    .. sexes.Select(sex => (Name: page.Texts.Word("sex", sex) ?? sex, Row: Find(sex, "degraded")!)).Select(s =>
                        new object[] { s.Name, Count(s.Row), page.Numbers.Percent(s.Row[PopulationTables.Share]?.ToDouble()) }),
                ]),
            page.Texts.Format(
                "section.population.year", all[Columns.PopulationYear]?.ToString(CultureInfo.InvariantCulture) ?? "–"));

        Row? Find(string sex, string name) =>
            rows.FirstOrDefault(r => r[PopulationTables.Sex] == sex && r[Columns.Class] == name);
        string Told(Row row) => page.Numbers.InWords(row[PopulationTables.People] ?? 0);
        string Count(Row row) => page.Numbers.Whole(row[PopulationTables.People] ?? 0);
        IReadOnlyList<Segment> Segments(string sex) =>
        [
            .. s_classes.Select(name => (Name: name, Row: Find(sex, name))).Where(c => c.Row?[PopulationTables.Share] is not null)
                .Select(c => new Segment(
                    page.Texts.Class(c.Name), c.Row![PopulationTables.Share]!.Value.ToDouble(), Palette.Of(c.Name),
                    $" ({Count(c.Row)})")),
        ];
    }
}

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
