using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Ldn.Lanes;

namespace Ldn.Productivity.Vectors;

/// <summary>
/// Compare-exchanges that sort a fixed number of values, the same for every lane whatever the values (Batcher's merge exchange;
/// Knuth, TAOCP 3, algorithm 5.2.2M). Where only some order statistics are wanted, those exchanges that cannot reach them are
/// left out.
/// </summary>
internal sealed class SortingNetwork
{
    private static readonly ConcurrentDictionary<int, SortingNetwork> s_sorts = new();
    private static readonly ConcurrentDictionary<int, SortingNetwork> s_medians = new();

    private readonly (int Low, int High)[] _exchanges;

    private SortingNetwork(int size, params int[] wanted)
    {
        bool[] live = new bool[size];
        foreach (int index in wanted)
            live[index] = true;
        var kept = new List<(int Low, int High)>();
        foreach ((int low, int high) in MergeExchange(size).Reverse())
        {
            if (!live[low] && !live[high])
                continue;
            live[low] = live[high] = true;
            kept.Add((low, high));
        }

        kept.Reverse();
        _exchanges = [.. kept];
    }

    /// <summary>Exchanges in the order they are made; each leaves the smaller value at Low.</summary>
    public ReadOnlySpan<(int Low, int High)> Exchanges => _exchanges;

    /// <summary>Sorts fully.</summary>
    public static SortingNetwork Sort(int size) =>
        s_sorts.GetOrAdd(size, n => new SortingNetwork(n, [.. Enumerable.Range(0, n)]));

    /// <summary>
    /// Puts the two middle values in place; of an odd number (at least 3) the middle one and the one before it.
    /// </summary>
    public static SortingNetwork Median(int size) =>
        s_medians.GetOrAdd(size, n => new SortingNetwork(n, LowMiddle(n), LowMiddle(n) + 1));

    /// <summary>The first of the two ranks that <see cref="Median"/> puts in place.</summary>
    public static int LowMiddle(int size) => (size - 2) / 2;

    /// <summary>Runs the network on vectors that lie one after the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TLanes>(ref double values)
        where TLanes : struct, ILanes<TLanes, double>
    {
        foreach ((int low, int high) in _exchanges)
        {
            TLanes a = TLanes.Load(ref values, low * TLanes.Count), b = TLanes.Load(ref values, high * TLanes.Count);
            TLanes.Store(TLanes.Min(a, b), ref values, low * TLanes.Count);
            TLanes.Store(TLanes.Max(a, b), ref values, high * TLanes.Count);
        }
    }

    /// <summary>
    /// Runs the network on two independent vectors a place, the two of a place side by side: finding the places costs as much as
    /// exchanging them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void RunTwo<TLanes, T>(ref T values)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged
    {
        foreach ((int low, int high) in _exchanges)
        {
            int l = low * 2 * TLanes.Count, h = high * 2 * TLanes.Count;
            TLanes a = TLanes.Load(ref values, l), b = TLanes.Load(ref values, h);
            TLanes c = TLanes.Load(ref values, l + TLanes.Count), d = TLanes.Load(ref values, h + TLanes.Count);
            TLanes.Store(TLanes.Min(a, b), ref values, l);
            TLanes.Store(TLanes.Max(a, b), ref values, h);
            TLanes.Store(TLanes.Min(c, d), ref values, l + TLanes.Count);
            TLanes.Store(TLanes.Max(c, d), ref values, h + TLanes.Count);
        }
    }

    private static IEnumerable<(int Low, int High)> MergeExchange(int size)
    {
        int top = 1;
        while (top * 2 < size)
            top *= 2;
        for (int p = top; p > 0; p /= 2)
        {
            for (int q = top, r = 0, d = p; ; d = q - p, q /= 2, r = p)
            {
                for (int i = 0; i + d < size; i++)
                    if ((i & p) == r)
                        yield return (i, i + d);
                if (q == p)
                    break;
            }
        }
    }
}
