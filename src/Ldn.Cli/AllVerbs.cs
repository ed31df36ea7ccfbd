using Ldn.Cli.Verbs;

namespace Ldn.Cli;

/// <summary>The commands of the program, in the order of the help.</summary>
internal static class AllVerbs
{
    public static IReadOnlyList<Verb> InOrder { get; } =
    [
        ComputeVerb.Verb,
        InitVerb.Verb,
        ValidateVerb.Verb,
        SummarizeVerb.Verb,
        NeutralityVerb.Verb,
        CompareVerb.Verb,
        ExplainVerb.Verb,
        AccuracyVerbs.SamplePoints,
        AccuracyVerbs.Accuracy,
        ProductivityVerb.Verb,
        SocVerb.Verb,
        DroughtVerb.Verb,
        ReportVerb.Verb,
        PlanVerb.Verb,
        MergeVerb.Verb,
        TemplateVerb.Verb,
        InfoVerb.Verb,
        SampleVerb.Verb,
        LegendVerb.Verb,
        SchemaVerb.Verb,
        CompletionVerb.Verb,
        ManVerb.Verb,
    ];
}
