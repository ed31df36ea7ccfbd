using System.Globalization;
using Ldn.Counting;

namespace Ldn.Reports.Page;

/// <summary>
/// Numbers for reading, by the custom of a language: as many digits as help, never more than the CSV has. Files of figures keep
/// the point whatever the language.
/// </summary>
internal sealed class Numbers
{
    /// <summary>From here on a sentence says three digits and a word; below, the digits say it as well.</summary>
    private const double Million = 1e6;

    private readonly NumberFormatInfo _custom;

    /// <summary>The words of large numbers, the largest first, as they follow the number.</summary>
    private readonly (double Of, string Word)[] _words;

    /// <param name="language">ISO 639-1 code.</param>
    public Numbers(string language)
    {
        _custom = (NumberFormatInfo)NumberFormatInfo.InvariantInfo.Clone();
        if (language == "ru")
            (_custom.NumberDecimalSeparator, _custom.NumberGroupSeparator) = (",", "\u202F");
        _words = language switch
        {
            "zh" => [(1e12, "万亿"), (1e8, "亿"), (1e4, "万")],
            "ja" => [(1e12, "兆"), (1e8, "億"), (1e4, "万")],
            "ko" => [(1e12, "조"), (1e8, "억"), (1e4, "만")],
            "mn" => [(1e12, "\u00A0их наяд"), (1e9, "\u00A0тэрбум"), (1e6, "\u00A0сая")],
            "ru" => [(1e12, "\u00A0трлн"), (1e9, "\u00A0млрд"), (1e6, "\u00A0млн")],
            _ => [(1e12, "\u00A0trillion"), (1e9, "\u00A0billion"), (1e6, "\u00A0million")],
        };
    }

    /// <summary>What parts whole from fraction.</summary>
    public string Decimal => _custom.NumberDecimalSeparator;

    /// <summary>A number in a .NET format.</summary>
    public string Of(double number, string format) => number.ToString(format, _custom);

    /// <summary>A whole number, thousands separated.</summary>
    public string Whole(double number) => Of(number, "N0");

    /// <summary>
    /// A large number as a sentence says it, by three digits and the word for its size; tables beside it have every digit.
    /// </summary>
    public string InWords(double number)
    {
        if (Math.Abs(number) < Million)
            return Whole(number);
        double unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(number))) - 2), rounded = Math.Round(number / unit) * unit;
        (double size, string word) = Array.Find(_words, w => Math.Abs(rounded) >= w.Of);
        return Of(rounded / size, "#,0.##") + word;
    }

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
