using System.Globalization;
using System.Text;
using Ldn.Rasters;
using Ldn.Reports.Maps;
using Ldn.Tables;

namespace Ldn.Reports.Page;

/// <summary>The maps of one zone or group: its sheet, the large map with what lies around it, and the others.</summary>
/// <param name="Sheet">On which all of them are drawn.</param>
/// <param name="Viewer">The large map.</param>
/// <param name="Others">Drawn one by one as they are asked for.</param>
internal sealed record ZoneMaps(MapSheet Sheet, View Viewer, IEnumerable<View> Others);

/// <summary>
/// Draws the maps of the page: a large one for each zone and group with neighbours, parallels and meridians, and every other
/// layer and period beside it, which the script lays into the large one. None beyond the number of zones asked for.
/// </summary>
internal sealed class MapViews
{
    private const int GroupWidth = 900;
    private readonly RunDocument _document;
    private readonly Figures _figures;
    private readonly IReadOnlyList<ZoneShape> _shapes;
    private readonly IReadOnlyList<RunRaster> _rasters;
    private readonly Texts _texts;
    private readonly IGeodata _geodata;
    private readonly PageOptions _options;
    private readonly int _zones;
    private readonly Dictionary<Subject, Drawing> _drawings = new(ReferenceEqualityComparer.Instance);

    public MapViews(
        RunDocument document, Figures figures, IReadOnlyList<ZoneShape> shapes, IReadOnlyList<RunRaster> rasters, Texts texts,
        IGeodata geodata, PageOptions options)
    {
        (_document, _figures, _shapes, _rasters, _texts, _geodata, _options) =
            (document, figures, shapes, rasters, texts, geodata, options);
        _zones = shapes.Count > 0 ? shapes.Count : 1;
        int drawn = 0;
        (Subject Subject, int Number)[] wanted = None ? [] : [
            .. figures.Subjects.Select(s => (Subject: s, Number: s.IsGroup ? drawn : ++drawn))
                .Where(s => s.Subject.IsGroup || s.Number <= options.MostMaps)];
        foreach (Drawing drawing in FewAtOnce.Select(wanted, s => Draw(s.Subject, s.Number), options.Threads).OfType<Drawing>())
            _drawings[drawing.Subject] = drawing;
    }

    /// <summary>The number of zones that have maps, where there are more.</summary>
    public int? Cut => !None && _zones > _options.MostMaps ? _options.MostMaps : null;

    /// <summary>Whether there is nothing to draw.</summary>
    public bool None => _rasters.Count == 0;

    /// <summary>The maps of a zone or group; null where it has none.</summary>
    public ZoneMaps? Of(Subject subject)
    {
        if (!_drawings.TryGetValue(subject, out Drawing? drawing))
            return null;
        var sheet = new MapSheet(
            drawing.Frame, $"outline-{(subject.IsGroup ? "g" : "z")}-{Anchor(subject.Id)}", _options.Polygons);
        View viewer = Map(subject, drawing.Images[0], sheet);
        Around(viewer, subject, sheet, drawing.Members);
        return new ZoneMaps(sheet, viewer, drawing.Images.Skip(1).Select(image => Map(subject, image, sheet)));
    }

    /// <summary>The images of a zone or group; null where it has none. For several threads at once.</summary>
    private Drawing? Draw(Subject subject, int number)
    {
        ZoneShape[] members = [.. _shapes.Where(s => subject.IsGroup ? s.Groups.Contains(subject.Id) : s.Id == subject.Id)];
        IReadOnlyList<double[]>[] polygons = [.. members.SelectMany(s => s.Polygons)];

        // A zone of a raster has no outline; the first of them shows the whole run instead.
        if (polygons.Length == 0 && (_shapes.Count > 0 || number > 1))
            return null;
        int width = subject.IsGroup || polygons.Length == 0 ? GroupWidth : ZoneWidth();
        MapFrame? frame = polygons.Length > 0
            ? MapFrame.Around(polygons, width, width)
            : MapFrame.Around(GridPoints.LonLat(_rasters[0].Grid, _geodata), width, width);
        if (frame is null)
            return null;
        var painter = new MapPainter(frame, polygons.Length > 0 ? MapShapes.Mask(frame, polygons) : null, _rasters[0], _geodata);
        return new Drawing(
            subject, frame, members, [.. Chosen(subject.IsGroup || _zones <= 2).Select(r => (r, painter.Paint(r)))]);
    }

    /// <summary>
    /// What the colours of the maps mean: once for conditions, for status, and for each other kind of classes.
    /// </summary>
    public View[] Legends =>
    [
        .. _rasters.DistinctBy(LegendId).OrderBy(r => r.IsStatus ? 0 : 1).Select(r => new View
        {
            ["legend_id"] = LegendId(r),
            ["legend"] = LegendId(r) == "condition" ? _texts["report.conditions"] : _texts.Indicator(r.Layer),
            ["classes"] = r.Classes.Select(c => new View { ["class"] = _texts.Class(c.Name), ["color"] = c.Color })
                .Append(new View { ["class"] = _texts["report.no_data_or_water"], ["color"] = MapPainter.NothingColor })
                .ToArray(),
        }),
    ];

    /// <summary>The figures of a zone as its map says them to who points at it.</summary>
    public string Says(Subject subject)
    {
        Row? row = _figures.Headline(subject.Id, _document.Periods[^1].Id);
        Counting.Area? land = row?[Columns.Land];
        return _texts.Format(
            "map.says", subject.Name, _texts.Numbers.Percent(row?[Columns.DegradedOfLand]?.ToDouble()),
            _texts.Numbers.Percent(land is null ? null : row![Columns.Improved]?.PercentOf(land.Value)?.ToDouble()),
            _texts.Numbers.Percent(row?[ConditionTables.NoDataShare]?.ToDouble()));
    }

    /// <summary>
    /// Pixels across the maps of a zone: the fewer, the more zones have maps, so that the page can still be mailed.
    /// </summary>
    private int ZoneWidth() => Math.Min(_zones, _options.MostMaps) switch
    {
        <= 2 => GroupWidth,
        <= 8 => 640,
        <= 16 => 440,
        _ => 280,
    };

    /// <summary>
    /// The latest period first. Of many zones, sub-indicators are drawn of the latest period alone; what is reported and its
    /// parts, of every one.
    /// </summary>
    private IEnumerable<RunRaster> Chosen(bool all)
    {
        string last = _document.Periods[^1].Id;
        return _document.Periods.Reverse().SelectMany(p => _rasters.Where(r => r.Period == p.Id))
            .Where(r => all || r.Period == last || r.IsStatus || r.Kind == Pass.IndicatorOutputs.Indicator);
    }

    /// <summary>Outlines, neighbours, parallels and meridians of the large map; whom a click on each leads to.</summary>
    private void Around(View viewer, Subject subject, MapSheet sheet, ZoneShape[] members)
    {
        View Zone(ZoneShape shape, string path)
        {
            Subject? of = _figures.Subjects.FirstOrDefault(s => !s.IsGroup && s.Id == shape.Id);
            return new View
            {
                ["member_id"] = $"{sheet.OutlineId}-{Anchor(shape.Id)}",
                ["path"] = path,
                ["to"] = of is null ? "overview" : _figures.AnchorOf(of),
                ["says"] = of is null ? shape.Name : Says(of),
            };
        }

        (string path, IReadOnlyList<(double X, double Y, string Name)> names) = Graticule.Of(sheet.Frame, _texts);
        viewer["members"] = members.Select(m => Zone(m, MapShapes.Path(sheet.Frame, m.Polygons))).ToArray();
        viewer["neighbours"] = _shapes.Except(members).Select(s => (Shape: s, Path: Graticule.Land(sheet.Frame, s.Polygons)))
            .Where(s => s.Path.Length > 0).Select(s => Zone(s.Shape, s.Path)).ToArray();
        viewer["graticule"] = path;
        viewer["names"] = names.Select(n => new View
        {
            ["x"] = Numbers.Svg(Math.Round(n.X, 1)),
            ["y"] = Numbers.Svg(Math.Round(n.Y, 1)),
            ["name"] = n.Name,
        }).ToArray();
        viewer["unit"] = Numbers.Svg(Math.Round(sheet.Frame.Width / 70.0, 1));
    }

    private View Map(Subject subject, (RunRaster Raster, byte[] Png) image, MapSheet sheet)
    {
        RunRaster raster = image.Raster;
        DocumentPeriod period = _document.Periods.First(p => p.Id == raster.Period);
        string title = Title(raster), years = _figures.PeriodLabel(period, _texts);
        (double kilometres, double share) = Scale(sheet.Frame);
        return new View
        {
            ["layer"] = raster.Layer,
            ["title"] = title,
            ["period"] = _texts.Period(period.Id),
            ["years"] = _figures.Years(period, _texts),
            ["label"] = _texts.Format(
                "report.map_of", subject.Name, $"{title}, {years}",
                string.Join(", ", raster.Classes.Select(c => _texts.Class(c.Name)))),
            ["legend_id"] = LegendId(raster),
            ["width"] = sheet.Frame.Width.ToString(CultureInfo.InvariantCulture),
            ["height"] = sheet.Frame.Height.ToString(CultureInfo.InvariantCulture),
            ["ratio"] = Numbers.Svg((double)sheet.Frame.Width / sheet.Frame.Height),
            ["image"] = (Action<TextWriter>)(writer => WriteImage(writer, image.Png)),
            ["outline_id"] = sheet.OutlineId,
            ["kilometres"] = Numbers.Svg(kilometres),
            ["scale"] = _texts.Format("report.scale", _texts.Numbers.Of(kilometres, "#,0.###")),
            ["scale_width"] = Numbers.Svg(share),
        };
    }

    private string Title(RunRaster raster) => raster.Title(_document, _texts);

    private static string LegendId(RunRaster raster) =>
        raster.Classes is [{ Name: "degraded" }, ..] ? "condition" : raster.Layer;

    /// <summary>An image as the address of a data URL.</summary>
    internal static void WriteImage(TextWriter writer, ReadOnlySpan<byte> png)
    {
        const int part = 3 << 12;
        writer.Write("data:image/png;base64,");
        for (; png.Length > part; png = png[part..])
            writer.Write(Convert.ToBase64String(png[..part]));
        writer.Write(Convert.ToBase64String(png));
    }

    /// <summary>A round length near a fifth of the map's width, in km and per cent of the width.</summary>
    internal static (double Kilometres, double Share) Scale(MapFrame frame)
    {
        double width = frame.Width * frame.PixelSize / 1000, target = width / 5;
        double power = Math.Pow(10, Math.Floor(Math.Log10(target)));
        double kilometres = power * (target / power >= 5 ? 5 : target / power >= 2 ? 2 : 1);
        return (kilometres, kilometres / width * 100);
    }

    /// <summary>An identifier from any id: letters and digits stay, the rest is told apart by its code.</summary>
    private static string Anchor(string id) =>
        string.Concat(
            id.Select(
                c => char.IsAsciiLetterOrDigit(c) ? c.ToString() : "-" + ((int)c).ToString("x", CultureInfo.InvariantCulture)));

    /// <summary>The maps of one zone or group as images, in their order on the page.</summary>
    private sealed record Drawing(
        Subject Subject, MapFrame Frame, ZoneShape[] Members, (RunRaster Raster, byte[] Png)[] Images);
}

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
