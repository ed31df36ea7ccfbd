using BenchmarkDotNet.Attributes;
using Ldn.Drought;
using Ldn.Lanes;

namespace Ldn.Benchmarks;

/// <summary>
/// Fit and index of cells with 44 years of totals each: rain about as it falls, skewed more or less, with a dry year here and
/// there. An operation is a year of a cell.
/// </summary>
[MemoryDiagnoser]
public class DroughtBenchmarks
{
    private const int Cells = 256, Years = 44;

    private readonly double[] _totals = new double[Cells * Years];
    private readonly double[] _index = new double[Years];
    private IndexKernel? _kernel;

    [Params(nameof(SimdLevel.Scalar), nameof(SimdLevel.Vector128), nameof(SimdLevel.Vector256), nameof(SimdLevel.Vector512))]
    public string Level { get; set; } = "";

    [ParamsAllValues]
    public DroughtIndex Index { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        for (int cell = 0; cell < Cells; cell++)
        {
            // A sum of exponential months is a gamma variate of as many as its shape.
            int shape = 1 + (cell % 30);
            for (int year = 0; year < Years; year++)
            {
                double total = 0;
                for (int i = 0; i < shape; i++)
                    total -= Math.Log(1 - random.NextDouble()) * 20;
                _totals[(cell * Years) + year] = random.Next(60) == 0 ? 0 : total - (Index == DroughtIndex.Spei ? 300 : 0);
            }
        }

        IndexFit fit = Index == DroughtIndex.Spi ? IndexFit.Thom : IndexFit.UnbiasedMoments;
        _kernel = new IndexKernel(
            new IndexOptions { Index = Index, Fit = fit }, [.. Enumerable.Range(1980, Years)],
            IndexLanes.Create(Enum.Parse<SimdLevel>(Level)));
    }

    [Benchmark(OperationsPerInvoke = Cells * Years)]
    public void FitAndIndex()
    {
        for (int cell = 0; cell < Cells; cell++)
            _kernel!.Run(_totals.AsSpan(cell * Years, Years), _index, out _);
    }
}
