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
    /// Writes a QGIS style (<see cref="QgisSymbology"/>); nothing for a raster that has neither classes nor a ramp.
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
        xml.WriteAttributeString("version", QgisSymbology.Version);
        xml.WriteAttributeString("styleCategories", "Symbology");
        QgisSymbology.Write(xml, new RasterLook(description.Classes, description.Ramp), name => name);
        xml.WriteEndDocument();
    }
}
