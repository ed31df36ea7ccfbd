using System.Text;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>
/// Tells by its first bytes what a file is that no driver knows: what came in place of the data, or a form that has to be
/// converted first.
/// </summary>
internal static class Lookalike
{
    private const int Looked = 512;

    private static bool Beside(string name, string ending) =>
        File.Exists(Path.ChangeExtension(name, ending)) || File.Exists(Path.ChangeExtension(name, ending.ToUpperInvariant()));

    /// <summary>
    /// The error that calls the file what it is and says how the data are got; null for what is not known here either.
    /// </summary>
    /// <param name="name">Name of the data set.</param>
    /// <param name="kind">Raster or vector file, for the message.</param>
    public static LdnException? Of(string name, string kind)
    {
        if (Directory.Exists(name))
            return Fault.Unreadable.Error($"{name}: cannot be opened as a {kind}: it is a folder", $"name the {kind} in it");
        if (!File.Exists(name))
            return null;
        byte[] start;
        try
        {
            using FileStream file = File.OpenRead(name);
            start = new byte[Math.Min(Looked, file.Length)];
            file.ReadExactly(start);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        const int shapefile = 0x0a;
        if (start is [0, 0, 0x27, shapefile, ..] && !Beside(name, ".shx"))
            return Fault.Unreadable.Error(
                $"{name}: cannot be opened as a {kind}: its index "
                + $"{Path.ChangeExtension(Path.GetFileName(name), ".shx")} is missing",
                "get all files of the shapefile (.shp, .shx, .dbf, .prj), or make the index again: "
                + $"ogrinfo --config SHAPE_RESTORE_SHX YES {DataSetName.Quoted(name)}");
        string text = Encoding.Latin1.GetString(start).TrimStart('\u00ef', '\u00bb', '\u00bf', ' ', '\r', '\n', '\t');
        bool Starts(params string[] words) => words.Any(word => text.StartsWith(word, StringComparison.OrdinalIgnoreCase));
        (string What, string Remedy)? found =
            start.Length == 0 ? ("the file is empty", "get it again")
            : start.All(b => b == 0) ? (
                "the file begins with zeros only, as a download that was given room and never written", "get it again")
            : Starts("version https://git-lfs") ? (
                "a pointer of Git LFS, not the file itself", "get the file with 'git lfs pull'")
            : Starts("<!doctype html", "<html") ? (
                "a web page, such as a log-in page saved in the file's place",
                "get the file itself; the address may need a log-in or another link")
            : Starts("<?xml", "<") ? (
                "an XML document, perhaps a server's message", "look at it in an editor, and get the data itself")
            : Starts("PAR1") ? (
                "a Parquet file, which this GDAL does not read", "convert it with ogr2ogr to a GeoPackage where GDAL has Parquet")
            : Starts("PK\u0003\u0004") ? (
                "a ZIP archive", $"unpack it, or name what is in it: {DataSetName.Quoted($"/vsizip/{name}/FILE")}")
            : Starts("\u001f\u008b") ? ("a gzip file", $"unpack it, or name it {DataSetName.Quoted($"/vsigzip/{name}")}")
            : Starts("7z\u00bc\u00af") ? ("a 7-Zip archive", "unpack it")
            : Starts("Rar!") ? ("a RAR archive", "unpack it")
            : Starts("%PDF") ? ("a PDF document", "get the data that it shows")
            : Starts("{", "[") ? ("a JSON text that holds no data of this kind", $"check that it is the {kind} that is meant")
            : kind == "raster" && start.All(b => b is >= 32 or 9 or 10 or 13) && text.AsSpan().IndexOfAny(",;\t") >= 0
                ? ("a text, such as a table (CSV)", "name the raster, for example a GeoTIFF")
            : null;
        return found is var (what, remedy)
            ? Fault.Unreadable.Error($"{name}: cannot be opened as a {kind}: {what}", remedy)
            : null;
    }
}
