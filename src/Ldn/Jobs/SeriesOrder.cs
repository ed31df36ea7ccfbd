using System.Globalization;
using System.Text.RegularExpressions;
using Ldn.Rasters;

namespace Ldn.Jobs;

/// <summary>
/// Holds the order in which layers of a series are given against what their names say: shells list y1, y10, y2, and archives the
/// last year first. Years in names are followed where they are the years asked for; what contradicts them is refused.
/// </summary>
internal static partial class SeriesOrder
{
    /// <summary>The layers, first year first.</summary>
    /// <param name="option">Who gives them, for messages.</param>
    /// <param name="names">What each is called: its file, or its band's description.</param>
    /// <param name="layers">As many.</param>
    /// <param name="first">The first year, of as many.</param>
    /// <exception cref="LdnException">Exit 2, with both readings: names contradict the order.</exception>
    public static string[] ByYear(string option, IReadOnlyList<string> names, string[] layers, int first)
    {
        IReadOnlyList<int>[] years = [.. names.Select(FileYears.Of)];
        int count = layers.Length, place = PlaceOfYear(years, first);
        if (place >= 0)
        {
            string[] ordered = new string[count];
            for (int i = 0; i < count; i++)
                ordered[years[i][place] - first] = layers[i];
            return ordered;
        }

        int[] common = count == 1 ? [] : [.. years.Aggregate((a, b) => [.. a.Intersect(b)])];
        for (int i = 0; i < count; i++)
        {
            int[] told = [.. years[i].Except(common)];
            if (told.Length > 0 && !told.Contains(first + i))
                throw Contradicts(option, names[i], i, first, $"its name says {string.Join(" and ", told)}");
        }

        if (Numbers(names) is { } numbers
            && Enumerable.Range(1, count - 1).FirstOrDefault(i => numbers[i] < numbers[i - 1]) is > 0 and int later)
        {
            int rank = numbers.Count(n => n < numbers[later]);
            throw Contradicts(option, names[later], later, first,
                $"by the numbers in names ({numbers[0]}, {numbers[1]}, …) it would stand for {first + rank}");
        }

        return layers;
    }

    private static LdnException Contradicts(string option, string name, int place, int first, string otherwise) =>
        Fault.Series.Error(
            $"{option}: {Path.GetFileName(name)} is number {place + 1} and so stands for {first + place}, but {otherwise}",
            $"give every layer with its year, {option} {first + place}=FILE, or in the order of years, or other --years");

    /// <summary>Which of the years in each name is that of its layer: those of all names are the years asked for; −1 for
    /// none.</summary>
    private static int PlaceOfYear(IReadOnlyList<int>[] years, int first)
    {
        int[] wanted = [.. Enumerable.Range(first, years.Length)];
        for (int place = 0; place < years.Min(y => y.Count); place++)
            if (years.Select(y => y[place]).Order().SequenceEqual(wanted))
                return place;
        return -1;
    }

    /// <summary>The one number by which names differ; null where they differ otherwise, or it is the year in two
    /// digits.</summary>
    private static long[]? Numbers(IReadOnlyList<string> names)
    {
        string[] plain = [.. names.Select(n => Path.GetFileName(n))];
        if (names.Count < 2 || plain.Select(p => Digits().Replace(p, "#")).Distinct().Count() > 1)
            return null;
        long[][] numbers = [.. plain.Select(p => Digits().Matches(p)
            .Select(m => long.Parse(m.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)).ToArray())];
        int[] differing = [.. Enumerable.Range(0, numbers[0].Length).Where(c => numbers.Any(n => n[c] != numbers[0][c]))];
        if (differing is not [int column])
            return null;
        long[] values = [.. numbers.Select(n => n[column])];
        bool wraps = values.All(v => v < 100) && Enumerable.Range(1, values.Length - 1).Count(i => values[i] < values[i - 1]) == 1
            && values[0] > 50 && values.Zip(values.Skip(1)).All(p => p.Second == (p.First + 1) % 100);
        return wraps ? null : values;
    }

    [GeneratedRegex(@"\d{1,18}")]
    private static partial Regex Digits();
}

/// <summary>
/// Years in the names of files, bands and dates: <c>lc_2015.tif</c>, <c>2010LCT.tif</c>, <c>MOD13Q1.A2015001.hdf</c>,
/// <c>20150101</c>, <c>201501010000</c>, <c>doy2015001</c>, <c>2000-2015</c>.
/// </summary>
internal static partial class FileYears
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
