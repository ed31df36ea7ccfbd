using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;

namespace Ldn.Tables;

/// <summary>One combination of rules (firmness U1). A rule that cannot act in the run is null.</summary>
/// <param name="Missing">Policy on missing data; cannot act on a single sub-indicator.</param>
/// <param name="SocThreshold">Per cent.</param>
/// <param name="SocInclusive">Whether a change of exactly the threshold counts.</param>
/// <param name="LpdTable">How trend, state and performance are combined.</param>
/// <param name="Product">The productivity product; null for the job's own.</param>
internal sealed record RuleCombination(
    MissingDataPolicy? Missing, double? SocThreshold, bool? SocInclusive, string? LpdTable, string? Product)
{
    /// <summary>Written as in the job and in <c>sensitivity.csv</c>.</summary>
    public static string Text(MissingDataPolicy policy) => policy.ToString().ToLowerInvariant();

    /// <inheritdoc cref="Text(MissingDataPolicy)"/>
    public static string Text(double threshold) => threshold == Rules.ByRegion ? "by_region"
        : threshold.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Text(MissingDataPolicy)"/>
    public static string Text(bool inclusive) => inclusive ? "true" : "false";
}

/// <summary>
/// Every combination of the rules that a run could have chosen, and what it makes of each zone: marginals of the joint codes of
/// the one pass (firmness U1).
/// </summary>
/// <remarks>
/// Noise has as many joint codes as cells, and rules combine in up to 72 ways. But codes that no combination tells apart are one
/// code here: a cell whose land cover is degraded and of which everything is known is degraded whatever the threshold of soil
/// carbon. One walk over the tally brings it down to pairs of such codes, some hundreds a place; the combinations are then told
/// from these.
/// </remarks>
internal sealed class RuleCombinations
{
    /// <summary>Thresholds of soil carbon in per cent whose edges every pass ranks, beside the one in force.</summary>
    public static IReadOnlyList<double> Thresholds { get; } = [5, 10, 15];

    private readonly RunStatistics _run;
    private readonly IndicatorTables[] _tables;
    private readonly IReadOnlyList<string> _products;
    private readonly int[] _productOf;
    private readonly List<byte[]> _states = [];
    private readonly Dictionary<string, int> _classes = [];
    private readonly int[] _classOfCode = [.. Enumerable.Repeat(-1, Evidence.Codes)];
    private readonly Dictionary<(PlaceRecode?, int Period, int Code, byte Products), int> _classOfRare = [];
    private readonly PlacedRows[] _rows;

    internal RuleCombinations(RunStatistics run)
    {
        _run = run;
        _products = ProductCodes.Names(run.Job);
        All = [.. Choices(run.Job, null), .. _products.SelectMany(name => Choices(run.Job, name))];
        _productOf = [.. All.Select(c => c.Product is null ? -1 : _products.ToList().IndexOf(c.Product))];
        _tables = [.. All.Select(c => Tables(run.Job, run.Tables, run.SoilCarbonRank, c))];
        Rules rules = run.Job.Rules;
        InForce = IndexOf(rules.Missing, rules.SocThreshold, rules.SocInclusive, rules.LpdTable);
        ForBounds = rules.Missing == MissingDataPolicy.Available
            ? IndexOf(MissingDataPolicy.Precautionary, rules.SocThreshold, rules.SocInclusive, rules.LpdTable) : InForce;
        _rows = [.. Enumerable.Range(0, run.Job.Periods.Count).Select(Reduced)];
    }

    /// <summary>In the order of the tables.</summary>
    public IReadOnlyList<RuleCombination> All { get; }

    /// <summary>Index of the rules the run was made under.</summary>
    public int InForce { get; }

    /// <summary>
    /// Index of the combination whose land without data bounds the figure. Where the known sub-indicators decide, a cell that
    /// lacks one has a condition, and would have another were it known: there the precautionary policy tells what is open.
    /// </summary>
    public int ForBounds { get; }

    /// <summary>Index of a combination; rules that cannot act are left out of account.</summary>
    public int IndexOf(MissingDataPolicy missing, double threshold, bool inclusive, string lpdTable) =>
        All.ToList().FindIndex(c => c.Product is null && (c.Missing ?? missing) == missing
            && (c.SocThreshold ?? threshold) == threshold
            && (c.SocInclusive ?? inclusive) == inclusive && (c.LpdTable ?? lpdTable) == lpdTable);

    /// <summary>What every combination makes of a zone in a period, in the order of <see cref="All"/>.</summary>
    public PairAreas[] Of(int zone, int period)
    {
        PairAreas[] areas = [.. All.Select(_ => new PairAreas(_run.Job.Rules.Status))];
        foreach (int place in _run.PlacesOf(zone))
        {
            foreach (TallyRow row in _rows[period].Of(place))
            {
                byte[] from = _states[(int)(row.Key >> 32)], to = _states[(int)(row.Key & uint.MaxValue)];
                for (int c = 0; c < areas.Length; c++)
                    areas[c].Add(from[c], to[c], row.Area);
            }
        }

        return areas;
    }

    /// <summary>The joint codes of a period, by place, as pairs of codes that some combination tells apart.</summary>
    private PlacedRows Reduced(int period)
    {
        var pairs = new Tally();
        foreach ((TallyRow row, byte before, byte now) in ProductCodes.Pairs(_run, period))
        {
            PlaceRecode? recode = _run.RecodeOf(row.Place);
            int from = Class(recode, 0, row.Plane(0), row.Plane(1), before);
            int to = period == 0 ? from : Class(recode, period, row.Plane(2), row.Plane(3), now);
            pairs.Add(row.Place, ((ulong)from << 32) | (uint)to, row.Pixels, row.Area);
        }

        return pairs.ByPlace(_run.Places.Count);
    }

    private int Class(PlaceRecode? recode, int period, byte land, byte soil, byte products)
    {
        int code = Evidence.Code(land, soil);
        if (recode is null && _products.Count == 0)
            return _classOfCode[code] >= 0 ? _classOfCode[code] : _classOfCode[code] = Class((t, l) => t.Of(l, soil), land, 0);
        var key = (recode, recode is null ? 0 : period, code, products);
        if (!_classOfRare.TryGetValue(key, out int of))
            _classOfRare[key] = of = Class((t, l) => recode?.Apply(t, period, l, soil) ?? t.Of(l, soil), land, products);
        return of;
    }

    private int Class(Func<IndicatorTables, byte, Outcome> outcome, byte land, byte products)
    {
        byte[] states = [
            .. _tables.Select((t, c) => State(outcome(t, ProductCodes.Land(land, products, _productOf[c]))))];
        string signature = Convert.ToHexString(states);
        if (!_classes.TryGetValue(signature, out int of))
        {
            _classes[signature] = of = _states.Count;
            _states.Add(states);
        }

        return of;
    }

    private static byte State(Outcome outcome) => outcome.Water ? PairAreas.Water : (byte)outcome.Indicator;

    /// <summary>Every combination that can act in a run, of the job's own productivity or of a product beside it.</summary>
    internal static IEnumerable<RuleCombination> Choices(Job job, string? product)
    {
        MissingDataPolicy?[] policies = job.SubIndicators.Count() > 1
            ? [.. Enum.GetValues<MissingDataPolicy>().Cast<MissingDataPolicy?>()] : [null];
        double?[] thresholds = job.SoilCarbon is null || job.IndicatorIsGiven
            ? [null] : [.. Thresholds.Append(job.Rules.SocThreshold).Distinct().Order().Cast<double?>()];
        string?[] lpdTables = product is null ? [.. ProductivityEvidence.Combinations(job)] : [];
        foreach (MissingDataPolicy? policy in policies)
            foreach (double? threshold in thresholds)

                // At least no change is every change: an inclusive threshold of 0 is no rule.
                foreach (bool? inclusive in threshold switch { null => [null], > 0 => [false, true], _ => new bool?[] { false } })
                    foreach (string? table in lpdTables.DefaultIfEmpty())
                        yield return new RuleCombination(policy, threshold, inclusive, table, product);
    }

    /// <summary>What joint codes come to under a combination.</summary>
    /// <param name="job">The run.</param>
    /// <param name="inForce">Under the rules in force, which stand where a rule cannot act.</param>
    /// <param name="rank">What soil evidence means.</param>
    /// <param name="rules">The combination.</param>
    internal static IndicatorTables Tables(Job job, IndicatorTables inForce, ISoilEvidence rank, RuleCombination rules) => new(
        inForce.UsesLandCover,
        rules.Product is not null ? ProductCodes.Conditions
            : rules.LpdTable is { } table ? ProductivityEvidence.Conditions(job, table) : inForce.ProductivityConditions,
        rules.SocThreshold is { } threshold
            ? rank.Conditions(threshold, rules.SocInclusive == true) : inForce.SoilCarbonConditions,
        rules.Missing ?? inForce.Policy, inForce.MaskWater);
}

/// <summary>
/// The area of a zone by what it is in the baseline and in a period: conditions 0…3, or <see cref="Water"/>. In the baseline
/// itself both are one.
/// </summary>
internal sealed class PairAreas(StatusRule rule)
{
    /// <summary>What a cell is beside the conditions 0…3.</summary>
    public const byte Water = 4;

    private const int States = 5;
    private static readonly Condition[] s_conditions = Enum.GetValues<Condition>();
    private readonly Area[] _areas = new Area[States * States];

    /// <summary>By the period's own condition.</summary>
    public Area Own(Condition condition)
    {
        var sum = Area.Zero;
        for (int from = 0; from < States; from++)
            sum += _areas[(from * States) + (int)condition];
        return sum;
    }

    /// <summary>By status, which water in either has not.</summary>
    public Area Of(Status status) => Sum((from, to) => StatusLaw.Of(from, to, rule) == status);

    /// <summary>By the three classes of the status.</summary>
    public Area OfThree(Condition condition) => Sum((from, to) => StatusLaw.Of(from, to, rule).ThreeClass() == condition);

    /// <summary>What is reported (method §7): by condition for the baseline, by status afterwards.</summary>
    public Area Reported(bool isBaseline, Condition condition) => isBaseline ? Own(condition) : OfThree(condition);

    /// <summary>The land that <see cref="Reported"/> divides.</summary>
    public Area Land(bool isBaseline)
    {
        var sum = Area.Zero;
        foreach (Condition condition in s_conditions)
            sum += Reported(isBaseline, condition);
        return sum;
    }

    /// <summary>The figures of the indicator that follow; pixels are not told.</summary>
    public PeriodFigures Figures()
    {
        var figures = new PeriodFigures();
        foreach (Condition condition in Enum.GetValues<Condition>())
            figures.AddCondition(0, condition, new Amount(0, Own(condition)));
        foreach (Status status in Enum.GetValues<Status>())
            figures.AddStatus(0, status, new Amount(0, Of(status)));
        return figures;
    }

    /// <summary>
    /// Σ <paramref name="worth"/> × area at its smallest and largest, when each cell without data takes, apart from all others,
    /// whichever conditions serve: bounds that need no assumption (firmness U1).
    /// </summary>
    /// <param name="worth">What a cell adds to two sums (each −1, 0 or 1), from its two states; 4 is water.</param>
    /// <param name="first">Weight of the first sum, above zero.</param>
    /// <param name="second">Weight of the second, which is taken off.</param>
    /// <returns>Both sums of areas at the smallest and at the largest value of first × weight − second × weight.</returns>
    public ((Area First, Area Second) Low, (Area First, Area Second) High) Bounds(
        Func<int, int, (int First, int Second)> worth, Int128 first, Int128 second)
    {
        (Area First, Area Second) low = default, high = default;
        for (int from = 0; from < States; from++)
        {
            for (int to = 0; to < States; to++)
            {
                Area area = _areas[(from * States) + to];
                if (area.IsZero)
                    continue;
                List<(int First, int Second)> all = [
                    .. Completions(from).SelectMany(x => Completions(to).Select(y => worth(x, y)))
                        .OrderBy(w => (w.First * first) - (w.Second * second))];
                low = (low.First + Times(area, all[0].First), low.Second + Times(area, all[0].Second));
                high = (high.First + Times(area, all[^1].First), high.Second + Times(area, all[^1].Second));
            }
        }

        return (low, high);

        static int[] Completions(int state) => state == 0 ? [1, 2, 3] : [state];
        static Area Times(Area area, int sign) => new(area.SquareMillimetres * sign);
    }

    internal void Add(int from, int to, Area area) => _areas[(from * States) + to] += area;

    private Area Sum(Func<Condition, Condition, bool> counts)
    {
        var sum = Area.Zero;
        for (int from = 0; from < Water; from++)
            for (int to = 0; to < Water; to++)
                if (counts((Condition)from, (Condition)to))
                    sum += _areas[(from * States) + to];
        return sum;
    }
}
