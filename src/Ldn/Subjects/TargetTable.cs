using System.Globalization;
using System.Text.Json;
using Ldn.Csv;

namespace Ldn.Subjects;

/// <summary>Reads targets: a CSV, or a JSON array of objects with the same names (interface contract §2).</summary>
public static class TargetTable
{
    private static readonly string[] s_columns = ["id", "zone_id", "text", "metric", "comparator", "value", "year"];

    /// <exception cref="LdnException">Exit 2: unreadable, a field missing or not what it should be, an id twice; what there is
    /// instead is named.</exception>
    public static IReadOnlyList<Target> Load(string path) =>
        Parse(path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? Json(path) : CsvTable.Read(path, s_columns));

    /// <inheritdoc cref="Load"/>
    public static IReadOnlyList<Target> Parse(CsvTable table)
    {
        var targets = new List<Target>();
        foreach (CsvRow row in table.Rows)
        {
            string id = table.Text(row, "id"), zone = table.Text(row, "zone_id"), comparator = table.Text(row, "comparator");
            if (id.Length == 0 || targets.Exists(t => t.Id == id))
                throw table.Wrong(row, "id", "an id of its own");
            if (zone.Length == 0)
                throw table.Wrong(row, "zone_id", "a zone or group of the run");
            (TargetMetric? metric, string? wrong) = TargetMetric.Parse(table.Text(row, "metric"));
            if (metric is null)
                throw table.Wrong(row, "metric", wrong!);
            if (!Target.Comparators.Contains(comparator))
                throw table.Wrong(row, "comparator", string.Join(", ", Target.Comparators));
            targets.Add(
                new Target(
                    id, zone, table.Text(row, "text"), metric, comparator, table.Number(row, "value"),
                    table.Integer(row, "year")));
        }

        return targets;
    }

    /// <summary>The same table from JSON; each object is a row, counted from 1.</summary>
    private static CsvTable Json(string path)
    {
        try
        {
            using JsonDocument document =
                JsonDocument.Parse(PlainFile.ReadBytes($"table {path}", path, Fault.InputTable),
                new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            if (
                document.RootElement.ValueKind != JsonValueKind.Array
                    || document.RootElement.EnumerateArray().Any(e => e.ValueKind != JsonValueKind.Object))
                throw Fault.InputTable.Error(
                    $"table {path} is no list of targets", "write a JSON array of objects, one a target");
            return CsvTable.Of(
                path, s_columns, [.. document.RootElement.EnumerateArray().Select((target, i) => Fields(target, path, i + 1))]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SystemErrors.Reading($"table {path}", e, Fault.InputTable);
        }
        catch (JsonException e)
        {
            throw Fault.InputTable.Error($"table {path} cannot be read: {e.Message}", "mend the JSON there", e);
        }
    }

    private static string[] Fields(JsonElement target, string path, int row)
    {
        string[] names = [.. target.EnumerateObject().Select(p => p.Name)];
        if (Array.Find(names, n => !s_columns.Contains(n)) is { } unknown)
            throw Fault.InputTable.Error(
                $"table {path}, row {row}: unknown key '{unknown}'{NearestName.Hint(unknown, s_columns)}",
                $"known there: {string.Join(", ", s_columns)}");
        return [.. s_columns.Select(column => !target.TryGetProperty(column, out JsonElement value) ? "" : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
            _ => "",
        })];
    }
}
