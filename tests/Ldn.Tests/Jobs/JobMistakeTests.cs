using System.Text;
using System.Text.Json;
using Ldn.Jobs;
using Ldn.Subjects;

namespace Ldn.Tests.Jobs;

/// <summary>Mistakes people make in job files, each told with what, where as an editor counts, and how to mend it.</summary>
internal sealed class JobMistakeTests
{
    private static LdnException Refused(byte[] text)
    {
        LdnException error = Assert.Throws<LdnException>(() => JobReader.Parse(text, "job.json", AllSubjects.InOrder))!;
        Assert.That((error.ExitCode, error.Fault), Is.EqualTo((ExitCode.Usage, Fault.JobFile)));
        foreach (string internals in new[] { "System.", "Ldn.", "LineNumber", "BytePosition", "Path:", "JsonElement", "0x" })
            Assert.That(error.Message + error.Remedy, Does.Not.Contain(internals));
        return error;
    }

    [TestCase("{\n  \"name\": \"a\"\n  \"preset\": \"unccd-2018\"\n}", "line 2, column 14: a comma is missing at the end of the "
        + "line, before \"preset\" on line 3", "comma")]
    [TestCase("{ \"landCover\": { \"years\": { \"2000\": \"a.tif\" \"2015\": \"b.tif\" } } }", "line 1, column 44: a comma is "
        + "missing before \"2015\"", "comma")]
    [TestCase("{ \"without\": [\"a\" \"b\"] }", "a comma is missing before \"b\"", "comma")]
    [TestCase("{\n  'name': 'a'\n}", "line 2, column 3: a text in single quotes", "\"like this\"")]
    [TestCase("{\n  \"name\": 'a'\n}", "line 2, column 11: a text in single quotes", "double quotes")]
    [TestCase("{ \u201Cname\u201D: \u201Ca\u201D }", "line 1, column 3: a typographic quotation mark, \u201C", "plain double quotes")]
    [TestCase("{ \"name\": \u00ABa\u00BB }", "column 11: a typographic quotation mark", "plain double quotes")]
    [TestCase("{\n\"landCover\": { \"legend\": \"C:\\data\\legend.csv\" } }", "line 2, column 29: a backslash in a text starts "
        + "an escape", "C:/data/lc.tif")]
    [TestCase("{ \"water\": \"C:\\new\\table.tif\" }", "line 1: water holds a control character, which '\\n' in a text means", "slashes")]
    [TestCase("{ \"name\": \"a\" }\nand more", "line 2, column 1: text stands after the closing brace", "remove")]
    [TestCase("{ \"name\": \"a\" } }", "column 17: text stands after the closing brace", "remove")]
    [TestCase("{\n  \"zones\": [ { \"file\": \"z\" }\n", "line 2, column 12: the '[' here is never closed", "']'")]
    [TestCase("{ // { a comment\n  \"name\": \"a\"\n", "line 1, column 1: the '{' here is never closed", "'}'")]
    [TestCase("{ \"name\": \"a }", "column 11: a text starts here and never ends", "double quote")]
    [TestCase("{ \"name\": \"a\n\" }", "line 1, column 13: a text does not end on its line", "double quote")]
    [TestCase("{ name: \"a\" }", "column 3: the key name stands without quotes", "\"name\": …")]
    [TestCase("{ \"name\" \"a\" }", "a colon is missing between key and value", "\"key\": value")]
    [TestCase("{ \"name\" = \"a\" }", "'=' between key and value", "colon")]
    [TestCase("{ \"preset\": unccd-2018 }", "column 13: the value unccd-2018", "\"unccd-2018\"")]
    [TestCase("{ \"rules\": { \"socInclusive\": True } }", "the value True", "write true")]
    [TestCase("{ \"water\": None }", "the value None", "null")]
    [TestCase("{ \"name\": , }", "column 11: the key \"name\" has no value", "after the colon")]
    [TestCase("{ \"name\": }", "the key \"name\" has no value", "remove the key")]
    [TestCase("{ \"name\": \"a\",, \"water\": \"b\" }", "column 15: a comma too many", "remove it")]
    [TestCase("{ \"name\": \"a\",\n  , \"water\": \"b\" }", "line 2, column 3: a comma too many", "remove it")]
    [TestCase("{ , \"name\": \"a\" }", "column 3: a comma too many", "remove it")]
    [TestCase("{ \"without\": [ \"a\",, \"b\" ] }", "a comma too many", "remove it")]
    [TestCase("{ \"a\": [ 1, 2 \"b\": 3 }", "a comma is missing before \"b\"", "comma")]
    [TestCase("{ \"zones\": [ \"z\", \"rules\": {} }",
        "the key \"rules\" stands inside of the list that the '[' on line 1", "']' before the key")]
    [TestCase("{ \"zones\": [ \"z\" }", "'}' does not close the '[' of line 1", "with ']'")]
    [TestCase("{ \"rules\": { \"missing\": \"strict\" ] }", "']' does not close the '{' of line 1", "with '}'")]
    [TestCase("{ \"small\", \"water\": \"a\" }", "the key \"small\" has no value", "its key is missing")]
    [TestCase("{ \"a\": 1, { \"b\": 2 } }", "'{' where a key was expected", "\"key\": {")]
    [TestCase("{ \"a\": 010 }", "the number 010 is not written as JSON writes numbers", "write 10")]
    [TestCase("{ \"a\": +10 }", "the number +10", "write 10")]
    [TestCase("{ \"a\": .5 }", "the number .5", "write 0.5")]
    [TestCase("{ \"a\": 10. }", "the number 10.", "write 10")]
    [TestCase("{ \"a\": 1_000 }", "the number 1_000", "write 1000")]
    [TestCase("{ \"a\": 7,5 }", "column 10: a comma stands inside a number, 7,5", "7.5")]
    [TestCase("{ \"a\": 10% }", "column 10: a sign of per cent", "10, not 10%")]
    [TestCase("{ \"a\": 10 % }", "a sign of per cent after a number", "numbers stand alone: 10")]
    [TestCase("{ \"a\": 10 km }", "a unit stands after the number 10", "numbers stand alone: 10")]
    [TestCase("{ \"a\": NaN }", "the value NaN", "null")]
    [TestCase("{ \"a\": -Infinity }", "the value -Infinity", "null")]
    [TestCase("{ \"a\": yes }", "the value yes", "true")]
    [TestCase("{ \"a\": data\\lc.tif }", "the value data\\lc.tif", "\"data/lc.tif\"")]
    [TestCase("{ \"a\": \"data\\\", \"b\": \"c\" }", "a backslash before a double quote", "slashes")]
    [TestCase("{ \"a\": \"the \"old\" map\" }", "a double quote inside of a text ends it", "write \\\"")]
    [TestCase("{ # note\n \"a\": 1 }", "'#' starts no comment", "//")]
    [TestCase("{ -- note\n \"a\": 1 }", "'--' starts no comment", "//")]
    [TestCase("{ /* note\n \"a\": 1 }", "column 3: a comment starts here and never ends", "*/")]
    [TestCase("{ \"a\": \"b\", ... }", "three dots", "leave them out")]
    [TestCase("{ \"a\": <file> }", "'<' stands where a value belongs", "double quotes")]
    [TestCase("name: small\n", "line 1, column 1: the file does not begin with '{'", "ldn init")]
    [TestCase("job = { \"a\": 1 }", "does not begin with '{'", "one JSON object")]
    [TestCase("{ \"a\": 1 }\n{ \"a\": 1 }", "line 2, column 1: a second job", "one file holds one job")]
    [TestCase("{ \"a\": 1 },", "text stands after the closing brace", "remove")]
    [TestCase("{ \"a\": \"b\"，\"c\": 1 }", "a full-width ， where a plain , belongs", "input method")]
    [TestCase("{ \"a\"： 1 }", "a full-width ： where a plain : belongs", "input method")]
    [TestCase("｛ \"a\": 1 ｝", "a full-width ｛ where a plain { belongs", "input method")]
    [TestCase("{ \"a\": １０ }", "a full-width １ where a plain 1 belongs", "input method")]
    [TestCase("{ \"a\": 「b」 }", "a typographic quotation mark, 「", "plain double quotes")]
    [TestCase("{ \"a\":\u3000\"b\" }", "column 7: an invisible character (U+3000)", "plain space")]
    [TestCase("{ \"a\":\u00A0\"b\" }", "an invisible character (U+00A0)", "plain space")]
    [TestCase("\uFEFF\uFEFF{ \"a\": 1 }", "an invisible character (U+FEFF)", "delete it")]
    [TestCase("{ имя: \"a\" }", "the key имя stands without quotes", "\"имя\": …")]
    [TestCase("", "is empty", "ldn init")]
    [TestCase("  \n\t", "is empty", "ldn init")]
    [TestCase("<!DOCTYPE html>", "XML or a web page", "ldn init")]
    [TestCase("{\\rtf1\\ansi", "word processor", "plain text")]
    [TestCase("{ \"type\": \"FeatureCollection\", \"features\": [] }", "is GeoJSON, not a job", "ldn init")]
    public void TextThatIsNoJob(string text, string says, string cure)
    {
        LdnException error = Refused(Encoding.UTF8.GetBytes(text));
        Assert.That(error.Message, Does.Contain("job file job.json").And.Contain(says));
        Assert.That(error.Remedy, Does.Contain(cure));
    }

    /// <summary>
    /// Whatever one character too many or too few does to a job: told with a place and a cure, and never as "no JSON" alone. What
    /// the walk takes for sound the parser has taken before.
    /// </summary>
    [Test]
    public void EveryTextWithACharacterMoreOrLessIsTold()
    {
        const string job = "{ \"a\": [ 1, -2.5e3, true, null ], // note\n \"b\": { \"c\": \"d\\n\", }, /* x */ \"e\": {} }";
        for (int at = 0; at < job.Length; at++)
        {
            Check(job.Remove(at, 1));
            foreach (char more in ",:;{}[]\"'\\#/-01ae.%<\n\u00A0")
                Check(job.Insert(at, more.ToString()));
        }

        static void Check(string text)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            try
            {
                JobText.Parse(utf8, "job.json").Dispose();
            }
            catch (LdnException error)
            {
                Assert.That(error.Message, Does.Not.Contain("this is no JSON"), text);
                Assert.That(error.Remedy, Is.Not.Empty, text);
                return;
            }

            Assert.That(new JobSyntax(text).FirstFault(), Is.Null, text);
        }
    }

    [TestCase("utf-16", "UTF-16")]
    [TestCase("utf-16BE", "UTF-16")]
    public void OtherEncodingsAreNamed(string encoding, string says)
    {
        var other = Encoding.GetEncoding(encoding);
        byte[] text = [.. other.GetPreamble(), .. other.GetBytes("{ \"name\": \"a\" }")];
        Assert.That(Refused(text).Message, Does.Contain(says));
        Assert.That(Refused(text[2..]).Message, Does.Contain(says), "without a byte-order mark");
        Assert.That(Refused(text).Remedy, Is.EqualTo("save it as UTF-8"));
    }

    [Test]
    public void ByteThatIsNotUtf8IsFound()
    {
        LdnException error = Assert.Throws<LdnException>(
            () => JobReader.Parse(Encoding.Latin1.GetBytes("{\n  \"name\": \"Niño\" }"), "job.json", AllSubjects.InOrder))!;
        Assert.That(error.Message, Does.Contain("line 2, column 14: byte 0xF1 is not UTF-8"));
    }

    [TestCase("""{ "zones": 5 }""", "zones must be a list in square brackets; found the number 5", "\"zones\": [ { \"file\": \"countries.geojson\"")]
    [TestCase("""{ "periods": { "baseline": [2000, 2015] } }""", "periods.baseline must be an object", """{ "landCover": [2000, 2015], "productivity": [2000, 2015], "soilCarbon": [2000, 2015] }""")]
    [TestCase("""{ "periods": { "baseline": { "landCover": ["2000", 2015] } } }""", "periods.baseline.landCover[0] must be a number, without quotes; found the text \"2000\"", "write 2000")]
    [TestCase("""{ "periods": { "baseline": { "landCover": 2015 } } }""", "periods.baseline.landCover must be a list in square brackets; found the number 2015", "[2000, 2015]")]
    [TestCase("""{ "rules": { "socThreshold": "10" } }""", "rules.socThreshold must be a number, without quotes; found the text \"10\"", "write 10")]
    [TestCase("""{ "rules": { "socThreshold": "10%" } }""", "must be a number, without quotes; found the text \"10%\"", "write 10")]
    [TestCase("""{ "rules": { "socThreshold": "7,5" } }""", "must be a number", "write 7.5")]
    [TestCase("""{ "rules": { "socInclusive": "yes" } }""", "rules.socInclusive must be true or false, without quotes", "write true or false")]
    [TestCase("""{ "landCover": { "years": ["lc2000.tif", "data/lc_2015_v2.0.7.tif"] } }""", "landCover.years must be an object", """{ "2000": "lc2000.tif", "2015": "data/lc_2015_v2.0.7.tif" }""")]
    [TestCase("""{ "landCover": { "years": { "2000": 5 } } }""", "landCover.years.2000 must be a text in double quotes; found the number 5", "\"5\"")]
    [TestCase("""{ "landCover": { "standIns": { "2023": "2022" } } }""", "landCover.standIns.2023 must be a number", "write 2022")]
    [TestCase("""{ "productivity": { "minYears": 8.5 } }""", "productivity.minYears must be a whole number; found the number 8.5", "decimals")]
    [TestCase("""{ "landCover": "esa-cci" }""", "landCover must be an object in curly braces with legend,", "\"landCover\": { \"legend\"")]
    [TestCase("""[ 1 ]""", "the job must be an object in curly braces", "schema")]
    public void ValuesOfAnotherForm(string text, string says, string cure)
    {
        LdnException error = Refused(Encoding.UTF8.GetBytes(text));
        Assert.That(error.Message, Does.StartWith("job file job.json, line 1: ").Or.StartWith("job file job.json: "));
        Assert.That(error.Message, Does.Contain(says));
        Assert.That(error.Remedy, Does.Contain(cure));
    }

    [Test]
    public void ShortFormsMeanTheLongOnes()
    {
        JobConfig brief = Job("""
            { "zones": "z.geojson", "corrections": "f.geojson", "activities": "a.gpkg", "without": "soil-carbon", "outputs": { "tables": "csv" }, "noData": { "soc": -9999 } }
            """);
        Assert.That(brief.Zones, Is.EqualTo(new[] { new ZoneConfig { File = "z.geojson" } }));
        Assert.That(
            (brief.Section("corrections.file")!.Value.GetString(), brief.Section("activities.file")!.Value.GetString()),
            Is.EqualTo(("f.geojson", "a.gpkg")));
        Assert.That(
            (brief.Without![0], brief.Outputs!.Tables![0], brief.NoData!["soc"][0]), Is.EqualTo(("soil-carbon", "csv", -9999.0)));
        Assert.That(Job("""{ "zones": { "file": "z.geojson", "id": "i" } }""").Zones, Is.EqualTo(new[] { new ZoneConfig { File = "z.geojson", Id = "i" } }));
        Assert.That(Job("""{ "zones": [ "a.geojson", { "file": "b.tif" } ] }""").Zones!.Select(z => z.File), Is.EqualTo(new[] { "a.geojson", "b.tif" }));
    }

    [Test]
    public void EveryFaultIsFoundAtOnceWithItsLine()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["data/lc2000.tif"], "");
        File.WriteAllText(folder["lc2015.tif"], "");
        File.WriteAllText(folder["job.json"], """
            {
              "presett": "unccd-2018",
              "preset": "unccd-2018",
              "landCover": { "legend": "esa_cci", "years": { "2000": "lc2000.tif", "2015": "lc2015.tiff" } },
              "productivity": { "kind": "lpd", "periods": { "2019": "lpd.tif" } },
              "soilCarbon": { "kind": "stocks", "years": { "1990": "soc.tif" } },
              "rules": { "socThreshold": "10", "missing": "lenient" },
              "outputs": { "tables": ["pdf"] }
            }
            """);
        JobCheck check = JobCheck.Of(folder["job.json"], AllSubjects.InOrder);
        Assert.That(check.Job, Is.Null);
        (int?, string, string)[] expected =
        [
            (2, "presett", "did you mean 'preset'"), (4, "landCover", "esa-cci"),
            (5, "productivity.periods", "productivity of period baseline is missing"),
            (6, "soilCarbon.years", "soil carbon of 2000"), (6, "soilCarbon.years", "soil carbon of 2015"),
            (7, "rules.socThreshold", "without quotes"), (7, "rules.missing", "lenient"), (8, "outputs.tables", "pdf"),
            (4, "landCover.years.2000", "lc2000.tif: no such file"), (4, "landCover.years.2015", "lc2015.tiff: no such file"),
            (6, "soilCarbon.years.1990", "no such file"),
        ];
        foreach ((int? line, string key, string says) in expected)
        {
            Assert.That(check.Faults
                .Any(f => f.Line == line && f.Key == key && f.Error.Message.Contains(says, StringComparison.Ordinal)),
                $"{line} {key} {says} in {string.Join("\n", check.Faults.Select(f => $"{f.Line} {f.Key}: {f.Error.Message}"))}");
        }

        Assert.That(check.Faults, Has.Count.EqualTo(expected.Length));
        string? Cure(string key) => check.Faults.First(f => f.Key == key).Error.Remedy;
        Assert.That(Cure("landCover.years.2000"), Is.EqualTo("a file of that name lies near: data/lc2000.tif"));
        Assert.That(Cure("landCover.years.2015"), Is.EqualTo("did you mean lc2015.tif?"));
        Assert.That(
            check.Faults.First(f => f.Key == "landCover.years.2000").Error.Message,
            Does.Contain($"paths in a job start at its folder, {folder.Path}"));
    }

    /// <summary>Every key has its description and an example, and the example is read as it stands.</summary>
    [Test]
    public void TheSchemaDescribesEveryKeyWithAnExampleThatIsRead()
    {
        using var schema = JsonDocument.Parse(JobSchema.Text("dialect", AllSubjects.InOrder));
        Assert.That(schema.RootElement.GetProperty("$id").GetString(), Is.EqualTo(JobSchema.Id));
        int keys = 0;
        foreach (JsonProperty key in schema.RootElement.GetProperty("properties").EnumerateObject())
        {
            keys += Described(key.Value, key.Name);
            string example = key.Value.GetProperty("examples")[0].GetRawText();
            Assert.That(() => Job($"{{ \"{key.Name}\": {example} }}"), Throws.Nothing, key.Name);
        }

        Assert.That(keys, Is.GreaterThan(80));
        JsonElement kind = schema.RootElement.GetProperty("properties").GetProperty("soilCarbon").GetProperty("properties")
            .GetProperty("kind");
        Assert.That(
            kind.GetProperty("enum").EnumerateArray().Select(v => v.GetString()),
            Is.EqualTo(new[] { "stocks", "change", "reference", null }));
    }

    [TestCase("lc_2015.tif", 2015)]
    [TestCase("2010LCT.tif", 2010)]
    [TestCase("2021_GP.tif", 2021)]
    [TestCase("MCD12Q1.A2015001.061.hdf", 2015)]
    [TestCase("ESACCI-LC-L4-LCCS-Map-300m-P1Y-2015-v2.0.7.tif", 2015)]
    [TestCase("C3S-LC-L4-LCCS-Map-300m-P1Y-2016-v2.1.1.nc", 2016)]
    [TestCase("PROBAV_LC100_global_v3.0.1_2015-base_Discrete-Classification-map_EPSG-4326.tif", 2015)]
    [TestCase("GLC_FCS30D_20002022_E100N45_Annual_V1.1.tif", 2000, 2022)]
    [TestCase("chirps-v2.0.2015.tif", 2015)]
    [TestCase("ndvi_20150116.tif", 2015)]
    [TestCase("c_gls_NDVI_200101010000_GLOBE_PROBAV_V2.2.1.nc", 2001)]
    [TestCase("c_gls_NDVI300_202101110000_GLOBE_OLCI_V2.0.1.nc", 2021)]
    [TestCase("MOD13Q1.006__250m_16_days_NDVI_doy2001001_aid0001.tif", 2001)]
    [TestCase("MOD13Q1_NDVI_2001_001.tif", 2001)]
    [TestCase("ndvi_20150116123059.tif", 2015)]
    [TestCase("x200101019999.tif")]
    [TestCase("lpd_1999_2013.tif", 1999, 2013)]
    [TestCase("data2000/soc_0_30cm_1990.tif", 1990)]
    [TestCase("stack.tif#band=2015")]
    [TestCase("epsg32633_10m.tif")]
    public void YearsInNames(string name, params int[] years) => Assert.That(FileYears.Of(name), Is.EqualTo(years));

    private static JobConfig Job(string text) => JobReader.Parse(Encoding.UTF8.GetBytes(text), "job.json", AllSubjects.InOrder);

    private static int Described(JsonElement key, string path)
    {
        int count = 1;
        Assert.That(key.TryGetProperty("description", out _) && key.TryGetProperty("examples", out _), path);
        JsonElement inner = key.TryGetProperty("items", out JsonElement items) ? items
            : key.TryGetProperty("additionalProperties", out JsonElement more)
                && more.ValueKind == JsonValueKind.Object ? more : key;
        if (inner.TryGetProperty("properties", out JsonElement children))
            count += children.EnumerateObject().Sum(child => Described(child.Value, $"{path}.{child.Name}"));
        return count;
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("ldn-job-").FullName;

        public string this[string name]
        {
            get
            {
                string path = System.IO.Path.Combine(Path, name);
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
                return path;
            }
        }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
