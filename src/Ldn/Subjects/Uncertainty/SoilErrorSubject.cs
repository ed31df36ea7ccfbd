using Ldn.Csv;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Questions;
using Ldn.Rasters;
using Ldn.Reports.Page;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Subjects.Uncertainty;

/// <summary>
/// What the errors of soil carbon leave of the figure (firmness U5): of two stocks, named in <c>uncertainty.soilError</c>; of the
/// factors of a stock that follows from land cover, which come with these. Tables: soil_error.csv, soil_transitions.csv; raster
/// soc_probability_PERIOD.tif.
/// </summary>
internal sealed class SoilErrorSubject : Subject<SoilErrorAsked>
{
    private const string Option = "soil-error", Key = "uncertainty.soilError";
    private static readonly string[] s_units = ["t/ha", "percent"];
    private static readonly SectionKey<SoilErrorConfig> s_error = new(
        Key, SubjectJson.Default.SoilErrorConfig, "Rasters with the standard error of the two soil carbon stocks",
        "{ \"initial\": \"s0.tif\", \"final\": \"s1.tif\", \"correlation\": 0 }");

    /// <inheritdoc/>
    public override IReadOnlyList<SectionKey> Keys => [s_error];

    /// <inheritdoc/>
    public override IReadOnlyList<InputName> Inputs => [new(Option)];

    /// <inheritdoc/>
    public override IReadOnlyList<PageSection> Sections => [];

    /// <inheritdoc/>
    public override IEnumerable<ResultTable> Kinds(RunStatistics empty) =>
        [SoilErrorTable.Of(empty, [], (_, _, _) => null), FactorErrorTable.Of(empty, null)];

    /// <inheritdoc/>
    protected override SoilErrorAsked? Read(JobSections sections)
    {
        if (sections.Get(s_error) is not { } given)
            return HasUncertainFactors(sections.Job) ? new SoilErrorAsked(null) : null;
        if (sections.Job.SoilCarbon is not { } soil)
            throw Fault.Job.Error($"{Key} is the error of soil carbon, which is left out", "give the job a soilCarbon");
        if (soil.Kind == SoilCarbonKind.Reference)
            throw Fault.Job.Error(
                $"{Key}: the error of a reference stock cancels in the change; only the factors are uncertain",
                "leave the key out and give the table of factors a column error_pct");
        if (given.Initial is null || given.Final is null)
            throw Fault.Job.Error(
                $"{Key} has no raster for the {(given.Initial is null ? "initial" : "final")} stock", "give initial and final");
        double correlation = given.Correlation ?? 0;
        if (!(correlation is >= -1 and <= 1))
            throw Fault.Job.Error($"{Key}.correlation {correlation} is not from -1 to 1", "0 is usual where it is not known");
        string unit = given.Unit ?? (soil.Kind == SoilCarbonKind.Change ? s_units[1] : s_units[0]);
        if (!s_units.Contains(unit))
            throw Fault.Job.Error(
                $"{Key}: no unit '{unit}'{NearestName.Hint(unit, s_units)}",
                "t/ha, as the stocks, or percent of the initial stock");
        if (unit == s_units[0] && soil.Kind == SoilCarbonKind.Change)
            throw Fault.Job.Error(
                $"{Key}: a change in per cent has no stock that an error in t/ha could be compared with",
                "give the errors in per cent of the initial stock: \"unit\": \"percent\"");
        return new SoilErrorAsked(new StockErrors(
            sections.Files.Resolved(given.Initial), sections.Files.Resolved(given.Final), correlation, unit == s_units[1]));
    }

    /// <summary>
    /// Factors with errors whose changes can be told apart: management and input are of each cell its own, organic soils take no
    /// factor, and many dates do not fit into a key. Elsewhere soil carbon is not assessed, which firmness.csv says.
    /// </summary>
    private static bool HasUncertainFactors(Job job) => job.SoilCarbon?.Model is { Factors.HasErrors: true } model
        && model.Management is null && model.Input is null && model.Organic is null
        && model.Covers.Files.Keys.Concat(model.Covers.StandIns.Keys).Distinct().Count() <= FactorErrorPlane.MostCovers;

    private protected override Inquiry? Open(SoilErrorAsked asked, Opening opening)
    {
        // Thresholds and factors are the run's here; where regions have their own, nothing is told rather than by wrong ones.
        bool byRegion = opening.Job.Regions is not null;
        if (asked.Stocks is not { } stocks)
            return byRegion ? null : new FactorErrorInquiry(opening.Job);
        if (byRegion)
            throw Fault.Job.Error(
                $"{Key} cannot be assessed where regions have rules of their own",
                "leave the key out, or run a region by itself");
        int OpenOne(string which, string file) => opening.Inputs.Open(
            $"error of the {which} soil carbon stock", Option, file, opening.Job.Grid.SoilCarbon, LayerValues.StockErrors);
        return new StockErrorInquiry(
            new SoilError(
                OpenOne("initial", stocks.Initial), OpenOne("final", stocks.Final), stocks.Correlation, stocks.InPercent,
                opening.Job.Rules.SocThreshold),
            opening.Job.Periods);
    }
}

/// <summary>Errors of the stocks as written in a job.</summary>
internal sealed record SoilErrorConfig
{
    [JobKey("Raster with the standard error of the initial stock", "\"s0.tif\"")]
    public string? Initial { get; init; }

    [JobKey("Raster with the standard error of the final stock", "\"s1.tif\"")]
    public string? Final { get; init; }

    [JobKey("Correlation of the two errors of a cell, from -1 to 1; 0 where it is not named", "0")]
    public double? Correlation { get; init; }

    [JobKey("Unit of the errors: t/ha, as the stocks; percent of the initial stock", "\"t/ha\"", "t/ha", "percent")]
    public string? Unit { get; init; }
}

/// <summary>Error rasters of two stocks.</summary>
/// <param name="Initial">Standard error of the initial stock.</param>
/// <param name="Final">Standard error of the final stock.</param>
/// <param name="Correlation">Correlation of the two errors of a cell, −1 to 1.</param>
/// <param name="InPercent">Whether the errors are per cent of the initial stock; else t C/ha.</param>
internal sealed record StockErrors(string Initial, string Final, double Correlation, bool InPercent);

/// <summary>Errors of stocks; null where those of the factors are meant, which the job's soil carbon holds.</summary>
internal sealed record SoilErrorAsked(StockErrors? Stocks) : IAsked;

/// <summary>Whatever is uncertain of soil carbon, the verdict asks it for an interval.</summary>
internal abstract class SoilErrorInquiry : Inquiry
{
    /// <summary>Per cent of land; null without land.</summary>
    public abstract (double Low, double High)? Interval(RunStatistics run, int zone, int period);
}

/// <summary>One question a period.</summary>
internal sealed class StockErrorInquiry(SoilError error, IReadOnlyList<Period> all) : SoilErrorInquiry
{
    /// <summary>Share of cells whose error looks strange, of those that have one, from which it is doubted.</summary>
    private const int DoubtfulPercent = 50;

    private SoilErrorFigures? _figures;

    public static RasterKind Probability { get; } = new("soc_probability", "soc_probability_{0}", RasterLook.Ramped(
        new(0, "#ffffe0"), new(0.5, "#cf96bd"), new(1, "#9b2779")));

    public static string Question(string period) => "soil_error_" + period;

    public override IEnumerable<Question> Ask(IReadOnlyList<PeriodPlan> periods, PlaceIndex places) =>
        periods.Select((p, i) => new Question(Question(p.Period.Id), [new SoilMarginPlane(i, error)]));

    /// <summary>What the errors leave of the figures of a run, counted once.</summary>
    private SoilErrorFigures Figures(RunStatistics run) => _figures ??= new SoilErrorFigures(run);

    public override (double Low, double High)? Interval(RunStatistics run, int zone, int period) =>
        Figures(run).Interval(zone, period, SoilErrorFigures.VerdictCorrelation);

    public override IEnumerable<ResultTable> Report(RunStatistics run) =>
    [
        SoilErrorTable.Of(
            run, [.. SoilErrorFigures.Correlations.Cast<double?>()],
            (zone, p, rho) => Figures(run).Interval(zone, p, rho!.Value)),
    ];

    public override IEnumerable<string> Doubts(RunStatistics run)
    {
        SoilErrorFigures figures = Figures(run);
        if (figures.PercentOf(SoilMarginPlane.Doubt.AboveStock) >= DoubtfulPercent)
            yield return Fault.Doubt.Say(
                "errors of soil carbon are larger than the stock itself in most cells: in another unit than "
                    + $"{(error.InPercent ? "percent" : "t/ha")}? (uncertainty.soilError.unit)");
        if (figures.PercentOf(SoilMarginPlane.Doubt.Tiny) >= DoubtfulPercent)
            yield return Fault.Doubt.Say(
                "errors of soil carbon are below 1 % of the stock in most cells: in another unit than "
                    + $"{(error.InPercent ? "percent" : "t/ha")}, such as shares of 1? (uncertainty.soilError.unit)");
    }

    public override IEnumerable<(RasterKind Kind, string Of, string Caption, OutputFill Fill)> Rasters(RasterOutputs asked) =>
        asked == RasterOutputs.None ? [] : all.Select((period, p) => (
            Probability, period.Id, $"probability that soil organic carbon is degraded, by the error of its stocks, {period.Id}",
            Fill(p)));

    private OutputFill Fill(int period)
    {
        // One a worker: a slice is filled on the thread that computed it.
        var margins = new ThreadLocal<SoilMargins?>();
        return OutputFill.OfValues((slice, values) =>
        {
            if (margins.Value is not { } mine || mine.Capacity < values.Length)
                margins.Value = mine = new SoilMargins(error, values.Length);
            ReadOnlySpan<double> m = mine.Compute(slice.Plan, period, slice.Stocks, slice.Cells, values.Length);
            ReadOnlySpan<byte> land = slice.Land(period);
            for (int i = 0; i < values.Length; i++)
                values[i] = Evidence.Water(land[i]) ? float.NaN : (float)SoilErrorFigures.Phi(m[i]);
        });
    }
}
