using System.CommandLine;
using Ldn.Csv;

namespace Ldn.Cli.Commands;

/// <summary><c>ldn template</c>: the glue between the program and an engine that runs it many times.</summary>
internal static class TemplateCommand
{
    private static readonly Dictionary<string, string> s_files = new()
    {
        ["slurm"] = "slurm.sh",
        ["snakemake"] = "Snakefile",
        ["kubernetes"] = "kubernetes.yaml",
        ["github-action"] = "github-action.yaml",
    };

    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = string.Join(", ", s_files.Keys) };
        var command = new Command("template", "Print what runs a plan on a cluster") { name };
        command.SetAction(parsed =>
        {
            string wanted = parsed.GetValue(name)!;
            if (!s_files.TryGetValue(wanted, out string? file))
                throw LdnException.Usage($"no template '{wanted}'{NearestName.Hint(wanted, s_files.Keys)}", $"there are {string.Join(", ", s_files.Keys)}");
            using Stream template = typeof(TemplateCommand).Assembly.GetManifestResourceStream("Templates/" + file)!;
            using Stream stdout = Console.OpenStandardOutput();
            template.CopyTo(stdout);
            return (int)ExitCode.Success;
        });
        return command;
    }
}
