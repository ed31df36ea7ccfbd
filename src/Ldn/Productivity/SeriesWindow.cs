namespace Ldn.Productivity;

/// <summary>
/// The consecutive years, both included, over which a series is judged (16 in the presets, method §4.2 and §7).
/// </summary>
public sealed record SeriesWindow
{
    /// <summary>Longest window; keeps S within 16 bits and scratch memory on the stack.</summary>
    public const int MostYears = 128;

    /// <exception cref="LdnException">Exit 2: years reversed, fewer than 4 or more than 128.</exception>
    public SeriesWindow(int firstYear, int lastYear)
    {
        if (lastYear < firstYear)
            throw Fault.Series.Error($"window {firstYear}-{lastYear}: the last year lies before the first");
        long years = (long)lastYear - firstYear + 1;
        if (years < ProductivityOptions.FewestYears)
        {
            throw Fault.Series.Error($"window {firstYear}-{lastYear}: {years} years, and a trend needs at least {ProductivityOptions.FewestYears}",
                "give a longer series");
        }

        if (years > MostYears)
            throw Fault.Series.Error($"window {firstYear}-{lastYear}: {years} years, more than the {MostYears} supported");
        (FirstYear, LastYear) = (firstYear, lastYear);
    }

    public int FirstYear { get; }

    public int LastYear { get; }

    /// <summary>Number of years.</summary>
    public int Years => LastYear - FirstYear + 1;

    /// <summary>Finds each year of the window among the years given: element k is the position of year FirstYear + k.</summary>
    /// <param name="given">Years of the layers, in any order; those outside the window are left out.</param>
    /// <param name="what">What the series is, for messages: "series", "climate series".</param>
    /// <exception cref="LdnException">Exit 2: a year given twice; a year of the window missing (all are named).</exception>
    public int[] Find(IReadOnlyList<int> given, string what)
    {
        var positions = new Dictionary<int, int>();
        for (int i = 0; i < given.Count; i++)
            if (!positions.TryAdd(given[i], i))
                throw Fault.Series.Error($"{what}: the year {given[i]} is given twice", "give one raster or band for each year");

        int[] missing = [.. Enumerable.Range(FirstYear, Years).Where(year => !positions.ContainsKey(year))];
        if (missing.Length > 0)
        {
            throw Fault.Series.Error($"{what}: no layer for {string.Join(", ", missing)} inside the window {this}; there are {(given.Count > 0 ? string.Join(", ", given.Order()) : "none")}",
                "give every year of the window; a year without observations can be a raster without data");
        }

        return [.. Enumerable.Range(FirstYear, Years).Select(year => positions[year])];
    }

    public override string ToString() => $"{FirstYear}-{LastYear}";
}
