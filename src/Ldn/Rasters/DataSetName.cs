using System.Buffers;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Ldn.Rasters;

/// <summary>
/// Names of data sets as users have them, turned into names that GDAL opens from any folder: paths, addresses, archives, parts of
/// files. A name that is no path passes, but the relative path inside it starts where other paths start.
/// </summary>
internal static partial class DataSetName
{
    private const int MostListed = 12;
    private static readonly SearchValues<char> s_special = SearchValues.Create("\"$`\\ *?;&|<>()[]{}");

    private static readonly (string Scheme, string Prefix)[] s_schemes =
    [
        ("https://", "/vsicurl/https://"), ("http://", "/vsicurl/http://"), ("ftp://", "/vsicurl/ftp://"),
        ("s3://", "/vsis3/"), ("gs://", "/vsigs/"), ("az://", "/vsiaz/"), ("oss://", "/vsioss/"),
    ];

    private static readonly (string Ending, string Prefix)[] s_archives =
    [
        (".zip", "/vsizip/"), (".kmz", "/vsizip/"), (".tar.gz", "/vsitar/"), (".tgz", "/vsitar/"), (".tar", "/vsitar/"),
        (".gz", "/vsigzip/"),
    ];

    /// <summary>What is opened by name inside an archive; its companions (.dbf, .tfw) are found beside it.</summary>
    private static readonly string[] s_members =
    [
        ".tif", ".tiff", ".img", ".nc", ".vrt", ".asc", ".jp2", ".png", ".hdf", ".h5", ".grd", ".bil", ".flt",
        ".shp", ".gpkg", ".geojson", ".json", ".kml", ".gml", ".fgb", ".tab", ".mif", ".sqlite",
    ];

    /// <summary>The name that opens the same data set from anywhere. What is no longer relative comes back as it is.</summary>
    /// <param name="name">As given in a job or a flag, with or without a band.</param>
    /// <param name="folder">Where relative paths start.</param>
    /// <exception cref="LdnException">Exit 3: an archive holds several data sets, so that one must be named.</exception>
    public static string Resolved(string name, string folder)
    {
        RasterName raster = RasterName.Parse(name);
        return (raster with { Dataset = DataSet(raster.Dataset, folder) }).ToString();
    }

    /// <summary>
    /// The file of this machine behind a name: that of a part, or the archive that holds it; empty where there is none.
    /// </summary>
    public static string LocalFile(string name)
    {
        string path = RasterName.Parse(name).Dataset;
        if (!File.Exists(path) && PartOf(path) is { } part)
            path = part.File;
        while (Virtual().Match(path) is { Success: true } match)
            path = path[match.Length..].Trim('{', '}');
        for (string? at = path; !string.IsNullOrEmpty(at); at = Path.GetDirectoryName(at))
            if (File.Exists(at))
                return at;
        return "";
    }

    /// <summary>A name as it can be pasted into a shell.</summary>
    public static string Quoted(string name) => name.Contains('\'')
        ? $"'{name.Replace("'", "'\\''", StringComparison.Ordinal)}'"
        : name.AsSpan().IndexOfAny(s_special) >= 0 ? $"'{name}'" : name;

    private static string DataSet(string name, string folder)
    {
        if (name.Length == 0)
            return name;
        // Names stand in messages and in provenance.json.
        if (Password().Match(name) is { Success: true } secret)
            throw Fault.Usage.Error(
                $"the name of a database holds a password ({secret.Groups[1].Value}…), which every result would publish",
                "leave the password out, and give it in ~/.pgpass or the variable PGPASSWORD");
        if (name.StartsWith("file://", StringComparison.OrdinalIgnoreCase))
            return Uri.TryCreate(name, UriKind.Absolute, out Uri? uri) && uri.IsFile ? Archived(uri.LocalPath) : name;
        foreach ((string scheme, string prefix) in s_schemes)
            if (name.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
                return prefix + name[scheme.Length..];
        if (Virtual().Match(name) is { Success: true } match)
        {
            string inside = Inside(match.Value, Unquoted(name[match.Length..]), folder);
            // GDAL goes through a .zip by itself, and takes the whole of a .kmz for one of its own where it knows none.
            return inside.EndsWith(".kmz", StringComparison.OrdinalIgnoreCase) && File.Exists(inside[match.Length..])
                ? Archived(inside[match.Length..]) : inside;
        }

        if (name.StartsWith("/vsi", StringComparison.Ordinal))
            return name;
        string path = Path.Combine(folder, name);
        if (File.Exists(path) || PartOf(name) is null)
            return Prefix().IsMatch(name) && !Path.Exists(path) ? name : Archived(path);
        return Part(name, folder);
    }

    /// <summary>Quotes round a path belong to parts of files, <c>NETCDF:"f":v</c>; people put them round archives too.</summary>
    private static string Unquoted(string path) =>
        path.Count(c => c == '"') == 2 && !File.Exists(path) ? path.Replace("\"", "", StringComparison.Ordinal) : path;

    /// <summary>
    /// Behind <c>/vsizip/</c> and its like a path is relative unless it starts with a second slash; what is no file of the folder
    /// is left as it is.
    /// </summary>
    private static string Inside(string prefix, string rest, string folder)
    {
        string bare = rest.TrimStart('{');
        if (bare.StartsWith('/') || Path.IsPathRooted(bare))
            return prefix + rest;
        string path = Path.Combine(folder, bare);
        for (
            string? at = path.TrimEnd('}'); !string.IsNullOrEmpty(at)
                && at.Length > folder.Length; at = Path.GetDirectoryName(at))
            if (File.Exists(at))
                return prefix + rest[..(rest.Length - bare.Length)] + path;
        return prefix + rest;
    }

    /// <summary>DRIVER:file:part with the file's path made absolute.</summary>
    private static string Part(string name, string folder)
    {
        (string before, string file, string after) = PartOf(name)!.Value;
        if (after.Length > 0 && before.EndsWith('"'))
            return before + Path.Combine(folder, file) + after;
        // Without quotes a colon may belong to the path: the longest path that is a file counts.
        string all = file + after;
        for (int end = all.Length; end > 0; end = all.LastIndexOf(':', end - 1))
        {
            string path = Path.Combine(folder, all[..end]);
            if (File.Exists(path))
                return before + (NeedsQuotes().IsMatch(before) ? $"\"{path}\"" : path) + all[end..];
        }

        return name;
    }

    /// <summary>
    /// What of a name stands before, in and after the path of a file; null where the name is no part of a file.
    /// </summary>
    private static (string Before, string File, string After)? PartOf(string name)
    {
        if (Quote().Match(name) is { Success: true } quoted)
            return (quoted.Groups[1].Value, quoted.Groups[2].Value, quoted.Groups[3].Value);
        return Plain().Match(name) is { Success: true } plain
            ? (plain.Groups[1].Value, plain.Groups[2].Value, plain.Groups[3].Value)
            : null;
    }

    /// <summary>A file, or what it holds where it is an archive with a single data set.</summary>
    private static string Archived(string path)
    {
        (string ending, string prefix) = Array.Find(s_archives, a => path.EndsWith(a.Ending, StringComparison.OrdinalIgnoreCase));
        if (ending is null || !File.Exists(path))
            return path;
        string archive = prefix + Path.GetFullPath(path);
        if (ending == ".gz")
            return archive;
        string[] members = [
            .. Members(path, ending).Where(m => s_members.Contains(Path.GetExtension(m).ToLowerInvariant()))
                .Order(StringComparer.Ordinal)];
        // A map of Google Earth has pictures beside its places, its legend and symbols, which are no data.
        if (ending == ".kmz"
            && Array.FindAll(members, m => m.EndsWith(".kml", StringComparison.OrdinalIgnoreCase)) is [var places])
            members = [places];
        string[] names = [.. members.Select(m => $"{archive}/{m}")];
        return names switch
        {
            [] => path,
            [var only] => only,
            _ => throw Fault.SeveralParts.Error(
                $"{path} holds {names.Length} data sets, and none is named",
                $"name one of: {string.Join(", ", names.Take(MostListed).Select(Quoted))}{(names.Length > MostListed ? ", …" : "")}"),
        };
    }

    /// <summary>Names of the files in an archive; none where it is damaged, which GDAL will say.</summary>
    private static List<string> Members(string path, string ending)
    {
        try
        {
            if (ending is ".zip" or ".kmz")
            {
                using ZipArchive zip = ZipFile.OpenRead(path);
                return [.. zip.Entries.Where(e => e.Name.Length > 0).Select(e => e.FullName)];
            }

            using FileStream file = File.OpenRead(path);
            using Stream plain = ending == ".tar" ? file : new GZipStream(file, CompressionMode.Decompress);
            using var tar = new TarReader(plain);
            var names = new List<string>();
            while (tar.GetNextEntry() is { } entry)
                if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
                    names.Add(entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name);
            return names;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or FormatException)
        {
            return [];
        }
    }

    /// <summary>One or several of GDAL's file systems over another.</summary>
    [GeneratedRegex("^(?:/vsi(?:zip|tar|gzip|7z|rar)/)+", RegexOptions.CultureInvariant)]
    private static partial Regex Virtual();

    /// <summary>A password in the name of a database, as key or before the host.</summary>
    [GeneratedRegex(
        @"^((?:PG|MYSQL|MSSQL|ODBC|OCI):|postgres(?:ql)?://).*?(?:\b(?:password|passwd|pwd)\s*=\s*[^\s,;]|:[^/@\s]+@)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Password();

    /// <summary>A driver or a database before a colon; one letter is a drive of Windows.</summary>
    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_+.-]+:", RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();

    [GeneratedRegex("^([A-Za-z][A-Za-z0-9_]+:(?:[0-9]+:)?\")([^\"]+)(\".*)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Quote();

    /// <summary>Drivers whose names hold a path; a database, service or text has none.</summary>
    [GeneratedRegex(
        "^((?:GPKG|NETCDF|HDF5|HDF4_SDS|HDF4_EOS|BAG|ZARR|SENTINEL2_L1C|SENTINEL2_L2A|GTIFF_DIR:(?:off:)?[0-9]+|GTIFF_RAW|SQLITE|RASTERLITE2|NITF_IM:[0-9]+|OGR_GMT|DXF|EEDAI):)([^\":]+)(.*)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Plain();

    [GeneratedRegex("^(NETCDF|HDF5|ZARR|BAG):$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NeedsQuotes();
}
