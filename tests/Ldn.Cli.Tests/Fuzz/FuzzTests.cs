using Ldn.Tests;

namespace Ldn.Cli.Tests.Fuzz;

/// <summary>
/// Damaged or hostile inputs of every parser: never a crash, a hang, a flood of memory, a stray file or wrong figures. Some
/// hundred of each in every check; with LDN_TEST_FULL=1 10,000, in pieces that run beside each other and are over in minutes.
/// </summary>
[Parallelizable(ParallelScope.Children)]
internal sealed class FuzzTests
{
    private const int Batch = 500, BatchesOfPiece = 4, Pieces = 5;

    /// <summary>Parsers, the fewest cases of a sample that must be accepted and refused, and the size of the sample.</summary>
    private static readonly (string Parser, int Least, int Sample)[] s_parsers =
    [
        ("tiff", 50, Batch), ("csv", 50, Batch), ("job", 50, Batch), ("polygons", 50, Batch), ("options", 50, Batch),
        ("results", 5, 40), ("plans", 5, 60),
    ];

    private static IEnumerable<TestCaseData> Cases =>
        from parser in s_parsers
        from piece in Enumerable.Range(1, FullRun.Asked ? Pieces : 1)
        select new TestCaseData(parser.Parser, parser.Least, parser.Sample, piece).SetArgDisplayNames(parser.Parser, $"{piece}");

    [TestCaseSource(nameof(Cases))]
    public void NothingButARefusalOrTheTruth(string parser, int least, int sample, int piece)
    {
        int batches = FullRun.Asked ? BatchesOfPiece : 1, cases = FullRun.Asked ? Batch : sample, accepted = 0, refused = 0;
        for (int batch = 0; batch < batches; batch++)
        {
            using var work = new Workspace();
            Directory.CreateDirectory(work["in"]);
            int first = 1 + ((((piece - 1) * BatchesOfPiece) + batch) * Batch);
            LdnResult result = LdnProcess.Host(
                work.Folder, 300_000, FuzzHost.Argument, parser, $"{first}", $"{cases}", work["in"]);
            string[] lines = result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.That(result.ExitCode, Is.Zero, $"{lines.LastOrDefault()}\n{string.Join('\n', lines.SkipWhile(l => !l.StartsWith("FAILED", StringComparison.Ordinal)))}\n{result.Error}");
            Assert.That(Directory.GetFileSystemEntries(work.Folder), Is.EqualTo(new[] { work["in"] }), "written beside");
            int[] counts = [.. lines[^1].Split(' ', ',').Where(w => int.TryParse(w, out _)).Select(w => int.Parse(w, null))];
            (accepted, refused) = (accepted + counts[0], refused + counts[1]);
            Assert.That(counts, Has.Length.EqualTo(2).And.All.GreaterThan(least), $"{lines[^1]}: the cases are worth something");
        }

        TestContext.Out.WriteLine($"campaign: hostile {parser}, piece {piece}: {accepted + refused} cases, {accepted} accepted, "
            + $"{refused} refused");
    }
}
