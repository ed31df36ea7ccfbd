using System.Globalization;

namespace Ldn.Cli.Tests.Reports;

public sealed class LibreOfficeTests
{
    [Test]
    public void WorkbookOpensAndRecalculatesToTheCsv()
    {
        string office = Tool.Find("soffice", "libreoffice");
        string folder = Path.Combine(ReportRuns.Root, "office");
        Directory.CreateDirectory(folder);

        // Without the values it was written with, every number of a formula is LibreOffice's own.
        string workbook = Path.Combine(folder, "w.xlsx");
        WithoutValues(ReportRuns.File("summary.xlsx"), workbook);
        (string output, string errors) = Tool.Run(
            office, "--headless", $"-env:UserInstallation=file://{folder}/profile", "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1", "--outdir", folder, workbook);
        foreach (string table in new[] { "headline", "summary", "sensitivity" })
        {
            string converted = Path.Combine(folder, $"w-{table}.csv");
            Assert.That(File.Exists(converted), output + errors);
            string[][] expected = Rows(ReportRuns.File(table + ".csv"));
            string[][] actual = [.. Rows(converted).SkipWhile(r => r[0] != expected[0][0])];
            Assert.That(actual, Has.Length.EqualTo(expected.Length), table);
            for (int r = 0; r < expected.Length; r++)
                for (int c = 0; c < expected[r].Length; c++)
                    Assert.That(Same(actual[r][c], expected[r][c]), $"{table}, row {r + 1}, {expected[0][c]}: {actual[r][c]} for {expected[r][c]}");
        }
    }

    private static bool Same(string actual, string expected) =>
        double.TryParse(expected, CultureInfo.InvariantCulture, out double wanted) && double.TryParse(actual, CultureInfo.InvariantCulture, out double value)
            ? Math.Abs(value - wanted) < 5e-7 + (Math.Abs(wanted) * 1e-14)
            : actual == expected;

    private static string[][] Rows(string path) => [.. File.ReadAllLines(path).Select(l => l.Replace("\"", "", StringComparison.Ordinal).Split(','))];

    private static void WithoutValues(string source, string target)
    {
        File.Copy(source, target, overwrite: true);
        using System.IO.Compression.ZipArchive zip = System.IO.Compression.ZipFile.Open(target, System.IO.Compression.ZipArchiveMode.Update);
        foreach (System.IO.Compression.ZipArchiveEntry entry in zip.Entries.Where(e => e.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal)).ToArray())
        {
            using Stream stream = entry.Open();
            using var reader = new StreamReader(stream, leaveOpen: true);
            string xml = System.Text.RegularExpressions.Regex.Replace(reader.ReadToEnd(), "</f><v>[^<]*</v>", "</f>");
            stream.SetLength(0);
            using var writer = new StreamWriter(stream);
            writer.Write(xml);
        }
    }
}
