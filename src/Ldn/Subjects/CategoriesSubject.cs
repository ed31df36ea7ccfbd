using System.Globalization;
using System.Text.Json;
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
/// Classes of other maps on degraded, stable and improved land (method §11); no causal claim. Job: <c>strata.categories</c>, a
/// list of rasters of whole numbers and polygons. Table: categories.csv. Tells targets the area of a class.
/// </summary>
internal sealed class CategoriesSubject : Subject<CategoriesAsked>
{
    private const string Option = "categories";
    private static readonly SectionKey<List<JsonElement>> s_layers = new(
        "strata.categories", SubjectJson.Default.ListJsonElement,
        "Rasters of whole numbers and polygons whose classes are told by condition", "[ \"climate_zones.tif\" ]");

    /// <inheritdoc/>
    public override IReadOnlyList<SectionKey> Keys => [s_layers];

    /// <inheritdoc/>
    public override IReadOnlyList<InputName> Inputs => [new(Option)];

    /// <inheritdoc/>
    public override IReadOnlyList<PageSection> Sections => [new CategoriesSection()];

    /// <inheritdoc/>
    public override IEnumerable<ResultTable> Kinds(RunStatistics empty) => [CategoriesInquiry.Categorical(empty, [])];

    /// <inheritdoc/>
    protected override CategoriesAsked? Read(JobSections sections)
    {
        if (sections.Get(s_layers) is not { Count: > 0 } layers)
            return null;
        var asked = new CategoriesAsked(
            [.. layers.Select((layer, i) => LayerInput.Read(layer, $"{s_layers.Path}[{i}]", sections.Files))]);
        DriversSubject.CheckDistinct(
            [.. sections.Job.Asks<DriversAsked>()?.Layers.Select(l => l.Name) ?? [], .. asked.Layers.Select(l => l.Name)]);
        return asked;
    }

    private protected override Inquiry Open(CategoriesAsked asked, Opening opening) =>
        new CategoriesInquiry(asked.Layers, [.. asked.Layers.Select(layer => Open(layer, opening.Inputs))]);

    private static (LandTypeLayer, CombinationPlane?) Open(LayerInput layer, IInputs inputs)
    {
        if (layer.IsPolygons)
            return (new LandTypeLayer(layer.Name, -1, -1, [], layer.Names), null);
        int input = inputs.Open($"category {layer.Name}", Option, layer.File, Resampling.Nearest);
        return (
            new LandTypeLayer(layer.Name, 0, -1, [], layer.Names),
            new CombinationPlane(
                [new CombinedRaster(input, new WholeNumberCodes(inputs.Source(input).CellType, inputs.NoData(input)))]));
    }
}

/// <summary>Layers with names of their own, also beside those of <see cref="DriversAsked"/>.</summary>
internal sealed record CategoriesAsked(IReadOnlyList<LayerInput> Layers) : IAsked
{
    /// <inheritdoc/>
    public IEnumerable<(string Layer, string File)> Files =>
        Layers.Where(l => l.IsPolygons).Select(l => ($"category {l.Name}", l.File));
}

/// <summary>A categorical layer: its classes are told as land types are.</summary>
internal sealed record CategoryLayer(string Name, LandTypes Classes);

/// <summary>
/// One question a layer and period: conditions, then the code of the raster where the layer is one. Table: categories.csv.
/// </summary>
internal sealed class CategoriesInquiry(
    IReadOnlyList<LayerInput> inputs, (LandTypeLayer Layer, CombinationPlane? Raster)[] open) : Inquiry, ITargetSource
{
    public static Column<string> Layer { get; } = Column.Text("layer", "Layer.");

    public static Column<string> Category { get; } = Column.Text("category", "Value or id; none for land in no class.");

    public static Column<string> CategoryName { get; } = Column.Text("category_name", "Its name.");

    private CategoryLayer[] _layers = [];

    public override void AddMembers(IMembers members)
    {
        for (int i = 0; i < open.Length; i++)
        {
            if (!open[i].Layer.IsPolygons)
                continue;
            (IReadOnlyList<Zone> classes, IReadOnlyList<RowSpan[]> spans) = members.Read(inputs[i].Polygons);
            open[i] = (
                open[i].Layer with { FirstMember = members.Add(spans), PolygonIds = [.. classes.Select(c => c.Id)] }, null);
        }
    }

    public override IEnumerable<Question> Ask(IReadOnlyList<PeriodPlan> periods, PlaceIndex places)
    {
        _layers = [.. open.Select(l => new CategoryLayer(l.Layer.Name, new LandTypes([l.Layer], l.Raster, places)))];
        for (int p = 0; p < periods.Count; p++)
            for (int c = 0; c < open.Length; c++)
                yield return new Question(
                    Question(c, periods[p].Period.Id),
                    [new ConditionsPlane(p), .. open[c].Raster is { } raster ? [raster] : Array.Empty<Plane>()]);
    }

    public override IEnumerable<ResultTable> Report(RunStatistics run) => [Categorical(run, _layers)];

    /// <summary>All cells of the value, water included.</summary>
    public TargetFigures? Of(RunStatistics run, TargetMetric metric, int zone)
    {
        int index = metric.Kind == TargetMetricKind.CategoryArea ? Array.FindIndex(_layers, l => l.Name == metric.Layer) : -1;
        if (index < 0)
            return null;
        Answer answer = run.Answer(Question(index, run.Job.Periods[^1].Id))!;
        string value = metric.Code!.Value.ToString(CultureInfo.InvariantCulture);
        var area = Area.Zero;
        foreach (TallyRow row in answer.Rows)
            if (run.ZonesOf(row).Contains(zone) && TypeOf(_layers[index], answer, row)?.Id == value)
                area += row.Area;
        return TargetFigures.OfLast(run, area);
    }

    /// <summary>
    /// Area of each class of categorical layers by condition; zero rows left out, land in no class as <c>none</c>.
    /// </summary>
    public static ResultTable Categorical(RunStatistics run, IReadOnlyList<CategoryLayer> layers)
    {
        var table = Columns.Table("categories", "Categories by condition of the land",
        [
            Layer, Columns.ZoneId, Columns.ZoneKind, Columns.Period, Category, CategoryName, Columns.ReportedClass,
            Columns.Pixels,
            Columns.TrueArea, Columns.Basis,
        ]);
        for (int c = 0; c < layers.Count; c++)
        {
            for (int p = 0; p < run.Job.Periods.Count; p++)
            {
                Answer answer = run.Answer(Question(c, run.Job.Periods[p].Id))!;
                var sums = new Dictionary<(int Zone, long Order, string Id, string Name, int Class), Amount>();
                foreach (TallyRow row in answer.Rows)
                {
                    LandType? type = TypeOf(layers[c], answer, row);
                    int reported = ReportedClasses.Of(answer.Code(row, 0), p, run.Job.Rules.Status);
                    foreach (int zone in run.ZonesOf(row))
                        CrossTables.Add(
                            sums,
                            (zone, type?.Order[0] ?? long.MaxValue, type?.Id ?? "none", type?.Name ?? "none", Position(reported)),
                            RunStatistics.AmountOf(row));
                }

                foreach (
                    (
                        (int zone, _, string id, string name, int position),
                        Amount amount) in sums.OrderBy(s => (s.Key.Zone, s.Key.Order)).ThenBy(s => s.Key.Class))
                {
                    table.Add(
                    [
                        Layer.Is(layers[c].Name), .. Columns.Of(run.Zones[zone]), .. Columns.Of(run.Job, p), Category.Is(id),
                        CategoryName.Is(name), Columns.Class.Is(ReportedClasses.InOrder[position].Name), .. Columns.Of(amount),
                        Columns.AsReported(p),
                    ]);
                }
            }
        }

        DriverTables.SortWithin(table, run, Layer);
        return table;
    }

    /// <summary>The class of a row of a category's question.</summary>
    private static LandType? TypeOf(CategoryLayer layer, Answer answer, TallyRow row) =>
        layer.Classes.Of(row.Place, layer.Classes.Rasters is null ? 0 : answer.Code(row, 1));

    private static int Position(int reported) => Array.FindIndex(ReportedClasses.InOrder, c => c.Class == reported);

    private static string Question(int category, string period) => $"category_{category}_{period}";
}

/// <summary>Condition of the land of each category; the largest of them.</summary>
internal sealed class CategoriesSection : PageSection
{
    private const int Most = 10;
    private static readonly string[] s_classes = ["degraded", "stable", "improved", "no_data"];

    /// <inheritdoc/>
    public override string Table => "categories";

    internal override SectionContent? Of(SectionPage page)
    {
        var all = page.Latest(Table).GroupBy(r => (Layer: r[CategoriesInquiry.Layer]!, Id: r[CategoriesInquiry.Category]!))
            .Select(c => (Name: Name(c.First()), Areas: s_classes.Select(s => (s, Of(c, s))).ToArray()))
            .Select(c => (c.Name, c.Areas, Land: Area.Sum(c.Areas.Select(a => a.Item2 ?? Area.Zero))))
            .Where(c => !c.Land.IsZero).OrderByDescending(c => c.Land).ToList();
        if (all.Count == 0)
            return null;
        var shown = all.Take(Most).ToList();
        (string Name, (string, Area?)[] Areas, Area Land) worst = shown.MaxBy(c => Share(c.Areas, c.Land));
        return new SectionContent(
            page.Texts.Format("section.categories", worst.Name, page.Numbers.Percent(Share(worst.Areas, worst.Land))),
            Charts.Bars(page.Numbers, [.. shown.Select(c => (c.Name, page.Parts(c.Areas)))]),
            new SmallTable(
                [page.Name(CategoriesInquiry.CategoryName), page.Number(Columns.Land), page.Number(Columns.DegradedOfLand)],
                [
                    .. shown.Select(c => new object[]
                    {
                        c.Name, page.Numbers.Area(c.Land), page.Numbers.Percent(Share(c.Areas, c.Land)),
                    }),
                ]),
            all.Count > shown.Count ? page.Texts.Format("section.categories.cut", shown.Count, all.Count) : null);

        static Area? Of(IEnumerable<Row> rows, string name) =>
            rows.FirstOrDefault(r => r[Columns.Class] == name)?[Columns.TrueArea];
        static double Share((string, Area? Area)[] areas, Area land) => areas[0].Area?.PercentOf(land)?.ToDouble() ?? 0;
        static string Name(Row row) => row[CategoriesInquiry.CategoryName] is { Length: > 0 } name
            ? name
            : $"{row[CategoriesInquiry.Layer]} {row[CategoriesInquiry.Category]}";
    }
}
