using System.Text.Json;
using Ldn.Counting;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Questions;
using Ldn.Rasters;
using Ldn.Reports;
using Ldn.Reports.Page;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Subjects;

/// <summary>
/// Neutrality: whether what is lost in a land type is made good in the same type (method §10). Job: <c>strata.landTypes</c>,
/// rasters of whole numbers and polygons that, combined, tell the land type of a cell. Table: neutrality.csv; rasters of gains
/// and losses and of the verdicts.
/// </summary>
internal sealed class LandTypesSubject : Subject<LandTypesAsked>
{
    private const string Option = "land-types";
    private static readonly SectionKey<List<JsonElement>> s_layers = new(
        "strata.landTypes", SubjectJson.Default.ListJsonElement,
        "Rasters of whole numbers and polygons that, combined, tell the land type of a cell",
        "[ \"soils.tif\", { \"file\": \"biomes.gpkg\", \"id\": \"code\" } ]");

    /// <inheritdoc/>
    public override IReadOnlyList<SectionKey> Keys => [s_layers];

    /// <inheritdoc/>
    public override IReadOnlyList<InputName> Inputs => [new(Option, TellsGrid: true)];

    /// <inheritdoc/>
    public override IReadOnlyList<PageSection> Sections => [new LandTypesSection()];

    /// <inheritdoc/>
    public override IEnumerable<ResultTable> Kinds(RunStatistics empty) => [NeutralityTables.Neutrality(empty, null)];

    /// <inheritdoc/>
    protected override LandTypesAsked? Read(JobSections sections)
    {
        if (sections.Get(s_layers) is not { Count: > 0 } given)
            return null;
        LayerInput[] layers = [.. given.Select((layer, i) => LayerInput.Read(layer, $"{s_layers.Path}[{i}]", sections.Files))];
        if (layers.GroupBy(l => l.Name).FirstOrDefault(g => g.Count() > 1)?.Key is { } twice)
            throw Fault.Job.Error($"two layers of land types are called '{twice}'", "give each a name of its own");
        return new LandTypesAsked(layers);
    }

    private protected override Inquiry Open(LandTypesAsked asked, Opening opening)
    {
        var layers = new List<LandTypeLayer>();
        var combined = new List<CombinedRaster>();
        foreach (LayerInput layer in asked.Layers)
        {
            if (layer.IsPolygons)
            {
                layers.Add(new LandTypeLayer(layer.Name, -1, -1, [], layer.Names));
                continue;
            }

            int input = opening.Inputs.Open($"land types {layer.Name}", Option, layer.File, Resampling.Nearest);
            layers.Add(new LandTypeLayer(layer.Name, combined.Count, -1, [], layer.Names));
            combined.Add(
                new CombinedRaster(
                    input, new WholeNumberCodes(opening.Inputs.Source(input).CellType, opening.Inputs.NoData(input))));
        }

        return new LandTypesInquiry(asked, layers, combined.Count > 0 ? new CombinationPlane(combined) : null);
    }
}

/// <summary>Layers, at least one, that combined tell the land type of a cell.</summary>
internal sealed record LandTypesAsked(IReadOnlyList<LayerInput> Layers) : IAsked
{
    /// <inheritdoc/>
    public IEnumerable<(string Layer, string File)> Files =>
        Layers.Where(l => l.IsPolygons).Select(l => ($"land types {l.Name}", l.File));
}

/// <summary>
/// One question a reporting period, whose codes hold the baseline's too: conditions, then the combination of the rasters where
/// there are any.
/// </summary>
internal sealed class LandTypesInquiry(LandTypesAsked asked, List<LandTypeLayer> layers, CombinationPlane? rasters) : Inquiry
{
    /// <summary>The land types, once the places are known.</summary>
    public LandTypes Types { get; private set; } = null!;

    public static string Question(string period) => "land_types_" + period;

    public override void AddMembers(IMembers members)
    {
        for (int i = 0; i < layers.Count; i++)
        {
            if (!layers[i].IsPolygons)
                continue;
            (IReadOnlyList<Zone> classes, IReadOnlyList<RowSpan[]> spans) = members.Read(asked.Layers[i].Polygons);
            layers[i] = layers[i] with { FirstMember = members.Add(spans), PolygonIds = [.. classes.Select(c => c.Id)] };
        }
    }

    /// <exception cref="LdnException">Exit 3: polygons of one layer overlap.</exception>
    public override IEnumerable<Question> Ask(IReadOnlyList<PeriodPlan> periods, PlaceIndex places)
    {
        CheckDistinct(places);
        Types = new LandTypes(layers, rasters, places);
        // Alone, the baseline is asked for itself.
        for (int p = periods.Count > 1 ? 1 : 0; p < periods.Count; p++)
            yield return new Question(
                Question(periods[p].Period.Id), [new ConditionsPlane(p), .. rasters is { } r ? [r] : Array.Empty<Plane>()]);
    }

    public override void WriteLateRasters(LateRasters to) => VerdictRasters.Write(Types, to);

    /// <summary>
    /// The land types of a zone and its untyped land together gained and lost what the zone did: counted by another question,
    /// another route.
    /// </summary>
    public override void Check(RunStatistics run)
    {
        for (int p = 1; p < run.Job.Periods.Count; p++)
        {
            LandTypeBalances balances = LandTypeBalances.Of(run, Types, p)!;
            PeriodFigures[] figures = run.Figures(p, run.Tables);
            for (int z = 0; z < run.Zones.Count; z++)
            {
                var zone = Balance.Of(s => figures[z].Status(0, s).Area);
                if (balances.All(z).Balance != zone)
                    throw new InvalidOperationException(
                        $"{run.Job.Periods[p].Id}, {run.Zones[z].Id}: land types together {balances.All(z).Balance}, the zone "
                            + $"{zone}");
            }
        }
    }

    public override IEnumerable<ResultTable> Report(RunStatistics run) => [NeutralityTables.Neutrality(run, Types)];

    private void CheckDistinct(PlaceIndex places)
    {
        foreach (LandTypeLayer layer in layers.Where(l => l.IsPolygons))
        {
            for (int place = 0; place < places.Count; place++)
            {
                int[] inside = [
                    .. places.Members(place).ToArray()
                        .Where(m => m >= layer.FirstMember && m < layer.FirstMember + layer.PolygonIds.Count)];
                if (inside.Length > 1)
                {
                    throw Fault.Overlap.Error(
                        $"land types {layer.Name}: the polygons of '{layer.PolygonIds[inside[0] - layer.FirstMember]}' and "
                            + $"'{layer.PolygonIds[inside[1] - layer.FirstMember]}' overlap",
                        "mend the layer so that each place has one land type");
                }
            }
        }
    }
}

/// <summary>Counterbalancing: gains, losses and Δ of each land type, and the overall verdict (method §10).</summary>
internal sealed class LandTypesSection : PageSection
{
    /// <summary>Types drawn, those with the largest changes; the table has all.</summary>
    private const int Most = 20;

    private const string All = "all";

    /// <inheritdoc/>
    public override string Table => "neutrality";

    internal override SectionContent? Of(SectionPage page)
    {
        Texts texts = page.Texts;
        Row[] all = [.. page.Latest(Table).Where(r => r[Columns.Delta] is not null)];
        if (Array.Find(all, r => r[Columns.LandType] == All) is not { } whole || all.Length == 1)
            return null;
        Row[] types = [.. all.Where(r => r[Columns.LandType] != All)];
        Row[] shown = [.. types.OrderByDescending(r => Gains(r) + Losses(r)).Take(Most)];
        double most = shown.Select(r => Area.Max(Gains(r), Losses(r)).SquareKilometres).DefaultIfEmpty().Max();
        int losing = types.Count(r => r[Columns.Delta]!.Value.IsNegative);
        // Of a group no type has a verdict.
        bool judged = shown.Any(r => Verdict(r) is not null);
        string note = texts["report.land_types_text"] + " "
            + texts.Format("report.land_types_net", page.Numbers.Change(whole[Columns.Delta]!.Value));
        if (shown.Length < types.Length)
            note += " " + texts.Format("report.land_types_cut", shown.Length, types.Length, "neutrality.csv");
        return new SectionContent(
            Verdict(whole) is { } verdict
                ? texts.Format("section.neutrality", texts["neutral." + verdict], losing, types.Length)
                : texts.Format("section.neutrality.none", losing, types.Length),
            null,
            new SmallTable(
                [
                    (texts["report.land_type"], false), (texts["report.losses_gains"], false), ("Δ " + texts["unit.km2"], true),
                    .. (judged ? [(texts["report.neutral"], false)] : Array.Empty<(string, bool)>()),
                ],
                [
                    .. shown.Select(r => (object[])
                    [
                        Name(r), Bar(r), page.Numbers.Change(r[Columns.Delta]!.Value),
                        .. (judged ? [texts["neutral." + (Verdict(r) ?? "none")]] : Array.Empty<object>()),
                    ]),
                ]),
            note);

        static string? Verdict(Row row) => row[NeutralityTables.Verdict] is { Length: > 0 } told ? told : null;
        static Area Gains(Row row) => row[Columns.Gains]!.Value;
        static Area Losses(Row row) => row[Columns.Losses]!.Value;
        string Name(Row row) => row[Columns.LandTypeName] is { Length: > 0 } name
            ? name
            : texts.Find("land_type." + row[Columns.LandType]) ?? row[Columns.LandType]!;
        Html Bar(Row row) => Charts.Diverging(
            Losses(row).SquareKilometres, Palette.Of("degraded"), Gains(row).SquareKilometres, Palette.Of("improved"), most,
            texts.Format("report.gains_losses", page.Numbers.Area(Gains(row)), page.Numbers.Area(Losses(row))));
    }
}
