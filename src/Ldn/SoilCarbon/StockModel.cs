using System.Numerics;
using System.Runtime.InteropServices;
using Ldn.LandCover;
using Ldn.Lanes;

namespace Ldn.SoilCarbon;

/// <summary>
/// Stocks of soil organic carbon from a reference stock and dated land cover, for blocks of pixels (method §5):
/// <see cref="StockRecurrence"/> on every pixel, bit for bit. Immutable; workers share one. Allocates nothing per block.
/// </summary>
internal sealed class StockModel
{
    // Pixels at a time: the buffers of a chunk stay in the first-level cache and on the stack.
    private const int Chunk = 256;

    private readonly LandCoverTimeline _timeline;
    private readonly StockChangeFactors _factors;
    private readonly byte[] _classes = new byte[256];
    private readonly int[] _outputOfStep;
    private readonly int _lastStep;
    private readonly int _outputs;
    private readonly double? _constant;

    /// <param name="timeline">Covers by year.</param>
    /// <param name="factors">F(from, to).</param>
    /// <param name="legend">Legend of the covers.</param>
    /// <param name="outputYears">Distinct years to give stocks of, in the order of the output planes.</param>
    /// <param name="constantFactor">A constant f in place of climate zones.</param>
    /// <exception cref="LdnException">Exit 2: an output year before the reference year, after the last, or given twice; constant
    /// f not above 0.</exception>
    public StockModel(
        LandCoverTimeline timeline, StockChangeFactors factors, Legend legend, IReadOnlyList<int> outputYears,
        double? constantFactor = null)
    {
        _timeline = timeline;
        _factors = factors;
        factors.ClassTable(legend).CopyTo(_classes, 0);
        _constant = constantFactor is { } f ? StockChangeFactors.CheckedCropFactor(f) : null;
        _outputOfStep = new int[timeline.Steps + 1];
        Array.Fill(_outputOfStep, -1);
        for (int i = 0; i < outputYears.Count; i++)
        {
            int step = timeline.StepOf(outputYears[i]);
            if (_outputOfStep[step] >= 0)
                throw Fault.Job.Error($"soil carbon of {outputYears[i]} is wanted twice");
            _outputOfStep[step] = i;
            _lastStep = Math.Max(_lastStep, step);
        }

        _outputs = outputYears.Count;
        OutputYears = outputYears;
        NeedsClimateZones = factors.UsesCropFactor && _constant is null;
    }

    /// <summary>Which dated cover holds in each year.</summary>
    public LandCoverTimeline Timeline => _timeline;

    /// <summary>F(from, to).</summary>
    public StockChangeFactors Factors => _factors;

    /// <summary>The class in the factor table of a dense legend index; 0 for no data.</summary>
    public int ClassOf(byte cover) => _classes[cover];

    /// <summary>f in a climate zone (not looked at with a constant f, or where no factor is f).</summary>
    public double CropFactorOf(byte climateZone) =>
        NeedsClimateZones ? ClimateZones.CropFactors[climateZone] : _constant ?? 1;

    /// <summary>Years of the output planes, in their order.</summary>
    public IReadOnlyList<int> OutputYears { get; }

    /// <summary>True where blocks must carry climate zones.</summary>
    public bool NeedsClimateZones { get; }

    /// <summary>
    /// Computes one block of any number n of pixels. A pixel is no data (NaN) in every year where its reference stock, first
    /// cover or (if needed) climate zone is; from a no-data cover or a no-data practice factor that is needed, in the years
    /// after.
    /// </summary>
    /// <param name="block">Inputs, see <see cref="StockBlock{T}"/>.</param>
    /// <param name="stocks">Receives a plane of n stocks in t C/ha for each of <see cref="OutputYears"/>, one after another; NaN
    /// is no data. Computed in double; converted on writing only.</param>
    /// <exception cref="ArgumentException">A span of another length, or one that is needed left out.</exception>
    public StockIssues Run<T, TOut>(StockBlock<T> block, Span<TOut> stocks)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOut : unmanaged, IBinaryFloatingPointIeee754<TOut>
    {
        int n = block.Reference.Length;
        Check(block, stocks.Length);
        var issues = default(StockIssues);
        Span<byte> changed = stackalloc byte[Chunk];
        Span<double> known = stackalloc double[Chunk];
        for (int start = 0; start < n; start += Chunk)
        {
            int length = Math.Min(Chunk, n - start);
            MarkChanges(block.Covers, n, start, changed[..length]);
            issues += KnownReferences(block, start, known[..length]);
            for (int output = 0; output < _outputs; output++)
                Write<TOut>(known[..length], stocks.Slice((output * n) + start, length));
            for (int i = 0; i < length; i++)
            {
                if (changed[i] != 0 && !double.IsNaN(known[i]))
                    RunPixel(
                        block.Covers, n, start + i, known[i], CropFactor(block, start + i), Practice(block, start + i), stocks);
            }
        }

        return issues;
    }

    /// <summary>
    /// The reference stocks of a chunk, NaN where the pixel cannot be computed at all: invalid, or without climate.
    /// Simple loops one after another, because every pixel goes through here and few go further.
    /// </summary>
    private StockIssues KnownReferences<T>(in StockBlock<T> block, int start, Span<double> known)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int invalidStocks = 0, invalidZones = 0, invalidPractices = 0;
        ReadOnlySpan<T> reference = block.Reference.Slice(start, known.Length);
        for (int i = 0; i < known.Length; i++)
        {
            double stock = double.CreateTruncating(reference[i]);
            bool invalid = StockRecurrence.IsInvalid(stock);
            invalidStocks += invalid ? 1 : 0;
            known[i] = invalid ? double.NaN : stock;
        }

        if (NeedsClimateZones)
        {
            ReadOnlySpan<byte> zones = block.ClimateZones.Slice(start, known.Length);
            for (int i = 0; i < known.Length; i++)
            {
                byte zone = zones[i];
                if (zone is >= 1 and <= ClimateZones.Count)
                    continue;
                // A stock that is invalid has been counted already.
                if (zone != 0 && !StockRecurrence.IsInvalid(double.CreateTruncating(reference[i])))
                    invalidZones++;
                known[i] = double.NaN;
            }
        }

        if (!block.Management.IsEmpty || !block.Input.IsEmpty)
        {
            for (int i = 0; i < known.Length; i++)
            {
                if (IsPractice(block.Management, start + i) && IsPractice(block.Input, start + i))
                    continue;
                bool counted = StockRecurrence.IsInvalid(double.CreateTruncating(reference[i]))
                    || (NeedsClimateZones && !ClimateZones.IsCode(block.ClimateZones[start + i]));
                invalidPractices += counted ? 0 : 1;
                known[i] = double.NaN;
            }
        }

        return new StockIssues(invalidStocks, invalidZones, invalidPractices);
    }

    private static void Write<TOut>(ReadOnlySpan<double> from, Span<TOut> to)
        where TOut : unmanaged, IBinaryFloatingPointIeee754<TOut>
    {
        for (int i = 0; i < to.Length; i++)
            to[i] = TOut.CreateTruncating(from[i]);
    }

    /// <summary>
    /// Marks with 0 the pixels whose dated covers are all one and known. Most land never changes, so this test, on bytes and
    /// vectors, decides the speed.
    /// </summary>
    private void MarkChanges(ReadOnlySpan<byte> covers, int n, int start, Span<byte> changed)
    {
        int i = Simd.Widest switch
        {
            SimdLevel.Vector512 => MarkChanges<Lanes512<byte>>(covers, n, start, changed),
            SimdLevel.Vector256 => MarkChanges<Lanes256<byte>>(covers, n, start, changed),
            SimdLevel.Vector128 => MarkChanges<Lanes128<byte>>(covers, n, start, changed),
            _ => 0,
        };
        for (; i < changed.Length; i++)
        {
            int first = covers[start + i], difference = first == 0 ? 1 : 0;
            for (int year = 1; year < _timeline.CoverYears.Count; year++)
                difference |= covers[(year * n) + start + i] ^ first;
            changed[i] = (byte)difference;
        }
    }

    private int MarkChanges<T>(ReadOnlySpan<byte> covers, int n, int start, Span<byte> changed)
        where T : struct, ILanes<T, byte>
    {
        ref byte cover = ref MemoryMarshal.GetReference(covers);
        ref byte target = ref MemoryMarshal.GetReference(changed);
        int years = _timeline.CoverYears.Count, i = 0;
        for (; i <= changed.Length - T.Count; i += T.Count)
        {
            T first = T.Load(ref cover, start + i), difference = T.Equal(first, T.Zero);
            for (int year = 1; year < years; year++)
                difference |= T.Load(ref cover, (year * n) + start + i) ^ first;
            T.Store(difference, ref target, i);
        }

        return i;
    }

    private void RunPixel<TOut>(
        ReadOnlySpan<byte> covers, int n, int pixel, double stock, double cropFactor, double practice, Span<TOut> stocks)
        where TOut : unmanaged, IBinaryFloatingPointIeee754<TOut>
    {
        ReadOnlySpan<int> coverOfStep = _timeline.CoverOfStep;
        int from = _classes[covers[(coverOfStep[0] * n) + pixel]], age = 0;
        double change = 0;
        if (from == 0)
            stock = double.NaN;
        for (int k = 0; ; k++)
        {
            int output = _outputOfStep[k];
            if (output >= 0)
                stocks[(output * n) + pixel] = TOut.CreateTruncating(stock);
            if (k == _lastStep)
                return;
            int to = _classes[covers[(coverOfStep[k + 1] * n) + pixel]];
            // Once no data, always no data: NaN less anything stays NaN, whatever covers follow.
            if (to == 0 || from == 0)
            {
                stock = double.NaN;
            }
            else if (from != to)
            {
                change = stock * (1 - _factors.Factor(from, to, cropFactor, practice)) / StockRecurrence.TransitionYears;
                age = 1;
            }
            else if (++age > StockRecurrence.TransitionYears)
            {
                change = 0;
            }

            stock -= change;
            from = to;
        }
    }

    private double CropFactor<T>(in StockBlock<T> block, int pixel) =>
        CropFactorOf(NeedsClimateZones ? block.ClimateZones[pixel] : (byte)0);

    private static double Practice<T>(in StockBlock<T> block, int pixel) =>
        (block.Management.IsEmpty ? 1 : block.Management[pixel]) * (block.Input.IsEmpty ? 1 : block.Input[pixel]);

    /// <summary>True for a factor above 0 and for no data.</summary>
    private static bool IsPractice(ReadOnlySpan<double> factors, int pixel) =>
        factors.IsEmpty || double.IsNaN(factors[pixel]) || (factors[pixel] > 0 && double.IsFinite(factors[pixel]));

    private void Check<T>(in StockBlock<T> block, int outputLength)
    {
        int n = block.Reference.Length;
        Require(block.Covers.Length == n * _timeline.CoverYears.Count, nameof(block.Covers));
        Require(block.ClimateZones.Length == n || (block.ClimateZones.IsEmpty && !NeedsClimateZones), nameof(block.ClimateZones));
        Require(block.Management.Length == n || block.Management.IsEmpty, nameof(block.Management));
        Require(block.Input.Length == n || block.Input.IsEmpty, nameof(block.Input));
        Require(outputLength == n * _outputs, "stocks");

        static void Require(bool holds, string name)
        {
            if (!holds)
                throw new ArgumentException($"{name} does not have the length the model needs");
        }
    }
}

/// <summary>
/// The rasters of one block of pixels, n pixels each; a span left empty is an input that is not used.
/// </summary>
/// <typeparam name="T">Type of the reference stock, <see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly ref struct StockBlock<T>
{
    /// <summary>Stock of the reference year in t C/ha; NaN is no data.</summary>
    public required ReadOnlySpan<T> Reference { get; init; }

    /// <summary>
    /// Dense legend indexes (0 no data), one plane of n after another in the order of <see cref="LandCoverTimeline.CoverYears"/>.
    /// </summary>
    public required ReadOnlySpan<byte> Covers { get; init; }

    /// <summary>Climate zones 0…12, 0 no data; empty with a constant f and for factors that do not use f.</summary>
    public ReadOnlySpan<byte> ClimateZones { get; init; }

    /// <summary>Management factors above 0, NaN no data; empty means 1 everywhere.</summary>
    public ReadOnlySpan<double> Management { get; init; }

    /// <summary>Input factors above 0, NaN no data; empty means 1 everywhere.</summary>
    public ReadOnlySpan<double> Input { get; init; }
}

/// <summary>
/// Pixels whose inputs cannot be: the stock is no data there, and the caller raises the error with values and areas (method §2).
/// A pixel counts in the first that applies.
/// </summary>
internal readonly record struct StockIssues(long Stocks, long Zones, long Practices)
{
    public bool Any => (Stocks | Zones | Practices) != 0;

    public static StockIssues operator +(StockIssues a, StockIssues b) =>
        new(a.Stocks + b.Stocks, a.Zones + b.Zones, a.Practices + b.Practices);
}
