using System.Globalization;
using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>A virtual raster (VRT) over files, with overviews of its own beside it (<c>.vrt.ovr</c>).</summary>
internal static unsafe class VirtualRaster
{
    /// <summary>See <see cref="IGeodata.WriteVirtualRaster"/>.</summary>
    public static void Write(string path, RasterDescription description, IReadOnlyList<RasterTile> tiles)
    {
        GdalLibrary.EnsureReady();
        RasterTarget.Check(description);
        using ErrorScope errors = ErrorScope.Open();
        nint driver = GdalApi.GDALGetDriverByName("VRT");
        if (driver == 0)
            throw Fault.Remote.Error("virtual rasters over the parts are not to be had under --no-remote", "merge with --cog");
        using (DatasetHandle raster = GdalApi.GDALCreate(
            driver, path, description.Grid.Width, description.Grid.Height, 1, RasterTarget.GdalTypeOf(description.CellType),
            null))
        {
            if (raster.IsInvalid)
                throw GdalFailure.Writing(path, "cannot be created", errors);
            nint band = GdalApi.GDALGetRasterBand(raster, 1);
            RasterTarget.Describe(raster, band, description);
            for (int i = 0; i < tiles.Count; i++)
                _ = GdalApi.GDALSetMetadataItem(band, $"source_{i}", Source(tiles[i], description), "new_vrt_sources");
        }

        if (errors.Failed)
            throw GdalFailure.Writing(path, "cannot be written", errors);
        using (DatasetHandle raster = Datasets.Twice(path, () => Datasets.Open(path, GdalApi.OpenRaster, "raster")))
            BuildOverviews(raster, path, description, errors);
        if (errors.Failed)
            throw GdalFailure.Writing(path + ".ovr", "cannot be written", errors);
        RasterStyle.Write(RasterStyle.PathFor(path), description);
    }

    private static void BuildOverviews(DatasetHandle raster, string path, RasterDescription description, in ErrorScope errors)
    {
        nint band = GdalApi.GDALGetRasterBand(raster, 1);
        (int width, int height) = (description.Grid.Width, description.Grid.Height);
        if (description is { CellType: CellType.Byte, Classes.Count: > 0 })
        {
            ClassOverviews.BuildBeside(band, path + ".ovr", width, height, errors);
            return;
        }

        var levels = new List<int>();
        for (int factor = 2; Math.Max(width, height) / (factor / 2) > RasterTarget.BlockSize; factor *= 2)
            levels.Add(factor);
        if (levels.Count > 0)
            _ = GdalApi.GDALBuildOverviews(
                raster, description.Classes.Count > 0 ? "MODE" : "AVERAGE", levels.Count, [.. levels], 0, [], 0, 0);
    }

    private static string Source(RasterTile tile, RasterDescription description)
    {
        string Box(string name, Window window) => string.Create(
            CultureInfo.InvariantCulture,
            $"<{name} xOff=\"{window.Column}\" yOff=\"{window.Row}\" xSize=\"{window.Width}\" ySize=\"{window.Height}\"/>");
        string type = GdalApi.Text(GdalApi.GDALGetDataTypeName(RasterTarget.GdalTypeOf(description.CellType)))!;

        // With its properties told, a file is not opened before it is read.
        return string.Create(CultureInfo.InvariantCulture, $"""
            <SimpleSource><SourceFilename relativeToVRT="0">{System.Security.SecurityElement.Escape(Path.GetFullPath(tile.Path))}</SourceFilename><SourceBand>1</SourceBand>
            <SourceProperties RasterXSize="{tile.File.Width}" RasterYSize="{tile.File.Height}" DataType="{type}" BlockXSize="{RasterTarget.BlockSize}" BlockYSize="{RasterTarget.BlockSize}"/>
            {Box("SrcRect", tile.From)}{Box("DstRect", tile.To)}</SimpleSource>
            """);
    }
}
