using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Reports.Maps;
using Ldn.Reports.Page;
using Ldn.Reports.Workbook;
using Ldn.Tables;

namespace Ldn.Reports;

/// <summary>Which reports, and in which language.</summary>
/// <param name="Tables">
/// Of the names of a job's <c>outputs.tables</c>: html, xlsx, gpkg, parquet, qgis; others are not reports.
/// </param>
/// <param name="Language">A code of <see cref="Texts.Languages"/>.</param>
/// <param name="Brief">Whether the page is the short form, one sheet of paper a zone, in a file of its own.</param>
/// <param name="Maps">Zones with maps of their own on the page.</param>
/// <param name="Rasters">Folder of the run's rasters as seen from that of the reports, for the project of QGIS.</param>
internal sealed record ReportOptions(
    IReadOnlySet<string> Tables, string Language = "en", bool Brief = false, int Maps = PageOptions.UsualMaps,
    string Rasters = ".")
{
    /// <summary>Zones told of at most, groups beside.</summary>
    public int Zones { get; init; } = Jobs.OutputOptions.UsualReportZones;

    /// <summary>Threads that draw maps.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether anything is asked for that this set makes; when not, nothing of it should even be loaded.</summary>
    public bool Any =>
        NeedsShapes || Tables.Contains("xlsx") || Tables.Contains("parquet");

    /// <summary>Whether the zones' polygons are needed: as outlines of maps, or as a file.</summary>
    public bool NeedsShapes => Tables.Contains("html") || Tables.Contains("gpkg") || Tables.Contains("qgis");
}

/// <summary>What the subjects of a run bring to its reports.</summary>
/// <param name="Rasters">Every kind of raster that the run may have written.</param>
/// <param name="Sections">What the page may say of a zone beyond the indicator.</param>
internal sealed record ReportParts(IReadOnlyList<RasterKind> Rasters, IReadOnlyList<PageSection> Sections);

/// <summary>
/// Everything people read of a run: workbook, page, zones as vector files, and what goes beside the rasters. Written from the
/// document and the rasters in the folder alone, so that a finished run can be rendered again to the same bytes.
/// </summary>
internal static class ReportSet
{
    /// <summary>Writes the reports asked for.</summary>
    /// <param name="files">Names of the files of the run.</param>
    /// <param name="read">Where a file of the run lies.</param>
    /// <param name="write">Where a file of the reports is written.</param>
    /// <param name="document">The run.</param>
    /// <param name="shapes">The zones' polygons; empty for a run on zone rasters or without zones.</param>
    /// <param name="options">Which reports, in which language.</param>
    /// <param name="parts">What its subjects bring.</param>
    /// <param name="geodata">Opens the rasters, writes the GeoPackage.</param>
    /// <returns>What the user should know.</returns>
    public static IReadOnlyList<string> Write(
        IReadOnlyCollection<string> files, Func<string, string> read, Func<string, string> write, RunDocument document,
        IReadOnlyList<ZoneShape> shapes, ReportOptions options, ReportParts parts, IGeodata geodata)
    {
        var warnings = new List<string>();
        Texts texts = Texts.Load(options.Language);
        if (options.Tables.Contains("xlsx"))
        {
            WorkbookReport.Write(write("summary.xlsx"), document, texts);
            PraisWorkbook.WriteAll(write, document, texts);
        }

        if (options.Tables.Contains("parquet"))
            foreach (ResultTable table in document.AllTables)
                ParquetReport.Write(write(table.Name + ParquetReport.Extension), table);

        if (options.NeedsShapes && shapes.Count > 0)
        {
            ZoneFigures figures = ZoneFigures.From(document);
            GeoJsonReport.Write(write("zones.geojson"), shapes, figures);
            if (options.Tables.Contains("gpkg"))
                geodata.WriteGeoPackage(write("zones.gpkg"), GeoPackageReport.Layers(document, shapes, figures));
        }
        else if (options.Tables.Contains("gpkg"))
        {
            warnings.Add(Fault.NotMade.Say("no zones.gpkg and zones.geojson: the zones of this run are no polygons"));
        }

        if (!options.NeedsShapes)
            return warnings;
        IReadOnlyList<RunRaster> rasters = RunRaster.Of(document, parts.Rasters, files, read, geodata);
        RasterCompanions.Write(rasters, write, geodata, texts);
        if (!StacItem.Write(write("stac-item.json"), document, rasters, geodata))
            warnings.Add(Fault.NotMade.Say("no stac-item.json: it needs rasters and the years of a period (--years)"));
        if (options.Tables.Contains("qgis"))
        {
            if (rasters.Count == 0)
                warnings.Add(Fault.NotMade.Say($"no {QgisProject.Name}: it needs rasters (--rasters)"));
            else
                QgisProject.Write(
                    write(QgisProject.Name), document, rasters, options.Rasters,
                    shapes.Count == 0 ? null
                        : options.Tables.Contains("gpkg") ? "./zones.gpkg|layername=zones"
                        : "./zones.geojson",
                    texts);
        }

        if (options.Tables.Contains("html"))
            HtmlReport.Write(
                write(options.Brief ? "brief.html" : "report.html"), document,
                [.. shapes.Where(s => document.Told?.Has(s.Id) != false)], [.. rasters.Where(r => r.IsOnPage)], texts,
                geodata,
                new PageOptions(Polygons(files, read, geodata), parts.Sections, options.Maps, options.Brief)
                {
                    Threads = options.Threads,
                });
        return warnings;
    }

    /// <summary>Reads the polygons of each feature of a vector file of the run, once; none where there is no such file.</summary>
    private static Func<string, IReadOnlyList<IReadOnlyList<IReadOnlyList<double[]>>>> Polygons(
        IReadOnlyCollection<string> files, Func<string, string> read, IGeodata geodata)
    {
        var known = new Dictionary<string, IReadOnlyList<IReadOnlyList<IReadOnlyList<double[]>>>>();
        return name =>
        {
            if (!known.TryGetValue(name, out IReadOnlyList<IReadOnlyList<IReadOnlyList<double[]>>>? polygons))
                known[name] = polygons = files.Contains(name) && File.Exists(read(name))
                    ? ZoneShapes.InWgs84(geodata.ReadPolygons(read(name), null), geodata)
                    : [];
            return polygons;
        };
    }
}
