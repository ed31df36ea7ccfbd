namespace Ldn.Run.Explain;

/// <summary>Productivity of a cell from its annual series (method §4.2).</summary>
/// <param name="Variable">ndvi, evi, npp or gpp.</param>
/// <param name="Window">First and last year.</param>
/// <param name="Years">Every year of the window.</param>
/// <param name="Trend">The trend.</param>
/// <param name="State">Recent years against those before; null under FAO-WOCAT.</param>
/// <param name="Performance">Against the ecological unit; null under FAO-WOCAT.</param>
/// <param name="FaoWocat">The FAO-WOCAT rule; null under the combination.</param>
internal sealed record SeriesStory(
    string Variable, string Window, IReadOnlyList<YearStory> Years, TrendStory Trend, StateStory? State,
    PerformanceStory? Performance, FaoWocatStory? FaoWocat);

/// <summary>One year of a series.</summary>
/// <param name="Year">The year.</param>
/// <param name="Sources">The inputs it is made of: one, or several that are integrated.</param>
/// <param name="Value">Physical value; null where it is missing.</param>
/// <param name="Climate">Value of the climate series, where the trend's method needs one.</param>
/// <param name="Trended">What the trend is taken of, where that is not the value itself: a residual or an efficiency.</param>
internal sealed record YearStory(
    int Year, IReadOnlyList<SourceValue> Sources, double? Value, double? Climate, double? Trended);

/// <summary>Mann–Kendall test and slope.</summary>
/// <param name="Condition">Condition of the trend.</param>
/// <param name="Method">trend, restrend, rue or wue.</param>
/// <param name="N">Valid years.</param>
/// <param name="MinYears">Fewest that are needed.</param>
/// <param name="S">Mann–Kendall S.</param>
/// <param name="Variance">Var(S), ties corrected.</param>
/// <param name="Z">Standardised S.</param>
/// <param name="P">Two-sided probability of Z.</param>
/// <param name="Slope">Units of the series a year.</param>
/// <param name="SlopeMethod">ols or theil-sen.</param>
/// <param name="Significance">two-sided or trends-earth.</param>
/// <param name="Critical">|Z|, or |S| under trends-earth, that counts as significant.</param>
/// <param name="Intercept">The trend line's value in the window's first year, for drawing.</param>
internal sealed record TrendStory(
    string Condition, string Method, int N, int MinYears, int? S, double? Variance, double? Z, double? P, double? Slope,
    string SlopeMethod, string Significance, double? Critical, double? Intercept);

/// <summary>State.</summary>
/// <param name="Condition">Condition of the state.</param>
/// <param name="Method">percentile or zscore.</param>
/// <param name="RecentYears">First and last of the recent years.</param>
/// <param name="RecentMean">Their mean; null with fewer than two valid.</param>
/// <param name="HistoryYears">First and last of the years before.</param>
/// <param name="HistoryMean">Their mean.</param>
/// <param name="Minimum">Difference of the means up to which state sees no change.</param>
/// <param name="Limits">The nine limits between the ten classes; null under zscore.</param>
/// <param name="RecentClass">1…10.</param>
/// <param name="HistoryClass">1…10.</param>
/// <param name="Z">Under zscore.</param>
internal sealed record StateStory(
    string Condition, string Method, string RecentYears, double? RecentMean, string HistoryYears, double? HistoryMean,
    double Minimum, IReadOnlyList<double>? Limits, int? RecentClass, int? HistoryClass, double? Z);

/// <summary>Performance.</summary>
/// <param name="Condition">Condition of the performance.</param>
/// <param name="Mean">Mean of the window, rounded to the quantum; null without enough years.</param>
/// <param name="Unit">Values of the rasters of ecological units, side by side; null for none.</param>
/// <param name="Zone">Zone whose pixels share the percentile; null for the whole run.</param>
/// <param name="P90">90th percentile of the unit; null where it is not known.</param>
/// <param name="Ratio">Mean ÷ percentile.</param>
/// <param name="Limit">Ratio below which it is degraded.</param>
/// <param name="Inclusive">Whether exactly the limit is.</param>
internal sealed record PerformanceStory(
    string Condition, double? Mean, string? Unit, string? Zone, double? P90, double? Ratio, double Limit, bool Inclusive);

/// <summary>The FAO-WOCAT rule.</summary>
/// <param name="Steadiness">a, 1…4.</param>
/// <param name="InitialBiomass">Mean of the first years.</param>
/// <param name="Biomass">b, 1…3.</param>
/// <param name="ClassChange">Percentile classes from the first years to the last.</param>
/// <param name="EmergingState">c, 1…3.</param>
/// <param name="Code">9(a−1) + 3(c−1) + b.</param>
/// <param name="GreatestNdvi">Of the window, where it is given.</param>
/// <param name="Desert">Whether it is desert, always class 4.</param>
internal sealed record FaoWocatStory(
    int Steadiness, double InitialBiomass, int Biomass, int ClassChange, int EmergingState, int Code, double? GreatestNdvi,
    bool Desert);
