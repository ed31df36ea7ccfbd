namespace Ldn.Cli.Tests.BadInput;

/// <summary>Files that GDAL opens and reads as if they were whole, and what is no file at all.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class CutOffFileTests
{
    /// <summary>Raw cells and classic netCDF end early in silence; whole ones give the figures of the GeoTIFF.</summary>
    [TestCase("netCDF", "lpd.nc", "-co", "FORMAT=NC")]
    [TestCase("netCDF", "lpd2.nc", "-co", "FORMAT=NC2")]
    [TestCase("ENVI", "lpd.dat")]
    [TestCase("EHdr", "lpd.bil")]
    [TestCase("RST", "lpd.rst")]
    [TestCase("SAGA", "lpd.sdat")]
    [TestCase("PCRaster", "lpd.map", "-ot", "Int32", "-co", "PCRASTER_VALUESCALE=VS_NOMINAL")]
    [TestCase("HFA", "lpd.img")]
    [TestCase("AAIGrid", "lpd.asc")]
    public void ARasterThatIsCutOff(string format, string file, params string[] options)
    {
        using var job = new SmallJob();
        job.Run("--tables", "csv").Succeeded();
        byte[] expected = File.ReadAllBytes(job["result/summary.csv"]);
        LdnResult made = LdnProcess.Tool(job.Work.Folder, "gdal_translate", ["-q", "-of", format, .. options, "lpd.tif", file]);
        Assert.That(made.ExitCode, Is.Zero, made.Error);
        job.Flags["--lpd"] = file;
        job.Run("--tables", "csv", "--overwrite").Succeeded();
        Assert.That(File.ReadAllBytes(job["result/summary.csv"]), Is.EqualTo(expected));
        byte[] whole = File.ReadAllBytes(job[file]);
        job.Flags["--out"] = "other";
        foreach (int left in new[] { whole.Length - 8, whole.Length * 3 / 4, whole.Length / 2 })
        {
            File.WriteAllBytes(job[file], whole[..left]);
            LdnResult result = job.Run("--tables", "csv");
            // What ends in blanks or zero-filled blocks may be whole without them.
            if (result.ExitCode != 0)
                Refusal.Said(result, ExitCode.Input, file);
            else
                Assert.That(
                    File.ReadAllBytes(job["other/summary.csv"]), Is.EqualTo(expected),
                    $"{left} of {whole.Length} bytes: other figures");
            if (result.ExitCode == 0)
                Directory.Delete(job["other"], recursive: true);
        }
    }

    /// <summary>Zones are never lost, and no polygon is closed where its file was cut.</summary>
    [Test]
    public void ASequenceThatIsCutOff()
    {
        using var job = new SmallJob();
        LdnResult made = LdnProcess.Tool(job.Work.Folder, "ogr2ogr", "-f", "GeoJSONSeq", "zones.geojsonl", "zones.geojson");
        Assert.That(made.ExitCode, Is.Zero, made.Error);
        job.Flags["--zones"] = "zones.geojsonl";
        byte[] whole = File.ReadAllBytes(job["zones.geojsonl"]);
        for (int left = whole.Length - 3; left > whole.Length / 2; left -= 41)
        {
            File.WriteAllBytes(job["zones.geojsonl"], whole[..left]);
            LdnResult result = job.Run("--tables", "csv", "--rasters", "none");
            if (whole[left - 1] == '\n' || whole[left] == '\n')
                continue; // Cut between two features: a shorter file that is whole.
            Refusal.Said(result, ExitCode.Input, "zones.geojsonl");
        }
    }

    /// <summary>What a side file says of no data is not lost with its last bytes.</summary>
    [Test]
    public void ASideFileThatIsDamaged()
    {
        using var job = new SmallJob();
        const string text =
            "<PAMDataset><PAMRasterBand band=\"1\"><Offset>0</Offset><Scale>1</Scale></PAMRasterBand></PAMDataset>";
        job.Work.Text("lpd.tif.aux.xml", text);
        job.Run("--rasters", "none").Succeeded();
        job.Flags["--out"] = "other";
        foreach (int left in new[] { text.Length - 5, text.Length / 2, 3, 0 })
        {
            job.Work.Text("lpd.tif.aux.xml", text[..left]);
            Refusal.Said(job.Run("--rasters", "none"), ExitCode.Input, "lpd.tif.aux.xml", "damaged");
        }
    }

    /// <summary>A pipe would be waited for, a device read until the memory is full.</summary>
    [TestCase("--lpd")]
    [TestCase("--zones")]
    [TestCase("--legend")]
    [TestCase("--groups")]
    [TestCase("--matrix")]
    [Platform("Unix")]
    public void APipeOrADeviceIsNoFile(string flag)
    {
        using var job = new SmallJob();
        LdnProcess.Tool(job.Work.Folder, "mkfifo", "pipe").Succeeded();
        foreach (string name in new[] { "pipe", "/dev/zero", "/dev/urandom" })
        {
            job.Flags[flag] = name;
            LdnResult result = LdnProcess.Run(job.Work.Folder, job.Arguments());
            Assert.That(result.ExitCode, Is.AnyOf((int)ExitCode.Usage, (int)ExitCode.Input), result.Error);
            Assert.That(result.Error, Does.Contain("pipe or a device").And.Contain(name));
        }
    }

    /// <summary>Names beyond measure would make workbooks and tables that nothing opens.</summary>
    [Test]
    public void ANameWithoutMeasure()
    {
        using var job = new SmallJob();
        string name = new('x', 1000);
        job.Work.Zones("zones.geojson", [(SmallJob.Properties("A", name), Workspace.Rectangle(100, 47, 104, 50))]);
        job.Run("--rasters", "none").Succeeded();
        job.Flags["--out"] = "other";
        job.Work.Zones("zones.geojson", [(SmallJob.Properties("A", name + "x"), Workspace.Rectangle(100, 47, 104, 50))]);
        Refusal.Said(job.Run("--rasters", "none"), ExitCode.Input, "feature 1", "1001 characters");
        job.Work.Zones("zones.geojson", SmallJob.Zones);
        job.Work.Text("groups.csv", $"group_id,group_name,zone_id\nG,{new string('x', 32_001)},MNG\n");
        job.Flags["--groups"] = "groups.csv";
        Refusal.Said(job.Run("--rasters", "none"), ExitCode.Usage, "groups.csv", "row 2", "32001 characters");
    }

    /// <summary>Grids for which a search over turns round the Earth would have no end.</summary>
    [TestCase("1e12", "0.1", "EPSG:4326")]
    [TestCase("100", "1e10", "EPSG:4326")]
    [TestCase("1e30", "100", "EPSG:3857")]
    [TestCase("0", "1e300", "EPSG:3857")]
    public void AGridFarFromEarth(string west, string cell, string crs)
    {
        using var job = new SmallJob();
        job.Flags["--lpd"] = job.Work.Virtual(
            "far.vrt", job["lpd.tif"], SmallJob.Width, SmallJob.Height, transform: $"{west}, {cell}, 0, 50, 0, -{cell}",
            crs: crs);
        LdnResult result = LdnProcess.Run(job.Work.Folder, job.Arguments());
        Refusal.Said(result, ExitCode.Input, "far.vrt", "no place on Earth");
    }

    /// <summary>An attribute table that changes between two runs changes what provenance says.</summary>
    [Test]
    public void SideFilesAreInProvenance()
    {
        using var job = new SmallJob();
        LdnResult made = LdnProcess.Tool(job.Work.Folder, "ogr2ogr", "zones.shp", "zones.geojson");
        Assert.That(made.ExitCode, Is.Zero, made.Error);
        job.Flags["--zones"] = "zones.shp";
        job.Run("--rasters", "none").Succeeded();
        string before = SideFiles(job);
        byte[] table = File.ReadAllBytes(job["zones.dbf"]);
        table[^2] = (byte)'X';
        File.WriteAllBytes(job["zones.dbf"], table);
        job.Run("--rasters", "none", "--overwrite").Succeeded();
        Assert.That(before, Does.Contain("zones.dbf").And.Contain("zones.shx").And.Contain("zones.prj"));
        Assert.That(SideFiles(job), Is.Not.EqualTo(before));

        static string SideFiles(SmallJob job) =>
            System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(job["result/provenance.json"]))!["side_files"]!.ToJsonString();
    }

    /// <summary>
    /// A raster of the job that lies in the result's folder under an output's name stays, with and without a result there.
    /// </summary>
    [TestCase("baseline_indicator.tif", "--lpd", "lpd.tif")]
    [TestCase("zones.geojson", "--zones", "zones.geojson")]
    public void AnInputIsNeverReplaced(string name, string flag, string input)
    {
        using var job = new SmallJob();
        Directory.CreateDirectory(job["result"]);
        File.Copy(job[input], job[$"result/{name}"]);
        job.Flags[flag] = $"result/{name}";
        Refusal.Said(job.Run("--overwrite"), ExitCode.Usage, name, "is an input");
        Assert.That(File.ReadAllBytes(job[$"result/{name}"]), Is.EqualTo(File.ReadAllBytes(job[input])));
        Assert.That(Directory.GetFileSystemEntries(job["result"]), Has.Length.EqualTo(1));
    }
}
