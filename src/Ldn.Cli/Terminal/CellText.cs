using System.Text;
using Ldn.Reports;
using Ldn.Run.Explain;

namespace Ldn.Cli.Terminal;

/// <summary>
/// What a cell says of itself (<see cref="CellLines"/>), wrapped to a width; widths are those of a terminal.
/// </summary>
internal sealed class CellText
{
    private const int Narrowest = 40, Widest = 120;

    private readonly StringBuilder _text = new();
    private readonly int _width;

    private CellText(int width) => _width = Math.Clamp(width, Narrowest, Widest);

    /// <param name="story">The cell.</param>
    /// <param name="width">Columns.</param>
    /// <param name="whole">Every year, step, flip and combination.</param>
    /// <param name="texts">The language.</param>
    public static string Of(CellStory story, int width, bool whole, Texts texts)
    {
        var text = new CellText(width);
        foreach (CellLine line in CellLines.Of(story, whole, texts))
            text.Paragraph(line.Indent, line.Text);
        return text._text.ToString();
    }

    /// <summary>Words wrapped, each line after the first two columns further in; a word longer than a line is broken.</summary>
    private void Paragraph(int indent, string words)
    {
        string line = new(' ', indent), further = new(' ', indent + 2);
        bool empty = true;
        foreach (string word in Printable.Of(words).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string rest = word;
            if (!empty && Screen.WidthOf(line) + 1 + Screen.WidthOf(rest) > _width)
            {
                Line(line);
                (line, empty) = (further, true);
            }

            line += empty ? "" : " ";
            while (Screen.WidthOf(line) + Screen.WidthOf(rest) > _width)
            {
                int take = Math.Max(1, Fitting(rest, _width - Screen.WidthOf(line)));
                Line(line + rest[..take]);
                (line, rest) = (further, rest[take..]);
            }

            line += rest;
            empty = false;
        }

        Line(line);
    }

    /// <summary>Characters of a word that take no more than so many columns; no pair of surrogates is parted.</summary>
    internal static int Fitting(string word, int columns)
    {
        int take = 0;
        for (int next = 1; next <= word.Length; next++)
        {
            if (next < word.Length && char.IsLowSurrogate(word[next]))
                continue;
            if (Screen.WidthOf(word[..next]) > columns)
                break;
            take = next;
        }

        return take > 0 ? take : word.Length > 1 && char.IsLowSurrogate(word[1]) ? 2 : 1;
    }

    private void Line(string line) => _text.Append(line).Append('\n');
}
