namespace Ldn;

/// <summary>
/// What a run may take of the machine's memory (<c>--memory</c>). Cells are planned for; what grows with the inputs themselves
/// (zones, groups, tallies, tables) is held by the runtime, and says then what was too large.
/// </summary>
internal static class MemoryLimit
{
    /// <summary>Of the program and its libraries, beside what they hold of the run.</summary>
    private const long ProgramBytes = 160L << 20;

    /// <summary>With less than this no run comes to its end, whatever is asked of it.</summary>
    private const long LeastHeap = 400L << 20;

    private static long s_held;

    /// <summary>Bytes that the process may have at all, whatever it is held to.</summary>
    public static long Available { get; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>What of a run's memory may be planned for cells; the rest is for program, zones, tallies and tables.</summary>
    public static long ForCells(long bytes) =>
        Math.Max(Math.Min(bytes, ProgramBytes), bytes - LeastHeap);

    /// <summary>
    /// Holds this process, for good, to the memory of a run: what is asked for beyond it is an
    /// <see cref="OutOfMemoryException"/>.
    /// </summary>
    /// <param name="bytes">Of <c>--memory</c>; null for three quarters of what the process may have at all.</param>
    public static void Hold(long? bytes)
    {
        long heap = Math.Max(LeastHeap, (bytes ?? Available / 4 * 3) - ProgramBytes);
        AppContext.SetData("GCHeapHardLimit", (ulong)heap);
        try
        {
            GC.RefreshMemoryLimit();
            s_held = heap + ProgramBytes;
        }
        catch (InvalidOperationException)
        {
            // The environment holds it already (DOTNET_GCHeapHardLimit), or it has less than that.
        }
    }

    /// <summary>Does a part of a run, whose want of memory is told as what it is.</summary>
    /// <param name="what">What takes memory, as a noun phrase with its size.</param>
    /// <param name="instead">How to do with less.</param>
    /// <param name="work">The part.</param>
    /// <exception cref="LdnException">Exit 3: it takes more memory than there is.</exception>
    public static T Within<T>(Func<string> what, string instead, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (OutOfMemoryException e)
        {
            throw Error(what(), instead, e);
        }
    }

    /// <summary>The error of a run that wants more memory than it may take.</summary>
    public static LdnException Error(string what, string instead, OutOfMemoryException? cause) => Fault.Memory.Error(
        $"{what}: more than fits into the memory of the run" + (s_held == 0 ? "" : $" ({s_held >> 20} MB)"),
        $"{instead}; or give more with --memory", cause);
}
