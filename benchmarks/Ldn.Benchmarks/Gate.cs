using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics.X86;
using System.Text.Json;
using Ldn.Indicator;
using Ldn.Lanes;

namespace Ldn.Benchmarks;

/// <summary>
/// Guards the hot loop: no allocation in any call, and the time of each kernel as a ratio to copying the same pixels, all measured in turn in one process,
/// against committed ratios. What else runs on a core slows computing up to twice as much as copying, but one kernel like another: a kernel is therefore
/// held against the usual slowdown of all, and that against <see cref="AllowedOfAll"/>. Ratios hold on one kind of processor only, so each has its own;
/// one that is not listed is held to the loosest of its vector width, with more room.
/// </summary>
internal static class Gate
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };
    private const int Pairs = 40;
    private const int Attempts = 9;
    private const double Allowed = 1.17;
    private const double AllowedElsewhere = 2;
    private const double AllowedOfAll = 2.5;

    /// <summary>Compares with gate.json, or writes it anew. Exit 0 within bounds, 1 beyond.</summary>
    public static int Run(string path, bool update)
    {
        string level = Simd.Widest.ToString(), processor = $"{level} {Processor()}";
        Dictionary<string, Dictionary<string, double>> committed = File.Exists(path)
            ? JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, double>>>(File.ReadAllText(path))! : [];
        bool known = committed.ContainsKey(processor);
        Dictionary<string, double>[] held = [.. committed.Where(entry => known ? entry.Key == processor : entry.Key.Split(' ')[0] == level).Select(entry => entry.Value)];
        Console.WriteLine($"gate: {processor}{(known || update ? "" : ", which has no ratios of its own: held to the loosest of its vector width")}");
        if (!update && held.Length == 0)
        {
            Console.WriteLine("gate: no committed ratios for these vectors; nothing to compare with");
            return 0;
        }

        (string Name, Action Run)[] kernels = Kernels(new KernelData());
        long[] allocated = [.. kernels.Select(kernel => Allocated(kernel.Run))];

        // A kernel without a committed ratio fails: nothing would guard it.
        double[] expected = [.. kernels.Select(kernel => update ? 1 : held.Max(ratios => ratios.GetValueOrDefault(kernel.Name)))];
        double allowed = known ? Allowed : AllowedElsewhere;

        // Where arrays happen to lie against cache lines costs wide loads up to a quarter; each attempt has others.
        double[][] attempts = [.. Enumerable.Range(0, Attempts).Select(_ => Ratios([.. Kernels(new KernelData()).Select(kernel => kernel.Run)]))];
        double[] usual = [.. attempts.Select(ratios => Median(ratios.Zip(expected, (ratio, e) => ratio / e)))];
        double Ratio(int kernel) => Median(attempts.Select(ratios => ratios[kernel]));
        double Slowdown(int kernel) => Median(attempts.Zip(usual, (ratios, u) => ratios[kernel] / expected[kernel] / u));

        if (update)
        {
            committed[processor] = kernels.Select((kernel, k) => (kernel.Name, Ratio: Math.Round(Ratio(k), 3))).ToDictionary(r => r.Name, r => r.Ratio);
            File.WriteAllText(path, JsonSerializer.Serialize(committed, s_indented) + "\n");
            return 0;
        }

        bool failed = Median(usual) > AllowedOfAll;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{(failed ? "FAIL" : "ok  ")} all kernels: usually {Median(usual):F2} of the committed ratio to copying, at most {AllowedOfAll:F2}"));
        for (int k = 0; k < kernels.Length; k++)
        {
            bool bad = !(Slowdown(k) <= allowed) || allocated[k] > 0;
            failed |= bad;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{(bad ? "FAIL" : "ok  ")} {kernels[k].Name,-20} ratio {Ratio(k):F3}, {Slowdown(k):F2} of what is usual now, at most {allowed:F2}; {allocated[k]} bytes allocated a call"));
        }

        return failed ? 1 : 0;
    }

    private static (string Name, Action Run)[] Kernels(KernelData data) =>
    [
        ("indicator", () => IndicatorKernel.Indicator(data.Land, data.Soil, data.Target, data.Tables)),
        ("recode_legend", () => ByteTable.Lookup(data.Land, data.Codes, data.Flags, data.Target)),
        ("fixed_point", () => FixedPoint.OfShorts(data.Initial, -1, 1000, data.Quanta)),
        ("sum_known", () => FixedPoint.SumKnown(data.Quanta)),
        ("run_ends", () => Runs.Find(data.Planes, 0, KernelData.Pixels, data.Ends)),
        ("count_classes", () => ClassCount.Add(data.Target, data.Counts)),
        ("change_rank_int16", () => data.Rank.OfStocks(data.Initial, data.Final, int.MinValue, int.MinValue, data.Target)),
    ];

    /// <summary>Vendor, family and model, as far as the processor tells: <c>AuthenticAMD-26-17</c>.</summary>
    private static string Processor()
    {
        if (!X86Base.IsSupported)
            return "other";
        (_, int b, int c, int d) = X86Base.CpuId(0, 0);
        int signature = X86Base.CpuId(1, 0).Eax;
        int family = (signature >> 8) & 15, model = (signature >> 4) & 15;
        if (family is 6 or 15)
            model += ((signature >> 16) & 15) << 4;
        if (family == 15)
            family += (signature >> 20) & 255;
        string vendor = string.Concat(new[] { b, d, c }.SelectMany(BitConverter.GetBytes).Select(letter => (char)letter));
        return string.Create(CultureInfo.InvariantCulture, $"{vendor}-{family}-{model}");
    }

    /// <summary>Time of each kernel against copying, measured in turn; medians over all turns.</summary>
    private static double[] Ratios(Action[] kernels)
    {
        byte[] source = new byte[KernelData.Pixels * 4], copy = new byte[source.Length];
        Action[] all = [() => source.CopyTo(copy, 0), .. kernels];
        for (int warm = 0; warm < 50; warm++)
            foreach (Action action in all)
                action();
        int[] calls = [.. all.Select(Calls)];
        double[][] turns = [.. Enumerable.Range(0, Pairs).Select(_ => all.Select((action, i) => Time(action, calls[i])).ToArray())];
        return [.. Enumerable.Range(1, kernels.Length).Select(k => Median(turns.Select(turn => turn[k] / turn[0])))];
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>As many calls as take about a millisecond: short enough to be seldom interrupted.</summary>
    private static int Calls(Action action)
    {
        double shortest = Enumerable.Range(0, 10).Min(_ => Time(action, 1));
        return Math.Max(1, (int)(1e-3 / shortest));
    }

    /// <summary>Seconds a call.</summary>
    private static double Time(Action action, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
            action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / calls;
    }

    private static long Allocated(Action action)
    {
        action();
        action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
