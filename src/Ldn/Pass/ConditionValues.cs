using Ldn.Indicator;
using Ldn.Rasters;

namespace Ldn.Pass;

/// <summary>
/// Which encoding a condition raster has follows from its values, whatever its cell type (method §1): −1 means −1, 0, 1; a 2 or 3
/// means 1, 2, 3 with 0 for no data; a 0 without either means −1, 0, 1 too. Only where all are 1 nobody can tell.
/// </summary>
internal static class ConditionValues
{
    /// <summary>Whether the raster holds −1, 0, 1. Blocks are read until the values have told, mostly one.</summary>
    /// <param name="source">The raster.</param>
    /// <param name="noData">Stored values without data.</param>
    /// <param name="given">What the user says, which counts; null where nothing.</param>
    /// <param name="layer">Name for messages.</param>
    /// <param name="isPerformance">Of performance, degraded or stable: −1 and 0, or 1 and 2, so that a 1 tells.</param>
    /// <exception cref="LdnException">Exit 3: only 1s, which may be degraded or improved.</exception>
    public static bool IsSigned(IRasterSource source, IReadOnlyList<double> noData, bool? given, string layer, bool isPerformance)
    {
        if (given is { } told)
            return told;
        bool one = false, zero = false;
        var cells = new byte[source.BlockWidth * source.BlockHeight * source.CellType.Size()];
        for (int row = 0; row * (long)source.BlockHeight < source.Grid.Height; row++)
        {
            for (int column = 0; column * (long)source.BlockWidth < source.Grid.Width; column++)
            {
                source.ReadBlock(column, row, cells);
                int rows = Math.Min(source.BlockHeight, source.Grid.Height - (row * source.BlockHeight));
                int columns = Math.Min(source.BlockWidth, source.Grid.Width - (column * source.BlockWidth));
                for (int y = 0; y < rows; y++)
                {
                    for (int x = 0; x < columns; x++)
                    {
                        double value = Cells.Value(cells, source.CellType, (y * source.BlockWidth) + x);
                        if (noData.Contains(value))
                            continue;
                        if (value == -1)
                            return true;
                        if (value is 2 or 3)
                            return false;
                        one |= value == 1;
                        zero |= value == 0;
                    }
                }
            }
        }

        if (one && !zero && !isPerformance)
        {
            throw Fault.Values.Error(
                $"{layer} ({source.Name}) holds 1 and nothing else: degraded where conditions are 1, 2, 3, improved where they "
                    + "are -1, 0, 1",
                "say which with --condition-encoding byte (1 is degraded) or --condition-encoding signed (1 is improved)");
        }

        return !(isPerformance && one);
    }

    /// <summary>Code of each stored value: <paramref name="code"/> of the condition 1…3, 0 for no data.</summary>
    public static Dictionary<double, byte> Codes(bool signed, Func<int, byte> code) => signed
        ? new() { [-1] = code(1), [0] = code(2), [1] = code(3), [ConditionEncoding.SignedNoData] = 0 }
        : new() { [1] = code(1), [2] = code(2), [3] = code(3), [0] = 0 };
}
