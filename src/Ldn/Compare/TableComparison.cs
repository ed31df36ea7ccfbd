using System.Globalization;
using Ldn.Counting;
using Ldn.Tables;

namespace Ldn.Compare;

/// <summary>
/// compare.csv: every value of every table that both sides have, one row each, by the keys of its row. Rows that one side lacks
/// have no value there.
/// </summary>
internal static class TableComparison
{
    private static readonly string[] s_describing = [
        "zone_name", "zone_kind", "years", "basis", "land_type_name", "from_class_name", "to_class_name", "land_cover_name"];

    private static readonly Column<string> s_table = Column.Text("table", "Table of both runs."),
    s_column = Column.Text("column", "Its column."),
    s_before = Column.Text("before", "The value in the run before; empty where it is undefined or its row is not there."),
    s_after = Column.Text("after", "The value in the run after, likewise."),
    s_key = Column.Text(
        "key", "The further keys of the row, such as indicator=land_cover;class=degraded; empty where zone and period are all.");

    private static readonly Column<Ratio> s_difference = Column.Exact(
        "difference", "After minus before; empty for words and where either is undefined.");

    /// <summary>The table without rows.</summary>
    public static ResultTable Kind => new("compare", "Every figure of two runs side by side",
        [s_table, Columns.ZoneId, Columns.Period, s_column, s_before, s_after, s_difference, Columns.ZoneName, Columns.ZoneKind,
            Columns.Years.Meaning("Years of the period in the run after, else before."), s_key]);

    /// <summary>Compares all tables that both sides have.</summary>
    /// <returns>The table, and how many of its rows differ.</returns>
    public static (ResultTable Table, long Differing) Of(Side before, Side after)
    {
        ResultTable all = Kind;
        long differing = 0;
        foreach (ResultTable table in before.Tables)
            if (after.Tables.FirstOrDefault(t => t.Name == table.Name) is { } other)
                differing += Add(all, table, other);
        return (all, differing);
    }

    private static long Add(ResultTable all, ResultTable before, ResultTable after)
    {
        Column[] keys = [.. Keys(before).Where(k => after.Has(k))];
        Column[] values = [.. before.Columns.Where(
            c => !Array.Exists(keys, k => k.Name == c.Name) && after.Has(c) && !s_describing.Contains(c.Name))];
        Dictionary<string, Row> there = ByKey(after, keys), here = ByKey(before, keys);
        long differing = 0;
        foreach (string key in here.Keys.Concat(there.Keys.Where(k => !here.ContainsKey(k))))
        {
            Row? was = here.GetValueOrDefault(key), isNow = there.GetValueOrDefault(key);
            foreach (Column column in values)
            {
                string old = Cell.Format(was?[column]), now = Cell.Format(isNow?[column]);
                if (old.Length + now.Length == 0)
                    continue;
                differing += old == now ? 0 : 1;
                string? Text(Column of, bool told = true) => !told ? null
                    : after.Has(of) && isNow?[of] is { } a ? Cell.Format(a)
                    : before.Has(of) && was?[of] is { } b ? Cell.Format(b) : null;
                all.Add(
                    s_table.Is(before.Name), Columns.ZoneId.Is(Text(Columns.ZoneId)), Columns.Period.Is(Text(Columns.Period)),
                    s_column.Is(column.Name), s_before.Is(old), s_after.Is(now),
                    s_difference.Is(Number(isNow?[column]) - Number(was?[column])), Columns.ZoneName.Is(Text(Columns.ZoneName)),
                    Columns.ZoneKind.Is(Text(Columns.ZoneKind)), Columns.Years.Is(Text(Columns.Years)),
                    s_key.Is(string.Join(
                        ';', keys.Where(k => k.Name is not ("zone_id" or "period")).Select(k => $"{k.Name}={Text(k)}"))));
            }
        }

        return differing;
    }

    /// <summary>The columns that say what a row is of: those before its first figure, without names beside codes.</summary>
    private static IEnumerable<Column> Keys(ResultTable table) => table.Columns
        .TakeWhile(c => c.Type is ColumnType.Text or ColumnType.Flag
            || (c.Type == ColumnType.Integer
                && (c.Name.Contains("year", StringComparison.Ordinal) || c.Name is "water" or "steps")))
        .Where(c => !s_describing.Contains(c.Name));

    /// <summary>Rows by their keys; of several with the same, each by its place among them.</summary>
    private static Dictionary<string, Row> ByKey(ResultTable table, Column[] keys)
    {
        var rows = new Dictionary<string, Row>();
        var met = new Dictionary<string, int>();
        foreach (Row row in table.Rows)
        {
            string key = string.Join('\u001f', keys.Select(k => Cell.Format(row[k])));
            int time = met[key] = met.GetValueOrDefault(key) + 1;
            rows[time == 1 ? key : string.Create(CultureInfo.InvariantCulture, $"{key}\u001f#{time}")] = row;
        }

        return rows;
    }

    private static Ratio? Number(object? value) => value switch
    {
        long number => number,
        Area area => area,
        Ratio ratio => ratio,
        double number when Math.Abs(number) < 1e15 => (Ratio)(decimal)Math.Round(number, 6),
        _ => null,
    };
}
