using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Xml;
using Ldn.Rasters;

namespace Ldn.Reports.Maps;

/// <summary>What goes beside each raster for those who look at it elsewhere: a style in OGC's SLD, and a small picture.</summary>
internal static class RasterCompanions
{
    /// <summary>Longest side of a quicklook in pixels.</summary>
    private const int MostPixels = 600;

    /// <summary>Endings of what may lie beside a raster of a result, after its name without one.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".qml", ".sld", ".quicklook.png", ".tif.aux.xml", ".vrt.aux.xml"];

    public static string QuicklookName(RunRaster raster) => raster.Name + ".quicklook.png";

    public static string StyleName(RunRaster raster) => raster.Name + ".sld";

    public static void Write(IReadOnlyList<RunRaster> rasters, Func<string, string> path, IGeodata geodata, Texts texts)
    {
        foreach (RunRaster raster in rasters)
        {
            StyledLayer.Write(path(StyleName(raster)), raster, texts);
            File.WriteAllBytes(path(QuicklookName(raster)), Quicklook(raster, geodata));
        }
    }

    /// <summary>Each colour once, and which of them a code has: there may be more classes than a small palette holds.</summary>
    private static (string?[] Palette, byte[] OfCode) Palette(RunRaster raster)
    {
        string[] colors = [.. raster.Classes.Select(c => c.Color).Distinct()];
        var ofCode = new byte[256];
        for (int i = 0; i < raster.Classes.Count; i++)
            ofCode[raster.Signed ? i + 1 : raster.Classes[i].Value] = (byte)(Array.IndexOf(colors, raster.Classes[i].Color) + 1);
        return ([null, .. colors], ofCode);
    }

    /// <summary>The whole raster in its own grid, at most <see cref="MostPixels"/> on the longer side.</summary>
    private static byte[] Quicklook(RunRaster raster, IGeodata geodata)
    {
        double factor = Math.Max(1, (double)Math.Max(raster.Grid.Width, raster.Grid.Height) / MostPixels);
        using IRasterSource source = geodata.OpenOverview(raster.Path, factor);
        int rest = (Math.Max(source.Grid.Width, source.Grid.Height) + MostPixels - 1) / MostPixels;
        RasterLook look = raster.Look;
        if (look.Ramp.Count == 0)
        {
            (byte[] codes, int width, int height) = ClassView.Read(source, source.Grid.Extent).Reduce(rest);
            (string?[] palette, byte[] ofCode) = Palette(raster);
            return PngImage.Encode(width, height, [.. codes.Select(c => ofCode[c])], palette);
        }

        (float[] values, int across, int down) = ValueView.Read(source, rest);
        return PngImage.Encode(across, down, ValueView.Match(values, look.Ramp), [null, .. ValueView.Palette(look.Ramp)]);
    }
}

/// <summary>The style of a raster in OGC's Styled Layer Descriptor 1.0: one entry a class, or a ramp through the stops.</summary>
internal static class StyledLayer
{
    private const string Sld = "http://www.opengis.net/sld";

    public static void Write(string path, RunRaster raster, Texts texts)
    {
        XmlWriterSettings settings = new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) };
        using XmlWriter xml = XmlWriter.Create(path, settings);
        xml.WriteStartElement("StyledLayerDescriptor", Sld);
        xml.WriteAttributeString("version", "1.0.0");
        xml.WriteStartElement("NamedLayer", Sld);
        xml.WriteElementString("Name", Sld, raster.Name);
        xml.WriteStartElement("UserStyle", Sld);
        xml.WriteElementString("Name", Sld, raster.Name);
        xml.WriteStartElement("FeatureTypeStyle", Sld);
        xml.WriteStartElement("Rule", Sld);
        xml.WriteStartElement("RasterSymbolizer", Sld);
        xml.WriteStartElement("ColorMap", Sld);
        RasterLook look = raster.Look;
        xml.WriteAttributeString("type", look.Classes.Count > 0 ? "values" : "ramp");
        foreach (RasterClass item in look.Classes)
            WriteEntry(xml, item.Color, item.Value, texts.Class(item.Name));
        foreach (RampStop stop in look.Ramp)
            WriteEntry(xml, stop.Color, stop.Value, stop.Value.ToString(CultureInfo.InvariantCulture));
        xml.WriteEndDocument();
    }

    private static void WriteEntry(XmlWriter xml, string color, double quantity, string label)
    {
        xml.WriteStartElement("ColorMapEntry", Sld);
        xml.WriteAttributeString("color", color);
        xml.WriteAttributeString("quantity", quantity.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("label", label);
        xml.WriteEndElement();
    }
}

/// <summary>
/// A raster of 32-bit floating-point values for display: averaged into pixels, and the pixels matched to the colours of a ramp.
/// </summary>
internal static class ValueView
{
    /// <summary>
    /// Colours that a picture of values has: with transparent no more than <see cref="PngImage"/> takes, and more than an eye
    /// tells apart.
    /// </summary>
    public const int Colors = 15;

    /// <summary>The mean of the values in each square of cells; NaN where there is none.</summary>
    public static (float[] Values, int Width, int Height) Read(IRasterSource source, int factor)
    {
        if (source.CellType != CellType.Float32)
            throw new ArgumentException($"{source.Name} holds no 32-bit floating-point values", nameof(source));
        (Window window, byte[] bytes) = StoredCells.Read(source, source.Grid.Extent);
        ReadOnlySpan<float> cells = MemoryMarshal.Cast<byte, float>(bytes);
        int width = (window.Width + factor - 1) / factor, height = (window.Height + factor - 1) / factor;
        var means = new float[width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double sum = 0;
                int count = 0;
                for (int row = y * factor; row < Math.Min(window.Height, (y + 1) * factor); row++)
                {
                    foreach (
                        float value in cells.Slice(
                            (row * window.Width) + (x * factor), Math.Min(factor, window.Width - (x * factor))))
                    {
                        if (float.IsNaN(value))
                            continue;
                        sum += value;
                        count++;
                    }
                }

                means[(y * width) + x] = count == 0 ? float.NaN : (float)(sum / count);
            }
        }

        return (means, width, height);
    }

    /// <summary>Colours evenly spread over the stops of a ramp, the ends included.</summary>
    public static IReadOnlyList<string> Palette(IReadOnlyList<RampStop> ramp) =>
        [.. Enumerable.Range(0, Colors).Select(i => Mix(ramp, (double)i / (Colors - 1) * (ramp.Count - 1)))];

    /// <summary>The nearest of <see cref="Palette"/>'s colours for each value, counted from 1; 0 for NaN.</summary>
    public static byte[] Match(ReadOnlySpan<float> values, IReadOnlyList<RampStop> ramp)
    {
        var pixels = new byte[values.Length];
        for (int i = 0; i < pixels.Length; i++)
            if (!float.IsNaN(values[i]))
                pixels[i] = (byte)(1 + Math.Round(Position(ramp, values[i]) / (ramp.Count - 1) * (Colors - 1)));
        return pixels;
    }

    /// <summary>Where a value lies among the stops: 0 at the first, 1 at the second, and so on; within the ends.</summary>
    private static double Position(IReadOnlyList<RampStop> ramp, double value)
    {
        int above = 1;
        while (above < ramp.Count - 1 && value > ramp[above].Value)
            above++;
        double from = ramp[above - 1].Value, to = ramp[above].Value;
        return above - 1 + Math.Clamp((value - from) / (to - from), 0, 1);
    }

    private static string Mix(IReadOnlyList<RampStop> ramp, double position)
    {
        int stop = Math.Min((int)position, ramp.Count - 2);
        int from = Rgb(ramp[stop].Color), to = Rgb(ramp[stop + 1].Color);
        int Channel(int shift) => (int)Math.Round(double.Lerp((from >> shift) & 255, (to >> shift) & 255, position - stop));
        return $"#{Channel(16):x2}{Channel(8):x2}{Channel(0):x2}";
    }

    private static int Rgb(string color) =>
        int.Parse(color.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
