using System.Globalization;
using Ldn.Rasters;
using Ldn.Reports.Maps;

namespace Ldn.Reports.Page;

/// <summary>
/// Draws the maps of the page: all rasters for groups, the main ones for zones, and none beyond a number of zones that a page can
/// carry.
/// </summary>
internal sealed class MapViews
{
    /// <summary>Zones with maps.</summary>
    public const int MostZones = 12;

    private const int GroupWidth = 900;
    private const int ZoneWidth = 480;
    private readonly RunDocument _document;
    private readonly Figures _figures;
    private readonly IReadOnlyList<ZoneShape> _shapes;
    private readonly IReadOnlyList<RunRaster> _rasters;
    private readonly Texts _texts;
    private readonly IGeodata _geodata;
    private readonly Func<string, IReadOnlyList<IReadOnlyList<IReadOnlyList<double[]>>>> _polygons;
    private readonly int _zones;
    private int _drawn;

    public MapViews(
        RunDocument document, Figures figures, IReadOnlyList<ZoneShape> shapes, IReadOnlyList<RunRaster> rasters, Texts texts,
        IGeodata geodata, Func<string, IReadOnlyList<IReadOnlyList<IReadOnlyList<double[]>>>> polygons)
    {
        _polygons = polygons;
        (_document, _figures, _shapes, _rasters, _texts, _geodata) = (document, figures, shapes, rasters, texts, geodata);
        _zones = shapes.Count > 0 ? shapes.Count : 1;
    }

    /// <summary>The number of zones that have maps, where there are more.</summary>
    public int? Cut => !None && _zones > MostZones ? MostZones : null;

    /// <summary>Whether there is nothing to draw.</summary>
    public bool None => _rasters.Count == 0;

    /// <summary>
    /// The sheet and the maps of a zone or group, drawn one by one as they are asked for; null where it has none.
    /// </summary>
    public (MapSheet Sheet, IEnumerable<View> Maps)? Of(Subject subject)
    {
        if (None || (!subject.IsGroup && ++_drawn > MostZones))
            return null;
        IReadOnlyList<double[]>[] polygons =
            [.. _shapes.Where(s => subject.IsGroup ? s.Groups.Contains(subject.Id) : s.Id == subject.Id).SelectMany(s => s.Polygons)];

        // A zone of a raster has no outline; the first of them shows the whole run instead.
        if (polygons.Length == 0 && (_shapes.Count > 0 || _drawn > 1))
            return null;
        int width = subject.IsGroup || polygons.Length == 0 ? GroupWidth : ZoneWidth;
        MapFrame? frame = polygons.Length > 0
            ? MapFrame.Around(polygons, width, width)
            : MapFrame.Around(GridPoints.LonLat(_rasters[0].Grid, _geodata), width, width);
        return frame is null ? null : (new MapSheet(frame, OutlineId(subject), _polygons), Drawn(subject, frame, polygons));
    }

    private IEnumerable<View> Drawn(Subject subject, MapFrame frame, IReadOnlyList<double[]>[] polygons)
    {
        bool[]? mask = polygons.Length > 0 ? MapShapes.Mask(frame, polygons) : null;
        string outline = MapShapes.Path(frame, polygons);
        var painter = new MapPainter(frame, mask, _rasters[0], _geodata);
        foreach ((int i, RunRaster raster) in Chosen(subject).Index())
            yield return Map(subject, raster, frame, painter, outline, i == 0);
    }

    /// <summary>
    /// For groups every raster, the latest period first; for zones the condition of the baseline, the latest status, and the
    /// latest sub-indicators.
    /// </summary>
    private IEnumerable<RunRaster> Chosen(Subject subject)
    {
        string last = _document.Periods[^1].Id;
        IEnumerable<RunRaster> all = _document.Periods.Reverse().SelectMany(p => _rasters.Where(r => r.Period == p.Id));
        return subject.IsGroup
            ? all
            : all.Where(r => r.Layer switch
            {
                "status" => r.Period == last,
                "sdg_15_3_1" => r.Period == "baseline",
                _ => r.Period == last,
            });
    }

    /// <summary>What the colours of the maps mean: once for conditions, once for status.</summary>
    public View[] Legends =>
    [
        .. _rasters.DistinctBy(r => r.IsStatus).OrderBy(r => r.IsStatus).Select(r => new View
        {
            ["legend"] = _texts[r.IsStatus ? "indicator.status" : "report.conditions"],
            ["classes"] = r.Classes.Select(c => new View { ["class"] = _texts.Class(c.Name), ["color"] = c.Color })
                .Append(new View { ["class"] = _texts["report.no_data_or_water"], ["color"] = MapPainter.NothingColor })
                    .ToArray(),
        }),
    ];

    /// <summary>
    /// The indicator of a reporting period is its condition alone, another figure than the one reported, and named so.
    /// </summary>
    private string Title(RunRaster raster) => _texts.Indicator(
        raster.Kind == Pass.IndicatorOutputs.Indicator && raster.Period != _document.Periods[0].Id
            ? "own_condition"
            : raster.Layer);

    private View Map(Subject subject, RunRaster raster, MapFrame frame, MapPainter painter, string outline, bool first)
    {
        DocumentPeriod period = _document.Periods.First(p => p.Id == raster.Period);
        string title = Title(raster), years = _figures.PeriodLabel(period, _texts);
        (double kilometres, double share) = Scale(frame);
        return new View
        {
            ["title"] = title,
            ["period"] = _texts.Period(period.Id),
            ["years"] = _figures.Years(period, _texts),
            ["label"] = _texts.Format(
                "report.map_of", subject.Name, $"{title}, {years}",
                string.Join(", ", raster.Classes.Select(c => _texts.Class(c.Name)))),
            ["wide"] = first && subject.IsGroup,
            ["width"] = frame.Width.ToString(CultureInfo.InvariantCulture),
            ["height"] = frame.Height.ToString(CultureInfo.InvariantCulture),
            ["ratio"] = Numbers.Svg((double)frame.Width / frame.Height),
            ["image"] = (Action<TextWriter>)(writer => WriteImage(writer, painter.Paint(raster))),
            ["outline_id"] = OutlineId(subject),
            ["outline"] = first ? outline : null,
            ["scale"] = _texts.Format("report.scale", kilometres.ToString("N0", CultureInfo.InvariantCulture)),
            ["scale_width"] = Numbers.Svg(share),
        };
    }

    private static string OutlineId(Subject subject) => $"outline-{(subject.IsGroup ? "g" : "z")}-{Anchor(subject.Id)}";

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
}
