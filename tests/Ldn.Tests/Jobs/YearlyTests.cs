using System.Text;
using Ldn.Jobs;
using Ldn.Tests.LandCover;

namespace Ldn.Tests.Jobs;

/// <summary>The preset that reports every year: which years it finds among the inputs of all three sub-indicators.</summary>
internal sealed class YearlyTests
{
    private const string Covers = """ "landCover": { "legend": "unccd-7", "years": { "2000": "c0", "2015": "c15", "2016": "c16", "2017": "c17", "2018": "c18", "2019": "c19", "2020": "c20" } } """;
    private const string Lpd = """ "productivity": { "kind": "lpd", "periods": { "baseline": "p15", "2017": "p17", "2019": "p9", "2020": "p20" } } """;
    private const string Stocks = """ "soilCarbon": { "kind": "stocks", "years": { "2000": "s0", "2015": "s15", "2018": "s18", "2019": "s19" }, "standIns": { "2016": 2015, "2020": 2019 } } """;
    private const string Change = """ "soilCarbon": { "kind": "change", "periods": { "baseline": "s15", "2018": "s18", "2019": "s9" } } """;
    private const string Reference = """ "soilCarbon": { "kind": "reference", "reference": "r", "factor": 0.8 } """;

    private static Job Resolve(params string[] layers) => JobResolver.Resolve(
        JobReader.Parse(Encoding.UTF8.GetBytes($$"""{ "preset": "yearly", {{string.Join(", ", layers)}}, "zones": [ { "file": "z", "id": "i" } ] }"""), "job.json", []), "folder", []);

    private static string Series(int first, int last) =>
        $$""" "productivity": { "kind": "series", "lpdMethod": "fao-wocat", "years": { {{string.Join(", ", Enumerable.Range(first, last - first + 1).Select(y => $"\"{y}\": \"n{y}\""))}} } } """;

    private static IEnumerable<int> Years(Job job) => job.Periods.Skip(1).Select(p => p.LandCover!.Last);

    [Test]
    public void OnlyYearsThatEveryLayerHasAreReported()
    {
        Job job = Resolve(Covers, Lpd, Stocks);
        Assert.That(Years(job), Is.EqualTo(new[] { 2019, 2020 }));
        Assert.That(job.Notes, Does.Contain("no report for 2018: no productivity"));
        Assert.That(job.Notes, Does.Contain("no report for 2017: no soil organic carbon"));
    }

    [Test]
    public void RastersOfAPeriodAreFoundByItsLastYear()
    {
        Job job = Resolve(Covers, Lpd, Change);
        Assert.That(Years(job), Is.EqualTo(new[] { 2019 }));
        Assert.That(job.Productivity!.Periods["report_1"], Is.EqualTo(new[] { Path.Combine("folder", "p9") }));
        Assert.That(job.SoilCarbon!.Periods["report_1"], Is.EqualTo(Path.Combine("folder", "s9")));
    }

    [Test]
    public void ASeriesReportsTheYearsThatEndSixteenOfThem()
    {
        Assert.That(Years(Resolve(Covers, Series(2000, 2018), Reference)), Is.EqualTo(new[] { 2017, 2018 }));
        Assert.That(Years(Resolve(Covers, Series(2000, 2020), Reference)), Is.EqualTo(new[] { 2017, 2018, 2019, 2020 }));
    }

    [Test]
    public void WithoutAYearToReportTheErrorListsWhatEachLayerHas()
    {
        LdnException error = Assert.Throws<LdnException>(() => Resolve(Covers, Series(2000, 2016), Reference))!;
        Assert.That(error.Message, Does.Contain("no year after 2016"));
        Assert.That(error.Remedy, Does.Contain("productivity has 2015, 2016").And.Contain("land-cover has 2000, 2015"));
    }

    [TestCase("landCover", """ "landCover": { "legend": "unccd-7", "years": { "2000": "c", "02000": "d" } } """)]
    [TestCase("soilCarbon", """ "soilCarbon": { "years": { "2000": "c", "02000": "d" } } """)]
    public void AYearGivenTwiceIsAUsageError(string layer, string text) =>
        Assert.That(() => Resolve(text), UsageError.With($"{layer}: the year 2000 is given twice"));
}
