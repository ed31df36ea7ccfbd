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
        Other("processed_flag|current_pixel_state|observation_count|change_count", "ESA CCI / C3S land cover, 300 m",
            "flags or counts of its making, not the classes: those are in lccs_class"),
        new("esacci-lc|c3s-lc", LayerKind.LandCover, "ESA CCI / C3S land cover, 300 m",
            "ESA Climate Change Initiative and Copernicus Climate Change Service", "https://www.esa-landcover-cci.org",
            "esa-cci"),
        Other(@"discrete[-_]classification[-_]proba|[-_]coverfraction|forest[-_]type|data-?density|change-confidence",
            "Copernicus Global Land Cover, 100 m",
            "a share, probability or other layer, not the classes of land cover: those are in Discrete-Classification-map"),
        new(@"probav_lc100|lc100_global|discrete[-_]classification", LayerKind.LandCover, "Copernicus Global Land Cover, 100 m",
            "Copernicus Global Land Service", "https://land.copernicus.eu/global/products/lc", "copernicus-lc100"),
        Other(@"mcd12[qc]1[^/]*(assessment|prop\d_ass|[^a-z0-9](qc|lw)([^a-z0-9]|$))", "MODIS land cover MCD12Q1",
            "quality, confidence or water mask, not classes of land cover: those of IGBP are in LC_Type1"),
        new(@"(mcd12[qc]1[^/]*|[^a-z0-9])(lc_?type_?[2-5]|lc_?prop_?[1-3])|mcd12[qc]1[^/]*[^a-z0-9]lc[2-5]([^a-z0-9]|$)",
            LayerKind.LandCover, "MODIS land cover MCD12Q1, another classification than IGBP", "NASA LP DAAC", Modis12, null,
            "its codes are not those of IGBP: take LC_Type1 (legend igbp), or give landCover.legend a CSV of "
                + "code,name,color,unccd"),
        new(@"(mcd12[qc]1[^/]*|[^a-z0-9])lc_?type_?1|mcd12[qc]1[^/]*[^a-z0-9]lc1([^a-z0-9]|$)", LayerKind.LandCover,
            "MODIS land cover MCD12Q1", "NASA LP DAAC", Modis12, "igbp"),
        new("mcd12[qc]1", LayerKind.LandCover, "MODIS land cover MCD12Q1", "NASA LP DAAC", Modis12, "igbp",
            "its name does not tell which of the classifications of MCD12Q1 it holds: IGBP (LC_Type1) was taken"),
        new("glc_?fcs30", LayerKind.LandCover, "GLC_FCS30D", "Aerospace Information Research Institute, CAS",
            "https://doi.org/10.5281/zenodo.8239305", null,
            "GLC_FCS30D has codes of its own: give landCover.legend a CSV of code,name,color,unccd"),
        new("fao[-_]?wocat.*lpd|lpd.*wocat", LayerKind.Lpd, "Land productivity dynamics, FAO-WOCAT", "FAO and WOCAT",
            "https://www.fao.org"),
        new("jrc.*lpd|lpd.*jrc|wad3.*lpd", LayerKind.Lpd, "Land productivity dynamics, JRC",
            "European Commission, Joint Research Centre", "https://wad.jrc.ec.europa.eu"),
        Other(@"(mod|myd|vnp)1[357][^/]*(quality|reliab|rely|[^a-z](qa|qc|doy)([^a-z0-9]|$)|day_of_the_year|composite.day|zenith|"
            + @"azimuth|[^a-z](view|sun)_?zen|rel_?az|reflectance|[^a-z0-9](red|nir|blue|mir|swir)([^a-z0-9]|$))",
            "MODIS vegetation products", "quality, angles, dates or reflectances, not the vegetation measure itself"),
        new(@"mod13|myd13|vnp13", LayerKind.Series, "MODIS vegetation indices MOD13", "NASA LP DAAC",
            "https://doi.org/10.5067/MODIS/MOD13Q1.061"),
        new(@"mod17|myd17", LayerKind.Series, "MODIS gross and net primary production MOD17", "NASA LP DAAC",
            "https://doi.org/10.5067/MODIS/MOD17A3HGF.061"),
        Other(@"(^|/)ocs_0-30cm_(q0|uncertainty)", "SoilGrids organic carbon stock 0-30 cm",
            "a quantile or the uncertainty: the stock is ocs_0-30cm_mean (t/ha)"),
        new(@"ocstha_m_30cm", LayerKind.SoilStock, "SoilGrids (2017) organic carbon stock 0-30 cm",
            "ISRIC World Soil Information", "https://soilgrids.org"),
        Other("ocstha_m_", "SoilGrids (2017) organic carbon stock",
            "a stock of other depths than 0-30 cm, which is OCSTHA_M_30cm (t/ha)"),
        Other("orcdrc_m_|ocdens_m_", "SoilGrids (2017) organic carbon content",
            "a content (g/kg) or density (kg/m3) of soil carbon, not a stock: take OCSTHA_M_30cm (t/ha)"),
        Other(@"(^|/)(bdod|cec|cfvo|clay|nitrogen|phh2o|sand|silt|wv\d+)_\d+-\d+cm", "SoilGrids", "another property of the soil"),
        new(@"(^|/)ocs_0-30cm|soilgrids.*ocs", LayerKind.SoilStock, "SoilGrids organic carbon stock 0-30 cm",
            "ISRIC World Soil Information", "https://soilgrids.org"),
        new(@"(^|/)(soc|ocd)_\d+-\d+cm|soilgrids.*(soc|ocd)_", LayerKind.Unknown, "SoilGrids organic carbon content",
            "ISRIC World Soil Information", "https://soilgrids.org", null,
            "a content (dg/kg) or density (hg/m3) of soil carbon in one layer of soil, not a stock: take ocs_0-30cm (t/ha)"),
        Other(@"organic\.carbon\.stock.*_b(?!0\.\.30cm)\d+\.\.\d+cm", "OpenLandMap soil organic carbon stock",
            "kg/m2 of one layer of soil: t C/ha of 0-30 cm are ten times the sum of b0..10cm and b10..30cm (gdal_calc.py "
                + "--calc \"10.0*(A+B)\" --type Float32)"),
        Other(@"organic[.-]carbon_usda", "OpenLandMap soil organic carbon content",
            "a content in steps of 5 g/kg, not a stock: take organic.carbon.stock"),
        new(@"organic\.?carbon\.?stock|olm.*soc", LayerKind.SoilStock, "OpenLandMap soil organic carbon stock",
            "OpenGeoHub Foundation", "https://openlandmap.org", null,
            "OpenLandMap tells kg/m2: t C/ha are ten times as much"),
        new("chirps", LayerKind.Rain, "CHIRPS rainfall", "Climate Hazards Center, UC Santa Barbara",
            "https://www.chc.ucsb.edu/data/chirps"),
        new("ghs_pop", LayerKind.Population, "GHSL population grid", "European Commission, Joint Research Centre",
            "https://human-settlement.emergency.copernicus.eu"),
        Other(@"(^|/)[a-z]{3}_pd_\d{4}", "WorldPop population density",
            "people per km2, where numbers of people in each cell are needed: take the counts (ppp)"),
        Other(@"(^|/)[a-z]{3}_[fmt]_\d{1,2}_\d{4}", "WorldPop, people by age and sex",
            "people of one age class: add up the files of all ages of a sex first (gdal_calc.py)"),
        new(@"(^|/)[a-z]{3}_(ppp|pop|[fmt])_(\w+_)?\d{4}|worldpop", LayerKind.Population, "WorldPop population counts",
            "WorldPop, University of Southampton", "https://www.worldpop.org"),
        Other("gpw[^/]*(dens|unadj_?pd)|population[-_.]?density|landscan[^/]*dens", "Population density",
            "people per km2, where numbers of people in each cell are needed: take the counts"),
        new("gpw_?v4", LayerKind.Population, "Gridded Population of the World v4", "CIESIN, Columbia University",
            "https://doi.org/10.7927/H4JW8BX5"),
        new(@"gadm\d|gadm_", LayerKind.Zones, "GADM administrative areas", "GADM", "https://gadm.org"),
        new("geoboundaries", LayerKind.Zones, "geoBoundaries", "William & Mary geoLab", "https://www.geoboundaries.org"),
    ];

    private const string Modis12 = "https://doi.org/10.5067/MODIS/MCD12Q1.061";

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
        (LayerKind.Temperature,
            @" (tas|tasmin|tasmax|tmean|tavg|tmin|tmax|tmn|tmx|tmp dat|t 2 m|(?<!land surface |(lst|soil) )temperature) "),
        (LayerKind.Evapotranspiration, " (pet|eto|potential (evapotranspiration|evaporation)) "),
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
        (LayerKind.Regions, " regions "),
        (LayerKind.Category, " (ecoregions?|biomes?|soil types?|land types?|tenure|units|licen[cs]es?) "),
    ];

    /// <param name="file">Its name, with folders.</param>
    /// <param name="band">What a band of it is called.</param>
    public static Product? Of(string file, string band = "")
    {
        string text = $"{file} {band}".TrimEnd().ToLowerInvariant();
        return Array.Find(s_known, p => Regex.IsMatch(text, p.Pattern));
    }

    /// <summary>Layers that come along with a product, and are none of a job.</summary>
    private static Product Other(string pattern, string title, string doubt) =>
        new(pattern, LayerKind.Unknown, title, "", null, null, doubt);

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

    /// <summary>Which temperature of a month a layer holds.</summary>
    public static string Temperature(string text)
    {
        string words = Words(text);
        return Regex.IsMatch(words, " (tasmin|tmin|tmn|minimum|min|lowest) ") ? "minimum"
            : Regex.IsMatch(words, " (tasmax|tmax|tmx|maximum|max|highest) ") ? "maximum" : "mean";
    }

    /// <summary>Whose heads a population raster counts.</summary>
    public static string Sex(string text)
    {
        // Letters alone stand between signs: the m of 100m is no man.
        bool Tells(string words, string letter) => Regex.IsMatch(Words(text), $" ({words}) ")
            || Regex.IsMatch(text.ToLowerInvariant(), $"(?<![a-z0-9]){letter}(?![a-z0-9])");
        return Tells("females?|women", "f") ? "female" : Tells("males?|men", "m") ? "male" : "total";
    }
}
