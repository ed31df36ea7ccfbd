using System.Globalization;
using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Reports;
using Ldn.Reports.Page;
using Ldn.Tables;

namespace Ldn.Subjects.Uncertainty;

/// <summary>
/// How firm the latest figure is: the verdict, a tornado of what moves the figure when it alone is changed, and below it
/// everything together, the band of chance and the intervals, each called what it is, on one scale with the figure.
/// </summary>
public sealed class FirmnessSection : PageSection
{
    /// <summary>Percentage points that are no move: they round to 0.0 %.</summary>
    private const double Least = 0.05;

    private const string Section = "section.firmness.";
    private static readonly CultureInfo s_invariant = CultureInfo.InvariantCulture;

    /// <inheritdoc/>
    public override string Table => "firmness";

    internal override SectionContent? Of(SectionPage page)
    {
        Row? row = page.Latest(Table).FirstOrDefault(r => r[FirmnessTable.Question] == "figure");
        if (row?[FirmnessTable.Answer] is not { Length: > 0 } answer || Of(row, FirmnessTable.NoDataLow, FirmnessTable.NoDataHigh)
            is not { } bounds || !double.TryParse(answer, s_invariant, out double figure))
            return null;
        string period = row[Columns.Period]!;
        Texts texts = page.Texts;
        Line[] tornado = [.. Alone(page, period, figure).OrderByDescending(l => l.Spread.Width)];
        Spread? chance = Of(row, FirmnessTable.ChanceLow, FirmnessTable.ChanceHigh),
            sample = Of(row, FirmnessTable.SampleLow, FirmnessTable.SampleHigh),
            soil = Of(row, FirmnessTable.SoilLow, FirmnessTable.SoilHigh);
        var figures = new FirmnessFigures(
            row[FirmnessTable.Verdict] ?? "open", figure, row[FirmnessTable.Tried] ?? 0,
            row[FirmnessTable.Agreeing]?.ToDouble() ?? 0, bounds, chance, sample, soil,
            tornado is [{ Spread.Width: >= Least } first, ..] ? (first.Name, first.Spread) : null)
        {
            SoilByFactors = page.Rows("soil_error").Any(r => r[SoilErrorTable.Rho] is null),
        };
        Line[] lines = [.. tornado, .. Together(row, bounds, chance, sample, soil, texts)];
        double from = Math.Min(figure, lines.Min(l => l.Spread.Low)), to = Math.Max(figure, lines.Max(l => l.Spread.High));
        string note = texts[Section + "note"];
        if (row[FirmnessTable.NotTried] is { Length: > 0 } untried)
            note = FirmnessWords.Join(
                texts,
                [
                    note,
                    texts.Format("confidence.untried", string.Join(
                        ", ", untried.Split(';').Select(what => texts.Find("untried." + what) ?? what))),
                ]);
        return new SectionContent(
            FirmnessWords.Verdict(figures, texts),
            new Html(string.Concat(FirmnessWords.More(figures, texts).Select(s => $"<p>{Html.Escape(s)}</p>"))),
            new SmallTable(
                [
                    (texts[Section + "changed"], false), (texts[Section + "kind"], false), ("", false),
                    (texts[Section + "from"], true), (texts[Section + "to"], true),
                ],
                [
                    .. lines.Select(l => new object[]
                    {
                        l.Name, texts[Section + l.Kind],
                        Charts.Span(l.Spread.Low, l.Spread.High, figure, from, to, Color(l.Kind)),
                        texts.Numbers.Percent(l.Spread.Low), texts.Numbers.Percent(l.Spread.High),
                    }),
                ]),
            note);
    }

    /// <summary>What one change alone makes of the figure: a rule, the product, the size of cells.</summary>
    private static IEnumerable<Line> Alone(SectionPage page, string period, double figure)
    {
        foreach (var rule in page.Figures.Sensitivity(page.Zone.Id, period).GroupBy(s => s.Rule))
            yield return Line(page.Texts.Find("rule." + rule.Key) ?? rule.Key, rule.Select(s => s.Share));
        Row[] combinations = [.. page.Rows("combinations").Where(r => r[Columns.Period] == period)];
        Row? inForce = Array.Find(combinations, r => r[Combinations.InForce] == true);
        double[] products = inForce is null ? [] : [
            .. combinations.Where(r => r[Combinations.Product] is { Length: > 0 } && Rules(r) == Rules(inForce))
                .Select(r => r[Columns.DegradedOfLand]?.ToDouble()).OfType<double>()];
        if (products.Length > 0)
            yield return Line(page.Texts["untried.products"], products);

        double[] coarse = [
            .. page.Rows("resolution").Where(r => r[Columns.Period] == period)
                .Select(r => r[Columns.DegradedOfLand]?.ToDouble()).OfType<double>()];
        if (coarse.Length > 0)
            yield return Line(page.Texts["untried.resolution"], coarse);

        Line Line(string name, IEnumerable<double> shares)
        {
            double[] all = [.. shares, figure];
            return new Line(name, "range", new Spread(all.Min(), all.Max()));
        }

        static (string?, string?, string?) Rules(Row row) =>
            (row[Combinations.Missing], row[Combinations.SocThreshold], row[Combinations.SocInclusive]);
    }

    private static IEnumerable<Line> Together(
        Row row, Spread bounds, Spread? chance, Spread? sample, Spread? soil, Texts texts)
    {
        if (row[FirmnessTable.Tried] > 1 && Of(row, FirmnessTable.Low, FirmnessTable.High) is { } range)
            yield return new Line(texts[Section + "all"], "range", range);
        yield return new Line(texts.Class(Condition.NoData.Name()), "bounds", bounds);
        if (chance is { } band)
            yield return new Line(texts["untried.chance"], "band", band);
        if (sample is { } seen)
            yield return new Line(texts["untried.sample"], "interval", seen);
        if (soil is { } error)
            yield return new Line(texts["untried.soil_error"], "interval", error);
    }

    private static Spread? Of(Row row, Column<Ratio> low, Column<Ratio> high) =>
        row[low] is { } from && row[high] is { } to ? new Spread(from.ToDouble(), to.ToDouble()) : null;

    private static string Color(string kind) => kind switch
    {
        "band" => "#c8a24a",
        "interval" => "#2f6f9f",
        "bounds" => "#9a9a9a",
        _ => Palette.Of("degraded"),
    };

    /// <summary>A line of the picture; the kind is range, bounds, band or interval.</summary>
    private readonly record struct Line(string Name, string Kind, Spread Spread);
}
