using Ldn.Rasters;
using static Ldn.Gdal.Tests.ClassRasters;

namespace Ldn.Gdal.Tests;

/// <summary>Class rasters that are not finished: interrupted, without room, misused.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ClassRasterFailureTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Test]
    public void CancelledHalfWayLeavesNothing([Values(0, 0.3, 0.8)] double share)
    {
        RasterDescription description = Description(3000, 2000);
        using var cancellation = new CancellationTokenSource();
        using (IRasterSink sink = Scratch.Geodata.CreateRaster(_scratch["gone.tif"], description))
        {
            sink.Write(description.Grid.Extent, Cells(3000, 2000));
            Assert.That(Directory.GetFiles(_scratch.Folder), Is.EqualTo(new[] { _scratch["gone.tif.spool.tif"] }));
            Assert.Throws(Is.InstanceOf<OperationCanceledException>(), () => sink.Complete(
                done =>
                {
                    if (done >= share)
                        cancellation.Cancel();
                },
                cancellation.Token));
        }

        Assert.That(Directory.GetFiles(_scratch.Folder), Is.Empty);
    }

    [Test]
    public void ProgressGrowsToOne()
    {
        RasterDescription description = Description(3000, 2000) with { Threads = 4 };
        var told = new List<double>();
        using IRasterSink sink = Scratch.Geodata.CreateRaster(_scratch["out.tif"], description);
        sink.Write(description.Grid.Extent, Cells(3000, 2000));
        sink.Complete(told.Add, CancellationToken.None);
        Assert.That(told, Is.Ordered.And.Count.GreaterThan(10));
        Assert.That(told[^1], Is.EqualTo(1));
    }

    /// <summary>The raster or its spool leads to a device that is always full.</summary>
    [Test]
    public void AFullDiskIsTemporaryAndLeavesNothing(
        [Values("full.tif", "full.tif.spool.tif")] string file, [Values(1, 512)] int rows)
    {
        const string full = "/dev/full";
        if (!File.Exists(full))
            Assert.Ignore("no /dev/full");
        RasterDescription description = Description(1300, 1024);
        File.CreateSymbolicLink(_scratch[file], full);
        using (IRasterSink sink = Scratch.Geodata.CreateRaster(_scratch["full.tif"], description))
        {
            Scratch.Fails(
                () =>
                {
                    sink.Write(new Window(0, 0, 1300, rows), Cells(1300, rows));
                    sink.Complete();
                },
                ExitCode.Temporary, "full.tif", "disk is full");
        }

        Assert.That(Directory.GetFileSystemEntries(_scratch.Folder), Is.Empty);
    }

    [Test]
    public void WindowsThatOverlapAreADefect()
    {
        RasterDescription description = Description(600, 600);
        byte[] cells = Cells(600, 600);
        using IRasterSink sink = Scratch.Geodata.CreateRaster(_scratch["out.tif"], description);
        sink.Write(new Window(0, 0, 600, 8), cells.AsSpan(0, 600 * 8));
        sink.Write(description.Grid.Extent, cells);
        Assert.Throws<InvalidOperationException>(sink.Complete);
    }
}
