using Ldn.Jobs;
using Ldn.Reports;
using Ldn.Reports.Workbook;
using Ldn.Subjects;
using Ldn.Tables;
using Ldn.Tests.Tables;

namespace Ldn.Tests.Reports;

/// <summary>Reports tell of the first zones and of every group; the files of tables hold all of them.</summary>
internal sealed class ToldZonesTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ldn-told-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void FilesAreThoseOfTheTablesAndTheDocumentIsCut()
    {
        RunStatistics run = HandRun.Create();
        IReadOnlyList<ResultTable> tables = RunTables.All(run);
        string[] zones = [.. run.Zones.Where(z => z.Kind == "zone").Select(z => z.Id)];
        Assert.That(zones, Has.Length.GreaterThan(1));
        var told = ToldZones.Of(run.Zones, 1);
        ReadOnlyMemory<byte> some = TableFiles.Write(run, tables, name => Path.Combine(_folder, name), told)!.Value;
        byte[] all = SummaryJson.Write(run, RunTables.All(run));
        Assert.That(File.ReadAllBytes(Path.Combine(_folder, "summary.json")), Is.EqualTo(all));
        foreach (ResultTable table in tables)
        {
            using var csv = new MemoryStream();
            CsvReport.Write(csv, table);
            Assert.That(File.ReadAllBytes(Path.Combine(_folder, table.Name + ".csv")), Is.EqualTo(csv.ToArray()), table.Name);
        }

        // The document of the run and that which is read from the file later are one.
        RunDocument now = Parse(some).CutTo(told, tables), later = Parse(all).CutTo(1);
        Assert.That((told.Cut, told.Told, told.Count), Is.EqualTo((true, 1, zones.Length)));
        Assert.That(now.Notes[^1], Does.Contain($"first 1 of {zones.Length} zones").And.Contain("LDN940"));
        Assert.That(later.Notes, Is.EqualTo(now.Notes));
        string[] expected = [zones[0], .. run.Zones.Where(z => z.Kind == "group").Select(z => z.Id)];
        foreach (RunDocument document in new[] { now, later })
        {
            foreach (ResultTable table in document.Tables.Where(t => t.Has(Columns.ZoneId)))
                Assert.That(table.Rows.Select(r => r[Columns.ZoneId]).Distinct(), Is.SubsetOf(expected), table.Name);
            Assert.That(document.Table("headline")!.Rows.Select(r => r[Columns.ZoneId]).Distinct(), Is.EqualTo(expected));
            Assert.That(ZoneFigures.From(document).Values.Keys, Is.EquivalentTo(run.Zones.Select(z => z.Id)), "vector files");
        }
    }

    [Test]
    public void NothingIsCutWhereAllAreTold()
    {
        RunStatistics run = HandRun.Create();
        RunDocument document = Parse(SummaryJson.Write(run, RunTables.All(run)));
        Assert.That(document.CutTo(OutputOptions.UsualReportZones), Is.SameAs(document));
    }

    /// <summary>The first zones may be sea alone: forms without a row, which read back have no columns.</summary>
    [Test]
    public void FormsWithoutARowAreNotFilled()
    {
        string[] names = ["CP-1.T1", "SO1-1.T3", "SO1-2.T1", "SO1-3.T1", "SO1-4.T1", "SO1-4.T2"];
        var rows = new PraisRows([.. names.Select(n => new ResultTable(n, n, []))], "SEA");
        string[] filled = [.. new PraisForms(rows, Texts.Load("en")).All.Select(f => f.Name)];
        Assert.That(filled.Intersect(names), Is.Empty);
        Assert.That(names.Where(rows.Has), Is.Empty);
    }

    private static RunDocument Parse(ReadOnlyMemory<byte> summary) =>
        RunDocument.Parse(summary, [], "ldn", AllSubjects.Kinds());
}
