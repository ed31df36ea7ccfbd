using Ldn.Rasters;

namespace Ldn.Pass;

/// <summary>
/// How the units of a pass are gone through: in bands of <paramref name="Rows"/> rows, whose outputs are held in memory, read in
/// steps of rows, computed in slices that stay in the processor's cache.
/// </summary>
internal readonly record struct UnitShape(int Width, int Rows, int StepRows, int SliceRows)
{
    private const int SliceCellsGoal = 16 * 1024;

    /// <summary>
    /// Cells of a step: enough rows to be worth a call, few enough to stay in the cache; a unit of 512 × 512 is one.
    /// </summary>
    private const int StepCellsGoal = 256 * 1024;

    /// <summary>Cells that the steps of all inputs may hold together.</summary>
    private const int AllStepsCells = 32 * StepCellsGoal;

    /// <summary>
    /// Steps are of this many rows, or a multiple, where they can be: strips of few rows then seldom lie across two.
    /// </summary>
    private const int StepRowsMultiple = 8;

    /// <summary>Side of the largest unit: what its outputs take is held in memory.</summary>
    private const int LargestSide = 4 * IndicatorPass.UnitCells;

    /// <summary>Cells of the largest step.</summary>
    public int StepCells => Width * StepRows;

    /// <summary>Cells of the largest slice.</summary>
    public int SliceCells => Width * SliceRows;

    public static UnitShape Of(PassPlan plan, IReadOnlyList<Window> units)
    {
        int width = units.Count == 0 ? IndicatorPass.UnitCells : units.Max(u => u.Width);
        int rows = Math.Min(plan.BandRows, units.Count == 0 ? IndicatorPass.UnitCells : units.Max(u => u.Height));
        int step = Math.Min(StepCellsGoal, AllStepsCells / Math.Max(1, plan.Inputs.Count));
        int stepRows = Math.Clamp(step / width, 1, rows);
        if (stepRows > StepRowsMultiple)
            stepRows -= stepRows % StepRowsMultiple;
        int sliceRows = Math.Clamp(SliceCellsGoal / width, 1, stepRows);
        int together = plan.CellsTogether;
        return new UnitShape(width, Whole(rows), Whole(stepRows), Whole(sliceRows));

        int Whole(int some) => (some + together - 1) / together * together;
    }

    /// <summary>
    /// Side of a unit in cells where inputs are tiled: the smallest multiple of <see cref="IndicatorPass.UnitCells"/> that holds
    /// the largest tile, so that none is decoded for several units.
    /// </summary>
    public static int Side(PassPlan plan)
    {
        int tile = plan.Inputs.Max(i => i.Raster.TileSide);
        return Math.Clamp(
            (tile + IndicatorPass.UnitCells - 1) / IndicatorPass.UnitCells * IndicatorPass.UnitCells, IndicatorPass.UnitCells,
            LargestSide);
    }

    /// <summary>Whether some input lies in strips, which are then read over the whole width.</summary>
    public static bool IsStriped(PassPlan plan) => plan.Inputs.Any(i => i.Raster.IsStriped);
}
