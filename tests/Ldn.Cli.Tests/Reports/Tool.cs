using System.Diagnostics;

namespace Ldn.Cli.Tests.Reports;

/// <summary>Programs that only tests use; a test whose program is not installed is skipped and says so.</summary>
internal static class Tool
{
    public static string Find(params string[] names)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string? found = names.SelectMany(n => folders.Select(f => Path.Combine(f, n))).FirstOrDefault(System.IO.File.Exists);
        if (found is null)
            Assert.Ignore($"not installed: {string.Join(" or ", names)}");
        return found!;
    }

    public static (string Output, string Errors) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} did not end");
        }

        return (output, errors.Result);
    }
}
