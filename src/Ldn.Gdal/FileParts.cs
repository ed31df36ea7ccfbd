using Ldn.Gdal.Interop;

namespace Ldn.Gdal;

/// <summary>The data sets of a container and the layers of a vector file (<see cref="Ldn.Rasters.IGeodata.Parts"/>).</summary>
internal static unsafe class FileParts
{
    public static string[] Of(string file)
    {
        try
        {
            using DatasetHandle raster = Datasets.Open(file, GdalApi.OpenRaster, "raster");
            return GdalApi.GDALGetRasterCount(raster) > 0 ? [] : SetsOf(raster);
        }
        catch (LdnException)
        {
            // No raster; layers of polygons, perhaps.
        }

        using DatasetHandle vector = Datasets.Open(file, GdalApi.OpenVector, "vector file");
        string[] layers = [.. Enumerable.Range(0, GdalApi.GDALDatasetGetLayerCount(vector))
            .Select(i => GdalApi.Text(GdalApi.OGR_L_GetName(GdalApi.GDALDatasetGetLayer(vector, i))) ?? "")];
        return layers.Length > 1 ? layers : [];
    }

    /// <summary>GDAL's names of a container's data sets.</summary>
    public static string[] SetsOf(DatasetHandle dataset)
    {
        string[] names = [.. StringList.Copy(GdalApi.GDALGetMetadata(dataset.Pointer, "SUBDATASETS"))
            .Where(item => item.Contains("_NAME=", StringComparison.Ordinal))
            .Select(item => item[(item.IndexOf('=', StringComparison.Ordinal) + 1)..])];
        GC.KeepAlive(dataset);
        return names;
    }
}
