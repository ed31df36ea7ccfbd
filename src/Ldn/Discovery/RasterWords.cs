using System.Text.RegularExpressions;
using Ldn.Jobs;

namespace Ldn.Discovery;

/// <summary>
/// What a raster says of itself in words, its description, title and unit, as evidence where its name says nothing; and where the
/// unit is not the one a layer needs, the doubt.
/// </summary>
/// <param name="Text">Description and title, as they are.</param>
/// <param name="Unit">In lower case without spaces, empty where none is told.</param>
/// <param name="Years">That description, title or time span tell.</param>
internal sealed record RasterWords(string Text, string Unit, IReadOnlyList<int> Years)
{
    private const string Tonnes = "t(c)?/ha|mg(c)?/ha|t(c)?ha-1|mg(c)?ha-1|tonnes/ha|tons/ha|t/hectare";

    private static readonly string[] s_telling =
        ["description", "tifftag_imagedescription", "tifftag_documentname", "title", "nc_global#title", "long_name",
            "standard_name",
            "layer_name", "layer", "product", "dataset"];

    private static readonly string[] s_times =
        ["year", "reference_year", "time_coverage_start", "time_coverage_end", "nc_global#time_coverage_start",
            "nc_global#time_coverage_end"];

    private static readonly (LayerKind Kind, string Pattern)[] s_units =
    [
        (LayerKind.SoilStock, $"^({Tonnes})$"), (LayerKind.Rain, "^(mm|mm/(yr|year|a)|millimet(er|re)s?)$"),
        (LayerKind.Population, "^(people|persons?|inhabitants?|count(s)?ofpeople|people/(pixel|cell|gridcell))$"),
    ];

    public static RasterWords Of(IReadOnlyList<(string Key, string Value)> about)
    {
        string Value(params string[] keys) => string.Join(
            " ", about.Where(a => keys.Contains(a.Key)).Select(a => a.Value).Distinct());
        string text = Value(s_telling);
        string given = about.FirstOrDefault(a => a.Key is "unit" or "units").Value ?? "";
        string unit = Regex.Replace(given, @"\s+|\*\*|\^", "").Replace('²', '2').ToLowerInvariant();
        int[] years = [.. FileYears.Of(Value(s_times)).Concat(FileYears.Of(text)).Distinct().Order()];
        return new RasterWords(text, unit, years.Length <= 2 ? years : []);
    }

    /// <summary>What they name: a kind by its words, else by a unit that one kind alone has.</summary>
    public (LayerKind Kind, string Word)? Named
    {
        get
        {
            if (Products.Named(Text) is { } named)
                return (named.Kind, $"{named.Word}, in its metadata");
            foreach ((LayerKind kind, string pattern) in s_units)
                if (Regex.IsMatch(Unit, pattern))
                    return (kind, $"unit {Unit}");
            return null;
        }
    }

    /// <summary>The finding with what the unit says against it.</summary>
    public Finding Judged(Finding found, RasterSample sample) => found.Kind switch
    {
        LayerKind.SoilStock when Regex.IsMatch(Unit, @"^kg(c)?/?m(-)?2$|^kg(c)?m-2$") && sample.Scale == 1 => found with
        {
            Kind = LayerKind.Unknown,
            Doubt = $"its unit is {Unit}: t C/ha are ten times as much; declare it with gdal_edit.py -scale 10 FILE",
        },
        LayerKind.SoilStock when Regex.IsMatch(Unit, "^(d|c)?g/kg$|^%$|^g/cm3$|^kg/m3$") => found with
        {
            Kind = LayerKind.Unknown,
            Doubt = $"its unit is {Unit}, a content or density, not a stock in t C/ha",
        },
        LayerKind.SoilStock when Regex.IsMatch(
            Unit, $"^({Tonnes})$") => found with { Doubt = null, Why = $"{found.Why}; unit {Unit}" },
        LayerKind.Population when Regex.IsMatch(Unit, "/?km-?2|/ha") => found with
        {
            Kind = LayerKind.Unknown,
            Doubt = $"its unit is {Unit}: a density, where numbers of people in each cell are needed",
        },
        _ => found,
    };
}
