using Ldn.Rasters;

namespace Ldn.Cli.Tests.Inputs.Cases;

/// <summary>NetCDF files as CDO and NCO write them: made on the spot, so that the tools' own habits are what is read.</summary>
internal static class ToolCases
{
    private const string Kind = "Files of CDO and NCO";

    public static IEnumerable<InputCase> All =>
    [
        new(Kind, "netCDF classic, with 64-bit offsets, netCDF-4 and its classic model, compressed and in chunks, with `history`",
            "reads them", "–", job => Read(
                job, "ncks -O -3 base.nc x.nc", "ncks -O -6 base.nc x.nc", "ncks -O -7 base.nc x.nc",
                "ncks -O -4 -L 5 --cnk_dmn lat,7 --cnk_dmn lon,11 base.nc x.nc", "cdo -s -O -f nc copy base.nc x.nc",
                "cdo -s -O -f nc2 copy base.nc x.nc", "cdo -s -O -f nc4c -z zip_5 copy base.nc x.nc")),
        new(Kind, "numbers packed into shorts with `scale_factor` and `add_offset`", "reads what they mean", "–", job =>
        {
            NetcdfTests.Write(job, ["base.nc", "degrees", "falling", "", "", "", "soc1.tif"]);
            Tool(job, "ncap2 -O -s value=value*0.37 base.nc third.nc");
            Tool(job, "ncpdq -O -P all_new third.nc packed.nc");
            Tool(job, "cdo -s -O -f nc -b F32 mulc,2.7027027 packed.nc x.nc");
            Tool(job, "ncpdq -O -P all_new x.nc y.nc");
            job.Flags["--soc-final"] = "y.nc";
            InputCase.Computed(job);
            string packed = File.ReadAllText(job["result/summary.csv"]);
            // Unpacked by GDAL's own tool, so that roundings are the same.
            LdnProcess.Tool(job.Work.Folder, "gdal_translate", "-q", "-unscale", "-ot", "Float64", "-a_srs", "EPSG:4326", "y.nc",
                "plain.tif").Succeeded();
            job.Flags["--soc-final"] = "plain.tif";
            InputCase.Computed(job);
            Assert.That(File.ReadAllText(job["result/summary.csv"]), Is.EqualTo(packed));
            Assert.That(InputCase.Call(job, ["info", "y.nc"]).Succeeded().Out, Does.Contain("scale").And.Contain("Int16"));
        }),
        new(Kind, "latitudes from south to north, longitudes beyond 360° or below -180°", "reads them where they lie", "–",
            job => Read(job, "cdo -s -O -f nc4 invertlat base.nc x.nc", "ncap2 -O -s lon=lon+360 base.nc x.nc",
                "ncap2 -O -s lon=lon-360 base.nc x.nc")),
        new(Kind, "one time step, on an axis that may grow, with `time_bnds`; without a date", "reads it", "–", job =>
            Read(job, "ncecat -O -u time base.nc x.nc", "ncks -O --mk_rec_dmn lat base.nc x.nc",
                "cdo -s -O -setdate,2015-07-01 -settime,00:00:00 base.nc x.nc",
                "cdo -s -O yearmean -settaxis,2015-07-01,00:00:00,1mon base.nc x.nc")),
        new(Kind, "cells without data by `setmissval` and `setrtoc`", "takes them for no data", "–", job =>
        {
            job.Work.Raster("tag.tif", SmallJob.Grid, CellType.Int16, SmallJob.Values(
                (c, r) => 80 + ((c * r) % 41) is var stock && stock <= 85 ? -999 : stock), -999);
            job.Flags["--soc-final"] = "tag.tif";
            InputCase.Computed(job);
            string expected = File.ReadAllText(job["result/summary.csv"]);
            NetcdfTests.Write(job, ["base.nc", "degrees", "falling", "", "", "", "soc1.tif"]);
            Tool(job, "cdo -s -O -f nc -setmissval,-999 -setrtoc,79.5,85.5,-999 base.nc x.nc");
            job.Flags["--soc-final"] = "x.nc";
            InputCase.Computed(job);
            Assert.That(File.ReadAllText(job["result/summary.csv"]), Is.EqualTo(expected));
        }),
        new(Kind, "a series of years in one file: times relative (`days since`) and absolute (`day as %Y%m%d.%f`), with bounds, "
            + "the last year first", "takes each step for the year of its time", "–", job =>
        {
            string[] files = NetcdfTests.Series(job);
            string expected = NetcdfTests.Computed(job, files);
            string times = string.Join(',', Enumerable.Range(0, files.Length).Select(i => (366 * i) + 180));
            NetcdfTests.Write(job, ["s.nc", "degrees", "falling", "days since 2001-01-01", "standard", times, .. files]);
            foreach (string command in new[]
            {
                "cdo -s -O -a copy s.nc x.nc", "cdo -s -O -r setreftime,1850-01-01,00:00:00,1day s.nc x.nc",
                "cdo -s -O yearmean s.nc x.nc", "ncpdq -O -a -time s.nc x.nc", "ncks -O -3 --mk_rec_dmn time s.nc x.nc",
            })
            {
                Tool(job, command);
                Assert.That(NetcdfTests.Computed(job, ["x.nc"]), Is.EqualTo(expected), command);
            }

            job.Flags["--soc-final"] = "x.nc";
            InputCase.Refused(job, "10 bands where one is meant", "2001-", "x.nc#band=1");
        }),
        new(Kind, "values by longitude and latitude (`value(lon, lat)`), as GDAL would lay them across",
            "refuses it, wherever the exchanged grid lies", "`ncpdq -a lat,lon IN.nc OUT.nc`", job =>
        {
            NetcdfTests.Write(job, ["base.nc", "degrees", "falling", "", "", "", "soc1.tif"]);
            job.Flags["--soc-final"] = "x.nc";
            // At 47 to 50° E and N the exchanged grid would lie among the zones.
            foreach (string command in new[]
            {
                "ncpdq -O -a lon,-lat base.nc x.nc", "ncpdq -O -a -lon,-lat base.nc x.nc", "ncpdq -O -a lon,lat base.nc x.nc",
            })
            {
                Tool(job, command);
                InputCase.Refused(job, "x.nc", "axes are exchanged", "ncpdq -a lat,lon");
                Assert.That(InputCase.Call(job, ["info", "x.nc"]).ExitCode, Is.EqualTo(3));
            }

            Tool(job, "ncpdq -O -a lat,lon x.nc y.nc");
            job.Flags["--soc-final"] = "y.nc";
            InputCase.Read(job);
        }),
        new(Kind, "netCDF of 64-bit data (CDF-5), where this GDAL does not read it", "refuses it, and says what it is",
            "`ncks -7 IN.nc OUT.nc`", job =>
        {
            NetcdfTests.Write(job, ["base.nc", "degrees", "falling", "", "", "", "soc1.tif"]);
            Tool(job, "ncks -O -5 base.nc x.nc");
            job.Flags["--soc-final"] = "x.nc";
            if (InputCase.Run(job).ExitCode != 0)
                InputCase.Refused(job, "CDF-5", "ncks -7");
            Tool(job, "ncks -O -7 x.nc y.nc");
            job.Flags["--soc-final"] = "y.nc";
            InputCase.Read(job);
        }),
    ];

    /// <summary>What each command makes of base.nc is read with the figures of the job.</summary>
    private static void Read(SmallJob job, params string[] commands)
    {
        NetcdfTests.Write(job, ["base.nc", "degrees", "falling", "", "", "", "soc1.tif"]);
        job.Flags["--soc-final"] = "x.nc";
        foreach (string command in commands)
        {
            Tool(job, command);
            InputCase.Read(job);
        }
    }

    private static void Tool(SmallJob job, string command)
    {
        string[] words = command.Split(' ');
        LdnProcess.Tool(job.Work.Folder, words[0], words[1..]).Succeeded();
    }
}
