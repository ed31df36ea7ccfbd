using Ldn.Counting;
using Ldn.Pass;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>drivers.csv: what lies on degraded, stable and improved land (method §11); no causal claim.</summary>
internal static class DriverTables
{
    private const string AllLand = "all";

    private static readonly (int Percent, Column<double> Column)[] s_quantiles =
    [
        .. new[]
        {
            5, 25, 50, 75, 95
        }.Select(p => (p, Column.Number($"p{p:D2}", $"Smallest value up to which {p} % of the area lie."))),
    ];

    public static Column<string> Driver { get; } = Column.Text("driver", "Layer.");

    public static Column<string> Kind { get; } = Column.Text("kind", "mean or count.");

    public static Column<string> Unit { get; } = Column.Text("unit", "As the job names it.");

    public static Column<double> Mean { get; } = Column.Number("mean", "Mean weighted by area; of a count, per km².");

    public static Column<double> Deviation { get; } = Column.Number("sd", "Standard deviation weighted by area.");

    public static Column<double> Least { get; } = Column.Number("min", "Smallest value.");

    public static Column<double> Most { get; } = Column.Number("max", "Largest value.");

    public static Column<double> Quantum { get; } = Column.Number("quantum", "Step to which values are rounded.");

    public static Column<double> Sum { get; } = Column.Number("sum", "Of a count: the total.");

    public static Column<Ratio> SumShare { get; } = Column.Percent(
        "sum_share_pct", "Of a count: share of the zone's land total.");

    /// <summary>Area-weighted mean, spread and quantiles of continuous layers, sums of counts, by zone and condition.</summary>
    /// <exception cref="LdnException">Exit 3: a layer has too many different values for its histogram.</exception>
    public static ResultTable Continuous(RunStatistics run, IReadOnlyList<DriverLayer> layers)
    {
        var table = Columns.Table("drivers", "Drivers by condition of the land",
        [
            Driver, Kind, Unit, Columns.ZoneId, Columns.ZoneKind, Columns.Period,
            Columns.Class.Meaning("Condition in the baseline, status afterwards; no_data, or all land."),
            Columns.TrueArea.Meaning("Land where the layer has a value; of a count, all land of the class."), Mean, Deviation,
            Least,
            .. s_quantiles.Select(q => q.Column), Most, Quantum, Sum, SumShare, Columns.Basis,
        ]);
        for (int d = 0; d < layers.Count; d++)
        {
            for (int p = 0; p < run.Job.Periods.Count; p++)
            {
                Answer answer = run.Answer(DriversInquiry.Question(d, run.Job.Periods[p].Id))!;
                if (layers[d].Steps is { } steps)
                    AddMeans(table, run, layers[d], steps, p, answer);
                else
                    AddCounts(table, run, layers[d], p, answer);
            }
        }

        SortWithin(table, run, Driver);
        return table;
    }

    private static void AddMeans(
        ResultTable table, RunStatistics run, DriverLayer layer, QuantumPlane steps, int period, Answer answer)
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
                double? Value(Func<double> value) => h.IsEmpty ? null : value() * steps.Quantum;
                table.Add(
                [
                    .. Keys(run, layer, "mean", z, period, c == ReportedClasses.Water ? AllLand : name),
                    Columns.TrueArea.Is(h.Area),
                    Mean.Is(Value(() => mean)), Deviation.Is(Value(() => deviation)), Least.Is(Value(() => h.Lowest)),
                    .. s_quantiles.Select(q => q.Column.Is(Value(() => h.Quantile(q.Percent)))), Most.Is(Value(() => h.Highest)),
                    Quantum.Is(steps.Quantum), Sum.IsEmpty(), SumShare.IsEmpty(),
                ]);
            }
        }
    }

    private static void AddCounts(ResultTable table, RunStatistics run, DriverLayer layer, int period, Answer answer)
    {
        var sums = new Int128[run.Zones.Count, ReportedClasses.Count];
        var areas = new Area[run.Zones.Count, ReportedClasses.Count];
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
                    areas[zone, c] += row.Area;
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
                    .. Keys(run, layer, "count", z, period, c == ReportedClasses.Water ? AllLand : name),
                    Columns.TrueArea.Is(areas[z, c]),
                    Mean.Is(areas[z, c].IsZero ? null : total / areas[z, c].SquareKilometres), Deviation.IsEmpty(),
                    Least.IsEmpty(),
                    .. s_quantiles.Select(q => q.Column.IsEmpty()), Most.IsEmpty(), Quantum.IsEmpty(), Sum.Is(total),
                    SumShare.Is(Ratio.Percent(sums[z, c], sums[z, ReportedClasses.Water])),
                ]);
            }
        }
    }

    /// <summary>Layer by layer, then zone by zone: the files' order.</summary>
    internal static void SortWithin(ResultTable table, RunStatistics run, Column<string> layer)
    {
        string[] layers = [.. table.Rows.Select(r => r[layer]!).Distinct()];
        run.SortByZone(table);
        table.SortBy(r => Array.IndexOf(layers, r[layer]!));
    }

    private static Cell[] Keys(RunStatistics run, DriverLayer layer, string kind, int zone, int period, string name) =>
    [
        Driver.Is(layer.Name), Kind.Is(kind), Unit.Is(layer.Unit), .. Columns.Of(run.Zones[zone]), .. Columns.Of(run.Job, period),
        Columns.Class.Is(name), Columns.AsReported(period),
    ];
}
