using Ldn.Counting;
using Ldn.Indicator;

namespace Ldn.Subjects;

/// <summary>What counterbalancing comes to (method §10).</summary>
internal enum NeutralityVerdict
{
    /// <summary>Nothing to judge.</summary>
    NotAssessable,
    Neutral,
    NotNeutral,

    /// <summary>More land without data than gains and losses differ by.</summary>
    Open,
}

/// <summary>
/// What was gained and lost on some land in a reporting period, against the baseline (method §10). Gains are recent and
/// persistent improvement, losses persistent and recent degradation; baseline degradation and improvement are neither.
/// </summary>
/// <param name="Gains">Area of status 6 and 7.</param>
/// <param name="Losses">Area of status 1 and 2.</param>
/// <param name="Land">Land, water of either period left out.</param>
/// <param name="NoData">Land without a status.</param>
internal readonly record struct Balance(Area Gains, Area Losses, Area Land, Area NoData)
{
    /// <summary>Gains minus losses.</summary>
    public Area Delta => Gains - Losses;

    /// <summary>Whether losses are counterbalanced: Δ ≥ 0, so also where there is neither.</summary>
    public bool IsNeutral => !Delta.IsNegative;

    /// <summary>No verdict without valid land; open where what is not known could turn Δ; else whether it is neutral.</summary>
    public NeutralityVerdict Verdict =>
        Land - NoData <= Area.Zero ? NeutralityVerdict.NotAssessable
        : NoData > (Delta.IsNegative ? -Delta : Delta) ? NeutralityVerdict.Open
        : IsNeutral ? NeutralityVerdict.Neutral : NeutralityVerdict.NotNeutral;

    public static Balance operator +(Balance left, Balance right) =>
        new(left.Gains + right.Gains, left.Losses + right.Losses, left.Land + right.Land, left.NoData + right.NoData);

    public static Balance Add(Balance left, Balance right) => left + right;

    /// <summary>The balance of an area of one status.</summary>
    public static Balance Of(Status status, Area area) => new(
        Counterbalance.IsGain(status) ? area : default, Counterbalance.IsLoss(status) ? area : default, area,
        status == Status.NoData ? area : default);

    /// <summary>The balance of land of which the area of each status is known.</summary>
    public static Balance Of(Func<Status, Area> areas) =>
        Enum.GetValues<Status>().Aggregate(new Balance(), (sum, s) => sum + Of(s, areas(s)));
}

/// <summary>Counterbalancing like for like (method §10).</summary>
internal static class Counterbalance
{
    public static bool IsGain(Status status) => status is Status.RecentImprovement or Status.PersistentImprovement;

    public static bool IsLoss(Status status) => status is Status.PersistentDegradation or Status.RecentDegradation;

    /// <summary>
    /// A zone is neutral only if every one of its land types is: what one type loses no other makes good. Types without valid
    /// land have no say; while one is open, a zone that no other type decides is open too.
    /// </summary>
    public static NeutralityVerdict Verdict(IEnumerable<Balance> landTypes)
    {
        NeutralityVerdict[] verdicts = [.. landTypes.Select(t => t.Verdict)];
        return new[] { NeutralityVerdict.NotNeutral, NeutralityVerdict.Open, NeutralityVerdict.Neutral }
            .FirstOrDefault(verdicts.Contains, NeutralityVerdict.NotAssessable);
    }
}
