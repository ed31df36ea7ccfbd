using Ldn.Pass;

namespace Ldn.Questions;

/// <summary>Error rasters of the two stocks of a change, and how they go together (firmness U5).</summary>
/// <param name="Initial">Input with the standard error of the initial stock, σ₀.</param>
/// <param name="Final">Of the final stock, σ₁.</param>
/// <param name="Correlation">r between the errors of the two stocks of a cell.</param>
/// <param name="InPercent">Whether both are in per cent of the initial stock; else in t C/ha.</param>
/// <param name="Threshold">Change that degrades, per cent.</param>
internal sealed record SoilError(int Initial, int Final, double Correlation, bool InPercent, double Threshold);

/// <summary>
/// Whether the reported figure of a period turns on the soil carbon of a cell, and how far its change lies from the threshold in
/// standard errors, in <see cref="Bins"/> steps (two bytes). What the other evidence and the baseline say is taken as it is.
/// </summary>
internal sealed record SoilMarginPlane(int Period, SoilError Error) : Plane(2)
{
    /// <summary>Steps of the margin; the first and the last hold all beyond, which is certain.</summary>
    public const int Bins = 512;

    /// <summary>Margin at either end, standard errors.</summary>
    public const double Reach = 6;

    private const int TurnShift = 9, DoubtShift = 11;

    /// <summary>How a standard error looks, of any cell that has one.</summary>
    public enum Doubt
    {
        None,

        /// <summary>Larger than the initial stock.</summary>
        AboveStock,

        /// <summary>Below 1 % of the initial stock.</summary>
        Tiny,
    }

    /// <summary>The parts of a code; the margin is the middle of its step, infinite in the outer ones.</summary>
    public static (SoilTurn Turn, double Margin, Doubt Doubt) Read(ulong code)
    {
        int bin = (int)code & (Bins - 1);
        double margin = bin switch
        {
            0 => double.NegativeInfinity,
            Bins - 1 => double.PositiveInfinity,
            _ => -Reach + ((bin - 0.5) * 2 * Reach / (Bins - 2)),
        };
        return ((SoilTurn)(code >> TurnShift & 3), margin, (Doubt)(code >> DoubtShift));
    }

    /// <summary>The step of a margin.</summary>
    internal static int Bin(double margin) =>
        margin <= -Reach ? 0 : margin >= Reach ? Bins - 1 : 1 + (int)((margin + Reach) * (Bins - 2) / (2 * Reach));

    internal override PlaneFiller Open(PassPlan plan, int capacity) => new Filler(plan, this, capacity);

    private sealed class Filler(PassPlan plan, SoilMarginPlane plane, int capacity) : PlaneFiller(Buffers(2, capacity))
    {
        private readonly SoilTurns _turns = new(plan, plane.Period, capacity);
        private readonly SoilMargins _margins = new(plane.Error, capacity);

        public override void Fill(SliceAtHand slice)
        {
            ReadOnlySpan<double> margins = _margins.Compute(
                plan, plane.Period, slice.Evidence.Stocks, slice.Cells, slice.Count);
            _turns.Begin(slice);
            for (int i = 0; i < margins.Length; i++)
            {
                SoilTurn turn = _turns.Of(i, double.IsFinite(margins[i]));
                int code = turn == SoilTurn.NoLand ? 0 : ((int)turn << TurnShift)
                    | (turn == SoilTurn.BySoil ? Bin(margins[i]) : 0) | ((int)_margins.DoubtOf(i) << DoubtShift);
                (Bytes[0][i], Bytes[1][i]) = ((byte)code, (byte)(code >> 8));
            }
        }
    }
}

/// <summary>How far the changes of a slice lie from the threshold, in their standard errors. One a worker.</summary>
internal sealed class SoilMargins(SoilError error, int capacity)
{
    /// <summary>Cells of the largest slice.</summary>
    public int Capacity => capacity;

    private readonly double[] _change = new double[capacity];
    private readonly double[] _initial = new double[capacity];
    private readonly double[] _first = new double[capacity];
    private readonly double[] _last = new double[capacity];

    /// <summary>
    /// m = (−threshold − change) / σ, σ² = σ₀² + σ₁² − 2rσ₀σ₁ in per cent of the initial stock: change is degradation with
    /// probability Φ(m). NaN where change or error is unknown, infinite where there is no error.
    /// </summary>
    public ReadOnlySpan<double> Compute(PassPlan plan, int period, SliceStocks stocks, CellsOf cells, int count)
    {
        Span<double> change = _change.AsSpan(0, count), initial = _initial.AsSpan(0, count),
            first = _first.AsSpan(0, count), last = _last.AsSpan(0, count);
        stocks.Change(plan.Periods[period].SoilCarbon!, cells, change, initial);
        plan.Inputs[error.Initial].ToPhysical(cells(error.Initial), first);
        plan.Inputs[error.Final].ToPhysical(cells(error.Final), last);
        for (int i = 0; i < count; i++)
        {
            double variance = (first[i] * first[i]) + (last[i] * last[i]) - (2 * error.Correlation * first[i] * last[i]);
            double sigma = Math.Sqrt(Math.Max(0, variance)) * (error.InPercent ? 1 : 100 / initial[i]);
            first[i] = double.IsNaN(variance) || double.IsNaN(change[i]) ? double.NaN : sigma;
            double distance = -error.Threshold - change[i];
            change[i] = double.IsNaN(first[i]) ? double.NaN
                : sigma > 0 ? distance / sigma : distance > 0 ? double.PositiveInfinity : double.NegativeInfinity;
        }

        return change;
    }

    /// <summary>How the error of a cell of the slice computed last looks.</summary>
    public SoilMarginPlane.Doubt DoubtOf(int cell) => _first[cell] switch
    {
        > 100 => SoilMarginPlane.Doubt.AboveStock,
        > 0 and < 1 => SoilMarginPlane.Doubt.Tiny,
        _ => SoilMarginPlane.Doubt.None,
    };
}
