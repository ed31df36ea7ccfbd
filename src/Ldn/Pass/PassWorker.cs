using System.Runtime.InteropServices;
using Ldn.Indicator;
using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Pass;

/// <summary>One worker of the pass: conditions, tallies and outputs of each unit.</summary>
internal sealed class PassWorker : StepWorker
{
    private readonly IReadOnlyList<OpenOutput> _outputs;
    private readonly SliceEvidence _evidence;
    private readonly SliceTally _tally;
    private readonly SliceQuestions? _questions;
    private readonly SliceAtHand _slice;
    private readonly OutputSlice _outputSlice;
    private readonly ValueWatch _watch;
    private readonly byte[][] _indicator;
    private readonly byte[] _classes;
    private readonly float[] _values;
    private readonly byte[][] _written;

    public PassWorker(PassPlan plan, IReadOnlyList<OpenOutput> outputs, UnitShape shape)
        : base(plan, shape, Wanted(plan))
    {
        _outputs = outputs;
        int slice = shape.SliceCells;
        _indicator = [.. plan.Periods.Select(_ => new byte[slice])];
        _classes = new byte[slice];
        _values = new float[outputs.Any(o => o.Output.Kind.HoldsValues) ? slice : 0];
        _written = [.. outputs.Select(o => new byte[shape.Width * shape.Rows * o.Output.CellSize])];
        Result = PassResult.Empty(plan);
        _watch = new ValueWatch(plan, Wanted(plan), shape.Width);
        _evidence = new SliceEvidence(plan, slice, outputs);
        _slice = new SliceAtHand(_evidence, _indicator, Cells);
        _questions = plan.Questions.Count > 0 ? new SliceQuestions(plan, Result, _slice, slice, shape.Width) : null;
        _tally = new SliceTally(plan, Result, _evidence, _questions, shape.Width);
        _outputSlice = new OutputSlice(plan, _slice, _questions);
    }

    public PassResult Result { get; }

    public override void Dispose()
    {
        _questions?.Dispose();
        base.Dispose();
    }

    /// <summary>
    /// The inputs that the pass reads: all, but for a series of which the first stage has left what it came to.
    /// </summary>
    internal static HashSet<int> Wanted(PassPlan plan) =>
        [.. Enumerable.Range(0, plan.Inputs.Count).Except(plan.Spool is null ? [] : plan.Series[0].YearInputs)];

    protected override void Begin()
    {
        for (int i = 0; i < _outputs.Count; i++)
        {
            if (_outputs[i].Output.Kind.HoldsValues)
                MemoryMarshal.Cast<byte, float>(_written[i].AsSpan()).Fill(float.NaN);
            else
                Array.Fill(_written[i], _outputs[i].Output.Kind.NoData);
        }
    }

    protected override void ProcessSlice(Window unit, Window slice)
    {
        int count = slice.Width * slice.Height;
        _slice.Window = slice;
        _evidence.Compute(slice, Cells);
        _watch.Count(slice, Cells, _evidence.Suspicious, Result.Finds);
        for (int p = 0; p < Plan.Periods.Count; p++)
        {
            IndicatorKernel.Indicator(
                _evidence.Land[p].AsSpan(0, count), _evidence.Soil[p].AsSpan(0, count), _indicator[p].AsSpan(0, count),
                Plan.Tables);
            _outputSlice.Correct(p, null, _indicator[p]);
        }

        _evidence.Quantise(count, Cells);
        _questions?.Fill(slice);
        _tally.Add(slice, _indicator);
        int target = (slice.Row - unit.Row) * slice.Width;
        for (int i = 0; i < _outputs.Count; i++)
        {
            if (_outputs[i].Output.Fill.Values is { } values)
            {
                values(_outputSlice, _values.AsSpan(0, count));
                CopyInside<float>(slice, _values, MemoryMarshal.Cast<byte, float>(_written[i].AsSpan())[target..]);
            }
            else
            {
                _outputs[i].Output.Fill.Classes!(_outputSlice, _classes.AsSpan(0, count));
                CopyInside<byte>(slice, _classes, _written[i].AsSpan(target));
            }
        }
    }

    protected override void End(Window unit)
    {
        _tally.Flush();
        for (int i = 0; i < Result.Covered.Length; i++)
            Result.Covered[i] |= Covered[i] || (Plan.Spool?.Covered[i] ?? false);
        var target = new Window(unit.Column - Plan.Extent.Column, unit.Row - Plan.Extent.Row, unit.Width, unit.Height);
        int count = unit.Width * unit.Height;
        for (int i = 0; i < _outputs.Count; i++)
        {
            if (_outputs[i].Output.Signed)
                ConditionEncoding.Sign(_written[i], count);
            _outputs[i].Sink.Write(target, _written[i].AsSpan(0, count * _outputs[i].Output.CellSize));
        }
    }

    /// <summary>Copies what lies inside some zone.</summary>
    private void CopyInside<T>(Window slice, ReadOnlySpan<T> values, Span<T> target)
    {
        foreach (PlaceRun run in Plan.Places.Inside(slice))
            values[run.Start..run.End].CopyTo(target[run.Start..]);
    }
}
