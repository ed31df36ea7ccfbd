using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.LandCover;
using Ldn.Pass;
using Ldn.Zones;

namespace Ldn.Tables;

/// <summary>
/// Everything the tables are derived from: the merged tallies and what their keys mean. Knows no raster.
/// </summary>
internal sealed class RunStatistics
{
    private readonly int[][] _zonesOfPlace;
    private readonly byte[]? _water;
    private readonly Dictionary<Tally, PlacedRows> _placed = [];
    private readonly Dictionary<IndicatorTables, Outcome?[]> _outcomes = [];
    private int[][]? _placesOfZone;
    private RuleCombinations? _combinations;

    public RunStatistics(
        Job job, IReadOnlyList<SummaryZone> zones, PlaceIndex places, IReadOnlyList<PlaceRecode?> recodes, IndicatorTables tables,
        ISoilEvidence soilCarbonRank, PassResult result, IReadOnlyList<CarbonQuestion>? carbon = null,
        IReadOnlyList<(int From, int To)>? gaps = null, IReadOnlyList<Question>? questions = null)
    {
        Carbon = carbon ?? [];
        Gaps = gaps ?? [];
        Questions = questions ?? [];
        Places = places;
        Job = job;
        Zones = zones;
        Recodes = recodes;
        Tables = tables;
        SoilCarbonRank = soilCarbonRank;
        Result = result;
        _zonesOfPlace = SummaryZone.OfPlaces(zones, places);
        _water = Legend?.WaterTable();
    }

    /// <summary>
    /// A run of every kind of table without a zone or a cell: its tables show their columns, which is all a schema needs.
    /// </summary>
    public static RunStatistics Empty()
    {
        var years = new YearSpan(0, 1);
        var legend = Legend.BuiltIn("unccd-7");
        var none = new DatedFiles([], new Dictionary<int, int>());
        Job job = JobResolver.Resolve(
            new JobConfig
            {
                // Whatever is read for the run after this is encoded as its job says.
                TextEncoding = TextEncoding.Given,
                Periods = new() { ["baseline"] = new() },
                Without = ["productivity", "land-cover"],
                SoilCarbon = new() { Kind = "change", Periods = new() { ["baseline"] = "" } }
            },
            "", []) with
        {
            Periods = [new Period("baseline", years, years, years), new Period("report_1", years, years, years)],
            LandCover = new LandCoverInput(legend, TransitionMatrix.Default(legend), null, none, true),
        };
        var rank = new ChangeRank([.. RuleCombinations.Thresholds]);
        var tables = new IndicatorTables(true, null, rank.Conditions(10, false), MissingDataPolicy.Strict);
        return new RunStatistics(job, [], new PlaceIndex(), [], tables, rank, PassResult.Empty(2, 0));
    }

    public Job Job { get; }

    public IReadOnlyList<SummaryZone> Zones { get; }

    public IndicatorTables Tables { get; }

    public ISoilEvidence SoilCarbonRank { get; }

    public PassResult Result { get; }

    /// <summary>What each carbon tally of the result asked.</summary>
    public IReadOnlyList<CarbonQuestion> Carbon { get; }

    /// <summary>Years of each gap between periods.</summary>
    public IReadOnlyList<(int From, int To)> Gaps { get; }

    /// <summary>What was asked beyond the indicator.</summary>
    public IReadOnlyList<Question> Questions { get; }

    /// <summary>Zones of the first layer; null where that is not told, and all are taken for such.</summary>
    public int? FirstLayerCount { get; init; }

    public PlaceIndex Places { get; }

    /// <summary>The regions over the places; null without.</summary>
    public RegionPlaces? Regions { get; init; }

    /// <summary>What other rules would have made of the run; told from its tallies when it is first asked for.</summary>
    public RuleCombinations Combinations => _combinations ??= new RuleCombinations(this);

    /// <summary>
    /// Lets go of what was put by to make tables quickly, once they are made; whatever is asked for after that is made anew.
    /// </summary>
    public void GiveBack()
    {
        _combinations = null;
        _placesOfZone = null;
        _placed.Clear();
    }

    /// <summary>Whether any correction applies.</summary>
    public bool HasCorrections => Recodes.Count > 0;

    private IReadOnlyList<PlaceRecode?> Recodes { get; }

    public Legend? Legend => Job.LandCover?.Legend;

    /// <summary>The answer to a question beyond the indicator, or null where it was not asked.</summary>
    public Answer? Answer(string question)
    {
        for (int i = 0; i < Questions.Count; i++)
            if (Questions[i].Name == question)
                return new Answer(Questions[i], Result.Answers[i].Rows());
        return null;
    }

    /// <summary>Zones and groups that a row counts for.</summary>
    public ReadOnlySpan<int> ZonesOf(TallyRow row) => _zonesOfPlace[row.Place];

    /// <summary>Zones and groups that hold a place.</summary>
    public ReadOnlySpan<int> ZonesOf(int place) => _zonesOfPlace[place];

    /// <summary>Places that lie in a zone or group.</summary>
    public IReadOnlyList<int> PlacesOf(int zone) => (_placesOfZone ??= PlacesOfZones())[zone];

    /// <summary>The rows of a tally that count for a zone or group.</summary>
    public IEnumerable<TallyRow> RowsOf(int zone, Tally tally)
    {
        if (!_placed.TryGetValue(tally, out PlacedRows? rows))
            _placed[tally] = rows = tally.ByPlace(Places.Count);
        return PlacesOf(zone).SelectMany(rows.Of);
    }

    public static Amount AmountOf(TallyRow row) => new(row.Pixels, row.Area);

    /// <summary>Tables are filled period by period; their files go zone by zone, in the order of the run.</summary>
    public void SortByZone(ResultTable table)
    {
        Dictionary<string, int> order = Zones.Select((zone, index) => (zone.Id, index)).ToDictionary(z => z.Id, z => z.index);
        table.SortBy(row => order[row[Columns.ZoneId]!]);
    }

    /// <summary>
    /// The joint codes of a period as (baseline outcome, period outcome, row), after corrections under the given rules; for the
    /// baseline both are one.
    /// </summary>
    public IEnumerable<(Outcome Baseline, Outcome Period, TallyRow Row)> Outcomes(
        int period, IndicatorTables tables, bool corrected = true) => Outcomes(Pairs(period).Rows(), period, tables, corrected);

    /// <summary>The same for the joint codes of one zone or group.</summary>
    public IEnumerable<(Outcome Baseline, Outcome Period, TallyRow Row)> OutcomesOf(
        int zone, int period, IndicatorTables tables, bool corrected = true) =>
        Outcomes(RowsOf(zone, Pairs(period)), period, tables, corrected);

    private IEnumerable<(Outcome Baseline, Outcome Period, TallyRow Row)> Outcomes(
        IEnumerable<TallyRow> rows, int period, IndicatorTables tables, bool corrected)
    {
        // Rows repeat the few codes that there are.
        if (!_outcomes.TryGetValue(tables, out Outcome?[]? known))
            _outcomes[tables] = known = new Outcome?[Evidence.Codes];
        foreach (TallyRow row in rows)
        {
            PlaceRecode? recode = corrected ? RecodeOf(row.Place) : null;
            Outcome baseline = Of(0, recode, row.Plane(0), row.Plane(1));
            yield return period == 0
                ? (baseline, baseline, row)
                : (baseline, Of(period, recode, row.Plane(2), row.Plane(3)), row);
        }

        Outcome Of(int p, PlaceRecode? recode, byte land, byte soil) =>
            recode?.Apply(tables, p, land, soil) ?? (known[Evidence.Code(land, soil)] ??= tables.Of(land, soil));
    }

    /// <summary>
    /// Joint codes of the baseline (planes 0 and 1) and of a period (2 and 3); of the baseline alone, any period's serve.
    /// </summary>
    internal Tally Pairs(int period) => Result.Conditions[Job.Periods.Count == 1 ? 0 : Math.Max(1, period)];

    /// <summary>The corrections that apply in a place; null where there are none.</summary>
    internal PlaceRecode? RecodeOf(int place) => Recodes.Count > 0 ? Recodes[place] : null;

    /// <summary>Figures of a zone or group by period under the rules in force.</summary>
    public PeriodFigures[] FiguresOf(int zone, bool corrected = true) =>
        [.. Enumerable.Range(0, Job.Periods.Count).Select(p => FiguresOf(zone, p, corrected))];

    private PeriodFigures FiguresOf(int zone, int period, bool corrected)
    {
        var figures = new PeriodFigures();
        foreach ((Outcome baseline, Outcome outcome, TallyRow row) in OutcomesOf(zone, period, Tables, corrected))
            Add(figures, baseline, outcome, AmountOf(row));
        if (_water is { } water)
            foreach (TallyRow row in RowsOf(zone, Result.Transitions[period]))
                if (water[row.Plane(1)] != 0)
                    figures.FinalWater += AmountOf(row);
        return figures;
    }

    /// <summary>Figures per period and zone under the rules in force; of very many zones better one by one.</summary>
    public PeriodFigures[][] Figures(bool corrected = true) =>
        [.. Enumerable.Range(0, Job.Periods.Count).Select(p => Figures(p, Tables, corrected))];

    /// <summary>Figures per zone of one period, under the rules in force or others.</summary>
    public PeriodFigures[] Figures(int period, IndicatorTables tables, bool corrected = true) =>
        FiguresBy(period, null, 1, tables, corrected)[0];

    /// <summary>The same of each part of the land.</summary>
    /// <param name="period">The period.</param>
    /// <param name="partOfPlace">Number of the part that each place lies in; null where there is one.</param>
    /// <param name="parts">How many parts there are.</param>
    /// <param name="tables">In place of the rules in force.</param>
    /// <param name="corrected">Whether corrections apply.</param>
    /// <returns>By part and zone.</returns>
    public PeriodFigures[][] FiguresBy(
        int period, IReadOnlyList<int>? partOfPlace, int parts, IndicatorTables? tables = null, bool corrected = true)
    {
        PeriodFigures[][] figures = [
            .. Enumerable.Range(0, parts).Select(_ => Zones.Select(_ => new PeriodFigures()).ToArray())];
        foreach ((Outcome baseline, Outcome outcome, TallyRow row) in Outcomes(period, tables ?? Tables, corrected))
        {
            Amount amount = AmountOf(row);
            foreach (int zone in ZonesOf(row))
                Add(figures[partOfPlace?[row.Place] ?? 0][zone], baseline, outcome, amount);
        }

        if (_water is { } water)
            foreach (TallyRow row in Result.Transitions[period].Rows())
                if (water[row.Plane(1)] != 0)
                    foreach (int zone in ZonesOf(row))
                        figures[partOfPlace?[row.Place] ?? 0][zone].FinalWater += AmountOf(row);

        return figures;
    }

    private int[][] PlacesOfZones()
    {
        var places = new List<int>?[Zones.Count];
        for (int place = 0; place < _zonesOfPlace.Length; place++)
            foreach (int zone in _zonesOfPlace[place])
                (places[zone] ??= []).Add(place);
        return [.. places.Select(p => p?.ToArray() ?? [])];
    }

    private void Add(PeriodFigures figures, Outcome baseline, Outcome period, Amount amount)
    {
        if (period.Water)
            figures.AddWater(amount);
        bool statusWater = baseline.Water || period.Water;
        if (!baseline.Water && baseline.Indicator == Condition.Degraded)
        {
            if (period.Water)
                figures.DegradedBecomeWater += amount;
            else
                figures.DegradedBefore += amount;
        }

        if (statusWater)
            figures.AddStatusWater(amount);
        for (int layer = 0; layer < Layers.Count; layer++)
        {
            Condition before = Of(baseline, layer), now = Of(period, layer);
            if (!period.Water)
                figures.AddCondition(layer, now, amount);
            if (!statusWater)
                figures.AddStatus(layer, StatusLaw.Of(before, now, Job.Rules.Status), amount);
        }
    }

    private static Condition Of(Outcome outcome, int layer) => Layers.Sub(layer) is { } sub ? outcome.Of(sub) : outcome.Indicator;
}
