namespace Ldn.Tests.Productivity;

/// <summary>
/// Series of the kinds that come from satellites: smooth values, integers with ties, gaps written as NaN or ±infinity.
/// </summary>
internal static class RandomSeries
{
    public static double[] Next(Random random, int years, double missing, int levels = 0)
    {
        var series = new double[years];
        double level = random.NextDouble(), change = (random.NextDouble() - 0.5) * 0.04;
        for (int t = 0; t < years; t++)
        {
            double value = level + (change * t) + ((random.NextDouble() - 0.5) * 0.2);
            series[t] = levels > 0 ? Math.Round(value * levels) / levels : value;
            if (random.NextDouble() < missing)
                series[t] = random.Next(4) switch { 0 => double.PositiveInfinity, 1 => double.NegativeInfinity, _ => double.NaN };
        }

        return series;
    }
}
