using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.Intrinsics.X86;
using System.Runtime.Loader;
using System.Text.Json;
using Ldn.Indicator;
using Ldn.Lanes;

namespace Ldn.Benchmarks;

/// <summary>
/// Guards the hot loop: no allocation in any call; the time of each kernel against the same kernel of another build, where one is
/// given, in turns in one process, which shows a change on every machine; and, as a coarse net, its time as a ratio to copying
/// the same pixels against committed ratios. What else runs on a core slows computing up to twice as much as copying, but one
/// kernel like another: against the committed ratios a kernel is therefore held by the usual slowdown of all, and that by
/// <see cref="AllowedOfAll"/>. Such ratios hold on one kind of processor only, so each has its own; one that is not listed is
/// held to the loosest of its vector width, with more room.
/// </summary>
internal static class Gate
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };
    private const int Pairs = 40;
    private const int Attempts = 9;
    private const double AllowedAgainst = 1.15;
    private const double Allowed = 1.5;
    private const double AllowedElsewhere = 2;
    private const double AllowedOfAll = 2.5;

    /// <summary>In place of a kernel's name: what all take.</summary>
    private const string All = "all";

    /// <summary>
    /// Compares with gate.json and with another build's kernels, or writes gate.json anew. Exit 0 within bounds, 1 beyond.
    /// </summary>
    /// <param name="path">Of gate.json.</param>
    /// <param name="update">Write it.</param>
    /// <param name="against">The other build's Ldn.Benchmarks.dll; null for none.</param>
    /// <param name="only">Names of the kernels that are judged, <see cref="All"/> for what all take; null: everything.</param>
    public static int Run(string path, bool update, string? against = null, IReadOnlyList<string>? only = null)
    {
        bool Judged(string name) => only?.Contains(name) != false;
        string level = Simd.Widest.ToString(), processor = $"{level} {Processor()}";
        Dictionary<string, Dictionary<string, double>> committed = File.Exists(path)
            ? JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, double>>>(File.ReadAllText(path))! : [];
        bool known = committed.ContainsKey(processor);
        Dictionary<string, double>[] held =
            [.. committed.Where(entry => known ? entry.Key == processor : entry.Key.Split(' ')[0] == level)
                .Select(entry => entry.Value)];
        Console.WriteLine($"gate: {processor}{(known || update ? "" : ", which has no ratios of its own: held to the loosest of its vector width")}");

        (string Name, Action Run)[] kernels = Kernels(new KernelData());
        long[] allocated = [.. kernels.Select(kernel => Allocated(kernel.Run))];
        OtherBuild? other = against is null || update ? null : OtherBuild.Load(against);

        // Where arrays happen to lie, against cache lines and each other, costs up to a half: each attempt has others, which both
        // builds work on.
        Attempt[] attempts = [
            .. Enumerable.Range(0, Attempts).Select(_ => new KernelData())
                .Select(data => Attempt.Take(Kernels(data), other?.Kernels(data) ?? []))];
        double Ratio(string kernel) => Median(attempts.Select(attempt => attempt.ToCopying[kernel]));
        if (update)
        {
            committed[processor] = kernels.ToDictionary(kernel => kernel.Name, kernel => Math.Round(Ratio(kernel.Name), 3));
            File.WriteAllText(path, JsonSerializer.Serialize(committed, s_indented) + "\n");
            return 0;
        }

        Dictionary<string,
        double> expected = kernels.Select(kernel => kernel.Name).Where(name => held.Any(ratios => ratios.ContainsKey(name)))
            .ToDictionary(name => name, name => held.Max(ratios => ratios.GetValueOrDefault(name)));
        double[] usual = [
            .. attempts.Select(attempt => Median(expected.Select(e => attempt.ToCopying[e.Key] / e.Value).DefaultIfEmpty(1)))];
        bool failed = Judged(All) && Median(usual) > AllowedOfAll;
        Console.WriteLine(Text($"{Word(failed)} {All,-20} usually {Median(usual):F2} of the committed ratio to copying, at most {AllowedOfAll:F2}"));
        foreach (((string name, _), long bytes) in kernels.Zip(allocated).Where(kernel => Judged(kernel.First.Name)))
        {
            string said = Text($"ratio {Ratio(name):F3}");
            bool bad = bytes > 0, compared = false;
            if (expected.TryGetValue(name, out double ratio))
            {
                double slowdown = Median(attempts.Zip(usual, (attempt, u) => attempt.ToCopying[name] / ratio / u)), most = known
                    ? Allowed
                    : AllowedElsewhere;
                (bad, compared) = (bad || !(slowdown <= most), true);
                said += Text($", {slowdown:F2} of what is usual now, at most {most:F2}");
            }

            if (attempts[0].ToOther.ContainsKey(name))
            {
                double slowdown = Median(attempts.Select(attempt => attempt.ToOther[name]));
                (bad, compared) = (bad || !(slowdown <= AllowedAgainst), true);
                said += Text($"; {slowdown:F2} of the other build, at most {AllowedAgainst:F2}");
            }

            failed |= bad;
            Console.WriteLine(Text($"{Word(bad)} {name,-20} {said}{(compared ? "" : ", with nothing to hold it against")}; {bytes} bytes allocated a call"));
        }

        return failed ? 1 : 0;
    }

    private static string Word(bool failed) => failed ? "FAIL" : "ok  ";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>The kernels that are guarded. <see cref="OtherBuild"/> looks for them by this name and shape.</summary>
    private static (string Name, Action Run)[] Kernels(KernelData data) =>
    [
        ("indicator", () => IndicatorKernel.Indicator(data.Land, data.Soil, data.Target, data.Tables)),
        ("recode_legend", () => ByteTable.Lookup(data.Land, data.Codes, data.Flags, data.Target)),
        ("fixed_point", () => FixedPoint.OfShorts(data.Initial, -1, 1000, data.Quanta)),
        ("sum_known", () => FixedPoint.SumKnown(data.Quanta)),
        ("run_ends", () => Runs.Find(data.Planes, 0, KernelData.Pixels, data.Ends)),
        ("count_classes", () => ClassCount.Add(data.Target, data.Counts)),
        ("change_rank_int16", () => data.Rank.OfStocks(data.Initial, data.Final, int.MinValue, int.MinValue, data.Target)),
        ("trend_and_state", data.TrendAndState),
        ("drought_index", data.DroughtIndex),
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

    /// <summary>One attempt: all kernels measured in turn, many times; medians over the turns.</summary>
    /// <param name="ToCopying">Time of each kernel as a ratio to copying.</param>
    /// <param name="ToOther">Likewise to the other build's kernel of its name, for those that it has.</param>
    private sealed record Attempt(Dictionary<string, double> ToCopying, Dictionary<string, double> ToOther)
    {
        public static Attempt Take((string Name, Action Run)[] own, (string Name, Action Run)[] other)
        {
            byte[] source = new byte[KernelData.Pixels * 4], copy = new byte[source.Length];
            other = [.. other.Where(kernel => own.Any(k => k.Name == kernel.Name))];
            // A kernel and its counterpart one after the other: what disturbs one disturbs both.
            (string Name, Action Run)[] all = [
                ("", () => source.CopyTo(copy, 0)), .. own.Concat(other).GroupBy(kernel => kernel.Name).SelectMany(same => same)];
            for (int warm = 0; warm < 50; warm++)
                foreach ((_, Action run) in all)
                    run();
            int[] calls = [.. all.Select(kernel => Calls(kernel.Run))];
            // To and fro: which of two comes first, on colder caches, is each in turn.
            double[] Turn(int turn)
            {
                double[] times = new double[all.Length];
                for (int k = 0; k < all.Length; k++)
                {
                    int i = turn % 2 == 0 ? k : all.Length - 1 - k;
                    times[i] = Time(all[i].Run, calls[i]);
                }

                return times;
            }

            double[][] turns = [.. Enumerable.Range(0, Pairs).Select(Turn)];
            int At(string name) => Array.FindIndex(all, kernel => kernel.Name == name);
            return new Attempt(
                own.ToDictionary(kernel => kernel.Name, kernel => Median(turns.Select(turn => turn[At(kernel.Name)] / turn[0]))),
                other.ToDictionary(kernel => kernel.Name,
                    kernel => Median(turns.Select(turn => turn[At(kernel.Name)] / turn[At(kernel.Name) + 1]))));
        }
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

/// <summary>
/// The kernels of another build of this program, loaded beside this one's: its assemblies are its own, the types of .NET are
/// shared, so that both are called in the same way in the same process.
/// </summary>
internal sealed class OtherBuild : AssemblyLoadContext
{
    private readonly AssemblyDependencyResolver _resolver;
    private readonly MethodInfo _kernels;

    private OtherBuild(string path)
    {
        _resolver = new AssemblyDependencyResolver(path);
        Type? gate = LoadFromAssemblyPath(path).GetType(typeof(Gate).FullName!);
        _kernels = gate?.GetMethod("Kernels", BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
            ?? throw new InvalidOperationException($"{path} has no kernels that this gate knows how to find");
    }

    /// <exception cref="InvalidOperationException">The build's kernels are not to be found.</exception>
    public static OtherBuild Load(string path) => new(Path.GetFullPath(path));

    /// <summary>On the arrays of this build's data, where both have them.</summary>
    public (string Name, Action Run)[] Kernels(KernelData own)
    {
        const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        Type type = _kernels.GetParameters()[0].ParameterType;
        object data = Activator.CreateInstance(type)!;
        foreach (FieldInfo field in type.GetFields(Fields).Where(f => f.FieldType.IsArray))
            if (typeof(KernelData).GetField(field.Name, Fields) is { } same && same.FieldType == field.FieldType)
                field.SetValue(data, same.GetValue(own));
        return ((string, Action)[])_kernels.Invoke(null, [data])!;
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
}
