using System.Globalization;
using System.Text.Json;
using Ldn.Gdal;
using Ldn.Rasters;
using Ldn.Reports;
using Ldn.Run;

namespace Ldn.Cli.Tests.Reports;

public sealed class ReportRunTests
{
    private static readonly string[] s_reports =
        ["report.html", "summary.xlsx", "zones.gpkg", "zones.geojson", "stac-item.json", "baseline_indicator.sld", "baseline_indicator.quicklook.png", "status_report_2.sld"];

    [Test]
    public void RunHasEveryReport() => Assert.That(s_reports.Where(f => !File.Exists(ReportRuns.File(f))), Is.Empty);

    [Test]
    public void SecondRunInAnotherFolderGivesTheSameBytes()
    {
        string again = ReportRuns.Compute("another folder");
        foreach (
            string file in Directory.EnumerateFiles(ReportRuns.Folder).Select(f => Path.GetFileName(f)!)
                .Where(f => f != "provenance.json"))
            Assert.That(File.ReadAllBytes(Path.Combine(again, file)), Is.EqualTo(File.ReadAllBytes(ReportRuns.File(file))), file);
    }

    [Test]
    public void RenderingAgainGivesTheSameBytes()
    {
        string target = Path.Combine(ReportRuns.Root, "again");
        ReportRun.Execute(
            ReportRuns.Folder, target, false, new ReportOptions(new HashSet<string> { "html", "xlsx", "gpkg" }),
            new GdalGeodata());
        foreach (string file in Directory.EnumerateFiles(target).Select(f => Path.GetFileName(f)!))
            Assert.That(
                File.ReadAllBytes(Path.Combine(target, file)), Is.EqualTo(File.ReadAllBytes(ReportRuns.File(file))), file);
        Assert.That(s_reports.Where(f => !File.Exists(Path.Combine(target, f))), Is.Empty);
    }

    [Test]
    public void RenderingInPlaceKeepsTheProvenanceTrue()
    {
        string folder = ReportRuns.Compute("in place");
        ReportRun.Execute(folder, folder, false, new ReportOptions(new HashSet<string> { "html" }, "ru"), new GdalGeodata());
        Assert.That(
            File.ReadAllText(Path.Combine(folder, "report.html")), Does.Contain("lang=\"ru\"").And.Contain("Базовый период"));
        using JsonDocument provenance = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "provenance.json")));
        foreach (JsonElement output in provenance.RootElement.GetProperty("outputs").EnumerateArray())
        {
            using FileStream stream = File.OpenRead(Path.Combine(folder, output.GetProperty("name").GetString()!));
            Assert.That(
                output.GetProperty("sha256").GetString(),
                Is.EqualTo(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream))), stream.Name);
        }
    }

    [Test]
    public void ResultOfAnotherRunIsNotTouched()
    {
        string other = ReportRuns.Compute("other", "csv", "json");
        var html = new ReportOptions(new HashSet<string> { "html" });
        Assert.That(
            () => ReportRun.Execute(ReportRuns.Folder, other, false, html, new GdalGeodata()),
            Throws.InstanceOf<LdnException>().With.Property(nameof(LdnException.ExitCode)).EqualTo(ExitCode.Usage));
        Assert.That(File.Exists(Path.Combine(other, "report.html")), Is.False);
    }

    [Test]
    public void NothingIsMadeThatIsNotAskedFor()
    {
        string folder = ReportRuns.Compute("plain", "csv", "json");
        Assert.That(
            Directory.EnumerateFiles(folder).Select(f => Path.GetExtension(f)).Distinct(),
            Is.SubsetOf(new[] { ".bin", ".csv", ".json", ".tif", ".qml", ".xml" }));
        Assert.That(File.Exists(Path.Combine(folder, "stac-item.json")), Is.False);
    }

    [Test]
    public void NoReportKnowsAPath()
    {
        foreach (
            string file in s_reports.Where(
                f => f.EndsWith("html", StringComparison.Ordinal) || f.EndsWith("json", StringComparison.Ordinal)
                    || f.EndsWith("sld", StringComparison.Ordinal)))
            Assert.That(File.ReadAllText(ReportRuns.File(file)), Does.Not.Contain(ReportRuns.Root), file);
    }

    [Test]
    public void GeoPackageAndGeoJsonHoldTheZonesAsReadAndTheirFigures()
    {
        var geodata = new GdalGeodata();
        VectorLayer package = geodata.ReadPolygons(ReportRuns.File("zones.gpkg"), "zones");
        VectorLayer json = geodata.ReadPolygons(ReportRuns.File("zones.geojson"), null);
        VectorLayer source = geodata.ReadPolygons(Path.Combine(ReportRuns.Root, "sample", "countries.geojson"), null);
        string[] lines = File.ReadAllLines(ReportRuns.File("headline.csv"));
        string[] header = lines[0].Split(',');
        int share = Array.IndexOf(header, "degraded_pct_of_land");
        Assert.That(package.Features, Has.Count.EqualTo(source.Features.Count));
        for (int i = 0; i < source.Features.Count; i++)
        {
            Assert.That(package.Features[i].Polygons, Is.EqualTo(source.Features[i].Polygons));
            Assert.That(json.Features[i].Polygons, Is.EqualTo(source.Features[i].Polygons));
            foreach (VectorLayer layer in new[] { package, json })
            {
                string?[] attributes = [.. layer.Features[i].Attributes];
                string id = attributes[layer.Fields.ToList().IndexOf("zone_id")]!;
                string csv = lines.First(
                    l => l.StartsWith(id + ",", StringComparison.Ordinal)
                        && l.Contains(",report_2,", StringComparison.Ordinal)).Split(',')[share];
                double figure = double.Parse(
                    attributes[layer.Fields.ToList().IndexOf("report_2_degraded_pct_of_land")]!, CultureInfo.InvariantCulture);
                Assert.That(figure, Is.EqualTo(double.Parse(csv, CultureInfo.InvariantCulture)), id);
                Assert.That(attributes[layer.Fields.ToList().IndexOf("groups")], Does.Contain("north-east-asia"));
            }
        }
    }

    [Test]
    public void GeoPackageHoldsTheGroupsAsATableWithTheirFigures()
    {
        string translate = Tool.Find("ogr2ogr");
        string package = ReportRuns.File("zones.gpkg");
        (string output, string errors) = Tool.Run(translate, "-f", "CSV", "/vsistdout/", package, "groups");
        string[][] groups = [
            .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd('\r').Split(','))];
        Assert.That(groups, Has.Length.EqualTo(2), output + errors);
        string Of(string column) => groups[1][Array.IndexOf(groups[0], column)].Trim('"');
        Assert.That(Of("group_id"), Is.EqualTo("north-east-asia"));
        Assert.That(Of("zones").Split(';'), Is.EquivalentTo(new[] { "CHN", "PRK", "JPN", "MNG", "KOR", "RUS" }));
        foreach (CsvLine row in CsvRows.Read(ReportRuns.File("headline.csv")).Where(r => r["zone_id"] == "north-east-asia"))
            foreach (string figure in new[] { "land_km2", "degraded_km2", "improved_km2", "degraded_pct_of_land", "no_data_pct" })
                Assert.That(
                    double.Parse(Of($"{row["period"]}_{figure}"), CultureInfo.InvariantCulture),
                    Is.EqualTo(row.Number(figure)).Within(1e-9).Percent, figure);

        // A table of attributes, listed as such; the map is of the zones alone.
        (string contents, _) = Tool.Run(
            translate, "-f", "CSV", "/vsistdout/", package, "-dialect", "SQLite", "-sql",
            "SELECT table_name, data_type FROM gpkg_contents ORDER BY table_name");
        Assert.That(
            contents.Replace("\"", "", StringComparison.Ordinal),
            Does.Contain("groups,attributes").And.Contain("zones,features"));
    }

    [Test]
    public void StacItemSaysWhereAndWhenAndItsAssetsAreThere()
    {
        using JsonDocument item = JsonDocument.Parse(File.ReadAllBytes(ReportRuns.File("stac-item.json")));
        JsonElement root = item.RootElement;
        Assert.That(root.GetProperty("stac_version").GetString(), Is.EqualTo("1.0.0"));
        Assert.That(root.GetProperty("properties").GetProperty("start_datetime").GetString(), Is.EqualTo("2000-01-01T00:00:00Z"));
        Assert.That(root.GetProperty("properties").GetProperty("end_datetime").GetString(), Is.EqualTo("2023-12-31T23:59:59Z"));
        double[] box = [.. root.GetProperty("bbox").EnumerateArray().Select(b => b.GetDouble())];
        Assert.That((box[0], box[2]), Is.EqualTo((18.0, -168.0)), "over the antimeridian");
        Assert.That(box[1], Is.LessThan(box[3]));
        foreach (JsonProperty asset in root.GetProperty("assets").EnumerateObject())
            Assert.That(File.Exists(ReportRuns.File(asset.Value.GetProperty("href").GetString()!)), asset.Name);
    }

    [Test]
    public void FolderWithoutARunIsRefused() => Assert.That(
        () => ReportRun.Execute(
            Path.Combine(ReportRuns.Root, "sample"), ReportRuns.Root, false, new ReportOptions(new HashSet<string> { "html" }),
            new GdalGeodata()),
        Throws.InstanceOf<LdnException>().With.Property(nameof(LdnException.ExitCode)).EqualTo(ExitCode.Input));
}
