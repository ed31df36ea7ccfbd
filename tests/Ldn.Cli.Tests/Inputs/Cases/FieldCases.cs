namespace Ldn.Cli.Tests.Inputs.Cases;

/// <summary>Attributes and columns as formats and programs change them.</summary>
internal static class FieldCases
{
    private const string Kind = "Attributes and columns";

    private const string Activities = """
        "id": "a1", "name": "Shelter belt", "stakeholder": "Forest agency", "type": "planting", "start_year": "2005"
        """;

    private const string Corrections = """
        "id": "c1", "periods": "baseline", "degraded_to": "stable", "stable_to": "", "improved_to": "", "justification": "seen"
        """;

    public static IEnumerable<InputCase> All =>
    [
        new(Kind, "whole numbers in a field of real numbers (a shapefile's 110000.000000000000000)",
            "writes whole numbers, whatever the format", "–", job =>
        {
            Numbers(job, "110000", "9007199254740991");
            foreach ((string file, string driver) in new[] { ("z.shp", "ESRI Shapefile"), ("z.gpkg", "GPKG"), ("z.fgb",
                "FlatGeobuf") })
            {
                InputCase.Convert(job, file, driver);
                job.Flags["--zones"] = file;
                job.Flags["--groups"] = job.Work.Text("g.csv",
                    "group_id,group_name,zone_id\nG,Both,110000\nG,Both,9007199254740991\n");
                InputCase.Computed(job);
                Assert.That(CsvRows.Read(job["result/headline.csv"]).Select(r => r["zone_id"]).Distinct(),
                    Is.EquivalentTo(new[] { "110000", "9007199254740991", "G" }), file);
            }
        }),
        new(Kind, "numbers that are not whole in such a field", "writes them without a tail of zeros", "–", job =>
        {
            Numbers(job, "1.5", "-0.25");
            InputCase.Convert(job, "z.shp", "ESRI Shapefile");
            job.Flags["--zones"] = "z.shp";
            InputCase.Computed(job);
            Assert.That(CsvRows.Read(job["result/headline.csv"]).Select(r => r["zone_id"]).Distinct(),
                Is.EqualTo(new[] { "1.5", "-0.25" }));
        }),
        new(Kind, "a table that names a zone which is not there", "refuses it, with the nearest id or what ids look like",
            "correct the row", job =>
        {
            job.Flags["--groups"] = job.Work.Text("g.csv", "group_id,group_name,zone_id\nG,Both,110000\n");
            InputCase.Refused(job, "'110000' is not a zone of this run", "'MNG', 'CHN'");
        }),
        new(Kind, "field names cut at ten characters (`stakeholde`), or in other capitals (`Start_Year`)",
            "matches them where one alone can be meant, and says so", "–", job =>
        {
            foreach ((string file, string driver, string made, string said) in new[]
            {
                ("cut.shp", "ESRI Shapefile", Activities, "stakeholde as stakeholder"),
                ("capitals.gpkg", "GPKG", Activities.Replace("\"name\"", "\"Name\"").Replace("stakeholder", "StakeHolder")
                    .Replace("type", "TYPE").Replace("start_year", "Start_Year"), "Start_Year as start_year"),
                ("plain.gpkg", "GPKG", Activities, ""),
            })
            {
                job.Work.Zones("a.geojson", [(made, Workspace.Rectangle(100.5, 48, 102, 49))]);
                LdnProcess.Tool(job.Work.Folder, "ogr2ogr", "-f", driver, file, "a.geojson").Succeeded();
                job.Flags["--activities"] = file;
                InputCase.Computed(job, said);
                Assert.That(CsvRows.Read(job["result/activities.csv"])[0].Key("activity_id", "activity_name", "stakeholder",
                    "type", "start_year"),
                    Is.EqualTo("a1/Shelter belt/Forest agency/planting/2005"), file);
            }
        }),
        new(Kind, "corrections in a shapefile (`justificat`, `improved_t`, `degraded_t`)", "matches them alike", "–", job =>
        {
            job.Work.Zones("c.geojson",
                [(Corrections, Workspace.Rectangle(100, 48, 102, 49))]);
            LdnProcess.Tool(job.Work.Folder, "ogr2ogr", "-f", "ESRI Shapefile", "c.shp", "c.geojson").Succeeded();
            job.Flags["--corrections"] = "c.geojson";
            InputCase.Computed(job);
            string expected = File.ReadAllText(job["result/corrections.csv"]);
            job.Flags["--corrections"] = "c.shp";
            InputCase.Computed(job, "justificat as justification", "degraded_t as degraded_to");
            Assert.That(File.ReadAllText(job["result/corrections.csv"]), Is.EqualTo(expected));
        }),
        new(Kind, "`--zone-id ISO3` where the field is `iso3`", "takes it, and says so; of two such fields none",
            "name the field as it stands", job =>
        {
            job.Flags["--zone-id"] = "ISO3";
            InputCase.Read(job, "iso3 as ISO3");
            Directory.Delete(job["result"], recursive: true);
            job.Work.Text("zones.geojson", File.ReadAllText(job["zones.geojson"]).Replace("\"name\":", "\"Iso3\":",
                StringComparison.Ordinal));
            job.Flags.Remove("--zone-name");
            InputCase.Refused(job, "no attribute 'ISO3'", "did you mean");
        }),
        new(Kind, "columns of tables in other capitals (`Zone_ID`)", "takes them", "–", job =>
        {
            job.Flags["--groups"] = job.Work.Text("g.csv", "Group_ID,GROUP_NAME,Zone_Id\nG,Both,MNG\n");
            InputCase.Computed(job);
            Assert.That(InputCase.Names(job), Does.Contain("Both"));
        }),
        new(Kind, "tables separated by semicolons or tabs", "refuses them", "save them with commas", job =>
        {
            foreach ((string by, string word) in new[] { (";", "semicolons"), ("\t", "tabs") })
            {
                job.Flags["--groups"] = job.Work.Text("g.csv", "group_id,group_name,zone_id\nG,Both,MNG\n".Replace(",", by));
                InputCase.Refused(job, word);
            }
        }),
    ];

    private static void Numbers(SmallJob job, string west, string east)
    {
        job.Work.Zones("zones.geojson", [($"\"adcode\":{west},\"n\":0.5", SmallJob.Zones[0].Polygons),
            ($"\"adcode\":{east},\"n\":1", SmallJob.Zones[1].Polygons)]);
        string text = File.ReadAllText(job["zones.geojson"]);
        // A number with decimals makes GDAL's field one of real numbers; whole ones alone would make it an integer.
        if (!west.Contains('.'))
            job.Work.Text("zones.geojson", text.Replace($"\"adcode\":{west},", $"\"adcode\":{west}.0,")
                .Replace($"\"adcode\":{east},", $"\"adcode\":{east}.0,"));
        job.Flags["--zone-id"] = "adcode";
        job.Flags.Remove("--zone-name");
    }
}
