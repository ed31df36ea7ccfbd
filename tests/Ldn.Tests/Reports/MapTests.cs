using System.Buffers.Binary;
using System.IO.Compression;
using Ldn.Reports.Maps;

namespace Ldn.Tests.Reports;

internal sealed class MapTests
{
    private static readonly double[] s_square = [170, 60, 190, 60, 190, 70, 170, 70, 170, 60];

    [TestCase(105, 50, 190, 65)]
    [TestCase(105, 50, -170, 65)]
    [TestCase(0, 90, 45, 80)]
    [TestCase(-75, -10, 100, 20)]
    public void ProjectionAndItsInverseAgree(double longitude, double latitude, double toLongitude, double toLatitude)
    {
        var projection = new AzimuthalEqualArea(longitude, latitude);
        (double x, double y) = projection.Forward(toLongitude, toLatitude);
        (double backLongitude, double backLatitude) = projection.Inverse(x, y);
        Assert.That(Math.Abs(Math.IEEERemainder(backLongitude - toLongitude, 360)), Is.LessThan(1e-9));
        Assert.That(backLatitude, Is.EqualTo(toLatitude).Within(1e-9));
    }

    [TestCase(105, 50)]
    [TestCase(160, 10)]
    [TestCase(20, -60)]
    public void ProjectionKeepsAreas(double longitude, double latitude)
    {
        const double step = 1e-3, degree = Math.PI / 180;
        var projection = new AzimuthalEqualArea(105, 50);
        (double x0, double y0) = projection.Forward(longitude - step, latitude);
        (double x1, double y1) = projection.Forward(longitude + step, latitude);
        (double x2, double y2) = projection.Forward(longitude, latitude - step);
        (double x3, double y3) = projection.Forward(longitude, latitude + step);
        double area = Math.Abs(((x1 - x0) * (y3 - y2)) - ((x3 - x2) * (y1 - y0))) / 4;
        double expected = AzimuthalEqualArea.Radius * AzimuthalEqualArea.Radius * step * step * degree * degree * Math.Cos(
            latitude * degree);
        Assert.That(area / expected, Is.EqualTo(1).Within(1e-6));
    }

    [Test]
    public void PointOppositeTheCentreHasNoPlace()
    {
        var projection = new AzimuthalEqualArea(0, 0);
        Assert.That(projection.Forward(180, 0).X, Is.NaN);
        Assert.That(projection.Inverse(2.1 * AzimuthalEqualArea.Radius, 0).Longitude, Is.NaN);
    }

    [Test]
    public void LandAcross180IsOnePiece()
    {
        // The same square uncut, and cut at 180° with the far part at −180°, as data sets have it.
        IReadOnlyList<double[]>[] whole = [[s_square]];
        IReadOnlyList<double[]>[] cut =
            [[[170, 60, 180, 60, 180, 70, 170, 70, 170, 60]], [[-180, 60, -170, 60, -170, 70, -180, 70, -180, 60]]];
        MapFrame one = MapFrame.Around(whole, 200, 200)!, two = MapFrame.Around(cut, 200, 200)!;
        Assert.That(two.PixelSize, Is.EqualTo(one.PixelSize).Within(one.PixelSize * 0.02), "not stretched around the world");
        int full = MapShapes.Mask(one, whole).Count(m => m), parts = MapShapes.Mask(two, cut).Count(m => m);
        Assert.That(parts, Is.EqualTo(full).Within(full * 0.03));
        Assert.That(full * one.PixelSize * one.PixelSize, Is.EqualTo(SphericalArea(20, 60, 70)).Within(3).Percent);
        Assert.That(
            MapShapes.Path(two, cut).Count(c => c == 'M'), Is.EqualTo(3),
            "no outline along the cut: the western ring falls into two lines, the eastern is one");
    }

    [Test]
    public void HolesAreNotInTheZone()
    {
        IReadOnlyList<double[]>[] ring = [
            [[0, 0, 10, 0, 10, 10, 0, 10, 0, 0], [2.5, 2.5, 7.5, 2.5, 7.5, 7.5, 2.5, 7.5, 2.5, 2.5]]];
        MapFrame frame = MapFrame.Around(ring, 300, 300)!;
        Assert.That(
            (double)MapShapes.Mask(frame, ring).Count(m => m) / (frame.Width * frame.Height), Is.EqualTo(0.75).Within(0.06));
    }

    [TestCase(1, 1)]
    [TestCase(7, 3)]
    [TestCase(64, 5)]
    public void PngHoldsItsPixels(int width, int height)
    {
        byte[] pixels = [.. Enumerable.Range(0, width * height).Select(i => (byte)(i * 7 % 5))];
        byte[] png = PngImage.Encode(width, height, pixels, [null, "#010203", "#9b2779", "#ffffe0", "#006500"]);
        Assert.That(png[..8], Is.EqualTo(new byte[] { 137, 80, 78, 71, 13, 10, 26, 10 }));
        Dictionary<string, byte[]> chunks = Chunks(png);
        Assert.That(BinaryPrimitives.ReadInt32BigEndian(chunks["IHDR"]), Is.EqualTo(width));
        Assert.That(chunks["PLTE"][..6], Is.EqualTo(new byte[] { 0, 0, 0, 1, 2, 3 }));
        Assert.That(chunks["tRNS"][..2], Is.EqualTo(new byte[] { 0, 255 }));
        using var zlib = new ZLibStream(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress);
        using var raw = new MemoryStream();
        zlib.CopyTo(raw);
        byte[] data = raw.ToArray();
        int stride = 1 + ((width + 1) / 2);
        Assert.That(data, Has.Length.EqualTo(stride * height));
        for (int i = 0; i < pixels.Length; i++)
        {
            byte pair = data[((i / width) * stride) + 1 + (i % width / 2)];
            Assert.That(i % width % 2 == 0 ? pair >> 4 : pair & 15, Is.EqualTo(pixels[i]));
        }
    }

    [Test]
    public void PngEndsAsTheStandardSays() =>
        Assert.That(Convert.ToHexString(PngImage.Encode(1, 1, [0], [null])[^12..]), Is.EqualTo("0000000049454E44AE426082"));

    private static Dictionary<string, byte[]> Chunks(byte[] png)
    {
        var chunks = new Dictionary<string, byte[]>();
        for (int at = 8; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            chunks[System.Text.Encoding.ASCII.GetString(png, at + 4, 4)] = png[(at + 8)..(at + 8 + length)];
            at += length + 12;
        }

        return chunks;
    }

    private static double SphericalArea(double width, double south, double north) =>
        AzimuthalEqualArea.Radius * AzimuthalEqualArea.Radius * width * Math.PI / 180 * (
            Math.Sin(north * Math.PI / 180) - Math.Sin(south * Math.PI / 180));
}
