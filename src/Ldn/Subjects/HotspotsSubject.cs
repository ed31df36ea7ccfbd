using System.Globalization;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Questions;
using Ldn.Rasters;
using Ldn.Reports.Page;
using Ldn.Tables;
using Ldn.Tables.Prais;
using Ldn.Zones;

namespace Ldn.Subjects;

/// <summary>
/// Where most of the land is degraded, and where most is improved (method §10). Job: <c>strata.hotspots</c>, equal-area cells of
/// <c>cellKm</c>, <c>polygons</c>, or both. Tables: hotspots.csv, PRAIS SO1-4.T4 and T5.
/// </summary>
internal sealed class HotspotsSubject : Subject<HotspotsAsked>
{
    private const double SmallestCellKm = 1;
    private const double LargestCellKm = 2000;
    private static readonly SectionKey<HotspotsConfig> s_hotspots = new(
        "strata.hotspots", SubjectJson.Default.HotspotsConfig,
        "Where hotspots and brightspots are looked for: equal-area cells, polygons, or both", "{ \"cellKm\": 50 }");

    /// <inheritdoc/>
    public override IReadOnlyList<SectionKey> Keys => [s_hotspots];

    /// <inheritdoc/>
    public override IReadOnlyList<PageSection> Sections => [new HotspotsSection()];

    /// <inheritdoc/>
    public override IEnumerable<ResultTable> Kinds(RunStatistics empty) => [new HotspotTables(null, null).Spots(empty)];

    /// <inheritdoc/>
    protected override HotspotsAsked? Read(JobSections sections)
    {
        if (sections.Get(s_hotspots) is not { } hotspots)
            return null;
        if (hotspots.CellKm is null && hotspots.Polygons is null)
            throw Fault.Job.Error("strata.hotspots names neither cells nor polygons", "give cellKm, polygons, or both");
        if (hotspots.CellKm is { } km && !(km is >= SmallestCellKm and <= LargestCellKm))
            throw Fault.Job.Error(
                $"strata.hotspots.cellKm is {km}", $"give the side of a cell in km, from {SmallestCellKm} to {LargestCellKm}");
        LayerInput? polygons = hotspots.Polygons is { } layer
            ? LayerInput.Read(layer, "strata.hotspots.polygons", sections.Files)
            : null;
        if (polygons is { IsPolygons: false })
            throw Fault.Job.Error("strata.hotspots.polygons names no attribute with the polygons' ids", "give its id");
        return new HotspotsAsked(hotspots.CellKm, polygons);
    }

    private protected override Inquiry Open(HotspotsAsked asked, Opening opening) => new HotspotsInquiry(asked, opening.Geodata);
}

/// <summary>Where hot- and brightspots are looked for: in polygons, in equal-area cells, or in both.</summary>
internal sealed record HotspotsConfig
{
    [JobKey("Side of the equal-area cells in km", "50")]
    public double? CellKm { get; init; }

    [JobKey("Polygons in which spots are looked for", "{ \"file\": \"districts.geojson\", \"id\": \"code\" }")]
    public LayerConfig? Polygons { get; init; }
}

/// <summary>Cells of so many km, polygons, or both.</summary>
/// <param name="CellKm">Side of the equal-area cells, km, above 0; null without cells.</param>
internal sealed record HotspotsAsked(double? CellKm, LayerInput? Polygons) : IAsked
{
    /// <inheritdoc/>
    public IEnumerable<(string Layer, string File)> Files => Polygons is null ? [] : [("hotspots", Polygons.File)];
}

/// <summary>
/// Polygons in which hot- and brightspots are looked for: members of places from <paramref name="FirstMember"/> on.
/// </summary>
internal sealed record HotspotPolygons(int FirstMember, IReadOnlyList<string> Ids, IReadOnlyDictionary<string, string> Names);

/// <summary>One question of the latest period: conditions, then the equal-area cell where such cells are asked for.</summary>
internal sealed class HotspotsInquiry(HotspotsAsked asked, IGeodata geodata) : Inquiry
{
    private readonly EqualAreaGrid? _cells = asked.CellKm is { } km ? new EqualAreaGrid(km) : null;
    private HotspotPolygons? _polygons;

    public static string Question(string period) => "hotspots_" + period;

    public override void AddMembers(IMembers members)
    {
        if (asked.Polygons is not { } layer)
            return;
        (IReadOnlyList<Zone> polygons, IReadOnlyList<RowSpan[]> spans) = members.Read(layer.Polygons);
        _polygons = new HotspotPolygons(members.Add(spans), [.. polygons.Select(p => p.Id)], layer.Names);
    }

    public override IEnumerable<Question> Ask(IReadOnlyList<PeriodPlan> periods, PlaceIndex places) =>
        [new Question(Question(periods[^1].Period.Id),
            [new ConditionsPlane(periods.Count - 1), .. _cells is null ? Array.Empty<Plane>()
            : [new EqualAreaPlane(_cells, geodata)]])];

    public override IEnumerable<ResultTable> Report(RunStatistics run) => [new HotspotTables(_cells, _polygons).Spots(run)];

    public override IEnumerable<ResultTable> Prais(PraisFrame frame) => new HotspotTables(_cells, _polygons).Prais(frame.Run);
}

/// <summary>Where most of the land is degraded, and where most of it has improved.</summary>
internal sealed class HotspotsSection : PageSection
{
    private const int Most = 5;

    /// <inheritdoc/>
    public override string Table => "hotspots";

    internal override SectionContent? Of(SectionPage page)
    {
        IReadOnlyList<Row> rows = page.Latest(Table);
        Row[] hot = First(rows, HotspotTables.HotspotRank), bright = First(rows, HotspotTables.BrightspotRank);
        if (hot.Length + bright.Length == 0)
            return null;
        string sentence = hot is [var first, ..]
            ? page.Texts.Format(
                "section.hotspots", Place(page, first), page.Numbers.Percent(first[HotspotTables.DegradedShare]?.ToDouble()))
            : page.Texts["section.hotspots.none"];
        string marks = page.Sheet is null
            ? ""
            : string.Concat(
                bright.Select((r, i) => Dot(page, r, "bright", i + 1))
                    .Concat(hot.Select((r, i) => Dot(page, r, "hot", i + 1))));
        return new SectionContent(
            sentence, marks.Length > 0 ? page.Sheet!.Map(sentence, marks) : null,
            new SmallTable(
                [
                    ("", true), (page.Texts["section.hotspots.hot"], false), page.Number(HotspotTables.DegradedShare),
                    (page.Texts["section.hotspots.bright"], false), page.Number(HotspotTables.ImprovedShare),
                ],
                [
                    .. Enumerable.Range(0, Math.Max(hot.Length, bright.Length)).Select(i => new object[]
                    {
                        (i + 1).ToString(CultureInfo.InvariantCulture), Name(hot, i),
                        Share(hot, i, HotspotTables.DegradedShare), Name(bright, i),
                        Share(bright, i, HotspotTables.ImprovedShare),
                    }),
                ]));

        string Name(Row[] spots, int i) => i < spots.Length ? Place(page, spots[i]) : "";
        string Share(Row[] spots, int i, Column<Counting.Ratio> column) =>
            i < spots.Length ? page.Numbers.Percent(spots[i][column]?.ToDouble()) : "";
    }

    /// <summary>The first by rank; of polygons, where there are both kinds.</summary>
    private static Row[] First(IReadOnlyList<Row> rows, Column<long> rank) =>
    [
        .. rows.Where(r => r[rank] is not null).OrderBy(r => r[HotspotTables.SpotKind] == "polygon" ? 0 : 1)
            .ThenBy(r => r[rank]).Take(Most),
    ];

    private static string Dot(SectionPage page, Row row, string kind, int number) =>
        row[HotspotTables.Longitude] is { } longitude && row[HotspotTables.Latitude] is { } latitude
            ? page.Sheet!.Dot(longitude, latitude, kind, number.ToString(CultureInfo.InvariantCulture), Place(page, row))
            : "";

    private static string Place(SectionPage page, Row row)
    {
        if (row[HotspotTables.SpotName] is { Length: > 0 } name)
            return name;
        return row[HotspotTables.Longitude] is { } east && row[HotspotTables.Latitude] is { } north
            ? $"{page.Texts.Latitude(north, "F1")}{page.Texts["list.comma"]}{page.Texts.Longitude(east, "F1")}"
            : row[HotspotTables.SpotId]!;
    }
}
