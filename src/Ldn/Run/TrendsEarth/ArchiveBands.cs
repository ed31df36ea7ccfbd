using Ldn.Drought;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Subjects;
using Ldn.Zones;

namespace Ldn.Run.TrendsEarth;

/// <summary>
/// A band of the archive's raster: its name, what the key says of it, and its cells as whole numbers, NaN no data.
/// </summary>
/// <param name="File">Name without extension of the raster of the run that holds it until it is packed.</param>
internal sealed record ArchiveBand(
    string File, string Name, IReadOnlyList<(string Key, object Value)> Metadata, bool Shown, OutputFill Fill);

/// <summary>
/// The bands of the archive's rasters, in order (trends-earth-package.md §6, §7). They are written by the pass itself, as outputs
/// of the run that go again when packed.
/// </summary>
internal sealed class ArchiveBands
{
    /// <summary>Begins the names of rasters that are the archive's own.</summary>
    public const string Prefix = "band-of-trends-earth-";

    private const int FirstBlockYear = 2000;
    private static readonly string[] s_status = [
        "Productivity degradation (status)", "Land cover degradation (status)", "Soil organic carbon degradation (status)"];
    private static readonly RasterKind s_kind = new("trends_earth", "{0}", RasterLook.Ramped(new RampStop(0, "#000000")));
    private readonly Job _job;
    private readonly PassPlan _pass;
    private readonly IReadOnlyList<PopulationLayer> _people;
    private readonly DroughtInquiry? _drought;
    private readonly ArchiveLegend _legend;

    private ArchiveBands(Job job, PassPlan pass, Inquiries subjects)
    {
        (_job, _pass, _legend) = (job, pass, ArchiveLegend.Of(job.LandCover!));
        (_people, _drought) = (subjects.Of<PopulationInquiry>()?.People ?? [], subjects.Of<DroughtInquiry>());
        Condition = [.. OfCondition()];
        Drought = [.. OfDrought()];
    }

    public IReadOnlyList<ArchiveBand> Condition { get; }

    public IReadOnlyList<ArchiveBand> Drought { get; }

    /// <summary>The bands of a run; none where the archive or its rasters are not asked for.</summary>
    public static ArchiveBands? Of(Job job, PassPlan pass, Inquiries subjects) =>
        job.Outputs is { AffectedAreasOnly: false }
            && job.Outputs.Tables.Contains(TrendsEarthArchive.Name) ? new ArchiveBands(job, pass, subjects) : null;

    /// <summary>The outputs by which the pass writes the bands.</summary>
    public IEnumerable<Output> Outputs(Grid grid, RasterCompression compression, int threads) =>
        Condition.Concat(Drought).Select(band =>
        new Output(
            s_kind, band.File, false,
            new RasterDescription(grid, CellType.Float32, double.NaN, band.Name, [], compression, threads, RasterLayout.Tiled),
            band.Fill));

    /// <summary>Years of the maps that serve a period: of a stand-in its own.</summary>
    public static YearSpan Maps(Job job, SubIndicator sub, int period)
    {
        YearSpan years = job.Periods[period].Of(sub)!;
        DatedFiles? files = sub switch
        {
            SubIndicator.LandCover => job.LandCover!.Years,
            SubIndicator.SoilCarbon when job.SoilCarbon!.Kind == SoilCarbonKind.Stocks => job.SoilCarbon.Years,
            _ => null,
        };
        return files is null ? years : new YearSpan(files.Serving(years.First), files.Serving(years.Last));
    }

    private IEnumerable<ArchiveBand> OfCondition()
    {
        string nesting = ArchiveLegend.Text(_legend.WriteNesting), matrix = ArchiveLegend.Text(_legend.WriteMatrix);
        int n = 0;
        ArchiveBand Band(
            string name, (string, object)[] metadata, bool shown,
            OutputFill fill) => new($"{Prefix}c{++n:D3}", name, metadata, shown, fill);
        for (int p = 0; p < _job.Periods.Count; p++)
        {
            int period = p;
            PeriodPlan plan = _pass.Periods[p];
            string id = ConditionSummary.PeriodName(p);
            YearSpan productivity = Maps(_job, SubIndicator.Productivity, p), cover = Maps(_job, SubIndicator.LandCover, p),
            soil = Maps(_job, SubIndicator.SoilCarbon, p);
            (string, object)[] Years(YearSpan years) => [
                ("year_initial", years.First), ("year_final", years.Last), ("period", id)];
            yield return Band("SDG 15.3.1 Indicator", Years(productivity), true, Conditions(null, period));
            if (PopulationLayer.At(_people, _job.Periods[p].FinalYear) is { } people)
            {
                foreach (
                    (string sex, IReadOnlyList<int> rasters) in people.Sexes.OrderBy(
                        s => s.Sex == "total" ? 0 : s.Sex == "female" ? 1 : 2))
                {
                    yield return Band(
                        "Population affected by degradation (number of people)",
                        [
                            ("population_year", people.Year), ("deg_year_initial", productivity.First),
                            ("deg_year_final", productivity.Last), ("type", sex), ("period", id),
                        ],
                        false, People(period, [.. rasters.Select(r => people.Rasters[r].Input)]));
                }
            }

            if (_pass.LpdClasses.Any(c => c != 0))
                yield return Band($"Land Productivity Dynamics ({LpdSource()})", Years(productivity), false, Lpd(period));
            yield return Band(
                "Land cover (degradation)", [.. Years(cover), ("nesting", nesting), ("trans_matrix", matrix)], false,
                Conditions(SubIndicator.LandCover, period));
            foreach ((int year, int of) in new[] { (cover.First, plan.FromCover), (cover.Last, plan.ToCover) })
                yield return Band("Land cover", [("year", year), ("period", id), ("nesting", nesting)], false, Cover(of));
            yield return Band(
                "Land cover transitions", [.. Years(cover), ("nesting", nesting)], false,
                Transitions(plan.FromCover, plan.ToCover));
            yield return Band("Soil organic carbon (degradation)", Years(soil), false, StockChange(period, plan.SoilCarbon!));
            if (plan.SoilCarbon!.IsChange)
                continue;
            foreach ((int year, int of) in new[] { (soil.First, plan.SoilCarbon.Initial), (soil.Last, plan.SoilCarbon.Final) })
                yield return Band("Soil organic carbon", [("year", year), ("period", id)], false, Stock(of));
        }

        SubIndicator?[] layers = [null, SubIndicator.Productivity, SubIndicator.LandCover, SubIndicator.SoilCarbon];
        for (int l = 0; l < layers.Length; l++)
        {
            for (int p = 1; p < _job.Periods.Count; p++)
            {
                (SubIndicator? layer, int period) = (layers[l], p);
                YearSpan before = Maps(_job, layer ?? SubIndicator.Productivity, 0),
                now = Maps(_job, layer ?? SubIndicator.Productivity, p);
                yield return Band(
                    layer is null ? "SDG 15.3.1 Indicator (status)" : s_status[l - 1],
                    [
                        ("baseline_year_initial", before.First), ("baseline_year_final", before.Last),
                        ("reporting_year_initial", now.First), ("reporting_year_final", now.Last),
                    ],
                    layer is null, Status(layer, period));
            }
        }
    }

    private string LpdSource() => _job.Productivity!.Series switch
    {
        null when _job.Productivity.Kind == ProductivityKind.Parts => "from Trends.Earth",
        null => "custom",
        { HasState: true } => "from Trends.Earth",
        _ => "from FAO-WOCAT",
    };

    private IEnumerable<ArchiveBand> OfDrought()
    {
        int[] all = [.. _drought?.Years ?? []];
        int n = 0;
        IndexOptions index = _drought?.Computed?.Asked.Options ?? new IndexOptions();
        string minimum = $"Minimum {index.Index.ToString().ToUpperInvariant()} over period";
        foreach (
            (int first, int last, IReadOnlyList<int> years) in DroughtClasses.Blocks(all).Where(b => b.First >= FirstBlockYear))
        {
            LowestYear[] inBlock = [
                .. years.Select(
                    y => new LowestYear(_drought!.Planes[Array.IndexOf(all, y)].Input, PopulationLayer.At(_people, y)))];
            yield return new ArchiveBand(
                $"{Prefix}d{++n:D3}", minimum, [("year_initial", first), ("year_final", last), ("lag", index.Months)],
                true, OutputFill.OfValues((slice, values) =>
                {
                    Lowest(slice, inBlock, values, null);
                    for (int i = 0; i < values.Length; i++)
                        values[i] = (float)Math.Round(values[i] * 1000.0, MidpointRounding.AwayFromZero);
                }));
            foreach (string sex in new[] { "total", "female", "male" })
            {
                if (
                    inBlock.Any(y => Rasters(y.People, sex) is null)
                        || Rasters(PopulationLayer.At(_people, last), sex) is not { } rest)
                    continue;
                int[][] rasters = [.. inBlock.Select(y => Rasters(y.People, sex)!), rest];
                yield return new ArchiveBand(
                    $"{Prefix}d{++n:D3}", "Population at maximum drought",
                    [("year_initial", first), ("year_final", last), ("type", sex)], false,
                    OutputFill.OfValues((slice, values) => PeopleInDrought(slice, inBlock, rasters, values)));
            }
        }

        static int[]? Rasters(PopulationLayer? people, string sex) => people is null ? null : PraisRasters.Rasters(people, sex);
    }

    /// <summary>
    /// −1, 0, 1 of the indicator (none on water) or of a sub-indicator before the water mask, corrections included.
    /// </summary>
    private static OutputFill Conditions(SubIndicator? layer, int period) => OutputFill.OfValues((slice, values) =>
    {
        byte[] classes = new byte[values.Length];
        Fill(slice, layer, period, classes);
        for (int i = 0; i < values.Length; i++)
            values[i] = classes[i] == 0 ? float.NaN : classes[i] - 2;
    });

    private static OutputFill Status(SubIndicator? layer, int period) => OutputFill.OfValues((slice, values) =>
    {
        byte[] before = new byte[values.Length], now = new byte[values.Length];
        Fill(slice, layer, 0, before);
        Fill(slice, layer, period, now);
        for (int i = 0; i < values.Length; i++)
        {
            Status status = StatusLaw.Of((Condition)before[i], (Condition)now[i], slice.Plan.StatusRule);
            values[i] = status == Indicator.Status.NoData ? float.NaN : (int)status;
        }
    });

    private static void Fill(OutputSlice slice, SubIndicator? layer, int period, Span<byte> classes)
    {
        if (layer is not { } sub)
        {
            slice.Indicator(period).CopyTo(classes);
            return;
        }

        ReadOnlySpan<byte> land = slice.Land(period), soil = slice.Soil(period);
        IndicatorTables tables = slice.Plan.Tables;
        for (int i = 0; i < classes.Length; i++)
            classes[i] = Of(tables.Of(land[i], soil[i]), sub);
        if (slice.Plan.Recodes.Count == 0)
            return;
        foreach (PlaceRun run in slice.Plan.Places.Inside(slice.Window))
            if (slice.Plan.Recodes[run.Place] is { } recode)
                for (int i = run.Start; i < run.End; i++)
                    classes[i] = Of(recode.Apply(tables, period, land[i], soil[i]), sub);

        static byte Of(Outcome outcome, SubIndicator sub) =>
            sub == SubIndicator.SoilCarbon && outcome.Water ? (byte)0 : (byte)outcome.Of(sub);
    }

    private static OutputFill Lpd(int period) => OutputFill.OfValues((slice, values) =>
    {
        ReadOnlySpan<byte> land = slice.Land(period);
        byte[] classes = slice.Plan.LpdClasses;
        for (int i = 0; i < values.Length; i++)
            values[i] = classes[Evidence.Productivity(land[i])] is > 0 and byte lpd ? lpd : float.NaN;
    });

    private OutputFill Cover(int cover) => OutputFill.OfValues((slice, values) =>
    {
        ReadOnlySpan<byte> classes = slice.Cover(cover);
        for (int i = 0; i < values.Length; i++)
            values[i] = _legend[classes[i]] is > 0 and int c ? _legend.Code(c) : float.NaN;
    });

    private OutputFill Transitions(int from, int to) => OutputFill.OfValues((slice, values) =>
    {
        ReadOnlySpan<byte> before = slice.Cover(from), after = slice.Cover(to);
        for (int i = 0; i < values.Length; i++)
            values[i] = _legend[before[i]] is > 0 and int b
                && _legend[after[i]] is > 0 and int a ? _legend.Transition(b, a) : float.NaN;
    });

    private static OutputFill Stock(int stock) => OutputFill.OfValues((slice, values) =>
    {
        slice.Stocks.Write(stock, slice.Cells, values);
        for (int i = 0; i < values.Length; i++)
            values[i] = MathF.Round(values[i], MidpointRounding.AwayFromZero);
    });

    /// <summary>
    /// Whole per cent toward 0, none on initial water. One division, correctly rounded, so that a whole number stays one.
    /// </summary>
    private static OutputFill StockChange(int period, SoilCarbonPlan soil) => OutputFill.OfValues((slice, values) =>
    {
        if (soil.IsChange)
        {
            slice.Stocks.WriteChange(soil, slice.Cells, values);
        }
        else
        {
            float[] before = new float[values.Length];
            slice.Stocks.Write(soil.Initial, slice.Cells, before);
            slice.Stocks.Write(soil.Final, slice.Cells, values);
            for (int i = 0; i < values.Length; i++)
                values[i] = before[i] > 0 ? (float)(100.0 * ((double)values[i] - before[i]) / before[i]) : float.NaN;
        }

        ReadOnlySpan<byte> land = slice.Land(period);
        for (int i = 0; i < values.Length; i++)
            values[i] = Evidence.Water(land[i]) ? float.NaN : MathF.Truncate(values[i]);
    });

    /// <summary>
    /// Whole people, negative on degraded land: by condition in the baseline, by status after; none on the period's initial
    /// water.
    /// </summary>
    private static OutputFill People(int period, int[] inputs) => OutputFill.OfValues((slice, values) =>
    {
        byte[] degraded = new byte[values.Length];
        PraisRasters.WriteReported(slice, period, degraded);
        ReadOnlySpan<byte> land = slice.Land(period);
        Count(slice, inputs, values);
        for (int i = 0; i < values.Length; i++)
            values[i] = Evidence.Water(
                land[i]) ? float.NaN : degraded[i] == (byte)Indicator.Condition.Degraded ? -values[i] : values[i];
    });

    /// <summary>Whole people of some rasters together, rounded half up.</summary>
    private static void Count(OutputSlice slice, int[] inputs, Span<float> people)
    {
        long[] parts = new long[people.Length];
        PraisRasters.Count(slice.Cells, inputs, parts);
        for (int i = 0; i < people.Length; i++)
            people[i] = (parts[i] + (CountSharing.PartsPerUnit / 2)) / CountSharing.PartsPerUnit;
    }

    /// <summary>
    /// The lowest index of a block's years on land of the baseline, NaN without one, and which year has it (the earliest; −1
    /// where none has).
    /// </summary>
    private static void Lowest(OutputSlice slice, LowestYear[] years, Span<float> lowest, int[]? which)
    {
        lowest.Fill(float.NaN);
        which?.AsSpan().Fill(-1);
        double[] index = new double[lowest.Length];
        for (int y = 0; y < years.Length; y++)
        {
            RasterInput raster = slice.Plan.Inputs[years[y].Input];
            SliceCells cells = slice.Cells(years[y].Input);
            Cells.ToPhysical(
                cells.Cells, raster.Raster.OutputType, raster.NoData, raster.Source.Scale, raster.Source.Offset, cells.Outside,
                index.AsSpan());
            for (int i = 0; i < lowest.Length; i++)
            {
                if (double.IsNaN(index[i]) || (!float.IsNaN(lowest[i]) && (float)index[i] >= lowest[i]))
                    continue;
                lowest[i] = (float)index[i];
                if (which is not null)
                    which[i] = y;
            }
        }

        ReadOnlySpan<byte> land = slice.Land(0);
        for (int i = 0; i < lowest.Length; i++)
            if (Evidence.Water(land[i]))
                lowest[i] = float.NaN;
    }

    /// <param name="rasters">By year of the block, and last those of its last year, for cells without an index.</param>
    private static void PeopleInDrought(OutputSlice slice, LowestYear[] years, int[][] rasters, Span<float> values)
    {
        float[] lowest = new float[values.Length], people = new float[values.Length];
        int[] which = new int[values.Length];
        Lowest(slice, years, lowest, which);
        values.Fill(float.NaN);
        ReadOnlySpan<byte> land = slice.Land(0);
        for (int r = 0; r < rasters.Length; r++)
        {
            Count(slice, rasters[r], people);
            for (int i = 0; i < values.Length; i++)
                if (!Evidence.Water(land[i]) && (which[i] < 0 ? rasters.Length - 1 : which[i]) == r)
                    values[i] = lowest[i] <= 0 ? -people[i] : people[i];
        }
    }

    private sealed record LowestYear(int Input, PopulationLayer? People);
}
