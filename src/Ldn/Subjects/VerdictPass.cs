using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Questions;
using Ldn.Rasters;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Subjects;

/// <summary>
/// A raster of verdicts being written: the period, the verdict of each place and code that has one, and where it goes.
/// </summary>
internal sealed record VerdictOutput(
    int Period, IReadOnlyDictionary<(int Place, ulong Code), TypeVerdict> Verdicts, IRasterSink Sink);

/// <summary>
/// The stage after the pass that paints each land type with its verdict, which is known only when all is counted: reads the
/// rasters of the land types and the water of each period's first year, nothing else.
/// </summary>
internal static class VerdictPass
{
    /// <param name="plan">The plan of the run.</param>
    /// <param name="rasters">The plane of the land types' rasters; null where polygons alone tell them.</param>
    /// <param name="units">Units of the run.</param>
    /// <param name="outputs">Rasters to fill; they are not completed here.</param>
    /// <param name="threads">Workers.</param>
    /// <param name="cancellation">Cancels between two blocks.</param>
    public static void Run(
        PassPlan plan, CombinationPlane? rasters, IReadOnlyList<Window> units, IReadOnlyList<VerdictOutput> outputs, int threads,
        CancellationToken cancellation)
    {
        UnitShape shape = UnitShape.Of(plan, units);
        _ = UnitWorkers.Run(
            plan, VerdictWorker.Wanted(plan, rasters, outputs), units, shape, threads,
            () => new VerdictWorker(plan, shape, rasters, outputs), null, null, cancellation);
    }
}

/// <summary>One worker of the stage.</summary>
internal sealed class VerdictWorker : StepWorker
{
    private readonly IReadOnlyList<VerdictOutput> _outputs;
    private readonly CombinationReader? _rasters;
    private readonly byte[] _baselineWater;
    private readonly byte[] _water;
    private readonly byte[][] _written;

    public VerdictWorker(PassPlan plan, UnitShape shape, CombinationPlane? rasters, IReadOnlyList<VerdictOutput> outputs)
        : base(plan, shape, Wanted(plan, rasters, outputs))
    {
        _outputs = outputs;
        _rasters = rasters is null ? null : new CombinationReader(plan, rasters, shape.SliceCells);
        _baselineWater = new byte[shape.SliceCells];
        _water = new byte[shape.SliceCells];
        _written = [.. outputs.Select(_ => new byte[shape.Width * shape.Rows])];
    }

    protected override void Begin()
    {
        foreach (byte[] written in _written)
            Array.Clear(written);
    }

    protected override void End(Window unit)
    {
        var target = new Window(unit.Column - Plan.Extent.Column, unit.Row - Plan.Extent.Row, unit.Width, unit.Height);
        for (int i = 0; i < _outputs.Count; i++)
            _outputs[i].Sink.Write(target, _written[i].AsSpan(0, unit.Width * unit.Height));
    }

    protected override void ProcessSlice(Window unit, Window slice)
    {
        int count = slice.Width * slice.Height;
        ReadOnlySpan<ulong> codes = _rasters is null ? default : _rasters.Read(slice, Cells);
        Water(Plan.Periods[0], _baselineWater.AsSpan(0, count));
        for (int i = 0; i < _outputs.Count; i++)
        {
            Water(Plan.Periods[_outputs[i].Period], _water.AsSpan(0, count));
            Span<byte> written = _written[i].AsSpan((slice.Row - unit.Row) * slice.Width, count);
            foreach (PlaceRun run in Plan.Places.Inside(slice))
                Paint(_outputs[i], run, codes, written);
        }
    }

    private void Paint(VerdictOutput output, PlaceRun run, ReadOnlySpan<ulong> codes, Span<byte> written)
    {
        ulong last = ulong.MaxValue;
        byte verdict = 0;
        for (int i = run.Start; i < run.End; i++)
        {
            ulong code = codes.IsEmpty ? 0 : codes[i];
            if (code != last)
                (last, verdict) = (code, (byte)output.Verdicts.GetValueOrDefault((run.Place, code)));
            written[i] = ((_baselineWater[i] | _water[i]) & Evidence.WaterBit) != 0 ? (byte)0 : verdict;
        }
    }

    internal static HashSet<int> Wanted(PassPlan plan, CombinationPlane? rasters, IReadOnlyList<VerdictOutput> outputs) =>
        [.. rasters?.Rasters.Select(r => r.Input) ?? [],
            .. WaterInputs(plan, outputs.Select(o => plan.Periods[o.Period]).Prepend(plan.Periods[0]))];
}

/// <summary>
/// Writes <c>neutrality_&lt;period&gt;.tif</c>: each land type in the colour of its verdict in the zone a cell lies in.
/// </summary>
internal static class VerdictRasters
{
    /// <summary>Does nothing where there is no reporting period, or the rasters are not asked for.</summary>
    public static void Write(LandTypes types, LateRasters to)
    {
        Job job = to.Counted.Job;
        if (job.Periods.Count == 1 || !job.Outputs.Rasters.HasFlag(RasterOutputs.Neutrality))
            return;
        var outputs = new List<VerdictOutput>();
        try
        {
            for (int p = 1; p < job.Periods.Count; p++)
            {
                string id = job.Periods[p].Id;
                outputs.Add(new VerdictOutput(
                    p, Verdicts(to.Counted, types, p),
                    to.Create(NeutralityRasters.Verdict, id, $"neutrality of the land type in its zone, {id}")));
            }

            VerdictPass.Run(to.Pass, types.Rasters, IndicatorPass.Units(to.Pass), outputs, to.Threads, to.Cancellation);
            foreach (VerdictOutput output in outputs)
                output.Sink.Complete();
        }
        finally
        {
            foreach (VerdictOutput output in outputs)
                output.Sink.Dispose();
        }
    }

    /// <summary>
    /// The verdict of every place and code that occurs; a cell in several zones takes that of the first in the order of the
    /// tables.
    /// </summary>
    private static Dictionary<(int Place, ulong Code), TypeVerdict> Verdicts(RunStatistics run, LandTypes types, int period)
    {
        var verdicts = new Dictionary<(int Place, ulong Code), TypeVerdict>();
        LandTypeBalances balances = LandTypeBalances.Of(run, types, period)!;
        Answer answer = run.Answer(LandTypesInquiry.Question(run.Job.Periods[period].Id))!;
        foreach (TallyRow row in answer.Rows)
        {
            ulong code = types.Rasters is null ? 0 : answer.Code(row, 1);
            if (types.Of(row.Place, code) is { } type && run.ZonesOf(row) is [int zone, ..])
                verdicts[(row.Place, code)] = balances.Verdict(zone, type) switch
                {
                    NeutralityVerdict.Neutral => TypeVerdict.Neutral,
                    NeutralityVerdict.NotNeutral => TypeVerdict.NotNeutral,
                    _ => TypeVerdict.None,
                };
        }

        return verdicts;
    }
}
