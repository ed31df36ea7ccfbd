using System.Text;
using System.Text.Json;
using Ldn.Jobs;
using Ldn.Reports;
using Ldn.Run;
using Ldn.Subjects;
using Ldn.Tables;
using Ldn.Tests.LandCover;
using Ldn.Tests.Pass;
using Ldn.Tests.Tables;

namespace Ldn.Tests.Reports;

internal sealed class SummaryJsonTests
{
    private const string Awkward = "A \"quoted\" \\ name,\n\u2028 with \U0001F33E and <tags> & 中";

    [Test]
    public void EveryTableIsThereCellByCell()
    {
        RunStatistics run = HandRun.Create(Awkward);
        IReadOnlyList<ResultTable> tables = RunTables.All(run);
        using var json = JsonDocument.Parse(SummaryJson.Write(run, tables));
        JsonElement all = json.RootElement.GetProperty("tables");
        Assert.That(all.EnumerateObject().Select(t => t.Name), Is.EqualTo(tables.Select(t => t.Name)));
        foreach (ResultTable table in tables)
        {
            JsonElement rows = all.GetProperty(table.Name);
            Assert.That(rows.GetArrayLength(), Is.EqualTo(table.Rows.Count));
            foreach ((JsonElement row, Row cells) in rows.EnumerateArray().Zip(table.Rows))
            {
                Assert.That(row.EnumerateObject().Select(c => c.Name), Is.EqualTo(table.Columns.Select(c => c.Name)));
                foreach ((JsonProperty found, object? cell) in row.EnumerateObject().Zip(cells.Values))
                    Assert.That(
                        found.Value.ValueKind switch
                        {
                            JsonValueKind.Null => null,
                            JsonValueKind.String => found.Value
                            .GetString(),
                            _ => found.Value.GetRawText()
                        },
                        Is.EqualTo(cell is null ? null : Cell.Format(cell)));
            }
        }

        JsonElement name = all.GetProperty("headline")[0].GetProperty("zone_name");
        Assert.That(name.GetString(), Is.EqualTo(Awkward));
    }

    [Test]
    public void RulesPeriodsAndNotesAreSaid()
    {
        RunStatistics run = HandRun.Create();
        using var json = JsonDocument.Parse(SummaryJson.Write(run, []));
        JsonElement root = json.RootElement;
        Assert.That(root.GetProperty("partial").GetBoolean(), Is.True);
        Assert.That(
            root.GetProperty("sub_indicators").GetRawText().Replace(" ", "").Replace("\n", ""),
            Is.EqualTo("[\"land_cover\",\"soil_organic_carbon\"]"));
        Assert.That(root.GetProperty("notes")[0].GetString(), Is.EqualTo("partial: computed without productivity"));
        Assert.That(root.GetProperty("periods")[1].GetProperty("land_cover").GetString(), Is.EqualTo("2016-2019"));
        Assert.That(root.GetProperty("rules").GetProperty("soc_threshold").GetDouble(), Is.EqualTo(10));
        Assert.That(root.TryGetProperty("preset", out _), Is.False);
    }

    [Test]
    public void AResultFollowsThePublishedSchema()
    {
        using var schema = JsonDocument.Parse(Schemas.Get("summary"));
        using var world = new WorldRun(new WorldOptions(51));
        RunStatistics run = world.Statistics(world.Run(world.Units, [], 1));
        foreach (RunStatistics each in new[] { run, HandRun.Create(Awkward) })
        {
            using var json = JsonDocument.Parse(SummaryJson.Write(each, RunTables.All(each)));
            Check(json.RootElement, schema.RootElement, "$");
            string[] known = [
                .. schema.RootElement.GetProperty("properties").GetProperty("tables").GetProperty("properties").EnumerateObject()
                    .Select(p => p.Name)];
            Assert.That(
                json.RootElement.GetProperty("tables").EnumerateObject().Select(t => t.Name), Is.SubsetOf(known),
                "name the new table in RunTables.Kinds too, without rows");
        }
    }

    /// <summary>Tables that only some runs have are published, too.</summary>
    [Test]
    public void TheSchemaKnowsEveryTable()
    {
        using var schema = JsonDocument.Parse(Schemas.Get("summary"));
        Assert.That(schema.RootElement.GetProperty("properties").GetProperty("tables").GetProperty("properties").EnumerateObject()
            .Select(p => p.Name), Is.EquivalentTo(new[]
        {
            "summary", "headline", "crosstab_subindicators", "sensitivity", "combinations", "firmness", "agreement", "chance",
            "false_discovery", "soil_error", "soil_transitions", "resolution", "regions", "region_parameters",
            "drought_fit", "vulnerability", "vulnerability_factors",
            "crosstab_status", "new_losses", "land_cover_transitions", "land_cover_transitions_unccd7",
            "land_cover_between_periods", "lpd_by_transition", "soc_by_land_cover", "corrections", "headline_before_corrections",
            "climate", "population", "drylands", "aridity", "aridity_transitions", "drivers", "categories", "drought",
            "drought_blocks", "statistics", "activities", "activities_by_stakeholder", "activities_by_type",
            "neutrality", "projection", "targets", "response_hierarchy", "severity", "cost", "hotspots",
        }), "a new table: name it in this list");
    }

    /// <summary>A schema that accepts everything would pass the test above.</summary>
    [TestCase("\"pixels\": 3", "\"pixels\": 3.5")]
    [TestCase("\"pixels\": 3", "\"pixels\": \"3\"")]
    [TestCase("\"pixels\": 3, ", "")]
    [TestCase("\"partial\": true,", "")]
    public void ADamagedResultDoesNotFollowTheSchema(string old, string replacement)
    {
        using var schema = JsonDocument.Parse(Schemas.Get("summary"));
        RunStatistics run = HandRun.Create();
        string text = Encoding.UTF8.GetString(SummaryJson.Write(run, RunTables.All(run)));
        Assert.That(text, Does.Contain(old));
        using var json = JsonDocument.Parse(text.Replace(old, replacement));
        Assert.That(Follows(json.RootElement, schema.RootElement), Is.False);
    }

    [Test]
    public void EveryPublishedSchemaIsJsonAndAnUnknownNameIsAUsageError()
    {
        foreach (string name in Schemas.Names)
        {
            using var schema = JsonDocument.Parse(Schemas.Get(name));
            Assert.That(schema.RootElement.GetProperty("$schema").GetString(), Is.EqualTo(SummaryJson.SchemaName), name);
        }

        Assert.That(() => Schemas.Get("sumary"), UsageError.With("no schema 'sumary'; did you mean 'summary'?"));
        using var job = JsonDocument.Parse(Schemas.Get("job"));
        Assert.That(
            job.RootElement.GetProperty("properties").EnumerateObject().Select(p => p.Name),
            Does.Contain("landCover").And.Contain("$schema"));
        Assert.That(job.RootElement.GetProperty("additionalProperties").GetBoolean(), Is.False);
        IEnumerable<string> keys = JobJson.Default.JobConfig.Properties.Where(p => !p.IsExtensionData).Select(p => p.Name)
            .Concat(AllSubjects.InOrder.SelectMany(s => s.Keys).Select(k => k.Path.Split('.')[0])).Distinct();
        Assert.That(job.RootElement.GetProperty("properties").EnumerateObject().Select(p => p.Name), Is.EquivalentTo(keys));
    }

    private static bool Follows(JsonElement value, JsonElement schema)
    {
        try
        {
            Check(value, schema, "$");
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>The keywords the published schemas use: type, properties, required, items.</summary>
    private static void Check(JsonElement value, JsonElement schema, string path)
    {
        if (schema.TryGetProperty("type", out JsonElement type))
        {
            string[] types = type.ValueKind == JsonValueKind.Array
                ? [.. type.EnumerateArray().Select(t => t.GetString()!)]
                : [type.GetString()!];
            if (!types.Any(t => HasType(value, t)))
                throw new InvalidDataException($"{path} is {value.ValueKind}, not {string.Join(" or ", types)}");
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            if (schema.TryGetProperty("required", out JsonElement required))
                foreach (JsonElement name in required.EnumerateArray())
                    if (!value.TryGetProperty(name.GetString()!, out _))
                        throw new InvalidDataException($"{path} has no {name}");
            if (schema.TryGetProperty("properties", out JsonElement properties))
                foreach (JsonProperty property in properties.EnumerateObject())
                    if (value.TryGetProperty(property.Name, out JsonElement child))
                        Check(child, property.Value, $"{path}.{property.Name}");
        }

        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out JsonElement items))
            foreach (JsonElement child in value.EnumerateArray())
                Check(child, items, path + "[]");
    }

    private static bool HasType(JsonElement value, string type) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        _ => throw new NotSupportedException(type),
    };
}
