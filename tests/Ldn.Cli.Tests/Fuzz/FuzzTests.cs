using Ldn.Tests;

namespace Ldn.Cli.Tests.Fuzz;

/// <summary>
/// 500 damaged or hostile inputs a parser, 10,000 with LDN_TEST_FULL=1: never a crash, a hang, a flood of memory, a stray file or
/// wrong figures.
/// </summary>
[Parallelizable(ParallelScope.Children)]
internal sealed class FuzzTests
{
    private const int Batch = 500;

    private static readonly int s_batches = FullRun.Asked ? 20 : 1;

    [TestCase("tiff", 50)]
    [TestCase("csv", 50)]
    [TestCase("job", 50)]
    [TestCase("polygons", 50)]
    [TestCase("options", 50)]
    [TestCase("results", 5, 40)]
    [TestCase("plans", 5, 60)]
    public void NothingButARefusalOrTheTruth(string parser, int least, int sample = Batch)
    {
        int cases = s_batches > 1 ? Batch : sample, accepted = 0, refused = 0;
        for (int batch = 0; batch < s_batches; batch++)
        {
            using var work = new Workspace();
            Directory.CreateDirectory(work["in"]);
            LdnResult result = LdnProcess.Host(
                work.Folder, 300_000, FuzzHost.Argument, parser, $"{1 + (batch * Batch)}", $"{cases}", work["in"]);
            string[] lines = result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.That(result.ExitCode, Is.Zero, $"{lines.LastOrDefault()}\n{string.Join('\n', lines.SkipWhile(l => !l.StartsWith("FAILED", StringComparison.Ordinal)))}\n{result.Error}");
            Assert.That(Directory.GetFileSystemEntries(work.Folder), Is.EqualTo(new[] { work["in"] }), "written beside");
            int[] counts = [.. lines[^1].Split(' ', ',').Where(w => int.TryParse(w, out _)).Select(w => int.Parse(w, null))];
            (accepted, refused) = (accepted + counts[0], refused + counts[1]);
            Assert.That(counts, Has.Length.EqualTo(2).And.All.GreaterThan(least), $"{lines[^1]}: the cases are worth something");
        }

        TestContext.Out.WriteLine(
            $"campaign: hostile {parser}: {accepted + refused} cases, {accepted} accepted, {refused} refused");
    }
}
