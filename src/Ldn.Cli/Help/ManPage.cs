using System.Text;
using Ldn.Jobs.Flags;

namespace Ldn.Cli.Help;

/// <summary>
/// Manual pages in the man macros of roff, made from the verbs and flags themselves; <c>docs/man</c> holds them.
/// </summary>
internal static class ManPage
{
    private static readonly (string Code, string Means)[] s_exits =
    [
        ("0", "success"), ("1", "unexpected error"), ("2", "usage or configuration"), ("3", "input data unusable"),
        ("4", "a check failed; results are complete"),
        ("5", "parts of a plan are missing or damaged"), ("75", "temporary failure, retry is safe"), ("130, 143", "interrupted"),
    ];

    /// <summary>The page's name: ldn, ldn-compute.</summary>
    public static string NameOf(Verb? verb) => verb is null ? "ldn" : $"ldn-{verb.Name}";

    /// <summary>The page of a command or, without one, of the program.</summary>
    public static string Of(Verb? verb, IReadOnlyList<Verb> verbs)
    {
        var page = new StringBuilder();
        page.Append(
            $".TH {NameOf(verb).ToUpperInvariant().Replace("-", "\\-", StringComparison.Ordinal)} 1 \"\" \"ldn\" \"Land "
                + "Degradation Neutrality\"\n");
        Section(page, "NAME");
        Line(page, $"{Text(NameOf(verb))} \\- {Text(verb?.Summary ?? HelpText.Program.TrimEnd('.'))}");
        Section(page, "SYNOPSIS");
        Line(page, Text(verb?.Usage ?? "ldn COMMAND [options]"));
        Section(page, "DESCRIPTION");
        if (verb is null)
            Program(page, verbs);
        else
            Command(page, verb);
        Section(page, "EXAMPLES");
        foreach (Example example in verb?.Examples ?? [.. verbs.Take(1).SelectMany(v => v.Examples)])
            Entry(page, $"ldn {Text(example.Line)}", [example.Does]);
        Section(page, "EXIT STATUS");
        foreach ((string code, string means) in s_exits)
            Entry(page, code, [means]);
        Section(page, "ENVIRONMENT");
        Line(page, Text(
            "A flag that is not given takes the value of its variable: LDN_THREADS for --threads. LDN_GDAL_LIBRARY names the "
                + "GDAL library to use, NO_COLOR takes colours away."));
        Section(page, "SEE ALSO");
        Line(
            page,
            string.Join(
                ", ",
                verbs.Where(v => v != verb).Select(v => $"\\fB{Text(NameOf(v))}\\fR(1)")
                    .Prepend(verb is null ? "" : "\\fBldn\\fR(1)").Where(s => s.Length > 0)));
        return page.ToString();
    }

    private static void Program(StringBuilder page, IReadOnlyList<Verb> verbs)
    {
        Line(
            page,
            Text(
                HelpText.Program + " Results go to files, data to standard output only with --json, everything said to standard "
                    + "error."));
        Section(page, "COMMANDS");
        foreach (Verb verb in verbs)
            Entry(page, $"\\fBldn {Text(verb.Name)}\\fR", [verb.Summary + "."]);
    }

    private static void Command(StringBuilder page, Verb verb)
    {
        Line(page, Text(verb.Summary + "."));
        page.Append(".PP\n");
        Line(page, Text(verb.Doc));
        foreach (Operand operand in verb.Operands)
            Entry(
                page, $"\\fI{Text(operand.Name)}\\fR",
                [operand.Doc + (operand.Values.Count == 0 ? "." : ": " + string.Join(", ", operand.Values) + ".")]);
        foreach ((FlagGroup group, string title) in HelpText.Groups)
        {
            Flag[] flags = [.. verb.Flags.Where(f => f.Group == group)];
            if (flags.Length == 0)
                continue;
            Section(page, title.ToUpperInvariant());
            foreach (Flag flag in flags)
                Entry(page, Head(flag), HelpText.Facts(flag).Prepend(flag.Doc + "."));
        }

        if (verb.Idle.Count > 0)
        {
            page.Append(".PP\n");
            Line(page, Text($"Taken without effect: {string.Join(", ", verb.Idle.Select(f => f.Name))}."));
        }
    }

    private static string Head(Flag flag) =>
        (flag.Short is null ? "" : $"\\fB{Text(flag.Short)}\\fR, ") + $"\\fB{Text(flag.Name)}\\fR" + (flag.Value is null ? "" : $" \\fI{Text(flag.Value)}\\fR") + (flag.Many ? " \\[u2026]" : "");

    private static void Section(StringBuilder page, string title) => page.Append(".SH ").Append(title).Append('\n');

    private static void Entry(StringBuilder page, string head, IEnumerable<string> lines)
    {
        page.Append(".TP\n");
        Line(page, head);
        foreach (string line in lines)
            Line(page, Text(line));
    }

    /// <summary>A line that begins with a control character is still text.</summary>
    private static void Line(StringBuilder page, string line) =>
        page.Append(line.StartsWith('.') || line.StartsWith('\'') ? "\\&" : "").Append(line).Append('\n');

    private static string Text(string text)
    {
        var roff = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            roff.Append(rune.Value switch
            {
                '\\' => "\\e",
                '-' => "\\-",
                > 126 => $"\\[u{rune.Value:X4}]",
                _ => rune.ToString(),
            });
        }

        return roff.ToString();
    }
}
