using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Pass;
using Ldn.Tables;

namespace Ldn.Subjects.Uncertainty;

/// <summary>
/// agreement.csv: what several productivity products make of the same land (firmness U3). A range, never an interval.
/// </summary>
internal static class AgreementTable
{
    private const int Classes = 3;

    public static Column<string> Measure { get; } = Column.Text(
        "measure", "degraded_pct_of_land: the figure with a product; degraded_all_km2 and degraded_any_km2: degraded whichever "
            + "product is taken, and with some product; the others compare the products' own conditions.");

    public static Column<string> Other { get; } = Column.Text("other", "The product it is compared with; empty for no pair.");

    public static Column<double> Value { get; } = Column.Number("value", "The figure; empty where it is undefined.");

    /// <param name="run">The run.</param>
    /// <param name="names">Products beside the job's own.</param>
    public static ResultTable Of(RunStatistics run, IReadOnlyList<string> names)
    {
        var table = Columns.Table("agreement", "Productivity products side by side",
        [
            Columns.ZoneId, Columns.ZoneName, Columns.ZoneKind, Columns.Period, Measure,
            Combinations.Product.Meaning("The productivity product; empty for the job's own and where none is meant."), Other,
            Value,
        ]);
        string[] products = ["", .. names];
        for (int p = 0; p < (names.Count > 0 ? run.Job.Periods.Count : 0); p++)
        {
            Side[] sides = Count(run, products.Length, p);
            for (int z = 0; z < run.Zones.Count; z++)
            {
                Cell[] keys = [.. Columns.Of(run.Zones[z]), .. Columns.Of(run.Job, p)];
                Side side = sides[z];
                void Add(string measure, string product, string other, Cell value) => table.Add(
                    [.. keys, Measure.Is(measure), Combinations.Product.Is(product), Other.Is(other), value]);
                for (int k = 0; k < products.Length; k++)
                    Add("degraded_pct_of_land", products[k], "", Exact(side.Degraded[k].PercentOf(side.Land)));
                Add("degraded_all_km2", "", "", Exact(side.All));
                Add("degraded_any_km2", "", "", Exact(side.Any));
                Add("full_agreement_km2", "", "", Exact(side.Agreement.Full));
                Add("fleiss_kappa", "", "", Value.Is(side.Agreement.Fleiss()));
                for (int i = 0; i < products.Length; i++)
                {
                    for (int j = i + 1; j < products.Length; j++)
                    {
                        var apart = side.Agreement.Disagreement(i, j);
                        Add("kappa", products[i], products[j], Value.Is(side.Agreement.Kappa(i, j)));
                        Add("quantity_disagreement_pct", products[i], products[j], Exact(apart?.Quantity));
                        Add("allocation_disagreement_pct", products[i], products[j], Exact(apart?.Allocation));
                    }
                }
            }
        }

        run.SortByZone(table);
        return table;
    }

    private static Cell Exact(Ratio? value) => new(Value, value);

    private static Side[] Count(RunStatistics run, int raters, int period)
    {
        Side[] sides = [.. run.Zones.Select(_ => new Side(raters))];
        IndicatorTables own = run.Tables, other = new(
            own.UsesLandCover, ProductCodes.Conditions, own.SoilCarbonConditions, own.Policy, own.MaskWater);
        var degraded = new bool[raters];
        var classes = new int[raters];
        foreach ((TallyRow row, byte before, byte now) in ProductCodes.Pairs(run, period))
        {
            PlaceRecode? recode = run.RecodeOf(row.Place);
            (byte land, byte soil) = period == 0 ? (row.Plane(0), row.Plane(1)) : (row.Plane(2), row.Plane(3));
            if (Evidence.Water(land))
                continue;
            for (int k = 0; k < raters; k++)
            {
                IndicatorTables tables = k == 0 ? own : other;
                Outcome Of(int p, byte l, byte s, byte codes)
                {
                    byte with = ProductCodes.Land(l, codes, k - 1);
                    return recode?.Apply(tables, p, with, s) ?? tables.Of(with, s);
                }

                Outcome to = Of(period, land, soil, now);
                degraded[k] = (period == 0 ? to.Indicator : StatusLaw.Of(
                    Of(0, row.Plane(0), row.Plane(1), before).Indicator, to.Indicator, run.Job.Rules.Status).ThreeClass())
                    == Condition.Degraded;
                classes[k] = tables.ProductivityCondition[Evidence.Productivity(ProductCodes.Land(land, now, k - 1))] - 1;
            }

            bool counts = period == 0 || !Evidence.Water(row.Plane(0));
            foreach (int zone in run.ZonesOf(row))
            {
                sides[zone].Agreement.Add(classes, row.Area);
                if (counts)
                    sides[zone].Add(degraded, row.Area);
            }
        }

        return sides;
    }

    /// <summary>What is counted of a zone; land as the headline divides by.</summary>
    private sealed class Side(int raters)
    {
        public Area Land { get; private set; }

        public Area[] Degraded { get; } = new Area[raters];

        public Area All { get; private set; }

        public Area Any { get; private set; }

        /// <summary>Of the products' own conditions on land, before corrections.</summary>
        public Agreement Agreement { get; } = new(raters, Classes);

        public void Add(bool[] degraded, Area area)
        {
            Land += area;
            for (int k = 0; k < degraded.Length; k++)
                if (degraded[k])
                    Degraded[k] += area;
            if (Array.TrueForAll(degraded, d => d))
                All += area;
            if (Array.Exists(degraded, d => d))
                Any += area;
        }
    }
}
