using System.Runtime.InteropServices;

namespace Ldn.Gdal.Interop;

/// <summary>Vector layers, features and geometries (OGR).</summary>
internal static unsafe partial class GdalApi
{
    [LibraryImport(Library)]
    public static partial int GDALDatasetGetLayerCount(DatasetHandle dataset);

    [LibraryImport(Library)]
    public static partial nint GDALDatasetGetLayer(DatasetHandle dataset, int index);

    [LibraryImport(Library)]
    public static partial nint OGR_L_GetName(nint layer);

    /// <summary>Borrowed from the layer; 0 where there is none.</summary>
    [LibraryImport(Library)]
    public static partial nint OGR_L_GetSpatialRef(nint layer);

    [LibraryImport(Library)]
    public static partial nint OGR_L_GetLayerDefn(nint layer);

    [LibraryImport(Library)]
    public static partial void OGR_L_ResetReading(nint layer);

    [LibraryImport(Library)]
    public static partial FeatureHandle OGR_L_GetNextFeature(nint layer);

    [LibraryImport(Library)]
    public static partial void OGR_F_Destroy(nint feature);

    [LibraryImport(Library)]
    public static partial int OGR_FD_GetFieldCount(nint definition);

    [LibraryImport(Library)]
    public static partial nint OGR_FD_GetFieldDefn(nint definition, int index);

    [LibraryImport(Library)]
    public static partial nint OGR_Fld_GetNameRef(nint field);

    [LibraryImport(Library)]
    public static partial int OGR_Fld_GetType(nint field);

    [LibraryImport(Library)]
    public static partial int OGR_Fld_GetSubType(nint field);

    [LibraryImport(Library)]
    public static partial int OGR_Fld_GetWidth(nint field);

    [LibraryImport(Library)]
    public static partial double OGR_F_GetFieldAsDouble(FeatureHandle feature, int index);

    [LibraryImport(Library)]
    public static partial int OGR_F_IsFieldSetAndNotNull(FeatureHandle feature, int index);

    [LibraryImport(Library)]
    public static partial nint OGR_F_GetFieldAsString(FeatureHandle feature, int index);

    /// <summary>Borrowed from the feature; 0 where there is none.</summary>
    [LibraryImport(Library)]
    public static partial nint OGR_F_GetGeometryRef(FeatureHandle feature);

    [LibraryImport(Library)]
    public static partial int OGR_G_GetGeometryType(nint geometry);

    [LibraryImport(Library)]
    public static partial int OGR_GT_Flatten(int type);

    [LibraryImport(Library)]
    public static partial int OGR_G_IsEmpty(nint geometry);

    [LibraryImport(Library)]
    public static partial nint OGR_G_GetGeometryName(nint geometry);

    [LibraryImport(Library)]
    public static partial int OGR_G_HasCurveGeometry(nint geometry, int lookForNonLinear);

    [LibraryImport(Library)]
    public static partial GeometryHandle OGR_G_GetLinearGeometry(nint geometry, double maxAngle, byte** options);

    /// <summary>Everything within a distance, in the geometry's units; 0 on failure, or where GDAL has no GEOS.</summary>
    [LibraryImport(Library)]
    public static partial GeometryHandle OGR_G_Buffer(nint geometry, double distance, int quarterSegments);

    /// <summary>0 where GDAL has no GEOS.</summary>
    [LibraryImport(Library)]
    public static partial int OGRGetGEOSVersion(out int major, out int minor, out int micro);

    /// <summary>Whether GEOS calls it valid; what it finds wrong is a warning.</summary>
    [LibraryImport(Library)]
    public static partial int OGR_G_IsValid(nint geometry);

    /// <summary>A valid geometry of the same vertices, of whatever type comes out; 0 on failure.</summary>
    [LibraryImport(Library)]
    public static partial GeometryHandle OGR_G_MakeValid(nint geometry);

    [LibraryImport(Library)]
    public static partial void OGR_G_DestroyGeometry(nint geometry);

    [LibraryImport(Library)]
    public static partial int OGR_G_GetGeometryCount(nint geometry);

    [LibraryImport(Library)]
    public static partial nint OGR_G_GetGeometryRef(nint geometry, int index);

    [LibraryImport(Library)]
    public static partial int OGR_G_GetPointCount(nint geometry);

    /// <summary>Fills x and y with strides in bytes; returns the number of points.</summary>
    [LibraryImport(Library)]
    public static partial int OGR_G_GetPoints(
        nint geometry, double* x, int xStride, double* y, int yStride, double* z, int zStride);
}

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
