using Ldn.Conditions;
using Ldn.Grids;
using Ldn.Jobs;
using Ldn.Kernels;
using Ldn.LandCover;
using Ldn.Passes;
using Ldn.Productivity;
using Ldn.Summaries;
using Ldn.Zones;

namespace Ldn.Compute;

/// <summary>Makes a <see cref="RunPlan"/> of a job: opens and checks everything that can be checked before the first pixel.</summary>
public static class RunPlanner
{
    private const int ExtentCells = IndicatorPass.UnitCells;

    /// <exception cref="LdnException">Whatever is wrong with inputs, zones or tables, before anything is computed.</exception>
    public static RunPlan Plan(Job job, IGeodata geodata)
    {
        var inputs = new InputSet(geodata, job);
        try
        {
            return Plan(job, geodata, inputs);
        }
        catch
        {
            inputs.Dispose();
            throw;
        }
    }

    private static RunPlan Plan(Job job, IGeodata geodata, InputSet inputs)
    {
        List<CoverPlan> covers = Covers(job, inputs);
        PeriodPlan[] periods = [.. job.Periods.Select(p => new PeriodPlan(
            p,
            job.LandCover is { } from ? covers.FindIndex(c => c.Year == from.Years.Serving(p.LandCover!.First)) : -1,
            job.LandCover is { } to ? covers.FindIndex(c => c.Year == to.Years.Serving(p.LandCover!.Last)) : -1,
            job.Productivity is { } productivity ? Evidence(job, productivity, p, inputs) : null,
            job.SoilCarbon is { } soil ? Stocks(job, soil, p, inputs) : null))];
        int water = job.WaterMask is { } mask ? inputs.Open("water mask", "water", mask, Resampling.Nearest) : -1;

        inputs.CheckNoData();
        Grid grid = inputs.RunGrid(job.Grid.Like);
        ZoneSet zones = ZoneSet.Create(job, grid, geodata);
        IReadOnlyList<Correction> corrections = Corrections.Read(job, zones, grid, geodata);
        (int FirstMember, IReadOnlyList<int> Tables) regions = Regions(job, zones, grid, geodata);
        var index = new PlaceIndex();
        PlaceSpans places = zones.Build(index);
        Window extent = Extent(job, grid, places);
        var rank = new ChangeRank([.. Sensitivity.Thresholds, job.Rules.SocThreshold]);
        (int[] tableOfPlace, int[] regionsOfPlace) = RegionsOfPlaces(index, regions.FirstMember, regions.Tables);
        return new RunPlan(inputs)
        {
            Job = job,
            PlaceIndex = index,
            Zones = zones.Zones,
            RegionsOfPlace = regionsOfPlace,
            Corrections = corrections,
            Warnings = zones.Warnings,
            Pass = new PassPlan
            {
                Grid = grid,
                Extent = extent,
                Places = places,
                Areas = CellArea.Create(grid, geodata),
                Inputs = inputs.Align(grid),
                Covers = covers,
                Periods = periods,
                Transitions = Transitions(job),
                TransitionsOfPlace = tableOfPlace,
                WaterInput = water,
                SoilCarbonRank = rank,
                Tables = Tables(job, rank),
                StatusRule = job.Rules.Status,
                Recodes = Corrections.Recodes(corrections, index),
                UnmappedIsNoData = job.Rules.UnmappedIsNoData,
            },
        };
    }

    private static List<CoverPlan> Covers(Job job, InputSet inputs)
    {
        var covers = new List<CoverPlan>();
        if (job.LandCover is not { } landCover)
            return covers;
        IEnumerable<int> years = job.Periods.SelectMany(p => new[] { p.LandCover!.First, p.LandCover.Last })
            .Select(landCover.Years.Serving).Distinct().Order();
        foreach (int year in years)
        {
            int input = inputs.Open(
                $"land cover {year}", "land-cover", landCover.Years.Files[year], job.Grid.LandCover, landCover.Legend.NoDataCodes.Select(c => (double)c));
            var codes = new Dictionary<double, byte>();
            for (int i = 1; i <= landCover.Legend.Count; i++)
                codes[landCover.Legend.ClassAt(i).Code] = (byte)i;
            covers.Add(new CoverPlan(year, input, Recoder(inputs, input, codes)));
        }

        return covers;
    }

    private static EvidencePlan Evidence(Job job, ProductivityInput productivity, Period period, InputSet inputs)
    {
        string[] files = productivity.Periods[period.Id];
        bool trendsEarth = job.Rules.Profile == "trends-earth";
        if (productivity.Kind == ProductivityKind.Parts)
        {
            // Three conditions of two bits each make the index; its evidence is the code of the combination.
            var evidence = new byte[64];
            for (int i = 0; i < 64; i++)
                if (i >> 4 < 3)
                    evidence[i] = (byte)(LpdParts.Encode((byte)(i & 3), (byte)(i >> 2 & 3), (byte)(i >> 4)) << Kernels.Evidence.ProductivityShift);
            string[] names = ["trend", "state", "performance"];
            var parts = new List<(int, ClassRecoder)>();
            for (int part = 0; part < 3; part++)
            {
                int input = inputs.Open($"{names[part]} of {period.Id}", "productivity", files[part], job.Grid.Productivity);
                parts.Add((input, Recoder(inputs, input, PartCodes(inputs.Source(input), part, trendsEarth))));
            }

            return new EvidencePlan(parts, evidence);
        }

        bool lpd = productivity.Kind == ProductivityKind.Lpd;
        int only = inputs.Open(
            $"productivity of {period.Id}", "productivity", files[0], job.Grid.Productivity, lpd ? [0, 15] : []);
        Dictionary<double, byte> codes = lpd
            ? Enumerable.Range(1, 5).ToDictionary(c => (double)c, c => (byte)(c << Kernels.Evidence.ProductivityShift))
            : ConditionCodes(inputs.Source(only).CellType.IsSigned(), c => (byte)(c << Kernels.Evidence.ProductivityShift));
        return new EvidencePlan([(only, Recoder(inputs, only, codes))], []);
    }

    /// <summary>
    /// Stored values of trend, state (0, 1) or performance (2). Trends.Earth's own bands hold a significance of −3…3, a change of −10…10
    /// percentile classes, and −1 or 0.
    /// </summary>
    private static Dictionary<double, byte> PartCodes(IRasterSource source, int part, bool trendsEarth)
    {
        int shift = 2 * part;
        bool signed = source.CellType.IsSigned();
        if (part == 2)
            return signed ? new() { [-1] = 1 << 4, [0] = 2 << 4, [-32768] = 0 } : new() { [1] = 1 << 4, [2] = 2 << 4, [0] = 0 };
        if (!trendsEarth)
            return ConditionCodes(signed, c => (byte)(c << shift));
        int range = part == 0 ? 3 : 10;
        return Enumerable.Range(-range, (2 * range) + 1).ToDictionary(v => (double)v, v => (byte)((v <= -2 ? 1 : v >= 2 ? 3 : 2) << shift));
    }

    private static Dictionary<double, byte> ConditionCodes(bool signed, Func<int, byte> code) => signed
        ? new() { [-1] = code(1), [0] = code(2), [1] = code(3), [ConditionEncoding.SignedNoData] = 0 }
        : new() { [1] = code(1), [2] = code(2), [3] = code(3), [0] = 0 };

    private static SoilCarbonPlan Stocks(Job job, SoilCarbonInput soil, Period period, InputSet inputs)
    {
        int Open(string layer, string file) => inputs.Open(layer, "soc", file, job.Grid.SoilCarbon);
        if (soil.Kind == SoilCarbonKind.Change)
            return new SoilCarbonPlan(Open($"soil carbon change of {period.Id}", soil.Periods[period.Id]), -1);
        int first = soil.Years.Serving(period.SoilCarbon!.First), last = soil.Years.Serving(period.SoilCarbon.Last);
        return new SoilCarbonPlan(
            Open($"soil carbon {first}", soil.Years.Files[first]), Open($"soil carbon {last}", soil.Years.Files[last]));
    }

    /// <summary>A recoder in which no data wins over a class of the same value.</summary>
    private static ClassRecoder Recoder(InputSet inputs, int input, Dictionary<double, byte> codes)
    {
        foreach (double fill in inputs.NoData(input))
            codes[fill] = 0;
        return new ClassRecoder(inputs.Source(input).CellType, codes);
    }

    private static byte[][] Transitions(Job job)
    {
        if (job.LandCover is not { } landCover)
            return [];
        IEnumerable<TransitionMatrix> matrices = landCover.Regions?.Matrices.Regions.Select(r => r.Matrix) ?? [];
        return [.. matrices.Prepend(landCover.Matrix).Select(matrix => Transitions(matrix, landCover.Legend))];
    }

    private static byte[] Transitions(TransitionMatrix matrix, Legend legend)
    {
        var table = new byte[65536];
        byte[] water = legend.WaterTable();
        int stride = legend.Count + 1;
        for (int from = 0; from < stride; from++)
            for (int to = 0; to < stride; to++)
                table[(from << 8) | to] = (byte)(matrix.ConditionTable[(from * stride) + to] | (water[from] != 0 ? Kernels.Evidence.WaterBit : 0));
        return table;
    }

    private static (int FirstMember, IReadOnlyList<int> Tables) Regions(Job job, ZoneSet zones, Grid grid, IGeodata geodata)
    {
        if (job.LandCover?.Regions is not { } regions)
            return (zones.MemberCount, []);
        bool vector = !geodata.IsRaster(regions.Zones);
        (IReadOnlyList<Zone> layer, IReadOnlyList<RowSpan[]> spans) = zones.Read(
            new ZoneLayerInput(regions.Zones, regions.Layer, vector ? "region" : null, null, null, null, Dissolve: true));
        int[] tables = [.. layer.Select(zone => regions.Matrices.IndexOf(zone.Id))];
        int unknown = Array.IndexOf(tables, -1);
        if (unknown >= 0)
            throw LdnException.Usage($"region '{layer[unknown].Id}' of {regions.Zones} has no matrix", "give every region a row in the table of matrices");
        return (zones.Add(spans), [.. tables.Select(t => t + 1)]);
    }

    private static (int[] TableOfPlace, int[] RegionsOfPlace) RegionsOfPlaces(PlaceIndex places, int firstMember, IReadOnlyList<int> tables)
    {
        if (tables.Count == 0)
            return ([], []);
        var table = new int[places.Count];
        var count = new int[places.Count];
        for (int place = 0; place < table.Length; place++)
        {
            foreach (int member in places.Members(place))
            {
                if (member < firstMember || member >= firstMember + tables.Count)
                    continue;
                table[place] = tables[member - firstMember];
                count[place]++;
            }
        }

        return (table, count);
    }

    private static Window Extent(Job job, Grid grid, PlaceSpans places)
    {
        if (places.Bounds is not { } bounds)
            throw LdnException.Input("no zone touches the grid of the run", "check the zones' coordinates against the rasters' with 'ldn info'");
        if (job.Grid.FullExtent)
            return grid.Extent;
        int column = bounds.Column / ExtentCells * ExtentCells, row = bounds.Row / ExtentCells * ExtentCells;
        int endColumn = (bounds.EndColumn + ExtentCells - 1) / ExtentCells * ExtentCells, endRow = (bounds.EndRow + ExtentCells - 1) / ExtentCells * ExtentCells;
        return new Window(column, row, endColumn - column, endRow - row).Intersect(grid.Extent);
    }

    private static IndicatorTables Tables(Job job, ChangeRank rank) => new(
        job.LandCover is not null,
        job.Productivity is { } productivity ? ProductivityEvidence.Conditions(productivity.Kind, job.Rules.LpdTable) : null,
        job.SoilCarbon is null ? null : rank.Conditions(job.Rules.SocThreshold, job.Rules.SocInclusive),
        job.Rules.Missing,
        job.Rules.MaskWaterInSubIndicators);
}
