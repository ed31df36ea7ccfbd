using System.Globalization;
using System.Text;
using System.Xml;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>
/// How a raster is drawn: colours of its classes or values, and the style file that QGIS picks up beside the raster.
/// </summary>
internal static class RasterStyle
{
    /// <summary>The style file of a raster: same name, extension .qml.</summary>
    public static string PathFor(string raster) => Path.ChangeExtension(raster, ".qml");

    /// <summary>Red, green and blue, 0…255, of '#rrggbb'.</summary>
    /// <exception cref="ArgumentException">Another form.</exception>
    public static (byte Red, byte Green, byte Blue) Parse(string color)
    {
        if (color is not ['#', _, _, _, _, _, _]
            || !int.TryParse(color.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int rgb))
            throw new ArgumentException($"'{color}' is not a colour of the form #rrggbb", nameof(color));
        return ((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);
    }

    /// <summary>
    /// Writes a QGIS style: paletted with one entry a class, in the given order, or pseudo-colour through the stops of the ramp.
    /// Writes nothing for a raster with neither.
    /// </summary>
    public static void Write(string path, RasterDescription description)
    {
        if (description is { Classes.Count: 0, Ramp.Count: 0 })
            return;

        // A fixed encoding and line end: the file is the same on every system.
        XmlWriterSettings settings = new()
        {
            Indent = true,
            NewLineChars = "\n",
            Encoding = new UTF8Encoding(false),
            OmitXmlDeclaration = true
        };
        using XmlWriter xml = XmlWriter.Create(path, settings);
        xml.WriteDocType("qgis", "http://mrcc.com/qgis.dtd", "SYSTEM", null);
        xml.WriteStartElement("qgis");
        xml.WriteAttributeString("version", "3.22");
        xml.WriteAttributeString("styleCategories", "Symbology");
        xml.WriteStartElement("pipe");
        xml.WriteStartElement("rasterrenderer");
        xml.WriteAttributeString("type", description.Classes.Count > 0 ? "paletted" : "singlebandpseudocolor");
        xml.WriteAttributeString("band", "1");
        xml.WriteAttributeString("opacity", "1");
        xml.WriteAttributeString("alphaBand", "-1");
        xml.WriteAttributeString("nodataColor", "");
        if (description.Classes.Count > 0)
            WriteClasses(xml, description.Classes);
        else
            WriteRamp(xml, description.Ramp);
        xml.WriteEndDocument();
    }

    private static void WriteClasses(XmlWriter xml, IReadOnlyList<RasterClass> classes)
    {
        xml.WriteElementString("rasterTransparency", "");
        xml.WriteStartElement("colorPalette");
        foreach (RasterClass item in classes)
            WriteEntry(xml, "paletteEntry", item.Value.ToString(CultureInfo.InvariantCulture), item.Name, item.Color);
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
