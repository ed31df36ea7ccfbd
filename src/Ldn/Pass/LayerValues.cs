using System.Globalization;

namespace Ldn.Pass;

/// <summary>
/// Which physical values a layer can have, and how messages tell of others (method §1): one that cannot be is an error inside the
/// zones, one that is doubtful, a likely fill that nobody declared or a stock in another unit, a warning.
/// </summary>
/// <param name="Impossible">What a value is that cannot be, for the message: "impossible (…)".</param>
/// <param name="Lowest">Smallest value that can be; −∞ where any can, infinities included.</param>
/// <param name="Highest">Largest value that can be.</param>
/// <param name="Rescale">How a factor is declared that the file's tags do not tell; null where there is none.</param>
internal sealed record LayerValues(string Impossible, double Lowest, double Highest, string? Rescale = null)
{
    private const string RescaleFile = "declare a factor that its tags do not tell, such as with gdal_translate -a_scale 0.0001";

    /// <summary>The greatest stock that its fixed point holds, in t C/ha.</summary>
    private const double MostStock = int.MaxValue * PassResult.StockQuantum;

    /// <summary>Values beyond it are doubtful.</summary>
    public double Doubtful { get; init; } = double.PositiveInfinity;

    /// <summary>The part of the land from which doubtful values are told; a single cell may be right.</summary>
    public double DoubtfulShare { get; init; }

    /// <summary>What values usually are, for the message about doubtful ones.</summary>
    public string Usual { get; init; } = "";

    /// <summary>Whether fills that nobody declared are looked for.</summary>
    public bool SeeksFills { get; init; }

    /// <summary>Whether values that the recoder does not know may count as no data (<c>--unmapped nodata</c>).</summary>
    public bool MayBeUnmapped { get; init; }

    /// <summary>
    /// Whether a legend could know more values: only then is that proposed, and taking the unknown for no data.
    /// </summary>
    public bool HasLegend { get; init; }

    /// <summary>Classes, which their recoder knows.</summary>
    public static LayerValues Classes { get; } = new(
        "values that are in no legend", double.NegativeInfinity, double.PositiveInfinity)
    {
        MayBeUnmapped = true,
        HasLegend = true,
    };

    /// <summary>Classes of land productivity dynamics, which no legend can add to.</summary>
    public static LayerValues Lpd { get; } = new(
        "values that are no classes of land productivity dynamics (1 to 5, 0 no data)", double.NegativeInfinity,
        double.PositiveInfinity)
    {
        MayBeUnmapped = true,
    };

    /// <summary>Conditions, in the encoding that the values tell.</summary>
    public static LayerValues Conditions { get; } = new(
        "values that are no conditions (1 degraded, 2 stable, 3 improved, 0 no data; or -1 degraded, 0 stable, 1 improved)",
        double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Numbers of which nothing is known.</summary>
    public static LayerValues Any { get; } = new("values that cannot be", double.NegativeInfinity, double.PositiveInfinity);

    public static LayerValues Stocks { get; } = new(
        "impossible values (a stock of soil carbon is 0 t C/ha or more, and below two million)", 0, MostStock, RescaleFile)
    {
        Doubtful = 1000,
        Usual = "stocks are in t C/ha (kg/m2 x 10)",
        SeeksFills = true,
    };

    /// <summary>Standard errors of stocks, in t C/ha or per cent.</summary>
    public static LayerValues StockErrors { get; } = new(
        "impossible values (a standard error is 0 or more)", 0, double.MaxValue, RescaleFile)
    {
        SeeksFills = true,
    };

    public static LayerValues StockChange { get; } = new(
        "impossible values (a change is -100 % or more)", -100, double.MaxValue, RescaleFile)
    {
        SeeksFills = true
    };

    public static LayerValues Factors { get; } = new(
        "impossible values (a factor is above 0)", double.Epsilon, double.MaxValue, RescaleFile);

    public static LayerValues VegetationIndex { get; } = new(
        "impossible values (a vegetation index lies between -1 and 1; beyond -1.5 or 1.5 none can be)", -1.5, 1.5,
        "give the factor of a series with --scale, such as --scale 0.0001")
    { SeeksFills = true };

    /// <summary>A series of another quantity: any finite value.</summary>
    public static LayerValues Quantity { get; } = new("impossible values", -double.MaxValue, double.MaxValue)
    {
        SeeksFills = true
    };

    /// <summary>People, animals or whatever else a cell holds a number of; they are watched where they are shared.</summary>
    public static LayerValues Counts { get; } = new(
        "impossible values (a number of people is 0 or more)", 0, double.MaxValue, RescaleFile);

    public static LayerValues Aridity { get; } = new(
        "impossible values (an aridity index is precipitation over evapotranspiration, from 0 to a few tens)", 0, 100,
        RescaleFile)
    {
        // The wettest coasts have 10; the published index, in 16 bits, ends at 6.5535.
        Doubtful = 7,
        DoubtfulShare = 0.01,
        Usual = "an aridity index is P/PET, seldom more than 5 (per cent: gdal_translate -a_scale 0.01)",
        SeeksFills = true,
    };

    public static LayerValues StandardisedIndex { get; } = new(
        "impossible values (a standardised index counts standard deviations)", -20, 20, RescaleFile)
    { SeeksFills = true };

    /// <summary>Whether there is anything to look for.</summary>
    public bool IsWatched => !double.IsInfinity(Lowest) || !double.IsInfinity(Highest) || SeeksFills;

    /// <summary>Whether a physical value can be.</summary>
    public bool IsPossible(double value) => (value >= Lowest && value <= Highest) || double.IsNaN(value);

    /// <summary>A stored value as messages tell it, with what it means where that is another number.</summary>
    public static string Told(double stored, double scale, double offset)
    {
        string text = stored.ToString("R", CultureInfo.InvariantCulture);
        return scale == 1
            && offset == 0 ? text : $"{text} = {((stored * scale) + offset).ToString("G6", CultureInfo.InvariantCulture)}";
    }
}
