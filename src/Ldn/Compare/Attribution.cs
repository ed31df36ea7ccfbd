using Ldn.Counting;
using Ldn.Tables;

namespace Ldn.Compare;

/// <summary>A cell of compare_cells.csv: what it was and is.</summary>
internal readonly record struct CellChange(int Zone, int Pair, string Basis, string Before, string After);

/// <summary>
/// The figures of all sets of factors (firmness U8): the value of a set is the figure with its factors taken from the run after
/// and the rest from the run before, per zone that both have and pair of periods.
/// </summary>
internal sealed class Attribution
{
    private const string Outside = "outside";

    private readonly Int128[] _values;
    private readonly int _zones, _sets;

    private Attribution(IReadOnlyList<Factor> factors, int zones, int pairs)
    {
        Factors = factors;
        (_zones, _sets) = (zones, 1 << factors.Count);
        _values = new Int128[pairs * zones * _sets * PairGame.Kinds];
    }

    /// <summary>The factors in which the runs differ, in the order of tables; bit i of a set is the i-th of them.</summary>
    public IReadOnlyList<Factor> Factors { get; }

    /// <summary>Cells and areas by what they were and are.</summary>
    public Dictionary<CellChange, Amount> Cells { get; } = [];

    /// <summary>Area of each kind of land (<see cref="PairGame.Kinds"/>) under a set of factors.</summary>
    public ReadOnlySpan<Int128> Kinds(int pair, int zone, int set) => _values.AsSpan(At(pair, zone, set), PairGame.Kinds);

    /// <summary>The values of all sets for a sum of kinds.</summary>
    public Int128[] Values(int pair, int zone, Func<ReadOnlySpan<Int128>, Int128> sum)
    {
        var values = new Int128[_sets];
        for (int set = 0; set < _sets; set++)
            values[set] = sum(Kinds(pair, zone, set));
        return values;
    }

    /// <summary>Evaluates the tallies of both grids, or of the one.</summary>
    /// <param name="grids">Per grid the tallies of the pairs of periods and their game; the grid of the run before first.</param>
    /// <param name="declared">Factors in which the runs differ whatever the cells hold.</param>
    /// <param name="pairs">Periods, without new ones.</param>
    /// <param name="zones">Ids that both runs have.</param>
    /// <param name="shown">Index of the grid whose cells are listed.</param>
    public static Attribution Of(
        IReadOnlyList<(Tally[] Tallies, PairGame Game)> grids, int declared, IReadOnlyList<PeriodPair> pairs,
        IReadOnlyList<string> zones, int shown)
    {
        int differing = declared | (grids.Count > 1 ? 1 << (int)Factor.Grid : 0);
        foreach ((Tally[] tallies, PairGame game) in grids)
            foreach (TallyRow row in tallies.SelectMany(t => t.Rows()))
                differing |= game.Differing(row.Place, row.Key);
        Factor[] factors = [.. Compare.Factors.Exchangeable.Where(f => (differing >> (int)f & 1) != 0)];
        var attribution = new Attribution(factors, zones.Count, pairs.Count);
        for (int g = 0; g < grids.Count; g++)
            for (int p = 0; p < pairs.Count; p++)
                attribution.Add(grids[g].Game, grids[g].Tallies[p], pairs[p], p, grids.Count > 1 ? g : -1, g == shown);
        return attribution;
    }

    /// <summary>
    /// Code of <see cref="Compare.Factors.Changed"/> of a cell: the factor that weighs most in the change of what is reported of
    /// it; 0 where it lies in no zone of either run.
    /// </summary>
    public static byte ChangedBy(PairGame game, int declared, PeriodPair pair, int place, ulong key)
    {
        int was = game.Zones(0, place).Length, isNow = game.Zones(1, place).Length;
        if (was == 0 || isNow == 0)
            return was + isNow == 0 ? (byte)0 : Compare.Factors.Code(Factor.Zones);
        int differing = (declared | game.Differing(place, key)) & ~((1 << (int)Factor.Zones) | (1 << (int)Factor.Grid));
        Factor[] factors = [.. Compare.Factors.Exchangeable.Where(f => (differing >> (int)f & 1) != 0)];
        byte before = game.Reported(pair, 0, place, key), after = game.Reported(pair, differing, place, key);
        if (before == after)
            return Compare.Factors.Unchanged;
        var values = new Int128[1 << factors.Length];
        for (int set = 0; set < values.Length; set++)
        {
            byte kind = game.Reported(pair, FullSet(factors, set), place, key);
            values[set] = (kind == after ? 1 : 0) - (kind == before ? 1 : 0);
        }

        Share[] shares = Shapley.Of(values);
        Ratio most = shares.Max(s => s.Contribution);
        return shares.Count(s => s.Contribution.Equals(most)) > 1 ? Compare.Factors.Several
            : Compare.Factors.Code(factors[Array.FindIndex(shares, s => s.Contribution.Equals(most))]);
    }

    private void Add(PairGame game, Tally tally, PeriodPair pair, int p, int grid, bool shown)
    {
        int gridBit = grid < 0 ? 0 : 1 << Factors.ToList().IndexOf(Factor.Grid);
        int[] sets = [.. Enumerable.Range(0, _sets).Where(s => grid < 0 || (s & gridBit) != 0 == (grid == 1))];
        int[] full = [.. sets.Select(s => FullSet(Factors, s))];
        int zonesBit = 1 << (int)Factor.Zones;
        foreach (TallyRow row in tally.Rows())
        {
            int[] before = game.Zones(0, row.Place), after = game.Zones(1, row.Place);
            Int128 area = row.Area.SquareMillimetres;
            for (int i = 0; i < sets.Length; i++)
            {
                byte kind = game.Reported(pair, full[i], row.Place, row.Key);
                foreach (int zone in (full[i] & zonesBit) != 0 ? after : before)
                    _values[At(p, zone, sets[i]) + kind] += area;
            }

            if (shown)
                AddCells(game, pair, p, row, before, after);
        }
    }

    private void AddCells(PairGame game, PeriodPair pair, int p, TallyRow row, int[] before, int[] after)
    {
        int all = FullSet(Factors, _sets - 1);
        (byte baseline, byte period) = game.Conditions(pair, 0, row.Place, row.Key);
        (byte newBaseline, byte newPeriod) = game.Conditions(pair, all, row.Place, row.Key);
        byte status = game.Status(0, baseline, period), newStatus = game.Status(all, newBaseline, newPeriod);
        foreach (int zone in before.Union(after))
        {
            bool was = before.Contains(zone), isNow = after.Contains(zone);
            AddCell(
                new CellChange(
                    zone, p, "condition", was ? ConditionName(period) : Outside,
                    isNow ? ConditionName(newPeriod) : Outside),
                row);
            if (pair.Before > 0)
                AddCell(
                    new CellChange(
                        zone, p, "status", was ? StatusName(status) : Outside, isNow ? StatusName(newStatus) : Outside),
                    row);
        }
    }

    private void AddCell(CellChange change, TallyRow row) =>
        Cells[change] = Cells.GetValueOrDefault(change) + RunStatistics.AmountOf(row);

    private static string ConditionName(byte code) =>
        code == PairRules.Water ? "water" : Indicator.ConditionNames.Name((Indicator.Condition)code);

    private static string StatusName(byte code) =>
        code == PairRules.StatusWater ? "water" : Indicator.StatusLaw.Name((Indicator.Status)code);

    private int At(int pair, int zone, int set) => ((((pair * _zones) + zone) * _sets) + set) * PairGame.Kinds;

    /// <summary>A set of the factors in force as one of all factors.</summary>
    private static int FullSet(IReadOnlyList<Factor> factors, int set)
    {
        int full = 0;
        for (int i = 0; i < factors.Count; i++)
            if ((set >> i & 1) != 0)
                full |= 1 << (int)factors[i];
        return full;
    }
}
