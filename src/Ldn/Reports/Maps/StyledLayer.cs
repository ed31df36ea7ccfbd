using System.Globalization;
using System.Text;
using System.Xml;
using Ldn.Rasters;

namespace Ldn.Reports.Maps;

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
