using System.Globalization;
using System.Text;
using Ldn.Reports.Maps;

namespace Ldn.Reports.Page;

/// <summary>
/// The sheet on which the maps of one zone are drawn: its frame, and the id under which its outline is on the page.
/// </summary>
/// <param name="Frame">Projection, size and place.</param>
/// <param name="OutlineId">Of the path of the zone, defined once by its first map.</param>
/// <param name="Polygons">Reads the polygons of a vector file of the run, in WGS 84; none where it has no such file.</param>
internal sealed record MapSheet(
    MapFrame Frame, string OutlineId, Func<string, IReadOnlyList<IReadOnlyList<IReadOnlyList<double[]>>>> Polygons)
{
    /// <summary>A map of marks over the outline of the zone.</summary>
    /// <param name="label">What it shows, for those who do not see it.</param>
    /// <param name="marks">Markup in pixels of the sheet.</param>
    public Html Map(string label, string marks) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"<svg class=\"marks\" role=\"img\" aria-label=\"{Html.Escape(label)}\" viewBox=\"0 0 {Frame.Width} {Frame.Height}\">"
            + $"<use class=\"outline\" href=\"#{OutlineId}\"/>{marks}</svg>"));

    /// <summary>A numbered dot at a place; nothing where it lies beyond the sheet.</summary>
    public string Dot(double longitude, double latitude, string kind, string number, string tip)
    {
        (double x, double y) = Frame.ToPixel(longitude, latitude);
        double radius = Frame.Width / 45.0;
        return double.IsFinite(x)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"<g class=\"dot {kind}\"><title>{Html.Escape(tip)}</title>"
                    + $"<circle cx=\"{Numbers.Svg(x)}\" cy=\"{Numbers.Svg(y)}\" r=\"{Numbers.Svg(radius)}\"/>"
                    + $"<text x=\"{Numbers.Svg(x)}\" y=\"{Numbers.Svg(y + (radius * 0.4))}\" "
                    + $"font-size=\"{Numbers.Svg(radius * 1.15)}\">{Html.Escape(number)}</text></g>")
            : "";
    }

    /// <summary>The polygons of a feature, closed and filled; nothing where they lie beyond the sheet.</summary>
    public string Shape(IReadOnlyList<IReadOnlyList<double[]>> polygons, string kind)
    {
        var path = new StringBuilder(MapShapes.Path(Frame, polygons));
        if (path.Length == 0 && polygons.Count > 0)
        {
            // Too small to have an outline: a dot where it is.
            (double x, double y) = Frame.ToPixel(polygons[0][0][0], polygons[0][0][1]);
            return double.IsFinite(x)
                ? $"<circle class=\"{kind}\" cx=\"{Numbers.Svg(x)}\" cy=\"{Numbers.Svg(y)}\" r=\"3\"/>"
                : "";
        }

        return $"<path class=\"{kind}\" d=\"{path}\"/>";
    }
}
