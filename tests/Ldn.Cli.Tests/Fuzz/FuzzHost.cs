using System.Diagnostics;

namespace Ldn.Cli.Tests.Fuzz;

/// <summary>A parser under random input of a fixed seed.</summary>
internal interface IFuzzed : IDisposable
{
    /// <summary>Makes the input of a case, reads it and checks what came out; wrong figures are an exception.</summary>
    /// <exception cref="LdnException">The input was refused, which is always right unless the case knows better.</exception>
    void Try(int seed);
}

/// <summary>
/// The entry point of this program when a test starts it anew: runs cases in a process of their own, so that a crash of a native
/// library, a hang or
/// a flood of memory ends the batch and not the tests. The last line of a failing batch says what happened in which case.
/// </summary>
internal static class FuzzHost
{
    public const string Argument = "--fuzz";
    private const int LongestSeconds = 10;
    private const long MostBytes = 1L << 30;
    private static long s_started;
    private static int s_case;

    private static readonly Dictionary<string, Func<string, IFuzzed>> s_parsers = new()
    {
        ["tiff"] = folder => new TiffCases(folder),
        ["csv"] = folder => new CsvCases(folder),
        ["job"] = folder => new JobCases(folder),
        ["polygons"] = folder => new PolygonCases(folder),
        ["options"] = folder => new OptionCases(folder),
        ["results"] = folder => new ResultCases(folder, plans: false),
        ["remote"] = folder => new RemoteCases(folder),
        ["plans"] = folder => new ResultCases(folder, plans: true),
    };

    private static int Main(string[] arguments)
    {
        if (arguments is not [Argument, string parser, string first, string count, string folder])
            return (int)ExitCode.Usage;
        var watch = new Thread(Watch) { IsBackground = true };
        watch.Start();
        int refused = 0, accepted = 0, from = int.Parse(first, null), to = from + int.Parse(count, null);
        using (IFuzzed fuzzed = s_parsers[parser](folder))
        {
            for (int seed = from; seed < to; seed++)
            {
                Console.WriteLine($"case {seed}");
                Volatile.Write(ref s_case, seed);
                Volatile.Write(ref s_started, (long)Environment.CpuUsage.TotalTime.TotalMilliseconds);
                try
                {
                    fuzzed.Try(seed);
                    accepted++;
                }
                catch (LdnException e) when (e.ExitCode is ExitCode.Usage or ExitCode.Input && e.Message.Length < 20_000)
                {
                    refused++;
                }
                catch (Exception e)
                {
                    Console.WriteLine($"FAILED case {seed}: {e}");
                    return 1;
                }
            }
        }

        Console.WriteLine($"accepted {accepted}, refused {refused}");
        return 0;
    }

    private static void Watch()
    {
        while (true)
        {
            Thread.Sleep(200);
            using Process self = Process.GetCurrentProcess();
            if (self.TotalProcessorTime.TotalMilliseconds - Volatile.Read(ref s_started) > LongestSeconds * 1000)
                End($"took more than {LongestSeconds} s of the processor");
            if (self.PeakWorkingSet64 > MostBytes)
                End($"took {self.PeakWorkingSet64 >> 20} MB");
        }
    }

    private static void End(string what)
    {
        Console.WriteLine($"FAILED case {Volatile.Read(ref s_case)}: {what}");
        Environment.Exit(1);
    }
}

/// <summary>What a case says where figures are wrong.</summary>
internal sealed class WrongFigures(string what) : Exception(what);
