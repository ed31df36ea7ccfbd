namespace Ldn.Passes;

/// <summary>Names of the questions beyond the indicator, by period; their planes in the order given here.</summary>
public static class Questions
{
    /// <summary>Conditions, then the combination of the land types' rasters where there are any.</summary>
    public static string LandTypes(string period) => "land_types_" + period;

    /// <summary>Conditions; sums of <see cref="StockChangeSum"/>.</summary>
    public static string CarbonChange(string period) => "carbon_change_" + period;

    /// <summary>Conditions, LPD class, then risk where a layer of it is given.</summary>
    public static string Response(string period) => "response_" + period;

    /// <summary>Conditions, number of degraded sub-indicators, LPD class, then the final land cover where the run has one.</summary>
    public static string Severity(string period) => "severity_" + period;

    /// <summary>Conditions, then the equal-area cell where such cells are asked for.</summary>
    public static string Hotspots(string period) => "hotspots_" + period;
}
