using Ldn.Counting;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Reports.Page;
using Ldn.Tables;
using Ldn.Tables.Prais;
using Ldn.Zones;

namespace Ldn.Subjects;

/// <summary>
/// Land and people in drought (SO3, method §11). Job: <c>strata.drought</c>, by year rasters of a standardised precipitation
/// index. Tables: drought.csv and drought_blocks.csv, PRAIS SO3-1 and SO3-2; people where the job has population.
/// </summary>
public sealed class DroughtSubject : Subject<DroughtAsked>
{
    private const string Option = "drought";
    private static readonly SectionKey<Dictionary<string, string>> s_years = new(
        "strata.drought", SubjectJson.Default.DictionaryStringString,
        "A raster of a standardised precipitation index for each year",
        "{ \"2015\": \"spi2015.tif\", \"2016\": \"spi2016.tif\" }");

    /// <inheritdoc/>
    public override IReadOnlyList<SectionKey> Keys => [s_years];

    /// <inheritdoc/>
    public override IReadOnlyList<InputName> Inputs => [new(Option) { Words = ["spi", "spei"] }];

    /// <inheritdoc/>
    public override IReadOnlyList<PageSection> Sections => [new DroughtSection()];

    /// <inheritdoc/>
    public override IEnumerable<ResultTable> Kinds(RunStatistics empty) =>
        [DroughtTables.ByYear(empty, [], []), DroughtTables.ByBlock(empty, [], [])];

    /// <inheritdoc/>
    protected override DroughtAsked? Read(JobSections sections) => sections.Get(s_years) is { Count: > 0 } years
        ? new DroughtAsked([.. sections.Files.Dated(years, null, s_years.Path).Files.Select(f => (f.Key, f.Value))]) : null;

    private protected override Inquiry Open(DroughtAsked asked, Opening opening)
    {
        DroughtBounds bounds = opening.Job.Rules.Profile == "trends-earth" ? DroughtBounds.TrendsEarth : DroughtBounds.Default;
        return new DroughtInquiry(
            [.. asked.Years.Select(y => y.Year)],
            [.. asked.Years.Select(y => new DroughtPlane(opening.Inputs.Open($"drought {y.Year}", Option, y.File, Resampling.Nearest, LayerValues.StandardisedIndex), bounds))],
            opening.Others.Of<PopulationInquiry>()?.People ?? []);
    }
}

/// <summary>A standardised precipitation index by year, ascending.</summary>
public sealed record DroughtAsked(IReadOnlyList<(int Year, string File)> Years) : IAsked;

/// <summary>
/// One question a year, and one a block of four years: conditions of the baseline, whose water is that of every year; the drought
/// class, of a block with the date of people that serves the year of the lowest index; a sum a raster of people.
/// </summary>
internal sealed class DroughtInquiry(
    IReadOnlyList<int> years, IReadOnlyList<DroughtPlane> planes, IReadOnlyList<PopulationLayer> population) : Inquiry
{
    public IReadOnlyList<int> Years => years;

    /// <summary>The index, year by year.</summary>
    public IReadOnlyList<DroughtPlane> Planes => planes;

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
    }

    public override IEnumerable<ResultTable> Report(RunStatistics run) =>
        [DroughtTables.ByYear(run, years, population), DroughtTables.ByBlock(run, years, population)];

    public override IEnumerable<ResultTable> Prais(PraisFrame frame) => DroughtPrais.All(frame, years, population);
}
