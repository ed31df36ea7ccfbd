using Ldn.Counting;

namespace Ldn.Pass;

/// <summary>
/// A question to the pass, hence one tally of <see cref="PassResult.Answers"/>: which joint codes it tells apart (at most eight
/// bytes together, the first plane lowest in the key) and what it sums along each run of one code. A plane or sum that several
/// questions have in common is filled once a slice.
/// </summary>
internal sealed record Question
{
    private const int KeyBytes = 8;

    /// <exception cref="LdnException">Exit 2: the planes do not fit into a key.</exception>
    public Question(string name, IReadOnlyList<Plane> planes, params IReadOnlyList<Sum> sums)
    {
        (Name, Planes, Sums) = (name, planes, sums);
        int bytes = planes.Sum(p => p.Bytes);
        if (bytes > KeyBytes)
            throw Fault.Job.Error(
                $"{name}: the layers asked for together need {bytes} bytes a pixel, {KeyBytes} are there",
                "combine fewer layers, or number their classes from 1 in bytes");
    }

    public string Name { get; }

    public IReadOnlyList<Plane> Planes { get; }

    public IReadOnlyList<Sum> Sums { get; }

    /// <summary>Sums kept in the tally.</summary>
    public int SumCount => Sums.Sum(s => s.Width);

    /// <summary>By sum of the tally whether the greatest is kept in place of the sum; null where none is.</summary>
    public IReadOnlyList<bool>? Greatest =>
        Sums.Any(s => s.IsGreatest) ? [.. Sums.SelectMany(s => Enumerable.Repeat(s.IsGreatest, s.Width))] : null;

    /// <summary>The code of one plane in a key.</summary>
    public ulong Code(ulong key, int plane)
    {
        for (int i = 0; i < plane; i++)
            key >>= 8 * Planes[i].Bytes;
        int bits = 8 * Planes[plane].Bytes;
        return bits == 64 ? key : key & ((1UL << bits) - 1);
    }
}

/// <summary>
/// One part of a joint code: what it tells apart, in how many bytes. Planes are compared by value, so that a plane which several
/// questions name is one.
/// </summary>
internal abstract record Plane(int Bytes)
{
    /// <summary>Whether it is told from the annual series themselves, not from what they come to.</summary>
    internal virtual bool ReadsSeries => false;

    /// <summary>
    /// Rows and columns that it takes together, in blocks that begin at multiples of it in the grid: a slice holds whole ones.
    /// </summary>
    internal virtual int CellsTogether => 1;

    /// <summary>A worker's own filler of this plane.</summary>
    internal abstract PlaneFiller Open(PassPlan plan, int capacity);
}

/// <summary>
/// A quantity that is summed beside pixels and area, in fixed point; it keeps <paramref name="Width"/> sums in the tally.
/// </summary>
internal abstract record Sum(int Width)
{
    /// <summary>Whether the greatest of numbers from 0 is kept in place of their sum: it merges as well.</summary>
    internal virtual bool IsGreatest => false;

    /// <summary>A worker's own adder of this quantity.</summary>
    internal abstract SumFiller Open(PassPlan plan, int capacity);
}

/// <summary>The answer to one question: how to read its keys, and its rows.</summary>
internal sealed record Answer(Question Question, IEnumerable<TallyRow> Rows)
{
    /// <summary>The code of one plane of the question in a row.</summary>
    public ulong Code(TallyRow row, int plane) => Question.Code(row.Key, plane);
}
