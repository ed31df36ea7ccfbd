using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ldn.Jobs;
using Ldn.Subjects;

namespace Ldn.Cli.Tests.Fuzz;

/// <summary>
/// Job files, damaged and swollen. What is accepted was understood whole: every key and value of the text is in the job again.
/// </summary>
internal sealed class JobCases(string folder) : IFuzzed
{
    private const string Whole = """
        {
          "name": "north", "preset": null,
          "periods": { "baseline": { "landCover": [2000, 2015], "productivity": [2000, 2015], "soilCarbon": [2000, 2015] }, "report_1": { "landCover": [2016, 2019], "productivity": [2004, 2019], "soilCarbon": [2016, 2019] } },
          "landCover": { "legend": "unccd-7", "years": { "2000": "lc0.tif", "2015": "lc1.tif", "2016": "lc2.tif" }, "standIns": { "2019": 2016 } },
          "productivity": { "kind": "lpd", "periods": { "baseline": "lpd.tif", "report_1": "lpd1.tif" } },
          "soilCarbon": { "kind": "stocks", "years": { "2000": "soc0.tif", "2015": "soc1.tif", "2019": "soc2.tif" }, "standIns": { "2016": 2015 } },
          "zones": [ { "file": "zones.geojson", "id": "iso3", "name": "name", "dissolve": true }, { "file": "z2.tif" } ],
          "rules": { "profile": "default", "missing": "strict", "lpdTable": "prais-2026", "socThreshold": 10, "socInclusive": false, "unmapped": "error" },
          "grid": { "like": "landCover", "extent": "zones", "resampling": { "landCover": "nearest" } },
          "noData": { "soc": [-1, -9999.5], "lc0.tif": [99] },
          "outputs": { "rasters": ["indicator"], "encoding": "byte", "tables": ["csv", "json"] }
        }
        """;

    private static readonly string[] s_values =
    [
        "null", "true", "-1", "1e400", "1e-400", "99999999999999999999", "0.1", "\"\"", "\"x\"", "\"2015\"", "[]", "{}", "[2000]",
        "[2015, 2000]", "[2000, 2015, 2016]", "[[2000, 2015]]", "{ \"a\": 1 }", "\"\\ud800\"",
        "\"../../etc/passwd\"", "\"<script>\"", "\"\\u0000\"", "nul", "'x'", "NaN",
    ];

    private readonly string _path = Path.Combine(folder, "job.json");

    public void Try(int seed)
    {
        var random = new Random(seed);
        byte[] text = Encoding.UTF8.GetBytes(Text(random));
        if (random.Next(5) == 0)
            for (int i = random.Next(1, 4); i > 0; i--)
                text[random.Next(text.Length)] = (byte)random.Next(256);
        if (random.Next(10) == 0)
            text = text[..random.Next(text.Length)];
        File.WriteAllBytes(_path, text);
        JobConfig config = JobReader.Read(_path, AllSubjects.InOrder);
        JsonNode? given = JsonNode.Parse(
            text.AsSpan().StartsWith("\uFEFF"u8) ? text[3..] : text,
            documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        Within(given, JsonSerializer.SerializeToNode(config, JobJson.Default.JobConfig), "");
        JobResolver.Resolve(config, Path.GetDirectoryName(_path)!, AllSubjects.InOrder);
    }

    public void Dispose()
    {
    }

    private static string Text(Random random)
    {
        string text = Whole;
        if (random.Next(100) == 0)
            return string.Concat(Enumerable.Repeat(random.Next(2) == 0 ? "[" : "{\"zones\":[", random.Next(10, 200_000)));
        if (random.Next(250) == 0)
            return "{ \"name\": \"" + new string('x', random.Next(1 << 20, 20 << 20)) + "\" }";
        if (random.Next(60) == 0)
            return "{ \"noData\": { " + string.Join(
                ',', Enumerable.Range(0, random.Next(1000, 50_000)).Select(i => $"\"l{i}\": [{i}]")) + " } }";
        for (int i = random.Next(0, 4); i > 0; i--)
        {
            // Positions after a colon or inside a list: where a value begins.
            int[] starts = [
                .. Enumerable.Range(1, text.Length - 2)
                    .Where(at => text[at] == ' ' && text[at - 1] is ':' or ',' && text[at + 1] is not ('\n' or ' '))];
            if (starts.Length == 0)
                break;
            int start = starts[random.Next(starts.Length)] + 1, end = start;
            while (end < text.Length && text[end] is not (',' or '}' or ']' or '\n'))
                end++;
            text = random.Next(6) switch
            {
                0 => text.Insert(start, text[start..end] + ", "),
                1 => text.Remove(start, end - start),
                2 when text[start] == '"' => text.Insert(start + 1, "x"),
                _ => text[..start] + s_values[random.Next(s_values.Length)] + text[end..],
            };
        }

        return text;
    }

    /// <summary>Nulls count as not given; numbers are compared as numbers.</summary>
    private static void Within(JsonNode? given, JsonNode? understood, string path)
    {
        switch (given)
        {
            case null:
                return;
            case JsonObject keys when understood is not JsonArray:
                foreach ((string key, JsonNode? value) in keys)
                    Within(value, understood is JsonObject o ? o[key] : null, $"{path}.{key}");
                return;
            case JsonArray items when understood is JsonArray array && array.Count == items.Count:
                for (int i = 0; i < items.Count; i++)
                    Within(items[i], array[i], $"{path}[{i}]");
                return;
            // Short forms: a file name for an object with file, one item for a list of one.
            case JsonValue when understood is JsonObject { Count: 1 } file && file.ContainsKey("file"):
                Within(given, file["file"], path);
                return;
            case JsonValue or JsonObject when understood is JsonArray { Count: 1 } list:
                Within(given, list[0], path);
                return;
            default:
                bool same = understood is JsonValue
                    && (given.GetValueKind() == JsonValueKind.Number && understood.GetValueKind() == JsonValueKind.Number
                    ? double.Parse(given.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture) == double.Parse(
                        understood.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture)
                    : given.ToJsonString() == understood.ToJsonString());
                if (!same)
                    throw new WrongFigures(
                        $"{path}: {given.ToJsonString()} was taken for {understood?.ToJsonString() ?? "nothing"}");
                return;
        }
    }
}
