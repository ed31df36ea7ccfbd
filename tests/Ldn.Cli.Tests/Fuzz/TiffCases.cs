using Ldn.Gdal;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Fuzz;

/// <summary>
/// Damaged GeoTIFFs as the productivity of a small job. What is refused is refused; where a file is read, its figures are those
/// of its cells, and where the
/// damage is a cut or lies in uncompressed cells alone, the cells are known without reading the file.
/// </summary>
internal sealed class TiffCases : IFuzzed
{
    private const int Width = SmallJob.Width, Height = SmallJob.Height, TileTag = 324, StripTag = 273;

    /// <summary>Sizes, types, layout, counts, offsets, lengths, georeference, no data: what a reader trusts.</summary>
    private static readonly int[] s_tags = [
        256, 257, 258, 259, 262, 277, 278, 284, 317, 322, 323, 324, 325, 273, 279, 339, 33550, 33922, 34735, 34736, 34737, 42113];

    private static readonly ulong[] s_numbers = [
        0, 1, 2, 3, 5, 8, 16, 17, 64, 255, 4096, 65_000, 65_535, 1 << 20, int.MaxValue, uint.MaxValue, ulong.MaxValue,
        0x7FF8000000000000, 0x7FF0000000000000];

    private readonly GdalGeodata _geodata = new();
    private readonly SmallJob _job = new();
    private readonly List<(byte[] Bytes, bool Plain, bool Tiled)> _whole = [];
    private readonly byte[] _cells = new byte[Width * Height];
    private readonly string _path;

    public TiffCases(string folder)
    {
        _path = Path.Combine(folder, "case.tif");
        double[] values = SmallJob.Values(SmallJob.Lpd);
        for (int i = 0; i < values.Length; i++)
            _cells[i] = (byte)values[i];
        foreach (RasterLayout layout in new[] { RasterLayout.Tiled, RasterLayout.Striped, RasterLayout.Cog })
            foreach (
                RasterCompression compression in layout == RasterLayout.Cog
                    ? [RasterCompression.Deflate]
                    : Enum.GetValues<RasterCompression>())
            {
                string name = _job.Work.Raster("whole.tif", SmallJob.Grid, CellType.Byte, values, 0, layout, compression);
                _whole.Add((File.ReadAllBytes(name), compression == RasterCompression.None, layout != RasterLayout.Striped));
            }

        _job.Flags["--lpd"] = _path;
    }

    public void Try(int seed)
    {
        var random = new Random(seed);
        (byte[] whole, bool plain, bool tiled) = _whole[random.Next(_whole.Count)];
        var tiff = new TiffFile([.. whole]);
        byte[] bytes = tiff.Bytes;
        byte[]? known = null;
        switch (random.Next(9))
        {
            case 0:
                bytes = bytes[..random.Next(bytes.Length)];
                known = _cells;
                break;
            case 1 when plain:
                known = [.. _cells];
                for (int i = random.Next(1, 9); i > 0; i--)
                {
                    int cell = random.Next(Width * Height), block = tiled ? 512 : Width;
                    known[cell] = (byte)random.Next(6);
                    int at = tiled
                        ? (int)tiff.Get(TileTag) + (cell / Width * block) + (cell % Width)
                        : (int)tiff.Get(StripTag, cell / Width) + (cell % Width);
                    bytes[at] = known[cell];
                }

                break;
            case 2:
                BitConverter.GetBytes(random.Next(2) == 0 ? tiff.Directory : random.Next(bytes.Length))
                    .CopyTo(bytes, tiff.NextPointer);
                break;
            case 3 or 4 or 5:
                for (int i = random.Next(1, 3); i > 0; i--)
                    tiff.Set(s_tags[random.Next(s_tags.Length)], s_numbers[random.Next(s_numbers.Length)]);
                break;
            case 6 when tiff.Find(34737) is { } names:
                bytes.AsSpan(names.At, names.Count).Fill((byte)(random.Next(2) * '|'));
                break;
            case 7:
                bytes[random.Next(8)] ^= (byte)(1 << random.Next(8));
                break;
            default:
                int limit = random.Next(2) == 0 ? Math.Min(bytes.Length, 600) : bytes.Length;
                for (int i = random.Next(1, 6); i > 0; i--)
                    bytes[random.Next(limit)] ^= (byte)(1 << random.Next(8));
                break;
        }

        File.WriteAllBytes(_path, bytes);
        byte[]? read = Read();
        if (read is null)
            return;
        if (known is not null && !read.AsSpan().SequenceEqual(known))
            throw new WrongFigures("other cells than those in the file");
        Run(read);
    }

    public void Dispose() => _job.Dispose();

    /// <summary>The cells as bytes, or null for a raster of another shape: of that, one block is read.</summary>
    private byte[]? Read()
    {
        using IRasterSource source = _geodata.OpenRaster(_path);
        if (source.Grid != SmallJob.Grid || source.CellType != CellType.Byte)
        {
            if ((long)source.BlockWidth * source.BlockHeight * source.CellType.Size() < 1 << 26)
                source.ReadBlock(0, 0, new byte[source.BlockWidth * source.BlockHeight * source.CellType.Size()]);
            return null;
        }

        if (source.NoData != 0)
            return null;
        return [.. Workspace.Read(_path).Values.Select(v => (byte)v)];
    }

    /// <summary>The whole program over the file: its classes, zone by zone, are those of the cells.</summary>
    private void Run(byte[] cells)
    {
        int exit = InProcess.Run(_job.Work, _job.Arguments("--rasters", "none", "--tables", "csv", "--overwrite"));
        bool possible = cells.All(c => c is <= 5 or 15);
        if (exit == (int)ExitCode.Input && !possible)
            throw LdnException.Input("classes that are none");
        if (exit != 0 || !possible)
            throw new WrongFigures($"exit {exit} for cells that are {(possible ? "" : "not ")}classes");
        foreach (
            (string zone, int west, int east, int north, int south) in new[]
            {
                ("MNG", 0, 20, 0, 30), ("CHN", 20, 40, 0, 30), ("EDGE", 10, 30, 10, 20)
            })
        {
            var expected = new Dictionary<string, long>();
            for (int row = north; row < south; row++)
            {
                for (int column = west; column < east; column++)
                {
                    string name = SmallJob.CoverBefore(column, row) == 7 ? "water"
                        : cells[
                            (row * Width) + column] switch
                        {
                            1 or 2 => "degraded",
                            3 or 4 => "stable",
                            5 => "improved",
                            _ => "no_data"
                        };
                    expected[name] = expected.GetValueOrDefault(name) + 1;
                }
            }

            foreach (
                CsvLine line in CsvRows.Read(_job["result/summary.csv"])
                    .Where(r => r["zone_id"] == zone && r["indicator"] == "productivity"))
                if (line.Pixels != expected.GetValueOrDefault(line["class"]))
                    throw new WrongFigures(
                        $"{zone} {line["class"]}: {line.Pixels} pixels, not {expected.GetValueOrDefault(line["class"])}");
        }
    }
}
