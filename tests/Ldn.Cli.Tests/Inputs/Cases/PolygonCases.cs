namespace Ldn.Cli.Tests.Inputs.Cases;

/// <summary>Polygons as they come: invalid, mixed with other types, empty, too small.</summary>
internal static class PolygonCases
{
    private const string Kind = "Polygons";

    private const string Square = "100 47,102 47,102 49,100 49,100 47";

    public static IEnumerable<InputCase> All =>
    [
        new(Kind, "invalid polygons: bow-ties, holes outside, overlapping holes, a ring twice, spikes",
            "makes them valid as `ogr2ogr -makevalid` does, and says by feature what area moved",
            "mend the feature where that is not what was meant", job =>
        {
            foreach (string wkt in new[]
            {
                "POLYGON((100 47,102 49,102 47,100 49,100 47))",
                    $"POLYGON(({Square}),(102.5 47.5,103 47.5,103 48,102.5 48,102.5 47.5))",
                $"POLYGON(({Square}),(100.5 47.5,101.5 47.5,101.5 48.5,100.5 48.5,100.5 47.5),(101 48,101.8 48,101.8 48.8,"
                    + "101 48.8,101 48))",
                $"POLYGON(({Square},{Square[7..]}))", "POLYGON((100 47,102 47,102 49,103 50,102 49,100 49,100 47))",
                $"MULTIPOLYGON((({Square})),((101 47,103 47,103 49,101 49,101 47)))",
            })
            {
                Zones(job, "z.csv", ("A", wkt));
                LdnProcess.Tool(job.Work.Folder, "ogr2ogr", "-f", "GPKG", "-overwrite", "-a_srs", "EPSG:4326", "valid.gpkg",
                    "z.csv", "-makevalid", "-nlt", "CONVERT_TO_LINEAR").Succeeded();
                string expected = Pixels(job, "valid.gpkg");
                Assert.That(Pixels(job, "z.vrt", "feature 1 is no valid polygon", "km2"), Is.EqualTo(expected), wkt);
            }
        }),
        new(Kind, "points and lines among polygons", "leaves them out, by feature; zones of several parts stay whole", "–", job =>
        {
            Zones(job, "z.csv", ("P", "POINT(101 48)"), ("A", $"POLYGON(({Square}))"), ("L", "LINESTRING(100 47,101 48)"),
                ("M", "MULTIPOLYGON(((102 47,103 47,103 48,102 48,102 47)),((103 48,104 48,104 49,103 49,103 48)))"));
            Pixels(job, "z.vrt", "feature 1 (POINT), feature 3 (LINESTRING) are left out");
            Assert.That(InputCase.Names(job), Is.EqualTo(new[] { "A", "M" }));
            Assert.That(CsvRows.Read(job["result/headline.csv"]).Single(r => r["zone_id"] == "M").Number("land_km2"),
                Is.GreaterThan(12000));
        }),
        new(Kind, "collections of polygons with points or lines", "takes their polygons", "–", job =>
        {
            Zones(job, "z.csv", ("A", $"GEOMETRYCOLLECTION(POINT(1 1),POLYGON(({Square})),LINESTRING(0 0,1 1))"));
            string collected = Pixels(job, "z.vrt");
            Zones(job, "z.csv", ("A", $"POLYGON(({Square}))"));
            Assert.That(collected, Is.EqualTo(Pixels(job, "z.vrt")));
        }),
        new(Kind, "a layer of points or lines alone", "refuses it, by feature", "give a layer of polygons", job =>
        {
            Zones(job, "z.csv", ("P", "POINT(101 48)"));
            job.Flags["--zones"] = "z.vrt";
            InputCase.Refused(job, "feature 1 is a POINT");
        }),
        new(Kind, "features without geometry, or with an empty one", "keeps the zone, without figures, and says which",
            "give it polygons, or leave it out", job =>
        {
            Zones(job, "z.csv", ("A", $"POLYGON(({Square}))"), ("N", ""), ("E", "POLYGON EMPTY"), ("D",
                "POLYGON((100 47,101 48,100.5 47.5,100 47))"));
            Pixels(job, "z.vrt", "zone 'N' has no polygon", "zone 'E' has no polygon", "zone 'D' has no polygon",
                "feature 4 is no valid polygon");
            Assert.That(InputCase.Call(job, ["info", "z.vrt"]).Succeeded().Out, Does.Contain("features 2, 3, 4 have no polygon"));
        }),
        new(Kind, "a layer whose geometries are all null or empty", "refuses it", "the file that it was made of", job =>
        {
            Zones(job, "z.csv", ("A", ""), ("B", "POLYGON EMPTY"));
            (job.Flags["--zones"], job.Flags["--zone-id"], job.Flags["--zone-name"]) = ("z.vrt", "id", "id");
            InputCase.Refused(job, "features 1, 2 have no polygon, so there are no zones");
        }),
        new(Kind, "a zone smaller than a cell, or thinner than one, that holds no cell's centre",
            "says so, with its size in cells", "finer rasters, or leave it out", job =>
        {
            Zones(job, "z.csv", ("A", $"POLYGON(({Square}))"), ("S",
                "POLYGON((103.01 48.01,103.03 48.01,103.03 48.03,103.01 48.03,103.01 48.01))"),
                ("T", "POLYGON((100 49.01,104 49.01,104 49.04,100 49.04,100 49.01))"));
            Pixels(job, "z.vrt", "zone 'S' is smaller than a cell of the grid: it is 0.04 cells large",
                "zone 'T' is too narrow for the grid: it is 12 cells large");
        }),
        new(Kind, "zones outside the rasters", "says which", "rasters of the whole land", job =>
        {
            Zones(job, "z.csv", ("A", $"POLYGON(({Square}))"), ("X", "POLYGON((10 10,11 10,11 11,10 11,10 10))"));
            Pixels(job, "z.vrt", "1 zone lies outside the grid: X");
        }),
    ];

    /// <summary>Zones of WKT through a CSV with a CRS laid over it: the way to geometries that GeoJSON lacks.</summary>
    private static void Zones(SmallJob job, string name, params (string Id, string Wkt)[] features)
    {
        job.Work.Text(name, "id,WKT\n" + string.Concat(features.Select(f => $"{f.Id},\"{f.Wkt}\"\n")));
        job.Work.Text("z.vrt", $"""
            <OGRVRTDataSource><OGRVRTLayer name="z">
            <SrcDataSource relativeToVRT="1">{name}</SrcDataSource><LayerSRS>EPSG:4326</LayerSRS>
            </OGRVRTLayer></OGRVRTDataSource>
            """);
    }

    /// <summary>The cells of each condition with other zones, after words on standard error.</summary>
    private static string Pixels(SmallJob job, string zones, params string[] words)
    {
        job.Flags["--zones"] = zones;
        job.Flags["--zone-id"] = "id";
        job.Flags.Remove("--zone-name");
        InputCase.Computed(job, words);
        return File.ReadAllText(job["result/summary.csv"]);
    }
}
