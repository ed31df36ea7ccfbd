using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Tests.Pass;

internal sealed class ClassRecoderTests
{
    [Test]
    public void EveryTypeIsRecodedAndUnknownValuesFlagged([Values] CellType type)
    {
        // 1, 2, 42, lowest, highest, 77, 0: highest and 77 are unknown; 0 is no data (which for unsigned types is the lowest,
        // too).
        byte[] cells = CellsTests.Sample(type);
        var recoder = new ClassRecoder(
            type, new Dictionary<double, byte> { [1] = 11, [2] = 12, [42] = 200, [CellsTests.Lowest(type)] = 9, [0] = 0 });
        var codes = new byte[7];
        Assert.That(recoder.Recode(cells, [], codes), Is.True);
        bool zeroIsLowest = CellsTests.Lowest(type) == 0;
        Assert.That(codes, Is.EqualTo(new byte[] { 11, 12, 200, (byte)(zeroIsLowest ? 0 : 9), 0, 0, 0 }));
        Assert.That(
            Enumerable.Range(0, 7).Select(i => recoder.IsUnmapped(Cells.Value(cells, type, i))),
            Is.EqualTo(new[] { false, false, false, false, true, true, false }));

        Assert.That(recoder.Recode(cells, [0, 1, 0, 0, 1, 1, 0], codes), Is.False, "the unknown ones lie outside");
        Assert.That(codes, Is.EqualTo(new byte[] { 11, 0, 200, (byte)(zeroIsLowest ? 0 : 9), 0, 0, 0 }));
        Assert.That(recoder.Recode(cells, [0, 0, 0, 0, 1, 0, 0], codes), Is.True, "one of them does not");
    }

    [Test]
    public void NaNIsNoDataWhereverItStands([Values(CellType.Float32, CellType.Float64)] CellType type)
    {
        byte[] cells = type == CellType.Float32
            ? CellsTests.Bytes(float.NaN, 1f, float.NaN, float.NaN, -0f, 1f, 1f)
            : CellsTests.Bytes(double.NaN, 1, double.NaN, double.NaN, -0.0, 1, 1);
        var recoder = new ClassRecoder(type, new Dictionary<double, byte> { [1] = 7, [0] = 8 });
        var codes = new byte[7];
        Assert.That(recoder.Recode(cells, [], codes), Is.False);
        Assert.That(codes, Is.EqualTo(new byte[] { 0, 7, 0, 0, 8, 7, 7 }));
    }

    /// <summary>The neighbour's code must not stick where values alternate between known and unknown.</summary>
    [Test]
    public void CodesFollowTheirCellsInLongSpans([Values] CellType type)
    {
        var random = new Random(3);
        var recoder = new ClassRecoder(type, new Dictionary<double, byte> { [1] = 4, [2] = 5, [42] = 6 });
        byte[] sample = CellsTests.Sample(type);
        int size = type.Size(), n = 1000;
        var cells = new byte[n * size];
        var expected = new byte[n];
        for (int i = 0, which = 0; i < n; i++)
        {
            which = random.Next(3) == 0 ? random.Next(7) : which;
            sample.AsSpan(which * size, size).CopyTo(cells.AsSpan(i * size));
            expected[i] = which switch { 0 => 4, 1 => 5, 2 => 6, _ => 0 };
        }

        var codes = new byte[n];
        recoder.Recode(cells, [], codes);
        Assert.That(codes, Is.EqualTo(expected));
    }

    [Test]
    public void AFractionIsNoClass()
    {
        var recoder = new ClassRecoder(CellType.Float32, new Dictionary<double, byte> { [1] = 1 });
        var codes = new byte[2];
        Assert.That(recoder.Recode(CellsTests.Bytes(1.5f, 1f), [], codes), Is.True);
        Assert.That(codes, Is.EqualTo(new byte[] { 0, 1 }));
    }
}
