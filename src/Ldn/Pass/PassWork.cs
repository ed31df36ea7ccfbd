using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Pass;

/// <summary>
/// What the windows of a pass cost beside each other, the scale of its progress: every cell is read and written, and cells inside
/// zones are computed and counted, which costs more than all the reading. In nanoseconds of one core as measured on 108 million
/// cells, half of them land; only their ratios matter.
/// </summary>
/// <param name="Places">Where the zones are.</param>
/// <param name="Cell">Of each cell.</param>
/// <param name="LandCell">Of each cell inside a zone, beside that.</param>
public sealed record PassWork(PlaceSpans Places, long Cell, long LandCell)
{
    private const int Read = 2, Spool = 2, PerPeriod = 20, PerQuestion = 8;

    /// <summary>
    /// Of laying out a cell of a class raster, whose tiles are compressed already, and of any other, which GDAL compresses.
    /// </summary>
    private const int LayClassOut = 1, LayOtherOut = 25;

    /// <summary>Of the pass itself.</summary>
    public static PassWork Of(PassPlan plan, IReadOnlyList<OpenOutput> outputs) => new(
        plan.Places, (Read * PassWorker.Wanted(plan).Count) + (Spool * outputs.Count),
        (PerPeriod * plan.Periods.Count) + (PerQuestion * plan.Questions.Count));

    /// <summary>Of the first stage of performance.</summary>
    public static PassWork OfPerformance(PassPlan plan) =>
        new(plan.Places, Read * PerformanceWorker.Wanted(plan).Count, PerPeriod * plan.Periods.Count);

    /// <summary>Of laying out rasters over so many cells.</summary>
    public static long OfLayout(IReadOnlyList<OpenOutput> outputs, long cells) =>
        cells * outputs.Sum(o => o.Output.CellSize == 1 ? LayClassOut : LayOtherOut);

    /// <summary>Of one window, or of a part of it.</summary>
    public long Of(Window window) => ((long)window.Width * window.Height * Cell) + (Places.CellCount(window) * LandCell);

    public long Of(IReadOnlyList<Window> windows) => windows.Sum(Of);
}
