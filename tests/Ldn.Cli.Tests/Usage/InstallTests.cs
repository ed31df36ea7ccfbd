using System.Diagnostics;
using Ldn.Cli.Tests.Reports;
using Ldn.Tests;

namespace Ldn.Cli.Tests.Usage;

/// <summary>
/// The ways of docs/install.md to get the program: each is built as the page says, in a folder of its own, and computes the
/// sample.
/// They take minutes, so only with LDN_TEST_FULL=1; that the workflow files can be read at all is seen in every check.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class InstallTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Test]
    public void PackedInstalledAndRunAsATool()
    {
        OnlyInFull();
        foreach (string project in new[] { "Ldn", "Ldn.Gdal", "Ldn.Cli" })
            DotNet(
            [
                "pack", Source(project), "-c", "Release", "--artifacts-path", _work["build"], "-o", _work["packages"], .. Plain,
            ]);
        Assert.That(
            Directory.EnumerateFiles(_work["packages"], "*.nupkg").Select(file => Path.GetFileName(file).Split(".0.")[0]),
            Is.EquivalentTo(new[] { "Ldn", "Ldn.Gdal", "Ldn.Cli" }));
        DotNet(["tool", "install", "Ldn.Cli", "--tool-path", _work["tools"], "--source", _work["packages"]]);
        ComputesTheSample(_work["tools/ldn"], withDotNet: true);
    }

    /// <summary>As the page says, with neither .NET on PATH nor a hint at where it is.</summary>
    [Test]
    public void AProgramOfItsOwnNeedsNoDotNet()
    {
        OnlyInFull();
        if (!OperatingSystem.IsLinux() || System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture
            != System.Runtime.InteropServices.Architecture.X64)
            Assert.Ignore("for linux-x64");
        DotNet(
        [
            "publish", Source("Ldn.Cli"), "-c", "Release", "-r", "linux-x64", "--self-contained", "-p:PublishSingleFile=true",
            "--artifacts-path", _work["build"], "-o", _work["program"], .. Plain,
        ]);
        ComputesTheSample(_work["program/Ldn.Cli"], withDotNet: false);
    }

    /// <summary>What cannot run here is built at least.</summary>
    [TestCase("linux-arm64")]
    [TestCase("win-x64")]
    [TestCase("osx-arm64")]
    public void ProgramsOfOtherMachinesAreBuilt(string rid)
    {
        OnlyInFull();
        DotNet(
        [
            "publish", Source("Ldn.Cli"), "-c", "Release", "-r", rid, "--self-contained", "-p:PublishSingleFile=true",
            "--artifacts-path", _work["build"], "-o", _work["program"], .. Plain,
        ]);
        string program = rid.StartsWith("win", StringComparison.Ordinal) ? "Ldn.Cli.exe" : "Ldn.Cli";
        Assert.That(
            new FileInfo(_work[$"program/{program}"]).Length, Is.GreaterThan(10 << 20));
    }

    /// <summary>
    /// Each workflow, action and recipe is YAML, and each command it runs in this repository names what is there.
    /// </summary>
    [TestCase(".github/workflows/release.yml", "jobs")]
    [TestCase(".github/actions/ldn/action.yml", "runs")]
    [TestCase("CITATION.cff", "title")]
    public void WorkflowsCanBeRead(string file, string key)
    {
        if (!File.Exists("/usr/bin/python3"))
            Assert.Ignore("not installed: python3");
        const string Program = "import sys, yaml\nprint(sys.argv[2] in yaml.safe_load(open(sys.argv[1])))";
        (string output, string errors) = Tool.Run("/usr/bin/python3", "-c", Program, Path.Combine(TestData.Root, file), key);
        if (errors.Contains("No module named 'yaml'", StringComparison.Ordinal))
            Assert.Ignore("not installed: python3-yaml");
        Assert.That(output.Trim(), Is.EqualTo("True"), errors);
    }

    /// <summary>
    /// The container installs the library this program needs, builds the program that is here and runs as nobody.
    /// </summary>
    [Test]
    public void TheContainerfileNamesWhatIsThere()
    {
        string[] lines = File.ReadAllLines(Path.Combine(TestData.Root, "src", "packaging", "Containerfile"));
        Assert.That(
            lines,
            Has.Some.Contains("libgdal32").And.Some.StartsWith("RUN dotnet publish src/Ldn.Cli")
                .And.Some.StartsWith("USER 65534"));
        Assert.That(
            lines.Count(l => l.StartsWith("FROM ", StringComparison.Ordinal)), Is.EqualTo(2),
            "no SDK in the image that is shipped");
    }

    private static readonly string[] Plain = ["-v", "quiet", "-p:RunAnalyzers=false", "-p:UseSharedCompilation=false"];

    private static string Source(string project) => Path.Combine(TestData.Root, "src", project);

    private static void OnlyInFull()
    {
        FullRun.Only("builds for a minute");
    }

    private void ComputesTheSample(string program, bool withDotNet)
    {
        string sample = Path.Combine(TestData.Root, "sample-data", "north-east-asia");
        Run(program, ["compute", Path.Combine(sample, "job.json"), "--out", _work["result"], "--quiet"], withDotNet);
        Assert.That(
            File.ReadAllText(_work["result/headline.csv"]),
            Is.EqualTo(File.ReadAllText(Path.Combine(sample, "expected", "headline.csv"))));
    }

    private void DotNet(string[] arguments) => Run("dotnet", arguments, withDotNet: true);

    private void Run(string program, string[] arguments, bool withDotNet)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _work.Folder,
        };
        foreach (
            string name in new[]
            {
                "LDN_TEST_FULL", "LDN_TEST_PROGRAM", "MSBuildSDKsPath", "MSBUILD_EXE_PATH", "MSBuildExtensionsPath"
            })
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        if (!withDotNet)
        {
            start.Environment["PATH"] = "/usr/bin:/bin";
            start.Environment.Remove("DOTNET_ROOT");
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.That(process.WaitForExit(TimeSpan.FromMinutes(8)), Is.True, $"{program} did not end");
        Assert.That(process.ExitCode, Is.Zero, $"{program} {string.Join(' ', arguments)}\n{output}\n{errors.Result}");
    }
}
