using System.Globalization;
using System.Text.Json;
using Ldn.Drought;
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
/// Land and people in drought (SO3, method §11, drought §1–3). Job: <c>strata.drought</c>, by year rasters of a standardised
/// index, or the monthly rasters that one is computed of. Tables: drought.csv, drought_blocks.csv and, of a computed index,
/// drought_fit.csv; PRAIS SO3-1 and SO3-2; people where the job has population.
/// </summary>
internal sealed class DroughtSubject : Subject<DroughtAsked>
{
    private const string Option = "drought";
    private static readonly SectionKey<JsonElement?> s_drought = new(
        "strata.drought", SubjectJson.Default.NullableJsonElement,
        "A raster of a standardised index for each year, or the monthly rasters that one is computed of",
        "{ \"index\": \"spi\", \"precipitation\": { \"layers\": [\"pr.tif\"] }, \"reference\": [1981, 2010] }");

    /// <inheritdoc/>
    public override IReadOnlyList<SectionKey> Keys => [s_drought];

    /// <inheritdoc/>
    public override IReadOnlyList<InputName> Inputs =>
    [
        new(Option) { Words = ["spi", "spei"] }, new(DroughtOpening.Precipitation), new(DroughtOpening.Temperature),
        new(DroughtOpening.Evapotranspiration),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PageSection> Sections => [new DroughtSection()];

    /// <inheritdoc/>
    public override IEnumerable<ResultTable> Kinds(RunStatistics empty) =>
        [DroughtTables.ByYear(empty, [], [], []), DroughtTables.ByBlock(empty, [], [], []), DroughtFit.Table(empty, null)];

    /// <inheritdoc/>
    protected override DroughtAsked? Read(JobSections sections)
    {
        if (sections.Get(s_drought) is not { } given)
            return null;
        if (given.ValueKind != JsonValueKind.Object)
            throw Fault.Job.Error(
                $"{s_drought.Path} is neither rasters by year nor an index to compute",
                "give { \"2015\": \"spi2015.tif\" }, or { \"index\": \"spi\", \"precipitation\": { \"layers\": [\"pr.tif\"] } }");
        string[] names = [.. given.EnumerateObject().Select(p => p.Name)];
        if (names.Length == 0)
            return null;
        if (!names.Any(n => char.IsAsciiDigit(n.FirstOrDefault())))
        {
            DroughtConfig config = JobReader.Part(given, SubjectJson.Default.DroughtConfig, s_drought.Path);
            return new DroughtAsked([]) { Series = DroughtSeries.Read(config, s_drought.Path, sections.Files) };
        }

        Dictionary<string, string> years = JobReader.Part(given, SubjectJson.Default.DictionaryStringString, s_drought.Path);
        return new DroughtAsked(
            [.. sections.Files.Dated(years, null, s_drought.Path).Files.Select(f => (f.Key, f.Value))]);
    }

    private protected override Inquiry Open(DroughtAsked asked, Opening opening)
    {
        DroughtBounds bounds = opening.Job.Rules.Profile == "trends-earth" ? DroughtBounds.TrendsEarth : DroughtBounds.Default;
        PopulationInquiry? people = opening.Others.Of<PopulationInquiry>();
        if (asked.Series is not { } series)
            return new DroughtInquiry(
                [.. asked.Years.Select(y => y.Year)],
                [
                    .. asked.Years.Select(y => new DroughtPlane(
                        opening.Inputs.Open(
                            $"drought {y.Year}", Option, y.File, Resampling.Nearest, LayerValues.StandardisedIndex), bounds)),
                ],
                people?.People ?? [], people?.Official ?? []);
        var monthly = new DroughtOpening(series, opening);
        IndexSeries index = monthly.Series();
        string file = series.Precipitation.Files[0];
        int Add(string layer, IRasterSource source) => opening.Inputs.Add(layer, Option, file, source, LayerValues.Any);
        int month = index.Options.TableMonth;
        DroughtPlane[] planes = [.. index.Years.Select(y => new DroughtPlane(
            Add($"{index.Options.Name} {y}", index.Index(y, month)), bounds))];
        RasterOutputs written = opening.Job.Outputs.Rasters;
        bool drawn = written.HasFlag(RasterOutputs.Drought) || written.HasFlag(RasterOutputs.Parts);

        // Months that no table tells of are computed where their rasters are written.
        var others = new List<(int Year, int Month, int Input)>();
        foreach (int other in drawn ? index.Options.EndMonths.Where(m => m != month) : [])
            others.AddRange(index.Years.Select(y => (y, other, Add(
                $"{index.Options.Name} {MonthlyLayer.Text(MonthlyLayer.Number(y, other))}", index.Index(y, other)))));
        monthly.Watch(index);
        var fits = new List<FitInputs>();
        foreach (int ending in written.HasFlag(RasterOutputs.Parts) ? index.Options.EndMonths : [month])
        {
            int Fact(CellFact fact) => Add($"{index.Options.Name}, {fact} {ending}", index.Of(fact, ending));
            fits.Add(new FitInputs(
                ending, Fact(CellFact.State), Fact(CellFact.Years), Fact(CellFact.Zeros),
                written.HasFlag(RasterOutputs.Parts) ? Fact(CellFact.Distance) : -1,
                ending == month ? Fact(CellFact.AnnualPrecipitation) : -1));
        }

        opening.Inputs.Keep(index);
        return new DroughtInquiry(index.Years, planes, people?.People ?? [], people?.Official ?? [])
        {
            Computed = new ComputedIndex(series, index, others, fits),
            Remarks = monthly.Warnings,
        };
    }
}

/// <summary>A standardised index by year, ascending, or <see cref="Series"/>, of which one is computed.</summary>
internal sealed record DroughtAsked(IReadOnlyList<(int Year, string File)> Years) : IAsked
{
    public DroughtSeries? Series { get; init; }

    /// <inheritdoc/>
    public IEnumerable<(string Layer, string File)> Files => Series?.Files ?? [];
}

/// <summary>Inputs of the pass that tell of the fit of the month that ends a value; −1 where none is read.</summary>
internal sealed record FitInputs(int Month, int State, int Years, int Zeros, int Distance, int AnnualPrecipitation);

/// <summary>An index that the run computes: of what, and the inputs of the pass that tell more than its years.</summary>
internal sealed record ComputedIndex(
    DroughtSeries Asked, IndexSeries Series, IReadOnlyList<(int Year, int Month, int Input)> OtherMonths,
    IReadOnlyList<FitInputs> Fits)
{
    public FitInputs OfTables => Fits.First(f => f.Month == Series.Options.TableMonth);
}

/// <summary>
/// One question a year, and one a block of four years: conditions of the baseline, whose water is that of every year; the drought
/// class, of a block with the date of people that serves the year of the lowest index; a sum a raster of people.
/// </summary>
internal sealed class DroughtInquiry(
    IReadOnlyList<int> years, IReadOnlyList<DroughtPlane> planes, IReadOnlyList<PopulationLayer> population,
    IReadOnlyList<OfficialPeople> official) : Inquiry
{
    public IReadOnlyList<int> Years => years;

    /// <summary>The index, year by year.</summary>
    public IReadOnlyList<DroughtPlane> Planes => planes;

    /// <summary>The index that is computed; null where rasters of it are given.</summary>
    public ComputedIndex? Computed { get; init; }

    public override IReadOnlyList<string> Remarks { get; init; } = [];

    public static string Question(int year) => $"drought_{year}";

    /// <summary>Of the block that begins in a year: its worst class.</summary>
    public static string BlockQuestion(int first) => $"drought_from_{first}";

    public override IEnumerable<Question> Ask(IReadOnlyList<PeriodPlan> periods, PlaceIndex places)
    {
        var baseline = new ConditionsPlane(0);
        for (int i = 0; i < years.Count; i++)
            yield return new Question(
                Question(years[i]), [baseline, planes[i]], [.. PopulationLayer.At(population, years[i])?.Rasters ?? []]);
        foreach ((int first, int last, IReadOnlyList<int> inBlock) in DroughtClasses.Blocks(years))
        {
            IReadOnlyList<PopulationLayer> dates = PopulationLayer.OfBlock(population, inBlock, last);
            byte Date(int year) => (byte)(dates.ToList().IndexOf(PopulationLayer.At(population, year)!) + 1);
            var worst = new WorstDroughtPlane(
                [.. planes.Where((_, i) => inBlock.Contains(years[i]))], [.. inBlock.Select(Date)], Date(last));
            yield return new Question(BlockQuestion(first), [baseline, worst], [.. dates.SelectMany(d => d.Rasters)]);
        }

        if (Computed is { } computed)
            yield return DroughtFit.Question(computed.OfTables);
    }

    public override IEnumerable<ResultTable> Report(RunStatistics run)
    {
        yield return DroughtTables.ByYear(run, years, population, official);
        yield return DroughtTables.ByBlock(run, years, population, official);
        if (Computed is { } computed)
            yield return DroughtFit.Table(run, computed);
    }

    public override IEnumerable<string> Notes => Computed is { } computed ? [DroughtFit.Described(computed.Asked)] : [];

    public override IEnumerable<string> Doubts(RunStatistics run) =>
        Computed is { } computed ? DroughtFit.Doubts(run, computed) : [];

    public override IEnumerable<ResultTable> Prais(PraisFrame frame) =>
        DroughtPrais.All(frame, years, population, official, Computed?.Asked);

    public override IEnumerable<(RasterKind Kind, string Of, string Caption, OutputFill Fill)> Rasters(RasterOutputs asked) =>
        DroughtRasters.Of(this, population, asked);
}

/// <summary>Land in drought by year; land and people by the worst drought of blocks of four years.</summary>
internal sealed class DroughtSection : PageSection
{
    private static readonly (string Class, string Color)[] s_classes =
        [("extreme", "#6b1a06"), ("severe", "#c8501e"), ("moderate", "#f0a35e"), ("mild", "#fbe3bd")];

    /// <inheritdoc/>
    public override string Table => "drought";

    internal override SectionContent? Of(SectionPage page)
    {
        var years = page.Rows(Table).GroupBy(r => r[Columns.Year]!.Value).OrderBy(y => y.Key)
            .Select(y => (Year: y.Key, Rows: (IReadOnlyList<Row>)[.. y])).ToList();
        if (years.Count == 0 || years.All(y => Share(y.Rows, "none") is null))
            return null;
        (long driest, IReadOnlyList<Row> worst) = years.MaxBy(y => Bad(y.Rows));
        string sentence = Bad(worst) > 0
            ? page.Texts.Format("section.drought", driest, page.Numbers.Percent(Bad(worst)))
            : page.Texts["section.drought.none"];
        var blocks = page.Rows("drought_blocks").GroupBy(r => (r[DroughtTables.FirstYear], r[DroughtTables.LastYear])).ToList();
        bool people = blocks.Exists(b => b.Any(r => r[DroughtTables.Persons] is not null));
        return new SectionContent(
            sentence,
            Charts.Columns(
                page.Numbers, sentence,
                [
                    .. years.Select(y => (
                        y.Year.ToString(CultureInfo.InvariantCulture),
                        (IReadOnlyList<Segment>)[
                            .. s_classes.Select(c => new Segment(
                                page.Texts.Class(c.Class), Share(y.Rows, c.Class) ?? 0, c.Color, ""))])),
                ]),
            new SmallTable(
                [
                    (page.Texts["section.drought.block"], false), (page.Texts["section.drought.bad"], true),
                    .. people ? new[] { (page.Texts["section.drought.people"], true) } : [],
                ],
                [
                    .. blocks.Select(b => new object[]
                    {
                        $"{b.Key.Item1}–{b.Key.Item2}", page.Numbers.Percent(Bad([.. b])),
                        page.Numbers.Whole(
                            b.Where(r => r[DroughtTables.Drought] is "severe" or "extreme")
                                .Sum(r => r[DroughtTables.Persons] ?? 0)),
                    }[..(people ? 3 : 2)]),
                ]));
    }

    /// <summary>Land in severe or extreme drought, per cent.</summary>
    private static double Bad(IReadOnlyList<Row> rows) => (Share(rows, "severe") ?? 0) + (Share(rows, "extreme") ?? 0);

    private static double? Share(IReadOnlyList<Row> rows, string name) =>
        rows.FirstOrDefault(r => r[DroughtTables.Drought] == name)?[Columns.ShareOfLand]?.ToDouble();
}
