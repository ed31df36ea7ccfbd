using System.Globalization;
using System.Text.RegularExpressions;
using Ldn.Gdal.Interop;

namespace Ldn.Gdal;

/// <summary>Dates of bands by the time axis of their file, as netCDF and GRIB keep them (CF conventions, section 4.4).</summary>
internal static partial class TimeAxis
{
    /// <summary>The date of a band, as 2001-01-16; null where its file keeps none, or in a calendar that is not known.</summary>
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
            if (GdalApi.Text(GdalApi.GDALGetMetadataItem(owner, name + "#units", null)) is { } units
                && Date(units, GdalApi.Text(GdalApi.GDALGetMetadataItem(owner, name + "#calendar", null)), value) is { } date)
                return date;
        }

        return null;
    }

    /// <summary>
    /// A time such as 380 of units such as <c>days since 2000-01-01</c>, in one of CF's calendars, or such as 20150701 of
    /// <c>day as %Y%m%d.%f</c>, as CDO writes absolute times.
    /// </summary>
    internal static string? Date(string units, string? calendar, double value)
    {
        if (Absolute().Match(units) is { Success: true } absolute && value is >= 1 and < 1e8)
        {
            string digits = ((long)value).ToString("00000000", CultureInfo.InvariantCulture);
            string told = absolute.Groups[3].Success ? digits
                : absolute.Groups[2].Success ? digits[2..] + "01" : digits[4..] + "0101";
            return DateTime.TryParseExact(told, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime on)
                ? Text(on) : null;
        }

        if (Since().Match(units) is not { Success: true } since || !double.IsFinite(value))
            return null;
        int Part(int group) => int.Parse(since.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        (int year, int month, int day) = (Part(2), Part(3), Part(4));
        double? perDay = char.ToLowerInvariant(since.Groups[1].Value[0]) switch
        {
            'd' => 1,
            'h' => 24,
            's' => 86400,
            'm' when since.Groups[1].Value.StartsWith("mi", StringComparison.OrdinalIgnoreCase) => 1440,
            _ => null,
        };
        try
        {
            if (perDay is null)
            {
                // Of months and years only whole ones are read: what a part of one is, no two programs agree on.
                int months = (int)Math.Floor(value) * (char.ToLowerInvariant(since.Groups[1].Value[0]) == 'y' ? 12 : 1);
                return Text(new DateTime(year, month, 1).AddMonths(months));
            }

            double hours = since.Groups[5].Success ? Part(5) : 0;
            long days = (long)Math.Floor((value / perDay.Value) + (hours / 24) + 1e-9);
            switch (calendar?.ToLowerInvariant())
            {
                case null or "" or "standard" or "gregorian" or "proleptic_gregorian":
                    return Text(new DateTime(year, month, day).AddDays(days));
                case "noleap" or "365_day":
                    long whole = (year * 365L) + new DateTime(2001, month, day).DayOfYear - 1 + days;
                    return $"{whole / 365:0000}-{new DateTime(2001, 1, 1).AddDays(whole % 365):MM-dd}";
                case "360_day":
                    long all = (((year * 12L) + month - 1) * 30) + day - 1 + days;
                    long last = all / 30 % 12 == 1 ? 28 : 30;
                    return $"{all / 360:0000}-{(all / 30 % 12) + 1:00}-{Math.Min((all % 30) + 1, last):00}";
                default:
                    return null;
            }
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^\s*(day|month|year)s? as %Y(%m(%d)?)?(?:\.%f)?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Absolute();

    private static string Text(DateTime date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*(days?|hours?|hrs?|h|minutes?|mins?|seconds?|secs?|s|months?|years?)\s+since\s+"
        + @"(\d{1,4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}))?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Since();
}
