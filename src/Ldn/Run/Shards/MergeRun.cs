using System.Diagnostics;
using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Run.Shards;

/// <summary>
/// <c>ldn merge</c>: verified parts become the result that a single process would have written, by the same code.
/// </summary>
public static class MergeRun
{
    /// <summary>Merges all parts of a plan into a folder.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cog">Whether each raster becomes one Cloud-Optimized GeoTIFF, with the bytes of a single process; else a
    /// virtual raster over the parts.</param>
    /// <param name="how">The result's folder, threads, memory.</param>
    /// <exception cref="LdnException">Exit 5: parts are missing or damaged; 3: an input has changed, or what a single process
    /// would refuse.</exception>
    public static ComputeResult Execute(
        ShardPlan plan, bool cog, ComputeOptions how, IGeodata geodata, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        how = how with { Options = plan.Options, Language = plan.Language };
        using OutputFolder folder = OutputFolder.Open(how.OutputFolder, how.Overwrite);
        using ShardWork work = ShardWork.Open(plan, geodata);
        folder.Protect([plan.Path, .. plan.Files.Select(f => f.Path)], RunOutputs.FileNames(work.Run, how.Threads));
        var merged = PassResult.Empty(work.Run.Pass);
        PartSet.ForEach(
            plan, Part.Result, "", part => merged.Merge(PassResultJson.Read(part, work.Run.Pass, work.Run.PlaceIndex)));
        IReadOnlyList<Output> rasters = RunOutputs.Of(work.Run, how.Threads);
        Dictionary<string, FileHash> known = plan.Files.ToDictionary(f => f.Path, f => f.Hash);
        HashSet<string> read =
            [.. Provenance.InputNames(work.Run).Select(DataSetName.LocalFile).Where(p => p.Length > 0).Select(Path.GetFullPath)];
        Dictionary<string, RemoteStamp> remote = plan.Remote.ToDictionary(r => r.Name);
        var completion = new RunCompletion(work.Run, folder, how, geodata, CompleteRasters)
        {
            PlanId = plan.Id,
            Limits = FirstStage.Complete(work.Run.Pass, plan).Series?.Limits ?? [],
            KnownHash = path => known.GetValueOrDefault(Path.GetFullPath(path)),
            KnownRemote = remote.GetValueOrDefault,
            SideFiles = () => [.. plan.Files.Where(f => !read.Contains(f.Path)).Select(f => (f.Path, f.Hash))],
            BeforePublishing = () =>
            {
                if (!cog)
                    foreach (Output raster in rasters.Where(r => File.Exists(folder[r.Name + ".vrt"])))
                        VirtualRaster.Relocate(folder[raster.Name + ".vrt"], how.OutputFolder);
            },
        };
        try
        {
            return completion.Complete(merged, () => Stopwatch.GetElapsedTime(started), cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw folder.Failure(e);
        }

        void CompleteRasters()
        {
            foreach (Output raster in rasters)
            {
                cancellation.ThrowIfCancellationRequested();
                if (cog)
                    CompleteCog(raster);
                else
                    geodata.WriteVirtualRaster(folder[raster.Name + ".vrt"], raster.Raster, VirtualRaster.Tiles(work, raster));
            }
        }

        void CompleteCog(Output raster)
        {
            using IRasterSink whole = geodata.CreateRaster(folder[raster.Name + ".tif"], raster.Raster);
            for (int shard = 0; shard < plan.Shards.Count; shard++)
            {
                cancellation.ThrowIfCancellationRequested();
                using IRasterSource part = geodata.OpenRaster(Part.RasterFile(plan, shard, raster.Name));
                PartRaster.Copy(part, work.Run.Pass.Extent, work.Box(shard), work.UnitsOf(shard), whole);
            }

            whole.Complete();
        }
    }
}
