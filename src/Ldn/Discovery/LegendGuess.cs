using Ldn.LandCover;

namespace Ldn.Discovery;

/// <summary>Which built-in legend the codes of a raster belong to.</summary>
internal static class LegendGuess
{
    /// <summary>
    /// Legends that know every code, the most telling first: one whose codes others lack counts more than one of few small
    /// numbers, which fit much. Values without data by the legend tell nothing.
    /// </summary>
    /// <param name="codes">Values met, without fills.</param>
    public static IReadOnlyList<string> Fitting(IReadOnlyList<double> codes)
    {
        var fitting = new List<(string Name, int Classes, int Greatest)>();
        foreach (string name in Legend.BuiltInNames)
        {
            var legend = Legend.BuiltIn(name);
            int classes = codes.Count(c => IsCode(c) && legend.IndexOf((int)c) > 0);
            if (classes > 0 && codes.All(c => IsCode(c) && legend.IndexOf((int)c) >= 0))
                fitting.Add((name, classes, legend.Classes.Max(c => c.Code)));
        }

        // Among those that fit, the one with the narrowest range of codes explains most: 1…7 is unccd-7 before igbp, 1…17 igbp
        // before esa-cci.
        return [.. fitting.OrderByDescending(f => f.Classes).ThenBy(f => f.Greatest).Select(f => f.Name)];
    }

    private static bool IsCode(double value) => value == Math.Floor(value) && Math.Abs(value) < 1e6;
}
