using Ldn.Indicator;

namespace Ldn.Jobs;

/// <summary>
/// What productivity evidence means (method §4): the LPD class 1…5, the condition 1…3, or the code of trend, state and
/// performance 1…18 (<see cref="LpdParts"/>). 0 is no data in each. Which of them a job's evidence is follows from its inputs
/// and is decided here alone, so that the pass, the tables, PRAIS and targets never mean different classes. Where regions bring
/// evidence of several kinds, one after the other: codes of parts 1…18, LPD classes, conditions.
/// </summary>
internal static class ProductivityEvidence
{
    /// <summary>Condition of each evidence value, <see cref="Evidence.Limit"/> entries; null without productivity.</summary>
    public static Condition[]? Conditions(Job job) => Conditions(job, job.Rules.LpdTable);

    /// <summary>The same under another table of <see cref="Combinations"/>.</summary>
    public static Condition[]? Conditions(Job job, string lpdTable)
    {
        if (job.Productivity is not { } productivity)
            return null;
        var conditions = new Condition[Evidence.Limit];
        if (IsJoint(job))
        {
            for (int code = 1; code < LpdParts.Codes; code++)
                conditions[code] = (Condition)LpdTable.ByName(lpdTable).Conditions[code];
            for (int lpd = 1; lpd <= 5; lpd++)
                conditions[FirstLpd + lpd] = (Condition)Indicator.LpdClasses.Conditions[lpd];
            for (int condition = 1; condition <= 3; condition++)
                conditions[FirstCondition + condition] = (Condition)condition;
            return conditions;
        }

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
        if (IsJoint(job))
        {
            if (LpdTable.ByName(job.Rules.LpdTable) is { HasClasses: true } combined)
                combined.Classes.CopyTo(classes);
            for (int lpd = 1; lpd <= 5; lpd++)
                classes[FirstLpd + lpd] = (byte)lpd;
            return job.Regions!.InUse.SelectMany(r => OfRegion(job, r.Job)!).Any(code => classes[code] > 0) ? classes : null;
        }

        ReadOnlySpan<byte> known = job.Productivity?.EvidenceKind switch
        {
            ProductivityKind.Lpd => [0, 1, 2, 3, 4, 5],
            ProductivityKind.Parts when LpdTable.ByName(job.Rules.LpdTable) is { HasClasses: true } table => table.Classes,
            _ => [],
        };
        known.CopyTo(classes);
        return known.IsEmpty ? null : classes;
    }

    /// <summary>
    /// The same for tables of classes, where land of a region that knows conditions alone is <see cref="Unclassified"/> and no
    /// land without data.
    /// </summary>
    public static byte[]? TableClasses(Job job)
    {
        byte[]? classes = LpdClasses(job);
        if (classes is null || !HasUnclassified(job))
            return classes;
        for (int condition = 1; condition <= 3; condition++)
            classes[FirstCondition + condition] = Unclassified;
        // Parts that a table without classes combines stand as conditions unless that table is the run's.
        for (int code = 1; code < LpdParts.Codes; code++)
            classes[code] = classes[code] == 0 ? Unclassified : classes[code];
        return classes;
    }

    /// <summary>Whether some region knows conditions alone, beside others that know classes.</summary>
    public static bool HasUnclassified(Job job) => IsJoint(job) && Kinds(job).Any(k =>
        k.Kind == ProductivityKind.Condition || (k.Table is { } table && !LpdTable.ByName(table).HasClasses));

    /// <summary>Class of land that is assessed without classes of land productivity dynamics.</summary>
    public const byte Unclassified = 6;

    /// <summary>The tables that could combine the evidence of a job; none where it is not trend, state and performance.</summary>
    public static IEnumerable<string> Combinations(Job job) =>
        Kinds(job).Select(k => k.Table).OfType<string>().Distinct().Count() == 1
            ? LpdTable.All.Select(t => t.Name) : [];

    /// <summary>Whether the regions of a job bring evidence of several kinds, or combine it by several tables.</summary>
    public static bool IsJoint(Job job) => job.Regions is not null && Kinds(job).Distinct().Skip(1).Any();

    /// <summary>
    /// What a region's own evidence is in the evidence of the run, <see cref="Evidence.Limit"/> entries; null where both are one.
    /// Parts that another table combines than the run's are what that table makes of them.
    /// </summary>
    public static byte[]? OfRegion(Job job, Job region)
    {
        if (!IsJoint(job))
            return null;
        var codes = new byte[Evidence.Limit];
        (ProductivityKind kind, string? name) = Kind(region)!.Value;
        LpdTable? table = name is null ? null : LpdTable.ByName(name);
        for (int code = 1; code < codes.Length; code++)
        {
            codes[code] = kind switch
            {
                ProductivityKind.Lpd => code <= 5 ? (byte)(FirstLpd + code) : (byte)0,
                ProductivityKind.Condition => code <= 3 ? (byte)(FirstCondition + code) : (byte)0,
                _ when code >= LpdParts.Codes => 0,
                _ when table!.Name == job.Rules.LpdTable => (byte)code,
                _ => table.HasClasses ? (byte)(FirstLpd + table.Classes[code]) : (byte)(FirstCondition + table.Conditions[code]),
            };
        }

        return codes;
    }

    private const int FirstLpd = LpdParts.Codes - 1, FirstCondition = FirstLpd + 5;

    private static IEnumerable<(ProductivityKind Kind, string? Table)> Kinds(Job job) =>
        (job.Regions?.InUse.Select(r => r.Job) ?? [job]).Select(Kind).OfType<(ProductivityKind, string?)>();

    private static (ProductivityKind Kind, string? Table)? Kind(Job job) => job.Productivity?.EvidenceKind is { } kind
        ? (kind, kind == ProductivityKind.Parts ? job.Rules.LpdTable : null) : null;
}
