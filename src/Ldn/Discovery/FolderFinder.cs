using Ldn.Rasters;

namespace Ldn.Discovery;

/// <summary>Looks through a folder and says what each file is taken for.</summary>
public sealed class FolderFinder(IGeodata geodata)
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
