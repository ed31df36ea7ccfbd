using Ldn.Accuracy;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Questions;
using Ldn.Reports.Page;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Subjects.Uncertainty;

/// <summary>
/// What chance alone gives (firmness U2): the figures with the years of the series in seeded orders. Job:
/// <c>uncertainty.orders</c>, <c>uncertainty.seed</c>. Table: chance.csv.
/// </summary>
internal sealed class ChanceSubject : Subject<ChanceAsked>
{
    private const int Fewest = 2, Most = 999;
    private static readonly SectionKey<int?> s_orders = new(
        "uncertainty.orders", SubjectJson.Default.NullableInt32,
        "Orders of the years of the series that are tried, 39 for a band of 95 %", "39");

    private static readonly SectionKey<int?> s_seed = new(
        "uncertainty.seed", SubjectJson.Default.NullableInt32, "Another seed, other orders", "1");

    /// <inheritdoc/>
    public override IReadOnlyList<SectionKey> Keys => [s_orders, s_seed];

    /// <inheritdoc/>
    public override IReadOnlyList<PageSection> Sections => [];

    /// <inheritdoc/>
    public override IEnumerable<ResultTable> Kinds(RunStatistics empty) => [ChanceTable.Of(empty, null)];

    /// <inheritdoc/>
    protected override ChanceAsked? Read(JobSections sections)
    {
        int? seed = sections.Get(s_seed);
        if (seed < 0)
            throw Fault.Job.Error($"uncertainty.seed {seed} is below 0", "such as 1");
        if (sections.Get(s_orders) is not { } orders)
            return seed is null ? null
                : throw Fault.Job.Error("uncertainty.seed is for orders of years, and none are asked", "add \"orders\": 39");
        if (orders is < Fewest or > Most)
            throw Fault.Job.Error($"uncertainty.orders {orders} is not from {Fewest} to {Most}", "39 give a band of 95 %");
        if (sections.Job.OneSeries is null)
            throw Fault.Job.Error(
                sections.Job.HasSeries
                    ? "uncertainty.orders: chance is assessed on one series, and regions have productivity of their own"
                    : "uncertainty.orders: chance cannot be assessed on a product without its series",
                "give productivity as an annual series (kind series) that is the same in all regions, or leave orders out");
        return new ChanceAsked(orders, (ulong)(seed ?? 1));
    }

    private protected override Inquiry Open(ChanceAsked asked, Opening opening) => new ChanceInquiry(asked, opening.Job);
}

/// <summary>So many orders of years.</summary>
internal sealed record ChanceAsked(int Orders, ulong Seed) : IAsked;

/// <summary>One question an order and reporting period, which holds the baseline's too.</summary>
internal sealed class ChanceInquiry(ChanceAsked asked, Job job) : Inquiry
{
    private ChanceBands? _bands;

    public static string NameOf(int order) => $"chance_{order}";

    public override IEnumerable<Question> Ask(IReadOnlyList<PeriodPlan> periods, PlaceIndex places)
    {
        int years = job.Productivity!.Series!.Windows.Values.SelectMany(w => Enumerable.Range(w.FirstYear, w.Years))
            .Distinct().Count();
        for (int order = 0; order < asked.Orders; order++)
        {
            (int number, int[] shuffled) = (order, YearOrders.Of(asked.Seed, order, years));
            foreach (Question question in ReworkedFigures.Ask(
                NameOf(number), periods, p => new ReworkedPlane(p, number, shuffled)))
                yield return question;
        }
    }

    /// <summary>What fewer orders than a band needs are worth.</summary>
    public override IEnumerable<string> Notes => asked.Orders >= ChanceBands.OrdersOfBand ? [] :
    [
        $"chance: {asked.Orders} orders of the years make no band of 95 %, and a figure outside them is not beyond chance: ask "
            + $"for {ChanceBands.OrdersOfBand}",
    ];

    /// <summary>The bands of a run, counted once.</summary>
    public ChanceBands Bands(RunStatistics run) => _bands ??= new ChanceBands(run, asked.Orders);

    public override IEnumerable<ResultTable> Report(RunStatistics run) => [ChanceTable.Of(run, Bands(run))];
}

/// <summary>
/// Seeded orders of years (firmness U2): Fisher–Yates with a counter-based generator, so that an order follows from seed and
/// number alone. The order of the years as they were is never among them.
/// </summary>
internal static class YearOrders
{
    private const ulong Stream = 0x5ea5;

    /// <param name="seed">Another seed, other orders.</param>
    /// <param name="number">Number of the order, from 0.</param>
    /// <param name="years">Years, at least two.</param>
    /// <returns>Which year stands in the place of each.</returns>
    public static int[] Of(ulong seed, int number, int years)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(years, 2);
        for (int attempt = 0; ; attempt++)
        {
            int[] order = [.. Enumerable.Range(0, years)];
            for (int i = years - 1; i > 0; i--)
            {
                ulong random = PointSample.Hash(seed, Stream + (ulong)attempt, number, i);
                int at = (int)(((UInt128)random * (ulong)(i + 1)) >> 64);
                (order[i], order[at]) = (order[at], order[i]);
            }

            for (int i = 0; i < years; i++)
                if (order[i] != i)
                    return order;
        }
    }
}
