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

    /// <summary>A column of a table by name.</summary>
    protected static int Column(ResultTable table, string name) => table.Columns.ToList().FindIndex(c => c.Name == name);

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
        if (job.Strata is not { Targets.Count: > 0 })
            throw LdnException.Usage("--fail-on targets: the job has no targets", "give them with --targets FILE");
    }

    public override IEnumerable<string> Failures(ComputeResult result)
    {
        ResultTable table = result.Table("targets");
        int verdict = Column(table, "verdict"), latest = Column(table, "latest"), comparator = Column(table, "comparator"), value = Column(table, "value");
        return table.Rows.Where(row => (string)row[verdict]! == "off_track").Select(
            row => $"target {row[0]} is off track: {row[3]} of {row[1]} is {ResultTable.Format(row[latest])}, aimed at {row[comparator]} {ResultTable.Format(row[value])}");
    }
}

/// <summary>Fails on each zone or group that loses more than it gains in some land type, in the latest period.</summary>
internal sealed record NotNeutralFails : FailOn
{
    public override void Require(Job job)
    {
        if (job.Strata is not { LandTypes.Count: > 0 })
            throw LdnException.Usage("--fail-on not-neutral: the job has no land types", "give them with --land-types FILE");
    }

    public override IEnumerable<string> Failures(ComputeResult result)
    {
        ResultTable table = result.Table("neutrality");
        int type = Column(table, "land_type"), neutral = Column(table, "neutral"), period = Column(table, "period");
        string latest = result.Job.Periods[^1].Id;
        foreach (var zone in table.Rows.Where(row => (string)row[period]! == latest).GroupBy(row => (string)row[0]!))
        {
            if (zone.Any(row => (string)row[type]! == "all" && (string)row[neutral]! == NeutralityTables.NotNeutral))
            {
                int types = zone.Count(row => (string)row[type]! != "all" && (string)row[neutral]! == NeutralityTables.NotNeutral);
                yield return $"{zone.Key} is not neutral in {latest}: {types} of its land types lose more than they gain";
            }
        }
    }
}
