using Ldn.Drought;
using Ldn.Jobs;
using Ldn.LandCover;
using Ldn.Productivity;
using Ldn.Rasters;

namespace Ldn.Discovery;

/// <summary>
/// Recognises rasters: names say what a layer should be, its values whether it can be that. Where they contradict, or where
/// values alone could mean several things, the file is left out and told about; nothing is guessed in silence.
/// </summary>
internal sealed class RasterFinder(IGeodata geodata)
{
    private const int LargestClass = 255;

    /// <param name="file">Relative to the folder, for names.</param>
    /// <param name="path">Where it lies.</param>
    public IReadOnlyList<Finding> Of(string file, string path)
    {
        if (geodata.Parts(path) is { Count: > 0 } parts)
            return [.. parts.SelectMany(part => Part(part.Replace(path, file, StringComparison.Ordinal), part))];
        return Bands(file, path);
    }

    /// <summary>A data set of a container; one that is no raster for a job is passed over.</summary>
    private IReadOnlyList<Finding> Part(string file, string path)
    {
        try
        {
            return Bands(file, path);
        }
        catch (LdnException e)
        {
            return [new Finding(file, LayerKind.Unknown, "cannot be used as it is") { Doubt = e.Message }];
        }
    }

    private IReadOnlyList<Finding> Bands(string file, string path)
    {
        IReadOnlyList<string> bands = BandKey.Of(path, geodata.BandNames(path));
        if (bands.Count <= 1)
            return [Band(file, path, bands.Count == 1 ? bands[0] : "")];
        return Stack(file, path, bands) is { } stack ? [stack] : ByName(file, path, bands);
    }

    /// <summary>A file whose bands are dates of one layer.</summary>
    private Finding? Stack(string file, string path, IReadOnlyList<string> bands)
    {
        int[] years = [.. bands.Select(b => FileYears.Of(b) is [int year] ? year : 0)];
        IReadOnlyList<int> named = FileYears.Of(file);
        if (years.Contains(0) && named is [int first, int last] && last - first + 1 == bands.Count)
            years = [.. Enumerable.Range(first, bands.Count)];
        if (years.Contains(0))
            return null;
        Finding one = Band(file, $"{path}#band={(bands.Count / 2) + 1}", "");
        if (one.Kind is not (LayerKind.Series or LayerKind.LandCover or LayerKind.Rain or LayerKind.Temperature
            or LayerKind.Evapotranspiration or LayerKind.Unknown))
            return one;
        string why = $"{bands.Count} bands of {years.Min()} to {years.Max()}; {one.Why}";
        if (one.Kind == LayerKind.Unknown)
            return one with { Why = why };
        bool several = years.Distinct().Count() < years.Length;
        if (several && IsMonthly(one.Kind) && MonthsOf(bands) is { } months)
            return one with
            {
                Detail = one.Kind == LayerKind.Rain ? Finding.Monthly : one.Detail,
                Why = why,
                Years = [.. years.Distinct().Order()],
                BandYears = years,
                Months = months,
            };
        return one with
        {
            Kind = several && one.Kind == LayerKind.Series ? LayerKind.Stack : one.Kind,
            Why = why,
            Years = [.. years.Distinct().Order()],
            BandYears = years,
            Doubt = several && one.Kind != LayerKind.Series ? "several layers a year" : one.Doubt,
        };
    }

    private static bool IsMonthly(LayerKind kind) =>
        kind is LayerKind.Rain or LayerKind.Temperature or LayerKind.Evapotranspiration;

    /// <summary>The months of layers by their names; null where one has none or two have the same.</summary>
    private static int[]? MonthsOf(params IReadOnlyList<string> names)
    {
        int[] months =
        [
            .. names.Select(LayerDates.Find).OfType<DateOnly>().Select(d => MonthlyLayer.Number(d.Year, d.Month)).Distinct(),
        ];
        return months.Length == names.Count ? months : null;
    }

    /// <summary>A file with a different layer in each band, as Trends.Earth writes them.</summary>
    private List<Finding> ByName(string file, string path, IReadOnlyList<string> bands)
    {
        var findings = new List<Finding>();
        for (int i = 0; i < bands.Count; i++)
            findings.Add(Band($"{file}#band={i + 1}", $"{path}#band={i + 1}", bands[i]));
        if (bands.All(b => b.Length == 0) && findings.All(f => f.Kind == findings[0].Kind))
        {
            return [findings[0] with
            {
                File = file, Kind = LayerKind.Unknown,
                    Doubt = findings[0].Kind == LayerKind.Series
                        ? $"{bands.Count} bands without dates: give a CSV of layer,date as productivity.integrate.dates"
                        : $"{bands.Count} bands without dates: tell the year of each in the job, as \"2015\": \"{file}#band=1\"",
            }];
        }

        return findings;
    }

    private Finding Band(string file, string path, string band)
    {
        RasterSample sample;
        using (IRasterSource source = geodata.OpenRaster(path))
            sample = RasterSample.Of(source);
        if (!sample.HasData)
            return new Finding(file, LayerKind.Unknown, "no cell with data among those looked at");
        Product? product = Products.Of(file, band);
        (string folders, string name) = Parted(file);
        RasterWords words = RasterWords.Of(geodata.About(path));
        (LayerKind Kind, string Word)? named = product is not null ? (product.Kind, product.Title)
            : Products.Named(band, name) ?? words.Named ?? Products.Named(folders);
        Finding found = words.Judged(
            Judged(file, sample, named, product, band.Length > 0 ? band : $"{file} {words.Text}"), sample);
        IReadOnlyList<int> years = FileYears.Of(band) is { Count: > 0 } dated ? dated
            : FileYears.Of(file) is { Count: > 0 } ofName ? ofName : words.Years;
        return found with
        {
            Years = [.. years.Order()],
            Fills = found.Kind is LayerKind.Unknown ? [] : Undeclared(found, sample),
            Product = found.Kind == LayerKind.Unknown ? null : product,
            Months = IsMonthly(found.Kind) ? MonthsOf(band.Length > 0 ? band : name) ?? [] : [],
            // Codes beyond 15 are of IGBP alone among the classifications of MCD12Q1.
            Doubt = found.Doubt
                ?? (found.Detail == "igbp" && sample.Classes.Any(c => c is 16 or 17) ? null : product?.Doubt),
        };
    }

    private static (string Folders, string Name) Parted(string file)
    {
        string plain = RasterName.Parse(file).Dataset;
        int slash = plain.LastIndexOf('/');
        return (slash < 0 ? "" : plain[..slash], Path.GetFileNameWithoutExtension(plain[(slash + 1)..]));
    }

    private static Finding Judged(string file, RasterSample sample, (LayerKind Kind, string Word)? named, Product? product,
        string text)
    {
        string values = sample.Described();
        Finding As(LayerKind kind, string? detail = null, string? why = null) =>
            new(file, kind, why ?? (named is { } n ? $"'{n.Word}'; {values}" : values)) { Detail = detail };
        Finding Not(string expected) =>
            new(file, LayerKind.Unknown,
                values)
            { Doubt = $"'{named!.Value.Word}' in its name, but its values are not {expected}" };
        IReadOnlyList<double> classes = sample.Classes;
        double low = sample.Physical(sample.Smallest), high = sample.Physical(sample.Greatest);
        bool Within(params double[] allowed) => classes.Count > 0 && classes.All(allowed.Contains);
        switch (named?.Kind)
        {
            case LayerKind.LandCover:
                IReadOnlyList<string> legends = classes.Count > 0 ? LegendGuess.Fitting(classes) : [];
                // A product with codes of its own has them also where those of a small area happen to fit another legend.
                string? legend = product is { Legend: null } ? null
                    : product?.Legend is { } own && legends.Contains(own) ? own : legends is [var first, ..] ? first
                    : null;
                if (legend is not null)
                    return As(LayerKind.LandCover,
                        legend) with
                    {
                        Doubt = product?.Legend is { } usual && usual != legend
                            ? $"its codes are not those of {usual}, which {product.Title} has, but fit "
                                + $"{string.Join(" and ", legends)}: recoded? {legend} was taken"
                            : legends.Count > 1 && product is null ? Ambiguous(legend, legends) : null
                    };
                return classes.Count > 0 && classes.Count <= LargestClass
                    ? As(LayerKind.LandCover) with
                    {
                        Doubt = product?.Doubt
                        ?? "its codes are in no built-in legend: give landCover.legend a CSV of code,name,color,unccd",
                        Codes = classes,
                    }
                    : Not("codes of land cover"
                        + (low >= 0 && high <= 1000 ? "; they look like soil carbon or another measure" : ""));
            case LayerKind.Lpd:
                if (Within(0, 1, 2, 3, 4, 5, 15))
                    return As(LayerKind.Lpd);
                return Not("the classes 1 to 5"
                    + (classes.Count > 0 && LegendGuess.Fitting(classes) is [var like, ..]
                    ? $"; they look like land cover of {like}" : ""));
            case LayerKind.SoilChange:
                return low < 0 && low >= -100 && high <= 2000
                    ? As(LayerKind.SoilChange) with
                    {
                        Doubt = sample.IsWhole && high <= 1
                    ? "values -1, 0, 1 are a condition, not a change in per cent" : null
                    }
                    : Within(-1, 0, 1) || low >= 0 ? Not("a change in per cent")
                        : Not("a change in per cent, which is never below -100");
            case LayerKind.SoilStock:
                if (product?.Doubt is { } unit && sample.Scale == 1)
                    return As(LayerKind.Unknown) with { Doubt = unit };
                return low >= 0 && high <= 3000
                    ? As(LayerKind.SoilStock) with
                    {
                        Doubt = high < 60 && product is null && high > 0
                    ? "small for t C/ha: check that it is not kg/m2 (t C/ha are ten times as much)" : null
                    }
                    : low < 0 && low >= -100 ? Not("stocks, which are never negative; a change, perhaps")
                        : Not("stocks in t C/ha, which lie between 0 and some hundreds");
            case LayerKind.ClimateZones:
                return classes.Count > 0 && classes.All(c => c is >= 0 and <= 12 || c == 15) ? As(LayerKind.ClimateZones)
                    : Not("climate zones 1 to 12");
            case LayerKind.Series:
                return Series(file, sample, As(LayerKind.Series, Products.Variable(text) ?? Products.Variable(file) ?? "ndvi"),
                    Not);
            case LayerKind.Trend or LayerKind.State:
                return Within(-1, 0, 1) || Within(0, 1, 2, 3) ? As(named.Value.Kind) : Not("-1, 0, 1 or 1, 2, 3");
            case LayerKind.Performance:
                return Within(-1, 0) || Within(0, 1, 2) ? As(LayerKind.Performance) : Not("-1, 0 or 1, 2");
            case LayerKind.Condition:
                return Within(-1, 0, 1) || Within(0, 1, 2, 3) ? As(LayerKind.Condition) : Within(0, 1, 2, 3, 4, 5)
                    ? As(LayerKind.Lpd) : Not("a condition (-1, 0, 1 or 1, 2, 3) or classes 1 to 5");
            case LayerKind.Population:
                return low >= 0 ? As(LayerKind.Population, Products.Sex(text)) : Not("numbers of people");
            case LayerKind.Aridity:
                return low >= 0 && high <= 100 ? As(LayerKind.Aridity)
                    : low >= 0 && high <= 1_000_000
                        ? As(LayerKind.Aridity) with
                        {
                            Kind = LayerKind.Unknown,
                            Doubt = "an aridity index is P/PET; these look multiplied, as by 10,000: declare the scale "
                        + "(gdal_edit.py -scale 0.0001)"
                        }
                    : Not("P/PET");
            case LayerKind.Drought:
                return low >= -20 && high <= 20 ? As(LayerKind.Drought) : Not("an index between -20 and 20");
            case LayerKind.Rain:
                return low >= 0 ? As(LayerKind.Rain) : Not("rainfall");
            case LayerKind.Temperature:
                string which = Products.Temperature(text);
                return low >= -90 && high <= 60 ? As(LayerKind.Temperature, which)
                    : low >= 150 && high <= 335 ? As(LayerKind.Temperature, which) with { Offset = -273.15 }
                    : low >= -900 && high <= 600 ? As(LayerKind.Temperature, which) with { Scale = 0.1 }
                    : Not("temperatures in degrees Celsius, tenths of these, or kelvins");
            case LayerKind.Evapotranspiration:
                return low >= 0 && high <= 2000 ? As(LayerKind.Evapotranspiration) : Not("evapotranspiration in mm a month");
            case LayerKind.Regions:
                return classes.Count > 1 ? As(LayerKind.Regions) with { Codes = [.. classes.Where(c => c > 0)] }
                    : Not("numbers of regions");
            case LayerKind.Water:
                return classes.Count is > 0 and <= 4 ? As(LayerKind.Water) : Not("a mask");
            case LayerKind.Driver or LayerKind.Category:
                return As(named.Value.Kind == LayerKind.Category && classes.Count == 0 ? LayerKind.Driver : named.Value.Kind);
            case LayerKind.Unknown:
                return As(LayerKind.Unknown) with
                {
                    Doubt = product is null ? "a result of another program, not an input" : product.Doubt,
                };
            default:
                return ByValues(file, classes, values);
        }
    }

    /// <summary>Without a telling name only codes that one legend alone knows are enough.</summary>
    private static Finding ByValues(string file, IReadOnlyList<double> classes, string values)
    {
        IReadOnlyList<string> legends = classes.Count > 3 ? LegendGuess.Fitting(classes) : [];
        if (classes.Count > 3 && legends.Count == 1)
            return new Finding(file, LayerKind.LandCover, $"codes of {legends[0]} alone; {values}") { Detail = legends[0] };
        string? doubt = classes.Count > 3 && classes.All(c => c is >= 0 and <= 5)
            ? "productivity classes 1 to 5, or land cover 1 to 7? its name does not say"
            : legends.Count > 1 ? $"its codes fit {string.Join(" and ", legends)}, and its name says nothing"
                : "its name does not say what it is";
        return new Finding(file, LayerKind.Unknown, values) { Doubt = doubt };
    }

    private static Finding Series(string file, RasterSample sample, Finding series, Func<string, Finding> not)
    {
        double low = sample.Physical(sample.Smallest), high = sample.Physical(sample.Greatest);
        bool index = series.Detail is "ndvi" or "evi";
        if (index && low >= -1.5 && high <= 1.5)
            return series;
        if (index && low >= -15_000 && high <= 15_000)
            return series with { Scale = 0.0001, Doubt = null, Why = series.Why + "; × 0.0001 lies in ±1.5" };
        if (!index && low >= 0)
            return high > 100 ? series with { Scale = 0.0001, Why = series.Why + "; × 0.0001 as in MODIS, kg C/m2" } : series;
        return not(index ? "a vegetation index, also × 0.0001" : "a production, which is never negative") with { File = file };
    }

    private static IReadOnlyList<double> Undeclared(Finding found, RasterSample sample)
    {
        if (found.Kind is LayerKind.LandCover)
            return [.. sample.Fills.Where(f => found.Detail is null || Legend.BuiltIn(found.Detail).IndexOf((int)f) < 0)];
        return found.Kind is LayerKind.Population or LayerKind.Rain && sample.Fills.All(f => f is > 0 and < 1e6) ? []
            : [.. sample.Fills.Where(f => f != 255 || sample.Greatest < 200)];
    }

    private static string Ambiguous(string legend, IReadOnlyList<string> all) =>
        $"its codes fit {string.Join(" and ", all)}; {legend} was taken";
}
