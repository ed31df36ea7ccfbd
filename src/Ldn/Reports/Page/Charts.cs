using System.Globalization;
using System.Text;

namespace Ldn.Reports.Page;

/// <summary>A part of a bar: name, share in per cent, colour, and what its tip says beside the share.</summary>
internal sealed record Segment(string Name, double Share, string Color, string Detail);

/// <summary>
/// Static charts as inline SVG. Positions are per cent of the width, letters keep their size: the same bar reads on a phone and
/// on paper.
/// </summary>
internal static class Charts
{
    private const int BarHeight = 24;

    /// <summary>Narrower segments hold no number.</summary>
    private const double LeastLabelled = 9;

    /// <summary>A bar of segments that make up the whole.</summary>
    public static Html Stacked(string label, IReadOnlyList<Segment> segments)
    {
        Segment[] shown = [.. segments.Where(s => s.Share > 0)];
        string spoken = $"{label}: {string.Join(", ", shown.Select(s => $"{s.Name} {Numbers.Percent(s.Share)}"))}";
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg class=\"bar\" role=\"img\" aria-label=\"{Html.Escape(spoken)}\" width=\"100%\" height=\"{BarHeight}\">");
        double x = 0;
        foreach (Segment segment in shown)
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<rect x=\"{Numbers.Svg(x)}%\" width=\"{Numbers.Svg(segment.Share)}%\" height=\"{BarHeight}\" "
                    + $"fill=\"{segment.Color}\">")
                .Append(
                    CultureInfo.InvariantCulture,
                    $"<title>{Html.Escape($"{segment.Name}: {Numbers.Percent(segment.Share)}{segment.Detail}")}</title></rect>");
            if (segment.Share >= LeastLabelled)
            {
                string text = segment.Share.ToString("F0", CultureInfo.InvariantCulture);
                svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<text x=\"{Numbers.Svg(x + (segment.Share / 2))}%\" y=\"16\" fill=\"{Ink(segment.Color)}\">{text}</text>");
            }

            x += segment.Share;
        }

        return new Html(svg.Append("</svg>").ToString());
    }

    /// <summary>
    /// A single value on a scale from 0 to <paramref name="most"/>; said in the table beside it, so silent for readers of
    /// screens.
    /// </summary>
    public static Html Single(double share, double most, string color, bool strong) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"<svg class=\"bar thin{(strong ? " strong" : "")}\" aria-hidden=\"true\" width=\"100%\" height=\"12\"><rect "
            + $"width=\"{Numbers.Svg(most > 0 ? share / most * 100 : 0)}%\" height=\"12\" fill=\"{color}\"/></svg>"));

    /// <summary>
    /// Two values back to back, each on a scale from 0 to <paramref name="most"/>; <paramref name="tip"/> says both.
    /// </summary>
    public static Html Diverging(double left, string leftColor, double right, string rightColor, double most, string tip)
    {
        double wide = most > 0 ? left / most * 50 : 0, far = most > 0 ? right / most * 50 : 0;
        return new Html(string.Create(
            CultureInfo.InvariantCulture,
            $"<svg class=\"bar thin\" role=\"img\" aria-label=\"{Html.Escape(tip)}\" width=\"100%\" "
                + $"height=\"14\"><title>{Html.Escape(tip)}</title>"
            + $"<rect x=\"{Numbers.Svg(50 - wide)}%\" width=\"{Numbers.Svg(wide)}%\" height=\"14\" fill=\"{leftColor}\"/>"
            + $"<rect x=\"50%\" width=\"{Numbers.Svg(far)}%\" height=\"14\" fill=\"{rightColor}\"/>"
            + $"<line class=\"axis\" x1=\"50%\" x2=\"50%\" y1=\"0\" y2=\"14\"/></svg>"));
    }

    /// <summary>Black or white, whichever stands out more from a colour.</summary>
    public static string Ink(string color)
    {
        double luminance = Luminance(color);
        return (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) ? "#111" : "#fff";
    }

    /// <summary>A colour let down with white: 0 is white, 1 the colour itself.</summary>
    public static string Tint(string color, double strength)
    {
        int[] channels = [.. Channels(color).Select(c => (int)Math.Round(255 - ((255 - c) * strength)))];
        return string.Create(CultureInfo.InvariantCulture, $"#{channels[0]:x2}{channels[1]:x2}{channels[2]:x2}");
    }

    private static double Luminance(string color)
    {
        double[] linear = [
            .. Channels(color).Select(c => c / 255.0).Select(c => c <= 0.03928 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))];
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }

    private static int[] Channels(string color)
    {
        int rgb = int.Parse(color.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return [rgb >> 16, (rgb >> 8) & 255, rgb & 255];
    }
}
