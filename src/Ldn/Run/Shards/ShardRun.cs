using System.Text.Json;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Productivity;
using Ldn.Rasters;
using Ldn.Subjects;

namespace Ldn.Run.Shards;

/// <summary>
/// <c>ldn compute --plan P --shard I</c>: one shard of a plan. It may be run any number of times, on several machines at once: a
/// valid part is kept, a new one takes its place whole or not at all.
/// </summary>
internal static class ShardRun
{
    /// <summary>Computes a shard's part.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="shard">From 0.</param>
    /// <param name="stage">1 or 2 of a plan with two stages; the last when null.</param>
    /// <param name="how">Threads and memory.</param>
    /// <returns>False where a valid part is there already and nothing was done.</returns>
    /// <exception cref="LdnException">Exit 2: no such shard or stage; 3: an input has changed or is damaged; 5: the stage before
    /// is not complete; 75: try again.</exception>
    public static bool Execute(
        ShardPlan plan, int shard, int? stage, ComputeOptions how, IGeodata geodata, IProgress<PassProgress>? progress,
        CancellationToken cancellation)
    {
        if (shard < 0 || shard >= plan.Shards.Count)
            throw Fault.Plan.Error($"the plan has no shard {shard}", $"shards are numbered from 0 to {plan.Shards.Count - 1}");
        if (stage is < 1 || stage > plan.Stages)
            throw Fault.Plan.Error(
                $"the plan has no stage {stage}",
                plan.Stages == 1 ? "it has one stage: leave --stage out" : $"stages are numbered from 1 to {plan.Stages}");
        bool first = stage < plan.Stages;
        string file = first ? Part.Histograms : Part.Result;
        if (Part.IsValid(plan, shard, file))
            return false;
        using ShardWork work = ShardWork.Open(plan, geodata);
        using OutputFolder folder = OutputFolder.OpenPart(Part.Folder(plan, shard), file);
        IReadOnlyList<Window> units = work.UnitsOf(shard);
        if (first)
        {
            int workers = IndicatorPass.Workers(work.Run.Pass, units, [], how.Threads, how.MemoryBytes);
            how.Begins?.Invoke(new RunBeginning(work.Run, work.Run.Pass, units, [], workers));
            IReadOnlyList<PerformanceHistograms> histograms = PerformancePass.Run(
                work.Run.Pass, units, [], workers, new ProgressScale(progress, (RunPhase.Limits, units.Count * 1000L)).Stage(0),
                cancellation);
            Seal(folder, file, plan, shard, json => FirstStage.Write(json, histograms));
        }
        else
        {
            using var pass = RunPass.Open(
                FirstStage.Complete(work.Run.Pass, work.Plan), units, RunOutputs.Of(work.Run, how.Threads),
                o => PartRaster.Create(o, folder[o.Name + ".tif"], work.Run.Pass.Extent, work.Box(shard), geodata), how);
            how.Begins?.Invoke(new RunBeginning(work.Run, pass.Plan, units, pass.Outputs, pass.Workers));
            PassResult result = pass.Execute(
                folder[SeriesSpool.Name], null, new ProgressScale(progress, (RunPhase.Pass, units.Count * 1000L)).Stage(0),
                cancellation);
            pass.CompleteRasters(null, cancellation);
            string[] rasters = [.. pass.Outputs.Select(o => o.Output.Name + ".tif")];
            Seal(folder, file, plan, shard, json =>
            {
                WriteRasters(json, folder, rasters);
                PassResultJson.Write(json, result, work.Run.PlaceIndex);
            });
        }

        // What was read must have been the plan's inputs to the end.
        plan.CheckFiles(geodata);
        folder.Publish();
        return true;
    }

    private static void Seal(OutputFolder folder, string file, ShardPlan plan, int shard, Action<Utf8JsonWriter> content) =>
        SealedJson.Write(folder[file], json =>
    {
        Part.WriteHead(json, plan, shard);
        content(json);
    });

    private static void WriteRasters(Utf8JsonWriter json, OutputFolder folder, string[] rasters)
    {
        json.WriteStartArray("rasters");
        foreach (string raster in rasters)
        {
            FileHash hash = FileHash.Of(folder[raster]);
            json.WriteStartObject();
            json.WriteString("name", raster);
            json.WriteNumber("bytes", hash.Bytes);
            json.WriteString("sha256", hash.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

/// <summary>A plan made ready to compute with: inputs open, units found again.</summary>
internal sealed class ShardWork : IDisposable
{
    private ShardWork(ShardPlan plan, RunPlan run, IReadOnlyList<Window> units) => (Plan, Run, Units) = (plan, run, units);

    public ShardPlan Plan { get; }

    public RunPlan Run { get; }

    /// <summary>Every unit of the run, in order.</summary>
    public IReadOnlyList<Window> Units { get; }

    /// <exception cref="LdnException">Exit 3: an input has changed.</exception>
    public static ShardWork Open(ShardPlan plan, IGeodata geodata)
    {
        plan.CheckFiles(geodata);
        RunPlan run = RunPlanner.Plan(JobResolver.Resolve(plan.Job, plan.Folder, AllSubjects.InOrder), geodata);
        IReadOnlyList<Window> units = IndicatorPass.Units(run.Pass);
        if (run.Pass.Extent == plan.Extent && units.Count == plan.UnitCount)
            return new ShardWork(plan, run, units);
        run.Dispose();
        throw Fault.Changed.Error(
            "the grid or the zones are not those of the plan",
            "some input changed unseen, on another server perhaps: make the plan anew and compute all shards again");
    }

    public IReadOnlyList<Window> UnitsOf(int shard) => [.. Units.Skip(Plan.Shards[shard].First).Take(Plan.Shards[shard].Count)];

    /// <summary>The smallest window of the run's grid that holds all units of a shard: what its rasters cover.</summary>
    public Window Box(int shard)
    {
        IReadOnlyList<Window> units = UnitsOf(shard);
        int column = units.Min(u => u.Column), row = units.Min(u => u.Row);
        return new Window(column, row, units.Max(u => u.EndColumn) - column, units.Max(u => u.EndRow) - row);
    }

    public void Dispose() => Run.Dispose();
}

/// <summary>
/// A raster of a shard: plain tiles over the smallest window that holds the shard's units. Names, colours and overviews belong to
/// the whole.
/// </summary>
internal static class PartRaster
{
    private const int Tile = IndicatorPass.UnitCells;

    /// <summary>Begins to write a shard's part of a raster; windows are given as for the whole raster.</summary>
    public static OpenOutput Create(Output raster, string path, Window extent, Window box, IGeodata geodata)
    {
        Window part = Within(extent, box);
        IRasterSink sink = geodata.CreateRaster(path, raster.Raster with
        {
            Grid = raster.Raster.Grid.Crop(part),
            Classes = [],
            Layout = RasterLayout.Tiled,
        });
        return new OpenOutput(raster, new ShiftedSink(sink, part.Column, part.Row));
    }

    /// <summary>A window of the run's grid as one of the raster, whose corner is the extent's.</summary>
    public static Window Within(Window extent, Window window) =>
        window with { Column = window.Column - extent.Column, Row = window.Row - extent.Row };

    /// <summary>Copies a shard's units from its part into the whole raster, tile by tile.</summary>
    public static void Copy(IRasterSource part, Window extent, Window box, IReadOnlyList<Window> units, IRasterSink whole)
    {
        int size = part.CellType.Size();
        var tile = new byte[part.BlockWidth * part.BlockHeight * size];
        foreach (Window unit in units)
        {
            for (int row = unit.Row; row < unit.EndRow; row += Tile)
            {
                for (int column = unit.Column; column < unit.EndColumn; column += Tile)
                {
                    Window cells = new Window(column, row, Tile, Tile).Intersect(unit);
                    part.ReadBlock((column - box.Column) / Tile, (row - box.Row) / Tile, tile);
                    int width = cells.Width * size;
                    for (int r = 1; r < cells.Height && cells.Width < part.BlockWidth; r++)
                        tile.AsSpan(r * part.BlockWidth * size, width).CopyTo(tile.AsSpan(r * width));
                    whole.Write(Within(extent, cells), tile.AsSpan(0, cells.Height * width));
                }
            }
        }
    }

    private sealed class ShiftedSink(IRasterSink sink, int column, int row) : IRasterSink
    {
        public void Write(Window window, ReadOnlySpan<byte> values) =>
            sink.Write(window with { Column = window.Column - column, Row = window.Row - row }, values);

        public void Complete() => sink.Complete();

        public void Dispose() => sink.Dispose();
    }
}
