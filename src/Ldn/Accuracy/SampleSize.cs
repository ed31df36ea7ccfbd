namespace Ldn.Accuracy;

/// <summary>
/// How many points a sample needs, and of which stratum (Olofsson et al. 2014, equation 13; Neyman's allocation). firmness U4.
/// </summary>
public static class SampleSize
{
    /// <summary>Fewest points of a stratum when a sample is sized by its accuracy.</summary>
    public const int Fewest = 50;

    /// <summary>Points in all for a standard error of the overall accuracy.</summary>
    /// <param name="weights">Share of each stratum in the area, together 1.</param>
    /// <param name="users">Accuracy that is expected of each stratum's class, 0…1.</param>
    /// <param name="error">Standard error aimed at, above 0, as a share.</param>
    /// <param name="cells">Cells in all.</param>
    public static long Total(IReadOnlyList<double> weights, IReadOnlyList<double> users, double error, long cells)
    {
        double sum = 0, squares = 0;
        for (int h = 0; h < weights.Count; h++)
        {
            double variance = users[h] * (1 - users[h]);
            sum += weights[h] * Math.Sqrt(variance);
            squares += weights[h] * variance;
        }

        return (long)Math.Ceiling(sum * sum / ((error * error) + (squares / cells)));
    }

    /// <summary>Points of each stratum, as its share and its spread ask for and never fewer than <see cref="Fewest"/>.</summary>
    public static int[] Allocate(IReadOnlyList<double> weights, IReadOnlyList<double> users, long total)
    {
        double[] spread = [.. weights.Zip(users, (w, u) => w * Math.Sqrt(u * (1 - u)))];
        double all = spread.Sum();
        return [
            .. spread.Select(
                s => Math.Max(
                    Fewest, (int)Math.Min(int.MaxValue, Math.Ceiling(total * (all > 0 ? s / all : 1d / spread.Length)))))];
    }
}
