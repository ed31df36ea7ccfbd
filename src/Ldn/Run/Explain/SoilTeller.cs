using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.LandCover;
using Ldn.Pass;
using Ldn.SoilCarbon;
using static Ldn.Run.Explain.CellInputs;

namespace Ldn.Run.Explain;

/// <summary>
/// Soil organic carbon of a cell (method §5): stocks from files, or every year of the model, by its own kernel.
/// </summary>
internal sealed class SoilTeller
{
    private readonly RunPlan _plan;
    private readonly CellInputs _inputs;
    private readonly StockModel? _model;

    public SoilTeller(RunPlan plan, CellInputs inputs)
    {
        (_plan, _inputs) = (plan, inputs);
        if (plan.Pass.StockModel?.Model is { } model && plan.Job.SoilCarbon?.Model is { } given)
        {
            int[] years = [.. Enumerable.Range(given.ReferenceYear, model.Timeline.Steps + 1)];
            _model = new StockModel(model.Timeline, model.Factors, given.Legend, years, given.ConstantFactor);
        }
    }

    /// <summary>What it says of a period; condition and correction are the caller's.</summary>
    public SoilStory Of(int period, Condition condition, Condition uncorrected)
    {
        SoilCarbonInput soil = _plan.Job.SoilCarbon!;
        SoilCarbonPlan plan = _plan.Pass.Periods[period].SoilCarbon!;
        var story = new SoilStory
        {
            Condition = condition.Name(),
            Uncorrected = uncorrected == condition ? null : uncorrected.Name(),
            Kind = soil.Kind.ToString().ToLowerInvariant(),
            Threshold = _plan.Job.Rules.SocThreshold,
            Inclusive = _plan.Job.Rules.SocInclusive,
        };
        if (plan.IsChange)
            return story with
            {
                Sources = [_inputs.Source(plan.ChangeInput)],
                ChangePct = Known(_inputs.Physical(plan.ChangeInput)),
            };
        YearSpan years = _plan.Job.Periods[period].SoilCarbon!;
        StockModelStory? model = _model is null ? null : Model();
        StockStory first = Stock(plan.Initial, years.First, model), last = Stock(plan.Final, years.Last, model);
        SoilTestStory? test = plan.Years is { } tested && _plan.Pass.SoilTest is { } law ? Test(tested, law, model) : null;
        return story with
        {
            Threshold = test is null ? story.Threshold : null,
            Inclusive = test is null ? story.Inclusive : null,
            Test = test,
            Sources = [.. Inputs(plan).Distinct().Select(_inputs.Source)],
            Initial = first,
            Final = last,
            ChangePct = first.Stock > 0 && last.Stock is { } final ? (final - first.Stock) / first.Stock * 100 : null,
            Model = model is null ? null : model with { Steps = [.. model.Steps.TakeWhile(s => s.Year <= years.Last)] },
        };
    }

    private SoilTestStory Test(
        (IReadOnlyList<int> Baseline, IReadOnlyList<int> Period) years, SoilTestPlan plan, StockModelStory? model)
    {
        double[] Stocks(IReadOnlyList<int> numbers) =>
            [.. numbers.Select(n => Stock(n, _plan.Pass.Stocks[n].Year, model).Stock ?? double.NaN)];
        SoilTest.Figures found = plan.Test.Of(
            Stocks(years.Baseline), Stocks(years.Period),
            plan.StandardError >= 0 ? _inputs.Physical(plan.StandardError) : null);
        return new SoilTestStory(Known(found.Mean), Known(found.Low), Known(found.High), Known(found.Later), plan.Test.Level);
    }

    private IEnumerable<int> Inputs(SoilCarbonPlan plan)
    {
        if (_plan.Pass.StockModel is not { } model)
        {
            int[] all = plan.Years is { } years && _plan.Pass.SoilTest is not null
                ? [.. years.Baseline, .. years.Period, plan.Initial, plan.Final] : [plan.Initial, plan.Final];
            return all.Select(s => _plan.Pass.Stocks[s].Input);
        }

        return model.Inputs.Where(i => i >= 0);
    }

    private StockStory Stock(int number, int wanted, StockModelStory? model)
    {
        StockPlan stock = _plan.Pass.Stocks[number];
        double? value = model is null
            ? Known(_inputs.Physical(stock.Input))
            : model.Steps.First(s => s.Year == stock.Year).Stock;
        return new StockStory(stock.Year, stock.Year == wanted ? null : wanted, value);
    }

    private StockModelStory Model()
    {
        StockModelPlan plan = _plan.Pass.StockModel!;
        StockModel model = _model!;
        byte[] covers = [.. plan.Covers.Select(c => _inputs.Code(_plan.Pass.Covers[c].Input, _plan.Pass.Covers[c].Recoder))];
        byte zone = plan.ClimateRecoder is { } recoder ? _inputs.Code(plan.ClimateInput, recoder) : (byte)0;
        double[] management = Practice(plan.ManagementInput), input = Practice(plan.InputInput);
        var stocks = new double[model.OutputYears.Count];
        _ = model.Run(
            new StockBlock<double>
            {
                Reference = [_inputs.Physical(plan.ReferenceInput)],
                Covers = covers,
                ClimateZones = plan.ClimateInput >= 0 ? [zone] : default(ReadOnlySpan<byte>),
                Management = management,
                Input = input,
            },
            stocks.AsSpan());
        bool organic = RunOrganic(plan, model, covers, zone, stocks);
        double crop = model.CropFactorOf(zone), practice = management.Concat(input).Aggregate(1.0, (a, b) => a * b);
        var steps = new StockStep[stocks.Length];
        for (int k = 0; k < steps.Length; k++)
        {
            int at = model.ClassOf(covers[model.Timeline.CoverOfStep[k]]);
            int before = k == 0 ? at : model.ClassOf(covers[model.Timeline.CoverOfStep[k - 1]]);
            bool changes = !organic && at != before && at != 0 && before != 0;
            steps[k] = new StockStep(
                model.OutputYears[k], Class(at), changes ? Known(model.Factors.Factor(before, at, crop, practice)) : null,
                k == 0 ? null : Known(stocks[k - 1] - stocks[k]), Known(stocks[k]));
        }

        return new StockModelStory(
            model.Timeline.ReferenceYear, zone == 0 ? null : zone, model.Factors.UsesCropFactor ? Known(crop) : null,
            management.Length + input.Length == 0 ? null : Known(practice), steps)
        {
            Organic = organic ? true : null,
        };
    }

    /// <summary>Stocks of every year where the cell is an organic soil; whether it is.</summary>
    private bool RunOrganic(StockModelPlan plan, StockModel model, byte[] covers, byte zone, double[] stocks)
    {
        if (plan.Organic is not { } organic)
            return false;
        double mask = organic.Mask >= 0 ? _inputs.Physical(organic.Mask)
            : organic.IsWetland[covers[model.Timeline.CoverOfStep[0]]] ? 1 : 0;
        if (double.IsNaN(mask) || mask == 0)
            return false;
        var fires = new double[stocks.Length];
        foreach ((int step, int input) in organic.Fires)
            fires[step] = _inputs.Physical(input);
        byte[] classes = [.. model.Timeline.CoverOfStep.ToArray().Select(c => (byte)model.ClassOf(covers[c]))];
        organic.Soils.Run(_inputs.Physical(plan.ReferenceInput), classes, zone, fires, stocks);
        return true;
    }

    private double[] Practice(int input) => input < 0 ? [] : [_inputs.Physical(input)];

    private StoryClass? Class(int number)
    {
        if (number == 0)
            return null;
        if (!_model!.Factors.InLegendCodes)
            return new StoryClass($"{number}", ((UnccdClass)number).DisplayName());
        LegendClass of = _plan.Job.SoilCarbon!.Model!.Legend.ClassAt(number);
        return new StoryClass($"{of.Code}", of.Name);
    }
}
