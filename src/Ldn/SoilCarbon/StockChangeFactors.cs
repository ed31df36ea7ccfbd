using System.Text;
using Ldn.Csv;
using Ldn.LandCover;

namespace Ldn.SoilCarbon;

/// <summary>
/// F(from, to): what a change of land cover does to the stock of soil organic carbon in 20 years (method §5). Its classes are the
/// seven of UNCCD or, for a table in legend codes, those of the legend; either way 1…<see cref="Count"/>. Some factors are f,
/// which depends on the climate zone.
/// </summary>
/// <remarks>
/// Management and input (IPCC: stock = reference · F_LU · F_MG · F_I, the last two defined for cropland): the factor of a change
/// <b>into cropland</b> — a class nested in UNCCD cropland, from one that is not — is multiplied by the pixel's practice factor,
/// management × input. All other factors stay as they are: the land left behind no longer follows the practice, and a change
/// between two cropland classes has its own row in the table.
/// </remarks>
public sealed class StockChangeFactors
{
    // Method §5, rows from, columns to, classes 1…7.
    private static readonly string[] DefaultRows =
    [
        "1 1 f 1 0.1 0.1 1",
        "1 1 f 1 0.1 0.1 1",
        "1/f 1/f 1 1/0.71 0.1 0.1 1",
        "1 1 0.71 1 0.1 0.1 1",
        "2 2 2 2 1 1 1",
        "2 2 2 2 1 1 1",
        "1 1 1 1 1 1 1",
    ];

    private static readonly Lazy<StockChangeFactors> Standard =
        new(
            () => Parse(
                CsvTable.Parse(Csv(Enumerable.Range(1, UnccdClasses.Count), DefaultText), "default soil carbon factors")));

    private readonly Legend? _legend;
    private readonly int[] _codes;
    private readonly StockFactor[] _factors;
    private readonly bool[] _isCropland;

    internal StockChangeFactors(Legend? legend, StockFactor[] factors)
    {
        _legend = legend;
        _codes = [.. legend is null ? Enumerable.Range(1, UnccdClasses.Count) : legend.Classes.Select(c => c.Code)];
        _factors = factors;
        _isCropland = [.. _codes.Select((code, i) => (legend?.Classes[i].Unccd ?? (UnccdClass)code) == UnccdClass.Cropland)];
        UsesCropFactor = factors.Any(f => f.Power != 0);
    }

    /// <summary>The table of method §5.</summary>
    public static StockChangeFactors Default => Standard.Value;

    /// <summary>Number of classes n.</summary>
    public int Count => _codes.Length;

    /// <summary>True for a table in legend codes, false for one in the UNCCD classes 1…7.</summary>
    public bool InLegendCodes => _legend is not null;

    /// <summary>False where no factor is f or 1/f: climate zones are then not needed.</summary>
    public bool UsesCropFactor { get; }

    /// <summary>Class 1…n of the table as a legend has it.</summary>
    public LegendClass ClassAt(int index) => (_legend ?? Legend.BuiltIn("unccd-7")).ClassAt(index);

    /// <summary>Whether some factor has an error.</summary>
    public bool HasErrors => _factors.Any(f => f.ErrorPercent is not null);

    /// <summary>
    /// Error of F for classes 1…n, two standard deviations, per cent of the factor; null where the table tells none.
    /// </summary>
    public double? ErrorOf(int from, int to) => _factors[((from - 1) * Count) + to - 1].ErrorPercent;

    /// <summary>
    /// Factors from a table <c>from,to,factor</c>: a number above 0, <c>f</c>, or 1 divided by either (<c>1/f</c>,
    /// <c>1/0.71</c>); in a column <c>error_pct</c>, where it is there, their error. Classes are 1…7 or, where
    /// <paramref name="legend"/> is given, its codes. Every pair of two classes needs
    /// its row; a class to itself is 1 and may be left out.
    /// </summary>
    /// <exception cref="LdnException"> Exit 2: missing column; naming the row: unknown class, pair given twice, factor of another
    /// form or not above 0, a class to itself that is not 1; naming the pairs: those without a factor. </exception>
    internal static StockChangeFactors Parse(CsvTable table, Legend? legend = null) =>
        StockChangeFactorsTable.Read(table, legend);

    /// <summary>Reads a factor file, see <see cref="Parse"/>.</summary>
    public static StockChangeFactors Load(string path, Legend? legend = null) =>
        Parse(CsvTable.Read(path, StockChangeFactorsTable.Columns), legend);

    /// <summary>
    /// Checks a constant f, the alternative to climate zones.
    /// </summary>
    /// <exception cref="LdnException">Exit 2: not a finite number above 0.</exception>
    public static double CheckedCropFactor(double factor) =>
        double.IsFinite(factor)
            && factor > 0 ? factor : throw Fault.SoilRule.Error($"soil carbon factor {factor} is not a number above 0");

    /// <summary>
    /// F for classes 1…n. <paramref name="cropFactor"/> is f of the pixel's climate zone or the constant;
    /// <paramref name="practice"/> is management
    /// × input, used for changes into cropland only. NaN where a NaN (no data) is used. (method §5)
    /// </summary>
    public double Factor(int from, int to, double cropFactor, double practice = 1)
    {
        StockFactor entry = _factors[((from - 1) * Count) + to - 1];
        double factor = entry.Power switch { 0 => entry.Number, > 0 => cropFactor, _ => 1 / cropFactor };
        return _isCropland[to - 1] && !_isCropland[from - 1] ? factor * practice : factor;
    }

    /// <summary>
    /// Lookup table from the legend's dense indexes 0…n to the classes of these factors; of length n + 1, entry 0 (no data) is 0.
    /// </summary>
    /// <exception cref="ArgumentException">The factors are in the codes of another legend.</exception>
    public byte[] ClassTable(Legend legend)
    {
        if (_legend is null)
            return legend.UnccdTable();
        if (!_legend.Classes.SequenceEqual(legend.Classes))
            throw new ArgumentException(
                $"the factors are in the codes of legend {_legend.Name}, not {legend.Name}", nameof(legend));
        return [.. Enumerable.Range(0, Count + 1).Select(i => (byte)i)];
    }

    /// <summary>
    /// The factors as a table that <see cref="Parse"/> reads back, every pair a row; lines end with a line feed.
    /// </summary>
    public string ToCsv() => Csv(_codes, (from, to) => _factors[(from * Count) + to].Text);

    private static string DefaultText(int from, int to) => DefaultRows[from].Split(' ')[to];

    private static string Csv(IEnumerable<int> codes, Func<int, int, string> text)
    {
        int[] classes = [.. codes];
        var csv = new StringBuilder("from,to,factor\n");
        for (int from = 0; from < classes.Length; from++)
            for (int to = 0; to < classes.Length; to++)
                csv.Append($"{classes[from]},{classes[to]},{text(from, to)}\n");
        return csv.ToString();
    }
}

/// <summary>One factor as written: f to a power of 1 or −1, or, at power 0, a number.</summary>
/// <param name="Text">As written.</param>
/// <param name="Number">At power 0.</param>
/// <param name="Power">Of f.</param>
/// <param name="ErrorPercent">Two standard deviations, per cent of the factor; null where none is given.</param>
internal readonly record struct StockFactor(string Text, double Number, int Power, double? ErrorPercent = null);
