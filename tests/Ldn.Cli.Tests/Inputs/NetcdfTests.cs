using Ldn.Rasters;

namespace Ldn.Cli.Tests.Inputs;

/// <summary>
/// Real netCDF files, as climate products are: one-dimensional axes by the CF conventions, no grid mapping, a time axis. GDAL's
/// Python module writes them.
/// </summary>
[NonParallelizable]
internal sealed class NetcdfTests
{
    private const int First = 2001, Years = 10;

    /// <summary>
    /// Arguments: file, unit of the axes, "rising" or "falling" latitudes, unit of time, calendar, times, rasters.
    /// </summary>
    private const string Script = """
        import sys
        import numpy as np
        from osgeo import gdal
        out, axis, order, units, calendar, times, *files = sys.argv[1:]
        rasters = [gdal.Open(f) for f in files]
        x, cell, _, y, _, down = rasters[0].GetGeoTransform()
        width, height = rasters[0].RasterXSize, rasters[0].RasterYSize
        data = np.stack([r.ReadAsArray() for r in rasters])
        lats = y + down * (np.arange(height) + .5)
        if order == 'rising':
            data, lats = data[:, ::-1], lats[::-1]
        ds = gdal.GetDriverByName('netCDF').CreateMultiDimensional(out)
        g = ds.GetRootGroup()
        def put(name, dims, kind, values, **attributes):
            v = g.CreateMDArray(name, dims, gdal.ExtendedDataType.Create(kind))
            for k, text in attributes.items():
                if text:
                    v.CreateAttribute(k, [], gdal.ExtendedDataType.CreateString()).Write(text)
            v.Write(np.ascontiguousarray(values))
        lat = g.CreateDimension('lat', gdal.DIM_TYPE_HORIZONTAL_Y, '', height)
        lon = g.CreateDimension('lon', gdal.DIM_TYPE_HORIZONTAL_X, '', width)
        put('lat', [lat], gdal.GDT_Float64, lats, units=axis and axis + '_north', standard_name=axis and 'latitude')
        put('lon', [lon], gdal.GDT_Float64, x + cell * (np.arange(width) + .5), units=axis and axis + '_east',
            standard_name=axis and 'longitude')
        if times:
            time = g.CreateDimension('time', gdal.DIM_TYPE_TEMPORAL, '', len(files))
            put('time', [time], gdal.GDT_Float64, np.array([float(t) for t in times.split(',')]), units=units,
                calendar=calendar, standard_name='time')
            put('value', [time, lat, lon], gdal.GDT_Int16, data.astype('i2'))
        else:
            put('value', [lat, lon], gdal.GDT_Int16, data[0].astype('i2'))
        """;

    /// <summary>Makes a layer of a job a netCDF without a grid mapping; the figures stay. What is said of it.</summary>
    public static string WithoutMapping(SmallJob job, string layer, string order = "falling")
    {
        Write(job, ["soc.nc", "degrees", order, "", "", "", layer]);
        job.Flags["--soc-initial"] = "soc.nc";
        return InputCase.Read(job).Error;
    }

    [TestCase("falling")]
    [TestCase("rising")]
    public void AxesOfDegreesAreLongitudeAndLatitude(string order)
    {
        using var job = new SmallJob();
        Assert.That(WithoutMapping(job, "soc0.tif", order), Does.Contain("soc.nc").And.Contain("taken as WGS 84"));
        Assert.That(InputCase.Call(job, ["info", "soc.nc"]).Succeeded().Out, Does.Contain("WGS 84"));
    }

    [Test]
    public void AxesWithoutUnitsAreNone()
    {
        using var job = new SmallJob();
        Write(job, ["soc.nc", "", "falling", "", "", "", "soc0.tif"]);
        job.Flags["--soc-initial"] = "soc.nc";
        InputCase.Refused(job, "soc.nc", "no coordinate reference system", "gdal_translate -of VRT -a_srs");
    }

    /// <summary>Bands of the last year first; years are those of the axis, whatever its calendar.</summary>
    [TestCase("days since 1900-01-01", "standard", 365.25, -1900)]
    [TestCase("hours since 1970-01-01 00:00:00", "gregorian", 8766, -1970)]
    [TestCase("days since 2000-01-01", "noleap", 365, -2000)]
    [TestCase("days since 2000-01-01 12:00", "360_day", 360, -2000)]
    public void TheTimeAxisTellsTheYears(string units, string calendar, double year, int origin)
    {
        using var job = new SmallJob();
        string[] files = Series(job);
        string expected = Computed(job, files);
        string times = string.Join(',', Enumerable.Range(0, Years).Select(
            i => FormattableString.Invariant($"{Math.Floor((First + Years - 1 - i + origin + 0.5) * year)}")));
        Write(job, ["stack.nc", "degrees", "falling", units, calendar, times, .. files.Reverse()]);
        Assert.That(Computed(job, ["stack.nc"]), Is.EqualTo(expected));
        Assert.That(InputCase.Call(job, ["info", "stack.nc"]).Succeeded().Out, Does.Contain("2010-").And.Contain("2001-"));
    }

    /// <summary>
    /// What variables and a configuration file of GDAL's hold from other work turns no grid round and moves no cell.
    /// </summary>
    [Test]
    public void SettingsOfGdalChangeNoFigure()
    {
        using var job = new SmallJob();
        Write(job, ["soc.nc", "degrees", "rising", "", "", "", "soc1.tif"]);
        LdnProcess.Tool(
            job.Work.Folder, "gdal_translate", "-q", "-mo", "AREA_OR_POINT=Point", "lc1.tif", "point.tif").Succeeded();
        LdnProcess.Tool(job.Work.Folder, "ogr2ogr", "-f", "GML", "z.gml", "zones.geojson").Succeeded();
        (job.Flags["--soc-final"], job.Flags["--land-cover-final"], job.Flags["--zones"]) = ("soc.nc", "point.tif", "z.gml");
        job.Run("--rasters", "none").Succeeded();
        string expected = File.ReadAllText(job["result/summary.csv"]);
        (string, string)[] hostile =
        [
            ("GDAL_NETCDF_BOTTOMUP", "NO"), ("GDAL_NETCDF_IGNORE_XY_AXIS_NAME_CHECKS", "YES"), ("GDAL_GEOREF_SOURCES", "NONE"),
            ("GTIFF_POINT_GEO_IGNORE", "YES"), ("GTIFF_LINEAR_UNITS", "BROKEN"), ("GTIFF_SRS_SOURCE", "GEOKEYS"),
            ("GML_INVERT_AXIS_ORDER_IF_LAT_LONG", "NO"), ("OGR_CT_FORCE_TRADITIONAL_GIS_ORDER", "NO"),
            ("OSR_DEFAULT_AXIS_MAPPING_STRATEGY", "AUTHORITY_COMPLIANT"),
            ("GDAL_PAM_ENABLED", "NO"), ("SHAPE_ENCODING", "CP1251"),
        ];
        string file = job.Work.Text("gdalrc", "[configoptions]\n"
            + string.Concat(hostile.Select(h => $"{h.Item1}={h.Item2}\n")));
        foreach (Dictionary<string, string> settings in new[]
        {
            hostile.ToDictionary(h => h.Item1, h => h.Item2), new Dictionary<string, string> { ["GDAL_CONFIG_FILE"] = file },
        })
        {
            LdnResult run = job.RunWith(settings, "--rasters", "none", "--overwrite").Succeeded();
            Assert.That(run.Error, Does.Not.Contain("half a cell"));
            Assert.That(File.ReadAllText(job["result/summary.csv"]), Is.EqualTo(expected));
        }
    }

    /// <summary>Rasters of ten years, some of whose cells rise and some fall, and one ecological unit.</summary>
    internal static string[] Series(SmallJob job)
    {
        job.Work.Raster("units.tif", SmallJob.Grid, CellType.Byte, SmallJob.Values((_, _) => 1), 0);
        return [.. Enumerable.Range(First, Years).Select(y => job.Work.Raster(
            $"ndvi_{y}.tif", SmallJob.Grid, CellType.Int16,
            SmallJob.Values((c, r) =>
                4000 + ((c % 4 == 0 ? -1 : 1) * 150 * (y - First)) + (((c * 31) + (r * 17) + (y * 13)) % 60)),
            -32000))];
    }

    /// <summary>The figures of a series of ten years.</summary>
    internal static string Computed(SmallJob job, string[] files)
    {
        InputCase.Call(
            job, ["productivity", "--years", $"{First}-{First + Years - 1}", "--units", "units.tif", "--scale", "0.0001",
                "--tables", "csv", "--rasters", "none", "--overwrite", "--no-progress", "--out", "series", "--series",
                .. files]).Succeeded();
        return File.ReadAllText(job["series/summary.csv"]);
    }

    /// <summary>Runs the script that writes a netCDF.</summary>
    internal static void Write(SmallJob job, string[] arguments)
    {
        const string python = "/usr/bin/python3";
        if (LdnProcess.Tool(job.Work.Folder, python, "-c", "from osgeo import gdal; assert gdal.GetDriverByName('netCDF')")
            .ExitCode != 0)
            Assert.Ignore($"{python} has no GDAL with netCDF");
        LdnProcess.Tool(job.Work.Folder, python, ["-c", Script, .. arguments]).Succeeded();
    }
}
