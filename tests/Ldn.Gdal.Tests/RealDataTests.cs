using Ldn.Rasters;
using Ldn.Tests;

namespace Ldn.Gdal.Tests;

/// <summary>The traps of real files; skipped where the data set is not beside the repository.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class RealDataTests
{
    [Test]
    public void SignedAndUnsignedYearsAreToldApart()
    {
        using IRasterSource signed = Open("assaba-mauritania/land_cover/2010LCT.tif"),
        unsigned = Open("assaba-mauritania/land_cover/2023LCT.tif");
        Assert.Multiple(() =>
        {
            Assert.That((signed.CellType, signed.NoData), Is.EqualTo((CellType.SByte, (double?)-128)));
            Assert.That((unsigned.CellType, unsigned.NoData), Is.EqualTo((CellType.Byte, (double?)255)));
            Assert.That(Scratch.ReadAll(signed).Count(cell => (sbyte)cell != -128), Is.EqualTo(168_212));
            Assert.That(Scratch.ReadAll(unsigned).Count(cell => cell != 255), Is.EqualTo(168_212));
        });
    }

    [Test]
    public void OneSinusoidalSphereInAllSpellings()
    {
        string[] names = [
            .. Enumerable.Range(2010, 14).SelectMany(year => new[] { $"land_cover/{year}LCT.tif", $"gpp/{year}_GP.tif" })];
        Crs[] systems = Array.ConvertAll(names, name =>
        {
            using IRasterSource source = Open("assaba-mauritania/" + name);
            return source.Grid.Crs;
        });
        foreach (Crs crs in systems)
        {
            Assert.That(Scratch.Geodata.SameCrs(systems[0], crs), crs.Wkt);
            Assert.That(Scratch.Geodata.SameCrs(crs, Scratch.Wgs84), Is.False);
        }
    }

    [Test]
    public void DistrictsAreRead()
    {
        VectorLayer layer = Scratch.Geodata.ReadPolygons(
            TestData.Real("assaba-mauritania/boundaries/Assaba_Region.geojson"), null);
        Assert.That(layer.Features, Has.Count.EqualTo(5));
        Assert.That(layer.Features.Select(feature => feature.Polygons.Count), Has.All.GreaterThan(0));
        Assert.That(layer.Fields, Has.Member("AREA_SQKM"));
    }

    [Test]
    public void TheNorthIsRead()
    {
        foreach (
            string name in new[]
            {
                "lc_igbp_2001.tif", "soc_0_30cm_1990.tif", "ndvi_june_2000.tif", "derived_lpd_like_2000_2018.tif"
            })
        {
            using IRasterSource source = Open("world-north-5arcmin/" + name);
            Assert.That(source.Grid.Crs.IsGeographic, name);
            Assert.That(Scratch.ReadAll(source).Distinct().Count(), Is.GreaterThan(3), name);
        }
    }

    private static IRasterSource Open(string name) => Scratch.Geodata.OpenRaster(TestData.Real(name));
}
