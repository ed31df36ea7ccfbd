namespace Ldn.Jobs;

/// <summary>The period presets of method §7.</summary>
public static class Presets
{
    public static IReadOnlyList<string> Names { get; } = ["unccd-2018", "unccd-2022", "unccd-2026", "yearly"];

    /// <summary>Periods of a preset; <paramref name="lastYears"/> are the final years of land cover there are, used by <c>yearly</c> alone.</summary>
    public static IReadOnlyList<Period> Periods(string preset, IEnumerable<int> lastYears)
    {
        int[] ends = preset switch
        {
            "unccd-2018" => [],
            "unccd-2022" => [2019],
            "unccd-2026" => [2019, 2023],
            "yearly" => [.. lastYears.Where(y => y > 2016).Distinct().Order()],
            _ => throw LdnException.Usage(
                $"unknown preset '{preset}'", $"use one of {string.Join(", ", Names)}, or name the periods yourself"),
        };
        var baseline = new YearSpan(2000, 2015);
        return
        [
            new Period("baseline", baseline, baseline, baseline),
            .. ends.Select((end, i) => new Period($"report_{i + 1}", new(2016, end), new(end - 15, end), new(2016, end))),
        ];
    }
}
