using System.Globalization;
using System.Text;
using Ldn.Gdal;
using Ldn.Rasters;

namespace Ldn.Cli.Tests;

/// <summary>A folder of its own for a test, with the means to put rasters, zones and tables into it.</summary>
internal sealed class Workspace : IDisposable
{
    private static readonly GdalGeodata s_geodata = new();
    private static readonly Dictionary<string, Crs> s_systems = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("ldn-cli-").FullName;

    public string this[string name] => Path.Combine(Folder, name);

    public static Crs Crs(string definition)
    {
        lock (s_systems)
            return s_systems.TryGetValue(definition, out Crs? known)
                ? known
                : s_systems[definition] = GdalGeodata.ParseCrs(definition);
    }

    public static Grid Grid(int width, int height, double x, double y, double cell, string crs = "EPSG:4326") =>
        new(width, height, x, y, cell, -cell, Crs(crs));

    public string Text(string name, string content)
    {
        File.WriteAllText(this[name], content);
        return this[name];
    }

    /// <summary>Writes a raster of stored values, row by row; a bare name is put into the folder.</summary>
    public string Raster(
        string name, Grid grid, CellType type, IReadOnlyList<double> values, double noData,
        RasterLayout layout = RasterLayout.Tiled,
        RasterCompression compression = RasterCompression.Deflate)
    {
        var description = new RasterDescription(grid, type, noData, "", [], compression, 1, layout);
        using IRasterSink sink = s_geodata.CreateRaster(this[name], description);
        sink.Write(grid.Extent, Bytes(type, values));
        sink.Complete();
        return this[name];
    }

    /// <summary>
    /// A virtual raster over a file: any header, natural blocks of 128 cells, the first band stretched over the given size.
    /// </summary>
    public string Virtual(
        string name, string source, int width, int height, string type = "Byte", string? transform = null,
        string? crs = "EPSG:4326", string extra = "")
    {
        (Grid grid, _, _) = Read(source);
        string Number(double n) => n.ToString("R", CultureInfo.InvariantCulture);
        transform ??= $"{Number(grid.OriginX)}, {Number(grid.CellWidth)}, 0, {Number(grid.OriginY)}, 0, "
            + $"{Number(grid.CellHeight)}";
        return Text(name, $"""
            <VRTDataset rasterXSize="{width}" rasterYSize="{height}">
              {(crs is null ? "" : $"<SRS>{crs}</SRS>")}
              <GeoTransform>{transform}</GeoTransform>
              <VRTRasterBand dataType="{type}" band="1">{extra}
                <SimpleSource>
                  <SourceFilename relativeToVRT="0">{source}</SourceFilename>
                  <SourceBand>1</SourceBand>
                  <SrcRect xOff="0" yOff="0" xSize="{grid.Width}" ySize="{grid.Height}"/>
                  <DstRect xOff="0" yOff="0" xSize="{width}" ySize="{height}"/>
                </SimpleSource>
              </VRTRasterBand>
            </VRTDataset>
            """);
    }

    /// <summary>A GeoJSON of features given as properties and polygons, each a list of rings of x, y, x, y, …</summary>
    public string Zones(string name, IEnumerable<(string Properties, double[][][] Polygons)> features, int epsg = 4326)
    {
        static string Ring(double[] ring) => "[" + string.Join(',', ring.Chunk(2).Select(
            p => string.Create(CultureInfo.InvariantCulture, $"[{p[0]:R},{p[1]:R}]"))) + "]";
        var text = new StringBuilder($$$"""{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::{{{epsg}}}"}},"features":[""");
        text.AppendJoin(",\n", features.Select(f =>
        {
            string polygons = string.Join(',', f.Polygons.Select(p => "[" + string.Join(',', p.Select(Ring)) + "]"));
            return "{\"type\":\"Feature\",\"properties\":{" + f.Properties + "},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[" + polygons + "]}}";
        }));
        return Text(name, text.Append("]}").ToString());
    }

    /// <summary>One polygon of one ring around a rectangle.</summary>
    public static double[][][] Rectangle(double west, double south, double east, double north) =>
        [[[west, south, east, south, east, north, west, north, west, south]]];

    /// <summary>Grid, stored values row by row, and no-data value of a raster.</summary>
    public static (Grid Grid, double[] Values, double? NoData) Read(string path)
    {
        using IRasterSource source = s_geodata.OpenRaster(path);
        Grid grid = source.Grid;
        int size = source.CellType.Size();
        var values = new double[grid.Width * grid.Height];
        var block = new byte[source.BlockWidth * source.BlockHeight * size];
        for (int y = 0; y < grid.Height; y += source.BlockHeight)
        {
            for (int x = 0; x < grid.Width; x += source.BlockWidth)
            {
                source.ReadBlock(x / source.BlockWidth, y / source.BlockHeight, block);
                for (int row = y; row < Math.Min(y + source.BlockHeight, grid.Height); row++)
                    for (int column = x; column < Math.Min(x + source.BlockWidth, grid.Width); column++)
                        values[(row * grid.Width) + column] = Cell(
                            block, source.CellType, ((row - y) * source.BlockWidth) + column - x);
            }
        }

        return (grid, values, source.NoData);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static double Cell(byte[] block, CellType type, int index) => type switch
    {
        CellType.Byte => block[index],
        CellType.SByte => (sbyte)block[index],
        CellType.UInt16 => BitConverter.ToUInt16(block, index * 2),
        CellType.Int16 => BitConverter.ToInt16(block, index * 2),
        CellType.UInt32 => BitConverter.ToUInt32(block, index * 4),
        CellType.Int32 => BitConverter.ToInt32(block, index * 4),
        CellType.UInt64 => BitConverter.ToUInt64(block, index * 8),
        CellType.Int64 => BitConverter.ToInt64(block, index * 8),
        CellType.Float32 => BitConverter.ToSingle(block, index * 4),
        _ => BitConverter.ToDouble(block, index * 8),
    };

    private static byte[] Bytes(CellType type, IReadOnlyList<double> values)
    {
        Func<double, byte[]> bytes = type switch
        {
            CellType.Byte => v => [(byte)v],
            CellType.SByte => v => [(byte)(sbyte)v],
            CellType.UInt16 => v => BitConverter.GetBytes((ushort)v),
            CellType.Int16 => v => BitConverter.GetBytes((short)v),
            CellType.UInt32 => v => BitConverter.GetBytes((uint)v),
            CellType.Int32 => v => BitConverter.GetBytes((int)v),
            CellType.UInt64 => v => BitConverter.GetBytes((ulong)v),
            CellType.Int64 => v => BitConverter.GetBytes((long)v),
            CellType.Float32 => v => BitConverter.GetBytes((float)v),
            _ => BitConverter.GetBytes,
        };
        return [.. values.SelectMany(bytes)];
    }
}
