using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ldn.Rasters;
using Ldn.Tests;

namespace Ldn.Cli.Tests.Usage;

/// <summary>
/// The table of typical mistakes, row by row in its own order: what a shell gets, that nothing was computed or written before the
/// complaint, and that the message tells what, where and the cure.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class MistakeTableTests
{
    private const string Short = "compute {flags}", Job = "compute job.json --out result";

    /// <param name="row">Of the table, from 1; relatives of a row carry a letter.</param>
    /// <param name="mistake">As the table calls it.</param>
    /// <param name="exit">The exit code.</param>
    /// <param name="line">The command; {flags} are those of a correct run.</param>
    /// <param name="change">What is changed before: flag=value, or, of the job file, text → text.</param>
    /// <param name="words">What the message says.</param>
    [TestCase("1", "missing raster, by flag", 3, Short, "--lpd=nowhere.tif", "nowhere.tif: no such file", "did you mean")]
    [TestCase("2", "missing raster, in a job", 3, Job, "lpd.tif → lpdx.tif", "paths in a job start at its folder",
        "did you mean")]
    [TestCase("3", "CSV given as raster", 3, Short, "--lpd=table.csv", "a text, such as a table (CSV)", "name the raster")]
    [TestCase("4", "soil carbon given as land cover", 3, Job, "lc1.tif → carbon.tif",
        "land cover 2015", "look like soil carbon", "is the file of the right layer?", "name the file that is meant")]
    [TestCase("5", "land cover given as LPD", 3, Short, "--lpd=esa.tif", "esa.tif", "look like land cover of legend esa-cci")]
    [TestCase("7", "--years 2015-2000", 2, Short + " --years 2015-2000", "", "not a first and a last year", "2001-2010")]
    [TestCase("8", "--zoneid", 2, "compute --zoneid iso3", "", "no option '--zoneid'; did you mean '--zone-id'?", "compute -h")]
    [TestCase("9", "compute job.json --bogus", 2, "compute job.json --bogus --out result", "", "no option '--bogus'",
        "compute -h")]
    [TestCase("10", "comptue", 2, "comptue job.json", "", "did you mean 'compute'?", "commands are")]
    [TestCase("11", "esa_cci", 2, Job, "unccd-7 → esa_cci", "the nearest is esa-cci", "code,name,color,unccd")]
    [TestCase("12", "ISO_3", 2, Job, "iso3 → ISO_3", "zones.geojson has no attribute 'ISO_3'; did you mean 'iso3'?", "name")]
    [TestCase("13", "no --zone-id", 2, Job, "\"id\": \"iso3\",  → ", "name no attribute with their ids", "--zone-id iso3")]
    [TestCase("14", "missing comma in the job", 2, Job, "\"small\", → \"small\"", "job.json, line 2, column 18",
        "a comma is missing",
        "put a comma")]
    [TestCase("16a", "zones without an id, several could be", 2, Job,
        "[ { \"file\": \"zones.geojson\", \"id\": \"iso3\", \"name\": \"name\" } ] → \"zones.geojson\"",
            "--zone-id iso3", "name")]
    [TestCase("17", "years as a text", 2, Job, "\"landCover\": [2000, 2015] → \"landCover\": \"2000-2015\"",
        "line 3: periods.baseline.landCover must be a list", "found the text \"2000-2015\"", "\"landCover\": [2000, 2015]")]
    [TestCase("17a", "a number as text", 2, Job, "\"strict\" → \"strict\", \"socThreshold\": \"10\"",
        "line 8: rules.socThreshold must be a number, without quotes", "write 10")]
    [TestCase("18", "key landcover", 2, Job, "\"landCover\": { \"legend → \"landcover\": { \"legend",
        "line 4: unknown key 'landcover'; did you mean 'landCover'?")]
    [TestCase("18a", "key standins", 2, Job, "\"years\": { \"2000\": \"lc0 → \"standins\": {}, \"years\": { \"2000\": \"lc0",
        "did you mean 'standIns'?")]
    [TestCase("19", "groups file missing", 3, Job, "\"name\" } → \"name\", \"groups\": \"none.csv\" }",
        "none.csv: no such file")]
    [TestCase("20", "groups: unknown zone", 2, Job, "\"name\" } → \"name\", \"groups\": \"g.csv\" }",
        "g.csv, row 2, column zone_id: 'MGN' is not a zone", "did you mean 'MNG'?")]
    [TestCase("20a", "targets: unknown zone", 2, Job, "\"rules\" → \"targets\": \"t.csv\", \"rules\"", "target t1", "'MNG'?")]
    [TestCase("21", "zones without overlap", 3, Job, "zones.geojson → far.geojson", "170 to 172, -45 to -43",
        "100 to 104, 47 to 50",
        "ldn info")]
    [TestCase("22", "longitude and latitude swapped", 3, Job, "zones.geojson → swapped.geojson", "feature 1", "beyond the pole",
        "axis order")]
    [TestCase("23", "single quotes", 2, Job, "\"small\" → 'small'", "line 2, column 11: a text in single quotes",
        "double quotes")]
    [TestCase("23a", "curly quotes", 2, Job, "\"small\" → “small”", "line 2, column 11", "typographic quotation mark",
        "plain double")]
    [TestCase("23b", "a job file of UTF-16", 2, "compute utf16.json --out result", "", "saved as UTF-16", "save it as UTF-8")]
    [TestCase("24", "C:\\data in a job", 2, Job, "lpd.tif → C:\\data\\lpd.tif", "line 5, column 64: a backslash", "C:/data")]
    [TestCase("25", "data\\\\lc.tif on Linux", 3, Job, "lpd.tif → data\\\\lpd.tif", "no such file", "lies near: lpd.tif")]
    [TestCase("26", "unquoted space in a path", 2, Short + " --lpd my lpd.tif", "--lpd=", "'my lpd.tif' has a space",
        "in quotes")]
    [TestCase("27", "result exists", 2, "compute job.json --out taken", "", "already holds a result", "--overwrite")]
    [TestCase("28", "--out is a file", 2, "compute job.json --out table.csv", "", "is a file, not a folder", "another --out")]
    [TestCase("29", "no CRS", 3, Short, "--lpd=nocrs.tif", "no coordinate reference system", "-a_srs")]
    [TestCase("30", "file cut off", 3, Short, "--lpd=cut.tif", "cut.tif", "get it again")]
    [TestCase("31", "10%", 2, Job, "\"strict\" → \"strict\", \"socThreshold\": 10%", "line 8, column 53", "10, not 10%")]
    [TestCase("32", "groups in CP1251", 3, Job, "\"name\" } → \"name\", \"groups\": \"cyrillic.csv\" }",
        "cyrillic.csv: its text is not UTF-8", "--text-encoding CP1251, which reads 'Монголия'")]
    [TestCase("33", "--memory 2GBB", 2, Job + " --memory 2GBB", "", "'2GBB' is not a size", "512M or 2G")]
    [TestCase("33a", "LDN_SOC_TRESHOLD=5", 2, Job, "LDN_SOC_TRESHOLD=5", "did you mean 'LDN_SOC_THRESHOLD'?", "unset")]
    [TestCase("34", "LDN_SOC_THRESHOLD=five", 2, Job, "LDN_SOC_THRESHOLD=five", "LDN_SOC_THRESHOLD: 'five' is not a number",
        "LDN_SOC_THRESHOLD=")]
    // Relatives: JSON, options, paths, environment, numbers, units.
    [TestCase("14a", "a comma too many", 2, Job, "\"small\", → \"small\",,",
        "line 2, column 19", "a comma too many", "remove it")]
    [TestCase("14b", "a brace too few", 2, Job, "\"indicator\"] }\n} → \"indicator\"] }", "job.json", "}")]
    [TestCase("14c", "text after the end", 2, Job, "\"indicator\"] }\n} → \"indicator\"] }\n} end", "line 10")]
    [TestCase("9a", "an option of another command", 2, Job + " --shards 3", "", "option of 'ldn plan'", "compute -h")]
    [TestCase("9b", "an option twice", 2, Job + " --missing strict --missing available", "", "--missing is given 2 times")]
    [TestCase("9c", "one hyphen", 2, "compute job.json -out result", "", "'-out' has one hyphen", "--out")]
    [TestCase("2a", "a home folder", 3, Job, "lpd.tif → ~/lpd.tif", "no such file", "~ is replaced by shells alone")]
    [TestCase("2b", "a folder in place of a file", 3, Job, "\"lpd.tif\" → \".\"", "it is a folder", "name the raster in it")]
    [TestCase("2c", "the case of letters", 3, Job, "lpd.tif → LPD.TIF", "no such file", "lpd.tif")]
    [TestCase("33b", "LDN_MEMORY=2GBB", 2, Job, "LDN_MEMORY=2GBB", "LDN_MEMORY: '2GBB' is not a size", "2G")]
    [TestCase("33c", "LDN_QUIET=perhaps", 2, Job, "LDN_QUIET=perhaps", "LDN_QUIET: 'perhaps' is neither true nor false")]
    [TestCase("33d", "LDN_MISSING=lenient", 2, Job, "LDN_MISSING=lenient", "LDN_MISSING: unknown value 'lenient'", "strict")]
    [TestCase("31a", "a decimal comma", 2, Job + " --soc-threshold 7,5", "", "'7,5' is not a number", "decimal point")]
    [TestCase("31b", "not a number in a job", 2, Job, "\"strict\" → \"strict\", \"socThreshold\": NaN", "line 8")]
    [TestCase("31c", "out of range", 2, Job + " --soc-threshold 100", "", "100")]
    [TestCase("4a", "stocks below 0", 3, Job, "soc1.tif → negative.tif", "negative.tif", "--nodata soc=")]
    [TestCase("5a", "LPD of classes beyond 5", 3, Job, "\"lpd.tif\" → \"negative.tif\"", "1 to 5", "--nodata productivity=")]
    // Desk officers with keyboards, spreadsheets and systems of their own.
    [TestCase("41", "a full-width hyphen", 2, "compute job.json －－out result", "", "'－－out' begins with a typographic dash",
        "two plain hyphens: --out")]
    [TestCase("42", "a Cyrillic letter in an option", 2, "compute job.json --оut result", "", "no option '--оut'",
        "letters only look like those of '--out'", "Latin keyboard")]
    [TestCase("43", "a Cyrillic letter in a legend", 2, Job, "unccd-7 → unссd-7", "the nearest is unccd-7",
        "letters only look like those of 'unccd-7'")]
    [TestCase("44", "full-width digits", 2, Job + " --soc-threshold １０", "", "'１０' is not a number", "write 10")]
    [TestCase("45", "per cent and a comma", 2, Job + " --soc-threshold 7,5％", "", "is not a number", "write 7.5")]
    [TestCase("46", "a size in Russian", 2, Job + " --memory 2,5Гб", "", "'2,5Гб' is not a size", "write 2.5G")]
    [TestCase("47", "a country's code for a language", 2, "report taken --language cn", "", "unknown value 'cn'",
        "did you mean 'zh'?", "en, zh, ja")]
    [TestCase("48", "a locale for a language", 2, "report taken --language ru_RU.UTF-8", "", "did you mean 'ru'?", "use one of")]
    [TestCase("49", "latitude first", 2, "explain taken --at 47.9,106.9", "", "no place on Earth", "106.9,47.9")]
    [TestCase("50", "sides and decimal commas", 2, "explain taken --at 47,9N;106,9E", "", "is not LON,LAT", "--at 106.9,47.9")]
    [TestCase("51", "degrees and minutes", 2, "explain taken --at 47°54'N,106°54'E", "", "is not LON,LAT", "--at 106.9,47.9")]
    [TestCase("52", "a bound with a sign of per cent", 2, Job + " --fail-on no_data_pct≥5%", "", "is not a bound",
        "'no_data_pct>=5'")]
    [TestCase("53", "a sub-indicator by its short name", 2, Job + " --without soc", "", "did you mean 'soil-carbon'?",
        "use one of")]
    [TestCase("54", "tables separated by semicolons", 2, Job + " --tables csv;html", "", "separated by commas: csv,html",
        "use one of")]
    [TestCase("55", "a job that Windows calls job.json.txt", 2, "compute hidden.json --out result", "", "hidden.json",
        "hidden.json.txt lies there", "Rename it to hidden.json")]
    [TestCase("56", "files in place of their folder", 2, "init lc0.tif lc1.tif", "", "'lc1.tif' is one too many", "ldn init .")]
    [TestCase("57", "the side file of a shapefile", 3, Job, "zones.geojson → zones.dbf", "it is a part of a shapefile",
        "zones.shp")]
    [TestCase("58", "the style of a raster", 3, Job, "\"lpd.tif\" → \"lpd.qml\"", "it is a style", "lpd.tif")]
    [TestCase("59", "the georeference of a raster", 3, Job, "\"lpd.tif\" → \"lpd.tfw\"",
        "the georeference of a raster", "lpd.tif")]
    [TestCase("60", "a workbook called .csv", 2, Job, "\"name\" } → \"name\", \"groups\": \"excel.csv\" }",
        "is a workbook or an archive", "Save As, CSV UTF-8")]
    [TestCase("61", "groups with semicolons", 2, Job, "\"name\" } → \"name\", \"groups\": \"semicolons.csv\" }",
        "separated by semicolons", "tr ';' ',' < semicolons.csv")]
    [TestCase("62", "a name for an id", 2, Job, "\"name\" } → \"name\", \"groups\": \"names.csv\" }",
        "row 2, column zone_id: 'Mongolia' is not a zone of this run, but the name of 'MNG'", "write MNG")]
    [TestCase("63", "zones in one field", 2, Job, "\"name\" } → \"name\", \"groups\": \"several.csv\" }",
        "'MNG, CHN' is not a zone", "A,All,MNG A,All,CHN")]
    [TestCase("64", "a comma of an input method", 2, Job, "\"small\", → \"small\"，", "line 2, column 18: a full-width ，",
        "input method")]
    [TestCase("65", "a space of an input method", 2, Job, "\"name\": \"small\" → \"name\":\u3000\"small\"",
        "an invisible character (U+3000)", "plain space")]
    [TestCase("66", "decimal commas in a table", 2, Job, "\"rules\" → \"targets\": \"commas.csv\", \"rules\"",
        "column value: '10,5' is not a number", "write 10.5")]
    [TestCase("5b", "a change given as stock", 2, Short + " --soc-change soc1.tif", "", "--soc-change")]
    public void IsToldWithWhereAndCure(
        string row, string mistake, int exit, string line, string change, params string[] words)
    {
        using SmallJob job = Scene();
        var environment = new Dictionary<string, string>();
        string text = SmallJob.JobFile;
        if (change.Split(" → ") is [var from, var to])
        {
            Assert.That(text, Does.Contain(from), "the change");
            text = text.Replace(from, to, StringComparison.Ordinal);
        }
        else if (change.Split('=', 2) is [var name, var value])
        {
            if (name.StartsWith("LDN_", StringComparison.Ordinal))
                environment[name] = value;
            else if (value.Length == 0)
                job.Flags.Remove(name);
            else
                job.Flags[name] = value;
        }

        job.Work.Text("job.json", text);
        string[] before = Files(job);
        string[] arguments = [.. line.Split(' ').SelectMany(word => word == "{flags}" ? job.Arguments().Skip(1) : [word])];
        LdnResult result = LdnProcess.Run(job.Work.Folder, arguments, environment);
        string label = $"row {row}, {mistake}: {result.Error}";
        Assert.That(result.ExitCode, Is.EqualTo(exit), label);
        foreach (string word in words)
            Assert.That(result.Error, Does.Contain(word), label);
        string[] said = [.. result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .SkipWhile(l => !l.StartsWith("ldn: ", StringComparison.Ordinal))];
        Assert.That(said[0], Does.Match(@"^ldn: .+ \[LDN\d{3}\]$"), label);
        Assert.That(said, Has.Length.EqualTo(2), label);
        Assert.That(Mark(said[0], said[1]), Is.EqualTo(3), $"{label}: what was found, where, and a cure");
        Assert.That(Files(job), Is.EqualTo(before), $"{label}: nothing is written");
    }

    /// <summary>
    /// The mark of a message: a point each for what was found (a name, number or text, or in words what a file is), where
    /// (option, variable, file, key, line, row), and a cure that can be pasted or begins with what to do.
    /// </summary>
    private static int Mark(string message, string cure)
    {
        bool found = Regex.IsMatch(message, @"'[^']*'|""[^""]*""|\d|: (?:a|an|the|it|no|cannot)\b|\b(is|are|no)\b");
        bool where = Regex.IsMatch(
            message + cure, @"--?[a-z]|LDN_[A-Z]|\.(tif|csv|json|geojson|dbf|qml|tfw)\b|\b(line|row|column|feature) \d|'[^']+'"
                + "|command|job|folder");
        bool mended = Regex.IsMatch(cure, @"--[a-z]|'[^']+'|""[^""]+""|\b[\w-]+\.(tif|csv|json|geojson|shp|gpkg)\b|\d|, ")
            || Regex.IsMatch(
                cure.Trim(),
                "^(name|write|give|put|remove|close|delete|add|save|choose|check|use|correct|unset|declare|get|type|make)\\b");
        return (found ? 1 : 0) + (where ? 1 : 0) + (mended ? 1 : 0);
    }

    /// <summary>Messages that tell too little have a lower mark, so that the marks above say something.</summary>
    [TestCase("ldn: failed", "try again", 0)]
    [TestCase("ldn: could not be converted to CorrectionsConfig", "", 0)]
    [TestCase("ldn: 10% is not a number", "", 1)]
    public void ThePoorHaveNoMark(string message, string cure, int most) =>
        Assert.That(Mark(message, cure), Is.LessThanOrEqualTo(most));

    /// <summary>Short forms that are unambiguous are taken (rows 15, 16).</summary>
    [TestCase("15", "\"rules\"", "\"corrections\": \"fixes.geojson\", \"rules\"")]
    [TestCase("16", "[ { \"file\": \"zones.geojson\", \"id\": \"iso3\", \"name\": \"name\" } ]",
        "{ \"file\": \"zones.geojson\", \"id\": \"iso3\" }")]
    public void IsTaken(string row, string from, string to)
    {
        using SmallJob job = Scene();
        job.RunFile(SmallJob.JobFile.Replace(from, to, StringComparison.Ordinal), "--rasters", "none").Succeeded();
        int corrected = row == "15" ? 1 : 0;
        Assert.That(File.Exists(job["result/corrections.csv"]) ? 1 : 0, Is.EqualTo(corrected));
        Assert.That(CsvRows.Read(job["result/headline.csv"]).Select(r => r["zone_id"]), Is.EquivalentTo(new[] { "MNG",
            "CHN", "EDGE" }));
    }

    /// <summary>Rows 6 and 35: nothing forbids them, and the run and validate say so.</summary>
    [Test]
    public void WhatNothingForbidsIsDoubted()
    {
        using SmallJob job = Scene();
        File.Move(job["lc0.tif"], job["lc_2015.tif"]);
        File.Move(job["lc1.tif"], job["lc_2000.tif"]);
        job.Work.Text("job.json", SmallJob.JobFile.Replace("lc0", "lc_2015", StringComparison.Ordinal)
            .Replace("lc1", "lc_2000", StringComparison.Ordinal)
            .Replace("soc1.tif", "filled.tif", StringComparison.Ordinal));
        LdnResult validate = LdnProcess.Run(job.Work.Folder, ["validate", "job.json", "--json"]).Succeeded();
        Assert.That(validate.Error, Does.Contain("swapped?").And.Contain("65533").And.Contain("--nodata soc=65533"));
        // Row 36: the document of --json.
        Assert.That((bool)JsonNode.Parse(validate.Out)!["jobs"]![0]!["valid"]!);
        LdnResult error = LdnProcess.Run(job.Work.Folder, ["compute", "--zoneid", "x", "--json"]);
        Assert.That((string?)JsonNode.Parse(error.Out)!["error"]!["code"], Is.EqualTo("LDN200"), "row 37");
    }

    /// <summary>Row 40, on the sample of the README: what can be done instead is named.</summary>
    [Test]
    public void MoreShardsThanWindows()
    {
        string sample = Path.Combine(TestData.Root, "sample-data/north-east-asia/job.json");
        using var work = new Workspace();
        LdnResult plan = LdnProcess.Run(work.Folder, ["plan", sample, "--shards", "200", "-o", "run.plan"]);
        BadInput.Refusal.Said(plan, ExitCode.Usage, "200 shards for a run of", "or fewer");
        Assert.That(Directory.GetFileSystemEntries(work.Folder), Is.Empty);
    }

    private static string[] Files(SmallJob job) =>
        [.. Directory.GetFileSystemEntries(job.Work.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static SmallJob Scene()
    {
        var job = new SmallJob();
        void Raster(string name, CellType type, Func<int, double> value, double noData) =>
            job.Work.Raster(name, SmallJob.Grid, type, SmallJob.Values((c, r) => value((r * SmallJob.Width) + c)), noData);
        double[] esa = [10, 30, 60, 130, 200, 210];
        Raster("esa.tif", CellType.Byte, i => esa[i % 6], 0);
        Raster("carbon.tif", CellType.Float32, i => 20.5 + (i % 90), -9999);
        Raster("negative.tif", CellType.Int16, i => i % 50 == 0 ? -7 : 90, -32768);
        Raster("filled.tif", CellType.UInt16, i => i % 20 == 0 ? 65533 : 80 + (i % 9), 0);
        byte[] whole = File.ReadAllBytes(job["lpd.tif"]);
        File.WriteAllBytes(job["cut.tif"], whole[..200]);
        File.WriteAllBytes(job["my lpd.tif"], whole);
        job.Work.Virtual("nocrs.tif", job["lpd.tif"], SmallJob.Width, SmallJob.Height, crs: null);
        job.Work.Zones("far.geojson", [(SmallJob.Properties("NZL", "New Zealand"), Workspace.Rectangle(170, -45, 172, -43))]);
        job.Work.Zones("swapped.geojson", [(SmallJob.Properties("MNG", "Mongolia"), Workspace.Rectangle(47, 100, 50, 102))]);
        job.Work.Zones("fixes.geojson",
            [("\"id\": \"c1\", \"periods\": \"baseline\", \"degraded_to\": \"stable\", \"stable_to\": "
            + "\"\", \"improved_to\": \"\", \"justification\": \"seen\"", Workspace.Rectangle(100, 49, 100.5, 50))]);
        job.Work.Text("table.csv", "a,b\n1,2\n");
        job.Work.Text("g.csv", "group_id,group_name,zone_id\nA,All,MGN\n");
        job.Work.Text("t.csv", "id,zone_id,text,metric,comparator,value,year\nt1,MGN,less,degraded_pct,<=,10,2030\n");
        job.Work.Text("cyrillic.csv", "");
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        File.WriteAllText(
            job["cyrillic.csv"], "group_id,group_name,zone_id\nA,Монголия,MNG\n", Encoding.GetEncoding(1251));
        job.Work.Text("hidden.json.txt", SmallJob.JobFile);
        foreach (string side in new[] { "zones.dbf", "lpd.qml", "lpd.tfw" })
            job.Work.Text(side, "0.1\n");
        File.WriteAllBytes(job["excel.csv"], [(byte)'P', (byte)'K', 3, 4, 20, 0]);
        job.Work.Text("semicolons.csv", "group_id;group_name;zone_id\nA;All;MNG\n");
        job.Work.Text("names.csv", "group_id,group_name,zone_id\nA,All,Mongolia\n");
        job.Work.Text("several.csv", "group_id,group_name,zone_id\nA,All,\"MNG, CHN\"\n");
        job.Work.Text("commas.csv", "id,zone_id,text,metric,comparator,value,year\nt1,MNG,less,degraded_pct,<=,\"10,5\",2030\n");
        File.WriteAllText(job["utf16.json"], SmallJob.JobFile, Encoding.Unicode);
        Directory.CreateDirectory(job["taken"]);
        job.Work.Text("taken/provenance.json", "{}");
        return job;
    }
}
