using Spectre.Console;
using Spectre.Console.Rendering;

namespace Ldn.Cli.Terminal;

/// <summary>Standard error as a place to write to: how wide it is, whether it takes colours, and text laid out for it.</summary>
internal static class Screen
{
    /// <summary>As wide as any table: what is not a terminal breaks no lines.</summary>
    public const int Endless = 10_000;

    private const int Usual = 80;
    private static bool? s_colours;

    /// <summary>Whether a person looks at it.</summary>
    public static bool IsTerminal => !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>Columns of the terminal; endless where there is none.</summary>
    public static int Width => Console.IsErrorRedirected ? Endless : Console.WindowWidth is > 0 and var width ? width : Usual;

    /// <summary>Whether colours are wanted.</summary>
    public static bool Colours => s_colours ?? false;

    /// <summary>Follows --color: auto (or null), always, never.</summary>
    public static void Choose(string? when) => s_colours = when switch { "never" => false, _ => null };

    /// <summary>Text with a colour, where there are any; names in it must be escaped.</summary>
    public static void Write(string markup)
    {
        foreach (string line in Lines(new Markup(markup), Endless, Colours))
            Console.Error.WriteLine(line);
    }

    /// <summary>A renderable as lines without spaces at their ends.</summary>
    public static IReadOnlyList<string> Lines(IRenderable content, int width, bool colours)
    {
        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = width;
        console.Write(content);
        return [.. text.ToString().TrimEnd('\r', '\n').Split('\n').Select(l => l.TrimEnd())];
    }

    /// <summary>A table without lines, two columns of space before every column.</summary>
    public static Grid Table(IReadOnlyList<(string Head, bool IsText)> columns)
    {
        var table = new Grid();
        for (int i = 0; i < columns.Count; i++)
        {
            table.AddColumn(new GridColumn
            {
                Alignment = columns[i].IsText ? Justify.Left : Justify.Right,
                // Of all texts the first alone may be broken: names are long, and figures mean nothing in parts.
                NoWrap = i > 0,
                Padding = new Padding(2, 0, 0, 0),
            });
        }

        return table.AddRow([.. columns.Select(c => new Markup($"[dim]{Markup.Escape(c.Head)}[/]"))]);
    }

    /// <summary>Columns that a text takes: 2 for each Chinese, Japanese or Korean letter.</summary>
    public static int WidthOf(string text) => text.Split('\n').Max(l => l.GetCellWidth());
}
