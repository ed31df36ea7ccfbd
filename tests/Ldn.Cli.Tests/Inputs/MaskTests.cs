using Ldn.Cli.Tests.BadInput;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Inputs;

/// <summary>
/// Cells masked out by a mask or a band of opacity are no data in every layer (method §1): the result is to the byte that of the
/// same cells under a no-data tag.
/// GDAL's own tools make the inputs.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class MaskTests
{
    private static readonly string[] s_tables = ["summary.csv", "crosstab_subindicators.csv", "land_cover_transitions.csv"];

    /// <summary>
    /// Every layer of the indicator by the three ways in which masks come, with cells as the own decoder takes them and as GDAL
    /// does.
    /// </summary>
    [Test]
    public void MaskedCellsAreNoData(
        [Values("lc0.tif", "lc1.tif", "lpd.tif", "soc0.tif", "soc1.tif")] string layer,
        [Values("inside", "beside", "alpha")] string kind, [Values("LZW", "NONE")] string compression)
    {
        using var tagged = new SmallJob();
        Tag(tagged, layer);
        Assert.That(InProcess.Run(tagged.Work, tagged.Arguments()), Is.Zero);
        using var masked = new SmallJob();
        Mask(masked.Work, layer, kind, compression);
        Assert.That(InProcess.Run(masked.Work, masked.Arguments()), Is.Zero);
        Same(tagged, masked);
        if (layer == "soc0.tif")
            Assert.That(CsvRows.Read(masked["result/headline.csv"])[0].Number("no_data_km2"), Is.Positive);
    }

    [Test]
    public void TheFieldsOwnTagAndAMaskBothMeanNoData()
    {
        using var tagged = new SmallJob();
        tagged.Work.Raster(
            "lpd.tif", SmallJob.Grid, CellType.Byte,
            SmallJob.Values((c, r) => Off(c, r) || SmallJob.Lpd(c, r) == 3 ? 0 : SmallJob.Lpd(c, r)), 0);
        Assert.That(InProcess.Run(tagged.Work, tagged.Arguments()), Is.Zero);
        using var masked = new SmallJob();
        masked.Work.Raster("lpd.tif", SmallJob.Grid, CellType.Byte, SmallJob.Values((c, r) => SmallJob.Lpd(c, r)), 0);
        Mask(masked.Work, "lpd.tif", "inside", "LZW", "3");
        Assert.That(InProcess.Run(masked.Work, masked.Arguments()), Is.Zero);
        Same(tagged, masked);
    }

    [Test]
    public void ShardsSeeTheMaskToo()
    {
        using var job = new SmallJob();
        Mask(job.Work, "soc0.tif", "beside", "LZW");
        Assert.That(InProcess.Run(job.Work, job.Arguments()), Is.Zero);
        string[] plan = [
            "plan", .. job.Arguments().Skip(1).Select(a => a is "--out" ? "-o" : a is "result" ? job["run/plan.json"] : a),
            "--shards", "1"];
        Assert.That(InProcess.Run(job.Work, plan), Is.Zero);
        Assert.That(InProcess.Run(job.Work, ["compute", "--plan", "run/plan.json", "--shard", "0"]), Is.Zero);
        Assert.That(InProcess.Run(job.Work, ["merge", "run/plan.json", "--out", "merged"]), Is.Zero);
        foreach (string table in s_tables)
            Assert.That(File.ReadAllBytes(job[$"merged/{table}"]), Is.EqualTo(File.ReadAllBytes(job[$"result/{table}"])), table);
    }

    [TestCase("inside")]
    [TestCase("alpha")]
    public void ZoneRasterEndsWhereItsMaskDoes(string kind)
    {
        using var job = new SmallJob();
        job.Work.Raster("zones.tif", SmallJob.Grid, CellType.Byte, SmallJob.Values((_, _) => 7), 0);
        Mask(job.Work, "zones.tif", kind, "NONE");
        foreach (string flag in new[] { "--zone-id", "--zone-name" })
            job.Flags.Remove(flag);
        job.Flags["--zones"] = "zones.tif";
        Assert.That(InProcess.Run(job.Work, job.Arguments()), Is.Zero);
        long pixels = CsvRows.Read(job["result/summary.csv"]).Where(r => r["indicator"] == "sdg_15_3_1" && r["zone_id"] == "7")
            .Sum(r => r.Pixels);
        Assert.That(pixels, Is.EqualTo(SmallJob.Values((c, r) => Off(c, r) ? 0 : 1).Sum()));
    }

    /// <summary>People, aridity, categories and a risk layer: counted where the mask lets them.</summary>
    [Test]
    public void LayersBeyondTheIndicatorEndWhereTheirMasksDo()
    {
        string file = SmallJob.JobFile.Replace("\"rules\"", """
            "strata": { "population": { "2015": { "total": "people.tif" } }, "aridity": "aridity.tif", "categories": [ { "file": "kinds.tif", "name": "kind" } ] },
              "rules"
            """, StringComparison.Ordinal);
        string[] layers = ["people.tif", "aridity.tif", "kinds.tif"];
        using var tagged = new SmallJob();
        using var masked = new SmallJob();
        foreach (SmallJob job in new[] { tagged, masked })
        {
            bool off = job == tagged;
            job.Work.Raster(
                "people.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values((c, r) => off && Off(c, r) ? -9999 : 3 + c),
                -9999);
            job.Work.Raster(
                "aridity.tif", SmallJob.Grid, CellType.Float32,
                SmallJob.Values((c, r) => off && Off(c, r) ? -9999 : 0.02 * (c + r)), -9999);
            job.Work.Raster(
                "kinds.tif", SmallJob.Grid, CellType.UInt16, SmallJob.Values((c, r) => off && Off(c, r) ? 999 : 1 + (c % 3)),
                999);
        }

        foreach (string layer in layers)
            Mask(masked.Work, layer, "inside", "LZW");
        foreach (SmallJob job in new[] { tagged, masked })
            Assert.That(InProcess.Run(job.Work, ["compute", job.Work.Text("job.json", file), "--out", "result"]), Is.Zero);
        foreach (string table in new[] { "population.csv", "drylands.csv", "categories.csv" })
            Assert.That(
                File.ReadAllText(masked[$"result/{table}"]), Is.EqualTo(File.ReadAllText(tagged[$"result/{table}"])), table);
    }

    [Test]
    public void InfoTellsOfTheMask()
    {
        using var job = new SmallJob();
        Mask(job.Work, "lpd.tif", "inside", "LZW");
        Mask(job.Work, "soc0.tif", "beside", "LZW");
        Mask(job.Work, "lc0.tif", "alpha", "LZW");
        string said = LdnProcess.Run(job.Work.Folder, ["info", "lpd.tif", "soc0.tif", "lc0.tif", "lc1.tif"]).Succeeded().Out;
        Assert.That(said, Does.Contain("inside the file").And.Contain(".msk").And.Contain("opacity (alpha), band 2"));
        Assert.That(said.Split("mask").Length - 1, Is.EqualTo(3));
    }

    /// <summary>Cut off inside its cells, and no raster at all.</summary>
    [TestCase(40)]
    [TestCase(9999)]
    public void DamagedMaskIsAnError(int cut)
    {
        using var job = new SmallJob();
        Mask(job.Work, "soc0.tif", "beside", "NONE");
        byte[] mask = File.ReadAllBytes(job["soc0.tif.msk"]);
        File.WriteAllBytes(job["soc0.tif.msk"], cut > mask.Length ? "no mask"u8.ToArray() : mask[..^cut]);
        job.Run().Refused(job, ExitCode.Input, "soc0.tif", "mask");
    }

    private static bool Off(int column, int row) => column is >= 5 and < 12 && row is >= 6 and < 20;

    internal static void Tag(SmallJob job, string layer)
    {
        (Grid grid, double[] values, double? noData) = Workspace.Read(job[layer]);
        for (int i = 0; i < values.Length; i++)
            if (Off(i % grid.Width, i / grid.Width))
                values[i] = noData!.Value;
        job.Work.Raster(
            layer, grid, layer.StartsWith("soc", StringComparison.Ordinal) ? CellType.Int16 : CellType.Byte, values,
            noData!.Value);
    }

    /// <summary>
    /// Writes a layer anew with the cells of <see cref="Off"/> masked out and, but for <paramref name="noData"/>, without a tag;
    /// their values stay.
    /// </summary>
    internal static void Mask(Workspace work, string layer, string kind, string compression, string noData = "none")
    {
        work.Raster("mask.tif", SmallJob.Grid, CellType.Byte, SmallJob.Values((c, r) => Off(c, r) ? 0 : 255), 1);
        LdnProcess.Tool(work.Folder, "gdalbuildvrt", "-q", "-separate", "both.vrt", layer, "mask.tif").Succeeded();
        string[] how = kind == "alpha"
            ? ["-b", "1", "-b", "2", "-colorinterp_2", "alpha", "-co", "ALPHA=YES"]
            : ["-b", "1", "-mask", "2"];
        LdnProcess.Tool(
            work.Folder, "gdal_translate",
            ["-q", "--config", "GDAL_TIFF_INTERNAL_MASK", kind == "inside" ? "YES" : "NO", .. how, "-a_nodata", noData, "-co", "COMPRESS=" + compression, "both.vrt", "masked.tif"]).Succeeded();
        File.Move(work["masked.tif"], work[layer], overwrite: true);
        if (File.Exists(work["masked.tif.msk"]))
            File.Move(work["masked.tif.msk"], work[layer + ".msk"], overwrite: true);
    }

    private static void Same(SmallJob expected, SmallJob found)
    {
        foreach (string table in s_tables)
            Assert.That(
                File.ReadAllText(found[$"result/{table}"]), Is.EqualTo(File.ReadAllText(expected[$"result/{table}"])), table);
    }
}
