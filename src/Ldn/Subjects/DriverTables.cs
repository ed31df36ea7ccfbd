using Ldn.Counting;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>drivers.csv and categories.csv: what lies on degraded, stable and improved land (method §11); no causal claim.</summary>
public static class DriverTables
{
    private const string AllLand = "all";
    private static readonly int[] s_percent = [5, 25, 50, 75, 95];

    /// <summary>Area-weighted mean, spread and quantiles of continuous layers, sums of counts, by zone and condition.</summary>
    /// <exception cref="LdnException">Exit 3: a layer has too many different values for its histogram.</exception>
    public static ResultTable Continuous(RunStatistics run)
    {
        var table = new ResultTable("drivers", "Drivers by condition of the land",
        [
            new("driver", ColumnType.Text, "Layer."),
            new("kind", ColumnType.Text, "mean or count."),
            new("unit", ColumnType.Text, "As the job names it."),
            new("zone_id", ColumnType.Text, "Zone or group."),
            new("zone_kind", ColumnType.Text, "zone or group."),
            new("period", ColumnType.Text, "baseline, report_1, …"),
            new("class", ColumnType.Text, "Condition in the baseline, status afterwards; no_data, or all land."),
            new("area_km2", ColumnType.Area, "Land where the layer has a value; of a count, all land of the class."),
            new("mean", ColumnType.Number, "Mean weighted by area; of a count, per km²."),
            new("sd", ColumnType.Number, "Standard deviation weighted by area."),
            new("min", ColumnType.Number, "Smallest value."),
            .. s_percent.Select(p => new Column($"p{p:D2}", ColumnType.Number, $"Smallest value up to which {p} % of the area lie.")),
            new("max", ColumnType.Number, "Largest value."),
            new("quantum", ColumnType.Number, "Step to which values are rounded."),
            new("sum", ColumnType.Number, "Of a count: the total."),
            new("sum_share_pct", ColumnType.Percent, "Of a count: share of the zone's land total."),
        ]);
        IReadOnlyList<DriverLayer> layers = run.Strata?.Drivers?.Drivers ?? [];
        for (int d = 0; d < layers.Count; d++)
        {
            for (int p = 0; p < run.Job.Periods.Count; p++)
            {
                StratumAnswer answer = run.Answer(Questions.Driver(d, run.Job.Periods[p].Id))!;
                if (layers[d].Steps is { } steps)
                    AddMeans(table, run, layers[d], steps, p, answer);
                else
                    AddCounts(table, run, layers[d], p, answer);
            }
        }

        SortWithin(table, run);
        return table;
    }

    /// <summary>Area of each class of categorical layers by condition; zero rows left out, land in no class as <c>none</c>.</summary>
    public static ResultTable Categorical(RunStatistics run)
    {
        var table = new ResultTable("categories", "Categories by condition of the land",
        [
            new("layer", ColumnType.Text, "Layer."),
            new("zone_id", ColumnType.Text, "Zone or group."),
            new("zone_kind", ColumnType.Text, "zone or group."),
            new("period", ColumnType.Text, "baseline, report_1, …"),
            new("category", ColumnType.Text, "Value or id; none for land in no class."),
            new("category_name", ColumnType.Text, "Its name."),
            new("class", ColumnType.Text, "Condition in the baseline, status afterwards; no_data, or water."),
            new("pixels", ColumnType.Integer, "Cells of the run's grid."),
            new("area_km2", ColumnType.Area, "True area."),
        ]);
        IReadOnlyList<CategoryLayer> layers = run.Strata?.Drivers?.Categories ?? [];
        for (int c = 0; c < layers.Count; c++)
        {
            for (int p = 0; p < run.Job.Periods.Count; p++)
            {
                StratumAnswer answer = run.Answer(Questions.Category(c, run.Job.Periods[p].Id))!;
                var sums = new Dictionary<(int Zone, long Order, string Id, string Name, int Class), Amount>();
                foreach (TallyRow row in answer.Rows)
                {
                    LandType? type = TypeOf(layers[c], answer, row);
                    int reported = ReportedClasses.Of(answer.Code(row, 0), p, run.Job.Rules.Status);
                    foreach (int zone in run.ZonesOf(row))
                        CrossTables.Add(sums, (zone, type?.Order[0] ?? long.MaxValue, type?.Id ?? "none", type?.Name ?? "none", Position(reported)), RunStatistics.AmountOf(row));
                }

                foreach (((int zone, _, string id, string name, int position), Amount amount) in sums.OrderBy(s => (s.Key.Zone, s.Key.Order)).ThenBy(s => s.Key.Class))
                    table.Add(layers[c].Name, run.Zones[zone].Id, run.Zones[zone].Kind, run.Job.Periods[p].Id, id, name, ReportedClasses.InOrder[position].Name, amount.Pixels, amount.Area);
            }
        }

        SortWithin(table, run);
        return table;
    }

    /// <summary>The class of a row of a category's question.</summary>
    internal static LandType? TypeOf(CategoryLayer layer, StratumAnswer answer, TallyRow row) =>
        layer.Classes.Of(row.Place, layer.Classes.Rasters is null ? 0 : answer.Code(row, 1));

    private static int Position(int reported) => Array.FindIndex(ReportedClasses.InOrder, c => c.Class == reported);

    private static void AddMeans(ResultTable table, RunStatistics run, DriverLayer layer, QuantumPlane steps, int period, StratumAnswer answer)
    {
        var histograms = new StepHistogram[run.Zones.Count, ReportedClasses.Count];
        for (int z = 0; z < run.Zones.Count; z++)
            for (int c = 0; c < ReportedClasses.Count; c++)
                histograms[z, c] = new StepHistogram();
        int rows = 0;
        foreach (TallyRow row in answer.Rows)
        {
            if (++rows > steps.MostRows)
                throw steps.TooFine($"driver {layer.Name}");
            ulong code = answer.Code(row, 1);
            int reported = ReportedClasses.Of(answer.Code(row, 0), period, run.Job.Rules.Status);
            if (code == 0 || reported == ReportedClasses.Water)
                continue;
            foreach (int zone in run.ZonesOf(row))
            {
                histograms[zone, reported].Add(steps.Steps(code), row.Area);
                histograms[zone, ReportedClasses.Water].Add(steps.Steps(code), row.Area);
            }
        }

        for (int z = 0; z < run.Zones.Count; z++)
        {
            // The place of water, which has no figures here, holds all land.
            foreach ((int c, string name) in ReportedClasses.InOrder)
            {
                StepHistogram h = histograms[z, c];
                (double mean, double deviation) = h.IsEmpty ? (0, 0) : h.Moments();
                object? Value(double value) => h.IsEmpty ? null : value * steps.Quantum;
                table.Add(
                    [
                        layer.Name, "mean", layer.Unit, run.Zones[z].Id, run.Zones[z].Kind, run.Job.Periods[period].Id, c == ReportedClasses.Water ? AllLand : name, (Int128)h.Area,
                        Value(mean), Value(deviation), h.IsEmpty ? null : Value(h.Lowest), .. s_percent.Select(p => h.IsEmpty ? null : Value(h.Quantile(p))),
                        h.IsEmpty ? null : Value(h.Highest), steps.Quantum, null, null,
                    ]);
            }
        }
    }

    private static void AddCounts(ResultTable table, RunStatistics run, DriverLayer layer, int period, StratumAnswer answer)
    {
        var sums = new Int128[run.Zones.Count, ReportedClasses.Count];
        var areas = new Int128[run.Zones.Count, ReportedClasses.Count];
        foreach (TallyRow row in answer.Rows)
        {
            int reported = ReportedClasses.Of(answer.Code(row, 0), period, run.Job.Rules.Status);
            if (reported == ReportedClasses.Water)
                continue;
            foreach (int zone in run.ZonesOf(row))
            {
                foreach (int c in new[] { reported, ReportedClasses.Water })
                {
                    sums[zone, c] += row.Sums.Span[0];
                    areas[zone, c] += (Int128)row.Area;
                }
            }
        }

        for (int z = 0; z < run.Zones.Count; z++)
        {
            foreach ((int c, string name) in ReportedClasses.InOrder)
            {
                double total = PopulationTables.Persons(sums[z, c]);
                table.Add(
                    [
                        layer.Name, "count", layer.Unit, run.Zones[z].Id, run.Zones[z].Kind, run.Job.Periods[period].Id, c == ReportedClasses.Water ? AllLand : name, areas[z, c],
                        areas[z, c] == 0 ? null : total / ((double)areas[z, c] / 1e12), .. Enumerable.Repeat<object?>(null, s_percent.Length + 4),
                        total, Amount.Share(sums[z, c], sums[z, ReportedClasses.Water]),
                    ]);
            }
        }
    }

    /// <summary>Layer by layer, then zone by zone: the files' order.</summary>
    private static void SortWithin(ResultTable table, RunStatistics run)
    {
        int zone = table.Columns.ToList().FindIndex(c => c.Name == "zone_id");
        Dictionary<string, int> order = run.Zones.Select((z, i) => (z.Id, i)).ToDictionary(z => z.Id, z => z.i);
        string[] layers = [.. table.Rows.Select(r => (string)r[0]!).Distinct()];
        object?[][] sorted = [.. table.Rows.OrderBy(r => Array.IndexOf(layers, (string)r[0]!)).ThenBy(r => order[(string)r[zone]!])];
        table.Rows.Clear();
        table.Rows.AddRange(sorted);
    }
}
