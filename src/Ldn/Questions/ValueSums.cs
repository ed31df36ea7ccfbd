using System.Globalization;
using Ldn.Counting;
using Ldn.Lanes;
using Ldn.Pass;

namespace Ldn.Questions;

/// <summary>
/// A continuous raster summed over area: Σ value × area in <paramref name="Quantum"/> × mm², and the area with a value in mm²
/// (method §9).
/// </summary>
/// <param name="Input">The raster among the plan's inputs.</param>
/// <param name="Quantum">Step to which values are rounded, in physical units.</param>
internal sealed record AreaWeightedSum(int Input, double Quantum) : Sum(2)
{
    internal override SumFiller Open(PassPlan plan, int capacity) => new Filler(plan.Inputs[Input], Input, Quantum, capacity);

    private sealed class Filler(
        RasterInput raster, int input, double quantum, int capacity) : QuantaFiller(raster, input, quantum, capacity)
    {
        public override void Add(int from, int to, int rowStart, RowAreas areas, Span<Int128> sums)
        {
            for (int i = from; i < to; i++)
            {
                if (Quanta[i] == None)
                    continue;
                Int128 area = areas.Of(i - rowStart, i - rowStart + 1).SquareMillimetres;
                sums[0] += Checked(i) * area;
                sums[1] += area;
            }
        }
    }
}

/// <summary>
/// A raster of counts a cell of the run's grid, summed as they are: Σ value in <paramref name="Quantum"/>, and the number of
/// cells with a value.
/// </summary>
/// <param name="Quantum">Step of the fixed point, in the unit of the raster.</param>
internal sealed record CellSum(int Input, double Quantum) : Sum(2)
{
    internal override SumFiller Open(PassPlan plan, int capacity) => new Filler(plan.Inputs[Input], Input, Quantum, capacity);

    private sealed class Filler(
        RasterInput raster, int input, double quantum, int capacity) : QuantaFiller(raster, input, quantum, capacity)
    {
        public override void Add(int from, int to, int rowStart, RowAreas areas, Span<Int128> sums)
        {
            for (int i = from; i < to; i++)
            {
                if (Quanta[i] == None)
                    continue;
                sums[0] += Checked(i);
                sums[1]++;
            }
        }
    }
}

/// <summary>
/// Soil carbon of one of the plan's stocks: Σ stock × area (quantum <see cref="PassResult.StockQuantum"/> t C/ha × mm²) and the
/// area with a stock.
/// </summary>
internal sealed record StockSum(int Stock) : Sum(2)
{
    internal override SumFiller Open(PassPlan plan, int capacity) => new Filler(Stock, capacity);

    private sealed class Filler(int stock, int capacity) : SumFiller
    {
        private readonly int[] _quanta = new int[capacity];

        public override void Fill(SliceAtHand slice) =>
            slice.Evidence.Stocks.Quantise(stock, slice.Cells, _quanta.AsSpan(0, slice.Count));

        public override void Add(int from, int to, int rowStart, RowAreas areas, Span<Int128> sums)
        {
            for (int i = from; i < to; i++)
            {
                if (_quanta[i] == FixedPoint.None)
                    continue;
                Int128 area = areas.Of(i - rowStart, i - rowStart + 1).SquareMillimetres;
                sums[0] += _quanta[i] * area;
                sums[1] += area;
            }
        }
    }
}

/// <summary>Physical values of a raster in whole quanta.</summary>
internal abstract class QuantaFiller(RasterInput raster, int input, double quantum, int capacity) : SumFiller
{
    /// <summary>Stands for no data.</summary>
    protected const long None = long.MinValue;

    private const long TooLarge = long.MinValue + 1;

    private readonly double[] _values = new double[capacity];

    protected long[] Quanta { get; } = new long[capacity];

    public override void Fill(SliceAtHand slice)
    {
        SliceCells cells = slice.Cells(input);
        Span<double> values = _values.AsSpan(0, slice.Count);
        raster.ToPhysical(cells, values);
        for (int i = 0; i < values.Length; i++)
        {
            double quanta = Math.Round(values[i] / quantum);
            Quanta[i] = double.IsNaN(quanta) ? None : Math.Abs(quanta) < long.MaxValue ? (long)quanta : TooLarge;
        }
    }

    /// <summary>The value of a cell in quanta, which has one.</summary>
    /// <exception cref="LdnException">Exit 3: a value inside the zones that no 64-bit number of quanta holds.</exception>
    protected long Checked(int cell) => Quanta[cell] != TooLarge ? Quanta[cell] : throw Fault.Values.Error(
        $"{raster.Layer} ({raster.File}) holds {_values[cell].ToString("R", CultureInfo.InvariantCulture)}, too large to be "
            + $"summed in steps of {quantum}",
        $"declare it with --nodata {raster.Option}=VALUE if it is a fill");
}
