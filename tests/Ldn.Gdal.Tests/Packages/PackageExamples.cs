using Ldn.Indicator;
using Ldn.Run;
using Ldn.Tables;

namespace Ldn.Gdal.Tests.Packages;

/// <summary>The examples of the packages' pages, as they stand there: a test holds the pages against this file.</summary>
internal static class PackageExamples
{
    public static byte[] FromArrays(byte[] landCover, byte[] lpd, float[] stockInitial, float[] stockFinal)
    {
        return Indicator(landCover, lpd, stockInitial, stockFinal);

        static byte[] Indicator(byte[] landCover, byte[] lpd, float[] stockInitial, float[] stockFinal)
        {
            var change = new ChangeRank(10);
            Condition[] productivity = [.. LpdClasses.Conditions.ToArray().Select(c => (Condition)c), .. new Condition[26]];
            IndicatorTables tables = new(true, productivity, change.Conditions(10, inclusive: false), MissingDataPolicy.Strict);
            byte[] land = new byte[lpd.Length], soil = new byte[lpd.Length], indicator = new byte[lpd.Length];
            for (int i = 0; i < land.Length; i++)
                land[i] = Evidence.Land((Condition)landCover[i], water: false, productivity: lpd[i]);
            change.OfStocks<float>(stockInitial, stockFinal, soil);
            IndicatorKernel.Indicator(land, soil, indicator, tables);
            return indicator;
        }
    }

    public static IEnumerable<string> WholeJob(string jobFile, string folder)
    {
        return Degraded(jobFile, folder);

        static IEnumerable<string> Degraded(string jobFile, string folder)
        {
            var how = new ComputeOptions(
                folder, Overwrite: false, Threads: 2, MemoryBytes: 1L << 30, new Dictionary<string, string>());
            ComputeResult result = ComputeRun.Execute(jobFile, how, new GdalGeodata());
            return result.Table("headline").Rows
                .Select(row => $"{row[Columns.ZoneId]} {row[Columns.Period]} {row[Columns.DegradedOfLand]?.ToDouble():F1}");
        }
    }
}
