using System.Text.RegularExpressions;
using Ldn.Tests;

namespace Ldn.Cli.Tests.Docs;

/// <summary>docs/evidence.md: every rule names tests, and every test that is named is there.</summary>
internal sealed partial class EvidencePageTests
{
    [Test]
    public void EveryRuleHasTestsAndTheyAreThere()
    {
        // Classes of one name stand in several projects: of each all its methods.
        var methods = new Dictionary<string, HashSet<string>>();
        string tests = Path.Combine(TestData.Root, "tests");
        foreach (string file in Directory.EnumerateFiles(tests, "*Tests.cs", SearchOption.AllDirectories))
        {
            string of = Path.GetFileNameWithoutExtension(file);
            if (!methods.TryGetValue(of, out HashSet<string>? names))
                methods[of] = names = [];
            names.UnionWith(Method().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value));
        }

        string[] rows = [.. File.ReadLines(Path.Combine(TestData.Root, "docs", "evidence.md"))
            .Where(l => l.StartsWith("| ", StringComparison.Ordinal) && !l.EndsWith("| tests |", StringComparison.Ordinal))];
        Assert.That(rows, Has.Length.GreaterThan(50));
        Assert.Multiple(() =>
        {
            foreach (string row in rows)
            {
                Match[] named = Named().Matches(row).ToArray();
                Assert.That(named, Is.Not.Empty, row);
                foreach (Match test in named)
                {
                    HashSet<string> there = methods.GetValueOrDefault(test.Groups[1].Value) ?? [];
                    Assert.That(there, Does.Contain(test.Groups[2].Value), test.Value);
                }
            }
        });
    }

    [GeneratedRegex(@"public (?:async )?(?:void|Task|\w+) (\w+)\(")]
    private static partial Regex Method();

    [GeneratedRegex(@"`(\w+Tests)\.(\w+)`")]
    private static partial Regex Named();
}
