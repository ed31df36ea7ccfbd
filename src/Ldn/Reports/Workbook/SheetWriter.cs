using System.Globalization;
using System.Text;

namespace Ldn.Reports.Workbook;

/// <summary>
/// Writes the cells of one sheet. Text is always an inline string, which no spreadsheet evaluates, so nothing in a zone's name
/// can be a formula.
/// </summary>
internal sealed class SheetWriter(TextWriter writer)
{
    private int _row;
    private int _column;

    /// <param name="row">Counted from 1.</param>
    /// <param name="height">Points; without it that of one line of the plain font, for not every program finds out how high
    /// wrapped text is.</param>
    public void BeginRow(int row, double? height = null)
    {
        (_row, _column) = (row, 0);
        writer.Write(
            height is { } points
                ? string.Create(CultureInfo.InvariantCulture, $"<row r=\"{row}\" ht=\"{points:0.##}\" customHeight=\"1\">")
                : $"<row r=\"{row}\">");
    }

    public void EndRow() => writer.Write("</row>");

    public void Empty() => _column++;

    public void Text(string text, int style)
    {
        Begin(style);
        writer.Write(" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
        writer.Write(Escape(text));
        writer.Write("</t></is></c>");
    }

    /// <summary>A number as it stands in the CSV.</summary>
    public void Number(string number, int style)
    {
        Begin(style);
        writer.Write("><v>");
        writer.Write(number);
        writer.Write("</v></c>");
    }

    /// <summary>A formula with the value it has, so that readers which do not calculate show it too.</summary>
    public void Formula(string formula, string value, int style)
    {
        Begin(style);
        writer.Write("><f>");
        writer.Write(Escape(formula));
        writer.Write("</f><v>");
        writer.Write(value);
        writer.Write("</v></c>");
    }

    /// <summary>0 → A, 25 → Z, 26 → AA.</summary>
    public static string ColumnName(int column)
    {
        string name = "";
        for (int rest = column; rest >= 0; rest = (rest / 26) - 1)
            name = (char)('A' + (rest % 26)) + name;
        return name;
    }

    /// <summary>Text for XML content and attributes; characters that XML cannot hold become a replacement mark.</summary>
    public static string Escape(string text)
    {
        StringBuilder? escaped = null;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool pair = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            string? replacement = c switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\t' or '\n' or '\r' => null,
                < ' ' or '\uFFFE' or '\uFFFF' => "\uFFFD",
                _ => char.IsSurrogate(c) && !pair ? "\uFFFD" : null,
            };
            if (replacement is not null)
                escaped ??= new StringBuilder(text, 0, i, text.Length + 16);
            if (replacement is not null)
                escaped!.Append(replacement);
            else
                escaped?.Append(c);
            if (pair)
            {
                escaped?.Append(text[i + 1]);
                i++;
            }
        }

        return escaped?.ToString() ?? text;
    }

    private void Begin(int style)
    {
        writer.Write("<c r=\"");
        writer.Write(ColumnName(_column++));
        writer.Write(_row.ToString(CultureInfo.InvariantCulture));
        writer.Write("\" s=\"");
        writer.Write(style.ToString(CultureInfo.InvariantCulture));
        writer.Write('"');
    }
}
