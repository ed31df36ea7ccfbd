using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.LandCover;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Run.TrendsEarth;
using Ldn.Subjects;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Run;

/// <summary>What a run takes from another where both are held against each other cell by cell.</summary>
/// <param name="Grid">Grid of both, in place of the job's own.</param>
/// <param name="Land">Zones of the other run, whose land is computed too and counts for no zone; null where the zones are the
/// same.</param>
internal sealed record PlanBeside(Grid Grid, IReadOnlyList<ZoneLayerInput>? Land);

/// <summary>
/// Makes a <see cref="RunPlan"/> of a job: opens and checks everything that can be checked before the first pixel.
/// </summary>
internal static class RunPlanner
{
    private const int ExtentCells = IndicatorPass.UnitCells;

    /// <param name="job">The job.</param>
    /// <param name="geodata">Opens its inputs.</param>
    /// <param name="beside">Another run that it is to be planned beside; null for a run of its own.</param>
    /// <exception cref="LdnException">Whatever is wrong with inputs, zones or tables, before anything is computed.</exception>
    public static RunPlan Plan(Job job, IGeodata geodata, PlanBeside? beside = null) => Plan(job, geodata, beside, null);

    /// <summary>The same, with what a finished run of the job left of its zones in place of the layers themselves.</summary>
    internal static RunPlan Plan(Job job, IGeodata geodata, ZoneRows? left) => Plan(job, geodata, null, left);

    private static RunPlan Plan(Job job, IGeodata geodata, PlanBeside? beside, ZoneRows? left)
    {
        TrendsEarthArchive.Check(job);
        geodata.Expect(job.Files);
        var inputs = new InputSet(geodata, job);
        try
        {
            return Plan(job, geodata, inputs, beside, left);
        }
        catch
        {
            inputs.Dispose();
            throw;
        }
    }

    private static RunPlan Plan(Job job, IGeodata geodata, InputSet inputs, PlanBeside? beside, ZoneRows? left)
    {
        RegionSet? given = RegionSet.Of(job);
        var layers = new PeriodPlanner(job, inputs);
        PeriodPlan[] periods = [.. job.Periods.Select(layers.Plan)];
        var rank = new ChangeRank([.. RuleCombinations.Thresholds, (given?.Rules[0] ?? job).Rules.SocThreshold]);
        (IReadOnlyList<SeriesPlan> series, IReadOnlyList<int> seriesOfRegion) = SeriesPlanner.Open(job, given, inputs, geodata);
        RegionPlanner? regions = given is null ? null
            : new RegionPlanner(job, given, layers, periods, rank, seriesOfRegion, inputs);
        int water = job.WaterMask is { } mask ? inputs.Open("water mask", "water", mask, Resampling.Nearest) : -1;
        Inquiries subjects = AllSubjects.Open(job, inputs, geodata);

        Grid grid = beside?.Grid ?? inputs.RunGrid(job.Grid.Like);
        inputs.CheckNoData();
        ZoneSet zones = ZoneSet.Create(job.Zones, grid, geodata, job.Total, left);
        if (beside?.Land is { } land)
            zones.Extend(land);
        regions?.AddMembers(zones, geodata);
        foreach (Inquiry subject in subjects)
            subject.AddMembers(zones);
        var index = new PlaceIndex();
        PlaceSpans places = zones.Build(index);
        Window extent = Extent(job, grid, places, geodata);

        // What several subjects ask is asked once.
        Question[] questions = [.. subjects.SelectMany(s => s.Ask(periods, index)).DistinctBy(q => q.Name)];
        RegionPlaces? regionPlaces = regions?.Places(index);
        CellArea areas = CellArea.Create(grid, geodata);
        return new RunPlan(inputs)
        {
            Job = job,
            PlaceIndex = index,
            Zones = zones.Zones,
            ZonesOfLayers = zones.ZonesOfLayers,
            Regions = regionPlaces,
            Subjects = subjects,
            Warnings = [.. inputs.Remarks(grid), .. zones.Warnings, .. subjects.SelectMany(s => s.Remarks),
                .. regions?.Warnings ?? [],
                .. series.SelectMany(s => SeriesPlanner.Warnings(s, inputs, geodata)).Distinct()],
            Pass = new PassPlan
            {
                Grid = grid,
                Extent = extent,
                Places = places,
                Areas = areas,
                Inputs = inputs.Align(grid, areas),
                Covers = layers.Covers,
                Periods = periods,
                Stocks = layers.Stocks,
                StockModel = layers.StockModel,
                Series =
                [
                    .. series.Select((s, n) => s.HasPerformance ? s with
                    {
                        ZoneOfPlace = SeriesPlanner.ZoneOfPlace(
                            s.Options, zones, index, regionPlaces, [.. seriesOfRegion.Select(of => of == n)]),
                    }
                    : s),
                ],
                Carbon = PeriodPlanner.Carbon(periods),
                Gaps = job.LandCover is null ? [] : PeriodPlanner.Gaps(periods),
                Transitions = Transitions(job, given),
                RegionOfPlace = regionPlaces?.RegionOfPlace ?? [],
                Regions = regions?.Passes ?? [],
                RegionsOfInput = regions?.OfInputs(series) ?? [],
                JointSoilEvidence = regions?.SoilEvidence,
                SoilTest = layers.SoilTest,
                WaterInput = water,
                SoilCarbonRank = rank,
                Tables = Tables(job, regions?.SoilEvidence ?? (ISoilEvidence)rank),
                LpdClasses = ProductivityEvidence.LpdClasses(job) ?? new byte[Evidence.Limit],
                StatusRule = job.Rules.Status,
                Recodes = subjects.Of<CorrectionsInquiry>()?.Recodes(index) ?? [],
                UnmappedIsNoData = job.Rules.UnmappedIsNoData,
                Questions = questions,
                ComputingBytes = (inputs.Series?.WorkerBytes ?? 0, inputs.Series?.SharedBytes ?? 0),
            },
        };
    }

    private static byte[][] Transitions(Job job, RegionSet? regions)
    {
        if ((job.LandCover ?? job.WaterCover?.Cover) is not { } landCover)
            return [];
        IEnumerable<TransitionMatrix> matrices = regions?.All.Select(r => r.Job.LandCover?.Matrix ?? landCover.Matrix) ?? [];
        return [.. matrices.Prepend(landCover.Matrix).Select(matrix => Transitions(matrix, landCover.Legend))];
    }

    private static byte[] Transitions(TransitionMatrix matrix, Legend legend)
    {
        var table = new byte[65536];
        byte[] water = legend.WaterTable();
        int stride = legend.Count + 1;
        for (int from = 0; from < stride; from++)
            for (int to = 0; to < stride; to++)
                table[(from << 8) | to] = (byte)(
                    matrix.ConditionTable[(from * stride) + to] | (water[from] != 0 ? Evidence.WaterBit : 0));
        return table;
    }

    private static Window Extent(Job job, Grid grid, PlaceSpans places, IGeodata geodata)
    {
        if (places.Bounds is not { } bounds)
            throw ZoneSet.NoOverlap(job, grid, geodata);
        if (job.Grid.FullExtent)
            return grid.Extent;
        int column = bounds.Column / ExtentCells * ExtentCells, row = bounds.Row / ExtentCells * ExtentCells;
        int endColumn = (bounds.EndColumn + ExtentCells - 1) / ExtentCells * ExtentCells,
        endRow = (bounds.EndRow + ExtentCells - 1) / ExtentCells * ExtentCells;
        return new Window(column, row, endColumn - column, endRow - row).Intersect(grid.Extent);
    }

    /// <summary>What joint codes come to under a job's rules.</summary>
    internal static IndicatorTables Tables(Job job, ISoilEvidence rank) => new(
        job.LandCover is not null,
        ProductivityEvidence.Conditions(job),
        job.SoilCarbon is null ? null : rank.Conditions(job.Rules.SocThreshold, job.Rules.SocInclusive),
        job.Rules.Missing,
        job.Rules.MaskWaterInSubIndicators);
}
