using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Lanes;
using Ldn.Pass;
using Ldn.Productivity;
using Ldn.Rasters;
using Ldn.Reports;

namespace Ldn.Run;

/// <summary>
/// An input as provenance knows it: layer, path, size and SHA-256; of a remote one the time of change its server tells, and the
/// hash only where it was asked for.
/// </summary>
internal sealed record InputRecord(string Layer, string Path, long? Bytes, string? Sha256, string? Modified = null);

/// <summary>
/// provenance.json: what was computed from which bytes, with which options, by which program. The only file that knows clock and
/// paths.
/// </summary>
internal static class Provenance
{
    private static readonly string[] s_varying = [
        "runtime", "simd", "libraries", "finished", "wall_seconds", "peak_memory_bytes", "threads", "job_sha256", "options"];

    private static readonly FileHash s_unread = new(0, "");

    public static string ProgramVersion { get; } =
        typeof(Provenance).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? "unknown";

    /// <summary>The day of the program's version.</summary>
    public static DateOnly Released { get; } = DateOnly.ParseExact(
        typeof(Provenance).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "ReleaseDate").Value!,
        "yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static void Write(OutputFolder folder, RunPlan plan, Job job, ComputeOptions options,
        IReadOnlyList<InputRecord> inputs, IGeodata geodata, TimeSpan wall,
        string? planId = null, IReadOnlyList<(string Path, FileHash Hash)>? sideFiles = null)
    {
        WriteTo(folder, json =>
        {
            json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
            json.WriteString("simd", Simd.Widest.ToString());
            WriteTexts(json, "libraries", geodata.Versions);
            WriteFinished(json);
            json.WriteNumber("wall_seconds", Math.Round(wall.TotalSeconds, 3));
            json.WriteNumber("peak_memory_bytes", PeakMemory());
            json.WriteNumber("threads", options.Threads);
            // The fields that may differ between two runs of the same job on the same inputs; every other one is the same.
            WriteList(json, "varying", s_varying);
            json.WriteString("job", job.Name);
            if (options.JobHash is { } jobHash)
                json.WriteString("job_sha256", jobHash);
            if (planId is not null)
                json.WriteString("plan_id", planId);
            if (job.Written is { } written)
                WriteWritten(json, written, job.IndicatorIsGiven);
            SummaryJson.WriteRules(json, job);
            if (job.Regions is { } regions)
                WriteRegions(json, regions);
            if (job.OneSeries is { } series)
                WriteSeries(json, series);
            WriteTexts(json, "options", options.Options.Select(o => (o.Key, o.Value)));
            WriteList(json, "notes", job.Notes);
            WriteGrid(json, plan.Pass);
            if (job.Sources.Count > 0)
                WriteSources(json, job.Sources);
            WriteInputs(json, inputs);
            json.WriteStartArray("side_files");
            foreach ((string path, FileHash hash) in sideFiles ?? [])
                WriteFile(json, "path", path, hash);
            json.WriteEndArray();
        });
    }

    /// <summary>Of a result made of other results: these, as inputs, and what was written of them.</summary>
    internal static void WriteOf(
        OutputFolder folder, IEnumerable<(string Layer, string File)> results, IReadOnlyDictionary<string, string> options)
    {
        WriteTo(folder, json =>
        {
            WriteFinished(json);
            WriteTexts(json, "options", options.Select(o => (o.Key, o.Value)));
            WriteInputs(json, results.Select(r => Record(r.Layer, r.File, FileHash.Of(r.File))));
        });
    }

    /// <summary>Writes the file: form and program, then whatever a result says of itself, then its other files.</summary>
    private static void WriteTo(OutputFolder folder, Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(
            buffer,
            new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteNumber("schema_version", 1);
        json.WriteString("program", "ldn " + ProgramVersion);
        body(json);
        json.WriteStartArray("outputs");
        foreach (string file in folder.Files)
            WriteFile(json, "name", file, FileHash.Of(folder[file]));
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        File.WriteAllBytes(folder[OutputFolder.Provenance], buffer.WrittenSpan);
    }

    private static void WriteFinished(Utf8JsonWriter json) =>
        json.WriteString("finished", Finished().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<(string Key, string Text)> texts)
    {
        json.WriteStartObject(name);
        foreach ((string key, string text) in texts)
            json.WriteString(key, text);
        json.WriteEndObject();
    }

    /// <summary>What is in force in each region.</summary>
    private static void WriteRegions(Utf8JsonWriter json, RegionSet regions)
    {
        json.WriteStartObject("regions");
        foreach (Region region in regions.InUse)
        {
            json.WriteStartObject(region.Id);
            foreach (IGrouping<SubIndicator, RegionParameter> sub in region.Parameters.GroupBy(p => p.SubIndicator))
                WriteTexts(json, sub.Key.Name(), sub.Select(p => (p.Key, p.Value)));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>The job itself, so that whoever finds the result can make its plan again (<see cref="FinishedRun"/>).</summary>
    private static void WriteWritten(Utf8JsonWriter json, WrittenJob written, bool indicatorIsGiven)
    {
        json.WriteStartObject("written");
        json.WriteString("folder", Path.GetFullPath(written.Folder));
        if (indicatorIsGiven)
            json.WriteBoolean("indicator_is_given", true);
        json.WritePropertyName("job");
        JsonSerializer.Serialize(json, written.Config, JobJson.Default.JobConfig);
        json.WriteEndObject();
    }

    private static void WriteSeries(Utf8JsonWriter json, SeriesInput series)
    {
        ProductivityOptions options = series.Options;
        json.WriteStartObject("series");
        json.WriteString("variable", ProductivityOptions.NameOf(options.Variable));
        json.WriteString("method", ProductivityOptions.NameOf(options.Method));
        json.WriteString("slope", ProductivityOptions.NameOf(options.Slope));
        json.WriteString("significance", ProductivityOptions.NameOf(options.Significance));
        json.WriteString("state", ProductivityOptions.NameOf(options.State));
        json.WriteNumber("state_minimum", options.StateMinimumInForce);
        json.WriteString("lpd_method", ProductivityOptions.NameOf(options.LpdMethod));
        json.WriteString("performance_scope", ProductivityOptions.NameOf(options.PerformanceScope));
        json.WriteBoolean("performance_inclusive", options.PerformanceInclusive);
        json.WriteNumber("quantum", options.Quantum);
        json.WriteNumber("min_years", options.MinYears);
        if (series.Scale is { } scale)
            json.WriteNumber("scale", scale);
        if (series.Offset is { } offset)
            json.WriteNumber("offset", offset);
        foreach ((string period, SeriesWindow window) in series.Windows)
            json.WriteString($"window_{period}", window.ToString());
        json.WriteEndObject();
    }

    private static void WriteSources(Utf8JsonWriter json, IReadOnlyDictionary<string, SourceConfig> sources)
    {
        json.WriteStartObject("sources");
        foreach ((string layer, SourceConfig source) in sources.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(layer);
            foreach ((string key, string? value) in new[]
            {
                ("title", source.Title), ("publisher", source.Publisher), ("link", source.Link), ("doi", source.Doi),
                ("citation", source.Citation),
                ("licence", source.Licence), ("date", source.Date),
            })
            {
                if (value is { Length: > 0 })
                    json.WriteString(key, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteGrid(Utf8JsonWriter json, PassPlan pass)
    {
        Grid grid = pass.Grid.Crop(pass.Extent);
        json.WriteStartObject("grid");
        json.WriteNumber("width", grid.Width);
        json.WriteNumber("height", grid.Height);
        json.WriteNumber("origin_x", grid.OriginX);
        json.WriteNumber("origin_y", grid.OriginY);
        json.WriteNumber("cell_width", grid.CellWidth);
        json.WriteNumber("cell_height", grid.CellHeight);
        json.WriteString("crs", grid.Crs.Name);
        json.WriteEndObject();
    }

    /// <summary>
    /// Every input of a run, hashed where it is a file of this machine and <paramref name="known"/> does not know its hash.
    /// </summary>
    /// <param name="plan">The run.</param>
    /// <param name="job">Its job.</param>
    /// <param name="known">Hash of a local file.</param>
    /// <param name="remote">What is known of a remote file, by its name without a band.</param>
    internal static IReadOnlyList<InputRecord> Inputs(
        RunPlan plan, Job job, Func<string, FileHash?>? known = null, Func<string, RemoteStamp?>? remote = null)
    {
        InputRecord Input(string layer, string name)
        {
            string path = DataSetName.LocalFile(name);
            if (path.Length == 0)
                return remote?.Invoke(WithoutBand(name)) is { } stamp
                    ? new InputRecord(layer, name, stamp.File.Bytes, stamp.Sha256, stamp.File.Modified)
                    : new InputRecord(layer, name, null, null);
            FileHash hash = known?.Invoke(path) ?? FileHash.Of(path);
            return Record(layer, name, hash);
        }

        return
        [
            .. plan.Pass.Inputs.Where(i => !i.IsComputed).Select(i => Input(i.Layer, i.File)),
            .. job.Zones.Select(z => Input("zones", z.File)),
            .. job.Asked.SelectMany(a => a.Files).Select(f => Input(f.Layer, f.File)),
        ];
    }

    private static InputRecord Record(string layer, string name, FileHash hash) => new(layer, name, hash.Bytes, hash.Sha256);

    /// <summary>The names of all inputs of a run, each once and without a band.</summary>
    internal static IEnumerable<string> InputNames(RunPlan plan) =>
        Inputs(plan, plan.Job, _ => s_unread).Select(i => WithoutBand(i.Path)).Distinct();

    private static void WriteInputs(Utf8JsonWriter json, IEnumerable<InputRecord> inputs)
    {
        json.WriteStartArray("inputs");
        foreach (InputRecord input in inputs)
        {
            json.WriteStartObject();
            json.WriteString("layer", input.Layer);
            json.WriteString("path", input.Path);
            if (input.Bytes is { } bytes)
                json.WriteNumber("bytes", bytes);
            if (input.Sha256 is { } hash)
                json.WriteString("sha256", hash);
            if (input.Modified is { } modified)
                json.WriteString("modified", modified);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFile(Utf8JsonWriter json, string key, string name, FileHash hash)
    {
        json.WriteStartObject();
        json.WriteString(key, name);
        json.WriteNumber("bytes", hash.Bytes);
        json.WriteString("sha256", hash.Sha256);
        json.WriteEndObject();
    }

    private static string WithoutBand(string name) => RasterName.Parse(name).Dataset;

    /// <summary>The time that SOURCE_DATE_EPOCH names, where it names one that a date can have; else now.</summary>
    private static DateTime Finished() =>
        long.TryParse(
            Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH"), NumberStyles.None, CultureInfo.InvariantCulture,
            out long seconds)
        && seconds <= (long)(DateTime.MaxValue - DateTime.UnixEpoch).TotalSeconds
            ? DateTime.UnixEpoch.AddSeconds(seconds)
            : DateTime.UtcNow;

    /// <summary>
    /// 0 where the system does not tell, for want of a file handle or of /proc: no reason to throw a finished run away.
    /// </summary>
    private static long PeakMemory()
    {
        try
        {
            using var self = Process.GetCurrentProcess();
            return self.PeakWorkingSet64;
        }
        catch (Exception e) when (
            e is InvalidOperationException or IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception
            or FormatException)
        {
            return 0;
        }
    }
}
