using Ldn.Csv;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Productivity;
using Ldn.Questions;
using Ldn.Reports.Page;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Subjects.Uncertainty;

/// <summary>
/// How the trends of a series stand under other tests (firmness U2). Job: <c>uncertainty.falseDiscovery</c>, the rate q that is
/// controlled; <c>uncertainty.autocorrelation</c>, corrections by name. Table: false_discovery.csv; rule <c>significance</c> of
/// sensitivity.csv.
/// </summary>
public sealed class TrendTestSubject : Subject<TrendTestAsked>
{
    private static readonly SectionKey<double?> s_rate = new(
        "uncertainty.falseDiscovery", SubjectJson.Default.NullableDouble,
        "Rate of false discoveries among significant trends that is controlled, between 0 and 1", "0.05");

    private static readonly SectionKey<List<string>> s_corrections = new(
        "uncertainty.autocorrelation", SubjectJson.Default.ListString,
        "Corrections of the trend's test for autocorrelation that are told in sensitivity.csv: hamed-rao, yue-wang, "
            + "pre-whitening",
        "[\"hamed-rao\", \"yue-wang\"]");

    private static Dictionary<string, Autocorrelation> Names { get; } =
        Enum.GetValues<Autocorrelation>().Skip(1).ToDictionary(ProductivityOptions.NameOf);

    /// <inheritdoc/>
    public override IReadOnlyList<SectionKey> Keys => [s_rate, s_corrections];

    /// <inheritdoc/>
    public override IReadOnlyList<PageSection> Sections => [];

    /// <inheritdoc/>
    public override IEnumerable<ResultTable> Kinds(RunStatistics empty) => [FalseDiscoveryTable.Of(empty, null)];

    /// <inheritdoc/>
    protected override TrendTestAsked? Read(JobSections sections)
    {
        double? rate = sections.Get(s_rate);
        List<string> corrections = sections.Get(s_corrections) ?? [];
        if (rate is null && corrections.Count == 0)
            return null;
        if (rate is { } q && !(q is > 0 and < 1))
            throw Fault.Job.Error($"uncertainty.falseDiscovery {q} is not between 0 and 1", "0.05 is usual");
        if (corrections.FirstOrDefault(c => !Names.ContainsKey(c)) is { } unknown)
            throw Fault.Job.Error(
                $"uncertainty.autocorrelation: no correction '{unknown}'{NearestName.Hint(unknown, Names.Keys)}",
                $"there are {string.Join(", ", Names.Keys)}");
        if (sections.Job.Productivity?.Series is null)
            throw Fault.Job.Error(
                $"{(rate is null ? s_corrections : (SectionKey)s_rate).Path}: trends cannot be tested on a product without its "
                    + "series",
                "give productivity as an annual series (kind series), or leave the key out");
        return new TrendTestAsked(rate, [.. Names.Where(n => corrections.Contains(n.Key)).Select(n => n.Value)]);
    }

    private protected override Inquiry Open(TrendTestAsked asked, Opening opening) => new TrendTestInquiry(asked);
}

/// <summary>What is asked of the trends: a rate of false discovery, corrections for autocorrelation.</summary>
/// <param name="Rate">Rate of false discovery, above 0 and below 1; null where none is controlled.</param>
public sealed record TrendTestAsked(double? Rate, IReadOnlyList<Autocorrelation> Corrections) : IAsked;

/// <summary>The tests of each period's trends, and each correction as an alternative of the run.</summary>
internal sealed class TrendTestInquiry(TrendTestAsked asked) : Inquiry
{
    public static string Question(string period) => "trend_tests_" + period;

    public override IEnumerable<Question> Ask(IReadOnlyList<PeriodPlan> periods, PlaceIndex places) =>
    [
        .. asked.Rate is null ? [] : periods.Select((p, i) => new Question(Question(p.Period.Id), [new TrendTestPlane(i)])),
        .. asked.Corrections.SelectMany(c => ReworkedFigures.Ask(
            ReworkedFigures.NameOf(c), periods, p => new ReworkedPlane(p, -1, null, c))),
    ];

    public override IEnumerable<ResultTable> Report(RunStatistics run) =>
        asked.Rate is null ? [] : [FalseDiscoveryTable.Of(run, asked.Rate)];
}
