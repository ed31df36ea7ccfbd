using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.SoilCarbon;

namespace Ldn.Run;

/// <summary>
/// Turns the years and files of each period into inputs, recoders and stocks of the pass; a raster that several periods use is
/// opened once.
/// </summary>
internal sealed class PeriodPlanner
{
    private static readonly string[] s_parts = ["trend", "state", "performance"];
    private readonly Job _job;
    private readonly InputSet _inputs;
    private readonly bool _tests;
    private readonly List<CoverPlan> _covers;
    private readonly List<StockPlan> _stocks = [];

    /// <param name="job">The job, or what holds in a region of it.</param>
    /// <param name="inputs">Where rasters are opened.</param>
    /// <param name="beside">Another region's, whose land cover it shares; null for the first.</param>
    public PeriodPlanner(Job job, InputSet inputs, PeriodPlanner? beside = null)
    {
        (_job, _inputs, _covers) = (job, inputs, beside?._covers ?? []);
        if (job.LandCover is { } landCover)
        {
            foreach (
                int year in job.Periods.SelectMany(p => new[] { p.LandCover!.First, p.LandCover.Last })
                    .Select(landCover.Years.Serving).Distinct().Order())
                Cover(landCover.Years, landCover.Legend, year);
        }

        _tests = beside?._tests ?? SoilTestRules.AreAsked(job);
        if (job.SoilCarbon?.Model is { } model)
            StockModel = Model(model, [.. job.SoilCarbon.MoreYears, .. _tests ? Tested().Distinct() : []]);
        if (job.Rules.SocTestLevel is { } level && job.SoilCarbon is { } soil)
            SoilTest = new SoilTestPlan(
                new SoilTest(level),
                soil.StandardError is { } error
                    ? inputs.Open(
                        "standard error of soil carbon", "soc-standard-error", error, job.Grid.SoilCarbon,
                        LayerValues.StockErrors)
                    : -1);
    }

    public IReadOnlyList<CoverPlan> Covers => _covers;

    public IReadOnlyList<StockPlan> Stocks => _stocks;

    public StockModelPlan? StockModel { get; }

    /// <summary>The test of soil carbon in reporting periods; null where a threshold judges them.</summary>
    public SoilTestPlan? SoilTest { get; }

    /// <summary>Productivity of a region by period; null where it is left out or comes from a series.</summary>
    public IReadOnlyList<EvidencePlan?> Productivity() =>
        [.. _job.Periods.Select(p => _job.Productivity is { Series: null } given ? Evidence(given, p) : null)];

    public PeriodPlan Plan(Period period) => new(
        period,
        _job.LandCover is { } from ? Cover(from.Years, from.Legend, period.LandCover!.First) : Water(period),
        _job.LandCover is { } to ? Cover(to.Years, to.Legend, period.LandCover!.Last) : Water(period),
        _job.Productivity is { Series: null } productivity ? Evidence(productivity, period) : null,
        _job.SoilCarbon is { } soil ? SoilCarbon(soil, period) : null);

    /// <summary>
    /// Each period's first and last stock over the land cover of the period's first and last year; each pair once.
    /// </summary>
    public static IReadOnlyList<CarbonPlan> Carbon(IEnumerable<PeriodPlan> periods) =>
        [.. periods.Where(p => p.SoilCarbon is { IsChange: false })
            .SelectMany(
                p => new[]
                {
                    new CarbonPlan(p.SoilCarbon!.Initial, p.FromCover), new CarbonPlan(p.SoilCarbon.Final, p.ToCover)
                }).Distinct()];

    /// <summary>
    /// From the last land cover of the baseline to the first of a reporting period, where these are two: change that belongs to
    /// no period.
    /// </summary>
    public static IReadOnlyList<GapPlan> Gaps(IReadOnlyList<PeriodPlan> periods) =>
        [.. periods.Skip(1).Where(p => p.FromCover >= 0 && p.FromCover != periods[0].ToCover)
            .Select(p => new GapPlan(periods[0].ToCover, p.FromCover)).Distinct()];

    /// <summary>Land cover of which the water alone is read; −1 where none is.</summary>
    private int Water(Period period) => _job.WaterCover is { } water
        ? Cover(water.Cover.Years, water.Cover.Legend, water.FirstYears[period.Id])
        : -1;

    private int Cover(DatedFiles years, LandCover.Legend legend, int wanted)
    {
        int year = years.Serving(wanted), known = _covers.FindIndex(c => c.Year == year);
        if (known >= 0)
            return known;
        int input = _inputs.Open(
            $"land cover {YearSpan.Told(year)}", "land-cover", years.Files[year], _job.Grid.LandCover, LayerValues.Classes,
            noData: legend.NoDataCodes.Select(c => (double)c));
        var codes = new Dictionary<double, byte>();
        for (int i = 1; i <= legend.Count; i++)
            codes[legend.ClassAt(i).Code] = (byte)i;
        _covers.Add(new CoverPlan(year, input, _inputs.Recoder(input, codes)));
        return _covers.Count - 1;
    }

    private EvidencePlan Evidence(ProductivityInput productivity, Period period)
    {
        string[] files = productivity.Periods[period.Id];
        bool trendsEarth = _job.Rules.Profile == "trends-earth";
        if (productivity.Kind == ProductivityKind.Parts)
        {
            // Three conditions of two bits each make the index; its evidence is the code of the combination.
            var evidence = new byte[64];
            for (int i = 0; i < 64; i++)
                if (i >> 4 < 3)
                    evidence[i] = (byte)(
                        LpdParts.Encode(
                            (byte)(i & 3), (byte)(i >> 2 & 3), (byte)(i >> 4)) << Indicator.Evidence.ProductivityShift);
            var parts = new List<(int, ClassRecoder)>();
            for (int part = 0; part < 3; part++)
            {
                int input = _inputs.Open($"{s_parts[part]} of {period.Id}", "productivity-" + s_parts[part], files[part],
                    _job.Grid.Productivity,
                    trendsEarth ? LayerValues.Classes : LayerValues.Conditions);
                parts.Add((input, _inputs.Recoder(input, PartCodes(input, part, trendsEarth))));
            }

            return new EvidencePlan(parts, evidence);
        }

        int only = _inputs.Open(
            $"productivity of {period.Id}", "productivity", files[0], _job.Grid.Productivity,
            productivity.Kind switch
            {
                ProductivityKind.Condition => LayerValues.Conditions,
                ProductivityKind.Lpd => LayerValues.Lpd,
                _ => LayerValues.Classes,
            },
            noData: productivity.Kind == ProductivityKind.Lpd ? [0, 15] : []);
        byte Code(int c) => (byte)(c << Indicator.Evidence.ProductivityShift);
        Dictionary<double, byte> codes = productivity.Kind switch
        {
            ProductivityKind.Lpd => Enumerable.Range(1, 5).ToDictionary(c => (double)c, Code),
            ProductivityKind.Status => Enumerable.Range(0, 8).ToDictionary(c => (double)c, Code),
            _ => ConditionValues.Codes(Signed(only), Code),
        };
        return new EvidencePlan([(only, _inputs.Recoder(only, codes))], []);
    }

    /// <summary>
    /// Stored values of trend, state (0, 1) or performance (2). Trends.Earth's own bands hold a significance of −3…3, a change of
    /// −10…10 percentile classes, and −1 or 0.
    /// </summary>
    private Dictionary<double, byte> PartCodes(int input, int part, bool trendsEarth)
    {
        int shift = 2 * part;
        if (part == 2)
            return Signed(input, isPerformance: true)
                ? new() { [-1] = 1 << 4, [0] = 2 << 4, [-32768] = 0 }
                : new() { [1] = 1 << 4, [2] = 2 << 4, [0] = 0 };
        if (!trendsEarth)
            return ConditionValues.Codes(Signed(input), c => (byte)(c << shift));
        int range = part == 0 ? 3 : 10;
        return Enumerable.Range(-range, (2 * range) + 1).ToDictionary(
            v => (double)v, v => (byte)((v <= -2 ? 1 : v >= 2 ? 3 : 2) << shift));
    }

    /// <summary>Whether a condition raster is signed, as its values tell, or the job where they do not.</summary>
    private bool Signed(int input, bool isPerformance = false) => ConditionValues.IsSigned(
        _inputs.Source(input), _inputs.NoData(input), _job.Rules.SignedConditions, _inputs.Layer(input), isPerformance);

    private SoilCarbonPlan SoilCarbon(SoilCarbonInput soil, Period period)
    {
        if (soil.Kind == SoilCarbonKind.Change)
        {
            string layer = $"soil carbon change of {period.Id}";
            return new SoilCarbonPlan(
                -1, -1, _inputs.Open(layer, "soc", soil.Periods[period.Id], _job.Grid.SoilCarbon, LayerValues.StockChange));
        }

        var plan = new SoilCarbonPlan(Stock(soil, period.SoilCarbon!.First), Stock(soil, period.SoilCarbon.Last), -1);
        int[] Years(Period of) => [.. SoilTestRules.Years(soil, of.SoilCarbon!).Select(y => Stock(soil, y))];
        return _tests && !period.IsBaseline ? plan with { Years = (Years(_job.Periods[0]), Years(period)) } : plan;
    }

    /// <summary>Every year that a test needs a stock of.</summary>
    private IEnumerable<int> Tested() => _job.Periods.SelectMany(p => SoilTestRules.Years(_job.SoilCarbon!, p.SoilCarbon!));

    private int Stock(SoilCarbonInput soil, int wanted)
    {
        int year = soil.Kind == SoilCarbonKind.Stocks ? soil.Years.Serving(wanted) : wanted;
        int known = _stocks.FindIndex(s => s.Year == year);
        if (known >= 0)
            return known;
        _stocks.Add(new StockPlan(
            year,
            _inputs.Open(
                $"soil carbon {YearSpan.Told(year)}", "soc", soil.Years.Files[year], _job.Grid.SoilCarbon, LayerValues.Stocks),
            -1));
        return _stocks.Count - 1;
    }

    /// <summary>The model and all its output years, which are stocks of the plan from then on.</summary>
    private StockModelPlan Model(StockModelInput model, IReadOnlyList<int> moreYears)
    {
        int[] years = [
            .. _job.Periods.SelectMany(p => new[] { p.SoilCarbon!.First, p.SoilCarbon.Last }).Concat(moreYears).Distinct()
                .Order()];
        if (years[0] < model.ReferenceYear)
            throw Fault.Job.Error(
                $"soil carbon of {years[0]} lies before the reference year {model.ReferenceYear}",
                "periods of soil carbon start at the reference year or later");
        var timeline = LandCoverTimeline.Create(
            model.ReferenceYear, model.Covers.Files.Keys.Concat(model.Covers.StandIns.Keys).Distinct(), years[^1],
            model.Placement);
        var recurrence = new StockModel(timeline, model.Factors, model.Legend, years, model.ConstantFactor);
        for (int i = 0; i < years.Length; i++)
            _stocks.Add(new StockPlan(years[i], -1, i));
        int climate = -1;
        ClassRecoder? zones = null;
        if (model.ClimateZones is { } file
            && (recurrence.NeedsClimateZones || model.Organic is { Soils.UsesZones: true }))
        {
            climate = _inputs.Open("climate zones", "climate-zones", file, Resampling.Nearest, LayerValues.Classes, noData: [0]);
            zones = _inputs.Recoder(
                climate, Enumerable.Range(0, ClimateZones.Count + 1).ToDictionary(z => (double)z, z => (byte)z));
        }

        return new StockModelPlan(
            recurrence,
            _inputs.Open($"soil carbon {model.ReferenceYear}", "soc", model.Reference, _job.Grid.SoilCarbon, LayerValues.Stocks),
            climate, zones, Practice("management factor", model.Management), Practice("input factor", model.Input),
            [.. timeline.CoverYears.Select(year => Cover(model.Covers, model.Legend, year))])
        {
            Organic = model.Organic is { } organic ? Organic(organic, model) : null,
        };
    }

    private OrganicPlan Organic(OrganicInput organic, StockModelInput model) => new(
        organic.Soils,
        organic.Mask is { } mask ? _inputs.Open("organic soils", "organic-soils", mask, Resampling.Nearest) : -1,
        [.. model.Legend.UnccdTable().Select(unccd => unccd == (int)LandCover.UnccdClass.Wetland)],
        [.. organic.Fires.Select(f => (
            f.Key - model.ReferenceYear,
            _inputs.Open($"fire {f.Key}", "fires", f.Value, Resampling.Nearest, LayerValues.Stocks)))]);

    private int Practice(string layer, string? file) =>
        file is null ? -1 : _inputs.Open(layer, layer.Replace(' ', '-'), file, Resampling.Nearest, LayerValues.Factors);
}
