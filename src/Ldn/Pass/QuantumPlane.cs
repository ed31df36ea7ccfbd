using System.Globalization;
using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Pass;

/// <summary>
/// A continuous raster in whole steps of <paramref name="Quantum"/>: the rows of a question with it are an integer histogram,
/// which merges and gives mean, spread and quantiles exactly, whatever the order. 0 is no data; values reach <see cref="Reach"/>
/// steps to either side of 0, beyond which is an error inside the zones.
/// </summary>
/// <param name="Quantum">Step, in the physical unit of the layer, to which values are rounded.</param>
internal sealed record QuantumPlane(int Input, double Quantum, int Bytes) : Plane(Bytes)
{
    /// <summary>
    /// Different values in different places and conditions, each a row of 100 bytes or so, that one layer may have.
    /// </summary>
    public int MostRows { get; init; } = 1 << 22;

    /// <summary>Steps to either side of 0.</summary>
    public long Reach => (1L << ((8 * Bytes) - 1)) - 1;

    /// <summary>Steps of a code above 0.</summary>
    public long Steps(ulong code) => (long)code - 1 - Reach;

    /// <summary>Exit 3: the layer has more rows than <see cref="MostRows"/>.</summary>
    /// <param name="layer">What messages call it.</param>
    internal LdnException TooFine(string layer) => Fault.Values.Error(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{layer} has more than {MostRows} different values in different places at steps of {Quantum}"),
        "give it a larger quantum in strata.drivers");

    internal override PlaneFiller Open(PassPlan plan, int capacity) => new Filler(plan, this, capacity);

    private sealed class Filler(PassPlan plan, QuantumPlane plane, int capacity) : PlaneFiller(Buffers(plane.Bytes, capacity))
    {
        private readonly double[] _values = new double[capacity];

        public override void Fill(SliceAtHand slice)
        {
            RasterInput raster = plan.Inputs[plane.Input];
            SliceCells cells = slice.Cells(plane.Input);
            Span<double> values = _values.AsSpan(0, slice.Count);
            raster.ToPhysical(cells, values);
            long reach = plane.Reach;
            bool beyond = false;
            for (int i = 0; i < values.Length; i++)
            {
                double steps = Math.Round(values[i] / plane.Quantum);
                bool known = Math.Abs(steps) <= reach;
                beyond |= !known && !double.IsNaN(steps);
                ulong code = known ? (ulong)((long)steps + reach + 1) : 0;
                for (int b = 0; b < Bytes.Length; b++)
                    Bytes[b][i] = (byte)(code >> (8 * b));
            }

            if (
                beyond
                    && ZoneCells.FirstInside(
                        plan, slice.Window, i => Math.Abs(Math.Round(_values[i] / plane.Quantum)) > reach) is >= 0 and int at)
            {
                throw Fault.Values.Error(
                    $"{raster.Layer} ({raster.File}) holds {_values[at].ToString("R", CultureInfo.InvariantCulture)} inside "
                        + string.Create(CultureInfo.InvariantCulture, $"the zones, too many steps of {plane.Quantum}"),
                    $"declare it with --nodata {raster.Option}=VALUE if it is a fill, or give the layer a larger quantum");
            }
        }
    }
}

/// <summary>Looks for what must not be inside the zones; outside them a value is nothing to anybody (method §2).</summary>
internal static class ZoneCells
{
    /// <summary>The first cell of a window, counted row by row, that lies in a zone and is wrong; −1 where none is.</summary>
    public static int FirstInside(PassPlan plan, Window window, Func<int, bool> wrong)
    {
        foreach (PlaceRun run in plan.Places.Inside(window))
            for (int cell = run.Start; cell < run.End; cell++)
                if (wrong(cell))
                    return cell;
        return -1;
    }
}
