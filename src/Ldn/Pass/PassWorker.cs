using System.Runtime.InteropServices;
using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Rasters;
using Ldn.Subjects;
using Ldn.Zones;

namespace Ldn.Pass;

/// <summary>
/// One worker of the pass. A unit is a window of the run's grid; it is read in steps of rows and computed in slices that stay in the
/// processor's cache. All buffers belong to the worker and are made once.
/// </summary>
internal sealed class PassWorker : IUnitWorker
{
    private readonly PassPlan _plan;
    private readonly IReadOnlyList<OutputPlan> _outputs;
    private readonly UnitShape _shape;
    private readonly StepReader _reader;
    private readonly SliceEvidence _evidence;
    private readonly SliceTally _tally;
    private readonly SliceStrata? _strata;
    private readonly byte[][] _indicator;
    private readonly byte[] _scratch;
    private readonly float[] _continuous;
    private readonly byte[][] _written;
    private readonly NeutralityRasters _neutrality;

    public PassWorker(PassPlan plan, IReadOnlyList<OutputPlan> outputs, UnitShape shape)
    {
        (_plan, _outputs, _shape) = (plan, outputs, shape);
        int slice = shape.SliceCells;
        _indicator = [.. plan.Periods.Select(_ => new byte[slice])];
        _scratch = new byte[slice];
        _continuous = new float[outputs.Any(o => o.IsContinuous) ? slice : 0];
        _written = [.. outputs.Select(o => new byte[shape.Width * shape.Rows * o.CellSize])];
        _neutrality = new NeutralityRasters(plan.StatusRule);
        Result = PassResult.Empty(plan);
        _evidence = new SliceEvidence(plan, slice, outputs);
        _reader = new StepReader(plan, shape.StepCells, Wanted(plan));
        _strata = plan.Strata is { } strata
            ? new SliceStrata(plan, strata, Result, new SliceAtHand(_evidence, _indicator, _reader.Cells), slice, shape.Width) : null;
        _tally = new SliceTally(plan, Result, _evidence, _strata, shape.Width);
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
        for (int row = unit.Row; row < unit.EndRow; row += _shape.StepRows)
        {
            cancellation.ThrowIfCancellationRequested();
            var step = new Window(unit.Column, row, unit.Width, Math.Min(_shape.StepRows, unit.EndRow - row));
            if (!_plan.Places.Touches(step))
                continue;
            any = true;
            _reader.Read(step, cancellation);
            for (int first = 0; first < step.Height; first += _shape.SliceRows)
                ProcessSlice(unit, step, first, Math.Min(_shape.SliceRows, step.Height - first));
        }

        if (!any)
            return;
        _tally.Flush();
        for (int i = 0; i < Result.Covered.Length; i++)
            Result.Covered[i] |= _reader.Covered[i] || (_plan.Series?.Spool?.Covered[i] ?? false);
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
        _strata?.Dispose();
        _reader.Dispose();
    }

    /// <summary>The inputs that the pass reads: all, but for a series of which the first stage has left what it came to.</summary>
    internal static HashSet<int> Wanted(PassPlan plan) =>
        [.. Enumerable.Range(0, plan.Inputs.Count).Except(plan.Series is { Spool: not null } series ? series.YearInputs : [])];

    private void ProcessSlice(Window unit, Window step, int firstRow, int rows)
    {
        int width = step.Width, offset = firstRow * width, count = rows * width;
        var slice = new Window(step.Column, step.Row + firstRow, width, rows);
        if (!_plan.Places.Touches(slice))
            return;
        _reader.Move(offset, count);
        _evidence.Compute(slice, _reader.Cells);
        if (_evidence.Suspicious)
            _tally.CountUnmapped(slice, _reader.Cells);
        for (int p = 0; p < _plan.Periods.Count; p++)
        {
            IndicatorKernel.Indicator(
                _evidence.Land[p].AsSpan(0, count), _evidence.Soil[p].AsSpan(0, count), _indicator[p].AsSpan(0, count), _plan.Tables);
            Correct(slice, p, null, _indicator[p]);
        }

        _evidence.Quantise(count, _reader.Cells);
        _strata?.Fill(slice);
        _tally.Add(slice, _indicator);
        int target = (slice.Row - unit.Row) * width;
        for (int i = 0; i < _outputs.Count; i++)
        {
            if (_outputs[i].IsContinuous)
                WriteContinuous(_outputs[i], slice, MemoryMarshal.Cast<byte, float>(_written[i].AsSpan()).Slice(target, count), _reader.Cells);
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
            case OutputKind.GainsLosses:
                IndicatorKernel.Status(_indicator[0].AsSpan(0, count), _indicator[p].AsSpan(0, count), values, _plan.StatusRule);
                _neutrality.GainsAndLosses(values);
                break;
            case OutputKind.Response:
                _neutrality.Responses(_strata!.Planes(Questions.Response(_plan.Periods[p].Period.Id)), p, values);
                break;
            case OutputKind.Trend or OutputKind.State or OutputKind.Performance:
                _evidence.Series!.Planes(p).Conditions(output.Kind)[..count].CopyTo(values);
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
        else if (output.Kind != OutputKind.StockChange)
            _evidence.Series!.Planes(output.Index).Write(output.Kind, values);
        else
            _evidence.Stocks.WriteChange(_plan.Periods[output.Index].SoilCarbon!, cells, values);
        CopyInside<float>(slice, values, target);
    }

    /// <summary>Copies what lies inside some zone.</summary>
    private void CopyInside<T>(Window slice, ReadOnlySpan<T> values, Span<T> target)
    {
        foreach (PlaceRun run in _plan.Places.Inside(slice))
            values[run.Start..run.End].CopyTo(target[run.Start..]);
    }

    /// <summary>Applies the corrections of a period, in place, where a place has any.</summary>
    private void Correct(Window slice, int period, SubIndicator? layer, byte[] conditions)
    {
        if (_plan.Recodes.Count == 0)
            return;
        foreach (PlaceRun run in _plan.Places.Inside(slice))
        {
            if (_plan.Recodes[run.Place] is not { } recode)
                continue;
            for (int i = run.Start; i < run.End; i++)
            {
                Outcome outcome = recode.Apply(_plan.Tables, period, _evidence.Land[period][i], _evidence.Soil[period][i]);
                bool blank = outcome.Water && (_plan.Tables.MaskWater || layer is null or SubIndicator.SoilCarbon);
                conditions[i] = blank ? (byte)0 : (byte)(layer is { } sub ? outcome.Of(sub) : outcome.Indicator);
            }
        }
    }
}
