using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Jobs;

namespace Ldn.Tables;

/// <summary>What a job asks of productivity products beside its own.</summary>
internal interface IProducts : IAsked
{
    /// <summary>Names in the order of the job; one to four.</summary>
    IReadOnlyList<string> Names { get; }
}

/// <summary>
/// The joint codes of a run together with what other productivity products say (firmness U3): the conditions of up to four
/// products in a byte, two bits each, the first lowest.
/// </summary>
internal static class ProductCodes
{
    /// <summary>Most products beside the job's own.</summary>
    public const int Most = 4;

    /// <summary>The condition of each code of a product, which is one.</summary>
    public static Condition[] Conditions { get; } = [
        .. Enum.GetValues<Condition>(), .. Enumerable.Repeat(Condition.NoData, Evidence.Limit - 4)];

    /// <summary>
    /// Name of the question of a period: the planes of the run's own pairs, then the products in the baseline and, for a
    /// reporting period, in the period.
    /// </summary>
    public static string Question(string period) => "products_" + period;

    /// <summary>The products of a job.</summary>
    public static IReadOnlyList<string> Names(Job job) => job.Asked.OfType<IProducts>().FirstOrDefault()?.Names ?? [];

    /// <summary>
    /// The land byte of a joint code with a product's condition as its productivity; unchanged for −1, the job's own.
    /// </summary>
    public static byte Land(byte land, byte products, int product) => product < 0 ? land
        : (byte)((land & ((1 << Evidence.ProductivityShift) - 1)) | (Of(products, product) << Evidence.ProductivityShift));

    /// <summary>The condition that a product has.</summary>
    public static int Of(byte products, int product) => products >> (2 * product) & 3;

    /// <summary>The period whose question tells of a period too: the baseline is in all of them.</summary>
    public static int PeriodOf(int period, int periods) => periods == 1 ? 0 : Math.Max(1, period);

    /// <summary>
    /// Rows over the pairs of joint codes of a period, with the products in the baseline and in the period; 0 without any.
    /// </summary>
    internal static IEnumerable<(TallyRow Row, byte Before, byte Now)> Pairs(RunStatistics run, int period)
    {
        if (Names(run.Job).Count == 0)
        {
            foreach (TallyRow row in run.Pairs(period).Rows())
                yield return (row, 0, 0);
            yield break;
        }

        int first = run.Job.Periods.Count == 1 ? 2 : 4;
        foreach (TallyRow row in run.Answer(Question(run.Job.Periods[PeriodOf(period, run.Job.Periods.Count)].Id))!.Rows)
            yield return (row, row.Plane(first), period == 0 ? row.Plane(first) : row.Plane(first + 1));
    }
}
