using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Questions;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>
/// Figures of one piece of land in one period: areas by condition (in the baseline) or status (after it) without water, gains and
/// losses, soil carbon.
/// </summary>
internal sealed class ActivityFigures
{
    private readonly Amount[] _areas = new Amount[4];

    public Amount Gains { get; private set; }

    public Amount Losses { get; private set; }

    /// <summary>Where the stocks of both ends of the period are known.</summary>
    public Area CarbonArea { get; private set; }

    /// <summary>Change of the stock there, in fixed point (<see cref="CarbonTables.TonnesPerUnit"/>).</summary>
    public Int128 CarbonChange { get; private set; }

    public Amount Of(Condition condition) => _areas[(int)condition];

    public Amount Land => _areas.Aggregate(Amount.Add);

    /// <summary>Adds a row of the conditions; water of the baseline or the period is no land.</summary>
    public void Add(Outcome baseline, Outcome outcome, bool isBaseline, StatusRule rule, Amount amount)
    {
        if (baseline.Water || outcome.Water)
            return;
        if (isBaseline)
        {
            _areas[(int)outcome.Indicator] += amount;
            return;
        }

        Status status = StatusLaw.Of(baseline.Indicator, outcome.Indicator, rule);
        _areas[(int)status.ThreeClass()] += amount;
        if (Counterbalance.IsGain(status))
            Gains += amount;
        else if (Counterbalance.IsLoss(status))
            Losses += amount;
    }

    /// <summary>Adds a row of <see cref="StockChangeSum"/>.</summary>
    public void AddCarbon(TallyRow row)
    {
        ReadOnlySpan<Int128> sums = row.Sums.Span;
        CarbonChange += sums[1] - sums[0];
        CarbonArea += new Area(sums[2]);
    }
}
