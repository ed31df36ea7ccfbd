using System.Text.Json.Nodes;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Init;

/// <summary>
/// What init takes files for when their names say nothing, when their units contradict, and when no legend has their codes.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class EvidenceTests
{
    private static readonly Grid s_grid = Workspace.Grid(20, 10, 100, 50, 0.1);

    private static readonly double[] s_glc = [10, 20, 51, 61, 71, 91, 120, 130, 182, 190, 200, 210];

    /// <summary>
    /// Descriptions, titles and units are evidence; a unit that is not the layer's is told, and the file left out.
    /// </summary>
    [TestCase("Land Productivity Dynamics 2001-2015", "", "1,2,3,4,5", "lpd", null)]
    [TestCase("SOC stock 2000", "t/ha", "20,75.5,120", "soil_stock", null)]
    [TestCase("Soil organic carbon 2015", "Mg ha-1", "20,75.5,120", "soil_stock", null)]
    [TestCase("Soil organic carbon 2015", "kg/m2", "2,7.5,12", "unknown", "ten times as much")]
    [TestCase("Soil organic carbon content", "dg/kg", "20,75.5,120", "unknown", "not a stock")]
    [TestCase("Population 2015", "people/km2", "20,75.5,120", "unknown", "a density")]
    [TestCase("Population 2015", "people", "20,75.5,120", "population", null)]
    [TestCase("", "mm", "20,75.5,120", "rain", null)]
    [TestCase("", "Mg/ha", "20,75.5,120", "soil_stock", null)]
    [TestCase("", "", "20,75.5,120", "unknown", "does not say")]
    [TestCase("land cover of 2000", "", "10,30,60,130,190,210", "land_cover", null)]
    public void WordsInsideTheFileAreEvidence(string description, string unit, string values, string kind, string? doubt)
    {
        using var work = new Workspace();
        Directory.CreateDirectory(work["data"]);
        double[] cells = [.. values.Split(',').Select(v => double.Parse(v, System.Globalization.CultureInfo.InvariantCulture))];
        string raster = work.Raster("x.tif", s_grid, CellType.Float32, Cycle(cells), -9999);
        string told = $"<Metadata><MDI key=\"TIFFTAG_IMAGEDESCRIPTION\">{description}</MDI></Metadata>";
        string text = File.ReadAllText(work.Virtual("a.vrt", raster, 20, 10, "Float32", extra: $"<UnitType>{unit}</UnitType>"));
        work.Text("data/a.vrt", text.Replace("<VRTRasterBand", told + "<VRTRasterBand", StringComparison.Ordinal));
        work.Raster("data/zz_lpd.tif", s_grid, CellType.Byte, Cycle([1, 2, 3, 4, 5]), 0);
        JsonNode file = Init(work)["files"]!.AsArray().Single(f => (string?)f!["file"] == "a.vrt")!;
        Assert.That((string?)file["kind"], Is.EqualTo(kind), file.ToJsonString());
        Assert.That((string?)file["unclear"] ?? "", doubt is null ? Does.Not.Contain("unit") : Does.Contain(doubt));
        if (description.EndsWith("2000", StringComparison.Ordinal) || description.EndsWith("2015", StringComparison.Ordinal))
            Assert.That(file["years"]!.AsArray().Select(y => $"{y}").Last(), Is.EqualTo(description[^4..]));
    }

    /// <summary>
    /// GLC_FCS30D has codes of its own, which nobody guesses: init lists them to be filled in, never over what is there, and
    /// takes the
    /// table once it is.
    /// </summary>
    [Test]
    public void CodesOfNoLegendAreListedToBeFilledIn()
    {
        using var work = new Workspace();
        Directory.CreateDirectory(work["data"]);
        foreach (int year in new[] { 2000, 2015 })
            work.Raster($"data/GLC_FCS30D_{year}.tif", s_grid, CellType.Byte, Cycle(s_glc), 0);
        LdnResult alone = LdnProcess.Run(work.Folder, ["init", "data"]);
        Assert.That((alone.ExitCode, File.Exists(work["data/job.json"])), Is.EqualTo((3, false)));
        Assert.That(alone.Error, Does.Contain("fill in the column unccd of data/land_cover_legend.csv"));
        string[] lines = File.ReadAllLines(work["data/land_cover_legend.csv"]);
        Assert.That(lines, Is.EqualTo(s_glc.Select(c => $"{c},,,").Prepend("code,name,color,unccd")));

        work.Raster("data/lpd_2015.tif", s_grid, CellType.Byte, Cycle([1, 2, 3, 4, 5]), 0);
        JsonNode half = Init(work);
        Assert.That((bool)half["valid"]!);
        Assert.That(half["without"]!.AsArray().Select(w => (string?)w), Does.Contain("land-cover"));
        Assert.That(
            File.ReadAllText(work["data/job.json"]), Does.Contain("// \"landCover\": { \"legend\": \"land_cover_legend.csv\""));
        Assert.That((string?)half["files"]!.AsArray().Single(f => (string?)f!["file"] == "land_cover_legend.csv")!["unclear"],
            Does.Contain("12 of its 12 codes"));

        int[] classes = [3, 3, 1, 1, 1, 1, 1, 2, 4, 5, 6, 7];
        string filled = string.Join('\n', s_glc.Zip(classes, (c, u) => $"{c},class {c},,{u}").Prepend(lines[0])) + "\n";
        work.Text("data/land_cover_legend.csv", filled);
        JsonNode whole = Init(work, "-o", "data/whole.json");
        Assert.That((bool)whole["valid"]!, whole.ToJsonString());
        Assert.That(whole["without"]!.AsArray().Select(w => (string?)w), Does.Not.Contain("land-cover"));
        Assert.That(File.ReadAllText(work["data/land_cover_legend.csv"]), Is.EqualTo(filled));
        LdnProcess.Run(work.Folder, ["compute", "data/whole.json", "--out", "result", "--rasters", "none"]).Succeeded();
        var land = CsvRows.Read(work["result/summary.csv"]).Where(r => r["indicator"] == "land_cover")
            .ToDictionary(r => r["class"], r => r.Pixels);
        // 200 cells in turn through 12 codes, the last of them water in both years; nothing changed.
        Assert.That((land["stable"], land["water"]), Is.EqualTo((184L, 16L)));
    }

    /// <summary>
    /// Polygons that carry region, and the table of their matrices, become the regions of the transition matrix.
    /// </summary>
    [Test]
    public void RegionsWithTheirMatrices()
    {
        using var work = new Workspace();
        Directory.CreateDirectory(work["data"]);
        foreach (int year in new[] { 2000, 2015 })
            work.Raster($"data/lc_{year}.tif", s_grid, CellType.Byte, Cycle([1, 2, 3, 4, 5, 6, 7]), 0);
        work.Zones(
            "data/regions.geojson",
            [
                ("\"region\": \"west\"", Workspace.Rectangle(100, 49, 101, 50)),
                ("\"region\": \"east\"", Workspace.Rectangle(101, 49, 102, 50)),
            ]);
        JsonNode alone = Init(work);
        Assert.That(Kind(alone, "regions.geojson"), Is.EqualTo("regions"));
        Assert.That(File.ReadAllText(work["data/job.json"]), Does.Contain("// with a table of region,matrix"));
        File.Delete(work["data/job.json"]);
        string matrix = "from,1,2,3,4,5,6,7\n" + string.Concat(Enumerable.Range(1, 7).Select(i => $"{i},0,0,0,0,0,0,0\n"));
        work.Text("data/flat.csv", matrix);
        work.Text("data/matrices.csv", "region,matrix\nwest,flat.csv\neast,flat.csv\n");
        JsonNode both = Init(work);
        Assert.That(Kind(both, "matrices.csv"), Is.EqualTo("region_matrices"));
        Assert.That((bool)both["valid"]!, both.ToJsonString());
        Assert.That(
            File.ReadAllText(work["data/job.json"]),
            Does.Contain("\"regions\": { \"zones\": \"regions.geojson\", \"matrices\": \"matrices.csv\" }"));
        LdnProcess.Run(work.Folder, ["compute", "data/job.json", "--out", "result", "--rasters", "none"]).Succeeded();
        File.Delete(work["data/job.json"]);
        // Matrices that do not know a region must not keep anybody from the figure.
        work.Text("data/matrices.csv", "region,matrix\nwest,gone.csv\n");
        Assert.That((bool)Init(work)["valid"]!);
    }

    private static string? Kind(JsonNode init, string file) =>
        (string?)init["files"]!.AsArray().Single(f => (string?)f!["file"] == file)!["kind"];

    private static JsonNode Init(Workspace work, params string[] more) =>
        JsonNode.Parse(LdnProcess.Run(work.Folder, ["init", "data", "--json", "--yes", .. more]).Succeeded().Out)!;

    private static double[] Cycle(double[] values) => [.. Enumerable.Range(0, 200).Select(i => values[i % values.Length])];
}
