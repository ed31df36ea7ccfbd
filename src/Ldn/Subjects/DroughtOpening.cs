using Ldn.Drought;
using Ldn.Pass;
using Ldn.Productivity;
using Ldn.Rasters;

namespace Ldn.Subjects;

/// <summary>
/// Opens the monthly rasters of an index and finds the years that it can be told of. What a user should know on the way is in
/// <see cref="Warnings"/>.
/// </summary>
internal sealed class DroughtOpening(DroughtSeries asked, Opening opening)
{
    public const string Precipitation = "precipitation", Temperature = "temperature", Evapotranspiration = "pet";
    private const int UsualReference = 30;

    private static readonly LayerValues s_rain = new(
        "impossible values (precipitation of a month is 0 mm or more)", 0, double.MaxValue,
        "give scale and offset in strata.drought.precipitation");

    private static readonly LayerValues s_warmth = new(
        "impossible values (the temperature of a month lies between -90 and 60 degrees Celsius)", -90, 60,
        "of kelvins give offset -273.15 beside the layers in strata.drought.pet, of tenths of a degree scale 0.1");

    private static readonly LayerValues s_range = new(
        "impossible values (the highest temperature less the lowest is 0 or more)", 0, double.MaxValue,
        "the files of lowest and highest temperature may be exchanged");

    public List<string> Warnings { get; } = [];

    /// <exception cref="LdnException">Exit 2: layers without dates, a month twice, no year that can be told, a reference
    /// outside the data.</exception>
    public IndexSeries Series()
    {
        IndexOptions options = asked.Options;
        var inputs = new MonthlyInputs(
            Open(asked.Precipitation, "precipitation", Precipitation), asked.Method,
            Open(asked.Evapotranspiration, "evapotranspiration", Evapotranspiration),
            Open(asked.Mean, "mean temperature", Temperature), Open(asked.Minimum, "minimum temperature", Temperature),
            Open(asked.Maximum, "maximum temperature", Temperature));
        IReadOnlySet<int> months = inputs.Months();
        if (months.Count == 0)
            throw Fault.Series.Error(
                $"{options.Name}: precipitation and the layers of evapotranspiration have no month in common",
                "give both for the same years");
        CheckReference(options, months);
        return new IndexSeries(options, inputs, Years(options, months), opening.Geodata);
    }

    /// <summary>Opens what tells of impossible values, so that these are met as those of any input.</summary>
    public void Watch(IndexSeries series)
    {
        Add("precipitation, lowest month", Precipitation, asked.Precipitation, CellFact.LowestPrecipitation, s_rain);
        if ((asked.Mean ?? asked.Minimum) is not { } temperature)
            return;
        Add("temperature, lowest month", Temperature, temperature, CellFact.LowestTemperature, s_warmth);
        Add("temperature, highest month", Temperature, asked.Maximum ?? temperature, CellFact.HighestTemperature, s_warmth);
        if (asked.Maximum is { } highest)
            Add("temperature, least range of a month", Temperature, highest, CellFact.LeastRange, s_range);

        void Add(string layer, string option, MonthlyFiles stack, CellFact fact, LayerValues values) =>
            opening.Inputs.Add(layer, option, stack.Files[0], series.Of(fact), values);
    }

    private List<MonthlyLayer> Open(MonthlyFiles? stack, string layer, string option)
    {
        var layers = new List<MonthlyLayer>();
        if (stack is null)
            return layers;
        var names = new Dictionary<int, string>();
        foreach (DatedLayer dated in DatedLayer.Of(stack.Files, stack.Dates, opening.Geodata).OrderBy(l => l.Date))
        {
            int month = MonthlyLayer.Number(dated.Date.Year, dated.Date.Month);
            if (!names.TryAdd(month, dated.Name))
                throw Fault.Series.Error(
                    $"{layer}: '{names[month]}' and '{dated.Name}' are both of {MonthlyLayer.Text(month)}",
                    "give one layer a month: add up or average shorter steps beforehand, and leave out what is there twice");
            (IRasterSource source, IReadOnlyList<double> noData) = opening.Inputs.OpenAside(
                $"{layer} {MonthlyLayer.Text(month)}", option, dated.File);
            if (layers.Count == 0 && MonthlyUnit.Doubt(stack, layer, option == Temperature, opening.Geodata.About(dated.File))
                is { } doubt)
                Warnings.Add(doubt);
            layers.Add(new MonthlyLayer(
                month, source,
                new LayerEncoding(source.CellType, stack.Scale ?? source.Scale, stack.Offset ?? source.Offset, noData)));
        }

        return layers;
    }

    private void CheckReference(IndexOptions options, IReadOnlySet<int> months)
    {
        int there = options.EndMonths.Max(month => Enumerable.Range(options.FirstReference, options.ReferenceYears)
            .Count(year => IsWhole(year, month, options, months)));
        if (there < options.FewestYears)
            throw Fault.Series.Error(
                $"{options.Name}: the reference {options.FirstReference}-{options.LastReference} has {there} years with all "
                    + $"their months, and {options.FewestYears} are needed; the series runs from "
                    + $"{MonthlyLayer.Text(months.Min())} to {MonthlyLayer.Text(months.Max())}",
                "give the months that are missing, another reference (--reference A-B), or fewer years (--min-years N)");
        if (options.ReferenceYears < UsualReference)
            Warnings.Add(Fault.ShortReference.Say(
                $"{options.Name}: the reference {options.FirstReference}-{options.LastReference} has {options.ReferenceYears} "
                    + "years; 30 or more are usual"));
    }

    /// <summary>The years asked for, or all whose months are there.</summary>
    private int[] Years(IndexOptions options, IReadOnlySet<int> months)
    {
        int month = options.TableMonth;
        if (asked.Years is { } span)
        {
            foreach (int year in Enumerable.Range(span.First, span.Last - span.First + 1))
                if (Missing(year, month, options, months) is { Count: > 0 } missing)
                    throw Fault.Series.Error(
                        $"{options.Name} {year} cannot be told: no layers of {Listed(missing)}",
                        "give these months, or other years (--years A-B)");
            return [.. Enumerable.Range(span.First, span.Last - span.First + 1)];
        }

        int first = months.Min() / 12, last = months.Max() / 12;
        int[] years = [.. Enumerable.Range(first, last - first + 1).Where(y => IsWhole(y, month, options, months))];
        if (years.Length == 0)
            throw Fault.Series.Error(
                $"{options.Name}: no year has the {options.Months} months that end with month {month}",
                "give the months that are missing");
        int[] gaps = [.. Enumerable.Range(years[0], years[^1] - years[0] + 1).Except(years)];
        if (gaps.Length > 0)
            Warnings.Add(Fault.MissingMonths.Say(
                $"{options.Name}: no index of {string.Join(", ", gaps)}: no layers of "
                    + Listed([.. gaps.SelectMany(y => Missing(y, month, options, months)).Distinct().Order()])));
        return years;
    }

    private static bool IsWhole(int year, int month, IndexOptions options, IReadOnlySet<int> months) =>
        Missing(year, month, options, months).Count == 0;

    private static List<int> Missing(int year, int month, IndexOptions options, IReadOnlySet<int> months) =>
        [
            .. Enumerable.Range(MonthlyLayer.Number(year, month) - options.Months + 1, options.Months)
                .Where(m => !months.Contains(m)),
        ];

    private static string Listed(IReadOnlyList<int> months)
    {
        const int most = 6;
        return string.Join(", ", months.Take(most).Select(MonthlyLayer.Text))
            + (months.Count > most ? $" and {months.Count - most} more" : "");
    }
}
