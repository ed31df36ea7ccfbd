using System.Globalization;
using System.Text.Json;
using Ldn.Csv;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Reports;
using Ldn.Reports.Page;
using Ldn.Tables;
using Ldn.Tables.Prais;
using Ldn.Zones;

namespace Ldn.Subjects;

/// <summary>
/// National targets, each with its verdict and the figures behind it, and where degradation is heading (method §10). Job:
/// <c>targets</c>, a CSV or JSON; <c>strata.targetYear</c>, the year of the projection, 2030 where there are land types or
/// targets. Tables: projection.csv, targets.csv.
/// </summary>
internal sealed class TargetsSubject : Subject<TargetsAsked>
{
    private const int DefaultYear = 2030;
    private static readonly SectionKey<string> s_targets = new(
        "targets", SubjectJson.Default.String,
        "A CSV or JSON of targets", "\"targets.csv\"");
    private static readonly SectionKey<int?> s_year = new(
        "strata.targetYear", SubjectJson.Default.NullableInt32,
        "Year of the projection", "2030");

    /// <inheritdoc/>
    public override IReadOnlyList<SectionKey> Keys => [s_targets, s_year];

    /// <inheritdoc/>
    public override IReadOnlyList<PageSection> Sections => [new TargetsSection(), new ProjectionSection()];

    /// <inheritdoc/>
    public override IEnumerable<ResultTable> Kinds(RunStatistics empty) =>
        [NeutralityTables.Projection(empty, null, null), TargetTables.Targets(empty, [], [])];

    /// <inheritdoc/>
    protected override TargetsAsked? Read(JobSections sections)
    {
        string? file = sections.Get(s_targets) is { } name ? sections.Files.Resolved(name) : null;
        IReadOnlyList<Target> targets = file is null ? [] : TargetTable.Load(file);
        CheckCodes(targets, [.. sections.Job.LandCover?.Legend.Classes.Select(c => c.Code) ?? []]);
        int? year = sections.Get(s_year)
            ?? (targets.Count > 0 || sections.Job.Asks<LandTypesAsked>() is not null ? DefaultYear : null);
        return file is null && year is null ? null : new TargetsAsked(file, targets, year);
    }

    private protected override Inquiry Open(TargetsAsked asked, Opening opening) => new TargetsInquiry(asked, opening.Others);

    private static void CheckCodes(IEnumerable<Target> targets, int[] classes)
    {
        foreach (Target target in targets)
        {
            bool cover = target.Metric.Kind is TargetMetricKind.LandCoverArea or TargetMetricKind.LandCoverPercent
                or TargetMetricKind.Mean;
            if (cover && !target.Metric.Nested && classes.Length > 0 && target.Metric.Code is { } code && !classes.Contains(code))
                throw Fault.Job.Error(
                    $"target {target.Id}: {target.Metric} names {code}, which is no class of the legend",
                    $"classes are {string.Join(", ", classes)}");
            if (target.Metric is { Kind: TargetMetricKind.LpdPercent, Code: < 1 or > 5 })
                throw Fault.Job.Error(
                    $"target {target.Id}: {target.Metric} names no class of land productivity dynamics", "classes are 1 to 5");
        }
    }
}

/// <summary>
/// Targets, each for a zone or group of the run, and the year to which degradation is projected; null where no projection is
/// asked for.
/// </summary>
internal sealed record TargetsAsked(string? File, IReadOnlyList<Target> Targets, int? TargetYear) : IAsked
{
    /// <inheritdoc/>
    public IEnumerable<(string Layer, string File)> Files => File is null ? [] : [("targets", File)];
}

/// <summary>
/// Asks nothing of its own but the stocks of <c>soc_t</c>: other figures come from what every run knows and from the subjects
/// that are an <see cref="ITargetSource"/>.
/// </summary>
internal sealed class TargetsInquiry(TargetsAsked asked, Inquiries others) : Inquiry
{
    private const int MostListed = 30;

    /// <exception cref="LdnException">Exit 2: a target is set for what is no zone of the run.</exception>
    public override void AddMembers(IMembers members)
    {
        string[] known = [.. members.Zones.Select(z => z.Id)];
        if (asked.Targets.FirstOrDefault(t => !known.Contains(t.ZoneId)) is { } target)
        {
            throw Fault.Job.Error(
                $"target {target.Id} is set for '{target.ZoneId}', which is no zone or group of the "
                    + $"run{NearestName.Hint(target.ZoneId, known)}",
                $"there are {string.Join(", ", known.Take(MostListed))}{(known.Length > MostListed ? ", …" : "")}");
        }
    }

    public override IEnumerable<Question> Ask(IReadOnlyList<PeriodPlan> periods, PlaceIndex places) =>
        asked.Targets.Any(t => t.Metric.Kind == TargetMetricKind.SoilCarbon) ? RunTargetFigures.StockQuestions(periods) : [];

    public override IEnumerable<ResultTable> Prais(PraisFrame frame) => asked.Targets.Count > 0
        ? [
            PraisPlaces.Targets(
                frame, asked.Targets, TargetTables.Targets(frame.Run, asked.Targets, others.OfType<ITargetSource>()))] : [];

    public override IEnumerable<ResultTable> Report(RunStatistics run)
    {
        if (asked.TargetYear is { } year && run.Job.Periods.Count > 1)
            yield return NeutralityTables.Projection(run, others.Of<LandTypesInquiry>()?.Types, year);
        if (asked.Targets.Count > 0)
            yield return TargetTables.Targets(run, asked.Targets, others.OfType<ITargetSource>());
    }
}

/// <summary>Degraded land on a straight line to the target year, beside the baseline that it may not exceed.</summary>
internal sealed class ProjectionSection : PageSection
{
    /// <inheritdoc/>
    public override string Table => "projection";

    internal override SectionContent? Of(SectionPage page)
    {
        if (
            page.Rows(Table).FirstOrDefault(r => r[Columns.LandType] == "all") is not { } row
                || row[Columns.BaselineYear] is not { } first || row[NeutralityTables.BaselineDegraded] is not { } from
                || row[Columns.LatestYear] is not { } last || row[NeutralityTables.LatestDegraded] is not { } to
                || row[NeutralityTables.TargetYear] is not { } target || row[NeutralityTables.Projected] is not { } projected)
            return null;
        List<(long Year, double Value)> known = [(first, from.SquareKilometres), (last, to.SquareKilometres)];
        if (row[NeutralityTables.PreviousYear] is { } between && row[NeutralityTables.PreviousDegraded] is { } then)
            known.Insert(1, (between, then.SquareKilometres));
        string sentence = page.Texts.Format(
            projected.ToDouble() > from.SquareKilometres ? "section.projection.over" : "section.projection.within", target,
            Number(projected.ToDouble()), page.Numbers.Area(from), first);
        return new SectionContent(
            sentence,
            Charts.Line(
                page.Numbers, sentence, known, (target, projected.ToDouble()), from.SquareKilometres,
                page.Texts["section.projection.aim"]),
            new SmallTable(
                [page.Name(Columns.Year), page.Number(Columns.Degraded)],
                [
                    .. known.Select(k => new object[] { k.Year.ToString(CultureInfo.InvariantCulture), Number(k.Value) }),
                    [
                        page.Texts.Format("section.projection.to", target), Number(projected.ToDouble()),
                    ],
                ]),
            row[NeutralityTables.OutOfRange] is { Length: > 0 } ? page.Texts["section.projection.beyond"] : null);

        string Number(double value) => page.Numbers.Whole(value);
    }
}

/// <summary>The targets of a zone with the figures behind each verdict.</summary>
internal sealed class TargetsSection : PageSection
{
    /// <inheritdoc/>
    public override string Table => "targets";

    internal override SectionContent? Of(SectionPage page)
    {
        IReadOnlyList<Row> rows = page.Rows(Table);
        if (rows.Count == 0)
            return null;
        int Count(params string[] verdicts) => rows.Count(r => verdicts.Contains(r[TargetTables.Verdict]));
        return new SectionContent(
            page.Texts.Format(
                "section.targets", rows.Count, Count("met", "met_now_at_risk"), Count("on_track"), Count("off_track"),
                Count("not_assessable")),
            null,
            new SmallTable(
                [
                    (page.Texts["report.target"], false), (page.Texts["report.verdict"], false),
                    (page.Texts["period.baseline"], true), (page.Texts["report.latest"], true),
                ],
                [.. rows.Select(r => Line(r, page.Texts))]));
    }

    private static object[] Line(Row row, Texts texts)
    {
        string text = row[TargetTables.Text] is { Length: > 0 } told ? told : row[TargetTables.Id]!;
        string aim = $"{row[TargetTables.Metric]} {row[TargetTables.Comparator]} {Number(row[TargetTables.Value], texts)} "
            + $"({row[Columns.Year]})";
        string verdict = row[TargetTables.Verdict]!;
        return
        [
            Two(text, aim, "aim"),
            new Html($"<span class=\"verdict {Html.Escape(verdict)}\">{Html.Escape(texts["target." + verdict])}</span>"
                + (row[TargetTables.Reason] is { Length: > 0 } reason ? Small(texts.Note(reason), "") : "")),
            Figure(row[TargetTables.Baseline]?.ToDouble(), row[Columns.BaselineYear], texts),
            Figure(row[TargetTables.Latest]?.ToDouble(), row[Columns.LatestYear], texts),
        ];
    }

    private static Html Figure(double? value, long? year, Texts texts) => value is null
        ? Html.Of("–")
        : Two(Number(value, texts), year?.ToString(CultureInfo.InvariantCulture) ?? "", "");

    private static Html Two(string text, string below, string kind) =>
        new(Html.Escape(text) + (below.Length > 0 ? Small(below, kind) : ""));

    private static string Small(string text, string kind) =>
        $"<br><span class=\"small{(kind.Length > 0 ? " " + kind : "")}\">{Html.Escape(text)}</span>";

    private static string Number(double? value, Texts texts) => value switch
    {
        null => "–",
        double number => texts.Numbers.Of(number, Math.Abs(number) >= 1000 ? "N0" : "0.##"),
    };
}

/// <summary>Reads targets: a CSV, or a JSON array of objects with the same names (interface contract §2).</summary>
internal static class TargetTable
{
    private static readonly string[] s_columns = ["id", "zone_id", "text", "metric", "comparator", "value", "year"];

    /// <exception cref="LdnException">Exit 2: unreadable, a field missing or not what it should be, an id twice; what there is
    /// instead is named.</exception>
    public static IReadOnlyList<Target> Load(string path) =>
        Parse(path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? Json(path) : CsvTable.Read(path, s_columns));

    /// <inheritdoc cref="Load"/>
    public static IReadOnlyList<Target> Parse(CsvTable table)
    {
        var targets = new List<Target>();
        foreach (CsvRow row in table.Rows)
        {
            string id = table.Text(row, "id"), zone = table.Text(row, "zone_id"), comparator = table.Text(row, "comparator");
            if (id.Length == 0 || targets.Exists(t => t.Id == id))
                throw table.Wrong(row, "id", "an id of its own");
            if (zone.Length == 0)
                throw table.Wrong(row, "zone_id", "a zone or group of the run");
            (TargetMetric? metric, string? wrong) = TargetMetric.Parse(table.Text(row, "metric"));
            if (metric is null)
                throw table.Wrong(row, "metric", wrong!);
            if (!Target.Comparators.Contains(comparator))
                throw table.Wrong(row, "comparator", string.Join(", ", Target.Comparators));
            targets.Add(
                new Target(
                    id, zone, table.Text(row, "text"), metric, comparator, table.Number(row, "value"),
                    table.Integer(row, "year")));
        }

        return targets;
    }

    /// <summary>The same table from JSON; each object is a row, counted from 1.</summary>
    private static CsvTable Json(string path)
    {
        try
        {
            using JsonDocument document =
                JsonDocument.Parse(PlainFile.ReadBytes($"table {path}", path, Fault.InputTable),
                new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            if (
                document.RootElement.ValueKind != JsonValueKind.Array
                    || document.RootElement.EnumerateArray().Any(e => e.ValueKind != JsonValueKind.Object))
                throw Fault.InputTable.Error(
                    $"table {path} is no list of targets", "write a JSON array of objects, one a target");
            return CsvTable.Of(
                path, s_columns, [.. document.RootElement.EnumerateArray().Select((target, i) => Fields(target, path, i + 1))]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SystemErrors.Reading($"table {path}", e, Fault.InputTable);
        }
        catch (JsonException e)
        {
            throw Fault.InputTable.Error($"table {path} cannot be read: {e.Message}", "mend the JSON there", e);
        }
    }

    private static string[] Fields(JsonElement target, string path, int row)
    {
        string[] names = [.. target.EnumerateObject().Select(p => p.Name)];
        if (Array.Find(names, n => !s_columns.Contains(n)) is { } unknown)
            throw Fault.InputTable.Error(
                $"table {path}, row {row}: unknown key '{unknown}'{NearestName.Hint(unknown, s_columns)}",
                $"known there: {string.Join(", ", s_columns)}");
        return [.. s_columns.Select(column => !target.TryGetProperty(column, out JsonElement value) ? "" : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
            _ => "",
        })];
    }
}
