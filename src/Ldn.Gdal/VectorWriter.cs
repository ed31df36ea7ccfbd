using System.Buffers.Binary;
using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>
/// Writes layers of multipolygons, and tables without geometry, as a GeoPackage. Every date in it is pinned, so that the file
/// depends on them alone.
/// </summary>
internal static unsafe class VectorWriter
{
    private const string DateOption = "OGR_CURRENT_DATE";
    private const string Date = "2000-01-01T00:00:00.000Z";
    private const int Point = 1;
    private const int MultiPolygon = 6;
    private const int NoGeometry = 100;
    private const int FieldReal = 2;
    private const int FieldString = 4;
    private const int FieldInteger64 = 12;

    /// <exception cref="LdnException">Exit 2: cannot be created there, or this GDAL has no GeoPackage; exit 75: disk
    /// full.</exception>
    public static void Write(string path, IReadOnlyList<VectorTable> tables)
    {
        GdalLibrary.EnsureReady();
        using ErrorScope errors = ErrorScope.Open();
        GdalApi.CPLSetThreadLocalConfigOption(DateOption, Date);
        try
        {
            nint driver = GdalApi.GDALGetDriverByName("GPKG");
            if (driver == 0)
                throw Fault.Library.Error(
                    "this GDAL cannot write GeoPackages", "leave gpkg out of --tables, or install a GDAL with SQLite");
            File.Delete(path);
            using (StringList options = new("VERSION=1.2", "ADD_GPKG_OGR_CONTENTS=YES"))
            using (DatasetHandle dataset = GdalApi.GDALCreate(driver, path, 0, 0, 0, 0, options.Pointer))
            {
                if (dataset.IsInvalid)
                    throw GdalFailure.Writing(path, "cannot be created", errors);
                foreach (VectorTable table in tables)
                    WriteLayer(dataset, table, path, errors);
                if (tables.Any(t => t.Style is not null))
                    CreateStyles(dataset);
                foreach (VectorTable table in tables.Where(t => t.Style is not null))
                    WriteStyle(dataset, table);
            }

            if (errors.Failed)
                throw GdalFailure.Writing(path, "cannot be written", errors);
        }
        finally
        {
            GdalApi.CPLSetThreadLocalConfigOption(DateOption, null);
        }
    }

    private static void WriteLayer(DatasetHandle dataset, VectorTable table, string path, in ErrorScope errors)
    {
        using SpatialReferenceHandle wgs84 = GdalApi.OSRNewSpatialReference(null);
        _ = GdalApi.OSRSetFromUserInput(wgs84, "EPSG:4326");
        GdalApi.OSRSetAxisMappingStrategy(wgs84, GdalApi.TraditionalGisOrder);
        string[] spatial = table.IsSpatial ? ["GEOMETRY_NAME=geom", "SPATIAL_INDEX=YES"] : [];
        using StringList options = new(["FID=fid", .. spatial, "IDENTIFIER=" + table.Name, "DESCRIPTION=" + table.Description]);
        nint layer = GdalApi.GDALDatasetCreateLayer(
            dataset, table.Name, wgs84, !table.IsSpatial ? NoGeometry : table.IsPoints ? Point : MultiPolygon, options.Pointer);
        if (layer == 0)
            throw GdalFailure.Writing(path, "its layer cannot be created", errors);
        foreach (VectorField field in table.Fields)
        {
            nint definition = GdalApi.OGR_Fld_Create(
                field.Name, field.Type == typeof(string) ? FieldString : field.Type == typeof(long) ? FieldInteger64 : FieldReal);
            _ = GdalApi.OGR_L_CreateField(layer, definition, 1);
            GdalApi.OGR_Fld_Destroy(definition);
        }

        _ = GdalApi.OGR_L_StartTransaction(layer);
        nint features = GdalApi.OGR_L_GetLayerDefn(layer);
        foreach ((object?[] values, IReadOnlyList<IReadOnlyList<double[]>> polygons) in table.Features)
        {
            using FeatureHandle feature = GdalApi.OGR_F_Create(features);
            for (int i = 0; i < values.Length; i++)
                Set(feature, i, values[i]);
            if (table.IsSpatial)
                SetGeometry(feature, table.IsPoints ? WellKnownPoint(polygons[0][0]) : WellKnownBinary(polygons));
            if (GdalApi.OGR_L_CreateFeature(layer, feature) != 0)
                throw GdalFailure.Writing(path, "a feature cannot be written", errors);
        }

        _ = GdalApi.OGR_L_CommitTransaction(layer);
    }

    private static void SetGeometry(FeatureHandle feature, byte[] wkb)
    {
        _ = GdalApi.OGR_G_CreateFromWkb(wkb, 0, out nint geometry, wkb.Length);
        _ = GdalApi.OGR_F_SetGeometryDirectly(feature, geometry);
    }

    private static void Set(FeatureHandle feature, int field, object? value)
    {
        switch (value)
        {
            case null:
                GdalApi.OGR_F_SetFieldNull(feature, field);
                break;
            case string text:
                GdalApi.OGR_F_SetFieldString(feature, field, text);
                break;
            case long number:
                GdalApi.OGR_F_SetFieldInteger64(feature, field, number);
                break;
            case double number:
                GdalApi.OGR_F_SetFieldDouble(feature, field, number);
                break;
            default:
                throw new ArgumentException($"no field holds a {value.GetType().Name}", nameof(value));
        }
    }

    /// <summary>The table in which QGIS keeps styles; the layer's default is found by name.</summary>
    private static void CreateStyles(DatasetHandle dataset)
    {
        Execute(dataset,
            "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), "
                + "f_table_schema TEXT(256), "
            + "f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, "
            + "useAsDefault BOOLEAN, "
            + "description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME)");
        Execute(dataset, "INSERT INTO gpkg_contents (table_name, identifier, data_type, last_change) "
            + $"VALUES ('layer_styles', 'layer_styles', 'attributes', '{Date}')");
    }

    private static void WriteStyle(DatasetHandle dataset, VectorTable table) => Execute(
        dataset,
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, "
            + "styleSLD, "
        + $"useAsDefault, description, owner, update_time) VALUES ('', '', {Quoted(table.Name)}, 'geom', {Quoted(table.Name)}, "
        + $"{Quoted(table.Style!)}, '', 1, '', '', '{Date}')");

    private static string Quoted(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    private static void Execute(DatasetHandle dataset, string sql)
    {
        nint result = GdalApi.GDALDatasetExecuteSQL(dataset, sql, 0, null);
        if (result != 0)
            GdalApi.GDALDatasetReleaseResultSet(dataset, result);
    }

    /// <summary>A point, little-endian.</summary>
    private static byte[] WellKnownPoint(double[] point)
    {
        var bytes = new byte[21];
        bytes[0] = 1;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1), Point);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(5), point[0]);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(13), point[1]);
        return bytes;
    }

    /// <summary>A multipolygon, little-endian.</summary>
    internal static byte[] WellKnownBinary(IReadOnlyList<IReadOnlyList<double[]>> polygons)
    {
        const int header = 9;
        int size = header + polygons.Sum(p => header + p.Sum(ring => 4 + (ring.Length * sizeof(double))));
        var bytes = new byte[size];
        Span<byte> rest = bytes;
        Begin(ref rest, MultiPolygon, polygons.Count);
        foreach (IReadOnlyList<double[]> polygon in polygons)
        {
            Begin(ref rest, 3, polygon.Count);
            foreach (double[] ring in polygon)
            {
                BinaryPrimitives.WriteInt32LittleEndian(rest, ring.Length / 2);
                rest = rest[4..];
                foreach (double coordinate in ring)
                {
                    BinaryPrimitives.WriteDoubleLittleEndian(rest, coordinate);
                    rest = rest[sizeof(double)..];
                }
            }
        }

        return bytes;
    }

    private static void Begin(ref Span<byte> rest, int type, int count)
    {
        rest[0] = 1;
        BinaryPrimitives.WriteInt32LittleEndian(rest[1..], type);
        BinaryPrimitives.WriteInt32LittleEndian(rest[5..], count);
        rest = rest[9..];
    }
}
