using System.Globalization;
using Ldn.Csv;
using Ldn.LandCover;

namespace Ldn.SoilCarbon;

/// <summary>
/// Yearly emission factors of organic soils (drought §7): t C/ha and year by class of the factor table and climate zone. Where
/// the table is silent nothing is emitted.
/// </summary>
internal sealed class OrganicSoils
{
    private static readonly string[] s_columns = ["land_cover", "climate_zone", "t_c_per_ha_year"];
    private readonly Dictionary<(int Class, int Zone), double> _emissions;

    private OrganicSoils(Dictionary<(int Class, int Zone), double> emissions) =>
        (_emissions, UsesZones) = (emissions, emissions.Keys.Any(k => k.Zone > 0));

    /// <summary>Whether some factor is that of one climate zone.</summary>
    public bool UsesZones { get; }

    /// <summary>
    /// Reads <c>land_cover,climate_zone,t_c_per_ha_year</c>: classes 1…7 or, where <paramref name="legend"/> is given, its
    /// codes; a zone 1…12, or empty for every zone that has no row of its own.
    /// </summary>
    /// <exception cref="LdnException">Exit 2, naming the row: an unknown class or zone, no number, a pair given
    /// twice.</exception>
    public static OrganicSoils Load(string path, Legend? legend)
    {
        CsvTable table = CsvTable.Read(path, s_columns);
        var rows = new Dictionary<(int, int), double>();
        foreach (CsvRow row in table.Rows)
        {
            int code = table.Integer(row, "land_cover");
            int of = legend is null ? (UnccdClasses.IsCode(code) ? code : 0) : legend.IndexOf(code);
            if (of <= 0)
                throw table.Wrong(row, "land_cover", legend is null ? "a UNCCD class 1…7" : $"a class of legend {legend.Name}");
            string zone = table.Text(row, "climate_zone");
            int at = 0;
            if (zone.Length > 0 && !(int.TryParse(zone, NumberStyles.None, CultureInfo.InvariantCulture, out at)
                && at is >= 1 and <= ClimateZones.Count))
                throw table.Wrong(row, "climate_zone", "a climate zone 1…12, or empty for all");
            if (!rows.TryAdd((of, at), table.Number(row, "t_c_per_ha_year")))
                throw table.Wrong(row, "land_cover", "free: the class has a factor for that zone already");
        }

        return new OrganicSoils(rows);
    }

    /// <summary>Emission of a class in a climate zone, t C/ha and year; 0 without a row. NaN where the zone is needed and no
    /// data.</summary>
    private double Of(int of, byte zone) => UsesZones && zone == 0 ? double.NaN
        : _emissions.TryGetValue((of, zone), out double own) ? own
        : _emissions.GetValueOrDefault((of, 0));

    /// <summary>
    /// Stocks of the years reference … reference + n of an organic soil: S_{k+1} = max(0, S_k − EF(c_k, zone) − fire_k). A
    /// no-data cover makes the stock no data from there on, as on mineral soils.
    /// </summary>
    /// <param name="reference">Stock in t C/ha; NaN, negative or infinite gives no data.</param>
    /// <param name="classes">c₀…c_n in the classes of the factor table, 0 no data.</param>
    /// <param name="zone">Climate zone, 0 no data.</param>
    /// <param name="fires">Lost by fire in each year, n of them or more; NaN is none.</param>
    /// <param name="stocks">Receives S₀…S_n, NaN for no data.</param>
    public void Run(double reference, ReadOnlySpan<byte> classes, byte zone, ReadOnlySpan<double> fires, Span<double> stocks)
    {
        double stock = StockRecurrence.IsInvalid(reference) || classes[0] == 0 ? double.NaN : reference;
        stocks[0] = stock;
        for (int k = 0; k + 1 < classes.Length; k++)
        {
            if (classes[k] == 0 || classes[k + 1] == 0)
                stock = double.NaN;
            double left = stock - Of(classes[k], zone) - (double.IsNaN(fires[k]) ? 0 : fires[k]);
            stock = left < 0 ? 0 : left;
            stocks[k + 1] = stock;
        }
    }
}

/// <summary>
/// The annual recurrence of soil organic carbon for one pixel: the law that the block form is held to (method §5).
/// </summary>
public static class StockRecurrence
{
    /// <summary>Years over which the effect of a change is spread.</summary>
    public const int TransitionYears = 20;

    /// <summary>True for a stock that cannot be: negative or infinite. NaN is no data, not invalid.</summary>
    public static bool IsInvalid(double stock) => stock < 0 || double.IsInfinity(stock);

    /// <summary>
    /// Stocks of the years reference … reference + n from the stock of the reference year. At each step k, if the cover changes,
    /// d = S_k (1 − F(c_k, c_{k+1})) / 20 and its age is 1, else the age grows and beyond 20 d = 0; S_{k+1} = S_k − d. A new
    /// change replaces what is left of the one before. Double precision, nothing rounded. (method §5)
    /// </summary>
    /// <param name="reference">Stock in t C/ha; NaN is no data, and negative or infinite is invalid.</param>
    /// <param name="covers">c₀…c_n: class of each year in the classes of the factor table; 0 is no data, from there on the stock
    /// is no data.</param>
    /// <param name="factor">F(from, to); NaN (no data) makes the stock no data from there on.</param>
    /// <param name="stocks">Receives S₀…S_n, NaN for no data; as long as <paramref name="covers"/>.</param>
    /// <returns>False where the reference stock is invalid; all stocks are then NaN.</returns>
    public static bool Run(double reference, ReadOnlySpan<byte> covers, Func<int, int, double> factor, Span<double> stocks)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(stocks.Length, covers.Length);
        stocks.Fill(double.NaN);
        if (IsInvalid(reference))
            return false;
        if (covers.IsEmpty || covers[0] == 0)
            return true;

        double stock = reference, step = 0;
        int age = 0;
        stocks[0] = stock;
        for (int k = 0; k + 1 < covers.Length && covers[k + 1] != 0; k++)
        {
            if (covers[k] != covers[k + 1])
            {
                step = stock * (1 - factor(covers[k], covers[k + 1])) / TransitionYears;
                age = 1;
            }
            else if (++age > TransitionYears)
            {
                step = 0;
            }

            stock -= step;
            stocks[k + 1] = stock;
        }

        return true;
    }
}
