using System.Runtime.InteropServices;
using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>Reads polygon layers of any vector format of GDAL's. See <see cref="IGeodata.ReadPolygons"/>.</summary>
internal static unsafe class VectorFile
{
    public static VectorLayer Read(string name, string? layerName) => Datasets.Twice(name, () => ReadOnce(name, layerName));

    private static VectorLayer ReadOnce(string name, string? layerName)
    {
        using ErrorScope errors = ErrorScope.Open();
        using DatasetHandle dataset = Datasets.Open(name, GdalApi.OpenVector, "vector file");
        nint layer = FindLayer(name, layerName, dataset);
        nint definition = GdalApi.OGR_L_GetLayerDefn(layer);
        string[] fields = new string[GdalApi.OGR_FD_GetFieldCount(definition)];
        for (int i = 0; i < fields.Length; i++)
            fields[i] = GdalApi.Text(GdalApi.OGR_Fld_GetNameRef(GdalApi.OGR_FD_GetFieldDefn(definition, i))) ?? "";

        nint reference = GdalApi.OGR_L_GetSpatialRef(layer);
        Crs crs = SpatialReferences.Read(name, reference);
        bool swapped = IsSwapped(reference);
        List<VectorFeature> features = [];
        GdalApi.OGR_L_ResetReading(layer);
        bool failed = false;
        while (true)
        {
            Marshal.SetLastSystemError(0);
            using FeatureHandle feature = GdalApi.OGR_L_GetNextFeature(layer);
            failed |= GdalFailure.IsReadFailure(out _);
            if (feature.IsInvalid)
                break;
            features.Add(new VectorFeature(Attributes(feature, fields.Length), Polygons(name, features.Count, feature, swapped)));
        }

        LocalFiles.CheckFetched(name);
        if (errors.Failed || failed)
            throw GdalFailure.Reading(
                name, $"damaged after {features.Count} features", errors, "mend the file, such as with ogr2ogr -skipfailures");
        Wholeness.CheckFeatures(name, dataset, features.Count);
        return new VectorLayer(name, GdalApi.Text(GdalApi.OGR_L_GetName(layer)) ?? "", crs, fields, features);
    }

    private static nint FindLayer(string name, string? wanted, DatasetHandle dataset)
    {
        int count = GdalApi.GDALDatasetGetLayerCount(dataset);
        if (count <= 0)
            throw Fault.Polygons.Error($"{name}: no layer", "check that it is a vector file with polygons");
        nint[] layers = new nint[count];
        for (int i = 0; i < count; i++)
            layers[i] = GdalApi.GDALDatasetGetLayer(dataset, i);
        if (wanted is null && count == 1)
            return layers[0];
        string[] names = Array.ConvertAll(layers, layer => GdalApi.Text(GdalApi.OGR_L_GetName(layer)) ?? "");
        int found = wanted is null ? -1 : Array.IndexOf(names, wanted);
        if (found >= 0)
            return layers[found];
        throw Fault.ZoneChoice.Error(
            wanted is null ? $"{name}: {count} layers, and none is named" : $"{name}: no layer '{wanted}'",
            $"name one of: {string.Join(", ", names)}");
    }

    private static string?[] Attributes(FeatureHandle feature, int count)
    {
        string?[] values = new string?[count];
        for (int i = 0; i < count; i++)
            if (GdalApi.OGR_F_IsFieldSetAndNotNull(feature, i) != 0)
                values[i] = GdalApi.Text(GdalApi.OGR_F_GetFieldAsString(feature, i));
        return values;
    }

    private static List<IReadOnlyList<double[]>> Polygons(string name, int index, FeatureHandle feature, bool swapped)
    {
        List<IReadOnlyList<double[]>> polygons = [];
        nint geometry = GdalApi.OGR_F_GetGeometryRef(feature);
        if (geometry == 0 || GdalApi.OGR_G_IsEmpty(geometry) != 0)
            return polygons;
        using GeometryHandle? linear = GdalApi.OGR_G_HasCurveGeometry(geometry, 0) == 0
            ? null
            : GdalApi.OGR_G_GetLinearGeometry(geometry, 0, null);
        if (linear is { IsInvalid: false })
            geometry = linear.Pointer;
        if (!PolygonReader.TryRead(geometry, swapped, polygons))
            throw Fault.Polygons.Error(
                $"{name}: feature {index + 1} is a {GdalApi.Text(GdalApi.OGR_G_GetGeometryName(geometry))}, not a polygon",
                "keep the polygons only, such as with \"ogr2ogr -where \\\"OGR_GEOMETRY='POLYGON'\\\"\"");
        foreach (IReadOnlyList<double[]> polygon in polygons)
            foreach (double[] ring in polygon)
                if (!Array.TrueForAll(ring, double.IsFinite))
                    throw Fault.Polygons.Error($"{name}: feature {index + 1} has coordinates that are not finite numbers");
        return polygons;
    }

    /// <summary>
    /// Whether the layer's coordinates are stored y first, as some formats do for systems whose authority says latitude,
    /// longitude.
    /// </summary>
    private static bool IsSwapped(nint reference)
    {
        int* stored = GdalApi.OSRGetDataAxisToSRSAxisMapping(reference, out int storedCount);
        using SpatialReferenceHandle traditional = GdalApi.OSRClone(reference);
        GdalApi.OSRSetAxisMappingStrategy(traditional, GdalApi.TraditionalGisOrder);
        int* wanted = GdalApi.OSRGetDataAxisToSRSAxisMapping(traditional.Pointer, out int wantedCount);
        bool swapped = storedCount >= 2 && wantedCount >= 2 && stored[0] == wanted[1] && stored[1] == wanted[0];
        GC.KeepAlive(traditional);
        return swapped;
    }
}
