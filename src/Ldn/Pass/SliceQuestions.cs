using Ldn.Counting;
using Ldn.Lanes;
using Ldn.Rasters;

namespace Ldn.Pass;

/// <summary>
/// The slice at hand as fillers of planes and sums see it: window, evidence, corrected indicators per period, and the stored
/// cells.
/// </summary>
internal sealed class SliceAtHand(SliceEvidence evidence, byte[][] indicators, CellsOf cells)
{
    /// <summary>Window of the run's grid; its cells lie row by row in every plane.</summary>
    public Window Window { get; set; }

    public SliceEvidence Evidence => evidence;

    /// <summary>Indicator per period after corrections, 0 on water.</summary>
    public byte[][] Indicators => indicators;

    public CellsOf Cells => cells;

    /// <summary>Cells of the slice.</summary>
    public int Count => Window.Width * Window.Height;
}

/// <summary>Fills a plane's bytes, lowest first, slice by slice. One a worker.</summary>
internal abstract class PlaneFiller(byte[][] bytes) : IDisposable
{
    /// <summary>One array a byte of the code.</summary>
    public byte[][] Bytes => bytes;

    public abstract void Fill(SliceAtHand slice);

    public virtual void Dispose()
    {
    }

    /// <summary>Buffers for a plane that has its own.</summary>
    protected static byte[][] Buffers(int bytes, int capacity) => [.. Enumerable.Range(0, bytes).Select(_ => new byte[capacity])];
}

/// <summary>Reads a quantity of the slice and sums it along runs. One a worker.</summary>
internal abstract class SumFiller : IDisposable
{
    public abstract void Fill(SliceAtHand slice);

    /// <summary>
    /// Adds to <paramref name="sums"/> the cells <paramref name="from"/> … <paramref name="to"/> (exclusive) of the slice, which
    /// lie in one row that starts at <paramref name="rowStart"/>.
    /// </summary>
    public abstract void Add(int from, int to, int rowStart, RowAreas areas, Span<Int128> sums);

    public virtual void Dispose()
    {
    }
}

/// <summary>
/// The questions of a plan over the slice at hand: fills each plane once and adds runs to the tally of each question.
/// </summary>
internal sealed class SliceQuestions : IDisposable
{
    private readonly List<PlaneFiller> _planes;
    private readonly List<SumFiller> _sums;
    private readonly Asked[] _questions;
    private readonly SliceAtHand _slice;
    private readonly PassPlan _plan;
    private readonly int[] _ends;
    private readonly Int128[] _added;

    public SliceQuestions(PassPlan plan, PassResult result, SliceAtHand slice, int capacity, int unitWidth)
    {
        Plane[] planes = [.. plan.Questions.SelectMany(q => q.Planes).Distinct()];
        Sum[] sums = [.. plan.Questions.SelectMany(q => q.Sums).Distinct()];
        _slice = slice;
        _planes = [.. planes.Select(p => p.Open(plan, capacity))];
        _sums = [.. sums.Select(s => s.Open(plan, capacity))];
        _questions = [.. plan.Questions.Select((q, i) => new Asked(
            q.Name,
            result.Answers[i],
            [.. q.Planes.SelectMany(p => _planes[Array.IndexOf(planes, p)].Bytes)],
            [.. q.Sums.Select(s => (_sums[Array.IndexOf(sums, s)], s.Width))],
            q.Planes.OfType<QuantumPlane>().FirstOrDefault()))];
        _plan = plan;
        _ends = new int[unitWidth];
        _added = new Int128[plan.Questions.Select(q => q.SumCount).DefaultIfEmpty().Max()];
    }

    /// <summary>The planes of a question, byte by byte, over the slice filled last.</summary>
    public byte[][] Planes(string question) => Array.Find(_questions, q => q.Name == question)!.Planes;

    /// <summary>Fills every plane and sum of a slice; evidence and indicators are those of the same slice.</summary>
    public void Fill(Window slice)
    {
        // As soon as one worker's rows alone are too many: not after hours, and not with memory full of them.
        foreach (Asked question in _questions)
            if (question.Steps is { } steps && question.Tally.Count > steps.MostRows)
                throw steps.TooFine(_plan.Inputs[steps.Input].Layer);
        _slice.Window = slice;
        foreach (PlaneFiller plane in _planes)
            plane.Fill(_slice);
        foreach (SumFiller sum in _sums)
            sum.Fill(_slice);
    }

    /// <summary>
    /// Adds the columns <paramref name="start"/> … <paramref name="end"/> (exclusive) of the row that starts at
    /// <paramref name="rowStart"/>, all in one place.
    /// </summary>
    public void Add(int place, int rowStart, int start, int end, RowAreas areas)
    {
        foreach (Asked question in _questions)
        {
            byte[][] planes = question.Planes;
            int runs = Runs.Find(planes, rowStart + start, rowStart + end, _ends), from = rowStart + start;
            for (int r = 0; r < runs; r++)
            {
                int to = _ends[r];
                ulong key = Tally.Key(planes, from);
                Area area = areas.Of(from - rowStart, to - rowStart);
                if (question.Sums.Length == 0)
                    question.Tally.Add(place, key, to - from, area);
                else
                    question.Tally.Add(place, key, to - from, area, Sums(question, from, to, rowStart, areas));
                from = to;
            }
        }
    }

    public void Dispose()
    {
        foreach (PlaneFiller plane in _planes)
            plane.Dispose();
        foreach (SumFiller sum in _sums)
            sum.Dispose();
    }

    private Span<Int128> Sums(Asked question, int from, int to, int rowStart, RowAreas areas)
    {
        Span<Int128> added = _added.AsSpan(0, question.Tally.SumCount);
        added.Clear();
        int at = 0;
        foreach ((SumFiller sum, int width) in question.Sums)
        {
            sum.Add(from, to, rowStart, areas, added.Slice(at, width));
            at += width;
        }

        return added;
    }

    private sealed record Asked(
        string Name, Tally Tally, byte[][] Planes, (SumFiller Sum, int Width)[] Sums, QuantumPlane? Steps);
}
