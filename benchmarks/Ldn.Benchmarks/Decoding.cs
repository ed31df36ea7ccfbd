using System.Globalization;
using Ldn.Gdal;

namespace Ldn.Benchmarks;

/// <summary>
/// Decoding each input of a job by GDAL alone and by the product's own reader, in turns on one thread: medians of CPU time.
/// </summary>
internal static class Decoding
{
    /// <summary>decode ROUNDS JOB.json|RASTER…: one line a raster.</summary>
    public static int Run(IEnumerable<string> names, int rounds)
    {
        GdalGeodata gdal = new() { Reader = RasterReader.Gdal }, own = new() { Reader = RasterReader.Auto };
        foreach (string raster in names.SelectMany(n => n.EndsWith(".json", StringComparison.Ordinal) ? Floor.Inputs(n) : [n]))
        {
            List<Cost> byGdal = [], byOwn = [];
            // The first round warms file cache and compiler.
            for (int round = 0; round <= rounds; round++)
            {
                Cost first = Floor.Measure(() => Floor.Decode(gdal, [raster], 1)),
                second = Floor.Measure(() => Floor.Decode(own, [raster], 1));
                if (round == 0)
                    continue;
                byGdal.Add(first);
                byOwn.Add(second);
            }

            (double law, double time) = (EndToEnd.Median(byGdal, c => c.Cpu), EndToEnd.Median(byOwn, c => c.Cpu));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Path.GetFileName(raster),-32} GDAL {law * 1000,7:F0} ms CPU, own {time * 1000,7:F0} ms CPU, ratio "
                    + $"{time / law:F2}"));
        }

        return 0;
    }
}
