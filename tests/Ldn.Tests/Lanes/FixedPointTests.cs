using Ldn.Lanes;

namespace Ldn.Tests.Lanes;

internal sealed class FixedPointTests
{
    private static readonly short[] Special = [
        short.MinValue, -32767, -9999, -2, -1, 0, 1, 2, 254, 255, 9999, 32766, short.MaxValue];

    [TestCase(int.MinValue)]
    [TestCase(-9999)]
    [TestCase(-1)]
    [TestCase(0)]
    [TestCase(255)]
    [TestCase(short.MaxValue)]
    [TestCase(65535)]
    [TestCase(100_000)]
    public void CellsBecomeQuantaUnlessNegativeOrNoData(int noData)
    {
        for (int length = 0; length <= 70; length++)
        {
            short[] cells = [.. Enumerable.Range(0, length).Select(i => Special[i % Special.Length])];
            int[] quanta = new int[length + 1];
            foreach (SimdLevel level in SimdTests.Available)
            {
                FixedPoint.OfShorts(cells, noData, 1000, quanta.AsSpan(0, length), level);
                Assert.That(
                    quanta[..length], Is.EqualTo(cells.Select(c => c == noData || c < 0 ? FixedPoint.None : c * 1000)),
                    $"{level}, length {length}");
                Assert.That(quanta[length], Is.Zero, "what lies behind is untouched");
            }
        }
    }

    [Test]
    public void SumsAreOfTheKnown()
    {
        var random = new Random(22);
        for (int length = 0; length <= 130; length++)
        {
            int[] values = [
                .. Enumerable.Range(0, length).Select(_ => random.Next(4) == 0 ? FixedPoint.None : random.Next(0, int.MaxValue))];
            (long, int) expected = (
                values.Where(v => v != FixedPoint.None).Sum(v => (long)v), values.Count(v => v != FixedPoint.None));
            foreach (SimdLevel level in SimdTests.Available)
                Assert.That(FixedPoint.SumKnown(values, level), Is.EqualTo(expected), $"{level}, length {length}");
        }
    }
}
