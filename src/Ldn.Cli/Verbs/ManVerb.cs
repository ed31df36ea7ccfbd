using Ldn.Cli.Help;
using Ldn.Cli.Terminal;
using Ldn.Csv;
using Ldn.LandCover;
using Ldn.Run;

namespace Ldn.Cli.Verbs;

/// <summary><c>ldn man</c>: the manual page of a command.</summary>
internal static class ManVerb
{
    public static Verb Verb { get; } = new("man", "Print the manual page of a command, or of the program")
    {
        Run = Run,
        Doc = "On a terminal as text, else in the format of man: 'ldn man compute | man -l -'. The pages lie in docs/man too.",
        Operands = [new("COMMAND", "A command; without one, the program", 0)],
        Examples = [new("man compute", "all about the command")],
        OnlyPrints = true,
    };

    private static int Run(Call call)
    {
        Verb? verb = null;
        if (call.Operand is { } name)
        {
            verb = AllVerbs.InOrder.FirstOrDefault(v => v.Name == name) ?? throw Fault.Usage.Error(
                $"no command '{name}'{NearestName.Hint(name, AllVerbs.InOrder.Select(v => v.Name))}",
                $"commands are {string.Join(", ", AllVerbs.InOrder.Select(v => v.Name))}");
        }

        if (Console.IsOutputRedirected)
            Console.Out.Write(ManPage.Of(verb, AllVerbs.InOrder));
        else
            Console.Out.Write(
                verb is null
                    ? HelpText.Overview(AllVerbs.InOrder, Screen.OutputWidth)
                    : HelpText.Of(verb, whole: true, Screen.OutputWidth));
        return (int)ExitCode.Success;
    }
}

/// <summary><c>ldn schema</c>: the published JSON Schemas.</summary>
internal static class SchemaVerb
{
    public static Verb Verb { get; } = new("schema", "Print a published JSON Schema")
    {
        Run = call =>
        {
            Console.Out.Write(Schemas.Get(call.Operand!));
            return (int)ExitCode.Success;
        },
        Doc = "Editors complete and check a job file that names the schema of jobs as its $schema.",
        Operands = [new("NAME", "One of the schemas") { Values = Schemas.Names }],
        Examples = [new("schema job", "what a job file can hold")],
        OnlyPrints = true,
    };
}

/// <summary><c>ldn legend</c>: the built-in legends as CSV, to use or to start one's own from.</summary>
internal static class LegendVerb
{
    public static Verb Verb { get; } = new("legend", "Print a built-in legend as CSV")
    {
        Run = call =>
        {
            Console.Out.Write(
                call.Operand is { } legend ? Legend.BuiltIn(legend).ToCsv() : string.Join('\n', Legend.BuiltInNames) + "\n");
            return (int)ExitCode.Success;
        },
        Doc = "The table can be changed and given back with --legend FILE.csv. Without a name the names are listed.",
        Operands = [new("NAME", "One of the built-in legends; without one, their names", 0) { Values = Legend.BuiltInNames }],
        Examples = [new("legend esa-cci", "codes, names, colours and the UNCCD's class of each")],
        OnlyPrints = true,
    };
}

/// <summary><c>ldn template</c>: the glue between the program and an engine that runs it many times.</summary>
internal static class TemplateVerb
{
    private static readonly Dictionary<string, string> s_files = new()
    {
        ["slurm"] = "slurm.sh",
        ["snakemake"] = "Snakefile",
        ["kubernetes"] = "kubernetes.yaml",
        ["github-action"] = "github-action.yaml",
    };

    public static Verb Verb { get; } = new("template", "Print what runs a plan on a cluster")
    {
        Run = Run,
        Doc = "The text is to be adapted: queue, image, folders.",
        Operands = [new("NAME", "The engine") { Values = [.. s_files.Keys] }],
        Examples = [new("template slurm", "a script of array jobs and their merge")],
        OnlyPrints = true,
    };

    private static int Run(Call call)
    {
        string wanted = call.Operand!;
        if (!s_files.TryGetValue(wanted, out string? file))
            throw LdnException.Usage(
                $"no template '{wanted}'{NearestName.Hint(wanted, s_files.Keys)}",
                $"there are {string.Join(", ", s_files.Keys)}");
        using Stream template = typeof(TemplateVerb).Assembly.GetManifestResourceStream("Templates/" + file)!;
        using Stream stdout = Streams.OpenOutput();
        template.CopyTo(stdout);
        return (int)ExitCode.Success;
    }
}

/// <summary><c>ldn completion</c>: the script with which a shell completes commands, options and their values.</summary>
internal static class CompletionVerb
{
    /// <summary>What the scripts call: the candidates for the last of the words that follow.</summary>
    private const string Words = "words";

    private static readonly Dictionary<string, string> s_scripts = new()
    {
        ["bash"] = "completion.bash",
        ["zsh"] = "completion.zsh",
        ["fish"] = "completion.fish",
        ["powershell"] = "completion.ps1",
    };

    public static Verb Verb { get; } = new("completion", "Print the completion script of a shell")
    {
        Run = Run,
        Doc = "For bash: source <(ldn completion bash); for zsh: put it into a folder of $fpath as _ldn; for fish: ldn "
            + "completion fish | source; "
            + "for PowerShell: ldn completion powershell | Out-String | Invoke-Expression. Values are completed too: legends, "
            + "presets, tables, attributes of the zones.",
        Operands = [
            new("SHELL", "The shell") { Values = [.. s_scripts.Keys] },
            new("WORD", "With 'words --' in place of a shell: what the last word can become", 0, Operand.Any)],
        Examples = [
            new("completion bash", "to be sourced"), new("completion words -- compute --missing st", "what the scripts ask")],
        OnlyPrints = true,
    };

    private static int Run(Call call)
    {
        string shell = call.Operand!;
        if (shell == Words)
        {
            foreach ((string text, string doc) in Completion.Of(AllVerbs.InOrder, [.. call.Operands.Skip(1)]))
                Console.Out.Write($"{text}\t{doc}\n");
            return (int)ExitCode.Success;
        }

        if (!s_scripts.TryGetValue(shell, out string? file))
            throw LdnException.Usage(
                $"no completion for '{shell}'{NearestName.Hint(shell, s_scripts.Keys)}",
                $"there is one for {string.Join(", ", s_scripts.Keys)}");
        using Stream script = typeof(CompletionVerb).Assembly.GetManifestResourceStream("Templates/" + file)!;
        using Stream stdout = Console.OpenStandardOutput();
        script.CopyTo(stdout);
        return (int)ExitCode.Success;
    }
}
