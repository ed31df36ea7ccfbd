using Ldn.Counting;

namespace Ldn.Tables.Prais;

/// <summary>
/// What the platform would refuse on saving (prais-forms.md §1): a figure that is negative, a part above the land or country of
/// CP-1.T1, people above those of CP-1.T2, a share above 100 %. Such a figure may be right all the same, where water spreads:
/// land assessed in the initial year is then more than the land of the final year.
/// </summary>
internal static class PraisChecks
{
    /// <summary>What a sum in thousands may lose against one in people.</summary>
    private const double Rounding = 1e-9;

    private static readonly string[] s_sexes = ["total", "female", "male"];
    private static readonly string[] s_country = ["CP-1.T1", "SO1-1.T4", "SO1-1.T5", "SO1-1.T6", "SO1-1.T7"];

    /// <summary>A warning for each row that would be refused: form, row, and both numbers.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<ResultTable> tables)
    {
        foreach (string refused in People(tables))
            yield return refused;
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

    /// <summary>People exposed above those of CP-1.T2 in the year of the row: to degradation, to drought.</summary>
    private static IEnumerable<string> People(IReadOnlyList<ResultTable> tables)
    {
        if (tables.FirstOrDefault(t => t.Name == "CP-1.T2") is not { } country)
            yield break;
        Column zone = country.Column("zone_id")!, of = country.Column("year")!;
        var known = country.Rows.DistinctBy(r => (r[zone], r[of])).ToDictionary(r => (r[zone], r[of]));
        foreach (ResultTable table in tables.Where(
            t => t.Name == "SO2-3.T1" || t.Name.StartsWith("SO3-2.T", StringComparison.Ordinal)))
        {
            Column year = table.Column(table.Name == "SO2-3.T1" ? "population_year" : "year")!;
            foreach (Row row in table.Rows)
            {
                if (!known.TryGetValue((row[zone], row[year]), out Row? people))
                    continue;
                foreach (string sex in s_sexes)
                {
                    Column? exposed = table.Column(
                        table.Name == "SO2-3.T1" ? $"{sex}_exposed_persons" : table.Name == OfSex(sex) ? "exposed_persons" : "");
                    if (exposed is null || row[exposed] is not double counted
                        || people[country.Column($"{sex}_thousands")!] is not double thousands
                        || counted <= thousands * 1000 * (1 + Rounding))
                        continue;
                    yield return $"{table.Name}, {row[zone]} {row[year]}: {exposed.Name} {Cell.Format(counted)} is above "
                        + $"the {sex} people of CP-1.T2, {Cell.Format(thousands)} thousand";
                }
            }
        }

        static string OfSex(string sex) => $"SO3-2.T{Array.IndexOf(s_sexes, sex) + 1}";
    }
}
