using Ldn.Counting;
using Ldn.Lanes;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Compare;

/// <summary>Numbers for pairs of places, one of either run. Safe for several workers.</summary>
internal sealed class PlacePairs
{
    private readonly Dictionary<(int Before, int After), int> _numbers = [];
    private readonly List<(int Before, int After)> _pairs = [];
    private readonly Lock _growing = new();

    public (int Before, int After) this[int pair] => _pairs[pair];

    public int NumberOf(int before, int after)
    {
        lock (_growing)
        {
            if (_numbers.TryGetValue((before, after), out int number))
                return number;
            _pairs.Add((before, after));
            return _numbers[(before, after)] = _pairs.Count - 1;
        }
    }
}

/// <summary>
/// The pass over the inputs of both runs: per pair of periods a tally of (pair of places, joint code of both), the codes of the
/// run before in the low four bytes (baseline's land and soil, the period's land and soil), those of the run after in the high
/// four; evidence stands in them by its meaning (<see cref="PairRules.LandMeaning"/>). Of baselines the period's are the
/// baseline's.
/// </summary>
internal static class PairPass
{
    /// <param name="plans">Both runs on one grid.</param>
    /// <param name="rules">What their codes mean.</param>
    /// <param name="pairs">Periods, without new ones.</param>
    /// <param name="places">Numbers of pairs of places; added to.</param>
    /// <param name="outputs">One raster a pair, or none.</param>
    /// <param name="classes">Code of a cell in these rasters, by pair of periods, pair of places and joint code.</param>
    /// <param name="threads">Workers.</param>
    /// <param name="memoryBytes">Memory to plan for.</param>
    /// <param name="progress">Told how far the pass has come.</param>
    /// <param name="cancellation">Cancels between two blocks.</param>
    public static Tally[] Run(
        PairedPlans plans, PairRules rules, IReadOnlyList<PeriodPair> pairs, PlacePairs places,
        IReadOnlyList<OpenOutput> outputs, Func<int, int, ulong, byte> classes, int threads, long memoryBytes,
        IProgress<PassProgress>? progress, CancellationToken cancellation)
    {
        IReadOnlyList<Window> units = IndicatorPass.Units(plans.BeforePass);
        int workers = IndicatorPass.Workers(plans.BeforePass, units, outputs, threads, memoryBytes);
        plans.CompleteSeries(units, workers, cancellation);
        PassPlan plan = IndicatorPass.InBands(plans.BeforePass, units, outputs, memoryBytes);
        UnitShape shape = UnitShape.Of(plan, units);
        IReadOnlyList<PairWorker> done = UnitWorkers.Run(
            plan, plans.Wanted, units, shape, workers,
            () => new PairWorker(plan, plans, rules, pairs, places, outputs, classes, shape), PassWork.Of(plan, outputs),
            progress, cancellation);
        Tally[] tallies = [.. pairs.Select(_ => new Tally())];
        foreach (PairWorker worker in done)
            for (int p = 0; p < tallies.Length; p++)
                tallies[p].Merge(worker.Tallies[p]);
        return tallies;
    }
}

/// <summary>One worker of <see cref="PairPass"/>.</summary>
internal sealed class PairWorker : StepWorker
{
    private readonly PairedPlans _plans;
    private readonly PlacePairs _places;
    private readonly IReadOnlyList<OpenOutput> _outputs;
    private readonly Func<int, int, ulong, byte> _classes;
    private readonly SliceEvidence[] _evidence;
    private readonly byte[][] _landMeaning, _soilMeaning;
    private readonly byte[][][] _land, _soil;
    private readonly byte[][][] _planes;
    private readonly RowAreas _areas;
    private readonly int[] _ends;
    private readonly Dictionary<(int, int), int> _known = [];
    private readonly Dictionary<(int Place, ulong Key), byte>[] _classOf;
    private readonly byte[][] _written;

    public PairWorker(
        PassPlan plan, PairedPlans plans, PairRules rules, IReadOnlyList<PeriodPair> pairs, PlacePairs places,
        IReadOnlyList<OpenOutput> outputs, Func<int, int, ulong, byte> classes, UnitShape shape)
        : base(plan, shape, plans.Wanted)
    {
        (_plans, _places, _outputs, _classes) = (plans, places, outputs, classes);
        int slice = shape.SliceCells;
        _evidence = [new SliceEvidence(plans.BeforePass, slice, []), new SliceEvidence(plans.AfterPass, slice, [])];
        _landMeaning = [rules.LandMeaning(0), rules.LandMeaning(1)];
        _soilMeaning = [rules.SoilMeaning(0), rules.SoilMeaning(1)];
        _land = [.. _evidence.Select(e => e.Land.Select(_ => new byte[slice]).ToArray())];
        _soil = [.. _evidence.Select(e => e.Soil.Select(_ => new byte[slice]).ToArray())];
        _planes = [.. pairs.Select(p => new[]
        {
            _land[0][0], _soil[0][0], _land[0][p.Before], _soil[0][p.Before],
            _land[1][0], _soil[1][0], _land[1][p.After], _soil[1][p.After],
        })];
        Tallies = [.. pairs.Select(_ => new Tally())];
        _areas = new RowAreas(plan.Areas, shape.Width);
        _ends = new int[shape.Width];
        _classOf = [.. pairs.Select(_ => new Dictionary<(int, ulong), byte>())];
        _written = [.. outputs.Select(_ => new byte[shape.Width * shape.Rows])];
    }

    public Tally[] Tallies { get; }

    protected override void Begin()
    {
        foreach (byte[] written in _written)
            Array.Clear(written);
    }

    protected override void ProcessSlice(Window unit, Window slice)
    {
        int count = slice.Width * slice.Height;
        for (int run = 0; run < 2; run++)
        {
            _evidence[run].Compute(slice, Cells);
            for (int p = 0; p < _land[run].Length; p++)
            {
                LookUp(_evidence[run].Land[p], _landMeaning[run], _land[run][p].AsSpan(0, count));
                LookUp(_evidence[run].Soil[p], _soilMeaning[run], _soil[run][p].AsSpan(0, count));
            }
        }

        for (int row = 0; row < slice.Height; row++)
        {
            if (Plan.Places.Row(slice.Row + row).IsEmpty)
                continue;
            _areas.Move(slice.Row + row, slice.Column, slice.Width);
            AddRow(slice, row, (slice.Row + row - unit.Row) * slice.Width);
        }
    }

    protected override void End(Window unit)
    {
        var target = new Window(unit.Column - Plan.Extent.Column, unit.Row - Plan.Extent.Row, unit.Width, unit.Height);
        for (int i = 0; i < _outputs.Count; i++)
            _outputs[i].Sink.Write(target, _written[i].AsSpan(0, unit.Width * unit.Height));
    }

    private static void LookUp(byte[] codes, byte[] table, Span<byte> target) =>
        ByteTable.Lookup(codes.AsSpan(0, target.Length), table, table, target);

    /// <summary>Both runs cover the same land, divided otherwise: its parts are where a span of either ends.</summary>
    private void AddRow(Window slice, int row, int written)
    {
        ReadOnlySpan<PlaceSpan> before = Plan.Places.Row(slice.Row + row),
        after = _plans.AfterPass.Places.Row(slice.Row + row);
        int b = PlaceSpans.FirstEndingAfter(before, slice.Column), a = PlaceSpans.FirstEndingAfter(after, slice.Column);
        while (b < before.Length && a < after.Length && before[b].Start < slice.EndColumn && after[a].Start < slice.EndColumn)
        {
            int start = Math.Max(Math.Max(before[b].Start, after[a].Start), slice.Column),
            end = Math.Min(Math.Min(before[b].End, after[a].End), slice.EndColumn);
            if (start < end)
                AddSpan(
                    Place(before[b].Place, after[a].Place), row * slice.Width, start - slice.Column, end - slice.Column, written);
            if (before[b].End < after[a].End)
                b++;
            else
                a++;
        }
    }

    private void AddSpan(int place, int rowStart, int start, int end, int written)
    {
        for (int p = 0; p < Tallies.Length; p++)
        {
            int runs = Runs.Find(_planes[p], rowStart + start, rowStart + end, _ends), from = rowStart + start;
            for (int r = 0; r < runs; r++)
            {
                int to = _ends[r];
                ulong key = Tally.Key(_planes[p], from);
                Tallies[p].Add(place, key, to - from, _areas.Of(from - rowStart, to - rowStart));
                if (p < _written.Length)
                    _written[p].AsSpan(written + from - rowStart, to - from).Fill(Class(p, place, key));
                from = to;
            }
        }
    }

    private byte Class(int pair, int place, ulong key)
    {
        if (!_classOf[pair].TryGetValue((place, key), out byte known))
            _classOf[pair][(place, key)] = known = _classes(pair, place, key);
        return known;
    }

    private int Place(int before, int after)
    {
        if (!_known.TryGetValue((before, after), out int number))
            _known[(before, after)] = number = _places.NumberOf(before, after);
        return number;
    }
}
