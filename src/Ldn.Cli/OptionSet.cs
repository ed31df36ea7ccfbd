using System.CommandLine;

namespace Ldn.Cli;

/// <summary>Options that belong together; a command takes them all.</summary>
internal abstract class OptionSet
{
    private readonly List<Option> _all = [];

    /// <summary>In the order of their definition, which is that of the help.</summary>
    public IReadOnlyList<Option> All => _all;

    protected Option<string?> Text(string name, string help, string description) => Add(new Option<string?>(name) { HelpName = help, Description = description });

    protected Option<bool?> Flag(string name, string description) => Add(new Option<bool?>(name) { Description = description, Arity = ArgumentArity.ZeroOrOne });

    protected Option<string[]> List(string name, string help, string description) =>
        Add(new Option<string[]>(name) { HelpName = help, Description = description, AllowMultipleArgumentsPerToken = false, DefaultValueFactory = _ => [] });

    protected T Add<T>(T option)
        where T : Option
    {
        _all.Add(option);
        return option;
    }
}
