using System.Globalization;
using Ldn.Counting;

namespace Ldn.Reports.Page;

/// <summary>
/// Numbers for reading, by the custom of a language: as many digits as help, never more than the CSV has. Files of figures keep
/// the point whatever the language.
/// </summary>
internal sealed class Numbers
{
    private readonly NumberFormatInfo _custom;

    /// <param name="language">ISO 639-1 code.</param>
    public Numbers(string language)
    {
        _custom = (NumberFormatInfo)NumberFormatInfo.InvariantInfo.Clone();
        if (language == "ru")
            (_custom.NumberDecimalSeparator, _custom.NumberGroupSeparator) = (",", "\u202F");
    }

    /// <summary>What parts whole from fraction.</summary>
    public string Decimal => _custom.NumberDecimalSeparator;

    /// <summary>A number in a .NET format.</summary>
    public string Of(double number, string format) => number.ToString(format, _custom);

    /// <summary>A whole number, thousands separated.</summary>
    public string Whole(double number) => Of(number, "N0");

    /// <summary>km² with thousands separated.</summary>
    public string Area(Area area)
    {
        double km2 = area.SquareKilometres, size = Math.Abs(km2);
        return Of(km2, size >= 100 || size == 0 ? "N0" : size >= 1 ? "N1" : "N3");
    }

    /// <summary>With a sign, as for a change.</summary>
    public string Change(Area change) =>
        change.IsNegative ? "−" + Area(-change) : change.IsZero ? Area(change) : "+" + Area(change);

    /// <summary>Per cent with one decimal and its sign after a no-break space; a dash where undefined.</summary>
    public string Percent(double? share) => share switch
    {
        null => "–",
        > 0 and < 0.05 => $"<{Of(0.1, "F1")}\u00A0%",
        double value => Of(value, "F1") + "\u00A0%",
    };

    /// <summary>A length or position for SVG and CSS.</summary>
    public static string Svg(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
