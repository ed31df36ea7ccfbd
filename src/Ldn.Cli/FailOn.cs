using System.Globalization;
using System.Text.RegularExpressions;
using Ldn.Counting;
using Ldn.Csv;
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

/// <summary>Fails where a headline column passes a number, in any zone or group and period.</summary>
internal sealed partial record BoundFails(string Name, string Comparator, decimal Bound) : FailOn
{
    private static readonly string[] s_columns =
    [
        .. new Column[]
        {
            Columns.Land, ConditionTables.Valid, ConditionTables.Water, Columns.NoData, Columns.Degraded, Columns.Stable,
            Columns.Improved,
            Columns.DegradedOfLand, ConditionTables.DegradedOfValid, ConditionTables.NoDataShare, ConditionTables.Change,
            ConditionTables.ChangeOfShare, ConditionTables.FinalYearLand, ConditionTables.DegradedOfOfficialLand,
            ConditionTables.DegradedOfFinalYearLand, ConditionTables.ChangeOnCommonLand, ConditionTables.LeftAccount,
        }.Select(c => c.Name),
    ];

    public override IEnumerable<string> Failures(ComputeResult result)
    {
        ResultTable headline = result.Table("headline");
        Column column = headline.Column(Name)!;
        foreach (Row row in headline.Walk())
        {
            // As exact as it was counted: what is printed is rounded.
            Ratio? exact = row[column] switch { Area area => area, Ratio share => share, _ => null };
            if (exact is not { } value)
                continue;
            bool failed =
                Comparator switch { ">" => value > Bound, ">=" => value >= Bound, "<" => value < Bound, _ => value <= Bound };
            if (failed)
                yield return $"{row[Columns.ZoneId]} {row[Columns.Period]}: {Name} {Shown(value)} {Comparator} {Shown(Bound)}";
        }
    }

    /// <exception cref="LdnException">Exit 2: not of the form COLUMN&gt;NUMBER, or no such column.</exception>
    public static BoundFails ParseBound(string text)
    {
        Match match = Expression().Match(text);
        if (
            !match.Success
                || !decimal.TryParse(match.Groups[3].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal bound))
            throw LdnException.Usage(
                $"--fail-on {text} is not a bound on a headline column",
                Expression().IsMatch(Meant(text)) ? $"write '{Meant(text)}'"
                    : "for example degraded_pct_of_land>20; or targets, not-neutral");
        string column = match.Groups[1].Value;
        return s_columns.Contains(column)
            ? new BoundFails(column, match.Groups[2].Value, bound)
            : throw LdnException.Usage(
                $"--fail-on: no headline column '{column}'{NearestName.Hint(column, s_columns)}",
                $"columns are {string.Join(", ", s_columns)}");
    }

    /// <summary>Without the sign of per cent, and with the comparison of a Latin keyboard.</summary>
    private static string Meant(string text) => Typed.Plain(text).Replace("≥", ">=", StringComparison.Ordinal)
        .Replace("≤", "<=", StringComparison.Ordinal).Replace("=>", ">=", StringComparison.Ordinal).TrimEnd('%', ' ');

    private static string Shown(Ratio number) => number.ToString().TrimEnd('0').TrimEnd('.');

    [GeneratedRegex(@"^\s*([a-z0-9_]+)\s*(>=|<=|>|<)\s*(\S+)\s*$")]
    private static partial Regex Expression();
}
