using System.Globalization;
using System.Text.RegularExpressions;
using Ldn.Csv;

namespace Ldn.Productivity;

/// <summary>
/// Dates of the layers of an intra-annual stack, from names of bands or files or from a table. Known forms: AYYYYDDD (year and
/// day of the year, as MODIS writes it; AppEEARS writes doyYYYYDDD), YYYY-MM-DD (also with _ or .), YYYYMMDD (also with the time,
/// as CGLS: YYYYMMDDhhmm), YYYY_DDD (MODIStsp), YYYYDDD, YYYY-MM (first of the month, likewise) and YYYYMM. Where a name holds
/// several, the first of the form that stands first in this list counts: of a composite that is its first day.
/// </summary>
internal static partial class LayerDates
{
    /// <summary>The date in a name, or null.</summary>
    public static DateOnly? Find(string name) =>
        First(DayOfYear(), name, m => OfDay(Number(m, 1), Number(m, 2)))
        ?? First(Dashed(), name, m => OfMonth(Number(m, 1), Number(m, 3), Number(m, 4)))
        ?? First(Compact(), name, m => OfMonth(Number(m, 1), Number(m, 2), Number(m, 3)))
        ?? First(YearAndDay(), name, m => OfDay(Number(m, 1), Number(m, 2)))
        ?? First(Monthly(), name, m => OfMonth(Number(m, 1), Number(m, 2), 1))
        ?? First(CompactMonthly(), name, m => OfMonth(Number(m, 1), Number(m, 2), 1));

    /// <summary>The date of each layer from its name.</summary>
    /// <exception cref="LdnException">Exit 2: a name without a date, a date twice.</exception>
    public static DateOnly[] FromNames(IReadOnlyList<string> names)
    {
        var dates = new DateOnly[names.Count];
        for (int i = 0; i < dates.Length; i++)
        {
            dates[i] = Find(names[i]) ?? throw Fault.InputTable.Error($"layer {i + 1} '{names[i]}': no date in its name",
                "name bands or files like A2001033, doy2001033, 2001_033, 2001-02-02 or 20010202, "
                    + "or give a table with columns layer and date");
        }

        return Distinct(dates, i => $"'{names[i]}'");
    }

    /// <summary>
    /// The date of each layer from a table with columns <c>layer</c> (its name, or its number from 1) and <c>date</c> (a form
    /// above). Rows in any order; layers that are not there are not listed.
    /// </summary>
    /// <exception cref="LdnException">Exit 2: no such layer, a layer twice or without a row, not a date, a date
    /// twice.</exception>
    public static DateOnly[] FromTable(CsvTable table, IReadOnlyList<string> names)
    {
        var dates = new DateOnly?[names.Count];
        foreach (CsvRow row in table.Rows)
        {
            string layer = table.Text(row, "layer");
            int index = names.IndexOf(layer);
            if (
                index < 0 && int.TryParse(layer, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                    && number <= names.Count)
                index = number - 1;
            if (index < 0)
                throw table.Wrong(row, "layer", $"a layer's name or number 1…{names.Count}");
            if (dates[index] is not null)
                throw Fault.InputTable.Error($"table {table.Name}, row {row.Line}: layer {layer} is given twice");
            dates[index] = Find(table.Text(row, "date")) ?? throw table.Wrong(row, "date", "a date such as 2001-02-02");
        }

        int without = Array.IndexOf(dates, null);
        if (without >= 0)
            throw Fault.InputTable.Error($"table {table.Name}: no row for layer {without + 1} '{names[without]}'");
        return Distinct([.. dates.Select(d => d!.Value)], i => $"'{names[i]}'");
    }

    private static int IndexOf(this IReadOnlyList<string> names, string name)
    {
        for (int i = 0; i < names.Count; i++)
            if (names[i] == name)
                return i;
        return -1;
    }

    private static DateOnly[] Distinct(DateOnly[] dates, Func<int, string> name)
    {
        var seen = new Dictionary<DateOnly, int>();
        for (int i = 0; i < dates.Length; i++)
        {
            if (!seen.TryAdd(dates[i], i))
            {
                throw Fault.InputTable.Error($"layers {name(seen[dates[i]])} and {name(i)} have the same date "
                    + $"{dates[i]:yyyy-MM-dd}",
                    "give each date once");
            }
        }

        return dates;
    }

    private static DateOnly? First(Regex form, string name, Func<Match, DateOnly?> date) =>
        form.Matches(name).Select(date).FirstOrDefault(d => d is not null);

    private static int Number(Match match, int group) =>
        int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static DateOnly? OfDay(int year, int day) =>
        year is > 0 and < 9999 && day >= 1
            && day <= (DateTime.IsLeapYear(year) ? 366 : 365) ? new DateOnly(year, 1, 1).AddDays(day - 1) : null;

    private static DateOnly? OfMonth(int year, int month, int day) =>
        year is > 0 and < 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:A|doy[-_]?)(\d{4})(\d{3})(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex DayOfYear();

    [GeneratedRegex(@"(?<!\d)(\d{4})([-_.])(\d{2})\2(\d{2})(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Dashed();

    [GeneratedRegex(@"(?<!\d)(\d{4})(\d{2})(\d{2})(?:[0-2]\d[0-5]\d(?:[0-5]\d)?)?(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Compact();

    [GeneratedRegex(@"(?<!\d)(19[5-9]\d|20[0-4]\d)[-_.]?([0-3]\d\d)(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex YearAndDay();

    [GeneratedRegex(@"(?<!\d)(\d{4})[-_.](\d{2})(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Monthly();

    [GeneratedRegex(@"(?<!\d)((?:18|19|20|21)\d{2})(\d{2})(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex CompactMonthly();
}
