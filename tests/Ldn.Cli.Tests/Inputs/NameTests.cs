using System.IO.Compression;
using Ldn.Cli.Tests.BadInput;

namespace Ldn.Cli.Tests.Inputs;

/// <summary>
/// Names of data sets as users have them: parts of files, archives, addresses, bands; in flags and in jobs, whose folder relative
/// names start from.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class NameTests
{
    [TestCase("NETCDF:lc.nc:Band1")]
    [TestCase("NETCDF:\"lc.nc\":Band1")]
    [TestCase("lc.nc")]
    [TestCase("GPKG:two.gpkg:a")]
    [TestCase("lc.zip")]
    [TestCase("/vsizip/lc.zip")]
    [TestCase("/vsizip/lc.zip/in/lc0.tif")]
    [TestCase("lc.tif.gz")]
    [TestCase("/vsigzip/lc.tif.gz")]
    [TestCase("lc.tgz")]
    [TestCase("file://")]
    public void OpensTheSameCells(string name)
    {
        using var job = new SmallJob();
        Assert.That(InProcess.Run(job.Work, job.Arguments()), Is.Zero);
        string expected = File.ReadAllText(job["result/summary.csv"]);
        Containers(job);
        if (name == "file://")
            name += job["lc0.tif"];
        job.Flags["--land-cover-initial"] = name;
        LdnProcess.Run(job.Work.Folder, job.Arguments("--overwrite")).Succeeded();
        Assert.That(File.ReadAllText(job["result/summary.csv"]), Is.EqualTo(expected), "by a flag");

        // From a job in another folder than the current one, where the names start too.
        string quoted = name.Replace("\"", "\\\"", StringComparison.Ordinal);
        job.Work.Text(
            "job.json", SmallJob.JobFile.Replace("\"2000\": \"lc0.tif\"", $"\"2000\": \"{quoted}\"", StringComparison.Ordinal));
        string elsewhere = Directory.CreateDirectory(job["elsewhere"]).FullName;
        LdnProcess.Run(elsewhere, ["compute", "../job.json", "--out", "result"]).Succeeded();
        Assert.That(
            File.ReadAllText(job["elsewhere/result/summary.csv"]).Replace("2000–2015", "initial–final"), Is.EqualTo(expected),
            "in a job");
        Assert.That(
            File.ReadAllText(job["elsewhere/result/provenance.json"]).Split("\"sha256\"").Length, Is.GreaterThan(6),
            "every input is hashed");
    }

    [Test]
    public void TheNameThatIsProposedWorks()
    {
        using var job = new SmallJob();
        Containers(job);
        job.Flags["--land-cover-initial"] = "two.gpkg";
        LdnResult refused = job.Run();
        refused.Refused(job, ExitCode.Input, "GPKG:");
        job.Flags["--land-cover-initial"] = refused.Error.Split("one of its parts: ")[1].Split(',')[0].Trim('\'');
        job.Run().Succeeded();
    }

    [Test]
    public void ZonesInAnArchiveWithCompanions()
    {
        using var job = new SmallJob();
        LdnProcess.Tool(job.Work.Folder, "ogr2ogr", "-f", "ESRI Shapefile", "z.shp", "zones.geojson").Succeeded();
        Zip(job, "z.zip", ("z.shp", "z.shp"), ("z.shx", "z.shx"), ("z.dbf", "z.dbf"), ("z.prj", "z.prj"));
        job.Run().Succeeded();
        string expected = File.ReadAllText(job["result/summary.csv"]);
        job.Flags["--zones"] = "z.zip";
        job.Run("--overwrite").Succeeded();
        Assert.That(File.ReadAllText(job["result/summary.csv"]), Is.EqualTo(expected));
    }

    [Test]
    public void ArchiveOfSeveralIsAskedFor()
    {
        using var job = new SmallJob();
        Zip(job, "both.zip", ("lc0.tif", "a/lc0.tif"), ("lc1.tif", "b/lc1.tif"));
        job.Flags["--land-cover-initial"] = "both.zip";
        LdnResult refused = job.Run();
        refused.Refused(job, ExitCode.Input, "2 data sets", "/vsizip/", "both.zip/a/lc0.tif");
        job.Flags["--land-cover-initial"] = refused.Error.Split("name one of: ")[1].Split(',')[0];
        job.Run().Succeeded();
    }

    [TestCase("pointer.tif", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", "Git LFS")]
    [TestCase("page.tif", "<!DOCTYPE html><html><title>Please log in</title></html>\n", "web page")]
    [TestCase("empty.tif", "", "empty")]
    [TestCase("table.tif", "PAR1xxxxPAR1", "Parquet")]
    [TestCase("answer.tif", "<?xml version=\"1.0\"?><ServiceExceptionReport/>", "XML")]
    public void WhatOnlyLooksLikeARasterIsCalledWhatItIs(string name, string content, string word)
    {
        using var job = new SmallJob();
        job.Work.Text(name, content);
        job.Flags["--lpd"] = name;
        job.Run().Refused(job, ExitCode.Input, name, word);
    }

    [Test]
    public void SeveralBandsAreAskedFor()
    {
        using var job = new SmallJob();
        LdnProcess.Tool(job.Work.Folder, "gdalbuildvrt", "-q", "-separate", "many.vrt", "lc0.tif", "lpd.tif").Succeeded();
        job.Flags["--lpd"] = "many.vrt";
        job.Run().Refused(job, ExitCode.Input, "2 bands", "many.vrt#band=1");
        job.Flags["--lpd"] = "many.vrt#band=2";
        job.Run().Succeeded();
    }

    [Test]
    public void TrendsEarthBandsAreNamed()
    {
        using var job = new SmallJob();
        LdnProcess.Tool(job.Work.Folder, "gdalbuildvrt", "-q", "-separate", "many.vrt", "lc0.tif", "lpd.tif", "soc0.tif")
            .Succeeded();
        LdnProcess.Tool(job.Work.Folder, "gdal_translate", "-q", "-ot", "Int16", "many.vrt", "te.tif").Succeeded();
        job.Work.Text("te_band_key.json", """
            {"path": "te.tif", "bands": [
              {"name": "Land cover", "metadata": {"year": 2015}}, {"name": "Land Productivity Dynamics (from Trends.Earth)", "metadata": {"year_initial": 2001, "year_final": 2015}},
              {"name": "Soil organic carbon", "metadata": {"year": 2000}}]}
            """);
        string said = LdnProcess.Run(job.Work.Folder, ["info", "te.tif"]).Succeeded().Out;
        Assert.That(
            said,
            Does.Contain("Land cover, 2015").And.Contain("(from Trends.Earth), 2001-2015")
                .And.Contain("Soil organic carbon, 2000"));
        job.Flags["--lpd"] = "te.tif";
        job.Run().Refused(
            job, ExitCode.Input, "3 bands", "2 (Land Productivity Dynamics (from Trends.Earth), 2001-2015)", "te.tif#band=2");
        job.Flags["--lpd"] = "lpd.tif";
        job.Flags["--soc-initial"] = "te.tif";
        job.Run().Refused(job, ExitCode.Input, "te.tif#band=3");
    }

    [Test]
    public void OneRasterForTwoYearsIsAMistake()
    {
        using var job = new SmallJob();
        job.Flags["--land-cover-final"] = "lc0.tif";
        job.Run().Refused(job, ExitCode.Usage, "lc0.tif", "initial", "final");
        job.RunFile(SmallJob.JobFile.Replace("soc1.tif", "soc0.tif", StringComparison.Ordinal))
            .Refused(job, ExitCode.Usage, "soc0.tif", "2000", "2015", "standIns");
        job.RunFile(SmallJob.JobFile.Replace("soc1.tif", "soc0.tif#band=1", StringComparison.Ordinal))
            .Refused(job, ExitCode.Usage, "soc0.tif");
    }

    [Test]
    public void LockedGeoPackageMayBeTriedAgain()
    {
        using var job = new SmallJob();
        LdnProcess.Tool(job.Work.Folder, "ogr2ogr", "z.gpkg", "zones.geojson").Succeeded();
        LdnProcess.Tool(job.Work.Folder, "python3", "-c", "import sqlite3").Succeeded();
        job.Flags["--zones"] = "z.gpkg";
        using var editor = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "python3",
            ["-c", "import sqlite3, sys; c = sqlite3.connect('z.gpkg'); c.execute('BEGIN EXCLUSIVE'); print('held', "
                + "flush=True); sys.stdin.read()"])
        { WorkingDirectory = job.Work.Folder, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Assert.That(editor.StandardOutput.ReadLine(), Is.EqualTo("held"));
        LdnResult held = job.Run();
        editor.StandardInput.Close();
        editor.WaitForExit();
        held.Refused(job, ExitCode.Temporary, "z.gpkg", "another program");
        job.Run().Succeeded();
        byte[] whole = File.ReadAllBytes(job["z.gpkg"]);
        File.WriteAllBytes(job["z.gpkg"], whole[..(whole.Length / 2)]);
        Assert.That(job.Run("--overwrite").ExitCode, Is.EqualTo((int)ExitCode.Input), "damaged, not locked");
    }

    private static void Containers(SmallJob job)
    {
        LdnProcess.Tool(job.Work.Folder, "gdal_translate", "-q", "-of", "netCDF", "lc0.tif", "lc.nc").Succeeded();
        foreach ((string table, string more) in new[] { ("a", "NO"), ("b", "YES") })
            LdnProcess.Tool(
                job.Work.Folder, "gdal_translate", "-q", "-of", "GPKG", "-co", "TILE_FORMAT=PNG", "-co", $"RASTER_TABLE={table}",
                "-co", $"APPEND_SUBDATASET={more}",
                "lc0.tif", "two.gpkg").Succeeded();
        Zip(job, "lc.zip", ("lc0.tif", "in/lc0.tif"));
        using (FileStream gz = File.Create(job["lc.tif.gz"]))
        using (var packed = new GZipStream(gz, CompressionLevel.Fastest))
            packed.Write(File.ReadAllBytes(job["lc0.tif"]));
        using (FileStream tgz = File.Create(job["lc.tgz"]))
        using (var packed = new GZipStream(tgz, CompressionLevel.Fastest))
        using (var tar = new System.Formats.Tar.TarWriter(packed, System.Formats.Tar.TarEntryFormat.Ustar))
            tar.WriteEntry(job["lc0.tif"], "lc0.tif");
    }

    private static void Zip(SmallJob job, string name, params (string File, string Entry)[] files)
    {
        using ZipArchive zip = ZipFile.Open(job[name], ZipArchiveMode.Create);
        foreach ((string file, string entry) in files)
            zip.CreateEntryFromFile(job[file], entry);
    }
}
