using System.Numerics;
using Ldn.Indicator;
using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Pass;

/// <summary>Gives the stored cells of an input over the slice at hand.</summary>
internal delegate SliceCells CellsOf(int input);

/// <summary>
/// Turns the stored cells of a slice into joint codes, one pair of byte planes a period (<see cref="Evidence"/>).
/// </summary>
internal sealed class SliceEvidence
{
    private readonly PassPlan _plan;
    private readonly byte[] _water;
    private readonly byte[] _index;
    private readonly byte[] _sum;
    private readonly SliceRegions? _regions;
    private readonly PastedSeries? _pasted;
    private readonly byte[] _ofRegion;

    public SliceEvidence(PassPlan plan, int capacity, IReadOnlyList<OpenOutput> outputs)
    {
        _plan = plan;
        Stocks = new SliceStocks(plan, capacity);
        _pasted = plan.HasSeriesByRegion ? new PastedSeries(plan, capacity, outputs) : null;
        Series = _pasted is null && plan.Series is [var only] ? new SliceSeries(plan, only, capacity, outputs) : null;
        Covers = [.. plan.Covers.Select(_ => new byte[capacity])];
        Land = [.. plan.Periods.Select(_ => new byte[capacity])];
        Soil = [.. plan.Periods.Select(_ => new byte[capacity])];
        Quanta = [.. plan.Stocks.Select((_, i) => plan.Carbon.Any(c => c.Stock == i) ? new int[capacity] : [])];
        NoCover = new byte[plan.Carbon.Any(c => c.Cover < 0) ? capacity : 0];
        _water = new byte[capacity];
        _index = new byte[capacity];
        _sum = new byte[capacity];
        _regions = plan.Regions.Count == 0 ? null : new SliceRegions(plan);
        _ofRegion = new byte[_regions is null ? 0 : capacity];
    }

    /// <summary>Dense legend indexes, one plane a year of land cover.</summary>
    public byte[][] Covers { get; }

    public SliceStocks Stocks { get; }

    /// <summary>Productivity from the one series that holds everywhere; null where there is none.</summary>
    public SliceSeries? Series { get; }

    /// <summary>What a productivity series, or that of each region, came to in a period.</summary>
    public SeriesPlanes Planes(int period) => (_pasted?.Planes(period) ?? Series?.Planes(period))!;

    /// <summary>Stocks in fixed point, one plane a stock; filled for those that are summed.</summary>
    public int[][] Quanta { get; }

    /// <summary>A plane without any class, for carbon where the run has no land cover.</summary>
    public byte[] NoCover { get; }

    /// <summary>First byte of the joint code, one plane a period.</summary>
    public byte[][] Land { get; }

    /// <summary>Second byte of the joint code.</summary>
    public byte[][] Soil { get; }

    /// <summary>Whether the last slice held, somewhere, a value without meaning.</summary>
    public bool Suspicious { get; private set; }

    public void Compute(Window slice, CellsOf cells)
    {
        int count = slice.Width * slice.Height;
        Suspicious = false;
        for (int c = 0; c < Covers.Length; c++)
            Recode(_plan.Covers[c].Input, _plan.Covers[c].Recoder, cells, Covers[c].AsSpan(0, count));
        _regions?.Move(slice);
        Suspicious |= Stocks.Compute(count, Covers, cells, _regions);
        if (_plan.WaterInput >= 0)
            Water(cells(_plan.WaterInput), _plan.Inputs[_plan.WaterInput], _water.AsSpan(0, count));
        Series?.Read(count, cells);
        _pasted?.Read(count, cells, _regions!);
        for (int p = 0; p < Land.Length; p++)
        {
            PeriodPlan period = _plan.Periods[p];
            Span<byte> land = Land[p].AsSpan(0, count);
            if (period.FromCover >= 0)
                Transitions(slice, Covers[period.FromCover], Covers[period.ToCover], land);
            else
                _water.AsSpan(0, count).CopyTo(land);
            if (_regions is not null)
                AddByRegion(p, _regions, cells, land);
            else if (period.Productivity is { } productivity)
                AddProductivity(productivity, cells, land);
            Series?.AddEvidence(p, slice, cells, land);
            _pasted?.AddEvidence(p, slice, cells, _regions!, land);
            if (period.SoilCarbon is not { } soil)
                continue;
            if (_regions is not null && _plan.JointSoilEvidence is not null)
                RankByRegion(soil, _regions, cells, Soil[p].AsSpan(0, count));
            else if (_plan.SoilTest is { } test && soil.Years is not null)
                Stocks.Test(soil, test, cells, Soil[p].AsSpan(0, count));
            else
                Stocks.Rank(soil, _plan.SoilCarbonRank, cells, Soil[p].AsSpan(0, count));
        }
    }

    /// <summary>Fills the fixed-point stocks of the slice just computed.</summary>
    public void Quantise(int count, CellsOf cells)
    {
        for (int stock = 0; stock < Quanta.Length; stock++)
            if (Quanta[stock].Length > 0)
                Stocks.Quantise(stock, cells, Quanta[stock].AsSpan(0, count));
    }

    private void Recode(int input, ClassRecoder recoder, CellsOf cells, Span<byte> codes)
    {
        SliceCells slice = cells(input);
        Suspicious |= recoder.Recode(slice.Cells, slice.Outside, codes);
    }

    private void Transitions(Window slice, byte[] from, byte[] to, Span<byte> land)
    {
        if (_plan.RegionOfPlace.Count == 0)
        {
            Lookup(_plan.Transitions[0], from.AsSpan(0, land.Length), to.AsSpan(0, land.Length), land);
            return;
        }

        land.Clear();
        foreach (PlaceRun run in _plan.Places.Inside(slice))
        {
            Lookup(
                _plan.Transitions[_plan.RegionOfPlace[run.Place]],
                from.AsSpan(run.Start, run.Length), to.AsSpan(run.Start, run.Length), land.Slice(run.Start, run.Length));
        }
    }

    private static void Lookup(byte[] table, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, Span<byte> land)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(table.Length, 65536);
        for (int i = 0; i < land.Length && i < from.Length && i < to.Length; i++)
            land[i] = table[(from[i] << 8) | to[i]];
    }

    /// <summary>The productivity of each region in the slice, pasted where the region is.</summary>
    private void AddByRegion(int period, SliceRegions regions, CellsOf cells, Span<byte> land)
    {
        Span<byte> own = _ofRegion.AsSpan(0, land.Length);
        EvidencePlan? computed = null;
        foreach (int region in regions.Present)
        {
            if (_plan.Regions[region].Productivity[period] is not { } productivity)
                continue;
            if (productivity != computed)
            {
                own.Clear();
                AddProductivity(productivity, cells, own);
                computed = productivity;
            }

            regions.Paste(region, own, land);
        }
    }

    /// <summary>The soil evidence of each region in the slice under its own thresholds, pasted where the region is.</summary>
    private void RankByRegion(SoilCarbonPlan soil, SliceRegions regions, CellsOf cells, Span<byte> ranks)
    {
        Span<byte> own = _ofRegion.AsSpan(0, ranks.Length);
        ChangeRank? ranked = null;
        ranks.Clear();
        foreach (int region in regions.Present)
        {
            if (_plan.Regions[region].SoilTest is { } test && soil.Years is not null)
            {
                Stocks.Test(soil, test, cells, own);
                foreach ((int start, int end) in regions.Runs(region))
                    own[start..end].CopyTo(ranks[start..]);
                ranked = null;
                continue;
            }

            (ChangeRank rank, byte[] codes) = (_plan.Regions[region].SoilRank, _plan.Regions[region].SoilCodes!);
            if (rank != ranked)
                Stocks.Rank(soil, rank, cells, own);
            ranked = rank;
            foreach ((int start, int end) in regions.Runs(region))
                for (int i = start; i < end; i++)
                    ranks[i] = codes[own[i]];
        }
    }

    private void AddProductivity(EvidencePlan productivity, CellsOf cells, Span<byte> land)
    {
        Span<byte> index = _index.AsSpan(0, land.Length);
        if (productivity.Parts is [var only])
        {
            Recode(only.Input, only.Recoder, cells, index);
            Add(index, land);
            return;
        }

        Span<byte> sum = _sum.AsSpan(0, land.Length);
        sum.Clear();
        foreach ((int input, ClassRecoder recoder) in productivity.Parts)
        {
            Recode(input, recoder, cells, index);
            for (int i = 0; i < land.Length; i++)
                sum[i] += index[i];
        }

        for (int i = 0; i < land.Length; i++)
            land[i] |= productivity.Evidence[sum[i]];
    }

    /// <summary>Sets the bits of <paramref name="more"/> in <paramref name="land"/>.</summary>
    private static void Add(ReadOnlySpan<byte> more, Span<byte> land)
    {
        int i = 0;
        for (; i <= land.Length - Vector<byte>.Count; i += Vector<byte>.Count)
            (new Vector<byte>(land[i..]) | new Vector<byte>(more[i..])).CopyTo(land[i..]);
        for (; i < land.Length; i++)
            land[i] |= more[i];
    }

    /// <summary>The water bit of each pixel of a mask.</summary>
    internal static void Water(SliceCells slice, RasterInput input, Span<byte> water)
    {
        for (int i = 0; i < water.Length; i++)
        {
            double value = Cells.Value(slice.Cells, input.Raster.OutputType, i);
            bool known = !double.IsNaN(value) && !input.NoData.Contains(value)
                && (slice.Outside.IsEmpty || slice.Outside[i] == 0);
            water[i] = known && value != 0 ? (byte)Evidence.WaterBit : (byte)0;
        }
    }
}

/// <summary>Where in a slice each region lies. One a worker.</summary>
internal sealed class SliceRegions
{
    private readonly PassPlan _plan;
    private readonly List<(int Start, int End)>[] _runs;
    private readonly List<int> _present = [];

    public SliceRegions(PassPlan plan)
    {
        _plan = plan;
        _runs = [.. plan.Regions.Select(_ => new List<(int, int)>())];
    }

    /// <summary>The regions that the slice meets, ascending.</summary>
    public IReadOnlyList<int> Present => _present;

    /// <summary>Cells of a region in the slice, from the start of each run to before its end.</summary>
    public List<(int Start, int End)> Runs(int region) => _runs[region];

    /// <summary>
    /// Adds the productivity evidence of a region to the joint codes, in the codes of the run, where the region is.
    /// </summary>
    public void Paste(int region, ReadOnlySpan<byte> own, Span<byte> land)
    {
        byte[]? codes = _plan.Regions[region].ProductivityCodes;
        foreach ((int start, int end) in _runs[region])
            for (int i = start; i < end; i++)
                land[i] |= codes is null ? own[i]
                    : (byte)(codes[Evidence.Productivity(own[i])] << Evidence.ProductivityShift);
    }

    /// <summary>Goes to another slice.</summary>
    public void Move(Window slice)
    {
        foreach (int region in _present)
            _runs[region].Clear();
        _present.Clear();
        foreach (PlaceRun run in _plan.Places.Inside(slice))
        {
            int region = _plan.RegionOfPlace[run.Place];
            if (_runs[region].Count == 0)
                _present.Add(region);
            if (_runs[region].Count > 0 && _runs[region][^1].End == run.Start)
                _runs[region][^1] = (_runs[region][^1].Start, run.End);
            else
                _runs[region].Add((run.Start, run.End));
        }

        _present.Sort();
    }
}
