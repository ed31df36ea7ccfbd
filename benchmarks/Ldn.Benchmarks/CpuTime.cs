using System.Runtime.InteropServices;

namespace Ldn.Benchmarks;

/// <summary>Seconds of user and system time, to the microsecond; the process's own clock of .NET steps by hundredths.</summary>
internal static partial class CpuTime
{
    private const int Self = 0;
    private const int Children = -1;

    /// <summary>Of this process.</summary>
    public static double OfSelf() => Of(Self);

    /// <summary>Of the processes that it started and that have ended.</summary>
    public static double OfChildren() => Of(Children);

    private static double Of(int who) =>
        Resources(who, out Usage usage) == 0 ? usage.Cpu : throw new InvalidOperationException("getrusage failed");

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int Resources(int who, out Usage usage);

    /// <summary>As Linux lays it out: user and system time first.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    private readonly struct Usage
    {
        private readonly long _userSeconds, _userMicroseconds, _systemSeconds, _systemMicroseconds;

        public double Cpu => _userSeconds + _systemSeconds + ((_userMicroseconds + _systemMicroseconds) / 1e6);
    }
}
