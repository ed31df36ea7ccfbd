namespace Ldn.Discovery;

/// <summary>
/// What values look like that are not what a layer should hold: land cover given as productivity, soil carbon as land cover.
/// </summary>
public static class Likeness
{
    private const string OfConditions = "; they look like conditions (-1 degraded, 0 stable, 1 improved)",
        Between = "; they lie between classes, as averaged or interpolated classes do", OfLegend = "; they look like legend ";

    /// <summary>What mends a layer whose values look like another's, by its hint; null where that tells nothing.</summary>
    public static string? Cure(string hint) =>
        hint == OfConditions ? "give the file as --productivity-condition, in a job as kind condition"
        : hint == Between ? "resample the classes again by nearest neighbour (gdalwarp -r near), or name the file that is meant"
        : hint.StartsWith(OfLegend, StringComparison.Ordinal)
            ? $"give --legend {hint[OfLegend.Length..]}, in a job landCover.legend"
        : hint.EndsWith('?') ? "name the file that is meant" : null;

    /// <summary>Whether the values may be fills all the same: degraded land and averages would be lost as no data.</summary>
    public static bool MayBeFills(string hint) => hint is not (OfConditions or Between);

    /// <summary>Ready for a message: <c>; they look like …</c>, or nothing.</summary>
    /// <param name="values">Different values of the layer, those that it may hold included.</param>
    /// <param name="layer">What it should be: land-cover, productivity or any other option.</param>
    public static string Hint(IReadOnlyList<double> values, string layer)
    {
        if (values.Count == 0)
            return "";
        bool isProductivity = layer.StartsWith("productivity", StringComparison.Ordinal);
        // Of conditions given as classes of dynamics -1 is what cannot be, beside fills perhaps.
        if (isProductivity && values.Contains(-1) && values.All(v => v is -1 or 0 or 1 or <= -128 or >= 255))
            return OfConditions;
        if (isProductivity && LegendGuess.Fitting(values) is [var legend, ..])
            return $"; they look like land cover of legend {legend}: is the file of the right layer?";
        bool between = values.Count(v => v % 1 != 0) > Math.Max(1, values.Count / 2);
        if (layer != "land-cover")
            return between && isProductivity ? Between : "";
        if (LegendGuess.Fitting(values) is [var other, ..])
            return OfLegend + other;
        return values.Min() >= 0 && values.Max() <= 2000 && values.Count > 20
            ? "; they look like soil carbon or another measure: is the file of the right layer?" : between ? Between : "";
    }

    /// <inheritdoc cref="Hint(IReadOnlyList{double}, string)"/>
    public static string Hint(RasterSample sample, string layer)
    {
        if (sample.Classes.Count > 0)
            return Hint(sample.Classes, layer);
        return layer == "land-cover" && sample.Smallest >= 0 && sample.Greatest <= 2000
            ? "; they look like soil carbon or another measure: is the file of the right layer?" : "";
    }
}
