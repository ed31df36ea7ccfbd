using System.Diagnostics;

namespace Ldn.Accuracy;

/// <summary>A point to look at: the cell, its zone and class (indexes), and its place in the order of the sample.</summary>
internal readonly record struct SamplePoint(int Zone, int Class, int Column, int Row, ulong Order);

/// <summary>
/// A stratified random sample of a class raster, cells drawn with a probability that is proportional to their true area (firmness
/// U4). Every cell has two numbers of its own, made from the seed and its place in the grid: the one decides, against its area,
/// whether it is a candidate, the other in which order candidates are taken. So the sample is found in one pass, and is the same
/// for any tiling.
/// </summary>
internal sealed class PointSample
{
    private readonly SortedSet<(ulong Order, int Row, int Column)>[] _chosen;
    private readonly int[,] _wanted;
    private readonly ulong _seed;
    private readonly ulong _largest;

    /// <param name="wanted">Most points by zone and class; class i has code i + 1.</param>
    /// <param name="seed">Another seed is another sample.</param>
    /// <param name="largest">Area of the largest cell there may be, mm².</param>
    public PointSample(int[,] wanted, ulong seed, ulong largest)
    {
        (_wanted, _seed, _largest) = (wanted, seed, largest);
        _chosen = [.. Enumerable.Range(0, wanted.Length).Select(_ => new SortedSet<(ulong, int, int)>())];
    }

    private int Classes => _wanted.GetLength(1);

    /// <summary>Offers a cell to the stratum of its zone and class.</summary>
    /// <param name="zone">Index of the zone.</param>
    /// <param name="code">Class, from 1.</param>
    /// <param name="column">Column in the grid.</param>
    /// <param name="row">Row in the grid.</param>
    /// <param name="area">Its area, mm², at most that of the largest cell.</param>
    public void Offer(int zone, int code, int column, int row, ulong area)
    {
        Debug.Assert(area <= _largest, "a cell is larger than the largest");
        SortedSet<(ulong Order, int Row, int Column)> chosen = _chosen[(zone * Classes) + code - 1];
        ulong order = Hash(_seed, 1, row, column);
        bool full = chosen.Count >= _wanted[zone, code - 1];
        if (full && (chosen.Count == 0 || (order, row, column).CompareTo(chosen.Max) > 0))
            return;
        if (new UInt128(Math.BigMul(Hash(_seed, 2, row, column), _largest, out ulong low), low) >= new UInt128(area, 0))
            return;
        if (full)
            chosen.Remove(chosen.Max);
        chosen.Add((order, row, column));
    }

    /// <summary>The points of all strata, in an order that does not tell the stratum.</summary>
    public IReadOnlyList<SamplePoint> Points() =>
    [
        .. _chosen.SelectMany(
            (set, i) => set.Select(c => new SamplePoint(i / Classes, (i % Classes) + 1, c.Column, c.Row, c.Order)))
            .OrderBy(p => p.Order).ThenBy(p => p.Row).ThenBy(p => p.Column).ThenBy(p => p.Zone),
    ];

    /// <summary>
    /// 64 bits that depend on every bit of the seed, the stream and the cell: the finaliser of SplitMix64, three times over.
    /// </summary>
    internal static ulong Hash(ulong seed, ulong stream, int row, int column)
    {
        ulong h = Mix(seed + (stream * 0x9E3779B97F4A7C15));
        return Mix(Mix(h ^ ((ulong)(uint)row << 32 | (uint)column)) + 0x9E3779B97F4A7C15);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
