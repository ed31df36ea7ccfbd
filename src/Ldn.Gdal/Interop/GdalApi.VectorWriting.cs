using System.Runtime.InteropServices;

namespace Ldn.Gdal.Interop;

/// <summary>Overviews of bands, and the writing of vector layers.</summary>
internal static unsafe partial class GdalApi
{
    [LibraryImport(Library)]
    public static partial int GDALGetOverviewCount(nint band);

    [LibraryImport(Library)]
    public static partial int GDALGetRasterBandXSize(nint band);

    [LibraryImport(Library)]
    public static partial int GDALGetRasterBandYSize(nint band);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint GDALDatasetCreateLayer(
        DatasetHandle dataset, string name, SpatialReferenceHandle reference, int geometryType, byte** options);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint GDALDatasetExecuteSQL(
        DatasetHandle dataset, string statement, nint spatialFilter, string? dialect);

    [LibraryImport(Library)]
    public static partial void GDALDatasetReleaseResultSet(DatasetHandle dataset, nint layer);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint OGR_Fld_Create(string name, int type);

    [LibraryImport(Library)]
    public static partial void OGR_Fld_Destroy(nint field);

    [LibraryImport(Library)]
    public static partial int OGR_L_CreateField(nint layer, nint field, int approximate);

    [LibraryImport(Library)]
    public static partial int OGR_L_StartTransaction(nint layer);

    [LibraryImport(Library)]
    public static partial int OGR_L_CommitTransaction(nint layer);

    [LibraryImport(Library)]
    public static partial int OGR_L_CreateFeature(nint layer, FeatureHandle feature);

    [LibraryImport(Library)]
    public static partial FeatureHandle OGR_F_Create(nint definition);

    [LibraryImport(Library)]
    public static partial void OGR_F_SetFieldNull(FeatureHandle feature, int index);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void OGR_F_SetFieldString(FeatureHandle feature, int index, string value);

    [LibraryImport(Library)]
    public static partial void OGR_F_SetFieldInteger64(FeatureHandle feature, int index, long value);

    [LibraryImport(Library)]
    public static partial void OGR_F_SetFieldDouble(FeatureHandle feature, int index, double value);

    /// <summary>The feature takes the geometry over.</summary>
    [LibraryImport(Library)]
    public static partial int OGR_F_SetGeometryDirectly(FeatureHandle feature, nint geometry);

    [LibraryImport(Library)]
    public static partial int OGR_G_CreateFromWkb(ReadOnlySpan<byte> bytes, nint reference, out nint geometry, int size);
}
