namespace Ldn.Indicator;

/// <summary>What evidence of soil carbon means under a threshold.</summary>
internal interface ISoilEvidence
{
    /// <summary>The condition of each evidence value, <see cref="Evidence.Limit"/> entries, 0 no data.</summary>
    /// <param name="threshold">One that the evidence tells apart.</param>
    /// <param name="inclusive">Whether a change of exactly the threshold counts.</param>
    Condition[] Conditions(double threshold, bool inclusive);
}

/// <summary>
/// Evidence of soil carbon where regions have thresholds of their own (drought §6). Each value joins where the change lies among
/// the thresholds that every run ranks with the condition under the region's own rule, so that both follow by lookup whatever the
/// region: at most 27 such pairs can occur.
/// </summary>
internal sealed class SoilRulesByRegion : ISoilEvidence
{
    /// <summary>In place of a threshold: each region's own.</summary>
    public const double ByRegion = -1;

    private readonly ChangeRank _common;
    private readonly List<(byte Rank, Condition Condition)> _codes = [(0, Condition.NoData)];

    /// <param name="common">Thresholds that every run ranks.</param>
    public SoilRulesByRegion(ChangeRank common) => _common = common;

    /// <summary>The joint evidence of each rank of a region.</summary>
    /// <param name="rank">Of the region: the common thresholds and its own.</param>
    /// <param name="threshold">Its own.</param>
    /// <param name="inclusive">Whether exactly that counts there.</param>
    public byte[] Codes(ChangeRank rank, double threshold, bool inclusive)
    {
        Condition[] conditions = rank.Conditions(threshold, inclusive);
        var codes = new byte[Evidence.Limit];
        for (int r = 1; r <= rank.Highest; r++)
        {
            (byte, Condition) pair = (_common.OfChange(rank.Change(r)), conditions[r]);
            if (!_codes.Contains(pair))
                _codes.Add(pair);
            codes[r] = (byte)_codes.IndexOf(pair);
        }

        return codes;
    }

    /// <inheritdoc/>
    /// <remarks>Under <see cref="ByRegion"/> those of each region's own rule.</remarks>
    public Condition[] Conditions(double threshold, bool inclusive)
    {
        Condition[]? one = threshold == ByRegion ? null : _common.Conditions(threshold, inclusive);
        var conditions = new Condition[Evidence.Limit];
        for (int i = 0; i < _codes.Count; i++)
            conditions[i] = one is null ? _codes[i].Condition : one[_codes[i].Rank];
        return Evidence.WithVerdicts(conditions);
    }
}
