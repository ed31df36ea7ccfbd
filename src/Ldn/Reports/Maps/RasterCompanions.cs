using System.Globalization;
using System.Text;
using System.Xml;
using Ldn.Grids;

namespace Ldn.Reports.Maps;

/// <summary>What goes beside each raster for those who look at it elsewhere: a style in OGC's SLD, and a small picture.</summary>
internal static class RasterCompanions
{
    private const string Sld = "http://www.opengis.net/sld";

    /// <summary>Longest side of a quicklook in pixels.</summary>
    private const int MostPixels = 600;

    public static string QuicklookName(RunRaster raster) => raster.Name + ".quicklook.png";

    public static void Write(IReadOnlyList<RunRaster> rasters, Func<string, string> path, IGeodata geodata, Texts texts)
    {
        foreach (RunRaster raster in rasters)
        {
            WriteStyle(path(raster.Name + ".sld"), raster, texts);
            File.WriteAllBytes(path(QuicklookName(raster)), Quicklook(raster, geodata));
        }
    }

    /// <summary>The whole raster in its own grid, at most <see cref="MostPixels"/> on the longer side.</summary>
    private static byte[] Quicklook(RunRaster raster, IGeodata geodata)
    {
        double factor = Math.Max(1, (double)Math.Max(raster.Grid.Width, raster.Grid.Height) / MostPixels);
        using IRasterSource source = geodata.OpenOverview(raster.Path, factor);
        int rest = (Math.Max(source.Grid.Width, source.Grid.Height) + MostPixels - 1) / MostPixels;
        (byte[] codes, int width, int height) = ClassView.Read(source, source.Grid.Extent).Reduce(rest);
        return PngImage.Encode(width, height, codes, [null, .. raster.Classes.Select(c => c.Color)]);
    }

    private static void WriteStyle(string path, RunRaster raster, Texts texts)
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
        xml.WriteAttributeString("type", "values");
        foreach (RasterClass item in raster.Classes)
        {
            xml.WriteStartElement("ColorMapEntry", Sld);
            xml.WriteAttributeString("color", item.Color);
            xml.WriteAttributeString("quantity", item.Value.ToString(CultureInfo.InvariantCulture));
            xml.WriteAttributeString("label", texts.Class(item.Name));
            xml.WriteEndElement();
        }

        xml.WriteEndDocument();
    }
}
