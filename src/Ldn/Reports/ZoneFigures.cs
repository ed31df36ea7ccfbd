using Ldn.Tables;

namespace Ldn.Reports;

/// <summary>The headline figures as attributes of zones: one column a period and figure, named <c>baseline_degraded_km2</c>.</summary>
public sealed record ZoneFigures(IReadOnlyList<Column> Columns, IReadOnlyDictionary<string, object?[]> Values)
{
    /// <summary>Columns of the headline that name the row rather than say something about it.</summary>
    private const int Keys = 4;

    public static ZoneFigures From(RunDocument document)
    {
        ResultTable? headline = document.Table("headline");
        if (headline is null || headline.Columns.Count <= Keys)
            return new ZoneFigures([], new Dictionary<string, object?[]>());
        int figures = headline.Columns.Count - Keys;
        string[] periods = [.. document.Periods.Select(p => p.Id)];
        Column[] columns = [.. periods.SelectMany(period => headline.Columns.Skip(Keys).Select(c => c with { Name = $"{period}_{c.Name}" }))];
        var values = new Dictionary<string, object?[]>();
        foreach (object?[] row in headline.Rows)
        {
            string zone = (string)row[0]!;
            if (!values.TryGetValue(zone, out object?[]? cells))
                values[zone] = cells = new object?[columns.Length];
            int period = Array.IndexOf(periods, (string)row[3]!);
            if (period >= 0)
                Array.Copy(row, Keys, cells, period * figures, figures);
        }

        // The baseline has no change: columns that are empty everywhere say nothing.
        int[] used = [.. Enumerable.Range(0, columns.Length).Where(c => values.Values.Any(v => v[c] is not null))];
        return new ZoneFigures([.. used.Select(c => columns[c])], values.ToDictionary(v => v.Key, v => used.Select(c => v.Value[c]).ToArray()));
    }
}
