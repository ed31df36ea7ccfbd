namespace Ldn.Indicator;

/// <summary>What a missing sub-indicator does to the indicator (method §6).</summary>
public enum MissingDataPolicy
{
    /// <summary>Any of the considered sub-indicators without data: no data.</summary>
    Strict,

    /// <summary>Degraded as soon as any known one is; otherwise no data if any is missing.</summary>
    Precautionary,

    /// <summary>The known ones decide; no data only if none is known.</summary>
    Available,
}

/// <summary>The one-out-all-out rule (method §6) on the sub-indicators a run uses.</summary>
public static class OneOutAllOut
{
    /// <summary>The indicator of one pixel that is not water. Sub-indicators left out of the run are simply not passed.</summary>
    public static Condition Combine(ReadOnlySpan<Condition> considered, MissingDataPolicy policy)
    {
        bool missing = considered.Contains(Condition.NoData);
        bool degraded = considered.Contains(Condition.Degraded);
        bool improved = considered.Contains(Condition.Improved);
        bool known = degraded || improved || considered.Contains(Condition.Stable);
        if (missing && policy == MissingDataPolicy.Strict)
            return Condition.NoData;
        if (degraded)
            return Condition.Degraded;
        if (!known || (missing && policy == MissingDataPolicy.Precautionary))
            return Condition.NoData;
        return improved ? Condition.Improved : Condition.Stable;
    }

    /// <summary>
    /// The rule as a table over the set of conditions present: bit c of the index says that some considered sub-indicator has
    /// condition c. Every policy is symmetric in the sub-indicators, so the set is all that matters; index 0 (nothing considered)
    /// is no data.
    /// </summary>
    public static byte[] Table(MissingDataPolicy policy)
    {
        var table = new byte[16];
        for (int set = 1; set < 16; set++)
        {
            Condition[] present = [.. Enum.GetValues<Condition>().Where(c => (set >> (int)c & 1) != 0)];
            table[set] = (byte)Combine(present, policy);
        }

        return table;
    }
}
