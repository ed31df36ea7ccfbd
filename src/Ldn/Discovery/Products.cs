using System.Text.RegularExpressions;

namespace Ldn.Discovery;

/// <summary>
/// Published products by their file names, and the words that name a kind of layer in names of other files, folders and bands.
/// </summary>
internal static class Products
{
    /// <summary>The first that fits counts.</summary>
    private static readonly Product[] s_known =
    [
        new("esacci-lc|c3s-lc", LayerKind.LandCover, "ESA CCI / C3S land cover, 300 m",
            "ESA Climate Change Initiative and Copernicus Climate Change Service", "https://www.esa-landcover-cci.org",
            "esa-cci"),
        new(@"probav_lc100|lc100_global|discrete-classification", LayerKind.LandCover, "Copernicus Global Land Cover, 100 m",
            "Copernicus Global Land Service", "https://land.copernicus.eu/global/products/lc", "copernicus-lc100"),
        new("mcd12q1|mcd12c1", LayerKind.LandCover, "MODIS land cover MCD12Q1", "NASA LP DAAC",
            "https://doi.org/10.5067/MODIS/MCD12Q1.061", "igbp"),
        new("glc_?fcs30", LayerKind.LandCover, "GLC_FCS30D", "Aerospace Information Research Institute, CAS",
            "https://doi.org/10.5281/zenodo.8239305", null,
            "GLC_FCS30D has codes of its own: give landCover.legend a CSV of code,name,color,unccd"),
        new("fao[-_]?wocat.*lpd|lpd.*wocat", LayerKind.Lpd, "Land productivity dynamics, FAO-WOCAT", "FAO and WOCAT",
            "https://www.fao.org"),
        new("jrc.*lpd|lpd.*jrc|wad3.*lpd", LayerKind.Lpd, "Land productivity dynamics, JRC",
            "European Commission, Joint Research Centre", "https://wad.jrc.ec.europa.eu"),
        new(@"mod13|myd13|vnp13", LayerKind.Series, "MODIS vegetation indices MOD13", "NASA LP DAAC",
            "https://doi.org/10.5067/MODIS/MOD13Q1.061"),
        new(@"mod17|myd17", LayerKind.Series, "MODIS gross and net primary production MOD17", "NASA LP DAAC",
            "https://doi.org/10.5067/MODIS/MOD17A3HGF.061"),
        new(@"(^|/)ocs_0-30cm|soilgrids.*ocs", LayerKind.SoilStock, "SoilGrids organic carbon stock 0-30 cm",
            "ISRIC World Soil Information", "https://soilgrids.org"),
        new(@"(^|/)(soc|ocd)_\d+-\d+cm|soilgrids.*(soc|ocd)_", LayerKind.Unknown, "SoilGrids organic carbon content",
            "ISRIC World Soil Information", "https://soilgrids.org", null,
            "a content or density of soil carbon, not a stock: take ocs_0-30cm (t/ha)"),
        new(@"organic\.?carbon\.?stock|olm.*soc", LayerKind.SoilStock, "OpenLandMap soil organic carbon stock",
            "OpenGeoHub Foundation", "https://openlandmap.org", null,
            "OpenLandMap tells kg/m2: t C/ha are ten times as much"),
        new("chirps", LayerKind.Rain, "CHIRPS rainfall", "Climate Hazards Center, UC Santa Barbara",
            "https://www.chc.ucsb.edu/data/chirps"),
        new(@"(^|/)[a-z]{3}_(ppp|pd|[fmt])_(\w+_)?\d{4}|worldpop", LayerKind.Population, "WorldPop population counts",
            "WorldPop, University of Southampton", "https://www.worldpop.org"),
        new("ghs_pop", LayerKind.Population, "GHSL population grid", "European Commission, Joint Research Centre",
            "https://human-settlement.emergency.copernicus.eu"),
        new("gpw_?v4", LayerKind.Population, "Gridded Population of the World v4", "CIESIN, Columbia University",
            "https://doi.org/10.7927/H4JW8BX5"),
        new(@"gadm\d|gadm_", LayerKind.Zones, "GADM administrative areas", "GADM", "https://gadm.org"),
        new("geoboundaries", LayerKind.Zones, "geoBoundaries", "William & Mary geoLab", "https://www.geoboundaries.org"),
    ];

    private static readonly (LayerKind Kind, string Pattern)[] s_words =
    [
        (LayerKind.Unknown, @" sdg 15 3 1 | status | (land cover|productivity)( \w+)* (degradation|transitions?) | affected by "),
        (LayerKind.SoilChange,
            @" (soc|socc|soil( organic)? carbon|organic carbon)( \w+)* (change|degradation|pct|percent|diff) "),
        (LayerKind.ClimateZones, " (climate zones?|ipcc climate|climate) "),
        (LayerKind.SoilStock, " (soc|socs|ocs|soil( organic)? carbon|organic carbon|carbon stocks?) "),
        (LayerKind.Lpd, " (lpd|land productivity dynamics|land productivity|productivity dynamics) "),
        (LayerKind.Drought, " (spi|spei|drought) "),
        (LayerKind.Aridity, " (aridity|arid|ai) "),
        (LayerKind.Rain, " (precipitation|precip|rain|rainfall|ppt|prcp|pr) "),
        (LayerKind.Population, " (population|pop|ppp|people|persons) "),
        (LayerKind.Series, " (ndvi|evi|npp|gpp|gp) "),
        (LayerKind.Trend, " (trend|trajectory) "),
        (LayerKind.State, " state "),
        (LayerKind.Performance, " performance "),
        (LayerKind.LandCover, " (land cover|landcover|lc|lct|lulc|lccs|landuse|land use) "),
        (LayerKind.Condition, " (productivity|productivity condition) "),
        (LayerKind.Water, " (water|water mask|waterbodies) "),
        (LayerKind.Driver, " (livestock|cattle|sheep|goats?|grazing|density|erosion|fire|nightlights?) "),
        (LayerKind.Category, " (ecoregions?|biomes?|soil types?|land types?|tenure|units|licen[cs]es?) "),
    ];

    public static Product? Of(string file) => Array.Find(s_known, p => Regex.IsMatch(file.ToLowerInvariant(), p.Pattern));

    /// <summary>
    /// The kind that words of a text name, and the word; the words of a file name count before those of its folders.
    /// </summary>
    public static (LayerKind Kind, string Word)? Named(params string[] texts)
    {
        foreach (string text in texts)
        {
            string words = Words(text);
            foreach ((LayerKind kind, string pattern) in s_words)
                if (Regex.Match(words, pattern) is { Success: true } found)
                    return (kind, found.Value.Trim());
        }

        return null;
    }

    /// <summary>A text as lower-case words between single spaces: <c>2010LCT</c> is <c> 2010 lct </c>.</summary>
    public static string Words(string text)
    {
        string parted = Regex.Replace(text, "(?<=[a-z])(?=[A-Z])|(?<=[0-9])(?=[A-Za-z])|(?<=[A-Za-z])(?=[0-9])", " ");
        return $" {Regex.Replace(parted.ToLowerInvariant(), "[^a-z0-9]+", " ").Trim()} ";
    }

    /// <summary>What a vegetation series measures.</summary>
    public static string? Variable(string text)
    {
        string words = Words(text);
        return Regex.IsMatch(words, " (gpp|gp) ") ? "gpp" : Regex.IsMatch(words, " npp ") ? "npp" : Regex.IsMatch(words, " evi ")
            ? "evi"
            : Regex.IsMatch(words, " ndvi ") ? "ndvi" : words.Contains("mod 17", StringComparison.Ordinal) ? "npp"
                : words.Contains("mod 13", StringComparison.Ordinal) ? "ndvi" : null;
    }

    /// <summary>Whose heads a population raster counts.</summary>
    public static string Sex(string text)
    {
        string words = Words(text);
        return Regex.IsMatch(words, " (female|females|women|f) ") ? "female" : Regex.IsMatch(words, " (male|males|men|m) ")
            ? "male" : "total";
    }
}
