using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ldn.Csv;

namespace Ldn.Jobs;

/// <summary>Reads job files: JSON with comments and trailing commas; an unknown key is an error that names the nearest known one.</summary>
public static class JobReader
{
    private const int LargestFile = 16 << 20;

    /// <exception cref="LdnException">Exit 2: missing, unreadable, not JSON, unknown or duplicate key, a value of the wrong type.</exception>
    public static JobConfig Read(string path)
    {
        return Parse(PlainFile.ReadBytes($"job file {path}", path, Fault.JobFile, LargestFile), path);
    }

    /// <summary>Parses a job given as UTF-8 text; <paramref name="name"/> is used in messages.</summary>
    public static JobConfig Parse(ReadOnlyMemory<byte> utf8, string name)
    {
        if (utf8.Span.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];
        try
        {
            var options = new JsonDocumentOptions
            {
                AllowTrailingCommas = true,
                CommentHandling = JsonCommentHandling.Skip,
                AllowDuplicateProperties = false,
            };
            using var document = JsonDocument.Parse(utf8, options);
            DecodeTexts(document.RootElement);
            CheckKeys(document.RootElement, JobJson.Default.JobConfig, "", name);
            return document.RootElement.Deserialize(JobJson.Default.JobConfig)
                ?? throw Fault.JobFile.Error($"job file {name} holds no job", "it must be a JSON object");
        }
        catch (InvalidOperationException e)
        {
            throw Fault.JobFile.Error($"job file {name}: {e.Message}", "save it as UTF-8", e);
        }
        catch (JsonException e)
        {
            throw Fault.JobFile.Error($"job file {name}: {e.Message.Split(" Path:")[0]}" + (e.Path is null ? "" : $" (at {e.Path})"), inner: e);
        }
    }

    /// <summary>A part of a job that may be written in several ways, in its long form.</summary>
    /// <param name="element">The part, an object.</param>
    /// <param name="type">What it is.</param>
    /// <param name="path">Where it stands, for messages.</param>
    /// <exception cref="LdnException">Exit 2: unknown key, a value of the wrong type.</exception>
    internal static T Part<T>(JsonElement element, JsonTypeInfo<T> type, string path)
    {
        CheckKeys(element, type, path, "");
        try
        {
            return element.Deserialize(type)!;
        }
        catch (JsonException e)
        {
            throw Fault.JobFile.Error($"{path}: {e.Message.Split(" Path:")[0]}", inner: e);
        }
    }

    /// <summary>Names and texts are decoded only when asked for; parts that are read later must not fail then.</summary>
    /// <exception cref="InvalidOperationException">Another encoding, half of a surrogate pair.</exception>
    private static void DecodeTexts(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
            _ = element.GetString();
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement child in element.EnumerateArray())
                DecodeTexts(child);
        }

        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty child in element.EnumerateObject())
            {
                _ = child.Name;
                DecodeTexts(child.Value);
            }
        }
    }

    private static void CheckKeys(JsonElement element, JsonTypeInfo type, string path, string name)
    {
        if (element.ValueKind == JsonValueKind.Array && type.Kind == JsonTypeInfoKind.Enumerable)
        {
            JsonTypeInfo item = type.Options.GetTypeInfo(type.ElementType!);
            foreach (JsonElement child in element.EnumerateArray())
                CheckItem(child, item, path + "[]", name);
        }

        // A number too large for its type would become infinite, unnoticed.
        if (element.ValueKind == JsonValueKind.Number && !double.IsFinite(element.GetDouble()))
            throw Fault.JobFile.Error($"job file {name}: {path.TrimStart('.')} is {element.GetRawText()}, which is no number a job can hold");
        if (element.ValueKind != JsonValueKind.Object)
            return;
        if (type.Kind == JsonTypeInfoKind.Dictionary)
        {
            JsonTypeInfo item = type.Options.GetTypeInfo(type.ElementType!);
            foreach (JsonProperty child in element.EnumerateObject())
                CheckItem(child.Value, item, $"{path}.{child.Name}", name);
        }

        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        foreach (JsonProperty child in element.EnumerateObject())
        {
            JsonPropertyInfo? known = type.Properties.FirstOrDefault(p => p.Name == child.Name);
            if (known is null)
            {
                string where = path.Length == 0 ? "" : $" in {path.TrimStart('.')}";
                throw Fault.JobFile.Error(
                    $"{Prefix(name)}unknown key '{child.Name}'{where}{NearestName.Hint(child.Name, type.Properties.Select(p => p.Name))}",
                    $"known there: {string.Join(", ", type.Properties.Select(p => p.Name))}");
            }

            Type member = Nullable.GetUnderlyingType(known.PropertyType) ?? known.PropertyType;
            if (member != typeof(JsonElement))
                CheckKeys(child.Value, type.Options.GetTypeInfo(member), $"{path}.{child.Name}", name);
        }
    }
    /// <summary>A key may be null, which is as if it were not there; an item of a list or a table of names may not.</summary>
    private static void CheckItem(JsonElement item, JsonTypeInfo type, string path, string name)
    {
        if (item.ValueKind == JsonValueKind.Null)
            throw Fault.JobFile.Error($"{Prefix(name)}{path.TrimStart('.')} is null", "give it a value, or leave it out");
        CheckKeys(item, type, path, name);
    }

    /// <summary>How a message starts; a part of a job no longer knows the file.</summary>
    private static string Prefix(string name) => name.Length == 0 ? "" : $"job file {name}: ";
}
