using System.Globalization;
using System.Text;
using System.Xml;
using Ldn.Grids;

namespace Ldn.Gdal;

/// <summary>How a class raster is drawn: colours of its classes, and the style file that QGIS picks up beside the raster.</summary>
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

    /// <summary>Writes a paletted QGIS style with one entry a class, in the given order.</summary>
    public static void Write(string path, IReadOnlyList<RasterClass> classes)
    {
        // A fixed encoding and line end: the file is the same on every system.
        XmlWriterSettings settings = new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true };
        using XmlWriter xml = XmlWriter.Create(path, settings);
        xml.WriteDocType("qgis", "http://mrcc.com/qgis.dtd", "SYSTEM", null);
        xml.WriteStartElement("qgis");
        xml.WriteAttributeString("version", "3.22");
        xml.WriteAttributeString("styleCategories", "Symbology");
        xml.WriteStartElement("pipe");
        xml.WriteStartElement("rasterrenderer");
        xml.WriteAttributeString("type", "paletted");
        xml.WriteAttributeString("band", "1");
        xml.WriteAttributeString("opacity", "1");
        xml.WriteAttributeString("alphaBand", "-1");
        xml.WriteAttributeString("nodataColor", "");
        xml.WriteElementString("rasterTransparency", "");
        xml.WriteStartElement("colorPalette");
        foreach (RasterClass item in classes)
        {
            xml.WriteStartElement("paletteEntry");
            xml.WriteAttributeString("value", item.Value.ToString(CultureInfo.InvariantCulture));
            xml.WriteAttributeString("label", item.Name);
            xml.WriteAttributeString("color", item.Color);
            xml.WriteAttributeString("alpha", "255");
            xml.WriteEndElement();
        }

        xml.WriteEndDocument();
    }
}
