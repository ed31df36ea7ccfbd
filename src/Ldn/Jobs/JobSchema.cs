using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Ldn.Jobs;

/// <summary>
/// The JSON Schema of job files, generated from the types that read them: each key with a description, an example and the values
/// allowed.
/// </summary>
internal static class JobSchema
{
    /// <summary>The schema's name, which a job may give as its <c>$schema</c>.</summary>
    public const string Id = "urn:ldn:schema:job";

    /// <summary>The schema as text, lines ended by a line feed.</summary>
    /// <param name="dialect">The JSON Schema dialect it is written in.</param>
    /// <param name="sections">Who reads the sections that this room does not know.</param>
    public static string Text(string dialect, IReadOnlyList<IJobSection> sections)
    {
        JsonObject schema = Shape(JobJson.Default.JobConfig);
        foreach (SectionKey key in sections.SelectMany(s => s.Keys))
            Add(schema, key);
        schema.Insert(0, "$schema", dialect);
        schema.Insert(1, "$id", Id);
        schema.Insert(2, "title", "ldn job file");
        return schema.ToJsonString(
            new JsonSerializerOptions { WriteIndented = true, NewLine = "\n", TypeInfoResolver = JobJson.Default }) + "\n";
    }

    /// <summary>What is known of a key; null for a type's own parts.</summary>
    internal static JobKeyAttribute? About(JsonPropertyInfo? property) =>
        property?.AttributeProvider?.GetCustomAttributes(typeof(JobKeyAttribute), inherit: false) is [JobKeyAttribute about, ..]
            ? about
            : null;

    private static JsonObject Shape(JsonTypeInfo type) => type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = false,
        TransformSchemaNode = Described,
    }) as JsonObject ?? [];

    /// <summary>Puts a section where it stands; what only groups sections is an object of them.</summary>
    private static void Add(JsonObject schema, SectionKey key)
    {
        string[] path = key.Path.Split('.');
        foreach (string part in path.SkipLast(1))
        {
            var members = (JsonObject)schema["properties"]!;
            members[part] ??= new JsonObject
            {
                ["type"] = new JsonArray("object", "null"),
                ["properties"] = new JsonObject(),
                ["additionalProperties"] = false,
                ["description"] = "What is asked beyond the indicator",
                ["examples"] = new JsonArray(new JsonObject { [path[^1]] = JsonNode.Parse(key.About.Example) }),
            };
            schema = (JsonObject)members[part]!;
        }

        JsonObject shape = Shape(key.Shape);
        if (shape["type"] is JsonValue type && type.TryGetValue(out string? only))
            shape["type"] = new JsonArray(only, "null");
        Describe(shape, key.About, key.Shape);
        ((JsonObject)schema["properties"]!)[path[^1]] = shape;
    }

    private static JsonNode Described(JsonSchemaExporterContext context, JsonNode node)
    {
        // A key that takes several forms is any value, which is written true.
        JsonObject? schema = node as JsonObject ?? (About(context.PropertyInfo) is null ? null : []);
        if (schema is null)
            return node;
        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object)
            schema["additionalProperties"] = false;
        if (About(context.PropertyInfo) is { } about)
            Describe(schema, about, context.TypeInfo);
        return schema;
    }

    private static void Describe(JsonObject schema, JobKeyAttribute about, JsonTypeInfo type)
    {
        if (about.Values.Count > 0)
        {
            JsonObject target = type.Kind == JsonTypeInfoKind.Enumerable && schema["items"] is JsonObject items ? items : schema;
            target["enum"] = new JsonArray(
                [.. about.Values.Select(v => (JsonNode)v), .. target == schema ? [null] : Array.Empty<JsonNode?>()]);
        }

        schema["description"] = about.Description;
        schema["examples"] = new JsonArray(JsonNode.Parse(about.Example));
    }
}
