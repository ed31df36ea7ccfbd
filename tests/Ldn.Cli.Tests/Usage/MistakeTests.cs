namespace Ldn.Cli.Tests.Usage;

/// <summary>The mistakes of the command line, and the words that tell them: what, where, and how to mend it.</summary>
internal sealed class MistakeTests
{
    [TestCase("comptue job.json --out d", "'comptue'", "did you mean 'compute'", "validate")]
    [TestCase("xyzzy", "no command 'xyzzy'", "commands are compute")]
    [TestCase("", "no command", "ldn --help")]
    [TestCase("--out d", "the command comes first", "'--out'")]
    [TestCase("compute --zoneid iso3", "no option '--zoneid'", "did you mean '--zone-id'", "ldn compute -h")]
    [TestCase("compute job.json --bogus --out d", "no option '--bogus'")]
    [TestCase("compute --bogus=3 job.json", "no option '--bogus'")]
    [TestCase("compute job.json -x", "no option '-x'")]
    [TestCase("compute job.json -qx", "no option '-qx'")]
    [TestCase("info lc.tif --shards 3", "--shards is an option of 'ldn plan', not of 'ldn info'")]
    [TestCase("compute --lpd", "--lpd has no value", "--lpd FILE", "--lpd lpd.tif")]
    [TestCase("compute --lpd --zones z.geojson", "--lpd has no value", "--lpd FILE")]
    [TestCase("compute --lpd= --zones z.geojson", "--lpd= has no value")]
    [TestCase("compute --lpd --soc-inital x", "no option '--soc-inital'", "--soc-initial")]
    [TestCase("compute --lpd a.tif --lpd b.tif", "--lpd is given 2 times", "once")]
    [TestCase("compute --dissolve=maybe", "--dissolve", "'maybe' is neither true nor false")]
    [TestCase("compute --memory 2GBB", "--memory: '2GBB' is not a size", "2G")]
    [TestCase("compute --memory 12", "--memory", "at least 1M")]
    [TestCase("compute --threads 0", "--threads: 0 is not between 1 and 1024")]
    [TestCase("compute --threads two", "--threads: 'two' is not a whole number", "--threads 4")]
    [TestCase("compute --soc-threshold ten", "'ten' is not a number", "--soc-threshold 5")]
    [TestCase("compute --soc-threshold 7,5", "'7,5' is not a number", "decimal point")]
    [TestCase("compute --missing lenient", "--missing: unknown value 'lenient'", "strict, precautionary, available")]
    [TestCase("compute --tables csv,xslx", "--tables: unknown value 'xslx'", "did you mean 'xlsx'")]
    [TestCase("compute --years 2015-2000", "2015-2000 is not a first and a last year", "2001-2010")]
    [TestCase("compute --progress bar", "--progress: unknown value 'bar'", "json")]
    [TestCase("compute job.json -out d", "'-out' has one hyphen", "write --out")]
    [TestCase("compute -help", "one hyphen", "write --help")]
    [TestCase("compute job.json \u2014out d", "typographic dash", "two plain hyphens: --out")]
    [TestCase("compute --hepl", "no option '--hepl'; did you mean '--help'")]
    [TestCase("--verison", "'--verison'", "did you mean '--version'")]
    [TestCase("help comptue", "no command 'comptue'; did you mean 'compute'")]
    [TestCase("compute --OUT d", "no option '--OUT'; did you mean '--out'")]
    [TestCase("compute --socThreshold 5", "did you mean '--soc-threshold'")]
    [TestCase("compute --soc_threshold 5", "did you mean '--soc-threshold'")]
    [TestCase("compute job.json --out= d", "--out= has no value")]
    [TestCase("compute --missing Strict", "did you mean 'strict'")]
    [TestCase("compute --rasters yes", "unknown value 'yes'", "indicator, sub-indicators")]
    [TestCase("validate", "'ldn validate' needs JOB", "usage: ldn validate JOB")]
    [TestCase("legend esa-cci igbp", "'igbp' is one too many", "usage: ldn legend [NAME]")]
    [TestCase("summarize c.tif", "'c.tif' is one too many", "options only")]
    public void IsRefusedBeforeAnythingIsRead(string line, params string[] words)
    {
        string[] args = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        LdnException error = Assert.Throws<LdnException>(() => Call.Parse(AllVerbs.InOrder, args, _ => null))!;
        Assert.That(error.ExitCode, Is.EqualTo(ExitCode.Usage));
        foreach (string word in words)
            Assert.That(error.Message + "\n" + error.Remedy, Does.Contain(word));
    }

    /// <summary>What looks odd and is meant.</summary>
    [TestCase("compute --offset-free", false)]
    [TestCase("compute @job.json", true)]
    [TestCase("compute -- --odd-name.json", true)]
    [TestCase("compute --name=-draft- job.json", true)]
    [TestCase("compute --name -draft- job.json", true)]
    [TestCase("compute --soc-threshold 5% job.json", true)]
    [TestCase("compute --nodata soc=-1 --nodata soc=-2", true)]
    [TestCase("productivity --offset -0.5 --series a b c --quiet", true)]
    [TestCase("compute -qv job.json", true)]
    [TestCase("compute --dissolve false job.json", true)]
    [TestCase("compute --memory 1.5GiB", true)]
    [TestCase("compute --shard 007 --plan p", true)]
    public void IsTaken(string line, bool taken)
    {
        string[] args = line.Split(' ');
        if (taken)
            Assert.DoesNotThrow(() => Call.Parse(AllVerbs.InOrder, args, _ => null));
        else
            Assert.Throws<LdnException>(() => Call.Parse(AllVerbs.InOrder, args, _ => null));
    }

    /// <summary>Ways to ask for help and version that people bring along.</summary>
    [TestCase("help", "Usage: ldn COMMAND")]
    [TestCase("help compute", "Usage: ldn compute")]
    [TestCase("compute help", "Usage: ldn compute")]
    [TestCase("compute -?", "Usage: ldn compute")]
    [TestCase("info -h", "Usage: ldn info")]
    [TestCase("/?", "Usage: ldn COMMAND")]
    [TestCase("version", ".")]
    [TestCase("-V", ".")]
    [TestCase("compute --version", ".")]
    [NonParallelizable]
    public void Answers(string line, string says)
    {
        TextWriter before = Console.Out;
        using var text = new StringWriter();
        Console.SetOut(text);
        try
        {
            Assert.That(Ldn.Cli.Help.HelpText.Answer(AllVerbs.InOrder, line.Split(' ')));
        }
        finally
        {
            Console.SetOut(before);
        }

        Assert.That(text.ToString(), Does.Contain(says));
    }

    /// <summary>
    /// The short help is a line an option, the long one tells each option's variable; both have every option of every verb.
    /// </summary>
    [Test]
    public void ShortAndLongHelpOfEveryVerb()
    {
        foreach (Verb verb in AllVerbs.InOrder)
        {
            string brief = Ldn.Cli.Help.HelpText.Of(verb, whole: false, 100),
            whole = Ldn.Cli.Help.HelpText.Of(verb, whole: true, 100);
            Assert.That(brief.Split('\n').Concat(whole.Split('\n')).Max(l => l.Length), Is.LessThanOrEqualTo(110), verb.Name);
            foreach (Ldn.Jobs.Flags.Flag flag in verb.Flags)
            {
                Assert.That(brief, Does.Contain(flag.Name), verb.Name);
                Assert.That(whole, Does.Contain($"Variable: {flag.Variable}."), verb.Name);
            }

            if (verb.Flags.Count > 0)
                Assert.That(brief, Does.Contain($"'ldn {verb.Name} --help'").And.Not.Contains("Variable:"), verb.Name);
        }
    }

    [Test]
    public void ANameWithASpace()
    {
        using var work = new Workspace();
        work.Text("my lpd.tif", "");
        LdnException error = Assert.Throws<LdnException>(
            () => Call.Parse(AllVerbs.InOrder, ["compute", "--lpd", work["my"], "lpd.tif", "--out", "d"], _ => null))!;
        Assert.That(error.Message + error.Remedy, Does.Contain("has a space").And.Contains($"'{work["my lpd.tif"]}'"));
    }

    [Test]
    public void AFlagOfOnePeriodBesideAJobFile()
    {
        Call call = Call.Parse(AllVerbs.InOrder, ["compute", "job.json", "--lpd", "lpd.tif"], _ => null);
        LdnException error = Assert.Throws<LdnException>(() => call.Config("job.json"))!;
        Assert.That(error.Message + error.Remedy, Does.Contain("--lpd").And.Contains("productivity.periods"));
    }

    [TestCase("LDN_SOC_TRESHOLD", "did you mean 'LDN_SOC_THRESHOLD'", "unset LDN_SOC_TRESHOLD")]
    [TestCase("LDN_THREAD", "did you mean 'LDN_THREADS'", "unset")]
    public void AVariableThatNobodyKnows(string name, params string[] words)
    {
        LdnException error = Assert.Throws<LdnException>(() => Mistakes.Variables(AllVerbs.InOrder, ["PATH", name]))!;
        foreach (string word in words.Append(name))
            Assert.That(error.Message + error.Remedy, Does.Contain(word));
    }

    /// <summary>Names that are nobody's misspelling belong to somebody else.</summary>
    [Test]
    public void OtherVariablesAreNamed()
    {
        Assert.That(
            Mistakes.Variables(AllVerbs.InOrder, ["LDN_HOME", "LDN_ROOT", "LDN_OUT", "LDN_TEST_FULL", "LDN_GDAL_LIBRARY"]),
            Does.Contain("LDN_HOME, LDN_ROOT").And.Not.Contains("LDN_OUT"));
        Assert.That(Mistakes.Variables(AllVerbs.InOrder, ["LDN_OUT", "HOME"]), Is.Null);
    }

    [TestCase("LDN_SOC_THRESHOLD", "five")]
    [TestCase("LDN_MISSING", "lenient")]
    [TestCase("LDN_MEMORY", "2GBB")]
    [TestCase("LDN_QUIET", "perhaps")]
    public void ABadValueIsBlamedOnItsVariable(string name, string value)
    {
        LdnException error = Assert.Throws<LdnException>(
            () => Call.Parse(AllVerbs.InOrder, ["compute", "job.json"], n => n == name ? value : null))!;
        Assert.That(error.Message, Does.StartWith(name + ": ").And.Contains($"'{value}'"));
    }

    [Test]
    public void ErrorsOfTheCommandLineAreJsonToo()
    {
        LdnResult result = LdnProcess.Run(Path.GetTempPath(), ["compute", "--zoneid", "iso3", "--json"]);
        System.Text.Json.Nodes.JsonNode error = System.Text.Json.Nodes.JsonNode.Parse(result.Out)!["error"]!;
        Assert.That(((string?)error["code"], (int)error["exit"]!, result.ExitCode), Is.EqualTo(("LDN200", 2, 2)));
        Assert.That((string?)error["message"], Does.Contain("--zone-id"));
    }

    [Test]
    public void WhatAVariableGaveIsToldBesideTheFault()
    {
        using var job = new SmallJob();
        job.Flags.Remove("--lpd");
        LdnResult result = job.RunWith(new Dictionary<string, string> { ["LDN_LPD"] = "nowhere.tif" });
        BadInput.Refusal.Said(result, ExitCode.Input, "nowhere.tif", "LDN_LPD=nowhere.tif");
    }
}
