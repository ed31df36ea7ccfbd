using System.IO.Compression;
using System.Xml.Linq;
using Ldn.Counting;
using Ldn.Reports;
using Ldn.Reports.Workbook;
using Ldn.Tables;

namespace Ldn.Tests.Reports;

internal sealed class WorkbookTests
{
    private static readonly XNamespace s_main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ldn-xlsx-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void EverySheetHoldsTheCellsOfItsTable()
    {
        RunDocument document = Documents.Of("x", "a", "<&>\"'", "=1+1", "bad\u0001char");
        using ZipArchive zip = Open(document);
        for (int t = 0; t < document.Tables.Count; t++)
        {
            ResultTable table = document.Tables[t];
            XElement[] rows = [.. Sheet(zip, t + 3).Descendants(s_main + "row").Skip(TableSheet.HeaderRow)];
            Assert.That(rows, Has.Length.EqualTo(table.Rows.Count));
            for (int r = 0; r < rows.Length; r++)
            {
                Dictionary<string, XElement> cells = rows[r].Elements().ToDictionary(c => c.Attribute("r")!.Value);
                for (int c = 0; c < table.Columns.Count; c++)
                {
                    object? expected = table.Rows[r].Values[c];
                    string at = SheetWriter.ColumnName(c) + (r + 1 + TableSheet.HeaderRow);
                    if (expected is null)
                        Assert.That(cells.ContainsKey(at), Is.False, at);
                    else if (expected is string text)
                        Assert.That(cells[at].Value, Is.EqualTo(text.Replace('\u0001', '\uFFFD')), at);
                    else
                        Assert.That(cells[at].Element(s_main + "v")!.Value, Is.EqualTo(Cell.Format(expected)), at);
                }
            }
        }
    }

    [Test]
    public void PraisTablesStandBelowEachOtherOnTheLastSheet()
    {
        RunDocument document = Documents.Of("x", "=1+1");
        using ZipArchive zip = Open(document);
        string[] lines = [
            .. Sheet(zip, document.Tables.Count + 3).Descendants(s_main + "row")
                .Select(r => $"{r.Attribute("r")!.Value}: {string.Join(" | ", r.Elements().Select(c => c.Value))}")];
        Assert.That(lines, Is.EqualTo(new[]
        {
            "1: SO1-4.T2  Degraded land", "2: zone_id | year | degraded_km2 | degraded_pct",
            "3: =1+1 | 2015 | 25.000000 | 25.000000", "4: b | 2019",
            "6: SO1-4.T3  False positives and negatives", "7: ",
            "9: SO1-1.T2  Legend", "10: code | name", "11: 10 | Cropland",
        }));
    }

    [Test]
    public void TheCoverTellsTheMessageAndTheContentsLeadToEverySheet()
    {
        RunDocument document = Documents.Of("x", "<a>", "b");
        using ZipArchive zip = Open(document);
        string cover = string.Join("\n", Sheet(zip, 1).Descendants(s_main + "row").Select(r => r.Value));
        Assert.That(cover, Does.Contain("<a>About one quarter of the land (25.0\u00A0%) is degraded in 2015."));
        Assert.That(cover, Does.Contain("Confidence: not assessed."));
        Assert.That(
            Sheet(zip, 2).Descendants(s_main + "hyperlink").Select(h => h.Attribute("location")!.Value),
            Is.EqualTo(document.Tables.Select(t => $"'{t.Name}'!A1")));
    }

    [Test]
    public void OnlyOurOwnFormulasAreFormulas()
    {
        using ZipArchive zip = Open(Documents.Of("=cmd", "=1+1", "@SUM(A1)"));
        for (int sheet = 1; sheet <= 5; sheet++)
        {
            foreach (XElement formula in Sheet(zip, sheet).Descendants(s_main + "f"))
                Assert.That(formula.Value, Does.Match(@"^ROUND\([A-Z0-9+\-*/():SUM]+,6\)$"));
        }

        Assert.That(
            Sheet(zip, 4).Descendants(s_main + "f").Select(f => f.Value),
            Does.Contain("ROUND(I4/E4*100,6)").And.Contain("ROUND(I4+J4+K4,6)"));
        Assert.That(
            Sheet(zip, 3).Descendants(s_main + "f").Select(f => f.Value),
            Does.Contain("ROUND(H5/SUM(H4:H7)*100,6)").And.Contain("ROUND(H5/SUM(H4:H6)*100,6)"));
    }

    [Test]
    public void FigureStandsWhereItsFormulaWouldGiveAnother()
    {
        var table = new ResultTable("headline", "",
            [new("degraded_km2", ColumnType.Area, ""), new("land_km2", ColumnType.Area, ""),
            new("degraded_pct_of_land", ColumnType.Percent, "")]);
        table.Add(new Area(1_000_000), new Area(3_000_000), (Ratio)33.333333m);
        table.Add(new Area(1_000_000), new Area(3_000_000), (Ratio)33.4m);
        table.Add(Area.Zero, Area.Zero, null);
        SheetFormulas formulas = SheetFormulas.For(table, 4);
        Assert.Multiple(() =>
        {
            Assert.That(formulas.Of(0, Columns.DegradedOfLand), Is.EqualTo("ROUND(A4/B4*100,6)"));
            Assert.That(formulas.Of(1, Columns.DegradedOfLand), Is.Null);
            Assert.That(formulas.Of(2, Columns.DegradedOfLand), Is.Null);
        });
    }

    [Test]
    public void SheetsPrintOnePageWideWithTheirHeadsAndWrappedTextHasRoom()
    {
        RunDocument document = Documents.Of("x", "a");
        using ZipArchive zip = Open(document);
        for (int sheet = 1; sheet <= document.Tables.Count + 3; sheet++)
        {
            Assert.That(
                (string?)Sheet(zip, sheet).Descendants(s_main + "pageSetUpPr").Single().Attribute("fitToPage"), Is.EqualTo("1"),
                $"sheet {sheet}");
            Assert.That(
                (string?)Sheet(zip, sheet).Descendants(s_main + "pageSetup").Single().Attribute("fitToHeight"), Is.EqualTo("0"),
                $"sheet {sheet}");
        }

        using Stream stream = zip.GetEntry("xl/workbook.xml")!.Open();
        Assert.That(
            XElement.Load(stream).Descendants(s_main + "definedName")
                .Where(n => (string)n.Attribute("name")! == "_xlnm.Print_Titles").Select(n => n.Value),
            Does.Contain("'headline'!$3:$3"));
        XElement[] notes = [.. Sheet(zip, 1).Descendants(s_main + "row").Where(r => r.Value.Length > 180)];
        Assert.That(notes, Is.Not.Empty);
        Assert.That(
            notes.Select(r => (double)r.Attribute("ht")! / 12.75 * 90), Is.All.GreaterThanOrEqualTo(180), "90 characters a line");
    }

    [TestCase("four", 10, 1)]
    [TestCase("0123456789 0123456789", 10, 3)]
    [TestCase("退化土地占土地总面积", 10, 3)]
    public void WrappedTextIsAsHighAsItsLines(string text, double width, int lines) =>
        Assert.That(SheetStyles.WrappedHeight([("", 50), (text, width)]), Is.EqualTo(12.75 * lines).Within(1e-9));

    [Test]
    public void SheetNamesAreThoseSpreadsheetsAccept()
    {
        string[] names = WorkbookReport.SheetNames(["Cover", "a/b", "A_B", new string('x', 40), new string('x', 40), ""]);
        Assert.That(names, Is.Unique);
        Assert.That(names.Select(n => n.Length), Is.All.InRange(1, 31));
        Assert.That(names[1..3], Is.EqualTo(new[] { "a_b", "A_B_2" }));
    }

    [TestCase(0, "A")]
    [TestCase(25, "Z")]
    [TestCase(26, "AA")]
    [TestCase(701, "ZZ")]
    [TestCase(702, "AAA")]
    public void ColumnsAreNamedAsInSpreadsheets(int column, string name) =>
        Assert.That(SheetWriter.ColumnName(column), Is.EqualTo(name));

    [Test, Category("Slow")]
    public void BytesDependOnTheFiguresAlone()
    {
        string one = Path.Combine(_folder, "1.xlsx"), two = Path.Combine(_folder, "2.xlsx");
        WorkbookReport.Write(one, Documents.Of("x", "a"), Texts.Load("en"));
        Thread.Sleep(2100);
        WorkbookReport.Write(two, Documents.Of("x", "a"), Texts.Load("en"));
        Assert.That(File.ReadAllBytes(two), Is.EqualTo(File.ReadAllBytes(one)));
    }

    private ZipArchive Open(RunDocument document)
    {
        string path = Path.Combine(_folder, "t.xlsx");
        WorkbookReport.Write(path, document, Texts.Load("en"));
        return ZipFile.OpenRead(path);
    }

    private static XElement Sheet(ZipArchive zip, int number)
    {
        using Stream stream = zip.GetEntry($"xl/worksheets/sheet{number}.xml")!.Open();
        return XElement.Load(stream);
    }
}
