namespace Ldn.Tables.Prais;

/// <summary>
/// What the platform would refuse on saving (prais-forms.md §1): a figure that is negative, a part above the land or country of CP-1.T1, a share above 100 %. Such a
/// figure may be right all the same, where water spreads: land assessed in the initial year is then more than the land of the final year.
/// </summary>
internal static class PraisChecks
{
    private static readonly string[] s_country = ["CP-1.T1", "SO1-1.T4", "SO1-1.T5", "SO1-1.T6", "SO1-1.T7"];

    /// <summary>A warning for each row that would be refused: form, row, and both numbers.</summary>
    public static IEnumerable<string> Of(IEnumerable<ResultTable> tables)
    {
        foreach (ResultTable table in tables)
        {
            int land = table.Columns.ToList().FindIndex(c => c.Name == (s_country.Contains(table.Name) ? "country_km2" : "land_km2"));
            int keys = table.Columns.Count(c => c.Name is "zone_id" or "period" or "year" or "land_cover");
            foreach (object?[] row in table.Rows)
            {
                string where = $"{table.Name}, {string.Join(' ', row.Take(keys).Where(k => k is not null))}";
                for (int c = 0; c < row.Length; c++)
                {
                    Column column = table.Columns[c];
                    if (column.Name.StartsWith("change", StringComparison.Ordinal) || column.Name == "assessed_km2")
                        continue;
                    string name = $"{where}: {column.Name} {ResultTable.Format(row[c])}";
                    if ((row[c] is Int128 extent && extent < 0) || row[c] is double and < 0)
                        yield return $"{name} is below 0";
                    else if (row[c] is Int128 area && land >= 0 && area > (Int128)row[land]!)
                        yield return $"{name} is above {table.Columns[land].Name} {ResultTable.Format(row[land])}";
                    else if (column.Type == ColumnType.Percent && land < 0 && row[c] is double share && share > 100)
                        yield return $"{name} is above 100";
                }
            }
        }
    }
}
