using System.Globalization;
using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>
/// What a raster says about itself, checked. Every method throws an <see cref="LdnException"/> of exit 3 where the raster cannot
/// be used.
/// </summary>
internal static unsafe class RasterHeader
{
    /// <summary>Items of metadata that are looked at, and characters of one.</summary>
    private const int MostItems = 200, LongestItem = 1000;

    /// <summary>Shear below this part of a cell over the whole raster is rounding noise, not rotation.</summary>
    private const double ShearTolerance = 1e-6;

    private const double FarthestDegrees = 3600, FarthestMetres = 4e9;

    private const int ListedSubdatasets = 5;

    private const int ListedBands = 30;

    /// <summary>Bytes of a block that nobody minds, however small the raster.</summary>
    private const long LargestIdleBlock = 64L << 20;

    /// <summary>Bytes of a block with the cells of all bands.</summary>
    private const long LargestInterleavedBlock = 256L << 20;

    /// <summary>The chosen band.</summary>
    public static nint Band(RasterName name, DatasetHandle dataset)
    {
        int bands = GdalApi.GDALGetRasterCount(dataset);
        if (bands == 0)
            throw Fault.Cells.Error($"{name.Dataset}: the file itself has no bands", SubdatasetRemedy(dataset));
        if (name.Band > bands)
            throw Fault.Cells.Error(
                $"{name}: no band {name.Band}", bands == 1 ? "it has one band" : $"it has bands 1 to {bands}");
        if (name.Band is { } chosen)
            return GdalApi.GDALGetRasterBand(dataset, chosen);
        string[] names = BandNames(name.Dataset, dataset);
        if (names.Length > 1)
            throw Fault.SeveralParts.Error(
                $"{name}: {names.Length} bands where one is meant: "
                    + $"{string.Join(", ", names.Take(ListedBands).Select((text, i) => $"{i + 1}{Described(text)}"))}"
                + (names.Length > ListedBands ? ", …" : ""),
                $"name the band that is meant, such as {name.OfBand(1)}");
        return GdalApi.GDALGetRasterBand(dataset, 1);
    }

    /// <summary>
    /// Descriptions of the bands with data, empty where there are none; a band of opacity (alpha) that ends the file is a mask,
    /// no data.
    /// </summary>
    public static string[] BandNames(string file, DatasetHandle dataset)
    {
        int bands = GdalApi.GDALGetRasterCount(dataset);
        if (bands > 1 && IsAlpha(GdalApi.GDALGetRasterBand(dataset, bands)))
            bands--;
        string[] names = new string[bands];
        for (int i = 0; i < names.Length; i++)
            names[i] = Description(GdalApi.GDALGetRasterBand(dataset, i + 1), names.Length > 1 ? dataset : null);
        return names.Length > 1 && BandKey.Read(file, names.Length) is { } key ? key : names;
    }

    /// <summary>What the file says of one band in words (<see cref="IGeodata.About"/>).</summary>
    public static IReadOnlyList<(string Key, string Value)> About(RasterName name)
    {
        using DatasetHandle dataset = Datasets.Open(name.Dataset, GdalApi.OpenRaster, "raster");
        nint band = Band(name.Band is null ? name.OfBand(1) : name, dataset);
        var about = new List<(string, string)>
        {
            ("description", Description(band)), ("unit", GdalApi.Text(GdalApi.GDALGetRasterUnitType(band)) ?? ""),
        };
        foreach (nint owner in new[] { band, dataset.DangerousGetHandle() })
        {
            foreach (string item in StringList.Copy(GdalApi.GDALGetMetadata(owner, null)).Take(MostItems))
                if (item.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
                    about.Add((item[..equals].ToLowerInvariant(), item[(equals + 1)..Math.Min(item.Length, LongestItem)]));
            foreach (string item in new[] { "COMPRESSION", "COMPRESSION_REVERSIBILITY" })
                about.Add((item.ToLowerInvariant(),
                    GdalApi.Text(GdalApi.GDALGetMetadataItem(owner, item, "IMAGE_STRUCTURE")) ?? ""));
        }

        return [.. about.Where(a => a.Item2.Length > 0)];
    }

    /// <summary>Where the validity of a band's cells is kept beside the cells, if it is.</summary>
    /// <exception cref="LdnException">Exit 3: a mask that cannot be opened.</exception>
    public static BandMask? MaskOf(RasterName name, DatasetHandle dataset, nint band)
    {
        if (IsAlpha(band))
            return null;
        for (int i = 1; i <= GdalApi.GDALGetRasterCount(dataset); i++)
            if (GdalApi.GDALGetRasterBand(dataset, i) is var other && IsAlpha(other))
                return new BandMask(other, $"opacity (alpha), band {i}");
        const int ofDataSet = 2, noData = 8;
        using ErrorScope errors = ErrorScope.Open();
        int flags = Datasets.Unlisted(name.Dataset, () => GdalApi.GDALGetMaskFlags(band));
        // GDAL would go on without a mask that it cannot open, and take every cell for valid.
        bool beside = File.Exists(name.Dataset + ".msk");
        if (errors.Failed || (beside && (flags & ofDataSet) == 0))
            throw GdalFailure.Reading(
                name.Dataset + (beside ? ".msk" : ""), "the mask cannot be opened", errors,
                "get the file again; without the mask no cell is known to be valid");
        if ((flags & ofDataSet) == 0)
            return null;
        nint mask = GdalApi.GDALGetMaskBand(band);
        beside |= GdalApi.GDALGetBandDataset(mask) is not 0 and var own
            && GdalApi.Text(GdalApi.GDALGetDescription(own))?.EndsWith(".msk", StringComparison.Ordinal) == true;
        string place = (
            flags & noData) != 0 ? "cells whose bands all hold no data" : beside ? "beside the file (.msk)" : "inside the file";
        return new BandMask(mask, place);
    }

    private static bool IsAlpha(nint band) => GdalApi.GDALGetRasterColorInterpretation(band) == GdalApi.GciAlpha;

    private static string Described(string text) => text.Length == 0 ? "" : $" ({text})";

    /// <summary>
    /// A band's description, or the name by which its metadata call it, with its date where its file of several keeps one.
    /// </summary>
    private static string Description(nint band, DatasetHandle? ofSeveral = null)
    {
        if (ofSeveral is not null && TimeAxis.DateOf(ofSeveral, band) is { } date)
            return $"{Description(band)} {date}".TrimStart();
        string text = GdalApi.Text(GdalApi.GDALGetDescription(band)) ?? "";
        return text.Length > 0 ? text
            : GdalApi.Text(GdalApi.GDALGetMetadataItem(band, "long_name", null))
                ?? GdalApi.Text(GdalApi.GDALGetMetadataItem(band, "name", null)) ?? "";
    }

    /// <summary>The type of the cells, and GDAL's number for it.</summary>
    public static (CellType Type, int GdalType) CellTypeOf(RasterName name, nint band)
    {
        int type = GdalApi.GDALGetRasterDataType(band);
        bool signedByte = type == GdalApi.GdtByte
            && GdalApi.Text(GdalApi.GDALGetMetadataItem(band, "PIXELTYPE", "IMAGE_STRUCTURE")) == "SIGNEDBYTE";
        return (signedByte ? CellType.SByte : GdalTypes.FromGdal(type) ?? throw Fault.Cells.Error(
            $"{name}: cells of type {GdalApi.Text(GdalApi.GDALGetDataTypeName(type))} cannot be used",
            "convert it to a real type: gdal_translate -ot Float32"), type);
    }

    /// <summary>The declared no-data value, or null; of a Float32 band the nearest float, as its cells hold it.</summary>
    public static double? NoDataOf(nint band, int gdalType)
    {
        int declared;
        double value = gdalType switch
        {
            GdalApi.GdtInt64 => GdalApi.GDALGetRasterNoDataValueAsInt64(band, out declared),
            GdalApi.GdtUInt64 => GdalApi.GDALGetRasterNoDataValueAsUInt64(band, out declared),
            _ => GdalApi.GDALGetRasterNoDataValue(band, out declared),
        };
        if (declared == 0)
            return null;
        return gdalType == GdalApi.GdtFloat32 && float.IsFinite((float)value) ? (float)value : value;
    }

    public static (double Scale, double Offset) ScaleOf(RasterName name, nint band)
    {
        double scale = GdalApi.GDALGetRasterScale(band, out int hasScale);
        double offset = GdalApi.GDALGetRasterOffset(band, out int hasOffset);
        if (hasScale == 0)
            scale = 1;
        if (hasOffset == 0)
            offset = 0;
        if (!double.IsFinite(scale) || scale == 0 || !double.IsFinite(offset))
            throw Fault.Cells.Error(
                $"{name}: scale {scale} and offset {offset} give no values", "mend them with gdal_edit.py -scale -offset");
        return (scale, offset);
    }

    public static Grid GridOf(RasterName name, DatasetHandle dataset, List<string> remarks)
    {
        int width = GdalApi.GDALGetRasterXSize(dataset), height = GdalApi.GDALGetRasterYSize(dataset);
        double[] transform = new double[6];
        if (GdalApi.GDALGetGeoTransform(dataset, transform) != 0)
            throw Fault.Georeference.Error(
                $"{name.Dataset}: no georeference" + (GdalApi.GDALGetGCPCount(dataset) > 0 ? ", only ground control points" : ""),
                GdalApi.GDALGetGCPCount(dataset) > 0
                    ? "rectify it with gdalwarp"
                    : "set it with 'gdal_edit.py -a_ullr west north east south'");
        if (!Array.TrueForAll(transform, double.IsFinite) || transform[1] == 0 || transform[5] == 0)
            throw Fault.Georeference.Error(
                $"{name.Dataset}: cells of {transform[1]} × {transform[5]} at {transform[0]}, {transform[3]} are no grid",
                "set the georeference with 'gdal_edit.py -a_ullr west north east south'");
        if (Math.Abs(transform[2]) * height > ShearTolerance * Math.Abs(transform[1])
            || Math.Abs(transform[4]) * width > ShearTolerance * Math.Abs(transform[5]))
            throw Fault.Georeference.Error($"{name.Dataset}: the grid is rotated", "make it north-up with gdalwarp");
        if (transform[1] < 0)
            throw Fault.Georeference.Error($"{name.Dataset}: columns run from east to west", "turn it with gdalwarp");
        nint reference = GdalApi.GDALGetSpatialRef(dataset);
        bool degrees = reference == 0 && HasAxesOfDegrees(dataset);
        if (reference == 0 && !degrees)
            throw Fault.Georeference.Error(
                $"{name.Dataset}: no coordinate reference system", SpatialReferences.DeclareRaster(name.Dataset));
        Crs crs = degrees ? SpatialReferences.FromDefinition("EPSG:4326") : SpatialReferences.Read(name.Dataset, reference);
        // Ten turns round the Earth, or a hundred times its girth: beyond that the search for what grids share has no end.
        double farthest = crs.IsGeographic ? FarthestDegrees : FarthestMetres;
        double[] edges =
            [transform[0], transform[0] + (width * transform[1]), transform[3], transform[3] + (height * transform[5])];
        if (Array.Exists(edges, edge => !(Math.Abs(edge) <= farthest)))
            throw Fault.Georeference.Error(
                $"{name.Dataset}: from {edges[0]} to {edges[1]} and from {edges[2]} to {edges[3]} is no place on Earth",
                "set the georeference with 'gdal_edit.py -a_ullr west north east south', and the system of its coordinates with "
                    + "-a_srs");
        var grid = new Grid(width, height, transform[0], transform[3], transform[1], transform[5], crs);
        if (degrees)
            remarks.Add(
                $"{name}: no coordinate reference system; its axes are degrees of longitude and latitude, taken as WGS 84");
        return crs.IsGeographic ? OneTurn(name, Earthly(name, grid), remarks) : grid;
    }

    /// <summary>Whether the file says of both axes that they are degrees, as CF data without a grid mapping do.</summary>
    private static bool HasAxesOfDegrees(DatasetHandle dataset)
    {
        List<string> items = StringList.Copy(GdalApi.GDALGetMetadata(dataset.Pointer, null));
        GC.KeepAlive(dataset);
        bool Has(string direction) => items.Exists(item =>
            item.Split('=', 2) is [var key, var unit] && key.EndsWith("#units", StringComparison.Ordinal)
            && unit.Replace("degrees", "degree", StringComparison.OrdinalIgnoreCase).Replace("_", "", StringComparison.Ordinal)
                .Equals("degree" + direction, StringComparison.OrdinalIgnoreCase));
        return (Has("north") || Has("N")) && (Has("east") || Has("E"));
    }

    /// <summary>
    /// The grid, where its latitudes and longitudes are some; half a cell beyond a pole, as of global grids by points, is well.
    /// </summary>
    /// <exception cref="LdnException">Exit 3: metres called degrees, exchanged axes, cells of hundreds of degrees.</exception>
    private static Grid Earthly(RasterName name, Grid grid)
    {
        double first = grid.OriginY, last = grid.OriginY + (grid.Height * grid.CellHeight), cell = Math.Abs(grid.CellHeight);
        double south = Math.Min(first, last), north = Math.Max(first, last), west = grid.OriginX,
        east = west + (grid.Width * grid.CellWidth);
        const double pole = 90, farthest = 720;
        if (
            south >= -pole - Math.Min(cell, pole) && north <= pole + Math.Min(cell, pole) && west >= -farthest
                && east <= farthest && grid.CellWidth <= 360)
            return grid;
        string extent = string.Create(CultureInfo.InvariantCulture, $"x {west:G9} to {east:G9}, y {south:G9} to {north:G9}");
        bool exchanged = Math.Abs(west) <= pole && Math.Abs(east) <= pole && Math.Abs(south) <= 360 && Math.Abs(north) <= 360;
        throw Fault.Georeference.Error(
            $"{name.Dataset}: the grid is not on Earth: called degrees ({grid.Crs.Name}), it reaches from {extent}",
            exchanged ? "latitude and longitude seem exchanged: set the corners with 'gdal_edit.py -a_ullr west north east south'"
                : "declare the system its coordinates are in, such as with 'gdal_edit.py -a_srs EPSG:32648'; to change "
                    + "coordinates use gdalwarp -t_srs");
    }

    /// <summary>
    /// More than once round the Earth the same meridians come again: they are left out, so that they count once.
    /// </summary>
    private static Grid OneTurn(RasterName name, Grid grid, List<string> remarks)
    {
        double turn = 360 / grid.CellWidth;
        if (grid.Width < turn + 0.5)
            return grid;
        int once = (int)Math.Round(turn);
        remarks.Add(
            $"{name}: {grid.Width} columns go more than once round the Earth; the last {grid.Width - once} repeat the first and "
                + "are left out");
        return grid with { Width = once };
    }

    /// <summary>
    /// Refuses blocks that take a flood of memory to read a few cells: tiles far larger than the raster, and tiles that hold a
    /// multitude of bands cell by cell, of which GDAL decodes all for the sake of one.
    /// </summary>
    public static void CheckBlocks(RasterName name, DatasetHandle dataset, Grid grid, int width, int height, int cellSize)
    {
        long cells = (long)width * height, bands = GdalApi.GDALGetRasterCount(dataset);
        if (cells * cellSize > LargestIdleBlock && cells / 4 > (long)grid.Width * grid.Height)
            throw Fault.Cells.Error(
                $"{name}: blocks of {width} × {height} cells for a raster of {grid.Width} × {grid.Height}",
                "rewrite it: gdal_translate -co TILED=YES");
        bool together = GdalApi.Text(GdalApi.GDALGetMetadataItem(dataset.Pointer, "INTERLEAVE", "IMAGE_STRUCTURE")) == "PIXEL";
        if (together && bands > 1 && (double)cells * cellSize * bands > LargestInterleavedBlock)
        {
            throw Fault.Cells.Error(
                $"{name}: each block of {width} × {height} cells holds {bands} bands together, more than can be read for one of "
                    + "them",
                "put the bands one after the other: gdal_translate -co INTERLEAVE=BAND -co TILED=YES");
        }
    }

    private static string SubdatasetRemedy(DatasetHandle dataset)
    {
        string[] names = FileParts.SetsOf(dataset);
        // Of a table in PostGIS every row is a raster of its own, unless all are taken as one.
        if (names.Length > 0 && names[0].StartsWith("PG:", StringComparison.Ordinal))
        {
            if (names[0].Contains(" where=", StringComparison.Ordinal))
                return "take all rows of the table as one raster: add mode=2 to the name";
            names = [.. names.Select(name => name + " mode=2")];
        }

        return names.Length == 0
            ? "check that it is a raster"
            : $"name one of its parts: {string.Join(", ", names.Take(ListedSubdatasets).Select(DataSetName.Quoted))}"
              + (names.Length > ListedSubdatasets ? $" and {names.Length - ListedSubdatasets} more (see gdalinfo)" : "");
    }
}

/// <summary>A band of GDAL's whose zeros mean that the cells of another have no data, and where it is kept.</summary>
internal readonly record struct BandMask(nint Band, string Place);
