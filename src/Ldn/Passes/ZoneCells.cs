using Ldn.Grids;
using Ldn.Zones;

namespace Ldn.Passes;

/// <summary>Looks for what must not be inside the zones; outside them a value is nothing to anybody (method §2).</summary>
internal static class ZoneCells
{
    /// <summary>The first cell of a window, counted row by row, that lies in a zone and is wrong; −1 where none is.</summary>
    public static int FirstInside(PassPlan plan, Window window, Func<int, bool> wrong)
    {
        for (int row = 0; row < window.Height; row++)
        {
            foreach (PlaceSpan span in plan.Places.Row(window.Row + row))
            {
                int start = Math.Max(span.Start, window.Column) - window.Column, end = Math.Min(span.End, window.EndColumn) - window.Column;
                for (int column = start; column < end; column++)
                    if (wrong((row * window.Width) + column))
                        return (row * window.Width) + column;
            }
        }

        return -1;
    }
}
