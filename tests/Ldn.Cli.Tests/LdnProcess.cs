using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Ldn.Cli.Tests;

/// <summary>What a finished program left: exit code and both streams.</summary>
internal sealed record LdnResult(int ExitCode, string Out, string Error)
{
    /// <summary>This result, asserted to be a success.</summary>
    public LdnResult Succeeded()
    {
        Assert.That(ExitCode, Is.Zero, Error);
        return this;
    }
}

/// <summary>The program in a process of its own, as a user's shell would start it.</summary>
internal sealed partial class LdnProcess : IDisposable
{
    /// <summary>Milliseconds after which a program hangs; on a loaded machine usual runs take half a minute.</summary>
    private const int Timeout = 180_000;
    private readonly Process _process;
    private readonly Task<string> _out;
    private readonly Task<string> _error;

    private LdnProcess(
        string program, string folder, IReadOnlyDictionary<string, string>? environment, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Nothing of the test run's own settings reaches the program.
        foreach (
            string name in Environment.GetEnvironmentVariables().Keys.Cast<string>()
                .Where(n => n.StartsWith("LDN_", StringComparison.Ordinal)))
            start.Environment.Remove(name);
        start.Environment.Remove("SOURCE_DATE_EPOCH");
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _out = _process.StandardOutput.ReadToEndAsync();
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>
    /// The command that starts ldn: the native program where <c>LDN_TEST_PROGRAM</c> names it, as users get it and
    /// <c>./test.sh</c> does, else the assembly.
    /// </summary>
    public static string[] Program { get; } = Environment.GetEnvironmentVariable("LDN_TEST_PROGRAM") is { Length: > 0 } native
        ? [native]
        : Assembly;

    private static string[] Assembly => ["dotnet", Path.Combine(AppContext.BaseDirectory, "Ldn.Cli.dll")];

    public bool HasExited => _process.HasExited;

    public static LdnProcess Start(
        string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        new(Program[0], folder, environment, [.. Program[1..], .. arguments]);

    /// <summary>
    /// Starts ldn so that it hears SIGINT even where the test run itself was told not to, as shells tell jobs in the background.
    /// </summary>
    public static LdnProcess StartHearing(string folder, IEnumerable<string> arguments)
    {
        string[] program = [.. Program, .. arguments];
        return OperatingSystem.IsLinux()
            ? new("env", folder, null, program.Prepend("--default-signal=INT,HUP,TERM"))
            : new(program[0], folder, null, program[1..]);
    }

    /// <summary>Runs ldn to its end.</summary>
    public static LdnResult Run(
        string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null,
        int timeout = Timeout)
    {
        using LdnProcess process = Start(folder, arguments, environment);
        return process.End(timeout);
    }

    /// <summary>Runs the assembly to its end: the runtime's switches, as of vector widths, act on it alone.</summary>
    public static LdnResult RunAssembly(
        string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        using var process = new LdnProcess(Assembly[0], folder, environment, [.. Assembly[1..], .. arguments]);
        return process.End();
    }

    /// <summary>Runs a tool of the machine, or skips the test, saying so, where it is not installed.</summary>
    public static LdnResult Tool(string folder, string program, params string[] arguments)
    {
        string[] places = program.Contains('/')
            ? [program]
            : [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(p => Path.Combine(p, program))];
        if (!places.Any(File.Exists))
            Assert.Ignore($"{program} is not installed");
        using var process = new LdnProcess(program, folder, null, arguments);
        return process.End();
    }

    /// <summary>Runs this test program anew, as <see cref="Fuzz.FuzzHost"/>.</summary>
    public static LdnResult Host(string folder, int timeout, params string[] arguments)
    {
        using var process = new LdnProcess(
            "dotnet", folder, null, arguments.Prepend(Path.Combine(AppContext.BaseDirectory, "Ldn.Cli.Tests.dll")));
        return process.End(timeout);
    }

    /// <summary>Runs a script that may take its time, in an environment of its own.</summary>
    public static LdnResult Script(
        string folder, IReadOnlyDictionary<string, string> environment, int timeout, string program,
        IEnumerable<string> arguments)
    {
        using var process = new LdnProcess(program, folder, environment, arguments);
        return process.End(timeout);
    }

    public LdnResult End(int timeout = Timeout)
    {
        if (!_process.WaitForExit(timeout))
        {
            _process.Kill(entireProcessTree: true);
            Assert.Fail($"did not end within {timeout / 1000} s: {string.Join(' ', _process.StartInfo.ArgumentList)}");
        }

        _process.WaitForExit();
        return new LdnResult(_process.ExitCode, _out.GetAwaiter().GetResult(), _error.GetAwaiter().GetResult());
    }

    /// <summary>Sends a signal of the operating system by its number.</summary>
    public void Signal(int number) => Assert.That(Kill(_process.Id, number), Is.Zero);

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
