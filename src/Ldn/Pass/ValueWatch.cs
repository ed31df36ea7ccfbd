using System.Numerics;
using System.Runtime.InteropServices;
using Ldn.Counting;
using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Pass;

/// <summary>
/// Looks at the stored cells of the continuous inputs of a slice for values that cannot be and for likely fills
/// (<see cref="LayerValues"/>), many cells at a time: one comparison each with the range and with every fill. Only a slice that
/// has some is counted cell by cell. One a worker.
/// </summary>
internal sealed class ValueWatch
{
    /// <summary>
    /// Fills of usual products, by the types that hold them; zero is one of stocks alone, for bare ground has an index of 0.
    /// </summary>
    private static readonly double[] s_fills = [
        -3000, -9999, 255, -32768, 32767, 65533, 65534, 65535, 1e20, -3.4028234663852886e38, 3.4028234663852886e38];

    private readonly PassPlan _plan;
    private readonly RowAreas _areas;
    private readonly List<(int Input, IWatch Watch, double[] Suspects)> _watches = [];
    private readonly int[] _classes;
    private readonly int[][] _series;
    private readonly List<(int Input, double[] Suspects)> _found = [];

    /// <param name="plan">The run.</param>
    /// <param name="wanted">The inputs that are read.</param>
    /// <param name="unitWidth">Columns of the widest slice.</param>
    public ValueWatch(PassPlan plan, IReadOnlySet<int> wanted, int unitWidth)
    {
        _plan = plan;
        _areas = new RowAreas(plan.Areas, unitWidth);
        for (int i = 0; i < plan.Inputs.Count; i++)
            if (
                wanted.Contains(i) && plan.Inputs[i] is { Recoder: null, Values.IsWatched: true } input
                    && input.Raster.OutputType != CellType.Int64)
                _watches.Add((i, Create(input), Suspects(input)));
        _classes = [
            .. Enumerable.Range(0, plan.Inputs.Count).Where(i => wanted.Contains(i) && plan.Inputs[i].Recoder is not null)];
        _series = [.. plan.Series.Select(s => s.Years.SelectMany(y => y).Distinct().ToArray())
            .Where(s => s.Length > 1 && s.All(wanted.Contains))];
    }

    /// <summary>Counts, inside the zones, the values of a slice that cannot be and those that are doubtful.</summary>
    /// <param name="slice">Where.</param>
    /// <param name="cells">Its cells.</param>
    /// <param name="classes">Whether some class is unknown, so that these are looked at too.</param>
    /// <param name="finds">Takes what is found.</param>
    public void Count(Window slice, CellsOf cells, bool classes, ValueFinds finds)
    {
        _found.Clear();
        foreach ((int input, IWatch watch, double[] suspects) in _watches)
            if (watch.Any(cells(input).Cells))
                _found.Add((input, suspects));
        if (classes)
            _found.AddRange(_classes.Select(input => (input, Array.Empty<double>())));
        if (_found.Count == 0)
            return;
        int[][] inEveryYear = [.. _series.Where(s => s.All(i => _found.Exists(f => f.Input == i)))];
        for (int row = 0; row < slice.Height; row++)
        {
            _areas.Move(slice.Row + row, slice.Column, slice.Width);
            foreach (PlaceRun run in _plan.Places.Inside(slice with { Row = slice.Row + row, Height = 1 }))
                for (int column = run.Start; column < run.End; column++)
                    Count((row * slice.Width) + column, column, run.Place, cells, inEveryYear, finds);
        }
    }

    private void Count(int cell, int column, int place, CellsOf cells, int[][] inEveryYear, ValueFinds finds)
    {
        foreach ((int number, double[] suspects) in _found)
        {
            RasterInput input = _plan.Inputs[number];
            // What a raster holds where another region's is read is nobody's business.
            if (_plan.RegionsOfInput.Count > 0 && _plan.RegionsOfInput[number] is { } regions
                && !regions[_plan.RegionOfPlace[place]])
                continue;
            if (Value(number, cell, cells) is not { } value)
                continue;
            if (input.IsMeaningless(value))
                finds.Unmapped.Add(number, value, 1, _areas.Of(column, column + 1));
            else if (
                input.Recoder is null && !input.NoData.Contains(value)
                    && (suspects.Contains(value) || input.Physical(value) > input.Values.Doubtful))
            {
                finds.Doubtful.Add(number, value, 1, _areas.Of(column, column + 1));
                if (suspects.Contains(value) && Array.Exists(
                    inEveryYear,
                    s => number == s[0] && Array.TrueForAll(s, other => Value(other, cell, cells) == value)))
                    finds.Constant.Add(number, value, 1, _areas.Of(column, column + 1));
            }
        }
    }

    /// <summary>A stored value; null outside the raster.</summary>
    private double? Value(int input, int cell, CellsOf cells)
    {
        SliceCells slice = cells(input);
        return slice.Outside.IsEmpty
            || slice.Outside[cell] == 0 ? Cells.Value(slice.Cells, _plan.Inputs[input].Raster.OutputType, cell) : null;
    }

    /// <summary>Stored values of an input that are usual fills, possible and not declared.</summary>
    public static double[] Suspects(RasterInput input)
    {
        if (!input.Values.SeeksFills)
            return [];
        CellType type = input.Raster.OutputType;
        IEnumerable<double> fills = s_fills.Where(v => type switch
        {
            CellType.Byte => v == 255,
            CellType.SByte => false,
            CellType.UInt16 => v is 65533 or 65534 or 65535,
            CellType.Int16 => v is -3000 or -9999 or -32768 or 32767,
            CellType.Float32 or CellType.Float64 => v != 255,
            _ => Math.Abs(v) is > 255 and < 65536,
        });
        if (input is { Option: "soc", Offset: 0 } && input.Values == LayerValues.Stocks)
            fills = fills.Append(0);
        return [
            .. fills.Select(v => type.AsStored(v))
                .Where(v => !input.NoData.Contains(v) && input.Values.IsPossible(input.Physical(v)))];
    }

    private static IWatch Create(RasterInput input) => input.Raster.OutputType switch
    {
        CellType.Byte => new Watch<byte>(input),
        CellType.SByte => new Watch<sbyte>(input),
        CellType.UInt16 => new Watch<ushort>(input),
        CellType.Int16 => new Watch<short>(input),
        CellType.UInt32 => new Watch<uint>(input),
        CellType.Int32 => new Watch<int>(input),
        CellType.UInt64 => new Watch<ulong>(input),
        CellType.Int64 => new Watch<long>(input),
        CellType.Float32 => new Watch<float>(input),
        _ => new Watch<double>(input),
    };

    private interface IWatch
    {
        bool Any(ReadOnlySpan<byte> cells);
    }

    private sealed class Watch<T> : IWatch
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        private readonly T _lowest, _highest;
        private readonly T[] _declared, _suspects;

        public Watch(RasterInput input)
        {
            LayerValues values = input.Values;
            double a = (values.Lowest - input.Offset) / input.Scale,
            b = (Math.Min(values.Highest, values.Doubtful) - input.Offset) / input.Scale;
            (double low, double high) = a <= b ? (a, b) : (b, a);
            bool whole = default(T) is not (float or double);

            // Inward, so that no value is missed; those found in vain are sorted out cell by cell.
            _lowest = T.CreateSaturating(whole ? Math.Ceiling(low) : low);
            _highest = T.CreateSaturating(whole ? Math.Floor(high) : high);
            _declared = [.. input.NoData.Where(Holds).Select(T.CreateSaturating).Where(v => v < _lowest || v > _highest)];
            _suspects = [.. Suspects(input).Select(T.CreateSaturating)];
        }

        public bool Any(ReadOnlySpan<byte> cells)
        {
            ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(cells);
            Vector<T> low = new(_lowest), high = new(_highest), any = Vector<T>.Zero;
            int i = 0;
            for (; i <= values.Length - Vector<T>.Count; i += Vector<T>.Count)
            {
                var v = new Vector<T>(values[i..]);
                Vector<T> beyond = Vector.LessThan(v, low) | Vector.GreaterThan(v, high);
                foreach (T fill in _declared)
                    beyond = Vector.AndNot(beyond, Vector.Equals(v, new Vector<T>(fill)));
                foreach (T fill in _suspects)
                    beyond |= Vector.Equals(v, new Vector<T>(fill));
                any |= beyond;
            }

            if (Vector.AsVectorByte(any) != Vector<byte>.Zero)
                return true;
            for (; i < values.Length; i++)
                if (
                    ((values[i] < _lowest || values[i] > _highest) && !_declared.AsSpan().Contains(values[i]))
                        || _suspects.AsSpan().Contains(values[i]))
                    return true;
            return false;
        }

        private static bool Holds(double value) =>
            default(T) is float or double || double.CreateChecked(T.CreateSaturating(value)) == value;
    }
}
