using Ldn.Cli.Tests.BadInput;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Productivity;

/// <summary>Each thing that can be wrong with a series is refused with its own message.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class BadSeriesTests
{
    [Test]
    public void YearGivenTwice() =>
        Fails(ExitCode.Usage, ["--series", "2000=y2000.tif", "2000=y2001.tif"], "2000 is given twice");

    [Test]
    public void YearOfAJobGivenTwice()
    {
        using var series = new SmallSeries();
        string years = SmallSeries.JobYears("y{0}.tif").Replace("{", "{\"02003\": \"units.tif\", ", StringComparison.Ordinal);
        series.Work.Text("job.json", $$"""
            { "periods": { "baseline": { "productivity": [2000, 2015] } }, "productivity": { "kind": "series", "years": {{years}}, "units": ["units.tif"] } }
            """);
        Refusal.Said(
            LdnProcess.Run(series.Work.Folder, ["productivity", "job.json", "--out", "out"]), ExitCode.Usage,
            "2003 is given twice");
    }

    [Test]
    public void OneFileForTwoYears() =>
        Fails(ExitCode.Usage, ["--series", .. Dated(2000, 2008), "2009=y2008.tif"], "is given for 2008 and for 2009", "standIns");

    [Test]
    public void MissingYear() => Fails(
        ExitCode.Usage, ["--series", .. Dated(2000, 2003), .. Dated(2005, 2010)], "no layer for 2004 inside the window 2000-2010",
        "2003, 2005");

    [Test]
    public void FewerFilesThanYears() => Fails(
        ExitCode.Usage, ["--series", .. Enumerable.Range(2000, 9).Select(SmallSeries.File), "--years", "2000-2009"],
        "9 files for the 10 years 2000-2009");

    [Test]
    public void NoYears() =>
        Fails(ExitCode.Usage, ["--series", .. SmallSeries.Years.Select(SmallSeries.File)], "names no years", "--years A-B");

    [Test]
    public void NoSeries() => Fails(ExitCode.Usage, [], "no series");

    [Test]
    public void FewerThanFourYears() =>
        Fails(ExitCode.Usage, ["--series", .. Dated(2000, 2002)], "3 years, and a trend needs at least 4");

    [Test]
    public void FewerYearsThanAPixelNeeds() =>
        Fails(ExitCode.Usage, ["--series", .. Dated(2000, 2005)], "fewer than --min-years 8");

    [Test]
    public void NoClimate() =>
        Fails(ExitCode.Usage, ["--series", .. Dated(2000, 2009), "--method", "rue"], "rue needs a climate series");

    [TestCase("--method", "rain")]
    [TestCase("--slope", "theil")]
    [TestCase("--significance", "one-sided")]
    [TestCase("--state", "z")]
    [TestCase("--variable", "savi")]
    [TestCase("--performance-scope", "group")]
    [TestCase("--lpd-method", "fao")]
    public void UnknownName(string option, string name) =>
        Fails(ExitCode.Usage, ["--series", .. Dated(2000, 2009), option, name], $"unknown value '{name}'", "use one of");

    [TestCase("y.tif", "productivity 2004 (")]
    [TestCase("u.tif", "ecological units (")]
    public void RasterElsewhere(string which, string words)
    {
        using var series = new SmallSeries();
        series.Work.Raster(
            "elsewhere.tif", Workspace.Grid(10, 10, 20, 20, 0.1), CellType.UInt16, [.. Enumerable.Repeat(1.0, 100)],
            SmallSeries.Gap);
        string[] years = [.. Dated(2000, 2003), which == "y.tif" ? "2004=elsewhere.tif" : "2004=y2004.tif", .. Dated(2005, 2009)];
        LdnResult result = LdnProcess.Run(
            series.Work.Folder,
            ["productivity", "--series", .. years, "--units", which == "u.tif" ? "elsewhere.tif" : "units.tif", "--out", "out"]);
        Refusal.Said(result with { Error = Errors(result.Error) }, ExitCode.Input, words, "does not overlap the zones");
        Assert.That(Path.Exists(series.Work["out"]), Is.False);
    }

    [TestCase(-3.0, "-3 is not between 0 and")]
    [TestCase(1.5, "1.5, which is no whole number")]
    public void UnitsThatAreNoClasses(double value, string words)
    {
        using var series = new SmallSeries();
        series.Work.Raster(
            "units.tif", SmallSeries.Grid, CellType.Float32, SmallSeries.Values((c, r) => c == 5 && r == 6 ? value : 1), -1);
        LdnResult result = LdnProcess.Run(series.Work.Folder, [.. SmallSeries.Arguments("--out", "out")]);
        Refusal.Said(result with { Error = Errors(result.Error) }, ExitCode.Input, words, "--nodata productivity-units=");
    }

    [Test]
    public void ZonesThatShareLandNeedTheScopeRun()
    {
        using var series = new SmallSeries();
        series.Work.Zones(
            "zones.geojson",
            [("\"id\":\"A\"", Workspace.Rectangle(100, 47, 103, 50)), ("\"id\":\"B\"", Workspace.Rectangle(102, 47, 104, 50))]);
        string[] arguments = [.. SmallSeries.Arguments("--zones", "zones.geojson", "--zone-id", "id", "--out", "out")];
        Refusal.Said(
            LdnProcess.Run(series.Work.Folder, arguments), ExitCode.Input, "zones 'A' and 'B' share pixels",
            "--performance-scope run");
        LdnProcess.Run(series.Work.Folder, [.. arguments, "--performance-scope", "run"]).Succeeded();
    }

    private static string[] Dated(int first, int last) =>
        [.. Enumerable.Range(first, last - first + 1).Select(y => $"{y}={SmallSeries.File(y)}")];

    private static void Fails(ExitCode code, IEnumerable<string> arguments, params string[] words)
    {
        using var series = new SmallSeries();
        LdnResult result = LdnProcess.Run(
            series.Work.Folder, ["productivity", .. arguments, "--units", "units.tif", "--out", "out"]);
        Refusal.Said(result, code, words);
        Assert.That(Path.Exists(series.Work["out"]), Is.False);
    }

    /// <summary>The error itself, without progress said before it.</summary>
    private static string Errors(string text) =>
        string.Join('\n', text.Split('\n').SkipWhile(l => !l.StartsWith("ldn: ", StringComparison.Ordinal)));
}
