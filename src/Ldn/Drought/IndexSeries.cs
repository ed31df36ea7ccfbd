using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Ldn.Rasters;

namespace Ldn.Drought;

/// <summary>What beside the index is told of a cell.</summary>
internal enum CellFact
{
    /// <summary>Years of the reference with a value, by month that ends it.</summary>
    Years,

    /// <summary>Those that are zero, likewise.</summary>
    Zeros,

    /// <summary>D of the fit, likewise.</summary>
    Distance,

    /// <summary><see cref="FitState"/>, likewise.</summary>
    State,

    /// <summary>Lowest precipitation of any month, mm.</summary>
    LowestPrecipitation,

    /// <summary>Mean precipitation of a year, mm: twelve times the mean of the months that are there.</summary>
    AnnualPrecipitation,

    /// <summary>Lowest temperature of any month, °C.</summary>
    LowestTemperature,

    /// <summary>Highest temperature of any month, °C.</summary>
    HighestTemperature,

    /// <summary>Least difference of the highest and the lowest temperature, °C.</summary>
    LeastRange,
}

/// <summary>
/// A standardised index computed from monthly rasters, on the grid of the precipitation (drought §1): blocks of cells are
/// computed when they are asked for, all years together, and the last ones kept. For any number of threads; every cell is
/// computed by itself, so that what it holds depends on no block.
/// </summary>
internal sealed class IndexSeries : IDisposable
{
    private const int FactsOfMonth = 4, FactsOfCell = 5, BlockGoal = 1 << 16, SmallestBlock = 1 << 10;
    private const long BytesGoal = 48L << 20, KeptBytes = 96L << 20;

    private readonly MonthlyInputs _inputs;
    private readonly IGeodata _geodata;
    private readonly int[] _all;
    private readonly ConcurrentBag<IndexWorker> _workers = [];
    private readonly Dictionary<int, WeakReference<Lazy<float[]>>> _blocks = [];
    private readonly LinkedList<Lazy<float[]>> _kept = [];
    private readonly int _across;
    private readonly int _most;

    /// <param name="options">What is computed.</param>
    /// <param name="inputs">Of what; its rasters stay the caller's and must be open as long as this is used.</param>
    /// <param name="years">Years that are told, ascending.</param>
    /// <param name="geodata">Brings other quantities onto the precipitation's grid, tells latitudes.</param>
    public IndexSeries(IndexOptions options, MonthlyInputs inputs, IReadOnlyList<int> years, IGeodata geodata)
    {
        (Options, _inputs, Years, _geodata) = (options, inputs, years, geodata);
        IReadOnlySet<int> months = inputs.Months();
        int first = months.Min() / 12, last = months.Max() / 12;
        _all = [.. Enumerable.Range(options.FirstReference, options.ReferenceYears).Where(y => y >= first && y <= last)
            .Union(years).Order()];
        IRasterSource source = inputs.Precipitation[0].Source;
        (BlockWidth, BlockHeight) = Shape(source, (long)options.EndMonths.Count * _all.Length * sizeof(double));
        _across = (Grid.Width + BlockWidth - 1) / BlockWidth;
        _most = (int)Math.Max(2, KeptBytes / ((long)BlockWidth * BlockHeight * Layers * sizeof(float)));
    }

    public IndexOptions Options { get; }

    public Grid Grid => _inputs.Grid;

    /// <summary>Years that are told, ascending.</summary>
    public IReadOnlyList<int> Years { get; }

    public int BlockWidth { get; }

    public int BlockHeight { get; }

    /// <summary>Memory of one worker beside the blocks that are kept.</summary>
    public long WorkerBytes => (long)BlockWidth * BlockHeight * ((Options.EndMonths.Count * _all.Length * sizeof(double))
        + (Layers * sizeof(float)) + (12 * sizeof(double))) + (_inputs.HasTemperature ? 12L * BlockWidth * BlockHeight * 24 : 0);

    /// <summary>Memory of the blocks that are kept for all workers together.</summary>
    public long SharedBytes => (long)_most * BlockWidth * BlockHeight * Layers * sizeof(float);

    private int Layers => (Options.EndMonths.Count * (Years.Count + FactsOfMonth)) + FactsOfCell;

    /// <summary>The index of a year and month that ends it, as a raster of single precision, NaN no data.</summary>
    public IRasterSource Index(int year, int endMonth) =>
        new Layer(this, (Ends(endMonth) * (Years.Count + FactsOfMonth)) + Years.ToList().IndexOf(year), $"{Options.Name} {year}");

    /// <summary>Something else that is told of every cell, likewise; the month is that of facts of a month.</summary>
    public IRasterSource Of(CellFact fact, int endMonth = 0) => new Layer(
        this, fact < CellFact.LowestPrecipitation
            ? (Ends(endMonth) * (Years.Count + FactsOfMonth)) + Years.Count + (int)fact
            : (Options.EndMonths.Count * (Years.Count + FactsOfMonth)) + (fact - CellFact.LowestPrecipitation),
        $"{Options.Name}, {fact}");

    public void Dispose()
    {
        while (_workers.TryTake(out IndexWorker? worker))
            worker.Dispose();
    }

    private int Ends(int endMonth) => Options.EndMonth is null ? endMonth - 1 : 0;

    /// <summary>
    /// Whole tiles of the precipitation, or bands of whole strips, so that none is decoded twice, as far as memory allows.
    /// </summary>
    private static (int Width, int Height) Shape(IRasterSource source, long bytesOfCell)
    {
        Grid grid = source.Grid;
        long most = Math.Clamp(BytesGoal / bytesOfCell, SmallestBlock, BlockGoal * 4L);
        int width = Math.Min(source.BlockWidth, grid.Width), height = Math.Min(source.BlockHeight, grid.Height);
        while (width * 2L <= grid.Width && (long)width * height * 4 <= Math.Min(BlockGoal, most))
            (width, height) = (width * 2, Math.Min(height * 2, grid.Height));
        while ((long)width * height * 2 <= Math.Min(BlockGoal, most) && height < grid.Height)
            height *= 2;
        while ((long)width * height > most && height > 1)
            height = (height + 1) / 2;
        while ((long)width * height > most && width > 1)
            width = (width + 1) / 2;
        return (width, height);
    }

    private Lazy<float[]> Block(int column, int row)
    {
        int key = (row * _across) + column;
        Lazy<float[]>? block;
        lock (_blocks)
        {
            if (!_blocks.TryGetValue(key, out WeakReference<Lazy<float[]>>? weak) || !weak.TryGetTarget(out block))
            {
                block = new Lazy<float[]>(() => Compute(column, row));
                _blocks[key] = new WeakReference<Lazy<float[]>>(block);
                _kept.AddFirst(block);
                if (_kept.Count > _most)
                    _kept.RemoveLast();
            }
        }

        return block;
    }

    private float[] Compute(int column, int row)
    {
        if (!_workers.TryTake(out IndexWorker? worker))
            worker = new IndexWorker(Options, _inputs, _all, Years, _geodata);
        Window window = new Window(column * BlockWidth, row * BlockHeight, BlockWidth, BlockHeight).Intersect(Grid.Extent);
        float[] block = worker.Compute(window, Layers);
        _workers.Add(worker);
        return block;
    }

    /// <summary>One layer of all blocks. A block that lies on the edge is as narrow as the grid leaves it.</summary>
    private sealed class Layer(IndexSeries series, int number, string name) : IRasterSource
    {
        private Lazy<float[]>? _block;
        private (int Column, int Row) _at = (-1, -1);

        public string Name => name;

        public Grid Grid => series.Grid;

        public CellType CellType => CellType.Float32;

        public double? NoData => double.NaN;

        public double Scale => 1;

        public double Offset => 0;

        public int BlockWidth => series.BlockWidth;

        public int BlockHeight => series.BlockHeight;

        public void ReadBlock(int blockColumn, int blockRow, Span<byte> destination)
        {
            if (_at != (blockColumn, blockRow) || _block is null)
                (_block, _at) = (series.Block(blockColumn, blockRow), (blockColumn, blockRow));
            Span<float> cells = MemoryMarshal.Cast<byte, float>(destination);
            Window window = new Window(
                blockColumn * BlockWidth, blockRow * BlockHeight, BlockWidth, BlockHeight).Intersect(Grid.Extent);
            ReadOnlySpan<float> layer = _block.Value.AsSpan(number * window.Width * window.Height, window.Width * window.Height);
            for (int r = 0; r < window.Height; r++)
                layer.Slice(r * window.Width, window.Width).CopyTo(cells[(r * BlockWidth)..]);
        }

        public IRasterSource Reopen() => new Layer(series, number, name);

        public void Dispose() => _block = null;
    }
}
