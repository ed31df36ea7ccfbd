using System.Runtime.InteropServices;
using Ldn.Conditions;
using Ldn.Grids;
using Ldn.Kernels;
using Ldn.Zones;

namespace Ldn.Passes;

/// <summary>
/// One worker of the pass. A unit is a window of the run's grid; it is read in steps of rows and computed in slices that stay in the
/// processor's cache. All buffers belong to the worker and are made once.
/// </summary>
internal sealed class PassWorker : IDisposable
{
    private const int SliceCellsGoal = 16 * 1024;

    private readonly PassPlan _plan;
    private readonly IReadOnlyList<OutputPlan> _outputs;
    private readonly AlignedRaster[] _readers;
    private readonly byte[][] _cells;
    private readonly byte[]?[] _outside;
    private readonly bool[] _inside;
    private readonly SliceEvidence _evidence;
    private readonly SliceTally _tally;
    private readonly byte[][] _indicator;
    private readonly byte[] _scratch;
    private readonly float[] _continuous;
    private readonly byte[][] _written;
    private readonly int _stepRows;
    private readonly int _sliceRows;

    public PassWorker(PassPlan plan, IReadOnlyList<OutputPlan> outputs, int unitWidth, int unitRows, int stepRows)
    {
        _plan = plan;
        _outputs = outputs;
        _stepRows = stepRows;
        _sliceRows = Math.Clamp(SliceCellsGoal / unitWidth, 1, stepRows);
        int step = unitWidth * stepRows, slice = unitWidth * _sliceRows;
        _readers = [.. plan.Inputs.Select(i => i.Raster.Fork())];
        _cells = [.. plan.Inputs.Select(i => new byte[step * i.Raster.OutputType.Size()])];
        _outside = new byte[]?[_readers.Length];
        _inside = new bool[_readers.Length];
        _indicator = [.. plan.Periods.Select(_ => new byte[slice])];
        _scratch = new byte[slice];
        _continuous = new float[outputs.Any(o => o.IsContinuous) ? slice : 0];
        _written = [.. outputs.Select(o => new byte[unitWidth * unitRows * o.CellSize])];
        Result = PassResult.Empty(plan);
        _evidence = new SliceEvidence(plan, slice);
        _tally = new SliceTally(plan, Result, _evidence, unitWidth);
    }

    public PassResult Result { get; }

    /// <summary>Reads, computes and writes one unit.</summary>
    public void Process(Window unit, CancellationToken cancellation)
    {
        for (int i = 0; i < _outputs.Count; i++)
        {
            if (_outputs[i].IsContinuous)
                MemoryMarshal.Cast<byte, float>(_written[i].AsSpan()).Fill(float.NaN);
            else
                Array.Clear(_written[i]);
        }

        bool any = false;
        for (int row = unit.Row; row < unit.EndRow; row += _stepRows)
        {
            cancellation.ThrowIfCancellationRequested();
            var step = new Window(unit.Column, row, unit.Width, Math.Min(_stepRows, unit.EndRow - row));
            if (!_plan.Places.Touches(step))
                continue;
            any = true;
            Read(step, cancellation);
            for (int first = 0; first < step.Height; first += _sliceRows)
                ProcessSlice(unit, step, first, Math.Min(_sliceRows, step.Height - first));
        }

        if (!any)
            return;
        for (int i = 0; i < _outputs.Count; i++)
        {
            if (_outputs[i].Signed)
                ConditionEncoding.Sign(_written[i], unit.Width * unit.Height);
            _outputs[i].Sink.Write(
                new Window(unit.Column - _plan.Extent.Column, unit.Row - _plan.Extent.Row, unit.Width, unit.Height),
                _written[i].AsSpan(0, unit.Width * unit.Height * _outputs[i].CellSize));
        }
    }

    public void Dispose()
    {
        foreach (AlignedRaster reader in _readers)
            reader.Dispose();
    }

    private void Read(Window step, CancellationToken cancellation)
    {
        int count = step.Width * step.Height;
        for (int i = 0; i < _readers.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            byte[] outside = _outside[i] ??= new byte[_scratch.Length / _sliceRows * _stepRows];
            int size = _readers[i].OutputType.Size();
            _inside[i] = _readers[i].Read(step, _cells[i].AsSpan(0, count * size), outside.AsSpan(0, count));
            Result.Covered[i] |= _inside[i] || outside.AsSpan(0, count).Contains((byte)0);
        }
    }

    private SliceCells Cells(int input, int offset, int count)
    {
        int size = _readers[input].OutputType.Size();
        return new SliceCells(
            _cells[input].AsSpan(offset * size, count * size),
            _inside[input] ? default : _outside[input].AsSpan(offset, count));
    }

    private void ProcessSlice(Window unit, Window step, int firstRow, int rows)
    {
        int width = step.Width, offset = firstRow * width, count = rows * width;
        var slice = new Window(step.Column, step.Row + firstRow, width, rows);
        if (!_plan.Places.Touches(slice))
            return;
        _evidence.Compute(slice, input => Cells(input, offset, count));
        if (_evidence.Suspicious)
            _tally.CountUnmapped(slice, input => Cells(input, offset, count));
        for (int p = 0; p < _plan.Periods.Count; p++)
        {
            IndicatorKernel.Indicator(
                _evidence.Land[p].AsSpan(0, count), _evidence.Soil[p].AsSpan(0, count), _indicator[p].AsSpan(0, count), _plan.Tables);
            Correct(slice, p, null, _indicator[p]);
        }

        _evidence.Quantise(count, input => Cells(input, offset, count));
        _tally.Add(slice, _indicator);
        int target = (slice.Row - unit.Row) * width;
        for (int i = 0; i < _outputs.Count; i++)
        {
            if (_outputs[i].IsContinuous)
                WriteContinuous(_outputs[i], slice, MemoryMarshal.Cast<byte, float>(_written[i].AsSpan()).Slice(target, count), input => Cells(input, offset, count));
            else
                Write(_outputs[i], slice, count, _written[i].AsSpan(target, count));
        }
    }

    private void Write(OutputPlan output, Window slice, int count, Span<byte> target)
    {
        Span<byte> values = _scratch.AsSpan(0, count);
        int p = output.Index;
        ReadOnlySpan<byte> land = _evidence.Land[p].AsSpan(0, count), soil = _evidence.Soil[p].AsSpan(0, count);
        switch (output.Kind)
        {
            case OutputKind.Indicator:
                _indicator[p].AsSpan(0, count).CopyTo(values);
                break;
            case OutputKind.LandCover:
                IndicatorKernel.LandCover(land, values, _plan.Tables);
                Correct(slice, p, SubIndicator.LandCover, _scratch);
                break;
            case OutputKind.Productivity:
                IndicatorKernel.Productivity(land, values, _plan.Tables);
                Correct(slice, p, SubIndicator.Productivity, _scratch);
                break;
            case OutputKind.SoilCarbon:
                IndicatorKernel.SoilCarbon(land, soil, values, _plan.Tables);
                Correct(slice, p, SubIndicator.SoilCarbon, _scratch);
                break;
            case OutputKind.Lpd:
                for (int i = 0; i < values.Length; i++)
                    values[i] = (land[i] & Evidence.WaterBit) != 0 ? (byte)0 : _plan.LpdClasses[Evidence.Productivity(land[i])];
                break;
            default:
                IndicatorKernel.Status(_indicator[0].AsSpan(0, count), _indicator[p].AsSpan(0, count), values, _plan.StatusRule);
                break;
        }

        CopyInside<byte>(slice, values, target);
    }

    private void WriteContinuous(OutputPlan output, Window slice, Span<float> target, CellsOf cells)
    {
        Span<float> values = _continuous.AsSpan(0, target.Length);
        if (output.Kind == OutputKind.Stock)
            _evidence.Stocks.Write(output.Index, cells, values);
        else
            _evidence.Stocks.WriteChange(_plan.Periods[output.Index].SoilCarbon!, cells, values);
        CopyInside<float>(slice, values, target);
    }

    /// <summary>Copies what lies inside some zone.</summary>
    private void CopyInside<T>(Window slice, ReadOnlySpan<T> values, Span<T> target)
    {
        for (int row = 0; row < slice.Height; row++)
        {
            foreach (PlaceSpan span in _plan.Places.Row(slice.Row + row))
            {
                int start = Math.Max(span.Start, slice.Column), end = Math.Min(span.End, slice.EndColumn);
                if (start < end)
                {
                    int at = (row * slice.Width) + start - slice.Column;
                    values.Slice(at, end - start).CopyTo(target[at..]);
                }
            }
        }
    }

    /// <summary>Applies the corrections of a period, in place, where a place has any.</summary>
    private void Correct(Window slice, int period, SubIndicator? layer, byte[] conditions)
    {
        if (_plan.Recodes.Count == 0)
            return;
        for (int row = 0; row < slice.Height; row++)
        {
            foreach (PlaceSpan span in _plan.Places.Row(slice.Row + row))
            {
                if (_plan.Recodes[span.Place] is not { } recode)
                    continue;
                int start = Math.Max(span.Start, slice.Column), end = Math.Min(span.End, slice.EndColumn);
                for (int i = (row * slice.Width) + start - slice.Column; start < end; start++, i++)
                {
                    Outcome outcome = recode.Apply(_plan.Tables, period, _evidence.Land[period][i], _evidence.Soil[period][i]);
                    bool blank = outcome.Water && (_plan.Tables.MaskWater || layer is null or SubIndicator.SoilCarbon);
                    conditions[i] = blank ? (byte)0 : (byte)(layer is { } sub ? outcome.Of(sub) : outcome.Indicator);
                }
            }
        }
    }
}
