using System.CommandLine;
using Ldn.Reports;

namespace Ldn.Cli.Commands;

/// <summary><c>ldn schema</c>: the published JSON Schemas.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = string.Join(", ", Schemas.Names) };
        var command = new Command("schema", "Print a published JSON Schema") { name };
        command.SetAction(parsed =>
        {
            Console.Out.Write(Schemas.Get(parsed.GetValue(name)!));
            return (int)ExitCode.Success;
        });
        return command;
    }
}
