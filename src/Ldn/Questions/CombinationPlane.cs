using System.Globalization;
using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Questions;

/// <summary>
/// The combination of the whole numbers of several rasters, 0 where any of them has no data; in as many bytes as all that can
/// occur need.
/// </summary>
internal sealed record CombinationPlane(IReadOnlyList<CombinedRaster> Rasters) : Plane(BytesFor(Rasters))
{
    private const ulong MostStates = 1UL << 56;

    /// <summary>The stored value of each raster in a code above 0.</summary>
    public long[] Values(ulong code)
    {
        var values = new long[Rasters.Count];
        for (int i = 0; i < values.Length; i++)
        {
            (code, ulong part) = Math.DivRem(code, Rasters[i].Codes.States);
            values[i] = Rasters[i].Codes.Value(part);
        }

        return values;
    }

    internal override PlaneFiller Open(PassPlan plan, int capacity) => new Filler(plan, this, capacity);

    private static int BytesFor(IReadOnlyList<CombinedRaster> rasters)
    {
        ulong states = 1;
        foreach (CombinedRaster raster in rasters)
        {
            if (states > MostStates / raster.Codes.States)
                throw Fault.Job.Error(
                    "the rasters of land types can combine in too many ways", "give fewer, or store their classes in bytes");
            states *= raster.Codes.States;
        }

        int bytes = 1;
        while (states > 1UL << (8 * bytes))
            bytes++;
        return bytes;
    }

    private sealed class Filler(PassPlan plan, CombinationPlane plane, int capacity) : PlaneFiller(Buffers(plane.Bytes, capacity))
    {
        private readonly CombinationReader _reader = new(plan, plane, capacity);

        public override void Fill(SliceAtHand slice)
        {
            ReadOnlySpan<ulong> codes = _reader.Read(slice.Window, slice.Cells);
            for (int b = 0; b < Bytes.Length; b++)
            {
                Span<byte> bytes = Bytes[b].AsSpan(0, codes.Length);
                for (int i = 0; i < bytes.Length; i++)
                    bytes[i] = (byte)(codes[i] >> (8 * b));
            }
        }
    }
}

/// <summary>A raster of whole numbers among the plan's inputs, and their codes.</summary>
internal sealed record CombinedRaster(int Input, WholeNumberCodes Codes);

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
