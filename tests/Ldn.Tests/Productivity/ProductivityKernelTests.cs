using System.Runtime.Intrinsics;
using Ldn.Lanes;
using Ldn.Productivity;
using Ldn.Productivity.Laws;
using Ldn.Productivity.Vectors;
using Ldn.Rasters;

namespace Ldn.Tests.Productivity;

[Category("Slow")]
internal sealed class ProductivityKernelTests
{
    internal static readonly SimdLevel[] Levels = [.. Enum.GetValues<SimdLevel>().Where(level => level <= Simd.Widest)];

    private static IEnumerable<TestCaseData> Rules()
    {
        foreach (SimdLevel level in Levels)
        {
            foreach (TrendMethod method in Enum.GetValues<TrendMethod>())
                foreach (SlopeEstimator slope in Enum.GetValues<SlopeEstimator>())
                    yield return Case(level, $"{method} {slope}", new ProductivityOptions { Method = method, Slope = slope });
            yield return Case(level, "TrendsEarth ZScore",
                new ProductivityOptions { Significance = TrendSignificance.TrendsEarth, State = StateMethod.ZScore });
            yield return Case(level, "FaoWocat",
                new ProductivityOptions { LpdMethod = LpdMethod.FaoWocat, Variable = ProductivityVariable.Npp, MinYears = 5 });
        }
    }

    private static TestCaseData Case(SimdLevel level, string name, ProductivityOptions options) =>
        new TestCaseData(level, options).SetArgDisplayNames($"{level}", name);

    [TestCaseSource(nameof(Rules))]
    public void BitsAreThoseOfTheLawsAtEveryLength(SimdLevel level, ProductivityOptions options)
    {
        for (int pixels = 0; pixels <= 257; pixels += pixels is > 70 and < 240 ? 17 : 1)
            AssertAgrees(level, options, SeriesBlock.Random(CellType.Float32, 16, pixels, seed: pixels), 16);
    }

    [Test]
    public void EveryCellTypeIsDecoded([Values] CellType type, [ValueSource(nameof(Levels))] SimdLevel level)
    {
        foreach ((double scale, double offset) in new[] { (1.0, 0.0), (0.0001, 0.0), (-0.5, 3.0), (0.01, -20.0) })
            AssertAgrees(level, new ProductivityOptions(), SeriesBlock.Random(type, 16, 333, seed: 11, scale, offset), 16);
    }

    [Test]
    public void EveryNumberOfYearsWorks(
        [Values(4, 5, 7, 9, 13, 17, 23, 40)] int years, [ValueSource(nameof(Levels))] SimdLevel level)
    {
        var options = new ProductivityOptions
        {
            MinYears = 4,
            RecentYears = 2,
            LpdMethod = LpdMethod.FaoWocat,
            FaoWocatYears = 2
        };
        foreach (SlopeEstimator slope in Enum.GetValues<SlopeEstimator>())
            AssertAgrees(
                level, options with { Slope = slope }, SeriesBlock.Random(CellType.Float32, years, 300, seed: years), years);
    }

    [Test]
    public void OffsetThatRoundsDifferencesAwayMakesTies([ValueSource(nameof(Levels))] SimdLevel level) =>
        AssertAgrees(level, new ProductivityOptions(), SeriesBlock.Random(CellType.Float32, 16, 300, seed: 12, 1e-15, 1000), 16);

    [Test]
    public void NoDataIsComparedInTheStoredType([ValueSource(nameof(Levels))] SimdLevel level)
    {
        // The tag of a single-precision file, −3.4e38, is another number in double precision.
        double[] cells = [-3.4e38, 0.5, double.NaN, double.NegativeInfinity];
        var encoding = new LayerEncoding(CellType.Float32, 1, 0, [-3.4e38]);
        ReadOnlyMemory<byte>[] layers = [
            .. Enumerable.Repeat<ReadOnlyMemory<byte>>(SeriesBlock.Stored(CellType.Float32, cells), 8)];
        var kernel = new ProductivityKernel(
            new ProductivityOptions(), new SeriesWindow(2000, 2007), [.. layers.Select(_ => encoding)], [], level);
        var mean = new double[4];
        kernel.Run(layers, [], 4, new ProductivityOutputs { Mean = mean });
        Assert.That(mean, Is.EqualTo(new[] { double.NaN, 0.5, double.NaN, double.NaN }));
    }

    [Test]
    public void LayersMayDifferInTypeAndScale([ValueSource(nameof(Levels))] SimdLevel level)
    {
        ReadOnlyMemory<byte>[] layers =
        [
            .. Enumerable.Range(0, 8)
                .Select(t => (ReadOnlyMemory<byte>)SeriesBlock.Stored(t % 2 == 0 ? CellType.Int16 : CellType.Float64,
                [t % 2 == 0 ? 5000 + (100 * t) : 0.5 + (0.01 * t)])),
        ];
        LayerEncoding[] encodings =
        [
            .. Enumerable.Range(0, 8).Select(t => t % 2 == 0
                ? new LayerEncoding(CellType.Int16, 0.0001, 0, [-1])
                : new LayerEncoding(CellType.Float64, 1, 0, [])),
        ];
        var kernel = new ProductivityKernel(new ProductivityOptions(), new SeriesWindow(2000, 2007), encodings, [], level);
        var s = new short[1];
        kernel.Run(layers, [], 1, new ProductivityOutputs { S = s });
        Assert.That(s[0], Is.EqualTo(28));
    }

    [Test]
    public void WidestVectorsOfThisRunAreInUse()
    {
        bool Off(string feature) => Environment.GetEnvironmentVariable("DOTNET_Enable" + feature) == "0";
        SimdLevel expected = Off("HWIntrinsic") ? SimdLevel.Scalar
            : !Off("AVX512") && !Off("AVX2") && Vector512.IsHardwareAccelerated ? SimdLevel.Vector512
            : !Off("AVX2") && Vector256.IsHardwareAccelerated ? SimdLevel.Vector256
            : SimdLevel.Vector128;
        Assert.That(Simd.Widest, Is.EqualTo(expected));
        if (Off("AVX512"))
            Assert.That(Vector512.IsHardwareAccelerated, Is.False, "the switch has another name in this runtime");
        TestContext.Out.WriteLine($"{expected}");
    }

    [Test]
    public void SlopesHaveTheBitsOfDoublePrecision([ValueSource(nameof(Levels))] SimdLevel level, [Values] SlopeEstimator slope)
    {
        var options = new ProductivityOptions { Slope = slope };
        SeriesBlock block = SeriesBlock.Random(CellType.Float32, 16, SeriesChunk.Capacity, seed: 21);
        var chunk = new SeriesChunk(16, climate: false) { Pixels = SeriesChunk.Capacity };
        for (int p = 0; p < chunk.Pixels; p++)
            for (int t = 0; t < 16; t++)
                chunk.Trend.Span[(t * SeriesChunk.Stride) + p] = block.Series(p)[t];
        SeriesStages stages = SeriesStages.Create(level, options, 16);
        stages.MannKendall(chunk, byStoredOrder: false);
        stages.Slope(chunk);
        for (int p = 0; p < chunk.Pixels; p++)
        {
            double[] series = block.Series(p);
            if (MannKendall.ValidYears(series) < 2)
                continue;
            double expected = slope == SlopeEstimator.Ols ? LeastSquares.Slope(series) : TheilSen.Slope(series);
            Assert.That(
                BitConverter.DoubleToInt64Bits(chunk.Slope.Span[p]), Is.EqualTo(BitConverter.DoubleToInt64Bits(expected)));
        }
    }

    [Test]
    public void NothingIsReadBeyondALayer([ValueSource(nameof(Levels))] SimdLevel level)
    {
        Assume.That(OperatingSystem.IsLinux());
        foreach (CellType type in new[] { CellType.Byte, CellType.Int16, CellType.UInt16, CellType.Float32, CellType.Float64 })
        {
            for (int pixels = 1; pixels <= 40; pixels++)
            {
                SeriesBlock block = SeriesBlock.Random(type, 8, pixels, seed: pixels);
                GuardedMemory[] guarded = [.. block.Layers.Select(layer => new GuardedMemory(layer.Span))];
                var kernel = new ProductivityKernel(
                    new ProductivityOptions(), new SeriesWindow(2000, 2007), block.Encodings, [], level);
                var trend = new byte[pixels];
                kernel.Run(
                    [.. guarded.Select(g => (ReadOnlyMemory<byte>)g.Memory)], [], pixels,
                    new ProductivityOutputs { Trend = trend });
                Array.ForEach(guarded, g => ((IDisposable)g).Dispose());
                Assert.That(trend, Is.EqualTo(Enumerable.Range(0, pixels)
                    .Select(p => TrendLaw.Evaluate(block.Series(p), new ProductivityOptions()).Condition)));
            }
        }
    }

    [Test]
    public void NothingIsAllocatedPerCall()
    {
        SeriesBlock block = SeriesBlock.Random(CellType.Float32, 16, 1000, seed: 1);
        foreach (SlopeEstimator slope in Enum.GetValues<SlopeEstimator>())
        {
            var kernel = new ProductivityKernel(
                new ProductivityOptions { Slope = slope }, new SeriesWindow(2001, 2016), block.Encodings, []);
            (byte[] trend, byte[] state, float[] p) = (new byte[1000], new byte[1000], new float[1000]);
            void Run() => kernel.Run(block.Layers, [], 1000, new ProductivityOutputs { Trend = trend, State = state, P = p });
            Run();
            long before = GC.GetAllocatedBytesForCurrentThread();
            Run();
            Run();
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(256), $"{slope}");
        }
    }

    [Test]
    public void ClimateIsAskedForOnlyWhereItIsNeeded()
    {
        LayerEncoding[] layers = [.. Enumerable.Repeat(new LayerEncoding(CellType.Float32, 1, 0, []), 16)];
        var window = new SeriesWindow(2001, 2016);
        string Message(ProductivityOptions options, LayerEncoding[] series, LayerEncoding[] climate) =>
            Assert.Throws<LdnException>(() => _ = new ProductivityKernel(options, window, series, climate))!.Message;
        Assert.Multiple(() =>
        {
            Assert.That(
                Message(new ProductivityOptions { Method = TrendMethod.Rue }, layers, []),
                Does.Contain("rue needs a climate series"));
            Assert.That(Message(new ProductivityOptions(), layers, layers), Does.Contain("climate series: 16 layers where 0"));
            Assert.That(Message(new ProductivityOptions(), layers[..9], []), Does.Contain("series: 9 layers where 16"));
            Assert.That(
                Message(new ProductivityOptions(), [.. layers[..15], layers[0] with { Scale = 0 }], []),
                Does.Contain("layer 16: scale 0"));
            Assert.That(Message(new ProductivityOptions(), [.. layers[..15], layers[0] with { Offset = double.NaN }], []),
                Does.Contain("offset NaN"));
        });
    }

    private static void AssertAgrees(SimdLevel level, ProductivityOptions options, SeriesBlock block, int years)
    {
        SeriesBlock climate = SeriesBlock.Random(CellType.Int16, years, block.Pixels, seed: 99, scale: 10, offset: -500);
        LayerEncoding[] climateEncodings = options.NeedsClimate ? climate.Encodings : [];
        var kernel = new ProductivityKernel(
            options, new SeriesWindow(2001, 2000 + years), block.Encodings, climateEncodings, level);
        int n = block.Pixels;
        var outputs = new ProductivityOutputs
        {
            Trend = new byte[n],
            Slope = new float[n],
            S = new short[n],
            Z = new float[n],
            P = new float[n],
            State = new byte[n],
            StateChange = new float[n],
            Mean = new double[n],
            FaoWocat = new byte[options.LpdMethod == LpdMethod.FaoWocat ? n : 0],
        };
        float[] greatest = [.. Enumerable.Range(0, n).Select(p => p % 5 == 0 ? float.NaN : p % 7 * 0.1f)];
        kernel.Run(block.Layers, options.NeedsClimate ? climate.Layers : [], n, outputs, greatest);

        for (int p = 0; p < n; p++)
        {
            double[] series = block.Series(p), trend = new double[years];
            TrendSeries.Make(options.Method, series, climate.Series(p), trend);
            TrendResult t = TrendLaw.Evaluate(trend, options);
            StateResult s = StateLaw.Evaluate(series, options);
            float change = s.Condition == 0 ? float.NaN : options.State == StateMethod.ZScore ? (float)s.Z : s.Change;
            bool same = outputs.Trend[p] == t.Condition && outputs.S[p] == t.S && Same(outputs.Slope[p], (float)t.Slope)
                && Same(outputs.Z[p], (float)t.Z) && Same(outputs.P[p], (float)t.P)
                && outputs.State[p] == s.Condition && Same(outputs.StateChange[p], change)
                && outputs.Mean[p].Equals(PerformanceLaw.WindowMean(series, options));
            if (!outputs.FaoWocat.IsEmpty)
                same &= outputs.FaoWocat[p] == FaoWocatLaw.Lpd(series, t.Condition, greatest[p], options);
            if (!same)
            {
                string lpd = outputs.FaoWocat.IsEmpty ? "" : $", LPD {outputs.FaoWocat[p]}";
                Assert.Fail($"{level}, {n} pixels, pixel {p}: {string.Join(" ", series)}\nlaw {t} {s}\nkernel trend "
                    + $"{outputs.Trend[p]}, "
                    + $"S {outputs.S[p]}, slope {outputs.Slope[p]:R}, Z {outputs.Z[p]:R}, P {outputs.P[p]:R}, state "
                    + $"{outputs.State[p]}, "
                    + $"change {outputs.StateChange[p]}{lpd}");
            }
        }
    }

    private static bool Same(float left, float right) =>
        (float.IsNaN(left) && float.IsNaN(right))
            || BitConverter.SingleToInt32Bits(left) == BitConverter.SingleToInt32Bits(right);
}
