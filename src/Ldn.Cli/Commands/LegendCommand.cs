using System.CommandLine;
using Ldn.LandCover;

namespace Ldn.Cli.Commands;

/// <summary><c>ldn legend</c>: the built-in legends as CSV, to use or to start one's own from.</summary>
internal static class LegendCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("NAME") { Description = "unccd-7, esa-cci, igbp or copernicus-lc100; without: their names", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("legend", "Print a built-in legend as CSV") { name };
        command.SetAction(parsed =>
        {
            Console.Out.Write(parsed.GetValue(name) is { } legend ? Legend.BuiltIn(legend).ToCsv() : string.Join('\n', Legend.BuiltInNames) + "\n");
            return (int)ExitCode.Success;
        });
        return command;
    }
}
