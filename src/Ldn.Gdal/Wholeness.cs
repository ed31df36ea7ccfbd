using System.Text.Json;
using System.Xml;
using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>
/// What GDAL opens in silence although a part of it is missing: raw cells and classic netCDF that were cut off in transfer, of
/// which it reads zeros; sequences of features, of which it leaves out what it cannot parse; side files that are damaged, or
/// could not be read at that moment. All of files of this machine.
/// </summary>
internal static unsafe class Wholeness
{
    private const string CutOff = "the file was cut off in transfer: get it again";
    private const long LargestSideFile = 256L << 20;

    /// <summary>
    /// Formats that hold the cells of all bands as they are, and the bytes of their header where it lies in the same file.
    /// </summary>
    private static readonly Dictionary<string, int> s_raw = new()
    {
        ["ENVI"] = 0,
        ["EHdr"] = 0,
        ["RST"] = 0,
        ["SAGA"] = 0,
        ["BT"] = 256,
        ["PCRaster"] = 256,
        ["GenBin"] = 0,
        ["ISCE"] = 0,
        ["ROI_PAC"] = 0,
        ["RRASTER"] = 0,
        ["GTX"] = 40,
        ["LAN"] = 128,
        ["MFF"] = 0,
        ["EIR"] = 0,
        ["SIGDEM"] = 132,
        ["ARG"] = 0,
        ["KRO"] = 20,
        ["GSBG"] = 56,
    };

    private static readonly string[] s_bandFacts = ["NoDataValue", "Scale", "Offset"];

    /// <summary>Refuses a raster whose file is shorter than it says.</summary>
    /// <exception cref="LdnException">Exit 3: cut off; exit 75: it cannot be measured at the moment.</exception>
    public static void CheckRaster(string name, DatasetHandle dataset)
    {
        string driver = Datasets.DriverOf(dataset);
        if (LocalPath(name) is not { } path)
            return;
        if (driver == "netCDF")
        {
            ClassicNetcdf.Check(path);
            return;
        }

        if (!s_raw.TryGetValue(driver, out int fixedHeader)
            || Path.GetExtension(path).Equals(".sg-grd-z", StringComparison.OrdinalIgnoreCase))
            return;
        double bits = 0, cells = (double)GdalApi.GDALGetRasterXSize(dataset) * GdalApi.GDALGetRasterYSize(dataset);
        for (int i = 1; i <= GdalApi.GDALGetRasterCount(dataset); i++)
        {
            nint band = GdalApi.GDALGetRasterBand(dataset, i);
            string? declared = GdalApi.Text(GdalApi.GDALGetMetadataItem(band, "NBITS", "IMAGE_STRUCTURE"));
            bits += int.TryParse(declared, out int few) ? few
                : GdalTypes.FromGdal(GdalApi.GDALGetRasterDataType(band)) is { } type ? type.Size() * 8 : 0;
        }

        double header = double.TryParse(
            GdalApi.Text(GdalApi.GDALGetMetadataItem(dataset.Pointer, "header_offset", "ENVI")), out double offset) ? offset
            : fixedHeader;
        if (FileFacts.Of(path).Bytes is var there && there < header + Math.Floor(cells * bits / 8) && !IsPacked(path))
            throw Fault.Unreadable.Error($"{name}: {there} bytes, too few for the cells that its header tells of", CutOff);
    }

    /// <summary>
    /// Refuses a raster whose <c>.aux.xml</c> is no XML, or says of a band what GDAL does not know: it was not read then, and the
    /// raster would be taken for one without no data or scale.
    /// </summary>
    /// <exception cref="LdnException">Exit 3: damaged; exit 75: GDAL could not read it.</exception>
    public static void CheckSideFile(string name, DatasetHandle dataset, int bandNumber, nint band)
    {
        if (Datasets.DriverOf(dataset) == "VRT" || LocalPath(name) is not { } path
            || FileFacts.Of(path + ".aux.xml").Kind == FileKind.Missing)
            return;
        string side = path + ".aux.xml";
        var said = new HashSet<string>();
        try
        {
            using var text = new MemoryStream(PlainFile.ReadBytes(side, side, Fault.Unreadable, LargestSideFile));
            using var xml = XmlReader.Create(
                text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            int inBand = 0;
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element)
                    continue;
                if (xml is { Depth: 1, Name: "PAMRasterBand" })
                    _ = int.TryParse(xml.GetAttribute("band"), out inBand);
                else if (xml.Depth == 2 && inBand == bandNumber && s_bandFacts.Contains(xml.Name))
                    said.Add(xml.Name);
            }
        }
        catch (XmlException e)
        {
            throw Fault.Unreadable.Error(
                $"{side} is damaged: {e.Message.TrimEnd('.')}",
                    "mend or remove it: it says what cells hold no data and how values are scaled", e);
        }

        _ = GdalApi.GDALGetRasterNoDataValue(band, out int noData);
        _ = GdalApi.GDALGetRasterScale(band, out int scale);
        _ = GdalApi.GDALGetRasterOffset(band, out int offset);
        if ((said.Contains("NoDataValue") && noData == 0) || (said.Contains("Scale") && scale == 0)
            || (said.Contains("Offset") && offset == 0))
            throw Fault.Temporary.Error(
                $"{side} was not read: what it says of band {bandNumber} is not known",
                SystemErrors.CheckDisk);
    }

    /// <summary>
    /// Refuses a sequence of GeoJSON features in which a record is no JSON, or of which GDAL read fewer features than there are.
    /// </summary>
    /// <exception cref="LdnException">Exit 3: damaged or cut off; exit 75: it could not be read whole.</exception>
    public static void CheckFeatures(string name, DatasetHandle dataset, int read)
    {
        if (Datasets.DriverOf(dataset) != "GeoJSONSeq" || LocalPath(name) is not { } path)
            return;
        const byte recordSeparator = 0x1e;
        ReadOnlyMemory<byte> text = PlainFile.ReadBytes(path, path, Fault.Unreadable);
        byte separator = text.Span.Contains(recordSeparator) ? recordSeparator : (byte)'\n';
        int record = 0, features = 0;
        while (text.Length > 0)
        {
            int end = text.Span.IndexOf(separator);
            ReadOnlyMemory<byte> one = text[..(end < 0 ? text.Length : end)];
            text = text[(end < 0 ? text.Length : end + 1)..];
            if (one.Span.Trim(" \t\r\n"u8).IsEmpty)
                continue;
            record++;
            try
            {
                using var json = JsonDocument.Parse(one);
                features += json.RootElement.ValueKind == JsonValueKind.Object
                    && json.RootElement.TryGetProperty("type"u8, out JsonElement type)
                    && type.ValueEquals("Feature"u8) ? 1 : 0;
            }
            catch (JsonException e)
            {
                throw Fault.Unreadable.Error(
                    $"{name}: record {record} is damaged or cut off: {e.Message.Split(" LineNumber")[0].TrimEnd('.')}",
                    "get the file again", e);
            }
        }

        if (features > read)
            throw Fault.Temporary.Error(
                $"{name}: {read} of {features} features could be read", SystemErrors.CheckDisk);
    }

    /// <summary>The file of this machine behind a name, if it is one and not in an archive.</summary>
    private static string? LocalPath(string name)
    {
        string path = name.Split('"') is [_, var quoted, _] ? quoted : name;
        if (FileFacts.Of(path).Kind == FileKind.Regular)
            return path;
        // DRIVER:file:part, without quotes.
        string[] parts = name.Split(':');
        return parts.Length > 2 && FileFacts.Of(string.Join(':', parts[1..^1])).Kind == FileKind.Regular
            ? string.Join(':', parts[1..^1]) : null;
    }

    private static bool IsPacked(string path)
    {
        Span<byte> start = stackalloc byte[2];
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        return file.ReadAtLeast(start, 2, throwOnEndOfStream: false) == 2 && start is [0x1f, 0x8b];
    }
}
