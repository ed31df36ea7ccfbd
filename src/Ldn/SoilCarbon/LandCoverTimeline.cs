namespace Ldn.SoilCarbon;

/// <summary>Where between two dated covers Y₀ and Y₁ more than a year apart the change is taken to happen (method §5).</summary>
internal enum ChangePlacement
{
    /// <summary>After the middle year Y₀ + ⌊(Y₁ − Y₀)/2⌋: Y₁ minus the middle year annual steps apply up to Y₁.</summary>
    Middle,

    /// <summary>After Y₀: Y₁ − Y₀ steps apply.</summary>
    Start,

    /// <summary>In the last step before Y₁: one step applies.</summary>
    End,
}

/// <summary>
/// Which dated land cover holds in each year from the reference year of the stock to the last year wanted (method §5).
/// </summary>
internal sealed class LandCoverTimeline
{
    private readonly int[] _coverOfStep;

    private LandCoverTimeline(int referenceYear, int[] coverYears, int[] coverOfStep)
    {
        ReferenceYear = referenceYear;
        CoverYears = coverYears;
        _coverOfStep = coverOfStep;
    }

    /// <summary>Year of the reference stock; step 0.</summary>
    public int ReferenceYear { get; }

    /// <summary>The last year that stocks can be computed for; step <see cref="Steps"/>.</summary>
    public int LastYear => ReferenceYear + Steps;

    /// <summary>Number of annual steps n from the reference to the last year.</summary>
    public int Steps => _coverOfStep.Length - 1;

    /// <summary>Years of the dated covers that matter, ascending; others need not be read.</summary>
    public IReadOnlyList<int> CoverYears { get; }

    /// <summary>For year reference + k, k = 0…n, the position in <see cref="CoverYears"/> of the cover that holds.</summary>
    public ReadOnlySpan<int> CoverOfStep => _coverOfStep;

    /// <summary>
    /// Lays the dated covers, in any order, out over the years from <paramref name="referenceYear"/> to
    /// <paramref name="lastYear"/>. A stand-in is given
    /// as the year that it stands for.
    /// </summary>
    /// <exception cref="LdnException"> Exit 2: no cover; a year twice; the first cover after the reference year or the last
    /// before the last year, since cover is never extrapolated; a last year before the reference year. </exception>
    public static LandCoverTimeline Create(
        int referenceYear, IEnumerable<int> coverYears, int lastYear, ChangePlacement placement = ChangePlacement.Middle)
    {
        int[] years = [.. coverYears.Order()];
        if (years.Length == 0)
            throw Fault.Job.Error("soil carbon from land cover needs at least one land cover year");
        for (int i = 1; i < years.Length; i++)
            if (years[i] == years[i - 1])
                throw Fault.Job.Error($"land cover of {years[i]} is given twice");
        string given = string.Join(", ", years);
        if (lastYear < referenceYear)
            throw BeforeReference(lastYear, referenceYear);
        if (years[0] > referenceYear)
            throw Fault.Job.Error($"no land cover for {referenceYear}, the year of the reference stock; there is {given}",
                "give the land cover of that year, or name a stand-in for it");
        if (years[^1] < lastYear)
            throw Fault.Job.Error(
                $"no land cover for {lastYear}; there is {given}", "give the land cover of that year, or name a stand-in for it");

        int[] cover = new int[lastYear - referenceYear + 1];
        int current = 0;
        for (int step = 0; step < cover.Length; step++)
        {
            while (current + 1 < years.Length && referenceYear + step > LastYearOf(years[current], years[current + 1], placement))
                current++;
            cover[step] = current;
        }

        int[] used = [.. cover.Distinct()];
        return new LandCoverTimeline(
            referenceYear, [.. used.Select(i => years[i])], [.. cover.Select(c => Array.IndexOf(used, c))]);
    }

    /// <summary>The step of a year, 0…n.</summary>
    /// <exception cref="LdnException">Exit 2: before the reference year (a period cannot start there) or after the last
    /// year.</exception>
    public int StepOf(int year) =>
        year < ReferenceYear ? throw BeforeReference(year, ReferenceYear)
        : year > LastYear ? throw Fault.Job.Error(
            $"soil carbon of {year} is wanted, but land cover was laid out only to {LastYear}")
        : year - ReferenceYear;

    /// <summary>The last year in which the cover dated <paramref name="first"/> holds.</summary>
    private static int LastYearOf(int first, int next, ChangePlacement placement) => placement switch
    {
        ChangePlacement.Middle => first + ((next - first) / 2),
        ChangePlacement.Start => first,
        ChangePlacement.End => next - 1,
        _ => throw new ArgumentOutOfRangeException(nameof(placement)),
    };

    private static LdnException BeforeReference(int year, int referenceYear) =>
        Fault.Job.Error($"soil carbon of {year} is wanted, before {referenceYear}, the year of the reference stock",
            "start the period in the reference year or later, or give stocks of both years");
}
