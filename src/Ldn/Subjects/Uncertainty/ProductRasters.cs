using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Tables;

namespace Ldn.Subjects.Uncertainty;

/// <summary>The raster that products side by side make (firmness U3).</summary>
internal static class ProductRasters
{
    private const byte NoData = 255;

    /// <summary>
    /// How many products, the job's own among them, say degraded; no data on water and where one of them has none.
    /// </summary>
    public static RasterKind Agreement { get; } = new("agreement", "agreement_{0}", RasterLook.Classed(
        new(0, "none", "#ffffe0"), new(1, "1", "#e5c5dc"), new(2, "2", "#cf96bd"), new(3, "3", "#b9689e"),
        new(4, "4", "#9b2779"), new(5, "5", "#6d1452")))
    {
        NoData = NoData,
    };

    /// <param name="products">Products beside the job's own.</param>
    /// <param name="period">The period.</param>
    /// <param name="periods">All periods.</param>
    public static OutputFill Fill(int products, int period, IReadOnlyList<Period> periods)
    {
        string question = ProductCodes.Question(periods[ProductCodes.PeriodOf(period, periods.Count)].Id);
        int land = period == 0 ? 0 : 2, codes = (periods.Count == 1 ? 2 : 4) + (period == 0 ? 0 : 1);
        return OutputFill.OfClasses((slice, classes) =>
        {
            byte[][] planes = slice.Planes(question);
            byte[] own = slice.Plan.Tables.ProductivityCondition;
            for (int i = 0; i < classes.Length; i++)
                classes[i] = Evidence.Water(planes[land][i])
                    ? NoData : Count(own[Evidence.Productivity(planes[land][i])], planes[codes][i], products);
        });
    }

    private static byte Count(byte own, byte codes, int products)
    {
        if (own == ConditionCode.NoData)
            return NoData;
        int count = own == ConditionCode.Degraded ? 1 : 0;
        for (int k = 0; k < products; k++)
        {
            int condition = ProductCodes.Of(codes, k);
            if (condition == ConditionCode.NoData)
                return NoData;
            count += condition == ConditionCode.Degraded ? 1 : 0;
        }

        return (byte)count;
    }
}
