using Ldn.Indicator;

namespace Ldn.Jobs;

/// <summary>
/// What productivity evidence means (method §4): the LPD class 1…5, the condition 1…3, or the code of trend, state and
/// performance 1…18 (<see cref="LpdParts"/>). 0 is no data in each. Which of them a job's evidence is follows from its inputs
/// and is decided here alone, so that the pass, the tables, PRAIS and targets never mean different classes.
/// </summary>
public static class ProductivityEvidence
{
    /// <summary>Condition of each evidence value, <see cref="Evidence.Limit"/> entries; null without productivity.</summary>
    public static Condition[]? Conditions(Job job) => Conditions(job, job.Rules.LpdTable);

    /// <summary>The same under another table of <see cref="Combinations"/>.</summary>
    public static Condition[]? Conditions(Job job, string lpdTable)
    {
        if (job.Productivity is not { } productivity)
            return null;
        var conditions = new Condition[Evidence.Limit];
        ReadOnlySpan<byte> known = productivity.EvidenceKind switch
        {
            ProductivityKind.Lpd => Indicator.LpdClasses.Conditions,
            ProductivityKind.Condition => [0, 1, 2, 3],
            ProductivityKind.Status => [0, 1, 1, 1, 2, 3, 3, 3],
            _ => LpdTable.ByName(lpdTable).Conditions,
        };
        for (int i = 0; i < known.Length; i++)
            conditions[i] = (Condition)known[i];
        return conditions;
    }

    /// <summary>
    /// LPD class 1…5 of each evidence value, 0 for no data, <see cref="Evidence.Limit"/> entries; null where the inputs, or the
    /// table that combines them, know no classes.
    /// </summary>
    public static byte[]? LpdClasses(Job job)
    {
        var classes = new byte[Evidence.Limit];
        ReadOnlySpan<byte> known = job.Productivity?.EvidenceKind switch
        {
            ProductivityKind.Lpd => [0, 1, 2, 3, 4, 5],
            ProductivityKind.Parts when LpdTable.ByName(job.Rules.LpdTable) is { HasClasses: true } table => table.Classes,
            _ => [],
        };
        known.CopyTo(classes);
        return known.IsEmpty ? null : classes;
    }

    /// <summary>The tables that could combine the evidence of a job; none where it is not trend, state and performance.</summary>
    public static IEnumerable<string> Combinations(Job job) =>
        job.Productivity?.EvidenceKind == ProductivityKind.Parts ? LpdTable.All.Select(t => t.Name) : [];
}
