using System.Globalization;
using System.Runtime.InteropServices;
using Ldn.Counting;
using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Questions;

/// <summary>
/// A raster of counts brought onto the run's grid by <see cref="Resampling.Share"/>, summed in parts of
/// <see cref="CountSharing.PartsPerUnit"/>.
/// </summary>
internal sealed record CountSum(int Input) : Sum(1)
{
    internal override SumFiller Open(PassPlan plan, int capacity) => new Filler(plan.Inputs[Input], Input);

    private sealed class Filler(RasterInput raster, int input) : SumFiller
    {
        private const int ValueLimit = 1000;

        private ReadOnlyMemory<byte> _cells;

        public override void Fill(SliceAtHand slice) => _cells = slice.Cells(input).Memory;

        /// <exception cref="LdnException">Exit 3: a count below 0 inside the zones.</exception>
        public override void Add(int from, int to, int rowStart, RowAreas areas, Span<Int128> sums)
        {
            Int128 sum = 0;
            foreach (long count in MemoryMarshal.Cast<byte, long>(_cells.Span)[from..to])
            {
                if (count == CountSharing.Impossible)
                    throw Below0();
                sum += count;
            }

            sums[0] += sum;
        }

        /// <summary>
        /// Cells of the run's grid do not tell what went into them: the values are looked up in the file, all of it.
        /// </summary>
        private LdnException Below0()
        {
            const int listed = 12;
            using IRasterSource source = raster.Source.Reopen();
            var values = new Dictionary<double, long>();
            byte[] block = new byte[source.BlockWidth * source.BlockHeight * source.CellType.Size()];
            for (int y = 0; y < source.Grid.Height; y += source.BlockHeight)
            {
                for (int x = 0; x < source.Grid.Width; x += source.BlockWidth)
                {
                    source.ReadBlock(x / source.BlockWidth, y / source.BlockHeight, block);
                    for (int i = 0; i < source.BlockWidth * source.BlockHeight; i++)
                    {
                        double value = Cells.Value(block, source.CellType, i);
                        bool inside = x + (i % source.BlockWidth) < source.Grid.Width
                            && y + (i / source.BlockWidth) < source.Grid.Height;
                        if (inside && raster.Physical(value) < 0 && !raster.NoData.Contains(value)
                            && (values.Count < ValueLimit || values.ContainsKey(value)))
                            values[value] = values.GetValueOrDefault(value) + 1;
                    }
                }
            }

            var most = values.OrderByDescending(v => v.Value).ThenBy(v => v.Key).ToList();
            string told = string.Join(", ", most.Take(listed).Select(
                v => $"{LayerValues.Told(v.Key, raster.Scale, raster.Offset)} ({v.Value} pixels of the file)"));
            string fill = most.Count == 0 ? "VALUE" : most[0].Key.ToString("R", CultureInfo.InvariantCulture);
            return Fault.Values.Error(
                $"{raster.Layer} ({raster.File}) has {LayerValues.Counts.Impossible} inside the zones: {told}",
                $"{LayerValues.Counts.Rescale}; declare fills with --nodata {raster.Option}={fill}");
        }
    }
}
