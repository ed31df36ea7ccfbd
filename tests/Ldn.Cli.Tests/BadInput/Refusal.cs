using System.Text.RegularExpressions;

namespace Ldn.Cli.Tests.BadInput;

/// <summary>How the program refuses: an exit code, one clear message on standard error, and nothing anywhere else.</summary>
internal static partial class Refusal
{
    public static void Refused(this LdnResult result, SmallJob job, ExitCode code, params string[] words)
    {
        Said(result, code, words);
        Assert.That(Path.Exists(job["result"]), Is.False, "the result's folder remains");
    }

    public static void Said(LdnResult result, ExitCode code, params string[] words)
    {
        using IDisposable all = Assert.EnterMultipleScope();
        Assert.That(result.ExitCode, Is.EqualTo((int)code), result.Error);
        Assert.That(result.Out, Is.Empty);
        // A run that had begun has said what it was about to do, and every ten seconds what it is at.
        string[] lines = [.. result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .SkipWhile(l => l.StartsWith("  ldn ", StringComparison.Ordinal) || Progress().IsMatch(l))];
        Assert.That(lines, Has.Length.InRange(1, 2), result.Error);
        Assert.That(lines.FirstOrDefault(), Does.StartWith("ldn: ").And.Not.Contains("unexpected"));
        Assert.That(result.Error, Does.Not.Contain("   at ").And.Not.Contains("Exception").And.Not.Contains("ERROR"));
        foreach (string word in words)
            Assert.That(result.Error, Does.Contain(word));
    }

    [GeneratedRegex(@"^opening inputs: .*after \d+:\d\d:\d\d, \d+ MB$")]
    private static partial Regex Progress();
}
