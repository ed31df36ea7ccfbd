using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>corrections.csv: what each correction polygon moved (method §8).</summary>
public static class CorrectionTables
{
    /// <summary>Area by condition before and after each polygon's own recode, against the original value; land only.</summary>
    public static ResultTable Moved(RunStatistics run, IReadOnlyList<Correction> corrections)
    {
        var table = new ResultTable("corrections", "Corrections of false positives and negatives",
        [
            new("correction_id", ColumnType.Text, "Polygon."),
            new("period", ColumnType.Text, "Period it applies to."),
            new("layer", ColumnType.Text, "Indicator or sub-indicator that it recodes."),
            new("from_condition", ColumnType.Text, "Condition as computed."),
            new("to_condition", ColumnType.Text, "Condition that the polygon gives it."),
            new("pixels", ColumnType.Integer, "Cells recoded."),
            new("area_km2", ColumnType.Area, "True area recoded."),
            new("justification", ColumnType.Text, "Why."),
            new("process", ColumnType.Text, "Process that the map missed."),
            new("basis", ColumnType.Text, "What the judgement rests on."),
        ]);
        for (int i = 0; i < corrections.Count; i++)
        {
            Correction correction = corrections[i];
            foreach (int period in correction.Periods)
            {
                // Of overlapping polygons only the later one counts.
                Correction[] later = [.. corrections.Skip(i + 1).Where(c => c.Layer == correction.Layer && c.Periods.Contains(period))];
                var moved = new Amount[4];
                foreach ((_, Outcome outcome, TallyRow row) in run.Outcomes(period, run.Tables, corrected: false))
                {
                    if (outcome.Water || !run.Places.Contains(row.Place, correction.Member) || Array.Exists(later, c => run.Places.Contains(row.Place, c.Member)))
                        continue;
                    moved[(int)(correction.Layer is { } sub ? outcome.Of(sub) : outcome.Indicator)] += RunStatistics.AmountOf(row);
                }

                for (int c = 1; c <= 3; c++)
                {
                    if (correction.To[c - 1] is not { } to || to == (Condition)c)
                        continue;
                    table.Add(
                        correction.Id, run.Job.Periods[period].Id, correction.Layer is { } layer ? layer.Name() : "indicator",
                        ((Condition)c).Name(), to.Name(), moved[c].Pixels, moved[c].Area, correction.Justification, correction.Process, correction.Basis);
                }
            }
        }

        return table;
    }
}
