using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ldn.Jobs;
using Ldn.Tables;

namespace Ldn.Reports;

/// <summary>
/// An input as a report names it: which layer, the file's name without its folder, and its size and hash where they are known.
/// </summary>
internal sealed record DocumentInput(string Layer, string File, long? Bytes, string? Sha256)
{
    /// <summary>
    /// The last part of a path or GDAL name, on whichever system it was written, without the query of an address, which may hold
    /// a key.
    /// </summary>
    public static string FileName(string path)
    {
        string plain = path.Split('?')[0];
        return plain[(plain.LastIndexOfAny(['/', '\\']) + 1)..].TrimEnd('"', '}');
    }
}

/// <summary>A period and, by sub-indicator, its years as text; nothing where they are not told.</summary>
internal sealed record DocumentPeriod(string Id, IReadOnlyList<(string SubIndicator, string Years)> Years)
{
    private static readonly string[] s_telling = ["land_cover", "soil_organic_carbon", "productivity"];

    /// <summary>
    /// The years a reader calls the period by: those of land cover, whose first and last year bound it; productivity looks
    /// further back.
    /// </summary>
    public string? Label =>
        s_telling.Select(sub => Years.FirstOrDefault(y => y.SubIndicator == sub).Years)
            .FirstOrDefault(y => y is not null)?.Replace('-', '–');

    /// <summary>First and last year over the sub-indicators, or null where none is told.</summary>
    public (int First, int Last)? Span
    {
        get
        {
            // A period that nobody named years for has words in their place.
            YearSpan[] named = [.. Years.Select(y => YearSpan.Parse(y.Years)).OfType<YearSpan>().Where(y => y.IsNamed)];
            return named.Length == 0 ? null : (named.Min(y => y.First), named.Max(y => y.Last));
        }
    }
}

/// <summary>
/// A run as its reports see it. It is always read from the bytes of summary.json, also while the run is still going on: what is
/// rendered again later, from the file, is therefore the same to the byte.
/// </summary>
internal sealed class RunDocument
{
    private IReadOnlyList<ResultTable>? _all;

    private RunDocument()
    {
    }

    public required string Name { get; init; }

    /// <summary>Program and version that computed the run.</summary>
    public required string Program { get; init; }

    public string? Preset { get; init; }

    public required IReadOnlyList<string> SubIndicators { get; init; }

    /// <summary>Whether a sub-indicator was left out.</summary>
    public bool Partial { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The rules in force as name and value, in the order of summary.json.</summary>
    public required IReadOnlyList<(string Name, string Value)> Rules { get; init; }

    public required IReadOnlyList<DocumentPeriod> Periods { get; init; }

    public required IReadOnlyList<ResultTable> Tables { get; init; }

    /// <summary>The tables of the UNCCD's reporting platform; none where the run did not make them.</summary>
    public required IReadOnlyList<ResultTable> Prais { get; init; }

    public required IReadOnlyList<DocumentInput> Inputs { get; init; }

    /// <summary>Whether name or notes say that the data are synthetic; every page then says so too.</summary>
    public bool Synthetic => Notes.Append(Name).Any(t => t.Contains("synthetic", StringComparison.OrdinalIgnoreCase));

    /// <summary>The tables of every zone, also of those that are not told: better walked than held.</summary>
    public IReadOnlyList<ResultTable> AllTables => _all ?? Tables;

    /// <summary>The zones that are told; null where all are.</summary>
    public ToldZones? Told { get; private init; }

    /// <summary>The same run, told of some zones alone.</summary>
    /// <param name="told">The zones.</param>
    /// <param name="all">The tables of all zones.</param>
    public RunDocument CutTo(ToldZones told, IReadOnlyList<ResultTable> all) => !told.Cut ? this : new RunDocument
    {
        Name = Name,
        Program = Program,
        Preset = Preset,
        SubIndicators = SubIndicators,
        Partial = Partial,
        Notes = [.. Notes, told.Note],
        Rules = Rules,
        Periods = Periods,
        Tables = [.. Tables.Select(told.Of)],
        Prais = [.. Prais.Select(told.Of)],
        Inputs = Inputs,
        _all = all,
        Told = told,
    };

    /// <summary>The same run, told of no more than some zones.</summary>
    public RunDocument CutTo(int mostZones) => CutTo(
        ToldZones.Of(
            (Tables.FirstOrDefault(t => t.Has(Columns.ZoneId) && t.Has(Columns.ZoneKind))?.Walk() ?? [])
                .DistinctBy(r => r[Columns.ZoneId]).Select(r => (r[Columns.ZoneId]!, r[Columns.ZoneKind]!)), mostZones),
        Tables);

    public ResultTable? Table(string name) => Tables.FirstOrDefault(t => t.Name == name);

    public string? Rule(string name) => Rules.FirstOrDefault(r => r.Name == name).Value;

    /// <summary>Reads the bytes of a summary.json and, where the run has one, of its prais.json.</summary>
    /// <param name="summary">summary.json.</param>
    /// <param name="inputs">The run's inputs.</param>
    /// <param name="program">Program and version that computed it.</param>
    /// <param name="kinds">Tables that tell title and columns of those in the summary.</param>
    /// <param name="prais">prais.json.</param>
    /// <exception cref="LdnException">Exit 3: no summary of a run.</exception>
    public static RunDocument Parse(
        ReadOnlyMemory<byte> summary, IReadOnlyList<DocumentInput> inputs, string program, IReadOnlyList<ResultTable> kinds,
        ReadOnlyMemory<byte>? prais = null)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(summary);
            JsonElement root = json.RootElement;
            var schema = kinds.ToDictionary(t => t.Name);
            return new RunDocument
            {
                Name = root.GetProperty("name").GetString()!,
                Program = program,
                Preset = root.TryGetProperty("preset", out JsonElement preset) ? preset.GetString() : null,
                SubIndicators = Strings(root.GetProperty("sub_indicators")),
                Partial = root.GetProperty("partial").GetBoolean(),
                Notes = Strings(root.GetProperty("notes")),
                Rules = [
                    .. root.GetProperty("rules").EnumerateObject()
                        .Select(
                            r => (
                                r.Name,
                                r.Value.ValueKind == JsonValueKind.String ? r.Value.GetString()! : r.Value.GetRawText()))],
                Periods = [.. root.GetProperty("periods").EnumerateArray().Select(Period)],
                Tables = [
                    .. root.GetProperty("tables").EnumerateObject()
                        .Select(t => TableReader.Read(t.Name, t.Value, schema.GetValueOrDefault(t.Name)))],
                Prais = prais is { IsEmpty: false } bytes ? PraisJson.Read(bytes) : [],
                Inputs = inputs,
            };
        }
        catch (Exception e) when (SystemErrors.IsOfDamagedDocument(e))
        {
            throw Fault.Run.Error($"summary.json or prais.json is not that of a run: {e.Message}", "compute the run again", e);
        }
    }

    private static string[] Strings(JsonElement array) => [.. array.EnumerateArray().Select(s => s.GetString()!)];

    private static DocumentPeriod Period(JsonElement period) => new(
        period.GetProperty("id").GetString()!,
        [.. period.EnumerateObject().Where(p => p.Name != "id" && p.Value.ValueKind == JsonValueKind.String)
            .Select(p => (p.Name, p.Value.GetString()!))]);
}

/// <summary>prais.json: the tables of the UNCCD's reporting platform under their own names.</summary>
internal static class PraisJson
{
    public static byte[] Write(string name, IReadOnlyList<string> notes, IEnumerable<ResultTable> tables)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(
            buffer,
            new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteNumber("schema_version", 1);
        json.WriteString("name", name);
        json.WriteStartArray("notes");
        foreach (string note in notes)
            json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteStartObject("tables");
        foreach (ResultTable table in tables)
        {
            json.WriteStartObject(table.Name);
            json.WriteString("title", table.Title);
            json.WritePropertyName("rows");
            json.WriteRawValue(SummaryJson.Rows(table), skipInputValidation: true);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    /// <summary>The tables of a prais.json; column types are what names and values say.</summary>
    public static IReadOnlyList<ResultTable> Read(ReadOnlyMemory<byte> prais)
    {
        using JsonDocument json = JsonDocument.Parse(prais);
        return [.. json.RootElement.GetProperty("tables").EnumerateObject().Select(t =>
            TableReader.Read(
                t.Name, t.Value.GetProperty("rows"), null) with { Title = t.Value.GetProperty("title").GetString()! })];
    }
}
