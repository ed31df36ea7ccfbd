using System.Collections;
using System.Globalization;
using System.Text;
using Ldn.Counting;
using Ldn.Rasters;
using Ldn.Reports.Page;
using Ldn.Tables;

namespace Ldn.Reports;

/// <summary>
/// zones.gpkg: the zones with their headline figures, coloured by the degraded share of the latest period where a program reads
/// stored styles; and a table of the groups with theirs. Groups have no geometry: laid over their members they would hide them,
/// and sums over the layer would count land twice.
/// </summary>
internal static class GeoPackageReport
{
    private static readonly (double To, string Color)[] s_steps =
        [(2, "#f7f4f9"), (5, "#e7d4e8"), (10, "#d4a6c8"), (20, "#bf6fa6"), (40, "#9b2779"), (100, "#5f1149")];

    /// <summary>The layer <c>zones</c> and, where there are groups, the table <c>groups</c>.</summary>
    public static IReadOnlyList<VectorTable> Layers(RunDocument document, IReadOnlyList<ZoneShape> shapes, ZoneFigures figures)
    {
        VectorTable zones = Zones(document, shapes, figures), groups = Groups(document, shapes, figures);
        return groups.Features.Count > 0 ? [zones, groups] : [zones];
    }

    private static VectorTable Zones(RunDocument document, IReadOnlyList<ZoneShape> shapes, ZoneFigures figures)
    {
        VectorField[] fields =
        [
            new("zone_id", typeof(string), "Zone."),
            new("zone_name", typeof(string), "Its name."),
            new("groups", typeof(string), "Groups it belongs to, separated by semicolons."),
            .. Fields(figures),
        ];
        return new VectorTable(
            "zones", document.Name, fields,
            new MadeWhenRead<ZoneShape, (object?[], IReadOnlyList<IReadOnlyList<double[]>>)>(
                shapes, s => ([s.Id, s.Name, string.Join(';', s.Groups), .. Values(s.Id, figures)], s.Polygons)),
            Style($"{document.Periods[^1].Id}_degraded_pct_of_land"));
    }

    private static VectorTable Groups(RunDocument document, IReadOnlyList<ZoneShape> shapes, ZoneFigures figures)
    {
        VectorField[] fields =
        [
            new("group_id", typeof(string), "Group."),
            new("group_name", typeof(string), "Its name."),
            new("zones", typeof(string), "Zones that belong to it, separated by semicolons."),
            .. Fields(figures),
        ];
        IEnumerable<(string Id, string Name)> groups =
            (document.Table("headline")?.Rows ?? []).Where(r => r[Columns.ZoneKind] == "group")
                .Select(r => (r[Columns.ZoneId]!, r[Columns.ZoneName]!)).Distinct();
        return new VectorTable(
            "groups", document.Name, fields,
            [.. groups.Select(g => (
                (object?[])[g.Id, g.Name, string.Join(';', shapes.Where(s => s.Groups.Contains(g.Id)).Select(s => s.Id)),
                .. Values(g.Id, figures)],
                (IReadOnlyList<IReadOnlyList<double[]>>)[]))],
            null)
        {
            IsSpatial = false,
        };
    }

    private static IEnumerable<VectorField> Fields(ZoneFigures figures) => figures.Columns.Select(c => new VectorField(
        c.Name, c.Type switch { ColumnType.Text => typeof(string), ColumnType.Integer => typeof(long), _ => typeof(double) },
        c.Description));

    private static IEnumerable<object?> Values(string zone, ZoneFigures figures) =>
        (figures.Values.GetValueOrDefault(zone) ?? new object?[figures.Columns.Count])
            .Select(cell =>
                cell is Area or Ratio or double ? double.Parse(Cell.Format(cell), CultureInfo.InvariantCulture) : cell);

    private static string Style(string column)
    {
        var ranges = new StringBuilder();
        var symbols = new StringBuilder();
        double from = 0;
        for (int i = 0; i < s_steps.Length; i++)
        {
            (double to, string color) = s_steps[i];
            ranges.Append(
                CultureInfo.InvariantCulture,
                $"<range lower=\"{from}\" upper=\"{to}\" symbol=\"{i}\" label=\"{from} – {to} %\" render=\"true\"/>");
            int rgb = int.Parse(color.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            symbols.Append(
                CultureInfo.InvariantCulture,
                $"<symbol type=\"fill\" name=\"{i}\" alpha=\"1\"><layer class=\"SimpleFill\" enabled=\"1\">")
                .Append(
                    CultureInfo.InvariantCulture,
                    $"<prop k=\"color\" v=\"{rgb >> 16},{(rgb >> 8) & 255},{rgb & 255},255\"/>")
                .Append(
                    "<prop k=\"outline_color\" v=\"60,60,60,255\"/><prop k=\"outline_width\" v=\"0.2\"/><prop k=\"style\" "
                        + "v=\"solid\"/></layer></symbol>");
            from = to;
        }

        return "<qgis version=\"3.22\" styleCategories=\"Symbology\"><renderer-v2 type=\"graduatedSymbol\" "
            + $"attr=\"{Html.Escape(column)}\" graduatedMethod=\"GraduatedColor\">"
            + $"<ranges>{ranges}</ranges><symbols>{symbols}</symbols></renderer-v2></qgis>";
    }

    /// <summary>A list whose items are made of those of another when they are read, and not held.</summary>
    private sealed class MadeWhenRead<TFrom, T>(IReadOnlyList<TFrom> from, Func<TFrom, T> make) : IReadOnlyList<T>
    {
        public int Count => from.Count;

        public T this[int index] => make(from[index]);

        public IEnumerator<T> GetEnumerator() => from.Select(make).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

/// <summary>
/// The headline figures as attributes of zones: one column a period and figure, named <c>baseline_degraded_km2</c>.
/// </summary>
internal sealed record ZoneFigures(IReadOnlyList<Column> Columns, IReadOnlyDictionary<string, object?[]> Values)
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
        // In place: of a hundred thousand zones nothing is held twice.
        foreach ((string zone, object?[] cells) in values)
            values[zone] = [.. used.Select(c => cells[c])];
        return new ZoneFigures([.. used.Select(c => columns[c])], values);
    }
}
