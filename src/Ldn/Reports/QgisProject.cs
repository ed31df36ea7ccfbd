using System.Globalization;
using System.IO.Compression;
using System.Xml;
using Ldn.Rasters;
using Ldn.Reports.Maps;
using Ldn.Reports.Page;
using Ldn.Reports.Workbook;

namespace Ldn.Reports;

/// <summary>
/// result.qgz: everything of a result as one project of QGIS. The outlines of the zones lie on top, below them the rasters by
/// period, the latest first, each with colours and legend in the language of the reports; of the rasters only the latest status
/// (else the latest indicator) is shown at first. Files are named relative to the project, so the folder can be moved whole.
/// </summary>
internal static class QgisProject
{
    public const string Name = "result.qgz";

    /// <summary>Writes the project.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="document">The run: its name and the years of its periods.</param>
    /// <param name="rasters">Its rasters, at least one; the first gives reference system and extent of the view.</param>
    /// <param name="folder">Where the rasters lie, as seen from the project: <c>.</c> or the way to another folder.</param>
    /// <param name="zones">The source of the zones' polygons, relative to the project; null where there are none.</param>
    /// <param name="texts">The language.</param>
    public static void Write(
        string path, RunDocument document, IReadOnlyList<RunRaster> rasters, string folder, string? zones, Texts texts)
    {
        using FileStream file = new(path, FileMode.Create, FileAccess.ReadWrite);
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        WorkbookReport.Part(zip, Path.ChangeExtension(Name, ".qgs"), writer =>
        {
            XmlWriterSettings settings = new() { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true };
            using XmlWriter xml = XmlWriter.Create(writer, settings);
            xml.WriteDocType("qgis", "http://mrcc.com/qgis.dtd", "SYSTEM", null);
            xml.WriteStartElement("qgis");
            xml.WriteAttributeString("version", QgisSymbology.Version);
            xml.WriteAttributeString("projectname", Plain(document.Name));
            xml.WriteElementString("title", Plain(document.Name));
            Grid grid = rasters[0].Grid;
            WriteCrs(xml, "projectCrs", grid.Crs);
            WriteTree(xml, document, rasters, zones, texts);
            xml.WriteStartElement("mapcanvas");
            xml.WriteAttributeString("name", "theMapCanvas");
            WriteExtent(xml, grid);
            WriteCrs(xml, "destinationsrs", grid.Crs);
            xml.WriteEndElement();
            xml.WriteStartElement("projectlayers");
            if (zones is not null)
                WriteZones(xml, zones, texts);
            foreach (RunRaster raster in rasters)
                WriteRaster(xml, raster, SourceOf(raster, folder), Title(raster, document, texts), texts);
            xml.WriteEndElement();
            xml.WriteStartElement("properties");
            WriteProperty(xml, "Paths", "Absolute", "bool", "false");
            // Without it QGIS reads no reference system of the project.
            WriteProperty(xml, "SpatialRefSys", "ProjectionsEnabled", "int", "1");
            xml.WriteEndDocument();
        });
    }

    private static void WriteProperty(XmlWriter xml, string scope, string name, string type, string value)
    {
        xml.WriteStartElement(scope);
        xml.WriteStartElement(name);
        xml.WriteAttributeString("type", type);
        xml.WriteString(value);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>A text of the user's, whose control characters no XML can hold.</summary>
    private static string Plain(string text) =>
        string.Concat(text.Select(c => c < ' ' || c is '\uFFFE' or '\uFFFF' ? '\uFFFD' : c));

    private static string SourceOf(RunRaster raster, string folder) =>
        $"{folder.Replace('\\', '/').TrimEnd('/')}/{Path.GetFileName(raster.Path)}";

    /// <summary>The layers from top to bottom: zones, a group a period, the latest first, then rasters of years.</summary>
    private static void WriteTree(
        XmlWriter xml, RunDocument document, IReadOnlyList<RunRaster> rasters, string? zones, Texts texts)
    {
        RunRaster shown = rasters.LastOrDefault(r => r.IsStatus) ?? rasters.LastOrDefault(r => r.Layer == "indicator")
            ?? rasters[^1];
        var figures = new Figures(document);
        xml.WriteStartElement("layer-tree-group");
        if (zones is not null)
            WriteLeaf(xml, "zones", texts["report.zones"], true);
        foreach (DocumentPeriod period in document.Periods.Reverse())
        {
            RunRaster[] own = [.. rasters.Where(r => r.Period == period.Id)];
            if (own.Length == 0)
                continue;
            xml.WriteStartElement("layer-tree-group");
            xml.WriteAttributeString("name", Plain(figures.PeriodLabel(period, texts)));
            xml.WriteAttributeString("checked", "Qt::Checked");
            xml.WriteAttributeString("expanded", own.Contains(shown) ? "1" : "0");
            foreach (RunRaster raster in own)
                WriteLeaf(xml, raster.Name, Title(raster, document, texts), raster == shown);
            xml.WriteEndElement();
        }

        foreach (RunRaster raster in rasters.Where(r => r.Period.Length == 0))
            WriteLeaf(xml, raster.Name, Title(raster, document, texts), raster == shown);
        xml.WriteEndElement();
    }

    /// <summary>What people call a raster; those of years stand in no group that tells the year, and go by their files.</summary>
    private static string Title(RunRaster raster, RunDocument document, Texts texts) =>
        raster.Kind.OfYear ? raster.Name.Replace('_', ' ') : raster.Title(document, texts);

    /// <summary>QGIS gives a layer another id, which the tree does not know, where it has ten characters or fewer.</summary>
    private static string IdOf(string name) => "ldn_layer_" + name;

    private static void WriteLeaf(XmlWriter xml, string name, string title, bool shown)
    {
        xml.WriteStartElement("layer-tree-layer");
        xml.WriteAttributeString("id", IdOf(name));
        xml.WriteAttributeString("name", title);
        xml.WriteAttributeString("checked", shown ? "Qt::Checked" : "Qt::Unchecked");
        xml.WriteAttributeString("expanded", shown ? "1" : "0");
        xml.WriteEndElement();
    }

    private static void WriteRaster(XmlWriter xml, RunRaster raster, string source, string title, Texts texts)
    {
        xml.WriteStartElement("maplayer");
        xml.WriteAttributeString("type", "raster");
        WriteLayer(xml, raster.Name, source, title, "gdal");
        WriteCrs(xml, "srs", raster.Grid.Crs);
        QgisSymbology.Write(xml, raster.Look, name => Plain(texts.Class(name)));
        xml.WriteEndElement();
    }

    /// <summary>Outlines without a fill, so that the rasters are seen.</summary>
    private static void WriteZones(XmlWriter xml, string source, Texts texts)
    {
        xml.WriteStartElement("maplayer");
        xml.WriteAttributeString("type", "vector");
        xml.WriteAttributeString("geometry", "Polygon");
        WriteLayer(xml, "zones", source, texts["report.zones"], "ogr");
        WriteCrs(xml, "srs", ZoneShapes.Wgs84);
        xml.WriteRaw("""
            <renderer-v2 type="singleSymbol"><symbols><symbol type="fill" name="0" alpha="1">
            <layer class="SimpleFill" enabled="1"><prop k="style" v="no"/>
            <prop k="outline_color" v="44,51,48,255"/><prop k="outline_width" v="0.3"/></layer>
            </symbol></symbols></renderer-v2>
            """.ReplaceLineEndings("\n"));
        xml.WriteEndElement();
    }

    private static void WriteLayer(XmlWriter xml, string name, string source, string title, string provider)
    {
        xml.WriteElementString("id", IdOf(name));
        xml.WriteElementString("datasource", source);
        xml.WriteElementString("layername", title);
        xml.WriteElementString("provider", provider);
    }

    private static void WriteExtent(XmlWriter xml, Grid grid)
    {
        double right = grid.OriginX + (grid.Width * grid.CellWidth), end = grid.OriginY + (grid.Height * grid.CellHeight);
        xml.WriteStartElement("extent");
        foreach ((string name, double value) in new[]
        {
            ("xmin", grid.OriginX), ("ymin", Math.Min(grid.OriginY, end)), ("xmax", right), ("ymax", Math.Max(grid.OriginY, end)),
        })
            xml.WriteElementString(name, value.ToString(CultureInfo.InvariantCulture));
        xml.WriteEndElement();
    }

    /// <summary>By its number where it has one, which QGIS knows best; by its definition in any case.</summary>
    private static void WriteCrs(XmlWriter xml, string element, Crs crs)
    {
        xml.WriteStartElement(element);
        xml.WriteStartElement("spatialrefsys");
        xml.WriteElementString("wkt", crs.Wkt);
        if (StacItem.EpsgOf(crs.Wkt) is { } code)
            xml.WriteElementString("authid", string.Create(CultureInfo.InvariantCulture, $"EPSG:{code}"));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
