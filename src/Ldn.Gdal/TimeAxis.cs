using System.Globalization;
using System.Text.RegularExpressions;
using Ldn.Gdal.Interop;

namespace Ldn.Gdal;

/// <summary>Dates of bands by the time axis of their file, as netCDF and GRIB keep them (CF conventions, section 4.4).</summary>
internal static partial class TimeAxis
{
    /// <summary>
    /// The date of a band, as 2001-01-16; null where its file keeps none; of a calendar that is not known, this.
    /// </summary>
    public static unsafe string? DateOf(DatasetHandle dataset, nint band)
    {
        const string axis = "NETCDF_DIM_";
        nint owner = dataset.Pointer;
        foreach (string item in StringList.Copy(GdalApi.GDALGetMetadata(band, null)))
        {
            string[] parts = item.Split('=', 2);
            if (parts is ["GRIB_VALID_TIME", var seconds] && long.TryParse(seconds.Trim().Split(' ')[0], out long unix)
                && Math.Abs(unix) < 1L << 40)
                return DateTime.UnixEpoch.AddSeconds(unix).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            if (parts.Length < 2 || !parts[0].StartsWith(axis, StringComparison.Ordinal)
                || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
                continue;
            string name = parts[0][axis.Length..];
            if (GdalApi.Text(GdalApi.GDALGetMetadataItem(owner, name + "#units", null)) is not { } units)
                continue;
            string? calendar = GdalApi.Text(GdalApi.GDALGetMetadataItem(owner, name + "#calendar", null));
            if (Date(units, calendar, value) is { } date)
                return date;
            if (Since().IsMatch(units) && CalendarOf(calendar) is null)
                return $"without a date, for the calendar '{calendar}' of its time axis is not known";
        }

        return null;
    }

    /// <summary>
    /// A time such as 380 of units such as <c>days since 2000-01-01</c>, in one of CF's calendars, or 20010116 of <c>day as
    /// %Y%m%d.%f</c>. The day is that of the calendar, a day that ours has not (February 30) the last of its month; hours are
    /// those of the zone that the units name, so that a month that begins at midnight there stays that month. Null where the
    /// units tell no time, or the calendar is not known.
    /// </summary>
    internal static string? Date(string units, string? calendar, double value)
    {
        if (!double.IsFinite(value) || Math.Abs(value) > 1e12)
            return null;
        if (Absolute().Match(units) is { Success: true } form)
        {
            // As CDO writes absolute times: of a month its first day, of a year its first month.
            long number = (long)Math.Floor(value + 1e-6);
            if (!form.Groups[1].Success)
                number = (number * 100) + 1;
            if (!form.Groups[2].Success)
                number = (number * 100) + 1;
            return Text(number / 10000, (int)(number / 100 % 100), (int)(number % 100));
        }

        if (Since().Match(units) is not { Success: true } since)
            return null;
        int Part(int group) => int.Parse(since.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        (int year, int month, int day) = (Part(2), Part(3), Part(4));
        if (month is < 1 or > 12 || day is < 1 or > 31)
            return null;
        double? perDay = char.ToLowerInvariant(since.Groups[1].Value[0]) switch
        {
            'd' => 1,
            'h' => 24,
            's' => 86400,
            'm' when since.Groups[1].Value.StartsWith("mi", StringComparison.OrdinalIgnoreCase) => 1440,
            _ => null,
        };
        if (perDay is null)
        {
            // Of months and years only whole ones are read: what a part of one is, no two programs agree on.
            long months = (year * 12L) + month - 1
                + ((long)Math.Floor(value) * (char.ToLowerInvariant(since.Groups[1].Value[0]) == 'y' ? 12 : 1));
            return Text(Math.DivRem(months, 12).Quotient, (int)(months % 12) + 1, 1);
        }

        double hours = since.Groups[5].Success ? Part(5) : 0;
        long days = (long)Math.Floor((value / perDay.Value) + (hours / 24) + 1e-9);
        return CalendarOf(calendar) switch
        {
            Calendar.Standard => OfDay(DayNumber(year, month, day, (year, month, day).CompareTo(s_reform) >= 0) + days, null),
            Calendar.Gregorian => OfDay(DayNumber(year, month, day, true) + days, true),
            Calendar.Julian => OfDay(DayNumber(year, month, day, false) + days, false),
            Calendar.NoLeap => OfYears(365, 2001, year, month, day, days),
            Calendar.AllLeap => OfYears(366, 2000, year, month, day, days),
            Calendar.Months30 => Of30(((((year * 12L) + month - 1) * 30) + day - 1) + days),
            _ => null,
        };
    }

    /// <summary>First day of the Gregorian calendar, on which CF's standard calendar changes over.</summary>
    private static readonly (int Year, int Month, int Day) s_reform = (1582, 10, 15);

    private enum Calendar
    {
        Standard,
        Gregorian,
        Julian,
        NoLeap,
        AllLeap,
        Months30,
    }

    private static Calendar? CalendarOf(string? name) => name?.Trim().ToLowerInvariant() switch
    {
        null or "" or "standard" or "gregorian" => Calendar.Standard,
        "proleptic_gregorian" => Calendar.Gregorian,
        "julian" => Calendar.Julian,
        "noleap" or "no_leap" or "365_day" => Calendar.NoLeap,
        "all_leap" or "366_day" => Calendar.AllLeap,
        "360_day" or "360" => Calendar.Months30,
        _ => null,
    };

    /// <summary>Days since noon of January 1 of 4713 BC of the Julian calendar.</summary>
    private static long DayNumber(long year, int month, int day, bool gregorian)
    {
        // Years that begin in March end with the day that leap years add.
        (long y, int m) = month > 2 ? (year + 4800, month - 3) : (year + 4799, month + 9);
        long days = day + (((153 * m) + 2) / 5) + (365 * y) + (y / 4) - 32083;
        return gregorian ? days - (y / 100) + (y / 400) + 38 : days;
    }

    /// <summary>The date of a day number; null: by the Julian calendar before the reform.</summary>
    private static string? OfDay(long number, bool? gregorian)
    {
        bool reformed = gregorian ?? number >= DayNumber(s_reform.Year, s_reform.Month, s_reform.Day, true);
        long year = (number / 366) - 4714;
        if (year > 10_000)
            return null;
        while (DayNumber(year + 1, 1, 1, reformed) <= number)
            year++;
        int month = 1;
        while (month < 12 && DayNumber(year, month + 1, 1, reformed) <= number)
            month++;
        return Text(year, month, (int)(number - DayNumber(year, month, 1, reformed)) + 1);
    }

    /// <summary>Of a calendar whose years are all alike: so long, and as one of ours is.</summary>
    private static string? OfYears(int length, int like, long year, int month, int day, long days)
    {
        if (day > DateTime.DaysInMonth(like, month))
            return null;
        long all = (year * length) + new DateTime(like, month, day).DayOfYear - 1 + days;
        if (all < 0)
            return null;
        DateTime date = new DateTime(like, 1, 1).AddDays(all % length);
        return Text(all / length, date.Month, date.Day);
    }

    private static string? Of30(long days) => days < 0 ? null : Text(days / 360, (int)(days / 30 % 12) + 1, (int)(days % 30) + 1);

    private static string? Text(long year, int month, int day) =>
        year is < 1 or > 9998 || month is < 1 or > 12 || day < 1 ? null
        : FormattableString.Invariant($"{year:0000}-{month:00}-{Math.Min(day, DateTime.DaysInMonth((int)year, month)):00}");

    [GeneratedRegex(@"^\s*(?:day|month|year)s?\s+as\s+%Y(%m(%d)?)?(?:\.%f)?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Absolute();

    [GeneratedRegex(@"^\s*(days?|hours?|hrs?|h|minutes?|mins?|seconds?|secs?|s|months?|years?)\s+since\s+"
        + @"(\d{1,4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}))?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Since();
}
