using System.Globalization;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Reports;
using Ldn.Reports.Page;
using Ldn.Tables;
using Ldn.Tables.Prais;
using Ldn.Zones;

namespace Ldn.Subjects;

/// <summary>
/// Restoration and control projects beside what surrounds them (method §10). Job: <c>activities</c>, polygons with id and, where
/// they are known, name, stakeholder, type, start_year. Tables: activities.csv, by stakeholder and by type; activities.gpkg.
/// Tells targets the area of activities of a type.
/// </summary>
internal sealed class ActivitiesSubject : Subject<ActivitiesAsked>
{
    private const double WidestRingKm = 1000;
    private static readonly SectionKey<ActivitiesConfig> s_activities = new(
        "activities", SubjectJson.Default.ActivitiesConfig,
        "Polygons of restoration or control projects", "{ \"file\": \"projects.gpkg\", \"ringKm\": 5 }");

    /// <inheritdoc/>
    public override IReadOnlyList<SectionKey> Keys => [s_activities];

    /// <inheritdoc/>
    public override IReadOnlyList<PageSection> Sections => [new ActivitiesSection()];

    /// <inheritdoc/>
    public override IEnumerable<ResultTable> Kinds(RunStatistics empty) => ActivityTables.All(empty, []);

    /// <inheritdoc/>
    protected override ActivitiesAsked? Read(JobSections sections)
    {
        if (sections.Get(s_activities) is not { } config)
            return null;
        string file = config.File is { Length: > 0 } given
            ? given
            : throw Fault.Job.Error("activities name no 'file'", "give the polygons of the activities");
        if (config.RingKm is { } km && !(km is > 0 and <= WidestRingKm))
            throw Fault.Job.Error(
                FormattableString.Invariant($"activities.ringKm is {km}"),
                $"give the width of the ring in km, above 0 and up to {WidestRingKm}");
        return new ActivitiesAsked(sections.Files.Resolved(file), config.Layer, config.RingKm);
    }

    private protected override Inquiry Open(ActivitiesAsked asked, Opening opening) =>
        new ActivitiesInquiry(asked, opening.Geodata);
}

/// <summary>
/// Activities as written in a job: polygons with <c>id</c> and, where they are known, <c>name</c>, <c>stakeholder</c>,
/// <c>type</c>, <c>start_year</c>.
/// </summary>
internal sealed record ActivitiesConfig
{
    [JobKey("Polygons with id and, where known, name, stakeholder, type, start_year", "\"projects.gpkg\"")]
    public string? File { get; init; }

    [JobKey("Layer of the file, where it has several", "\"projects\"")]
    public string? Layer { get; init; }

    [JobKey("Width in km of the ring that an activity is compared with; without it the rest of its zone", "5")]
    public double? RingKm { get; init; }
}

/// <summary>A layer of activities; <paramref name="RingKm"/> is null where the rest of the zone is the comparison.</summary>
/// <param name="RingKm">Width of the ring on the ground, km, above 0.</param>
internal sealed record ActivitiesAsked(string File, string? Layer, double? RingKm) : IAsked
{
    /// <inheritdoc/>
    public IEnumerable<(string Layer, string File)> Files => [("activities", File)];
}

/// <summary>
/// One restoration or control project (method §10): where it is, as a member of places, and the ring round it, −1 where the rest
/// of its zone is the comparison. Texts are empty, the year null, where the layer does not tell them.
/// </summary>
internal sealed record Activity(
    string Id, string Name, string Stakeholder, string Type, int? StartYear, int Member, int RingMember)
{
    /// <summary>Source of funding, where the layer tells it (<c>funding</c>).</summary>
    public string Funding { get; init; } = "";
}

/// <summary>
/// Reads the polygons and lays them, and the rings round them, over the places. Asks of each period how soil carbon changed.
/// </summary>
internal sealed class ActivitiesInquiry(ActivitiesAsked asked, IGeodata geodata) : Inquiry, ITargetSource
{
    /// <summary>In file order.</summary>
    public IReadOnlyList<Activity> Activities { get; private set; } = [];

    /// <exception cref="LdnException">Exit 2: no attribute <c>id</c>, a start year that is none. Exit 3: two activities with one
    /// id, no features.</exception>
    public override void AddMembers(IMembers members)
    {
        VectorLayer layer = geodata.ReadPolygons(asked.File, asked.Layer);
        ZoneLayer polygons = ZoneLayer.From(layer, "id", layer.Find("name") >= 0 ? "name" : null, dissolve: false);
        members.Warnings.AddRange(polygons.Warnings);
        if (layer.Renamed("stakeholder", "type", "start_year", "funding") is { } renamed)
            members.Warnings.Add(renamed);
        IReadOnlyList<RowSpan[]> spans = polygons.Spans(members.Grid, geodata);
        int member = members.Add(spans), ring = -1;
        for (int i = 0; i < spans.Count; i++)
            if (members.CellCount(member + i) == 0)
                members.Warnings.Add(
                    Fault.EmptyZone.Say(
                        $"activity {polygons.Zones[i].Id}: no cell of the zones has its centre inside, so it has no figures"));
        if (asked.RingKm is { } km)
            ring = members.Add(
                [.. layer.Features.Select((feature, i) => Ring(layer, feature, $"{polygons.Name}, activity "
                    + $"{polygons.Zones[i].Id}", km, members.Grid))]);
        Activities = [
            .. layer.Features.Select(
                (feature, i) => Read(asked.File, layer, feature, polygons.Zones[i], member + i, ring < 0 ? -1 : ring + i))];
    }

    public override IEnumerable<Question> Ask(IReadOnlyList<PeriodPlan> periods, PlaceIndex places) =>
        ClimateInquiry.Questions(periods);

    public override IEnumerable<ResultTable> Report(RunStatistics run) =>
        Activities.Count > 0 ? ActivityTables.All(run, Activities) : [];

    public override IEnumerable<ResultTable> Prais(PraisFrame frame) =>
        Activities.Count > 0 ? [PraisPlaces.Activities(frame, Activities)] : [];

    public override IEnumerable<(string File, VectorTable Layer)> Layers(RunStatistics run) =>
        [("activities.gpkg", ActivityLayer.Of(run, asked, Activities, geodata))];

    /// <summary>Area of the union of the activities of a type, water included.</summary>
    public TargetFigures? Of(RunStatistics run, TargetMetric metric, int zone) =>
        metric.Kind == TargetMetricKind.ActivityArea && ActivityTables.AreaOfType(run, Activities, metric.Layer!) is { } areas
        ? TargetFigures.OfLast(run, areas[zone]) : null;

    /// <summary>The cells within the widened polygons; the activities among them are left out when figures are made.</summary>
    private RowSpan[] Ring(VectorLayer layer, VectorFeature feature, string name, double km, Grid grid)
    {
        if (feature.Polygons.Count == 0)
            return [];
        (Crs crs, VectorFeature widened) = geodata.Widen(layer.Crs, feature, km * 1000, name);
        using var projector = new PolygonProjector(crs, grid, geodata);
        return projector.Spans(widened, name);
    }

    private static Activity Read(string file, VectorLayer layer, VectorFeature feature, Zone zone, int member, int ring)
    {
        string Text(string field) => layer.Text(feature, field);
        string start = Text("start_year");
        int? year = start.Length == 0 ? null
            : int.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out int given)
                && given is >= 1000 and <= 9999 ? given
            : throw Fault.InputTable.Error(
                $"activities {file}: activity {zone.Id}, start_year: '{start}' is not a year",
                "write four digits, or leave it empty");
        return new Activity(zone.Id, zone.Name, Text("stakeholder"), Text("type"), year, member, ring)
        {
            Funding = Text("funding")
        };
    }
}

/// <summary>Activities beside their surroundings, and where they are.</summary>
internal sealed class ActivitiesSection : PageSection
{
    private const int Most = 12;

    /// <inheritdoc/>
    public override string Table => "activities";

    internal override SectionContent? Of(SectionPage page)
    {
        var all = page.Latest(Table).GroupBy(r => r[ActivityTables.ActivityId]!)
            .Select(a => (Name: Name(a.First()), Inside: Part(a, "inside"), Around: Part(a, "surroundings")))
            .Where(a => a.Inside is not null).ToList();
        if (all.Count == 0)
            return null;
        int better = all.Count(a => Improved(a.Inside) > Improved(a.Around));
        string sentence = page.Texts.Format("section.activities", better, all.Count);
        string marks = string.Concat(
            (page.Sheet?.Polygons("activities.gpkg") ?? []).Select(feature => page.Sheet!.Shape(feature, "activity")));
        return new SectionContent(
            sentence, marks.Length > 0 ? page.Sheet!.Map(page.Texts["section.activities.map"], marks) : null,
            new SmallTable(
                [
                    page.Name(ActivityTables.ActivityName),
                    .. new[] { ActivityTables.ImprovedOfLand, Columns.DegradedOfLand }.SelectMany(c => new[]
                    {
                        ($"{page.Texts.Caption(c)}: {page.Texts["word.inside"]}", true),
                        ($"{page.Texts["word.surroundings"]}", true),
                    }),
                ],
                [
                    .. all.Take(Most).Select(a => new object[]
                    {
                        a.Name, page.Numbers.Percent(Improved(a.Inside)), page.Numbers.Percent(Improved(a.Around)),
                        page.Numbers.Percent(Degraded(a.Inside)), page.Numbers.Percent(Degraded(a.Around)),
                    }),
                ]),
            page.Texts["section.activities.note"]);

        static Row? Part(IEnumerable<Row> rows, string part) => rows.FirstOrDefault(r => r[ActivityTables.Part] == part);
        static double? Improved(Row? row) => row?[ActivityTables.ImprovedOfLand]?.ToDouble();
        static double? Degraded(Row? row) => row?[Columns.DegradedOfLand]?.ToDouble();
        static string Name(Row row) =>
            row[ActivityTables.ActivityName] is { Length: > 0 } name ? name : row[ActivityTables.ActivityId]!;
    }
}

/// <summary>
/// activities.gpkg: the activities with their figures over all zones together, to share with those who carry them out.
/// </summary>
internal static class ActivityLayer
{
    public static VectorTable Of(RunStatistics run, ActivitiesAsked input, IReadOnlyList<Activity> activities, IGeodata geodata)
    {
        VectorLayer layer = geodata.ReadPolygons(input.File, input.Layer);
        IReadOnlyList<IReadOnlyList<IReadOnlyList<double[]>>> polygons = ZoneShapes.InWgs84(layer, geodata);
        ActivityLand[] lands = [
            new ActivityLand(run, activities, "", around: false),
            .. input.RingKm is null ? Array.Empty<ActivityLand>() : [new ActivityLand(run, activities, "ring_", around: true)]];
        VectorField[] fields =
        [
            new("id", typeof(string), "Activity."),
            new("name", typeof(string), "Its name."),
            new("stakeholder", typeof(string), "Who carries it out."),
            new("type", typeof(string), "What kind it is."),
            new("start_year", typeof(long), "When it began."),
            .. lands.SelectMany(land => land.Fields),
        ];
        return new VectorTable(
            "activities", run.Job.Name, fields,
            [.. activities.Select(
                (a, i) => ((object?[])[a.Id, a.Name, a.Stakeholder, a.Type, (long?)a.StartYear, .. lands
                .SelectMany(land => land.Values(i))], polygons[i]))],
            null);
    }

    /// <summary>Figures of all activities, or of the rings round them, as attributes: one a period and figure.</summary>
    private sealed class ActivityLand
    {
        private readonly Cell[][][] _cells;

        public ActivityLand(RunStatistics run, IReadOnlyList<Activity> activities, string prefix, bool around)
        {
            _cells = ActivityTables.Whole(run, activities, around);
            Fields =
            [
                .. run.Job.Periods.SelectMany(p => ActivityTables.FigureColumns.Select(
                    c => new VectorField($"{prefix}{p.Id}_{c.Name}", typeof(double), c.Description))),
            ];
        }

        public IReadOnlyList<VectorField> Fields { get; }

        public IEnumerable<object?> Values(int activity) => _cells.SelectMany(period => period[activity]).Select(
            cell => cell.Value is null ? null : (object?)double.Parse(Cell.Format(cell.Value), CultureInfo.InvariantCulture));
    }
}
