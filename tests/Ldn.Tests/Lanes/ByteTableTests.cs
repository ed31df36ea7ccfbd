using Ldn.Lanes;

namespace Ldn.Tests.Lanes;

internal sealed class ByteTableTests
{
    private static IEnumerable<SimdLevel> Levels => SimdTests.Available;

    [TestCaseSource(nameof(Levels))]
    public void EveryByteIsLookedUpAtEveryLengthAndAlignment(SimdLevel level)
    {
        var random = new Random(21);
        byte[] table = new byte[ByteTable.Size], none = new byte[ByteTable.Size];
        random.NextBytes(table);
        for (int length = 0; length <= 257; length++)
        {
            int offset = random.Next(70);
            byte[] source = [.. Enumerable.Range(0, offset + length).Select(i => (byte)(i * 7))];
            byte[] target = new byte[length + 1];
            target[length] = 99;
            Assert.That(ByteTable.Lookup(source.AsSpan(offset), table, none, target.AsSpan(0, length), level), Is.False);
            Assert.That(target[..length], Is.EqualTo(source.Skip(offset).Select(b => table[b])), $"{offset} + {length}");
            Assert.That(target[length], Is.EqualTo(99), "what lies behind is untouched");
        }
    }

    [TestCaseSource(nameof(Levels))]
    public void AFlaggedByteIsMetWhereverItStands(SimdLevel level)
    {
        byte[] table = new byte[ByteTable.Size], source = new byte[130], target = new byte[130];
        for (int value = 0; value < ByteTable.Size; value++)
        {
            byte[] flags = new byte[ByteTable.Size];
            flags[value] = 1;
            source.AsSpan().Fill((byte)(value + 1));
            Assert.That(ByteTable.Lookup(source, table, flags, target, level), Is.False, $"{value} is not there");
            for (int at = 0; at < source.Length; at += 43)
            {
                source[at] = (byte)value;
                Assert.That(ByteTable.Lookup(source, table, flags, target, level), Is.True, $"{value} at {at}");
                source[at] = (byte)(value + 1);
            }
        }
    }
}
