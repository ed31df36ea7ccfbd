namespace Ldn.Subjects.Uncertainty;

/// <summary>How firm an answer is (firmness U7).</summary>
internal enum Firmness
{
    /// <summary>Something that was tried says otherwise, too much is unknown, or nothing was tried.</summary>
    Open,

    /// <summary>Nothing that was tried says otherwise.</summary>
    Likely,

    /// <summary>Nothing says otherwise, and a probability sample of the ground says the same.</summary>
    Firm,
}

/// <summary>What a sample of points says of an answer.</summary>
internal enum Witness
{
    /// <summary>Every value of its interval gives the answer.</summary>
    Agrees,

    /// <summary>Some do.</summary>
    IsUndecided,

    /// <summary>None does.</summary>
    Contradicts,
}

/// <summary>All that was tried on one question; null is what was not.</summary>
/// <param name="Combinations">Combinations of rules and products, the one in force among them.</param>
/// <param name="Agreeing">How many of them give the same answer.</param>
/// <param name="NoDataAgrees">Whether the answer is the same whatever land without data is, and this land less than the
/// margin.</param>
internal sealed record Grounds(int Combinations, int Agreeing, bool NoDataAgrees)
{
    /// <summary>Whether products are among the combinations.</summary>
    public bool Products { get; init; }

    /// <summary>Whether the figure lies outside what shuffled years give.</summary>
    public bool? OutsideChance { get; init; }

    /// <summary>Whether the years could be shuffled: a ready product has none.</summary>
    public bool ChanceCanBeTried { get; init; }

    public Witness? Sample { get; init; }

    /// <summary>Whether the answer is the same at both ends of the interval of soil carbon.</summary>
    public bool? SoilAgrees { get; init; }

    /// <summary>
    /// <c>firm</c>: the same answer in every combination and bound, outside the chance band where there can be one, and a
    /// probability sample whose interval agrees. <c>likely</c>: the same answer in at least 90 % of the combinations, and nothing
    /// tried contradicts. <c>open</c>: else, also where nothing was tried that could have contradicted.
    /// </summary>
    public Firmness Verdict
    {
        get
        {
            bool tried = Combinations > 1 || OutsideChance is not null || Sample is not null || SoilAgrees is not null;
            bool contradicted = !NoDataAgrees || Agreeing * 10 < Combinations * 9 || OutsideChance == false
                || Sample == Witness.Contradicts || SoilAgrees == false;
            if (!tried || contradicted)
                return Firmness.Open;
            bool beyondChance = OutsideChance == true || !ChanceCanBeTried;
            return Agreeing == Combinations && beyondChance && Sample == Witness.Agrees ? Firmness.Firm : Firmness.Likely;
        }
    }

    /// <summary>What a sample with these answers at the ends of its interval says of one.</summary>
    /// <param name="low">Whether the lower end gives the answer.</param>
    /// <param name="high">Whether the upper end does.</param>
    /// <param name="between">Whether some value between them does.</param>
    public static Witness Of(bool low, bool high, bool between) =>
        low && high ? Witness.Agrees : low || high || between ? Witness.IsUndecided : Witness.Contradicts;
}

/// <summary>Words for verdicts in tables.</summary>
internal static class FirmnessNames
{
    public static string Name(this Firmness verdict) => verdict.ToString().ToLowerInvariant();

    /// <summary>The level of confidence that is proposed for PRAIS.</summary>
    public static string Confidence(this Firmness verdict) => verdict switch
    {
        Firmness.Firm => "high",
        Firmness.Likely => "medium",
        _ => "low",
    };
}
