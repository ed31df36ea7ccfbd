using System.Text.RegularExpressions;
using Ldn.Tests;

namespace Ldn.Cli.Tests.Docs;

/// <summary>A fenced block of a page.</summary>
/// <param name="Language">The word behind the fence: sh, python, r, sql, text, …</param>
/// <param name="Text">What stands between the fences.</param>
/// <param name="NotRun">Why it is not run, from a comment <c>not run: …</c> right before it; null where it is.</param>
/// <param name="Says">The block <c>text</c> that follows it: what running it says; null where there is none.</param>
/// <param name="Line">The line of its fence.</param>
internal sealed record DocBlock(string Language, string Text, string? NotRun, string? Says, int Line);

/// <summary>A number in the words of a page, with the comment behind it that says where it comes from.</summary>
/// <param name="Printed">The number as the page prints it, without the commas between thousands.</param>
/// <param name="Source">File, conditions and column of a table; <c>in FILE</c>; or <c>given: why it is no figure</c>.</param>
/// <param name="Line">Its line.</param>
internal sealed record DocNumber(string Printed, string Source, int Line);

/// <summary>
/// A page of the documentation as the tests read it. What only they need stands in comments that no reader sees:
/// <c>&lt;!-- before: COMMAND --&gt;</c> runs before the page's first block, <c>&lt;!-- not run: WHY --&gt;</c> leaves the next
/// block alone, and a comment right behind a number names its source.
/// </summary>
internal sealed partial record DocPage(
    string Name, IReadOnlyList<string> Before, IReadOnlyList<DocBlock> Blocks, IReadOnlyList<DocNumber> Numbers,
    IReadOnlyList<string> WithoutSource)
{
    /// <summary>Reads a page.</summary>
    /// <param name="name">Its name from the repository's root.</param>
    public static DocPage Read(string name) => Parse(name, File.ReadAllText(Path.Combine(TestData.Root, name)));

    /// <summary>Parses the text of a page.</summary>
    public static DocPage Parse(string name, string text)
    {
        int LineOf(int index) => text.AsSpan(0, index).Count('\n') + 1;
        Match[] fences = [.. Fence().Matches(text).Cast<Match>()];
        var blocks = new List<DocBlock>();
        for (int i = 0; i < fences.Length; i++)
        {
            string language = fences[i].Groups["language"].Value;
            if (language == "text")
                continue;
            bool answered = i + 1 < fences.Length && fences[i + 1].Groups["language"].Value == "text";
            Match note = NotRun().Match(text[..fences[i].Index]);
            blocks.Add(new DocBlock(
                language, Dedent(fences[i]), note.Success ? note.Groups[1].Value : null, answered ? Dedent(fences[i + 1]) : null,
                LineOf(fences[i].Index)));
        }

        // Code is run, not read; blanks of the same length keep the lines and columns of what is left.
        string words = Code().Replace(text, code => Blank(code.Value));
        DocNumber[] numbers = [
            .. Sourced().Matches(words).Select(m => new DocNumber(
                m.Groups[1].Value.Replace(",", "", StringComparison.Ordinal), m.Groups[2].Value, LineOf(m.Index)))];
        string bare = Link().Replace(Comment().Replace(Sourced().Replace(words, ""), ""), "]");
        string[] without = [.. Figure().Matches(bare).Select(m => m.Value)];
        string[] before = [.. BeforeAll().Matches(text).Select(m => m.Groups[1].Value)];
        return new DocPage(name, before, blocks, numbers, without);
    }

    private static string Blank(string text) => EveryCharacter().Replace(text, " ");

    /// <summary>The text of a fence that may stand inside a list, without the indent of the list.</summary>
    private static string Dedent(Match fence)
    {
        string indent = fence.Groups["indent"].Value;
        return string.Concat(fence.Groups["text"].Value.Split('\n')[..^1].Select(line =>
            (line.StartsWith(indent, StringComparison.Ordinal) ? line[indent.Length..] : line) + "\n"));
    }

    [GeneratedRegex(@"^(?<indent> *)```(?<language>\w*)\n(?<text>(?:.*\n)*?) *```$", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"<!-- not run: (.*?) -->\s*$", RegexOptions.Singleline)]
    private static partial Regex NotRun();

    [GeneratedRegex("<!-- before: (.*?) -->", RegexOptions.Singleline)]
    private static partial Regex BeforeAll();

    [GeneratedRegex(@"^ *```\w*\n(?:.*\n)*? *```$|`[^`\n]+`", RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex(@"(-?\d[\d,]*(?:\.\d+)?)<!-- (.*?) -->", RegexOptions.Singleline)]
    private static partial Regex Sourced();

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\]\([^)]*\)")]
    private static partial Regex Link();

    /// <summary>A number that looks computed: with decimals, or with thousands set apart; not 15.3.1 and the like.</summary>
    [GeneratedRegex(@"(?<![\d.])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)(?![\d]|\.\d)")]
    private static partial Regex Figure();

    [GeneratedRegex(@"[^\n]")]
    private static partial Regex EveryCharacter();
}
