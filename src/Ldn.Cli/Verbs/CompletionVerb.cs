using Ldn.Cli.Help;
using Ldn.Csv;

namespace Ldn.Cli.Verbs;

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
