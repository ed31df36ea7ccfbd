using System.Diagnostics.CodeAnalysis;
using Ldn.Rasters;

namespace Ldn.Pass;

/// <summary>
/// Brings the blocks of remote inputs near before workers ask for them. One thread goes through the units as workers will, over
/// sources without cells that note which blocks are asked of them; others fetch these, neighbours in the file by one request,
/// several requests at once. A worker waits for the fetches of its unit alone. What does not come, and units of more bytes than
/// stay near, are fetched block by block by who reads them, whose tries and errors count.
/// </summary>
internal sealed class ReadAhead : IDisposable
{
    /// <summary>Bytes of a request: so many that waiting for its answer costs little beside sending it.</summary>
    private const long LongestRequest = 1 << 20;

    /// <summary>Bytes between two blocks that are fetched with them rather than by two requests.</summary>
    private const long SmallGap = 16 << 10;

    /// <summary>Fetches that may fail before all is left to the workers.</summary>
    private const int MostFailures = 8;

    /// <summary>Bytes that are kept at most, however many may be.</summary>
    private const long MostKept = 256 << 20;

    private const int LargestCell = 8;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    private readonly PassPlan _plan;
    private readonly IReadOnlyList<Window> _units;
    private readonly UnitShape _shape;
    private readonly Input[] _inputs;
    private readonly Func<Window, bool> _needed;
    private readonly long _most;
    private readonly Thread[] _threads;

    // Everything below is guarded by the gate, which is pulsed at every change.
    private readonly object _gate = new();
    private readonly Unit[] _states;
    private readonly Dictionary<(string File, long Start), Request> _underWay = [];
    private readonly Queue<Request> _queue = new();
    private long _held;
    private int _failures;
    private bool _planned, _over;

    private ReadAhead(PassPlan plan, IReadOnlyList<Window> units, UnitShape shape, Input[] inputs)
    {
        (_plan, _units, _shape, _inputs, _needed) = (plan, units, shape, inputs, plan.Needed());
        // What is read counts as new, so that until its turn a block sees twice as many bytes go by as are held.
        _most = inputs.Min(i => Kept(i.Fetcher)) / 5 * 2;
        _states = [.. units.Select(_ => new Unit())];
        _threads = [new Thread(Plan), .. Enumerable.Range(0, FewAtOnce.Most).Select(_ => new Thread(FetchAll))];
        foreach (Thread thread in _threads)
            thread.Start();
    }

    /// <summary>Begins to read ahead of the workers of some units; null where no input that they read lies far away.</summary>
    public static ReadAhead? Start(PassPlan plan, IReadOnlyList<Window> units, UnitShape shape, IReadOnlySet<int> wanted)
    {
        Input[] inputs = units.Count == 0 ? []
            : [.. wanted.Order().Select(i => Input.Of(plan.Inputs[i].Raster)).OfType<Input>()];
        if (inputs.Length == 0)
            return null;
        // Each asks its server for a directory, which the workers' own handles then find near.
        FewAtOnce.Select(inputs, i => i.RangesOf([(0, 0)]).Count);
        return new ReadAhead(plan, units, shape, inputs);
    }

    /// <summary>Memory that reading ahead takes, 0 where no input lies far away.</summary>
    public static long BytesOf(PassPlan plan)
    {
        long holds = 0;
        foreach (RasterInput input in plan.Inputs)
            using (IBlockFetcher? fetcher = input.Raster.OpenFetcher())
                holds = Math.Max(holds, fetcher is null ? 0 : Kept(fetcher));
        return holds == 0 ? 0 : holds + (2 * FewAtOnce.Most * LongestRequest);
    }

    private static long Kept(IBlockFetcher fetcher) => Math.Min(fetcher.Holds, MostKept);

    /// <summary>Waits until what a unit needs is near, or known not to come.</summary>
    public void Reach(int unit, CancellationToken cancellation)
    {
        lock (_gate)
        {
            while (!_over && !(_states[unit].IsPlanned && _states[unit].Awaited == 0))
            {
                cancellation.ThrowIfCancellationRequested();
                Monitor.Wait(_gate, s_look);
            }
        }
    }

    /// <summary>Told that nobody reads a unit any more.</summary>
    public void Leave(int unit) => Change(() => (_held, _states[unit].Bytes) = (_held - _states[unit].Bytes, 0));

    public void Dispose()
    {
        Change(() => _over = true);
        foreach (Thread thread in _threads)
            thread.Join();
        foreach (Input input in _inputs)
            input.Dispose();
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            Monitor.PulseAll(_gate);
        }
    }

    private void Plan()
    {
        try
        {
            PlanAll();
            Change(() => _planned = true);
        }
        catch (Exception)
        {
            // Whoever reads the same meets the same, and says it better.
            Change(() => _over = true);
        }
    }

    private void PlanAll()
    {
        byte[] cells = new byte[_shape.StepCells * LargestCell], outside = new byte[_shape.StepCells];
        var batch = new List<(int Unit, Piece[] Pieces)>();
        long inBatch = 0, goal = Math.Min(LongestRequest, _most / 2);
        for (int unit = 0; unit < _units.Count; unit++)
        {
            Piece[] pieces = Rehearse(_units[unit], cells, outside);
            long bytes = pieces.Sum(p => p.Range.Count);
            // Of no bytes, or more than stay near: its workers need not wait, and the batch would not grow by it.
            bool alone = bytes == 0 || bytes > _most;
            if (batch.Count > 0 && (alone || inBatch + bytes > goal))
            {
                Send(batch);
                batch.Clear();
                // The first are small, so that work begins; the others have the time to be long.
                (inBatch, goal) = (0, Math.Min(2 * goal, _most / 2));
            }

            if (alone)
            {
                Send([(unit, [])]);
                continue;
            }

            if (batch.Count == 0 && !WaitForRoom(Math.Max(bytes, goal)))
                return;
            lock (_gate)
                (_held, _states[unit].Bytes) = (_held + bytes, bytes);
            batch.Add((unit, pieces));
            inBatch += bytes;
        }

        Send(batch);
    }

    /// <summary>Where the blocks lie that a unit needs.</summary>
    private Piece[] Rehearse(Window unit, byte[] cells, byte[] outside)
    {
        var pieces = new List<Piece>();
        foreach (Input input in _inputs)
        {
            input.Blocks.Clear();
            for (int row = unit.Row; row < unit.EndRow; row += _shape.StepRows)
            {
                var step = new Window(unit.Column, row, unit.Width, Math.Min(_shape.StepRows, unit.EndRow - row));
                if (_plan.Places.Touches(step))
                    input.Reader.Read(step, cells, outside, _needed);
            }

            pieces.AddRange(input.RangesOf(input.Blocks.Asked).Select(r => new Piece(input.Fetcher, r)));
        }

        return [.. pieces];
    }

    /// <summary>
    /// Waits until so many bytes may be held beside those of other units; false where nothing more is to be fetched.
    /// </summary>
    private bool WaitForRoom(long bytes)
    {
        lock (_gate)
        {
            while (!_over && _held + bytes > _most)
                Monitor.Wait(_gate);
            return !_over;
        }
    }

    /// <summary>Asks for what some units need, neighbours together.</summary>
    private void Send(List<(int Unit, Piece[] Pieces)> batch)
    {
        lock (_gate)
        {
            Request? last = null;
            foreach ((int unit, Piece piece) in batch.SelectMany(b => b.Pieces.Select(p => (b.Unit, Piece: p)))
                .OrderBy(p => p.Piece.Range.File, StringComparer.Ordinal).ThenBy(p => p.Piece.Range.Start))
            {
                (string file, long start, long end) = (piece.Range.File, piece.Range.Start, piece.Range.End);
                // Another unit's, on its way: once is enough.
                if (_underWay.TryGetValue((file, start), out Request? same))
                {
                    Await(same, unit);
                    continue;
                }

                if (last is null || last.Range.File != file || start - last.Range.End > SmallGap
                    || Math.Max(end, last.Range.End) - last.Range.Start > LongestRequest)
                    _queue.Enqueue(last = new Request(piece));
                last.Range = last.Range with { Count = Math.Max(end, last.Range.End) - last.Range.Start };
                last.Starts.Add(start);
                _underWay.Add((file, start), last);
                Await(last, unit);
            }

            foreach ((int unit, _) in batch)
                _states[unit].IsPlanned = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void Await(Request request, int unit)
    {
        if (request.Units.Add(unit))
            _states[unit].Awaited++;
    }

    private void FetchAll()
    {
        while (TryTake(out Request? request))
        {
            bool came = false;
            try
            {
                came = request.By.Fetch(request.Range);
            }
            catch (Exception)
            {
                // As if it had not come: whoever reads it says what is amiss.
            }

            Finish(request, came);
        }
    }

    private bool TryTake([NotNullWhen(true)] out Request? request)
    {
        lock (_gate)
        {
            while (!_over && _queue.Count == 0 && !_planned)
                Monitor.Wait(_gate);
            request = null;
            return !_over && _queue.TryDequeue(out request);
        }
    }

    private void Finish(Request request, bool came) => Change(() =>
    {
        foreach (int unit in request.Units)
            _states[unit].Awaited--;
        foreach (long start in request.Starts)
            _underWay.Remove((request.Range.File, start));
        _over |= !came && ++_failures >= MostFailures;
    });

    /// <summary>A remote input, read without cells.</summary>
    private sealed record Input(AlignedRaster Reader, BlockRecorder Blocks, IBlockFetcher Fetcher) : IDisposable
    {
        public static Input? Of(AlignedRaster raster)
        {
            if (raster.OpenFetcher() is not { } fetcher)
                return null;
            BlockRecorder blocks = raster.Recorder();
            return new Input(raster.Over(blocks), blocks, fetcher);
        }

        public List<ByteRange> RangesOf(IEnumerable<(int Column, int Row)> blocks)
        {
            var ranges = new List<ByteRange>();
            foreach ((int column, int row) in blocks)
                Fetcher.AddRanges(column, row, ranges);
            return ranges;
        }

        public void Dispose()
        {
            Reader.Dispose();
            Fetcher.Dispose();
        }
    }

    /// <summary>Bytes of a unit, and who fetches them.</summary>
    private readonly record struct Piece(IBlockFetcher By, ByteRange Range);

    /// <summary>How far a unit has come: its bytes as long as they are needed, and the requests that are not answered.</summary>
    private sealed class Unit
    {
        public bool IsPlanned { get; set; }

        public int Awaited { get; set; }

        public long Bytes { get; set; }
    }

    /// <summary>What is asked of a server at once, from where on in the file blocks begin, and the units they are of.</summary>
    private sealed class Request(Piece first)
    {
        public IBlockFetcher By { get; } = first.By;

        public ByteRange Range { get; set; } = first.Range;

        public List<long> Starts { get; } = [];

        public HashSet<int> Units { get; } = [];
    }
}
