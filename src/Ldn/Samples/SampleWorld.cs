using System.Runtime.ExceptionServices;
using Ldn.Rasters;

namespace Ldn.Samples;

/// <summary>
/// A synthetic data set of any size over six real countries: rasters, zones, groups and a job file, for trying the program out
/// and for measuring it. Every value follows from the options; nothing is measured anywhere.
/// </summary>
internal static class SampleWorld
{
    private const double West = 18, East = 192, South = 18, North = 84;

    // Windows made before they are written in order: enough for every worker, few enough to bound the memory.
    private const int LargestBatch = 16;

    private const int CellsPerWindow = 512 * 512;

    private const string Wgs84 =
        """
        GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]
        """;

    /// <summary>The grid of a sample: WGS 84, longitudes 18…192, latitudes 84…18.</summary>
    /// <exception cref="LdnException">Exit 2: fewer than 16 or more than a million columns or rows.</exception>
    public static Grid Grid(int width, int height)
    {
        if (width is < 16 or > 1_000_000 || height is < 16 or > 1_000_000)
            throw LdnException.Usage(
                $"a sample of {width} x {height} cells cannot be made", "choose width and height between 16 and 1000000");
        var crs = new Crs(Wgs84, "WGS 84", true, 6378137, 6356752.314245179);
        return new Grid(width, height, West, North, (East - West) / width, (South - North) / height, crs);
    }

    /// <summary>Writes the data set into a folder, which is made where it does not exist; <c>job.json</c> comes last.</summary>
    /// <exception cref="LdnException">Exit 2: unusable size, a sample that is there already and must not be replaced, no right to
    /// write.</exception>
    public static void Write(
        string directory, SampleOptions options, IGeodata geodata, IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        Grid grid = Grid(options.Width, options.Height);
        string job = Path.Combine(directory, SampleFiles.Job);
        if (File.Exists(job) && !options.Overwrite)
            throw Fault.Output.Error($"{job} is there already", "choose another folder or replace it with --overwrite");
        try
        {
            Directory.CreateDirectory(directory);
            File.Delete(job);
            WriteRasters(directory, grid, options, geodata, progress, cancellation);
            SampleFiles.Write(directory, options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SystemErrors.Writing($"the sample in {directory}", e);
        }
    }

    private static void WriteRasters(
        string directory, Grid grid, SampleOptions options, IGeodata geodata, IProgress<double>? progress,
        CancellationToken cancellation)
    {
        IReadOnlyList<SampleLayer> layers = SampleLayer.All(options);
        var sinks = new List<IRasterSink>();
        try
        {
            foreach (SampleLayer layer in layers)
                sinks.Add(geodata.CreateRaster(
                    Path.Combine(directory, layer.File),
                    new RasterDescription(
                        grid, layer.CellType, layer.NoData, layer.Description, [], options.Compression, 1, options.Layout)));
            Fill(grid, options, layers, sinks, progress, cancellation);
            foreach (IRasterSink sink in sinks)
                sink.Complete();
        }
        catch (AggregateException e) when (e.InnerException is not null)
        {
            // What went wrong on a worker is told as if it had happened here.
            ExceptionDispatchInfo.Throw(e.InnerException);
        }
        finally
        {
            sinks.ForEach(sink => sink.Dispose());
        }
    }

    // Windows are made in parallel, then each raster takes them in order on one thread: its blocks lie alike for any number of
    // workers.
    private static void Fill(
        Grid grid, SampleOptions options, IReadOnlyList<SampleLayer> layers, List<IRasterSink> sinks, IProgress<double>? progress,
        CancellationToken cancellation)
    {
        var maker = new SampleWindow(
            grid, new SampleFields(grid, options.Seed), options.WholeExtent ? null : new SampleCountries(grid), layers,
            options.BaselineOnly);
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = Math.Max(1, options.Threads),
            CancellationToken = cancellation
        };
        Window[] windows = [.. Windows(grid, options.Layout)];
        int batch = Math.Min(LargestBatch, 2 * Math.Max(1, options.Threads));
        int cells = windows.Max(w => w.Width * w.Height);
        byte[][][] buffers = [
            .. Enumerable.Range(0, Math.Min(batch, windows.Length))
                .Select(_ => layers.Select(l => new byte[cells * l.CellType.Size()]).ToArray())];
        var inside = new bool[batch];
        for (int first = 0; first < windows.Length; first += batch)
        {
            int start = first, count = Math.Min(batch, windows.Length - first);
            Parallel.For(0, count, parallel, i => inside[i] = maker.Fill(windows[start + i], buffers[i]));
            Parallel.For(0, layers.Count, parallel, layer =>
            {
                for (int i = 0; i < count; i++)
                {
                    // Windows that are not written hold no data, which is what all layers but land cover have outside the
                    // countries.
                    Window window = windows[start + i];
                    if (inside[i] || layers[layer].Outside != layers[layer].NoData)
                        sinks[layer].Write(
                            window, buffers[i][layer].AsSpan(0, window.Width * window.Height * layers[layer].CellType.Size()));
                }
            });
            progress?.Report((double)(first + count) / windows.Length);
        }
    }

    // Tiles are made whole; strips, too, so that no strip is compressed twice.
    internal static IEnumerable<Window> Windows(Grid grid, RasterLayout layout)
    {
        int width = layout == RasterLayout.Striped ? grid.Width : 512;
        int height = layout == RasterLayout.Striped ? Math.Clamp(CellsPerWindow / grid.Width, 1, 512) : 512;
        for (int row = 0; row < grid.Height; row += height)
            for (int column = 0; column < grid.Width; column += width)
                yield return new Window(column, row, Math.Min(width, grid.Width - column), Math.Min(height, grid.Height - row));
    }
}
