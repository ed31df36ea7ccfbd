using System.Globalization;
using System.Text.RegularExpressions;
using Ldn.Gdal;
using Ldn.Rasters;
using Ldn.Reports;
using Ldn.Run;
using Ldn.Run.Explain;

namespace Ldn.Cli.Tests.Explain;

/// <summary>
/// What would be is held against what is once it is so: the job computed again with the changed input or rule has the condition
/// that was told.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed partial class ExplainWhatIfTests
{
    private static readonly string[] s_conditions = ["no_data", "degraded", "stable", "improved"];

    [Test]
    public void ChangedInputsGiveTheConditionsThatWereTold()
    {
        using var jobs = new ExplainJobs();
        string folder = jobs.Run("lpd");
        (Grid grid, double[] stocks, _) = Workspace.Read(jobs.Work["soc1.tif"]);
        double[] lpd = Workspace.Read(jobs.Work["lpd0.tif"]).Values;
        var random = new Random(5);
        var told = new Dictionary<int, FlipStory>();
        using (ExplainRun run = Open(folder))
        {
            for (int cell = 0; cell < stocks.Length; cell += 3)
            {
                CellStory story = run.Tell(
                    grid.CentreX(cell % grid.Width), grid.CentreY(cell / grid.Width), null, CancellationToken.None);
                FlipStory[] flips = [.. story.Periods.TryGetValue("baseline", out PeriodStory? p)
                    ? (p.Flips ?? []).Where(f => Stock().IsMatch(f.What.ToString()) || Class().IsMatch(f.What.ToString())) : []];
                if (flips.Length == 0)
                    continue;
                FlipStory flip = told[cell] = flips[random.Next(flips.Length)];
                if (Class().Match(flip.What.ToString()) is { Success: true } other)
                    lpd[cell] = int.Parse(other.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
                else
                    stocks[cell] = Beyond(Stock().Match(flip.What.ToString()));
            }
        }

        jobs.Work.Raster("soc1.tif", grid, CellType.Int16, stocks, -32768);
        jobs.Work.Raster("lpd0.tif", grid, CellType.Byte, lpd, 0);
        jobs.Run("lpd");
        double[] indicator = Workspace.Read(Path.Combine(folder, "baseline_indicator.tif")).Values;
        Assert.That(told, Has.Count.GreaterThan(80));
        Assert.That(told.Values.Count(f => f.Of == "productivity"), Is.GreaterThan(20));
        Assert.That(told.Values.Count(f => f.Of == "soil_organic_carbon"), Is.GreaterThan(20));
        foreach ((int cell, FlipStory flip) in told)
            Assert.That(s_conditions[(int)indicator[cell]], Is.EqualTo(flip.Becomes), $"cell {cell}: {flip.What}");
    }

    [TestCase("parts, coarse soil, mode", "available", 5, true, "prais-2026")]
    [TestCase("parts, coarse soil, mode", "strict", 15, false, "gpg-v2")]
    [TestCase("series and reference", "precautionary", 5, false, "gpg-v1")]
    [TestCase("condition, change, regions, signed", "strict", 15, false, null)]
    public void OtherRulesGiveTheConditionsThatWereTold(
        string name, string missing, double threshold, bool inclusive, string? table)
    {
        using var jobs = new ExplainJobs();
        string folder = jobs.Run(name);
        (Grid grid, _, _) = Workspace.Read(Path.Combine(folder, "baseline_indicator.tif"));
        var told = new Dictionary<(string, int), string>();
        using (ExplainRun run = Open(folder))
        {
            for (int cell = 0; cell < grid.Width * grid.Height; cell += 11)
            {
                CellStory story = run.Tell(
                    grid.CentreX(cell % grid.Width), grid.CentreY(cell / grid.Width), null, CancellationToken.None);
                foreach ((string id, PeriodStory p) in story.Periods)
                    if (p.Combinations is { } all)
                        told[(id, cell)] = all.Single(c => c.Missing == missing && c.SocThreshold == threshold
                            && c.SocInclusive == inclusive && c.LpdTable == table).Condition;
            }
        }

        jobs.Run(
            name,
            [
                "--missing", missing, "--soc-threshold", threshold.ToString(CultureInfo.InvariantCulture),
                $"--soc-inclusive={inclusive}",
                "--encoding", "byte", .. table is null ? Array.Empty<string>() : ["--lpd-table", table],
            ]);
        Assert.That(told, Has.Count.GreaterThan(80));
        foreach (IGrouping<string, KeyValuePair<(string Id, int Cell), string>> period in told.GroupBy(t => t.Key.Item1))
        {
            double[] indicator = Workspace.Read(Path.Combine(folder, $"{period.Key}_indicator.tif")).Values;
            foreach (((string id, int cell), string condition) in period)
                Assert.That(condition, Is.EqualTo(s_conditions[(int)indicator[cell]]), $"{id}, cell {cell}");
        }
    }

    [Test]
    public void CorrectionsTellWhatDrivesTheirPolygons()
    {
        using var jobs = new ExplainJobs();
        string folder = jobs.Run("lpd");
        CsvLine[] rows = [.. CsvRows.Read(Path.Combine(folder, "corrections.csv"))];
        Grid grid = Workspace.Read(Path.Combine(folder, "baseline_indicator.tif")).Grid;
        using ExplainRun run = Open(folder);

        // Where the polygon lies, and beyond its edges.
        CellStory[] stories = [.. Enumerable.Range(0, grid.Width * grid.Height)
            .Where(cell => cell % grid.Width is >= 4 and < 26 && cell / grid.Width is >= 4 and < 21)
            .Select(cell => run.Tell(
                grid.CentreX(cell % grid.Width), grid.CentreY(cell / grid.Width), null, CancellationToken.None))];
        foreach ((string id, string period) in ((string, string)[])[("A", "baseline")])
        {
            CsvLine row = rows.First(r => r["correction_id"] == id && r["period"] == period);
            var areas = new Dictionary<string, double>();
            double land = 0;
            foreach (CellStory story in stories)
            {
                if (!story.Periods.TryGetValue(period, out PeriodStory? p) || p.Corrections?.Any(c => c.Id == id) != true
                    || p.Indicator.Reason?.ToString().StartsWith("water", StringComparison.Ordinal) == true)
                    continue;
                land += story.AreaKm2;
                foreach ((string sub, SubIndicatorStory s) in ((string, SubIndicatorStory)[])
                    [
                        ("land_cover", p.LandCover!), ("productivity", p.Productivity!),
                        ("soil_organic_carbon", p.SoilOrganicCarbon!),
                    ])
                {
                    string key = $"{sub}_{s.Uncorrected ?? s.Condition}_pct";
                    areas[key] = areas.GetValueOrDefault(key) + story.AreaKm2;
                }
            }

            foreach (string sub in (string[])["land_cover", "productivity", "soil_organic_carbon"])
                foreach (string condition in (string[])["degraded", "improved"])
                    Assert.That(
                        row.Number($"{sub}_{condition}_pct"),
                        Is.EqualTo(areas.GetValueOrDefault($"{sub}_{condition}_pct") / land * 100).Within(1e-5), $"{id}, {sub}");
        }
    }

    [Test]
    public void ThePageDrawsEveryYearAndRunsNothing()
    {
        using var jobs = new ExplainJobs();
        using ExplainRun run = Open(jobs.Run("series and reference"));
        CellStory story = run.Tell(101.25, 48.75, "<b>plot</b>", CancellationToken.None);
        string page = jobs.Work["page.html"];
        WholeFile.Write(page, stream => CellPage.Write(stream, [story], Texts.Load("en")));
        string text = File.ReadAllText(page);
        int values = story.Periods.Values.Sum(p => p.Productivity!.Series!.Years.Count(y => y.Value is not null)
            + p.SoilOrganicCarbon!.Model!.Steps.Count(s => s.Stock is not null));
        using IDisposable all = Assert.EnterMultipleScope();
        Assert.That(Regex.Count(text, "<circle"), Is.EqualTo(values).And.GreaterThan(20));
        Assert.That(text, Does.Contain("default-src 'none'").And.Contain("prefers-color-scheme: dark"));
        Assert.That(
            text, Does.Not.Contain("<script").And.Not.Contain("http://").And.Not.Contain("https://").And.Not.Contain("<b>plot"));
        Assert.That(text, Does.Contain("no proof of degradation"));
        Assert.That(
            Regex.Count(text, "class=\"limit\""),
            Is.EqualTo(9 * story.Periods.Values.Count(p => p.Productivity!.Series!.State!.Limits is not null)));
    }

    /// <summary>
    /// The page of cells of every kind is in its language: no text is left out or in English, no place unfilled.
    /// </summary>
    [Test]
    public void ThePageIsInEveryLanguage()
    {
        using var jobs = new ExplainJobs();
        foreach (string name in (string[])["lpd", "series and reference", "fao-wocat"])
        {
            using ExplainRun run = Open(jobs.Run(name));
            CellStory[] stories = [
                .. Enumerable.Range(0, 20)
                    .Select(i => run.Tell(100.05 + (0.19 * i), 49.95 - (0.13 * i), null, CancellationToken.None))];
            foreach (string language in Texts.Languages)
            {
                var texts = Texts.Load(language);
                string page = jobs.Work[$"{language}.html"];
                File.Delete(page);
                WholeFile.Write(page, stream => CellPage.Write(stream, stories, texts));
                string text = File.ReadAllText(page);
                Assert.That(text, Does.Contain($"<html lang=\"{language}\">").And.Not.Contain("{{").And.Not.Match(@"\{\d+\}"));
                string main = text[text.IndexOf("<main>", StringComparison.Ordinal)..];
                string shown = System.Net.WebUtility.HtmlDecode(Markup().Replace(main, " "));
                Assert.That(English().Matches(shown).Select(m => m.Value), language == "en" ? Is.Not.Empty : Is.Empty, language);
                if (language == "ru")
                    Assert.That(Decimal().Matches(shown).Select(m => m.Value), Is.Empty);
            }
        }
    }

    [GeneratedRegex("<title>|<[^>]+>")]
    private static partial Regex Markup();

    [GeneratedRegex(@"\b(instead|column|cells?|would|trend is|state|counts|beyond|below|above|stays|known|without|outside|became"
        + @"|becomes|corrections|degraded|stable|improved|Correction|Zones|Mean|Land|Of)\b")]
    private static partial Regex English();

    [GeneratedRegex(@"(?<![\d.])\d+\.\d+(?![\d.])")]
    private static partial Regex Decimal();

    private static ExplainRun Open(string folder) =>
        ExplainRun.Open(folder, FileCheck.Dates, new GdalGeodata(), CancellationToken.None);

    /// <summary>The whole stock next to the limit, on the side that was told.</summary>
    private static double Beyond(Match match)
    {
        double limit = double.Parse(match.Groups[3].ValueSpan, CultureInfo.InvariantCulture);
        return (match.Groups[1].Length > 0, match.Groups[2].Value == "above") switch
        {
            (true, true) => Math.Ceiling(limit),
            (false, true) => Math.Floor(limit) + 1,
            (true, false) => Math.Floor(limit),
            _ => Math.Ceiling(limit) - 1,
        };
    }

    [GeneratedRegex(@"(at or )?(below|above) .*a final stock of ([\d.]+)")]
    private static partial Regex Stock();

    [GeneratedRegex(@"dynamics of class (\d) .*instead of \d \(")]
    private static partial Regex Class();
}
