using Ldn.Gdal.Interop;

namespace Ldn.Gdal;

/// <summary>The data sets of a container and the layers of a vector file (<see cref="Ldn.Rasters.IGeodata.Parts"/>).</summary>
internal static unsafe class FileParts
{
    public static string[] Of(string file)
    {
        using DatasetHandle dataset = Datasets.Open(file, GdalApi.OpenRaster | GdalApi.OpenVector, "raster or vector");
        if (GdalApi.GDALGetRasterCount(dataset) > 0)
            return [];
        if (SetsOf(dataset) is { Length: > 0 } sets)
            return sets;
        string[] layers = [.. Enumerable.Range(0, GdalApi.GDALDatasetGetLayerCount(dataset))
            .Select(i => GdalApi.Text(GdalApi.OGR_L_GetName(GdalApi.GDALDatasetGetLayer(dataset, i))) ?? "")];
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
