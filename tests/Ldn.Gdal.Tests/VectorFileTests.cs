using Ldn.Rasters;

namespace Ldn.Gdal.Tests;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class VectorFileTests : IDisposable
{
    private const string Square = "[[[0,0],[4,0],[4,3],[0,3],[0,0]],[[1,1],[1,2],[2,2],[1,1]]]";

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Test]
    public void AttributesComeAsTextAndRingsAsStored()
    {
        VectorLayer layer = Read(
            "{\"type\":\"Feature\",\"properties\":{\"id\":7,\"name\":\"Öst\",\"share\":0.25,\"none\":null},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":" + Square + "}}",
            "{\"type\":\"Feature\",\"properties\":{\"id\":8},\"geometry\":null}",
            "{\"type\":\"Feature\",\"properties\":{\"id\":9},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[" + Square + ",[[[9,9,5],[10,9,5],[10,10,5],[9,9,5]]]]}}");
        Assert.Multiple(() =>
        {
            Assert.That(layer.Fields, Is.EqualTo(new[] { "id", "name", "share", "none" }));
            Assert.That(layer.Features[0].Attributes, Is.EqualTo(new[] { "7", "Öst", "0.25", null }));
            Assert.That(layer.Features[1].Attributes, Is.EqualTo(new[] { "8", null, null, null }));
            Assert.That(layer.Features[0].Polygons, Has.Count.EqualTo(1));
            Assert.That(layer.Features[0].Polygons[0], Has.Count.EqualTo(2));
            Assert.That(layer.Features[0].Polygons[0][0], Is.EqualTo(new double[] { 0, 0, 4, 0, 4, 3, 0, 3, 0, 0 }));
            Assert.That(layer.Features[0].Polygons[0][1], Is.EqualTo(new double[] { 1, 1, 1, 2, 2, 2, 1, 1 }));
            Assert.That(layer.Features[1].Polygons, Is.Empty);
            Assert.That(layer.Features[2].Polygons, Has.Count.EqualTo(2));
            Assert.That(
                layer.Features[2].Polygons[1][0], Is.EqualTo(new double[] { 9, 9, 10, 9, 10, 10, 9, 9 }), "heights are dropped");
            Assert.That(layer.Crs.IsGeographic);
            Assert.That(Scratch.Geodata.SameCrs(layer.Crs, Scratch.Wgs84));
        });
    }

    [Test]
    public void CollectionsGiveTheirPolygons()
    {
        VectorLayer layer = Read(
            "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"Point\",\"coordinates\":[1,1]},"
            + "{\"type\":\"Polygon\",\"coordinates\":" + Square + "},{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"Polygon\",\"coordinates\":" + Square + "}]}]}}",
            "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[]}}");
        // Two equal squares, made valid as one multipolygon, are one.
        Assert.That(layer.Features.Select(feature => feature.Polygons.Count), Is.EqualTo(new[] { 1, 0 }));
    }

    [Test]
    public void OpenRingsAreClosed()
    {
        VectorLayer layer = Csv("POLYGON((0 0,4 0,4 3,0 3))");
        Assert.That(layer.Features[0].Polygons[0][0], Is.EqualTo(new double[] { 0, 0, 4, 0, 4, 3, 0, 3, 0, 0 }));
    }

    [Test]
    public void CurvesAreLinearised()
    {
        double[] ring = Csv("CURVEPOLYGON(CIRCULARSTRING(0 0,1 1,2 0,1 -1,0 0))").Features[0].Polygons[0][0];
        Assert.That(ring, Has.Length.GreaterThan(100));
        for (int i = 0; i < ring.Length; i += 2)
            Assert.That(Math.Sqrt(((ring[i] - 1) * (ring[i] - 1)) + (ring[i + 1] * ring[i + 1])), Is.EqualTo(1).Within(1e-9));
    }

    /// <summary>Points and lines beside polygons are left out and named; alone they are refused by number.</summary>
    [TestCase("POINT(1 1)")]
    [TestCase("LINESTRING(0 0,1 1)")]
    [TestCase("MULTIPOINT(1 1,2 2)")]
    [TestCase("GEOMETRYCOLLECTION(POINT(1 1))")]
    public void OtherGeometriesAreToldByNumber(string wkt)
    {
        string type = wkt[..wkt.IndexOf('(', StringComparison.Ordinal)];
        VectorLayer layer = Csv("POLYGON((0 0,4 0,4 3,0 0))", wkt, "MULTIPOLYGON(((0 0,4 0,4 3,0 0)),((5 0,9 0,9 3,5 0)))");
        Assert.That(layer.Features.Select(f => (f.Number, f.Polygons.Count)), Is.EqualTo(new[] { (1, 1), (3, 2) }));
        Assert.That(layer.Remarks.Single(), Does.Contain($"feature 2 ({type})"));
        Scratch.Fails(() => Csv(wkt), ExitCode.Input, "feature 1", type);
    }

    /// <summary>Invalid polygons as GEOS makes them valid, against areas by hand; valid ones keep their bytes and are not spoken
    /// of.</summary>
    [TestCase("POLYGON((0 0,4 0,4 4,0 4,0 0),(5 1,6 1,6 2,5 2,5 1))", 17, "Hole")]
    [TestCase("POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,3 1,3 3,1 3,1 1),(2 2,3.5 2,3.5 3.5,2 3.5,2 2))", 16 - 4 - 2.25 + 1 + 1,
        "intersection")]
    [TestCase("POLYGON((0 0,4 0,4 4,0 4,0 0,4 0,4 4,0 4,0 0))", 16, "Ring")]
    [TestCase("POLYGON((0 0,4 4,4 0,0 4,0 0))", 8, "intersection")]
    [TestCase("POLYGON((0 0,4 0,4 4,4 9,4 4,0 4,0 0))", 16, "intersection")]
    [TestCase("MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((2 0,6 0,6 4,2 4,2 0)))", 24, "intersection")]
    [TestCase("POLYGON((0 0,4 4,2 2,0 0))", 0, "")]
    [TestCase("POLYGON((0 0,4 0,4 4,0 4,0 0))", 16, null)]
    public void InvalidPolygonsAreMadeValidAndToldByNumber(string wkt, double area, string? why)
    {
        VectorLayer layer = Csv("POLYGON((0 0,1 0,1 1,0 0))", wkt);
        double found = layer.Features[1].Polygons.Sum(p => p.Select((ring, i) => (i == 0 ? 1 : -1) * Math.Abs(Shoelace(ring)))
            .Sum());
        Assert.That(found, Is.EqualTo(area).Within(1e-9));
        Assert.That(layer.Remarks, Has.Count.EqualTo(why is null ? 0 : 1));
        if (why is not null)
            Assert.That(layer.Remarks[0], Does.Contain("feature 2 is no valid polygon").And.Contain(why).And.Contain("km2"));
    }

    /// <summary>A ring over the antimeridian crosses itself on a plane and is no fault: it keeps its vertices.</summary>
    [Test]
    public void StepsOverTheAntimeridianAreNotRepaired()
    {
        VectorLayer layer = Csv("POLYGON((170 10,-170 10,-170 20,175 15,170 20,170 10))");
        Assert.That((layer.Features[0].Polygons[0][0].Length, layer.Remarks.Count), Is.EqualTo((12, 0)));
    }

    private static double Shoelace(double[] ring)
    {
        double sum = 0;
        for (int i = 0; i + 3 < ring.Length; i += 2)
            sum += (ring[i] * ring[i + 3]) - (ring[i + 2] * ring[i + 1]);
        return sum / 2;
    }

    [Test]
    public void LayersAreChosenByName()
    {
        string path = _scratch["two.vrt"];
        string one = _scratch.Text("one.geojson", Collection("{\"type\":\"Feature\",\"properties\":{},\"geometry\":null}"));
        File.WriteAllText(path, $"""
            <OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>{one}</SrcDataSource><SrcLayer>one</SrcLayer></OGRVRTLayer>
            <OGRVRTLayer name="b"><SrcDataSource>{one}</SrcDataSource><SrcLayer>one</SrcLayer></OGRVRTLayer></OGRVRTDataSource>
            """);
        Scratch.Fails(() => Scratch.Geodata.ReadPolygons(path, null), ExitCode.Usage, "2 layers", "a, b");
        Scratch.Fails(() => Scratch.Geodata.ReadPolygons(path, "c"), ExitCode.Usage, "no layer 'c'", "a, b");
        Assert.That(Scratch.Geodata.ReadPolygons(path, "b").LayerName, Is.EqualTo("b"));
        Assert.That(Scratch.Geodata.ReadPolygons(one, null).LayerName, Is.EqualTo("one"));
        Scratch.Fails(() => Scratch.Geodata.ReadPolygons(one, "two"), ExitCode.Usage, "no layer 'two'");
    }

    [Test]
    public void WhatIsNoPolygonFileIsSaidPlainly()
    {
        Scratch.Fails(() => Scratch.Geodata.ReadPolygons(_scratch["no.geojson"], null), ExitCode.Input, "no such file");
        Scratch.Fails(
            () => Scratch.Geodata.ReadPolygons(_scratch.Text("m.geojson", Collection("{\"type\":\"Feature\"")), null),
            ExitCode.Input, "m.geojson");
        Scratch.Fails(
            () => Scratch.Geodata.ReadPolygons(_scratch.Text("t.txt", "hello"), null), ExitCode.Input, "t.txt", "vector file");
        string csv = _scratch.Text("nocrs.csv", "WKT,id\n\"POLYGON((0 0,4 0,4 3,0 0))\",1\n");
        Scratch.Fails(
            () => Scratch.Geodata.ReadPolygons(csv, null), ExitCode.Input, "no coordinate reference system", "ogr2ogr -a_srs");
        Scratch.Fails(
            () => Scratch.Geodata.ReadPolygons(new TestRaster(4, 4, CellType.Byte).Write(_scratch["r.tif"]), null),
            ExitCode.Input, "r.tif");
    }

    [Test]
    public void CoordinatesAreEastingFirstWhateverTheAuthoritySays()
    {
        string gml = _scratch.Text("a.gml", """
            <ogr:FeatureCollection xmlns:ogr="http://ogr.maptools.org/" xmlns:gml="http://www.opengis.net/gml/3.2" gml:id="c"><ogr:featureMember><ogr:z gml:id="z.0">
            <ogr:geometryProperty><gml:Polygon srsName="urn:ogc:def:crs:EPSG::4326" gml:id="g"><gml:exterior><gml:LinearRing>
            <gml:posList>50 10 50 12 51 12 50 10</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></ogr:geometryProperty></ogr:z></ogr:featureMember></ogr:FeatureCollection>
            """);
        double[] ring = Scratch.Geodata.ReadPolygons(gml, null).Features[0].Polygons[0][0];
        Assert.That(ring, Is.EqualTo(new double[] { 10, 50, 12, 50, 12, 51, 10, 50 }));
    }

    private static string Collection(params string[] features) =>
        "{\"type\":\"FeatureCollection\",\"features\":[" + string.Join(',', features) + "]}";

    private VectorLayer Read(params string[] features) =>
        Scratch.Geodata.ReadPolygons(_scratch.Text("in.geojson", Collection(features)), null);

    /// <summary>WKT through a CSV file with a CRS laid over it: the way to geometries that GeoJSON lacks.</summary>
    private VectorLayer Csv(params string[] shapes)
    {
        string csv = _scratch.Text("in.csv", "WKT,id\n" + string.Concat(shapes.Select((wkt, i) => $"\"{wkt}\",{i}\n")));
        string vrt = _scratch.Text("in.vrt", $"""
            <OGRVRTDataSource><OGRVRTLayer name="in"><SrcDataSource>{csv}</SrcDataSource><LayerSRS>EPSG:4326</LayerSRS></OGRVRTLayer></OGRVRTDataSource>
            """);
        return Scratch.Geodata.ReadPolygons(vrt, null);
    }
}
