using Ldn.Rasters;

namespace Ldn.Gdal.Tests;

/// <summary>A folder of its own for a test, and the small things every test needs.</summary>
internal sealed class Scratch : IDisposable
{
    public static readonly GdalGeodata Geodata = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("ldn-gdal-").FullName;

    public string this[string name] => Path.Combine(Folder, name);

    public static Crs Wgs84 => GdalGeodata.ParseCrs("EPSG:4326");

    public string Text(string name, string content)
    {
        File.WriteAllText(this[name], content);
        return this[name];
    }

    /// <summary>A north-up grid of 0.01 degrees at 10° E, 50° N.</summary>
    public static Grid Grid(int width, int height) => new(width, height, 10, 50, 0.01, -0.01, Wgs84);

    public static LdnException Fails(Action action, ExitCode code, params string[] words)
    {
        LdnException error = Assert.Throws<LdnException>(action)!;
        Assert.That(error.ExitCode, Is.EqualTo(code), error.Message);
        foreach (string word in words)
            Assert.That(error.Message + " | " + error.Remedy, Does.Contain(word));
        return error;
    }

    public static byte[] ReadBlock(IRasterSource source, int column = 0, int row = 0)
    {
        byte[] block = new byte[source.BlockWidth * source.BlockHeight * source.CellType.Size()];
        source.ReadBlock(column, row, block);
        return block;
    }

    /// <summary>The whole band, row by row, put together from its blocks.</summary>
    public static byte[] ReadAll(IRasterSource source)
    {
        int size = source.CellType.Size(), width = source.Grid.Width, height = source.Grid.Height;
        byte[] all = new byte[width * height * size], block = new byte[source.BlockWidth * source.BlockHeight * size];
        for (int row = 0; row * source.BlockHeight < height; row++)
            for (int column = 0; column * source.BlockWidth < width; column++)
            {
                source.ReadBlock(column, row, block);
                int x = column * source.BlockWidth, y = row * source.BlockHeight;
                int columns = Math.Min(source.BlockWidth, width - x), rows = Math.Min(source.BlockHeight, height - y);
                for (int line = 0; line < rows; line++)
                    block.AsSpan(line * source.BlockWidth * size, columns * size)
                        .CopyTo(all.AsSpan((((y + line) * width) + x) * size));
            }

        return all;
    }

    public static byte[] ReadAll(string name)
    {
        using IRasterSource source = Geodata.OpenRaster(name);
        return ReadAll(source);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
