using System.Runtime.ExceptionServices;

namespace Ldn.Rasters;

/// <summary>Does the same for several things at once, mostly waiting for a server, on threads that do nothing else.</summary>
internal static class FewAtOnce
{
    /// <summary>Requests under way at once: enough that waiting costs little, few enough for any server.</summary>
    public const int Most = 8;

    /// <summary>What comes of each item, in the order of the items; after a failure no further ones are begun.</summary>
    /// <param name="items">The items.</param>
    /// <param name="of">For several threads at once.</param>
    /// <param name="most">Items under way at once, at least one.</param>
    /// <exception cref="LdnException">What the first of the items threw that threw at all.</exception>
    public static IReadOnlyList<TResult> Select<T, TResult>(IReadOnlyList<T> items, Func<T, TResult> of, int most = Most)
    {
        var results = new TResult[items.Count];
        var failures = new ExceptionDispatchInfo?[items.Count];
        int next = -1;
        bool failed = false;
        void Work()
        {
            // Items are taken in order, so that none before one that threw is left out.
            while (!Volatile.Read(ref failed) && Interlocked.Increment(ref next) is var i && i < items.Count)
            {
                try
                {
                    results[i] = of(items[i]);
                }
                catch (Exception e)
                {
                    failures[i] = ExceptionDispatchInfo.Capture(e);
                    Volatile.Write(ref failed, true);
                }
            }
        }

        Thread[] beside = [.. Enumerable.Range(1, Math.Clamp(items.Count, 1, most) - 1).Select(_ => new Thread(Work))];
        foreach (Thread thread in beside)
            thread.Start();
        Work();
        foreach (Thread thread in beside)
            thread.Join();
        Array.Find(failures, f => f is not null)?.Throw();
        return results;
    }
}
