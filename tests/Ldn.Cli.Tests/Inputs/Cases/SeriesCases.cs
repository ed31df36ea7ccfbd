using Ldn.Cli.Tests.BadInput;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Inputs.Cases;

/// <summary>Series in the order of shells and archives, and with the dates of providers.</summary>
internal static class SeriesCases
{
    private const string Kind = "Series";

    private const int Years = 10, First = 2001;

    public static IEnumerable<InputCase> All =>
    [
        new(Kind, "files with their years in their names, in any order", "takes each for the year of its name", "–", job =>
        {
            string[] files = Series(job, y => $"ndvi_{y}.tif");
            string expected = Computed(job, files);
            Assert.That(Computed(job, [.. files.Reverse()]), Is.EqualTo(expected));
            Assert.That(Computed(job, [.. files.Order(StringComparer.Ordinal).OrderBy(f => f[^5])]), Is.EqualTo(expected));
        }),
        new(Kind, "names of AppEEARS (`doy2001001`), MODIStsp (`_2001_001`), CGLS (`200101010000`), MODIS (`A2001001`), in any "
            + "order",
            "takes each for the year of its name", "–", job =>
        {
            string expected = Computed(job, Series(job, y => $"ndvi_{y}.tif"));
            foreach (Func<int, string> name in new Func<int, string>[]
            {
                y => $"MOD13Q1.061__250m_16_days_NDVI_doy{y}001_aid0001.tif", y => $"MOD13Q1_NDVI_{y}_001.tif",
                y => $"c_gls_NDVI_{y}01010000_GLOBE_PROBAV_V2.2.1.tif", y =>
                    $"MOD13A3.A{y}001.h25v04.061.20200812345{y % 100:00}.tif",
            })
                Assert.That(Computed(job, [.. Series(job, name).Reverse()]), Is.EqualTo(expected), name(First));
        }),
        new(Kind, "years in names that contradict `--years`", "refuses it with both readings",
            "`--series YEAR=FILE …`, or other `--years`", job =>
        {
            string[] files = Series(job, y => $"ndvi_{y - 1}.tif");
            Refused(job, files, "ndvi_2000.tif is number 1 and so stands for 2001, but its name says 2000");
            Assert.That(Computed(job, [.. files.Select((f, i) => $"{First + i}={f}")]), Is.Not.Empty);
        }),
        new(Kind, "files in alphabetical order (`y1 y10 y2`) or the last year first, without years in their names",
            "refuses it with both readings",
            "give them in the order of years, or `--series YEAR=FILE …`", job =>
        {
            string[] files = Series(job, y => $"y{y - First + 1}.tif");
            string expected = Computed(job, files);
            Refused(job, [.. files.Order(StringComparer.Ordinal)], "y2.tif is number 3 and so stands for 2003",
                "would stand for 2002");
            Refused(job, [.. files.Reverse()], "y9.tif is number 2 and so stands for 2002");
            Assert.That(Computed(job, [.. files.Select((f, i) => $"{First + i}={f}").Reverse()]), Is.EqualTo(expected));
        }),
        new(Kind, "years in two digits over the turn of the century (`98 99 00 01`), names that tell nothing, one year or "
            + "version in all names",
            "takes the order given", "–", job =>
        {
            string expected = Computed(job, Series(job, y => $"ndvi_{y}.tif"));
            Assert.That(Computed(job, Series(job, y => $"v{(y - 3) % 100:00}.tif")), Is.EqualTo(expected));
            Assert.That(Computed(job, Series(job, y => $"v{(char)('a' + ((y * 7) % 26))}.tif")), Is.EqualTo(expected));
            Assert.That(Computed(job, Series(job, y => $"c2020_{y - First + 1:00}.tif")), Is.EqualTo(expected));
        }),
        new(Kind, "a netCDF with a time axis, a band a year, in any order and calendar",
            "takes each band for the year of its time", "–", job =>
        {
            string[] files = Series(job, y => $"ndvi_{y}.tif");
            string expected = Computed(job, files);
            foreach ((string units, string calendar, Func<int, double> time) in new (string, string, Func<int, double>)[]
            {
                ("days since 1900-01-01", "standard", y => (new DateTime(y, 7, 1) - new DateTime(1900, 1, 1)).TotalDays),
                ("hours since 1900-01-01 00:00:0.0", "gregorian", y => (new DateTime(y, 1, 1) - new DateTime(1900, 1, 1))
                    .TotalHours),
                ("days since 2000-01-01", "noleap", y => (y - 2000) * 365), ("days since 2000-01-01", "360_day", y =>
                    (y - 2000) * 360),
                ("months since 2000-01-01", "standard", y => (y - 2000) * 12),
            })
            {
                Stack(job, [.. files.Reverse()], units, calendar, [.. Enumerable.Range(0, Years)
                    .Select(i => time(First + Years - 1 - i))]);
                Assert.That(Computed(job, ["stack.vrt"]), Is.EqualTo(expected), $"{units}, {calendar}");
            }

            LdnResult info = InputCase.Call(job, ["info", "stack.vrt"]).Succeeded();
            Assert.That(info.Out, Does.Contain("2010-01-01").And.Contain("2001-01-01"));
            Stack(job, files, "days since 1960-01-01", "standard", [.. Enumerable.Range(0, Years).Select(i => 365.25 * i)]);
            Refused(job, ["stack.vrt"], "is number 1 and so stands for 2001, but its name says 1960");
        }),
        new(Kind, "a job that gives a file to another year than its name tells",
            "computes it, with a warning; `ldn validate` tells it too", "correct the job", job =>
        {
            Directory.CreateDirectory(job["a"]);
            File.Copy(job["lc1.tif"], job["lc2014.tif"]);
            job.Work.Text("job.json", SmallJob.JobFile.Replace("\"lc1.tif\"", "\"lc2014.tif\"", StringComparison.Ordinal));
            const string Said = "land cover of 2015: the name of lc2014.tif says 2014";
            Assert.That(InputCase.Call(job, ["compute", "job.json", "--out", "result", "--rasters", "none"]).Succeeded().Error,
                Does.Contain(Said));
            Assert.That(InputCase.Call(job, ["validate", "job.json"]).Succeeded().Error, Does.Contain($"doubtful: {Said}")
                .And.Not.Contain($"note: {Said}"));
        }),
    ];

    /// <summary>Years of an index that rises in three quarters of the cells and falls in the others, so that its order
    /// matters.</summary>
    private static string[] Series(SmallJob job, Func<int, string> name)
    {
        string[] files = [.. Enumerable.Range(First, Years).Select(name)];
        for (int i = 0; i < Years; i++)
        {
            if (!File.Exists(job[files[i]]))
                job.Work.Raster(files[i], SmallJob.Grid, CellType.Int16,
                    SmallJob.Values((c, r) => 4000 + ((c % 4 == 0 ? -1 : 1) * (150 * i)) + ((c * 31) + (r * 17)
                        + (i * 13)) % 60), -32000);
        }

        if (!File.Exists(job["units.tif"]))
            job.Work.Raster("units.tif", SmallJob.Grid, CellType.Byte, SmallJob.Values((_, _) => 1), 0);
        return files;
    }

    private static string[] Arguments(string[] files) =>
        ["productivity", "--years", $"{First}-{First + Years - 1}", "--units", "units.tif", "--scale", "0.0001", "--tables",
            "csv", "--rasters",
            "none", "--overwrite", "--no-progress", "--out", "series", "--series", .. files];

    private static string Computed(SmallJob job, string[] files)
    {
        InputCase.Call(job, Arguments(files)).Succeeded();
        return File.ReadAllText(job["series/summary.csv"]);
    }

    private static void Refused(SmallJob job, string[] files, params string[] words) =>
        Refusal.Said(InputCase.Call(job, Arguments(files)), ExitCode.Usage, words);

    /// <summary>A stack with the metadata that GDAL gives the bands of a netCDF with a time axis.</summary>
    private static void Stack(SmallJob job, string[] files, string units, string calendar, double[] times)
    {
        LdnProcess.Tool(job.Work.Folder, "gdalbuildvrt", ["-q", "-overwrite", "-separate", "stack.vrt", .. files]).Succeeded();
        string text = File.ReadAllText(job["stack.vrt"]);
        int at = text.IndexOf("<VRTRasterBand", StringComparison.Ordinal);
        string axis = $"<MDI key=\"time#units\">{units}</MDI><MDI key=\"time#calendar\">{calendar}</MDI>";
        text = $"{text[..at]}<Metadata>{axis}</Metadata>{text[at..]}";
        for (int i = 0; i < times.Length; i++)
        {
            int band = text.IndexOf('>', text.IndexOf($"band=\"{i + 1}\"", StringComparison.Ordinal)) + 1;
            text = text[..band] + FormattableString.Invariant(
                $"<Metadata><MDI key=\"NETCDF_DIM_time\">{times[i]}</MDI></Metadata>") + text[band..];
        }

        File.WriteAllText(job["stack.vrt"], text);
    }
}
