using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Pass;

/// <summary>Looks for what must not be inside the zones; outside them a value is nothing to anybody (method §2).</summary>
internal static class ZoneCells
{
    /// <summary>The first cell of a window, counted row by row, that lies in a zone and is wrong; −1 where none is.</summary>
    public static int FirstInside(PassPlan plan, Window window, Func<int, bool> wrong)
    {
        foreach (PlaceRun run in plan.Places.Inside(window))
            for (int cell = run.Start; cell < run.End; cell++)
                if (wrong(cell))
                    return cell;
        return -1;
    }
}
