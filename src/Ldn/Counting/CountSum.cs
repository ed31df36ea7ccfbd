using System.Runtime.InteropServices;
using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Counting;

/// <summary>
/// A raster of counts brought onto the run's grid by <see cref="Resampling.Share"/>, summed in parts of
/// <see cref="CountSharing.PartsPerUnit"/>.
/// </summary>
public sealed record CountSum(int Input) : Sum(1)
{
    internal override SumFiller Open(PassPlan plan, int capacity) => new Filler(plan.Inputs[Input], Input);

    private sealed class Filler(RasterInput raster, int input) : SumFiller
    {
        private ReadOnlyMemory<byte> _cells;

        public override void Fill(SliceAtHand slice) => _cells = slice.Cells(input).Memory;

        /// <exception cref="LdnException">Exit 3: a count below 0 inside the zones.</exception>
        public override void Add(int from, int to, int rowStart, RowAreas areas, Span<Int128> sums)
        {
            Int128 sum = 0;
            foreach (long count in MemoryMarshal.Cast<byte, long>(_cells.Span)[from..to])
            {
                if (count == CountSharing.Impossible)
                {
                    throw Fault.Values.Error(
                        $"{raster.Layer} ({raster.File}) holds a value below 0 inside the zones",
                        $"declare it with --nodata {raster.Option}=VALUE if it is a fill");
                }

                sum += count;
            }

            sums[0] += sum;
        }
    }
}
