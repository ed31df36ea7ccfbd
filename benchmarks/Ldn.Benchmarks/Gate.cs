using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics.X86;
using System.Text.Json;
using Ldn.Kernels;

namespace Ldn.Benchmarks;

/// <summary>
/// Guards the hot loop: the time of each kernel as a ratio to copying the same pixels, measured in turn in one process, against a committed ratio;
/// and no allocation in any call. Ratios hold where absolute times drift, but not from one processor to another (twice as much between two with the same
/// vectors), so each has its own; one that is not listed is held to the loosest of its vector width, with more room.
/// </summary>
internal static class Gate
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };
    private const int Pairs = 40;
    private const int Attempts = 8;
    private const double Allowed = 1.2;
    private const double AllowedElsewhere = 1.6;

    /// <summary>Compares with gate.json, or writes it anew. Exit 0 within bounds, 1 beyond.</summary>
    public static int Run(string path, bool update)
    {
        var data = new KernelData();
        var kernels = new (string Name, Action Run)[]
        {
            ("indicator", () => IndicatorKernel.Indicator(data.Land, data.Soil, data.Target, data.Tables)),
            ("recode_legend", () => ByteTable.Lookup(data.Land, data.Codes, data.Flags, data.Target)),
            ("fixed_point", () => FixedPoint.OfShorts(data.Initial, -1, 1000, data.Quanta)),
            ("sum_known", () => FixedPoint.SumKnown(data.Quanta)),
            ("run_ends", () => Runs.Find(data.Planes, 0, KernelData.Pixels, data.Ends)),
            ("count_classes", () => ClassCount.Add(data.Target, data.Counts)),
            ("change_rank_int16", () => data.Rank.OfStocks(data.Initial, data.Final, int.MinValue, int.MinValue, data.Target)),
        };
        byte[] source = new byte[KernelData.Pixels * 4], copy = new byte[source.Length];
        void Yardstick() => source.CopyTo(copy, 0);

        string level = Simd.Widest.ToString(), processor = $"{level} {Processor()}";
        Dictionary<string, Dictionary<string, double>> committed = File.Exists(path)
            ? JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, double>>>(File.ReadAllText(path))! : [];
        bool known = committed.ContainsKey(processor);
        double[] Ratios(string kernel) =>
            [.. committed.Where(entry => known ? entry.Key == processor : entry.Key.Split(' ')[0] == level).Select(entry => entry.Value.GetValueOrDefault(kernel))];
        Console.WriteLine($"gate: {processor}{(known || update ? "" : ", which has no ratios of its own: held to the loosest of its vector width")}");
        if (!update && !committed.Keys.Any(key => key.Split(' ')[0] == level))
        {
            Console.WriteLine("gate: no committed ratios for these vectors; nothing to compare with");
            return 0;
        }

        var measured = new Dictionary<string, double>();
        bool failed = false;
        foreach ((string name, Action run) in kernels)
        {
            long allocated = Allocated(run);
            // A kernel without a committed ratio fails: nothing would guard it.
            double bound = update ? double.PositiveInfinity : Ratios(name).Max() * (known ? Allowed : AllowedElsewhere), ratio = double.PositiveInfinity;
            for (int attempt = 0; attempt < Attempts && (update || ratio > bound); attempt++)
            {
                ratio = Math.Min(ratio, Ratio(run, Yardstick));
                // Where arrays happen to lie against cache lines costs wide loads up to a quarter; the next attempt has others.
                data = new KernelData();
            }

            measured[name] = Math.Round(ratio, 3);
            bool bad = ratio > bound || allocated > 0;
            failed |= bad;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{(bad ? "FAIL" : "ok  ")} {name,-20} ratio {ratio:F3}, at most {bound:F3}; {allocated} bytes allocated a call"));
        }

        if (update)
        {
            committed[processor] = measured;
            File.WriteAllText(path, JsonSerializer.Serialize(committed, s_indented) + "\n");
        }

        return failed ? 1 : 0;
    }

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

    /// <summary>Median of the ratios of pairs measured in turn.</summary>
    private static double Ratio(Action kernel, Action yardstick)
    {
        double[] ratios = new double[Pairs];
        for (int warm = 0; warm < 50; warm++)
        {
            kernel();
            yardstick();
        }

        (int kernelCalls, int yardstickCalls) = (Calls(kernel), Calls(yardstick));
        for (int pair = 0; pair < Pairs; pair++)
            ratios[pair] = Time(kernel, kernelCalls) / Time(yardstick, yardstickCalls);
        return Median(ratios);
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>As many calls as take about a tenth of a millisecond: too short to be interrupted often, and equally often on both sides.</summary>
    private static int Calls(Action action)
    {
        double shortest = Enumerable.Range(0, 10).Min(_ => Time(action, 1));
        return Math.Max(1, (int)(1e-4 / shortest));
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
