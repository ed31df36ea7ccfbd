using System.Text.Json;
using Ldn.Jobs;
using Ldn.Rasters;
using Ldn.Reports;
using Ldn.Subjects;

namespace Ldn.Run;

/// <summary>A file that a finished run read, as its provenance names it; side files are of the layer <c>beside</c>.</summary>
internal sealed record RecordedFile(string Layer, string Path, long? Bytes, string? Sha256, string? Modified);

/// <summary>How thoroughly the files of a finished run are held against what it recorded of them.</summary>
internal enum FileCheck
{
    /// <summary>Size, and that nothing was written to it since the run ended; where something was, its bytes.</summary>
    Dates,

    /// <summary>Every byte, by SHA-256.</summary>
    Bytes,
}

/// <summary>
/// A finished run, found again by its folder: its tables as <see cref="RunDocument"/>, what it read, and, where its inputs are
/// what they were, its job and plan made anew from <c>provenance.json</c>.
/// </summary>
internal sealed class FinishedRun
{
    private readonly WrittenJob? _written;
    private readonly bool _indicatorIsGiven;
    private readonly DateTime _ended;
    private readonly Lazy<RunDocument> _document;
    private readonly Dictionary<string, string> _outputs = [];

    private FinishedRun(string folder, byte[] summary, JsonElement provenance)
    {
        string program = provenance.GetProperty("program").GetString() ?? "";
        (Folder, _document) = (
            folder, new(() => AsLeft(folder, () => RunDocument.Parse(summary, [], program, AllSubjects.Kinds()))));
        _ended = FileFacts.LastWriteUtc(Path.Combine(folder, OutputFolder.Provenance));
        Files = [.. Recorded(provenance, "inputs"), .. Recorded(provenance, "side_files")];
        foreach (JsonElement file in provenance.GetProperty("outputs").EnumerateArray())
            _outputs[file.GetProperty("name").GetString()!] = file.GetProperty("sha256").GetString()!;
        if (!provenance.TryGetProperty("written", out JsonElement written))
            return;
        _written = new WrittenJob(
            written.GetProperty("job").Deserialize(JobJson.Default.JobConfig)!, written.GetProperty("folder").GetString()!);
        _indicatorIsGiven = written.TryGetProperty("indicator_is_given", out JsonElement given) && given.GetBoolean();
    }

    /// <summary>The folder of the result.</summary>
    public string Folder { get; }

    /// <summary>The job as it was written, flags laid over it; null where the run recorded none.</summary>
    public WrittenJob? Written => _written;

    /// <summary>Its tables, periods, rules and notes; read when first asked for, for tables may be many.</summary>
    /// <exception cref="LdnException">Exit 3: they are not as the program left them.</exception>
    public RunDocument Document => _document.Value;

    /// <summary>Every file it read: inputs by layer, then what lay beside them.</summary>
    public IReadOnlyList<RecordedFile> Files { get; }

    /// <summary>SHA-256 of each file it wrote but the provenance, by name.</summary>
    internal IReadOnlyDictionary<string, string> Outputs => _outputs;

    /// <summary>Reads what a run left.</summary>
    /// <exception cref="LdnException">Exit 3: the folder holds no finished run, or one of a form this program does not
    /// know.</exception>
    public static FinishedRun Open(string folder)
    {
        folder = Path.GetFullPath(folder);
        byte[] summary = OutputFolder.SummaryOf(folder);
        string path = Path.Combine(folder, OutputFolder.Provenance);
        return AsLeft(folder, () =>
        {
            using var provenance = JsonDocument.Parse(PlainFile.ReadBytes(path, path, Fault.Run));
            JsonElement root = provenance.RootElement;
            if (!root.TryGetProperty("schema_version", out JsonElement version) || version.GetInt32() != 1)
                throw Fault.Run.Error(
                    $"{path} is of a form that {ProgramName} does not know", "compute the run again with this version");
            return new FinishedRun(folder, summary, root);
        });
    }

    /// <summary>Reads something of a result; whatever is not as it should be is told as one thing.</summary>
    /// <exception cref="LdnException">Exit 3: the result is not as the program left it.</exception>
    internal static T AsLeft<T>(string folder, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (SystemErrors.IsOfDamagedDocument(e))
        {
            throw Fault.Run.Error(
                $"{folder} does not hold a run as the program left it: {e.Message}", "compute the run again", e);
        }
    }

    /// <summary>Why the run's plan cannot be made again, naming the file that is gone or changed; null where it can.</summary>
    /// <param name="check">How thoroughly.</param>
    /// <param name="geodata">Knows remote files.</param>
    /// <param name="hashes">Hashes of files read before in the same call, by full path; added to.</param>
    /// <param name="cancellation">Cancels between two blocks of a file.</param>
    public string? WhyNotAgain(
        FileCheck check, IGeodata geodata, IDictionary<string, string> hashes, CancellationToken cancellation)
    {
        if (_written is null)
            return $"{Folder} records no job: it was made of rasters alone, or by an older version";
        foreach (RecordedFile file in Files)
            if (WhyChanged(file, check, geodata, hashes, cancellation) is { } why)
                return why;
        return null;
    }

    /// <summary>The run's job, resolved again.</summary>
    /// <exception cref="LdnException">As when the run was computed; exit 3 where it recorded no job.</exception>
    public Job Job()
    {
        WrittenJob written = _written
            ?? throw Fault.Run.Error($"{Folder} records no job", "compute the run again with this version");

        // What was accepted once is accepted again.
        JobConfig config = written.Config with
        {
            Productivity = written.Config.Productivity is { } productivity ? productivity with { UnitsOptional = true } : null,
        };
        return JobResolver.Resolve(config, written.Folder, AllSubjects.InOrder) with
        {
            IndicatorIsGiven = _indicatorIsGiven,
        };
    }

    /// <summary>The run made ready again, by the same planner; the caller disposes it.</summary>
    /// <exception cref="LdnException">Whatever is wrong with the inputs by now.</exception>
    public RunPlan Plan(IGeodata geodata) => RunPlanner.Plan(Job(), geodata);

    private static string ProgramName => $"ldn {Provenance.ProgramVersion}";

    private string? WhyChanged(
        RecordedFile file, FileCheck check, IGeodata geodata, IDictionary<string, string> hashes,
        CancellationToken cancellation)
    {
        string path = DataSetName.LocalFile(file.Path);
        if (path.Length == 0)
            return geodata.IsRemote(file.Path) ? WhyChangedThere(file, geodata) : $"{file.Path} is gone";
        path = Path.GetFullPath(path);
        FileFacts facts = FileFacts.Of(path);
        if (facts.Kind == FileKind.Missing)
            return $"{path} is gone"; // Between the two questions.
        if (file.Sha256 is null || facts.Kind != FileKind.Regular)
            return null;
        if (facts.Bytes != file.Bytes)
            return $"{path} has changed";
        if (check == FileCheck.Dates && FileFacts.LastWriteUtc(path) <= _ended)
            return null;
        if (!hashes.TryGetValue(path, out string? hash))
            hashes[path] = hash = FileHash.Of(path, cancellation).Sha256;
        return hash == file.Sha256 ? null : $"{path} has changed";
    }

    /// <summary>Of a remote file: what its server says now.</summary>
    private static string? WhyChangedThere(RecordedFile file, IGeodata geodata)
    {
        if (geodata.Remote(RasterName.Parse(file.Path).Dataset) is not { } now)
            return null;
        return (file.Bytes is { } bytes && now.Bytes is { } size && bytes != size)
            || (file.Modified is { } modified && now.Modified is { } changed && modified != changed)
            ? $"{file.Path} has changed" : null;
    }

    private static IEnumerable<RecordedFile> Recorded(JsonElement provenance, string list)
    {
        if (!provenance.TryGetProperty(list, out JsonElement files))
            yield break;
        foreach (JsonElement file in files.EnumerateArray())
        {
            yield return new RecordedFile(
                Text(file, "layer") ?? "beside", file.GetProperty("path").GetString()!,
                file.TryGetProperty("bytes", out JsonElement bytes) ? bytes.GetInt64() : null, Text(file, "sha256"),
                Text(file, "modified"));
        }
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;
}
