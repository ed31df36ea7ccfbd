using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ldn.Cli.Tests.Reports;

/// <summary>
/// An accessibility checker (axe-core, fetched by npm) over the page in a browser: the rules of WCAG 2.2 AA and its good
/// practices,
/// contrast among them, on a light and on a dark ground. Skipped, with its reason, where npm or the browser is not to be had.
/// </summary>
public sealed partial class AccessibilityTests
{
    /// <summary>PreferredColorScheme as the browser's settings number it.</summary>
    private const int Dark = 0, Light = 1;

    [TestCase(Light, "report.html")]
    [TestCase(Dark, "report.html")]
    [TestCase(Light, "compare.html")]
    [TestCase(Dark, "compare.html")]
    [TestCase(Light, "cell.html")]
    public void NothingIsFound(int scheme, string page)
    {
        string browser = Tool.Find("chromium", "chromium-browser", "google-chrome", "chrome");
        string folder = Path.Combine(ReportRuns.Root, $"axe {scheme} {page}");
        Directory.CreateDirectory(folder);
        string checkedPage = Path.Combine(folder, "page.html");

        // The page's own policy runs no script but its own; that it holds is shown elsewhere. Tables alike in all but their rows
        // are many: a few rows of each are enough.
        string html = Policy().Replace(File.ReadAllText(Made(page)), "");
        html = Rows().Replace(
            html, m => string.Concat(m.Value.Split("<tr>").Take(4).Select((row, i) => i == 0 ? row : "<tr>" + row)));
        File.WriteAllText(
            checkedPage, html.Replace("</body>", $"<script>{Axe()}</script>{Probe}</body>", StringComparison.Ordinal));
        (string output, string errors) = Tool.Run(
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", $"--user-data-dir={folder}/profile", "--window-size=1280,900",
            $"--blink-settings=preferredColorScheme={scheme}", "--virtual-time-budget=120000", "--dump-dom",
            "file://" + checkedPage.Replace(" ", "%20", StringComparison.Ordinal));
        Match found = Found().Match(output);
        Assert.That(found.Success, output[..Math.Min(500, output.Length)] + errors);
        using var json = JsonDocument.Parse(WebUtility.HtmlDecode(found.Groups[1].Value));
        Assert.That(json.RootElement.GetProperty("passes").GetInt32(), Is.GreaterThan(10), "rules that looked at something");
        Assert.That(json.RootElement.GetProperty("dark").GetBoolean(), Is.EqualTo(scheme == Dark));
        Assert.That(json.RootElement.GetProperty("small").GetInt32(), Is.Zero, "buttons smaller than 24 pixels");
        Assert.That(json.RootElement.GetProperty("violations").EnumerateArray().Select(v => v.GetString()), Is.Empty);
    }

    /// <summary>The page of the run, of its comparison with one of another rule, and of one of its cells.</summary>
    private static string Made(string page)
    {
        string run = ReportRuns.Folder, folder = Path.Combine(ReportRuns.Root, "axe pages"), file = Path.Combine(folder, page);
        if (page == "report.html" || File.Exists(file))
            return page == "report.html" ? ReportRuns.File(page) : file;
        Directory.CreateDirectory(folder);
        string other = Path.Combine(ReportRuns.Root, "axe other");
        string[][] lines = page == "cell.html" ? [["explain", run, "--at", "105,47", "--page", file]]
            : [
                ["compute", Path.Combine(ReportRuns.Root, "sample", "job.json"), "--soc-threshold", "5", "--tables", "csv,json",
                    "--out", other],
                ["compare", run, other, "--out", folder]];
        foreach (string[] line in lines)
            Assert.That(CommandLine.Run(AllVerbs.InOrder, [.. line, "--quiet"]), Is.Zero, string.Join(' ', line));
        return file;
    }

    private const string Probe = """
        <style>.subject { content-visibility: visible !important; }</style>
        <script>
        window.addEventListener("load", function () {
          document.querySelectorAll("details").forEach(function (d) { d.open = true; });
          var rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
          // Its measure of targets takes land that the edge of a map cuts off for a target over the buttons above: measured here.
          var small = Array.from(document.querySelectorAll(".choice button")).filter(function (b) {
            var box = b.getBoundingClientRect();
            return box.height < 24 || box.width < 24;
          }).length;
          axe.run(document, { runOnly: rules, rules: { "target-size": { enabled: false } } }).then(function (r) {
            var dark = matchMedia("(prefers-color-scheme: dark)").matches;
            var violations = r.violations.map(function (v) {
              return v.id + " (" + v.nodes.length + "): " + v.nodes[0].html.slice(0, 200) + " "
                + (v.nodes[0].failureSummary || "");
            });
            document.body.textContent = "";
            var pre = document.createElement("pre");
            pre.id = "axe";
            pre.textContent = JSON.stringify({ passes: r.passes.length, dark: dark, small: small, violations: violations });
            document.body.appendChild(pre);
          });
        });
        </script>
        """;

    /// <summary>The checker's script; kept for the next test of the run.</summary>
    private static string Axe()
    {
        string script = Path.Combine(ReportRuns.Root, "axe.js");
        if (File.Exists(script))
            return File.ReadAllText(script);
        string npm = Tool.Find("npm"), folder = Directory.CreateDirectory(Path.Combine(ReportRuns.Root, "npm")).FullName;
        var start = new ProcessStartInfo(npm, ["pack", "axe-core@4", "--silent", "--fetch-retries=0", "--fetch-timeout=15000"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd().Trim();
        if (!process.WaitForExit(TimeSpan.FromMinutes(1)) || process.ExitCode != 0)
            Assert.Ignore($"npm gives no axe-core: {errors.Result.Trim()}");
        using var archive = new TarReader(
            new GZipStream(File.OpenRead(Path.Combine(folder, output.Split('\n')[^1].Trim())), CompressionMode.Decompress));
        while (archive.GetNextEntry() is { } entry)
            if (entry.Name == "package/axe.min.js")
                entry.ExtractToFile(script, overwrite: true);
        return File.ReadAllText(script);
    }

    [GeneratedRegex("<meta http-equiv=\"Content-Security-Policy\"[^>]*>")]
    private static partial Regex Policy();

    [GeneratedRegex("(?<=<table class=\"data sortable\"[^>]*>.*?<tbody>).*?(?=</tbody>)", RegexOptions.Singleline)]
    private static partial Regex Rows();

    [GeneratedRegex("<pre id=\"axe\">(.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Found();
}
