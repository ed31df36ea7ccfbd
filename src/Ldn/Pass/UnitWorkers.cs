using System.Runtime.ExceptionServices;
using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Pass;

/// <summary>Runs units on workers, each unit to completion on one of them.</summary>
internal static class UnitWorkers
{
    /// <summary>
    /// Runs all units, each in bands of the shape's rows, and returns the workers, disposed, with what they gathered. Workers
    /// read the inputs of the plan that are <paramref name="wanted"/>. Progress is told in <paramref name="work"/>; where nobody
    /// is told, neither is needed.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled between two blocks.</exception>
    public static IReadOnlyList<TWorker> Run<TWorker>(
        PassPlan plan, IReadOnlySet<int> wanted, IReadOnlyList<Window> units, UnitShape shape, int threads, Func<TWorker> create,
        PassWork? work,
        IProgress<PassProgress>? progress, CancellationToken cancellation)
        where TWorker : StepWorker
    {
        long all = progress is null ? 0 : work!.Of(units), done = 0;
        int next = -1;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ExceptionDispatchInfo? failure = null;
        using ReadAhead? ahead = ReadAhead.Start(plan, units, shape, wanted);
        var workers = new TWorker[Math.Clamp(threads, 1, Math.Max(1, units.Count))];

        void Work(int index)
        {
            try
            {
                using TWorker worker = create();
                for (int unit = Interlocked.Increment(ref next); unit < units.Count; unit = Interlocked.Increment(ref next))
                {
                    ahead?.Reach(unit, stop.Token);
                    for (int row = units[unit].Row; row < units[unit].EndRow; row += shape.Rows)
                    {
                        Window band = units[unit] with { Row = row, Height = Math.Min(shape.Rows, units[unit].EndRow - row) };
                        worker.Process(band, stop.Token);
                        progress?.Report(new PassProgress(Interlocked.Add(ref done, work!.Of(band)), all));
                    }

                    ahead?.Leave(unit);
                }

                workers[index] = worker;
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
                stop.Cancel();
            }
        }

        Thread[] threadsBeside = [.. Enumerable.Range(1, workers.Length - 1).Select(i => new Thread(() => Work(i)))];
        foreach (Thread thread in threadsBeside)
            thread.Start();
        Work(0);
        foreach (Thread thread in threadsBeside)
            thread.Join();
        cancellation.ThrowIfCancellationRequested();
        failure?.Throw();
        return workers;
    }
}

/// <summary>
/// What the windows of a pass cost beside each other, the scale of its progress: every cell is read and written, and cells inside
/// zones are computed and counted, which costs more than all the reading. In nanoseconds of one core as measured on 108 million
/// cells, half of them land; only their ratios matter.
/// </summary>
/// <param name="Places">Where the zones are.</param>
/// <param name="Cell">Of each cell.</param>
/// <param name="LandCell">Of each cell inside a zone, beside that.</param>
internal sealed record PassWork(PlaceSpans Places, long Cell, long LandCell)
{
    private const int Read = 2, Spool = 2, PerPeriod = 20, PerQuestion = 8;

    /// <summary>
    /// Of laying out a cell of a class raster, whose tiles are compressed already, and of any other, which GDAL compresses.
    /// </summary>
    private const int LayClassOut = 1, LayOtherOut = 25;

    /// <summary>Of the pass itself.</summary>
    public static PassWork Of(PassPlan plan, IReadOnlyList<OpenOutput> outputs) => new(
        plan.Places, (Read * PassWorker.Wanted(plan).Count) + (Spool * outputs.Count),
        (PerPeriod * plan.Periods.Count) + (PerQuestion * plan.Questions.Count));

    /// <summary>Of the first stage of performance.</summary>
    public static PassWork OfPerformance(PassPlan plan) =>
        new(plan.Places, Read * PerformanceWorker.Wanted(plan).Count, PerPeriod * plan.Periods.Count);

    /// <summary>Of laying out rasters over so many cells.</summary>
    public static long OfLayout(IReadOnlyList<OpenOutput> outputs, long cells) =>
        cells * outputs.Sum(o => o.Output.CellSize == 1 ? LayClassOut : LayOtherOut);

    /// <summary>Of one window, or of a part of it.</summary>
    public long Of(Window window) => ((long)window.Width * window.Height * Cell) + (Places.CellCount(window) * LandCell);

    public long Of(IReadOnlyList<Window> windows) => windows.Sum(Of);
}
