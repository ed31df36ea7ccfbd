using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using Ldn.Lanes;
using Ldn.Productivity;
using Ldn.Productivity.Vectors;
using Ldn.Rasters;

namespace Ldn.Benchmarks;

/// <summary>
/// Trend and state of a block that fits the second-level cache: 8192 pixels, 16 years of single-precision NDVI.
/// </summary>
[MemoryDiagnoser]
public class ProductivityBenchmarks
{
    private const int Pixels = 8192, Years = 16;

    private readonly byte[] _trend = new byte[Pixels];
    private readonly byte[] _state = new byte[Pixels];
    private readonly ReadOnlyMemory<byte>[] _layers = new ReadOnlyMemory<byte>[Years];
    private ProductivityKernel? _kernel;

    [Params(nameof(SimdLevel.Scalar), nameof(SimdLevel.Vector128), nameof(SimdLevel.Vector256), nameof(SimdLevel.Vector512))]
    public string Level { get; set; } = "";

    [Params(SlopeEstimator.Ols, SlopeEstimator.TheilSen)]
    public SlopeEstimator Slope { get; set; }

    /// <summary>Share of years without a value.</summary>
    [Params(0, 0.05)]
    public double Missing { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        for (int t = 0; t < Years; t++)
        {
            float[] layer = [
                .. Enumerable.Range(0, Pixels)
                    .Select(_ => random.NextDouble() < Missing ? -1 : 0.3f + (0.3f * random.NextSingle()))];
            _layers[t] = MemoryMarshal.AsBytes(layer.AsSpan()).ToArray();
        }

        LayerEncoding[] encodings = [.. _layers.Select(_ => new LayerEncoding(CellType.Float32, 1, 0, [-1]))];
        _kernel = new ProductivityKernel(
            new ProductivityOptions { Slope = Slope }, new SeriesWindow(2001, 2016), encodings, [],
            Enum.Parse<SimdLevel>(Level));
    }

    [Benchmark(OperationsPerInvoke = Pixels)]
    public void TrendAndState() => _kernel!.Run(_layers, [], Pixels, new ProductivityOutputs { Trend = _trend, State = _state });
}
