using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

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
        PraisSheetHoldsEveryTable([.. File.ReadAllLines(Path.Combine(folder, "w-PRAIS.csv")).Select(Fields)]);
        foreach (string table in new[] { "headline", "summary", "sensitivity" })
        {
            string converted = Path.Combine(folder, $"w-{table}.csv");
            Assert.That(File.Exists(converted), output + errors);
            string[][] expected = Rows(ReportRuns.File(table + ".csv"));
            string[][] actual = [.. Rows(converted).SkipWhile(r => r[0] != expected[0][0])];
            Assert.That(actual, Has.Length.EqualTo(expected.Length), table);
            for (int r = 0; r < expected.Length; r++)
                for (int c = 0; c < expected[r].Length; c++)
                    Assert.That(
                        Same(actual[r][c], expected[r][c]),
                        $"{table}, row {r + 1}, {expected[0][c]}: {actual[r][c]} for {expected[r][c]}");
        }
    }

    /// <summary>Every row of prais.json, in its order, below the name of its table.</summary>
    private static void PraisSheetHoldsEveryTable(string[][] sheet)
    {
        using JsonDocument prais = JsonDocument.Parse(File.ReadAllBytes(ReportRuns.File("prais.json")));
        int row = 0;
        foreach (JsonProperty table in prais.RootElement.GetProperty("tables").EnumerateObject())
        {
            row = Array.FindIndex(sheet, row, r => r[0].StartsWith(table.Name + "  ", StringComparison.Ordinal)) + 2;
            Assert.That(row, Is.GreaterThan(1), table.Name);
            foreach (JsonElement expected in table.Value.GetProperty("rows").EnumerateArray())
            {
                int column = 0;
                foreach (JsonProperty cell in expected.EnumerateObject())
                {
                    string value = cell.Value.ValueKind == JsonValueKind.Null ? "" : cell.Value.ToString();
                    Assert.That(
                        Same(sheet[row][column], value.Replace(",", "", StringComparison.Ordinal)),
                        $"{table.Name}.{cell.Name}: {sheet[row][column]} for {value}");
                    column++;
                }

                row++;
            }
        }
    }

    private static bool Same(string actual, string expected) =>
        double.TryParse(expected, CultureInfo.InvariantCulture, out double wanted)
            && double.TryParse(actual, CultureInfo.InvariantCulture, out double value)
            ? Math.Abs(value - wanted) < 5e-7 + (Math.Abs(wanted) * 1e-14)
            : string.Equals(
                actual, expected,
                expected.ToUpperInvariant() is "TRUE" or "FALSE" ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    private static string[][] Rows(string path) =>
        [.. File.ReadAllLines(path).Select(l => l.Replace("\"", "", StringComparison.Ordinal).Split(','))];

    /// <summary>The cells of a line, of which those with commas are quoted; commas inside them are left out.</summary>
    private static string[] Fields(string line) =>
        [.. Regex.Matches(line, "(?:^|,)(\"(?:[^\"]|\"\")*\"|[^,]*)").Select(m => m.Groups[1].Value.Trim('"').Replace(",", "", StringComparison.Ordinal))];

    private static void WithoutValues(string source, string target)
    {
        File.Copy(source, target, overwrite: true);
        using System.IO.Compression.ZipArchive zip = System.IO.Compression.ZipFile.Open(
            target, System.IO.Compression.ZipArchiveMode.Update);
        foreach (
            System.IO.Compression.ZipArchiveEntry entry in zip.Entries.Where(
                e => e.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal)).ToArray())
        {
            using Stream stream = entry.Open();
            using var reader = new StreamReader(stream, leaveOpen: true);
            string xml = Regex.Replace(reader.ReadToEnd(), "</f><v>[^<]*</v>", "</f>");
            stream.SetLength(0);
            using var writer = new StreamWriter(stream);
            writer.Write(xml);
        }
    }
}
