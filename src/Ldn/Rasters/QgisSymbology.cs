using System.Globalization;
using System.Xml;

namespace Ldn.Rasters;

/// <summary>
/// How QGIS draws a raster, as the element <c>pipe</c> that style files (.qml) and projects share: paletted with one entry a
/// class, in the given order, or pseudo-colour through the stops of a ramp.
/// </summary>
internal static class QgisSymbology
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

/// <summary>
/// What a raster looks like: its classes, or the colours of its values (method §1). One record for the palette inside the file,
/// the styles beside it, its quick look and the maps of the page.
/// </summary>
/// <param name="Classes">Stored value, name as in the tables and colour of each class, in the order of the codes 1, 2, …; empty
/// for values.</param>
/// <param name="Ramp">Values with their colours, ascending; empty for classes.</param>
internal sealed record RasterLook(IReadOnlyList<RasterClass> Classes, IReadOnlyList<RampStop> Ramp)
{
    /// <summary>From loss to gain, as the status classes have it.</summary>
    private static readonly string[] s_diverging = ["#762a83", "#af8dc3", "#f7f7f7", "#7fbf7b", "#1b7837"];

    /// <summary>The classes with names for people: English, without underscores.</summary>
    public IReadOnlyList<RasterClass> NamedClasses => [.. Classes.Select(c => c with { Name = c.Name.Replace('_', ' ') })];

    public static RasterLook Classed(params IEnumerable<RasterClass> classes) => new([.. classes], []);

    public static RasterLook Ramped(params IEnumerable<RampStop> stops) => new([], [.. stops]);

    /// <summary>Five values from loss to gain.</summary>
    public static RasterLook Diverging(params IEnumerable<double> stops) =>
        Ramped(stops.Zip(s_diverging, (value, color) => new RampStop(value, color)));
}
