using System.Globalization;
using Ldn.Counting;

namespace Ldn.Reports.Page;

/// <summary>Numbers for reading: as many digits as help, never more than the CSV has.</summary>
internal static class Numbers
{
    /// <summary>km² with thousands separated.</summary>
    public static string Area(Area area)
    {
        double km2 = area.SquareKilometres, size = Math.Abs(km2);
        return km2.ToString(size >= 100 || size == 0 ? "N0" : size >= 1 ? "N1" : "N3", CultureInfo.InvariantCulture);
    }

    /// <summary>With a sign, as for a change.</summary>
    public static string Change(Area change) =>
        change.IsNegative ? "−" + Area(-change) : change.IsZero ? Area(change) : "+" + Area(change);

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
