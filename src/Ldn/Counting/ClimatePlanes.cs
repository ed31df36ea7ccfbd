using System.Globalization;
using Ldn.Pass;
using Ldn.Subjects;

namespace Ldn.Counting;

/// <summary>Aridity class of a raster of P/PET (<see cref="AridityClass"/>); an index below 0 inside the zones is an error.</summary>
public sealed record AridityPlane(int Input) : StratumPlane(1)
{
    internal override PlaneFiller Open(PassPlan plan, int capacity) => new ClassFiller(
        plan, Input, capacity, index => (byte)AridityClasses.Of(index), index => index < 0, "an aridity index is precipitation over evapotranspiration, 0 or more");
}

/// <summary>Drought class of a standardised precipitation index (<see cref="DroughtClass"/>); an index beyond ±<see cref="Largest"/> inside the zones is an error.</summary>
public sealed record DroughtPlane(int Input, DroughtBounds Bounds) : StratumPlane(1)
{
    /// <summary>No standardised index comes near it: such a value is a fill.</summary>
    public const double Largest = 20;

    internal override PlaneFiller Open(PassPlan plan, int capacity) => Filler(plan, capacity);

    internal ClassFiller Filler(PassPlan plan, int capacity) => new(
        plan, Input, capacity, index => (byte)DroughtClasses.Of(index, Bounds), index => Math.Abs(index) > Largest, "a standardised index counts standard deviations");
}

/// <summary>
/// Two bytes: the drought class of the lowest index of several years, years without an index ignored, and which of some dates of people serves the year of that index
/// (1, 2, …; the earliest of years as low; of the last year where no year has an index).
/// </summary>
/// <param name="Years">The index year by year.</param>
/// <param name="Dates">By year the number of its date of people.</param>
/// <param name="LastDate">That of the block's last year.</param>
public sealed record WorstDroughtPlane(IReadOnlyList<DroughtPlane> Years, IReadOnlyList<byte> Dates, byte LastDate) : StratumPlane(2)
{
    internal override PlaneFiller Open(PassPlan plan, int capacity) => new Filler([.. Years.Select(y => y.Filler(plan, capacity))], Dates, LastDate, capacity);

    private sealed class Filler(ClassFiller[] years, IReadOnlyList<byte> dates, byte lastDate, int capacity) : PlaneFiller(Buffers(2, capacity))
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
internal sealed class ClassFiller(PassPlan plan, int input, int capacity, Func<double, byte> classOf, Func<double, bool> impossible, string meaning)
    : PlaneFiller(Buffers(1, capacity))
{
    private readonly double[] _values = new double[capacity];

    /// <summary>Physical values of the slice filled last; NaN no data.</summary>
    public ReadOnlySpan<double> Values(int count) => _values.AsSpan(0, count);

    /// <exception cref="LdnException">Exit 3: an impossible value inside the zones.</exception>
    public override void Fill(SliceAtHand slice)
    {
        RasterInput raster = plan.Inputs[input];
        SliceCells cells = slice.Cells(input);
        Span<double> values = _values.AsSpan(0, slice.Count);
        Cells.ToPhysical(cells.Cells, raster.Raster.OutputType, raster.NoData, raster.Source.Scale, raster.Source.Offset, cells.Outside, values);
        Span<byte> codes = Bytes[0].AsSpan(0, values.Length);
        bool suspicious = false;
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = classOf(values[i]);
            suspicious |= impossible(values[i]);
        }

        if (suspicious && ZoneCells.FirstInside(plan, slice.Window, i => impossible(_values[i])) is >= 0 and int at)
        {
            throw Fault.Values.Error(
                $"{raster.Layer} ({raster.File}) holds {_values[at].ToString("R", CultureInfo.InvariantCulture)} inside the zones; {meaning}",
                $"declare it with --nodata {raster.Option}=VALUE if it is a fill");
        }
    }
}
