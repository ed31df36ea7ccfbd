using Ldn.Csv;

namespace Ldn.Discovery;

/// <summary>Recognises tables by the columns of their header row (interface contract §2).</summary>
internal static class TableFinder
{
    private static readonly (LayerKind Kind, string[] Columns, string Called)[] s_tables =
    [
        (LayerKind.Groups, ["group_id", "group_name", "zone_id"], "groups of zones"),
        (LayerKind.Legend, ["code", "name", "color", "unccd"], "a legend"),
        (LayerKind.LandArea, ["zone_id", "land_km2"], "official land areas"),
        (LayerKind.Targets, ["id", "zone_id", "metric", "comparator", "value", "year"], "targets"),
        (LayerKind.Statistics, ["zone_id", "year", "variable", "value", "unit"], "statistics"),
        (LayerKind.RegionMatrices, ["region", "matrix"], "matrices by region"),
        (LayerKind.Factors, ["from", "to", "factor"], "factors of soil carbon"),
    ];

    /// <summary>Null where the file is no table that can be read.</summary>
    public static Finding? Of(string file, string path)
    {
        try
        {
            var table = CsvTable.Read(path);
            string columns = string.Join(", ", table.Columns.Take(6)) + (table.Columns.Count > 6 ? ", …" : "");
            int open = LegendTemplate.Open(table);
            if (open > 0)
                return new Finding(file, LayerKind.Unknown, "a legend to be filled in")
                {
                    Doubt = $"{open} of its {table.Rows.Count} codes have no unccd yet: {LegendTemplate.Meaning}",
                };
            foreach ((LayerKind kind, string[] needed, string called) in s_tables)
                if (needed.All(table.Columns.Contains))
                    return new Finding(file, kind, $"a table with the columns of {called}");
            if (table.Columns is ["from", ..] && table.Columns.Skip(1).All(c => int.TryParse(c, out _)))
                return new Finding(file, LayerKind.Matrix, "a table of transitions in codes");
            return new Finding(file, LayerKind.Unknown, $"a table that no part of a job takes, with {columns}");
        }
        catch (LdnException)
        {
            return null;
        }
    }
}
