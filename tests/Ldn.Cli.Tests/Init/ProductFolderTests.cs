using Ldn.Discovery;
using Ldn.Gdal;
using Ldn.Run;

namespace Ldn.Cli.Tests.Init;

/// <summary>
/// What a folder of each product is taken for, as it is downloaded: the layer that is meant, never one beside it that would give
/// another figure; what needs a decision is said; and the job is valid.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ProductFolderTests
{
    private readonly Workspace _work = new();

    [OneTimeSetUp]
    public void Write() => ProductFolders.Write(_work.Folder);

    [OneTimeTearDown]
    public void Clear() => _work.Dispose();

    /// <param name="folder">Of the product.</param>
    /// <param name="kinds">What is found and used, with years and, after a colon, the detail.</param>
    /// <param name="job">What the job holds, parted by bars; a part that begins with ! it does not.</param>
    /// <param name="said">What is said to be unclear; empty where nothing is.</param>
    [TestCase("esa", "LandCover 2000:esa-cci, LandCover 2015:esa-cci", "\"legend\": \"esa-cci\"", "")]
    [TestCase("esa-years", "LandCover 1992-2015:esa-cci", "v2.0.7.tif#band=9\"|v2.0.7.tif#band=24\"", "")]
    [TestCase("c3s-netcdf", "LandCover 2016:esa-cci, LandCover 2019:esa-cci", "\\\":lccs_class\"|!_flag|!_count", "lccs_class")]
    [TestCase("lc100", "LandCover 2015:copernicus-lc100, LandCover 2019:copernicus-lc100",
        "2015-base_Discrete-Classification-map|!proba|!Forest|!Fraction", "those are in Discrete-Classification-map")]
    [TestCase("lc100-gee", "LandCover 2015:copernicus-lc100, LandCover 2019:copernicus-lc100", "2015.tif#band=1|!band=2",
        "a share, probability")]
    [TestCase("mcd12-appeears", "LandCover 2001:igbp, LandCover 2015:igbp",
        "LC_Type1_doy2001001|!_LW_|!_QC_|\"legend\": \"igbp\"",
        "codes are not those of IGBP: take LC_Type1 (legend igbp)|quality, confidence or water mask")]
    [TestCase("mcd12-modistsp", "LandCover 2001:igbp, LandCover 2015:igbp", "MCD12Q1_LC1_2015_001.tif|!_LC5_|!_LC2_", "LC_Type1")]
    [TestCase("mcd12-gee", "LandCover 2001:igbp, LandCover 2015:igbp", "2015_01_01.tif#band=1\"|!#band=2|!#band=3", "LC_Type1")]
    [TestCase("mcd12-unsaid", "LandCover 2001:igbp, LandCover 2015:igbp", "MCD12Q1_2001.tif",
        "does not tell which of the classifications")]
    [TestCase("mcd12-pft", "", "!\"igbp\"", "not those of IGBP")]
    [TestCase("tiles", "LandCover 2000:igbp, LandCover 2015:igbp", "h25v04", "put tiles together first (gdalbuildvrt)")]
    [TestCase("glc", "", "// \"landCover\": { \"legend\": \"land_cover_legend.csv\"", "GLC_FCS30D has codes of its own|"
        + "3 bands without dates: tell the year of each in the job")]
    [TestCase("glc-tiles", "", "// \"landCover\"", "put tiles together first (gdalbuildvrt)")]
    [TestCase("mod13-appeears", "Stack 2001-2010:ndvi", "\"layers\": [\n|!scale|!Quality|!reliability|!_EVI_", "quality, angles")]
    [TestCase("mod13-modistsp", "Stack 2001-2010:ndvi", "NDVI_2001_001.tif|NDVI_2010_033.tif|\"scale\": 0.0001|!Rely", "quality")]
    [TestCase("mod13-gee", "Stack 2001-2010:ndvi", "\"layers\": [\"MOD13Q1_NDVI.tif\"]|\"scale\": 0.0001", "")]
    [TestCase("mod17", "Series 2001-2010:npp", "Npp_500m_doy2010001|!_QC_|\"productivity\": [32761]", "quality")]
    [TestCase("chirps", "", "", "")]
    [TestCase("chirps-monthly", "Rain 2001-2010:monthly", "// Rainfall by month can tell drought|chirps-v2.0.2001.01.tif", "")]
    [TestCase("lpd", "Lpd 1999-2013, Lpd 2001-2015", "also there",
        "another product than FAO_WOCAT_LPD_2001_2015.tif")]
    [TestCase("soilgrids", "", "!Q0|!soc_0|!uncertainty", "a quantile or the uncertainty: the stock is ocs_0-30cm_mean (t/ha)|"
        + "a content (dg/kg) or density (hg/m3)|another property of the soil")]
    [TestCase("soilgrids-2017", "", "!sd1", "OCSTHA_M_30cm (t/ha)|other depths than 0-30 cm")]
    [TestCase("openlandmap", "", "!organic", "ten times the sum of b0..10cm and b10..30cm|a content in steps of 5 g/kg")]
    [TestCase("worldpop", "Population 2000:total, Population 2015:total, Population 2020:total",
        "\"2015\": { \"total\": \"mng_ppp_2015.tif\" }|!female|!_pd_", "people per km2|people of one age class")]
    [TestCase("ghsl", "Population 2015:total", "\"2015\": { \"total\": \"GHS_POP_E2015", "")]
    [TestCase("trends-earth", "LandCover 2000:unccd-7, LandCover 2015:unccd-7, Lpd 2000-2015, "
        + "SoilChange 2000-2015, SoilStock 2000, SoilStock 2015",
        "\"2015\": \"sdg.tif#band=5\"|\"baseline\": \"sdg.tif#band=2\"|\"2000\": \"sdg.tif#band=8\"|!=1\"|!=3\"|!=6\"",
        "a result of another program, not an input")]
    [TestCase("gadm", "Zones :GID_0 COUNTRY, Zones :GID_1 NAME_1", "\"id\": \"GID_0\"|// another layer of zones", "")]
    [TestCase("gadm-gpkg", "Zones :GID_0 COUNTRY, Zones :GID_1 NAME_1",
        "\"layer\": \"ADM_ADM_0\", \"id\": \"GID_0\"|\"layer\": \"ADM_ADM_1\", \"id\": \"GID_1\", \"name\": \"NAME_1\"", "")]
    [TestCase("geoboundaries", "Zones :shapeISO shapeName", "\"id\": \"shapeISO\", \"name\": \"shapeName\"", "")]
    [TestCase("geoboundaries-noiso", "Zones :shapeID shapeName", "\"total\": { \"id\": \"MNG\"", "")]
    public void IsTakenForWhatItIs(string folder, string kinds, string job, string said)
    {
        var geodata = new GdalGeodata();
        var finder = new FolderFinder(geodata);
        string at = _work[folder];
        IReadOnlyList<Finding> findings = finder.Of(at);
        // Productivity makes a job of folders that hold something else.
        string lpd = Path.Combine(_work.Folder, "lpd", "JRC_LPD_1999_2013.tif");
        bool needed = folder != "lpd" && !findings.Any(f => f.Kind is LayerKind.Lpd or LayerKind.Stack or LayerKind.Series);
        var draft = JobDraft.Of(needed ? [.. findings, .. finder.Of(lpd, lpd)] : findings, null, folder, file => file);
        string file = Path.Combine(at, $"job-{Path.GetRandomFileName()}.json");
        File.WriteAllText(file, draft.Text);

        Finding[] used = [.. findings.Where(f => draft.Used.Contains(f.Name) && f.Kind is not LayerKind.Unknown
            && (f.Kind != LayerKind.LandCover || f.Detail is not null))];
        IEnumerable<string> told = used.GroupBy(f => (f.Kind, f.Detail, One: f.Kind is not LayerKind.Stack and
            not LayerKind.Series and not LayerKind.Rain ? f.Name : "")).Select(Told);
        Assert.That(string.Join(", ", told.Order(StringComparer.Ordinal)), Is.EqualTo(kinds), draft.Text);
        foreach (string part in job.Split('|', StringSplitOptions.RemoveEmptyEntries))
            Assert.That(draft.Text, part[0] == '!' ? Does.Not.Contain(part[1..]) : Does.Contain(part));
        string doubts = string.Join('\n', findings.Select(f => f.Doubt).OfType<string>().Distinct());
        if (said.Length == 0)
            Assert.That(doubts, Is.Empty);
        foreach (string part in said.Split('|', StringSplitOptions.RemoveEmptyEntries))
            Assert.That(doubts, Does.Contain(part));
        Assert.That(JobReview.Of(file, null, geodata).Faults.Select(f => f.Error.Message), Is.Empty, draft.Text);
    }

    private static string Told(IEnumerable<Finding> alike)
    {
        Finding first = alike.First();
        int[] years = [.. alike.SelectMany(f => f.Years).Distinct().Order()];
        string told = years.Length == 0 ? "" : years.Length == 1 ? $"{years[0]}" : $"{years[0]}-{years[^1]}";
        string? detail = first.Zones is { } zones ? $"{zones.Id} {zones.Name}" : first.Detail;
        return $"{first.Kind} {told}{(detail is null ? "" : $":{detail}")}";
    }
}
