using System.Globalization;
using System.Numerics;
using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Tables;

namespace Ldn.Compare;

/// <summary>A zone or group that both sides have.</summary>
internal sealed record CommonZone(string Id, string Name, string Kind);

/// <summary>
/// A factor's part in a difference: km² as printed, so that parts add up to the printed difference, and points of the share of
/// land. A new period, which comes last, has one effect whatever the order of the others.
/// </summary>
/// <param name="Contribution">Share of the difference that the factor has: its Shapley value, mm².</param>
/// <param name="FirstIn">What it would have moved alone, mm²; null for a new period, which comes last.</param>
/// <param name="LastIn">What it moves when all others have moved, mm².</param>
/// <param name="Low">The smallest step it takes in any order, mm².</param>
/// <param name="High">The largest.</param>
/// <param name="Points">The contribution in percentage points of the land; null where that is undefined.</param>
internal sealed record Part(Factor Factor, Area Contribution, Area? FirstIn, Area LastIn, Area Low, Area High, double? Points);

/// <summary>A figure of one zone on both sides, and the parts of its difference.</summary>
/// <param name="Before">Of the first result.</param>
/// <param name="After">Of the second.</param>
internal sealed record FigureChange(string Quantity, Area Before, Area After, IReadOnlyList<Part> Parts);

/// <summary>
/// The headline of one zone from one period to another: share of land degraded, and why it differs where that is known.
/// </summary>
/// <param name="Before">Per cent of land; null where undefined.</param>
/// <param name="After">Likewise.</param>
/// <param name="Figures">Quantities of the headline with the parts of their difference; empty where the attribution is
/// missing.</param>
internal sealed record HeadlineChange(
    CommonZone Zone, PeriodPair Pair, Ratio? Before, Ratio? After, IReadOnlyList<FigureChange> Figures)
{
    /// <summary>Percentage points; null where either side is undefined.</summary>
    public Ratio? Points => After - Before;

    /// <summary>Parts of the degraded area, which hold the points of the share of land too.</summary>
    public IReadOnlyList<Part> Parts => Figures.FirstOrDefault(f => f.Quantity == Columns.Degraded.Name)?.Parts ?? [];
}

/// <summary>All that is found of two sides.</summary>
/// <param name="Pairs">Periods held against each other; the last is that of the latest figures.</param>
/// <param name="Zones">Zones and groups of both, in the order of the side after.</param>
/// <param name="Changes">Of every zone and pair.</param>
/// <param name="Table">compare.csv.</param>
/// <param name="Differing">Rows of it that differ.</param>
/// <param name="Cells">compare_cells.csv; null where the cells were not compared.</param>
/// <param name="Missing">Why there is no attribution; null where there is one.</param>
/// <param name="Notes">What the user should know.</param>
internal sealed record Comparison(
    Side Before, Side After, IReadOnlyList<PeriodPair> Pairs, IReadOnlyList<CommonZone> Zones,
    IReadOnlyList<HeadlineChange> Changes, ResultTable Table, long Differing, ResultTable? Cells, string? Missing,
    IReadOnlyList<string> Notes)
{
    /// <summary>mm² of the last printed decimal.</summary>
    private const long Unit = 1_000_000;

    private static readonly (Column<Area> Column, Func<ReadOnlySpan<Int128>, Int128> Sum)[] s_quantities =
    [
        (Columns.Land, kinds => Of(kinds, 0, 1, 2, 3)), (ConditionTables.Valid, kinds => Of(kinds, 1, 2, 3)),
        (ConditionTables.Water, kinds => Of(kinds, PairRules.Water)), (Columns.NoData, kinds => Of(kinds, 0)),
        (Columns.Degraded, kinds => Of(kinds, (int)Condition.Degraded)),
        (Columns.Stable, kinds => Of(kinds, (int)Condition.Stable)),
        (Columns.Improved, kinds => Of(kinds, (int)Condition.Improved)),
    ];

    /// <summary>The figures of a zone and pair of the same or a new period, and the parts of each difference.</summary>
    internal static IReadOnlyList<FigureChange> Explain(
        Attribution attribution, int pairIndex, int zoneIndex, PeriodPair pair, CommonZone zone, Side after)
    {
        double[]? points = Points(attribution, pairIndex, zoneIndex);
        var figures = new List<FigureChange>();
        foreach ((Column<Area> column, Func<ReadOnlySpan<Int128>, Int128> sum) in s_quantities)
        {
            Int128[] values = attribution.Values(pairIndex, zoneIndex, sum);
            Share[] shares = Shapley.Of(values);
            Area before = new(values[0]), same = new(values[^1]), final = same;
            if (pair.New is { } later)
                final = after.Figure(zone.Id, after.Periods[later].Id, column) ?? same;
            List<Ratio> exact = [.. shares.Select(s => s.Contribution / new Ratio(Unit, 1))];
            if (pair.New is not null)
                exact.Add(new Ratio((final - same).SquareMillimetres, Unit));
            BigInteger[] printed = Shapley.Rounded(exact, Units(final) - Units(before));
            bool degraded = column == Columns.Degraded;
            List<Part> parts = [.. shares.Select((s, i) => new Part(
                attribution.Factors[i], OfUnits(printed[i]), new Area(s.FirstIn), new Area(s.LastIn), new Area(s.Low),
                new Area(s.High), degraded ? points?[i] : null))];
            if (pair.New is { } period)
            {
                Ratio? laterShare = after.Figure(zone.Id, after.Periods[period].Id, Columns.DegradedOfLand),
                sameShare = after.Figure(zone.Id, after.Periods[pair.After].Id, Columns.DegradedOfLand);
                Area step = OfUnits(printed[^1]);
                double? moved = degraded ? (laterShare - sameShare)?.ToDouble() : null;
                parts.Add(new Part(Factor.Period, step, null, step, step, step, moved));
            }

            figures.Add(new FigureChange(column.Name, before, final, parts));
        }

        return figures;
    }

    /// <summary>
    /// Whether the figures made again are those that both sides printed: another version of the program might reckon otherwise.
    /// </summary>
    internal static string? Contradiction(Attribution attribution, Comparison comparison)
    {
        PeriodPair[] pairs = [.. comparison.Pairs.Where(p => p.New is null)];
        for (int p = 0; p < pairs.Length; p++)
        {
            for (int z = 0; z < comparison.Zones.Count; z++)
            {
                foreach ((Column<Area> column, Func<ReadOnlySpan<Int128>, Int128> sum) in s_quantities)
                {
                    Int128[] values = attribution.Values(p, z, sum);
                    string id = comparison.Zones[z].Id;
                    foreach ((Side side, int period, Int128 value) in new[]
                    {
                        (comparison.Before, pairs[p].Before, values[0]), (comparison.After, pairs[p].After, values[^1]),
                    })
                    {
                        if (side.Figure(id, side.Periods[period].Id, column) is { } told && $"{told}" != $"{new Area(value)}")
                        {
                            return $"{column.Name} of {id}, {side.Periods[period].Id}, is {told} in the result of "
                                + $"{side.Program} and {new Area(value)} made again";
                        }
                    }
                }
            }
        }

        return null;
    }

    /// <summary>Square metres as printed.</summary>
    private static BigInteger Units(Area area) =>
        BigInteger.Parse(area.ToString().Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    private static Area OfUnits(BigInteger units) => new((Int128)units * Unit);

    private static double[]? Points(Attribution attribution, int pair, int zone)
    {
        Int128[] degraded = attribution.Values(pair, zone, kinds => Of(kinds, (int)Condition.Degraded)),
        land = attribution.Values(pair, zone, kinds => Of(kinds, 0, 1, 2, 3));
        if (Array.Exists(land, l => l == 0))
            return null;
        return Shapley.Of([.. degraded.Select((d, i) => new Area(d).PercentOf(new Area(land[i]))!.Value.ToDouble())]);
    }

    private static Int128 Of(ReadOnlySpan<Int128> kinds, params ReadOnlySpan<int> chosen)
    {
        Int128 sum = 0;
        foreach (int kind in chosen)
            sum += kinds[kind];
        return sum;
    }
}
