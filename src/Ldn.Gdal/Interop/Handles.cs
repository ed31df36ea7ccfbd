using System.Runtime.InteropServices;

namespace Ldn.Gdal.Interop;

/// <summary>An object of GDAL's that we own: released once, also when its owner is forgotten.</summary>
internal abstract class GdalHandle : SafeHandle
{
    protected GdalHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The raw pointer; the caller keeps this object alive while it uses it.</summary>
    public nint Pointer => handle;
}

/// <summary>GDALDatasetH: closing also writes what is still buffered.</summary>
internal sealed class DatasetHandle : GdalHandle
{
    protected override bool ReleaseHandle()
    {
        GdalApi.GDALClose(handle);
        return true;
    }
}

/// <summary>OGRSpatialReferenceH, counted by reference.</summary>
internal sealed class SpatialReferenceHandle : GdalHandle
{
    protected override bool ReleaseHandle()
    {
        GdalApi.OSRRelease(handle);
        return true;
    }
}

/// <summary>OGRCoordinateTransformationH.</summary>
internal sealed class TransformationHandle : GdalHandle
{
    protected override bool ReleaseHandle()
    {
        GdalApi.OCTDestroyCoordinateTransformation(handle);
        return true;
    }
}

/// <summary>OGRFeatureH as given by a layer's cursor.</summary>
internal sealed class FeatureHandle : GdalHandle
{
    protected override bool ReleaseHandle()
    {
        GdalApi.OGR_F_Destroy(handle);
        return true;
    }
}

/// <summary>OGRGeometryH made for us, as by linearising.</summary>
internal sealed class GeometryHandle : GdalHandle
{
    protected override bool ReleaseHandle()
    {
        GdalApi.OGR_G_DestroyGeometry(handle);
        return true;
    }
}
