using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>
/// Between GDAL's spatial references and <see cref="Crs"/>. Coordinates are x, y (easting or longitude first) everywhere.
/// </summary>
internal static class SpatialReferences
{
    private const double Degree = Math.PI / 180;

    /// <summary>
    /// The CRS of a raster or layer; <paramref name="borrowed"/> is GDAL's own pointer, 0 where the input has none.
    /// </summary>
    /// <exception cref="LdnException">Exit 3: none, local, geocentric, rotated pole, or angles in another unit than
    /// degrees.</exception>
    public static Crs Read(string name, nint borrowed)
    {
        if (borrowed == 0)
            throw Fault.Georeference.Error(
                $"{name}: no coordinate reference system",
                "declare the one it is in, such as 'ogr2ogr -a_srs EPSG:4326' for a vector file; for a raster "
                    + $"{DeclareRaster(name)}");
        using SpatialReferenceHandle reference = GdalApi.OSRClone(borrowed);
        GdalApi.OSRSetAxisMappingStrategy(reference, GdalApi.TraditionalGisOrder);
        Flatten(reference);

        const string remedy = "reproject it, such as with 'gdalwarp -t_srs EPSG:4326' or 'ogr2ogr -t_srs EPSG:4326'";
        bool geographic = GdalApi.OSRIsGeographic(reference) != 0;
        if (!geographic && GdalApi.OSRIsProjected(reference) == 0)
            throw Fault.Georeference.Error(
                $"{name}: the coordinate reference system '{NameOf(reference)}' is neither geographic nor projected, so it has "
                    + "no place on Earth",
                "declare the system the coordinates are really in, such as with 'gdal_edit.py -a_srs' or 'ogr2ogr -a_srs'");
        if (geographic && GdalApi.OSRIsDerivedGeographic(reference) != 0)
            throw Fault.Georeference.Error(
                $"{name}: the coordinate reference system '{NameOf(reference)}' has a rotated pole", remedy);
        if (geographic && !InDegrees(reference))
            throw Fault.Georeference.Error(
                $"{name}: the coordinate reference system '{NameOf(reference)}' is not in degrees", remedy);
        return Describe(name, reference);
    }

    /// <summary>How a raster gets a system without its file being touched.</summary>
    public static string DeclareRaster(string name) =>
        "declare the one it is in beside the file, such as with 'gdal_translate -of VRT -a_srs EPSG:4326 "
            + $"{Path.GetFileName(name)} declared.vrt'";

    /// <summary>The native form of a CRS; the caller disposes it.</summary>
    public static SpatialReferenceHandle Open(Crs crs)
    {
        using ErrorScope errors = ErrorScope.Open();
        SpatialReferenceHandle reference = GdalApi.OSRNewSpatialReference(crs.Wkt);
        if (reference.IsInvalid)
        {
            reference.Dispose();
            throw GdalFailure.Reading(crs.Name, "GDAL does not understand this coordinate reference system", errors);
        }

        GdalApi.OSRSetAxisMappingStrategy(reference, GdalApi.TraditionalGisOrder);
        return reference;
    }

    /// <summary>From a name such as EPSG:4326, WKT or a PROJ string.</summary>
    /// <exception cref="LdnException">Exit 2: not understood.</exception>
    public static Crs FromDefinition(string definition)
    {
        using ErrorScope errors = ErrorScope.Open();
        using SpatialReferenceHandle reference = GdalApi.OSRNewSpatialReference(null);
        if (GdalApi.OSRSetFromUserInput(reference, definition) != 0)
            throw Fault.CrsName.Error(
                $"coordinate reference system '{definition}' is not understood: {GdalFailure.Cause(errors)}",
                "give an EPSG code such as EPSG:4326, WKT or a PROJ string");
        return Read(definition, reference.Pointer);
    }

    /// <summary>See <see cref="IGeodata.GeographicOf"/>.</summary>
    public static Crs GeographicOf(Crs crs)
    {
        using SpatialReferenceHandle reference = Open(crs);
        using SpatialReferenceHandle geographic = GdalApi.OSRCloneGeogCS(reference);
        if (geographic.IsInvalid)
            throw Fault.Georeference.Error($"'{crs.Name}' has no geographic coordinate reference system beneath it");
        GdalApi.OSRSetAxisMappingStrategy(geographic, GdalApi.TraditionalGisOrder);
        // The base of a projected system may be in grads (French NTF): same datum, other unit.
        if (!InDegrees(geographic))
            GdalApi.OSRSetAngularUnits(geographic, "degree", Degree);
        return Describe(crs.Name, geographic);
    }

    /// <summary>The name of the datum, empty where there is none.</summary>
    public static string DatumName(SpatialReferenceHandle reference) =>
        GdalApi.Text(GdalApi.OSRGetAttrValue(reference, "DATUM", 0)) ?? "";

    private static unsafe Crs Describe(string name, SpatialReferenceHandle reference)
    {
        using ErrorScope errors = ErrorScope.Open();
        using StringList options = new("FORMAT=WKT2_2019", "MULTILINE=NO");
        int failed = GdalApi.OSRExportToWktEx(reference, out nint wkt, options.Pointer);
        string? text = GdalApi.Text(wkt);
        GdalApi.VSIFree(wkt);
        if (failed != 0 || string.IsNullOrEmpty(text))
            throw GdalFailure.Reading(name, "its coordinate reference system cannot be described", errors);
        double major = GdalApi.OSRGetSemiMajor(reference, out int noMajor);
        double minor = GdalApi.OSRGetSemiMinor(reference, out int noMinor);
        if (noMajor != 0 || noMinor != 0 || !(major > 0) || !(minor > 0))
            throw Fault.Georeference.Error($"{name}: the coordinate reference system '{NameOf(reference)}' has no ellipsoid");
        return new Crs(text, NameOf(reference), GdalApi.OSRIsGeographic(reference) != 0, major, minor);
    }

    /// <summary>Leaves the horizontal part of a system with heights.</summary>
    private static void Flatten(SpatialReferenceHandle reference)
    {
        if (GdalApi.OSRIsCompound(reference) != 0)
            GdalApi.OSRStripVertical(reference);
        GdalApi.OSRDemoteTo2D(reference, null);
    }

    private static bool InDegrees(SpatialReferenceHandle reference) =>
        Math.Abs((GdalApi.OSRGetAngularUnits(reference, out _) / Degree) - 1) < 1e-9;

    private static string NameOf(SpatialReferenceHandle reference) => GdalApi.Text(GdalApi.OSRGetName(reference)) ?? "unnamed";
}
