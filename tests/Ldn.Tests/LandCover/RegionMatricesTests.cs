using Ldn.LandCover;

namespace Ldn.Tests.LandCover;

internal sealed class RegionMatricesTests
{
    private static readonly Legend Unccd = Legend.BuiltIn("unccd-7");

    private string _folder = "";

    [SetUp]
    public void MakeFolder() =>
        _folder = Directory.CreateDirectory(Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}"))
            .FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void BindsAMatrixToEachRegionWithPathsBesideTheTable()
    {
        string standard = TransitionMatrix.Default(Unccd).ToCsv();
        Write("default.csv", standard);
        // In the arid region the spread of trees over grassland (2 → 1) counts as woody encroachment.
        Directory.CreateDirectory(Path.Combine(_folder, "arid"));
        Write("arid/m.csv", standard.Replace("\n2,1,0,1,", "\n2,-1,0,1,", StringComparison.Ordinal));
        Write("regions.csv", "region,matrix\nnorth,default.csv\narid,arid/m.csv\nsouth,default.csv\n");

        var regions = RegionMatrices.Load(Path.Combine(_folder, "regions.csv"), Unccd);
        Assert.That(regions.Regions.Select(r => r.Region), Is.EqualTo(new[] { "north", "arid", "south" }));
        Assert.That(regions.Regions.Select(r => r.Matrix[2, 1]), Is.EqualTo(new sbyte[] { 1, -1, 1 }));
        Assert.That(regions.Regions[2].Matrix, Is.SameAs(regions.Regions[0].Matrix), "one file, one matrix");
        Assert.That((regions.IndexOf("south"), regions.IndexOf("east")), Is.EqualTo((2, -1)));
    }

    [TestCase("region,matrix\nnorth,m.csv\nnorth,m.csv\n", "row 3", "north is given twice, first in row 2")]
    [TestCase("region,matrix\nnorth,gone.csv\n", "row 2", "gone.csv")]
    [TestCase("region,matrix\nnorth,\n", "row 2", "matrix is empty")]
    [TestCase("region,matrix\n,m.csv\n", "row 2", "region is empty")]
    [TestCase("region,file\nnorth,m.csv\n", "regions.csv", "no column matrix")]
    [TestCase("region,matrix\n", "regions.csv", "no region")]
    public void SaysWhichRowIsWrong(string table, string where, string what)
    {
        Write("m.csv", TransitionMatrix.Default(Unccd).ToCsv());
        Write("regions.csv", table);
        Assert.That(() => RegionMatrices.Load(Path.Combine(_folder, "regions.csv"), Unccd), UsageError.With(where, what));
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
