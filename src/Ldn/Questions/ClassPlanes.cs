using Ldn.Indicator;
using Ldn.Pass;

namespace Ldn.Questions;

/// <summary>Land cover of one of the plan's covers: dense legend index, 0 no data.</summary>
internal sealed record CoverPlane(int Cover) : Plane(1)
{
    internal override PlaneFiller Open(PassPlan plan, int capacity) => new Filler(Cover, capacity);

    private sealed class Filler(int cover, int capacity) : PlaneFiller(Buffers(1, capacity))
    {
        public override void Fill(SliceAtHand slice) => slice.Evidence.Covers[cover].AsSpan(0, slice.Count).CopyTo(Bytes[0]);
    }
}

/// <summary>LPD class 1…5 of a period, 0 for no data and on water; all 0 where the inputs carry no classes.</summary>
internal sealed record LpdPlane(int Period) : Plane(1)
{
    internal override PlaneFiller Open(PassPlan plan, int capacity) => new Filler(plan.LpdClasses, Period, capacity);

    private sealed class Filler(byte[] classes, int period, int capacity) : PlaneFiller(Buffers(1, capacity))
    {
        public override void Fill(SliceAtHand slice)
        {
            ReadOnlySpan<byte> land = slice.Evidence.Land[period].AsSpan(0, slice.Count);
            Span<byte> codes = Bytes[0].AsSpan(0, land.Length);
            for (int i = 0; i < codes.Length; i++)
                codes[i] = Evidence.Water(land[i]) ? (byte)0 : classes[Evidence.Productivity(land[i])];
        }
    }
}

/// <summary>1 where a raster's physical value is above 0, 0 where it is not or has no data: a layer of risk.</summary>
internal sealed record PositivePlane(int Input) : Plane(1)
{
    internal override PlaneFiller Open(PassPlan plan, int capacity) => new Filler(plan.Inputs[Input], Input, capacity);

    private sealed class Filler(RasterInput raster, int input, int capacity) : PlaneFiller(Buffers(1, capacity))
    {
        private readonly double[] _values = new double[capacity];

        public override void Fill(SliceAtHand slice)
        {
            SliceCells cells = slice.Cells(input);
            Span<double> values = _values.AsSpan(0, slice.Count);
            raster.ToPhysical(cells, values);
            Span<byte> codes = Bytes[0].AsSpan(0, values.Length);
            for (int i = 0; i < codes.Length; i++)
                codes[i] = values[i] > 0 ? (byte)1 : (byte)0;
        }
    }
}
