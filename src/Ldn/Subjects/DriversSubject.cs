using Ldn.Counting;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Questions;
using Ldn.Rasters;
using Ldn.Reports.Page;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Subjects;

/// <summary>
/// Continuous layers and counts on degraded, stable and improved land (method §11); no causal claim. Job: <c>strata.drivers</c>,
/// a list. Table: drivers.csv. Tells targets the mean of a layer.
/// </summary>
internal sealed class DriversSubject : Subject<DriversAsked>
{
    private const string Option = "drivers";

    /// <summary>Step of layers that are no whole numbers, where the job names none.</summary>
    private const double DefaultQuantum = 0.001;

    private static readonly SectionKey<List<DriverConfig>> s_layers = new(
        "strata.drivers", SubjectJson.Default.ListDriverConfig,
        "Continuous layers and counts that may stand behind degradation",
        "[ { \"file\": \"livestock.tif\", \"kind\": \"count\" } ]");

    /// <inheritdoc/>
    public override IReadOnlyList<SectionKey> Keys => [s_layers];

    /// <inheritdoc/>
    public override IReadOnlyList<InputName> Inputs => [new(Option)];

    /// <inheritdoc/>
    public override IReadOnlyList<PageSection> Sections => [new DriversSection()];

    /// <inheritdoc/>
    public override IEnumerable<ResultTable> Kinds(RunStatistics empty) => [DriverTables.Continuous(empty, [])];

    /// <inheritdoc/>
    protected override DriversAsked? Read(JobSections sections)
    {
        if (sections.Get(s_layers) is not { Count: > 0 } layers)
            return null;
        var asked = new DriversAsked([.. layers.Select((layer, i) => Read(layer, $"{s_layers.Path}[{i}]", sections.Files))]);
        CheckDistinct(asked.Layers.Select(l => l.Name));
        return asked;
    }

    /// <exception cref="LdnException">Exit 2: two layers of one name.</exception>
    internal static void CheckDistinct(IEnumerable<string> names)
    {
        if (names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1)?.Key is { } twice)
            throw Fault.Job.Error($"two layers of strata are called '{twice}'", "give each a name of its own");
    }

    private static DriverInput Read(DriverConfig driver, string path, JobFiles files)
    {
        string file = driver.File is { Length: > 0 } given ? given : throw Fault.Job.Error($"{path} has no file");
        bool count = JobResolver.Choice($"{path}.kind", driver.Kind ?? "mean", [("mean", false), ("count", true)]);
        if (driver.Quantum is { } quantum && !(quantum > 0 && double.IsFinite(quantum)))
            throw Fault.Job.Error(FormattableString.Invariant($"{path}.quantum is {quantum}"), "give a step above 0");
        if (count && (driver.Quantum ?? (object?)driver.Resampling) is not null)
            throw Fault.Job.Error(
                $"{path} is a count, which has neither quantum nor resampling",
                "counts are shared among cells so that their sum is kept");
        return new DriverInput(
            driver.Name ?? RasterName.Parse(file).Title, files.Resolved(file), driver.Unit ?? "", count, driver.Quantum,
            count ? Resampling.Share
                : JobResolver.Choice(
                    $"{path}.resampling", driver.Resampling ?? "nearest",
                    [("nearest", Resampling.Nearest), ("average", Resampling.Average)]));
    }

    private protected override Inquiry Open(DriversAsked asked, Opening opening) =>
        new DriversInquiry(opening.Job, [.. asked.Layers.Select(layer => Open(layer, opening.Inputs))]);

    private static DriverLayer Open(DriverInput driver, IInputs inputs)
    {
        int input = inputs.Open($"driver {driver.Name}", Option, driver.File, driver.Method);
        if (driver.IsCount)
            return new DriverLayer(driver.Name, driver.Unit, input, null);
        IRasterSource source = inputs.Source(input);
        bool whole = !source.CellType.IsFloatingPoint() && driver.Method == Resampling.Nearest;
        double quantum = driver.Quantum ?? (whole && source.Scale > 0 ? source.Scale : DefaultQuantum);
        // Few bytes where the type cannot hold more steps anyway: each costs a little a pixel.
        int bytes = whole && driver.Quantum is null && source is { Scale: 1, Offset: 0 } && source.CellType.Size() == 1 ? 2
            : whole && driver.Quantum is null && source is { Scale: 1, Offset: 0 } && source.CellType.Size() == 2 ? 3 : 5;
        return new DriverLayer(driver.Name, driver.Unit, input, new QuantumPlane(input, quantum, bytes));
    }
}

/// <summary>A raster that may stand behind degradation: <see cref="File"/> and what its values are.</summary>
internal sealed record DriverConfig
{
    [JobKey("The raster", "\"rain.tif\"")]
    public string? File { get; init; }

    [JobKey("What the layer is called in tables and targets; the file's name without it", "\"rain\"")]
    public string? Name { get; init; }

    [JobKey("Values such as a density or a trend, or a number in each cell, such as livestock", "\"mean\"", "mean", "count")]
    public string? Kind { get; init; }

    [JobKey("Unit of the values, as tables tell it", "\"mm\"")]
    public string? Unit { get; init; }

    [JobKey("Step to which values of kind mean are rounded", "0.1")]
    public double? Quantum { get; init; }

    [JobKey("How values of kind mean are brought onto the grid", "\"nearest\"", "nearest", "average")]
    public string? Resampling { get; init; }
}

/// <summary>Layers with names of their own.</summary>
internal sealed record DriversAsked(IReadOnlyList<DriverInput> Layers) : IAsked;

/// <summary>
/// A continuous layer; a count is summed, anything else averaged over area. <paramref name="Quantum"/> null: by the file's type.
/// </summary>
/// <param name="Quantum">Step to which values are rounded, in the unit of the layer.</param>
internal sealed record DriverInput(string Name, string File, string Unit, bool IsCount, double? Quantum, Resampling Method);

/// <summary>An open layer; <paramref name="Steps"/> is null for a count.</summary>
internal sealed record DriverLayer(string Name, string Unit, int Input, QuantumPlane? Steps);

/// <summary>One question a layer and period: conditions, then the steps of a continuous layer or, for a count, its sum.</summary>
internal sealed class DriversInquiry(Job job, IReadOnlyList<DriverLayer> layers) : Inquiry, ITargetSource
{
    public static string Question(int driver, string period) => $"driver_{driver}_{period}";

    public override IEnumerable<Question> Ask(IReadOnlyList<PeriodPlan> periods, PlaceIndex places)
    {
        for (int p = 0; p < periods.Count; p++)
        {
            var conditions = new ConditionsPlane(p);
            for (int d = 0; d < layers.Count; d++)
            {
                yield return layers[d].Steps is { } steps
                    ? new Question(Question(d, periods[p].Period.Id), [conditions, steps])
                    : new Question(Question(d, periods[p].Period.Id), [conditions], new CountSum(layers[d].Input));
            }
        }

        // What a target may ask of a continuous layer: its mean over a class of land cover at the end of the run.
        for (int d = 0; d < layers.Count; d++)
            if (
                layers[d].Steps is { } steps && periods[^1].ToCover >= 0
                    && job.Asks<TargetsAsked>()?.Targets.Any(
                        t => t.Metric.Kind == TargetMetricKind.Mean && t.Metric.Code is not null) == true)
                yield return new Question(
                    ByCover(d), [new CoverPlane(periods[^1].ToCover)], new AreaWeightedSum(steps.Input, steps.Quantum));
    }

    public override IEnumerable<ResultTable> Report(RunStatistics run) => [DriverTables.Continuous(run, layers)];

    /// <summary>The mean over all land of the zone, or over a class of the last land cover.</summary>
    public TargetFigures? Of(RunStatistics run, TargetMetric metric, int zone)
    {
        int index = metric.Kind == TargetMetricKind.Mean
            ? layers.ToList().FindIndex(l => l.Name == metric.Layer && l.Steps is not null)
            : -1;
        if (index < 0)
            return null;
        if (metric.Code is null)
            return TargetFigures.OfLast(run, OverLand(run, index, layers[index].Steps!, zone));
        if (run.Legend is not { } legend || run.Answer(ByCover(index)) is not { } answer)
            return TargetFigures.None("the run has no land cover");
        Int128 sum = 0, area = 0;
        foreach (TallyRow row in answer.Rows)
        {
            if (
                !run.ZonesOf(row).Contains(zone) || answer.Code(row, 0) is not (> 0 and ulong cover)
                    || !metric.Means(legend.ClassAt((int)cover)))
                continue;
            sum += row.Sums.Span[0];
            area += row.Sums.Span[1];
        }

        return TargetFigures.OfLast(run, area == 0 ? null : new Ratio(sum, area) * Ratio.AsWritten(layers[index].Steps!.Quantum));
    }

    /// <summary>Name of the question by land cover at the end of the run; sums of <see cref="AreaWeightedSum"/>.</summary>
    private static string ByCover(int driver) => $"driver_{driver}_by_cover";

    private static Ratio? OverLand(RunStatistics run, int index, QuantumPlane steps, int zone)
    {
        int period = run.Job.Periods.Count - 1;
        Answer answer = run.Answer(Question(index, run.Job.Periods[period].Id))!;
        var histogram = new StepHistogram();
        foreach (TallyRow row in answer.Rows)
            if (run.ZonesOf(row).Contains(zone) && answer.Code(row, 1) is > 0 and ulong code
                && ReportedClasses.Of(answer.Code(row, 0), period, run.Job.Rules.Status) != ReportedClasses.Water)
                histogram.Add(steps.Steps(code), row.Area);
        return histogram.IsEmpty ? null : histogram.Mean() * Ratio.AsWritten(steps.Quantum);
    }
}

/// <summary>What lies on degraded, stable and improved land, side by side; never that one is the cause of the other.</summary>
internal sealed class DriversSection : PageSection
{
    private static readonly string[] s_classes = ["degraded", "stable", "improved"];

    /// <inheritdoc/>
    public override string Table => "drivers";

    internal override SectionContent? Of(SectionPage page)
    {
        var drivers = page.Latest(Table).Where(r => s_classes.Contains(r[Columns.Class]) && r[DriverTables.Mean] is not null)
            .GroupBy(r => r[DriverTables.Driver]!).ToList();
        if (drivers.Count == 0)
            return null;
        return new SectionContent(
            page.Texts["section.drivers"], null,
            new SmallTable(
                [page.Name(DriverTables.Driver), page.Name(Columns.Class), ("", false), page.Number(DriverTables.Mean)],
                [.. drivers.SelectMany(Lines)]),
            page.Texts["section.drivers.note"]);

        IEnumerable<object[]> Lines(IGrouping<string, Row> driver)
        {
            string unit = driver.First()[DriverTables.Unit] is { Length: > 0 } told ? $" ({told})" : "";
            double most = driver.Max(r => Math.Abs(r[DriverTables.Mean]!.Value));
            return driver.OrderBy(r => Array.IndexOf(s_classes, r[Columns.Class])).Select((r, i) => new object[]
            {
                i == 0 ? driver.Key + unit : "", page.Texts.Class(r[Columns.Class]!),
                Charts.Single(Math.Abs(r[DriverTables.Mean]!.Value), most, Palette.Of(r[Columns.Class]!), strong: true),
                page.Numbers.Of(r[DriverTables.Mean]!.Value, "#,0.###"),
            });
        }
    }
}
