using System.Globalization;

namespace Ldn.Tests.Drought;

/// <summary>The worked examples of drought-and-regions.md: monthly series of eight places.</summary>
internal static class DroughtExamples
{
    public const int FirstYear = 1980, LastYear = 2023;
    public static readonly string[] Stations = ["wet", "dry", "monsoon", "erratic", "desert", "rare", "gaps_few", "gaps_many"];

    /// <summary>Rows of a file as columns by name; empty cells are NaN.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string file)
    {
        string[] lines = File.ReadAllLines(TestData.Real(Path.Combine("drought-examples", file)));
        string[] names = lines[0].Split(',');
        return [.. lines.Skip(1).Select(l => l.Split(',')).Select(cells =>
            (IReadOnlyDictionary<string, string>)names.Zip(cells).ToDictionary(p => p.First, p => p.Second))];
    }

    public static double Number(string text) =>
        text.Length == 0 ? double.NaN : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>A column month by month from January 1980.</summary>
    public static double[] Monthly(string file, string column) => [.. Rows(file).Select(r => Number(r[column]))];

    /// <summary>Sums of so many months that end with a month of each year; NaN where one is missing.</summary>
    public static double[] Totals(double[] monthly, int months, int endMonth) =>
        [.. Enumerable.Range(0, monthly.Length / 12).Select(y =>
        {
            int end = (y * 12) + endMonth - 1, begin = end - months + 1;
            double sum = 0;
            for (int m = begin; m <= end; m++)
                sum += m < 0 ? double.NaN : monthly[m];
            return sum;
        })];
}
