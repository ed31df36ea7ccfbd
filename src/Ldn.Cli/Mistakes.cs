using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Ldn.Csv;
using Ldn.Jobs.Flags;

namespace Ldn.Cli;

/// <summary>Words for mistakes of the command line and of variables, before anything is read.</summary>
internal static class Mistakes
{
    /// <summary>Variables of the program that stand for no flag.</summary>
    private static readonly string[] s_variables = [
        "LDN_GDAL_LIBRARY", "LDN_GDAL_RUNTIME", "LDN_PREPARE_ONLY", "LDN_EXPECTED_SIMD", "LDN_WRITE_DOCS"];

    /// <summary>Options that are answered before any command is looked at.</summary>
    private static readonly string[] s_answered = ["--help", "--version"];

    /// <summary>What editors and web pages make of two hyphens.</summary>
    private const string Dashes = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uFF0D\u30FC\uFE63";

    /// <summary>The verb that a command line names first.</summary>
    public static Verb VerbOf(IReadOnlyList<Verb> verbs, IReadOnlyList<string> args)
    {
        string[] names = [.. verbs.Select(v => v.Name)];
        if (args.Count == 0)
            throw Fault.Usage.Error(
                "no command is given", $"commands are {string.Join(", ", names)}; 'ldn --help' tells what they do");
        if (args is ["help", var about, ..])
            return VerbOf(verbs, [about]);
        if (verbs.FirstOrDefault(v => v.Name == args[0]) is { } verb)
            return verb;
        if (args[0].StartsWith('-'))
            throw Fault.Usage.Error(
                $"the command comes first, and '{args[0]}' is none{NearestName.Hint(args[0], s_answered)}",
                "for example 'ldn compute --out DIR'; 'ldn --help' lists the commands");
        throw Fault.Usage.Error(
            $"no command '{args[0]}'{NearestName.Hint(args[0], names)}", $"commands are {string.Join(", ", names)}");
    }

    /// <summary>Refuses what looks like an option and is none; a parser would take it for a file.</summary>
    public static void RefuseUnknownOptions(IReadOnlyList<Verb> verbs, Verb verb, IReadOnlyList<string> args)
    {
        Flag? waits = null;
        foreach (string arg in args.Skip(1).TakeWhile(a => a != "--"))
        {
            Flag? before = waits;
            waits = null;
            if (arg.Length > 1 && Dashes.Contains(arg[0]) && !Path.Exists(arg))
            {
                throw Fault.Usage.Error(
                    $"'{arg}' begins with a typographic dash",
                    $"options begin with two plain hyphens: --{Typed.Plain(arg.TrimStart([.. Dashes, '-']))}");
            }

            if (arg.Length < 2 || arg[0] != '-' || double.TryParse(arg, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
                continue;
            if (before is null || arg[1] == '-' || verb.Flag(arg) is not null)
                waits = arg[1] == '-' ? RefuseUnknown(verbs, verb, arg) : RefuseUnknownLetters(verbs, verb, arg);
            if (before is not null && verb.Flag(arg.Split('=')[0]) is not null)
                throw WithoutValue(before);
        }
    }

    /// <summary>Turns what the parser found into words.</summary>
    public static void RefuseParsed(Verb verb, ParseResult parsed, IReadOnlyList<string> operands, IReadOnlyList<string> args)
    {
        RefuseSplitName(operands.Concat(parsed.UnmatchedTokens), args);
        foreach (ParseError error in parsed.Errors)
        {
            if (
                error.SymbolResult is OptionResult { Option: var option, Tokens.Count: var count }
                    && verb.Flag(option.Name) is { } flag)
            {
                throw count == 0
                    ? WithoutValue(flag)
                    : Fault.Usage.Error($"{flag.Name} is given {count} times", "give it once");
            }
        }

        if (parsed.UnmatchedTokens is [var beyond, ..])
        {
            throw Fault.Usage.Error(
                $"'{beyond}' is one too many for 'ldn {verb.Name}'",
                verb.Name == "init" && Path.Exists(beyond)
                    ? "name the folder that the files lie in: ldn init "
                        + (Path.GetDirectoryName(beyond) is { Length: > 0 } folder ? folder : ".")
                : verb.Operands.Count == 0 ? $"it takes options only; 'ldn {verb.Name} -h' lists them" : $"usage: {verb.Usage}");
        }

        if (operands.Count < verb.Operands.Sum(o => o.Least))
        {
            Operand missing = verb.Operands[operands.Count];
            throw Fault.Usage.Error($"'ldn {verb.Name}' needs {missing.Name}: {Lower(missing.Doc)}", $"usage: {verb.Usage}");
        }

        // Whatever else the parser may find, in its own words.
        if (parsed.Errors is [var other, ..])
            throw Fault.Usage.Error(other.Message, $"'ldn {verb.Name} -h' lists the options");
    }

    /// <summary>
    /// A flag of a single period beside a job file, which names its periods and inputs itself, would be ignored.
    /// </summary>
    public static void RefuseBesideJobFile(Call call, string file)
    {
        if (call.Verb.Flags.FirstOrDefault(f => f.WithoutJobFile && call.Has(f)) is { } flag)
        {
            throw Fault.Usage.Error(
                $"{flag.Name} describes a single period without a job file, and {file} is one",
                $"change {flag.Field} in the job file, or leave the job file out");
        }
    }

    /// <summary>
    /// Refuses variables that nearly are one of the program's; returns a warning for those that only start like them.
    /// </summary>
    public static string? Variables(IReadOnlyList<Verb> verbs, IEnumerable<string> names)
    {
        HashSet<string> known = [.. verbs.SelectMany(v => v.AllFlags).Select(f => f.Variable), .. s_variables];
        string[] unknown = [
            .. names.Where(
                n => n.StartsWith("LDN_", StringComparison.Ordinal) && !n.StartsWith("LDN_TEST_", StringComparison.Ordinal)
                    && !known.Contains(n)).Order(StringComparer.Ordinal)];
        foreach (string name in unknown)
        {
            if (NearestName.Close(name[4..], known.Select(k => k[4..])) is { } near)
                throw Fault.Usage.Error(
                    $"the environment sets {name}, which nobody knows; did you mean 'LDN_{near}'?",
                    $"correct its name, or unset it: unset {name}");
        }

        return unknown.Length == 0 ? null : $"the environment sets {string.Join(", ", unknown)}, which the program does not know";
    }

    private static LdnException WithoutValue(Flag flag) =>
        Fault.Usage.Error($"{flag.Name} has no value", $"give {flag.Name} {flag.Value}, for example {flag.Name} {flag.Example}");

    /// <returns>The flag whose value comes next, if any.</returns>
    private static Flag? RefuseUnknown(IReadOnlyList<Verb> verbs, Verb verb, string arg)
    {
        int end = arg.AsSpan().IndexOfAny('=', ':');
        string name = end < 0 ? arg : arg[..end];
        if (verb.Flag(name) is not { } flag)
            throw Unknown(verbs, verb, name);
        if (end < 0)
            return flag is SwitchFlag ? null : flag;
        string value = arg[(end + 1)..];
        if (value.Length == 0)
            throw Fault.Usage.Error($"{arg} has no value", $"give {flag.Name} {flag.Value ?? "alone, true or false"}");
        if (flag is SwitchFlag)
            _ = flag.Read(flag.Name, [value]);
        return null;
    }

    /// <summary>Letters after one dash, the last of which may take a value.</summary>
    private static Flag? RefuseUnknownLetters(IReadOnlyList<Verb> verbs, Verb verb, string arg)
    {
        // "-out x" would be -o with the value ut.
        string whole = "-" + arg.Split('=')[0];
        if (arg.Length > 2 && (verb.Flag(whole)?.Name ?? s_answered.FirstOrDefault(a => a == whole)) is { } meant)
            throw Fault.Usage.Error($"'{arg}' has one hyphen, and stands for several options of one letter", $"write {meant}");
        for (int i = 1; i < arg.Length; i++)
        {
            if (verb.Flag("-" + arg[i]) is not { } flag)
                throw i == 1 && verb.Flag("-" + arg) is null ? Unknown(verbs, verb, arg) : Misplaced(arg, verb);
            if (flag is not SwitchFlag)
                return i == arg.Length - 1 ? flag : null;
        }

        return null;
    }

    private static LdnException Misplaced(string arg, Verb verb) =>
        Fault.Usage.Error(
            $"no option '{arg}'{NearestName.Hint("-" + arg, verb.AllFlags.Select(f => f.Name))}",
            $"'ldn {verb.Name} -h' lists the options");

    private static LdnException Unknown(IReadOnlyList<Verb> verbs, Verb verb, string name)
    {
        string remedy = $"'ldn {verb.Name} -h' lists the options";
        string[] others = [.. verbs.Where(v => v.Flag(name) is not null).Select(v => $"'ldn {v.Name}'")];
        if (others.Length > 0)
            return Fault.Usage.Error($"{name} is an option of {string.Join(", ", others)}, not of 'ldn {verb.Name}'", remedy);
        if (NearestName.Lookalike(name, verb.AllFlags.Select(f => f.Name)) is { } alike)
            return Fault.Usage.Error($"no option '{name}'{alike}", remedy);
        string? nearest = NearestName.Of(
            name.TrimStart('-'), verb.AllFlags.Select(f => f.Name).Concat(s_answered).Select(n => n[2..]));
        return Fault.Usage.Error($"no option '{name}'{(nearest is null ? "" : $"; did you mean '--{nearest}'?")}", remedy);
    }

    /// <summary>A name with a space in it that was not quoted comes as two words, the second where none is expected.</summary>
    private static void RefuseSplitName(IEnumerable<string> strays, IReadOnlyList<string> args)
    {
        foreach (string stray in strays.Distinct())
        {
            for (int i = 1; i < args.Count; i++)
            {
                if (args[i] == stray && Path.Exists($"{args[i - 1]} {stray}")
                    && !(Path.Exists(stray) && Path.Exists(args[i - 1])))
                    throw Fault.Usage.Error(
                        $"'{args[i - 1]} {stray}' has a space and came as two words",
                        $"put it in quotes: '{args[i - 1]} {stray}'");
            }
        }
    }

    private static string Lower(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
