using System.Runtime.InteropServices;
using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Tests.Pass;

internal sealed class CellsTests
{
    /// <summary>Bytes of 1, 2, 42, the type's lowest and highest value, 77 and 0, in every cell type.</summary>
    internal static byte[] Sample(CellType type) => type switch
    {
        CellType.Byte => [1, 2, 42, 0, 255, 77, 0],
        CellType.SByte => Bytes<sbyte>([1, 2, 42, -128, 127, 77, 0]),
        CellType.UInt16 => Bytes<ushort>([1, 2, 42, 0, 65535, 77, 0]),
        CellType.Int16 => Bytes<short>([1, 2, 42, -32768, 32767, 77, 0]),
        CellType.UInt32 => Bytes<uint>([1, 2, 42, 0, uint.MaxValue, 77, 0]),
        CellType.Int32 => Bytes<int>([1, 2, 42, int.MinValue, int.MaxValue, 77, 0]),
        CellType.UInt64 => Bytes<ulong>([1, 2, 42, 0, ulong.MaxValue, 77, 0]),
        CellType.Int64 => Bytes<long>([1, 2, 42, long.MinValue, long.MaxValue, 77, 0]),
        CellType.Float32 => Bytes<float>([1, 2, 42, float.MinValue, float.MaxValue, 77, 0]),
        _ => Bytes<double>([1, 2, 42, double.MinValue, double.MaxValue, 77, 0]),
    };

    internal static byte[] Bytes<T>(params T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(values).ToArray();

    internal static double Lowest(CellType type) => type switch
    {
        CellType.SByte => -128,
        CellType.Int16 => -32768,
        CellType.Int32 => int.MinValue,
        CellType.Int64 => long.MinValue,
        CellType.Float32 => float.MinValue,
        CellType.Float64 => double.MinValue,
        _ => 0,
    };

    internal static double Highest(CellType type) => type switch
    {
        CellType.Byte => 255,
        CellType.SByte => 127,
        CellType.UInt16 => 65535,
        CellType.Int16 => 32767,
        CellType.UInt32 => uint.MaxValue,
        CellType.Int32 => int.MaxValue,
        CellType.UInt64 => ulong.MaxValue,
        CellType.Int64 => long.MaxValue,
        CellType.Float32 => float.MaxValue,
        _ => double.MaxValue,
    };

    [Test]
    public void StoredCellsOfEveryTypeAreReadAsNumbers([Values] CellType type)
    {
        byte[] cells = Sample(type);
        Assert.That(
            Enumerable.Range(0, 7).Select(i => Cells.Value(cells, type, i)),
            Is.EqualTo(new[] { 1, 2, 42, Lowest(type), Highest(type), 77, 0 }));
        var values = new double[7];
        Cells.ToPhysical(cells, type, [], 1, 0, [], values);
        Assert.That(values, Is.EqualTo(new[] { 1, 2, 42, Lowest(type), Highest(type), 77, 0 }));
    }

    [Test]
    public void NoDataScaleOffsetAndOutside([Values] CellType type)
    {
        var values = new double[7];
        Cells.ToPhysical(Sample(type), type, [77, Highest(type), double.NaN, 1e300], 0.5, 10, [0, 1, 0, 1, 0, 0, 0], values);
        Assert.That(values, Is.EqualTo(new[] { 10.5, double.NaN, 31, double.NaN, double.NaN, double.NaN, 10 }));
    }

    /// <summary>−3.4e38 as text is another double than the float that a raster holds.</summary>
    [Test]
    public void AFillThatOnlySinglePrecisionHoldsIsFound()
    {
        byte[] cells = Bytes(-3.4e38f, 0.1f, -9999.9f, 5f, float.NaN);
        Assert.That(Cells.Value(cells, CellType.Float32, 0), Is.Not.EqualTo(-3.4e38), "the case is one");
        var doubles = new double[5];
        Cells.ToPhysical(cells, CellType.Float32, [-3.4e38, 0.1, -9999.9], 1, 0, [], doubles);
        Assert.That(doubles, Is.EqualTo(new[] { double.NaN, double.NaN, double.NaN, 5, double.NaN }));
        var singles = new float[5];
        Cells.ToPhysical(cells, CellType.Float32, [-3.4e38, 0.1, -9999.9], 2, 1, [], singles);
        Assert.That(singles, Is.EqualTo(new[] { float.NaN, float.NaN, float.NaN, 11, float.NaN }));
    }

    /// <summary>A fill that the type cannot hold must not be taken for the nearest value that it can.</summary>
    [TestCase(300)]
    [TestCase(-1)]
    [TestCase(0.5)]
    [TestCase(254.5)]
    public void AFillThatTheTypeCannotHoldMarksNothing(double fill)
    {
        var values = new double[4];
        Cells.ToPhysical<double>([0, 1, 254, 255], CellType.Byte, [fill], 1, 0, [], values);
        Assert.That(values, Is.EqualTo(new double[] { 0, 1, 254, 255 }));
    }
}
