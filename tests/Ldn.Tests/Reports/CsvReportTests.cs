using System.Text;
using Ldn.Counting;
using Ldn.Csv;
using Ldn.Reports;
using Ldn.Tables;

namespace Ldn.Tests.Reports;

internal sealed class CsvReportTests
{
    private static readonly Column[] Columns =
    [
        new("text", ColumnType.Text, ""), new("pixels", ColumnType.Integer, ""), new("area_km2", ColumnType.Area, ""),
        new("share", ColumnType.Percent, ""),
    ];

    [Test]
    public void NumbersHaveFixedDecimalsAndNegativeOnesStayNumbers() => Assert.That(
        Written(
            ("A", -5L, new Area(-1_234_567_890_123), -12.5m), ("B", 0L, Area.Zero, null),
            ("C", long.MaxValue, new Area(Int128.Parse("510065621721676000000")), new Ratio(100, 3))), Is.EqualTo(
            "text,pixels,area_km2,share\nA,-5,-1.234568,-12.500000\nB,0,0.000000,\nC,9223372036854775807,510065621.721676,33.333333\n"));

    [TestCase("=1+1")]
    [TestCase("+49 30")]
    [TestCase("-2+3")]
    [TestCase("-cmd|' /C calc'!A0")]
    [TestCase("\t=1+1")]
    [TestCase("＝1+1")]
    [TestCase("@SUM(A1)")]
    [TestCase("=HYPERLINK(\"http://x\",\"y\")")]
    public void TextThatASpreadsheetWouldRunIsDefused(string text)
    {
        string field = Field(text);
        Assert.That(field[0], Is.Not.AnyOf('=', '+', '-', '@', '\t', '\r', '＝'));
        Assert.That(field, Does.EndWith(text), "what was meant is still there to read");
    }

    [TestCase("plain")]
    [TestCase("-1")]
    [TestCase("+12.5")]
    [TestCase("Côte d'Ivoire")]
    [TestCase("a,b")]
    [TestCase("say \"no\"")]
    [TestCase("two\nlines")]
    [TestCase("中国")]
    [TestCase("a=b-c@d")]
    [TestCase("")]
    public void OtherTextComesBackAsItIs(string text) => Assert.That(Field(text), Is.EqualTo(text));

    [Test]
    public void LinesEndInLineFeedsWithoutAByteOrderMark()
    {
        byte[] bytes = Bytes(("a", 1L, new Area(1), 1));
        Assert.That(bytes, Does.Not.Contain((byte)'\r'));
        Assert.That(bytes[^1], Is.EqualTo((byte)'\n'));
        Assert.That(bytes[0], Is.EqualTo((byte)'t'));
    }

    private static string Field(string text)
    {
        var table = CsvTable.Parse(Written((text, 1L, new Area(1), 1)), "t.csv", "text");
        return table.Text(table.Rows.Single(), "text");
    }

    private static string Written(params (string, long, Area, Ratio?)[] rows) => Encoding.UTF8.GetString(Bytes(rows));

    private static byte[] Bytes(params (string, long, Area, Ratio?)[] rows)
    {
        var table = new ResultTable("t", "T", Columns);
        foreach ((string text, long pixels, Area area, Ratio? share) in rows)
            table.Add(text, pixels, area, share);
        string path = Path.GetTempFileName();
        try
        {
            CsvReport.Write(path, table);
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
