using System.Text.Json;
using Ldn.Jobs;
using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Run.Shards;

/// <summary>
/// <c>plan.json</c>: a job whose inputs are pinned and whose windows are shared out, so that any machine that sees the same files
/// can compute any shard. Paths in the file are relative to it.
/// </summary>
internal sealed record ShardPlan
{
    /// <summary>Seal of the file: parts name it, so that those of another plan are never mixed in.</summary>
    public string Id { get; init; } = "";

    /// <summary>Where the plan lies.</summary>
    public required string Path { get; init; }

    public required string Name { get; init; }

    /// <summary>
    /// 2 where something of the whole run (percentiles of productivity) must be known before pixels can be judged, else 1.
    /// </summary>
    public required int Stages { get; init; }

    /// <summary>The job with every flag laid over it, and the folder its paths start from.</summary>
    public required JobConfig Job { get; init; }

    public required string Folder { get; init; }

    public required IReadOnlyDictionary<string, string> Options { get; init; }

    public required string Language { get; init; }

    /// <summary>
    /// The part of the grid that is computed, and the units it falls into: every shard finds the same again or stops.
    /// </summary>
    public required Window Extent { get; init; }

    public required int UnitCount { get; init; }

    internal IReadOnlyList<FileStamp> Files { get; init; } = [];

    internal IReadOnlyList<RemoteStamp> Remote { get; init; } = [];

    public required IReadOnlyList<ShardUnits> Shards { get; init; }

    /// <summary>Folder of the parts, beside the plan.</summary>
    public string PartsFolder => System.IO.Path.ChangeExtension(Path, ".parts");

    private string Here => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>Writes the file and returns the plan with its id.</summary>
    internal ShardPlan Save() => this with { Id = SealedJson.Write(Path, Write, indented: true) };

    /// <summary>The id that <see cref="Save"/> would give.</summary>
    internal string FutureId => SealedJson.Make(Write, indented: true).Seal;

    /// <summary>Reads a plan.</summary>
    /// <exception cref="LdnException">Exit 2: missing, damaged, or of another version of the program.</exception>
    public static ShardPlan Load(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        if (!File.Exists(path))
            throw Fault.Plan.Error($"there is no plan {path}", "make one with 'ldn plan JOB --shards N -o FILE'");
        try
        {
            (JsonDocument document, string seal) = SealedJson.Read(path);
            using (document)
            {
                JsonElement plan = document.RootElement;
                string program = plan.GetProperty("program").GetString()!;
                if (program != Program)
                    throw Fault.Plan.Error(
                        $"the plan {path} was made by {program}, and this is {Program}",
                        "compute all shards and merge them with one version");
                return Read(plan, path) with { Id = seal };
            }
        }
        catch (Exception e) when (SystemErrors.IsOfDamagedDocument(e))
        {
            throw Fault.Plan.Error($"the plan {path} cannot be used: {e.Message}", "make it anew with 'ldn plan'", e);
        }
    }

    /// <summary>The job's files must be what they were when the plan was made.</summary>
    /// <exception cref="LdnException">Exit 3: one has changed.</exception>
    internal void CheckFiles(IGeodata geodata)
    {
        foreach (FileStamp file in Files)
            file.Check();
        if (RemoteStamp.FirstChanged(Remote, geodata) is { } changed)
            throw Fault.Changed.Error(
                $"{changed.Name} has changed since the plan was made", "make the plan anew and compute all shards again");
    }

    private static string Program => "ldn " + Provenance.ProgramVersion;

    private void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("schema_version", 1);
        json.WriteString("program", Program);
        json.WriteString("name", Name);
        json.WriteNumber("shards", Shards.Count);
        json.WriteNumber("stages", Stages);
        json.WriteString("folder", System.IO.Path.GetRelativePath(Here, Folder));
        json.WritePropertyName("job");
        JsonSerializer.Serialize(json, Job, JobJson.Default.JobConfig);
        json.WriteStartObject("options");
        foreach ((string name, string value) in Options)
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteString("language", Language);
        json.WriteStartObject("extent");
        json.WriteNumber("column", Extent.Column);
        json.WriteNumber("row", Extent.Row);
        json.WriteNumber("width", Extent.Width);
        json.WriteNumber("height", Extent.Height);
        json.WriteEndObject();
        json.WriteNumber("units", UnitCount);
        json.WriteStartArray("files");
        foreach (FileStamp file in Files)
        {
            json.WriteStartObject();
            json.WriteString("path", System.IO.Path.GetRelativePath(Here, file.Path));
            json.WriteNumber("bytes", file.Hash.Bytes);
            json.WriteString("modified", $"{file.Modified}");
            json.WriteString("sha256", file.Hash.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("remote");
        foreach (RemoteStamp file in Remote)
        {
            json.WriteStartObject();
            json.WriteString("name", file.Name);
            json.WriteString("version", file.File.Version);
            if (file.File.Bytes is { } bytes)
                json.WriteNumber("bytes", bytes);
            if (file.File.Modified is { } modified)
                json.WriteString("modified", modified);
            if (file.Sha256 is { } hash)
                json.WriteString("sha256", hash);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("windows");
        foreach (ShardUnits shard in Shards)
        {
            json.WriteStartObject();
            json.WriteNumber("first_unit", shard.First);
            json.WriteNumber("units", shard.Count);
            json.WriteNumber("land_cells", shard.LandCells);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;

    private static ShardPlan Read(JsonElement plan, string path)
    {
        string here = System.IO.Path.GetDirectoryName(path)!;
        string Full(JsonElement relative) => System.IO.Path.GetFullPath(relative.GetString()!, here);
        JsonElement extent = plan.GetProperty("extent");
        return new ShardPlan
        {
            Path = path,
            Name = plan.GetProperty("name").GetString()!,
            Stages = plan.GetProperty("stages").GetInt32(),
            Job = plan.GetProperty("job").Deserialize(JobJson.Default.JobConfig)!,
            Folder = Full(plan.GetProperty("folder")),
            Options = plan.GetProperty("options").EnumerateObject().ToDictionary(o => o.Name, o => o.Value.GetString()!),
            Language = plan.GetProperty("language").GetString()!,
            Extent = new Window(
                extent.GetProperty("column").GetInt32(), extent.GetProperty("row").GetInt32(),
                extent.GetProperty("width").GetInt32(), extent.GetProperty("height").GetInt32()),
            UnitCount = plan.GetProperty("units").GetInt32(),
            Files = [.. plan.GetProperty("files").EnumerateArray().Select(f => new FileStamp(
                Full(f.GetProperty("path")), long.Parse(f.GetProperty("modified").GetString()!, null),
                new FileHash(f.GetProperty("bytes").GetInt64(), f.GetProperty("sha256").GetString()!)))],
            Remote = [.. plan.GetProperty("remote").EnumerateArray().Select(r => new RemoteStamp(
                r.GetProperty("name").GetString()!,
                new RemoteFile(
                    r.GetProperty("version").GetString()!,
                    r.TryGetProperty("bytes", out JsonElement bytes) ? bytes.GetInt64() : null, Text(r, "modified")),
                Text(r, "sha256")))],
            Shards = [.. plan.GetProperty("windows").EnumerateArray().Select(w => new ShardUnits(
                w.GetProperty("first_unit").GetInt32(), w.GetProperty("units").GetInt32(),
                w.GetProperty("land_cells").GetInt64()))],
        };
    }
}

/// <summary>A file that a plan depends on, as it was when the plan was made. <see cref="Modified"/> in ticks of UTC.</summary>
internal sealed record FileStamp(string Path, long Modified, FileHash Hash)
{
    public static FileStamp Of(string path) => new(path, FileFacts.LastWriteUtc(path).Ticks, FileHash.Of(path));

    /// <summary>
    /// Refuses a file that is not what it was. Size and time of change are asked first; the content decides only where the time
    /// alone differs, as after a copy.
    /// </summary>
    /// <exception cref="LdnException">Exit 3: gone or changed.</exception>
    public void Check()
    {
        const string remedy = "put the file back as it was, or make the plan anew and compute all shards again";
        var now = FileFacts.Of(Path);
        if (now.Kind == FileKind.Missing)
            throw Fault.Changed.Error($"{Path} is gone since the plan was made", remedy);
        if (now.Bytes != Hash.Bytes || (FileFacts.LastWriteUtc(Path).Ticks != Modified && FileHash.Of(Path) != Hash))
            throw Fault.Changed.Error($"{Path} has changed since the plan was made", remedy);
    }

    /// <summary>
    /// Every file of this machine that a run depends on: its inputs with what belongs to them, and whatever of the job names a
    /// file, which are the tables of rules.
    /// </summary>
    public static IReadOnlyList<string> Paths(RunPlan plan, JobConfig config, string folder, IGeodata geodata)
    {
        string[] inputs = [.. Provenance.InputNames(plan)];
        return [.. inputs.Concat(inputs.SelectMany(geodata.FilesOf)).Concat(SideFiles.Of(inputs, geodata))
            .Concat(JobFiles.Named(config, folder)).Select(DataSetName.LocalFile)
            .Where(p => p.Length > 0).Select(System.IO.Path.GetFullPath).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The remote files among the inputs.</summary>
    public static IReadOnlyList<RemoteStamp> Remote(RunPlan plan, bool hash, IGeodata geodata)
    {
        string[] inputs = [.. Provenance.InputNames(plan)];
        string[] names = [.. inputs.Concat(inputs.SelectMany(geodata.FilesOf)).Distinct().Order(StringComparer.Ordinal)
            .Where(geodata.IsRemote)];
        return [.. FewAtOnce.Select(names, name => RemoteStamp.Of(name, hash, geodata, CancellationToken.None))
            .OfType<RemoteStamp>()];
    }
}

/// <summary>The units of one shard: a run of the pass's units in their order.</summary>
/// <param name="LandCells">Cells of these units that lie in some zone.</param>
internal sealed record ShardUnits(int First, int Count, long LandCells);

/// <summary>Cuts the units of a pass into shards of about the same number of cells inside zones.</summary>
internal static class ShardCuts
{
    /// <summary>
    /// Cuts between units only, each shard at least one unit, each cut where the cells so far come nearest to their share.
    /// </summary>
    /// <exception cref="LdnException">Exit 2: fewer units than shards.</exception>
    public static IReadOnlyList<ShardUnits> Cut(IReadOnlyList<Window> units, PlaceSpans places, int shards)
    {
        if (shards > units.Count)
        {
            throw Fault.Plan.Error(
                $"{shards} shards for a run of {units.Count} windows",
                $"give --shards {units.Count} or fewer");
        }

        var before = new long[units.Count + 1];
        for (int i = 0; i < units.Count; i++)
            before[i + 1] = before[i] + places.CellCount(units[i]);
        var cuts = new List<ShardUnits>();
        int first = 0;
        for (int shard = 1; shard <= shards; shard++)
        {
            // The product can pass 64 bits: 10¹² cells, 10⁸ shards.
            long goal = (long)((Int128)before[^1] * shard / shards);
            int last = units.Count - (shards - shard), end = first + 1;
            while (end < last && (shard == shards || goal - before[end] >= before[end + 1] - goal))
                end++;
            cuts.Add(new ShardUnits(first, end - first, before[end] - before[first]));
            first = end;
        }

        return cuts;
    }
}
