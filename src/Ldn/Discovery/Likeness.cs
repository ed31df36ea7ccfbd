namespace Ldn.Discovery;

/// <summary>
/// What values look like that are not what a layer should hold: land cover given as productivity, soil carbon as land cover.
/// </summary>
public static class Likeness
{
    /// <summary>Ready for a message: <c>; they look like …</c>, or nothing.</summary>
    /// <param name="values">Different values of the layer, those that it may hold included.</param>
    /// <param name="layer">What it should be: land-cover, productivity or any other option.</param>
    public static string Hint(IReadOnlyList<double> values, string layer)
    {
        if (values.Count == 0)
            return "";
        if (layer.StartsWith("productivity", StringComparison.Ordinal) && LegendGuess.Fitting(values) is [var legend, ..])
            return $"; they look like land cover of legend {legend}: is the file of the right layer?";
        if (layer != "land-cover")
            return "";
        if (LegendGuess.Fitting(values) is [var other, ..])
            return $"; they look like legend {other}";
        return values.Min() >= 0 && values.Max() <= 2000 && values.Count > 20
            ? "; they look like soil carbon or another measure: is the file of the right layer?" : "";
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
