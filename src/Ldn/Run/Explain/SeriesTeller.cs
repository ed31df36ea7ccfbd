using Ldn.Indicator;
using Ldn.Pass;
using Ldn.Productivity;
using Ldn.Productivity.Laws;
using static Ldn.Run.Explain.CellInputs;

namespace Ldn.Run.Explain;

/// <summary>
/// Productivity of a cell from annual series, step by step by the laws that the kernels are held to bit for bit (method §4.2).
/// Conditions are the pass's own; were a law to come to another, that would be a defect, and is said.
/// </summary>
internal sealed class SeriesTeller(RunPlan plan, CellInputs inputs)
{
    private readonly SeriesPlan _series = plan.Pass.Series[0];
    private readonly SeriesYear[] _years =
        [.. plan.Pass.Series[0].Years.Select(y => new SeriesYear(plan.Pass, plan.Pass.Series[0], y, 1))];
    private readonly SliceUnits? _units =
        plan.Pass.Series[0].HasPerformance ? new SliceUnits(plan.Pass, plan.Pass.Series[0], 1) : null;

    private ProductivityOptions Options => _series.Options;

    /// <summary>The series of a period in the cell at hand.</summary>
    /// <param name="period">Index of the period.</param>
    /// <param name="zone">Zone whose pixels share the percentile, −1 for none.</param>
    public SeriesStory Of(int period, int zone)
    {
        SeriesPeriod of = _series.Periods[period];
        double[] values = [.. of.Years.Select(Value)], climate = [.. of.Climate.Select(inputs.Physical)];
        var trended = new double[values.Length];
        TrendSeries.Make(Options.Method, values, climate, trended);
        YearStory[] years = [.. values.Select((value, i) => new YearStory(
            of.Window.FirstYear + i, [.. _series.Years[of.Years[i]].Select(inputs.Source)], Known(value),
            climate.Length > 0 ? Known(climate[i]) : null, Options.NeedsClimate ? Known(trended[i]) : null))];
        TrendResult trend = TrendLaw.Evaluate(trended, Options);
        bool combined = Options.LpdMethod == LpdMethod.Combination;
        return new SeriesStory(
            ProductivityOptions.NameOf(Options.Variable), of.Window.ToString(), years, Trend(trend, trended),
            combined ? State(of.Window, values) : null,
            _series.HasPerformance ? Performance(period, zone, values) : null,
            combined ? null : FaoWocat(of, values, trend.Condition));
    }

    private double Value(int year)
    {
        SeriesYear of = _years[year];
        Span<double> value = stackalloc double[1];
        new LayerDecoder(of.Encoding).Decode(of.Cells(inputs.Cells, 1).Span, 0, value);
        return value[0];
    }

    private TrendStory Trend(TrendResult trend, double[] series)
    {
        bool known = trend.Condition != ConditionCode.NoData;
        return new TrendStory(
            ((Condition)trend.Condition).Name(), ProductivityOptions.NameOf(Options.Method), trend.ValidYears, Options.MinYears,
            known ? trend.S : null,
            known ? MannKendall.Variance(trend.ValidYears, MannKendall.TieTerm(series)) : null, Known(trend.Z), Known(trend.P),
            Known(trend.Slope), ProductivityOptions.NameOf(Options.Slope), ProductivityOptions.NameOf(Options.Significance),
            Options.Significance == TrendSignificance.TwoSided ? TrendLaw.CriticalZ
                : known ? TrendsEarthSignificance.CriticalS(trend.ValidYears) : null,
            known ? Known(Intercept(series, trend.Slope)) : null);
    }

    /// <summary>Where a line of the slope through the middle of the valid values stands in the first year.</summary>
    private static double Intercept(double[] series, double slope)
    {
        int[] valid = [.. Enumerable.Range(0, series.Length).Where(t => double.IsFinite(series[t]))];
        return valid.Average(t => series[t]) - (slope * valid.Average());
    }

    private StateStory State(SeriesWindow window, double[] values)
    {
        StateResult result = StateLaw.Evaluate(values, Options);
        StateFigures figures = StateLaw.Figures(values, Options);
        int split = window.LastYear - Options.RecentYears;
        bool classes = figures.Limits.Count > 0;
        return new StateStory(
            ((Condition)result.Condition).Name(), ProductivityOptions.NameOf(Options.State),
            $"{split + 1}-{window.LastYear}", Known(figures.RecentMean), $"{window.FirstYear}-{split}",
            Known(figures.HistoryMean),
            Options.StateMinimumInForce, classes ? figures.Limits : null, classes ? figures.RecentClass : null,
            classes ? figures.HistoryClass : null, Known(result.Z));
    }

    private PerformanceStory Performance(int period, int zone, double[] values)
    {
        _units!.Compute(1, inputs.Cells);
        long unit = _units.Of(0, 1)[0];
        double mean = PerformanceLaw.WindowMean(values, Options);
        long key = PerformanceLaw.Key(mean, Options.Quantum);
        long tenths = zone < 0 ? PerformanceLaw.NoLimit : _series.Limits[period].Of(zone, unit);
        byte condition = PerformanceLaw.Condition(key, tenths, Options.PerformanceInclusive);
        bool known = key != PerformanceLaw.NoKey, limited = tenths > 0;
        return new PerformanceStory(
            ((Condition)condition).Name(), known ? key * Options.Quantum : null,
            unit == EcologicalUnit.None ? null : PerformanceTable.UnitText(unit, _series.Units.Count),
            zone >= 0 && Options.PerformanceScope == PerformanceScope.Zone ? plan.Zones[plan.JudgedWith(zone).Zone].Id : null,
            limited ? tenths * Options.Quantum / 10 : null, known && limited ? 10.0 * key / tenths : null, 0.5,
            Options.PerformanceInclusive);
    }

    private FaoWocatStory? FaoWocat(SeriesPeriod period, double[] values, byte trend)
    {
        FaoWocatFigures figures = FaoWocatLaw.Figures(values, Options);
        if (!figures.Known || trend == ConditionCode.NoData)
            return null;
        double greatest = period.Greatest >= 0 ? inputs.Single(period.Greatest) : double.NaN;
        (int a, int b, int c) = FaoWocatLaw.Parts(
            trend, figures.LastNotAbove, figures.InitialBiomass, figures.Change, Options);
        return new FaoWocatStory(
            a, figures.InitialBiomass, b, figures.Change, c, FaoWocatLaw.Code(a, b, c), Known(greatest),
            greatest <= Options.FaoWocatDesert);
    }
}
