using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>corrections.csv: what each correction polygon moved (method §8).</summary>
public static class CorrectionTables
{
    public static Column<string> CorrectionId { get; } = Column.Text("correction_id", "Polygon.");

    public static Column<string> Layer { get; } = Column.Text("layer", "Indicator or sub-indicator that it recodes.");

    public static Column<string> FromCondition { get; } = Column.Text("from_condition", "Condition as computed.");

    public static Column<string> ToCondition { get; } = Column.Text("to_condition", "Condition that the polygon gives it.");

    public static Column<string> Justification { get; } = Column.Text("justification", "Why.");

    public static Column<string> Process { get; } = Column.Text("process", "Process that the map missed.");

    public static Column<string> Basis { get; } = Column.Text("basis", "What the judgement rests on.");

    /// <summary>
    /// What of a polygon's land each sub-indicator calls degraded and improved, before any correction: what drives a false
    /// positive or negative.
    /// </summary>
    private static readonly (SubIndicator Sub, Condition Condition, Column<Ratio> Share)[] s_drivers =
    [
        .. Enum.GetValues<SubIndicator>().SelectMany(sub => new[] { Condition.Degraded, Condition.Improved }.Select(c => (
            sub, c, Column.Percent(
                $"{sub.Name()}_{c.Name()}_pct",
                $"Share of the polygon's land that {sub.Name().Replace('_', ' ')} calls {c.Name()} in the period, as "
                    + "computed.")))),
    ];

    /// <summary>Area by condition before and after each polygon's own recode, against the original value; land only.</summary>
    public static ResultTable Moved(RunStatistics run, IReadOnlyList<Correction> corrections)
    {
        var table = Columns.Table("corrections", "Corrections of false positives and negatives",
        [
            CorrectionId, Columns.Period.Meaning("Period it applies to."), Layer, FromCondition, ToCondition,
            Columns.Pixels.Meaning("Cells recoded."), Columns.TrueArea.Meaning("True area recoded."), Justification, Process,
            Basis, .. s_drivers.Select(d => d.Share),
        ]);
        for (int i = 0; i < corrections.Count; i++)
        {
            Correction correction = corrections[i];
            foreach (int period in correction.Periods)
            {
                // Of overlapping polygons only the later one counts.
                Correction[] later = [
                    .. corrections.Skip(i + 1).Where(c => c.Layer == correction.Layer && c.Periods.Contains(period))];
                var moved = new Amount[4];
                Area land = Area.Zero;
                var drivers = new Area[s_drivers.Length];
                foreach ((_, Outcome outcome, TallyRow row) in run.Outcomes(period, run.Tables, corrected: false))
                {
                    if (outcome.Water || !run.Places.Contains(row.Place, correction.Member))
                        continue;
                    Area area = RunStatistics.AmountOf(row).Area;
                    land += area;
                    for (int d = 0; d < drivers.Length; d++)
                        if (outcome.Of(s_drivers[d].Sub) == s_drivers[d].Condition)
                            drivers[d] += area;
                    if (Array.Exists(later, c => run.Places.Contains(row.Place, c.Member)))
                        continue;
                    moved[
                        (int)(correction.Layer is { } sub ? outcome.Of(sub) : outcome.Indicator)] += RunStatistics.AmountOf(row);
                }

                for (int c = 1; c <= 3; c++)
                {
                    if (correction.To[c - 1] is not { } to || to == (Condition)c)
                        continue;
                    table.Add(
                    [
                        CorrectionId.Is(correction.Id), .. Columns.Of(run.Job, period),
                        Layer.Is(correction.Layer is { } layer ? layer.Name() : "indicator"),
                        FromCondition.Is(((Condition)c).Name()),
                        ToCondition.Is(to.Name()), .. Columns.Of(moved[c]), Justification.Is(correction.Justification),
                        Process.Is(correction.Process), Basis.Is(correction.Basis),
                        .. s_drivers.Select((d, n) => d.Share.Is(
                            run.Job.SubIndicators.Contains(d.Sub) ? drivers[n].PercentOf(land) : null)),
                    ]);
                }
            }
        }

        return table;
    }

    /// <summary>headline_before_corrections.csv: the reported figure as it was without them.</summary>
    public static ResultTable Before(RunStatistics run) => ConditionTables.Headline(
        run, z => run.FiguresOf(z, corrected: false), name: "headline_before_corrections",
        title: "The reported figure before corrections");
}
