using Ldn.Csv;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Questions;
using Ldn.Reports.Page;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Subjects.Uncertainty;

/// <summary>
/// Productivity products side by side (firmness U3). Job: <c>uncertainty.products</c>, up to four beside the job's own, for the
/// same periods. Table: agreement.csv; raster agreement_PERIOD.tif; every combination of rules is told for each product too.
/// </summary>
public sealed class ProductsSubject : Subject<ProductsAsked>
{
    private const string Option = "products";
    private static readonly string[] s_kinds = ["lpd", "condition"];
    private static readonly SectionKey<Dictionary<string, ProductConfig>> s_products = new(
        "uncertainty.products", SubjectJson.Default.DictionaryStringProductConfig,
        "Up to four productivity products for the job's periods, to set beside the job's own",
        "{ \"FAO-WOCAT\": { \"kind\": \"lpd\", \"periods\": { \"baseline\": \"wocat.tif\" } } }");

    /// <inheritdoc/>
    public override IReadOnlyList<SectionKey> Keys => [s_products];

    /// <inheritdoc/>
    public override IReadOnlyList<InputName> Inputs => [new(Option)];

    /// <inheritdoc/>
    public override IReadOnlyList<PageSection> Sections => [];

    /// <inheritdoc/>
    public override IEnumerable<ResultTable> Kinds(RunStatistics empty) => [AgreementTable.Of(empty, [])];

    /// <inheritdoc/>
    protected override ProductsAsked? Read(JobSections sections)
    {
        if (sections.Get(s_products) is not { Count: > 0 } given)
            return null;
        if (given.Count > ProductCodes.Most)
            throw Fault.Job.Error($"uncertainty.products has {given.Count} products", $"give {ProductCodes.Most} at most");
        if (sections.Job.Productivity is null)
            throw Fault.Job.Error(
                "uncertainty.products are set beside the job's own productivity, which is left out",
                    "give the job a productivity");
        Product[] products = [.. given.Select(p => Read(p.Key, p.Value, sections))];
        if (products.SelectMany(p => p.Periods.Values.Distinct()).GroupBy(f => f).FirstOrDefault(g =>
            g.Count() > 1)?.Key is { } twice)
            throw Fault.Job.Error($"two products of uncertainty.products are {twice}", "give each product rasters of its own");
        return new ProductsAsked(products);
    }

    private protected override Inquiry Open(ProductsAsked asked, Opening opening) => new ProductsInquiry(
        asked.Names, opening.Job.Periods, [.. opening.Job.Periods.Select(period => new ConditionRastersPlane(
            [.. asked.Products.Select(p => Open(p, period.Id, opening))]))]);

    private static Product Read(string name, ProductConfig config, JobSections sections)
    {
        string key = $"uncertainty.products.{name}", kind = config.Kind ?? s_kinds[0];
        if (name.Trim().Length == 0)
            throw Fault.Job.Error("a product of uncertainty.products has no name", "name it");
        if (!s_kinds.Contains(kind))
            throw Fault.Job.Error(
                $"{key}: kind '{kind}' cannot be set beside others{NearestName.Hint(kind, s_kinds)}",
                "give classes of land productivity dynamics (lpd) or conditions (condition), such as 'ldn productivity' writes");
        string[] periods = [.. sections.Job.Periods.Select(p => p.Id)];
        Dictionary<string, string> files = config.Periods ?? [];
        if (files.Keys.FirstOrDefault(p => !periods.Contains(p)) is { } unknown)
            throw Fault.Job.Error(
                $"{key}: the job has no period '{unknown}'{NearestName.Hint(unknown, periods)}",
                $"its periods are {string.Join(", ", periods)}");
        if (periods.FirstOrDefault(p => !files.ContainsKey(p)) is { } missing)
            throw Fault.Job.Error($"{key} has no raster for {missing}", "a product is compared in all periods of the job");
        return new Product(name, kind == "lpd", files.ToDictionary(f => f.Key, f => sections.Files.Resolved(f.Value)));
    }

    private static (int, ClassRecoder) Open(Product product, string period, Opening opening)
    {
        string layer = $"product {product.Name} of {period}";
        int input = opening.Inputs.Open(
            layer, Option, product.Periods[period], opening.Job.Grid.Productivity,
            product.IsLpd ? LayerValues.Classes : LayerValues.Conditions, noData: product.IsLpd ? [0, 15] : []);
        Dictionary<double, byte> codes = product.IsLpd
            ? Enumerable.Range(1, 5).ToDictionary(c => (double)c, c => LpdClasses.Conditions[c])
            : ConditionValues.Codes(
                ConditionValues.IsSigned(
                    opening.Inputs.Source(input), opening.Inputs.NoData(input), opening.Job.Rules.SignedConditions, layer, false),
                c => (byte)c);
        return (input, opening.Inputs.Recoder(input, codes));
    }
}

/// <summary>A product as written in a job.</summary>
public sealed record ProductConfig
{
    [JobKey("What the rasters hold: classes of land productivity dynamics (1 to 5) or conditions", "\"lpd\"", "lpd", "condition")]
    public string? Kind { get; init; }

    [JobKey("A raster for each period of the job", "{ \"baseline\": \"lpd2015.tif\" }")]
    public Dictionary<string, string>? Periods { get; init; }
}

/// <summary>A product: its rasters by period.</summary>
public sealed record Product(string Name, bool IsLpd, IReadOnlyDictionary<string, string> Periods);

/// <summary>One to four products.</summary>
public sealed record ProductsAsked(IReadOnlyList<Product> Products) : IProducts
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; } = [.. Products.Select(p => p.Name)];
}

/// <summary>One question a reporting period, whose codes hold the baseline's too: evidence, then the products.</summary>
internal sealed class ProductsInquiry(
    IReadOnlyList<string> names, IReadOnlyList<Period> all, ConditionRastersPlane[] products) : Inquiry
{
    public override IEnumerable<Question> Ask(IReadOnlyList<PeriodPlan> periods, PlaceIndex places)
    {
        if (periods.Count == 1)
            yield return new Question(
                ProductCodes.Question(periods[0].Period.Id), [new EvidencePlane(0), products[0]]);
        for (int p = 1; p < periods.Count; p++)
            yield return new Question(
                ProductCodes.Question(periods[p].Period.Id),
                [new EvidencePlane(0), new EvidencePlane(p), products[0], products[p]]);
    }

    public override IEnumerable<ResultTable> Report(RunStatistics run) => [AgreementTable.Of(run, names)];

    public override IEnumerable<(RasterKind Kind, string Of, string Caption, OutputFill Fill)> Rasters(RasterOutputs asked) =>
        asked == RasterOutputs.None ? [] : all.Select((period, p) => (
            ProductRasters.Agreement, period.Id, $"number of productivity products that say degraded, {period.Id}",
            ProductRasters.Fill(names.Count, p, all)));
}
