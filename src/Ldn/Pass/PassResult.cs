using Ldn.Counting;

namespace Ldn.Pass;

/// <summary>
/// The sufficient statistic of a run: per question a table of integers over joint codes. Results of parts of a run merge into
/// that of the whole.
/// </summary>
internal sealed class PassResult
{
    private PassResult(int periods, int inputs, int carbon, int gaps, IReadOnlyList<Question>? questions)
    {
        Answers = [.. (questions ?? []).Select(q => new Tally(q.SumCount, q.Greatest))];
        Gaps = [.. Enumerable.Range(0, gaps).Select(_ => new Tally())];
        Carbon = [.. Enumerable.Range(0, carbon).Select(_ => new Tally(2))];
        Covered = new bool[inputs];
        Conditions = [.. Enumerable.Range(0, periods).Select(_ => new Tally())];
        Transitions = [.. Enumerable.Range(0, periods).Select(_ => new Tally())];
        RasterAreas = [.. Enumerable.Range(0, periods).Select(_ => new Area[4])];
    }

    /// <summary>
    /// Per period: joint codes (land, soil) of the baseline in planes 0 and 1 and, for a reporting period, of the period in
    /// planes 2 and 3.
    /// </summary>
    public Tally[] Conditions { get; }

    /// <summary>Per period: initial cover, final cover, land byte of the joint code.</summary>
    public Tally[] Transitions { get; }

    /// <summary>Per gap between periods (<see cref="PassPlan.Gaps"/>): cover before, cover after.</summary>
    public Tally[] Gaps { get; }

    /// <summary>
    /// Per carbon question (<see cref="PassPlan.Carbon"/>): land cover; sums of stock (quantum <see cref="StockQuantum"/> t C/ha
    /// × mm²) and of the area with a known stock (mm²).
    /// </summary>
    public Tally[] Carbon { get; }

    /// <summary>Per question beyond the indicator (<see cref="PassPlan.Questions"/>): its planes and sums.</summary>
    public Tally[] Answers { get; }

    /// <summary>Stocks are summed in multiples of this many t C/ha.</summary>
    public const double StockQuantum = 0.001;

    /// <summary>
    /// Per period and condition: area counted from the indicator raster, the second route of the run-time cross-check.
    /// </summary>
    public Area[][] RasterAreas { get; }

    /// <summary>Per input: whether it covers any cell of the units computed.</summary>
    public bool[] Covered { get; }

    /// <summary>Values inside zones that cannot be, or are doubtful.</summary>
    public ValueFinds Finds { get; } = new();

    /// <summary>Values inside zones that no legend knows.</summary>
    public UnmappedValues Unmapped => Finds.Unmapped;

    /// <summary>A result without any cell.</summary>
    public static PassResult Empty(int periods, int inputs, IReadOnlyList<Question>? questions = null) =>
        new(periods, inputs, 0, 0, questions);

    /// <inheritdoc cref="Empty(int, int, IReadOnlyList{Question}?)"/>
    public static PassResult Empty(PassPlan plan) =>
        new(plan.Periods.Count, plan.Inputs.Count, plan.Carbon.Count, plan.Gaps.Count, plan.Questions);

    /// <summary>
    /// Every tally under the name of its question, in an order that the plan alone decides. Merging and writing walk this list
    /// and nothing else, so a tally that is missing here is in no result.
    /// </summary>
    public IEnumerable<(string Question, Tally Tally)> Tallies =>
    [
        .. Named("conditions", Conditions),
        .. Named("transitions", Transitions),
        .. Named("gaps", Gaps),
        .. Named("carbon", Carbon),
        .. Named("answers", Answers),
    ];

    /// <summary>Adds another part of the same run; place numbers must be those of the same plan.</summary>
    public void Merge(PassResult other)
    {
        foreach (((_, Tally tally), (_, Tally more)) in Tallies.Zip(other.Tallies))
            tally.Merge(more);
        for (int p = 0; p < RasterAreas.Length; p++)
            for (int c = 0; c < RasterAreas[p].Length; c++)
                RasterAreas[p][c] += other.RasterAreas[p][c];
        for (int i = 0; i < Covered.Length; i++)
            Covered[i] |= other.Covered[i];
        Finds.Merge(other.Finds);
    }

    private static IEnumerable<(string Question, Tally Tally)> Named(string subject, IEnumerable<Tally> tallies) =>
        tallies.Select((tally, i) => ($"{subject}_{i}", tally));
}

/// <summary>What was found of values inside the zones that somebody should hear of (method §1).</summary>
internal sealed class ValueFinds
{
    /// <summary>Without meaning: in no legend, impossible.</summary>
    public UnmappedValues Unmapped { get; } = new();

    /// <summary>Likely fills that nobody declared, stocks in another unit.</summary>
    public UnmappedValues Doubtful { get; } = new();

    /// <summary>Likely fills that cells hold in every year of a series, under the series' first input.</summary>
    public UnmappedValues Constant { get; } = new();

    /// <summary>Each with its name, in one order.</summary>
    public IEnumerable<(string Name, UnmappedValues Values)> All =>
        [("unmapped", Unmapped), ("doubtful", Doubtful), ("constant", Constant)];

    public void Merge(ValueFinds other)
    {
        foreach (((_, UnmappedValues values), (_, UnmappedValues more)) in All.Zip(other.All))
            values.Merge(more);
    }
}

/// <summary>
/// Counts values that have no meaning in their layer, by layer and value. A damaged continuous raster may hold millions of
/// different wrong values: of each layer the smallest are counted one by one, all larger ones together as NaN, so that the
/// content never depends on threads or shards.
/// </summary>
internal sealed class UnmappedValues
{
    private const int MostValues = 1000;
    private readonly SortedDictionary<int, Layer> _layers = [];

    public bool Any => _layers.Count > 0;

    /// <summary>By layer, values ascending, NaN for all the others last.</summary>
    public IEnumerable<(int Input, double Value, long Pixels, Area Area)> Rows =>
        _layers.SelectMany(layer => layer.Value.Rows.Select(row => (layer.Key, row.Value, row.Pixels, row.Area)));

    public void Add(int input, double value, long pixels, Area area)
    {
        if (!_layers.TryGetValue(input, out Layer? layer))
            _layers[input] = layer = new Layer();
        layer.Add(value, pixels, area);
    }

    public void Merge(UnmappedValues other)
    {
        foreach ((int input, double value, long pixels, Area area) in other.Rows)
            Add(input, value, pixels, area);
    }

    private sealed class Layer
    {
        private readonly Dictionary<double, (long Pixels, Area Area)> _counts = [];
        private readonly SortedSet<double> _values = [];
        private (long Pixels, Area Area) _others;

        public IEnumerable<(double Value, long Pixels, Area Area)> Rows =>
            _values.Select(v => (v, _counts[v].Pixels, _counts[v].Area))
            .Concat(_others.Pixels > 0 ? [(double.NaN, _others.Pixels, _others.Area)] : []);

        public void Add(double value, long pixels, Area area)
        {
            if (_counts.TryGetValue(value, out (long Pixels, Area Area) old))
            {
                _counts[value] = (old.Pixels + pixels, old.Area + area);
                return;
            }

            // A value that drops out has so many smaller ones for good: none that is listed was ever counted elsewhere.
            bool full = _values.Count >= MostValues;
            if (double.IsNaN(value) || (full && value > _values.Max))
            {
                _others = (_others.Pixels + pixels, _others.Area + area);
                return;
            }

            if (full)
            {
                double largest = _values.Max;
                (long Pixels, Area Area) dropped = _counts[largest];
                _others = (_others.Pixels + dropped.Pixels, _others.Area + dropped.Area);
                _counts.Remove(largest);
                _values.Remove(largest);
            }

            _counts[value] = (pixels, area);
            _values.Add(value);
        }
    }
}
