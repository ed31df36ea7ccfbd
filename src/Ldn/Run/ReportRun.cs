using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ldn.Rasters;
using Ldn.Reports;
using Ldn.Subjects;

namespace Ldn.Run;

/// <summary><c>ldn report</c>: the reports of a finished run, rendered again from what lies in its folder.</summary>
internal static class ReportRun
{
    /// <summary>
    /// Renders into a folder: the run's own, whose provenance then names the new files, or another. Nothing is replaced before
    /// everything is written.
    /// </summary>
    /// <returns>What the user should know.</returns>
    /// <exception cref="LdnException">Exit 3: the folder holds no finished run; exit 2: the target cannot be written or holds
    /// another run.</exception>
    public static IReadOnlyList<string> Execute(
        string run, string target, bool overwrite, ReportOptions options, IGeodata geodata)
    {
        run = Path.GetFullPath(run);
        target = Path.GetFullPath(target);
        string provenancePath = Path.Combine(run, OutputFolder.Provenance);
        byte[] summary = OutputFolder.SummaryOf(run);
        if (target != run && !overwrite && File.Exists(Path.Combine(target, OutputFolder.Provenance)))
            throw Fault.Output.Error(
                $"{target} holds the result of another run", "choose another --out, or replace its reports with --overwrite");
        JsonObject provenance = Parse(provenancePath);
        (RunDocument document, string[] outputs) = Read(run, summary, provenance);
        document = document.CutTo(options.Zones);
        IReadOnlyList<ZoneShape> shapes = options.NeedsShapes ? ZoneShapes.Read(Path.Combine(run, "zones.geojson")) : [];
        options = options with { Rasters = Path.GetRelativePath(target, run) };
        using OutputFolder folder = OutputFolder.Open(target, overwrite: true);
        try
        {
            IReadOnlyList<string> warnings = ReportSet.Write(
                outputs, name => Path.Combine(run, name), name => folder[name], document, shapes, options, RunOutputs.OfReports,
                geodata);
            if (target == run)
                Record(provenance, folder);
            if (folder.Files.Count > 0)
                folder.Publish(folder.Files.Contains(OutputFolder.Provenance) ? null : folder.Files[^1]);
            return warnings;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw folder.Failure(e);
        }
    }

    /// <summary>What the run left, and the names of the files that it wrote: others of the folder are not its own.</summary>
    private static (RunDocument Document, string[] Outputs) Read(string run, byte[] summary, JsonObject provenance)
    {
        string prais = Path.Combine(run, "prais.json");
        return FinishedRun.AsLeft(run, () => (
            RunDocument.Parse(
                summary, Inputs(provenance), (string?)provenance["program"] ?? "ldn", AllSubjects.Kinds(),
                File.Exists(prais) ? PlainFile.ReadBytes(prais, prais, Fault.Run) : null),
            Listed(provenance).Select(o => (string?)o["name"]).OfType<string>().Where(n => n == Path.GetFileName(n)).ToArray()));
    }

    private static JsonObject Parse(string path)
    {
        try
        {
            return JsonNode.Parse(PlainFile.ReadBytes(path, path, Fault.Run)) as JsonObject ?? throw new JsonException(
                "it is no JSON object");
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw Fault.Run.Error($"{path} cannot be read: {e.Message}", "compute the run again", e);
        }
    }

    private static IEnumerable<JsonObject> Listed(JsonObject provenance) =>
        (provenance["outputs"] as JsonArray ?? []).OfType<JsonObject>();

    private static DocumentInput[] Inputs(JsonObject provenance) =>
        [.. (provenance["inputs"] as JsonArray ?? []).OfType<JsonObject>().Select(i => new DocumentInput(
            (string?)i["layer"] ?? "", DocumentInput.FileName((string?)i["path"] ?? ""), (long?)i["bytes"],
            (string?)i["sha256"]))];

    /// <summary>
    /// Brings the list of outputs up to date: sizes and hashes of the files rendered again, new ones in their place.
    /// </summary>
    private static void Record(JsonObject provenance, OutputFolder folder)
    {
        IReadOnlyList<string> files = folder.Files;
        IEnumerable<JsonObject> kept = Listed(provenance).Where(o => !files.Contains((string?)o["name"]));
        JsonObject[] outputs =
            [.. kept.Select(o => (JsonObject)o.DeepClone()).Concat(files.Select(f => Output(folder[f], f)))
            .OrderBy(o => (string?)o["name"], StringComparer.Ordinal)];
        provenance["outputs"] = new JsonArray([.. outputs]);
        using FileStream stream = File.Create(folder[OutputFolder.Provenance]);
        using var json = new Utf8JsonWriter(
            stream, new JsonWriterOptions
            {
                Indented = true,
                NewLine = "\n",
                Encoder =
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping
            });
        provenance.WriteTo(json);
    }

    private static JsonObject Output(string path, string name)
    {
        using FileStream stream = File.OpenRead(path);
        return new JsonObject
        {
            ["name"] = name,
            ["bytes"] = stream.Length,
            ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(stream))
        };
    }
}
