using Ldn.Productivity;

namespace Ldn.Pass;

/// <summary>Ecological units of a slice: the values of the unit rasters side by side (<see cref="EcologicalUnit"/>). One a worker.</summary>
internal sealed class SliceUnits(PassPlan plan, int capacity)
{
    private readonly IReadOnlyList<int> _inputs = plan.Series!.Units;
    private readonly long[] _units = new long[capacity];
    private readonly long[] _values = new long[capacity];

    /// <summary>Units of the slice last computed.</summary>
    public ReadOnlySpan<long> Of(int start, int length) => _units.AsSpan(start, length);

    /// <exception cref="LdnException">Exit 3: values that are no whole numbers from 0.</exception>
    public void Compute(int count, CellsOf cells)
    {
        Span<long> units = _units.AsSpan(0, count), values = _values.AsSpan(0, count);
        units.Clear();
        foreach (int number in _inputs)
        {
            RasterInput input = plan.Inputs[number];
            SliceCells slice = cells(number);
            for (int i = 0; i < count; i++)
            {
                double value = Cells.Value(slice.Cells, input.Raster.OutputType, i);
                bool known = !double.IsNaN(value) && !input.NoData.Contains(value) && (slice.Outside.IsEmpty || slice.Outside[i] == 0);
                values[i] = known ? Whole(value, input) : EcologicalUnit.None;
            }

            try
            {
                EcologicalUnit.Append(units, values, _inputs.Count);
            }
            catch (LdnException e)
            {
                throw Fault.Values.Error($"{input.Layer} ({input.File}): {e.Message}", $"renumber them, or declare the value with --nodata {input.Option}=VALUE", e);
            }
        }
    }

    private static long Whole(double value, RasterInput input) => value == Math.Floor(value) && Math.Abs(value) <= 1L << 53
        ? (long)value
        : throw Fault.Values.Error(
            FormattableString.Invariant($"{input.Layer} ({input.File}) hold {value}, which is no whole number"),
            $"units are classes; declare a fill with --nodata {input.Option}=VALUE");
}
