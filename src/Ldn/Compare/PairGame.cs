using Ldn.Indicator;
using Ldn.Pass;
using Ldn.Tables;

namespace Ldn.Compare;

/// <summary>
/// What a joint code of both runs comes to where some factors are taken from the run after and the others from the run before: a
/// set of factors is a number whose bit <see cref="Factor"/> is set.
/// </summary>
internal sealed class PairGame
{
    /// <summary>Kinds of land of a figure: by <see cref="Condition"/>, and water.</summary>
    public const int Kinds = 5;

    private readonly PairRules _rules;
    private readonly PlaceRecode?[][] _recodes;
    private readonly int[][][] _zonesOfPlace;
    private readonly PlacePairs _places;

    /// <param name="plans">Both runs on one grid.</param>
    /// <param name="rules">What their codes mean.</param>
    /// <param name="places">Pairs of places.</param>
    /// <param name="zones">Ids that both runs have.</param>
    public PairGame(PairedPlans plans, PairRules rules, PlacePairs places, IReadOnlyList<string> zones)
    {
        (_rules, _places) = (rules, places);
        _recodes = [[.. plans.BeforePass.Recodes], [.. plans.AfterPass.Recodes]];
        _zonesOfPlace = [Common(plans.Before.Zones, plans.Before.PlaceIndex), Common(plans.After.Zones, plans.After.PlaceIndex)];

        int[][] Common(IReadOnlyList<SummaryZone> all, Zones.PlaceIndex index) =>
        [
            .. SummaryZone.OfPlaces(all, index)
                .Select(of => of.Select(z => IndexOf(zones, all[z].Id)).Where(z => z >= 0).Order().ToArray()),
        ];
    }

    /// <summary>Which zones of both hold a pair of places, by a run's own polygons.</summary>
    public int[] Zones(int run, int place) => _zonesOfPlace[run][run == 0 ? _places[place].Before : _places[place].After];

    /// <summary>Conditions of the baseline and of the period (or <see cref="PairRules.Water"/>).</summary>
    public (byte Baseline, byte Period) Conditions(PeriodPair pair, int set, int place, ulong key)
    {
        int choice = Choice(set), run = Run(set, Factor.Corrections);
        PlaceRecode? recode = RecodeOf(run, place);
        return (Of(0, 0), Of(16, run == 0 ? pair.Before : pair.After));

        byte Of(int shift, int period)
        {
            byte land = (byte)(
                (Byte(Factor.LandCover, shift) & 3) | (Byte(Factor.Water, shift) & Evidence.WaterBit)
                    | (Byte(Factor.Productivity, shift) & ~7));
            byte soil = Byte(Factor.SoilCarbon, shift + 8);
            if (recode is null)
                return _rules.Condition(choice, land, soil);
            Outcome outcome = recode.Apply(_rules.Tables(choice), period, land, soil);
            return outcome.Water ? PairRules.Water : (byte)outcome.Indicator;
        }

        byte Byte(Factor factor, int shift) => (byte)(key >> (shift + (32 * Run(set, factor))));
    }

    /// <summary>What is reported: a kind of land.</summary>
    public byte Reported(PeriodPair pair, int set, int place, ulong key)
    {
        (byte baseline, byte period) = Conditions(pair, set, place, key);
        return _rules.Reported(Choice(set), pair.Before == 0, baseline, period);
    }

    /// <summary>Status class of a reporting period, or <see cref="PairRules.StatusWater"/>.</summary>
    public byte Status(int set, byte baseline, byte period) => _rules.Status(Choice(set), baseline, period);

    /// <summary>The factors in which both runs differ at a pair of places and a joint code, as a set; rules and grid are told
    /// otherwise.</summary>
    public int Differing(int place, ulong key)
    {
        uint other = (uint)key ^ (uint)(key >> 32);
        return Bit(Factor.LandCover, (other & 0x0003_0003) != 0) | Bit(Factor.Water, (other & 0x0004_0004) != 0)
            | Bit(Factor.Productivity, (other & 0x00F8_00F8) != 0) | Bit(Factor.SoilCarbon, (other & 0xFF00_FF00) != 0)
            | Bit(Factor.Zones, !Zones(0, place).AsSpan().SequenceEqual(Zones(1, place)))
            | Bit(Factor.Corrections, !PlaceRecode.AreSame(RecodeOf(0, place), RecodeOf(1, place)));

        static int Bit(Factor factor, bool set) => set ? 1 << (int)factor : 0;
    }

    private PlaceRecode? RecodeOf(int run, int place) => _recodes[run].Length == 0 ? null
        : _recodes[run][run == 0 ? _places[place].Before : _places[place].After];

    private static int Run(int set, Factor factor) => set >> (int)factor & 1;

    private static int Choice(int set) =>
        (Run(set, Factor.LandCover) * PairRules.LandCover) | (Run(set, Factor.Productivity) * PairRules.Productivity)
        | (Run(set, Factor.SoilCarbon) * PairRules.SoilCarbon) | (Run(set, Factor.Rules) * PairRules.Rules);

    private static int IndexOf(IReadOnlyList<string> ids, string id)
    {
        for (int i = 0; i < ids.Count; i++)
            if (ids[i] == id)
                return i;
        return -1;
    }
}
