using Ldn.Reports;

namespace Ldn.Compare;

/// <summary>
/// A period of the run before and the one of the run after that it is held against. Where the run after has a later period, its
/// figure is reached in two steps: this pair, which recalculates the earlier period, and the change to <see cref="New"/>.
/// </summary>
/// <param name="Before">Index among the periods of the run before.</param>
/// <param name="After">Index among those of the run after.</param>
/// <param name="New">Index among those of the run after of a period that the run before does not have; null where the pair is
/// all.</param>
/// <param name="IsSameYears">Whether both are of the same years.</param>
internal sealed record PeriodPair(int Before, int After, int? New, bool IsSameYears)
{
    /// <summary>The period of the run after whose figure the pair leads to.</summary>
    public int Final => New ?? After;

    /// <summary>
    /// The pairs of two runs, in the order of the run after: baseline with baseline; a reporting period with the one of its
    /// years, else of its id; periods after all of these as new ones. The last pair is that of the latest figures.
    /// </summary>
    public static IReadOnlyList<PeriodPair> Of(
        IReadOnlyList<DocumentPeriod> before, IReadOnlyList<DocumentPeriod> after)
    {
        var pairs = new List<PeriodPair>();
        var taken = new HashSet<int>();
        int?[] partner = [.. after.Select(period => Partner(before, period, taken))];
        for (int i = 0; i < partner.Length; i++)
        {
            partner[i] ??= SameId(before, after[i], taken);
            if (partner[i] is { } with)
                pairs.Add(new PeriodPair(with, i, null, SameYears(before[with], after[i])));
        }

        // The last figure of the run before, recalculated, is where a new period starts from.
        if (pairs.Count > 0 && pairs.MaxBy(p => p.Before) is { } last && last.Before == before.Count - 1)
            for (int i = last.After + 1; i < partner.Length; i++)
                if (partner[i] is null)
                    pairs.Add(last with { New = i });
        return [.. pairs.OrderBy(p => p.Final)];
    }

    private static int? Partner(IReadOnlyList<DocumentPeriod> before, DocumentPeriod period, HashSet<int> taken)
    {
        for (int b = 0; b < before.Count; b++)
        {
            bool same = IsBaseline(period) ? IsBaseline(before[b]) : !IsBaseline(before[b]) && SameYears(before[b], period);
            if (same && taken.Add(b))
                return b;
        }

        return null;
    }

    /// <summary>By its id: a table of figures may hold reporting periods alone, and then its first is none.</summary>
    private static bool IsBaseline(DocumentPeriod period) => period.Id == "baseline";

    private static int? SameId(IReadOnlyList<DocumentPeriod> before, DocumentPeriod period, HashSet<int> taken)
    {
        for (int b = 0; b < before.Count; b++)
            if (before[b].Id == period.Id && taken.Add(b))
                return b;
        return null;
    }

    /// <summary>Whether no sub-indicator that both have is of other years.</summary>
    private static bool SameYears(DocumentPeriod a, DocumentPeriod b)
    {
        Dictionary<string, string> years = a.Years.ToDictionary(y => y.SubIndicator, y => y.Years);
        return b.Years.All(y => !years.TryGetValue(y.SubIndicator, out string? other) || other == y.Years)
            && (a.Id == b.Id || b.Years.Any(y => years.ContainsKey(y.SubIndicator)));
    }
}
