using Ldn.Cli.Terminal;
using Ldn.Csv;

namespace Ldn.Cli.Verbs;

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
