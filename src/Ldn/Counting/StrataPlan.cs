using Ldn.Pass;

namespace Ldn.Counting;

/// <summary>
/// What a run asks beyond the indicator: one question, hence one tally of <see cref="PassResult.Strata"/>, a table of results; never one cube for all.
/// </summary>
public sealed record StrataPlan(IReadOnlyList<StratumQuestion> Questions)
{
    /// <summary>Index of a question by name, −1 where it is not asked.</summary>
    public int IndexOf(string name)
    {
        for (int i = 0; i < Questions.Count; i++)
            if (Questions[i].Name == name)
                return i;
        return -1;
    }
}

/// <summary>
/// A question to the pass: which joint codes it tells apart (at most eight bytes together, the first plane lowest in the key) and what it sums along
/// each run of one code. A plane or sum that several questions have in common is filled once a slice.
/// </summary>
public sealed record StratumQuestion
{
    private const int KeyBytes = 8;

    /// <exception cref="LdnException">Exit 2: the planes do not fit into a key.</exception>
    public StratumQuestion(string name, IReadOnlyList<StratumPlane> planes, params IReadOnlyList<StratumSum> sums)
    {
        (Name, Planes, Sums) = (name, planes, sums);
        int bytes = planes.Sum(p => p.Bytes);
        if (bytes > KeyBytes)
            throw Fault.Job.Error($"{name}: the layers asked for together need {bytes} bytes a pixel, {KeyBytes} are there", "combine fewer layers, or number their classes from 1 in bytes");
    }

    public string Name { get; }

    public IReadOnlyList<StratumPlane> Planes { get; }

    public IReadOnlyList<StratumSum> Sums { get; }

    /// <summary>Sums kept in the tally.</summary>
    public int SumCount => Sums.Sum(s => s.Width);

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
/// One part of a joint code: what it tells apart, in how many bytes. Planes are compared by value, so that a plane which several questions name is one.
/// </summary>
public abstract record StratumPlane(int Bytes)
{
    /// <summary>A worker's own filler of this plane.</summary>
    internal abstract PlaneFiller Open(PassPlan plan, int capacity);
}

/// <summary>A quantity that is summed beside pixels and area, in fixed point; it keeps <paramref name="Width"/> sums in the tally.</summary>
public abstract record StratumSum(int Width)
{
    /// <summary>A worker's own adder of this quantity.</summary>
    internal abstract SumFiller Open(PassPlan plan, int capacity);
}
