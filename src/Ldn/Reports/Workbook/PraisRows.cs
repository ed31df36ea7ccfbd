using System.Globalization;
using Ldn.Tables;

namespace Ldn.Reports.Workbook;

/// <summary>The rows of one country in the tables of prais.json, as far as the forms ask for them.</summary>
internal sealed class PraisRows(IReadOnlyList<ResultTable> tables, string zone)
{
    public IReadOnlyList<ResultTable> Tables => tables;

    /// <summary>The zones that report: those that the tables have rows of.</summary>
    public static IReadOnlyList<string> Zones(IReadOnlyList<ResultTable> tables) =>
    [
        .. tables.Where(t => t.Name == "SO1-4.T2")
            .SelectMany(t => t.Rows.Select(r => (string)r.Values[Index(t, "zone_id")]!)).Distinct(),
    ];

    public static int Index(ResultTable table, string column) => table.Columns.ToList().FindIndex(c => c.Name == column);

    /// <summary>
    /// The table of a form; null where it has no row, as of zones that are sea alone: read back, it has no columns either.
    /// </summary>
    public ResultTable? Find(string name) => tables.FirstOrDefault(t => t.Name == name && t.Rows.Count > 0);

    /// <summary>Whether a form is filled; a level of confidence is where it was assessed.</summary>
    public bool Has(string name) => Find(name) is { } table
        && Of(table).Any(r => name != "SO1-4.confidence" || r[Index(table, "level")] is not null);

    /// <summary>
    /// Rows of the country, or all of a table that is nobody's; rows that the form does not ask for are left out.
    /// </summary>
    public IEnumerable<IReadOnlyList<object?>> Of(ResultTable table)
    {
        int of = Index(table, "zone_id"), asked = Index(table, "asked");
        return table.Rows.Select(r => r.Values)
            .Where(r => (of < 0 || Equals(r[of], zone)) && (asked < 0 || !Equals(r[asked], false)));
    }

    public string[] Periods(ResultTable table) => [.. Of(table).Select(r => (string)r[Index(table, "period")]!).Distinct()];

    /// <summary>Years of a period as the table tells them; null where they are not known.</summary>
    public string? Years(ResultTable table, string period) =>
        Of(table).First(r => Equals(r[Index(table, "period")], period))[Index(table, "years")] as string;

    /// <summary>The year of the map that stands in for a row's, as "2022 (for 2023)"; null where none does.</summary>
    public static string? StandIn(ResultTable table, IReadOnlyList<object?> row)
    {
        int year = Index(table, "year"), data = Index(table, "data_year");
        return data < 0 || Equals(row[year], row[data])
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{row[data]} (for {row[year]})");
    }
}
