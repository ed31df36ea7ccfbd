using System.Numerics;
using System.Runtime.InteropServices;
using Ldn.Indicator;
using Ldn.Lanes;
using Ldn.Rasters;
using Ldn.SoilCarbon;

namespace Ldn.Pass;

/// <summary>
/// Soil carbon of a slice: stocks from files or from the model, their evidence, and their fixed-point values, each in the
/// narrowest arithmetic that is exact.
/// </summary>
internal sealed class SliceStocks
{
    private const double Quanta = 1 / PassResult.StockQuantum;

    private readonly PassPlan _plan;
    private readonly float[][] _single = new float[2][];
    private readonly double[][] _double = new double[2][];
    private readonly double[] _modelled;
    private readonly double[] _ofRegion;
    private readonly SliceOrganic? _organic;
    private readonly byte[] _modelCovers;
    private readonly byte[] _zones;
    private readonly double[] _management;
    private readonly double[] _input;
    private double[] _tested = [];
    private int _count;

    public SliceStocks(PassPlan plan, int capacity)
    {
        _plan = plan;
        for (int i = 0; i < 2; i++)
            (_single[i], _double[i]) = (new float[capacity], new double[capacity]);
        StockModelPlan[] models = [.. plan.Regions.Select(r => r.StockModel).Append(plan.StockModel).OfType<StockModelPlan>()];
        _modelled = new double[(plan.StockModel?.Model.OutputYears.Count ?? 0) * capacity];
        _ofRegion = new double[plan.Regions.Any(r => r.StockModel != plan.StockModel) ? _modelled.Length : 0];
        _modelCovers = new byte[models.Select(m => m.Covers.Count).DefaultIfEmpty().Max() * capacity];
        _organic = models.Any(m => m.Organic is not null) ? new SliceOrganic(plan, capacity) : null;
        _zones = new byte[models.Any(m => m.ClimateInput >= 0) ? capacity : 0];
        _management = new double[models.Any(m => m.ManagementInput >= 0) ? capacity : 0];
        _input = new double[models.Any(m => m.InputInput >= 0) ? capacity : 0];
    }

    /// <summary>
    /// Runs the model, where there is one, over the slice, or that of each region in it; returns whether some input of it is
    /// impossible.
    /// </summary>
    public bool Compute(int count, byte[][] covers, CellsOf cells, SliceRegions? regions)
    {
        _count = count;
        if (_plan.StockModel is not { } only)
            return false;
        if (_ofRegion.Length == 0 || regions is null)
            return Compute(only, count, covers, cells, _modelled);
        bool suspicious = false;
        StockModelPlan? computed = null;
        foreach (int region in regions.Present)
        {
            StockModelPlan model = _plan.Regions[region].StockModel!;
            if (model != computed)
                suspicious |= Compute(model, count, covers, cells, _ofRegion);
            computed = model;
            for (int year = 0; year < model.Model.OutputYears.Count; year++)
                foreach ((int start, int end) in regions.Runs(region))
                    _ofRegion.AsSpan((year * count) + start, end - start).CopyTo(_modelled.AsSpan((year * count) + start));
        }

        return suspicious;
    }

    private bool Compute(StockModelPlan model, int count, byte[][] covers, CellsOf cells, double[] modelled)
    {
        for (int i = 0; i < model.Covers.Count; i++)
            covers[model.Covers[i]].AsSpan(0, count).CopyTo(_modelCovers.AsSpan(i * count));
        bool suspicious = model.ClimateRecoder is { } recoder
            && recoder.Recode(cells(model.ClimateInput).Cells, cells(model.ClimateInput).Outside, _zones.AsSpan(0, count));
        Span<double> reference = _double[0].AsSpan(0, count);
        ToPhysical(model.ReferenceInput, cells, reference);
        if (model.ManagementInput >= 0)
            ToPhysical(model.ManagementInput, cells, _management.AsSpan(0, count));
        if (model.InputInput >= 0)
            ToPhysical(model.InputInput, cells, _input.AsSpan(0, count));
        var block = new StockBlock<double>
        {
            Reference = reference,
            Covers = _modelCovers.AsSpan(0, model.Covers.Count * count),
            ClimateZones = model.ClimateInput >= 0 ? _zones.AsSpan(0, count) : default,
            Management = model.ManagementInput >= 0 ? _management.AsSpan(0, count) : default,
            Input = model.InputInput >= 0 ? _input.AsSpan(0, count) : default,
        };
        Span<double> stocks = modelled.AsSpan(0, model.Model.OutputYears.Count * count);
        suspicious |= model.Model.Run(block, stocks).Any;
        if (model.Organic is not null)
            _organic!.Replace(model, count, block, cells, stocks);
        return suspicious;
    }

    /// <summary>rank[i] of the slice.</summary>
    public void Rank(SoilCarbonPlan soil, ChangeRank edges, CellsOf cells, Span<byte> rank)
    {
        if (soil.IsChange)
        {
            RankChange(soil.ChangeInput, edges, cells, rank);
            return;
        }

        StockPlan first = _plan.Stocks[soil.Initial], last = _plan.Stocks[soil.Final];
        if (edges.WholeThresholds && IsPlainShort(first, cells) && IsPlainShort(last, cells))
        {
            ReadOnlySpan<short> a = Shorts(first, cells), b = Shorts(last, cells);
            edges.OfStocks(a, b, NoData(first), NoData(last), rank);
            return;
        }

        if (IsSingle(first) && IsSingle(last))
        {
            Span<float> a = _single[0].AsSpan(0, _count), b = _single[1].AsSpan(0, _count);
            ToPhysical(first.Input, cells, a);
            ToPhysical(last.Input, cells, b);
            edges.OfStocks(a, b, rank);
            return;
        }

        ReadOnlySpan<double> c = Doubles(first, 0, cells), d = Doubles(last, 1, cells);
        edges.OfStocks(c, d, rank);
    }

    /// <summary>Evidence of a period by its statistical test (drought §7): the verdict.</summary>
    public void Test(SoilCarbonPlan soil, SoilTestPlan test, CellsOf cells, Span<byte> evidence)
    {
        (IReadOnlyList<int> baseline, IReadOnlyList<int> period) = soil.Years!.Value;
        int years = baseline.Count + period.Count, count = evidence.Length;
        if (_tested.Length < (years + 1) * count)
            _tested = new double[(years + 1) * count];
        for (int y = 0; y < years; y++)
            Doubles(_plan.Stocks[y < baseline.Count ? baseline[y] : period[y - baseline.Count]], 0, cells)
                .CopyTo(_tested.AsSpan(y * count));
        Span<double> errors = _tested.AsSpan(years * count, count);
        if (test.StandardError >= 0)
            ToPhysical(test.StandardError, cells, errors);
        Span<double> stocks = new double[years];
        for (int i = 0; i < count; i++)
        {
            for (int y = 0; y < years; y++)
                stocks[y] = _tested[(y * count) + i];
            int? verdict = test.Test.Of(
                stocks[..baseline.Count], stocks[baseline.Count..years], test.StandardError >= 0 ? errors[i] : null).Verdict;
            evidence[i] = Evidence.Tested(
                verdict is { } v ? (Condition)((int)Condition.Stable + v) : Condition.NoData);
        }
    }

    /// <summary>
    /// Stocks of a year in fixed point (<see cref="PassResult.StockQuantum"/>), <see cref="FixedPoint.None"/> where there is
    /// none.
    /// </summary>
    /// <exception cref="LdnException">Exit 3: a stock too large for fixed point, of a type whose values nobody else looks at;
    /// others are refused by <see cref="ValueWatch"/>, where they lie inside zones.</exception>
    public void Quantise(int stock, CellsOf cells, Span<int> values)
    {
        StockPlan plan = _plan.Stocks[stock];
        if (IsPlainShort(plan, cells))
        {
            FixedPoint.OfShorts(Shorts(plan, cells), NoData(plan), (int)Quanta, values);
            return;
        }

        ReadOnlySpan<double> doubles = Doubles(plan, 0, cells);
        for (int i = 0; i < values.Length; i++)
        {
            double quanta = Math.Round(doubles[i] * Quanta);
            if (quanta > int.MaxValue && double.IsFinite(quanta)
                && plan.Input >= 0 && _plan.Inputs[plan.Input] is { Raster.OutputType: CellType.Int64 } input)
                throw Fault.Values.Error(
                    $"{input.Layer} ({input.File}) holds {doubles[i]} t C/ha",
                    "stocks are below two million t C/ha; check the unit, or declare a fill with --nodata soc=VALUE");
            values[i] = quanta is >= 0 and <= int.MaxValue ? (int)quanta : FixedPoint.None;
        }
    }

    /// <summary>Stocks of a year in t C/ha, NaN no data, as 32-bit floats.</summary>
    public void Write(int stock, CellsOf cells, Span<float> values)
    {
        ReadOnlySpan<double> doubles = Doubles(_plan.Stocks[stock], 0, cells);
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)doubles[i];
    }

    /// <summary>Change of a period in per cent of the initial stock, NaN no data, as 32-bit floats.</summary>
    public void WriteChange(SoilCarbonPlan soil, CellsOf cells, Span<float> values)
    {
        if (soil.IsChange)
        {
            ToPhysical(soil.ChangeInput, cells, values);
            return;
        }

        ReadOnlySpan<double> initial = Doubles(_plan.Stocks[soil.Initial], 0, cells),
        final = Doubles(_plan.Stocks[soil.Final], 1, cells);
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)Percent(initial[i], final[i]);
    }

    /// <summary>
    /// Change of a period in per cent of the initial stock, and the initial stock; NaN no data. A change that is given has no
    /// stock.
    /// </summary>
    public void Change(SoilCarbonPlan soil, CellsOf cells, Span<double> change, Span<double> initial)
    {
        if (soil.IsChange)
        {
            ToPhysical(soil.ChangeInput, cells, change);
            initial.Fill(double.NaN);
            return;
        }

        Doubles(_plan.Stocks[soil.Initial], 0, cells).CopyTo(initial);
        ReadOnlySpan<double> final = Doubles(_plan.Stocks[soil.Final], 1, cells);
        for (int i = 0; i < change.Length; i++)
            change[i] = Percent(initial[i], final[i]);
    }

    private static double Percent(double initial, double final) =>
        initial > 0 ? (final - initial) / initial * 100 : double.NaN;

    private void RankChange(int input, ChangeRank edges, CellsOf cells, Span<byte> rank)
    {
        Span<double> change = _double[0].AsSpan(0, rank.Length);
        ToPhysical(input, cells, change);
        for (int i = 0; i < rank.Length; i++)
            rank[i] = edges.OfChange(change[i]);
    }

    private ReadOnlySpan<double> Doubles(StockPlan stock, int buffer, CellsOf cells)
    {
        if (stock.Input < 0)
            return _modelled.AsSpan(stock.ModelOutput * _count, _count);
        Span<double> values = _double[buffer].AsSpan(0, _count);
        ToPhysical(stock.Input, cells, values);
        return values;
    }

    private void ToPhysical<T>(int input, CellsOf cells, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        _plan.Inputs[input].ToPhysical(cells(input), values);
    }

    private bool IsSingle(StockPlan stock) =>
        stock.Input >= 0 && _plan.Inputs[stock.Input] is { Source: { Scale: 1, Offset: 0 } } input
        && input.Raster.OutputType is CellType.Byte or CellType.SByte or CellType.Int16 or CellType.UInt16 or CellType.Float32;

    private bool IsPlainShort(StockPlan stock, CellsOf cells) =>
        stock.Input >= 0 && _plan.Inputs[stock.Input] is { Source: { Scale: 1, Offset: 0 }, NoData.Length: <= 1 } input
        && input.Raster.OutputType == CellType.Int16 && cells(stock.Input).Outside.IsEmpty;

    private static ReadOnlySpan<short> Shorts(StockPlan stock, CellsOf cells) =>
        MemoryMarshal.Cast<byte, short>(cells(stock.Input).Cells);

    private int NoData(StockPlan stock) =>
        _plan.Inputs[stock.Input].NoData is [double value] && value == Math.Floor(value)
            && Math.Abs(value) < int.MaxValue ? (int)value : int.MinValue;
}

/// <summary>Stored cells of one input over a slice; <see cref="Outside"/> is empty when the input covers all of it.</summary>
internal readonly ref struct SliceCells(ReadOnlyMemory<byte> memory, ReadOnlySpan<byte> outside)
{
    public ReadOnlySpan<byte> Cells { get; } = memory.Span;

    /// <summary>The same cells, for those who keep them over a call.</summary>
    public ReadOnlyMemory<byte> Memory { get; } = memory;

    public ReadOnlySpan<byte> Outside { get; } = outside;
}

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
