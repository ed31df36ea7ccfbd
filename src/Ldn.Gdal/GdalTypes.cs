using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>Between GDAL's data types and <see cref="CellType"/>.</summary>
internal static class GdalTypes
{
    /// <summary>The cell type of a GDAL type; null for complex and unknown ones.</summary>
    public static CellType? FromGdal(int type) => type switch
    {
        GdalApi.GdtByte => CellType.Byte,
        GdalApi.GdtUInt16 => CellType.UInt16,
        GdalApi.GdtInt16 => CellType.Int16,
        GdalApi.GdtUInt32 => CellType.UInt32,
        GdalApi.GdtInt32 => CellType.Int32,
        GdalApi.GdtFloat32 => CellType.Float32,
        GdalApi.GdtFloat64 => CellType.Float64,
        GdalApi.GdtUInt64 => CellType.UInt64,
        GdalApi.GdtInt64 => CellType.Int64,
        GdalApi.GdtInt8 => CellType.SByte,
        _ => null,
    };

    /// <summary>
    /// The GDAL type that stores a cell type; a signed byte is Byte where GDAL has no type of its own for it (before 3.7).
    /// </summary>
    public static int ToGdal(CellType type, bool hasInt8) => type switch
    {
        CellType.Byte => GdalApi.GdtByte,
        CellType.SByte => hasInt8 ? GdalApi.GdtInt8 : GdalApi.GdtByte,
        CellType.UInt16 => GdalApi.GdtUInt16,
        CellType.Int16 => GdalApi.GdtInt16,
        CellType.UInt32 => GdalApi.GdtUInt32,
        CellType.Int32 => GdalApi.GdtInt32,
        CellType.UInt64 => GdalApi.GdtUInt64,
        CellType.Int64 => GdalApi.GdtInt64,
        CellType.Float32 => GdalApi.GdtFloat32,
        _ => GdalApi.GdtFloat64,
    };
}
