using Ldn.Indicator;

namespace Ldn.Tests.Productivity;

internal sealed class LpdTests
{
    // Typed from the guidance: T, S, P, LPD of prais-2026, condition of gpg-v2, of gpg-v1.
    private static readonly int[][] s_rows =
    [
        [+1, +1, 0, 5, +1, +1],
        [+1, +1, -1, 5, +1, +1],
        [+1, 0, 0, 5, +1, +1],
        [+1, 0, -1, 5, +1, +1],
        [+1, -1, 0, 5, +1, +1],
        [+1, -1, -1, 2, -1, -1],
        [0, +1, 0, 4, 0, 0],
        [0, +1, -1, 4, 0, 0],
        [0, 0, 0, 4, 0, 0],
        [0, 0, -1, 3, -1, 0],
        [0, -1, 0, 2, 0, 0],
        [0, -1, -1, 1, -1, -1],
        [-1, +1, 0, 1, -1, -1],
        [-1, +1, -1, 1, -1, -1],
        [-1, 0, 0, 1, 0, -1],
        [-1, 0, -1, 1, -1, -1],
        [-1, -1, 0, 1, -1, -1],
        [-1, -1, -1, 1, -1, -1],
    ];

    [Test]
    public void EveryRowOfEveryTable([ValueSource(nameof(s_rows))] int[] row)
    {
        byte code = LpdParts.Encode((byte)(row[0] + 2), (byte)(row[1] + 2), (byte)(row[2] + 2));
        Assert.Multiple(() =>
        {
            Assert.That(LpdTable.Prais2026.Classes[code], Is.EqualTo(row[3]));
            Assert.That(LpdTable.Prais2026.Conditions[code], Is.EqualTo(row[3] <= 2 ? 1 : row[3] <= 4 ? 2 : 3));
            Assert.That(LpdTable.GpgV2.Conditions[code], Is.EqualTo(row[4] + 2));
            Assert.That(LpdTable.GpgV1.Conditions[code], Is.EqualTo(row[5] + 2));
            Assert.That(LpdTable.GpgV2.Classes[code], Is.Zero);
            Assert.That(LpdTable.GpgV1.Classes[code], Is.Zero);
        });
    }

    [Test]
    public void CodesAreInDocumentedOrderAndReversible()
    {
        var codes = new List<byte>();
        for (byte t = 1; t <= 3; t++)
            for (byte s = 1; s <= 3; s++)
                for (byte p = 1; p <= 2; p++)
                {
                    codes.Add(LpdParts.Encode(t, s, p));
                    Assert.That(LpdParts.Decode(codes[^1]), Is.EqualTo((t, s, p)));
                }

        Assert.That(codes, Is.EqualTo(Enumerable.Range(1, 18)));
        Assert.That(LpdParts.Decode(0), Is.EqualTo(((byte)0, (byte)0, (byte)0)));
    }

    [Test]
    public void AnyPartMissingIsNoData()
    {
        for (byte t = 0; t <= 3; t++)
            for (byte s = 0; s <= 3; s++)
                for (byte p = 0; p <= 2; p++)
                    Assert.That(LpdParts.Encode(t, s, p) == 0, Is.EqualTo(t == 0 || s == 0 || p == 0));
        foreach (LpdTable table in LpdTable.All)
            Assert.That((table.Classes[0], table.Conditions[0]), Is.EqualTo(((byte)0, (byte)0)));
    }

    [Test]
    public void BlocksAreEncodedLikePixels()
    {
        byte[] t = [.. Enumerable.Range(0, 48).Select(i => (byte)(i & 3))];
        byte[] s = [.. Enumerable.Range(0, 48).Select(i => (byte)((i >> 2) & 3))];
        byte[] p = [.. Enumerable.Range(0, 48).Select(i => (byte)(i >> 4))];
        var codes = new byte[48];
        LpdParts.Encode(t, s, p, codes);
        Assert.That(codes, Is.EqualTo(Enumerable.Range(0, 48).Select(i => LpdParts.Encode(t[i], s[i], p[i]))));
        var lpd = new byte[48];
        LpdParts.Apply(LpdTable.Prais2026.Classes, codes, lpd);
        Assert.That(lpd, Is.EqualTo(codes.Select(c => LpdTable.Prais2026.Classes[c])));
    }

    [Test]
    public void PerformanceIsNeverImproved()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LpdParts.Encode(1, 1, 3));
        LdnException error = Assert.Throws<LdnException>(() => LpdParts.Encode([1, 1], [1, 1], [2, 3], new byte[2]))!;
        Assert.That(error.ExitCode, Is.EqualTo(ExitCode.Input));
    }

    [Test]
    public void ConditionsOfClasses() => Assert.That(
        Enumerable.Range(0, 6).Select(c => ((LpdClass)c).Condition()), Is.EqualTo(new byte[] { 0, 1, 1, 2, 2, 3 }));

    [Test]
    public void TablesAreFoundByName()
    {
        Assert.That(LpdTable.ByName("gpg-v1"), Is.SameAs(LpdTable.GpgV1));
        Assert.That(
            Assert.Throws<LdnException>(() => LpdTable.ByName("gpg"))!.Remedy, Does.Contain("prais-2026, gpg-v2, gpg-v1"));
    }
}
