using Ldn.Run;

namespace Ldn.Cli.Verbs;

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
