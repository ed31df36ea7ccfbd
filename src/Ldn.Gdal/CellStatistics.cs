using Ldn.Gdal.Interop;

namespace Ldn.Gdal;

/// <summary>
/// Least, greatest and mean value of a raster's cells with data and their standard deviation, as GDAL keeps them with a band.
/// </summary>
internal sealed record CellStatistics(double Minimum, double Maximum, double Mean, double Deviation)
{
    /// <summary>
    /// Of cells of one byte, from how many there are of each value; null where there is none but 0, which is no data.
    /// </summary>
    public static CellStatistics? Of(ReadOnlySpan<long> counts)
    {
        long cells = 0, sum = 0;
        (int least, int greatest) = (0, 0);
        for (int value = 1; value < counts.Length; value++)
        {
            if (counts[value] == 0)
                continue;
            least = least == 0 ? value : least;
            greatest = value;
            cells += counts[value];
            sum += value * counts[value];
        }

        if (cells == 0)
            return null;
        double mean = (double)sum / cells, squares = 0;
        for (int value = least; value <= greatest; value++)
            squares += counts[value] * (value - mean) * (value - mean);
        return new CellStatistics(least, greatest, mean, Math.Sqrt(squares / cells));
    }

    /// <summary>
    /// Goes through a band, cell by cell, and keeps with it what comes of that; nothing where no cell has data.
    /// </summary>
    public static void Compute(nint band, CancellationToken cancellation)
    {
        using var watch = new LayoutWatch(null, cancellation);

        // No data at all is no failure here.
        using ErrorScope errors = ErrorScope.Open();
        _ = GdalApi.GDALComputeRasterStatistics(band, 0, out _, out _, out _, out _, LayoutWatch.Function, watch.Data);
        _ = GdalApi.GDALSetMetadataItem(band, "STATISTICS_VALID_PERCENT", null, null);
    }

    /// <summary>Keeps the statistics with a band.</summary>
    public void Set(nint band) => _ = GdalApi.GDALSetRasterStatistics(band, Minimum, Maximum, Mean, Deviation);
}
