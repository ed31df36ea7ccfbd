using System.Runtime.ExceptionServices;
using Ldn.Grids;

namespace Ldn.Passes;

/// <summary>Does the units of a pass one after the other, with buffers of its own.</summary>
internal interface IUnitWorker : IDisposable
{
    void Process(Window unit, CancellationToken cancellation);
}

/// <summary>Runs units on workers, each unit to completion on one of them.</summary>
internal static class UnitWorkers
{
    /// <summary>Runs all units and returns the workers, disposed, with what they gathered.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled between two blocks.</exception>
    public static IReadOnlyList<TWorker> Run<TWorker>(
        IReadOnlyList<Window> units, int threads, Func<TWorker> create, IProgress<PassProgress>? progress, CancellationToken cancellation)
        where TWorker : class, IUnitWorker
    {
        long all = units.Sum(u => (long)u.Width * u.Height), done = 0;
        int next = -1;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ExceptionDispatchInfo? failure = null;
        var workers = new TWorker[Math.Clamp(threads, 1, Math.Max(1, units.Count))];

        void Work(int index)
        {
            try
            {
                using TWorker worker = create();
                for (int unit = Interlocked.Increment(ref next); unit < units.Count; unit = Interlocked.Increment(ref next))
                {
                    worker.Process(units[unit], stop.Token);
                    long cells = (long)units[unit].Width * units[unit].Height;
                    progress?.Report(new PassProgress(Interlocked.Add(ref done, cells), all));
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
