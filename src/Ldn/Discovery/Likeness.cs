using Ldn.LandCover;

namespace Ldn.Discovery;

/// <summary>
/// What values look like that are not what a layer should hold: land cover given as productivity, soil carbon as land cover.
/// </summary>
/// <param name="Told">Ready for a message: <c>; they look like …</c>, or nothing.</param>
/// <param name="Cure">What mends it; null where nothing is known.</param>
/// <param name="MayBeFills">
/// Whether the values may be fills all the same; of conditions and averages degraded land would be lost as no data.
/// </param>
internal sealed record Likeness(string Told, string? Cure = null, bool MayBeFills = true)
{
    private const string Another = "name the file that is meant";

    private static readonly Likeness s_none = new("");

    private static readonly Likeness s_conditions = new(
        "; they look like conditions (-1 degraded, 0 stable, 1 improved)",
        "give the file as --productivity-condition, in a job as kind condition", MayBeFills: false);

    private static readonly Likeness s_between = new(
        "; they lie between classes, as averaged or interpolated classes do",
        "resample the classes again by nearest neighbour (gdalwarp -r near), or name the file that is meant", MayBeFills: false);

    private static readonly Likeness s_measure = new(
        "; they look like soil carbon or another measure: is the file of the right layer?", Another);

    /// <summary>What different values of a layer look like.</summary>
    /// <param name="values">Different values of the layer, those that it may hold included.</param>
    /// <param name="layer">What it should be: land-cover, productivity or any other option.</param>
    public static Likeness Of(IReadOnlyList<double> values, string layer)
    {
        if (values.Count == 0)
            return s_none;
        bool isProductivity = layer.StartsWith("productivity", StringComparison.Ordinal);
        // Of conditions given as classes of dynamics -1 is what cannot be, beside fills perhaps.
        if (isProductivity && values.Contains(-1) && values.All(v => v is -1 or 0 or 1 or <= -128 or >= 255))
            return s_conditions;
        if (isProductivity && LegendGuess.Fitting(values) is [var legend, ..])
            return new Likeness($"; they look like land cover of legend {legend}: is the file of the right layer?", Another);
        bool between = values.Count(v => v % 1 != 0) > Math.Max(1, values.Count / 2);
        if (layer != "land-cover")
            return between && isProductivity ? s_between : s_none;
        if (LegendGuess.Fitting(values) is [var other, ..])
            return new Likeness($"; they look like legend {other}", $"give --legend {other}, in a job landCover.legend");
        return values.Min() >= 0 && values.Max() <= 2000 && values.Count > 20 ? s_measure : between ? s_between : s_none;
    }

    /// <summary>What a sample of a layer looks like.</summary>
    /// <inheritdoc cref="Of(IReadOnlyList{double}, string)"/>
    public static Likeness Of(RasterSample sample, string layer) =>
        sample.Classes.Count > 0 ? Of(sample.Classes, layer)
        : layer == "land-cover" && sample.Smallest >= 0 && sample.Greatest <= 2000 ? s_measure : s_none;
}

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
