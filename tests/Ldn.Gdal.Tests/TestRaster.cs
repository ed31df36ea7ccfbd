using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal.Tests;

/// <summary>Makes rasters of any kind through GDAL itself, also such as the product never writes.</summary>
internal sealed unsafe record TestRaster(int Width, int Height, CellType Type)
{
    public string[] Options { get; init; } = [];

    public int Bands { get; init; } = 1;

    public string? Crs { get; init; } = "EPSG:4326";

    public double[]? Transform { get; init; } = [10, 0.01, 0, 50, 0, -0.01];

    public double? NoData { get; init; }

    /// <summary>Overrides the cell type by a number of GDAL's, such as of a complex type.</summary>
    public int? GdalType { get; init; }

    /// <summary>Band N (from 1) is named so.</summary>
    public Func<int, string>? BandName { get; init; }

    /// <summary>Value of the byte at an offset into a band; null writes nothing.</summary>
    public Func<int, int, byte>? Content { get; init; } = (band, offset) => (byte)((offset * 31) + (offset >> 9) + band);

    public byte[] Bytes(int band = 1)
    {
        byte[] bytes = new byte[Width * Height * Type.Size()];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = Content!(band, i);
        return bytes;
    }

    public string Write(string path)
    {
        GdalLibrary.EnsureReady();
        List<string> options = [.. Options];
        if (Type == CellType.SByte && GdalTypeOf() == GdalApi.GdtByte)
            options.Add("PIXELTYPE=SIGNEDBYTE");
        using StringList list = new(options);
        using ErrorScope errors = ErrorScope.Open();
        using DatasetHandle dataset = GdalApi.GDALCreate(
            GdalApi.GDALGetDriverByName("GTiff"), path, Width, Height, Bands, GdalTypeOf(), list.Pointer);
        if (Transform is not null)
            _ = GdalApi.GDALSetGeoTransform(dataset, Transform);
        if (Crs is not null)
        {
            using SpatialReferenceHandle reference = GdalApi.OSRNewSpatialReference(null);
            _ = GdalApi.OSRSetFromUserInput(reference, Crs);
            _ = GdalApi.GDALSetSpatialRef(dataset, reference);
        }

        for (int band = 1; band <= Bands; band++)
        {
            nint handle = GdalApi.GDALGetRasterBand(dataset, band);
            if (NoData is { } value)
                _ = Type switch
                {
                    CellType.Int64 => GdalApi.GDALSetRasterNoDataValueAsInt64(handle, (long)value),
                    CellType.UInt64 => GdalApi.GDALSetRasterNoDataValueAsUInt64(handle, (ulong)value),
                    _ => GdalApi.GDALSetRasterNoDataValue(handle, value),
                };
            if (BandName is not null)
                GdalApi.GDALSetDescription(handle, BandName(band));
            if (Content is not null)
                _ = GdalApi.GDALRasterIOEx(
                    handle, GdalApi.GfWrite, 0, 0, Width, Height, Bytes(band), Width, Height, GdalTypeOf(), 0, 0, 0);
        }

        Assert.That(errors.Failed, Is.False, () => GdalFailure.Cause(ErrorScope.Open()));
        return path;
    }

    private int GdalTypeOf() => GdalType ?? RasterTarget.GdalTypeOf(Type);
}
