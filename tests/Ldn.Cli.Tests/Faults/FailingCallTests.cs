using System.Globalization;
using Ldn.Tests;

namespace Ldn.Cli.Tests.Faults;

/// <summary>
/// Calls of the system that fail, one at a time or all from one on: open, read, write, seek, list, truncate, sync, rename,
/// mkdir, rmdir, unlink, flock; with EIO, EINTR, ENOSPC or half of what was asked; in every scene of <see cref="FaultScene"/>.
/// Each run ends with the bytes of an undisturbed one, or with exit 75, a message, and what lay there before. A sample of the
/// points, spread over all calls; thousands with LDN_TEST_FULL=1.
/// </summary>
[Platform("Linux")]
[Parallelizable(ParallelScope.All)]
internal sealed class FailingCallTests
{
    private const int InputOutput = 5, Interrupted = 4, NoSpace = 28, Half = 0;

    private static readonly Dictionary<string, int[]> s_errors = new()
    {
        ["open"] = [InputOutput, Interrupted],
        ["read"] = [InputOutput, Interrupted, Half],
        ["write"] = [InputOutput, Interrupted, NoSpace, Half],
        ["seek"] = [InputOutput],
        ["list"] = [InputOutput],
        ["truncate"] = [InputOutput, NoSpace],
        ["sync"] = [InputOutput, NoSpace],
        ["rename"] = [InputOutput, NoSpace],
        ["mkdir"] = [InputOutput, NoSpace],
        ["rmdir"] = [InputOutput],
        ["unlink"] = [InputOutput],
        ["flock"] = [InputOutput],
    };

    /// <summary>Scenes of every check.</summary>
    private static readonly string[] s_always =
    [
        "every writer over a result", "side files", "merge", "report", "GPKG", "ENVI",
    ];

    private Workspace _shim = null!;

    private static IEnumerable<string> Scenes => FullRun.Asked ? FaultScene.Names : s_always;

    [OneTimeSetUp]
    public void Compile()
    {
        _shim = new Workspace();
        string source = Path.Combine(TestData.Root, "tests", "Ldn.Cli.Tests", "Faults", "failing-calls.c");
        LdnProcess.Tool(_shim.Folder, "cc", "-shared", "-fPIC", "-O1", "-o", _shim["fault.so"], source, "-ldl").Succeeded();
    }

    [OneTimeTearDown]
    public void Remove() => _shim?.Dispose();

    [TestCaseSource(nameof(Scenes))]
    public void EndsWithTheBytesOrWithExit75(string name)
    {
        using FaultScene scene = FaultScene.Of(name);
        Dictionary<string, byte[]> before = scene.Left();
        string count = _shim[$"count {name}"];
        var environment = new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = _shim["fault.so"],
            ["FAULT_UNDER"] = scene.Work.Folder,
            ["FAULT_COUNT"] = count,
            ["SOURCE_DATE_EPOCH"] = "1700000000",
        };
        LdnProcess.Run(scene.Work.Folder, scene.Arguments, environment).Succeeded();
        Dictionary<string, byte[]> whole = scene.Left();
        Assert.That(whole, Is.Not.Empty);
        (string Call, int Calls)[] kinds = [.. File.ReadAllLines(count).Select(line => line.Split(' '))
            .Select(w => (w[0], int.Parse(w[1], CultureInfo.InvariantCulture))).Where(k => k.Item2 > 0)];
        Assert.That(kinds, Is.Not.Empty, "no call is seen: nothing is tested");
        environment.Remove("FAULT_COUNT");
        List<string> failures = [];
        int borne = 0;
        // In a whole campaign the sum over all scenes is thousands.
        int points = FullRun.Asked ? 64 : 5;
        for (int point = 0; point < points && failures.Count < 5; point++)
        {
            (string call, int calls) = kinds[point % kinds.Length];
            // Spread evenly over the calls of a kind, however many points there are.
            double golden = (Math.Sqrt(5) - 1) / 2 * (1 + (point / kinds.Length) + name.Length);
            int at = 1 + (int)((golden - Math.Floor(golden)) * calls), round = point / kinds.Length;
            int error = s_errors[call][round % s_errors[call].Length];
            // A seek asks no disk: none fails for good in a file that can be opened and read.
            int many = point % 3 == 2 && call != "seek" ? 100_000 : 1;
            environment["FAULT_CALL"] = call;
            (environment["FAULT_AT"], environment["FAULT_ERROR"], environment["FAULT_FOR"]) = ($"{at}", $"{error}", $"{many}");
            scene.Restore(before);
            LdnResult result = LdnProcess.Run(scene.Work.Folder, scene.Arguments, environment);
            if (Fault(scene, result, before, whole) is { } fault)
                failures.Add(
                    $"{fault}; {call} {at} of {calls}, error {error}, {many} times: exit {result.ExitCode}: {result.Error}");
            borne += result.ExitCode == 0 ? 1 : 0;
        }

        TestContext.Out.WriteLine($"campaign: failing calls, {name}: {points} faults, {borne} borne, {points - borne} exit 75");
        Assert.That(failures, Is.Empty, string.Join('\n', failures));
    }

    /// <summary>What is wrong with how a run ended; null where nothing is.</summary>
    private static string? Fault(
        FaultScene scene, LdnResult result, Dictionary<string, byte[]> before, Dictionary<string, byte[]> whole)
    {
        Dictionary<string, byte[]> left = scene.Left();
        switch (result.ExitCode)
        {
            case 0:
                return Difference(left, whole) is { } other ? $"other bytes ({other})" : null;
            case (int)ExitCode.Temporary:
                if (!result.Error.Split('\n').Any(l => l.StartsWith("ldn: ", StringComparison.Ordinal))
                    || result.Error.Contains("unexpected", StringComparison.Ordinal))
                    return "no message";
                if (Difference(left, before) is not { } neither)
                    return null;
                // A work folder that cannot be listed or removed stays, and so does the journal of a publication that stands
                // still half way; the next run deals with both.
                bool whole75 = result.Error.Contains("holds the whole result", StringComparison.Ordinal);
                bool journal = result.Error.Contains("the next run puts them back", StringComparison.Ordinal);
                if (!whole75 && !journal && left.Any(f => !IsWork(f.Key) && !before.ContainsKey(f.Key)))
                    return $"neither old nor new ({neither})";
                LdnResult next = LdnProcess.Run(
                    scene.Work.Folder, whole75 ? [.. scene.Arguments, "--overwrite"] : scene.Arguments);
                return next.ExitCode == 0 && Difference(scene.Left(), whole) is null ? null
                    : $"the next run does not mend it: exit {next.ExitCode}: {next.Error} ({neither})";
            default:
                return "wrong exit code";
        }
    }

    private static bool IsWork(string name) => name.Contains(".ldn-partial", StringComparison.Ordinal);

    private static string? Difference(Dictionary<string, byte[]> left, Dictionary<string, byte[]> right)
    {
        string[] lacking = [.. right.Keys.Except(left.Keys)], beyond = [.. left.Keys.Except(right.Keys)],
            other = [.. left.Where(f => !f.Key.EndsWith("provenance.json", StringComparison.Ordinal)
                && right.TryGetValue(f.Key, out byte[]? bytes) && !bytes.AsSpan().SequenceEqual(f.Value)).Select(f => f.Key)];
        return lacking.Length + beyond.Length + other.Length == 0 ? null
            : $"{string.Join(", ", lacking.Take(3))} lack, {string.Join(", ", beyond.Take(3))} too many, "
                + $"{string.Join(", ", other.Take(3))} differ";
    }
}
