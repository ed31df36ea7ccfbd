using Ldn.Counting;
using Ldn.Questions;
using Ldn.Tables;
using MathNet.Numerics;

namespace Ldn.Subjects.Uncertainty;

/// <summary>
/// The figure with the errors of soil carbon (firmness U5): e = √ρ·z + √(1−ρ)·ε, z the same everywhere, ε of each cell its own.
/// Errors apart in each cell vanish in a country; how far they are alike, ρ, the data do not tell.
/// </summary>
internal sealed class SoilErrorFigures
{
    /// <summary>Standard deviations to either side of an interval of 95 %.</summary>
    internal const double Z = 1.96;

    private readonly Side[][] _sides;
    private readonly long[] _doubts = new long[3];

    public SoilErrorFigures(RunStatistics run)
    {
        _sides = [.. run.Job.Periods.Select(_ => run.Zones.Select(_ => new Side()).ToArray())];
        for (int p = 0; p < _sides.Length; p++)
        {
            foreach (TallyRow row in run.Answer(StockErrorInquiry.Question(run.Job.Periods[p].Id))!.Rows)
            {
                (SoilTurn turn, double margin, SoilMarginPlane.Doubt doubt) = SoilMarginPlane.Read(row.Key);
                _doubts[(int)doubt] += row.Pixels;
                foreach (int zone in run.ZonesOf(row))
                    _sides[p][zone].Add(turn, margin, row.Area);
            }
        }
    }

    /// <summary>ρ for which the interval is told; 0.3 is the verdict's.</summary>
    public static IReadOnlyList<double> Correlations { get; } = [0, 0.1, 0.3, 1];

    public const double VerdictCorrelation = 0.3;

    /// <summary>Cells whose error looks so, per cent.</summary>
    public double PercentOf(SoilMarginPlane.Doubt doubt) =>
        _doubts.Sum() is > 0 and var all ? 100.0 * _doubts[(int)doubt] / all : 0;

    /// <summary>Per cent of land at z = 1.96 and −1.96; null without land.</summary>
    public (double Low, double High)? Interval(int zone, int period, double rho) => _sides[period][zone].Interval(rho);

    /// <summary>The standard normal distribution.</summary>
    public static double Phi(double x) => double.IsNaN(x) ? x : 0.5 * SpecialFunctions.Erfc(-x / Math.Sqrt(2));

    /// <summary>
    /// The share of certain land and of land by margin that is degraded, given the error that all share, between 0 and 1.
    /// </summary>
    public static double Share(IEnumerable<(double Margin, double Share)> byMargin, double always, double rho, double z) =>
        always + byMargin.Sum(m => m.Share * (rho < 1
            ? Phi((m.Margin - (Math.Sqrt(rho) * z)) / Math.Sqrt(1 - rho))
            : m.Margin > z ? 1 : 0));

    private sealed class Side
    {
        private readonly SortedDictionary<double, Area> _margins = [];
        private Area _always, _land;

        public void Add(SoilTurn turn, double margin, Area area)
        {
            if (turn == SoilTurn.NoLand)
                return;
            _land += area;
            if (turn == SoilTurn.Always)
                _always += area;
            if (turn == SoilTurn.BySoil)
                _margins[margin] = _margins.GetValueOrDefault(margin) + area;
        }

        public (double Low, double High)? Interval(double rho)
        {
            if (_land.IsZero)
                return null;
            double Of(Area area) => (double)area.SquareMillimetres / (double)_land.SquareMillimetres;
            (double, double)[] margins = [.. _margins.Select(m => (m.Key, Of(m.Value)))];
            return (100 * Share(margins, Of(_always), rho, Z), 100 * Share(margins, Of(_always), rho, -Z));
        }
    }
}

/// <summary>soil_error.csv: the figure at both ends of the 95 % interval by the error of soil carbon.</summary>
internal static class SoilErrorTable
{
    public static Column<double> Rho { get; } = Column.Number(
        "rho", "How far the errors of any two cells are taken to be alike, which the data do not tell; the verdict takes 0.3. "
            + "Empty for uncertain factors, whose error a climate zone shares.");

    public static Column<double> Low { get; } = Column.Number(
        "low", "Degraded, per cent of land, at the lower end of the 95 % interval.");

    public static Column<double> High { get; } = Column.Number("high", "At its upper end.");

    /// <param name="run">The run.</param>
    /// <param name="correlations">ρ of each row; null where none is assumed.</param>
    /// <param name="interval">Of zone, period and ρ.</param>
    public static ResultTable Of(
        RunStatistics run, IReadOnlyList<double?> correlations, Func<int, int, double?, (double Low, double High)?> interval)
    {
        var table = Columns.Table("soil_error", "The figure with the errors of soil carbon",
            [Columns.ZoneId, Columns.ZoneName, Columns.ZoneKind, Columns.Period, Rho, Low, High]);
        for (int z = 0; z < run.Zones.Count; z++)
            for (int p = 0; p < run.Job.Periods.Count; p++)
                foreach (double? rho in correlations)
                    if (interval(z, p, rho) is { } ends)
                        table.Add(
                        [
                            .. Columns.Of(run.Zones[z]), .. Columns.Of(run.Job, p), Rho.Is(rho), Low.Is(ends.Low),
                            High.Is(ends.High),
                        ]);
        return table;
    }
}
