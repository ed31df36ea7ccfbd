namespace Ldn.Counting;

/// <summary>Names of the questions beyond the indicator, by period; their planes in the order given here.</summary>
public static class Questions
{
    /// <summary>Conditions, then the combination of the land types' rasters where there are any.</summary>
    public static string LandTypes(string period) => "land_types_" + period;

    /// <summary>Conditions; sums of <see cref="StockChangeSum"/>.</summary>
    public static string CarbonChange(string period) => "carbon_change_" + period;

    /// <summary>Conditions; a sum a raster of people.</summary>
    public static string Population(string period) => "population_" + period;

    /// <summary>Conditions, aridity class.</summary>
    public static string Drylands(string period) => "drylands_" + period;

    /// <summary>Conditions of the baseline, then the aridity class of each date.</summary>
    public static string AridityDates => "aridity_dates";

    /// <summary>Conditions, then the steps of a continuous layer or, for a count, its sum.</summary>
    public static string Driver(int driver, string period) => $"driver_{driver}_{period}";

    /// <summary>Land cover at the end of the run; sums of <see cref="AreaWeightedSum"/>.</summary>
    public static string DriverByCover(int driver) => $"driver_{driver}_by_cover";

    /// <summary>Conditions, then the code of a categorical raster where the layer is one.</summary>
    public static string Category(int category, string period) => $"category_{category}_{period}";

    /// <summary>Conditions of the baseline, drought class; a sum a raster of people.</summary>
    public static string Drought(int year) => $"drought_{year}";

    /// <summary>Likewise with the worst class of the block that begins in a year.</summary>
    public static string DroughtBlock(int first) => $"drought_from_{first}";

    /// <summary>Conditions, LPD class, then risk where a layer of it is given.</summary>
    public static string Response(string period) => "response_" + period;

    /// <summary>Conditions, number of degraded sub-indicators, LPD class, then the final land cover where the run has one.</summary>
    public static string Severity(string period) => "severity_" + period;

    /// <summary>Conditions, then the equal-area cell where such cells are asked for.</summary>
    public static string Hotspots(string period) => "hotspots_" + period;
}
