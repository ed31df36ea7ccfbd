namespace Ldn.SoilCarbon;

/// <summary>
/// The rasters of one block of pixels, n pixels each; a span left empty is an input that is not used.
/// </summary>
/// <typeparam name="T">Type of the reference stock, <see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct StockBlock<T>
{
    /// <summary>Stock of the reference year in t C/ha; NaN is no data.</summary>
    public required ReadOnlySpan<T> Reference { get; init; }

    /// <summary>
    /// Dense legend indexes (0 no data), one plane of n after another in the order of <see cref="LandCoverTimeline.CoverYears"/>.
    /// </summary>
    public required ReadOnlySpan<byte> Covers { get; init; }

    /// <summary>Climate zones 0…12, 0 no data; empty with a constant f and for factors that do not use f.</summary>
    public ReadOnlySpan<byte> ClimateZones { get; init; }

    /// <summary>Management factors above 0, NaN no data; empty means 1 everywhere.</summary>
    public ReadOnlySpan<double> Management { get; init; }

    /// <summary>Input factors above 0, NaN no data; empty means 1 everywhere.</summary>
    public ReadOnlySpan<double> Input { get; init; }
}

/// <summary>
/// Pixels whose inputs cannot be: the stock is no data there, and the caller raises the error with values and areas (method §2).
/// A pixel counts in the first that applies.
/// </summary>
public readonly record struct StockIssues(long Stocks, long Zones, long Practices)
{
    public bool Any => (Stocks | Zones | Practices) != 0;

    public static StockIssues operator +(StockIssues a, StockIssues b) =>
        new(a.Stocks + b.Stocks, a.Zones + b.Zones, a.Practices + b.Practices);
}
