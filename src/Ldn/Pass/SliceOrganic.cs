using Ldn.SoilCarbon;

namespace Ldn.Pass;

/// <summary>Stocks of organic soils of a slice, in place of those that the model gave (drought §7). One a worker.</summary>
internal sealed class SliceOrganic(PassPlan plan, int capacity)
{
    private readonly byte[] _mask = new byte[capacity];
    private readonly List<double[]> _fires = [];

    /// <param name="model">A model with organic soils.</param>
    /// <param name="count">Cells of the slice.</param>
    /// <param name="block">What the model was run on.</param>
    /// <param name="cells">The slice.</param>
    /// <param name="modelled">The model's planes, of <paramref name="count"/> cells each.</param>
    public void Replace(StockModelPlan model, int count, StockBlock<double> block, CellsOf cells, Span<double> modelled)
    {
        OrganicPlan organic = model.Organic!;
        StockModel of = model.Model;
        ReadOnlySpan<int> coverOfStep = of.Timeline.CoverOfStep;
        if (organic.Mask >= 0)
            SliceEvidence.Water(cells(organic.Mask), plan.Inputs[organic.Mask], _mask.AsSpan(0, count));
        else
            for (int i = 0; i < count; i++)
                _mask[i] = organic.IsWetland[block.Covers[(coverOfStep[0] * count) + i]] ? (byte)1 : (byte)0;
        while (_fires.Count < organic.Fires.Count)
            _fires.Add(new double[capacity]);
        for (int f = 0; f < organic.Fires.Count; f++)
            plan.Inputs[organic.Fires[f].Input].ToPhysical(cells(organic.Fires[f].Input), _fires[f].AsSpan(0, count));
        int steps = of.Timeline.Steps;
        var classes = new byte[steps + 1];
        var fires = new double[steps + 1];
        var stocks = new double[steps + 1];
        for (int i = 0; i < count; i++)
        {
            if (_mask[i] == 0)
                continue;
            for (int k = 0; k <= steps; k++)
                classes[k] = (byte)of.ClassOf(block.Covers[(coverOfStep[k] * count) + i]);
            Array.Clear(fires);
            for (int f = 0; f < organic.Fires.Count; f++)
                fires[organic.Fires[f].Step] = _fires[f][i];
            organic.Soils.Run(
                block.Reference[i], classes, block.ClimateZones.IsEmpty ? (byte)0 : block.ClimateZones[i], fires, stocks);
            for (int o = 0; o < of.OutputYears.Count; o++)
                modelled[(o * count) + i] = stocks[of.Timeline.StepOf(of.OutputYears[o])];
        }
    }
}
