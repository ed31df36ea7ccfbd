using System.Globalization;
using Ldn.Csv;
using Ldn.Productivity;
using Ldn.Rasters;

namespace Ldn.Discovery;

/// <summary>Looks through a folder and says what each file is taken for.</summary>
internal sealed class FolderFinder(IGeodata geodata)
{
    private const int MostFiles = 5000, Deepest = 6;

    private static readonly HashSet<string> s_rasters = new(StringComparer.OrdinalIgnoreCase)
        { ".tif", ".tiff", ".vrt", ".img", ".nc", ".hdf", ".h5", ".bil", ".bsq", ".flt", ".asc", ".jp2", ".rst", ".grd", ".map" };

    private static readonly HashSet<string> s_vectors = new(StringComparer.OrdinalIgnoreCase)
        { ".geojson", ".gpkg", ".shp", ".json", ".geojsonl", ".geojsonseq", ".fgb", ".gml", ".kml", ".tab", ".gdb" };

    private readonly RasterFinder _rasters = new(geodata);

    /// <summary>
    /// Each raster, layer of polygons and table below a folder, in the order of their names; results of runs and files that
    /// belong to others are passed over.
    /// </summary>
    /// <exception cref="LdnException">Exit 2: no such folder.</exception>
    public IReadOnlyList<Finding> Of(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw LdnException.Usage(
                $"{folder} is no folder", File.Exists(folder) ? "name the folder that the file lies in"
                    : "relative paths start at the current folder");
        }

        var files = new List<string>();
        Collect(folder, 0, files);
        return SameYear.Told(
            [.. files.SelectMany(path => Of(Path.GetRelativePath(folder, path).Replace('\\', '/'), path))]);
    }

    /// <summary>What one file is taken for; empty for what no part of a job takes.</summary>
    /// <param name="name">How it is called.</param>
    /// <param name="path">Where it lies.</param>
    public IReadOnlyList<Finding> Of(string name, string path)
    {
        string type = Path.GetExtension(path);
        try
        {
            if (s_rasters.Contains(type))
                return _rasters.Of(name, path);
            if (s_vectors.Contains(type))
                return type.Equals(".json", StringComparison.OrdinalIgnoreCase) && !IsGeoJson(path) ? [] : Layers(name, path);
            return type.Equals(".csv", StringComparison.OrdinalIgnoreCase) && TableFinder.Of(name, path) is { } table ? [table]
                : [];
        }
        catch (LdnException e)
        {
            return [new Finding(name, LayerKind.Unknown,
                "cannot be used as it is") { Doubt = e.Message.Replace(path, name, StringComparison.Ordinal)
                + (e.Remedy is null ? "" : $": {e.Remedy}") }];
        }
    }

    /// <summary>A file of polygons; each layer of one that has several, but those without polygons.</summary>
    private IReadOnlyList<Finding> Layers(string name, string path)
    {
        IReadOnlyList<string> layers = geodata.Parts(path);
        if (layers.Count == 0)
            return [VectorFinder.Of(name, geodata.ReadPolygons(path, null))];
        var findings = new List<Finding>();
        foreach (string layer in layers)
        {
            try
            {
                findings.Add(VectorFinder.Of(name, geodata.ReadPolygons(path, layer)) with { Layer = layer });
            }
            catch (LdnException e)
            {
                findings.Add(new Finding(name, LayerKind.Unknown, "cannot be used as it is")
                { Layer = layer, Doubt = e.Message.Replace(path, name, StringComparison.Ordinal) });
            }
        }

        return findings;
    }

    private static void Collect(string folder, int depth, List<string> files)
    {
        // A finished run is no input.
        if (File.Exists(Path.Combine(folder, "provenance.json")))
            return;
        foreach (string file in Entries(folder, Directory.GetFiles))
            if (files.Count < MostFiles && !Path.GetFileName(file).StartsWith('.') && IsPlain(file))
                files.Add(file);
        foreach (string inner in Entries(folder, Directory.GetDirectories))
        {
            if (inner.EndsWith(".gdb", StringComparison.OrdinalIgnoreCase))
                files.Add(inner);
            else if (depth < Deepest && !Path.GetFileName(inner).StartsWith('.') && new DirectoryInfo(inner).LinkTarget is null)
                Collect(inner, depth + 1, files);
        }
    }

    private static IEnumerable<string> Entries(string folder, Func<string, string[]> list)
    {
        try
        {
            return list(folder).Order(StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>A pipe or a device would be waited for.</summary>
    private static bool IsPlain(string file)
    {
        try
        {
            PlainFile.Require("file", file, Fault.Input);
            return true;
        }
        catch (Exception e) when (e is LdnException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsGeoJson(string path)
    {
        using StreamReader reader = File.OpenText(path);
        char[] start = new char[4096];
        string text = new(start, 0, reader.ReadBlock(start));
        return text.Contains("FeatureCollection", StringComparison.Ordinal);
    }
}

/// <summary>
/// Several files of one layer and year: dated ones are the layers of a series that has several a year; of others, such as tiles
/// or versions, a job can take one only, and that is told instead of passing it over in silence.
/// </summary>
internal static class SameYear
{
    private static readonly LayerKind[] s_kinds =
        [
            LayerKind.LandCover, LayerKind.SoilStock, LayerKind.Series, LayerKind.Rain, LayerKind.Temperature,
            LayerKind.Evapotranspiration, LayerKind.Population,
        ];

    public static IReadOnlyList<Finding> Told(IReadOnlyList<Finding> findings)
    {
        Finding[] told = [.. findings];
        foreach (var layer in told.Select((f, i) => (Of: f, At: i))
            .Where(f => s_kinds.Contains(f.Of.Kind) && (f.Of.Years.Count <= 1 || f.Of.BandYears.Count > 0))
            .GroupBy(f => (f.Of.Kind, f.Of.Detail, f.Of.Scale)).ToList())
        {
            var years = layer.GroupBy(f => Span(f.Of.Years)).Where(y => y.Count() > 1).ToList();
            if (years.Count == 0)
                continue;
            if (layer.Key.Kind is LayerKind.Series or LayerKind.Rain or LayerKind.Temperature or LayerKind.Evapotranspiration
                && AreDated(layer.Select(f => f.Of.File)))
            {
                foreach ((Finding of, int at) in layer)
                    told[at] = of.Kind switch
                    {
                        LayerKind.Series => of with { Kind = LayerKind.Stack },
                        LayerKind.Rain => of with { Detail = Finding.Monthly },
                        _ => of,
                    };
                continue;
            }

            foreach (var year in years)
                foreach ((Finding of, int at) in year.Skip(1))
                    told[at] = of with { Doubt = Rival(of, year.First().Of.File, year.Key) };
        }

        // Two products of productivity would give two figures.
        foreach (int at in Enumerable.Range(0, told.Length).Where(i => told[i] is { Kind: LayerKind.Lpd, Product: not null }))
            if (told.First(f => f.Kind == LayerKind.Lpd) is var lpd && lpd.Product != told[at].Product)
                told[at] = told[at] with
                {
                    Doubt = $"another product than {lpd.File}: a job takes one, and which is yours to decide",
                };
        return told;
    }

    private static string Span(IReadOnlyList<int> years) => string.Create(CultureInfo.InvariantCulture,
        $"{(years.Count == 0 ? "" : years.Count == 1 ? $"of {years[0]} " : $"of {years[0]} to {years[^1]} ")}");

    private static bool AreDated(IEnumerable<string> files)
    {
        DateOnly?[] dates = [.. files.Select(f => LayerDates.Find(Path.GetFileName(RasterName.Parse(f).Dataset)))];
        return !dates.Contains(null) && dates.Distinct().Count() == dates.Length;
    }

    private static string Rival(Finding of, string first, string years) =>
        $"the same layer {years}as {first}, and a job takes one file: put tiles together first (gdalbuildvrt), or name the "
            + "file that is meant"
            + (of.Doubt is { } doubt ? $"; {doubt}" : "");
}

/// <summary>Recognises tables by the columns of their header row (interface contract §2).</summary>
internal static class TableFinder
{
    private static readonly (LayerKind Kind, string[] Columns, string Called)[] s_tables =
    [
        (LayerKind.Groups, ["group_id", "group_name", "zone_id"], "groups of zones"),
        (LayerKind.Legend, ["code", "name", "color", "unccd"], "a legend"),
        (LayerKind.LandArea, ["zone_id", "land_km2"], "official land areas"),
        (LayerKind.Targets, ["id", "zone_id", "metric", "comparator", "value", "year"], "targets"),
        (LayerKind.Statistics, ["zone_id", "year", "variable", "value", "unit"], "statistics"),
        (LayerKind.RegionMatrices, ["region", "matrix"], "matrices by region"),
        (LayerKind.Factors, ["from", "to", "factor"], "factors of soil carbon"),
    ];

    /// <summary>Null where the file is no table that can be read.</summary>
    public static Finding? Of(string file, string path)
    {
        try
        {
            var table = CsvTable.Read(path);
            string columns = string.Join(", ", table.Columns.Take(6)) + (table.Columns.Count > 6 ? ", …" : "");
            int open = LegendTemplate.Open(table);
            if (open > 0)
                return new Finding(file, LayerKind.Unknown, "a legend to be filled in")
                {
                    Doubt = $"{open} of its {table.Rows.Count} codes have no unccd yet: {LegendTemplate.Meaning}",
                };
            foreach ((LayerKind kind, string[] needed, string called) in s_tables)
                if (needed.All(table.Columns.Contains))
                    return new Finding(file, kind, $"a table with the columns of {called}");
            if (table.Columns is ["from", ..] && table.Columns.Skip(1).All(c => int.TryParse(c, out _)))
                return new Finding(file, LayerKind.Matrix, "a table of transitions in codes");
            return new Finding(file, LayerKind.Unknown, $"a table that no part of a job takes, with {columns}");
        }
        catch (LdnException)
        {
            return null;
        }
    }
}
