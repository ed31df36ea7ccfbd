using System.Diagnostics;
using Ldn.Tests;

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

    /// <summary>
    /// The folder of a package of npm, put under artifacts once; a test is skipped, saying so, where node or the registry is not
    /// there.
    /// </summary>
    /// <param name="package">Name and version, such as hyparquet@1.20.0.</param>
    public static string Npm(string package)
    {
        Find("node");
        string root = Path.Combine(TestData.Root, "artifacts", "npm", package.Replace('/', '-'));
        string folder = Path.Combine(root, "node_modules", package[..package.LastIndexOf('@')]);
        lock (s_npm)
        {
            if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(root);
                (_, string errors) = Run(
                    Find("npm"), "install", "--prefix", root, "--no-audit", "--no-fund", "--silent", package);
                if (!Directory.Exists(folder))
                    Assert.Ignore($"npm has no {package}: {errors}");
            }
        }

        return folder;
    }

    private static readonly Lock s_npm = new();
}
