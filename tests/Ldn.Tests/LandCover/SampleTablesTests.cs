using Ldn.Csv;
using Ldn.LandCover;
using Ldn.SoilCarbon;

namespace Ldn.Tests.LandCover;

/// <summary>The example tables are the built-in ones as files, so that users start from what the program itself uses.</summary>
internal sealed class SampleTablesTests
{
    private static readonly string Folder = Path.Combine(TestData.Root, "sample-data", "tables");

    private static readonly Dictionary<string, Func<string>> Tables = new()
    {
        ["legend-unccd-7.csv"] = () => Legend.BuiltIn("unccd-7").ToCsv(),
        ["legend-esa-cci.csv"] = () => Legend.BuiltIn("esa-cci").ToCsv(),
        ["legend-igbp.csv"] = () => Legend.BuiltIn("igbp").ToCsv(),
        ["legend-copernicus-lc100.csv"] = () => Legend.BuiltIn("copernicus-lc100").ToCsv(),
        ["matrix-unccd-7.csv"] = () => TransitionMatrix.Default(Legend.BuiltIn("unccd-7")).ToCsv(),
        ["matrix-igbp.csv"] = () => TransitionMatrix.Default(Legend.BuiltIn("igbp")).ToCsv(),
        ["soc-factors.csv"] = () => StockChangeFactors.Default.ToCsv(),
    };

    private static IEnumerable<string> Names => Tables.Keys;

    [TestCaseSource(nameof(Names))]
    public void FileIsTheBuiltInTable(string name) =>
        Assert.That(File.ReadAllText(Path.Combine(Folder, name)), Is.EqualTo(Tables[name]()), "rerun WriteTables");

    [Test]
    public void FilesReadBack()
    {
        var igbp = Legend.Load(Path.Combine(Folder, "legend-igbp.csv"));
        Assert.That(TransitionMatrix.Load(Path.Combine(Folder, "matrix-igbp.csv"), igbp).Count, Is.EqualTo(18));
        Assert.That(StockChangeFactors.Load(Path.Combine(Folder, "soc-factors.csv")).Count, Is.EqualTo(7));
        Assert.That(CsvTable.Read(Path.Combine(Folder, "region-matrices.csv")).Rows, Is.Not.Empty);
        Assert.That(
            RegionMatrices.Load(Path.Combine(Folder, "region-matrices.csv"), Legend.BuiltIn("unccd-7")).Regions,
            Has.Count.EqualTo(2));
    }

    [Test, Explicit("writes the files after a built-in table has changed")]
    public void WriteTables()
    {
        foreach ((string name, Func<string> text) in Tables)
            File.WriteAllText(Path.Combine(Folder, name), text());
    }
}
