using Ldn.Indicator;

namespace Ldn.Tables;

/// <summary>The four indicators of the tables, in their order: the indicator itself, then the sub-indicators.</summary>
internal static class Layers
{
    public const int Count = 4;

    /// <summary>Layer number of a sub-indicator; the indicator is 0.</summary>
    public static int Of(SubIndicator sub) => (int)sub + 1;

    public static SubIndicator? Sub(int layer) => layer == 0 ? null : (SubIndicator)(layer - 1);
}

/// <summary>
/// Figures of one zone and period: per layer (<see cref="Layers"/>) the amount of each condition and of each status. Water is
/// apart: of the period for conditions, of the period or the baseline for status.
/// </summary>
internal sealed class PeriodFigures
{
    private static readonly Condition[] s_conditions = Enum.GetValues<Condition>();
    private static readonly Status[] s_statuses = Enum.GetValues<Status>();
    private readonly Amount[,] _conditions = new Amount[Layers.Count, 4];
    private readonly Amount[,] _status = new Amount[Layers.Count, 8];

    public Amount Water { get; private set; }

    public Amount StatusWater { get; private set; }

    /// <summary>Water of the period's final land-cover year.</summary>
    public Amount FinalWater { get; set; }

    /// <summary>Degraded in the baseline, on land that is water in neither initial year.</summary>
    public Amount DegradedBefore { get; set; }

    /// <summary>Degraded in the baseline, and water in the period: what left the account.</summary>
    public Amount DegradedBecomeWater { get; set; }

    public Amount Condition(int layer, Condition condition) => _conditions[layer, (int)condition];

    public Amount Status(int layer, Status status) => _status[layer, (int)status];

    /// <summary>The three classes of the status.</summary>
    public Amount StatusCondition(int layer, Condition condition) =>
        s_statuses.Where(s => s.ThreeClass() == condition).Aggregate(new Amount(), (sum, s) => sum + _status[layer, (int)s]);

    /// <summary>Zone without the period's water, no data included.</summary>
    public Amount Land => s_conditions.Aggregate(new Amount(), (sum, c) => sum + _conditions[0, (int)c]);

    /// <summary>Zone without the water of either period.</summary>
    public Amount StatusLand => s_statuses.Aggregate(new Amount(), (sum, s) => sum + _status[0, (int)s]);

    public void AddWater(Amount amount) => Water += amount;

    public void AddStatusWater(Amount amount) => StatusWater += amount;

    public void AddCondition(int layer, Condition condition, Amount amount) => _conditions[layer, (int)condition] += amount;

    public void AddStatus(int layer, Status status, Amount amount) => _status[layer, (int)status] += amount;

    /// <summary>
    /// What is reported (method §7): by condition for the baseline, by status for a reporting period.
    /// </summary>
    public ReportedFigures Reported(bool isBaseline) => isBaseline
        ? new ReportedFigures(Land, Water, c => Condition(0, c))
        : new ReportedFigures(StatusLand, StatusWater, c => StatusCondition(0, c));
}

/// <summary>The reported figure of one zone and period.</summary>
internal sealed class ReportedFigures(Amount land, Amount water, Func<Condition, Amount> of)
{
    public Amount Land => land;

    public Amount Water => water;

    public Amount Of(Condition condition) => of(condition);

    /// <summary>Land with data.</summary>
    public Amount Valid => of(Condition.Degraded) + of(Condition.Stable) + of(Condition.Improved);
}
