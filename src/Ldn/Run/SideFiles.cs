using Ldn.Rasters;

namespace Ldn.Run;

/// <summary>
/// What lies beside an input and is read with it: attribute tables, world files, masks, no data and scale in .aux.xml. It belongs
/// to what a result was made of.
/// </summary>
internal static class SideFiles
{
    /// <summary>Endings that follow the whole name, and such as take the place of its own.</summary>
    private static readonly string[] s_added = [".aux.xml", ".msk"], s_exchanged =
    [
        ".aux.xml", ".aux", ".msk", ".wld", ".tfw", ".tifw", ".tiffw", ".jgw", ".pgw", ".bpw", ".bqw", ".j2w", ".prj", ".hdr",
            ".stx", ".clr", ".rdc", ".smp", ".sgrd", ".mgrd", ".ige",
        ".rrd", ".shx", ".dbf", ".cpg", ".dat", ".map", ".id", ".ind", ".mid", ".ovr.aux.xml",
    ];

    /// <summary>Formats of which a file is all there is, or all that the names above do not tell.</summary>
    private static readonly string[] s_alone = [".tif", ".tiff", ".geojson", ".json", ".gpkg", ".fgb", ".shp", ".csv"];

    /// <summary>The files beside some inputs, each once, in order; the inputs themselves are not among them.</summary>
    /// <param name="inputs">Names of files of this machine.</param>
    /// <param name="geodata">Knows what a virtual raster, or a folder that is a data set, is made of.</param>
    public static IReadOnlyList<string> Of(IReadOnlyCollection<string> inputs, IGeodata geodata)
    {
        HashSet<string> own = [.. inputs.Select(DataSetName.LocalFile).Where(p => p.Length > 0).Select(Path.GetFullPath)];
        IEnumerable<string> told =
            inputs.Where(i => !s_alone.Contains(Path.GetExtension(i).ToLowerInvariant()) && !geodata.IsRemote(i))
            .SelectMany(geodata.FilesOf).Select(DataSetName.LocalFile).Where(p => p.Length > 0).Select(Path.GetFullPath);
        return [.. own.SelectMany(Beside).Concat(told).Where(p => !own.Contains(p)).Distinct().Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Beside(string path)
    {
        string stem = Path.Combine(Path.GetDirectoryName(path) ?? "", Path.GetFileNameWithoutExtension(path));
        return s_added.Select(e => path + e).Concat(s_exchanged.SelectMany(e => new[] { stem + e, stem + e.ToUpperInvariant() }))
            .Where(p => FileFacts.Of(p).Kind == FileKind.Regular);
    }
}
