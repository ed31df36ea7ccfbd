namespace Ldn.Pass;

/// <summary>
/// The inputs of which a plan makes its indicator, under other numbers: two plans on one grid then read their inputs with one
/// reader.
/// </summary>
internal static class InputNumbers
{
    /// <summary>The numbers of the inputs that the indicator is made of; what a run asks beyond it is not among them.</summary>
    public static IReadOnlySet<int> OfIndicator(PassPlan plan)
    {
        var numbers = new HashSet<int>();
        _ = Renumbered(plan, plan.Inputs, number =>
        {
            numbers.Add(number);
            return number;
        });
        return numbers;
    }

    /// <summary>The plan with other inputs, each under the number that <paramref name="of"/> gives it; −1 stays.</summary>
    public static PassPlan Renumbered(PassPlan plan, IReadOnlyList<RasterInput> inputs, Func<int, int> of)
    {
        int Other(int number) => number < 0 ? number : of(number);
        int[] Others(IEnumerable<int> numbers) => [.. numbers.Select(Other)];
        EvidencePlan? Evidence(EvidencePlan? evidence) => evidence is null ? null
            : evidence with { Parts = [.. evidence.Parts.Select(part => (Other(part.Input), part.Recoder))] };

        // What is one model before is one afterwards: regions that share it are computed together.
        var models = new Dictionary<StockModelPlan, StockModelPlan>(ReferenceEqualityComparer.Instance);
        StockModelPlan? Model(StockModelPlan? model) => model is null ? null
            : models.TryGetValue(model, out StockModelPlan? known) ? known
            : models[model] = model with
            {
                ReferenceInput = Other(model.ReferenceInput),
                ClimateInput = Other(model.ClimateInput),
                ManagementInput = Other(model.ManagementInput),
                InputInput = Other(model.InputInput),
                Organic = model.Organic is { } organic
                    ? organic with
                    {
                        Mask = Other(organic.Mask),
                        Fires = [.. organic.Fires.Select(f => (f.Step, Other(f.Input)))],
                    }
                    : null,
            };
        SoilTestPlan? Test(SoilTestPlan? test) => test is null ? null : test with { StandardError = Other(test.StandardError) };
        return plan with
        {
            Inputs = inputs,
            SoilTest = Test(plan.SoilTest),
            WaterInput = Other(plan.WaterInput),
            Covers = [.. plan.Covers.Select(c => c with { Input = Other(c.Input) })],
            Periods = [.. plan.Periods.Select(p => p with
            {
                Productivity = Evidence(p.Productivity),
                SoilCarbon = p.SoilCarbon is { } soil ? soil with { ChangeInput = Other(soil.ChangeInput) } : null,
            })],
            Stocks = [.. plan.Stocks.Select(s => s with { Input = Other(s.Input) })],
            StockModel = Model(plan.StockModel),
            Regions = [.. plan.Regions.Select(r => r with
            {
                Productivity = [.. r.Productivity.Select(Evidence)],
                StockModel = Model(r.StockModel),
                SoilTest = Test(r.SoilTest),
            })],
            RegionsOfInput = [],
            Series = [.. plan.Series.Select(series => series with
            {
                Years = [.. series.Years.Select(Others)],
                Periods = [.. series.Periods.Select(p => p with
                {
                    Climate = Others(p.Climate),
                    Greatest = Other(p.Greatest),
                })],
                Units = Others(series.Units),
            })],
        };
    }
}
