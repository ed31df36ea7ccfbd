using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Questions;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>
/// What is known of a land type in a zone and period: its balance, and what of it was degraded by condition in the baseline and
/// is by status now.
/// </summary>
/// <param name="BaselineDegraded">Degraded by condition in the baseline, mm².</param>
/// <param name="Degraded">Degraded as reported for the period, mm².</param>
internal readonly record struct LandTypeFigures(Balance Balance, Area BaselineDegraded, Area Degraded)
{
    public static LandTypeFigures operator +(LandTypeFigures left, LandTypeFigures right) =>
        new(left.Balance + right.Balance, left.BaselineDegraded + right.BaselineDegraded, left.Degraded + right.Degraded);

    public static LandTypeFigures Add(LandTypeFigures left, LandTypeFigures right) => left + right;

    /// <summary>Of an area with one pair of conditions; water in either period has no status.</summary>
    public static LandTypeFigures Of(ConditionPair pair, Area area, StatusRule rule)
    {
        Area before = !pair.BaselineWater && pair.Baseline == Condition.Degraded ? area : default;
        if (pair.StatusWater)
            return new LandTypeFigures(default, before, default);
        Status status = pair.Status(rule);
        return new LandTypeFigures(Balance.Of(status, area), before, status.ThreeClass() == Condition.Degraded ? area : default);
    }
}

/// <summary>The land types of a run in one reporting period, zone by zone (method §10).</summary>
internal sealed class LandTypeBalances
{
    private readonly SortedDictionary<LandType, LandTypeFigures>[] _types;
    private readonly LandTypeFigures[] _untyped;

    private LandTypeBalances(int zones)
    {
        _types = [
            .. Enumerable.Range(0, zones).Select(_ => new SortedDictionary<LandType, LandTypeFigures>(LandTypeOrder.Instance))];
        _untyped = new LandTypeFigures[zones];
    }

    /// <summary>The balances of a period; null where no land types are given.</summary>
    public static LandTypeBalances? Of(RunStatistics run, LandTypes? types, int period)
    {
        if (types is null || run.Answer(LandTypesInquiry.Question(run.Job.Periods[period].Id)) is not { } answer)
            return null;
        var balances = new LandTypeBalances(run.Zones.Count);
        foreach (TallyRow row in answer.Rows)
        {
            var figures = LandTypeFigures.Of(new ConditionPair((byte)answer.Code(row, 0)), row.Area, run.Job.Rules.Status);
            LandType? type = types.Of(row.Place, types.Rasters is null ? 0 : answer.Code(row, 1));
            foreach (int zone in run.ZonesOf(row))
                balances.Add(zone, type, figures);
        }

        return balances;
    }

    /// <summary>The types that have land in a zone, in their order.</summary>
    public IEnumerable<(LandType Type, LandTypeFigures Figures)> Types(int zone) =>
        _types[zone].Where(t => t.Value.Balance.Land > Area.Zero).Select(t => (t.Key, t.Value));

    /// <summary>What is known of a type in a zone; null where it has no land there.</summary>
    public LandTypeFigures? Figures(int zone, LandType type) =>
        _types[zone].TryGetValue(type, out LandTypeFigures figures) && figures.Balance.Land > Area.Zero ? figures : null;

    /// <summary>Land of a zone that lies in no type.</summary>
    public LandTypeFigures Untyped(int zone) => _untyped[zone];

    /// <summary>All land of a zone, typed or not.</summary>
    public LandTypeFigures All(int zone) => _types[zone].Values.Aggregate(_untyped[zone], (sum, f) => sum + f);

    /// <summary>The verdict over every type of a zone.</summary>
    public NeutralityVerdict Verdict(int zone) => Counterbalance.Verdict(Types(zone).Select(t => t.Figures.Balance));

    /// <summary>The verdict on a type in a zone; not assessable where it has no land there.</summary>
    public NeutralityVerdict Verdict(int zone, LandType type) =>
        _types[zone].TryGetValue(type, out LandTypeFigures figures) ? figures.Balance.Verdict : NeutralityVerdict.NotAssessable;

    private void Add(int zone, LandType? type, LandTypeFigures figures)
    {
        if (type is null)
            _untyped[zone] += figures;
        else
            _types[zone][type] = _types[zone].GetValueOrDefault(type) + figures;
    }

    /// <summary>By the codes of the layers, one after the other.</summary>
    private sealed class LandTypeOrder : IComparer<LandType>
    {
        public static LandTypeOrder Instance { get; } = new();

        public int Compare(LandType? x, LandType? y)
        {
            for (int i = 0; i < x!.Order.Count; i++)
                if (x.Order[i] != y!.Order[i])
                    return x.Order[i].CompareTo(y.Order[i]);
            return 0;
        }
    }
}
