using System.Runtime.ExceptionServices;
using Ldn.Rasters;

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
