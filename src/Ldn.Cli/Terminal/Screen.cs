using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Ldn.Cli.Terminal;

/// <summary>How a word is told from the others where there are colours.</summary>
internal enum Tone
{
    Error,
    Warning,
    Good,
}

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
    public static int Width => Console.IsErrorRedirected ? Endless : Streams.Columns(output: false) ?? Usual;

    /// <summary>Columns for what goes to standard output.</summary>
    public static int OutputWidth => Streams.Columns(output: true) ?? Usual;

    /// <summary>Whether colours are wanted: on a terminal unless NO_COLOR is set, where nobody has said otherwise.</summary>
    public static bool Colours =>
        s_colours ?? (IsTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));

    /// <summary>Follows --color: auto (or null), always, never.</summary>
    public static void Choose(string? when) => s_colours = when switch { "never" => false, "always" => true, _ => null };

    /// <summary>A line that begins with a word in a colour; neither it nor the rest steers the terminal.</summary>
    public static void Say(string indent, Tone tone, string word, string rest) =>
        Write(Coloured(indent, tone, word, Printable.Of(rest)));

    /// <summary>Such a line, of text that is safe to print.</summary>
    internal static string Coloured(string indent, Tone tone, string word, string rest)
    {
        string code = tone switch { Tone.Error => "1;31", Tone.Warning => "33", _ => "32" };
        return Colours ? $"{indent}\u001b[{code}m{word}\u001b[0m{rest}" : indent + word + rest;
    }

    /// <summary>Writes a line as it is, colours and all.</summary>
    public static void Write(string line) => Console.Error.Write(line + Environment.NewLine);

    /// <summary>A renderable as lines without spaces at their ends; texts in it must be printable.</summary>
    public static IReadOnlyList<string> Lines(IRenderable content, int width, bool colours)
    {
        // Its own console would ask and set the terminal behind this program for what only text is wanted of.
        var text = new StringBuilder();
        string gap = "", inForce = "";
        foreach (Segment segment in content.Render(new RenderOptions(new Plain(), new Size(width, 1)), width))
        {
            string code = !colours || segment.IsLineBreak ? ""
                : segment.Style.Foreground == Color.Maroon || segment.Style.Foreground == Color.Red ? "31"
                : segment.Style.Decoration.HasFlag(Decoration.Dim) ? "2" : "";
            if (!segment.IsLineBreak && string.IsNullOrWhiteSpace(segment.Text))
            {
                gap += segment.Text;
                continue;
            }

            text.Append(
                code == inForce
                    ? gap
                    : (inForce.Length > 0 ? "\u001b[0m" : "") + gap + (code.Length > 0 ? $"\u001b[{code}m" : ""))
                .Append(segment.Text);
            (gap, inForce) = ("", code);
        }

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

    /// <summary>What a place that takes text alone can do.</summary>
    private sealed class Plain : IReadOnlyCapabilities
    {
        public ColorSystem ColorSystem => ColorSystem.Standard;

        public bool Ansi => true;

        public bool Links => false;

        public bool Legacy => false;

        public bool Interactive => false;

        public bool Unicode => true;

        public bool AlternateBuffer => false;
    }
}
