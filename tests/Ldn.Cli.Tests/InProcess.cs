
namespace Ldn.Cli.Tests;

/// <summary>
/// The program inside the test's own process: a hundred runs in the time one process takes to start. Names must not depend on a
/// current folder.
/// </summary>
internal static class InProcess
{
    /// <summary>
    /// Runs <c>ldn</c>; arguments that name a file of the folder, and what is to be written, are made absolute.
    /// </summary>
    /// <returns>The exit code.</returns>
    public static int Run(Workspace work, IEnumerable<string> arguments)
    {
        string[] given = [.. arguments];
        string[] absolute = [
            .. given.Select(
                (a, i) => (i > 0 && given[i - 1] is "--out" or "-o") || (a.Length > 0 && File.Exists(work[a])) ? work[a] : a)];
        return CommandLine.Run(AllVerbs.InOrder, [.. absolute, "--quiet"]);
    }
}
