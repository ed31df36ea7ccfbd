using System.Diagnostics;
using System.Xml.Linq;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Reports;

namespace Ldn.Run.Shards;

/// <summary>
/// <c>ldn merge</c>: verified parts become the result that a single process would have written, by the same code.
/// </summary>
internal static class MergeRun
{
    /// <summary>Merges all parts of a plan into a folder.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cog">Whether each raster becomes one Cloud-Optimized GeoTIFF, with the bytes of a single process; else a
    /// virtual raster over the parts.</param>
    /// <param name="how">The result's folder, threads, memory.</param>
    /// <param name="geodata">Reads and writes rasters.</param>
    /// <param name="progress">Told how far the merge has come.</param>
    /// <param name="cancellation">Cancels between two parts.</param>
    /// <exception cref="LdnException">Exit 5: parts are missing or damaged; 3: an input has changed, or what a single process
    /// would refuse.</exception>
    public static ComputeResult Execute(
        ShardPlan plan, bool cog, ComputeOptions how, IGeodata geodata, IProgress<PassProgress>? progress,
        CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        progress?.Report(new PassProgress(0, 1, RunPhase.Inputs));
        how = how with { Options = plan.Options, Language = plan.Language };
        using OutputFolder folder = OutputFolder.Open(how.OutputFolder, how.Overwrite);
        using ShardWork work = ShardWork.Open(plan, geodata);
        folder.Protect([plan.Path, .. plan.Files.Select(f => f.Path)], RunOutputs.FileNames(work.Run, how.Threads));
        how.Begins?.Invoke(RunBeginning.OfMerge(work.Run, work.Units, plan.Shards.Count, how.Threads));
        IReadOnlyList<Output> rasters = RunOutputs.Of(work.Run, how.Threads);
        bool reports = new ReportOptions(work.Run.Job.Outputs.Tables).Any;
        var scale = new ProgressScale(progress, RunWork.OfMerge(plan.Shards.Count, cog ? rasters : [], reports))
        {
            Ending = RunWork.Ending(reports),
        };
        IProgress<PassProgress>? reading = scale.Stage(0);
        var merged = PassResult.Empty(work.Run.Pass);
        int read = 0;
        PartSet.ForEach(plan, Part.Result, "", part =>
        {
            cancellation.ThrowIfCancellationRequested();
            merged.Merge(PassResultJson.Read(part, work.Run.Pass, work.Run.PlaceIndex));
            reading?.Report(new PassProgress(++read, plan.Shards.Count));
        });
        Dictionary<string, FileHash> known = plan.Files.ToDictionary(f => f.Path, f => f.Hash);
        HashSet<string> inputs =
            [.. Provenance.InputNames(work.Run).Select(DataSetName.LocalFile).Where(p => p.Length > 0).Select(Path.GetFullPath)];
        Dictionary<string, RemoteStamp> remote = plan.Remote.ToDictionary(r => r.Name);
        var completion = new RunCompletion(work.Run, folder, how, geodata, CompleteRasters)
        {
            PlanId = plan.Id,
            Limits = FirstStage.Complete(work.Run.Pass, plan).Limits,
            KnownHash = path => known.GetValueOrDefault(Path.GetFullPath(path)),
            KnownRemote = remote.GetValueOrDefault,
            SideFiles = () => [.. plan.Files.Where(f => !inputs.Contains(f.Path)).Select(f => (f.Path, f.Hash))],
            BeforePublishing = () =>
            {
                if (!cog)
                    foreach (Output raster in rasters.Where(r => File.Exists(folder[r.Name + ".vrt"])))
                        VirtualRaster.Relocate(folder[raster.Name + ".vrt"], how.OutputFolder);
            },
        };
        try
        {
            ComputeResult complete = completion.Complete(merged, () => Stopwatch.GetElapsedTime(started), cancellation);
            scale.Stage(2)?.Report(new PassProgress(1, 1));
            return complete;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw folder.Failure(e);
        }

        void CompleteRasters()
        {
            IProgress<PassProgress>? joining = scale.Stage(1);
            for (int i = 0; i < rasters.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                Output raster = rasters[i];
                if (cog)
                    CompleteCog(raster, i, joining);
                else
                    geodata.WriteVirtualRaster(folder[raster.Name + ".vrt"], raster.Raster, VirtualRaster.Tiles(work, raster));
            }

            _ = scale.Stage(2);
        }

        void CompleteCog(Output raster, int number, IProgress<PassProgress>? joining)
        {
            using IRasterSink whole = geodata.CreateRaster(folder[raster.Name + ".tif"], raster.Raster);
            for (int shard = 0; shard < plan.Shards.Count; shard++)
            {
                joining?.Report(
                    new PassProgress(((long)number * plan.Shards.Count) + shard, (long)rasters.Count * plan.Shards.Count));
                cancellation.ThrowIfCancellationRequested();
                using IRasterSource part = geodata.OpenRaster(Part.RasterFile(plan, shard, raster.Name));
                PartRaster.Copy(part, work.Run.Pass.Extent, work.Box(shard), work.UnitsOf(shard), whole);
            }

            whole.Complete();
        }
    }
}

/// <summary>A raster over the parts of a plan, which stay where they are.</summary>
internal static class VirtualRaster
{
    /// <summary>Where each shard's units lie in its file and in the whole: runs of units beside each other as one.</summary>
    public static IReadOnlyList<RasterTile> Tiles(ShardWork work, Output raster)
    {
        Window extent = work.Run.Pass.Extent;
        var tiles = new List<RasterTile>();
        for (int shard = 0; shard < work.Plan.Shards.Count; shard++)
        {
            string file = Part.RasterFile(work.Plan, shard, raster.Name);
            Window box = work.Box(shard);
            foreach (Window run in Runs(work.UnitsOf(shard)))
                tiles.Add(
                    new RasterTile(
                        file, box with { Column = 0, Row = 0 }, PartRaster.Within(box, run), PartRaster.Within(extent, run)));
        }

        return tiles;
    }

    /// <summary>
    /// Lets a virtual raster, written in a temporary folder, find its parts from <paramref name="folder"/>: by relative paths, so
    /// that both may be moved together.
    /// </summary>
    public static void Relocate(string path, string folder)
    {
        var document = XDocument.Load(path, LoadOptions.PreserveWhitespace);
        foreach (XElement file in document.Descendants("SourceFilename"))
        {
            file.Value = Path.GetRelativePath(
                Path.GetFullPath(folder), Path.GetFullPath(file.Value, Path.GetDirectoryName(path)!)).Replace('\\', '/');
            file.SetAttributeValue("relativeToVRT", "1");
        }

        using FileStream stream = File.Create(path);
        document.Save(stream, SaveOptions.DisableFormatting);
    }

    private static IEnumerable<Window> Runs(IReadOnlyList<Window> units)
    {
        Window run = units[0];
        foreach (Window unit in units.Skip(1))
        {
            if (unit.Row == run.Row && unit.Column == run.EndColumn && unit.Height == run.Height)
            {
                run = run with { Width = run.Width + unit.Width };
                continue;
            }

            yield return run;
            run = unit;
        }

        yield return run;
    }
}
