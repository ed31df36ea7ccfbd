using System.Globalization;
using Ldn.Accuracy;

namespace Ldn.Tests.Accuracy;

/// <summary>Published examples to their printed digits, and the coverage of intervals over invented worlds.</summary>
internal sealed class StratifiedEstimatorTests
{
    private const string Examples = "accuracy-examples/";

    [Test]
    public void Olofsson2014()
    {
        (StratifiedEstimator estimator, double pixels) = FromCounts(Examples + "olofsson_2014_counts.csv");
        Estimate deforestation = estimator.Area(0);
        Assert.Multiple(() =>
        {
            Assert.That(deforestation.Value, Is.EqualTo(0.0235).Within(0.00005));
            Assert.That(deforestation.Value * pixels, Is.EqualTo(235_086).Within(0.5));
            Assert.That(StratifiedEstimator.Z * deforestation.StandardError * pixels, Is.EqualTo(68_418).Within(5), "1.96 there");
            Assert.That(deforestation.Value * pixels * 0.09, Is.EqualTo(21_158).Within(0.5));
            Assert.That(
                Enumerable.Range(0, 4).Select(c => Math.Round(estimator.Users(c).Value!.Value, 2)),
                Is.EqualTo(new[] { 0.88, 0.73, 0.93, 0.96 }));
            Assert.That(
                Enumerable.Range(0, 4).Select(c => Math.Round(estimator.Producers(c).Value!.Value, 2)),
                Is.EqualTo(new[] { 0.75, 0.85, 0.93, 0.96 }));
            Assert.That(Math.Round(estimator.Overall().Value!.Value, 2), Is.EqualTo(0.95));
            Assert.That(Math.Round(StratifiedEstimator.Z * estimator.Overall().StandardError!.Value, 2), Is.EqualTo(0.02));
        });
    }

    [Test]
    public void Olofsson2013()
    {
        (StratifiedEstimator estimator, double units) = FromCounts(Examples + "olofsson_2013_counts.csv");
        Assert.That(estimator.Area(0).Value * units, Is.EqualTo(45_112).Within(0.5));
        Assert.That(estimator.Area(0).StandardError * units, Is.EqualTo(10_751).Within(0.5));
    }

    /// <summary>Strata that are not the classes of the map.</summary>
    [Test]
    public void Stehman2014()
    {
        string[][] rows = Rows(Examples + "stehman_2014_sample.csv");
        string[] strata = [.. rows.Select(r => r[0]).Distinct()],
        classes = [.. rows.SelectMany(r => new[] { r[2], r[3] }).Distinct().Order()];
        var estimator = new StratifiedEstimator(
            [.. strata.Select(s => Number(rows.First(r => r[0] == s)[1]))],
            rows.Select(
                r => new SeenPoint(Array.IndexOf(strata, r[0]), Array.IndexOf(classes, r[2]), Array.IndexOf(classes, r[3]))));
        (
            double?,
            double?)[] found = [.. new[]
            {
                estimator.Area(0), estimator.Area(2), estimator.Overall(), estimator.Users(1), estimator.Producers(1)
            }
            .Select(e => ((double?, double?))(Math.Round(e.Value!.Value, 3), Math.Round(e.StandardError!.Value, 3)))];
        Assert.That(
            found,
            Is.EqualTo(new (double?, double?)[] { (0.35, 0.082), (0.2, 0.064), (0.63, 0.085), (0.574, 0.125), (0.794, 0.117) }));
    }

    [Test]
    public void TheSizeOfOlofsson2014()
    {
        double[] weights = [0.02, 0.015, 0.32, 0.645], users = [0.7, 0.6, 0.9, 0.95];
        Assert.That(SampleSize.Total(weights, users, 0.01, 10_000_000), Is.EqualTo(641));
        Assert.That(SampleSize.Allocate(weights, users, 641), Has.All.AtLeast(SampleSize.Fewest));
    }

    /// <summary>
    /// In 2,000 invented worlds the interval to report holds the truth in 94 to 97 of 100 samples; Wald's, of a rare class, in
    /// fewer.
    /// </summary>
    [Test]
    public void IntervalsHoldTheTruth()
    {
        int inside = 0, wald = 0, worlds = 2000;
        var random = new Random(20141);
        for (int w = 0; w < worlds; w++)
        {
            double[] weights = [0.02 + (0.1 * random.NextDouble()), 0.3, 0.6],
            rare = [0.6 + (0.3 * random.NextDouble()), 0.05, 0.01];
            double truth = weights.Zip(rare, (a, b) => a * b).Sum() / weights.Sum();
            var points = new List<SeenPoint>();
            for (int h = 0; h < 3; h++)
                for (int i = 0; i < 75; i++)
                    points.Add(new SeenPoint(h, h, random.NextDouble() < rare[h] ? 0 : 1));
            Estimate e = new StratifiedEstimator(weights, points).Area(0);
            inside += e.Low <= truth && truth <= e.High ? 1 : 0;
            wald += e.WaldLow <= truth && truth <= e.WaldHigh ? 1 : 0;
        }

        TestContext.Out.WriteLine($"covered: {100.0 * inside / worlds:F1} %, by Wald's {100.0 * wald / worlds:F1} %");
        Assert.That(100.0 * inside / worlds, Is.InRange(94, 97.5));
        Assert.That(wald, Is.LessThan(inside));
    }

    [Test]
    public void WhatPointsDoNotTellIsEmpty()
    {
        var estimator = new StratifiedEstimator([1, 1], [new(0, 0, 0), new(0, 0, 0), new(1, 1, 1)]);
        Assert.That(estimator.Users(2), Is.EqualTo(default(Estimate)), "nothing is of that class on the map");
        Assert.That((estimator.Users(0).Value, estimator.Users(0).Low), Is.EqualTo(((double?)1, (double?)null)),
            "the variance of a ratio needs that of every stratum");
        Assert.That(estimator.Overall().Value, Is.EqualTo(1));
        Assert.That(estimator.Overall().StandardError, Is.Null, "one point has no variance");
        Assert.That(estimator.Overall().Low, Is.InRange(0.3, 0.9), "all right so far does not mean all right");
    }

    /// <summary>Counts by map class, which are the strata, and reference class, and the area of each.</summary>
    private static (StratifiedEstimator Estimator, double All) FromCounts(string file)
    {
        string[][] rows = Rows(file);
        double[] areas = [.. rows.Select(r => Number(r[^1]))];
        IEnumerable<SeenPoint> points = rows.SelectMany((row, map) => Enumerable.Range(0, row.Length - 2)
            .SelectMany(reference => Enumerable.Repeat(new SeenPoint(map, map, reference), (int)Number(row[reference + 1]))));
        return (new StratifiedEstimator(areas, points), areas.Sum());
    }

    private static string[][] Rows(string file) =>
        [.. File.ReadLines(TestData.Real(file)).Skip(1).Where(l => l.Length > 0).Select(l => l.Split(','))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
