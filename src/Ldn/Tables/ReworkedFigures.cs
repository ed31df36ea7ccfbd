using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Pass;
using Ldn.Productivity;
using Ldn.Questions;

namespace Ldn.Tables;

/// <summary>
/// Figures as an alternative of the annual series has them: the years in another order, another test of the trend (firmness U2).
/// Asked by a question a reporting period, which holds the baseline's too.
/// </summary>
internal static class ReworkedFigures
{
    /// <summary>The questions of an alternative.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="periods">Periods of the run.</param>
    /// <param name="plane">What the alternative makes of a period.</param>
    public static IEnumerable<Question> Ask(string name, IReadOnlyList<PeriodPlan> periods, Func<int, ReworkedPlane> plane)
    {
        for (int p = periods.Count > 1 ? 1 : 0; p < periods.Count; p++)
            yield return new Question(
                Question(name, periods[p].Period.Id), p == 0 ? [plane(0)] : [plane(0), plane(p)]);
    }

    /// <summary>Name of the alternative that corrects the test of the trend.</summary>
    public static string NameOf(Autocorrelation correction) => "trend_" + ProductivityOptions.NameOf(correction);

    /// <summary>Figures of the baseline and of a period by zone; null where the alternative was not asked.</summary>
    public static (PeriodFigures[] Baseline, PeriodFigures[] Period)? Of(RunStatistics run, string name, int period)
    {
        int periods = run.Job.Periods.Count;
        return run.Answer(Question(name, run.Job.Periods[ProductCodes.PeriodOf(period, periods)].Id)) is { } answer
            ? Of(run, answer.Rows, row => (row.Plane(0), period == 0 ? row.Plane(0) : row.Plane(1)), period) : null;
    }

    /// <summary>The same of rows whose codes of the baseline and of the period are given.</summary>
    public static (PeriodFigures[] Baseline, PeriodFigures[] Period) Of(
        RunStatistics run, IEnumerable<TallyRow> rows, Func<TallyRow, (byte Before, byte Now)> codes, int period)
    {
        PeriodFigures[] baseline = [.. run.Zones.Select(_ => new PeriodFigures())],
            figures = [.. run.Zones.Select(_ => new PeriodFigures())];
        foreach (TallyRow row in rows)
        {
            (byte before, byte now) = codes(row);
            Amount amount = RunStatistics.AmountOf(row);
            foreach (int zone in run.ZonesOf(row))
            {
                Add(baseline[zone], before, amount);
                Add(figures[zone], now, amount);
                if (!Evidence.Water(before) && !Evidence.Water(now))
                    figures[zone].AddStatus(
                        0, StatusLaw.Of((Condition)ReworkedPlane.State(before), (Condition)ReworkedPlane.State(now),
                            run.Job.Rules.Status),
                        amount);
            }
        }

        return (baseline, figures);

        static void Add(PeriodFigures figures, byte code, Amount amount)
        {
            if (Evidence.Water(code))
                return;
            figures.AddCondition(0, (Condition)ReworkedPlane.State(code), amount);
            figures.AddCondition(Layers.Of(SubIndicator.Productivity), ReworkedPlane.Productivity(code), amount);
        }
    }

    private static string Question(string name, string period) => $"{name}_{period}";
}
