using System.Globalization;
using System.Text.RegularExpressions;
using Ldn.Csv;
using Ldn.Run;
using Ldn.Tables;

namespace Ldn.Cli;

/// <summary>Fails where a headline column passes a number, in any zone or group and period.</summary>
internal sealed partial record BoundFails(string Name, string Comparator, double Bound) : FailOn
{
    private static readonly string[] s_columns =
    [
        "land_km2", "valid_km2", "water_km2", "no_data_km2", "degraded_km2", "stable_km2", "improved_km2", "degraded_pct_of_land",
        "degraded_pct_of_valid", "no_data_pct", "degraded_change_km2", "degraded_change_pct_of_land", "final_year_land_km2", "degraded_pct_of_official_land",
    ];

    public override IEnumerable<string> Failures(ComputeResult result)
    {
        ResultTable headline = result.Table("headline");
        int column = Column(headline, Name);
        foreach (object?[] row in headline.Rows)
        {
            if (row[column] is null)
                continue;
            double value = double.Parse(ResultTable.Format(row[column]), CultureInfo.InvariantCulture);
            bool failed = Comparator switch { ">" => value > Bound, ">=" => value >= Bound, "<" => value < Bound, _ => value <= Bound };
            if (failed)
                yield return string.Create(CultureInfo.InvariantCulture, $"{row[0]} {row[3]}: {Name} {value} {Comparator} {Bound}");
        }
    }

    /// <exception cref="LdnException">Exit 2: not of the form COLUMN&gt;NUMBER, or no such column.</exception>
    public static BoundFails ParseBound(string text)
    {
        Match match = Expression().Match(text);
        if (!match.Success || !double.TryParse(match.Groups[3].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double bound))
            throw LdnException.Usage($"--fail-on {text} is not a bound on a headline column", "for example degraded_pct_of_land>20; or targets, not-neutral");
        string column = match.Groups[1].Value;
        return s_columns.Contains(column)
            ? new BoundFails(column, match.Groups[2].Value, bound)
            : throw LdnException.Usage($"--fail-on: no headline column '{column}'{NearestName.Hint(column, s_columns)}", $"columns are {string.Join(", ", s_columns)}");
    }

    [GeneratedRegex(@"^\s*([a-z0-9_]+)\s*(>=|<=|>|<)\s*(\S+)\s*$")]
    private static partial Regex Expression();
}
