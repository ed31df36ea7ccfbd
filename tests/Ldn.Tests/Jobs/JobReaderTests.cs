using System.Text;
using Ldn.Jobs;
using Ldn.Subjects;
using Ldn.Tests.LandCover;

namespace Ldn.Tests.Jobs;

internal sealed class JobReaderTests
{
    private static JobConfig Read(string text) => JobReader.Parse(Encoding.UTF8.GetBytes(text), "job.json", AllSubjects.InOrder);

    [Test]
    public void CommentsTrailingCommasAndAByteOrderMarkAreRead()
    {
        JobConfig job = Read("\uFEFF" + """
            // a job
            {
              "$schema": "https://example.org/job.json",
              "name": "Niño /* no comment */",
              /* block */
              "preset": "unccd-2018",
              "landCover": { "legend": "esa-cci", "years": { "2000": "a.tif", "2015": "b.tif", }, },
              "rules": { "socThreshold": 7.5, "socInclusive": true },
              "noData": { "soc": [-1, -3.4e38,] },
            }
            """);
        Assert.That(
            (job.Name, job.Preset, job.Rules!.SocThreshold, job.Rules.SocInclusive),
            Is.EqualTo(("Niño /* no comment */", "unccd-2018", 7.5, true)));
        Assert.That(job.LandCover!.Years, Is.EqualTo(new Dictionary<string, string> { ["2000"] = "a.tif", ["2015"] = "b.tif" }));
        Assert.That(job.NoData!["soc"], Is.EqualTo(new[] { -1, -3.4e38 }));
    }

    [TestCase("""{ "landCovr": {} }""", "unknown key 'landCovr'; did you mean 'landCover'?")]
    [TestCase("""{ "landCover": { "legnd": "x" } }""", "unknown key 'legnd' in landCover; did you mean 'legend'?")]
    [TestCase("""{ "periods": { "report_1": { "landcover": [1, 2] } } }""", "unknown key 'landcover' in periods.report_1; did you mean 'landCover'?")]
    [TestCase("""{ "zones": [ { "file": "a" }, { "fiel": "b" } ] }""", "unknown key 'fiel' in zones[1]; did you mean 'file'?")]
    [TestCase("""{ "grid": { "resampling": { "soilcarbon": "average" } } }""", "unknown key 'soilcarbon' in grid.resampling; did you mean 'soilCarbon'?")]
    [TestCase("""{ "strata": { "landtypes": [] } }""", "unknown key 'landtypes' in strata; did you mean 'landTypes'?")]
    [TestCase("""{ "NAME": "x" }""", "unknown key 'NAME'; did you mean 'name'?")]
    [TestCase("""{ "zzzzzzzzzzzzzz": 1 }""", "unknown key 'zzzzzzzzzzzzzz'")]
    public void UnknownKeysAreNamedWithTheNearest(string text, string message)
    {
        LdnException error = Assert.Throws<LdnException>(() => Read(text))!;
        Assert.That(error.ExitCode, Is.EqualTo(ExitCode.Usage));
        Assert.That(error.Message, Is.EqualTo("job file job.json, line 1: " + message));
        Assert.That(error.Remedy, Does.StartWith("known there: "));
    }

    /// <summary>What may be written in several ways is looked into when it is resolved.</summary>
    [Test]
    public void PartsOfSeveralFormsMayHoldAnyKey() => Assert.That(
        Read("""{ "strata": { "landTypes": [ "a.tif", { "at": "all" } ] }, "productivity": { "periods": { "baseline": { "trend": "t.tif" } } } }""").Section("strata.landTypes")!.Value.GetArrayLength(), Is.EqualTo(2));

    [TestCase("""{ "name": "a", "name": "b" }""", "name")]
    [TestCase("""{ "landCover": { "years": { "2000": "a", "2000": "b" } } }""", "2000")]
    [TestCase("""{ "name": 5 }""", "name")]
    [TestCase("""{ "landCover": "esa" }""", "landCover")]
    [TestCase("""{ "rules": { "socThreshold": "10" } }""", "rules.socThreshold")]
    [TestCase("""{ "rules": { "socInclusive": 1 } }""", "rules.socInclusive")]
    [TestCase("""{ "periods": { "baseline": { "landCover": [2000.5, 2015] } } }""", "periods.baseline.landCover")]
    [TestCase("""{ "productivity": { "minYears": 99999999999 } }""", "productivity.minYears")]
    [TestCase("""{ "landCover": { "standIns": { "2023": "2022" } } }""", "landCover.standIns")]
    [TestCase("[]", "job.json")]
    [TestCase("\"job\"", "job.json")]
    [TestCase("null", "job.json")]
    [TestCase("5", "job.json")]
    [TestCase("", "job.json")]
    [TestCase("{", "job.json")]
    [TestCase("{} {}", "job.json")]
    [TestCase("{ name: 1 }", "job.json")]
    public void WhatIsNoJobIsAUsageErrorThatSaysWhere(string text, string says) =>
        Assert.That(() => Read(text), UsageError.With("job file job.json", says));

    [TestCase("""{ "periods": { "baseline": null } }""", "periods.baseline")]
    [TestCase("""{ "zones": [ null ] }""", "zones[0]")]
    [TestCase("""{ "without": [ null ] }""", "without[0]")]
    [TestCase("""{ "landCover": { "years": { "2000": null } } }""", "landCover.years.2000")]
    [TestCase("""{ "noData": { "soc": null } }""", "noData.soc")]
    [TestCase("""{ "outputs": { "tables": [ null ] } }""", "outputs.tables[0]")]
    public void NullWhereAValueBelongsIsAUsageError(string text, string says) =>
        Assert.That(() => Read(text), UsageError.With("job file job.json", says));

    [Test]
    public void NullIsTheSameAsLeavingAKeyOut() => Assert.That(
        Read("""{ "landCover": null, "zones": null, "rules": { "missing": null } }"""), Is.EqualTo(new JobConfig { Rules = new RulesConfig() }));

    [Test]
    public void NestingBeyondReasonIsAUsageErrorNotACrash()
    {
        string deep = "{ \"strata\": " + string.Concat(
            Enumerable.Repeat("[", 5000)) + string.Concat(Enumerable.Repeat("]", 5000)) + "}";
        Assert.That(() => Read(deep), UsageError.With("job.json"));
    }

    /// <summary>Text in another encoding, and lone halves of surrogate pairs, in names as in values.</summary>
    [TestCase("{ \"name\": \"Ni\u00F1o\" }")]
    [TestCase("{ \"Ni\u00F1o\": 1 }")]
    [TestCase("{ \"name\": \"\\ud800\" }")]
    [TestCase("{ \"\\ud800\": 1 }")]
    [TestCase("{ \"productivity\": { \"periods\": { \"baseline\": \"\\udfff\" } } }")]
    [TestCase("{ \"productivity\": { \"periods\": { \"baseline\": [{ \"\\ud800\": 1 }] } } }")]
    [TestCase("{ \"landCover\": { \"years\": { \"\\udc00\": \"a.tif\" } } }")]
    public void TextThatIsNoUnicodeIsAUsageError(string text) =>
        Assert.That(
            () => JobReader.Parse(Encoding.Latin1.GetBytes(text), "job.json", AllSubjects.InOrder), UsageError.With("job.json"));

    [Test]
    public void AFileThatIsMissingAFolderOrTooLargeIsAUsageError()
    {
        string folder = Directory.CreateTempSubdirectory("ldn-job-").FullName;
        try
        {
            Assert.That(
                () => JobReader.Read(Path.Combine(folder, "none.json"), AllSubjects.InOrder),
                UsageError.With("none.json", "cannot be read"));
            Assert.That(() => JobReader.Read(folder, AllSubjects.InOrder), UsageError.With("cannot be read"));
            string large = Path.Combine(folder, "large.json");
            using (FileStream stream = File.Create(large))
                stream.SetLength((16 << 20) + 1);
            Assert.That(() => JobReader.Read(large, AllSubjects.InOrder), UsageError.With("larger than 16 MB"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
