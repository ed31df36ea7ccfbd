using System.Globalization;
using System.Text.Json.Nodes;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Init;

/// <summary>
/// What init takes files for: names people really have, values that contradict them, bands that name layers; and that its job is
/// always valid.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class RecognitionTests
{
    private const int Width = 24, Height = 20;

    private static readonly Grid s_grid = Workspace.Grid(Width, Height, 100, 50, 0.1);

    private static readonly double[] s_esa = [10, 30, 60, 120, 130, 150, 190, 200, 210];

    [Test]
    public void TheCycleOf2022IsChosenAndThatOf2026ProposedWithStandIns()
    {
        using var work = Full();
        JsonNode init = Init(work);
        Assert.That((bool)init["valid"]!);
        string job = File.ReadAllText(work["data/job.json"]);
        Assert.That(
            job,
            Does.Contain("\"preset\": \"unccd-2022\"").And.Contain("// \"preset\": \"unccd-2026\",")
                .And.Contain("// and in landCover: \"standIns\": { \"2023\": 2022 }"));
        Assert.That(job, Does.Not.Match(@"(?m)^\s*""standIns"""));
        Assert.That(job, Does.Contain("ESA CCI / C3S land cover").And.Contain("\"legend\": \"esa-cci\"").And.Contain("\"report_1\": \"lpd_2004_2019.tif\""));
        LdnProcess.Run(work.Folder, ["compute", "data/job.json", "--out", "result"]).Succeeded();
    }

    [TestCase("MCD12Q1.A2015001.061_LC_Type1.tif", "land_cover", "igbp", 2015)]
    [TestCase("PROBAV_LC100_global_v3.0.1_2015-base_Discrete-Classification-map_EPSG-4326.tif", "land_cover", "copernicus-lc100", 2015)]
    [TestCase("C3S-LC-L4-LCCS-Map-300m-P1Y-2016-v2.1.1.tif", "land_cover", "esa-cci", 2016)]
    [TestCase("FAO_WOCAT_LPD_2015.tif", "lpd", null, 2015)]
    [TestCase("JRC_LPD_1999_2013.tif", "lpd", null, 1999)]
    [TestCase("ocs_0-30cm_mean.tif", "soil_stock", null, 0)]
    [TestCase("chirps-v2.0.2015.tif", "rain", null, 2015)]
    [TestCase("mng_ppp_2015.tif", "population", "total", 2015)]
    [TestCase("mng_f_2020.tif", "population", "female", 2020)]
    [TestCase("MOD13Q1_NDVI_2015.tif", "series", "ndvi", 2015)]
    [TestCase("aridity_index.tif", "aridity", null, 0)]
    [TestCase("spi12_2015.tif", "drought", null, 2015)]
    [TestCase("soc_pct_change_2000_2015.tif", "soil_change", null, 2000)]
    public void NamesOfProducts(string name, string kind, string? detail, int year)
    {
        using var work = new Workspace();
        Directory.CreateDirectory(work["data"]);
        double[] values = (kind, detail) switch
        {
            ("land_cover", "igbp") => [1, 5, 10, 12, 16, 17],
            ("land_cover", "copernicus-lc100") => [20, 30, 40, 50, 112, 126],
            ("land_cover", _) => s_esa,
            ("lpd", _) => [1, 2, 3, 4, 5],
            ("series", _) => [1200, 3400, 7800],
            ("aridity", _) => [0.04, 0.3, 0.7],
            ("drought", _) => [-2.5, 0.1, 1.5],
            ("soil_change", _) => [-30, -5, 0, 12],
            _ => [12, 80, 140],
        };
        Raster(work, name, values, values.Any(v => v != Math.Floor(v)) ? CellType.Float32 : CellType.Int16);
        JsonNode file = LookedAt(work)["files"]![0]!;
        Assert.That((string?)file["kind"], Is.EqualTo(kind), file.ToJsonString());
        Assert.That((string?)file["detail"], Is.EqualTo(detail));
        Assert.That(file["years"]!.AsArray().Select(y => (int)y!).FirstOrDefault(), Is.EqualTo(year));
    }

    /// <summary>A name alone is not believed: the values must be able to be what it says.</summary>
    [TestCase("lpd_2015.tif", new[] { 10.0, 60, 130, 200, 210 }, "look like land cover of esa-cci")]
    [TestCase("landcover_2015.tif", new[] { 0.5, 33.25, 120.75 }, "not codes of land cover")]
    [TestCase("soc_2015.tif", new[] { -40.0, -3, 12 }, "a change, perhaps")]
    [TestCase("aridity.tif", new[] { 400.0, 3000, 7000 }, "multiplied, as by 10,000")]
    [TestCase("map_a.tif", new[] { 1.0, 2, 3, 4, 5 }, "productivity classes 1 to 5, or land cover")]
    [TestCase("GLC_FCS30D_20002022.tif", new[] { 51.0, 61, 91, 182, 210 }, "codes of its own")]
    [TestCase("soc_0-5cm_mean.tif", new[] { 51.0, 61, 91 }, "not a stock")]
    public void ValuesThatContradictTheNameAreToldAndNotTaken(string name, double[] values, string says)
    {
        using var work = new Workspace();
        Directory.CreateDirectory(work["data"]);
        Raster(work, name, values, values.Any(v => v != Math.Floor(v)) ? CellType.Float32 : CellType.Int16);
        JsonNode file = LookedAt(work)["files"]![0]!;
        Assert.That((string?)file["unclear"], Does.Contain(says), file.ToJsonString());
        Assert.That((bool)file["used"]!, Is.False);
    }

    /// <summary>Trends.Earth writes one file with a band for each layer.</summary>
    [Test]
    public void BandsThatNameLayers()
    {
        using var work = new Workspace();
        Directory.CreateDirectory(work["data"]);
        string cover = work.Raster("cover.tif", s_grid, CellType.Int16, Cycle([1, 2, 3, 4, 5, 6, 7]), -32768);
        string lpd = work.Raster("classes.tif", s_grid, CellType.Int16, Cycle([1, 2, 3, 4, 5]), -32768);
        string soil = work.Raster("stock.tif", s_grid, CellType.Int16, Cycle([20, 60, 110]), -32768);
        string bands = string.Concat(new[]
        {
            ("Land cover (7 class) 2001", cover), ("Land cover (7 class) 2015", cover), ("Land productivity dynamics 2001-2015", lpd), ("Soil organic carbon 2001", soil), ("Soil organic carbon 2015", soil),
        }.Select((b, i) => $"""
            <VRTRasterBand dataType="Int16" band="{i + 1}"><Description>{b.Item1}</Description><NoDataValue>-32768</NoDataValue>
            <SimpleSource><SourceFilename relativeToVRT="0">{b.Item2}</SourceFilename><SourceBand>1</SourceBand></SimpleSource>
            </VRTRasterBand>
            """));
        work.Text("data/sdg.vrt", $"""<VRTDataset rasterXSize="{Width}" rasterYSize="{Height}"><SRS>EPSG:4326</SRS><GeoTransform>100, 0.1, 0, 50, 0, -0.1</GeoTransform>{bands}</VRTDataset>""");
        JsonNode init = Init(work);
        Assert.That(init["files"]!.AsArray().Select(f => (string?)f!["kind"]), Is.EqualTo(new[] { "land_cover", "land_cover", "lpd", "soil_stock", "soil_stock" }));
        Assert.That((bool)init["valid"]!, File.ReadAllText(work["data/job.json"]));
        Assert.That(File.ReadAllText(work["data/job.json"]), Does.Contain("\"2015\": \"sdg.vrt#band=2\"").And.Contain("\"baseline\": \"sdg.vrt#band=3\""));
        LdnProcess.Run(work.Folder, ["compute", "data/job.json", "--out", "result", "--rasters", "none"]).Succeeded();
    }

    /// <summary>Names and years may lie in a key beside the raster; what is a result of that program is no input.</summary>
    [Test]
    public void TheBandKeyOfTrendsEarthIsRead()
    {
        using var work = new Workspace();
        Directory.CreateDirectory(work["data"]);
        string cover = work.Raster("cover.tif", s_grid, CellType.Int16, Cycle([1, 2, 3, 4, 5, 6, 7]), -32768);
        string verdict = work.Raster("verdict.tif", s_grid, CellType.Int16, Cycle([-1, 0, 1]), -32768);
        string lpd = work.Raster("classes.tif", s_grid, CellType.Int16, Cycle([1, 2, 3, 4, 5]), -32768);
        (string Name, string Metadata, string File)[] bands =
        [
            ("SDG 15.3.1 Indicator", "\"year_initial\": 2000, \"year_final\": 2015", verdict), ("Land cover (degradation)", "\"year_initial\": 2000", verdict),
            ("Land cover", "\"year\": 2000", cover), ("Land cover", "\"year\": 2015", cover),
            ("Land Productivity Dynamics (from JRC)", "\"year_initial\": 2000, \"year_final\": 2015", lpd),
        ];
        string parts = string.Concat(bands.Select((b, i) => $"""
            <VRTRasterBand dataType="Int16" band="{i + 1}"><NoDataValue>-32768</NoDataValue>
            <SimpleSource><SourceFilename relativeToVRT="0">{b.File}</SourceFilename><SourceBand>1</SourceBand></SimpleSource>
            </VRTRasterBand>
            """));
        work.Text("data/te.vrt", $"""<VRTDataset rasterXSize="{Width}" rasterYSize="{Height}"><SRS>EPSG:4326</SRS><GeoTransform>100, 0.1, 0, 50, 0, -0.1</GeoTransform>{parts}</VRTDataset>""");
        string key = string.Join(", ", bands.Select(b => "{ \"name\": \"" + b.Name + "\", \"metadata\": { " + b.Metadata + " } }"));
        work.Text("data/te.json", "{ \"results\": { \"bands\": [ " + key + " ] } }");
        JsonNode init = Init(work);
        Assert.That(init["files"]!.AsArray().Select(f => (string?)f!["kind"]), Is.EqualTo(new[] { "unknown", "unknown", "land_cover", "land_cover", "lpd" }));
        Assert.That((bool)init["valid"]!, init.ToJsonString());
        Assert.That(File.ReadAllText(work["data/job.json"]), Does.Contain("\"2015\": \"te.vrt#band=4\"").And.Contain("\"baseline\": \"te.vrt#band=5\""));
    }

    [TestCase("GID_1,NAME_1,GID_0,COUNTRY", "MNG.1_1,Arkhangai,MNG,Mongolia|MNG.2_1,Bayan,MNG,Mongolia", "GID_1", "NAME_1", "MNG")]
    [TestCase("shapeID,shapeName,shapeGroup,shapeType", "A1B,Arkhangai,MNG,ADM1|B2C,Bayan,MNG,ADM1", "shapeID", "shapeName", "MNG")]
    [TestCase("OBJECTID,area_km2,province", "1,10.5,Arkhangai|2,11.5,Bayan", "province", null, null)]
    [TestCase("iso_a3,name,pop", "MNG,Mongolia,3|CHN,China,1400", "iso_a3", "name", null)]
    public void IdAndNameOfZonesAreFoundByTheirContent(string fields, string rows, string id, string? name, string? total)
    {
        using var work = Full();
        string[] keys = fields.Split(',');
        (string, double[][][])[] zones = [.. rows.Split('|').Select((row, i) => (
            string.Join(", ", row.Split(',').Zip(keys, (value, key) => $"\"{key}\": {(double.TryParse(value, CultureInfo.InvariantCulture, out _) ? value : $"\"{value}\"")}")),
            Workspace.Rectangle(100 + i, 48, 101 + i, 50)))];
        work.Zones("data/adm.geojson", zones);
        Assert.That((bool)Init(work)["valid"]!);
        string job = File.ReadAllText(work["data/job.json"]);
        Assert.That(job, Does.Contain($"\"id\": \"{id}\"{(name is null ? "" : $", \"name\": \"{name}\"")}"));
        if (total is not null)
            Assert.That(job, Does.Contain($"  \"total\": {{ \"id\": \"{total}\""));
    }

    [Test]
    public void TablesPolygonsAndFillsFindTheirPlace()
    {
        using var work = Full();
        work.Zones("data/zones.geojson", [("\"iso3\": \"MNG\"", Workspace.Rectangle(100, 48, 101, 50)), ("\"iso3\": \"CHN\"", Workspace.Rectangle(101, 48, 102, 50))]);
        work.Zones("data/fixes.geojson", [("\"id\": \"c1\", \"periods\": \"baseline\", \"degraded_to\": \"stable\", \"stable_to\": \"\", \"improved_to\": \"\", \"justification\": \"seen\"", Workspace.Rectangle(100, 49, 100.5, 50))]);
        work.Zones("data/projects.geojson", [("\"id\": \"p1\", \"stakeholder\": \"x\", \"type\": \"planting\", \"start_year\": 2010", Workspace.Rectangle(100, 49, 100.5, 50))]);
        work.Text("data/groups.csv", "group_id,group_name,zone_id\nboth,Both,MNG\nboth,Both,CHN\n");
        work.Text("data/targets.csv", "id,zone_id,text,metric,comparator,value,year\nt1,MNG,less,degraded_pct,<=,10,2030\n");
        Raster(work, "mng_ppp_2015.tif", [3, 5, 80], CellType.Int16);
        Raster(work, "aridity.tif", [0.1, 0.4, 0.6], CellType.Float32);
        // A table that cannot be used as it is must not keep anybody from the figure.
        work.Text("data/sheep.csv", "zone_id,year,variable,value,unit\nMNG,2015,sheep,many,head\n");
        JsonNode init = Init(work);
        Assert.That((bool)init["valid"]!, init.ToJsonString());
        Assert.That((string?)init["files"]!.AsArray().Single(f => (string?)f!["file"] == "sheep.csv")!["unclear"], Does.Contain("many"));
        string job = File.ReadAllText(work["data/job.json"]);
        foreach (string part in new[]
        {
            "\"groups\": \"groups.csv\"", "\"corrections\": { \"file\": \"fixes.geojson\" }", "\"activities\": { \"file\": \"projects.geojson\" }", "\"targets\": \"targets.csv\"",
            "\"population\": { \"2015\": { \"total\": \"mng_ppp_2015.tif\" } }", "\"aridity\": \"aridity.tif\"",
        })
            Assert.That(job, Does.Contain(part));
        LdnProcess.Run(work.Folder, ["compute", "data/job.json", "--out", "result", "--rasters", "none"]).Succeeded();
    }

    /// <summary>A job of init knows how its tables are encoded, so that it passes without the flag that init was given.</summary>
    [Test]
    public void InitWritesTheTextEncoding()
    {
        using var job = new SmallJob();
        string folder = Directory.CreateDirectory(job["data"]).FullName;
        foreach ((string from, string to) in new[]
        {
            ("lc0.tif", "landcover_2000.tif"), ("lc1.tif", "landcover_2015.tif"), ("lpd.tif", "lpd.tif"),
            ("soc0.tif", "soc_2000.tif"), ("soc1.tif", "soc_2015.tif"),
        })
            File.Copy(job[from], Path.Combine(folder, to));
        job.Work.Zones("ru.geojson", [("\"iso3\":\"RUS\",\"name\":\"Россия\"", Workspace.Rectangle(100, 47, 104, 50))]);
        LdnProcess.Tool(
            job.Work.Folder, "ogr2ogr", "-f", "ESRI Shapefile", "-lco", "ENCODING=CP1251", "data/zones.shp", "ru.geojson")
            .Succeeded();
        File.Delete(job["data/zones.cpg"]);
        byte[] dbf = File.ReadAllBytes(job["data/zones.dbf"]);
        dbf[29] = 0;
        File.WriteAllBytes(job["data/zones.dbf"], dbf);
        LdnProcess.Run(job.Work.Folder, ["init", "data", "--text-encoding", "CP1251"]).Succeeded();
        Assert.That(File.ReadAllText(job["data/job.json"]), Does.Contain("\"textEncoding\": \"CP1251\""));
        LdnProcess.Run(job.Work.Folder, ["compute", "data/job.json", "--out", "result", "--rasters", "none"]).Succeeded();
        Assert.That(CsvRows.Read(job["result/headline.csv"])[0]["zone_name"], Is.EqualTo("Россия"));
    }

    /// <summary>Everything of the 2026 cycle but land cover of 2023.</summary>
    private static Workspace Full()
    {
        var work = new Workspace();
        Directory.CreateDirectory(work["data"]);
        foreach (int year in new[] { 2000, 2015, 2016, 2019, 2022 })
            Raster(work, $"ESACCI-LC-L4-LCCS-Map-300m-P1Y-{year}-v2.0.7.tif", s_esa, CellType.Byte);
        foreach (int year in new[] { 2000, 2015, 2016, 2019, 2023 })
            Raster(work, $"soc_{year}.tif", [40, 90, 130], CellType.Int16);
        foreach (string years in new[] { "2000_2015", "2004_2019", "2008_2023" })
            Raster(work, $"lpd_{years}.tif", [1, 2, 3, 4, 5], CellType.Byte);
        return work;
    }

    private static JsonNode Init(Workspace work) => JsonNode.Parse(LdnProcess.Run(work.Folder, ["init", "data", "--json", "--yes"]).Succeeded().Out)!;

    /// <summary>One file is no job, but it is told what it was taken for: a second one of soil carbon makes a job of any folder.</summary>
    private static JsonNode LookedAt(Workspace work)
    {
        Raster(work, "zz_lpd_for_the_job.tif", [1, 2, 3, 4, 5], CellType.Byte);
        return Init(work);
    }

    private static void Raster(Workspace work, string name, double[] values, CellType type) => work.Raster("data/" + name, s_grid, type, Cycle(values), type == CellType.Byte ? 0 : -32768);

    private static double[] Cycle(double[] values) => [.. Enumerable.Range(0, Width * Height).Select(i => values[i % values.Length])];
}
