using System.Globalization;
using System.Runtime.InteropServices;
using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>Reads polygon layers of any vector format of GDAL's. See <see cref="IGeodata.ReadPolygons"/>.</summary>
internal static unsafe class VectorFile
{
    /// <summary>GDAL's setting of what the texts of shapefiles are; with an empty value they are left as they are.</summary>
    private const string ShapeEncoding = "SHAPE_ENCODING";

    /// <param name="name">The file.</param>
    /// <param name="layerName">The layer; the only one when null.</param>
    /// <param name="points">Whether features are points (<see cref="IGeodata.ReadPoints"/>) instead of polygons.</param>
    public static VectorLayer Read(string name, string? layerName, bool points = false)
    {
        VectorLayer Once() => Datasets.Twice(name, () => ReadOnce(name, layerName, points));
        // A file whose length could not be asked for is for GDAL one without features.
        VectorLayer layer = Once();
        return layer.Features.Count > 0 || GdalFailure.IsRemote(name) ? layer : Once();
    }

    private static VectorLayer ReadOnce(string name, string? layerName, bool points)
    {
        if (ReadOnce(name, layerName, points, raw: false) is { } layer)
            return layer;
        GdalApi.CPLSetThreadLocalConfigOption(ShapeEncoding, "");
        try
        {
            return ReadOnce(name, layerName, points, raw: true)!;
        }
        finally
        {
            GdalApi.CPLSetThreadLocalConfigOption(ShapeEncoding, null);
        }
    }

    private static bool IsShapefile(DatasetHandle dataset) =>
        Datasets.DriverOf(dataset) == "ESRI Shapefile";

    /// <summary>
    /// Null where GDAL would make UTF-8 of a shapefile's code page, in which it loses what does not fit; read raw it does not.
    /// </summary>
    private static VectorLayer? ReadOnce(string name, string? layerName, bool points, bool raw)
    {
        using ErrorScope errors = ErrorScope.Open();
        using DatasetHandle dataset = Datasets.Open(name, GdalApi.OpenVector, "vector file");
        nint layer = FindLayer(name, layerName, dataset);
        bool shapefile = IsShapefile(dataset);
        if (shapefile && !raw
            && GdalApi.Text(GdalApi.GDALGetMetadataItem(layer, "SOURCE_ENCODING", "SHAPEFILE")) is { Length: > 0 } and not "UTF-8")
            return null;
        var texts = new AttributeTexts(name);
        Field[] fields = Fields(GdalApi.OGR_L_GetLayerDefn(layer), shapefile, texts, out string?[] names);
        nint reference = GdalApi.OGR_L_GetSpatialRef(layer);
        if (reference == 0)
            CheckSystemFile(name);
        Crs crs = SpatialReferences.Read(name, reference);
        bool swapped = IsSwapped(reference);
        var repair = new PolygonRepair(name, crs, swapped);
        List<VectorFeature> features = [];
        List<(int Number, string Type)> others = [];
        List<string> remarks = [];
        GdalApi.OGR_L_ResetReading(layer);
        bool failed = false;
        int number = 0;
        while (true)
        {
            Marshal.SetLastSystemError(0);
            using FeatureHandle feature = GdalApi.OGR_L_GetNextFeature(layer);
            failed |= GdalFailure.IsReadFailure(out _);
            if (feature.IsInvalid)
                break;
            number++;
            if (points)
                features.Add(new VectorFeature(Attributes(feature, fields, texts), Point(name, number, feature, swapped)));
            else if (Polygons(name, number, feature, repair, out string type) is { } polygons)
                features.Add(new VectorFeature(Attributes(feature, fields, texts), polygons) { Number = number });
            else
                others.Add((number, type));
        }

        LocalFiles.CheckFetched(name);
        if (errors.Failed || failed)
            throw GdalFailure.Reading(
                name, $"damaged after {number} features", errors, "mend the file, such as with ogr2ogr -skipfailures");
        Wholeness.CheckFeatures(name, dataset, number);
        if (others.Count > 0)
            remarks.Add(LeftOut(name, features.Count, others));
        texts.Settle(layer, shapefile, remarks);
        return new VectorLayer(
            name, GdalApi.Text(GdalApi.OGR_L_GetName(layer)) ?? "", crs, [.. names.Select(n => n ?? "")], features)
        {
            Remarks = [.. remarks, .. repair.Remarks()],
        };
    }

    /// <summary>
    /// A coordinate system that lies beside a file (.prj) and cannot be read is for GDAL one that is not there: if it can be read
    /// now and says a system, it was the disk.
    /// </summary>
    private static void CheckSystemFile(string name)
    {
        string beside = Path.ChangeExtension(DataSetName.LocalFile(name), ".prj");
        if (beside.Length == 0 || !File.Exists(beside))
            return;
        string text = PlainFile.ReadText(beside, beside, Fault.Unreadable);
        try
        {
            _ = SpatialReferences.FromDefinition(text);
        }
        catch (LdnException)
        {
            // No system anybody knows: the file itself is told to have none.
            return;
        }

        throw Fault.Temporary.Error(
            $"{beside}: could not be read for the moment", SystemErrors.CheckDisk);
    }

    private static List<IReadOnlyList<double[]>> Point(string name, int number, FeatureHandle feature, bool swapped)
    {
        nint geometry = GdalApi.OGR_F_GetGeometryRef(feature);
        return geometry != 0 && PolygonReader.TryReadPoint(geometry, swapped) is { } point
            ? [[point]]
            : throw Fault.Polygons.Error($"{name}: feature {number} is not a point", "give one point a feature");
    }

    /// <summary>What to say of features without any polygon, which are no zones.</summary>
    /// <exception cref="LdnException">Exit 3: there are no others.</exception>
    private static string LeftOut(string name, int polygons, List<(int Number, string Type)> others)
    {
        const int listed = 5;
        string which = string.Join(", ", others.Take(listed).Select(o => $"feature {o.Number} ({o.Type})"))
            + (others.Count > listed ? $" and {others.Count - listed} more" : "");
        return polygons > 0 ? Fault.Taken.Say($"{name}: {which} {(others.Count == 1 ? "is" : "are")} left out, having no polygon")
            : throw Fault.Polygons.Error(
                $"{name}: feature {others[0].Number} is a {others[0].Type}, not a polygon, and no feature is one",
                "give a layer of polygons");
    }

    private static Field[] Fields(nint definition, bool shapefile, AttributeTexts texts, out string?[] names)
    {
        const int real = 2, single = 3;
        var fields = new Field[GdalApi.OGR_FD_GetFieldCount(definition)];
        names = new string?[fields.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            nint field = GdalApi.OGR_FD_GetFieldDefn(definition, i);
            texts.Put(names, i, GdalApi.OGR_Fld_GetNameRef(field));
            fields[i] = new Field(
                GdalApi.OGR_Fld_GetType(field) == real, GdalApi.OGR_Fld_GetSubType(field) == single,
                shapefile ? GdalApi.OGR_Fld_GetWidth(field) : 0);
        }

        return fields;
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

    private static string?[] Attributes(FeatureHandle feature, Field[] fields, AttributeTexts texts)
    {
        string?[] values = new string?[fields.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (GdalApi.OGR_F_IsFieldSetAndNotNull(feature, i) == 0)
                continue;
            values[i] = fields[i].IsReal ? Number(GdalApi.OGR_F_GetFieldAsDouble(feature, i), fields[i].IsSingle) : null;
            if (values[i] is null)
                texts.Put(values, i, GdalApi.OGR_F_GetFieldAsString(feature, i), fields[i].Width);
        }

        return values;
    }

    /// <summary>
    /// A number as it was meant, whatever decimals its field has: whole ones are codes. Null where GDAL's own text is as good.
    /// </summary>
    private static string? Number(double value, bool single)
    {
        const double exact = 1L << 53;
        if (value == Math.Floor(value) && Math.Abs(value) <= exact)
            return ((long)value).ToString(CultureInfo.InvariantCulture);
        return single || !double.IsFinite(value) ? null : value.ToString("G15", CultureInfo.InvariantCulture);
    }

    /// <summary>The polygons of a feature, none where it has no geometry; null where it is of another type.</summary>
    private static List<IReadOnlyList<double[]>>? Polygons(
        string name, int number, FeatureHandle feature, PolygonRepair repair, out string type)
    {
        List<IReadOnlyList<double[]>> polygons = [];
        nint geometry = GdalApi.OGR_F_GetGeometryRef(feature);
        type = "";
        if (geometry == 0 || GdalApi.OGR_G_IsEmpty(geometry) != 0)
            return polygons;
        type = GdalApi.Text(GdalApi.OGR_G_GetGeometryName(geometry)) ?? "";
        using GeometryHandle? linear = GdalApi.OGR_G_HasCurveGeometry(geometry, 0) == 0
            ? null
            : GdalApi.OGR_G_GetLinearGeometry(geometry, 0, null);
        if (linear is { IsInvalid: false })
            geometry = linear.Pointer;
        return repair.TryRead(geometry, number, polygons) ? polygons : null;
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

    /// <summary>What matters of a field. <paramref name="Width"/>: bytes it holds at most, 0 where there is no such
    /// bound.</summary>
    private readonly record struct Field(bool IsReal, bool IsSingle, int Width);
}
