using System.Diagnostics;
using System.Globalization;
using Ldn.Gdal;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Rasters;
using Ldn.Subjects;

namespace Ldn.Benchmarks;

/// <summary>
/// The yardstick of a whole run: (a) decode every block of the job's inputs once through GDAL alone, (b) encode the job's result
/// raster again with the same settings, and nothing else. What a run costs beyond it is the product's own.
/// </summary>
internal static class Floor
{
    /// <summary>
    /// floor JOB.json RESULT.tif [THREADS]: prints wall and CPU seconds of decoding and of encoding, and of encoding as the
    /// product does it.
    /// </summary>
    public static int Run(string job, string result, int threads)
    {
        (Cost decode, Cost encode) = Costs(job, result, threads);
        Cost own = EncodeCost(result, new GdalGeodata().CreateRaster, threads);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"floor, {threads} threads: decode {decode.Wall:F2} s ({decode.Cpu:F2} CPU), encode {encode.Wall:F2} s "
                + $"({encode.Cpu:F2} CPU), together {decode.Wall + encode.Wall:F2} s ({decode.Cpu + encode.Cpu:F2} CPU)"));
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"the product's own encoding: {own.Wall:F2} s ({own.Cpu:F2} CPU)"));
        return 0;
    }

    /// <summary>Decoding and encoding together.</summary>
    public static Cost Cost(string job, string result, int threads)
    {
        (Cost decode, Cost encode) = Costs(job, result, threads);
        return decode + encode;
    }

    private static (Cost Decode, Cost Encode) Costs(string jobFile, string result, int threads)
    {
        string[] inputs = Inputs(jobFile);
        var geodata = new GdalGeodata { Reader = RasterReader.Gdal };
        using (geodata.OpenRaster(inputs[0]))
        {
            // Loading GDAL is start-up, not decoding.
        }

        Cost decode = Measure(() => Decode(geodata, inputs, threads));
        return (decode, EncodeCost(result, (path, description) => new RasterWriter(path, description), threads));
    }

    /// <summary>Encoding the result again: through GDAL, or as the product does it.</summary>
    private static Cost EncodeCost(string result, Func<string, RasterDescription, IRasterSink> create, int threads)
    {
        (Grid grid, byte[] cells) = Read(new GdalGeodata(), result);
        string target = Path.Combine(Path.GetTempPath(), $"ldn-floor-{Environment.ProcessId}.tif");
        Cost encode = Measure(() => Encode(create, grid, cells, target, threads));
        foreach (string file in Directory.EnumerateFiles(Path.GetTempPath(), $"ldn-floor-{Environment.ProcessId}*"))
            File.Delete(file);
        return encode;
    }

    /// <summary>Paths of a job's land cover, productivity (of a series with its units) and soil carbon.</summary>
    public static string[] Inputs(string jobFile)
    {
        JobConfig job = JobReader.Read(jobFile, AllSubjects.InOrder);
        string folder = Path.GetDirectoryName(Path.GetFullPath(jobFile))!;
        return [.. (job.LandCover?.Years?.Values ?? Enumerable.Empty<string>())
            .Concat(job.Productivity is { Kind: "series" } series
                ? [.. series.Years!.Values, .. series.Units ?? []]
                : job.Productivity?.Periods?.Values.Select(v => v.GetString()!) ?? [])
            .Concat(job.SoilCarbon?.Years?.Values ?? Enumerable.Empty<string>()).Select(f => Path.Combine(folder, f))];
    }

    /// <summary>Decodes every block once, into the void.</summary>
    public static void Decode(GdalGeodata geodata, string[] inputs, int threads)
    {
        foreach (string input in inputs)
        {
            using IRasterSource first = geodata.OpenRaster(input);
            int across = (first.Grid.Width + first.BlockWidth - 1) / first.BlockWidth,
            down = (first.Grid.Height + first.BlockHeight - 1) / first.BlockHeight, next = -1;
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
            {
                using IRasterSource source = first.Reopen();
                var block = new byte[source.BlockWidth * source.BlockHeight * source.CellType.Size()];
                for (int i = Interlocked.Increment(ref next); i < across * down; i = Interlocked.Increment(ref next))
                    source.ReadBlock(i % across, i / across, block);
            });
        }
    }

    private static (Grid Grid, byte[] Cells) Read(GdalGeodata geodata, string file)
    {
        using IRasterSource source = geodata.OpenRaster(file);
        using var aligned = new AlignedRaster(source.Reopen(), source.Grid, geodata);
        var cells = new byte[source.Grid.Width * source.Grid.Height];
        aligned.Read(source.Grid.Extent, cells, new byte[cells.Length]);
        return (source.Grid, cells);
    }

    private static void Encode(
        Func<string, RasterDescription, IRasterSink> create, Grid grid, byte[] cells, string target, int threads)
    {
        RasterClass[] classes = [
            .. Enum.GetValues<Condition>().Skip(1).Select(c => new RasterClass((int)c, c.Name(), c.Color()))];
        using IRasterSink sink = create(
            target, new RasterDescription(grid, CellType.Byte, 0, "floor", classes, RasterCompression.Lzw, threads));
        const int band = 512;
        for (int row = 0; row < grid.Height; row += band)
        {
            var window = new Window(0, row, grid.Width, Math.Min(band, grid.Height - row));
            sink.Write(window, cells.AsSpan(row * grid.Width, window.Width * window.Height));
        }

        sink.Complete();
    }

    public static Cost Measure(Action action)
    {
        double before = CpuTime.OfSelf();
        long start = Stopwatch.GetTimestamp();
        action();
        return new Cost(Stopwatch.GetElapsedTime(start).TotalSeconds, CpuTime.OfSelf() - before);
    }
}
