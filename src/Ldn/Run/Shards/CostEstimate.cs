using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Run.Shards;

/// <summary>
/// How fast a machine is: nanoseconds of one core for a decoded byte, for each period and each question beyond the indicator of a
/// cell inside zones, and for a written byte; seconds for the start of a shard.
/// </summary>
internal sealed record CostPace(double DecodeByte, double PeriodCell, double QuestionCell, double EncodeByte, double StartSeconds)
{
    /// <summary>
    /// Of a 2-core virtual machine, fitted to the runs that benchmarks/README.md tells; other machines differ by a factor of two.
    /// </summary>
    public static CostPace Usual { get; } = new(1.5, 63, 9, 4.5, 0.75);

    /// <summary>So many times as slow, but for the start.</summary>
    public CostPace Times(double factor) =>
        this with
        {
            DecodeByte = DecodeByte * factor,
            PeriodCell = PeriodCell * factor,
            QuestionCell = QuestionCell * factor,
            EncodeByte = EncodeByte * factor,
        };
}

/// <summary>What a plan will cost, foreseen from sizes alone: bytes moved, core seconds by kind of work, memory.</summary>
/// <param name="Cells">Cells of all units, which are read and written.</param>
/// <param name="LandCells">Of them inside zones.</param>
/// <param name="Periods">Baseline and reporting periods, each computed and counted for every cell inside zones.</param>
/// <param name="Questions">Beyond the indicator, each counted for every cell inside zones.</param>
/// <param name="StoredBytes">Of the inputs as stored, read by all shards together: the transfer from disk or network.</param>
/// <param name="DecodedBytes">Of the inputs as decoded.</param>
/// <param name="WrittenBytes">Of the rasters before they are encoded.</param>
/// <param name="WorkerBytes">Memory of one worker thread beside the program's own.</param>
/// <param name="Stages">Each stage reads; the last also computes and writes.</param>
internal sealed record CostEstimate(
    long Cells, long LandCells, int Periods, int Questions, long StoredBytes, long DecodedBytes, long WrittenBytes,
    long WorkerBytes, int Stages)
{
    /// <summary>What kinds of work take.</summary>
    public CostPace Pace { get; init; } = CostPace.Usual;

    /// <summary>Units that were computed to measure the pace; 0 where it is the usual one.</summary>
    public int MeasuredUnits { get; init; }

    /// <summary>Memory of the program itself, with GDAL, zones and tallies of a usual run.</summary>
    public const long ProgramBytes = 300L << 20;

    /// <summary>Core seconds of decoding the inputs, in all stages.</summary>
    public double DecodeSeconds => DecodedBytes * Pace.DecodeByte * Stages / 1e9;

    /// <summary>Core seconds of computing and counting.</summary>
    public double KernelSeconds => LandCells * ((Pace.PeriodCell * Periods) + (Pace.QuestionCell * Questions)) / 1e9;

    /// <summary>Core seconds of encoding the rasters.</summary>
    public double EncodeSeconds => WrittenBytes * Pace.EncodeByte / 1e9;

    /// <summary>Core seconds of all shards together, start-up included.</summary>
    public double Seconds(int shards) => DecodeSeconds + KernelSeconds + EncodeSeconds + (Pace.StartSeconds * shards * Stages);

    /// <summary>Core seconds of the shard with the most land.</summary>
    public double LongestSeconds(IReadOnlyList<ShardUnits> shards) =>
        ((Seconds(0) * shards.Max(s => s.LandCells)) / Math.Max(1, LandCells)) + (Pace.StartSeconds * Stages);

    /// <summary>Estimates a run from its plan.</summary>
    public static CostEstimate Of(RunPlan run, IReadOnlyList<Window> units, IReadOnlyList<ShardUnits> shards)
    {
        long cells = units.Sum(u => (long)u.Width * u.Height);
        double stored = 0, decoded = 0;
        foreach (RasterInput input in run.Pass.Inputs.Where(i => !i.IsComputed))
        {
            Grid source = input.Source.Grid;
            double all = (double)source.Width * source.Height, read = Math.Min(all, cells * CellsPerCell(run.Pass.Grid, source));
            string file = DataSetName.LocalFile(input.File);
            decoded += read * input.Source.CellType.Size();
            stored += read / all * (file.Length == 0 ? all * input.Source.CellType.Size() : FileFacts.Of(file).Bytes);
        }

        int[] sizes = [.. RunOutputs.Of(run, 1).Select(o => o.CellSize)];
        int stages = FirstStage.IsNeeded(run.Pass) ? 2 : 1;
        return new CostEstimate(
            cells, shards.Sum(s => s.LandCells), run.Pass.Periods.Count, run.Pass.Questions.Count, (long)stored * stages,
            (long)decoded, cells * sizes.Sum(), IndicatorPass.WorkerBytes(run.Pass, units, sizes), stages);
    }

    /// <summary>
    /// Source cells that cover a cell of the run's grid; taken from the sizes of both where their units differ.
    /// </summary>
    private static double CellsPerCell(Grid grid, Grid source) => grid.Crs.IsGeographic == source.Crs.IsGeographic
        ? Math.Abs(grid.CellWidth * grid.CellHeight / (source.CellWidth * source.CellHeight))
        : (double)source.Width * source.Height / ((double)grid.Width * grid.Height);
}
