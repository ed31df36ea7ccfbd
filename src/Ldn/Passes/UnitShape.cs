using Ldn.Grids;

namespace Ldn.Passes;

/// <summary>
/// How the units of a pass are gone through: read in steps of rows, computed in slices that stay in the processor's cache.
/// </summary>
internal readonly record struct UnitShape(int Width, int Rows, int StepRows, int SliceRows)
{
    private const int SliceCellsGoal = 16 * 1024;

    /// <summary>Cells of a step where rasters are striped: enough rows to be worth a call, few enough to stay in the cache.</summary>
    private const int StripedStepCells = 256 * 1024;

    /// <summary>Cells of the largest step.</summary>
    public int StepCells => Width * StepRows;

    /// <summary>Cells of the largest slice.</summary>
    public int SliceCells => Width * SliceRows;

    public static UnitShape Of(PassPlan plan, IReadOnlyList<Window> units)
    {
        int width = units.Count == 0 ? IndicatorPass.UnitCells : units.Max(u => u.Width);
        int rows = units.Count == 0 ? IndicatorPass.UnitCells : units.Max(u => u.Height);
        int stepRows = IsStriped(plan) ? Math.Clamp(StripedStepCells / width, 1, rows) : rows;
        return new UnitShape(width, rows, stepRows, Math.Clamp(SliceCellsGoal / width, 1, stepRows));
    }

    /// <summary>Whether some input lies in strips, which are then read over the whole width.</summary>
    public static bool IsStriped(PassPlan plan) => plan.Inputs.Any(i => i.Raster.IsStriped);
}
