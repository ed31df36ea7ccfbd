using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Ldn.Csv;

namespace Ldn.Jobs;

/// <summary>
/// Holds a value against the type it is to become. Unknown keys and values of another form are faults in plain words, with the
/// form expected, an example and what was found; short forms that can mean one thing only are written out: a single item for a
/// list of them, a file name for an object with <c>file</c>. Members of type <see cref="JsonElement"/> pass as they are: their
/// owner reads them with <see cref="JobReader.Part{T}"/>.
/// </summary>
/// <param name="sections">Keys of a job that others read, each with its shape.</param>
/// <param name="faults">Takes what is wrong, by key.</param>
internal sealed class JobForm(IReadOnlyList<SectionKey> sections, Action<string, LdnException> faults)
{
    private static readonly SearchValues<char> s_controls = SearchValues.Create("\b\f\n\r\t\0");

    private const string NumberHelp = "numbers stand without quotes, with a point for decimals";

    /// <summary>
    /// False after <see cref="CheckTexts"/> met a text that cannot be read: <see cref="Of"/> must not be asked then.
    /// </summary>
    public bool IsText { get; private set; } = true;

    /// <summary>The value in its long form without what is wrong in it; null where nothing is left.</summary>
    public JsonNode? Of(JsonElement given, JsonTypeInfo type, JobKeyAttribute? about, string path) => type.Kind switch
    {
        JsonTypeInfoKind.Object => Object(given, type, about, path),
        JsonTypeInfoKind.Dictionary => Table(given, type, about, path),
        JsonTypeInfoKind.Enumerable => List(given, type, about, path),
        _ => (Nullable.GetUnderlyingType(type.Type) ?? type.Type) is var plain && plain == typeof(JsonElement) ? Node(given)
            : Scalar(given, plain, about, path),
    };

    /// <summary>What no type is needed for: keys given twice, texts that are none, numbers beyond every type.</summary>
    public void CheckTexts(JsonElement element, string path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                int at = 0;
                foreach (JsonElement child in element.EnumerateArray())
                    CheckTexts(child, $"{path}[{at++}]");
                break;
            case JsonValueKind.Object:
                var seen = new HashSet<string>();
                foreach (JsonProperty child in element.EnumerateObject())
                {
                    if (TextOf(() => child.Name, path) is not { } name)
                        continue;
                    if (seen.Add(name))
                        CheckTexts(child.Value, JobPlaces.Within(path, name));
                    else
                        Add(JobPlaces.Within(path, name), "is given twice", "keep one of them");
                }

                break;
            case JsonValueKind.String:
                if (TextOf(() => element.GetString()!, path) is { } text
                    && text.AsSpan().IndexOfAny(s_controls) is >= 0 and int control)
                {
                    string escape = "bfnrt0"["\b\f\n\r\t\0".IndexOf(text[control], StringComparison.Ordinal)].ToString();
                    Add(path, $"holds a control character, which '\\{escape}' in a text means",
                        "write paths with slashes, \"C:/data/new.tif\", or each backslash twice");
                }

                break;
            case JsonValueKind.Number when !double.IsFinite(element.GetDouble()):
                Add(path, $"is {element.GetRawText()}, which is no number a job can hold", "check the digits and the exponent");
                break;
            default:
                break;
        }
    }

    private JsonObject? Object(JsonElement given, JsonTypeInfo type, JobKeyAttribute? about, string path)
    {
        if (given.ValueKind == JsonValueKind.String && type.Properties.Any(p => p.Name == "file"))
            return new JsonObject { ["file"] = Node(given) };
        if (given.ValueKind != JsonValueKind.Object)
        {
            Wrong(given, path, $"must be an object in curly braces with {Names(type)}", about, PairCure(given, type));
            return null;
        }

        var result = new JsonObject();
        foreach (JsonProperty child in given.EnumerateObject())
        {
            JsonPropertyInfo? known = type.Properties.FirstOrDefault(p => p.Name == child.Name && !p.IsExtensionData);
            string key = JobPlaces.Within(path, child.Name);
            if (known is null && !(type.Type == typeof(JobConfig) && Sections(path).Contains(child.Name)))
            {
                Unknown(child.Name, path, type.Properties.Where(p => !p.IsExtensionData).Select(p => p.Name)
                    .Concat(type.Type == typeof(JobConfig) ? Sections(path) : []));
                continue;
            }

            // A key that is null is as if it were not there.
            if (child.Value.ValueKind != JsonValueKind.Null && (known is null ? Section(child.Value, key)
                : Of(child.Value, type.Options.GetTypeInfo(Nullable.GetUnderlyingType(known.PropertyType)
                    ?? known.PropertyType), JobSchema.About(known), key)) is { } value)
                result[child.Name] = value;
        }

        return result;
    }

    /// <summary>The part of a job that others read, or one that groups such parts.</summary>
    private JsonNode? Section(JsonElement given, string path)
    {
        if (sections.FirstOrDefault(s => s.Path == path) is { } section)
            return Of(given, section.Shape, section.About, path);
        if (given.ValueKind != JsonValueKind.Object)
        {
            Add(path, $"must be an object in curly braces with {string.Join(", ", Sections(path))}; found {Found(given)}",
                "compare with 'ldn schema job'");
            return null;
        }

        var result = new JsonObject();
        foreach (JsonProperty child in given.EnumerateObject())
        {
            if (!Sections(path).Contains(child.Name))
                Unknown(child.Name, path, Sections(path));
            else if (
                child.Value.ValueKind != JsonValueKind.Null
                    && Section(child.Value, JobPlaces.Within(path, child.Name)) is { } value)
                result[child.Name] = value;
        }

        return result;
    }

    /// <summary>The names of the sections within a part of the job, each once.</summary>
    private IEnumerable<string> Sections(string path) =>
        sections.Where(s => path.Length == 0 || s.Path.StartsWith(path + ".", StringComparison.Ordinal))
            .Select(s => s.Path[(path.Length == 0 ? 0 : path.Length + 1)..].Split('.')[0]).Distinct();

    private void Unknown(string name, string path, IEnumerable<string> known) =>
        faults(JobPlaces.Within(path, name), Fault.JobFile.Error(
        $"unknown key '{name}'{(path.Length == 0 ? "" : $" in {path}")}{NearestName.Hint(name, known)}",
        $"known there: {string.Join(", ", known)}"));

    private JsonObject? Table(JsonElement given, JsonTypeInfo type, JobKeyAttribute? about, string path)
    {
        if (given.ValueKind != JsonValueKind.Object)
        {
            string cure = given.ValueKind == JsonValueKind.Array && DatedCure(given) is { } dated ? dated : Example(path, about);
            Wrong(given, path, "must be an object in curly braces, with a value for each name", about, cure);
            return null;
        }

        JsonTypeInfo item = type.Options.GetTypeInfo(type.ElementType!);
        var result = new JsonObject();
        foreach (JsonProperty child in given.EnumerateObject())
            if (Item(child.Value, item, about, JobPlaces.Within(path, child.Name)) is { } value)
                result[child.Name] = value;
        return result;
    }

    private JsonArray? List(JsonElement given, JsonTypeInfo type, JobKeyAttribute? about, string path)
    {
        JsonTypeInfo item = type.Options.GetTypeInfo(type.ElementType!);
        var result = new JsonArray();
        if (given.ValueKind != JsonValueKind.Array)
        {
            // One of a list is a list of one; years, of which there must be two, are not.
            bool fits = given.ValueKind switch
            {
                JsonValueKind.String => item.Type == typeof(string) || item.Type == typeof(JsonElement)
                    || item.Kind == JsonTypeInfoKind.Object,
                JsonValueKind.Object => item.Kind == JsonTypeInfoKind.Object || item.Type == typeof(JsonElement),
                JsonValueKind.Number => item.Type == typeof(double) || item.Type == typeof(int),
                _ => false,
            };
            if (!fits || type.Type.IsArray)
            {
                Wrong(given, path, "must be a list in square brackets", about);
                return null;
            }

            result.Add(Of(given, item, about, path));
            return result;
        }

        int at = 0;
        foreach (JsonElement child in given.EnumerateArray())
            if (Item(child, item, about, $"{path}[{at++}]") is { } value)
                result.Add(value);
        return result;
    }

    /// <summary>An item of a list or a table may not be null.</summary>
    private JsonNode? Item(JsonElement given, JsonTypeInfo type, JobKeyAttribute? about, string path)
    {
        if (given.ValueKind != JsonValueKind.Null)
            return Of(given, type, type.Kind == JsonTypeInfoKind.None ? null : about, path);
        Add(path, "is null", "give it a value, or leave it out");
        return null;
    }

    private JsonNode? Scalar(JsonElement given, Type type, JobKeyAttribute? about, string path)
    {
        JsonNode? Refused(string expected, string? cure = null)
        {
            Wrong(given, path, expected, about, cure);
            return null;
        }

        if (type == typeof(string))
        {
            return given.ValueKind == JsonValueKind.String ? Node(given)
                : Refused("must be a text in double quotes",
                    given.ValueKind == JsonValueKind.Number ? $"write \"{given.GetRawText()}\"" : null);
        }

        if (type == typeof(bool))
        {
            return given.ValueKind is JsonValueKind.True or JsonValueKind.False ? Node(given)
                : Refused("must be true or false, without quotes", "write true or false");
        }

        if (given.ValueKind == JsonValueKind.String)
        {
            string text = given.GetString()!.Trim().TrimEnd('%').Trim();
            return Refused("must be a number, without quotes",
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? $"write {text}"
                : double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _)
                    ? $"write {text.Replace(',', '.')}" : NumberHelp);
        }

        if (given.ValueKind != JsonValueKind.Number)
            return Refused("must be a number", NumberHelp);
        return type != typeof(int) || given.TryGetInt32(out _) ? Node(given)
            : Refused("must be a whole number", "leave the decimals out");
    }

    private void Wrong(JsonElement given, string path, string expected, JobKeyAttribute? about, string? cure = null) =>
        Add(path, $"{expected}; found {Found(given)}", cure ?? Example(path, about));

    private void Add(string path, string what, string cure) =>
        faults(path, Fault.JobFile.Error(path.Length == 0 ? $"the job {what}" : $"{path} {what}", cure));

    private string? TextOf(Func<string> text, string path)
    {
        try
        {
            return text();
        }
        catch (InvalidOperationException)
        {
            IsText = false;
            Add(path, "holds half of a pair of \\u escapes, which is no character",
                "save the file as UTF-8 and write the characters themselves");
            return null;
        }
    }

    private static string Example(string path, JobKeyAttribute? about) => about is null
        ? "compare with 'ldn schema job'"
        : $"for example \"{path[(path.LastIndexOf('.') + 1)..].Split('[')[0]}\": {about.Example}";

    private static string Found(JsonElement given) => given.ValueKind switch
    {
        JsonValueKind.String => $"the text \"{Shortened(given.GetString()!)}\"",
        JsonValueKind.Number => $"the number {given.GetRawText()}",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.Null => "null",
        _ => given.GetRawText(),
    };

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static string Names(JsonTypeInfo type) =>
        string.Join(", ", type.Properties.Where(p => !p.IsExtensionData).Select(p => p.Name));

    /// <summary>Two years where a period was expected are most likely meant for all three sub-indicators.</summary>
    private static string? PairCure(JsonElement given, JsonTypeInfo type) =>
        type.Type == typeof(PeriodConfig) && given.ValueKind == JsonValueKind.Array && given.GetArrayLength() == 2
            ? $"write {{ {string.Join(", ", type.Properties.Select(p => $"\"{p.Name}\": {given.GetRawText()}"))} }}"
            : null;

    /// <summary>A list of files where each should stand under its year: the years are often in the names.</summary>
    private static string? DatedCure(JsonElement given)
    {
        var dated = new List<string>();
        foreach (JsonElement file in given.EnumerateArray())
        {
            if (file.ValueKind != JsonValueKind.String || FileYears.Of(file.GetString()!) is not [int year])
                return null;
            dated.Add($"\"{year}\": {file.GetRawText()}");
        }

        return dated.Count == 0 ? null : $"write {{ {string.Join(", ", dated)} }}";
    }

    private static JsonNode? Node(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(element),
        JsonValueKind.Array => JsonArray.Create(element),
        _ => JsonValue.Create(element),
    };
}
