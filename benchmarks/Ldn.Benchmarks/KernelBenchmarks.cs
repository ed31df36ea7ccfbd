using BenchmarkDotNet.Attributes;
using Ldn.Indicator;
using Ldn.Lanes;

namespace Ldn.Benchmarks;

/// <summary>The kernels of the hot loop at each vector width, on a block that stays in the second-level cache.</summary>
[MemoryDiagnoser]
public class KernelBenchmarks
{
    private readonly KernelData _data = new();
    private SimdLevel _level;

    [Params(nameof(SimdLevel.Scalar), nameof(SimdLevel.Vector128), nameof(SimdLevel.Vector256), nameof(SimdLevel.Vector512))]
    public string Level { get; set; } = "";

    [GlobalSetup]
    public void Check()
    {
        _level = Enum.Parse<SimdLevel>(Level);
        if (_level > Simd.Widest)
            throw new NotSupportedException($"{Level} is not available here");
    }

    [Benchmark]
    public void Indicator() => IndicatorKernel.Indicator(_data.Land, _data.Soil, _data.Target, _data.Tables, _level);

    [Benchmark]
    public int RunEnds() => Runs.Find(_data.Planes, 0, KernelData.Pixels, _data.Ends, _level);

    [Benchmark]
    public bool RecodeLegend() => ByteTable.Lookup(_data.Land, _data.Codes, _data.Flags, _data.Target, _level);

    [Benchmark]
    public long CountClasses()
    {
        Array.Clear(_data.Counts);
        ClassCount.Add(_data.Target, _data.Counts, _level);
        return _data.Counts[1];
    }
}

/// <summary>One block of plausible data: runs of some ten pixels, as real class rasters have.</summary>
public sealed class KernelData
{
    /// <summary>Pixels of the block; every plane of it fits the second-level cache.</summary>
    public const int Pixels = 64 * 1024;

    private readonly ProductivityBenchmarks _series;
    private readonly DroughtBenchmarks _drought;

    public KernelData()
    {
        var random = new Random(1);
        byte land = 0, soil = 0;
        for (int i = 0; i < Pixels; i++)
        {
            if (random.Next(12) == 0)
                land = Evidence.Land((Condition)random.Next(4), random.Next(20) == 0, random.Next(6));
            if (random.Next(20) == 0)
                soil = (byte)random.Next(14);
            (Land[i], Soil[i]) = (land, soil);
            Initial[i] = (short)random.Next(1, 200);
            Final[i] = random.Next(10) == 0 ? (short)random.Next(1, 200) : Initial[i];
        }

        Tables = new IndicatorTables(true, LpdConditions(), Rank.Conditions(10, false), MissingDataPolicy.Strict);
        Planes = [Land, Soil];
        _series = new ProductivityBenchmarks { Level = $"{Simd.Widest}", Missing = 0 };
        _series.Setup();
        _drought = new DroughtBenchmarks { Level = $"{Simd.Widest}" };
        _drought.Setup();
        IndicatorKernel.Indicator(Land, Soil, Target, Tables);
    }

    /// <summary>Trend and state of a block of its own.</summary>
    public void TrendAndState() => _series.TrendAndState();

    /// <summary>SPI of a block of its own.</summary>
    public void DroughtIndex() => _drought.FitAndIndex();

    public byte[] Land { get; } = new byte[Pixels];

    public byte[] Soil { get; } = new byte[Pixels];

    public byte[] Target { get; } = new byte[Pixels];

    /// <summary>A table of class codes, and which values it does not know.</summary>
    public byte[] Codes { get; } = [.. Enumerable.Range(0, ByteTable.Size).Select(i => (byte)(i / 10))];

    public byte[] Flags { get; } = new byte[ByteTable.Size];

    public short[] Initial { get; } = new short[Pixels];

    public short[] Final { get; } = new short[Pixels];

    public int[] Quanta { get; } = new int[Pixels];

    public int[] Ends { get; } = new int[Pixels];

    public long[] Counts { get; } = new long[4];

    public byte[][] Planes { get; }

    public ChangeRank Rank { get; } = new(5, 10, 15);

    public IndicatorTables Tables { get; }

    private static Condition[] LpdConditions()
    {
        var conditions = new Condition[Evidence.Limit];
        Condition[] known = [
            Condition.NoData, Condition.Degraded, Condition.Degraded, Condition.Stable, Condition.Stable, Condition.Improved];
        known.CopyTo(conditions, 0);
        return conditions;
    }
}
