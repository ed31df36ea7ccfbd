using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Ldn.Gdal.Interop;
using Ldn.Jobs;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>Opens datasets for reading.</summary>
internal static unsafe partial class Datasets
{
    private static readonly SearchValues<char> InlineText = SearchValues.Create("<>{}\"\n");

    /// <summary>
    /// Opens a dataset as raster or vector by <paramref name="flags"/>; <paramref name="kind"/> is its word in messages. Tried
    /// once: whoever does something whole with a dataset does that <see cref="Twice"/>.
    /// </summary>
    /// <exception cref="LdnException">Exit 3: missing, unreadable, unknown format; 75: storage fails for the moment.</exception>
    public static DatasetHandle Open(string name, uint flags, string kind)
    {
        GdalLibrary.EnsureReady();
        if (string.IsNullOrWhiteSpace(name))
            throw Fault.Missing.Error($"the name of a {kind} is empty");
        LocalFiles.Check(name);
        CheckKind(name, kind);
        using ErrorScope errors = ErrorScope.Open();
        DatasetHandle dataset = GdalFailure.IsRemote(name) ? OpenRemote(name, flags) : OpenLocal(name, flags);
        if (!dataset.IsInvalid && !GdalFailure.LeftOut(errors))
            return Checked(name, dataset, errors);
        dataset.Dispose();
        LocalFiles.CheckFetched(name);
        LdnException failure = GdalFailure.Reading(name, $"cannot be opened as a {kind}", errors,
            "the file is damaged or incomplete, or of a form that GDAL does not read: get it again, and look with 'gdalinfo'");
        throw failure.ExitCode == ExitCode.Temporary ? failure
            : Missing(name) ?? LocalFiles.Refusal(name, flags) ?? Lookalike.Of(name, kind) ?? failure;
    }

    /// <summary>
    /// Reads a file, and again where that fails: what a disk, a mount or a signal keeps from being read once is mostly there at
    /// the second try, and a damaged file is damaged then too. GDAL itself takes the first failure for the file's own, and a side
    /// file that it could not read for one that is not there.
    /// </summary>
    public static T Twice<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (LdnException e) when (MayPass(e) && !GdalFailure.IsRemote(name))
        {
            // Once more.
        }

        try
        {
            return read();
        }
        catch (LdnException e) when (
            MayPass(e) && e.Fault != Fault.Temporary && GdalFailure.UnreadNow(RasterName.Parse(name).Dataset) is { } reason)
        {
            throw Fault.Temporary.Error($"{e.Message} ({reason})", SystemErrors.CheckDisk, e);
        }

        static bool MayPass(LdnException e) =>
            e.Fault == Fault.Unreadable || e.Fault == Fault.Temporary || e.Fault == Fault.Georeference;
    }

    /// <summary>The short name of the driver that reads a dataset, such as GTiff.</summary>
    public static string DriverOf(DatasetHandle dataset) =>
        GdalApi.Text(GdalApi.GDALGetDescription(GdalApi.GDALGetDatasetDriver(dataset))) ?? "";

    /// <summary>The files of a dataset: companions, and what a virtual raster reads from, itself perhaps virtual.</summary>
    public static IReadOnlyList<string> FilesOf(string name)
    {
        var files = new List<string>();
        var open = new Queue<string>([name]);
        while (open.TryDequeue(out string? next))
        {
            using DatasetHandle dataset = Open(next, GdalApi.OpenRaster | GdalApi.OpenVector, "raster or vector");
            byte** list = GdalApi.GDALGetFileList(dataset);
            foreach (string file in StringList.Copy(list).Except(files).ToArray())
            {
                files.Add(file);
                if (file != next && Path.GetExtension(file).Equals(".vrt", StringComparison.OrdinalIgnoreCase))
                    open.Enqueue(file);
            }

            GdalApi.CSLDestroy(list);
        }

        return files;
    }

    /// <summary>A data set that --no-remote allows, that is all there and lies as it says.</summary>
    private static DatasetHandle Checked(string name, DatasetHandle dataset, ErrorScope opening)
    {
        try
        {
            LocalFiles.CheckContent(name, dataset);
            CheckAxes(name, dataset, opening);
            Wholeness.CheckRaster(name, dataset);
            return dataset;
        }
        catch
        {
            dataset.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Refuses a netCDF variable whose rows are meridians, value(lon, lat): GDAL takes the last axis for columns whatever it says
    /// it is, and near 0° or on the diagonal of Africa the exchanged grid lies among the zones.
    /// </summary>
    private static void CheckAxes(string name, DatasetHandle dataset, ErrorScope opening)
    {
        foreach (GdalMessage message in opening.Messages)
        {
            if (NotAcross().Match(message.Text) is not { Success: true } found)
                continue;
            string axis = found.Groups[1].Value;
            string? Said(string item) => GdalApi.Text(GdalApi.GDALGetMetadataItem(dataset.Pointer, $"{axis}#{item}", null));
            if (Said("standard_name") == "latitude" || Said("axis") == "Y" || Northward().IsMatch(Said("units") ?? ""))
                throw Fault.Georeference.Error(
                    $"{name}: its columns are parallels ({axis}) and its rows meridians: the axes are exchanged",
                    "exchange them back: ncpdq -a lat,lon IN.nc OUT.nc (with the names of the axes in the file)");
        }
    }

    /// <summary>Refuses what has no end: a pipe would be waited for, a device be read until the memory is full.</summary>
    private static void CheckKind(string name, string kind)
    {
        string path = ArchivePrefix().Replace(name.Split('"') is [_, var quoted, _] ? quoted : name, "");
        if (path.StartsWith("/vsistdin", StringComparison.Ordinal))
            throw Fault.Unreadable.Error($"{name}: a {kind} cannot be read from a stream", "save it as a file, and name that");
        if (FileFacts.Of(path).Kind == FileKind.Other)
            throw Fault.Unreadable.Error(
                $"{name}: is a pipe or a device, not a {kind}", "save what comes from it as a file, and name that");
    }

    private static DatasetHandle OpenLocal(string name, uint flags, StringList? siblings = null) =>
        GdalApi.GDALOpenEx(name, flags | GdalApi.OpenVerboseError, null, null, siblings is null ? null : siblings.Pointer);

    /// <summary>
    /// Listing a remote folder for companions of a file can cost more than reading it: those of a raster that count are asked for
    /// by name.
    /// </summary>
    private static DatasetHandle OpenRemote(string name, uint flags) => Unlisted(name, () =>
    {
        string[] family = GdalSettings.ListRemoteFolders is null && (flags & GdalApi.OpenRaster) != 0
            ? [.. RemoteFiles.Family(name)] : [];
        using StringList? siblings = family.Length > 1 ? new StringList(family) : null;
        return OpenLocal(name, flags, siblings);
    });

    /// <summary>Does what may open files beside a remote one without listing their folder, unless the user wants that.</summary>
    public static T Unlisted<T>(string name, Func<T> action)
    {
        if (!GdalFailure.IsRemote(name))
            return action();
        GdalApi.CPLSetThreadLocalConfigOption(GdalSettings.ListFolders, GdalSettings.ListRemoteFolders ?? "EMPTY_DIR");
        try
        {
            return action();
        }
        finally
        {
            GdalApi.CPLSetThreadLocalConfigOption(GdalSettings.ListFolders, null);
        }
    }

    private static LdnException? Missing(string name)
    {
        // Anything but a plain path is GDAL's to judge: /vsi names, DRIVER:… names, inline text.
        if (name.StartsWith("/vsi", StringComparison.Ordinal) || name.AsSpan(Math.Min(2, name.Length)).Contains(':')
            || name.AsSpan().IndexOfAny(InlineText) >= 0 || Path.Exists(name))
            return null;
        return Fault.Missing.Error(
            $"{name}: no such file",
            FilesNearby.Hint(name, Directory.GetCurrentDirectory())
                ?? "check the path; relative paths in a job start at its folder, those of flags at the current one");
    }

    [GeneratedRegex(@"^dimension #\d+ \((.+)\) is not a Longitude/X dimension", RegexOptions.CultureInvariant)]
    private static partial Regex NotAcross();

    [GeneratedRegex("^degrees?_?N(orth)?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Northward();

    [GeneratedRegex(@"^(/vsi(zip|tar|gzip|7z|rar|subfile|cached)/\{?)+", RegexOptions.CultureInvariant)]
    private static partial Regex ArchivePrefix();
}

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
    /// What lies beside data under nearly its name, and is picked in its place; null where the name is none of it.
    /// </summary>
    private static LdnException? BySide(string name, string kind)
    {
        string ending = Path.GetExtension(name).ToLowerInvariant(), usual = kind == "raster" ? ".tif" : ".gpkg";
        (string What, string Of)? found = ending switch
        {
            ".dbf" or ".shx" or ".prj" or ".cpg" or ".sbn" or ".sbx" or ".qix" => ("a part of a shapefile", ".shp"),
            ".tfw" or ".tifw" or ".wld" => ("the georeference of a raster", ".tif"),
            ".qml" or ".sld" or ".lyr" or ".lyrx" or ".clr" => ("a style, how a program draws the data", usual),
            ".qgs" or ".qgz" or ".mxd" or ".aprx" => ("a project of a GIS, which only names the data", usual),
            _ when name.EndsWith(".aux.xml", StringComparison.OrdinalIgnoreCase) => ("what GDAL notes beside a raster", ""),
            _ => null,
        };
        if (found is not var (what, of))
            return null;
        string data = of.Length == 0 ? name[..^".aux.xml".Length] : Path.ChangeExtension(name, of);
        return Fault.Unreadable.Error(
            $"{name}: cannot be opened as a {kind}: it is {what}",
            File.Exists(data) ? $"name {DataSetName.Quoted(data)}"
                : $"name the data themselves, such as {Path.GetFileName(data)}");
    }

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

        if (BySide(name, kind) is { } side)
            return side;
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
            : Starts("CDF\u0005") ? (
                "netCDF in the form of 64-bit data (CDF-5), which this GDAL does not read",
                "write it in another form: ncks -7 IN.nc OUT.nc, or cdo -f nc4 copy IN.nc OUT.nc")
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
