using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Tables;

namespace Ldn.Subjects.Uncertainty;

/// <summary>A figure beside those with the years shuffled; null where one of them is undefined.</summary>
/// <param name="Low">The 2.5 % point of the shuffled ones: of 39 the smallest.</param>
/// <param name="High">The 97.5 % point: of 39 the largest.</param>
/// <param name="Rank">Of the observed one among all, 1 for the smallest.</param>
/// <param name="Observed">Per cent of land.</param>
/// <param name="Median">Of the shuffled orders, per cent of land.</param>
internal sealed record ChanceBand(Ratio Observed, Ratio Median, Ratio Low, Ratio High, int Rank)
{
    /// <summary>Whether the observed figure is none of those that chance gives.</summary>
    public bool IsOutside => Observed < Low || Observed > High;

    public static ChanceBand? Of(Ratio? observed, IEnumerable<Ratio?> shuffled)
    {
        Ratio?[] all = [.. shuffled];
        if (observed is not { } figure || all.Length == 0 || all.Contains(null))
            return null;
        Ratio[] sorted = [.. all.Select(r => r!.Value).Order()];
        int cut = Math.Max(1, (all.Length + 1) / 40);
        Ratio median = (sorted[(all.Length - 1) / 2] + sorted[all.Length / 2]) / 2;
        return new ChanceBand(figure, median, sorted[cut - 1], sorted[^cut], 1 + sorted.Count(r => r < figure));
    }
}

/// <summary>What zones come to with the years in each order, and as observed.</summary>
internal sealed class ChanceBands
{
    /// <summary>Quantities of every period, then those against the baseline.</summary>
    public static IReadOnlyList<string> Quantities { get; } = [
        "degraded_pct_of_land", "productivity_degraded_pct", "productivity_improved_pct", "losses_km2", "gains_km2",
        "degraded_change_pct_of_land"];

    private const int OfEveryPeriod = 3;
    private readonly Dictionary<(int Zone, int Period, string Quantity), ChanceBand?> _bands = [];

    public ChanceBands(RunStatistics run, int orders)
    {
        PeriodFigures[][] observed = run.Figures();
        for (int p = 0; p < run.Job.Periods.Count; p++)
        {
            (PeriodFigures[] Baseline, PeriodFigures[] Period)[] shuffled = [.. Enumerable.Range(0, orders)
                .Select(order => ReworkedFigures.Of(run, ChanceInquiry.NameOf(order), p)!.Value)];
            for (int z = 0; z < run.Zones.Count; z++)
                foreach (string quantity in QuantitiesOf(p))
                    _bands[(z, p, quantity)] = ChanceBand.Of(
                        Figure(quantity, observed[p][z], observed[0][z], p == 0),
                        shuffled.Select(s => Figure(quantity, s.Period[z], s.Baseline[z], p == 0)));
        }

        Orders = orders;
    }

    public int Orders { get; }

    /// <summary>Whether the orders are enough for a band of 95 %: of fewer, chance alone often lies outside them all.</summary>
    public bool IsBand => Orders >= OrdersOfBand;

    /// <summary>The fewest whose smallest and largest are a 40th from either end.</summary>
    public const int OrdersOfBand = 39;

    /// <summary>Those of a period; the baseline is held against none.</summary>
    public static IEnumerable<string> QuantitiesOf(int period) => period == 0 ? Quantities.Take(OfEveryPeriod) : Quantities;

    public ChanceBand? Of(int zone, int period, string quantity) => _bands[(zone, period, quantity)];

    private static Ratio? Figure(string quantity, PeriodFigures now, PeriodFigures baseline, bool isBaseline)
    {
        int productivity = Layers.Of(SubIndicator.Productivity);
        return quantity switch
        {
            "degraded_pct_of_land" => Share(now, isBaseline),
            "productivity_degraded_pct" => now.Condition(productivity, Condition.Degraded).ShareOf(now.Land),
            "productivity_improved_pct" => now.Condition(productivity, Condition.Improved).ShareOf(now.Land),
            "losses_km2" => Total(now).Losses,
            "gains_km2" => Total(now).Gains,
            _ => Share(now, isBaseline: false) - Share(baseline, isBaseline: true),
        };
    }

    private static Ratio? Share(PeriodFigures figures, bool isBaseline) =>
        figures.Reported(isBaseline) is var r ? r.Of(Condition.Degraded).ShareOf(r.Land) : null;

    private static Balance Total(PeriodFigures figures) => Balance.Of(s => figures.Status(0, s).Area);
}

/// <summary>chance.csv: figures beside what the same data give with the order of their years shuffled (firmness U2).</summary>
internal static class ChanceTable
{
    public static Column<string> Quantity { get; } = Column.Text(
        "quantity", "degraded_pct_of_land, the figure; productivity_degraded_pct and productivity_improved_pct, per cent of land "
            + "by the period's own condition; losses_km2, gains_km2; degraded_change_pct_of_land, percentage points.");

    public static Column<long> Orders { get; } = Column.Integer("orders", "Orders of the years that were tried.");

    public static Column<Ratio> Observed { get; } = Column.Exact("observed", "With the years as they were.");

    public static Column<Ratio> Median { get; } = Column.Exact("median", "Median with the years shuffled.");

    public static Column<Ratio> Low { get; } = Column.Exact(
        "low", "The 2.5 % point with the years shuffled: of 39 orders the smallest.");

    public static Column<Ratio> High { get; } = Column.Exact("high", "The 97.5 % point: of 39 orders the largest.");

    public static Column<long> Rank { get; } = Column.Integer(
        "rank", "Rank of the observed figure among all, 1 for the smallest.");

    public static ResultTable Of(RunStatistics run, ChanceBands? bands)
    {
        var table = Columns.Table("chance", "What chance alone gives",
        [
            Columns.ZoneId, Columns.ZoneName, Columns.ZoneKind, Columns.Period, Quantity, Orders, Observed, Median, Low, High,
                Rank,
        ]);
        for (int z = 0; z < (bands is null ? 0 : run.Zones.Count); z++)
            for (int p = 0; p < run.Job.Periods.Count; p++)
                foreach (string quantity in ChanceBands.QuantitiesOf(p))
                    if (bands!.Of(z, p, quantity) is { } band)
                        table.Add(
                        [
                            .. Columns.Of(run.Zones[z]), .. Columns.Of(run.Job, p), Quantity.Is(quantity),
                                Orders.Is(bands.Orders),
                            Observed.Is(band.Observed), Median.Is(band.Median), Low.Is(band.Low), High.Is(band.High),
                            Rank.Is(band.Rank),
                        ]);
        return table;
    }
}
