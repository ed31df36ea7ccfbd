using Ldn.Indicator;
using Ldn.Jobs;

namespace Ldn.Compare;

/// <summary>
/// What a cell's evidence means where each of its parts is taken from either run (method §6): by land cover, productivity, soil
/// and rules, bit set for the run after.
/// </summary>
internal sealed class PairRules
{
    /// <summary>Bits of a choice of runs.</summary>
    public const int LandCover = 1, Productivity = 2, SoilCarbon = 4, Rules = 8;

    /// <summary>The condition of water, beside those of <see cref="Condition"/>.</summary>
    public const byte Water = 4;

    private readonly Job[] _jobs;
    private readonly ISoilEvidence[] _soil;
    private readonly IndicatorTables[] _tables = new IndicatorTables[16];
    private readonly byte[][] _conditions = new byte[16][];

    /// <param name="plans">Both runs on one grid.</param>
    public PairRules(PairedPlans plans)
    {
        _jobs = [plans.Before.Job, plans.After.Job];
        _soil = [plans.BeforePass.SoilEvidence, plans.AfterPass.SoilEvidence];
        for (int choice = 0; choice < 16; choice++)
        {
            Rules rules = _jobs[choice >> 3].Rules;
            IndicatorTables tables = _tables[choice] = new IndicatorTables(
                _jobs[choice & 1].LandCover is not null,
                OfMeaning(_jobs[choice >> 1 & 1].Productivity is not null, choice >> 3),
                OfMeaning(_jobs[choice >> 2 & 1].SoilCarbon is not null, choice >> 3), rules.Missing,
                rules.MaskWaterInSubIndicators);
            byte[] conditions = _conditions[choice] = new byte[Evidence.Codes];
            for (int land = 0; land < 256; land++)
            {
                for (int soil = 0; soil < Evidence.Limit; soil++)
                {
                    Outcome outcome = tables.Of((byte)land, (byte)soil);
                    conditions[Evidence.Code((byte)land, (byte)soil)] = outcome.Water ? Water : (byte)outcome.Indicator;
                }
            }
        }
    }

    /// <summary>The law of a choice, for corrections.</summary>
    public IndicatorTables Tables(int choice) => _tables[choice];

    /// <summary>Condition of a joint code under a choice, or <see cref="Water"/>.</summary>
    public byte Condition(int choice, byte land, byte soil) => _conditions[choice][Evidence.Code(land, soil)];

    /// <summary>Status of the conditions of baseline and period (each may be <see cref="Water"/>), which then is water.</summary>
    public byte Status(int choice, byte baseline, byte period) => baseline == Water || period == Water ? StatusWater
        : (byte)StatusLaw.Of((Condition)baseline, (Condition)period, _jobs[choice >> 3].Rules.Status);

    /// <summary>Water, beside the classes of <see cref="Indicator.Status"/>.</summary>
    public const byte StatusWater = 8;

    /// <summary>What is reported of the pair: the condition in the baseline, the three classes of the status later.</summary>
    public byte Reported(int choice, bool isBaseline, byte baseline, byte period)
    {
        if (isBaseline)
            return period;
        byte status = Status(choice, baseline, period);
        return status == StatusWater ? Water : (byte)((Status)status).ThreeClass();
    }

    /// <summary>
    /// For the land byte of a run's code the byte that holds, in place of its evidence of productivity, what that means under the
    /// rules of either run: what differs below that moves no figure, and both runs mean the same by it.
    /// </summary>
    public byte[] LandMeaning(int run)
    {
        byte[] meaning = Meaning(OfProductivity(run, 0), OfProductivity(run, 1));
        return [.. Enumerable.Range(0, 256).Select(
            land => (byte)(land & 7 | meaning[Evidence.Productivity((byte)land)] << Evidence.ProductivityShift))];
    }

    /// <summary>The same for the soil byte; 256 entries, those beyond evidence unused.</summary>
    public byte[] SoilMeaning(int run)
    {
        var meaning = new byte[256];
        Meaning(OfSoil(run, 0), OfSoil(run, 1)).CopyTo(meaning, 0);
        return meaning;
    }

    /// <summary>
    /// The factors in which the runs differ whatever their cells hold: rules, and sub-indicators that one of them lacks.
    /// </summary>
    public int Declared
    {
        get
        {
            (Job a, Job b) = (_jobs[0], _jobs[1]);
            bool table = new[] { a, b }.Any(job => !OfProductivity(job, a).SequenceEqual(OfProductivity(job, b)));
            bool soil = (a.SoilCarbon ?? b.SoilCarbon) is not null
                && (a.Rules.SocThreshold, a.Rules.SocInclusive) != (b.Rules.SocThreshold, b.Rules.SocInclusive);
            bool status = a.Rules.Status != b.Rules.Status && a.Periods.Count > 1 && b.Periods.Count > 1;
            return Bit(Factor.Rules, a.Rules.Missing != b.Rules.Missing || table || soil || status)
                | Bit(Factor.LandCover, a.LandCover is null != b.LandCover is null)
                | Bit(Factor.Productivity, a.Productivity is null != b.Productivity is null)
                | Bit(Factor.SoilCarbon, a.SoilCarbon is null != b.SoilCarbon is null);
        }
    }

    private static int Bit(Factor factor, bool set) => set ? 1 << (int)factor : 0;

    /// <summary>Conditions of evidence under the rules before (bits 0 and 1) and after (bits 2 and 3).</summary>
    private static byte[] Meaning(Condition[]? before, Condition[]? after)
    {
        var meaning = new byte[Evidence.Limit];
        for (int e = 0; before is not null && e < meaning.Length; e++)
            meaning[e] = (byte)((int)before[e] | (int)after![e] << 2);
        return meaning;
    }

    /// <summary>The conditions under the rules of a run in a meaning; null where evidence is left out.</summary>
    private static Condition[]? OfMeaning(bool isUsed, int rules) => !isUsed ? null
        : [.. Enumerable.Range(0, Evidence.Limit).Select(m => (Condition)(m >> (2 * rules) & 3))];

    private Condition[]? OfProductivity(int run, int rules) => _jobs[run].Productivity is null ? null
        : OfProductivity(_jobs[run], _jobs[rules]);

    private static Condition[] OfProductivity(Job job, Job rules) =>
        ProductivityEvidence.Conditions(job, rules.Rules.LpdTable) ?? [];

    private Condition[]? OfSoil(int run, int rules) => _jobs[run].SoilCarbon is null ? null
        : _soil[run].Conditions(_jobs[rules].Rules.SocThreshold, _jobs[rules].Rules.SocInclusive);
}
