using System.Globalization;
using Ldn.Cli.Tests.Reports;
using Ldn.Tests;

namespace Ldn.Cli.Tests.RealData;

/// <summary>People and drivers of real rasters against numpy.</summary>
[Parallelizable(ParallelScope.Children)]
internal sealed class DriverDataTests
{
    private const string Means = """
        import sys
        import numpy
        from osgeo import gdal
        def read(name):
            d = gdal.Open(name); b = d.GetRasterBand(1); return d, b.ReadAsArray(), b.GetNoDataValue()
        run, classes, _ = read(sys.argv[1])
        layer, values, none = read(sys.argv[2])
        g, l = run.GetGeoTransform(), layer.GetGeoTransform()
        x = g[0] + (numpy.arange(run.RasterXSize) + 0.5) * g[1]
        y = g[3] + (numpy.arange(run.RasterYSize) + 0.5) * g[5]
        columns = numpy.floor((x - l[0]) / l[1]).astype(int); rows = numpy.floor((y - l[3]) / l[5]).astype(int)
        v = values[rows][:, columns].astype(float)
        e = numpy.sqrt(1 - (6356752.314245179 / 6378137.0) ** 2)
        def zone(lat):
            u = e * numpy.sin(numpy.radians(lat)); return numpy.arctanh(u) / e + u / e / (1 - u * u)
        area = numpy.abs(zone(y + g[5] / 2) - zone(y - g[5] / 2))[:, None] * numpy.ones(v.shape)
        for c in (1, 2, 3):
            m = (classes == c) & (v != none)
            mean = (v[m] * area[m]).sum() / area[m].sum()
            print(c, m.sum(), repr(mean), repr(numpy.sqrt(((v[m] - mean) ** 2 * area[m]).sum() / area[m].sum())))
        """;

    /// <summary>The system's own, to which GDAL's package belongs, where there are several.</summary>
    private static string Python => File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : Tool.Find("python3");

    /// <summary>
    /// Half a million people of the Assaba on a kilometre of longitude and latitude, shared among cells of MODIS's sinusoidal
    /// grid.
    /// </summary>
    [Test]
    public void EverybodyOfTheAssabaIsOnTheMap()
    {
        string python = Python;
        using var work = new Workspace();
        string people = TestData.Real("assaba-mauritania/population/Assaba_Pop_2015.tif");
        work.Text("job.json", $$"""
            {
              "periods": { "baseline": { "landCover": [2010, 2015] } },
              "landCover": { "legend": "igbp", "years": { "2010": "{{TestData.Real("assaba-mauritania/land_cover/2010LCT.tif")}}", "2015": "{{TestData.Real("assaba-mauritania/land_cover/2015LCT.tif")}}" } },
              "without": ["productivity", "soil-carbon"],
              "grid": { "extent": "full" },
              "strata": { "population": { "2015": { "total": "{{people}}" } } },
              "outputs": { "rasters": ["none"], "tables": ["csv", "json"] }
            }
            """);
        LdnProcess.Run(work.Folder, ["compute", "job.json", "--out", "result"]).Succeeded();
        (string output, string errors) = Tool.Run(python, "-c", """
            import sys
            from osgeo import gdal
            d = gdal.Open(sys.argv[1]); a = d.GetRasterBand(1).ReadAsArray().astype(float)
            print(repr(a[(a >= 0)].sum()))
            """, people);
        if (output.Length == 0)
            Assert.Ignore("python3 has no GDAL: " + errors.Trim().Split('\n')[^1]);
        double expected = double.Parse(
            output.Trim().Replace("np.float64(", "", StringComparison.Ordinal).TrimEnd(')'), CultureInfo.InvariantCulture);
        double actual = CsvRows.Read(work["result/population.csv"]).Sum(r => r.Number("persons"));
        Assert.That(actual, Is.EqualTo(expected).Within(1e-9 * expected));
    }

    [Test]
    public void GreennessOfTheNorthByConditionIsNumpys()
    {
        string python = Python;
        using var work = new Workspace();
        string data = Path.GetDirectoryName(TestData.Real("world-north-5arcmin/README.md"))!,
        ndvi = Path.Combine(data, "ndvi_june_2018.tif");
        work.Text("job.json", $$"""
            {
              "periods": { "baseline": { "landCover": [2001, 2010], "productivity": [2001, 2010] } },
              "landCover": { "legend": "igbp", "years": { "2001": "{{data}}/lc_igbp_2001.tif", "2010": "{{data}}/lc_igbp_2010.tif" } },
              "productivity": { "kind": "lpd", "periods": { "baseline": "{{data}}/derived_lpd_like_2000_2018.tif" } },
              "without": ["soil-carbon"],
              "rules": { "unmapped": "nodata" },
              "grid": { "extent": "full" },
              "strata": { "drivers": [ { "file": "{{ndvi}}", "name": "ndvi" } ], "categories": [ { "file": "{{data}}/ipcc_climate_zones_global.tif", "name": "climate" } ] },
              "outputs": { "rasters": ["indicator"], "tables": ["csv", "json"] }
            }
            """);
        LdnProcess.Run(work.Folder, ["compute", "job.json", "--out", "result"]).Succeeded();
        (string output, string errors) = Tool.Run(python, "-c", Means, work["result/baseline_indicator.tif"], ndvi);
        if (output.Length == 0)
            Assert.Ignore("python3 has no numpy or GDAL: " + errors.Trim().Split('\n')[^1]);
        const double scale = 0.0001; // of the file; numpy saw what is stored
        List<CsvLine> rows = CsvRows.Read(work["result/drivers.csv"]);
        string[] lines = output.Trim().Split('\n');
        Assert.That(lines, Has.Length.EqualTo(3));
        foreach ((string line, string name) in lines.Zip(["degraded", "stable", "improved"]))
        {
            string[] parts = line.Replace("np.float64(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal)
                .Split(' ');
            CsvLine row = rows.Single(r => r["class"] == name);
            Assert.That(
                row.Number("mean"), Is.EqualTo(scale * double.Parse(parts[2], CultureInfo.InvariantCulture)).Within(1e-6), name);
            Assert.That(
                row.Number("sd"), Is.EqualTo(scale * double.Parse(parts[3], CultureInfo.InvariantCulture)).Within(1e-6), name);
        }

        List<CsvLine> categories = CsvRows.Read(work["result/categories.csv"]);
        double degraded = CsvRows.Read(work["result/headline.csv"]).Single().Number("degraded_km2");
        Assert.That(categories.Where(r => r["class"] == "degraded").Sum(r => r.Area), Is.EqualTo(degraded).Within(1e-4));
        Assert.That(categories.Select(r => r["category"]).Distinct().Count(), Is.GreaterThan(8));
    }
}
