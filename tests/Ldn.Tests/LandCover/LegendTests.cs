using Ldn.Csv;
using Ldn.LandCover;

namespace Ldn.Tests.LandCover;

internal sealed class LegendTests
{
    // Method §2, written out: "UNCCD class: codes".
    private static readonly Dictionary<string, (Dictionary<int, int[]> Classes, int[] NoData)> Expected = new()
    {
        ["unccd-7"] = (new()
        {
            [1] = [1],
            [2] = [2],
            [3] = [3],
            [4] = [4],
            [5] = [5],
            [6] = [6],
            [7] = [7],
        }, [0]),
        ["esa-cci"] = (new()
        {
            [1] = [50, 60, 61, 62, 70, 71, 72, 80, 81, 82, 90, 100],
            [2] = [110, 120, 121, 122, 130, 140, 150, 151, 152, 153],
            [3] = [10, 11, 12, 20, 30, 40],
            [4] = [160, 170, 180],
            [5] = [190],
            [6] = [200, 201, 202, 220],
            [7] = [210],
        }, [0]),
        ["igbp"] = (new()
        {
            [1] = [1, 2, 3, 4, 5, 8],
            [2] = [6, 7, 9, 10],
            [3] = [12, 14],
            [4] = [11],
            [5] = [13],
            [6] = [15, 16],
            [7] = [0, 17],
        }, [254, 255]),
        ["copernicus-lc100"] = (new()
        {
            [1] = [111, 112, 113, 114, 115, 116, 121, 122, 123, 124, 125, 126],
            [2] = [20, 30, 100],
            [3] = [40],
            [4] = [90],
            [5] = [50],
            [6] = [60, 70],
            [7] = [80, 200],
        }, [0, 255]),
    };

    [TestCase("unccd-7", 7)]
    [TestCase("esa-cci", 37)]
    [TestCase("igbp", 18)]
    [TestCase("copernicus-lc100", 22)]
    public void BuiltInsNestEveryCodeAsTheMethodSays(string name, int count)
    {
        var legend = Legend.BuiltIn(name);
        (Dictionary<int, int[]> classes, int[] noData) = Expected[name];
        Assert.That(legend.Count, Is.EqualTo(count));
        byte[] unccd = legend.UnccdTable(), water = legend.WaterTable();
        Assert.That(unccd, Has.Length.EqualTo(count + 1));
        for (int code = -1000; code <= 1000; code++)
        {
            int nested = classes.FirstOrDefault(c => c.Value.Contains(code)).Key;
            int index = legend.IndexOf(code);
            if (nested == 0)
            {
                Assert.That(index, Is.EqualTo(noData.Contains(code) ? 0 : -1), $"code {code}");
                continue;
            }

            Assert.That(index, Is.InRange(1, count), $"code {code}");
            Assert.That(legend.ClassAt(index).Code, Is.EqualTo(code));
            Assert.That(unccd[index], Is.EqualTo(nested), $"code {code}");
            Assert.That(water[index], Is.EqualTo(nested == 7 ? 1 : 0), $"code {code}");
        }

        Assert.That((unccd[0], water[0]), Is.EqualTo(((byte)0, (byte)0)));
        Assert.That(legend.NoDataCodes, Is.EquivalentTo(noData));
    }

    [Test]
    public void BuiltInListHoldsExactlyTheFour() => Assert.That(
        Legend.BuiltInNames, Is.EqualTo(Expected.Keys), "a new legend: write its codes into Expected and its size into a TestCase");

    [Test]
    public void IgbpHasWaterInBothCodings()
    {
        var igbp = Legend.BuiltIn("igbp");
        Assert.That(igbp.ClassAt(igbp.IndexOf(0)).Unccd, Is.EqualTo(UnccdClass.WaterBody));
        Assert.That(igbp.ClassAt(igbp.IndexOf(17)).Unccd, Is.EqualTo(UnccdClass.WaterBody));
    }

    [Test]
    public void IgbpAgreesWithTheRecodeTableOfTheRealData()
    {
        var igbp = Legend.BuiltIn("igbp");
        var table = CsvTable.Read(
            TestData.Real("world-north-5arcmin/igbp_to_unccd7.csv"), "igbp_code", "unccd_code", "unccd_name");
        Assert.That(table.Rows, Has.Count.EqualTo(18));
        foreach (CsvRow row in table.Rows)
        {
            int index = igbp.IndexOf(table.Integer(row, "igbp_code"));
            if (table.Text(row, "unccd_name") == "nodata")
            {
                Assert.That(index, Is.Zero);
                continue;
            }

            UnccdClass nested = igbp.ClassAt(index).Unccd;
            Assert.That((int)nested, Is.EqualTo(table.Integer(row, "unccd_code")));
            Assert.That(nested.DisplayName(), Is.EqualTo(table.Text(row, "unccd_name")));
        }
    }

    [Test]
    public void UnccdClassesHaveTheNamesAndColoursOfTheMethod()
    {
        Assert.That(UnccdClasses.All.Select(c => (byte)c), Is.EqualTo(new byte[] { 1, 2, 3, 4, 5, 6, 7 }));
        Assert.That(UnccdClasses.All.Select(c => c.Id()), Is.EqualTo(new[]
        {
            "tree_covered", "grassland", "cropland", "wetland", "artificial", "other_land", "water_body",
        }));
        string[] colors = ["#787F1B", "#FFAC42", "#FFFB6E", "#00DB84", "#E60017", "#FFF3D7", "#0053C4"];
        Assert.That(UnccdClasses.All.Select(c => c.Color()), Is.EqualTo(colors));
        Assert.That(Legend.BuiltIn("unccd-7").Classes.Select(c => c.Color), Is.EqualTo(colors));
        Assert.That(
            Legend.BuiltIn("unccd-7").Classes.Select(c => c.Name), Is.EqualTo(UnccdClasses.All.Select(c => c.DisplayName())));
    }

    [Test]
    public void ReadsAUsersLegendInItsOrderWithAnyIntegers()
    {
        var legend = Parse("300000,\"Steppe, \"\"dry\"\"\",,2\n-5,Desert,#AbCdEf,6\n7,?,,NoData\n12,Lake,#0000ff,7\n");
        Assert.That(legend.Name, Is.EqualTo("mine"));
        Assert.That(legend.Classes, Is.EqualTo(new[]
        {
            new LegendClass(300000, "Steppe, \"dry\"", "#FFAC42", UnccdClass.Grassland),
            new LegendClass(-5, "Desert", "#AbCdEf", UnccdClass.OtherLand),
            new LegendClass(12, "Lake", "#0000ff", UnccdClass.WaterBody),
        }));
        Assert.That(new[] { 300000, -5, 12, 7, 0 }.Select(legend.IndexOf), Is.EqualTo(new[] { 1, 2, 3, 0, -1 }));
        Assert.That(legend.UnccdTable(), Is.EqualTo(new byte[] { 0, 2, 6, 7 }));
    }

    [Test]
    public void DeclaredNoDataWinsOverAClassAndKeepsTheIndexes()
    {
        Legend igbp = Legend.BuiltIn("igbp").WithNoData(0, -9999, 0);
        Assert.That(new[] { 0, -9999, 255, 1, 17 }.Select(igbp.IndexOf), Is.EqualTo(new[] { 0, 0, 0, 2, 18 }));
        Assert.That(igbp.NoDataCodes, Is.EqualTo(new[] { 254, 255, 0, -9999 }));
        Assert.That(Legend.BuiltIn("igbp").IndexOf(0), Is.EqualTo(1), "the built-in legend itself is unchanged");
    }

    [Test]
    public void CsvOfEveryBuiltInReadsBackAsTheSameLegend([ValueSource(typeof(Legend), nameof(Legend.BuiltInNames))] string name)
    {
        var legend = Legend.BuiltIn(name);
        var back = Legend.Parse(CsvTable.Parse(legend.ToCsv(), "copy.csv"));
        Assert.That(back.Classes, Is.EqualTo(legend.Classes));
        Assert.That(back.NoData, Is.EqualTo(legend.NoData));
    }

    [Test]
    public void TwoHundredAndFiftyFiveClassesFitAndOneMoreDoesNot()
    {
        static string Rows(int count) => string.Concat(Enumerable.Range(1, count).Select(i => $"{i},c{i},,1\n"));
        Legend full = Parse(Rows(255));
        Assert.That(full.IndexOf(255), Is.EqualTo(255));
        Assert.That(full.UnccdTable(), Has.Length.EqualTo(256));
        Assert.That(() => Parse(Rows(256)), Fails("row 257", "more than 255"));
    }

    [TestCase("1,a,,1\n1,b,,2\n", "row 3", "code 1 is given twice, first in row 2")]
    [TestCase("1,a,,1\n1,b,,nodata\n", "row 3", "code 1 is given twice")]
    [TestCase("1,a,blue,1\n", "row 2", "column color: 'blue'")]
    [TestCase("1,a,#12345,1\n", "row 2", "column color: '#12345'")]
    [TestCase("1,a,#12345g,1\n", "row 2", "column color: '#12345g'")]
    [TestCase("1,a,,0\n", "row 2", "column unccd: '0'")]
    [TestCase("1,a,,8\n", "row 2", "column unccd: '8'")]
    [TestCase("1,a,,\n", "row 2", "column unccd: ''")]
    [TestCase("1.5,a,,1\n", "row 2", "column code: '1.5'")]
    [TestCase("1,,,1\n", "row 2", "class 1 has no name")]
    [TestCase("", "mine.csv", "no class")]
    [TestCase("0,none,,nodata\n", "mine.csv", "no class")]
    public void SaysWhichRowIsWrong(string rows, string where, string what) => Assert.That(() => Parse(rows), Fails(where, what));

    [Test]
    public void SaysWhichColumnIsMissing() =>
        Assert.That(
            () => Legend.Parse(CsvTable.Parse("code,name,unccd\n1,a,1\n", "mine.csv")), Fails("mine.csv", "no column color"));

    [TestCase("esa_cci", "the nearest is esa-cci")]
    [TestCase("IGPB", "the nearest is igbp")]
    [TestCase("copernicus", "the nearest is copernicus-lc100")]
    [TestCase("esa-cci", null)]
    public void UnknownNamesGetTheListAndTheNearest(string name, string? nearest)
    {
        if (nearest is null)
            Assert.That(Legend.Load(name), Is.SameAs(Legend.BuiltIn(name)));
        else
            Assert.That(() => Legend.Load(name), Fails("unccd-7, esa-cci, igbp, copernicus-lc100", nearest));
    }

    [Test]
    public void LoadsAFileAndMissesOneThatIsNotThere()
    {
        string file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.csv");
        File.WriteAllText(file, Legend.BuiltIn("igbp").ToCsv());
        try
        {
            Assert.That(Legend.Load(file).Classes, Is.EqualTo(Legend.BuiltIn("igbp").Classes));
        }
        finally
        {
            File.Delete(file);
        }

        Assert.That(() => Legend.Load(file), Fails(file, "no such file"));
    }

    private static Legend Parse(string rows) => Legend.Parse(CsvTable.Parse("code,name,color,unccd\n" + rows, "mine.csv"));

    private static NUnit.Framework.Constraints.IResolveConstraint Fails(params string[] texts) => UsageError.With(texts);
}
