using Ldn.Pass;

namespace Ldn.Subjects;

/// <summary>Aridity class of a raster of P/PET (<see cref="AridityClass"/>).</summary>
internal sealed record AridityPlane(int Input) : Plane(1)
{
    internal override PlaneFiller Open(PassPlan plan, int capacity) => new ClassFiller(
        plan, Input, capacity, index => (byte)AridityClasses.Of(index));
}

/// <summary>Drought class of a standardised precipitation index (<see cref="DroughtClass"/>).</summary>
internal sealed record DroughtPlane(int Input, DroughtBounds Bounds) : Plane(1)
{
    internal override PlaneFiller Open(PassPlan plan, int capacity) => Filler(plan, capacity);

    internal ClassFiller Filler(PassPlan plan, int capacity) => new(
        plan, Input, capacity, index => (byte)DroughtClasses.Of(index, Bounds));
}

/// <summary>
/// Two bytes: the drought class of the lowest index of several years, years without an index ignored, and which of some dates of
/// people serves the year of that index (1, 2, …; the earliest of years as low; of the last year where no year has an index).
/// </summary>
/// <param name="Years">The index year by year.</param>
/// <param name="Dates">By year the number of its date of people.</param>
/// <param name="LastDate">That of the block's last year.</param>
internal sealed record WorstDroughtPlane(IReadOnlyList<DroughtPlane> Years, IReadOnlyList<byte> Dates, byte LastDate) : Plane(2)
{
    internal override PlaneFiller Open(PassPlan plan, int capacity) =>
        new Filler([.. Years.Select(y => y.Filler(plan, capacity))], Dates, LastDate, capacity);

    private sealed class Filler(
        ClassFiller[] years, IReadOnlyList<byte> dates, byte lastDate, int capacity) : PlaneFiller(Buffers(2, capacity))
    {
        private readonly float[] _lowest = new float[capacity];

        public override void Fill(SliceAtHand slice)
        {
            Span<byte> worst = Bytes[0].AsSpan(0, slice.Count), date = Bytes[1].AsSpan(0, slice.Count);
            Span<float> lowest = _lowest.AsSpan(0, slice.Count);
            worst.Clear();
            date.Fill(lastDate);
            lowest.Fill(float.PositiveInfinity);
            for (int y = 0; y < years.Length; y++)
            {
                years[y].Fill(slice);
                ReadOnlySpan<double> index = years[y].Values(slice.Count);

                // In single precision, as the classes are told.
                for (int i = 0; i < lowest.Length; i++)
                    if ((float)index[i] < lowest[i])
                        (lowest[i], worst[i], date[i]) = ((float)index[i], years[y].Bytes[0][i], dates[y]);
            }
        }
    }
}

/// <summary>Classes of a continuous raster.</summary>
internal sealed class ClassFiller(
    PassPlan plan, int input, int capacity, Func<double, byte> classOf) : PlaneFiller(Buffers(1, capacity))
{
    private readonly double[] _values = new double[capacity];

    /// <summary>Physical values of the slice filled last; NaN no data.</summary>
    public ReadOnlySpan<double> Values(int count) => _values.AsSpan(0, count);

    public override void Fill(SliceAtHand slice)
    {
        Span<double> values = _values.AsSpan(0, slice.Count);
        plan.Inputs[input].ToPhysical(slice.Cells(input), values);
        Span<byte> codes = Bytes[0].AsSpan(0, values.Length);
        for (int i = 0; i < codes.Length; i++)
            codes[i] = classOf(values[i]);
    }
}
