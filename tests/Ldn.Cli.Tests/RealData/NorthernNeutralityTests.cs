using System.Globalization;
using Ldn.Tests;

namespace Ldn.Cli.Tests.RealData;

/// <summary>
/// Six countries at 5 arc-minutes with the IPCC climate zones as land types, against a count made with numpy and GDAL's
/// rasteriser. The baseline knows productivity
/// alone, land cover and soil carbon being those of one year; the reporting period knows all three.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class NorthernNeutralityTests
{
    private const string Data = "world-north-5arcmin/";

    [Test]
    public void EveryClimateZoneOfEveryCountryIsTheReference()
    {
        string zones = TestData.Real("boundaries/neasia_countries_50m.geojson"),
        data = Path.GetDirectoryName(TestData.Real(Data + "lc_igbp_2001.tif"))!;
        using var work = new Workspace();
        LdnResult reference = LdnProcess.Tool(work.Folder, "/usr/bin/python3", work.Text("reference.py", Script), data, zones);
        if (reference.Error.Contains("ModuleNotFoundError", StringComparison.Ordinal))
            Assert.Ignore("python3-gdal and numpy are not installed");
        reference.Succeeded();
        work.Text("job.json", $$"""
            {
              "periods": {
                "baseline": { "landCover": [2001, 2001], "soilCarbon": [1990, 1990], "productivity": [2000, 2009] },
                "report_1": { "landCover": [2001, 2010], "soilCarbon": [1990, 2010], "productivity": [2000, 2018] }
              },
              "landCover": { "legend": "igbp", "years": { "2001": "{{data}}/lc_igbp_2001.tif", "2010": "{{data}}/lc_igbp_2010.tif" } },
              "productivity": { "kind": "lpd", "periods": { "baseline": "{{data}}/derived_lpd_like_2000_2018.tif", "report_1": "{{data}}/derived_lpd_like_2000_2018.tif" } },
              "soilCarbon": { "kind": "stocks", "years": { "1990": "{{data}}/soc_0_30cm_1990.tif", "2010": "{{data}}/soc_0_30cm_2010.tif" } },
              "zones": [ { "file": "{{zones}}", "id": "iso3" } ],
              "strata": { "landTypes": [ { "file": "{{data}}/ipcc_climate_zones_global.tif", "name": "climate" } ] },
              "noData": { "land-types": [15] },
              "outputs": { "rasters": ["none"], "tables": ["csv"] }
            }
            """);
        LdnProcess.Run(work.Folder, ["compute", "job.json", "--out", "result"]).Succeeded();

        var expected = reference.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))
            .ToDictionary(
            cells => $"{cells[0]}/{cells[1]}",
            cells => cells.Skip(2).Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray());
        Dictionary<string,
        CsvLine> actual = CsvRows.Read(work["result/neutrality.csv"]).Where(r => r["land_type"] != "all")
            .ToDictionary(r => r.Key("zone_id", "land_type"));
        Assert.That(actual.Keys, Is.EquivalentTo(expected.Keys));
        Assert.That(expected, Has.Count.GreaterThan(20));
        Assert.That(expected.Values.Count(v => v[0] > 0 && v[1] > 0), Is.GreaterThan(10), "gains and losses occur");
        using IDisposable all = Assert.EnterMultipleScope();
        foreach ((string key, double[] km2) in expected)
        {
            foreach ((string column, double value) in new[] { "gains_km2", "losses_km2", "land_km2", "no_data_km2" }.Zip(km2))
                Assert.That(
                    actual[key].Number(column), Is.EqualTo(value).Within(Math.Max(1e-5, value * 1e-9)), $"{key} {column}");
            if (!key.EndsWith("untyped", StringComparison.Ordinal))
                Assert.That(
                    actual[key]["neutral"], Is.EqualTo(key is "RUS/1" or "JPN/10" ? "open" : km2[0] >= km2[1] ? "yes" : "no"),
                    key);
        }
    }

    /// <summary>
    /// Prints zone, land type, gains, losses, land and land without data in km2. Written from the method alone.
    /// </summary>
    private const string Script = """
        import sys, math
        import numpy as np
        from osgeo import gdal, ogr
        gdal.UseExceptions()
        data, zones = sys.argv[1:3]
        grid = gdal.Open(data + "/lc_igbp_2001.tif")
        gt, width, height = grid.GetGeoTransform(), grid.RasterXSize, grid.RasterYSize
        x = gt[0] + (np.arange(width) + 0.5) * gt[1]
        y = gt[3] + (np.arange(height) + 0.5) * gt[5]

        def layer(name):
            d = gdal.Open(data + "/" + name)
            t, a = d.GetGeoTransform(), d.ReadAsArray().astype(float)
            c, r = np.floor((x - t[0]) / t[1]).astype(int), np.floor((y - t[3]) / t[5]).astype(int)
            inside = ((r >= 0) & (r < d.RasterYSize))[:, None] & ((c >= 0) & (c < d.RasterXSize))[None, :]
            v = a[np.clip(r, 0, d.RasterYSize - 1)[:, None], np.clip(c, 0, d.RasterXSize - 1)[None, :]]
            n = d.GetRasterBand(1).GetNoDataValue()
            return np.where(inside & (True if n is None else v != n), v, np.nan)

        unccd = {0: 7, 1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 8: 1, 6: 2, 7: 2, 9: 2, 10: 2, 12: 3, 14: 3, 11: 4, 13: 5, 15: 6, 16: 6}
        nest = np.vectorize(lambda v: unccd.get(v, 0))
        first, last = nest(layer("lc_igbp_2001.tif")), nest(layer("lc_igbp_2010.tif"))
        rows = ["0-----0", "+0+---0", "+-0---0", "---0--0", "++++0+0", "++++-00", "0000000"]
        matrix = np.full((8, 8), -9)
        for i, row in enumerate(rows):
            for j, sign in enumerate(row):
                matrix[i + 1, j + 1] = {"-": -1, "0": 0, "+": 1}[sign]
        lpd = np.nan_to_num(layer("derived_lpd_like_2000_2018.tif"))
        productivity = np.select([np.isin(lpd, [1, 2]), np.isin(lpd, [3, 4]), lpd == 5], [-1, 0, 1], -9)
        s0, s1 = layer("soc_0_30cm_1990.tif"), layer("soc_0_30cm_2010.tif")

        def carbon(a, b):
            known = ~np.isnan(a) & ~np.isnan(b) & (a > 0)
            return np.where(known, np.select([100 * b < 90 * a, 100 * b > 110 * a], [-1, 1], 0), -9)

        def indicator(cover, soil):
            parts = np.stack([cover, productivity, soil])
            worst, best = (parts == -1).any(0), (parts == 1).any(0)
            return np.where((parts == -9).any(0), -9, np.where(worst, -1, np.where(best, 1, 0)))

        before, now = indicator(matrix[first, first], carbon(s0, s0)), indicator(matrix[first, last], carbon(s0, s1))
        land, known = first != 7, (before != -9) & (now != -9)
        loss = known & (now == -1)
        gain = known & (now == 1)
        climate = layer("ipcc_climate_zones_global.tif")
        climate[climate == 15] = np.nan

        A, B = 6378137.0, 6356752.3142
        e = math.sqrt(1 - B * B / (A * A))
        def q(lat):
            u = e * math.sin(math.radians(lat))
            return math.pi * B * B * (2 * math.atanh(u) / (2 * e) + math.sin(math.radians(lat)) / ((1 + u) * (1 - u)))
        area = np.array([round((q(gt[3] + r * gt[5]) - q(gt[3] + (r + 1) * gt[5])) * gt[1] / 360 * 1e6) / 1e12 for r in range(height)])
        area = np.repeat(area[:, None], width, 1)

        source = ogr.Open(zones)
        for feature in source.GetLayer():
            mask = gdal.GetDriverByName("MEM").Create("", width, height, 1, gdal.GDT_Byte)
            mask.SetGeoTransform(gt)
            mask.SetProjection(grid.GetProjection())
            one = ogr.GetDriverByName("MEM" if ogr.GetDriverByName("Memory") is None else "Memory").CreateDataSource("")
            target = one.CreateLayer("one", source.GetLayer().GetSpatialRef())
            target.CreateFeature(feature)
            gdal.RasterizeLayer(mask, [1], target, burn_values=[1])
            zone = (mask.ReadAsArray() == 1) & land
            for t in sorted(set(climate[zone & ~np.isnan(climate)])) + [None]:
                cells = zone & (np.isnan(climate) if t is None else climate == t)
                if cells.any():
                    print(feature.GetField("iso3"), "untyped" if t is None else int(t), *[repr(float(area[cells & c].sum())) for c in (gain, loss, land, ~known)], sep=",")
        """;
}
