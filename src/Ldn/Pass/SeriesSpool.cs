using Ldn.Rasters;
using Microsoft.Win32.SafeHandles;

namespace Ldn.Pass;

/// <summary>
/// What the first stage of performance made of the series, slice by slice in a file, so that the pass need not read and decode
/// the series again. Both stages go through the same slices, and slices that begin in the same row are equally high, so that a
/// slice's place in the file follows from its window. Cells that no zone touches are holes. Safe for several workers, each with
/// slices of its own.
/// </summary>
internal sealed class SeriesSpool : IDisposable
{
    /// <summary>Of the file, among those of a run that is not finished.</summary>
    public const string Name = ".series";

    /// <summary>Bytes of the largest file; larger series are rather read twice.</summary>
    private const long Largest = 16L << 30;

    private readonly SafeFileHandle _file;
    private readonly Window _extent;

    /// <exception cref="IOException">The file cannot be made.</exception>
    internal SeriesSpool(string path, Window extent, int inputs, int cellBytes)
    {
        (_extent, CellBytes, Covered) = (extent, cellBytes, new bool[inputs]);
        _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
    }

    /// <summary>Bytes that one cell of one period takes.</summary>
    public int CellBytes { get; }

    /// <summary>Per input of the plan: whether the first stage met a cell of it.</summary>
    public bool[] Covered { get; }

    /// <summary>The spool of a run; null where it has no first stage, or would fill the disk.</summary>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public static SeriesSpool? Create(string path, PassPlan plan, IReadOnlyList<OpenOutput> outputs)
    {
        // Some questions are answered in the pass itself, from the series.
        // Of several series each has its own land; what the pass needs of them it reads again.
        if (plan.Series is not [{ HasPerformance: true }] || plan.Questions.Any(q => q.Planes.Any(p => p.ReadsSeries)))
            return null;
        int cellBytes = Enumerable.Range(0, plan.Periods.Count).Max(p => SeriesPlanes.CellBytes(SeriesPlanes.Wanted(outputs, p)));
        return (Int128)plan.Extent.Width * plan.Extent.Height * plan.Periods.Count * cellBytes <= Largest
            ? new SeriesSpool(path, plan.Extent, plan.Inputs.Count, cellBytes)
            : null;
    }

    /// <summary>What the first stage found of the series' values, which the pass does not see.</summary>
    public ValueFinds Finds { get; } = new();

    /// <summary>Takes what one worker of the first stage found.</summary>
    internal void Leave(ValueFinds finds)
    {
        lock (Finds)
            Finds.Merge(finds);
    }

    internal void Write(int period, Window slice, ReadOnlySpan<byte> record) =>
        RandomAccess.Write(_file, record, Offset(period, slice));

    /// <exception cref="IOException">The file has lost what was written.</exception>
    internal void Read(int period, Window slice, Span<byte> record)
    {
        if (RandomAccess.Read(_file, record, Offset(period, slice)) != record.Length)
            throw new IOException("the spool of the series was cut short while the run was using it");
    }

    public void Dispose() => _file.Dispose();

    private long Offset(int period, Window slice)
    {
        long cells = ((long)(slice.Row - _extent.Row) * _extent.Width) + ((long)(slice.Column - _extent.Column) * slice.Height);
        return (((long)period * _extent.Width * _extent.Height) + cells) * CellBytes;
    }
}
