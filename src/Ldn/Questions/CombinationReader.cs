using System.Globalization;
using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Questions;

/// <summary>Reads the codes of a <see cref="CombinationPlane"/> slice by slice. One a worker.</summary>
internal sealed class CombinationReader(PassPlan plan, CombinationPlane plane, int capacity)
{
    private readonly uint[] _part = new uint[capacity];
    private readonly ulong[] _codes = new ulong[capacity];

    /// <summary>The codes of a slice, 0 where some raster has no data.</summary>
    /// <exception cref="LdnException">Exit 3: a cell inside the zones holds what no code is there for.</exception>
    public ReadOnlySpan<ulong> Read(Window slice, CellsOf cells)
    {
        Span<uint> part = _part.AsSpan(0, slice.Width * slice.Height);
        Span<ulong> codes = _codes.AsSpan(0, part.Length);
        codes.Clear();
        ulong weight = 1;
        for (int r = 0; r < plane.Rasters.Count; r++)
        {
            CombinedRaster raster = plane.Rasters[r];
            if (raster.Codes.Encode(cells(raster.Input), part))
                CheckInside(raster, slice, cells);
            for (int i = 0; i < codes.Length; i++)
                codes[i] = part[i] == 0 || (r > 0 && codes[i] == 0) ? 0 : codes[i] + (part[i] * weight);
            weight *= raster.Codes.States;
        }

        return codes;
    }

    /// <summary>What has no code is an error inside the zones; outside it is nothing to anybody.</summary>
    private void CheckInside(CombinedRaster raster, Window slice, CellsOf cells)
    {
        int at = ZoneCells.FirstInside(plan, slice, cell => _part[cell] == WholeNumberCodes.Invalid);
        if (at < 0)
            return;
        RasterInput input = plan.Inputs[raster.Input];
        double value = Cells.Value(cells(raster.Input).Cells, input.Raster.OutputType, at);
        throw Fault.Values.Error(
            $"{input.Layer} ({input.File}) holds {value.ToString("R", CultureInfo.InvariantCulture)} inside the zones, which is "
                + $"no whole number from {raster.Codes.Lowest} to {raster.Codes.Highest}",
            $"declare it with --nodata {input.Option}=VALUE if it is a fill, or number the classes anew");
    }
}
