using System.Globalization;

namespace Ldn.Reports.Page;

/// <summary>Numbers for reading: as many digits as help, never more than the CSV has.</summary>
internal static class Numbers
{
    /// <summary>mm² as km² with thousands separated.</summary>
    public static string Area(Int128 mm2)
    {
        double km2 = (double)mm2 / 1e12, size = Math.Abs(km2);
        return km2.ToString(size >= 100 || size == 0 ? "N0" : size >= 1 ? "N1" : "N3", CultureInfo.InvariantCulture);
    }

    /// <summary>With a sign, as for a change.</summary>
    public static string Change(Int128 mm2) => (mm2 > 0 ? "+" : mm2 < 0 ? "−" : "") + Area(mm2 < 0 ? -mm2 : mm2);

    /// <summary>Per cent with one decimal and its sign after a no-break space; a dash where undefined.</summary>
    public static string Percent(double? share) => share switch
    {
        null => "–",
        > 0 and < 0.05 => "<0.1\u00A0%",
        double value => value.ToString("F1", CultureInfo.InvariantCulture) + "\u00A0%",
    };

    /// <summary>A length or position for SVG and CSS.</summary>
    public static string Svg(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
