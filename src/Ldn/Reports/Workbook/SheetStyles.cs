namespace Ldn.Reports.Workbook;

/// <summary>The cell formats of the workbook; the constants are their numbers in styles.xml.</summary>
internal static class SheetStyles
{
    public const int Plain = 0;
    public const int Header = 1;
    public const int Integer = 2;
    public const int Area = 3;
    public const int Percent = 4;
    public const int Title = 5;
    public const int Note = 6;
    public const int Label = 7;

    /// <summary>Points of a row that holds a title.</summary>
    public const double TitleHeight = 21;

    /// <summary>
    /// Points of a row whose longest text wraps within columns of the given widths (in characters, as the file has them); East
    /// Asian characters take two.
    /// </summary>
    public static double WrappedHeight(IEnumerable<(string Text, double Width)> cells)
    {
        const double line = 12.75, lostAtLineEnds = 1.15;
        int Characters(string text) => text.Sum(c => c >= 0x1100 ? 2 : 1);
        return line * cells.Select(c => Math.Ceiling(Characters(c.Text) * lostAtLineEnds / c.Width)).Append(1).Max();
    }

    public static string Xml(string main) =>
        $"""<styleSheet xmlns="{main}">"""
        + """<numFmts count="2"><numFmt numFmtId="164" formatCode="#,##0.00"/><numFmt numFmtId="165" formatCode="0.00"/></numFmts>"""
        + """<fonts count="4"><font><sz val="10"/><name val="Arial"/></font><font><b/><sz val="10"/><color rgb="FFFFFFFF"/><name val="Arial"/></font>"""
        + """<font><b/><sz val="15"/><name val="Arial"/></font><font><b/><sz val="10"/><name val="Arial"/></font></fonts>"""
        + """<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>"""
        + """<fill><patternFill patternType="solid"><fgColor rgb="FF1D4F3A"/></patternFill></fill></fills>"""
        + """<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>"""
        + """<cellXfs count="8"><xf/>"""
        + """<xf fontId="1" fillId="2" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>"""
        + """<xf numFmtId="3" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/>"""
        + """<xf fontId="2" applyFont="1"/><xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>"""
        + """<xf fontId="3" applyFont="1" applyAlignment="1"><alignment vertical="top"/></xf></cellXfs></styleSheet>""";
}
