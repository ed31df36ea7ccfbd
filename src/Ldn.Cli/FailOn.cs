using Ldn.Jobs;
using Ldn.Run;
using Ldn.Subjects;
using Ldn.Tables;

namespace Ldn.Cli;

/// <summary>One check of <c>--fail-on</c>, made when the results are written.</summary>
internal abstract record FailOn
{
    /// <exception cref="LdnException">Exit 2: neither targets nor not-neutral nor a bound on a headline column.</exception>
    public static FailOn[] Parse(string? text) =>
        [.. (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(ParseOne)];

    /// <summary>Checks, before anything is computed, that a job can answer.</summary>
    /// <exception cref="LdnException">Exit 2: the job gives nothing to check.</exception>
    public virtual void Require(Job job)
    {
    }

    /// <summary>What failed, one sentence each.</summary>
    public abstract IEnumerable<string> Failures(ComputeResult result);

    private static FailOn ParseOne(string text) => text switch
    {
        "targets" => new TargetsFail(),
        "not-neutral" => new NotNeutralFails(),
        _ => BoundFails.ParseBound(text),
    };
}

/// <summary>Fails on each target that is off track. What is not assessable is no failure; the table says why.</summary>
internal sealed record TargetsFail : FailOn
{
    public override void Require(Job job)
    {
        if (job.Asks<TargetsAsked>() is not { Targets.Count: > 0 })
            throw LdnException.Usage("--fail-on targets: the job has no targets", "give them with --targets FILE");
    }

    public override IEnumerable<string> Failures(ComputeResult result)
    {
        return result.Table("targets").Rows.Where(row => row[TargetTables.Verdict] == "off_track").Select(
            row => $"target {row[TargetTables.Id]} is off track: {row[TargetTables.Metric]} of {row[Columns.ZoneId]} is"
                + $" {row[TargetTables.Latest]}, aimed at {row[TargetTables.Comparator]} {Cell.Format(row[TargetTables.Value])}");
    }
}

/// <summary>Fails on each zone or group that loses more than it gains in some land type, in the latest period.</summary>
internal sealed record NotNeutralFails : FailOn
{
    public override void Require(Job job)
    {
        if (job.Asks<LandTypesAsked>() is null)
            throw LdnException.Usage("--fail-on not-neutral: the job has no land types", "give them with --land-types FILE");
    }

    public override IEnumerable<string> Failures(ComputeResult result)
    {
        string latest = result.Job.Periods[^1].Id;
        foreach (
            var zone in result.Table("neutrality").Rows.Where(row => row[Columns.Period] == latest)
                .GroupBy(row => row[Columns.ZoneId]))
        {
            Row[] lost = [.. zone.Where(row => row[NeutralityTables.Verdict] == NeutralityTables.NotNeutral)];
            if (Array.Exists(lost, row => row[Columns.LandType] == NeutralityTables.All))
            {
                int types = lost.Count(row => row[Columns.LandType] != NeutralityTables.All);
                yield return $"{zone.Key} is not neutral in {latest}: {types} of its land types lose more than they gain";
            }
        }
    }
}
