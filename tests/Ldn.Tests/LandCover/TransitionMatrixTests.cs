using Ldn.Csv;
using Ldn.LandCover;

namespace Ldn.Tests.LandCover;

internal sealed class TransitionMatrixTests
{
    // Method §3: rows initial, columns final; typed from the method, not from the code.
    private static readonly string[] Method =
    [
        // 123456 7
        "0-----0",
        "+0+---0",
        "+-0---0",
        "---0--0",
        "++++0+0",
        "++++-00",
        "0000000",
    ];

    [Test]
    public void DefaultHoldsTheFortyNineTransitionsOfTheMethod()
    {
        var matrix = TransitionMatrix.Default(Legend.BuiltIn("unccd-7"));
        for (int from = 1; from <= 7; from++)
            for (int to = 1; to <= 7; to++)
                Assert.That(matrix[from, to], Is.EqualTo(Sign(from, to)), $"{from} → {to}");
    }

    [Test]
    public void DefaultAgreesWithTheMatrixOfTheRealData()
    {
        var table = CsvTable.Read(TestData.Real("world-north-5arcmin/unccd_transition_matrix.csv"));
        var matrix = TransitionMatrix.Default(Legend.BuiltIn("unccd-7"));
        string[] names = [.. UnccdClasses.All.Select(c => c.DisplayName())];
        Assert.That(table.Columns.Skip(1), Is.EqualTo(names));
        Assert.That(table.Rows.Select(r => r.Fields[0]), Is.EqualTo(names));
        for (int from = 1; from <= 7; from++)
            for (int to = 1; to <= 7; to++)
                Assert.That(matrix[from, to], Is.EqualTo(table.Integer(table.Rows[from - 1], names[to - 1])), $"{from} → {to}");
    }

    [Test]
    public void DefaultOfEveryLegendGoesThroughItsNesting([ValueSource(typeof(Legend), nameof(Legend.BuiltInNames))] string name)
    {
        var legend = Legend.BuiltIn(name);
        var matrix = TransitionMatrix.Default(legend);
        for (int from = 1; from <= legend.Count; from++)
            for (int to = 1; to <= legend.Count; to++)
                Assert.That(
                    matrix[from, to], Is.EqualTo(Sign((int)legend.Classes[from - 1].Unccd, (int)legend.Classes[to - 1].Unccd)));
    }

    [Test]
    public void ConditionTableIsTheMatrixAsBytesAndNoDataWhereEitherIs(
        [ValueSource(typeof(Legend), nameof(Legend.BuiltInNames))] string name)
    {
        var matrix = TransitionMatrix.Default(Legend.BuiltIn(name));
        int n = matrix.Count;
        Assert.That(matrix.ConditionTable, Has.Length.EqualTo((n + 1) * (n + 1)));
        for (int from = 0; from <= n; from++)
            for (int to = 0; to <= n; to++)
            {
                int expected = from == 0 || to == 0 ? 0 : matrix[from, to] switch { -1 => 1, 0 => 2, _ => 3 };
                Assert.That(matrix.ConditionTable[(from * (n + 1)) + to], Is.EqualTo(expected), $"{from} → {to}");
            }
    }

    [TestCase(0, 1)]
    [TestCase(1, 0)]
    [TestCase(8, 1)]
    [TestCase(1, 8)]
    public void IndexesOutsideTheLegendAreRefused(int from, int to) =>
        Assert.That(
            () => TransitionMatrix.Default(Legend.BuiltIn("unccd-7"))[from, to], Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void ReadsAUsersMatrixInAnyOrderOfRowsAndColumns()
    {
        TransitionMatrix matrix = Parse("from,-5,300,12\n12,0,+1,0\n300,\u22121,0,1\n-5,0,1,-1\n");
        // Legend order 300, −5, 12.
        sbyte[,] expected = { { 0, -1, 1 }, { 1, 0, -1 }, { 1, 0, 0 } };
        for (int from = 1; from <= 3; from++)
            for (int to = 1; to <= 3; to++)
                Assert.That(matrix[from, to], Is.EqualTo(expected[from - 1, to - 1]), $"{from} → {to}");
    }

    [Test]
    public void CsvReadsBackAsTheSameMatrix([ValueSource(typeof(Legend), nameof(Legend.BuiltInNames))] string name)
    {
        var matrix = TransitionMatrix.Default(Legend.BuiltIn(name));
        var back = TransitionMatrix.Parse(CsvTable.Parse(matrix.ToCsv(), "copy.csv"), matrix.Legend);
        Assert.That(back.ConditionTable, Is.EqualTo(matrix.ConditionTable));
    }

    [TestCase("code,300,-5,12\n", "first column is 'code'", "m.csv")]
    [TestCase("from,300,-5\n300,0,0\n-5,0,0\n12,0,0\n", "no column for 12 (Lake)", "m.csv")]
    [TestCase("from,300,-5,12\n300,0,0,0\n12,0,0,0\n", "no row for -5 (Desert)", "m.csv")]
    [TestCase("from,300,-5,12,9\n300,0,0,0,0\n", "column 9", "'9' is not a class of legend mine")]
    [TestCase("from,300,-5,Lake\n300,0,0,0\n", "column Lake", "'Lake' is not a class")]
    [TestCase("from,300,-5,12\n300,0,0,0\n7,0,0,0\n", "row 3", "'7' is not a class")]
    [TestCase("from,300,-5,12,012\n300,0,0,0,0\n", "12 and 012", "same class")]
    [TestCase("from,300,-5,12\n300,0,0,0\n-5,0,0,0\n12,0,0,0\n300,0,0,0\n", "row 5", "class 300 is given twice, first in row 2")]
    [TestCase("from,300,-5,12\n300,0,2,0\n-5,0,0,0\n12,0,0,0\n", "row 2, column -5: '2'", "-1, 0 or 1")]
    [TestCase("from,300,-5,12\n300,0,0,0\n-5,0,0,\n12,0,0,0\n", "row 3, column 12: ''", "-1, 0 or 1")]
    public void SaysWhichRowOrColumnIsWrong(string text, string where, string what) =>
        Assert.That(() => Parse(text), UsageError.With(where, what));

    [TestCase("esa-cci")]
    [TestCase("igbp")] // has the codes 1…7 itself, with other meanings
    public void AMatrixOverUnccdCodesForAnotherLegendIsNamedAsSuch(string name)
    {
        string unccd = TransitionMatrix.Default(Legend.BuiltIn("unccd-7")).ToCsv();
        Assert.That(() => TransitionMatrix.Parse(CsvTable.Parse(unccd, "m.csv"), Legend.BuiltIn(name)),
            UsageError.With("m.csv", "UNCCD classes 1…7", name));
    }

    private static int Sign(int from, int to) =>
        Method[from - 1][to - 1] switch { '-' => -1, '0' => 0, '+' => 1, _ => throw new InvalidOperationException() };

    private static TransitionMatrix Parse(string text) => TransitionMatrix.Parse(CsvTable.Parse(text, "m.csv"), Mine);

    private static Legend Mine { get; } =
        Legend.Parse(CsvTable.Parse("code,name,color,unccd\n300,Steppe,,2\n-5,Desert,,6\n12,Lake,,7\n", "mine.csv"));
}
