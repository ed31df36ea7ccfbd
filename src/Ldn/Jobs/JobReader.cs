using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Ldn.Jobs;

/// <summary>
/// Reads job files: JSON with comments and trailing commas. An unknown key is an error that names the nearest known one, a value
/// of another form one that tells the form, an example and what was found, with the line.
/// </summary>
internal static class JobReader
{
    private const int LargestFile = 16 << 20;

    /// <exception cref="LdnException">Exit 2: missing, unreadable, not JSON, unknown or duplicate key, a value of another
    /// form.</exception>
    public static JobConfig Read(string path, IReadOnlyList<IJobSection> sections) => Parse(Bytes(path), path, sections);

    /// <summary>Parses a job given as UTF-8 text; <paramref name="name"/> is used in messages.</summary>
    public static JobConfig Parse(ReadOnlyMemory<byte> utf8, string name, IReadOnlyList<IJobSection> sections)
    {
        var faults = new List<JobFault>();
        (JobConfig config, _) = Parse(utf8, name, sections, faults);
        if (faults.Count == 0)
            return config;
        JobFault first = faults[0];
        string line = first.Line is { } number ? $", line {number}" : "";
        string more = faults.Count == 1 ? "" : $" (and {faults.Count - 1} more faults, which 'ldn validate' lists)";
        throw Fault.JobFile.Error($"job file {name}{line}: {first.Error.Message}{more}", first.Error.Remedy);
    }

    /// <summary>Reads a job and gathers what is wrong with it; what is left is sound in form.</summary>
    /// <exception cref="LdnException">Exit 2: no text, no JSON; nothing can be told of its keys.</exception>
    internal static (JobConfig Config, JobPlaces Places) Read(
        string path, IReadOnlyList<IJobSection> sections, List<JobFault> faults) => Parse(Bytes(path), path, sections, faults);

    /// <summary>A part of a job that may be written in several ways, in its long form.</summary>
    /// <param name="element">The part.</param>
    /// <param name="type">What it is.</param>
    /// <param name="path">Where it stands, for messages.</param>
    /// <exception cref="LdnException">Exit 2: unknown key, a value of another form.</exception>
    internal static T Part<T>(JsonElement element, JsonTypeInfo<T> type, string path, JobKeyAttribute? about = null) =>
        new JobForm([], (_, error) => throw error).Of(element, type, about, path) is { } node ? node.Deserialize(type)!
            : throw Fault.JobFile.Error($"{path} is null", "give it a value, or leave it out");

    private static (JobConfig Config, JobPlaces Places) Parse(
        ReadOnlyMemory<byte> utf8, string name, IReadOnlyList<IJobSection> sections, List<JobFault> faults)
    {
        if (utf8.Span.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];
        using JsonDocument document = JobText.Parse(utf8, name);
        var places = new JobPlaces(utf8.Span);
        var form = new JobForm(
            [.. sections.SelectMany(s => s.Keys)],
            (key, error) => faults.Add(new JobFault(key, error) { Line = places.Line(key) }));
        JsonElement root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Null)
            throw Fault.JobFile.Error($"job file {name} holds no job", "it must be a JSON object");
        if (Other(root) is { } other)
            throw Fault.JobFile.Error($"job file {name} is {other}, not a job",
                "'ldn init DIR' writes a job from the files of a folder");
        form.CheckTexts(root, "");
        JsonNode? node = form.IsText ? form.Of(root, JobJson.Default.JobConfig, null, "") : null;
        return (node?.Deserialize(JobJson.Default.JobConfig) ?? new JobConfig(), places);
    }

    /// <summary>JSON of another kind that is easily taken for a job.</summary>
    private static string? Other(JsonElement root)
    {
        bool Has(string key) => root.ValueKind == JsonValueKind.Object && root.TryGetProperty(key, out _);
        return Has("features") && Has("type") ? "GeoJSON"
            : Has("shards") && Has("parts") ? "a plan of shards ('ldn compute --plan' takes it)"
            : Has("outputs") && Has("inputs") && Has("version") ? "the provenance of a run"
            : Has("openapi") || Has("stac_version") ? "a description of another kind"
            : null;
    }

    private static byte[] Bytes(string path)
    {
        if (Directory.Exists(path))
            throw Fault.JobFile.Error($"job file {path} cannot be read: it is a folder",
                $"name the job in it, or let 'ldn init {path}' write one");
        if (path.Length > 0 && !path.Contains('\0') && !Path.Exists(path))
        {
            throw Fault.JobFile.Error(
                $"job file {path} cannot be read: no such file",
                FilesNearby.Hint(path, Directory.GetCurrentDirectory()) ?? "relative paths start at the current folder");
        }

        return PlainFile.ReadBytes($"job file {path}", path, Fault.JobFile, LargestFile);
    }
}
