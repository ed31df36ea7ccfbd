using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Tables;

namespace Ldn.Reports;

/// <summary>
/// summary.json: what was computed, under which rules, and every table, in one document with a published schema.
/// </summary>
internal sealed class SummaryJson : IDisposable
{
    public const string SchemaName = "https://json-schema.org/draft/2020-12/schema";

    internal const string FileName = "summary.json";

    private static readonly JsonWriterOptions s_indented = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    private readonly Stream _stream;
    private int _tables;
    private int _rows;
    private bool _done;

    /// <summary>Begins a document, which ends when this is disposed; the stream stays open.</summary>
    internal SummaryJson(Stream stream, RunStatistics run)
    {
        _stream = stream;
        using var json = new Utf8JsonWriter(stream, s_indented with { SkipValidation = true });
        json.WriteStartObject();
        json.WriteNumber("schema_version", 1);
        json.WriteString("name", run.Job.Name);
        json.WriteString("indicator", "SDG 15.3.1");
        if (run.Job.Preset is { } preset)
            json.WriteString("preset", preset);
        WriteStrings(json, "sub_indicators", run.Job.SubIndicators.Select(ConditionNames.Name));
        json.WriteBoolean("partial", run.Job.SubIndicators.Count() < 3);
        WriteStrings(json, "notes", run.Job.Notes);
        WriteRules(json, run.Job);
        WritePeriods(json, run.Job);
        json.WriteStartObject("tables");
    }

    public static byte[] Write(RunStatistics run, IReadOnlyList<ResultTable> tables)
    {
        using var stream = new MemoryStream();
        Write(stream, run, tables);
        return stream.ToArray();
    }

    /// <summary>The same bytes into a stream, row by row as they are made.</summary>
    public static void Write(Stream stream, RunStatistics run, IReadOnlyList<ResultTable> tables)
    {
        using var summary = new SummaryJson(stream, run);
        foreach (ResultTable table in tables)
        {
            summary.Begin(table);
            var rows = new JsonRows(table);
            foreach (Row row in table.Walk())
                summary.Add(rows.Of(row));
            summary.End();
        }
    }

    /// <summary>Begins a table.</summary>
    internal void Begin(ResultTable table)
    {
        _stream.Write(_tables++ == 0 ? "\n    \""u8 : ",\n    \""u8);
        _stream.Write(Encoding.UTF8.GetBytes(table.Name));
        _stream.Write("\": ["u8);
        _rows = 0;
    }

    /// <summary>Adds a row, one a line: readable, and a third of the size of a value a line.</summary>
    internal void Add(ReadOnlySpan<byte> row)
    {
        _stream.Write(_rows++ == 0 ? "\n      "u8 : ",\n      "u8);
        _stream.Write(row);
    }

    /// <summary>Ends a table.</summary>
    internal void End() => _stream.Write(_rows == 0 ? "]"u8 : "\n    ]"u8);

    public void Dispose()
    {
        if (_done)
            return;
        _done = true;
        _stream.Write(_tables == 0 ? "}\n}\n"u8 : "\n  }\n}\n"u8);
    }

    /// <summary>
    /// The JSON Schema of <see cref="Write(RunStatistics, IReadOnlyList{ResultTable})"/>, columns and their meaning included.
    /// </summary>
    public static byte[] Schema(IEnumerable<ResultTable> tables)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, s_indented);
        json.WriteStartObject();
        json.WriteString("$schema", SchemaName);
        json.WriteString("title", "ldn summary.json");
        json.WriteString("type", "object");
        WriteStrings(
            json, "required",
            ["schema_version", "name", "indicator", "sub_indicators", "partial", "notes", "rules", "periods", "tables"]);
        json.WriteStartObject("properties");
        foreach ((string name, string type) in new[]
            { ("schema_version", "integer"), ("name", "string"), ("indicator", "string"), ("preset", "string"),
                ("sub_indicators", "array"), ("partial", "boolean"),
              ("notes", "array"), ("rules", "object"), ("periods", "array") })
        {
            json.WriteStartObject(name);
            json.WriteString("type", type);
            json.WriteEndObject();
        }

        json.WriteStartObject("tables");
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (ResultTable table in tables)
            WriteTableSchema(json, table);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    /// <summary>The rules in force, as summary.json and provenance.json both give them.</summary>
    internal static void WriteRules(Utf8JsonWriter json, Job job)
    {
        json.WriteStartObject("rules");
        json.WriteString("profile", job.Rules.Profile);
        json.WriteString("missing", job.Rules.Missing.ToString().ToLowerInvariant());
        json.WriteString("lpd_table", job.Rules.LpdTable);
        if (job.Rules.SocThreshold == Rules.ByRegion)
        {
            json.WriteString("soc_threshold", RuleCombination.Text(Rules.ByRegion));
            json.WriteString("soc_inclusive", RuleCombination.Text(Rules.ByRegion));
        }
        else
        {
            json.WriteNumber("soc_threshold", job.Rules.SocThreshold);
            json.WriteBoolean("soc_inclusive", job.Rules.SocInclusive);
        }

        if (job.Rules.SocTestLevel is { } level && job.Rules.SocThreshold != Rules.ByRegion)
        {
            json.WriteString("soc_test", "interval");
            json.WriteNumber("soc_level", level);
        }

        json.WriteString("unmapped", job.Rules.UnmappedIsNoData ? "nodata" : "error");
        json.WriteString("status", job.Rules.Status == StatusRule.Progress2022 ? "progress-2022" : "addendum-2025");
        if (job.LandCover is { } landCover)
            json.WriteString("legend", landCover.Legend.Name);
        json.WriteEndObject();
    }

    private static void WritePeriods(Utf8JsonWriter json, Job job)
    {
        json.WriteStartArray("periods");
        foreach (Period period in job.Periods)
        {
            json.WriteStartObject();
            json.WriteString("id", period.Id);
            foreach (SubIndicator sub in job.SubIndicators)
                if (period.Of(sub) is { } years)
                    json.WriteString(ConditionNames.Name(sub), years.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The rows of a table as a JSON array of objects, one row a line.</summary>
    internal static byte[] Rows(ResultTable table)
    {
        using var text = new MemoryStream();
        var rows = new JsonRows(table);
        text.Write("["u8);
        foreach (Row row in table.Walk())
        {
            text.Write(text.Length == 1 ? "\n      "u8 : ",\n      "u8);
            text.Write(rows.Of(row));
        }

        text.Write(text.Length == 1 ? "]"u8 : "\n    ]"u8);
        return text.ToArray();
    }

    private static void WriteTableSchema(Utf8JsonWriter json, ResultTable table)
    {
        json.WriteStartObject(table.Name);
        json.WriteString("title", table.Title);
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (Column column in table.Columns)
        {
            json.WriteStartObject(column.Name);
            string type = column.Type switch
            {
                ColumnType.Text => "string",
                ColumnType.Integer => "integer",
                ColumnType.Flag => "boolean",
                _ => "number",
            };
            WriteStrings(json, "type", column.IsYear ? [type, "string", "null"] : [type, "null"]);
            json.WriteString("description", column.Description);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        WriteStrings(json, "required", table.Columns.Select(c => c.Name));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}

/// <summary>Serialisation of plain strings without reflection at run time.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class TextJson : System.Text.Json.Serialization.JsonSerializerContext;
