using System.Globalization;
using System.Text.RegularExpressions;
using Ldn.Discovery;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.LandCover;
using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Run;

/// <summary>
/// Layers in another unit than figures are made of (method §1), each of whose values is possible: told by the unit that the file
/// declares, by the name of a product, or by averages that land of that cover does not have.
/// </summary>
internal static class UnitDoubts
{
    private const string Scaled = "gdal_translate -a_scale";

    /// <summary>
    /// Averages in t C/ha of 0-30 cm below which stocks are hardly in that unit: of all land, of land with plants, of trees and
    /// wetlands. Dry sand of the tropics has 9 by the IPCC's defaults (2019); of 462 tiles of 5° in the north of the world not
    /// one lies below (of kg/m² four of five do). Deserts are told by their cover: bare land counts for the first bound alone.
    /// </summary>
    private const double LeastOfAll = 3, LeastOfPlants = 10, LeastOfTrees = 30;

    /// <summary>An average that no land has over 0-30 cm, peat included: contents in dg/kg and stocks × 10 have it.</summary>
    private const double MostOfAll = 320;

    /// <summary>Parts of the land from which an average of plants, or of trees and wetlands, tells.</summary>
    private const double FewestPlants = 0.2, FewestTrees = 0.05;

    /// <summary>Stocks of two years that differ by more are hardly in one unit.</summary>
    private const double MostApart = 4;

    /// <param name="plan">The run.</param>
    /// <param name="result">What was counted, of all its cells or of a sample.</param>
    /// <param name="geodata">Tells what files say of their units.</param>
    public static IReadOnlyList<string> Of(RunPlan plan, PassResult result, IGeodata geodata)
    {
        List<string> stocks = [], others = [];
        foreach (RasterInput input in plan.Pass.Inputs.Where(i => !i.IsComputed).DistinctBy(i => (i.Option, i.File)))
            if (Declared(input, geodata) is { } doubt)
                (input.Option == "soc" ? stocks : others).Add(
                    $"{input.Layer} ({Path.GetFileName(input.File)}): {doubt}");
        if (stocks.Count == 0)
            stocks.AddRange(Stocks(plan, result));
        return [.. stocks.Concat(others).Concat(Fractions(plan.Pass, result)).Select(d => Fault.Doubt.Say(d))];
    }

    /// <summary>What a file says it is, in its unit or as a product, where the layer is of another quantity.</summary>
    private static string? Declared(RasterInput input, IGeodata geodata)
    {
        LayerValues? values = input.Option == "population" ? LayerValues.Counts
            : input.Values == LayerValues.Stocks || input.Values == LayerValues.StockChange
            || input.Values == LayerValues.Aridity ? input.Values : null;
        if (values is not null && geodata.About(input.File).FirstOrDefault(a => a.Key is "unit" or "units").Value is { } unit
            && Unit(unit, values) is var (told, factor) && input.Scale != factor)
            return $"its unit is {unit}, {told}"
                + (double.IsNaN(factor) ? "" : $" ({Scaled} {factor.ToString("R", CultureInfo.InvariantCulture)})");
        return (values is not null || (input.Recoder is not null && input.Option is "land-cover" or "productivity"))
            && Products.Of(Path.GetFileName(input.File)) is { Kind: LayerKind.Unknown, Doubt: { } doubt } product
            ? $"by its name {product.Title}: {doubt}" : null;
    }

    /// <summary>
    /// What is meant in place of another unit, and its factor (NaN: none alone mends it); null where it may be right.
    /// </summary>
    internal static (string Told, double Factor)? Unit(string unit, LayerValues values)
    {
        string text = Regex.Replace(unit.Trim().Replace("²", "2").Replace("³", "3").Replace("⁻", "-").Replace("−", "-"),
            @"[\s._*^·\[\]()]+", " ").Trim();
        bool Is(string pattern) => Regex.IsMatch(text, $"^(?:{pattern})$", RegexOptions.CultureInvariant);
        string Per(string area, string power) =>
            $"(?: ?(?:SOC|OC|C))? ?(?:(?:/|per) ?(?:{area}) ?{power}|(?:{area}) ?-{(power.Length > 0 ? power : "1")})";
        if (values == LayerValues.Stocks)
        {
            const string stock = "where stocks are in t C/ha";
            return Is($"(?:kg|kilograms?){Per("m", "2")}") ? (stock, 10) : Is($"g{Per("m", "2")}") ? (stock, 0.01)
                : Is($"(?:kg){Per("ha", "")}") ? (stock, 0.001) : Is($"g{Per("cm", "2")}") ? (stock, 100)
                : Is($"(?:t|Mg){Per("km", "2")}") ? (stock, 0.01)
                : Is($"(?:g|dg|cg|mg|%|t|Mg|kg){Per("kg|t|g|Mg", "")}|%|‰|percent|per ?mille?|permil|wt ?%|mass ?%|ppm")
                    ? ("a content, where stocks are in t C/ha: content x density x depth", double.NaN)
                : Is($"(?:kg|hg|dg|g|t|Mg){Per("m|dm|cm", "3")}")
                    ? ("a density, where stocks are in t C/ha: density x depth", double.NaN) : null;
        }

        if (values == LayerValues.StockChange)
            return Is($"(?:kg|g|t|Mg|Gg){Per("m|ha|km|cm", "2?")}|(?:g|dg){Per("kg", "")}")
                ? ("where a change is in per cent of the stock", double.NaN) : null;
        if (values == LayerValues.Aridity)
            return Is("%|percent|per ?cent|pct") ? ("where the index is P/PET", 0.01)
                : Is("‰|permil|per ?mille?") ? ("where the index is P/PET", 0.001) : null;
        return Is(@"(?i)(?:[a-z ]*?)(?:(?:/|per) ?(?:(?:sq|square) ?(?:km|kilomet(?:er|re)s?)|km ?2?|ha|hectare|m ?2)"
                + "|(?:km|m) ?-2|ha ?-1)")
            ? ("a density, where numbers of people in each cell are needed: take the product's counts", double.NaN)
            : Is("(?i)(?:thousands?|1000s?|10 ?3)(?: (?:of )?(?:people|persons?|inhabitants?|capita))?")
                ? ("where people are counted", 1000) : null;
    }

    /// <summary>Stocks whose averages no land has, or differ so much that one of two years is in another unit.</summary>
    private static IEnumerable<string> Stocks(RunPlan plan, PassResult result)
    {
        YearMeans[] years = [
            .. plan.Pass.Carbon.Index().Where(c => HasFile(plan.Pass, c.Item.Stock))
                .Select(c => Means(plan, c.Item, result.Carbon[c.Index].Rows())).Where(m => m.Known > 0)
                .DistinctBy(m => m.Year).OrderBy(m => m.Year)];
        foreach ((YearMeans before, YearMeans after) in years.Zip(years.Skip(1)))
            if (before.All > MostApart * after.All || after.All > MostApart * before.All)
                return [string.Create(CultureInfo.InvariantCulture,
                    $"soil carbon {YearSpan.Told(before.Year)} is {before.All:0.##} t C/ha on average and soil carbon "
                    + $"{YearSpan.Told(after.Year)} {after.All:0.##}: are both files stocks of soil carbon "
                    + $"in t C/ha (kg/m2 x 10)?")];
        return years.FirstOrDefault(m => m.Told is not null) is { } odd
            ? [$"soil carbon {YearSpan.Told(odd.Year)} is {odd.Told}"] : [];
    }

    /// <summary>Whether a stock is a file's, as it stands or as the model's beginning.</summary>
    private static bool HasFile(PassPlan plan, int stock) => plan.Stocks[stock].Input >= 0 || plan.StockModel is not null;

    private static YearMeans Means(RunPlan plan, CarbonPlan question, IEnumerable<Counting.TallyRow> rows)
    {
        byte[] classes = plan.Job.LandCover?.Legend.UnccdTable() ?? [];
        Int128[] stock = new Int128[8], known = new Int128[8];
        foreach (Counting.TallyRow row in rows)
        {
            int cover = row.Plane(0), unccd = question.Cover >= 0 && cover < classes.Length ? classes[cover] : 0;
            stock[unccd] += row.Sums.Span[0];
            known[unccd] += row.Sums.Span[1];
        }

        double Sum(Int128[] of, params UnccdClass[] classes) => classes.Sum(c => (double)of[(int)c]);
        double all = known.Sum(k => (double)k);
        (double Share, double Mean) Of(params UnccdClass[] classes) => Sum(known, classes) is > 0 and var area
            ? (area / all, Sum(stock, classes) / area * PassResult.StockQuantum) : (0, double.NaN);
        return new YearMeans(
            plan.Pass.Stocks[question.Stock].Year, all, stock.Sum(s => (double)s) / all * PassResult.StockQuantum,
            Of(UnccdClass.TreeCovered, UnccdClass.Grassland, UnccdClass.Cropland, UnccdClass.Wetland),
            Of(UnccdClass.TreeCovered, UnccdClass.Wetland));
    }

    /// <summary>
    /// A change given as a fraction: nothing is degraded or improved, and the file holds numbers with decimals between -1 and 1.
    /// </summary>
    private static IEnumerable<string> Fractions(PassPlan plan, PassResult result)
    {
        foreach (RasterInput input in plan.Inputs.Where(i => i.Values == LayerValues.StockChange && !i.IsComputed))
        {
            bool moves = result.Conditions.Any(tally => tally.Rows().Any(row => plan.Tables.Of(row.Plane(0), row.Plane(1))
                .Of(SubIndicator.SoilCarbon) is Condition.Degraded or Condition.Improved));
            if (moves)
                continue;
            using IRasterSource source = input.Source.Reopen();
            var sample = RasterSample.Of(source);
            double low = input.Physical(sample.Smallest), high = input.Physical(sample.Greatest);
            bool decimals = !sample.IsWhole || input.Scale % 1 != 0;
            if (decimals && Math.Min(low, high) >= -1 && Math.Max(low, high) <= 1)
                yield return $"{input.Layer} ({Path.GetFileName(input.File)}) holds {RasterSample.Number(low)} to "
                    + $"{RasterSample.Number(high)}, where a change is in per cent: is it a fraction ({Scaled} 100)?";
        }
    }

    /// <summary>Averages of a year's stocks in t C/ha, and the part of the land that those of a cover speak for.</summary>
    private sealed record YearMeans(
        int Year, double Known, double All, (double Share, double Mean) Plants, (double Share, double Mean) Trees)
    {
        public string? Told => All > MostOfAll
            ? string.Create(CultureInfo.InvariantCulture, $"{All:0.##} t C/ha on average, more than "
                + $"soils have in 0-30 cm: are the files contents (dg/kg, g/kg), tenths of t/ha ({Scaled} 0.1) or of deeper "
                + $"soil?")
            : Trees.Share >= FewestTrees && Trees.Mean < LeastOfTrees ? Small("of trees and wetlands", Trees.Mean)
            : Plants.Share >= FewestPlants && Plants.Mean < LeastOfPlants ? Small("with plants", Plants.Mean)
            : All < LeastOfAll ? Small("with stocks", All) : null;

        private static string Small(string land, double mean) => string.Create(CultureInfo.InvariantCulture,
            $"{mean:0.##} t C/ha on average of land {land}, less than such land has in 0-30 cm: are the files in kg/m2 "
                + $"({Scaled} 10)?");
    }
}
