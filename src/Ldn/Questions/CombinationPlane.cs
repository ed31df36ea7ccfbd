using Ldn.Pass;

namespace Ldn.Questions;

/// <summary>
/// The combination of the whole numbers of several rasters, 0 where any of them has no data; in as many bytes as all that can
/// occur need.
/// </summary>
public sealed record CombinationPlane(IReadOnlyList<CombinedRaster> Rasters) : Plane(BytesFor(Rasters))
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
public sealed record CombinedRaster(int Input, WholeNumberCodes Codes);
