using Ldn.LandCover;

namespace Ldn.Cli.Verbs;

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
