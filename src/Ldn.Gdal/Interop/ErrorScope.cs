using System.Runtime.InteropServices;

namespace Ldn.Gdal.Interop;

/// <summary>
/// One message of GDAL's: class (<see cref="GdalApi.CeWarning"/>, <see cref="GdalApi.CeFailure"/>), number and text, and the
/// system's error number (errno) of the moment, which GDAL's words seldom tell; 0 where no call of the system has failed in the
/// scope.
/// </summary>
internal readonly record struct GdalMessage(int Severity, int Number, string Text, int SystemError);

/// <summary>
/// Collects what GDAL reports on this thread between its making and its disposal. Scopes may be nested; messages belong to every
/// open one. GDAL's handler is ours for the whole process, so nothing is ever printed; without a scope messages are dropped.
/// </summary>
internal readonly ref struct ErrorScope : IDisposable
{
    /// <summary>A damaged file can complain for every cell: the first messages say it all.</summary>
    private const int Kept = 64;

    [ThreadStatic]
    private static List<GdalMessage>? t_messages;

    [ThreadStatic]
    private static int t_depth;

    private readonly List<GdalMessage> _messages;
    private readonly int _start;

    private ErrorScope(List<GdalMessage> messages)
    {
        _messages = messages;
        _start = messages.Count;
    }

    public static ErrorScope Open()
    {
        t_depth++;
        // What failed before is no cause of what fails in the scope.
        Marshal.SetLastSystemError(0);
        return new ErrorScope(t_messages ??= []);
    }

    /// <summary>Whether a failure was reported; an operation that returned success may still have one.</summary>
    public bool Failed
    {
        get
        {
            for (int i = _start; i < _messages.Count; i++)
                if (_messages[i].Severity >= GdalApi.CeFailure)
                    return true;
            return false;
        }
    }

    /// <summary>Everything reported so far in this scope.</summary>
    public ReadOnlySpan<GdalMessage> Messages => CollectionsMarshal.AsSpan(_messages)[_start..];

    public void Dispose()
    {
        if (--t_depth == 0)
            _messages.Clear();
    }

    /// <summary>Makes this collector GDAL's error handler for the whole process.</summary>
    internal static unsafe void Install() => GdalApi.CPLSetErrorHandler(&Collect);

    [UnmanagedCallersOnly]
    private static unsafe void Collect(int severity, int number, byte* text)
    {
        int systemError = Marshal.GetLastSystemError();
        if (severity < GdalApi.CeWarning || t_depth == 0 || t_messages is not { } messages)
            return;
        // A failure after many warnings must not be lost: it takes the place of the last of them.
        if (messages.Count == Kept && severity >= GdalApi.CeFailure && messages[^1].Severity < GdalApi.CeFailure)
            messages.RemoveAt(Kept - 1);
        if (messages.Count < Kept)
            messages.Add(new GdalMessage(severity, number, Marshal.PtrToStringUTF8((nint)text) ?? "", systemError));
    }
}
