using System.Runtime.InteropServices;
using Ldn.Productivity;
using Ldn.Rasters;

namespace Ldn.Pass;

/// <summary>
/// Ecological units of a slice: the values of the unit rasters side by side (<see cref="EcologicalUnit"/>). One a worker.
/// </summary>
internal sealed class SliceUnits
{
    private readonly PassPlan _plan;
    private readonly IReadOnlyList<int> _inputs;
    private readonly long[] _units;
    private readonly long[] _values;

    /// <summary>Per input the unit of each stored value of 8 or 16 bits, by its bits; null for other types.</summary>
    private readonly long[]?[] _tables;

    /// <param name="plan">The run.</param>
    /// <param name="series">A series of it.</param>
    /// <param name="capacity">Cells of the largest slice.</param>
    public SliceUnits(PassPlan plan, SeriesPlan series, int capacity)
    {
        (_plan, _inputs) = (plan, series.Units);
        (_units, _values) = (new long[capacity], new long[capacity]);
        _tables = [.. _inputs.Select(i => Table(plan.Inputs[i]))];
    }

    /// <summary>Units of the slice last computed.</summary>
    public ReadOnlySpan<long> Of(int start, int length) => _units.AsSpan(start, length);

    /// <exception cref="LdnException">Exit 3: values that are no whole numbers from 0.</exception>
    public void Compute(int count, CellsOf cells)
    {
        Span<long> units = _units.AsSpan(0, count), values = _values.AsSpan(0, count);
        units.Clear();
        for (int k = 0; k < _inputs.Count; k++)
        {
            RasterInput input = _plan.Inputs[_inputs[k]];
            SliceCells slice = cells(_inputs[k]);
            if (_tables[k] is { } table)
                LookUp(table, slice.Cells, values);
            else
                for (int i = 0; i < count; i++)
                    values[i] = IsOutside(slice, i)
                        ? EcologicalUnit.None
                        : Unit(Cells.Value(slice.Cells, input.Raster.OutputType, i), input);
            for (int i = 0; i < count && !slice.Outside.IsEmpty; i++)
                if (IsOutside(slice, i))
                    values[i] = EcologicalUnit.None;
            try
            {
                EcologicalUnit.Append(units, values, _inputs.Count);
            }
            catch (LdnException e)
            {
                throw Fault.Values.Error(
                    $"{input.Layer} ({input.File}): {e.Message}",
                    $"renumber them, or declare the value with --nodata {input.Option}=VALUE", e);
            }
        }
    }

    private static bool IsOutside(SliceCells slice, int at) => !slice.Outside.IsEmpty && slice.Outside[at] != 0;

    private static long[]? Table(RasterInput input) => input.Raster.OutputType switch
    {
        CellType.Byte => [.. Enumerable.Range(0, 1 << 8).Select(bits => Unit((byte)bits, input))],
        CellType.SByte => [.. Enumerable.Range(0, 1 << 8).Select(bits => Unit((sbyte)bits, input))],
        CellType.UInt16 => [.. Enumerable.Range(0, 1 << 16).Select(bits => Unit((ushort)bits, input))],
        CellType.Int16 => [.. Enumerable.Range(0, 1 << 16).Select(bits => Unit((short)bits, input))],
        _ => null,
    };

    private static void LookUp(long[] table, ReadOnlySpan<byte> cells, Span<long> values)
    {
        if (table.Length == 1 << 8)
        {
            for (int i = 0; i < values.Length; i++)
                values[i] = table[cells[i]];
            return;
        }

        ReadOnlySpan<ushort> wide = MemoryMarshal.Cast<byte, ushort>(cells);
        for (int i = 0; i < values.Length; i++)
            values[i] = table[wide[i]];
    }

    /// <summary>The value of a cell as a whole number, <see cref="EcologicalUnit.None"/> for no data.</summary>
    private static long Unit(double value, RasterInput input) =>
        double.IsNaN(value) || input.NoData.Contains(value) ? EcologicalUnit.None
        : value == Math.Floor(value) && Math.Abs(value) <= 1L << 53 ? (long)value
        : throw Fault.Values.Error(
            FormattableString.Invariant($"{input.Layer} ({input.File}) hold {value}, which is no whole number"),
            $"units are classes; declare a fill with --nodata {input.Option}=VALUE");
}
