using System.Globalization;
using System.Text.RegularExpressions;
using Ldn.Rasters;

namespace Ldn.Jobs;

/// <summary>
/// Years in the names of files, bands and dates: <c>lc_2015.tif</c>, <c>2010LCT.tif</c>, <c>MOD13Q1.A2015001.hdf</c>,
/// <c>20150101</c>, <c>201501010000</c>, <c>doy2015001</c>, <c>2000-2015</c>.
/// </summary>
public static partial class FileYears
{
    /// <summary>The years a name tells, in its order, each once; folders are not looked at.</summary>
    public static IReadOnlyList<int> Of(string name)
    {
        string file = RasterName.Parse(name).Dataset;
        file = file[(file.LastIndexOfAny(['/', '\\']) + 1)..];
        return [.. Year().Matches(file).Select(m => int.Parse(m.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture))
            .Distinct()];
    }

    /// <summary>
    /// Four digits alone, or followed by a day of the year, by month and day, or by these and the time; two years may stand
    /// together, as in 20002022. Those of a release (R2023A) are none.
    /// </summary>
    [GeneratedRegex(
        @"(?<!\d)(?<!(?<![A-Za-z])[Rr](?=\d{4}[A-Za-z]))"
        + @"(?:19[5-9]\d|20[0-4]\d)(?=(?:[0-3]\d\d|(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?:[0-2]\d[0-5]\d(?:[0-5]\d)?)?"
        + @"|(?:19[5-9]|20[0-4])\d)?(?!\d))"
        + @"|(?<=(?<!\d)(?:19[5-9]|20[0-4])\d)(?:19[5-9]\d|20[0-4]\d)(?!\d)")]
    private static partial Regex Year();
}
