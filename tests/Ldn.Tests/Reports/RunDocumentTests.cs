using Ldn.Reports;
using Ldn.Tables;

namespace Ldn.Tests.Reports;

internal sealed class RunDocumentTests
{
    [Test]
    public void KnownTablesHaveTheColumnsOfTheSchema()
    {
        ResultTable headline = Documents.Of("x", "a").Table("headline")!;
        Assert.That(headline.Title, Is.EqualTo("SDG indicator 15.3.1: land that is degraded"));
        Assert.That(headline.Columns.Single(c => c.Name == "land_km2").Type, Is.EqualTo(ColumnType.Area));
        Assert.That(Cell.Format(headline.Rows[0][Columns.Land]), Is.EqualTo("100.000000"));
    }

    [Test]
    public void TypesOfUnknownTablesFollowFromNamesAndValues()
    {
        ResultTable table = Documents.Of("x", "a").Table("unheard_of")!;
        Assert.That(table.Columns.Select(c => c.Type), Is.EqualTo(
            new[] { ColumnType.Text, ColumnType.Percent, ColumnType.Area, ColumnType.Integer, ColumnType.Number }));
        Assert.That(
            table.Rows[0].Values.Select(Cell.Format), Is.EqualTo(new[] { "=1+1", "1.500000", "2.250000", "3", "0.125000" }));
    }

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("[1]")]
    public void AnythingElseIsRefused(string text) => Assert.That(
        () => RunDocument.Parse(System.Text.Encoding.UTF8.GetBytes(text), [], "ldn", []),
        Throws.InstanceOf<LdnException>().With.Property(nameof(LdnException.ExitCode)).EqualTo(ExitCode.Input));

    [TestCase("/a/b/c.tif", "c.tif")]
    [TestCase(@"C:\data\c.tif", "c.tif")]
    [TestCase("NETCDF:\"/a/x.nc\":band", "x.nc\":band")]
    [TestCase("/vsicurl/https://host/c.tif?key=secret/x", "c.tif")]
    [TestCase("c.tif", "c.tif")]
    public void FileNamesLoseTheirFolders(string path, string name) =>
        Assert.That(DocumentInput.FileName(path), Is.EqualTo(name));
}
