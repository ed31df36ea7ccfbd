using System.IO.Compression;
using System.Xml.Linq;

namespace Ldn.Cli.Tests.Reports;

/// <summary>result.qgz, read as a zip of XML, and the whole by QGIS where that is installed.</summary>
internal sealed class QgisProjectTests
{
    private Workspace _work = null!;
    private XElement _project = null!;

    [OneTimeSetUp]
    public void Compute()
    {
        _work = new Workspace();
        LdnProcess.Run(_work.Folder, ["sample", "data", "--width", "80", "--height", "60", "--quiet"]).Succeeded();
        LdnProcess.Run(
            _work.Folder,
            ["compute", "data/job.json", "--out", "result", "--tables", "csv,gpkg,qgis", "--rasters",
                "indicator,sub-indicators,status,prais", "--quiet"]).Succeeded();
        _project = Project("result/result.qgz");
    }

    [OneTimeTearDown]
    public void Remove() => _work.Dispose();

    [Test]
    public void EveryRasterIsALayerWithTheClassesOfItsStyleFile()
    {
        string[] rasters = [
            .. Directory.EnumerateFiles(_work["result"], "*.tif").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
        XElement[] layers = [.. Layers.Where(l => (string?)l.Attribute("type") == "raster")];
        Assert.That(
            layers.Select(l => (string)l.Element("datasource")!).Order(StringComparer.Ordinal),
            Is.EqualTo(rasters.Select(r => "./" + r)));
        Assert.Multiple(() =>
        {
            foreach (XElement layer in layers)
            {
                XElement style = XDocument.Parse(
                    File.ReadAllText(_work[$"result/{Name(layer)}.qml"]).Split('\n', 2)[1]).Root!;
                Assert.That(Looks(layer), Is.EqualTo(Looks(style)).And.Not.Empty, Name(layer));
            }
        });
    }

    /// <summary>Zones on top, the latest period next, and of all rasters one shown.</summary>
    [Test]
    public void TheTreeHoldsEveryLayerOnce()
    {
        XElement[] leaves = [.. _project.Element("layer-tree-group")!.Descendants("layer-tree-layer")];
        Assert.That(
            leaves.Select(l => (string)l.Attribute("id")!).Order(StringComparer.Ordinal),
            Is.EqualTo(Layers.Select(l => l.Element("id")!.Value).Order(StringComparer.Ordinal)));
        Assert.That(
            leaves.Where(l => (string?)l.Attribute("checked") == "Qt::Checked").Select(l => (string)l.Attribute("id")!),
            Is.EqualTo(new[] { "ldn_layer_zones", "ldn_layer_status_report_2" }));
        Assert.That(
            (string?)_project.Element("layer-tree-group")!.Element("layer-tree-group")!.Attribute("name"),
            Is.EqualTo("Reporting period 2 2016–2022 (for 2023)"));
    }

    [Test]
    public void TheSameResultGivesTheSameBytes()
    {
        byte[] first = File.ReadAllBytes(_work["result/result.qgz"]);
        LdnProcess.Run(_work.Folder, ["report", "result", "--tables", "gpkg,qgis", "--quiet"]).Succeeded();
        Assert.That(File.ReadAllBytes(_work["result/result.qgz"]), Is.EqualTo(first));
    }

    /// <summary>A project that lies elsewhere finds the rasters of the result, and zones that lie beside it.</summary>
    [Test]
    public void ElsewhereAndInAnotherLanguage()
    {
        LdnProcess.Run(
            _work.Folder,
            ["report", "result", "--tables", "qgis", "--language", "mn", "--out", "maps/mn", "--quiet"]).Succeeded();
        XElement project = Project("maps/mn/result.qgz");
        string[] sources = [.. project.Descendants("datasource").Select(s => s.Value)];
        Assert.That(sources, Does.Contain("./zones.geojson").And.Contain("../../result/status_report_2.tif"));
        Assert.That(sources.Select(s => Path.Combine(_work["maps/mn"], s)), Is.All.Exist);
        Assert.That(
            project.Descendants("paletteEntry").Select(e => (string?)e.Attribute("label")), Does.Contain("Доройтсон"));
    }

    [Test]
    public void NamesAreOnlyNames()
    {
        _work.Text(
            "data/odd.json",
            File.ReadAllText(_work["data/job.json"])
                .Replace("\"Synthetic", "\"\\u0001 <b> & Synthetic", StringComparison.Ordinal));
        LdnProcess.Run(
            _work.Folder,
            ["compute", "data/odd.json", "--out", "odd", "--tables", "csv,qgis", "--rasters", "indicator", "-q"]).Succeeded();
        Assert.That(Project("odd/result.qgz").Element("title")!.Value, Does.StartWith("\uFFFD <b> & Synthetic"));
    }

    [Test]
    public void WithoutRastersThereIsNone()
    {
        LdnResult said = LdnProcess.Run(
            _work.Folder,
            ["compute", "data/job.json", "--out", "bare", "--tables", "csv,qgis", "--rasters", "none"]).Succeeded();
        Assert.That(said.Error, Does.Contain("no result.qgz").And.Contain("LDN906"));
        Assert.That(File.Exists(_work["bare/result.qgz"]), Is.False);
    }

    /// <summary>QGIS itself; LDN_TEST_QGIS names a Python that has it where the machine's own has not.</summary>
    [Test]
    public void QgisOpensEveryLayer()
    {
        string python = Environment.GetEnvironmentVariable("LDN_TEST_QGIS") is { Length: > 0 } named ? named
            : File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : Tool.Find("python3");
        string script = _work.Text("open.py", """
            import os, sys
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
            from qgis.core import QgsApplication, QgsProject
            app = QgsApplication([], False)
            app.initQgis()
            project = QgsProject.instance()
            print("read", project.read(sys.argv[1]), project.crs().isValid(), project.title())
            for layer in sorted(project.mapLayers().values(), key=lambda l: l.id()):
                kind = layer.renderer().type() if layer.renderer() else "none"
                print(layer.id(), layer.isValid(), layer.crs().authid(), kind, layer.name())
            shown = project.layerTreeRoot().checkedLayers()
            print("shown", [l.id() for l in shown])
            """);
        LdnResult said = LdnProcess.Tool(_work.Folder, python, script, _work["result/result.qgz"]);
        if (said.Error.Contains("No module named 'qgis'", StringComparison.Ordinal))
            Assert.Ignore("QGIS is not installed");
        string[] lines = said.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines[0], Does.StartWith("read True True Synthetic"), said.Error);
        Assert.That(lines[^1], Is.EqualTo("shown ['ldn_layer_zones', 'ldn_layer_status_report_2']"));
        Assert.That(lines[1..^1], Has.Length.EqualTo(Layers.Count()));
        Assert.That(lines[1..^1], Is.All.Match(@"^\w+ True EPSG:4326 (paletted|singlebandpseudocolor|singleSymbol) "));
    }

    private static string Name(XElement layer) => layer.Element("id")!.Value["ldn_layer_".Length..];

    private IEnumerable<XElement> Layers => _project.Element("projectlayers")!.Elements("maplayer");

    private static string[] Looks(XElement of) => [
        .. of.Descendants().Where(e => e.Name.LocalName is "paletteEntry" or "item")
            .Select(e => $"{(string?)e.Attribute("value")} {(string?)e.Attribute("color")}")];

    private XElement Project(string name)
    {
        using ZipArchive zip = ZipFile.OpenRead(_work[name]);
        ZipArchiveEntry entry = zip.Entries.Single();
        Assert.That(entry.FullName, Is.EqualTo("result.qgs"));
        using var reader = new StreamReader(entry.Open());
        string text = reader.ReadToEnd();
        Assert.That(text, Does.StartWith("<!DOCTYPE qgis"));
        return XDocument.Parse(text[text.IndexOf("<qgis", StringComparison.Ordinal)..]).Root!;
    }
}
