using Ldn.Rasters;

namespace Ldn.Gdal.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class CrsTests
{
    private const string Sinusoidal = "+proj=sinu +lon_0=0 +x_0=0 +y_0=0 +R=6371007.181 +units=m +no_defs";

    private const string SinusoidalWkt =
        "PROJCS[\"MODIS Sinusoidal\",GEOGCS[\"GCS_Unknown_datum_based_upon_the_custom_spheroid\",DATUM[\"D_Not_specified_based_on_custom_spheroid\","
        + "SPHEROID[\"Custom_spheroid\",6371007.181,0]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]],PROJECTION[\"Sinusoidal\"],"
        + "PARAMETER[\"longitude_of_center\",0],PARAMETER[\"false_easting\",0],PARAMETER[\"false_northing\",0],UNIT[\"metre\",1]]";

    private const string EsriWgs84 =
        "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";

    private const string EsriUtm =
        "PROJCS[\"WGS_1984_UTM_Zone_33N\",GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],"
        + "PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"False_Easting\",500000.0],"
        + "PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",15.0],PARAMETER[\"Scale_Factor\",0.9996],PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]";

    [TestCase("EPSG:4326", "EPSG:4326", true)]
    [TestCase("EPSG:4326", "OGC:CRS84", true, Description = "axis order of the definition does not count")]
    [TestCase("EPSG:4326", EsriWgs84, true)]
    [TestCase("EPSG:32633", EsriUtm, true)]
    [TestCase("EPSG:32633", "+proj=utm +zone=33 +datum=WGS84 +units=m +no_defs", true)]
    [TestCase("EPSG:4326", "+proj=longlat +ellps=WGS84 +no_defs", true, Description = "a datum without a name is its ellipsoid")]
    [TestCase(Sinusoidal, SinusoidalWkt, true)]
    [TestCase("EPSG:6933", "+proj=cea +lat_ts=30 +lon_0=0 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs", true)]
    [TestCase("EPSG:4979", "EPSG:4326", true, Description = "heights do not count")]
    [TestCase("EPSG:4326", "EPSG:4267", false)]
    [TestCase("EPSG:4326", "EPSG:4269", false)]
    [TestCase("EPSG:4326", "EPSG:4258", false)]
    [TestCase("EPSG:4326", "EPSG:32633", false)]
    [TestCase("EPSG:32633", "EPSG:32634", false)]
    [TestCase("EPSG:32633", "EPSG:25833", false)]
    [TestCase(Sinusoidal, "+proj=sinu +lon_0=0 +x_0=0 +y_0=0 +datum=WGS84 +units=m", false)]
    [TestCase(Sinusoidal, "+proj=sinu +lon_0=0 +x_0=0 +y_0=0 +R=6370997 +units=m", false)]
    [TestCase(Sinusoidal, "+proj=sinu +lon_0=10 +x_0=0 +y_0=0 +R=6371007.181 +units=m", false)]
    [TestCase("+proj=longlat +R=6371007.181", "EPSG:4326", false)]
    public void SameCrsIsSymmetricAndGoesByCoordinates(string left, string right, bool same)
    {
        Crs one = GdalGeodata.ParseCrs(left), other = GdalGeodata.ParseCrs(right);
        Assert.That(Scratch.Geodata.SameCrs(one, other), Is.EqualTo(same));
        Assert.That(Scratch.Geodata.SameCrs(other, one), Is.EqualTo(same));
    }

    [Test]
    public void AxesOfTheEllipsoidAreInMetres()
    {
        Crs wgs84 = GdalGeodata.ParseCrs("EPSG:4326"), modis = GdalGeodata.ParseCrs(Sinusoidal);
        Assert.Multiple(() =>
        {
            Assert.That((wgs84.IsGeographic, wgs84.Name, wgs84.SemiMajorAxis), Is.EqualTo((true, "WGS 84", 6378137.0)));
            Assert.That(wgs84.SemiMinorAxis, Is.EqualTo(6356752.314245).Within(1e-5));
            Assert.That(
                (modis.IsGeographic, modis.SemiMajorAxis, modis.SemiMinorAxis), Is.EqualTo((false, 6371007.181, 6371007.181)));
        });
    }

    [TestCase("EPSG:4326")]
    [TestCase("EPSG:32633")]
    [TestCase("EPSG:27572")]
    [TestCase(Sinusoidal)]
    [TestCase(SinusoidalWkt)]
    [TestCase("ESRI:54009")]
    public void TheWktSurvives(string definition)
    {
        Crs crs = GdalGeodata.ParseCrs(definition), again = GdalGeodata.ParseCrs(crs.Wkt);
        Assert.That(again, Is.EqualTo(crs));
    }

    [Test]
    public void GeographicOfIsOnTheSystemsOwnSphere()
    {
        Crs geographic = Scratch.Geodata.GeographicOf(GdalGeodata.ParseCrs(Sinusoidal));
        Assert.That((geographic.IsGeographic, geographic.SemiMajorAxis), Is.EqualTo((true, 6371007.181)));
        (double x, double y) = Transform(
            GdalGeodata.ParseCrs(Sinusoidal), geographic, 1111950.5197665233 * Math.Cos(Math.PI / 4), 5003777.3389493553);
        Assert.That(
            (x, y),
            Is.EqualTo((10.0, 45.0))
                .Using<(double X, double Y)>((a, b) => Math.Abs(a.X - b.X) < 1e-9 && Math.Abs(a.Y - b.Y) < 1e-9));
    }

    [Test]
    public void GeographicOfIsInDegreesAlsoWhereTheBaseIsInGrads()
    {
        Crs lambert = GdalGeodata.ParseCrs("EPSG:27572"), geographic = Scratch.Geodata.GeographicOf(lambert);
        (double x, double y) = Transform(lambert, geographic, 600000, 2200000);
        Assert.That(x, Is.Zero.Within(1e-9), "longitude from Paris");
        Assert.That(y, Is.EqualTo(46.8).Within(1e-7), "52 grads");
        Assert.That(Scratch.Geodata.SameCrs(geographic, Scratch.Geodata.GeographicOf(geographic)));
    }

    [Test]
    public void TransformsTakeEastingOrLongitudeFirst()
    {
        (double x, double y) = Transform(Scratch.Wgs84, GdalGeodata.ParseCrs("EPSG:32633"), 15, 50);
        Assert.That(x, Is.EqualTo(500000).Within(1e-6));
        Assert.That(y, Is.EqualTo(5538630.7027).Within(1e-3));
        // Gauss-Krüger's authority says northing first.
        (x, y) = Transform(Scratch.Wgs84, GdalGeodata.ParseCrs("EPSG:31467"), 9, 50);
        Assert.That(x, Is.EqualTo(3500000).Within(200));
        Assert.That(y, Is.EqualTo(5540000).Within(2000));
    }

    [Test]
    public void SphereToEllipsoidKeepsLongitudeAndLatitude()
    {
        // As gdaltransform does: without a known shift between sphere and WGS 84 the angles are taken over.
        (double x, double y) = Transform(GdalGeodata.ParseCrs(Sinusoidal), Scratch.Wgs84, -1200000, 1900000);
        Assert.That(x, Is.EqualTo(-11.29).Within(0.01));
        Assert.That(y, Is.EqualTo(1900000 / 6371007.181 * 180 / Math.PI).Within(1e-9));
    }

    [TestCase("EPSG:4326", "EPSG:4267", Description = "dozens of operations to choose from")]
    [TestCase("EPSG:4326", "EPSG:32633")]
    [TestCase("EPSG:4269", "EPSG:4326")]
    [TestCase(Sinusoidal, "EPSG:4326")]
    [TestCase("EPSG:4230", "EPSG:4326")]
    public void APointsResultDoesNotDependOnItsNeighbours(string from, string to)
    {
        Crs source = GdalGeodata.ParseCrs(from), target = GdalGeodata.ParseCrs(to);
        double scale = source.IsGeographic ? 1 : 100000;
        const int count = 3000;
        double[] x = new double[count], y = new double[count];
        Random random = new(7);
        for (int i = 0; i < count; i++)
            (x[i], y[i]) = (scale * ((random.NextDouble() * 358) - 179), scale * ((random.NextDouble() * 170) - 85));
        double[] allX = [.. x], allY = [.. y];
        using ICoordinateTransform all = Scratch.Geodata.CreateTransform(source, target),
        single = Scratch.Geodata.CreateTransform(source, target);
        all.Transform(allX, allY);
        for (int i = count - 1; i >= 0; i--)
        {
            double[] oneX = [x[i]], oneY = [y[i]];
            single.Transform(oneX, oneY);
            Assert.That((oneX[0], oneY[0]), Is.EqualTo((allX[i], allY[i])), $"point {i}: {x[i]} {y[i]}");
        }
    }

    [Test]
    public void PointsWithoutAnImageBecomeNaNAndTheOthersStay()
    {
        using ICoordinateTransform transform = Scratch.Geodata.CreateTransform(
            GdalGeodata.ParseCrs(Sinusoidal), GdalGeodata.ParseCrs("+proj=longlat +R=6371007.181"));
        double[] x = [0, 1e9, double.NaN, 100], y = [0, 1e9, 5, 200];
        transform.Transform(x, y);
        Assert.That(
            x.Zip(y).Select(point => double.IsNaN(point.First) && double.IsNaN(point.Second)),
            Is.EqualTo(new[] { false, true, true, false }));
        Assert.Throws<ArgumentException>(() => transform.Transform(x, y.AsSpan(1)));
    }

    [Test]
    public void ManyThreadsTransformAlike()
    {
        Crs source = GdalGeodata.ParseCrs("EPSG:4326"), target = GdalGeodata.ParseCrs("EPSG:3035");
        double[] expected = Run();
        Parallel.For(0, 8, _ => Assert.That(Run(), Is.EqualTo(expected)));

        double[] Run()
        {
            using ICoordinateTransform transform = Scratch.Geodata.CreateTransform(source, target);
            double[] x = [.. Enumerable.Range(0, 5000).Select(i => i * 0.004)],
            y = [.. Enumerable.Range(0, 5000).Select(i => 30 + (i * 0.008))];
            transform.Transform(x, y);
            return [.. x, .. y];
        }
    }

    [Test]
    public void WhatIsNoCrsIsSaidPlainly()
    {
        Scratch.Fails(() => GdalGeodata.ParseCrs("EPSG:99999999"), ExitCode.Usage, "EPSG:99999999");
        Scratch.Fails(() => GdalGeodata.ParseCrs("nonsense"), ExitCode.Usage, "nonsense");
        Scratch.Fails(
            () => Scratch.Geodata.GeographicOf(new Crs("broken", "broken one", false, 1, 1)), ExitCode.Input, "broken one");
    }

    private static (double X, double Y) Transform(Crs from, Crs to, double x, double y)
    {
        using ICoordinateTransform transform = Scratch.Geodata.CreateTransform(from, to);
        double[] xs = [x], ys = [y];
        transform.Transform(xs, ys);
        return (xs[0], ys[0]);
    }
}
