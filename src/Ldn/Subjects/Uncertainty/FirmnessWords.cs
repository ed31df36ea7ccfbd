using Ldn.Reports;
using Ldn.Reports.Page;

namespace Ldn.Subjects.Uncertainty;

/// <summary>What is said of the firmness of a figure is made of: per cent of land, null where it was not tried.</summary>
/// <param name="Verdict"><c>firm</c>, <c>likely</c> or <c>open</c>.</param>
/// <param name="Figure">Degraded, of land.</param>
/// <param name="Combinations">Combinations of rules and products.</param>
/// <param name="Agreeing">Of these, per cent with the same answer.</param>
/// <param name="NoData">Bounds whatever land without data is.</param>
/// <param name="Chance">Band of shuffled years.</param>
/// <param name="Sample">95 % interval by the points.</param>
/// <param name="Soil">95 % interval by the error of soil carbon.</param>
/// <param name="Most">What single change moves the figure most, and from where to where; null where none moves it.</param>
internal sealed record FirmnessFigures(
    string Verdict, double Figure, long Combinations, double Agreeing, Spread NoData, Spread? Chance, Spread? Sample,
    Spread? Soil, (string Name, Spread Spread)? Most)
{
    /// <summary>Whether the soil's interval is that of uncertain factors, not of stocks.</summary>
    public bool SoilByFactors { get; init; }

    /// <summary>Whether the years were shuffled too few times for a band.</summary>
    public bool FewOrders { get; init; }

    /// <summary>Percentage points to which the figure is to be known.</summary>
    private const double Margin = 1;

    /// <summary>Why the figure is open, as keys of the texts; none where it is not.</summary>
    public IEnumerable<string> Reasons()
    {
        if (Verdict != "open")
            yield break;
        double unknown = NoData.High - NoData.Low;
        if (Combinations <= 1 && Chance is null && Sample is null && Soil is null)
            yield return "nothing";
        if (Agreeing < 90)
            yield return "rules";
        if (unknown >= Margin)
            yield return "no_data";
        if (Sample is { } seen && (seen.Low > Figure + Margin || seen.High + unknown < Figure - Margin))
            yield return "sample";
        if (Soil is { } soil && (soil.Low < Figure - Margin || soil.High > Figure + Margin))
            yield return "soil";
    }

    /// <summary>Whether the figure is one that chance gives too.</summary>
    public bool IsChance => Chance is { } band && band.Low <= Figure && Figure <= band.High;
}

/// <summary>From one figure to another, per cent.</summary>
internal readonly record struct Spread(double Low, double High)
{
    public double Width => High - Low;
}

/// <summary>
/// The sentences of a zone's firmness, made by rules from its figures as <see cref="Lead"/> makes its own. Range, bounds, band
/// and interval are four things and never bear each other's name.
/// </summary>
internal static class FirmnessWords
{
    private const string Section = "section.firmness.";

    /// <summary>The verdict with its reasons.</summary>
    public static string Verdict(FirmnessFigures f, Texts texts) => Join(
        texts,
        [
            texts.Format(Section + f.Verdict, texts.Numbers.Percent(f.Figure)),
            .. f.Reasons().Select(r => texts.Format(Section + "open_" + r, texts.Numbers.Percent(f.Agreeing))),
        ]);

    /// <summary>What moves the figure most, and what chance, sample and soil say of it.</summary>
    public static IEnumerable<string> More(FirmnessFigures f, Texts texts)
    {
        yield return f.Most is { } most
            ? texts.Format(
                Section + "most", most.Name, texts.Numbers.Percent(most.Spread.Low), texts.Numbers.Percent(most.Spread.High))
            : texts[Section + "still"];
        if (f.Chance is { } band)
        {
            (string low, string high, string figure) = Apart(band, f.Figure, texts.Numbers);
            string place = f.IsChance ? "chance_inside" : f.FewOrders ? "chance_few" : "chance_outside";
            yield return texts.Format(Section + place, low, high, figure);
        }

        if (f.Sample is { } seen)
            yield return texts.Format(Section + "sample", texts.Numbers.Percent(seen.Low), texts.Numbers.Percent(seen.High));
        if (f.Soil is { } soil)
            yield return texts.Format(
                Section + (f.SoilByFactors ? "soil_factors" : "soil"), texts.Numbers.Percent(soil.Low),
                texts.Numbers.Percent(soil.High));
    }

    public static string Join(Texts texts, IEnumerable<string> sentences) =>
        string.Join(texts.Language is "zh" or "ja" ? "" : " ", sentences);

    /// <summary>
    /// Band and figure with one decimal, or as many as it takes to see that a figure outside lies outside.
    /// </summary>
    private static (string Low, string High, string Figure) Apart(Spread band, double figure, Numbers numbers)
    {
        bool inside = band.Low <= figure && figure <= band.High;
        for (int digits = 1; ; digits++)
        {
            (double low, double high, double at) = (
                Math.Round(band.Low, digits), Math.Round(band.High, digits), Math.Round(figure, digits));
            if (inside || at < low || at > high || digits == 6)
                return digits == 1 ? (numbers.Percent(band.Low), numbers.Percent(band.High), numbers.Percent(figure))
                    : (Text(low), Text(high), Text(at));

            string Text(double value) => numbers.Of(value, "F" + digits) + "\u00A0%";
        }
    }
}
