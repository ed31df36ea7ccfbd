using System.Text.RegularExpressions;
using Ldn.Gdal;
using Ldn.Reports;
using Ldn.Run;

namespace Ldn.Cli.Tests.Reports;

/// <summary>
/// The page in a real browser. A probe added to a copy of it writes what it finds into the page, which the browser then prints.
/// </summary>
public sealed class BrowserTests
{
    private static readonly Lazy<string> s_many = new(ReportRuns.ComputeManyPeriods);

    private const string Probe = """
        <script>
        var errors = [], found = {};
        window.addEventListener("error", function (e) { errors.push(String(e.message || e.target.tagName)); }, true);
        window.addEventListener("load", function () {
          var wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
          document.querySelectorAll("details").forEach(function (d) { d.open = true; });
          var opened = document.documentElement.scrollWidth - document.documentElement.clientWidth;
          var broken = Array.from(document.querySelectorAll(".viewer image"))
            .filter(function (i) { return i.getBoundingClientRect().width < 50; }).length;
          var scales = Array.from(document.querySelectorAll(".viewer")).filter(function (map) {
            var bar = map.querySelector(".scalebar i"), drawn = map.querySelector("image").getBoundingClientRect().width;
            return Math.abs(bar.getBoundingClientRect().width - drawn * parseFloat(bar.style.width) / 100) > 1.5;
          }).length;
          var map = document.querySelector(".viewer"), svg = map.querySelector("svg.big"),
            picture = svg.querySelector("image"), did = [];
          function press(name) { Array.from(map.querySelectorAll("button"))
            .find(function (b) { return b.textContent === name; }).click(); }
          function width() { return Number(svg.getAttribute("viewBox").split(" ")[2]); }
          function scale() { return map.querySelector("[data-scale]").textContent; }
          function told() { return map.querySelector("h3").textContent.replace(/\s+/g, " ").trim(); }
          var first = picture.getAttribute("href"), whole = width(), km = scale();
          press("+"); press("+");
          did.push(Math.abs(whole / width() - 2.56) < 0.01 && scale() !== km);
          svg.dispatchEvent(new KeyboardEvent("keydown", { key: "0" }));
          did.push(width() === whole && scale() === km);
          press("Land cover");
          did.push(told().startsWith("Land cover, in the period alone Reporting period 2")
            && picture.getAttribute("href") !== first);
          var second = picture.getAttribute("href");
          press("Baseline");
          did.push(told().startsWith("Land cover Baseline") && picture.getAttribute("href") !== second);
          press("Status");
          did.push(told().startsWith("Status Reporting period") && picture.getAttribute("href") === first);
          var zone = svg.querySelector("[data-say]"), reading = map.querySelector(".reading"), usual = reading.textContent;
          zone.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
          did.push(/: [\d.]+\u00a0% degraded/.test(reading.textContent));
          zone.dispatchEvent(new PointerEvent("pointerout", { bubbles: true }));
          did.push(reading.textContent === usual);
          did.push(!!document.querySelector(zone.getAttribute("href")));
          var areas = document.querySelectorAll("[data-choropleth] path.zone"), degraded = colours();
          function colours() { return Array.from(areas).map(function (a) { return a.getAttribute("class"); }).join(); }
          document.querySelectorAll("[data-choropleth] button")[1].click();
          did.push(areas.length > 1 && colours() !== degraded);
          var button = document.querySelector("table.overview th.n button");
          button.click(); button.click();
          var shares = Array.from(document.querySelectorAll("table.overview tbody data")).map(function (d) { return Number(d.value); });
          var sorted = shares.every(function (s, i) { return i === 0 || shares[i - 1] >= s; });
          var requests = performance.getEntriesByType("resource").filter(function (r) { return !r.name.startsWith("data:"); }).length;
          var pictures = document.querySelectorAll("image").length;
          document.title = "PROBE "
            + [errors.join("|") || "none", wide, opened, broken, sorted, requests, pictures, scales, did.join(",")].join(";")
            + " END";
        });
        </script>
        """;

    /// <summary>On paper, the short form is one sheet of A4 a zone, whatever the language.</summary>
    [TestCase("en", false)]
    [TestCase("ru", false)]
    [TestCase("mn", true)]
    [TestCase("ru", true)]
    public void TheShortFormIsOneSheetAZone(string language, bool manyPeriods)
    {
        string browser = Tool.Find("chromium", "chromium-browser", "google-chrome", "chrome");
        string folder = Path.Combine(ReportRuns.Root, $"brief {language} {manyPeriods}");
        ReportRun.Execute(
            manyPeriods ? s_many.Value : ReportRuns.Folder, folder, true,
            new ReportOptions(new HashSet<string> { "html" }, language, Brief: true),
            new GdalGeodata());
        string pdf = Path.Combine(folder, "brief.pdf");
        Tool.Run(
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", $"--user-data-dir={folder}/profile",
            "--no-pdf-header-footer", $"--print-to-pdf={pdf}",
            "file://" + Path.Combine(folder, "brief.html").Replace(" ", "%20", StringComparison.Ordinal));
        int zones = Regex.Count(File.ReadAllText(Path.Combine(folder, "brief.html")), "<section class=\"sheet\"");
        Assert.That(zones, Is.GreaterThan(1));
        Assert.That(Regex.Count(File.ReadAllText(pdf, System.Text.Encoding.Latin1), @"/Type\s*/Page\b"), Is.EqualTo(zones));
    }

    [TestCase(1440)]
    [TestCase(820)]
    [TestCase(390)]
    public void PageIsSoundInABrowser(int width)
    {
        string browser = Tool.Find("chromium", "chromium-browser", "google-chrome", "chrome");
        string folder = Path.Combine(ReportRuns.Root, $"browser {width}");
        Directory.CreateDirectory(folder);
        string page = Path.Combine(folder, "page.html");
        File.WriteAllText(
            page, File.ReadAllText(ReportRuns.File("report.html")).Replace("<head>", "<head>" + Probe, StringComparison.Ordinal));
        // Headless windows are not narrower than 500 px: a frame gives the page the width asked for.
        string frame = Path.Combine(folder, "frame.html");
        File.WriteAllText(frame,
            "<!DOCTYPE html><body style='margin:0'><iframe src='page.html' "
                + $"style='border:0;width:{width}px;height:900px'></iframe>"
            + "<script>addEventListener('load', function () { setTimeout(function () { document.title = "
            + "frames[0].document.title; }, 0); });</script>");
        (string output, string errors) = Tool.Run(
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--allow-file-access-from-files", $"--user-data-dir={folder}/profile",
            $"--window-size={Math.Max(width, 500)},900", "--virtual-time-budget=5000",
            "--dump-dom", "file://" + frame.Replace(" ", "%20", StringComparison.Ordinal));
        Match probe = Regex.Match(output, "PROBE (.*?) END");
        Assert.That(probe.Success, output[..Math.Min(500, output.Length)] + errors);
        string[] found = probe.Groups[1].Value.Split(';');
        Assert.Multiple(() =>
        {
            Assert.That(found[0], Is.EqualTo("none"), "errors");
            Assert.That(int.Parse(found[1]), Is.LessThanOrEqualTo(0), "horizontal scroll");
            Assert.That(int.Parse(found[2]), Is.LessThanOrEqualTo(0), "horizontal scroll with everything open");
            Assert.That(found[3], Is.EqualTo("0"), "maps without size");
            Assert.That(found[4], Is.EqualTo("true"), "sorting");
            Assert.That(found[5], Is.EqualTo("0"), "requests");
            Assert.That(int.Parse(found[6]), Is.GreaterThan(30), "maps");
            Assert.That(found[7], Is.EqualTo("0"), "scale bars of another length than their map's");
            Assert.That(found[8].Split(','), Has.Length.EqualTo(9).And.All.EqualTo("true"),
                "zoom in, zoom out, layer, period, back, figures of a zone, no longer, its section, another figure of the zones");
        });
    }
}
