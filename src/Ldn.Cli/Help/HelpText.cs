using System.Text;
using Ldn.Cli.Terminal;
using Ldn.Jobs.Flags;
using Ldn.Run;

namespace Ldn.Cli.Help;

/// <summary>
/// What <c>-h</c> (a line a flag) and <c>--help</c> (everything) print, made from the verbs and flags themselves.
/// </summary>
internal static class HelpText
{
    /// <summary>Headings of the groups of flags, in order.</summary>
    public static IReadOnlyList<(FlagGroup Group, string Title)> Groups { get; } =
    [
        (FlagGroup.Inputs, "Inputs"), (FlagGroup.Zones, "Zones"), (FlagGroup.Rules, "Rules"),
        (FlagGroup.Questions, "Beyond the indicator"),
        (FlagGroup.Outputs, "Outputs"), (FlagGroup.Running, "Running"),
    ];

    /// <summary>What the whole program is for.</summary>
    public const string Program = "Land Degradation Neutrality and SDG indicator 15.3.1 from rasters: tables, maps and a report.";

    private const int Narrowest = 40, Widest = 110, DocColumn = 34;

    /// <summary>Answers a question about the program (help, version) on standard output, if the words are one.</summary>
    public static bool Answer(IReadOnlyList<Verb> verbs, IReadOnlyList<string> args)
    {
        string[] words = [.. args.TakeWhile(a => a != "--")];
        words = words switch
        {
            ["help"] => ["--help"],
            ["help", var about, ..] when verbs.Any(v => v.Name == about) => [about, "--help"],
            // An unknown one is an error that tells the nearest.
            ["help", [not '-', ..], ..] => [],
            ["-?" or "/?" or "/help"] => ["--help"],
            ["version" or "-V"] => ["--version"],
            [var of, "help" or "-?"] when verbs.Any(v => v.Name == of) && !Path.Exists(words[1]) => [of, "--help"],
            _ => words,
        };
        if (words.Contains("--version"))
        {
            Console.Out.WriteLine(Provenance.ProgramVersion);
            return true;
        }

        bool whole = words.Contains("--help");
        if (!whole && !words.Contains("-h"))
            return false;
        int width = Screen.OutputWidth;
        Console.Out.Write(
            verbs.FirstOrDefault(v => v.Name == words[0]) is { } verb ? Of(verb, whole, width) : Overview(verbs, width));
        return true;
    }

    /// <summary>The program's commands.</summary>
    public static string Overview(IReadOnlyList<Verb> verbs, int width)
    {
        var text = new Page(width);
        text.Paragraph(Program, "");
        text.Line("Usage: ldn COMMAND [options]");
        text.Heading("Commands");
        foreach (Verb verb in verbs)
            text.Entry(verb.Name, verb.Summary, 14);
        text.Heading("Examples");
        text.Examples(verbs.Take(1).SelectMany(v => v.Examples).Take(2));
        text.Line("");
        text.Paragraph("'ldn COMMAND -h' lists the options of a command, 'ldn COMMAND --help' or 'ldn help COMMAND' tells all "
            + "about them, 'ldn man COMMAND' is its manual page, 'ldn --version' the version. Exit codes: 0 success, "
            + "1 unexpected, 2 usage or job, 3 input data, 4 a check failed, 5 incomplete, 75 try again, 130 and 143 "
            + "interrupted.", "");
        return text.ToString();
    }

    /// <summary>A command: a line a flag, or everything.</summary>
    public static string Of(Verb verb, bool whole, int width)
    {
        var text = new Page(width);
        text.Paragraph(verb.Summary + ".", "");
        text.Line("");
        text.Paragraph("Usage: " + verb.Usage, "  ");
        if (whole)
        {
            text.Line("");
            text.Paragraph(verb.Doc, "");
        }

        if (verb.Operands.Count > 0)
            text.Line("");
        foreach (Operand operand in verb.Operands)
            text.Entry(
                operand.Name, operand.Doc + (operand.Values.Count == 0 ? "" : ": " + string.Join(", ", operand.Values)), 14);
        foreach ((FlagGroup group, string title) in Groups)
        {
            Flag[] flags = [.. verb.Flags.Where(f => f.Group == group)];
            if (flags.Length == 0)
                continue;
            text.Heading(title);
            foreach (Flag flag in flags)
            {
                if (whole)
                    text.Whole(flag);
                else
                    text.Entry(Head(flag), flag.Doc, DocColumn);
            }
        }

        text.Heading("Examples");
        text.Examples(whole ? verb.Examples : verb.Examples.Take(1));
        if (verb.Idle.Count > 0)
        {
            text.Line("");
            text.Paragraph($"Taken without effect: {string.Join(", ", verb.Idle.Select(f => f.Name))}.", "  ");
        }

        if (!whole && verb.Flags.Count > 0)
        {
            text.Line("");
            text.Paragraph($"'ldn {verb.Name} --help' tells values, defaults and examples of each.", "  ");
        }

        return text.ToString();
    }

    /// <summary>A flag as it is typed: <c>-o, --out DIR</c>.</summary>
    public static string Head(Flag flag) => (flag.Short is null ? "" : flag.Short + ", ") + flag.Name
        + (flag.Value is null ? "" : " " + flag.Value) + (flag.Many ? " …" : "");

    /// <summary>What there is to say of a flag beside its sentence: values, default, job key, variable, example.</summary>
    public static IEnumerable<string> Facts(Flag flag)
    {
        if (flag.More is not null)
            yield return flag.More;
        if (flag.Values.Count > 1 || flag.IsClosed)
            yield return $"{(flag is NamesFlag ? "Of" : flag.IsClosed ? "One of" : "Built in:")} "
                + $"{string.Join(", ", flag.Values)}.";
        if (flag.Default is not null)
            yield return $"Default: {flag.Default}.";
        if (flag.Repeats)
            yield return "May be repeated.";
        yield return $"{(flag.Field is null ? "" : $"Job file: {flag.Field}. ")}Variable: {flag.Variable}.";
        if (flag.Example.Length > 0)
            yield return $"Example: {flag.Name} {Quoted(flag.Example)}";
    }

    /// <summary>A value as a shell takes it.</summary>
    public static string Quoted(string value) => value.AsSpan().IndexOfAny(" ><#*") < 0 ? value : $"'{value}'";

    /// <summary>Text wrapped to a width.</summary>
    private sealed class Page(int width)
    {
        private readonly StringBuilder _text = new();
        private readonly int _width = Math.Clamp(width, Narrowest, Widest);

        public void Line(string line) => _text.Append(line).Append('\n');

        public void Heading(string title)
        {
            Line("");
            Line(title + ":");
        }

        /// <summary>Words wrapped, each line after the first behind an indent.</summary>
        public void Paragraph(string words, string indent) => Wrapped(words, indent, "");

        /// <summary>A head and, from a column on or on lines of its own where there is no room, what it means.</summary>
        public void Entry(string head, string words, int column)
        {
            string indent = _width < 2 * column ? "      " : new string(' ', column);
            if (_width < 2 * column || head.Length + 4 > column)
            {
                Line("  " + head);
                Wrapped(words, indent);
                return;
            }

            Wrapped(words, indent, ("  " + head).PadRight(column));
        }

        public void Whole(Flag flag)
        {
            Line("  " + Head(flag));
            Wrapped(flag.Doc + ".", "      ");
            foreach (string fact in Facts(flag))
                Wrapped(fact, "      ");
        }

        public void Examples(IEnumerable<Example> examples)
        {
            foreach (Example example in examples)
            {
                Wrapped("ldn " + example.Line, "      ", "  ");
                Wrapped(example.Does, "      ");
            }
        }

        public override string ToString() => _text.ToString();

        private void Wrapped(string words, string indent, string? first = null)
        {
            string line = first ?? indent;
            bool empty = true;
            foreach (string word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (!empty && line.Length + 1 + word.Length > _width)
                {
                    Line(line);
                    line = indent + word;
                }
                else
                {
                    line += empty ? word : " " + word;
                }

                empty = false;
            }

            Line(line);
        }
    }
}
