using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.LandCover;
using Ldn.Pass;
using Ldn.Questions;
using Ldn.Subjects;
using Ldn.Tables;

namespace Ldn.Run.Explain;

/// <summary>
/// Tells single cells of a run from its inputs: conditions by the pass itself (<see cref="CellPass"/>), what they were made of by
/// the same readers and laws. One at a time.
/// </summary>
internal sealed class CellTeller
{
    private readonly RunPlan _plan;
    private readonly IReadOnlyList<Output> _outputs;
    private readonly CellInputs _inputs;
    private readonly SoilTeller? _soil;
    private readonly SeriesTeller? _series;
    private readonly IReadOnlyList<RuleSet> _rules;
    private readonly int[][] _zonesOfPlace;
    private readonly ulong[] _area = new ulong[1];

    /// <param name="plan">A run made ready again, whose job asks for every raster; with the limits of performance it
    /// found.</param>
    public CellTeller(RunPlan plan)
    {
        _plan = plan;
        _outputs = CellPass.Outputs(plan);
        _inputs = new CellInputs(plan.Pass);
        _soil = plan.Job.SoilCarbon is null ? null : new SoilTeller(plan, _inputs);
        _series = plan.Pass.Series.Count == 0 ? null : new SeriesTeller(plan, _inputs);
        _rules = plan.Job.IndicatorIsGiven ? [] : RuleSet.All(plan);
        _zonesOfPlace = SummaryZone.OfPlaces(plan.Zones, plan.PlaceIndex);
    }

    private Job Job => _plan.Job;

    private PassPlan Pass => _plan.Pass;

    /// <summary>Area of a cell of the run's grid, km².</summary>
    public double Area(int column, int row)
    {
        Pass.Areas.Fill(row, column, _area);
        return new Area(_area[0]).SquareKilometres;
    }

    /// <summary>Zones and groups that hold a cell's centre.</summary>
    public IReadOnlyList<StoryZone> Zones(int column, int row) =>
        [.. _zonesOfPlace[Place(column, row)].Select(z => _plan.Zones[z]).Select(z => new StoryZone(z.Id, z.Name, z.Kind))];

    /// <summary>Land type, null where none is asked for or it has none, and every period of a cell that lies in a zone.</summary>
    public (StoryClass? LandType, IReadOnlyDictionary<string, PeriodStory> Periods) Tell(
        int column, int row, CancellationToken cancellation)
    {
        CellPass pass = CellPass.Run(Pass, _outputs, column, row, cancellation);
        _inputs.Take(pass, column, row);
        int place = Place(column, row);
        var periods = new Dictionary<string, PeriodStory>();
        for (int p = 0; p < Job.Periods.Count; p++)
            periods[Job.Periods[p].Id] = Period(pass, p, place);
        return (LandType(place), periods);
    }

    private StoryClass? LandType(int place)
    {
        if (_plan.Subjects.Of<LandTypesInquiry>()?.Types is not { } types)
            return null;
        ulong code = types.Rasters is { } rasters
            ? new CombinationReader(Pass, rasters, 1).Read(_inputs.Cell, _inputs.Cells)[0] : 0;
        return types.Of(place, code) is { } type ? new StoryClass(type.Id, type.Name) : null;
    }

    private int Place(int column, int row) => Pass.Places.PlaceAt(row, column);

    private PeriodStory Period(CellPass pass, int period, int place)
    {
        string id = Job.Periods[period].Id;
        (byte land, byte soil) = (pass.Land(period), pass.Soil(period));
        PlaceRecode? recode = Pass.Recodes.Count == 0 ? null : Pass.Recodes[place];
        Outcome plain = Pass.Tables.Of(land, soil);
        Outcome outcome = recode?.Apply(Pass.Tables, period, land, soil) ?? plain;
        Condition combined = outcome.Water ? Condition.NoData
            : Pass.Tables.Combined(outcome.LandCover, outcome.Productivity, outcome.SoilCarbon);
        Condition indicator = pass.Condition(IndicatorOutputs.Indicator, id);
        var flips = new Flips(_plan, period, recode, land, soil, indicator);
        ProductivityStory? productivity = Productivity(pass, period, place, plain);
        SoilStory? carbon = _soil?.Of(
            period, pass.Condition(IndicatorOutputs.SoilCarbon, id), Shown(plain, plain.SoilCarbon, SubIndicator.SoilCarbon));
        LandCoverStory? cover = LandCover(pass, period, place, plain);
        return new PeriodStory
        {
            Years = PeriodYears.Of(Job, period),
            LandCover = cover,
            Productivity = Job.IndicatorIsGiven ? null : productivity,
            SoilOrganicCarbon = carbon,
            Indicator = new IndicatorStory
            {
                Condition = indicator.Name(),
                Deciding = [.. Deciding(outcome, combined).Select(s => s.Name())],
                Reason = indicator == Condition.NoData ? Reason(period, outcome, combined) : null,
                Uncorrected = plain.Indicator == indicator ? null : plain.Indicator.Name(),
                Missing = Job.IndicatorIsGiven ? null : Job.Rules.Missing.ToString().ToLowerInvariant(),
                Source = Job.IndicatorIsGiven ? productivity!.Sources![0] : null,
            },
            Status = period == 0 ? null : Status(pass, period),
            Corrections = Corrections(period, place, plain, outcome, combined),
            Flips = Job.IndicatorIsGiven || outcome.Water ? null : flips.All(_rules, cover, productivity, carbon),
            Combinations = Job.IndicatorIsGiven || outcome.Water ? null : [.. _rules.Select(r => new CombinationStory(
                r.Missing.ToString().ToLowerInvariant(), r.Threshold, r.Inclusive, r.LpdTable,
                flips.Under(r.Tables, land, soil).Name()))],
            Neighbours = indicator == Condition.NoData ? null : pass.Neighbours(id),
        };
    }

    /// <summary>A condition as rasters show it: none on water where the rules mask it.</summary>
    private Condition Shown(Outcome outcome, Condition condition, SubIndicator sub) =>
        outcome.Water && (Pass.Tables.MaskWater || sub == SubIndicator.SoilCarbon) ? Condition.NoData : condition;

    private IEnumerable<SubIndicator> Deciding(Outcome outcome, Condition combined) =>
        outcome.Water ? [] : Job.SubIndicators.Where(s => outcome.Of(s) == combined);

    private Saying Reason(int period, Outcome outcome, Condition combined)
    {
        if (outcome.Water)
            return Pass.Periods[period].FromCover is >= 0 and int cover
                ? new Saying("why.water", YearSpan.Told(Pass.Covers[cover].Year))
                : new Saying("why.mask");
        if (combined != Condition.NoData)
            return new Saying("why.corrected");
        if (Job.IndicatorIsGiven)
            return new Saying("why.given");
        return new Saying(
            "why.missing",
            Listed.Of([.. Job.SubIndicators.Where(s => outcome.Of(s) == Condition.NoData).Select(s => s.Name())]),
            Job.Rules.Missing.ToString().ToLowerInvariant());
    }

    private StatusStory Status(CellPass pass, int period)
    {
        var status = (Status)pass.Class(IndicatorOutputs.Status, Job.Periods[period].Id)!;
        Saying? reason = status != Indicator.Status.NoData ? null
            : Evidence.Water(pass.Land(0)) || Evidence.Water(pass.Land(period)) ? new Saying("why.status_water")
            : new Saying("why.status_none");
        return new StatusStory(status.Name(), status.ThreeClass().Name(), reason);
    }

    private LandCoverStory? LandCover(CellPass pass, int period, int place, Outcome plain)
    {
        PeriodPlan plan = Pass.Periods[period];
        if (plan.FromCover < 0)
            return null;
        Condition condition = pass.Condition(IndicatorOutputs.LandCover, Job.Periods[period].Id);
        Condition before = Shown(plain, plain.LandCover, SubIndicator.LandCover);
        YearSpan years = Job.Periods[period].LandCover!;
        int matrix = Pass.RegionOfPlace.Count == 0 ? 0 : Pass.RegionOfPlace[place];
        CoverPlan from = Pass.Covers[plan.FromCover], to = Pass.Covers[plan.ToCover];
        byte transition = Pass.Transitions[matrix][(_inputs.Code(from.Input, from.Recoder) << 8)
            | _inputs.Code(to.Input, to.Recoder)];
        return new LandCoverStory
        {
            Condition = condition.Name(),
            Uncorrected = before == condition ? null : before.Name(),
            From = Cover(from, years.First),
            To = Cover(to, years.Last),
            Matrix = matrix > 0 ? _plan.Regions!.Set.All[matrix - 1].Id : "default",
            MatrixCondition = Evidence.LandCover(transition).Name(),
        };
    }

    private CoverStory Cover(CoverPlan cover, int wanted)
    {
        Legend legend = Job.LandCover!.Legend;
        int index = _inputs.Code(cover.Input, cover.Recoder);
        LegendClass? of = index == 0 ? null : legend.ClassAt(index);
        return new CoverStory(
            cover.Year, cover.Year == wanted ? null : wanted, _inputs.Source(cover.Input), of?.Name,
            of is null ? null : (int)of.Unccd, of?.Unccd.DisplayName());
    }

    private ProductivityStory? Productivity(CellPass pass, int period, int place, Outcome plain)
    {
        if (Job.Productivity is not { } productivity)
            return null;
        string id = Job.Periods[period].Id;
        Condition condition = pass.Condition(
            Job.IndicatorIsGiven ? IndicatorOutputs.Indicator : IndicatorOutputs.Productivity, id);
        Condition before = Shown(plain, plain.Productivity, SubIndicator.Productivity);
        int evidence = Evidence.Productivity(pass.Land(period)), lpd = Pass.LpdClasses[evidence];
        bool parts = productivity.EvidenceKind == ProductivityKind.Parts;
        var story = new ProductivityStory
        {
            Condition = condition.Name(),
            Uncorrected = before == condition ? null : before.Name(),
            Kind = productivity.Kind.ToString().ToLowerInvariant(),
            Lpd = lpd == 0 ? null : lpd,
            LpdName = lpd == 0 ? null : IndicatorOutputs.Lpd.Look.NamedClasses[lpd - 1].Name,
            LpdTable = parts ? Job.Rules.LpdTable : null,
        };
        if (_series is not null)
        {
            SeriesStory series = _series.Of(period, ZoneOf(place));
            Check(series.Trend.Condition, pass.Condition(IndicatorOutputs.Trend, id));
            if (series.State is { } state)
                Check(state.Condition, pass.Condition(IndicatorOutputs.State, id));
            if (series.Performance is { } performance)
                Check(performance.Condition, pass.Condition(IndicatorOutputs.Performance, id));

            return story with
            {
                Trend = series.Trend.Condition,
                State = series.State?.Condition,
                Performance = series.Performance?.Condition,
                Series = series,
            };
        }

        IReadOnlyList<(int Input, ClassRecoder Recoder)> inputs = Pass.Periods[period].Productivity!.Parts;
        string? Part(int part) => !parts ? null
            : ((Condition)(_inputs.Code(inputs[part].Input, inputs[part].Recoder) >> (2 * part) & 3)).Name();
        return story with
        {
            Sources = [.. inputs.Select(i => _inputs.Source(i.Input))],
            Trend = Part(0),
            State = Part(1),
            Performance = Part(2),
        };

        void Check(string law, Condition kernel)
        {
            if (law != kernel.Name())
                throw new InvalidOperationException($"{id}: a law says {law} where the pass says {kernel.Name()}");
        }
    }

    private int ZoneOf(int place) => Pass.Series[0].ZoneOfPlace is { Count: > 0 } zones ? zones[place] : -1;

    private IReadOnlyList<CorrectionStory>? Corrections(
        int period, int place, Outcome plain, Outcome outcome, Condition combined)
    {
        Correction[] here = [.. (_plan.Subjects.Of<CorrectionsInquiry>()?.Corrections ?? [])
            .Where(c => c.Periods.Contains(period) && _plan.PlaceIndex.Contains(place, c.Member))];
        if (here.Length == 0)
            return null;
        return [.. here.Select((correction, i) =>
        {
            bool counts = !outcome.Water && !here.Skip(i + 1).Any(later => later.Layer == correction.Layer);
            Condition from = correction.Layer is { } sub ? plain.Of(sub) : combined;
            Condition to = counts && from != Condition.NoData ? correction.To[(int)from - 1] ?? from : from;
            return new CorrectionStory(
                correction.Id, correction.Layer?.Name() ?? "indicator", from.Name(), to.Name(), counts,
                correction.Justification);
        })];
    }
}
