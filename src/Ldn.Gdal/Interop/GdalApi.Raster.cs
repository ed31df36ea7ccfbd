using System.Runtime.InteropServices;

namespace Ldn.Gdal.Interop;

/// <summary>Datasets and raster bands.</summary>
internal static unsafe partial class GdalApi
{
    public const int GdtByte = 1;
    public const int GdtUInt16 = 2;
    public const int GdtInt16 = 3;
    public const int GdtUInt32 = 4;
    public const int GdtInt32 = 5;
    public const int GdtFloat32 = 6;
    public const int GdtFloat64 = 7;
    public const int GdtUInt64 = 12;
    public const int GdtInt64 = 13;

    /// <summary>Since GDAL 3.7; before, a Byte band with PIXELTYPE=SIGNEDBYTE.</summary>
    public const int GdtInt8 = 14;

    /// <summary>GCI_AlphaBand.</summary>
    public const int GciAlpha = 6;

    /// <summary>GF_Write of GDALRasterIO.</summary>
    public const int GfWrite = 1;

    /// <summary>GF_Read of GDALRasterIO.</summary>
    public const int GfRead = 0;

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial DatasetHandle GDALOpenEx(string name, uint flags, byte** drivers, byte** options, byte** siblings);

    [LibraryImport(Library)]
    public static partial void GDALClose(nint dataset);

    [LibraryImport(Library)]
    public static partial void GDALFlushCache(DatasetHandle dataset);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial DatasetHandle GDALCreate(
        nint driver, string name, int width, int height, int bands, int type, byte** options);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial DatasetHandle GDALCreateCopy(
        nint driver, string name, DatasetHandle source, int strict, byte** options, nint progress, nint progressData);

    /// <summary>Names of the files of a dataset; the caller frees the list with <see cref="CSLDestroy"/>.</summary>
    [LibraryImport(Library)]
    public static partial byte** GDALGetFileList(DatasetHandle dataset);

    [LibraryImport(Library)]
    public static partial nint GDALGetDatasetDriver(DatasetHandle dataset);

    [LibraryImport(Library)]
    public static partial int GDALGetRasterXSize(DatasetHandle dataset);

    [LibraryImport(Library)]
    public static partial int GDALGetRasterYSize(DatasetHandle dataset);

    [LibraryImport(Library)]
    public static partial int GDALGetRasterCount(DatasetHandle dataset);

    [LibraryImport(Library)]
    public static partial nint GDALGetRasterBand(DatasetHandle dataset, int band);

    /// <summary>The data set of a band, borrowed; 0 where there is none.</summary>
    [LibraryImport(Library)]
    public static partial nint GDALGetBandDataset(nint band);

    [LibraryImport(Library)]
    public static partial int GDALGetGeoTransform(DatasetHandle dataset, Span<double> transform);

    [LibraryImport(Library)]
    public static partial int GDALSetGeoTransform(DatasetHandle dataset, Span<double> transform);

    /// <summary>Borrowed from the dataset; 0 where there is none.</summary>
    [LibraryImport(Library)]
    public static partial nint GDALGetSpatialRef(DatasetHandle dataset);

    [LibraryImport(Library)]
    public static partial int GDALSetSpatialRef(DatasetHandle dataset, SpatialReferenceHandle reference);

    [LibraryImport(Library)]
    public static partial int GDALGetGCPCount(DatasetHandle dataset);

    [LibraryImport(Library)]
    public static partial int GDALGetRasterDataType(nint band);

    [LibraryImport(Library)]
    public static partial nint GDALGetDataTypeName(int type);

    [LibraryImport(Library)]
    public static partial void GDALGetBlockSize(nint band, out int width, out int height);

    [LibraryImport(Library)]
    public static partial double GDALGetRasterNoDataValue(nint band, out int success);

    [LibraryImport(Library)]
    public static partial long GDALGetRasterNoDataValueAsInt64(nint band, out int success);

    [LibraryImport(Library)]
    public static partial ulong GDALGetRasterNoDataValueAsUInt64(nint band, out int success);

    [LibraryImport(Library)]
    public static partial int GDALSetRasterNoDataValue(nint band, double value);

    [LibraryImport(Library)]
    public static partial int GDALSetRasterStatistics(nint band, double minimum, double maximum, double mean, double deviation);

    /// <summary>Fails where every cell is without data. What it finds is kept with the band.</summary>
    [LibraryImport(Library)]
    public static partial int GDALComputeRasterStatistics(
        nint band, int approximate, out double minimum, out double maximum, out double mean, out double deviation, nint progress,
        nint progressData);

    [LibraryImport(Library)]
    public static partial int GDALSetRasterNoDataValueAsInt64(nint band, long value);

    [LibraryImport(Library)]
    public static partial int GDALSetRasterNoDataValueAsUInt64(nint band, ulong value);

    [LibraryImport(Library)]
    public static partial double GDALGetRasterScale(nint band, out int success);

    [LibraryImport(Library)]
    public static partial double GDALGetRasterOffset(nint band, out int success);

    [LibraryImport(Library)]
    public static partial int GDALReadBlock(nint band, int blockColumn, int blockRow, Span<byte> destination);

    [LibraryImport(Library)]
    public static partial int GDALWriteBlock(nint band, int blockColumn, int blockRow, ReadOnlySpan<byte> source);

    [LibraryImport(Library)]
    public static partial int GDALRasterIOEx(
        nint band, int write, int column, int row, int width, int height,
        ReadOnlySpan<byte> buffer, int bufferWidth, int bufferHeight, int bufferType, long pixelSpace, long lineSpace,
        nint extra);

    /// <summary>For reading.</summary>
    [LibraryImport(Library)]
    public static partial int GDALRasterIOEx(
        nint band, int write, int column, int row, int width, int height,
        Span<byte> buffer, int bufferWidth, int bufferHeight, int bufferType, long pixelSpace, long lineSpace, nint extra);

    /// <summary>The sum of GMF_ALL_VALID 1, GMF_PER_DATASET 2, GMF_ALPHA 4 and GMF_NODATA 8 as they hold.</summary>
    [LibraryImport(Library)]
    public static partial int GDALGetMaskFlags(nint band);

    [LibraryImport(Library)]
    public static partial nint GDALGetMaskBand(nint band);

    [LibraryImport(Library)]
    public static partial int GDALGetRasterColorInterpretation(nint band);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GDALBuildOverviews(
        DatasetHandle dataset, string resampling, int levelCount, ReadOnlySpan<int> levels, int bandCount,
        ReadOnlySpan<int> bands, nint progress, nint data);

    [LibraryImport(Library)]
    public static partial nint GDALGetOverview(nint band, int level);

    [LibraryImport(Library)]
    public static partial int GDALSetRasterCategoryNames(nint band, byte** names);

    [LibraryImport(Library)]
    public static partial nint GDALCreateColorTable(int interpretation);

    [LibraryImport(Library)]
    public static partial void GDALDestroyColorTable(nint table);

    [LibraryImport(Library)]
    public static partial void GDALSetColorEntry(nint table, int index, in ColorEntry entry);

    [LibraryImport(Library)]
    public static partial int GDALSetRasterColorTable(nint band, nint table);

    /// <summary>GDALColorEntry: red, green, blue, alpha, each 0…255.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public readonly record struct ColorEntry(short Red, short Green, short Blue, short Alpha);
}
