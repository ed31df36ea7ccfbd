using System.Globalization;
using Ldn.Counting;
using Ldn.Reports;
using Ldn.Tables;

namespace Ldn.Subjects.Uncertainty;

/// <summary>A range of figures.</summary>
/// <param name="Low">The smallest figure under the alternatives that were tried, in its unit.</param>
/// <param name="High">The largest.</param>
internal sealed record Range(Ratio Low, Ratio High)
{
    /// <summary>From the smallest to the largest of some figures; null of none.</summary>
    public static Range? Of(IEnumerable<Ratio> figures)
    {
        Range? range = null;
        foreach (Ratio figure in figures)
            range = range is null ? new Range(figure, figure)
                : figure < range.Low ? range with { Low = figure }
                : figure > range.High ? range with { High = figure } : range;
        return range;
    }
}

/// <summary>One question to a zone in a period, its answer, and what was tried on it.</summary>
/// <param name="Question"><c>figure</c>, <c>change</c>, <c>neutral</c> or <c>target:ID</c>.</param>
/// <param name="Answer">Under the rules in force; empty where there is none.</param>
/// <param name="Grounds">What was tried.</param>
internal sealed record FirmnessRow(string Question, string Answer, Grounds Grounds)
{
    /// <summary>The figure under all combinations of rules and products.</summary>
    public Range? Alternatives { get; init; }

    /// <summary>The figure whatever land without data is.</summary>
    public Range? NoData { get; init; }

    public Range? Chance { get; init; }

    public Range? Sample { get; init; }

    public Range? Soil { get; init; }

    /// <summary>Whether coarser cells were tried; they are told apart and decide nothing.</summary>
    public bool Resolution { get; init; }
}

/// <summary>
/// firmness.csv: how firm the answers of a run are, and the level of confidence that follows for PRAIS (firmness U7).
/// </summary>
internal static class FirmnessTable
{
    /// <summary>What can be tried on the figure, in the order of <c>not_tried</c>.</summary>
    private static readonly string[] s_trials = ["rules", "products", "chance", "sample", "soil_error", "resolution"];

    public static Column<string> Question { get; } = Column.Text(
        "question", "figure: to 1 percentage point; change: its sign since the baseline; neutral: gains make good the losses; "
            + "target:ID: the verdict on a target.");

    public static Column<string> Answer { get; } = Column.Text(
        "answer", "Under the rules in force: per cent of land; increase, decrease or none; the verdict of neutrality.csv or "
            + "targets.csv.");

    public static Column<string> Verdict { get; } = Column.Text(
        "verdict", "firm, likely or open: what the alternatives that were tried say of the answer; no probability.");

    public static Column<string> Confidence { get; } = Column.Text(
        "confidence", "Level of confidence that is proposed for PRAIS: high, medium or low.");

    public static Column<Ratio> Low { get; } = Column.Exact(
        "low", "Smallest figure under the alternatives tried, no probability: per cent of land, percentage points for change, "
            + "the metric's unit for a target.");

    public static Column<Ratio> High { get; } = Column.Exact("high", "Largest figure under them.");

    public static Column<long> Tried { get; } = Column.Integer(
        "combinations", "Combinations of rules and products that were tried.");

    public static Column<Ratio> Agreeing { get; } = Column.Percent("agreeing_pct", "Of these, the share with the same answer.");

    public static Column<Ratio> NoDataLow { get; } = Column.Exact(
        "no_data_low", "Smallest figure whatever the land without data is.");

    public static Column<Ratio> NoDataHigh { get; } = Column.Exact("no_data_high", "Largest figure, likewise.");

    public static Column<Ratio> ChanceLow { get; } = Column.Exact(
        "chance_low", "Lower end of what the same data give with their years shuffled; empty where not tried.");

    public static Column<Ratio> ChanceHigh { get; } = Column.Exact("chance_high", "Its upper end.");

    public static Column<Ratio> SampleLow { get; } = Column.Exact(
        "sample_low", "Lower end of the 95 % interval by the points that were looked at; empty where there are none.");

    public static Column<Ratio> SampleHigh { get; } = Column.Exact("sample_high", "Its upper end.");

    public static Column<Ratio> SoilLow { get; } = Column.Exact(
        "soil_low", "Lower end of the interval by the error of soil carbon; empty where not assessed.");

    public static Column<Ratio> SoilHigh { get; } = Column.Exact("soil_high", "Its upper end.");

    public static Column<string> NotTried { get; } = Column.Text(
        "not_tried", "What was not tried, separated by ;: rules, products, chance, sample, soil_error, resolution.");

    public static ResultTable Empty() => Columns.Table("firmness", "How firm the answers are",
    [
        Columns.ZoneId, Columns.ZoneName, Columns.ZoneKind, Columns.Period, Question, Answer, Verdict, Confidence, Low, High,
        Tried, Agreeing, NoDataLow, NoDataHigh, ChanceLow, ChanceHigh, SampleLow, SampleHigh, SoilLow, SoilHigh, NotTried,
    ]);

    /// <summary>The cells of a row beside its keys.</summary>
    public static Cell[] Cells(FirmnessRow row) =>
    [
        Question.Is(row.Question), Answer.Is(row.Answer), Verdict.Is(row.Grounds.Verdict.Name()),
        Confidence.Is(row.Grounds.Verdict.Confidence()), Low.Is(row.Alternatives?.Low), High.Is(row.Alternatives?.High),
        Tried.Is(row.Grounds.Combinations), Agreeing.Is(Ratio.Percent(row.Grounds.Agreeing, row.Grounds.Combinations)),
        NoDataLow.Is(row.NoData?.Low), NoDataHigh.Is(row.NoData?.High), ChanceLow.Is(row.Chance?.Low),
        ChanceHigh.Is(row.Chance?.High), SampleLow.Is(row.Sample?.Low), SampleHigh.Is(row.Sample?.High),
        SoilLow.Is(row.Soil?.Low), SoilHigh.Is(row.Soil?.High), NotTried.Is(string.Join(';', Missing(row))),
    ];

    /// <summary>The reasons for a level of confidence in the figure, in a sentence or two.</summary>
    /// <param name="row">A row of <see cref="Empty"/> about the figure.</param>
    /// <param name="english">The words from which the forms translate it.</param>
    public static string Reason(Row row, Texts english)
    {
        var said = new List<string>();
        if (row[Answer] is not { Length: > 0 } answer)
            return english["reason.no_land"];
        Say("rules", row[Verdict]!, Number(Ratio.AsWritten(double.Parse(answer, CultureInfo.InvariantCulture))));
        if (row[Tried] > 1)
            Say("tried", Number(row[Low]), Number(row[High]), $"{row[Tried]}", Number(row[Agreeing]));
        Say("no_data", Number(row[NoDataLow]), Number(row[NoDataHigh]));
        if (row[ChanceLow] is not null)
            Say("chance", Number(row[ChanceLow]), Number(row[ChanceHigh]));
        if (row[SampleLow] is not null)
            Say("sample", Number(row[SampleLow]), Number(row[SampleHigh]));
        if (row[SoilLow] is not null)
            Say("soil", Number(row[SoilLow]), Number(row[SoilHigh]));
        if (row[NotTried] is { Length: > 0 } missing)
            Say("untried", missing.Replace(";", ", ", StringComparison.Ordinal).Replace('_', ' '));
        return string.Join("; ", said);

        void Say(string reason, params object[] filled) => said.Add(english.Format("reason." + reason, filled));
        static string Number(Ratio? number) => number!.Value.ToDouble().ToString("F2", CultureInfo.InvariantCulture);
    }

    private static IEnumerable<string> Missing(FirmnessRow row)
    {
        bool[] tried = [
            row.Grounds.Combinations > 1, row.Grounds.Products, row.Grounds.OutsideChance is not null, row.Sample is not null,
                row.Soil is not null, row.Resolution];
        return s_trials.Where((_, i) => !tried[i]);
    }
}
