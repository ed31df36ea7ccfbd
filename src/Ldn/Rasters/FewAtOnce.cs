using System.Runtime.ExceptionServices;

namespace Ldn.Rasters;

/// <summary>Does what is mostly waiting for a server for several files at once, on threads that do nothing else.</summary>
public static class FewAtOnce
{
    /// <summary>Requests under way at once: enough that waiting costs little, few enough for any server.</summary>
    public const int Most = 8;

    /// <summary>What comes of each item, in the order of the items.</summary>
    /// <exception cref="LdnException">What the first of the items threw that threw at all.</exception>
    public static IReadOnlyList<TResult> Select<T, TResult>(IReadOnlyList<T> items, Func<T, TResult> of)
    {
        var results = new TResult[items.Count];
        var failures = new ExceptionDispatchInfo?[items.Count];
        int next = -1;
        void Work()
        {
            for (int i = Interlocked.Increment(ref next); i < items.Count; i = Interlocked.Increment(ref next))
            {
                try
                {
                    results[i] = of(items[i]);
                }
                catch (Exception e)
                {
                    failures[i] = ExceptionDispatchInfo.Capture(e);
                }
            }
        }

        Thread[] beside = [.. Enumerable.Range(1, Math.Clamp(items.Count, 1, Most) - 1).Select(_ => new Thread(Work))];
        foreach (Thread thread in beside)
            thread.Start();
        Work();
        foreach (Thread thread in beside)
            thread.Join();
        Array.Find(failures, f => f is not null)?.Throw();
        return results;
    }
}
