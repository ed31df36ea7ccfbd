using Ldn.Indicator;
using Ldn.Rasters;
using static Ldn.Rasters.RasterLook;

namespace Ldn.Pass;

/// <summary>The rasters of the indicator and of what it is made of: their kinds and how each is filled (method §1).</summary>
internal static class IndicatorOutputs
{
    public static RasterKind Status { get; } = new("status", "status_{0}", StatusClasses()) { OnPage = true };

    public static RasterKind Indicator { get; } = ConditionKind("sdg_15_3_1", "{0}_indicator") with { OnPage = true };

    public static RasterKind LandCover { get; } = SubIndicatorKind(SubIndicator.LandCover);

    public static RasterKind Productivity { get; } = SubIndicatorKind(SubIndicator.Productivity);

    public static RasterKind SoilCarbon { get; } = SubIndicatorKind(SubIndicator.SoilCarbon);

    /// <summary>LPD class 1…5.</summary>
    public static RasterKind Lpd { get; } = new("lpd", "{0}_lpd", Classed(
        new((int)LpdClass.Declining, "declining", "#9b2779"), new((int)LpdClass.ModerateDecline, "moderate_decline", "#c0749b"),
        new((int)LpdClass.Stressed, "stressed", "#e1b9bd"), new((int)LpdClass.Stable, "stable", "#ffffe0"),
        new((int)LpdClass.Increasing, "increasing", "#006500")));

    public static RasterKind Trend { get; } = ConditionKind("trend", "{0}_trend");

    /// <summary>
    /// Units of the series a year: 0.005 over 16 years, of a vegetation index or of kg C/m², is a change anyone sees.
    /// </summary>
    public static RasterKind TrendSlope { get; } =
        new("trend_slope", "{0}_trend_slope", Diverging(-0.02, -0.005, 0, 0.005, 0.02));

    /// <summary>Mann–Kendall S: 36 is significant and 120 the most there is in the 16 years of the presets.</summary>
    public static RasterKind TrendS { get; } = new("trend_s", "{0}_trend_s", Diverging(-120, -36, 0, 36, 120));

    /// <summary>Z of S: two-sided 5 % and 0.1 %.</summary>
    public static RasterKind TrendZ { get; } = new("trend_z", "{0}_trend_z", Diverging(-3.29, -1.96, 0, 1.96, 3.29));

    /// <summary>Two-sided probability of Z.</summary>
    public static RasterKind TrendP { get; } = new("trend_p", "{0}_trend_p", Ramped(
        new(0, "#3f007d"), new(0.05, "#807dba"), new(0.1, "#dadaeb"), new(1, "#fcfbfd")));

    public static RasterKind State { get; } = ConditionKind("state", "{0}_state");

    public static RasterKind Performance { get; } = new("performance", "{0}_performance", NotDegraded(signed: false))
    {
        SignedLook = NotDegraded(signed: true),
    };

    /// <summary>Per cent of the initial stock; 10 % is where soil carbon counts as degraded or improved.</summary>
    public static RasterKind StockChange { get; } = new("soc_change", "soc_change_{0}", Diverging(-50, -10, 0, 10, 50));

    /// <summary>Stock of a year, t C/ha.</summary>
    public static RasterKind Stock { get; } = new("soc", "soc_{0}", Ramped(
        new(0, "#fff7e6"), new(25, "#f3dcae"), new(50, "#d9ae72"), new(100, "#a9723b"), new(200, "#6b3f1a"), new(400, "#2f1a08")))
    {
        OfYear = true,
    };

    /// <summary>All of them, in the order of catalogues and maps.</summary>
    public static IReadOnlyList<RasterKind> Kinds { get; } =
    [
        Status, Indicator, LandCover, Productivity, SoilCarbon, Lpd, Trend, TrendSlope, TrendS, TrendZ, TrendP, State,
        Performance,
        StockChange, Stock,
    ];

    public static RasterKind Of(SubIndicator sub) => sub switch
    {
        SubIndicator.LandCover => LandCover,
        SubIndicator.Productivity => Productivity,
        _ => SoilCarbon,
    };

    public static OutputFill FillIndicator(int period) =>
        OutputFill.OfClasses((slice, classes) => slice.Indicator(period).CopyTo(classes));

    public static OutputFill FillStatus(int period) =>
        OutputFill.OfClasses((slice, classes) => WriteStatus(slice, period, classes));

    public static OutputFill Fill(SubIndicator sub, int period) => OutputFill.OfClasses((slice, classes) =>
    {
        IndicatorTables tables = slice.Plan.Tables;
        if (sub == SubIndicator.LandCover)
            IndicatorKernel.LandCover(slice.Land(period), classes, tables);
        else if (sub == SubIndicator.Productivity)
            IndicatorKernel.Productivity(slice.Land(period), classes, tables);
        else
            IndicatorKernel.SoilCarbon(slice.Land(period), slice.Soil(period), classes, tables);
        slice.Correct(period, sub, classes);
    });

    public static OutputFill FillLpd(int period) => OutputFill.OfClasses((slice, classes) =>
    {
        ReadOnlySpan<byte> land = slice.Land(period);
        byte[] lpd = slice.Plan.LpdClasses;
        for (int i = 0; i < classes.Length; i++)
            classes[i] = (land[i] & Evidence.WaterBit) != 0 ? (byte)0 : lpd[Evidence.Productivity(land[i])];
    });

    /// <summary>Every part of a productivity series, as far as it is made, with what its caption says.</summary>
    /// <param name="period">Index of the period.</param>
    /// <param name="years">The window and the period, for captions.</param>
    /// <param name="withState">Whether state is made.</param>
    /// <param name="withPerformance">Whether performance is made.</param>
    public static IEnumerable<(RasterKind Kind, string Caption, OutputFill Fill)> OfSeries(
        int period, string years, bool withState, bool withPerformance)
    {
        yield return (Trend, $"productivity trend {years}", Conditions(SeriesPart.Trend));
        yield return (
            TrendSlope, $"slope of the productivity trend, units of its series a year, {years}", Values(SeriesPart.Slope));
        yield return (TrendS, $"Mann-Kendall S of the productivity trend {years}", Values(SeriesPart.S));
        yield return (TrendZ, $"Mann-Kendall Z of the productivity trend, ties corrected, {years}", Values(SeriesPart.Z));
        yield return (TrendP, $"two-sided probability of Z of the productivity trend {years}", Values(SeriesPart.P));
        if (!withState)
            yield break;
        yield return (State, $"productivity state {years}", Conditions(SeriesPart.State));
        if (!withPerformance)
            yield break;
        yield return (Performance, $"productivity performance {years}", Conditions(SeriesPart.Performance));

        OutputFill Conditions(SeriesPart part) => OutputFill.OfClasses(
            (slice, classes) => slice.Series(period).Conditions(part)[..classes.Length].CopyTo(classes)).Of(part, period);

        OutputFill Values(SeriesPart part) =>
            OutputFill.OfValues((slice, values) => slice.Series(period).Write(part, values)).Of(part, period);
    }

    /// <param name="stock">One of the plan's stocks.</param>
    public static OutputFill FillStock(int stock) =>
        OutputFill.OfValues((slice, values) => slice.Stocks.Write(stock, slice.Cells, values));

    public static OutputFill FillStockChange(int period) => OutputFill.OfValues(
        (slice, values) => slice.Stocks.WriteChange(slice.Plan.Periods[period].SoilCarbon!, slice.Cells, values));

    /// <summary>Status of a period against the baseline, class 1…7 (method §7).</summary>
    internal static void WriteStatus(OutputSlice slice, int period, Span<byte> classes) =>
        IndicatorKernel.Status(slice.Indicator(0), slice.Indicator(period), classes, slice.Plan.StatusRule);

    private static RasterKind SubIndicatorKind(SubIndicator sub) =>
        ConditionKind(sub.Name(), "{0}_" + sub.Name()) with { OnPage = true };

    private static RasterKind ConditionKind(string layer, string file) => new(layer, file, Conditions(signed: false))
    {
        SignedLook = Conditions(signed: true),
    };

    private static RasterLook StatusClasses() => Classed(Enum.GetValues<Status>()
        .Where(s => s != Ldn.Indicator.Status.NoData).Select(s => new RasterClass((int)s, s.Name(), s.Color())));

    private static RasterLook Conditions(bool signed) =>
        Classed(new[] { Condition.Degraded, Condition.Stable, Condition.Improved }.Select(c => Class(c, signed)));

    private static RasterLook NotDegraded(bool signed) =>
        Classed(Class(Condition.Degraded, signed), Class(Condition.Stable, signed) with { Name = "not_degraded" });

    private static RasterClass Class(Condition condition, bool signed) =>
        new(signed ? ConditionEncoding.Signed(condition) : (int)condition, condition.Name(), condition.Color());
}
