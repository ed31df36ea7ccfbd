using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>
/// What a raster says about itself, checked. Every method throws an <see cref="LdnException"/> of exit 3 where the raster cannot be used.
/// </summary>
internal static unsafe class RasterHeader
{
    /// <summary>Shear below this part of a cell over the whole raster is rounding noise, not rotation.</summary>
    private const double ShearTolerance = 1e-6;

    private const int ListedSubdatasets = 5;

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
            throw Fault.Cells.Error($"{name.Full}: no band {name.Band}", bands == 1 ? "it has one band" : $"it has bands 1 to {bands}");
        return GdalApi.GDALGetRasterBand(dataset, name.Band);
    }

    /// <summary>The type of the cells, and GDAL's number for it.</summary>
    public static (CellType Type, int GdalType) CellTypeOf(RasterName name, nint band)
    {
        int type = GdalApi.GDALGetRasterDataType(band);
        bool signedByte = type == GdalApi.GdtByte
            && GdalApi.Text(GdalApi.GDALGetMetadataItem(band, "PIXELTYPE", "IMAGE_STRUCTURE")) == "SIGNEDBYTE";
        return (signedByte ? CellType.SByte : GdalTypes.FromGdal(type) ?? throw Fault.Cells.Error(
            $"{name.Full}: cells of type {GdalApi.Text(GdalApi.GDALGetDataTypeName(type))} cannot be used",
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
            throw Fault.Cells.Error($"{name.Full}: scale {scale} and offset {offset} give no values", "mend them with gdal_edit.py -scale -offset");
        return (scale, offset);
    }

    public static Grid GridOf(RasterName name, DatasetHandle dataset)
    {
        int width = GdalApi.GDALGetRasterXSize(dataset), height = GdalApi.GDALGetRasterYSize(dataset);
        double[] transform = new double[6];
        if (GdalApi.GDALGetGeoTransform(dataset, transform) != 0)
            throw Fault.Georeference.Error(
                $"{name.Dataset}: no georeference" + (GdalApi.GDALGetGCPCount(dataset) > 0 ? ", only ground control points" : ""),
                GdalApi.GDALGetGCPCount(dataset) > 0 ? "rectify it with gdalwarp" : "set it with 'gdal_edit.py -a_ullr west north east south'");
        if (!Array.TrueForAll(transform, double.IsFinite) || transform[1] == 0 || transform[5] == 0)
            throw Fault.Georeference.Error(
                $"{name.Dataset}: cells of {transform[1]} × {transform[5]} at {transform[0]}, {transform[3]} are no grid",
                "set the georeference with 'gdal_edit.py -a_ullr west north east south'");
        if (Math.Abs(transform[2]) * height > ShearTolerance * Math.Abs(transform[1])
            || Math.Abs(transform[4]) * width > ShearTolerance * Math.Abs(transform[5]))
            throw Fault.Georeference.Error($"{name.Dataset}: the grid is rotated", "make it north-up with gdalwarp");
        if (transform[1] < 0)
            throw Fault.Georeference.Error($"{name.Dataset}: columns run from east to west", "turn it with gdalwarp");
        Crs crs = SpatialReferences.Read(name.Dataset, GdalApi.GDALGetSpatialRef(dataset));
        return new Grid(width, height, transform[0], transform[3], transform[1], transform[5], crs);
    }

    /// <summary>
    /// Refuses blocks that take a flood of memory to read a few cells: tiles far larger than the raster, and tiles that hold a multitude of bands cell by
    /// cell, of which GDAL decodes all for the sake of one.
    /// </summary>
    public static void CheckBlocks(RasterName name, DatasetHandle dataset, Grid grid, int width, int height, int cellSize)
    {
        long cells = (long)width * height, bands = GdalApi.GDALGetRasterCount(dataset);
        if (cells * cellSize > LargestIdleBlock && cells / 4 > (long)grid.Width * grid.Height)
            throw Fault.Cells.Error($"{name.Full}: blocks of {width} × {height} cells for a raster of {grid.Width} × {grid.Height}", "rewrite it: gdal_translate -co TILED=YES");
        bool together = GdalApi.Text(GdalApi.GDALGetMetadataItem(dataset.Pointer, "INTERLEAVE", "IMAGE_STRUCTURE")) == "PIXEL";
        if (together && bands > 1 && (double)cells * cellSize * bands > LargestInterleavedBlock)
        {
            throw Fault.Cells.Error(
                $"{name.Full}: each block of {width} × {height} cells holds {bands} bands together, more than can be read for one of them",
                "put the bands one after the other: gdal_translate -co INTERLEAVE=BAND -co TILED=YES");
        }
    }

    private static string SubdatasetRemedy(DatasetHandle dataset)
    {
        string[] names = [.. StringList.Copy(GdalApi.GDALGetMetadata(dataset.Pointer, "SUBDATASETS"))
            .Where(item => item.Contains("_NAME=", StringComparison.Ordinal))
            .Select(item => item[(item.IndexOf('=', StringComparison.Ordinal) + 1)..])];
        GC.KeepAlive(dataset);
        return names.Length == 0
            ? "check that it is a raster"
            : $"name one of its parts: {string.Join(", ", names.Take(ListedSubdatasets))}"
              + (names.Length > ListedSubdatasets ? $" and {names.Length - ListedSubdatasets} more (see gdalinfo)" : "");
    }
}
