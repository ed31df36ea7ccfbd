using System.Text;
using System.Text.RegularExpressions;
using Ldn.Jobs;
using Ldn.Subjects;
using Ldn.Tests;

namespace Ldn.Cli.Tests.Docs;

/// <summary>
/// The pages that a user follows, followed: every command is run, what the page says it says is compared, and every number in
/// its words is held against the table, or the file, it comes from (how a page says so: <see cref="DocPage"/>).
/// </summary>
internal sealed partial class DocTests
{
    /// <summary>Pages whose commands and numbers are all under test.</summary>
    private static readonly string[] s_pages = [
        "README.md", "docs/tutorial.md", "docs/productivity.md", "docs/neutrality.md", "docs/clusters.md", "docs/recipes.md",
        "docs/prais.md", "docs/explain.md", "docs/comparison.md", "docs/glossary.md", "docs/results.md", "docs/method.md",
        "docs/firmness.md", "docs/jobs.md", "docs/drought.md", "docs/data-sources.md", "docs/security.md",
        "docs/regions.md", "docs/install.md",
    ];

    private static readonly string[] s_languages = ["sh", "python", "r", "sql"];

    private readonly Dictionary<string, DocRun> _runs = [];

    [OneTimeTearDown]
    public void Remove()
    {
        foreach (DocRun run in _runs.Values)
            run.Dispose();
    }

    private static IEnumerable<TestCaseData> Blocks => s_pages.SelectMany(page => DocPage.Read(page).Blocks
        .Where(b => b.NotRun is null && s_languages.Contains(b.Language)).Select(b => b.Language).Distinct()
        .Select(language => new TestCaseData(page, language)));

    [TestCaseSource(nameof(Blocks))]
    public void WhatThePageRunsSaysWhatThePageSays(string page, string language) => Run(page).Run(language);

    [TestCaseSource(nameof(s_pages))]
    public void NumbersAreThoseOfTheirSources(string page)
    {
        DocPage read = DocPage.Read(page);
        Assert.That(read.WithoutSource, Is.Empty, "numbers without a comment behind them that names their source");
        if (read.Numbers.Count == 0)
            return;
        // Outside of Assert.Multiple, where a command that fails would be noted but not thrown.
        DocRun run = Run(page);
        Assert.Multiple(() =>
        {
            foreach (DocNumber number in read.Numbers)
                run.Check(number);
        });
    }

    private static IEnumerable<TestCaseData> PartsOfJobs => s_pages.SelectMany(page => DocPage.Read(page).Blocks
        .Where(b => b.Language == "jsonc").Select(b => new TestCaseData(page, b.Line, b.Text)));

    /// <summary>A job on a page, or a part of one, is read as a job is: no key that is none, no value of another form.</summary>
    [TestCaseSource(nameof(PartsOfJobs))]
    public void WhatThePageShowsOfAJobIsRead(string page, int line, string text)
    {
        string[] places = text.StartsWith('{') ? ["?"] : ["{ ?\n}", "{ \"soilCarbon\": { ?\n} }"];
        LdnException? error = null;
        foreach (string place in places)
        {
            try
            {
                JobReader.Parse(
                    Encoding.UTF8.GetBytes(place.Replace("?", text, StringComparison.Ordinal)), $"{page}, line {line}",
                    AllSubjects.InOrder);
                return;
            }
            catch (LdnException e)
            {
                error ??= e;
            }
        }

        Assert.Fail(error!.Message);
    }

    /// <summary>A link to a file of the repository, on any page, leads to one.</summary>
    [Test]
    public void LinksLeadToFiles()
    {
        string[] pages = [
            "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "benchmarks/README.md",
            .. Directory.EnumerateFiles(Path.Combine(TestData.Root, "docs"), "*.md", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(TestData.Root, file))];
        string[] broken = [
            .. pages.SelectMany(page => Target().Matches(File.ReadAllText(Path.Combine(TestData.Root, page)))
                .Select(m => m.Groups[1].Value)
                .Where(to => !to.Contains("://", StringComparison.Ordinal) && !to.StartsWith('#'))
                .Where(to => !Path.Exists(Path.Combine(TestData.Root, Path.GetDirectoryName(page)!, to.Split('#')[0])))
                .Select(to => $"{page}: {to}"))];
        Assert.That(broken, Is.Empty);
    }

    /// <summary>The index leads to every page of docs.</summary>
    [Test]
    public void TheIndexLeadsToEveryPage()
    {
        string docs = Path.Combine(TestData.Root, "docs"), index = File.ReadAllText(Path.Combine(docs, "README.md"));
        Assert.That(
            Directory.EnumerateFiles(docs, "*.md").Select(Path.GetFileName).Where(name => name != "README.md")
                .Where(name => !index.Contains($"({name}", StringComparison.Ordinal)),
            Is.Empty);
    }

    [Test]
    public void APageIsReadAsItIsWritten()
    {
        DocPage page = DocPage.Parse("p.md", """
            <!-- before: mkdir x -->
            15.3.1 and 12.5<!-- t.csv a=1 b --> of 1,234 in `9.9` and [2.5](3.5.md)

            1. item
               ```sh
               ldn
               ```
               ```text
               a…
               ```
            <!-- not run: needs a cluster -->
            ```sh
            sbatch
            ```

            """.ReplaceLineEndings("\n"));
        Assert.Multiple(() =>
        {
            Assert.That(page.Before, Is.EqualTo(new[] { "mkdir x" }));
            Assert.That(page.Blocks, Is.EqualTo(new[]
            {
                new DocBlock("sh", "ldn\n", null, "a…\n", 5), new DocBlock("sh", "sbatch\n", "needs a cluster", null, 12),
            }));
            Assert.That(page.Numbers, Is.EqualTo(new[] { new DocNumber("12.5", "t.csv a=1 b", 2) }));
            Assert.That(page.WithoutSource, Is.EqualTo(new[] { "1,234", "2.5" }));
        });
    }

    [TestCase("a\n…\nb…\n", "a\nx\ny\nbcd\n", true)]
    [TestCase("a\nb\n", "a\nx\nb\n", false)]
    [TestCase("a\n…\nb\n", "b\na\n", false)]
    [TestCase("  1.5  x\n", "start\n  1.5  x\nend\n", true)]
    [TestCase("1.5\n", "115\n", false)]
    public void WhatIsSaidIsComparedLineByLine(string says, string said, bool same) =>
        Assert.That(Regex.IsMatch(said, DocRun.Pattern(says)), Is.EqualTo(same));

    private DocRun Run(string page)
    {
        if (!_runs.TryGetValue(page, out DocRun? run))
            _runs[page] = run = new DocRun(DocPage.Read(page));
        return run;
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Target();
}
