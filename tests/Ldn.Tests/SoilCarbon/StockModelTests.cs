using Ldn.Csv;
using Ldn.LandCover;
using Ldn.SoilCarbon;
using Ldn.Tests.LandCover;

namespace Ldn.Tests.SoilCarbon;

internal sealed class StockModelTests
{
    private static readonly Legend Unccd = Legend.BuiltIn("unccd-7"), Esa = Legend.BuiltIn("esa-cci");

    [Test]
    public void AChangeBetweenTwoEsaCroplandCodesIsNoChange()
    {
        // 10 and 20 are both cropland; 50 → 10 is forest → crop: zone 10, 8 of 20 years, 50 − 8 · 1.3.
        byte[] covers = [Dense(10), Dense(50), Dense(20), Dense(10)];
        var model = new StockModel(
            LandCoverTimeline.Create(2000, [2000, 2015], 2015), StockChangeFactors.Default, Esa, [2000, 2015]);
        double[] stocks = new double[4];
        StockIssues issues = model.Run<float, double>(
            new() { Reference = [50, 50], Covers = covers, ClimateZones = [10, 10] }, stocks);
        Assert.That(issues.Any, Is.False);
        Assert.That(stocks, Is.EqualTo(new[] { 50, 50, 50, 39.6 }).Within(1e-9));
    }

    [Test]
    public void FactorsInLegendCodesSeeThatChange()
    {
        var legend = Legend.Parse(CsvTable.Parse("code,name,color,unccd\n10,Rainfed,,3\n20,Irrigated,,3\n", "l.csv"));
        var factors = StockChangeFactors.Parse(CsvTable.Parse("from,to,factor\n10,20,1.2\n20,10,0.8\n", "f.csv"), legend);
        var model = new StockModel(LandCoverTimeline.Create(2000, [2000, 2015], 2015), factors, legend, [2015]);
        Assert.That(model.NeedsClimateZones, Is.False);
        double[] stocks = new double[2];
        // Gain 50 · 0.2 / 20 = 0.5 a year, loss the same; 8 years.
        model.Run<double, double>(new() { Reference = [50, 50], Covers = [1, 2, 2, 1] }, stocks);
        Assert.That(stocks, Is.EqualTo(new[] { 54.0, 46 }).Within(1e-9));
    }

    [Test]
    public void AConstantFReplacesTheZones()
    {
        var model = new StockModel(
            LandCoverTimeline.Create(2000, [2000, 2010], 2010, ChangePlacement.Start), StockChangeFactors.Default, Unccd, [2010],
            0.9);
        Assert.That(model.NeedsClimateZones, Is.False);
        double[] stocks = new double[1];
        model.Run<double, double>(new() { Reference = [40], Covers = [1, 3] }, stocks); // 40 · 0.1 / 20 = 0.2 a year, 10 years
        Assert.That(stocks[0], Is.EqualTo(38).Within(1e-9));
    }

    [Test]
    public void ManagementAndInputWorkOnChangesIntoCropland()
    {
        var model = new StockModel(
            LandCoverTimeline.Create(2000, [2000, 2020], 2020, ChangePlacement.Start), StockChangeFactors.Default, Unccd,
            [2000, 2020]);
        double[] stocks = new double[10];
        StockIssues issues = model.Run<double, double>(new()
        {
            Reference = [100, 100, 100, 100, 100],
            Covers = [1, 3, 1, 3, 1, 3, 1, 3, 3, 1], // forest → crop, crop → forest, forest → crop, cropland, forest
            ClimateZones = [2, 2, 2, 2, 2],
            Management = [1.1, 1.1, double.NaN, double.NaN, 0],
            Input = [0.5, 0.5, 1, 1, 1],
        }, stocks);
        // After 20 years 100 · 0.8 · 1.1 · 0.5 = 44; 100 / 0.8 = 125; unknown practice; practice not needed; a practice that
        // cannot be.
        Assert.That(stocks[..5], Is.EqualTo(new[] { 100, 100, 100, 100, double.NaN }));
        Assert.That(stocks[5..], Is.EqualTo(new[] { 44, 125, double.NaN, 100, double.NaN }).Within(1e-9));
        Assert.That(issues, Is.EqualTo(new StockIssues(0, 0, 1)));
    }

    [Test]
    public void ImpossibleInputsAreCountedAndNoData()
    {
        var model = new StockModel(LandCoverTimeline.Create(2000, [2000], 2000), StockChangeFactors.Default, Unccd, [2000]);
        float[] stocks = new float[7];
        StockIssues issues = model.Run<float, float>(new()
        {
            Reference = [-1, float.PositiveInfinity, 50, 50, 50, float.NaN, 50],
            Covers = [1, 1, 1, 1, 1, 1, 0],
            ClimateZones = [1, 1, 13, 0, 12, 1, 1],
        }, stocks);
        Assert.That(issues, Is.EqualTo(new StockIssues(2, 1, 0)));
        Assert.That(issues + new StockIssues(1, 2, 3), Is.EqualTo(new StockIssues(3, 3, 3)));
        Assert.That(stocks, Is.EqualTo(new[] { float.NaN, float.NaN, float.NaN, float.NaN, 50, float.NaN, float.NaN }));
    }

    [Test]
    public void EveryLengthEqualsTheScalarLawBitForBit([Values] ChangePlacement placement)
    {
        var random = new Random(20150301);
        var timeline = LandCoverTimeline.Create(2000, [1998, 2003, 2004, 2012, 2019, 2030], 2026, placement);
        int[] years = [2026, 2000, 2015];
        foreach ((Legend legend, double? constant) in new (Legend, double?)[] { (Unccd, null), (Esa, null), (Esa, 0.7) })
        {
            var model = new StockModel(timeline, StockChangeFactors.Default, legend, years, constant);
            for (int n = 0; n <= 257; n++)
            {
                World world = World.Random(random, n, timeline.CoverYears.Count, legend.Count);
                double[] actual = new double[n * years.Length];
                float[] single = new float[n * years.Length];
                StockIssues issues = model.Run(world.Block(), actual.AsSpan());
                Assert.That(model.Run(world.Block(), single.AsSpan()), Is.EqualTo(issues));

                double[] expected = Scalar(world, timeline, legend, years, constant, out StockIssues expectedIssues);
                Assert.That(
                    actual.Select(BitConverter.DoubleToInt64Bits), Is.EqualTo(expected.Select(BitConverter.DoubleToInt64Bits)),
                    $"n = {n}");
                Assert.That(single, Is.EqualTo(expected.Select(s => (float)s)));
                Assert.That(issues, Is.EqualTo(expectedIssues));
            }
        }
    }

    [Test]
    public void ABlockAllocatesNothing()
    {
        var timeline = LandCoverTimeline.Create(2000, [2000, 2005, 2015], 2015);
        var model = new StockModel(timeline, StockChangeFactors.Default, Unccd, [2000, 2015]);
        World world = World.Random(new Random(7), 4096, 3, 7);
        double[] stocks = new double[2 * 4096];
        model.Run(world.Block(), stocks.AsSpan());
        long before = GC.GetAllocatedBytesForCurrentThread();
        model.Run(world.Block(), stocks.AsSpan());
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void WrongYearsAndLengthsAreRefused()
    {
        var timeline = LandCoverTimeline.Create(2000, [1995, 2015], 2015);
        Assert.That(
            () => new StockModel(timeline, StockChangeFactors.Default, Unccd, [1995, 2015]),
            UsageError.With("1995", "before 2000"));
        Assert.That(() => new StockModel(timeline, StockChangeFactors.Default, Unccd, [2016]), UsageError.With("2016"));
        Assert.That(
            () => new StockModel(timeline, StockChangeFactors.Default, Unccd, [2015, 2015]), UsageError.With("wanted twice"));
        Assert.That(
            () => new StockModel(timeline, StockChangeFactors.Default, Unccd, [2015], 0),
            UsageError.With("not a number above 0"));

        var model = new StockModel(timeline, StockChangeFactors.Default, Unccd, [2015]);
        Assert.That(
            () => model.Run<double, double>(new() { Reference = [1], Covers = [1], ClimateZones = [1] }, new double[1]),
            Throws.ArgumentException);
        Assert.That(
            () => model.Run<double, double>(new() { Reference = [1], Covers = [1, 1] }, new double[1]), Throws.ArgumentException);
        Assert.That(
            () => model.Run<double, double>(new() { Reference = [1], Covers = [1, 1], ClimateZones = [1] }, new double[2]),
            Throws.ArgumentException);
    }

    private static double[] Scalar(
        World world, LandCoverTimeline timeline, Legend legend, int[] years, double? constant, out StockIssues issues)
    {
        int n = world.Reference.Length;
        byte[] unccd = legend.UnccdTable();
        double[] result = new double[n * years.Length], stocks = new double[timeline.Steps + 1];
        long invalidStocks = 0, invalidZones = 0, invalidPractices = 0;
        for (int p = 0; p < n; p++)
        {
            byte[] covers = [.. timeline.CoverOfStep.ToArray().Select(c => unccd[world.Covers[(c * n) + p]])];
            double reference = world.Reference[p], practice = world.Management[p] * world.Input[p];
            bool zoneKnown = constant is not null || world.Zones[p] <= 12;
            bool practicePossible = world.Management[p] is not <= 0 && world.Input[p] is not <= 0;
            if (reference < 0)
                invalidStocks++;
            else if (!zoneKnown)
                invalidZones++;
            else if (!practicePossible)
                invalidPractices++;
            double f = constant ?? (zoneKnown ? ClimateZones.CropFactors[world.Zones[p]] : double.NaN);
            if (double.IsNaN(f) || !practicePossible || reference < 0)
                reference = double.NaN;
            StockRecurrence.Run(
                reference, covers, (from, to) => StockChangeFactors.Default.Factor(from, to, f, practice), stocks);
            for (int y = 0; y < years.Length; y++)
                result[(y * n) + p] = stocks[years[y] - timeline.ReferenceYear];
        }

        issues = new StockIssues(invalidStocks, invalidZones, invalidPractices);
        return result;
    }

    private static byte Dense(int code) => (byte)Esa.IndexOf(code);

    private sealed record World(double[] Reference, byte[] Covers, byte[] Zones, double[] Management, double[] Input)
    {
        public StockBlock<double> Block() =>
            new() { Reference = Reference, Covers = Covers, ClimateZones = Zones, Management = Management, Input = Input };

        public static World Random(Random random, int n, int dates, int classes)
        {
            byte[] covers = new byte[n * dates];
            for (int p = 0; p < n; p++)
            {
                // Half the pixels never change, as most land; of the rest some miss a date.
                byte first = (byte)random.Next(classes + 1);
                bool steady = random.Next(2) == 0;
                for (int d = 0; d < dates; d++)
                    covers[(d * n) + p] = steady ? first : random.Next(20) == 0 ? (byte)0 : (byte)(1 + random.Next(classes));
            }

            double[] Values(Func<double> value) => [.. Enumerable.Range(0, n).Select(_ => value())];
            return new World(
                Values(
                    () => random.Next(
                        12) switch
                    { 0 => double.NaN, 1 => -random.NextDouble() - 0.1, 2 => 0, _ => random.NextDouble() * 300 }),
                covers,
                [.. Enumerable.Range(0, n).Select(_ => (byte)random.Next(15))],
                Values(() => random.Next(20) switch { 0 => double.NaN, 1 => 0, _ => 0.5 + random.NextDouble() }),
                Values(() => random.Next(20) switch { 0 => double.NaN, 1 => -1, _ => 0.5 + random.NextDouble() }));
        }
    }
}
