using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Ldn.Cli.Tests.Productivity;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Reports;

/// <summary>
/// Styles, quick look and place in the STAC item of every raster that a run can write, against the cells of the raster itself.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class RasterCompanionTests
{
    private const string Job = """
        {
          "name": "every raster",
          "periods": {
            "baseline": { "landCover": [2000, 2008], "soilCarbon": [2000, 2008], "productivity": [2000, 2012] },
            "report_1": { "landCover": [2008, 2015], "soilCarbon": [2008, 2015], "productivity": [2003, 2015] }
          },
          "landCover": { "legend": "unccd-7", "years": { "2000": "lc2000.tif", "2008": "lc2008.tif", "2015": "lc2015.tif" } },
          "productivity": { "kind": "series", "years": YEARS, "scale": 0.0001, "units": ["units.tif"] },
          "soilCarbon": { "kind": "reference", "reference": "soc.tif", "referenceYear": 2000, "factor": 0.8 },
          "zones": [ { "file": "zones.geojson", "id": "id" } ],
          "strata": { "landTypes": ["types.tif"] },
          "outputs": { "rasters": ["indicator", "sub-indicators", "status", "parts", "neutrality", "response"], "encoding": "ENCODING" }
        }
        """;

    private static readonly string[] s_ofPeriod =
    [
        "{0}_indicator", "{0}_land_cover", "{0}_productivity", "{0}_soil_organic_carbon", "{0}_lpd", "{0}_trend",
        "{0}_trend_slope", "{0}_trend_s", "{0}_trend_z", "{0}_trend_p",
        "{0}_state", "{0}_performance", "soc_change_{0}", "response_{0}",
    ];

    private static readonly string[] s_rasters =
    [
        .. new[]
        {
            "baseline", "report_1"
        }.SelectMany(p => s_ofPeriod.Select(f => string.Format(CultureInfo.InvariantCulture, f, p))),
        "status_report_1", "gains_losses_report_1", "neutrality_report_1", "soc_2000", "soc_2008", "soc_2015",
    ];

    /// <summary>Parts of the names of those that hold values.</summary>
    private static readonly string[] s_continuous = ["_trend_slope", "_trend_s", "_trend_z", "_trend_p", "soc_2", "soc_change"];

    [TestCase("byte")]
    [TestCase("signed")]
    public void EveryRasterHasThem(string encoding)
    {
        using SmallSeries series = Computed(encoding);
        string folder = series.Work["result"];
        string[] rasters = [.. Directory.EnumerateFiles(folder, "*.tif").Select(f => Path.GetFileNameWithoutExtension(f)!)];
        Assert.That(rasters, Is.EquivalentTo(s_rasters));
        using JsonDocument item = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "stac-item.json")));
        JsonElement assets = item.RootElement.GetProperty("assets");
        Assert.Multiple(() =>
        {
            foreach (string raster in rasters)
            {
                foreach (
                    (string asset, string file) in new[]
                    {
                        ("", ".tif"), ("_qml", ".qml"), ("_sld", ".sld"), ("_quicklook", ".quicklook.png")
                    })
                {
                    Assert.That(
                        assets.GetProperty(raster + asset).GetProperty("href").GetString(), Is.EqualTo("./" + raster + file));
                    Assert.That(File.Exists(Path.Combine(folder, raster + file)), raster + file);
                }

                StylesAndPictureShowTheCells(folder, raster);
            }
        });
    }

    [Test]
    public void RenderingAgainKnowsOnlyTheRunsOwnRasters()
    {
        using SmallSeries series = Computed("byte");
        string folder = series.Work["result"];
        File.Copy(Path.Combine(folder, "soc_2008.tif"), Path.Combine(folder, "soc_1999.tif"));
        File.Delete(Path.Combine(folder, "soc_2008.quicklook.png"));
        File.Delete(Path.Combine(folder, "baseline_trend_z.tif"));
        LdnProcess.Run(series.Work.Folder, ["report", "result"]).Succeeded();
        string item = File.ReadAllText(Path.Combine(folder, "stac-item.json"));
        Assert.That(
            item,
            Does.Contain("soc_2008").And.Contain("baseline_trend_p").And.Not.Contain("soc_1999")
                .And.Not.Contain("baseline_trend_z"));
        Assert.That(File.Exists(Path.Combine(folder, "soc_2008.quicklook.png")));
        Assert.That(File.Exists(Path.Combine(folder, "soc_1999.sld")), Is.False);
    }

    private static SmallSeries Computed(string encoding)
    {
        var series = new SmallSeries();
        foreach (int year in new[] { 2000, 2008, 2015 })
            series.Work.Raster(
                $"lc{year}.tif", SmallSeries.Grid, CellType.Byte,
                SmallSeries.Values((c, r) => (c * r % 11) == year % 7 ? 1 + ((c + r + year) % 6) : SmallSeries.Cover(c, r)), 0);
        series.Work.Raster(
            "soc.tif", SmallSeries.Grid, CellType.Int16, SmallSeries.Values((c, r) => c == 7 ? -1 : 4 * c * (1 + (r % 3))), -1);
        series.Work.Raster("types.tif", SmallSeries.Grid, CellType.Byte, SmallSeries.Values((c, r) => 1 + (r / 10)), 0);
        string job = Job.Replace("YEARS", SmallSeries.JobYears("y{0}.tif"), StringComparison.Ordinal)
            .Replace("ENCODING", encoding, StringComparison.Ordinal);
        LdnProcess.Run(series.Work.Folder, ["compute", series.Work.Text("job.json", job), "--out", "result"]).Succeeded();
        return series;
    }

    private static void StylesAndPictureShowTheCells(string folder, string raster)
    {
        (Grid grid, double[] values, double? noData) = Workspace.Read(Path.Combine(folder, raster + ".tif"));
        bool continuous = s_continuous.Any(raster.Contains);
        XElement sld = XDocument.Load(Path.Combine(folder, raster + ".sld")).Descendants()
            .Single(e => e.Name.LocalName == "ColorMap");
        XElement qml = XElement.Parse(
            File.ReadAllText(Path.Combine(folder, raster + ".qml"))[
                (File.ReadAllText(Path.Combine(folder, raster + ".qml")).IndexOf('\n') + 1)..]).Descendants("rasterrenderer").Single();
        Assert.That((string?)sld.Attribute("type"), Is.EqualTo(continuous ? "ramp" : "values"), raster);
        Assert.That((string?)qml.Attribute("type"), Is.EqualTo(continuous ? "singlebandpseudocolor" : "paletted"), raster);
        (double Value, string Color)[] stops = [
            .. sld.Elements().Select(e => (Number(e, "quantity"), (string)e.Attribute("color")!))];
        Assert.That(
            qml.Descendants(continuous ? "item" : "paletteEntry")
                .Select(e => (Number(e, "value"), (string)e.Attribute("color")!)), Is.EqualTo(stops), raster);
        Assert.That(sld.Elements().Select(e => (string?)e.Attribute("label")), Has.None.Empty.And.Unique, raster);

        (int width, int height, string?[] pixels) = Png.Read(File.ReadAllBytes(Path.Combine(folder, raster + ".quicklook.png")));
        Assert.That((width, height), Is.EqualTo((grid.Width, grid.Height)), raster);
        Assert.That(values.Count(v => !Same(v, noData)), Is.GreaterThan(100), raster);
        for (int i = 0; i < values.Length; i++)
        {
            string? wrong = Same(values[i], noData) ? pixels[i] is null ? null : "no data is to be transparent"
                : continuous ? Far(pixels[i], Mixed(stops, values[i])) : Array.Find(stops, s => s.Value == values[i])
                    .Color == pixels[i] ? null : "another colour than its class";
            Assert.That(wrong, Is.Null, $"{raster} cell {i}: {values[i]}, {pixels[i]}");
        }
    }

    private static double Number(XElement element, string attribute) =>
        double.Parse((string)element.Attribute(attribute)!, CultureInfo.InvariantCulture);

    private static bool Same(double value, double? noData) =>
        value == noData || (double.IsNaN(value) && double.IsNaN(noData ?? 0));

    /// <summary>Red, green and blue on the straight line between the stops around a value.</summary>
    private static double[] Mixed((double Value, string Color)[] stops, double value)
    {
        double within = Math.Clamp(value, stops[0].Value, stops[^1].Value);
        int i = Math.Max(1, Array.FindIndex(stops, s => s.Value >= within));
        double share = (within - stops[i - 1].Value) / (stops[i].Value - stops[i - 1].Value);
        return [.. Rgb(stops[i - 1].Color).Zip(Rgb(stops[i].Color), (from, to) => from + (share * (to - from)))];
    }

    /// <summary>
    /// Pictures have fifteen colours of a ramp: of two neighbours, the nearer is at most half of their distance off.
    /// </summary>
    private static string? Far(string? color, double[] wanted)
    {
        const double most = 19;
        return color is null ? "a value is transparent" : Rgb(color).Zip(wanted, (a, b) => Math.Abs(a - b))
            .Max() <= most ? null : "another colour than its value";
    }

    private static double[] Rgb(string color) => [.. Convert.FromHexString(color[1..]).Select(b => (double)b)];
}
