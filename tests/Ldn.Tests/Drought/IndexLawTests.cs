using Ldn.Drought;
using Ldn.Lanes;
using static Ldn.Tests.Drought.DroughtExamples;

namespace Ldn.Tests.Drought;

/// <summary>Laws and kernel of the indices: worked examples, a second implementation, known parameters, edges.</summary>
internal sealed class IndexLawTests
{
    private const double Law = 1e-9;
    private static readonly int[] s_years = [.. Enumerable.Range(FirstYear, LastYear - FirstYear + 1)];

    private static IndexOptions Options(string column) => new()
    {
        Index = column.StartsWith("spei", StringComparison.Ordinal) ? DroughtIndex.Spei : DroughtIndex.Spi,
        Months = column == "spi24" ? 24 : 12,
        Fit = column switch
        {
            "spi12_ml" => IndexFit.MaximumLikelihood,
            "spei12_pp" => IndexFit.PlottingPositions,
            _ when column.StartsWith("spei", StringComparison.Ordinal) => IndexFit.UnbiasedMoments,
            _ => IndexFit.Thom,
        },
        Zeros = column == "spi12_centre" ? ZeroRule.Centre : ZeroRule.McKee,
        Clip = column == "spi12_free" ? 8.21 : 3.09,
    };

    private static double[] Totals(string station, string column)
    {
        double[] monthly = Monthly("precipitation.csv", station);
        if (column.StartsWith("spei", StringComparison.Ordinal))
        {
            string method = column == "spei12_hargreaves" ? "hargreaves" : "thornthwaite";
            double[] pet = Monthly("expected_pet.csv", $"{station}_{method}");
            monthly = [.. monthly.Zip(pet, (p, e) => p - e)];
        }

        return DroughtExamples.Totals(monthly, Options(column).Months, 12);
    }

    [Test]
    public void DecembersAreThoseOfTheWorkedExamples(
        [Values("spi12", "spi12_ml", "spi12_centre", "spi12_free", "spi24",
            "spei12_thornthwaite", "spei12_pp", "spei12_hargreaves")] string column,
        [Values("wet", "dry", "monsoon", "erratic", "desert", "rare", "gaps_few", "gaps_many")] string station)
    {
        double[] expected = [.. Rows("expected_december.csv").Where(r => r["station"] == station).Select(r => Number(r[column]))];
        var index = new double[s_years.Length];
        ReferenceFit fit = new IndexKernel(Options(column), s_years).Run(Totals(station, column), index, out double distance);
        Assert.That(index, Is.EqualTo(expected).Within(Law));
        IReadOnlyDictionary<string, string>? row = Rows("expected_fit.csv")
            .FirstOrDefault(r => r["station"] == station && r["index"] == column);
        if (row is null)
            return;
        Assert.Multiple(() =>
        {
            Assert.That(fit.Years, Is.EqualTo((int)Number(row["years"])));
            Assert.That(fit.Zeros, Is.EqualTo(row["zeros"].Length == 0 ? 0 : (int)Number(row["zeros"])));
            if (row["d"].Length == 0)
                return;
            Assert.That(fit.A, Is.EqualTo(Number(row["shape_or_alpha"])).Within(Law).Percent);
            Assert.That(fit.B, Is.EqualTo(Number(row["scale_or_xi"])).Within(Law).Percent);
            if (row["kappa"].Length > 0)
                Assert.That(fit.C, Is.EqualTo(Number(row["kappa"])).Within(Law));
            Assert.That(distance, Is.EqualTo(Number(row["d"])).Within(Law));
        });
    }

    [Test]
    public void EveryMonthHasAFitOfItsOwn([Range(1, 12)] int month)
    {
        var options = new IndexOptions { Months = 3, EndMonth = null };
        foreach (string station in Stations)
        {
            double[] expected =
            [
                .. Rows("expected_spi3.csv").Where(r => (int)Number(r["month"]) == month).Select(r => Number(r[station])),
            ];
            var index = new double[s_years.Length];
            new IndexKernel(options, s_years).Run(
                DroughtExamples.Totals(Monthly("precipitation.csv", station), 3, month), index, out _);
            Assert.That(index, Is.EqualTo(expected).Within(Law), station);
        }
    }

    [Test]
    public void EvapotranspirationIsThatOfTheWorkedExamples()
    {
        foreach (IReadOnlyDictionary<string, string> station in Rows("stations.csv"))
        {
            string name = station["station"];
            double latitude = Number(station["latitude"]);
            double[] low = Monthly("temperature.csv", name + "_tmin"), high = Monthly("temperature.csv", name + "_tmax");
            double[] mean = [.. low.Zip(high, (a, b) => (a + b) / 2)];
            double heat = Enumerable.Range(0, 12).Sum(m => Evapotranspiration.Heat(
                Enumerable.Range(1, 30).Select(y => mean[(y * 12) + m]).Where(t => !double.IsNaN(t)).Average()));
            double exponent = Evapotranspiration.Exponent(heat);
            double[] thornthwaite = [.. mean.Select((t, i) => Evapotranspiration.Thornthwaite(
                t, (i % 12) + 1, Evapotranspiration.Daylight(latitude, (i % 12) + 1), heat, exponent))];
            double[] hargreaves = [.. mean.Select((t, i) => Evapotranspiration.Hargreaves(
                low[i], high[i], t, (i % 12) + 1, Evapotranspiration.Radiation(latitude, (i % 12) + 1)))];
            Assert.That(thornthwaite, Is.EqualTo(Monthly("expected_pet.csv", name + "_thornthwaite")).Within(Law), name);
            Assert.That(hargreaves, Is.EqualTo(Monthly("expected_pet.csv", name + "_hargreaves")).Within(Law), name);
        }
    }

    [Test]
    public void TheSunIsThatOfTheWorkedExamples()
    {
        foreach (IReadOnlyDictionary<string, string> row in Rows("expected_sun.csv"))
        {
            double latitude = Number(row["latitude"]);
            int month = (int)Number(row["month"]);
            Assert.That(
                Evapotranspiration.Daylight(latitude, month), Is.EqualTo(Number(row["daylight_h"])).Within(Law),
                $"{latitude} {month}");
            Assert.That(
                Evapotranspiration.Radiation(latitude, month), Is.EqualTo(Number(row["ra_mj_m2_day"])).Within(Law),
                $"{latitude} {month}");
        }
    }

    [Test]
    public void ASecondImplementationAgrees(
        [Values] bool likelihood, [Values] bool centre, [Values(0.3, 1, 4, 25, 150)] double shape)
    {
        var random = new Random((int)(shape * 10));
        var options = new IndexOptions
        {
            Fit = likelihood ? IndexFit.MaximumLikelihood : IndexFit.Thom,
            Zeros = centre ? ZeroRule.Centre : ZeroRule.McKee,
            Clip = 5,
        };
        var index = new double[s_years.Length];
        for (int cell = 0; cell < 40; cell++)
        {
            double[] totals = [.. s_years.Select(_ => random.Next(50) == 0 ? double.NaN
                : random.Next(20) < cell % 8 ? 0 : 100 * Variate(random, shape))];
            new IndexKernel(options, s_years).Run(totals, index, out _);
            double[] expected = SlowIndex.Spi(totals, 1, 31, 5, likelihood, centre);

            // The second implementation takes its derivative by differences.
            Assert.That(index, Is.EqualTo(expected).Within(likelihood ? 2e-6 : 1e-8), $"cell {cell}");
        }
    }

    [Test]
    public void ASecondImplementationOfTheBalanceAgrees()
    {
        var random = new Random(7);
        var options = new IndexOptions { Index = DroughtIndex.Spei, Fit = IndexFit.UnbiasedMoments, Clip = 4 };
        var index = new double[s_years.Length];
        for (int cell = 0; cell < 200; cell++)
        {
            double[] balances =
            [
                .. s_years.Select(
                    _ => random.Next(40) == 0 ? double.NaN : (200 * Variate(random, 0.5 + (cell % 5))) - 400),
            ];
            new IndexKernel(options, s_years).Run(balances, index, out _);
            Assert.That(index, Is.EqualTo(SlowIndex.Spei(balances, 1, 31, 4)).Within(1e-8), $"cell {cell}");
        }
    }

    [Test]
    public void TheKernelIsTheLaw([Values(0.05, 0.4, 1, 7.5, 60, 900, 3000)] double shape)
    {
        var random = new Random(3);
        var options = new IndexOptions { Clip = 8.21 };
        var index = new double[s_years.Length];
        double worst = 0;
        for (int cell = 0; cell < 200; cell++)
        {
            double[] totals = [.. s_years.Select(_ => 1000 * Variate(random, shape))];
            if (cell % 5 == 0)
                (totals[40], totals[41], totals[42], totals[43]) =
                    (totals.Max() * 3, totals.Max() * 40, totals.Min() / 50, 1e-12);
            ReferenceFit fit = new IndexKernel(options, s_years).Run(totals, index, out _);
            for (int y = 0; y < totals.Length; y++)
                worst = Math.Max(worst, Math.Abs(index[y] - GammaLaw.Index(totals[y], fit, options)));
        }

        Assert.That(worst, Is.LessThan(2e-8));
    }

    /// <summary>Of many years drawn from a known distribution the index is that distribution's own.</summary>
    [Test]
    public void KnownParametersAreFound()
    {
        var random = new Random(11);
        int[] years = [.. Enumerable.Range(1, 4000)];
        double[] totals = [.. years.Select(_ => 20 * Variate(random, 6))];
        var options = new IndexOptions { FirstReference = 1, LastReference = 4000, Fit = IndexFit.MaximumLikelihood };
        var index = new double[years.Length];
        ReferenceFit fit = new IndexKernel(options, years).Run(totals, index, out double distance);
        Assert.Multiple(() =>
        {
            Assert.That(fit.A, Is.EqualTo(6).Within(5).Percent);
            Assert.That(fit.B, Is.EqualTo(20).Within(5).Percent);
            Assert.That(index.Average(), Is.Zero.Within(0.01));
            Assert.That(index.Select(z => z * z).Average(), Is.EqualTo(1).Within(0.03));
            Assert.That(distance, Is.LessThan(0.03));
        });
    }

    [Test]
    public void EveryWidthGivesTheSameBits([Values] bool balance)
    {
        var random = new Random(5);
        var options = new IndexOptions
        {
            Index = balance ? DroughtIndex.Spei : DroughtIndex.Spi,
            Fit = balance ? IndexFit.UnbiasedMoments : IndexFit.Thom,
        };
        for (int years = 30; years < 60; years++)
        {
            int[] all = [.. Enumerable.Range(1981, years)];
            double[] totals = [.. all.Select(_ => 300 * Variate(random, 3))];
            double[][] results = [.. Enum.GetValues<SimdLevel>().Where(l => l <= Simd.Widest).Select(level =>
            {
                var index = new double[years];
                new IndexKernel(options, all, IndexLanes.Create(level)).Run(totals, index, out _);
                return index;
            })];
            foreach (double[] other in results)
                Assert.That(other, Is.EqualTo(results[0]), $"{years} years");
        }
    }

    [Test]
    public void WhereNothingCanBeFittedThereIsNoIndex()
    {
        var index = new double[s_years.Length];
        double[] Same(double value) => [.. s_years.Select(_ => value)];
        FitState Of(IndexOptions options, double value) =>
            new IndexKernel(options, s_years).Run(Same(value), index, out _).State;
        Assert.Multiple(() =>
        {
            Assert.That(Of(new IndexOptions(), 0), Is.EqualTo(FitState.Dry));
            Assert.That(index, Is.All.NaN);
            Assert.That(Of(new IndexOptions(), 250), Is.EqualTo(FitState.Dry));
            Assert.That(Of(new IndexOptions(), double.NaN), Is.EqualTo(FitState.Short));
            var spei = new IndexOptions { Index = DroughtIndex.Spei, Fit = IndexFit.UnbiasedMoments };
            Assert.That(Of(spei, -300), Is.EqualTo(FitState.Dry));
        });
    }

    /// <summary>A gamma variate of scale 1 (Marsaglia and Tsang).</summary>
    private static double Variate(Random random, double shape)
    {
        if (shape < 1)
            return Variate(random, shape + 1) * Math.Pow(random.NextDouble(), 1 / shape);
        double d = shape - (1.0 / 3), c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double z = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            double v = Math.Pow(1 + (c * z), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < (z * z / 2) + d - (d * v) + (d * Math.Log(v)))
                return d * v;
        }
    }
}
