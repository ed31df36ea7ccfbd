using Ldn.Jobs;
using Ldn.Passes;

namespace Ldn.Compute;

/// <summary>
/// Turns what stands behind degradation and what it does to people and climate (method §11) into inputs and questions to the pass.
/// </summary>
internal sealed class DriverPlanner(Job job)
{
    /// <summary>The questions to the pass; none where nothing of it is asked.</summary>
    public IReadOnlyList<StratumQuestion> Ask(IReadOnlyList<PeriodPlan> periods)
    {
        var questions = new List<StratumQuestion>();
        if (job.Activities is not null || job.Strata is { Climate: true })
            for (int p = 0; p < periods.Count; p++)
                if (periods[p].SoilCarbon is { IsChange: false } soil)
                    questions.Add(new StratumQuestion(Questions.CarbonChange(job.Periods[p].Id), [new ConditionsPlane(p)], new StockChangeSum(soil.Initial, soil.Final)));
        return questions;
    }
}
