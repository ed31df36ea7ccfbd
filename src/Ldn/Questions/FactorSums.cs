using Ldn.Counting;
using Ldn.Pass;

namespace Ldn.Questions;

/// <summary>
/// A factor of rasters by year, as it is in one year: that year's raster or, where it <paramref name="Interpolates"/>, the line
/// between the known years of the cell before and after, never beyond (drought §4).
/// </summary>
/// <param name="Rasters">Year and input of each, years ascending.</param>
internal sealed record FactorYear(IReadOnlyList<(int Year, int Input)> Rasters, int Year, bool Interpolates)
{
    /// <summary>Whether any cell can have a value.</summary>
    public bool CanBe => Rasters.Any(r => r.Year == Year)
        || (Interpolates && Rasters[0].Year < Year && Rasters[^1].Year > Year);

    /// <summary>Inputs that are read.</summary>
    public IEnumerable<int> Inputs => Interpolates ? Rasters.Select(r => r.Input)
        : Rasters.Where(r => r.Year == Year).Select(r => r.Input);
}

/// <summary>Reads the values of a factor in a year over a slice. One a worker.</summary>
internal sealed class FactorCells(PassPlan plan, FactorYear of, int capacity)
{
    private readonly double[] _values = new double[capacity];
    private readonly double[] _other = new double[of.Interpolates ? capacity : 0];
    private readonly double[] _from = new double[of.Interpolates ? capacity : 0];
    private readonly int[] _fromYear = new int[of.Interpolates ? capacity : 0];

    /// <summary>Values of the slice, NaN where there is none; valid until the next call.</summary>
    public ReadOnlySpan<double> Read(CellsOf cells, int count)
    {
        Span<double> values = _values.AsSpan(0, count);
        values.Fill(double.NaN);
        foreach ((int year, int input) in of.Rasters)
            if (year == of.Year)
                plan.Inputs[input].ToPhysical(cells(input), values);
        if (!of.Interpolates)
            return values;
        Span<double> other = _other.AsSpan(0, count);
        _from.AsSpan(0, count).Fill(double.NaN);
        foreach ((int year, int input) in of.Rasters)
        {
            if (year == of.Year)
                continue;
            plan.Inputs[input].ToPhysical(cells(input), other);
            for (int i = 0; i < count; i++)
            {
                if (double.IsNaN(other[i]) || !double.IsNaN(values[i]))
                    continue;
                if (year < of.Year)
                    (_from[i], _fromYear[i]) = (other[i], year);
                else if (!double.IsNaN(_from[i]))
                    values[i] = _from[i] + ((other[i] - _from[i]) * (of.Year - _fromYear[i]) / (year - _fromYear[i]));
            }
        }

        return values;
    }
}

/// <summary>Whether every one of some factors has a value in a year: 1, else 0.</summary>
internal sealed record CompletePlane(IReadOnlyList<FactorYear> Factors) : Plane(1)
{
    internal override PlaneFiller Open(PassPlan plan, int capacity) =>
        new Filler([.. Factors.Select(f => new FactorCells(plan, f, capacity))], capacity);

    private sealed class Filler(FactorCells[] factors, int capacity) : PlaneFiller(Buffers(1, capacity))
    {
        public override void Fill(SliceAtHand slice)
        {
            Span<byte> complete = Bytes[0].AsSpan(0, slice.Count);
            complete.Fill(1);
            foreach (FactorCells factor in factors)
            {
                ReadOnlySpan<double> values = factor.Read(slice.Cells, slice.Count);
                for (int i = 0; i < values.Length; i++)
                    if (double.IsNaN(values[i]))
                        complete[i] = 0;
            }
        }
    }
}

/// <summary>
/// A factor in a year, weighted: Σ value × people (in parts, <see cref="Rasters.CountSharing"/>) or, without people, × area in
/// mm²; values in steps of <see cref="Quantum"/>.
/// </summary>
/// <param name="Factor">The factor; cells without a value add nothing.</param>
/// <param name="People">Counts whose sum weighs a cell; empty: its area does.</param>
internal sealed record FactorSum(FactorYear Factor, IReadOnlyList<CountSum> People) : Sum(1)
{
    /// <summary>Step to which values are rounded.</summary>
    public const double Quantum = 1e-9;

    private const double Largest = 1e8;

    internal override SumFiller Open(PassPlan plan, int capacity) => new Filler(
        new FactorCells(plan, Factor, capacity), [.. People.Select(p => p.Open(plan, capacity))],
        plan.Inputs[Factor.Rasters[0].Input], capacity);

    private sealed class Filler(FactorCells factor, SumFiller[] people, RasterInput first, int capacity) : SumFiller
    {
        private readonly double[] _values = new double[capacity];

        public override void Fill(SliceAtHand slice)
        {
            factor.Read(slice.Cells, slice.Count).CopyTo(_values);
            foreach (SumFiller counts in people)
                counts.Fill(slice);
        }

        public override void Add(int from, int to, int rowStart, RowAreas areas, Span<Int128> sums)
        {
            Span<Int128> weight = stackalloc Int128[1];
            for (int i = from; i < to; i++)
            {
                if (double.IsNaN(_values[i]))
                    continue;
                if (!(Math.Abs(_values[i]) <= Largest))
                    throw Fault.Values.Error(
                        FormattableString.Invariant($"{first.Layer} ({first.File}) holds {_values[i]}, and factors are ")
                            + "summed up to 100 million",
                        $"give the factor in larger units, or declare a fill with --nodata {first.Option}=VALUE");
                weight[0] = people.Length > 0 ? 0 : areas.Of(i - rowStart, i - rowStart + 1).SquareMillimetres;
                foreach (SumFiller counts in people)
                    counts.Add(i, i + 1, rowStart, areas, weight);
                sums[0] = checked(sums[0] + (weight[0] * (Int128)Math.Round(_values[i] / Quantum)));
            }
        }
    }
}

/// <summary>The greatest and the least value of a raster, exactly: they merge as the greater of two.</summary>
internal sealed record ExtremesSum(int Input) : Sum(2)
{
    internal override bool IsGreatest => true;

    /// <summary>Greatest and least of what a tally keeps; null where no cell had a value.</summary>
    public static (double Greatest, double Least)? Of(Int128 greatest, Int128 least) => greatest == 0 ? null
        : (Value((ulong)(greatest - 1)), Value(ulong.MaxValue - (ulong)(least - 1)));

    internal override SumFiller Open(PassPlan plan, int capacity) => new Filler(plan.Inputs[Input], Input, capacity);

    /// <summary>A number that is greater where a value is.</summary>
    private static ulong Order(double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        return (bits >> 63) != 0 ? ~bits : bits | (1UL << 63);
    }

    private static double Value(ulong order) =>
        BitConverter.UInt64BitsToDouble((order >> 63) != 0 ? order & ~(1UL << 63) : ~order);

    private sealed class Filler(RasterInput raster, int input, int capacity) : SumFiller
    {
        private readonly double[] _values = new double[capacity];

        public override void Fill(SliceAtHand slice) => raster.ToPhysical(slice.Cells(input), _values.AsSpan(0, slice.Count));

        public override void Add(int from, int to, int rowStart, RowAreas areas, Span<Int128> sums)
        {
            foreach (double value in _values.AsSpan(from, to - from))
            {
                if (double.IsNaN(value))
                    continue;
                ulong order = Order(value == 0 ? 0 : value);
                sums[0] = Int128.Max(sums[0], (Int128)order + 1);
                sums[1] = Int128.Max(sums[1], (Int128)(ulong.MaxValue - order) + 1);
            }
        }
    }
}
