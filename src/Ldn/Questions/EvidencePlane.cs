using Ldn.Pass;

namespace Ldn.Questions;

/// <summary>The joint code of a period as the inputs tell it, before corrections: land, then soil (two bytes).</summary>
internal sealed record EvidencePlane(int Period) : Plane(2)
{
    internal override PlaneFiller Open(PassPlan plan, int capacity) => new Filler(Period, capacity);

    private sealed class Filler(int period, int capacity) : PlaneFiller(Buffers(2, capacity))
    {
        public override void Fill(SliceAtHand slice)
        {
            slice.Evidence.Land[period].AsSpan(0, slice.Count).CopyTo(Bytes[0]);
            slice.Evidence.Soil[period].AsSpan(0, slice.Count).CopyTo(Bytes[1]);
        }
    }
}

/// <summary>
/// The conditions of several rasters in one byte, two bits each, the first lowest (at most four); 0 is no data.
/// </summary>
internal sealed record ConditionRastersPlane(IReadOnlyList<(int Input, ClassRecoder Recoder)> Rasters) : Plane(1)
{
    internal override PlaneFiller Open(PassPlan plan, int capacity) => new Filler(plan, Rasters, capacity);

    private sealed class Filler(PassPlan plan, IReadOnlyList<(int Input, ClassRecoder Recoder)> rasters, int capacity)
        : PlaneFiller(Buffers(1, capacity))
    {
        private readonly byte[] _codes = new byte[capacity];

        /// <exception cref="LdnException">Exit 3: a value inside the zones that is neither a class nor no data.</exception>
        public override void Fill(SliceAtHand slice)
        {
            Span<byte> bytes = Bytes[0].AsSpan(0, slice.Count), codes = _codes.AsSpan(0, slice.Count);
            bytes.Clear();
            for (int r = 0; r < rasters.Count; r++)
            {
                SliceCells cells = slice.Cells(rasters[r].Input);
                if (rasters[r].Recoder.Recode(cells.Cells, cells.Outside, codes) && !plan.UnmappedIsNoData)
                    CheckInside(rasters[r].Input, slice);
                for (int i = 0; i < bytes.Length; i++)
                    bytes[i] |= (byte)(codes[i] << (2 * r));
            }
        }

        private void CheckInside(int number, SliceAtHand slice)
        {
            RasterInput input = plan.Inputs[number];
            int at = ZoneCells.FirstInside(plan, slice.Window, cell =>
            {
                SliceCells cells = slice.Cells(number);
                return (cells.Outside.IsEmpty || cells.Outside[cell] == 0)
                    && input.IsMeaningless(Cells.Value(cells.Cells, input.Raster.OutputType, cell));
            });
            if (at < 0)
                return;
            string value = Cells.Value(slice.Cells(number).Cells, input.Raster.OutputType, at)
                .ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            throw Fault.Values.Error(
                $"{input.Layer} ({input.File}) has {input.Values.Impossible} inside the zones, such as {value}",
                $"declare it with --nodata {input.Option}={value} if it is a fill");
        }
    }
}
