using System.Globalization;
using System.Text.RegularExpressions;
using Ldn.Counting;
using Ldn.Csv;
using Ldn.Run;
using Ldn.Tables;

namespace Ldn.Cli;

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
                "for example degraded_pct_of_land>20; or targets, not-neutral");
        string column = match.Groups[1].Value;
        return s_columns.Contains(column)
            ? new BoundFails(column, match.Groups[2].Value, bound)
            : throw LdnException.Usage(
                $"--fail-on: no headline column '{column}'{NearestName.Hint(column, s_columns)}",
                $"columns are {string.Join(", ", s_columns)}");
    }

    private static string Shown(Ratio number) => number.ToString().TrimEnd('0').TrimEnd('.');

    [GeneratedRegex(@"^\s*([a-z0-9_]+)\s*(>=|<=|>|<)\s*(\S+)\s*$")]
    private static partial Regex Expression();
}
