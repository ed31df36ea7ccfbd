using System.Text.Json;
using Ldn.Indicator;
using Ldn.Productivity.Laws;

namespace Ldn.Productivity;

/// <summary>What the annual series measures; it decides the defaults that carry a unit (method §4.2).</summary>
public enum ProductivityVariable
{
    /// <summary>Normalised difference vegetation index, −1…1.</summary>
    Ndvi,

    /// <summary>Enhanced vegetation index, −1…1.</summary>
    Evi,

    /// <summary>Net primary production, in the unit of its files.</summary>
    Npp,

    /// <summary>Gross primary production, in the unit of its files.</summary>
    Gpp,
}

/// <summary>Which series the trend is taken of (method §4.2).</summary>
public enum TrendMethod
{
    /// <summary>The series itself.</summary>
    Trend,

    /// <summary>Residuals of the per-pixel least squares of the series on climate.</summary>
    Restrend,

    /// <summary>Rain-use efficiency: series ÷ rainfall.</summary>
    Rue,

    /// <summary>Water-use efficiency: series ÷ evapotranspiration.</summary>
    Wue,
}

/// <summary>How the yearly change is estimated.</summary>
public enum SlopeEstimator
{
    /// <summary>Least squares.</summary>
    Ols,

    /// <summary>Median of the slopes between all pairs of years.</summary>
    TheilSen,
}

/// <summary>When a trend counts (method §4.2).</summary>
public enum TrendSignificance
{
    /// <summary>|Z| &gt; 1.96 with tie correction.</summary>
    TwoSided,

    /// <summary>Tabulated one-sided 95 % values of |S|, and a smallest slope.</summary>
    TrendsEarth,
}

/// <summary>What the test of the trend makes of autocorrelation (firmness U2).</summary>
public enum Autocorrelation
{
    /// <summary>Nothing: the rule of method §4.2.</summary>
    Ignored,

    /// <summary>Variance of S by the significant autocorrelations of ranks (Hamed and Rao 1998).</summary>
    HamedRao,

    /// <summary>Variance of S by the effective number of values (Yue and Wang 2004).</summary>
    YueWang,

    /// <summary>The test of the series without its first autocorrelation.</summary>
    PreWhitening,
}

/// <summary>How the recent years are compared with those before (method §4.2).</summary>
public enum StateMethod
{
    /// <summary>Classes of the mean among the deciles of the years before.</summary>
    Percentile,

    /// <summary>The means' difference, in standard errors.</summary>
    ZScore,
}

/// <summary>Over which pixels an ecological unit's 90th percentile is taken.</summary>
public enum PerformanceScope
{
    /// <summary>Those of one zone of the first zone layer: a country's figures do not depend on its neighbours.</summary>
    Zone,

    /// <summary>Those of the whole run.</summary>
    Run,
}

/// <summary>How the five classes of land productivity dynamics are made of a series.</summary>
public enum LpdMethod
{
    /// <summary>Trend, state and performance through an <see cref="LpdTable"/>.</summary>
    Combination,

    /// <summary>The FAO-WOCAT decision rule, <see cref="FaoWocatLaw"/>.</summary>
    FaoWocat,
}

/// <summary>
/// Every rule of method §4.2 that is an option. Values are checked once, by <see cref="Validate"/>; the laws and kernels then
/// trust them.
/// </summary>
public sealed record ProductivityOptions
{
    /// <summary>The name of an option's value, as jobs and flags spell it: TheilSen is theil-sen.</summary>
    internal static string NameOf<T>(T value)
        where T : struct, Enum =>
        value is StateMethod.ZScore ? "zscore" : JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>Fewer valid years than this give no trend under any rule, and fewer years than this are no series.</summary>
    public const int FewestYears = 4;

    /// <summary>What the series measures.</summary>
    public ProductivityVariable Variable { get; init; } = ProductivityVariable.Ndvi;

    /// <summary>Which series the trend is taken of.</summary>
    public TrendMethod Method { get; init; } = TrendMethod.Trend;

    /// <summary>How the yearly change is estimated.</summary>
    public SlopeEstimator Slope { get; init; } = SlopeEstimator.Ols;

    /// <summary>When a trend counts.</summary>
    public TrendSignificance Significance { get; init; } = TrendSignificance.TwoSided;

    /// <summary>
    /// A named correction of the test, two-sided whatever <see cref="Significance"/> says; only set as an alternative to the rule
    /// in force.
    /// </summary>
    public Autocorrelation Autocorrelation { get; init; } = Autocorrelation.Ignored;

    /// <summary>A pixel with fewer valid years in the window is no data.</summary>
    public int MinYears { get; init; } = 8;

    /// <summary>How the recent years are compared with those before.</summary>
    public StateMethod State { get; init; } = StateMethod.Percentile;

    /// <summary>Number of years at the end of the window that state compares with those before.</summary>
    public int RecentYears { get; init; } = 3;

    /// <summary>
    /// Difference of the two means, in units of the series, up to which state sees no change; null: 0.01 for a vegetation index,
    /// 0 for NPP and GPP.
    /// </summary>
    public double? StateMinimum { get; init; }

    /// <summary>
    /// Slope, in units of the trend's series a year, up to which <see cref="TrendSignificance.TrendsEarth"/> sees no trend; null:
    /// 0.001 (10 units of NDVI × 10⁴) for a vegetation index or its residuals, 0 for anything that is not in units of a
    /// vegetation index.
    /// </summary>
    public double? SlopeMinimum { get; init; }

    /// <summary>Step to which the window's mean is rounded before performance, in units of the series.</summary>
    public double Quantum { get; init; } = 0.0001;

    /// <summary>Over which pixels the 90th percentile of an ecological unit is taken.</summary>
    public PerformanceScope PerformanceScope { get; init; } = PerformanceScope.Zone;

    /// <summary>Whether a mean of exactly half the 90th percentile is degraded (Trends.Earth) or not (default).</summary>
    public bool PerformanceInclusive { get; init; }

    /// <summary>How the five classes are made.</summary>
    public LpdMethod LpdMethod { get; init; } = LpdMethod.Combination;

    /// <summary>First and last years that the FAO-WOCAT rule compares.</summary>
    public int FaoWocatYears { get; init; } = 3;

    /// <summary>Initial biomass up to which the FAO-WOCAT rule calls it low.</summary>
    public double FaoWocatLow { get; init; } = 0.4;

    /// <summary>Initial biomass up to which the FAO-WOCAT rule calls it medium.</summary>
    public double FaoWocatMedium { get; init; } = 0.7;

    /// <summary>Greatest NDVI of the window up to which land is desert, always class 4.</summary>
    public double FaoWocatDesert { get; init; } = 0.25;

    /// <summary>Whether a climate series is needed.</summary>
    public bool NeedsClimate => Method != TrendMethod.Trend;

    /// <summary><see cref="StateMinimum"/> or its default.</summary>
    public double StateMinimumInForce => StateMinimum ?? (IsVegetationIndex ? 0.01 : 0);

    /// <summary><see cref="SlopeMinimum"/> or its default.</summary>
    public double SlopeMinimumInForce =>
        SlopeMinimum ?? (IsVegetationIndex && Method is TrendMethod.Trend or TrendMethod.Restrend ? 0.001 : 0);

    private bool IsVegetationIndex => Variable is ProductivityVariable.Ndvi or ProductivityVariable.Evi;

    /// <summary>Checks the options against each other and against the window.</summary>
    /// <exception cref="LdnException">Exit 2, one message for each thing that can be wrong.</exception>
    public void Validate(SeriesWindow window)
    {
        int years = window.Years;
        if (MinYears < FewestYears)
            throw Fault.Series.Error($"--min-years {MinYears}: a trend needs at least {FewestYears} valid years");
        if (MinYears > years)
        {
            throw Fault.Series.Error($"the window {window} has {years} years, fewer than --min-years {MinYears}: every pixel "
                + "would be no data",
                $"give a longer series or --min-years {years} or less");
        }

        if (RecentYears < 2 || RecentYears > years - 2)
            throw Fault.Series.Error(
                $"{RecentYears} recent years out of a window of {years}: state needs at least 2, and 2 before them");
        if (StateMinimum is double state && !(state >= 0 && double.IsFinite(state)))
            throw Fault.Series.Error($"--state-minimum {state}: not a number from 0");
        if (SlopeMinimum is double slope && !(slope >= 0 && double.IsFinite(slope)))
            throw Fault.Series.Error($"smallest slope {slope}: not a number from 0");
        if (!(Quantum > 0 && double.IsFinite(Quantum)))
            throw Fault.Series.Error($"--quantum {Quantum}: not a number above 0", "0.0001 suits a vegetation index");
        if (Significance == TrendSignificance.TrendsEarth && years > TrendsEarthSignificance.MostYears)
        {
            throw Fault.Series.Error($"significance trends-earth is tabulated for {FewestYears} to "
                + $"{TrendsEarthSignificance.MostYears} years, "
                + $"and the window {window} has {years}", "use --significance two-sided");
        }

        if (LpdMethod == LpdMethod.FaoWocat)
            ValidateFaoWocat(window);
    }

    private void ValidateFaoWocat(SeriesWindow window)
    {
        if (FaoWocatYears < 2 || 2 * FaoWocatYears > window.Years)
        {
            throw Fault.Series.Error(
                $"FAO-WOCAT compares the first and the last {FaoWocatYears} years, which must be at least 2 "
                + $"and at most half of the {window.Years} years");
        }

        if (!(FaoWocatLow < FaoWocatMedium))
            throw Fault.Series.Error($"FAO-WOCAT biomass limits {FaoWocatLow} and {FaoWocatMedium} must rise");
    }
}

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
            throw Fault.Series.Error($"window {firstYear}-{lastYear}: {years} years, and a trend needs at least "
                + $"{ProductivityOptions.FewestYears}",
                "give a longer series");
        }

        if (years > MostYears)
            throw Fault.Series.Error($"window {firstYear}-{lastYear}: {years} years, more than the {MostYears} supported");
        (FirstYear, LastYear) = (firstYear, lastYear);
    }

    /// <summary>First year of the window.</summary>
    public int FirstYear { get; }

    /// <summary>Last year of the window, included.</summary>
    public int LastYear { get; }

    /// <summary>Number of years.</summary>
    public int Years => LastYear - FirstYear + 1;

    /// <summary>Finds each year of the window among the years given: element k is the position of year FirstYear + k.</summary>
    /// <param name="given">Years of the layers, in any order; those outside the window are left out.</param>
    /// <param name="what">What the series is, for messages: "series", "climate series".</param>
    /// <exception cref="LdnException">Exit 2: a year given twice; a year of the window missing (all are named).</exception>
    internal int[] Find(IReadOnlyList<int> given, string what)
    {
        var positions = new Dictionary<int, int>();
        for (int i = 0; i < given.Count; i++)
            if (!positions.TryAdd(given[i], i))
                throw Fault.Series.Error($"{what}: the year {given[i]} is given twice", "give one raster or band for each year");

        int[] missing = [.. Enumerable.Range(FirstYear, Years).Where(year => !positions.ContainsKey(year))];
        if (missing.Length > 0)
        {
            throw Fault.Series.Error($"{what}: no layer for {string.Join(", ", missing)} inside the window {this}; there are "
                + $"{(given.Count > 0 ? string.Join(", ", given.Order()) : "none")}",
                "give every year of the window; a year without observations can be a raster without data");
        }

        return [.. Enumerable.Range(FirstYear, Years).Select(year => positions[year])];
    }

    /// <summary>Such as <c>2000-2015</c>.</summary>
    public override string ToString() => $"{FirstYear}-{LastYear}";
}
