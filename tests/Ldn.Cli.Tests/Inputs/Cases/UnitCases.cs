using Ldn.Rasters;

namespace Ldn.Cli.Tests.Inputs.Cases;

/// <summary>Layers in another unit than figures are made of, each of whose values is possible.</summary>
internal static class UnitCases
{
    private const string Kind = "Units", Values = "Values";

    public static IEnumerable<InputCase> All =>
    [
        new(Kind, "stocks of all years in kg/m² (0.5 to 30)", "computes them, with a warning, also in `ldn validate`",
            "`gdal_translate -a_scale 10`, which takes the warning away", job =>
        {
            // Steppe, forest and cropland of 3 to 12 kg/m2.
            Stocks(job, (c, r) => 3 + ((c + r) % 10));
            Doubted(job, "soil carbon", "kg/m2", "-a_scale 10");
            InputCase.Run(job, "--tables", "html", "--rasters", "none", "--overwrite").Succeeded();
            Assert.That(Directory.GetFiles(job["result"], "*.html").Select(File.ReadAllText), Has.All.Contains("-a_scale 10"));
            foreach (string file in new[] { "soc0.tif", "soc1.tif" })
                Gdal(job, "-a_scale", "10", file, "scaled_" + file);
            (job.Flags["--soc-initial"], job.Flags["--soc-final"]) = ("scaled_soc0.tif", "scaled_soc1.tif");
            Plain(job);
        }),
        new(Kind, "stocks of deserts in t C/ha, however small: bare land, sparse grass on a tenth of it", "computes them", "–",
            job =>
        {
            Stocks(job, (c, r) => 4 + ((c + r) % 5));
            foreach (string file in new[] { "lc0.tif", "lc1.tif" })
                job.Work.Raster(file, SmallJob.Grid, CellType.Byte, SmallJob.Values(
                    (c, r) => c % 10 == 0 ? 2 : c == r && file == "lc1.tif" ? 5 : 6), 0);
            Plain(job);
        }),
        new(Kind, "contents in dg/kg, stocks × 10: averages that no soil has", "computes them, with a warning",
            "the stock (SoilGrids `ocs`, t/ha); `gdal_translate -a_scale 0.1`", job =>
        {
            Stocks(job, (c, r) => 350 + ((c + r) % 200));
            Doubted(job, "soil carbon", "more than soils have", "dg/kg");
        }),
        new(Kind, "a file that declares another unit (kg m-2, g/kg, hg/m³, g C m-2)", "computes it, with a warning of the unit",
            "the factor that is named; where a content or density is given, the stock", job =>
        {
            foreach ((string unit, string said) in new[]
            {
                ("kg m-2", "-a_scale 10"), ("kg/m2", "-a_scale 10"), ("kg C m^-2", "-a_scale 10"),
                ("g C m-2", "-a_scale 0.01"), ("kg ha-1", "-a_scale 0.001"),
                ("g/kg", "a content"), ("dg kg-1", "a content"), ("%", "a content"),
                ("hg/m³", "a density"), ("kg m-3", "a density"),
            })
            {
                WithUnit(job, "soc1.tif", "u.tif", unit);
                job.Flags["--soc-final"] = "u.tif";
                Doubted(job, $"its unit is {unit}", said);
            }

            foreach (string unit in new[] { "t/ha", "Mg ha-1", "t C ha-1", "tonnes / ha", "MgC/ha", "" })
            {
                WithUnit(job, "soc1.tif", "u.tif", unit);
                Plain(job);
            }
        }),
        new(Kind, "products of another quantity by their names: SoilGrids `soc_0-5cm_mean`, `ocd_…`",
            "computes them, with a warning", "the product that is named", job =>
        {
            File.Copy(job["soc1.tif"], job["soc_0-5cm_mean.tif"]);
            job.Flags["--soc-final"] = "soc_0-5cm_mean.tif";
            Doubted(job, "soc_0-5cm_mean.tif", "not a stock");
        }),
        new(Values, "stocks of 0 in one year alone, where they mean no data and nobody declared it",
            "computes them, with a warning; rock and ice without a stock in all years are well", "`--nodata soc=0`", job =>
        {
            double Hole(int c, int r, double stock) => c is > 4 and < 15 && r is > 9 and < 20 ? 0 : stock;
            job.Work.Raster("soc1.tif", SmallJob.Grid, CellType.Float32,
                SmallJob.Values((c, r) => Hole(c, r, 80 + ((c * r) % 41))), -1);
            Doubted(job, "soil carbon", "holds 0 in 100 cells", "--nodata soc=0");
            LdnResult declared = InputCase.Run(
                job, "--overwrite", "--tables", "csv", "--rasters", "none", "--nodata", "soc=0").Succeeded();
            Assert.That(declared.Error, Does.Not.Contain("LDN920"));
            job.Work.Raster("soc0.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values((c, r) => Hole(c, r, 100)), -1);
            Plain(job);
        }),
        new(Values, "classes compressed with loss: JPEG in a TIFF, JPEG 2000", "computes them, with a warning, also in "
            + "`ldn validate`", "the file that they were made of", job =>
        {
            string[][] lossy = [["j.tif", "-co", "COMPRESS=JPEG", "-co", "JPEG_QUALITY=60"],
                ["j.jp2", "-of", "JP2OpenJPEG", "-co", "QUALITY=10"]];
            string[][] whole = [["d.tif", "-co", "COMPRESS=DEFLATE"],
                ["w.jp2", "-of", "JP2OpenJPEG", "-co", "QUALITY=100", "-co", "REVERSIBLE=YES"]];
            foreach (string[] form in lossy.Concat(whole))
            {
                Gdal(job, [.. form[1..], "lc1.tif", form[0]]);
                string text = SmallJob.JobFile.Replace("lc1.tif", form[0], StringComparison.Ordinal);
                string validated = Validated(job, text);
                string run = InputCase.Call(
                    job, ["compute", "job.json", "--out", "o", "--no-progress", "--rasters", "none", "--overwrite"])
                    .Succeeded().Error;
                foreach (string said in new[] { validated, run })
                    Assert.That(said, lossy.Contains(form) ? Does.Contain($"({form[0]}): its cells were compressed with loss")
                        : Does.Not.Contain("LDN920"), form[0]);
            }
        }),
        new(Kind, "a change of stocks as a fraction, or in kg/m²", "computes it, with a warning", "`gdal_translate -a_scale 100`",
            job =>
        {
            Change(job, (c, r) => (((c + r) % 9) - 4) * 0.1);
            Doubted(job, "x.tif", "-0.4 to 0.4", "-a_scale 100");
            Change(job, (c, r) => (((c + r) % 9) - 4) * 10);
            Plain(job);
            Change(job, (_, _) => 0);
            Plain(job);
            Change(job, (c, r) => (((c + r) % 9) - 4) * 10);
            WithUnit(job, "x.tif", "u.tif", "kg/m2");
            job.Flags["--soc-change"] = "u.tif";
            Doubted(job, "its unit is kg/m2", "per cent");
        }),
        new(Kind, "an aridity index in per cent", "computes it, with a warning, also in `ldn validate`",
            "`gdal_translate -a_scale 0.01`", job =>
        {
            void Index(Func<int, int, double> value)
            {
                job.Work.Raster("x.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values(value), -9999);
                job.Work.Text("job.json", SmallJob.JobFile.Replace(
                    "\"rules\"", "\"strata\": { \"aridity\": \"x.tif\" }, \"rules\"", StringComparison.Ordinal));
            }

            Index((c, r) => 3 + ((c + r) % 60));
            Assert.That(Validated(job), Does.Contain("more than 7").And.Contain("-a_scale 0.01"));
            LdnResult run = InputCase.Call(job, ["compute", "job.json", "--out", "o", "--no-progress", "--rasters", "none"]);
            Assert.That(run.Succeeded().Error, Does.Contain("more than 7"));
            Index((c, r) => 0.03 + ((c + r) % 60 * 0.05));
            Assert.That(Validated(job), Does.Not.Contain("LDN920"));
        }),
        new(Kind, "people per km² where numbers of people in each cell are needed: by unit, by the product's name, by the "
            + "official number", "computes them, with a warning", "the product's counts", job =>
        {
            string Said(string file, string official = "")
            {
                job.Work.Text("job.json", SmallJob.JobFile.Replace("\"rules\"",
                    "\"strata\": { \"population\": { \"2015\": { \"total\": \"" + file + "\" } }" + official + " }, \"rules\"",
                    StringComparison.Ordinal));
                string validated = Validated(job);
                LdnResult run = InputCase.Call(
                    job, ["compute", "job.json", "--out", "o", "--no-progress", "--rasters", "none", "--overwrite"]);
                Assert.That(run.Succeeded().Error.Contains("[LDN920]", StringComparison.Ordinal),
                    Is.EqualTo(official.Length > 0 || validated.Contains("[LDN920]", StringComparison.Ordinal)), run.Error);
                return official.Length > 0 ? run.Error : validated;
            }

            job.Work.Raster("people.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values((c, r) => (c + r) % 7), -1);
            Assert.That(Said("people.tif"), Does.Not.Contain("LDN920"));
            foreach (string name in new[] { "mng_pd_2015_1km.tif", "gpw_v4_population_density_rev11_2015_30_sec.tif" })
            {
                File.Copy(job["people.tif"], job[name]);
                Assert.That(Said(name), Does.Contain(name).And.Contain("people per km2"));
            }

            foreach (string unit in new[] { "persons/km2", "people per square kilometer", "inhabitants km-2", "km^-2" })
            {
                WithUnit(job, "people.tif", "u.tif", unit);
                Assert.That(Said("u.tif"), Does.Contain($"its unit is {unit}").And.Contain("a density"));
            }

            job.Work.Text("official.csv", "zone_id,year,total\nMNG,2015,90000\nCHN,2015,1800\n");
            Assert.That(Said("people.tif", ", \"officialPopulation\": \"official.csv\""),
                Does.Contain("people in MNG, officially 90000").And.Not.Contain("in CHN"));
        }),
    ];

    private static void Stocks(SmallJob job, Func<int, int, double> stock)
    {
        job.Work.Raster("soc0.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values(stock), -1);
        job.Work.Raster("soc1.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values((c, r) => stock(c, r) * 1.02), -1);
    }

    private static void Change(SmallJob job, Func<int, int, double> change)
    {
        job.Work.Raster("x.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values(change), -999);
        job.Flags.Remove("--soc-initial");
        job.Flags.Remove("--soc-final");
        job.Flags["--soc-change"] = "x.tif";
    }

    /// <summary>The run is computed with a warning, and the job as a file is validated with it.</summary>
    private static void Doubted(SmallJob job, params string[] words)
    {
        InputCase.Computed(job, ["[LDN920]", .. words]);
        string validated = Validated(job, JobOf(job));
        foreach (string word in words)
            Assert.That(validated, Does.Contain(word));
    }

    private static void Plain(SmallJob job)
    {
        Assert.That(InputCase.Computed(job).Error, Does.Not.Contain("LDN920"));
        Assert.That(Validated(job, JobOf(job)), Does.Not.Contain("LDN920"));
    }

    private static string JobOf(SmallJob job) => job.Flags.TryGetValue("--soc-change", out string? change)
        ? SmallJob.JobFile.Replace("\"kind\": \"stocks\", \"years\": { \"2000\": \"soc0.tif\", \"2015\": \"soc1.tif\" }",
            $"\"kind\": \"change\", \"periods\": {{ \"baseline\": \"{change}\" }}", StringComparison.Ordinal)
        : SmallJob.JobFile.Replace("soc0.tif", job.Flags["--soc-initial"], StringComparison.Ordinal)
            .Replace("\"soc1.tif", "\"" + job.Flags["--soc-final"], StringComparison.Ordinal);

    private static string Validated(SmallJob job, string? text = null)
    {
        if (text is not null)
            job.Work.Text("job.json", text);
        return InputCase.Call(job, ["validate", "job.json"]).Succeeded().Error;
    }

    private static void WithUnit(SmallJob job, string from, string to, string unit) => LdnProcess.Tool(
        job.Work.Folder, "/usr/bin/python3", "-c",
        "import sys; from osgeo import gdal; gdal.UseExceptions(); d = gdal.GetDriverByName('GTiff').CreateCopy(sys.argv[2], "
        + "gdal.Open(sys.argv[1])); d.GetRasterBand(1).SetUnitType(sys.argv[3])", from, to, unit).Succeeded();

    private static void Gdal(SmallJob job, params string[] arguments) =>
        LdnProcess.Tool(job.Work.Folder, "gdal_translate", ["-q", .. arguments]).Succeeded();
}
