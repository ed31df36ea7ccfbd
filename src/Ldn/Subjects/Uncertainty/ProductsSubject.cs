using Ldn.Counting;
using Ldn.Csv;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Questions;
using Ldn.Rasters;
using Ldn.Reports.Page;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Subjects.Uncertainty;

/// <summary>
/// Productivity products side by side (firmness U3). Job: <c>uncertainty.products</c>, up to four beside the job's own, for the
/// same periods. Table: agreement.csv; raster agreement_PERIOD.tif; every combination of rules is told for each product too.
/// </summary>
internal sealed class ProductsSubject : Subject<ProductsAsked>
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
internal sealed record ProductConfig
{
    [JobKey("What the rasters hold: classes of land productivity dynamics (1 to 5) or conditions", "\"lpd\"", "lpd", "condition")]
    public string? Kind { get; init; }

    [JobKey("A raster for each period of the job", "{ \"baseline\": \"lpd2015.tif\" }")]
    public Dictionary<string, string>? Periods { get; init; }
}

/// <summary>A product: its rasters by period.</summary>
internal sealed record Product(string Name, bool IsLpd, IReadOnlyDictionary<string, string> Periods);

/// <summary>One to four products.</summary>
internal sealed record ProductsAsked(IReadOnlyList<Product> Products) : IProducts
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

/// <summary>
/// agreement.csv: what several productivity products make of the same land (firmness U3). A range, never an interval.
/// </summary>
internal static class AgreementTable
{
    private const int Classes = 3;

    public static Column<string> Measure { get; } = Column.Text(
        "measure", "degraded_pct_of_land: the figure with a product; degraded_all_km2 and degraded_any_km2: degraded whichever "
            + "product is taken, and with some product; the others compare the products' own conditions.");

    public static Column<string> Other { get; } = Column.Text("other", "The product it is compared with; empty for no pair.");

    public static Column<double> Value { get; } = Column.Number("value", "The figure; empty where it is undefined.");

    /// <param name="run">The run.</param>
    /// <param name="names">Products beside the job's own.</param>
    public static ResultTable Of(RunStatistics run, IReadOnlyList<string> names)
    {
        var table = Columns.Table("agreement", "Productivity products side by side",
        [
            Columns.ZoneId, Columns.ZoneName, Columns.ZoneKind, Columns.Period, Measure,
            Combinations.Product.Meaning("The productivity product; empty for the job's own and where none is meant."), Other,
            Value,
        ]);
        string[] products = ["", .. names];
        for (int p = 0; p < (names.Count > 0 ? run.Job.Periods.Count : 0); p++)
        {
            Side[] sides = Count(run, products.Length, p);
            for (int z = 0; z < run.Zones.Count; z++)
            {
                Cell[] keys = [.. Columns.Of(run.Zones[z]), .. Columns.Of(run.Job, p)];
                Side side = sides[z];
                void Add(string measure, string product, string other, Cell value) => table.Add(
                    [.. keys, Measure.Is(measure), Combinations.Product.Is(product), Other.Is(other), value]);
                for (int k = 0; k < products.Length; k++)
                    Add("degraded_pct_of_land", products[k], "", Exact(side.Degraded[k].PercentOf(side.Land)));
                Add("degraded_all_km2", "", "", Exact(side.All));
                Add("degraded_any_km2", "", "", Exact(side.Any));
                Add("full_agreement_km2", "", "", Exact(side.Agreement.Full));
                Add("fleiss_kappa", "", "", Value.Is(side.Agreement.Fleiss()));
                for (int i = 0; i < products.Length; i++)
                {
                    for (int j = i + 1; j < products.Length; j++)
                    {
                        var apart = side.Agreement.Disagreement(i, j);
                        Add("kappa", products[i], products[j], Value.Is(side.Agreement.Kappa(i, j)));
                        Add("quantity_disagreement_pct", products[i], products[j], Exact(apart?.Quantity));
                        Add("allocation_disagreement_pct", products[i], products[j], Exact(apart?.Allocation));
                    }
                }
            }
        }

        run.SortByZone(table);
        return table;
    }

    private static Cell Exact(Ratio? value) => new(Value, value);

    private static Side[] Count(RunStatistics run, int raters, int period)
    {
        Side[] sides = [.. run.Zones.Select(_ => new Side(raters))];
        IndicatorTables own = run.Tables, other = new(
            own.UsesLandCover, ProductCodes.Conditions, own.SoilCarbonConditions, own.Policy, own.MaskWater);
        var degraded = new bool[raters];
        var classes = new int[raters];
        foreach ((TallyRow row, byte before, byte now) in ProductCodes.Pairs(run, period))
        {
            PlaceRecode? recode = run.RecodeOf(row.Place);
            (byte land, byte soil) = period == 0 ? (row.Plane(0), row.Plane(1)) : (row.Plane(2), row.Plane(3));
            if (Evidence.Water(land))
                continue;
            for (int k = 0; k < raters; k++)
            {
                IndicatorTables tables = k == 0 ? own : other;
                Outcome Of(int p, byte l, byte s, byte codes)
                {
                    byte with = ProductCodes.Land(l, codes, k - 1);
                    return recode?.Apply(tables, p, with, s) ?? tables.Of(with, s);
                }

                Outcome to = Of(period, land, soil, now);
                degraded[k] = (period == 0 ? to.Indicator : StatusLaw.Of(
                    Of(0, row.Plane(0), row.Plane(1), before).Indicator, to.Indicator, run.Job.Rules.Status).ThreeClass())
                    == Condition.Degraded;
                classes[k] = tables.ProductivityCondition[Evidence.Productivity(ProductCodes.Land(land, now, k - 1))] - 1;
            }

            bool counts = period == 0 || !Evidence.Water(row.Plane(0));
            foreach (int zone in run.ZonesOf(row))
            {
                sides[zone].Agreement.Add(classes, row.Area);
                if (counts)
                    sides[zone].Add(degraded, row.Area);
            }
        }

        return sides;
    }

    /// <summary>What is counted of a zone; land as the headline divides by.</summary>
    private sealed class Side(int raters)
    {
        public Area Land { get; private set; }

        public Area[] Degraded { get; } = new Area[raters];

        public Area All { get; private set; }

        public Area Any { get; private set; }

        /// <summary>Of the products' own conditions on land, before corrections.</summary>
        public Agreement Agreement { get; } = new(raters, Classes);

        public void Add(bool[] degraded, Area area)
        {
            Land += area;
            for (int k = 0; k < degraded.Length; k++)
                if (degraded[k])
                    Degraded[k] += area;
            if (Array.TrueForAll(degraded, d => d))
                All += area;
            if (Array.Exists(degraded, d => d))
                Any += area;
        }
    }
}

/// <summary>The raster that products side by side make (firmness U3).</summary>
internal static class ProductRasters
{
    private const byte NoData = 255;

    /// <summary>
    /// How many products, the job's own among them, say degraded; no data on water and where one of them has none.
    /// </summary>
    public static RasterKind Agreement { get; } = new("agreement", "agreement_{0}", RasterLook.Classed(
        new(0, "none", "#ffffe0"), new(1, "1", "#e5c5dc"), new(2, "2", "#cf96bd"), new(3, "3", "#b9689e"),
        new(4, "4", "#9b2779"), new(5, "5", "#6d1452")))
    {
        NoData = NoData,
    };

    /// <param name="products">Products beside the job's own.</param>
    /// <param name="period">The period.</param>
    /// <param name="periods">All periods.</param>
    public static OutputFill Fill(int products, int period, IReadOnlyList<Period> periods)
    {
        string question = ProductCodes.Question(periods[ProductCodes.PeriodOf(period, periods.Count)].Id);
        int land = period == 0 ? 0 : 2, codes = (periods.Count == 1 ? 2 : 4) + (period == 0 ? 0 : 1);
        return OutputFill.OfClasses((slice, classes) =>
        {
            byte[][] planes = slice.Planes(question);
            byte[] own = slice.Plan.Tables.ProductivityCondition;
            for (int i = 0; i < classes.Length; i++)
                classes[i] = Evidence.Water(planes[land][i])
                    ? NoData : Count(own[Evidence.Productivity(planes[land][i])], planes[codes][i], products);
        });
    }

    private static byte Count(byte own, byte codes, int products)
    {
        if (own == ConditionCode.NoData)
            return NoData;
        int count = own == ConditionCode.Degraded ? 1 : 0;
        for (int k = 0; k < products; k++)
        {
            int condition = ProductCodes.Of(codes, k);
            if (condition == ConditionCode.NoData)
                return NoData;
            count += condition == ConditionCode.Degraded ? 1 : 0;
        }

        return (byte)count;
    }
}
