using Ldn.Counting;

namespace Ldn.Tables.Prais;

/// <summary>
/// What the platform would refuse on saving (prais-forms.md §1): a figure that is negative, a part above the land or country of
/// CP-1.T1, a share above 100 %. Such a figure may be right all the same, where water spreads: land assessed in the initial year
/// is then more than the land of the final year.
/// </summary>
internal static class PraisChecks
{
    private static readonly string[] s_country = ["CP-1.T1", "SO1-1.T4", "SO1-1.T5", "SO1-1.T6", "SO1-1.T7"];

    /// <summary>A warning for each row that would be refused: form, row, and both numbers.</summary>
    public static IEnumerable<string> Of(IEnumerable<ResultTable> tables)
    {
        foreach (ResultTable table in tables)
        {
            // The land of a spot is its own, of which its whole area may be more; that of all other forms is the country's.
            bool isSpots = table.Column("longitude") is not null;
            Column? land = isSpots ? null : table.Column(s_country.Contains(table.Name) ? "country_km2" : "land_km2");
            Column[] keys = [.. table.Columns.Where(c => c.Name is "zone_id" or "period" or "year" or "land_cover")];
            foreach (Row row in table.Rows)
            {
                string where = $"{table.Name}, {string.Join(' ', keys.Select(k => row[k]).Where(k => k is not null))}";
                foreach (Column column in table.Columns)
                {
                    if (column.Name.StartsWith("change", StringComparison.Ordinal)
                        || column.Name is "assessed_km2" or "longitude" or "latitude")
                        continue;
                    string name = $"{where}: {column.Name} {Cell.Format(row[column])}";
                    if (row[column] is Area { IsNegative: true } or double and < 0 || (row[column] is Ratio ratio && ratio < 0))
                        yield return $"{name} is below 0";
                    else if (row[column] is Area area && land is not null && area > (Area)row[land]!)
                        yield return $"{name} is above {land.Name} {Cell.Format(row[land])}";
                    else if (column.Type == ColumnType.Percent && land is null && row[column] is Ratio share && share > 100)
                        yield return $"{name} is above 100";
                }
            }
        }
    }
}
