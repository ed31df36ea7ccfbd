using Ldn.Counting;
using Ldn.Csv;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Reports.Page;
using Ldn.Tables;
using Ldn.Tables.Prais;
using Ldn.Zones;

namespace Ldn.Subjects;

/// <summary>
/// Corrections of false positives and negatives (method §8). Job: <c>corrections</c>, polygons that say which condition becomes
/// which, and why. Tables: corrections.csv, headline_before_corrections.csv, PRAIS SO1-4.T3. The pass recodes the conditions of
/// the places they hold.
/// </summary>
internal sealed class CorrectionsSubject : Subject<CorrectionsAsked>
{
    private static readonly SectionKey<CorrectionsConfig> s_corrections = new(
        "corrections", SubjectJson.Default.CorrectionsConfig,
        "Polygons that correct the indicator, each with its justification", "{ \"file\": \"corrections.geojson\" }");

    /// <inheritdoc/>
    public override IReadOnlyList<SectionKey> Keys => [s_corrections];

    /// <inheritdoc/>
    public override IReadOnlyList<PageSection> Sections => [];

    /// <inheritdoc/>
    public override IEnumerable<ResultTable> Kinds(RunStatistics empty) =>
        [CorrectionTables.Moved(empty, []), CorrectionTables.Before(empty)];

    /// <inheritdoc/>
    protected override CorrectionsAsked? Read(JobSections sections) =>
        sections.Get(s_corrections) is { File: { } file } config
            ? new CorrectionsAsked(sections.Files.Resolved(file), config.Layer)
            : null;

    private protected override Inquiry Open(CorrectionsAsked asked, Opening opening) =>
        new CorrectionsInquiry(asked, opening.Job, opening.Geodata);
}

/// <summary>Correction polygons as written in a job.</summary>
internal sealed record CorrectionsConfig
{
    [JobKey("Polygons of corrections", "\"corrections.geojson\"")]
    public string? File { get; init; }

    [JobKey("Layer of the file, where it has several", "\"corrections\"")]
    public string? Layer { get; init; }
}

/// <summary>A layer of corrections.</summary>
internal sealed record CorrectionsAsked(string File, string? Layer) : IAsked
{
    /// <inheritdoc/>
    public IEnumerable<(string Layer, string File)> Files => [("corrections", File)];
}

/// <summary>
/// One correction polygon (method §8): where and why conditions of some periods are recoded. <see cref="To"/> holds the new
/// condition of degraded, stable and improved, null where it stays.
/// </summary>
internal sealed record Correction(
    string Id, IReadOnlyList<int> Periods, SubIndicator? Layer, IReadOnlyList<Condition?> To, string Justification,
    string Process, string Basis, int Member);

/// <summary>Reads correction polygons and lays them over the places.</summary>
internal sealed class CorrectionsInquiry(CorrectionsAsked asked, Job job, IGeodata geodata) : Inquiry
{
    private static readonly string[] ToFields = ["degraded_to", "stable_to", "improved_to"];
    private IReadOnlyList<Correction> _corrections = [];

    /// <summary>In file order, once the polygons are read.</summary>
    public IReadOnlyList<Correction> Corrections => _corrections;

    /// <exception cref="LdnException">Exit 2: an attribute missing, a justification empty, an unknown period, condition or
    /// layer.</exception>
    public override void AddMembers(IMembers members)
    {
        VectorLayer layer = geodata.ReadPolygons(asked.File, asked.Layer);
        ZoneLayer polygons = ZoneLayer.From(layer, "id", null, dissolve: false);
        members.Warnings.AddRange(polygons.Warnings);
        if (layer.Renamed(["periods", "layer", .. ToFields, "justification", "process", "basis"]) is { } renamed)
            members.Warnings.Add(renamed);
        int member = members.Add(polygons.Spans(members.Grid, geodata));
        _corrections = [.. layer.Features.Select((feature, i) => Read(layer, feature, polygons.Zones[i].Id, member + i))];
    }

    public override IEnumerable<ResultTable> Report(RunStatistics run) =>
        _corrections.Count > 0 ? [CorrectionTables.Moved(run, _corrections), CorrectionTables.Before(run)] : [];

    public override IEnumerable<ResultTable> Prais(PraisFrame frame) =>
        _corrections.Count > 0 ? [PraisPlaces.Corrections(frame, _corrections)] : [];

    /// <summary>The recode of each place: its corrections in file order, so that later polygons win.</summary>
    public IReadOnlyList<PlaceRecode?> Recodes(PlaceIndex places)
    {
        if (_corrections.Count == 0)
            return [];
        var recodes = new PlaceRecode?[places.Count];
        for (int place = 0; place < recodes.Length; place++)
        {
            foreach (Correction correction in _corrections)
            {
                if (!places.Contains(place, correction.Member))
                    continue;
                PlaceRecode recode = recodes[place] ??= new PlaceRecode();
                foreach (int period in correction.Periods)
                    recode.Add(period, correction.Layer, [.. correction.To]);
            }
        }

        return recodes;
    }

    private Correction Read(VectorLayer layer, VectorFeature feature, string id, int member)
    {
        string Text(string field)
        {
            return layer.Find(field) is >= 0 and int index ? layer.Text(feature, index)
                : throw Fault.InputTable.Error(
                    $"corrections {asked.File}: no attribute '{field}'{NearestName.Hint(field, layer.Fields)}",
                    $"they need id, periods, {string.Join(", ", ToFields)}, justification");
        }

        string Optional(string field) => layer.Text(feature, field);
        LdnException Wrong(string field, string expected) =>
            Fault.InputTable.Error($"corrections {asked.File}: polygon {id}, {field}: '{Text(field)}' is not {expected}");

        if (Text("justification").Length == 0)
            throw Fault.InputTable.Error(
                $"corrections {asked.File}: polygon {id} has no justification", "every correction must say why");
        string[] names = Text("periods").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        int[] periods = [.. names.Select(name => job.Periods.ToList().FindIndex(p => p.Id == name))];
        if (periods.Length == 0 || periods.Contains(-1))
            throw Wrong("periods", $"a list of periods of this run ({string.Join(";", job.Periods.Select(p => p.Id))})");
        SubIndicator? sub = Optional("layer") switch
        {
            "" or "indicator" => null,
            string name => job.SubIndicators.Any(s => s.Name() == name)
                ? job.SubIndicators.First(s => s.Name() == name)
                : throw Wrong("layer", "indicator or a sub-indicator of this run"),
        };
        Condition?[] to = [.. ToFields.Select(field => Text(field) switch
        {
            "" => (Condition?)null,
            "degraded" => Condition.Degraded,
            "stable" => Condition.Stable,
            "improved" => Condition.Improved,
            "no_data" => Condition.NoData,
            _ => throw Wrong(field, "degraded, stable, improved, no_data or empty"),
        })];
        return new Correction(id, periods, sub, to, Text("justification"), Optional("process"), Optional("basis"), member);
    }
}

/// <summary>corrections.csv: what each correction polygon moved (method §8).</summary>
internal static class CorrectionTables
{
    public static Column<string> CorrectionId { get; } = Column.Text("correction_id", "Polygon.");

    public static Column<string> Layer { get; } = Column.Text("layer", "Indicator or sub-indicator that it recodes.");

    public static Column<string> FromCondition { get; } = Column.Text("from_condition", "Condition as computed.");

    public static Column<string> ToCondition { get; } = Column.Text("to_condition", "Condition that the polygon gives it.");

    public static Column<string> Justification { get; } = Column.Text("justification", "Why.");

    public static Column<string> Process { get; } = Column.Text("process", "Process that the map missed.");

    public static Column<string> Basis { get; } = Column.Text("basis", "What the judgement rests on.");

    /// <summary>
    /// What of a polygon's land each sub-indicator calls degraded and improved, before any correction: what drives a false
    /// positive or negative.
    /// </summary>
    private static readonly (SubIndicator Sub, Condition Condition, Column<Ratio> Share)[] s_drivers =
    [
        .. Enum.GetValues<SubIndicator>().SelectMany(sub => new[] { Condition.Degraded, Condition.Improved }.Select(c => (
            sub, c, Column.Percent(
                $"{sub.Name()}_{c.Name()}_pct",
                $"Share of the polygon's land that {sub.Name().Replace('_', ' ')} calls {c.Name()} in the period, as "
                    + "computed.")))),
    ];

    /// <summary>Area by condition before and after each polygon's own recode, against the original value; land only.</summary>
    public static ResultTable Moved(RunStatistics run, IReadOnlyList<Correction> corrections)
    {
        var table = Columns.Table("corrections", "Corrections of false positives and negatives",
        [
            CorrectionId, Columns.Period.Meaning("Period it applies to."), Layer, FromCondition, ToCondition,
            Columns.Pixels.Meaning("Cells recoded."), Columns.TrueArea.Meaning("True area recoded."), Justification, Process,
            Basis, .. s_drivers.Select(d => d.Share),
        ]);
        for (int i = 0; i < corrections.Count; i++)
        {
            Correction correction = corrections[i];
            foreach (int period in correction.Periods)
            {
                // Of overlapping polygons only the later one counts.
                Correction[] later = [
                    .. corrections.Skip(i + 1).Where(c => c.Layer == correction.Layer && c.Periods.Contains(period))];
                var moved = new Amount[4];
                Area land = Area.Zero;
                var drivers = new Area[s_drivers.Length];
                foreach ((_, Outcome outcome, TallyRow row) in run.Outcomes(period, run.Tables, corrected: false))
                {
                    if (outcome.Water || !run.Places.Contains(row.Place, correction.Member))
                        continue;
                    Area area = RunStatistics.AmountOf(row).Area;
                    land += area;
                    for (int d = 0; d < drivers.Length; d++)
                        if (outcome.Of(s_drivers[d].Sub) == s_drivers[d].Condition)
                            drivers[d] += area;
                    if (Array.Exists(later, c => run.Places.Contains(row.Place, c.Member)))
                        continue;
                    moved[
                        (int)(correction.Layer is { } sub ? outcome.Of(sub) : outcome.Indicator)] += RunStatistics.AmountOf(row);
                }

                for (int c = 1; c <= 3; c++)
                {
                    if (correction.To[c - 1] is not { } to || to == (Condition)c)
                        continue;
                    table.Add(
                    [
                        CorrectionId.Is(correction.Id), .. Columns.Of(run.Job, period),
                        Layer.Is(correction.Layer is { } layer ? layer.Name() : "indicator"),
                        FromCondition.Is(((Condition)c).Name()),
                        ToCondition.Is(to.Name()), .. Columns.Of(moved[c]), Justification.Is(correction.Justification),
                        Process.Is(correction.Process), Basis.Is(correction.Basis),
                        .. s_drivers.Select((d, n) => d.Share.Is(
                            run.Job.SubIndicators.Contains(d.Sub) ? drivers[n].PercentOf(land) : null)),
                    ]);
                }
            }
        }

        return table;
    }

    /// <summary>headline_before_corrections.csv: the reported figure as it was without them.</summary>
    public static ResultTable Before(RunStatistics run) => ConditionTables.Headline(
        run, z => run.FiguresOf(z, corrected: false), name: "headline_before_corrections",
        title: "The reported figure before corrections");
}
