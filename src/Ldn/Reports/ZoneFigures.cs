using Ldn.Tables;

namespace Ldn.Reports;

/// <summary>
/// The headline figures as attributes of zones: one column a period and figure, named <c>baseline_degraded_km2</c>.
/// </summary>
public sealed record ZoneFigures(IReadOnlyList<Column> Columns, IReadOnlyDictionary<string, object?[]> Values)
{
    /// <summary>Columns of the headline that name the row rather than say something about it.</summary>
    private static readonly Column[] s_keys =
    [
        Tables.Columns.ZoneId, Tables.Columns.ZoneName, Tables.Columns.ZoneKind, Tables.Columns.Period, Tables.Columns.Years,
        Tables.Columns.Basis,
    ];

    public static ZoneFigures From(RunDocument document)
    {
        ResultTable? headline = document.AllTables.FirstOrDefault(t => t.Name == "headline");
        Column[] figures = [.. (headline?.Columns ?? []).Where(c => !Array.Exists(s_keys, k => k.Name == c.Name))];
        if (headline is null || figures.Length == 0)
            return new ZoneFigures([], new Dictionary<string, object?[]>());
        string[] periods = [.. document.Periods.Select(p => p.Id)];
        Column[] columns = [
            .. periods.SelectMany(period => figures.Select(c => new Column($"{period}_{c.Name}", c.Type, c.Description)))];
        var values = new Dictionary<string, object?[]>();
        foreach (Row row in headline.Walk())
        {
            string zone = row[Tables.Columns.ZoneId]!;
            if (!values.TryGetValue(zone, out object?[]? cells))
                values[zone] = cells = new object?[columns.Length];
            int period = Array.IndexOf(periods, row[Tables.Columns.Period]!);
            for (int f = 0; period >= 0 && f < figures.Length; f++)
                cells[(period * figures.Length) + f] = row[figures[f]];
        }

        // The baseline has no change: columns that are empty everywhere say nothing.
        int[] used = [.. Enumerable.Range(0, columns.Length).Where(c => values.Values.Any(v => v[c] is not null))];
        return new ZoneFigures(
            [.. used.Select(c => columns[c])], values.ToDictionary(v => v.Key, v => used.Select(c => v.Value[c]).ToArray()));
    }
}
