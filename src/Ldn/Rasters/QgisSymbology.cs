using System.Globalization;
using System.Xml;

namespace Ldn.Rasters;

/// <summary>
/// How QGIS draws a raster, as the element <c>pipe</c> that style files (.qml) and projects share: paletted with one entry a
/// class, in the given order, or pseudo-colour through the stops of a ramp.
/// </summary>
public static class QgisSymbology
{
    /// <summary>The version of QGIS whose form this is; later ones read it.</summary>
    public const string Version = "3.22";

    /// <summary>Writes the element.</summary>
    /// <param name="xml">Where to.</param>
    /// <param name="look">Classes (stored value, name, colour) or ramp; one of the two.</param>
    /// <param name="name">What the legend calls a class, by its name.</param>
    public static void Write(XmlWriter xml, RasterLook look, Func<string, string> name)
    {
        xml.WriteStartElement("pipe");
        xml.WriteStartElement("rasterrenderer");
        xml.WriteAttributeString("type", look.Classes.Count > 0 ? "paletted" : "singlebandpseudocolor");
        xml.WriteAttributeString("band", "1");
        xml.WriteAttributeString("opacity", "1");
        xml.WriteAttributeString("alphaBand", "-1");
        xml.WriteAttributeString("nodataColor", "");
        if (look.Classes.Count > 0)
            WriteClasses(xml, look.Classes, name);
        else
            WriteRamp(xml, look.Ramp);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteClasses(XmlWriter xml, IReadOnlyList<RasterClass> classes, Func<string, string> name)
    {
        xml.WriteElementString("rasterTransparency", "");
        xml.WriteStartElement("colorPalette");
        foreach (RasterClass item in classes)
            WriteEntry(xml, "paletteEntry", item.Value.ToString(CultureInfo.InvariantCulture), name(item.Name), item.Color);
        xml.WriteEndElement();
    }

    private static void WriteRamp(XmlWriter xml, IReadOnlyList<RampStop> ramp)
    {
        string least = Text(ramp[0].Value), most = Text(ramp[^1].Value);
        xml.WriteAttributeString("classificationMin", least);
        xml.WriteAttributeString("classificationMax", most);
        xml.WriteElementString("rasterTransparency", "");
        xml.WriteStartElement("rastershader");
        xml.WriteStartElement("colorrampshader");
        xml.WriteAttributeString("colorRampType", "INTERPOLATED");
        xml.WriteAttributeString("classificationMode", "1");
        xml.WriteAttributeString("clip", "0");
        xml.WriteAttributeString("minimumValue", least);
        xml.WriteAttributeString("maximumValue", most);
        foreach (RampStop stop in ramp)
            WriteEntry(xml, "item", Text(stop.Value), Text(stop.Value), stop.Color);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteEntry(XmlWriter xml, string element, string value, string label, string color)
    {
        xml.WriteStartElement(element);
        xml.WriteAttributeString("value", value);
        xml.WriteAttributeString("label", label);
        xml.WriteAttributeString("color", color);
        xml.WriteAttributeString("alpha", "255");
        xml.WriteEndElement();
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
