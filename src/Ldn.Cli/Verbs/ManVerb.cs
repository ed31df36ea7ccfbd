using Ldn.Cli.Help;
using Ldn.Cli.Terminal;
using Ldn.Csv;

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
