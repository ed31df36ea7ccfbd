using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ldn.Rasters;
using Ldn.Reports;

namespace Ldn.Run;

/// <summary><c>ldn report</c>: the reports of a finished run, rendered again from what lies in its folder.</summary>
public static class ReportRun
{
    private const string Temporary = ".ldn-report";

    /// <summary>
    /// Renders into a folder: the run's own, whose provenance then names the new files, or another. Nothing is replaced before everything is written.
    /// </summary>
    /// <returns>What the user should know.</returns>
    /// <exception cref="LdnException">Exit 3: the folder holds no finished run; exit 2: the target cannot be written or holds another run.</exception>
    public static IReadOnlyList<string> Execute(string run, string target, bool overwrite, ReportOptions options, IGeodata geodata)
    {
        run = Path.GetFullPath(run);
        target = Path.GetFullPath(target);
        string provenancePath = Path.Combine(run, OutputFolder.Provenance), summaryPath = Path.Combine(run, "summary.json");
        if (!File.Exists(provenancePath) || !File.Exists(summaryPath))
            throw Fault.Run.Error($"{run} holds no finished run", "give the folder that 'ldn compute --out' wrote");
        if (target != run && !overwrite && File.Exists(Path.Combine(target, OutputFolder.Provenance)))
            throw Fault.Output.Error($"{target} holds the result of another run", "choose another --out, or replace its reports with --overwrite");
        JsonObject provenance = Parse(provenancePath);
        string prais = Path.Combine(run, "prais.json");
        var document = RunDocument.Parse(
            File.ReadAllBytes(summaryPath), Inputs(provenance), (string?)provenance["program"] ?? "ldn", File.Exists(prais) ? File.ReadAllBytes(prais) : null);
        IReadOnlyList<ZoneShape> shapes = options.NeedsShapes ? ZoneShapes.Read(Path.Combine(run, "zones.geojson")) : [];
        string temporary = Path.Combine(target, Temporary);
        try
        {
            Directory.CreateDirectory(temporary);
            IReadOnlyList<string> warnings = ReportSet.Write(
                Outputs(provenance), name => Path.Combine(run, name), name => Path.Combine(temporary, name), document, shapes, options,
                RunOutputs.Kinds, geodata);
            string[] files = [.. Directory.EnumerateFiles(temporary).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];
            foreach (string file in files)
                File.Move(Path.Combine(temporary, file), Path.Combine(target, file), overwrite: true);
            if (target == run)
                Record(provenance, provenancePath, run, files);
            return warnings;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fault.Output.Error($"{target} cannot be written: {e.Message}", "choose another --out", e);
        }
        finally
        {
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
        }
    }

    private static JsonObject Parse(string path)
    {
        try
        {
            return (JsonObject)JsonNode.Parse(File.ReadAllBytes(path))!;
        }
        catch (Exception e) when (e is JsonException or InvalidCastException)
        {
            throw Fault.Run.Error($"{path} cannot be read: {e.Message}", "compute the run again", e);
        }
    }

    /// <summary>Names of the files that the run wrote: others of the folder are not its own.</summary>
    private static string[] Outputs(JsonObject provenance) => [.. Listed(provenance).Select(o => (string?)o["name"]).OfType<string>()];

    private static IEnumerable<JsonObject> Listed(JsonObject provenance) => (provenance["outputs"] as JsonArray ?? []).OfType<JsonObject>();

    private static DocumentInput[] Inputs(JsonObject provenance) =>
        [.. (provenance["inputs"] as JsonArray ?? []).OfType<JsonObject>().Select(i => new DocumentInput(
            (string?)i["layer"] ?? "", DocumentInput.FileName((string?)i["path"] ?? ""), (long?)i["bytes"], (string?)i["sha256"]))];

    /// <summary>Brings the list of outputs up to date: sizes and hashes of the files rendered again, new ones in their place.</summary>
    private static void Record(JsonObject provenance, string path, string folder, string[] files)
    {
        IEnumerable<JsonObject> kept = Listed(provenance).Where(o => !files.Contains((string?)o["name"]));
        JsonObject[] outputs = [.. kept.Select(o => (JsonObject)o.DeepClone()).Concat(files.Select(f => Output(folder, f))).OrderBy(o => (string?)o["name"], StringComparer.Ordinal)];
        provenance["outputs"] = new JsonArray([.. outputs]);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            provenance.WriteTo(json);
        string temporary = path + ".tmp";
        File.WriteAllBytes(temporary, stream.ToArray());
        File.Move(temporary, path, overwrite: true);
    }

    private static JsonObject Output(string folder, string name)
    {
        using FileStream stream = File.OpenRead(Path.Combine(folder, name));
        return new JsonObject { ["name"] = name, ["bytes"] = stream.Length, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(stream)) };
    }
}
