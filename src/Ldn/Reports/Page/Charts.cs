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

    /// <summary>Bars of segments below each other, each with its name, and what the colours mean above them.</summary>
    public static Html Bars(Numbers numbers, IReadOnlyList<(string Name, IReadOnlyList<Segment> Segments)> bars)
    {
        var html = new StringBuilder(Legend([.. bars.SelectMany(b => b.Segments).Where(s => s.Share > 0)]));
        html.Append("<div class=\"bars\">");
        foreach ((string name, IReadOnlyList<Segment> segments) in bars)
            html.Append("<div class=\"row\"><span>").Append(Html.Escape(name)).Append("</span>")
                .Append(Stacked(numbers, name, segments).Markup).Append("</div>");
        return new Html(html.Append("</div>").ToString());
    }

    /// <summary>What colours mean, each once, in the order in which they come.</summary>
    private static string Legend(IEnumerable<Segment> segments) =>
        "<ul class=\"legend\">" + string.Concat(segments.DistinctBy(s => (s.Name, s.Color)).Select(s =>
            $"<li><i{(Palette.IsLoss(s.Color) ? " class=\"loss\"" : "")} style=\"background-color:{s.Color}\"></i>"
                + $"{Html.Escape(s.Name)}</li>")) + "</ul>";

    /// <summary>A bar of segments that make up the whole.</summary>
    public static Html Stacked(Numbers numbers, string label, IReadOnlyList<Segment> segments)
    {
        Segment[] shown = [.. segments.Where(s => s.Share > 0)];
        string spoken = $"{label}: {string.Join(", ", shown.Select(s => $"{s.Name} {numbers.Percent(s.Share)}"))}";
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
                    $"<title>{Html.Escape($"{segment.Name}: {numbers.Percent(segment.Share)}{segment.Detail}")}</title></rect>");
            if (Palette.IsLoss(segment.Color))
                svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<rect class=\"hatch\" x=\"{Numbers.Svg(x)}%\" width=\"{Numbers.Svg(segment.Share)}%\" "
                        + $"height=\"{BarHeight}\"/>");
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
    /// From one value to another, with a line where the figure is, on a scale from <paramref name="from"/> to
    /// <paramref name="to"/>; said in the table beside it, so silent for readers of screens. What has no width is a stroke.
    /// </summary>
    public static Html Span(double low, double high, double figure, double from, double to, string color)
    {
        // A little room at both ends, so that a stroke there is seen whole.
        double X(double value) => to > from ? 2 + (96 * (value - from) / (to - from)) : 50;
        return new Html(string.Create(
            CultureInfo.InvariantCulture,
            $"<svg class=\"bar thin\" aria-hidden=\"true\" width=\"100%\" height=\"14\"><rect "
                + $"x=\"{Numbers.Svg(X(low))}%\" width=\"{Numbers.Svg(Math.Max(0.8, X(high) - X(low)))}%\" y=\"2\" "
                + $"height=\"10\" fill=\"{color}\"/><line class=\"axis\" x1=\"{Numbers.Svg(X(figure))}%\" "
                + $"x2=\"{Numbers.Svg(X(figure))}%\" y1=\"0\" y2=\"14\"/></svg>"));
    }

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

    /// <summary>
    /// Stacked columns by year on a scale of per cent that ends at the highest; years too close for their names have every
    /// second, third … told.
    /// </summary>
    public static Html Columns(Numbers numbers, string label, IReadOnlyList<(string Year, IReadOnlyList<Segment> Parts)> columns)
    {
        const double width = 520, height = 200, left = 44, bottom = 24, top = 12;
        double most = Math.Max(columns.Max(c => c.Parts.Sum(p => p.Share)), 1);
        double step = (width - left) / columns.Count, scale = (height - bottom - top) / most;
        int every = Math.Max(1, (int)Math.Ceiling(40 / step));
        StringBuilder svg = Open(label, width, height);
        Axis(svg, left, width, height - bottom, "0");
        Axis(svg, left, width, top, numbers.Percent(most));
        foreach ((int i, (string year, IReadOnlyList<Segment> parts)) in columns.Index())
        {
            double x = left + (i * step), y = height - bottom;
            foreach (Segment part in parts.Where(p => p.Share > 0))
            {
                y -= part.Share * scale;
                svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<rect x=\"{Numbers.Svg(x + (step * 0.12))}\" y=\"{Numbers.Svg(y)}\" width=\"{Numbers.Svg(step * 0.76)}\" "
                        + $"height=\"{Numbers.Svg(part.Share * scale)}\" fill=\"{part.Color}\">")
                    .Append("<title>").Append(Html.Escape($"{year}, {part.Name}: {numbers.Percent(part.Share)}"))
                    .Append("</title></rect>");
            }

            if (i % every == 0)
                Text(svg, x + (step / 2), height - 7, "middle", year);
        }

        return new Html(Legend(columns.SelectMany(c => c.Parts)) + svg.Append("</svg>"));
    }

    /// <summary>
    /// A line through known values, dashed on to the projected one, and level across the value that it may not exceed.
    /// </summary>
    public static Html Line(
        Numbers numbers, string label, IReadOnlyList<(long Year, double Value)> known, (long Year, double Value) projected,
        double aim, string aimName)
    {
        const double width = 520, height = 220, left = 16, right = 70, bottom = 26, top = 24;
        double most = Math.Max(known.Append(projected).Max(k => k.Value), Math.Max(aim, 1)) * 1.08;
        double least = Math.Min(0, projected.Value);
        (long first, long last) = (known[0].Year, Math.Max(projected.Year, known[^1].Year));
        double X(long year) => left + ((width - left - right) * (year - first) / Math.Max(1, last - first));
        double Y(double value) => height - bottom - ((height - bottom - top) * (value - least) / (most - least));
        StringBuilder svg = Open(label, width, height);
        Axis(svg, left, width, Y(0), "");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<line class=\"aim\" x1=\"{left}\" x2=\"{width}\" y1=\"{Numbers.Svg(Y(aim))}\" y2=\"{Numbers.Svg(Y(aim))}\"/>");
        Text(svg, width, Y(aim) + 15, "end", aimName);
        string points = string.Join(" ", known.Select(k => $"{Numbers.Svg(X(k.Year))},{Numbers.Svg(Y(k.Value))}"));
        svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"known\" points=\"{points}\"/>")
            .Append(CultureInfo.InvariantCulture, $"<line class=\"ahead\" x1=\"{Numbers.Svg(X(known[^1].Year))}\" ")
            .Append(CultureInfo.InvariantCulture, $"y1=\"{Numbers.Svg(Y(known[^1].Value))}\" ")
            .Append(
                CultureInfo.InvariantCulture,
                $"x2=\"{Numbers.Svg(X(projected.Year))}\" y2=\"{Numbers.Svg(Y(projected.Value))}\"/>");
        foreach ((long year, double value) in known.Append(projected))
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<circle class=\"point{(year == projected.Year ? " open" : "")}\" cx=\"{Numbers.Svg(X(year))}\" "
                    + $"cy=\"{Numbers.Svg(Y(value))}\" r=\"4.5\"/>");
            bool rises = year == first && known[1].Value > value;
            Text(
                svg, X(year), Y(value) + (rises ? 20 : -10), year == first ? "start" : "middle",
                numbers.Whole(value));
            Text(svg, X(year), height - 7, year == first ? "start" : "middle", year.ToString(CultureInfo.InvariantCulture));
        }

        return new Html(svg.Append("</svg>").ToString());
    }

    private static StringBuilder Open(string label, double width, double height) => new StringBuilder().Append(
        CultureInfo.InvariantCulture,
        $"<svg class=\"plot\" role=\"img\" aria-label=\"{Html.Escape(label)}\" viewBox=\"0 0 {width} {height}\">");

    private static void Axis(StringBuilder svg, double left, double right, double y, string name)
    {
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<line class=\"grid\" x1=\"{left}\" x2=\"{right}\" y1=\"{Numbers.Svg(y)}\" y2=\"{Numbers.Svg(y)}\"/>");
        Text(svg, left - 4, y + 4, "end", name);
    }

    private static void Text(StringBuilder svg, double x, double y, string anchor, string text) => svg.Append(
        CultureInfo.InvariantCulture,
        $"<text x=\"{Numbers.Svg(x)}\" y=\"{Numbers.Svg(y)}\" text-anchor=\"{anchor}\">{Html.Escape(text)}</text>");

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
