using System.Runtime.InteropServices;

namespace Ldn.Gdal.Interop;

/// <summary>Spatial references and coordinate transformations (OSR, OCT).</summary>
internal static unsafe partial class GdalApi
{
    /// <summary>x is easting or longitude whatever the authority says.</summary>
    public const int TraditionalGisOrder = 0;

    [LibraryImport(Library)]
    public static partial void OSRSetPROJEnableNetwork(int enabled);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial SpatialReferenceHandle OSRNewSpatialReference(string? wkt);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OSRSetFromUserInput(SpatialReferenceHandle reference, string definition);

    [LibraryImport(Library)]
    public static partial SpatialReferenceHandle OSRClone(nint reference);

    [LibraryImport(Library)]
    public static partial SpatialReferenceHandle OSRCloneGeogCS(SpatialReferenceHandle reference);

    [LibraryImport(Library)]
    public static partial void OSRRelease(nint reference);

    [LibraryImport(Library)]
    public static partial void OSRSetAxisMappingStrategy(SpatialReferenceHandle reference, int strategy);

    /// <summary>Borrowed array of <paramref name="count"/> axis numbers from 1, negative where an axis is inverted.</summary>
    [LibraryImport(Library)]
    public static partial int* OSRGetDataAxisToSRSAxisMapping(nint reference, out int count);

    [LibraryImport(Library)]
    public static partial int OSRExportToWktEx(SpatialReferenceHandle reference, out nint wkt, byte** options);

    [LibraryImport(Library)]
    public static partial nint OSRGetName(SpatialReferenceHandle reference);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint OSRGetAttrValue(SpatialReferenceHandle reference, string node, int child);

    [LibraryImport(Library)]
    public static partial int OSRIsGeographic(SpatialReferenceHandle reference);

    [LibraryImport(Library)]
    public static partial int OSRIsDerivedGeographic(SpatialReferenceHandle reference);

    [LibraryImport(Library)]
    public static partial int OSRIsProjected(SpatialReferenceHandle reference);

    [LibraryImport(Library)]
    public static partial int OSRIsCompound(SpatialReferenceHandle reference);

    [LibraryImport(Library)]
    public static partial int OSRStripVertical(SpatialReferenceHandle reference);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OSRDemoteTo2D(SpatialReferenceHandle reference, string? name);

    [LibraryImport(Library)]
    public static partial double OSRGetAngularUnits(SpatialReferenceHandle reference, out nint name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OSRSetAngularUnits(SpatialReferenceHandle reference, string name, double inRadians);

    [LibraryImport(Library)]
    public static partial double OSRGetSemiMajor(SpatialReferenceHandle reference, out int error);

    [LibraryImport(Library)]
    public static partial double OSRGetSemiMinor(SpatialReferenceHandle reference, out int error);

    [LibraryImport(Library)]
    public static partial int OSRIsSameEx(SpatialReferenceHandle left, SpatialReferenceHandle right, byte** options);

    [LibraryImport(Library)]
    public static partial void OSRGetPROJVersion(out int major, out int minor, out int patch);

    [LibraryImport(Library)]
    public static partial void OSRSetPROJSearchPaths(byte** paths);

    [LibraryImport(Library)]
    public static partial TransformationHandle OCTNewCoordinateTransformation(
        SpatialReferenceHandle from, SpatialReferenceHandle to);

    [LibraryImport(Library)]
    public static partial void OCTDestroyCoordinateTransformation(nint transformation);

    [LibraryImport(Library)]
    public static partial int OCTTransformEx(
        TransformationHandle transformation, int count, Span<double> x, Span<double> y, double* z, Span<int> success);
}
