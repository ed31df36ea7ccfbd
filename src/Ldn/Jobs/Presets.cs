namespace Ldn.Jobs;

/// <summary>The period presets of method §7.</summary>
public static class Presets
{
    /// <summary>A report for every year that has inputs.</summary>
    public const string Yearly = "yearly";

    /// <summary>First year of land cover and soil carbon in every reporting period.</summary>
    public const int FirstReportingYear = 2016;

    /// <summary>Years in a window of productivity.</summary>
    public const int SeriesYears = 16;

    public static IReadOnlyList<string> Names { get; } = ["unccd-2018", "unccd-2022", "unccd-2026", Yearly];

    /// <summary>
    /// Periods of a preset; <paramref name="years"/> are those to report, ascending, of <see cref="Yearly"/> alone.
    /// </summary>
    public static IReadOnlyList<Period> Periods(string preset, IReadOnlyList<int> years)
    {
        int[] ends = preset switch
        {
            "unccd-2018" => [],
            "unccd-2022" => [2019],
            "unccd-2026" => [2019, 2023],
            Yearly => [.. years],
            _ => throw Fault.Job.Error(
                $"unknown preset '{preset}'", $"use one of {string.Join(", ", Names)}, or name the periods yourself"),
        };
        var baseline = new YearSpan(2000, 2015);
        return
        [
            new Period("baseline", baseline, baseline, baseline),
            .. ends.Select(
                (end, i) => new Period(
                    $"report_{i + 1}", new(FirstReportingYear, end), new(end - SeriesYears + 1, end),
                    new(FirstReportingYear, end))),
        ];
    }
}
