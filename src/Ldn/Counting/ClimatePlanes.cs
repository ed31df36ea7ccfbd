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

    internal override PlaneFiller Open(PassPlan plan, int capacity) => new ClassFiller(
        plan, Input, capacity, index => (byte)DroughtClasses.Of(index, Bounds), index => Math.Abs(index) > Largest, "a standardised index counts standard deviations");
}

/// <summary>The worst drought class of several years, years without data ignored.</summary>
public sealed record WorstDroughtPlane(IReadOnlyList<DroughtPlane> Years) : StratumPlane(1)
{
    internal override PlaneFiller Open(PassPlan plan, int capacity) => new Filler([.. Years.Select(y => y.Open(plan, capacity))], capacity);

    private sealed class Filler(PlaneFiller[] years, int capacity) : PlaneFiller(Buffers(1, capacity))
    {
        public override void Fill(SliceAtHand slice)
        {
            Span<byte> worst = Bytes[0].AsSpan(0, slice.Count);
            worst.Clear();
            foreach (PlaneFiller year in years)
            {
                year.Fill(slice);
                DroughtClasses.Worsen(worst, year.Bytes[0]);
            }
        }
    }
}

/// <summary>Classes of a continuous raster.</summary>
internal sealed class ClassFiller(PassPlan plan, int input, int capacity, Func<double, byte> classOf, Func<double, bool> impossible, string meaning)
    : PlaneFiller(Buffers(1, capacity))
{
    private readonly double[] _values = new double[capacity];

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
