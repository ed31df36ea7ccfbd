using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Ldn.Jobs;

/// <summary>
/// The JSON Schema of job files, generated from the types that read them: each key with a description, an example and the values
/// allowed.
/// </summary>
public static class JobSchema
{
    /// <summary>The schema's name, which a job may give as its <c>$schema</c>.</summary>
    public const string Id = "urn:ldn:schema:job";

    /// <summary>The schema as text, lines ended by a line feed.</summary>
    /// <param name="dialect">The JSON Schema dialect it is written in.</param>
    public static string Text(string dialect)
    {
        var schema = (JsonObject)JobJson.Default.Options.GetJsonSchemaAsNode(typeof(JobConfig), new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = false,
            TransformSchemaNode = Described,
        });
        schema.Insert(0, "$schema", dialect);
        schema.Insert(1, "$id", Id);
        schema.Insert(2, "title", "ldn job file");
        return schema.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n",
            TypeInfoResolver = JobJson.Default }) + "\n";
    }

    /// <summary>What is known of a key; null for a type's own parts.</summary>
    internal static JobKeyAttribute? About(JsonPropertyInfo? property) =>
        property?.AttributeProvider?.GetCustomAttributes(typeof(JobKeyAttribute), inherit: false) is [JobKeyAttribute about, ..]
            ? about : null;

    private static JsonNode Described(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is not JsonObject schema)
            return node;
        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object)
            schema["additionalProperties"] = false;
        if (About(context.PropertyInfo) is not { } about)
            return schema;
        if (about.Values.Count > 0)
        {
            JsonObject target = context.TypeInfo.Kind == JsonTypeInfoKind.Enumerable && schema["items"] is JsonObject items
                ? items : schema;
            target["enum"] = new JsonArray([.. about.Values.Select(v => (JsonNode)v),
                .. target == schema ? [null] : Array.Empty<JsonNode?>()]);
        }

        schema["description"] = about.Description;
        schema["examples"] = new JsonArray(JsonNode.Parse(about.Example));
        return schema;
    }
}
